//! Projects as files, as a script or a spreadsheet fetches them.

use reqwest::Response;
use reqwest::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, LINK,
};
use serde_json::Value;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

async fn hub() -> Hub {
    Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false").serve().await
}

fn header(answer: &Response, name: HeaderName) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn json(hub: &Hub, path: &str) -> Value {
    serde_json::from_str(&hub.get(path).await.text().await.expect("a whole file")).expect("JSON")
}

/// The names of the columns and the rows of a table.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let names = cells(lines.headers().expect("a line of names"));
    (names, lines.records().map(|line| cells(&line.expect("a line"))).collect())
}

#[tokio::test]
async fn a_file_holds_what_the_query_with_the_same_filter_counts() {
    let hub = hub().await;
    let asked = r#"{ projects(filter: { partners: ["eib"], text: "metro" }) { totalCount } hub { snapshot { id } } }"#;
    let answer = hub.ask(asked).await;
    let count = usize::try_from(answer["data"]["projects"]["totalCount"].as_u64().expect("a count")).expect("a few");
    assert!(count > 0, "{answer}");
    let file = hub.get("/export/projects.csv?partners=eib&text=metro").await;
    assert_eq!((file.status().as_u16(), header(&file, CONTENT_LENGTH).as_str()), (200, ""), "it is streamed");
    assert!(header(&file, CONTENT_TYPE).starts_with("text/csv"));
    let generation = answer["data"]["hub"]["snapshot"]["id"].as_str().expect("an id");
    let name = header(&file, CONTENT_DISPOSITION);
    assert!(name.starts_with("attachment; filename=\"alliance-hub-projects-") && name.contains(generation), "{name}");
    let (names, rows) = table(&file.text().await.expect("a whole file"));
    assert_eq!(rows.len(), count);
    assert_eq!(names[names.len() - 3..], ["source_url", "retrieved_at", "hub_id"]);
    assert!(rows.iter().all(|row| row.last().is_some_and(|id| id.starts_with("eib:"))));
}

#[tokio::test]
async fn a_spreadsheet_can_have_its_byte_order_mark() {
    let hub = hub().await;
    let bytes = |path: &'static str| async { hub.get(path).await.bytes().await.expect("a whole file") };
    let (plain, marked) = (bytes("/export/projects.csv").await, bytes("/export/projects.csv?bom=true").await);
    assert_eq!(marked.strip_prefix("\u{feff}".as_bytes()), Some(plain.as_ref()));
    assert!(plain.starts_with(b"title,"));
}

#[tokio::test]
async fn a_map_counts_what_it_leaves_out() {
    let hub = hub().await;
    let total = hub.ask("{ projects { totalCount coverage { nationwide } } }").await["data"]["projects"].clone();
    let map = json(&hub, "/export/projects.geojson").await;
    let features = map["features"].as_array().expect("features");
    let left_out = map["left_out"]["records"].as_u64().expect("a count");
    assert!(!features.is_empty() && left_out > 0);
    assert_eq!(features.len() as u64 + left_out, total["totalCount"].as_u64().expect("a count"));
    assert_eq!(map["left_out"]["nationwide"], total["coverage"]["nationwide"]);
}

#[tokio::test]
async fn the_dictionary_has_the_columns_of_the_files() {
    let hub = hub().await;
    let file = hub.get("/export/projects.csv?partners=ceb").await;
    assert!(header(&file, LINK).contains("/export/dictionary.json"));
    let (names, _) = table(&file.text().await.expect("a whole file"));
    let dictionary = json(&hub, "/export/dictionary.json").await;
    let described: Vec<&str> = dictionary["columns"]
        .as_array()
        .expect("columns")
        .iter()
        .filter_map(|column| column["name"].as_str())
        .collect();
    assert_eq!(described, names);
    let (_, rows) = table(&hub.get("/export/dictionary.csv").await.text().await.expect("a whole file"));
    assert_eq!(rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), names);
}

#[tokio::test]
async fn who_has_a_file_is_told_so() {
    let hub = hub().await;
    for path in ["/export/projects.json?partners=eib", "/export/catalogue.json", "/export/dictionary.json"] {
        let file = hub.get(path).await;
        let tag = header(&file, ETAG);
        assert!(tag.starts_with("W/\"") && header(&file, CACHE_CONTROL).contains("max-age"), "{path}");
        let again = hub.client.get(format!("{}{path}", hub.address)).header(IF_NONE_MATCH, &tag).send().await;
        let again = again.expect("an answer");
        assert_eq!((again.status().as_u16(), header(&again, ETAG)), (304, tag.clone()), "{path}");
    }
    let other = header(&hub.get("/export/projects.json?partners=ceb").await, ETAG);
    assert_ne!(header(&hub.get("/export/projects.json?partners=eib").await, ETAG), other);
}

#[tokio::test]
async fn what_is_not_understood_is_refused() {
    let hub = hub().await;
    for (path, code) in [
        ("/export/projects.csv?partners=xyz", "UNKNOWN_PARTNER"),
        ("/export/projects.json?colour=red", "UNKNOWN_PARAMETER"),
        ("/export/projects.ndjson?signedFrom=soon", "INVALID_FILTER"),
        ("/export/projects.geojson?grain=day", "INVALID_PARAMETER"),
        ("/export/catalogue.json?partners=eib", "UNKNOWN_PARAMETER"),
    ] {
        let answer = hub.get(path).await;
        assert_eq!(answer.status(), 400, "{path}");
        let body: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
        assert_eq!(body["errors"][0]["extensions"]["code"], code, "{body}");
    }
    assert_eq!(hub.get("/export/projects.xlsx").await.status(), 404);
}

#[tokio::test]
async fn the_whole_catalogue_comes_with_the_terms_of_its_sources() {
    let hub = hub().await;
    let answer = hub.ask("{ projects { totalCount } members { totalCount } hub { sources { id terms } } }").await;
    let file = json(&hub, "/export/catalogue.json").await;
    let count = |list: &str| file[list].as_array().map(|items| items.len() as u64);
    assert_eq!(count("projects"), answer["data"]["projects"]["totalCount"].as_u64());
    assert_eq!(count("members"), answer["data"]["members"]["totalCount"].as_u64());
    for (source, told) in file["sources"]
        .as_array()
        .expect("sources")
        .iter()
        .zip(answer["data"]["hub"]["sources"].as_array().expect("sources"))
    {
        assert_eq!((&source["id"], &source["terms"]), (&told["id"], &told["terms"]));
    }
}
