//! The way of two cities into the Alliance and to each other, over HTTP and with tokens alone, as it is walked in the
//! playground: on a file without any set-up, and on a server by one variable.

use serde_json::{Value, json};

use crate::engines::{Ground, each};
use crate::hub::Hub;

/// The city of Mykolaiv, and the oblast around it.
const MYKOLAIV: &str = "UA48060150010035747";
const OBLAST: &str = "UA48000000000039575";

const APPLY: &str = "mutation($input: ApplicationInput!) { made: applyForMembership(input: $input) {
    application { id state } errors { path code message } } }";
const DECIDE: &str = "mutation($input: ApplicationDecisionInput!) { made: decideApplication(input: $input) {
    application { state member { id } } errors { path code message } } }";
const NEED: &str = "mutation($input: NeedInput!) { made: publishNeed(input: $input) {
    need { id matches { totalCount } } errors { path code message } } }";
const OFFER: &str = "mutation($input: OfferInput!) { made: publishOffer(input: $input) {
    offer { id matches { nodes { score reasons need { id } } } } errors { path code message } } }";
const PROPOSE: &str = "mutation($input: PartnershipInput!) { made: proposePartnership(input: $input) {
    partnership { id state } errors { path code message } } }";
const CONFIRM: &str = "mutation($id: ID!) { made: confirmPartnership(id: $id) {
    partnership { id state } errors { path code message } } }";

/// All that anybody sees of it, from both ends of every join.
const SEEN: &str = "query($place: ID!, $oblast: ID!, $member: ID!, $need: ID!, $offer: ID!) {
    place(id: $place) { ...at }
    oblast: place(id: $oblast) { ...at }
    member: node(id: $member) { ... on Member {
        offers { nodes { id } } partnerships(state: ACTIVE) { nodes { id } } } }
    need: node(id: $need) { ... on Need {
        member { id } place { id } principles { id } calls { id } matches { nodes { offer { id member { id } } } } } }
    offer: node(id: $offer) { ... on Offer { matches { nodes { need { id place { id } } } } } }
    found: search(text: \"Testhausen\", kinds: [MEMBER, PARTNERSHIP]) { node { __typename id } }
    all: members(search: \"Testhausen\") { nodes { id role } }
} fragment at on Place {
    members { nodes { id } } needs(state: OPEN) { nodes { id } }
    partnerships(state: ACTIVE) { nodes { id kind parties { name member { id } place { id } } } }
}";

/// Makes a change that has to be made; gives its payload.
async fn make(hub: &Hub, token: Option<&str>, mutation: &str, variables: Value) -> Value {
    let answer = hub.ask_as(token, mutation, &variables).await;
    let payload = answer["data"]["made"].clone();
    assert_eq!(payload["errors"], json!([]), "{answer:#}");
    payload
}

/// Applies as anybody may, is accepted by an administrator, and gives the application, the member and its token.
async fn member(ground: &Ground, hub: &Hub, administrator: &str, application: Value) -> (String, String, String) {
    let name = application["organisation"].as_str().unwrap_or_default().to_owned();
    let applied = make(hub, None, APPLY, json!({ "input": application })).await["application"].clone();
    assert_eq!(applied["state"], "RECEIVED");
    let (search, named) = ("query($name: String!) { members(search: $name) { totalCount } }", json!({ "name": name }));
    let known = hub.ask_with(search, &named).await;
    assert_eq!(known["data"]["members"]["totalCount"], 0, "nothing is published before a decision");
    let decide = |state: &str| json!({ "input": { "application": applied["id"], "state": state } });
    make(hub, Some(administrator), DECIDE, decide("UNDER_REVIEW")).await;
    let accepted = make(hub, Some(administrator), DECIDE, decide("ACCEPTED")).await["application"].clone();
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    let member = text(&accepted["member"]["id"]);
    let token = ground.machine.token(&["--role", "member", "--member", &member, "--expires", "30d"]).await;
    (text(&applied["id"]), member, token)
}

fn application(organisation: &str, country: &str, place: Option<&str>) -> Value {
    json!({
        "organisation": organisation, "kind": "CITY", "country": country, "place": place, "contactName": "Erika Muster",
        "contactEmail": "erika@example.org", "message": "We would like to take part.", "consent": true,
    })
}

/// The actions of a story with the roles of those who acted.
async fn story(hub: &Hub, administrator: &str, subject: &str) -> Vec<(String, String)> {
    const AUDIT: &str = "query($subject: ID!) { audit(subject: $subject) { role action before after } }";
    let told = hub.ask_as(Some(administrator), AUDIT, &json!({ "subject": subject })).await;
    assert!(!told.to_string().contains("Erika"), "the audit holds nothing of a person");
    let lines = told["data"]["audit"].as_array().unwrap_or_else(|| panic!("{told:#}"));
    let text = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    lines.iter().map(|line| (text(line, "role"), text(line, "action"))).collect()
}

fn lines<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(role, action)| (role.to_owned(), action.to_owned())).into()
}

