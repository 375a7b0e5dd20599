//! Words of signing, meeting and governing, beside which a name says where people were, and not where a project is.

use super::super::words::Word;

/// Verbs and nouns of signing, meeting and announcing, after which a name is a venue.
pub(in crate::places::matching) fn is_of_meeting(word: &Word<'_>) -> bool {
    const STEMS: [&str; 32] = [
        "konferenc",
        "konferenz",
        "odby",
        "spotkani",
        "tagung",
        "treffen",
        "signed",
        "signing",
        "signature",
        "signé",
        "unterzeichn",
        "podpis",
        "підпис",
        "подпис",
        "venue",
        "meeting",
        "conference",
        "summit",
        "seminar",
        "workshop",
        "announced",
        "відбул",
        "відбув",
        "зустріч",
        "нарад",
        "семінар",
        "прошл",
        "состоял",
        "rencontre",
        "stattfand",
        "stattgefunden",
        "headquarter",
    ];
    const WORDS: [&str; 4] = ["held", "met", "took", "forum"];
    WORDS.contains(&word.small.as_str()) || STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// What may stand between such a word and its venue: who signed what, and when. `signed for trams in Lviv` is no venue.
pub(in crate::places::matching) fn is_between_meeting_and_venue(word: &Word<'_>) -> bool {
    const WORDS: [&str; 35] = [
        "się",
        "sich",
        "on",
        "the",
        "a",
        "by",
        "and",
        "between",
        "with",
        "of",
        "was",
        "were",
        "an",
        "agreement",
        "contract",
        "memorandum",
        "declaration",
        "loan",
        "grant",
        "ceremony",
        "place",
        "today",
        "officially",
        "угоду",
        "угоди",
        "договір",
        "договору",
        "меморандум",
        "меморандуму",
        "між",
        "та",
        "і",
        "договор",
        "umowę",
        "umowy",
    ];
    word.capital
        || word.text.starts_with(|letter: char| letter.is_ascii_digit())
        || WORDS.contains(&word.small.as_str())
}

/// What was done at a venue, where the verb stands behind it: `wurde in Kyjiw unterzeichnet`, `у Києві підписано`.
pub(in crate::places::matching) fn is_signed(word: &Word<'_>) -> bool {
    const STEMS: [&str; 8] =
        ["unterzeichnet", "підписа", "подписа", "podpisa", "signé", "vereinbart", "statt", "abgehalten"];
    STEMS.iter().any(|stem| word.small.starts_with(stem))
}

/// Who or what sits in a town and acts elsewhere.
pub(in crate::places::matching) fn is_of_seat(word: &Word<'_>) -> bool {
    const STEMS: [&str; 15] = [
        "government",
        "minist",
        "embass",
        "delegation",
        "headquarter",
        "parliament",
        "authorities",
        "regierung",
        "botschaft",
        "gouvernement",
        "ambassade",
        "уряд",
        "міністерств",
        "посольств",
        "представництв",
    ];
    const WORDS: [&str; 5] = ["office", "seat", "büro", "офіс", "офис"];
    WORDS.contains(&word.small.as_str()) || STEMS.iter().any(|stem| word.small.starts_with(stem))
}
