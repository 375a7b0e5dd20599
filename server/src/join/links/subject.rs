//! What a record is about, from its own words: topics, telling words, and which stage of an undertaking it is.

use std::sync::LazyLock;

use crate::harvest::packed::Text;
use regex::Regex;

use super::lexicon::{Lexicon, Topics};
use super::phrases::Phrases;
use crate::harvest::PackedProject;
use crate::places::{fold, sound};

/// How many letters of a word count: endings differ by case and number.
const STEM: usize = 7;

/// What a record's words say.
#[derive(Debug, Default)]
pub(super) struct Subject {
    /// Of the title; of the text where there is no title, or where the title has none.
    pub(super) topics: Topics,
    /// Of all its texts.
    pub(super) all_topics: Topics,
    /// Digests of the telling words of the title, sorted: no places, lenders, topics or words that many titles have.
    pub(super) words: Vec<u64>,
    /// Whether the words are in Cyrillic letters, or in a language other than English: they are then compared by topic
    /// alone with words of another.
    pub(super) language: String,
    /// Which stage of an undertaking it is: 1 unless it says otherwise.
    pub(super) stage: u8,
    /// Numbers of lines, routes and blocks in the title.
    pub(super) lines: Vec<u8>,
    /// Words by which it says that it adds to a loan there is.
    pub(super) supplement: bool,
    /// Whether its title or its form is a guarantee's.
    pub(super) guarantee: bool,
    /// The short name before the title: `RLF`, `UPTF2`.
    pub(super) prefix: Option<String>,
}

impl Subject {
    /// Reads a record's words; `places` are folded words of its places.
    pub(super) fn of(project: PackedProject<'_>, places: &[String]) -> Self {
        let mut subject = Self { stage: 1, ..Self::default() };
        for title in project.titles() {
            subject.read_title(title, places);
        }
        for text in project.descriptions() {
            let folded = fold(text.text());
            let words: Vec<&str> = folded.split(' ').collect();
            subject.all_topics = topics(&words, subject.all_topics);
            let lexicon = Lexicon::compiled();
            subject.supplement |= !lexicon.supplements.all(&words).is_empty() && subject.language.is_empty();
            if subject.language.is_empty() {
                subject.read_first_sentence(text, places);
            }
        }
        subject.all_topics = Topics(subject.all_topics.0 | subject.topics.0);
        if subject.topics.is_empty() {
            subject.topics = subject.all_topics;
        }
        subject.words.sort_unstable();
        subject.words.dedup();
        subject.lines.sort_unstable();
        subject
    }

    fn read_title(&mut self, title: Text<'_>, places: &[String]) {
        let first = self.language.is_empty();
        if first {
            self.language = title.language.as_str().to_owned();
        }
        let (prefix, rest) = parted(title.text(), places);
        if self.prefix.is_none() {
            self.prefix = prefix.map(str::to_owned);
        }
        self.stage = self.stage.max(stage(rest, true));
        self.lines.extend(lines(rest));
        self.read(rest, places, first);
        let folded = fold(rest);
        let words: Vec<&str> = folded.split(' ').collect();
        self.guarantee |= !Lexicon::compiled().guarantees.all(&words).is_empty();
    }

    /// A record without a title says in its first sentence what it is.
    fn read_first_sentence(&mut self, text: Text<'_>, places: &[String]) {
        self.language = text.language.as_str().to_owned();
        let first =
            text.text().split(['.', ';', '\n']).find(|sentence| !sentence.trim().is_empty()).unwrap_or_default();
        self.stage = self.stage.max(stage(first, false));
        self.read(first, places, true);
    }

    fn read(&mut self, text: &str, places: &[String], with_words: bool) {
        let lexicon = Lexicon::compiled();
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let mut at = 0;
        while at < words.len() {
            if at > 0 && lexicon.part_of.at(&words, at).is_some() {
                break; // What follows names something wider.
            }
            at += self.take(&words, at, places, with_words);
        }
    }

    /// Takes what begins at a word, and says how many words that was.
    fn take(&mut self, words: &[&str], at: usize, places: &[String], with_words: bool) -> usize {
        let lexicon = Lexicon::compiled();
        if let Some(((), length)) = lexicon.supplements.at(words, at) {
            self.supplement = true;
            return length;
        }
        if let Some((_, length)) = lexicon.lenders.at(words, at) {
            return length;
        }
        if is_place(words[at], places) {
            return 1;
        }
        if let Some((topic, length)) = lexicon.topics.at(words, at) {
            self.topics = self.topics.with(topic);
            return length;
        }
        let length = lexicon.common.at(words, at).map_or(0, |((), length)| length);
        let telling = length == 0 && words[at].len() >= 3 && !words[at].bytes().all(|byte| byte.is_ascii_digit());
        if telling && with_words && roman(words[at]).is_none() {
            self.words.push(digest(words[at]));
        }
        length.max(1)
    }
}

/// A number for a word, whatever its ending and spelling.
pub(super) fn digest(folded: &str) -> u64 {
    let sounds = sound(folded);
    hashed(&sounds.chars().take(STEM).collect::<String>())
}

/// FNV-1a: the same on every machine and in every build, unlike the standard library's.
pub(super) fn hashed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn topics(words: &[&str], known: Topics) -> Topics {
    let lexicon = Lexicon::compiled();
    let mut topics = known;
    let mut at = 0;
    while at < words.len() {
        let lender = lexicon.lenders.at(words, at).map(|(_, length)| length);
        at += lender.unwrap_or_else(|| match lexicon.topics.at(words, at) {
            Some((topic, length)) => {
                topics = topics.with(topic);
                length
            }
            None => 1,
        });
    }
    topics
}

