//! A secretariat's spreadsheet: tried, taken in, and shown with its date.

use serde_json::json;

use crate::engines::{each, quiet};

const FILE: &str = "kind,state,party_1_name,party_1_country,party_1_place,party_2_name,party_2_country,party_2_place,\
    started_on,source_title,source_published_on,source_says
TWINNING,UNKNOWN,Mykolaiv,UA,UA48060150010035747,Exampletown,PL,PL633,2011,A list of a secretariat,2016-03,is listed
TWINNING,UNKNOWN,Atlantis,UA,,Exampletown,PL,PL633,,A list of a secretariat,2016-03,is listed
";

const SHOWN: &str = "query($place: ID!) { place(id: $place) { partnerships(first: 100) { nodes {
    id kind state startedOn asOf parties { name place { id } } } } } }";

#[tokio::test]
async fn partnerships_come_in_from_a_file_and_are_shown_with_their_date() {
    each("import", async |ground| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("partnerships.csv");
        std::fs::write(&file, FILE).expect("the file");
        let path = file.to_str().expect("a path");
        let tried = ground.machine.run(&["import", "partnerships", path, "--dry-run"]).await;
        assert_eq!(tried.code(), Some(1), "one row is refused: {}", tried.said());
        let printed = tried.printed();
        assert!(printed.contains("line 2: added partnership:mykolaiv-exampletown-pl"), "{printed}");
        assert!(printed.contains("line 3: refused: `party_1_name`"), "{printed}");
        assert!(printed.ends_with("1 refused. Nothing was written: this was a dry run.\n"), "{printed}");
        let taken = ground.machine.run(&["import", "partnerships", path]).await;
        assert!(taken.printed().contains("2 rows: 1 added"), "{}", taken.said());

        let hub = ground.machine.serve().await;
        let shown = hub.ask_with(SHOWN, &json!({ "place": "UA48060150010035747" })).await;
        let nodes = shown["data"]["place"]["partnerships"]["nodes"].as_array().expect("partnerships");
        let found = nodes.iter().find(|node| node["id"] == "partnership:mykolaiv-exampletown-pl");
        let expected = json!({
            "id": "partnership:mykolaiv-exampletown-pl", "kind": "TWINNING", "state": "UNKNOWN", "startedOn": "2011",
            "asOf": "2016-03", "parties": [
                { "name": "Mykolaiv", "place": { "id": "UA48060150010035747" } },
                { "name": "Exampletown", "place": { "id": "PL633" } },
            ],
        });
        assert_eq!(found, Some(&expected), "{nodes:#?}");
        std::fs::write(&file, FILE.replace("UNKNOWN,Mykolaiv", "ACTIVE,Mykolaiv")).expect("the file");
        let changed = ground.machine.run(&["import", "partnerships", path]).await;
        assert!(changed.printed().contains("1 changed"), "{}", changed.said());
        let query = "{ node(id: \"partnership:mykolaiv-exampletown-pl\") { ... on Partnership { state } } }";
        hub.ask_until(query, |answer| answer["data"]["node"]["state"] == "ACTIVE").await;
        hub.stop().await;
        let again = ground.machine.run(&["import", "partnerships", path, "--dry-run"]).await;
        assert!(again.printed().contains("line 2: same"), "{}", again.said());
    })
    .await;
}

#[tokio::test]
async fn a_trial_on_a_fresh_machine_leaves_nothing_behind() {
    let machine = quiet();
    let file = machine.data().join("partnerships.csv");
    std::fs::write(&file, FILE).expect("the file");
    let tried = machine.run(&["import", "partnerships", file.to_str().expect("a path"), "--dry-run"]).await;
    assert!(tried.printed().contains("line 2: added"), "{}", tried.said());
    let left: Vec<_> = std::fs::read_dir(machine.data()).expect("the folder").filter_map(Result::ok).collect();
    let left: Vec<_> = left.iter().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["partnerships.csv"]);
}
