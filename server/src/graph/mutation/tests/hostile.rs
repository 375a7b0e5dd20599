//! What people send who mean no good, or whose programs are broken: a clear error, or stored as the text it is.

use serde_json::{Value, json};

use super::{APPLY, NEED, application, caller, need, on_each, with};
use crate::access::{Caller, Role};

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_control_are_refused_with_their_number() {
    on_each(async |played, _| {
        let editor = caller(Role::Editor);
        for odd in ["\u{0}", "\u{7}", "\u{1b}[31m", "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{e0041}"] {
            let input = with(need(), json!({ "title": format!("Water{odd}works") }));
            let faults = played.faults(&editor, NEED, input).await;
            assert_eq!(faults, [("CONTROL_CHARACTER".to_owned(), "title".to_owned())], "{odd:?}");
        }
        let lines = with(need(), json!({ "title": "Water\nworks" }));
        assert_eq!(played.faults(&editor, NEED, lines).await, [("CONTROL_CHARACTER".to_owned(), "title".to_owned())]);
        let lines = with(need(), json!({ "description": "One\r\nTwo\n\tThree" }));
        played.make(&editor, NEED, lines).await;
        assert_eq!(played.hub.view().records.needs()[0].description, "One\nTwo\n\tThree");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_a_program_elsewhere_is_text_here() {
    on_each(async |played, _| {
        let editor = caller(Role::Editor);
        let texts = [
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "'); DROP TABLE record; --",
            "$1 {{7*7}} ${jndi:ldap://x} %s %n ../../etc/passwd",
            "=HYPERLINK(\"http://example.org\")",
            "Ľviv 👩‍👩‍👧 Львів",
        ];
        for text in texts {
            let input = with(need(), json!({ "title": text, "description": text }));
            let id = played.make(&editor, NEED, input).await["need"]["id"].clone();
            let query = "query($id: ID!) { node(id: $id) { ... on Need { title description } } }";
            let read = played.ask(&Caller::public(), query, json!({ "id": id })).await;
            assert_eq!(read["data"]["node"], json!({ "title": text, "description": text }));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_an_input_is_told_at_once() {
    on_each(async |played, _| {
        let input = with(
            application(),
            json!({
                "organisation": " ", "contactEmail": "erika@", "contactName": "x".repeat(201), "place": "UA0",
                "message": "y".repeat(5_001), "consent": false,
            }),
        );
        let mut faults = played.faults(&Caller::public(), APPLY, input).await;
        faults.sort();
        let expected = [
            ("CONSENT_REQUIRED", "consent"),
            ("EMAIL", "contactEmail"),
            ("REQUIRED", "organisation"),
            ("TOO_LONG", "contactName"),
            ("TOO_LONG", "message"),
            ("UNKNOWN_PLACE", "place"),
        ];
        assert_eq!(faults, expected.map(|(code, path)| (code.to_owned(), path.to_owned())));
        assert!(played.hub.database().applications().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_named_has_to_be_there() {
    on_each(async |played, _| {
        let editor = caller(Role::Editor);
        let check = async |changes: Value, code: &str, path: &str| {
            let faults = played.faults(&editor, NEED, with(need(), changes.clone())).await;
            assert_eq!(faults, [(code.to_owned(), path.to_owned())], "{changes}");
        };
        check(json!({ "place": "PL633" }), "PLACE_OUTSIDE_UKRAINE", "place").await;
        check(json!({ "principles": ["principle:9"] }), "UNKNOWN_RECORD", "principles.0").await;
        check(json!({ "calls": ["call:1", "principle:1"] }), "UNKNOWN_RECORD", "calls.1").await;
        check(json!({ "member": "member:none" }), "UNKNOWN_MEMBER", "member").await;
        check(json!({ "languages": [] }), "REQUIRED", "languages").await;
        check(json!({ "clientMutationId": "with spaces" }), "CLIENT_MUTATION_ID", "clientMutationId").await;
    })
    .await;
}