/// Whether a word is one of a place, in whatever ending.
fn is_place(word: &str, places: &[String]) -> bool {
    places.iter().any(|place| {
        let same = place.chars().count().clamp(4, 6);
        word == place || (place.len() >= 4 && word.chars().take(same).eq(place.chars().take(same)))
    })
}

/// The short name of a framework before a dash, and the title after it.
pub(super) fn parted<'title>(title: &'title str, places: &[String]) -> (Option<&'title str>, &'title str) {
    static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the pattern is constant, and a test reads with it")]
        Regex::new(r"^\s*([A-Z][A-Za-z]{1,5}\s?\d?(?:\s?W(?:indow)?\s?\d)?)\s*[-–—]\s*").expect("a valid pattern")
    });
    let Some(found) = PREFIX.captures(title) else { return (None, title) };
    let prefix = found.get(1).map_or("", |prefix| prefix.as_str());
    let capitals = prefix.chars().filter(char::is_ascii_uppercase).count();
    if capitals < 2 || is_place(&fold(prefix), places) {
        return (None, title);
    }
    (Some(prefix), &title[found[0].len()..])
}

/// A number from `II` to `X`, or `I`.
fn roman(word: &str) -> Option<u8> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    ROMAN.iter().zip(1..).find(|(roman, _)| word.eq_ignore_ascii_case(roman)).map(|(_, number)| number)
}

/// Words whose number is no stage.
static NUMBERED: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(&[(
        (),
        "line, lines, route, routes, block, unit, лінія, лінії, лінію, линия, линии, linie, ligne, linia, linii, блок, маршрут*",
    )])
});
/// Words whose number is neither a stage nor a line.
static OTHERWISE: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(&[(
        (),
        "window, w, part, tranche, lot, category, no, nr, covid, частина, транш*, лот, corridor, corridors",
    )])
});
/// Words of a stage.
static STAGE: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(&[(
        (),
        "phase, stage, framework, programme, program, facility, черга, черги, етап*, очеред*, этап*, etap*, étape",
    )])
});

/// Which stage of an undertaking a title names; `ends` says that a digit at its end counts.
pub(super) fn stage(title: &str, ends: bool) -> u8 {
    let lexicon = Lexicon::compiled();
    let folded = fold(title);
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some((ordinal, _)) = lexicon.ordinals.all(&words).first() {
        return *ordinal;
    }
    let is = |list: &Phrases<()>, at: Option<usize>| at.is_some_and(|at| list.at(&words, at).is_some());
    let capital = capitals(title);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1);
        let Some(number) = roman(word).or_else(|| digit(word)) else { continue };
        let is_roman = roman(word).is_some();
        if is(&NUMBERED, before) || is(&OTHERWISE, before) {
            continue;
        }
        let named = is(&STAGE, before) || is(&STAGE, Some(at + 1)) || is(&STAGE, Some(at + 2));
        let alone = if is_roman {
            number > 1 && capital.contains(&word.to_uppercase())
        } else {
            ends && at + 1 == words.len() && at > 0
        };
        if named || alone {
            return number;
        }
    }
    1
}

/// Words in capitals alone: `II`, but neither `ii` nor `vi`.
fn capitals(title: &str) -> Vec<String> {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty() && word.chars().all(char::is_uppercase)).map(str::to_owned).collect()
}

fn digit(word: &str) -> Option<u8> {
    (word.len() == 1).then(|| word.parse().ok()).flatten().filter(|number| *number > 0)
}

/// Numbers of lines, routes and blocks: two lines of one metro are two undertakings.
fn lines(title: &str) -> Vec<u8> {
    let folded = fold(title);
    let words: Vec<&str> = folded.split(' ').collect();
    let numbers = words.iter().zip(0_usize..).filter_map(|(word, at)| {
        NUMBERED.at(&words, at.checked_sub(1)?)?;
        roman(word).or_else(|| digit(word))
    });
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_stage(title: &str, expected: u8) {
        assert_eq!(stage(parted(title, &[]).1, true), expected, "{title}");
    }

    #[test]
    fn stages_are_told_from_other_numbers() {
        check_stage("Urban Public Transport of Ukraine II", 2);
        check_stage("Ukraine Public Transport Framework 2", 2);
        check_stage("Lviv Tram Extension Phase I", 1);
        check_stage("UPTF2 - Kyiv City Transport II: Metro", 2);
        check_stage("UPTF2 - Poltava Trolleybus", 1);
        check_stage("Реконструкція водопостачання, друга черга", 2);
        check_stage("Метро, 2-га черга", 2);
        check_stage("Kyiv Metro Line 3", 1);
        check_stage("GrCF 2 W2 - Khmelnytskyi Solid Waste", 1);
        check_stage("COVID-19 response", 1);
    }

    #[test]
    fn a_prefix_is_a_short_name_and_no_place() {
        assert_eq!(parted("RLF-Cherkasy Trolleybus", &[]), (Some("RLF"), "Cherkasy Trolleybus"));
        assert_eq!(parted("GrCF 2 W2 - Solid Waste", &[]), (Some("GrCF 2 W2"), "Solid Waste"));
        assert_eq!(parted("LVIV - trams", &["lviv".to_owned()]), (None, "LVIV - trams"));
        assert_eq!(parted("HOME: housing", &[]), (None, "HOME: housing"));
    }
}
