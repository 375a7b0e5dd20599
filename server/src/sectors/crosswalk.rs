//! From a partner's own sector words to a DAC group, a default purpose, and the purposes that a text may choose.

use std::collections::HashMap;
use std::sync::LazyLock;

use connectors::model::NativeSector;

use super::{Sector, SectorIndex, rows};

/// How much a partner's words say about the sector by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// The words are not a sector: the record's text decides.
    Low,
    /// The words mean the group; the purpose is a default.
    Medium,
    /// The words mean the same as the DAC's.
    High,
}

impl Grade {
    /// The confidence of a row taken as it stands.
    pub(super) fn confidence(self) -> f64 {
        match self {
            Self::High => 0.9,
            Self::Medium => 0.7,
            Self::Low => 0.4,
        }
    }
}

/// One row of the crosswalk.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) grade: Grade,
    pub(super) group: &'static Sector,
    /// The purpose that stands when the text says nothing.
    pub(super) default: Option<&'static Sector>,
    /// What the text may choose instead.
    pub(super) candidates: Vec<&'static str>,
}

impl Row {
    /// The default purpose, else the group.
    pub(super) fn standing(&self) -> &'static Sector {
        self.default.unwrap_or(self.group)
    }
}

/// The rows that fit a partner's words. For an EIB line of two halves the one that says more is taken: the NACE half
/// only where the EIB's own half says little.
pub(super) fn row(native: &NativeSector) -> Option<&'static Row> {
    let scheme = fold(&native.scheme);
    let table = &*TABLE;
    if let Some(row) = table.rows.get(&(scheme.clone(), fold(&native.label))) {
        return Some(row);
    }
    let (first, second) = native.label.split_once(" - ")?;
    let row = table.rows.get(&(scheme, fold(first)))?;
    let section = table.section(&fold(second)).filter(|section| section.grade > row.grade);
    Some(section.filter(|_| row.grade == Grade::Low).unwrap_or(row))
}

struct Table {
    rows: HashMap<(String, String), Row>,
    /// NACE sections by the first words of their names: sources shorten the rest differently.
    sections: Vec<(String, Row)>,
}

impl Table {
    fn section(&self, words: &str) -> Option<&Row> {
        let begins = |name: &str| words.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        self.sections.iter().find(|(name, _)| begins(name)).map(|(_, row)| row)
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rows: HashMap::new(), sections: Vec::new() };
    for (scheme, words, row) in rows(include_str!("../../reference/sectors/crosswalk.tsv")).filter_map(parse) {
        match scheme {
            "NACE" => table.sections.push((fold(words), row)),
            _ => drop(table.rows.insert((fold(scheme), fold(words)), row)),
        }
    }
    table
});

fn parse(line: &'static str) -> Option<(&'static str, &'static str, Row)> {
    let [scheme, words, grade, group, default, candidates] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let grade = match grade {
        "high" => Grade::High,
        "medium" => Grade::Medium,
        "low" => Grade::Low,
        _ => return None,
    };
    let index = SectorIndex::embedded();
    let row = Row {
        grade,
        group: index.by_code(group)?,
        default: index.by_code(default),
        candidates: candidates.split_whitespace().collect(),
    };
    Some((scheme, words, row))
}

/// Small letters and digits in words: `Municipal & Env Inf` and `municipal and env inf` are the same.
fn fold(words: &str) -> String {
    let plain = words.to_lowercase().replace('&', " and ").replace(|letter: char| !letter.is_alphanumeric(), " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scheme: &str, label: &str, expected: Option<&str>) {
        let native = NativeSector { scheme: scheme.to_owned(), code: None, label: label.to_owned() };
        assert_eq!(row(&native).map(|row| row.standing().code), expected, "{scheme}: {label}");
    }

    #[test]
    fn every_row_is_read_and_names_codes_in_the_list() {
        let read = TABLE.rows.len() + TABLE.sections.len();
        assert_eq!((read, TABLE.sections.len()), (67, 19));
        for line in rows(include_str!("../../reference/sectors/crosswalk.tsv")) {
            let cells: Vec<&str> = line.split('\t').collect();
            let codes = cells[3..5].iter().copied().chain(cells[5].split(' ')).filter(|code| !code.is_empty());
            for code in codes {
                assert!(SectorIndex::embedded().by_code(code).is_some(), "{code} in: {line}");
            }
            let default = cells[4];
            assert!(default.is_empty() || SectorIndex::embedded().is_within(default, cells[3]), "{line}");
        }
    }

    #[test]
    fn grades_are_as_proposed() {
        let rows = TABLE.rows.values().chain(TABLE.sections.iter().map(|(_, row)| row));
        let grades: Vec<Grade> = rows.map(|row| row.grade).collect();
        let count = |grade| grades.iter().filter(|given| **given == grade).count();
        assert_eq!((count(Grade::High), count(Grade::Medium), count(Grade::Low)), (19, 27, 21));
    }

    #[test]
    fn partners_words_are_found_in_any_case_and_punctuation() {
        check("EIB", "Water, sewerage", Some("14020"));
        check("eib", "WATER SEWERAGE", Some("14020"));
        check("EBRD", "Municipal and environmental infrastructure", Some("43030"));
        check("EBRD", "Municipal & Env Inf", Some("43030"));
        check("EBRD", "Insurance, Pension, Mutual Funds", Some("24030"));
        check("CEB line of action", "Support for vulnerable groups", Some("16010"));
        check("EBRD", "Infra Europe", None);
        check("EBRD", "Urban development", None);
    }

    #[test]
    fn words_without_a_default_stand_for_their_group() {
        check("EIB", "Energy", Some("230"));
        check("EBRD", "Power and Energy", Some("230"));
    }

    #[test]
    fn an_eib_line_has_a_sector_and_a_nace_section() {
        check("EIB", "Transport - Transportation and storage", Some("21010"));
        check("EIB", "Services - Financial and insurance activities", Some("24030"));
        check(
            "EIB",
            "Composite infrastructure - Water supply; sewerage, waste management and remediation",
            Some("14020"),
        );
        check("EIB", "Urban development - Real estate activities", Some("43030"));
        check("EIB", "Composite infrastructure - Construction", Some("43010"));
        check("EIB", "Transportation and storage", None);
        check("EBRD", "Services - Education", None);
    }
}
