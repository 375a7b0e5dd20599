//! The Alliance's themes and the DAC's sectors: which projects are about what a need or an offer is about.
//!
//! The table is our own reading of the DAC's list. A group (3 digits) stands for everything below it, withdrawn codes
//! included; a sector may serve several themes (waste management is WATER by its group and ENVIRONMENT by its subject),
//! and sectors of no theme (budget support, debt, costs of donors) serve none.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::catalogue::Record;
use crate::records::Theme;

/// The DAC groups and purposes that serve a theme.
#[must_use]
pub fn sectors_of(theme: Theme) -> &'static [&'static str] {
    match theme {
        Theme::Housing => &["16030", "16040"],
        Theme::Energy => &["230"],
        Theme::Water => &["140"],
        Theme::Transport => &["210"],
        Theme::Health => &["120", "130", "72011"],
        Theme::Education => &["110", "72012", "43081"],
        Theme::SocialProtection => &["16010", "16050", "16064", "72010", "72040", "72050"],
        Theme::Economy => &["240", "250", "320", "330", "16020", "16070", "16080"],
        Theme::Environment => &["410", "14015", "14040", "14050"],
        Theme::Culture => &["16061"],
        Theme::CivilProtection => &["740", "15133", "15250", "43060"],
        Theme::Digital => &["220"],
        Theme::Governance => &["151"],
        Theme::CapacityBuilding => &["15110", "15112", "43081", "43082"],
        Theme::AntiCorruption => &["15113"],
        Theme::RuralDevelopment => &["310", "43040", "43050"],
    }
}

/// The themes that a record's sectors serve, in the list's order; empty where its sectors are not known or serve none.
#[must_use]
pub fn themes_of(record: &Record<'_>) -> Vec<Theme> {
    let codes = record.sector.all.iter().flat_map(|sector| codes_above(sector.code));
    let mut themes: Vec<Theme> = codes.filter_map(|code| BY_CODE.get(code)).flatten().copied().collect();
    themes.sort_unstable();
    themes.dedup();
    themes
}

static BY_CODE: LazyLock<HashMap<&'static str, Vec<Theme>>> = LazyLock::new(|| {
    let mut by_code: HashMap<_, Vec<_>> = HashMap::new();
    for theme in Theme::ALL {
        for code in sectors_of(theme) {
            by_code.entry(*code).or_default().push(theme);
        }
    }
    by_code
});

/// A code, the purposes that it is a finer part of (16066 of 16061), its group and the group's umbrella.
fn codes_above(code: &'static str) -> impl Iterator<Item = &'static str> {
    let lineage = crate::sectors::SectorIndex::embedded().by_code(code).into_iter().flat_map(|sector| sector.lineage());
    let finer = FINER.iter().find(|(finer, _)| *finer == code).map(|(_, wider)| *wider);
    lineage.map(|sector| sector.code).chain(finer)
}

/// The voluntary codes whose purpose is named in the table, with that purpose.
const FINER: [(&str, &str); 11] = [
    ("15185", "15112"),
    ("15128", "15112"),
    ("16011", "16010"),
    ("16012", "16010"),
    ("16013", "16010"),
    ("16014", "16010"),
    ("16015", "16010"),
    ("16065", "16061"),
    ("16066", "16061"),
    ("43041", "43040"),
    ("43042", "43040"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sectors::SectorIndex;

    #[test]
    fn every_code_of_the_table_is_in_the_list() {
        let finer = FINER.iter().flat_map(|(finer, wider)| [*finer, *wider]);
        let codes = Theme::ALL.into_iter().flat_map(|theme| sectors_of(theme).iter().copied()).chain(finer);
        let strange: Vec<_> = codes.filter(|code| SectorIndex::embedded().by_code(code).is_none()).collect();
        assert_eq!(strange, [""; 0]);
    }

    #[test]
    fn the_guide_has_the_table() {
        let guide = include_str!("../../../docs/matches-and-gaps.md");
        for theme in Theme::ALL {
            let name = serde_json::to_value(theme).unwrap();
            let row = format!("| {} | {} |", name.as_str().unwrap(), sectors_of(theme).join(", "));
            assert!(guide.contains(&row), "docs/matches-and-gaps.md lacks {row}");
        }
    }

    #[track_caller]
    fn check(code: &'static str, expected: &[Theme]) {
        let mut themes: Vec<Theme> =
            codes_above(code).filter_map(|code| BY_CODE.get(code)).flatten().copied().collect();
        themes.sort_unstable();
        assert_eq!(themes, expected, "{code}");
    }

    #[test]
    fn a_purpose_serves_the_themes_of_all_that_holds_it() {
        check("23620", &[Theme::Energy]);
        check("23040", &[Theme::Energy]);
        check("14050", &[Theme::Water, Theme::Environment]);
        check("15113", &[Theme::Governance, Theme::AntiCorruption]);
        check("16066", &[Theme::Culture]);
        check("21012", &[Theme::Transport]);
        check("51010", &[]);
    }
}
