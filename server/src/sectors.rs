//! Sectors: the DAC's purposes and groups, and how a partner's own words become one of them.
//!
//! 1. [`SectorIndex`]: the code list, withdrawn codes included.
//! 2. [`fn@classify`]: a record's sector words and texts to one main sector, with the method and a confidence.
//!
//! Tables are in `server/reference/sectors`.

mod classify;
mod crosswalk;
mod keywords;

use std::sync::LazyLock;

use chrono::NaiveDate;

pub use classify::{
    Classification, DESCRIPTION_CONFIRMS, MAIN_SECTOR_THRESHOLD, SectorMethod, TITLE_CONFIRMS, classify,
    classify_project,
};

/// A DAC purpose (5 digits) or sector group (3 digits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    /// `23620` or `236`.
    pub code: &'static str,
    /// The English name in the list.
    pub name: &'static str,
    /// The day on which the list withdrew the code, for codes that only older records carry.
    pub withdrawn_on: Option<NaiveDate>,
}

impl Sector {
    /// Whether the code is out of use.
    #[must_use]
    pub fn withdrawn(&self) -> bool {
        self.withdrawn_on.is_some()
    }

    /// Whether it is a group and not a purpose.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.code.len() == 3
    }

    /// The next wider sector: of a purpose its group, of a group its umbrella (`236` stands under `230`).
    ///
    /// `None` for a group under no umbrella.
    #[must_use]
    pub fn group(&self) -> Option<&'static Self> {
        let index = SectorIndex::embedded();
        if !self.is_group() {
            return index.by_code(self.code.get(..3)?);
        }
        let umbrella = format!("{}0", self.code.get(..2)?);
        (umbrella != self.code).then(|| index.by_code(&umbrella)).flatten()
    }

    /// This sector and everything that holds it, the narrowest first: `23620`, `236`, `230`.
    pub fn lineage(&'static self) -> impl Iterator<Item = &'static Self> {
        std::iter::successors(Some(self), |sector| sector.group())
    }

    /// Its place in [`SectorIndex::all`], for use as a key in dense tables.
    #[must_use]
    pub fn position(&self) -> usize {
        SectorIndex::embedded().sectors.binary_search_by_key(&self.code, |sector| sector.code).unwrap_or_default()
    }
}

/// The code list, sorted by code.
#[derive(Debug)]
pub struct SectorIndex {
    sectors: Vec<Sector>,
}

impl SectorIndex {
    /// The list built into the binary.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<SectorIndex> = LazyLock::new(|| SectorIndex {
            sectors: rows(include_str!("../reference/sectors/dac.tsv")).filter_map(sector).collect(),
        });
        &EMBEDDED
    }

    /// The sector with this code, in use or withdrawn.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Sector> {
        let position = self.sectors.binary_search_by(|sector| sector.code.cmp(code.trim())).ok()?;
        self.sectors.get(position)
    }

    /// All groups and purposes, by code.
    #[must_use]
    pub fn all(&self) -> &[Sector] {
        &self.sectors
    }

    /// Whether a purpose or group is the given sector or stands below it; both must be in the list.
    ///
    /// `230` holds 230xx, and the groups 231 to 236 that took its place.
    #[must_use]
    pub fn is_within(&'static self, code: &str, wider: &str) -> bool {
        self.by_code(code).is_some_and(|sector| sector.lineage().any(|above| above.code == wider.trim()))
    }
}

fn sector(row: &'static str) -> Option<Sector> {
    let mut cells = row.split('\t');
    let (code, withdrawn, name) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Sector { code, name, withdrawn_on: withdrawn.parse().ok() })
}

/// The rows of an embedded table, without its remarks.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_list_is_read_and_found_again() {
        let index = SectorIndex::embedded();
        assert_eq!(index.all().len(), 376);
        assert_eq!(index.all().iter().filter(|sector| sector.is_group()).count(), 50);
        for sector in index.all() {
            assert!(!sector.name.is_empty(), "{}", sector.code);
            assert!(sector.code.bytes().all(|byte| byte.is_ascii_digit()), "{}", sector.code);
            assert_eq!(index.by_code(sector.code), Some(sector));
            assert_eq!(index.all()[sector.position()].code, sector.code);
        }
    }

    #[test]
    fn every_purpose_has_a_group() {
        for sector in SectorIndex::embedded().all().iter().filter(|sector| !sector.is_group()) {
            assert_eq!(sector.group().map(|group| group.code), sector.code.get(..3), "{}", sector.code);
        }
    }

    #[test]
    fn withdrawn_codes_keep_their_names() {
        let index = SectorIndex::embedded();
        let withdrawn: Vec<&str> =
            index.all().iter().filter(|sector| sector.withdrawn()).map(|sector| sector.code).collect();
        assert_eq!(withdrawn.iter().filter(|code| code.len() == 5).count(), 30);
        assert_eq!(withdrawn.iter().filter(|code| code.len() == 3).collect::<Vec<_>>(), [&"230", &"920"]);
        let grids = index.by_code("23040").unwrap();
        assert_eq!((grids.name, grids.withdrawn()), ("Electrical transmission/ distribution", true));
        assert_eq!(grids.withdrawn_on, NaiveDate::from_ymd_opt(2020, 2, 28));
        assert_eq!(index.by_code("41050").unwrap().withdrawn_on, NaiveDate::from_ymd_opt(2017, 12, 31));
        assert!(!index.by_code("23620").unwrap().withdrawn());
    }

    #[track_caller]
    fn check_within(code: &str, wider: &str, expected: bool) {
        assert_eq!(SectorIndex::embedded().is_within(code, wider), expected, "{code} within {wider}");
    }

    #[test]
    fn a_sector_stands_within_its_groups() {
        check_within("23620", "23620", true);
        check_within("23620", "236", true);
        check_within("21012", "210", true);
        check_within("21012", "21020", false);
        check_within("23620", "232", false);
        check_within("236", "23620", false);
        check_within("11220", "110", true);
        check_within("16040", "150", false);
        check_within("99999", "999", false);
    }

    #[test]
    fn a_search_for_energy_finds_old_and_new_codes() {
        let energy = ["230", "231", "232", "233", "234", "235", "236"];
        let found = |code| energy.iter().any(|group| SectorIndex::embedded().is_within(code, group));
        assert!(found("23620") && found("23040") && found("23110") && !found("22020"));
        check_within("23620", "230", true);
        check_within("23040", "230", true);
    }

    #[test]
    fn unknown_codes_are_not_found() {
        for code in ["", "2", "99999", "2362", "236200", "energy"] {
            assert_eq!(SectorIndex::embedded().by_code(code), None, "{code}");
        }
        assert_eq!(SectorIndex::embedded().by_code(" 23620 ").map(|sector| sector.code), Some("23620"));
    }
}
