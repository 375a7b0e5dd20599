//! A journalist's search: any spelling finds the place, its homonyms, and what bears its name.

use serde_json::{Value, json};

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const NIKOLAEV: &str = r#"{
  search(text: "Nikolaev", kinds: [PLACE], first: 3) {
    label matched aliasKind score
    node { ... on Place {
      id level name(languages: ["en"]) aliases { name kind until }
      projects(first: 50) { totalCount nodes {
        title(languages: ["en"]) partner { abbreviation } organisations { role name }
        amounts { value currency basis } status statusNative provenance { url retrievedAt } } }
    } }
  }
}"#;

async fn hub() -> Hub {
    let partners = Partners::all(Conduct::Closed).await;
    Machine::fresh(&partners).serve().await
}

fn hits(answer: &Value) -> &Vec<Value> {
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    answer["data"]["search"].as_array().expect("a list")
}

#[tokio::test]
async fn nikolaev_is_mykolaiv_and_offers_the_one_in_lviv_oblast() {
    let answer = hub().await.ask(NIKOLAEV).await;
    let hits = hits(&answer);
    let first = &hits[0];
    assert_eq!(first["node"]["id"], "UA48060150010035747", "{hits:#?}");
    assert_eq!((&first["matched"], &first["aliasKind"]), (&json!("Nikolaev"), &json!("RUSSIFIED")));
    assert_eq!(first["label"], "Mykolaiv, Mykolaiv Oblast");
    assert!(hits.iter().any(|hit| hit["label"] == "Mykolaiv, Lviv Oblast"), "{hits:#?}");
    let projects = &first["node"]["projects"];
    assert!(projects["totalCount"].as_u64() > Some(0), "{projects:#}");
    let aliases = first["node"]["aliases"].as_array().expect("names");
    assert!(aliases.iter().any(|alias| alias["name"] == "Николаев" && alias["kind"] == "RUSSIFIED"), "{aliases:#?}");
}

#[tokio::test]
async fn titles_and_names_are_found_by_the_names_that_their_places_have_had() {
    let hub = hub().await;
    let found = async |text: &str, kinds: &str| {
        let question =
            format!("{{ search(text: {text:?}, kinds: [{kinds}]) {{ label matched aliasKind node {{ id }} }} }}");
        hits(&hub.ask(&question).await).clone()
    };
    let metro = found("Kharkov metro", "PROJECT").await;
    for lender in ["eib:authored-kharkiv-metro", "ebrd:authored-kharkiv-metro-extension"] {
        let hit = metro.iter().find(|hit| hit["node"]["id"] == lender).expect(lender);
        assert_eq!(hit["aliasKind"], "RUSSIFIED");
    }
    let member = found("eurocites", "MEMBER").await;
    assert_eq!((&member[0]["label"], &member[0]["aliasKind"]), (&json!("Eurocities"), &Value::Null), "one slip");
    let ties = found("Zhitomir", "PARTNERSHIP").await;
    assert!(
        !ties.is_empty()
            && ties.iter().all(|tie| tie["label"].as_str().is_some_and(|label| label.contains("Zhytomyr"))),
        "{ties:#?}"
    );
    let all = found("Lwów", "").await;
    assert_eq!(
        (&all[0]["label"], &all[0]["matched"], &all[0]["aliasKind"]),
        (&json!("Lviv, Lviv Oblast"), &json!("Lwów"), &json!("HISTORICAL"))
    );
    assert!(all.iter().any(|hit| hit["node"]["id"].as_str().is_some_and(|id| id.contains(':'))), "{all:#?}");
    assert!(found("", "").await.is_empty());
}

#[tokio::test]
async fn a_page_size_out_of_bounds_is_refused() {
    let answer = hub().await.ask(r#"{ search(text: "Lviv", first: 5000) { label } }"#).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "PAGE_SIZE");
}
