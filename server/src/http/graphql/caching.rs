//! What clients and proxies may keep of an answer: `ETag`, `Cache-Control`, `Vary`.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use connectors::model::sha256_hex;
use poem::http::{HeaderMap, header};

use super::media::MediaType;
use crate::answers::{Answer, Key, Lasting, Rights};
use crate::graph::hints::StandsOn;
use crate::harvest::SourceState;
use crate::view::View;

/// How long an answer lasts that stands on this.
pub(super) fn lasting(stands_on: StandsOn, view: &View) -> Lasting {
    let until_due = || {
        let due = view.sources.iter().map(|source| match source.state {
            SourceState::Fresh => source.status.next_attempt_at,
            _ => None,
        });
        // Newer rates change sums; those that cannot be read do not.
        let fresh = view.rate_feeds.iter().filter(|now| now.state == SourceState::Fresh);
        let rates = fresh.filter_map(|now| now.status.next_attempt_at);
        let due = due.collect::<Option<Vec<_>>>().and_then(|due| due.into_iter().chain(rates).min());
        due.map_or(Lasting::Unknown, Lasting::Until)
    };
    match stands_on {
        StandsOn::Reference => Lasting::Always,
        StandsOn::Sources => until_due(),
        StandsOn::Records => Lasting::Unknown,
    }
}

/// `Cache-Control` of an answer.
pub(super) fn control(answer: &Answer, rights: Rights, now: DateTime<Utc>, max_age_seconds: u64) -> Cow<'static, str> {
    if !answer.keep || rights != Rights::Public {
        return "no-store".into();
    }
    let most = i64::try_from(max_age_seconds).unwrap_or(i64::MAX);
    let seconds = match answer.lasting {
        Lasting::Unknown => 0,
        Lasting::Until(until) => (until - now).num_seconds().clamp(0, most),
        Lasting::Always => most,
    };
    if seconds == 0 { "public, no-cache".into() } else { format!("public, max-age={seconds}").into() }
}

/// The tag of the answer that a question has now. It is weak, since every compressed form carries the same.
pub(super) fn entity_tag(key: &Key, media_type: MediaType) -> String {
    let Key { document, variables, operation, rights, edition } = key;
    let text = format!("{document}\0{variables}\0{operation:?}\0{rights:?}\0{edition:?}\0{media_type:?}");
    format!("W/\"{}\"", &sha256_hex(text.as_bytes())[..32])
}

/// Whether a client has the answer of this tag.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.flat_map(|value| value.split(',')).any(|known| known.trim() == "*" || bare(known) == bare(tag))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use chrono::TimeDelta;

    use super::*;
    use crate::answers::{Encoded, Outcome};

    #[track_caller]
    fn check(keep: bool, lasting: Lasting, expected: &str) {
        let (body, outcome, encoded) = (Bytes::new(), Outcome::Complete, Encoded::default());
        let answer = Answer { body, keep, outcome, lasting, encoded };
        assert_eq!(control(&answer, Rights::Public, DateTime::UNIX_EPOCH, 300), expected);
    }

    #[test]
    fn an_answer_is_kept_no_longer_than_it_lasts() {
        let at = |seconds| Lasting::Until(DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
        check(true, Lasting::Always, "public, max-age=300");
        check(true, at(120), "public, max-age=120");
        check(true, at(100_000), "public, max-age=300");
        check(true, at(0), "public, no-cache");
        check(true, at(-5), "public, no-cache");
        check(true, Lasting::Unknown, "public, no-cache");
        check(false, Lasting::Always, "no-store");
    }
}
