//! Accounts of an issuer, which is played on this machine. The two keys beside this file were made for these tests and
//! open nothing.

use std::time::Duration;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{access, asked};
use crate::access::Role;
use crate::config::{AuthConfig, OidcConfig};
use crate::db::tests::Scratch;
use crate::samples::at;

/// An issuer with the keys given, each under its id.
struct Played {
    server: MockServer,
}

fn key(algorithm: Algorithm) -> EncodingKey {
    match algorithm {
        Algorithm::RS256 => EncodingKey::from_rsa_pem(include_bytes!("rsa.pem")).unwrap(),
        _ => EncodingKey::from_ec_pem(include_bytes!("ec.pem")).unwrap(),
    }
}

impl Played {
    async fn with(keys: &[(&str, Algorithm)]) -> Self {
        let server = MockServer::start().await;
        let issuer = server.uri();
        let discovery = json!({ "issuer": issuer, "jwks_uri": format!("{issuer}/keys") });
        Mock::given(method("GET"))
            .and(path("/.well-known/openid-configuration"))
            .respond_with(ResponseTemplate::new(200).set_body_json(discovery))
            .mount(&server)
            .await;
        let played = Self { server };
        played.publish(keys).await;
        played
    }

    async fn publish(&self, keys: &[(&str, Algorithm)]) {
        let keys = keys.iter().map(|(id, algorithm)| {
            let mut jwk = Jwk::from_encoding_key(&key(*algorithm), *algorithm).unwrap();
            jwk.common.key_id = Some((*id).to_owned());
            jwk
        });
        let set = JwkSet { keys: keys.collect() };
        Mock::given(method("GET"))
            .and(path("/keys"))
            .respond_with(ResponseTemplate::new(200).set_body_json(set))
            .with_priority(1)
            .mount(&self.server)
            .await;
    }

    fn config(&self) -> AuthConfig {
        AuthConfig { oidc: OidcConfig { issuer: Some(self.server.uri()), ..OidcConfig::default() } }
    }

    fn claims(&self) -> Value {
        json!({
            "iss": self.server.uri(), "aud": "alliance-hub", "sub": "u1",
            "exp": at(10).timestamp(), "hub_role": "member", "hub_member": "member:lviv",
        })
    }
}

fn signed(id: &str, algorithm: Algorithm, claims: &Value) -> String {
    let header = Header { kid: Some(id.to_owned()), ..Header::new(algorithm) };
    encode(&header, claims, &key(algorithm)).unwrap()
}

/// The claims with some of them otherwise; null takes one away.
fn with(mut claims: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    claims
}

#[tokio::test]
async fn a_signed_token_stands_for_an_account() {
    for algorithm in [Algorithm::RS256, Algorithm::ES256] {
        let (scratch, played) = (Scratch::file().await, Played::with(&[("a", algorithm)]).await);
        let (access, _) = access(&scratch, &played.config());
        let caller = asked(&access, &signed("a", algorithm, &played.claims())).await.unwrap();
        assert_eq!((caller.who(), caller.role(), caller.member()), ("oidc:u1", Role::Member, Some("member:lviv")));
    }
}

