//! Every role against every mutation and every private field, found by walking the schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{APPLY, application, caller, on_each, with};
use crate::access::{Caller, Role};

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

/// Types whose objects are not for everybody: a way to one of them is a private field, or leads on from one.
const PRIVATE_TYPES: [&str; 4] = ["ApplicantContact", "Application", "AuditEntry", "Feedback"];

/// The bare name of a field's type, without what makes it a list or never null.
fn named(kind: &Value) -> &str {
    kind["name"].as_str().unwrap_or_else(|| named(&kind["ofType"]))
}

/// The fields that are said to be private, and those that lead to what is.
fn private_by_schema(types: &[Value]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for kind in types {
        let name = kind["name"].as_str().unwrap();
        // What a connection or a payload holds is reached by the field that gives it, or guards its own fields.
        let between = ["Connection", "Edge", "Payload"].iter().any(|ending| name.ends_with(ending));
        for field in kind["fields"].as_array().into_iter().flatten().filter(|_| name != "Mutation" && !between) {
            let said = field["description"].as_str().unwrap_or_default();
            let by_words = said.contains("dministrators only") || said.contains("Editors and administrators");
            let leads_to = named(&field["type"]).trim_end_matches("Connection");
            if by_words || PRIVATE_TYPES.contains(&leads_to) {
                found.insert(format!("{name}.{}", field["name"].as_str().unwrap()));
            }
        }
        for possible in kind["possibleTypes"].as_array().into_iter().flatten() {
            assert!(!PRIVATE_TYPES.contains(&named(possible)), "{name} can be a {}", named(possible));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_refuses_every_role_below_its_own() {
    on_each(async |played, scratch| {
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
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_private_field_refuses_every_role_below_its_own() {
    on_each(async |played, _| {
        const WALK: &str = "{ __schema { types { name possibleTypes { name } fields { name description type {
            name ofType { name ofType { name ofType { name } } } } } } } }";
        let walked = played.ask(&Caller::public(), WALK, json!({})).await;
        let found = private_by_schema(walked["data"]["__schema"]["types"].as_array().unwrap());
        let fields = private_fields();
        let known: BTreeSet<String> = fields.keys().map(|&name| name.to_owned()).collect();
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
    })
    .await;
}
