//! Parts of frameworks, by the short name before a title (`UPTF2 -`), and by a text that names the framework.

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::profile::{Profile, is_framework, shortened};
use super::subject::stage;
use super::{Evidence, Link, LinkDecision, LinkKind};
use crate::catalogue::RecordNumber;
use crate::harvest::PackedProject;
use crate::places::fold;

/// Small words that a short name leaves out.
const SMALL: [&str; 8] = ["of", "and", "for", "the", "in", "to", "a", "on"];

/// What a record's own words say of frameworks.
#[derive(Debug, Default)]
pub(super) struct Frameworks {
    /// What texts may call it, where it could be a framework.
    named: Vec<Named>,
    /// Sentences by which it could be a part of one.
    cued: Vec<Cued>,
    /// A first word in capitals.
    capitals: Option<String>,
}

/// A sentence with a word of being a part.
#[derive(Debug)]
struct Cued {
    sentence: String,
    /// Where such words stand among the folded ones.
    cues: Vec<usize>,
}

/// A title by which texts may name a framework.
#[derive(Debug)]
struct Named {
    /// Folded words, as printed.
    words: Vec<String>,
    /// A short name that the title gives in brackets.
    short: Option<String>,
    stage: u8,
    window: Option<u8>,
    /// Whether it is a framework by its form or title, and not only a loan of which parts are told.
    wide: bool,
}

/// A short name with its numbers: `GrCF 2 W2`.
#[derive(Debug, PartialEq, Eq, Hash, Clone)]
struct Short {
    letters: String,
    stage: u8,
    window: Option<u8>,
}

/// Every framework that a record is a part of by its own words, with the record that the link stands at.
pub(super) fn links(profiles: &[Profile<'_>]) -> Vec<(RecordNumber, Link)> {
    let mut by_lender: HashMap<&str, Vec<(RecordNumber, &Named)>> = HashMap::new();
    for profile in profiles.iter().filter(|profile| !profile.reported) {
        let named = profile.frameworks.named.iter().map(|named| (profile.number, named));
        by_lender.entry(profile.project.id().partner()).or_default().extend(named);
    }
    let mut registers: HashMap<&str, Register<'_>> =
        by_lender.into_iter().map(|(lender, named)| (lender, Register::of(named))).collect();
    let parts = profiles.iter().filter(|profile| !profile.reported);
    let links = parts.filter_map(|profile| {
        let link = registers.get_mut(profile.project.id().partner())?.link(profile)?;
        Some((profile.number, link))
    });
    links.collect()
}

impl Frameworks {
    /// Reads a record; `prefixed` says that a short name stands before its title.
    pub(super) fn of(project: PackedProject<'_>, prefixed: bool) -> Self {
        let named = if prefixed { Vec::new() } else { named(project) };
        Self { named, cued: cued(project), capitals: first_capitals(project) }
    }
}

/// What texts may call a record that could be a framework.
fn named(project: PackedProject<'_>) -> Vec<Named> {
    let titles = project.titles().filter_map(|title| {
        let short = bracketed(title.text());
        let printed = if short.is_some() { title.text().split('(').next().unwrap_or_default() } else { title.text() };
        let words: Vec<String> = fold(printed).split(' ').map(str::to_owned).collect();
        let wide = is_framework(project) || words.iter().any(|word| is_wide(word));
        if words.len() < 2 || (words.len() < 3 && !wide) {
            return None;
        }
        let (stage, window) = (stage(printed, true), window(&words));
        Some(Named { words, short, stage, window, wide })
    });
    titles.collect()
}

/// Sentences that say "part of", "under", "sub-project of", and do not follow upon something.
fn cued(project: PackedProject<'_>) -> Vec<Cued> {
    let lexicon = Lexicon::compiled();
    let texts = project.titles().chain(project.descriptions());
    let sentences = texts.flat_map(|text| text.text().split(['.', ';', '\n']));
    let cued = sentences.filter_map(|sentence| {
        let folded = fold(sentence);
        let words: Vec<&str> = folded.split(' ').collect();
        let cues: Vec<usize> = lexicon.part_of.all(&words).into_iter().map(|(_, at)| at).collect();
        let speaks = !cues.is_empty() && lexicon.follows.all(&words).is_empty();
        speaks.then(|| Cued { sentence: sentence.to_owned(), cues })
    });
    cued.collect()
}

fn is_wide(word: &str) -> bool {
    const WIDE: [&str; 10] =
        ["framework", "programme", "program", "facility", "fl", "prohrama", "prohramy", "rahmen", "cadre", "ramowy"];
    WIDE.contains(&word)
}

/// A short name in brackets: `(UMIP)`.
fn bracketed(title: &str) -> Option<String> {
    let inner = title.split_once('(')?.1.split_once(')')?.0.trim();
    let short = (2..=8).contains(&inner.len()) && !inner.contains(' ');
    let capitals = inner.chars().filter(char::is_ascii_uppercase).count();
    (short && capitals >= 2).then(|| letters(&fold(inner)))
}

/// The number after "window" or `w`.
fn window(words: &[String]) -> Option<u8> {
    let at = words.iter().position(|word| word == "window")?;
    number(words.get(at + 1)?)
}

fn number(word: &str) -> Option<u8> {
    const ROMAN: [&str; 5] = ["i", "ii", "iii", "iv", "v"];
    let roman = ROMAN.iter().zip(1..).find(|(roman, _)| **roman == word).map(|(_, number)| number);
    roman.or_else(|| (word.len() == 1).then(|| word.parse().ok()).flatten())
}

fn letters(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphabetic).collect()
}

