//! Accounts of an OpenID Connect issuer: its signed tokens are checked with its published keys.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::connector::Failure;
use connectors::http::{Client, Clock, Expect, HttpOptions, MemoryLedger, Transport, USER_AGENT};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::caller::{Caller, Role};
use super::fault::AccessFault;
use crate::config::OidcConfig;

/// How far the issuer's clock may be from ours.
const LEEWAY_SECONDS: i64 = 60;
/// The shortest time between two readings of the keys, however many tokens name a key that is not known.
const KEYS_AT_MOST_EVERY: TimeDelta = TimeDelta::seconds(30);
/// Algorithms with a private and a public half. A shared secret would let everybody who checks a token make one.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::RS256, Algorithm::ES256];

/// An issuer and its keys.
pub(super) struct Issuer {
    issuer: String,
    config: OidcConfig,
    client: Client,
    clock: Arc<dyn Clock>,
    keys: Mutex<Option<Keys>>,
}

struct Keys {
    set: JwkSet,
    read_at: DateTime<Utc>,
}

/// What the issuer says about itself at its well-known address.
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: Url,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    #[serde(flatten)]
    others: serde_json::Map<String, Value>,
}

impl Issuer {
    pub(super) fn new(issuer: &str, config: &OidcConfig, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let base_url = Url::parse(issuer).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let base_url = base_url
            .ok_or_else(|| anyhow::anyhow!("`auth.oidc.issuer`: `{issuer}` is not an absolute http(s) address"))?;
        let options = HttpOptions {
            base_url,
            user_agent: USER_AGENT.to_owned(),
            pace_ms: 0,
            timeout_seconds: 10,
            retries: 1,
            retry_after_max_seconds: 2,
            max_body_bytes: 1 << 20,
            budget: None,
        };
        let transport = Transport::network(&options)?;
        let client = Client::new(options, transport, Arc::new(MemoryLedger), Arc::clone(&clock));
        Ok(Self { issuer: issuer.to_owned(), config: config.clone(), client, clock, keys: Mutex::default() })
    }

    /// Who the token stands for, if the issuer made it for this hub and its time is not over.
    pub(super) async fn caller(&self, token: &str) -> Result<Caller, AccessFault> {
        let header = decode_header(token).map_err(|_| AccessFault::Unknown)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(AccessFault::Invalid(format!("it is signed by {:?}; RS256 and ES256 are taken", header.alg)));
        }
        let key = self.key(header.kid.as_deref()).await?;
        let key = DecodingKey::from_jwk(&key).map_err(|error| AccessFault::Invalid(error.to_string()))?;
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.config.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The library knows only the machine's clock.
        (validation.validate_exp, validation.validate_nbf) = (false, false);
        let claims = decode::<Claims>(token, &key, &validation);
        let claims = claims.map_err(|error| AccessFault::Invalid(error.to_string()))?.claims;
        let now = self.clock.now().timestamp();
        if claims.exp + LEEWAY_SECONDS <= now {
            return Err(AccessFault::Expired);
        }
        if claims.nbf.is_some_and(|from| from - LEEWAY_SECONDS > now) {
            return Err(AccessFault::Invalid("it is not valid yet".to_owned()));
        }
        Ok(self.caller_of(claims))
    }

    fn caller_of(&self, claims: Claims) -> Caller {
        let claims_named = |path: &str| {
            let mut parts = path.split('.');
            let first = parts.next().and_then(|name| claims.others.get(name));
            texts(parts.fold(first, |value, name| value.and_then(|value| value.get(name))))
        };
        let roles = claims_named(&self.config.role_claim);
        let role = roles.iter().filter_map(|name| Role::named(name)).max().unwrap_or(Role::Public);
        let member = claims_named(&self.config.member_claim).into_iter().next();
        Caller::known(format!("oidc:{}", claims.sub), role, member)
    }

    /// The key of this id; the only one where the token names none.
    async fn key(&self, id: Option<&str>) -> Result<Jwk, AccessFault> {
        let mut keys = self.keys.lock().await;
        let now = self.clock.now();
        let find = |keys: &Keys| match id {
            Some(id) => keys.set.find(id).cloned(),
            None => keys.set.keys.first().filter(|_| keys.set.keys.len() == 1).cloned(),
        };
        if let Some(known) = &*keys {
            let age = now - known.read_at;
            let fresh = age < TimeDelta::minutes(self.config.keys_max_age_minutes.into());
            match find(known) {
                Some(key) if fresh => return Ok(key),
                None if age < KEYS_AT_MOST_EVERY => return Err(unknown_key()),
                _ => {}
            }
        }
        match self.read_keys().await {
            Ok(set) => *keys = Some(Keys { set, read_at: now }),
            // Keys that were good a moment ago are better than a hub that knows nobody.
            Err(failure) if keys.is_some() => {
                tracing::warn!(%failure, "the issuer's keys cannot be read; those of before are used");
            }
            Err(failure) => return Err(AccessFault::Issuer(Box::new(failure))),
        }
        keys.as_ref().and_then(find).ok_or_else(unknown_key)
    }

    async fn read_keys(&self) -> Result<JwkSet, Failure> {
        let address = self.client.url(".well-known/openid-configuration")?;
        let discovery: Discovery = self.read(&address).await?;
        if discovery.issuer != self.issuer {
            let reason = format!("it calls itself `{}` and not `{}`", discovery.issuer, self.issuer);
            return Err(Failure::unreadable(&address, reason));
        }
        self.read(&discovery.jwks_uri).await
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, address: &Url) -> Result<T, Failure> {
        let answer = self.client.get(address, Expect::Json).await?;
        serde_json::from_str(&answer.text().text).map_err(|error| Failure::unreadable(address, error.to_string()))
    }
}

fn unknown_key() -> AccessFault {
    AccessFault::Invalid("the issuer publishes no key of its id".to_owned())
}

/// A text, or those of a list.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) => list.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}
