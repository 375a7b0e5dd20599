//! Every role against every mutation and every private field, found by walking the schema.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{APPLY, Played, application, caller, with};
use crate::access::{Caller, Role};
use crate::db::tests::Scratch;

/// The least role that may make each change, and a call of it that is complete, if not sensible.
fn mutations() -> BTreeMap<&'static str, (Role, &'static str)> {
    BTreeMap::from([
        (
            "applyForMembership",
            (
                Role::Public,
                r#"applyForMembership(input: { organisation: "", kind: CITY, country: "DE", contactName: "", contactEmail: "", consent: false })"#,
            ),
        ),
        (
            "publishNeed",
            (
                Role::Member,
                r#"publishNeed(input: { place: "", theme: WATER, title: "", description: "", languages: [] })"#,
            ),
        ),
        (
            "publishOffer",
            (Role::Member, r#"publishOffer(input: { theme: WATER, title: "", description: "", languages: [] })"#),
        ),
        ("withdrawNeed", (Role::Member, r#"withdrawNeed(id: "")"#)),
        ("withdrawOffer", (Role::Member, r#"withdrawOffer(id: "")"#)),
        ("proposePartnership", (Role::Member, "proposePartnership(input: { kind: TWINNING, parties: [] })")),
        ("confirmPartnership", (Role::Member, r#"confirmPartnership(id: "")"#)),
        ("giveFeedback", (Role::Member, r#"giveFeedback(input: { title: "", text: "" })"#)),
        (
            "decideApplication",
            (Role::Administrator, r#"decideApplication(input: { application: "", state: DECLINED })"#),
        ),
        ("decideLink", (Role::Editor, r#"decideLink(input: { project: "", other: "", decision: REJECTED })"#)),
        ("refreshSource", (Role::Administrator, r#"refreshSource(id: "")"#)),
    ])
}

/// The least role that may read each private field, and a question for it.
fn private_fields() -> BTreeMap<&'static str, (Role, &'static str)> {
    BTreeMap::from([
        ("Query.applications", (Role::Administrator, "{ applications { totalCount } }")),
        ("Query.feedback", (Role::Editor, "{ feedback { totalCount } }")),
        ("Query.audit", (Role::Administrator, r#"{ audit(subject: "member:cor") { who } }"#)),
        ("Application.reason", (Role::Administrator, "application { reason }")),
        ("Application.contact", (Role::Administrator, "application { contact { name email message } }")),
    ])
}

/// The code of the first error.
fn code(answer: &Value) -> Option<&str> {
    answer["errors"][0]["extensions"]["code"].as_str()
}

#[track_caller]
fn check(answer: &Value, asked: &str, role: Role, needed: Role) {
    let expected = match role {
        _ if role >= needed => None,
        Role::Public => Some("UNAUTHENTICATED"),
        _ => Some("FORBIDDEN"),
    };
    assert_eq!(code(answer), expected, "{asked} by {}: {answer}", role.name());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_refuses_every_role_below_its_own() {
    let scratch = Scratch::file().await;
    let played = Played::on(&scratch).await;
    let walk = "{ __schema { mutationType { fields { name } } } }";
    let walked = played.ask(&Caller::public(), walk, json!({})).await;
    let names = walked["data"]["__schema"]["mutationType"]["fields"].as_array().unwrap().iter();
    let mut names: Vec<&str> = names.map(|field| field["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let mutations = mutations();
    let known: Vec<&str> = mutations.keys().copied().collect();
    assert_eq!(names, known, "every mutation has a line in this test");
    for (name, (needed, call)) in mutations {
        for role in Role::ALL {
            let mutation = format!("mutation {{ {call} {{ errors {{ code }} }} }}");
            let answer = played.ask(&caller(role), &mutation, json!({})).await;
            check(&answer, name, role, needed);
        }
    }
    assert_eq!(scratch.database.last_change().await.unwrap(), 1, "none of it changed anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_private_field_refuses_every_role_below_its_own() {
    let scratch = Scratch::file().await;
    let played = Played::on(&scratch).await;
    let walk = "{ __schema { types { name fields { name description } } } }";
    let walked = played.ask(&Caller::public(), walk, json!({})).await;
    let mut found = Vec::new();
    for kind in walked["data"]["__schema"]["types"].as_array().unwrap() {
        for field in kind["fields"].as_array().into_iter().flatten() {
            let said = field["description"].as_str().unwrap_or_default();
            if kind["name"] != "Mutation"
                && (said.contains("dministrators only") || said.contains("Editors and administrators"))
            {
                found.push(format!("{}.{}", kind["name"].as_str().unwrap(), field["name"].as_str().unwrap()));
            }
        }
    }
    found.sort();
    let fields = private_fields();
    let mut known: Vec<&str> = fields.keys().copied().collect();
    known.sort_unstable();
    assert_eq!(found, known, "every private field has a line in this test");
    for (name, (needed, question)) in fields {
        for role in Role::ALL {
            let answer = if question.starts_with('{') {
                played.ask(&caller(role), question, json!({})).await
            } else {
                // Whoever applies sees the application once: it is the one way to it for the public.
                let apply = APPLY.replace("application { id state organisation }", question);
                let host = 10 + u8::try_from(Role::ALL.iter().position(|known| *known == role).unwrap()).unwrap();
                played.ask_from(&caller(role), host, &apply, with(application(), json!({}))).await
            };
            check(&answer, name, role, needed);
        }
    }
}