impl Short {
    /// Reads `UPTF2`, `GrCF 2 W2`, `RLF`.
    fn read(printed: &str) -> Self {
        let folded = fold(printed);
        let mut words = folded.split(' ');
        let first = words.next().unwrap_or_default();
        let mut short = Self { letters: letters(first), stage: digit_of(first).unwrap_or(1), window: None };
        for word in words {
            match (word.strip_prefix('w'), digit_of(word)) {
                (Some(_), Some(window)) => short.window = Some(window),
                (None, Some(stage)) => short.stage = stage,
                _ => {}
            }
        }
        short
    }

    /// Whether it is short for a framework's title.
    fn names(&self, named: &Named) -> bool {
        let letters = named.short.as_deref() == Some(self.letters.as_str()) || abbreviates(&self.letters, &named.words);
        let window = named.window.is_none() || named.window == self.window;
        letters && window && named.stage == self.stage
    }
}

fn digit_of(word: &str) -> Option<u8> {
    word.chars()
        .find_map(|letter| letter.to_digit(10))
        .and_then(|digit| u8::try_from(digit).ok())
        .filter(|digit| *digit > 0)
}

/// Whether letters are the beginnings of words, one after the other: `grcf` of "green cities framework".
fn abbreviates(letters: &str, words: &[String]) -> bool {
    let Some(word) = words.first() else { return letters.is_empty() };
    if letters.is_empty() {
        // What follows a complete short name is a number, a window or a name for readers.
        return number(word).is_some() || word == "window" || word == "fl";
    }
    let most = word.len().min(letters.len()).min(3);
    let used =
        (1..=most).rev().filter(|length| word.is_char_boundary(*length) && letters.starts_with(&word[..*length]));
    let mut used = used.map(|length| &letters[length..]);
    used.any(|rest| abbreviates(rest, &words[1..]))
        || (SMALL.contains(&word.as_str()) && abbreviates(letters, &words[1..]))
}

/// The frameworks of one lender, by the names that texts give them.
struct Register<'names> {
    all: Vec<(RecordNumber, &'names Named)>,
    /// By the first two words of the title.
    by_beginning: HashMap<(&'names str, &'names str), Vec<usize>>,
    /// Short names looked up before; the same few stand in thousands of titles.
    by_short: HashMap<Short, Option<usize>>,
}