#[tokio::test]
async fn two_cities_come_from_application_to_a_confirmed_partnership() {
    each("story", async |ground| {
        let hub = ground.machine.serve().await;
        let administrator = ground.machine.token(&["--role", "administrator"]).await;
        let of = async |input| member(ground, &hub, &administrator, input).await;
        let (application_id, testhausen, helper) = of(application("Testhausen", "DE", None)).await;
        let (_, asking, asker) = of(application("Testivka at Mykolaiv", "UA", Some(MYKOLAIV))).await;

        let need = json!({ "input": {
            "place": MYKOLAIV, "theme": "WATER", "title": "Pumps", "description": "Two stations stand still.",
            "languages": ["en", "uk"], "principles": ["principle:4"], "calls": ["call:1"] } });
        let need = make(&hub, Some(&asker), NEED, need).await["need"].clone();
        assert_eq!(need["matches"]["totalCount"], 0);
        let offer = json!({ "input": {
            "theme": "WATER", "title": "Ten pumps", "description": "And two who mount them.", "languages": ["en"] } });
        let offer = make(&hub, Some(&helper), OFFER, offer).await["offer"].clone();
        let fit = &offer["matches"]["nodes"][0];
        assert_eq!(fit["need"]["id"], need["id"], "the answer to the offer has the match already");
        assert!(fit["score"].as_f64().is_some_and(|score| score > 0.0) && fit["reasons"][0].is_string(), "{fit}");

        let tie = json!({ "input": { "kind": "TWINNING", "themes": ["WATER"],
            "parties": [{ "member": testhausen }, { "member": asking }] } });
        let tie = make(&hub, Some(&helper), PROPOSE, tie).await["partnership"].clone();
        let id = tie["id"].as_str().expect("an id");
        assert_eq!(tie["state"], "PROPOSED", "whoever proposes agrees, and one alone makes no partnership");
        let confirm = json!({ "id": id });
        let stranger = ground.machine.token(&["--role", "member", "--member", "member:cor"]).await;
        let refused = hub.ask_as(Some(&stranger), CONFIRM, &confirm).await;
        assert_eq!(refused["data"]["made"]["errors"][0]["code"], "FORBIDDEN");
        let unknown = hub.ask_as(None, CONFIRM, &confirm).await;
        assert_eq!(unknown["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
        let confirmed = make(&hub, Some(&asker), CONFIRM, confirm).await;
        assert_eq!(confirmed["partnership"]["state"], "ACTIVE");

        let variables = json!({
            "place": MYKOLAIV, "oblast": OBLAST, "member": testhausen, "need": need["id"], "offer": offer["id"] });
        let seen = hub.ask_with(SEEN, &variables).await;
        let at = json!({
            "members": { "nodes": [{ "id": asking }] },
            "needs": { "nodes": [{ "id": need["id"] }] },
            "partnerships": { "nodes": [{ "id": id, "kind": "TWINNING", "parties": [
                { "name": "Testhausen", "member": { "id": testhausen }, "place": null },
                { "name": "Testivka at Mykolaiv", "member": { "id": asking }, "place": { "id": MYKOLAIV } } ] }] },
        });
        let data = &seen["data"];
        assert_eq!(data["place"], at, "{seen:#}");
        assert_eq!(data["oblast"]["needs"], at["needs"], "what is below a place counts for it");
        let ties = data["oblast"]["partnerships"]["nodes"].as_array().expect("partnerships");
        assert!(ties.contains(&at["partnerships"]["nodes"][0]), "{ties:#?}");
        let of_member =
            json!({ "offers": { "nodes": [{ "id": offer["id"] }] }, "partnerships": { "nodes": [{ "id": id }] } });
        assert_eq!(data["member"], of_member);
        assert_eq!(
            data["need"],
            json!({
            "member": { "id": asking }, "place": { "id": MYKOLAIV }, "principles": [{ "id": "principle:4" }],
            "calls": [{ "id": "call:1" }],
            "matches": { "nodes": [{ "offer": { "id": offer["id"], "member": { "id": testhausen } } }] } })
        );
        let matches = json!({ "nodes": [{ "need": { "id": need["id"], "place": { "id": MYKOLAIV } } }] });
        assert_eq!(data["offer"], json!({ "matches": matches }));
        let found = data["found"].as_array().expect("hits");
        for (kind, id) in [("Member", testhausen.as_str()), ("Partnership", id)] {
            assert!(found.contains(&json!({ "node": { "__typename": kind, "id": id } })), "{found:#?}");
        }
        assert_eq!(data["all"]["nodes"], json!([{ "id": testhausen, "role": "ASSOCIATED" }]));

        let told = story(&hub, &administrator, &application_id).await;
        let decided = ("ADMINISTRATOR", "APPLICATION_DECIDED");
        assert_eq!(told, lines([("PUBLIC", "APPLICATION_RECEIVED"), decided, decided]));
        assert_eq!(story(&hub, &administrator, &testhausen).await, lines([("ADMINISTRATOR", "RECORD_ADDED")]));
        let told = story(&hub, &administrator, id).await;
        let agreed = ("MEMBER", "PARTNERSHIP_CONFIRMED");
        assert_eq!(told, lines([("MEMBER", "RECORD_ADDED"), agreed, agreed, ("MEMBER", "RECORD_CHANGED")]));

        hub.stop().await;
        let again = ground.machine.serve().await;
        assert_eq!(again.ask_with(SEEN, &variables).await["data"], seen["data"], "the next hub shows the same");
        again.stop().await;
    })
    .await;
}