#[tokio::test]
async fn the_highest_known_role_of_the_claim_counts() {
    let (scratch, played) = (Scratch::file().await, Played::with(&[("a", Algorithm::ES256)]).await);
    let mut config = played.config();
    config.oidc.role_claim = "realm.roles".to_owned();
    let (access, _) = access(&scratch, &config);
    let check = async |roles: Value, expected: Role| {
        let claims = with(played.claims(), json!({ "realm": { "roles": roles } }));
        let caller = asked(&access, &signed("a", Algorithm::ES256, &claims)).await.unwrap();
        assert_eq!(caller.role(), expected);
        assert!(!caller.is_public(), "an account is known even where it may do no more than the public");
    };
    check(json!(["offline", "Editor", "member"]), Role::Editor).await;
    check(json!("administrator"), Role::Administrator).await;
    check(json!(["root"]), Role::Public).await;
    check(json!(7), Role::Public).await;
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_refused() {
    let (scratch, played) = (Scratch::file().await, Played::with(&[("a", Algorithm::ES256)]).await);
    let (access, _) = access(&scratch, &played.config());
    let check = async |changes: Value, code: &str| {
        let token = signed("a", Algorithm::ES256, &with(played.claims(), changes.clone()));
        assert_eq!(asked(&access, &token).await, Err(code), "{changes}");
    };
    check(json!({ "iss": "https://elsewhere.example" }), "TOKEN_INVALID").await;
    check(json!({ "aud": "another" }), "TOKEN_INVALID").await;
    check(json!({ "aud": null }), "TOKEN_INVALID").await;
    check(json!({ "exp": null }), "TOKEN_INVALID").await;
    check(json!({ "sub": null }), "TOKEN_INVALID").await;
    check(json!({ "exp": at(-2).timestamp() }), "TOKEN_EXPIRED").await;
    check(json!({ "nbf": at(2).timestamp() }), "TOKEN_INVALID").await;
    let good = signed("a", Algorithm::ES256, &played.claims());
    let parts: Vec<&str> = good.split('.').collect();
    let other = signed("a", Algorithm::ES256, &with(played.claims(), json!({ "hub_role": "administrator" })));
    let forged = format!("{}.{}.{}", parts[0], other.split('.').nth(1).unwrap(), parts[2]);
    assert_eq!(asked(&access, &forged).await, Err("TOKEN_INVALID"), "the signature is of another content");
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", parts[1]);
    assert_eq!(asked(&access, &unsigned).await, Err("TOKEN_UNKNOWN"), "a token without a signature is none");
    let secret = EncodingKey::from_secret(include_bytes!("ec.pem"));
    let shared = encode(&Header::new(Algorithm::HS256), &played.claims(), &secret).unwrap();
    assert_eq!(asked(&access, &shared).await, Err("TOKEN_INVALID"), "no shared secret is taken");
}

#[tokio::test]
async fn keys_are_read_once_and_again_when_a_token_names_a_new_one() {
    let (scratch, played) = (Scratch::file().await, Played::with(&[("a", Algorithm::ES256)]).await);
    let (access, clock) = access(&scratch, &played.config());
    let requests = async || played.server.received_requests().await.unwrap().len();
    for _ in 0..3 {
        asked(&access, &signed("a", Algorithm::ES256, &played.claims())).await.unwrap();
    }
    assert_eq!(requests().await, 2, "the discovery and the keys, once");
    let new = signed("b", Algorithm::RS256, &played.claims());
    assert_eq!(asked(&access, &new).await, Err("TOKEN_INVALID"));
    assert_eq!(requests().await, 2, "unknown keys do not make the hub ask without end");
    played.server.reset().await;
    let discovery = json!({ "issuer": played.server.uri(), "jwks_uri": format!("{}/keys", played.server.uri()) });
    Mock::given(path("/.well-known/openid-configuration"))
        .respond_with(ResponseTemplate::new(200).set_body_json(discovery))
        .mount(&played.server)
        .await;
    played.publish(&[("a", Algorithm::ES256), ("b", Algorithm::RS256)]).await;
    clock.advance(Duration::from_secs(31));
    assert!(asked(&access, &new).await.is_ok());
}

#[tokio::test]
async fn an_issuer_that_is_down_does_not_shut_out_whose_key_is_known() {
    let (scratch, played) = (Scratch::file().await, Played::with(&[("a", Algorithm::ES256)]).await);
    let (access, clock) = access(&scratch, &played.config());
    let claims = with(played.claims(), json!({ "exp": at(600).timestamp() }));
    let token = signed("a", Algorithm::ES256, &claims);
    asked(&access, &token).await.unwrap();
    played.server.reset().await;
    clock.advance(Duration::from_secs(2 * 3_600));
    assert!(asked(&access, &token).await.is_ok());
}

#[tokio::test]
async fn an_issuer_that_never_answered_is_named() {
    let scratch = Scratch::file().await;
    let played = Played { server: MockServer::start().await };
    let (access, _) = access(&scratch, &played.config());
    let token = signed("a", Algorithm::ES256, &played.claims());
    assert_eq!(asked(&access, &token).await, Err("ISSUER_UNREACHABLE"));
}