impl<'names> Register<'names> {
    fn of(all: Vec<(RecordNumber, &'names Named)>) -> Self {
        let mut by_beginning: HashMap<_, Vec<usize>> = HashMap::new();
        for ((_, named), at) in all.iter().zip(0..) {
            by_beginning.entry((named.words[0].as_str(), named.words[1].as_str())).or_default().push(at);
        }
        Self { all, by_beginning, by_short: HashMap::new() }
    }

    fn link(&mut self, profile: &Profile<'_>) -> Option<Link> {
        let (at, score, text) = self
            .by_text(&profile.frameworks.cued)
            .or_else(|| self.by_prefix(profile))
            .filter(|(at, ..)| self.all[*at].0 != profile.number)?;
        let evidence = [Evidence { kind: "framework", text, weight: score }].into();
        let (other, kind) = (self.all[at].0, LinkKind::PartOfFramework);
        Some(Link { other, kind, score, evidence, decision: LinkDecision::Automatic })
    }

    /// The short name that stands before the title, or begins it.
    fn by_prefix(&mut self, profile: &Profile<'_>) -> Option<(usize, f64, String)> {
        let printed = match &profile.subject.prefix {
            Some(prefix) => prefix.clone(),
            None => profile.frameworks.capitals.clone()?,
        };
        let at = self.short(&Short::read(&printed))?;
        let title = self.all[at].1.words.join(" ");
        Some((at, 0.9, format!("The title begins with \"{printed}\", which is short for \"{title}\".")))
    }

    fn short(&mut self, short: &Short) -> Option<usize> {
        if short.letters.len() < 3 {
            return None;
        }
        let all = &self.all;
        let find = || {
            let fits = (0..all.len()).filter(|at| all[*at].1.wide && short.names(all[*at].1));
            fits.min_by_key(|at| (std::cmp::Reverse(all[*at].1.window), all[*at].0))
        };
        *self.by_short.entry(short.clone()).or_insert_with(find)
    }

    /// A sentence that says "part of" and then a framework's title or short name.
    fn by_text(&mut self, cued: &[Cued]) -> Option<(usize, f64, String)> {
        cued.iter().find_map(|Cued { sentence, cues }| {
            let folded = fold(sentence);
            let words: Vec<&str> = folded.split(' ').collect();
            let (at, score) = cues.iter().find_map(|cue| self.named_after(&words, *cue, sentence))?;
            Some((at, score, format!("The text says: \"{}\".", shortened(sentence))))
        })
    }

    /// The framework that the words after a cue name.
    fn named_after(&mut self, words: &[&str], cue: usize, sentence: &str) -> Option<(usize, f64)> {
        const REACH: usize = 9;
        let last = (cue + REACH).min(words.len());
        let titles = (cue + 1..last).filter_map(|from| self.title_at(words, from));
        if let Some(at) = titles.max_by_key(|at| (self.all[*at].1.words.len(), std::cmp::Reverse(*at))) {
            return Some((at, 0.95));
        }
        (cue + 1..last.min(cue + 5)).find_map(|at| {
            let printed = words[at].to_uppercase();
            let capital = sentence.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == printed);
            let next =
                words.get(at + 1).and_then(|word| number(word)).map_or(String::new(), |stage| format!(" {stage}"));
            let found = capital.then(|| self.short(&Short::read(&format!("{printed}{next}"))))??;
            Some((found, 0.85))
        })
    }

    /// The longest title that stands at a word, and is not the beginning of a numbered one.
    fn title_at(&self, words: &[&str], from: usize) -> Option<usize> {
        let beginning = (*words.get(from)?, *words.get(from + 1)?);
        let fits = self.by_beginning.get(&beginning)?.iter().filter(|at| {
            let title = &self.all[**at].1.words;
            let stands = words.get(from..from + title.len()).is_some_and(|there| there.iter().eq(title.iter()));
            let numbered = words.get(from + title.len()).is_some_and(|next| number(next).is_some());
            stands && !numbered
        });
        fits.max_by_key(|at| (self.all[**at].1.words.len(), std::cmp::Reverse(**at))).copied()
    }
}

/// A first word in capitals: "UMIP street lighting".
fn first_capitals(project: PackedProject<'_>) -> Option<String> {
    let first = project.titles().next()?.text().split_whitespace().next()?;
    let short = (3..=6).contains(&first.len())
        && first.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
    short.then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(short: &str, title: &str, expected: bool) {
        let words: Vec<String> = fold(title).split(' ').map(str::to_owned).collect();
        let (stage, window) = (stage(title, true), window(&words));
        let named = Named { short: bracketed(title), words, stage, window, wide: true };
        assert_eq!(Short::read(short).names(&named), expected, "{short} of {title}");
    }

    #[test]
    fn short_names_carry_the_number_and_the_window() {
        check("UPTF2", "Ukraine Public Transport Framework 2", true);
        check("UPTF", "Ukraine Public Transport Framework 2", false);
        check("UPTF", "Ukraine Public Transport Framework", true);
        check("GrCF 2 W2", "Green Cities Framework 2 - Window II", true);
        check("GrCF2 W1", "Green Cities Framework 2 - Window II", false);
        check("GrCF", "Green Cities Framework", true);
        check("GrCF2 W2", "Green Cities Framework", false);
        check("RLF", "Resilience and Livelihoods Framework (RLF)", true);
        check("UMIP", "Ukraine Municipal Infrastructure Programme (UMIP)", true);
        check("RLF", "Regional Loan Facility Two", false);
    }
}
