//! Words in titles and descriptions that tell a purpose, matched at the beginning of a word only.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::{Sector, SectorIndex, rows};

/// The purposes whose words stand in a text, by the order of the rules: the first one wins.
pub(super) fn purposes_in(text: &str) -> Vec<&'static Sector> {
    let text = fold(text);
    let mut found = BTreeSet::new();
    let mut passed_over = 0;
    for start in word_starts(&text) {
        if start < passed_over {
            continue;
        }
        let entries = RULES.entries_at(&text[start..]);
        match entries.iter().filter(|entry| entry.rule.is_none()).map(|entry| entry.stem.len()).max() {
            Some(length) => passed_over = start + length,
            None => found.extend(entries.iter().filter_map(|entry| entry.rule)),
        }
    }
    found.into_iter().filter_map(|rule| RULES.purposes.get(rule).copied()).collect()
}

struct Rules {
    /// One purpose a rule, in order.
    purposes: Vec<&'static Sector>,
    /// By first letter, so that a word is compared with few entries.
    entries: HashMap<char, Vec<Entry>>,
}

struct Entry {
    stem: &'static str,
    /// Whether the word must end with the stem.
    whole: bool,
    /// Which rule it belongs to; `None` for a phrase that means something else.
    rule: Option<usize>,
}

impl Rules {
    fn entries_at(&self, text: &str) -> Vec<&Entry> {
        let first = text.chars().next().and_then(|letter| self.entries.get(&letter));
        first.into_iter().flatten().filter(|entry| entry.begins(text)).collect()
    }
}

impl Entry {
    fn begins(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.stem) else { return false };
        !self.whole || !rest.starts_with(char::is_alphanumeric)
    }
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { purposes: Vec::new(), entries: HashMap::new() };
    for line in rows(include_str!("../../reference/sectors/keywords.tsv")) {
        let Some((code, stems)) = line.split_once('\t') else { continue };
        let rule = SectorIndex::embedded().by_code(code).map(|sector| {
            rules.purposes.push(sector);
            rules.purposes.len() - 1
        });
        for stem in stems.split('|') {
            let whole = stem.ends_with('.');
            let stem = stem.trim_end_matches('.');
            let Some(first) = stem.chars().next() else { continue };
            rules.entries.entry(first).or_default().push(Entry { stem, whole, rule });
        }
    }
    rules
});

/// Small letters, one blank between words, plain hyphens.
fn fold(text: &str) -> String {
    let plain = text.to_lowercase().replace(['\u{2010}', '\u{2011}', '\u{2013}'], "-");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(position, letter)| {
        let begins = !inside && letter.is_alphanumeric();
        inside = letter.is_alphanumeric() || (inside && matches!(letter, '\'' | '\u{2019}' | '\u{2bc}'));
        begins.then_some(position)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let codes: Vec<&str> = purposes_in(text).iter().map(|sector| sector.code).collect();
        assert_eq!(codes, expected, "{text}");
    }

    #[test]
    fn every_rule_names_a_purpose_in_use() {
        let lines: Vec<&str> = rows(include_str!("../../reference/sectors/keywords.tsv")).collect();
        let ruled = lines.iter().filter(|line| !line.starts_with('-')).count();
        assert_eq!((RULES.purposes.len(), ruled), (38, 38));
        assert!(RULES.purposes.iter().all(|sector| !sector.withdrawn() && !sector.is_group()));
        for line in lines {
            assert_eq!(line, line.to_lowercase(), "entries are compared with small letters");
        }
    }

    #[test]
    fn the_first_rule_wins_and_the_others_follow() {
        check("Energy efficiency of schools and hospitals", &["23183", "12191", "11120"]);
        check("Реконструкція котельні лікарні", &["23620", "12191"]);
        check("Kharkiv Metro Extension", &["21012"]);
        check("Water supply for Mykolaiv", &["14021"]);
        check("Water and wastewater programme", &["14020", "14022"]);
    }

    #[test]
    fn a_stem_matches_at_the_beginning_of_a_word_only() {
        check("капітальний ремонт кілометрової дороги", &["21020"]);
        check("transport", &[]);
        check("транспорту", &[]);
        check("оновлення порту", &["21040"]);
        check("Португалія", &[]);
        check("broad support", &[]);
        check("agriculture and viticulture", &[]);
        check("hospitality training", &[]);
        check("metropolitan area", &[]);
        check("ліцензія", &[]);
        check("вул. Академіка Павлова", &[]);
        check("міжміських", &[]);
    }

    #[test]
    fn stems_carry_endings_hyphens_and_apostrophes() {
        check("тролейбусів", &["21012"]);
        check("міні-школа", &["11120"]);
        check("energy\u{a0}Efficient\nbuildings", &["23183"]);
        check("Будівництво УКРИТТЯ", &["74020"]);
        check("ГЕС", &["23220"]);
        check("Гессен", &[]);
    }

    #[test]
    fn phrases_that_mean_something_else_are_passed_over() {
        check("1,200 square metres of office", &[]);
        check("an industrial park", &[]);
        check("a bridge loan", &[]);
        check("a roadmap and a road", &["21020"]);
        check("bridge over the Dnipro", &["21020"]);
    }
}
