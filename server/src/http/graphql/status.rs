//! Which status answers what.

use poem::http::StatusCode;

use super::media::MediaType;
use super::request::Fault;
use crate::answers::Outcome;
use crate::config::Statuses;

/// Data beside errors, by the text of August 2026.
const PARTIAL: u16 = 294;

/// The status of an answer. In plain JSON a request that is well-formed is always answered by 200, since old clients
/// read the errors only then; what the hub itself is to blame for is told in every media type.
pub(super) fn of_answer(outcome: Outcome, media_type: MediaType, statuses: Statuses) -> StatusCode {
    match (outcome, media_type, statuses) {
        (Outcome::Full, ..) => StatusCode::SERVICE_UNAVAILABLE,
        (Outcome::Broken, ..) => StatusCode::INTERNAL_SERVER_ERROR,
        (_, MediaType::Json, _) | (Outcome::Complete, ..) => StatusCode::OK,
        (Outcome::Partial, _, Statuses::August2026) => StatusCode::from_u16(PARTIAL).unwrap_or(StatusCode::OK),
        // Clients of persisted queries look for 200, and send the document then.
        (Outcome::Partial | Outcome::Unknown, ..) => StatusCode::OK,
        (Outcome::Refused, _, Statuses::August2026) => StatusCode::UNPROCESSABLE_ENTITY,
        (Outcome::Unreadable | Outcome::Refused, ..) => StatusCode::BAD_REQUEST,
    }
}

/// The status of a request that is none of GraphQL.
pub(super) fn of_fault(fault: &Fault, statuses: Statuses) -> StatusCode {
    match fault {
        Fault::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Fault::MethodNotAllowed | Fault::MutationByGet => StatusCode::METHOD_NOT_ALLOWED,
        Fault::UnsupportedMediaType | Fault::UnsupportedEncoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Fault::AddressTooLong { .. } => StatusCode::URI_TOO_LONG,
        Fault::NotJson(_) => StatusCode::BAD_REQUEST,
        Fault::Malformed(_) | Fault::Batch if statuses == Statuses::August2026 => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::Malformed(_) | Fault::Batch => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The statuses in the new media type and in plain JSON, first as audited, then of August 2026.
    #[track_caller]
    fn check(outcome: Outcome, expected: [u16; 4]) {
        let cases = [
            (MediaType::GraphqlResponse, Statuses::Audited),
            (MediaType::Json, Statuses::Audited),
            (MediaType::GraphqlResponse, Statuses::August2026),
            (MediaType::Json, Statuses::August2026),
        ];
        assert_eq!(
            cases.map(|(media_type, statuses)| of_answer(outcome, media_type, statuses).as_u16()),
            expected,
            "{outcome:?}"
        );
    }

    #[test]
    fn every_outcome_has_its_status() {
        check(Outcome::Complete, [200, 200, 200, 200]);
        check(Outcome::Partial, [200, 200, 294, 200]);
        check(Outcome::Unreadable, [400, 200, 400, 200]);
        check(Outcome::Refused, [400, 200, 422, 200]);
        check(Outcome::Unknown, [200, 200, 200, 200]);
        check(Outcome::Full, [503, 503, 503, 503]);
        check(Outcome::Broken, [500, 500, 500, 500]);
    }
}
