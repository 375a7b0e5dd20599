//! Which DAC sector a record belongs to: published, by crosswalk, or by its text, and how sure that is.

use connectors::model::{NativeSector, Project};

use super::crosswalk::{self, Row};
use super::keywords::purposes_in;
use super::{Sector, SectorIndex};

/// A sector below this confidence is not given: null, rather than a guess.
///
/// Above it lie codes that a source publishes (1), rows of the crosswalk of grade high (0.9) and medium (0.7), and a
/// title with words of a purpose. Below it lie rows of grade low (0.4) that no text helps, and descriptions (0.5) that
/// name several purposes, or one beside words that say nothing.
pub const MAIN_SECTOR_THRESHOLD: f64 = 0.6;

/// How sure a purpose is that the crosswalk allows and the title names.
pub const TITLE_CONFIRMS: f64 = 0.85;

/// How sure a purpose is that the crosswalk allows and the description names, and no other that it allows.
pub const DESCRIPTION_CONFIRMS: f64 = 0.75;

/// How sure a purpose is that the title names, where the partner's words say nothing.
///
/// In 291 rows of the CRS on Ukraine and Moldova and of the CEB, the title alone named the published purpose in 50 of
/// 81 cases in which it named any; the description alone in none of 6.
const TITLE_ALONE: f64 = 0.65;

/// How sure a purpose is that only the description names, where the partner's words say nothing: below the threshold.
const DESCRIPTION_ALONE: f64 = 0.5;

/// How sure the first of several purposes in a description is: below the threshold.
const SEVERAL_IN_DESCRIPTION: f64 = 0.5;

/// Multisector aid.
const MULTISECTOR: &str = "43010";

/// Where a sector comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectorMethod {
    /// The source gives the DAC code.
    Published,
    /// The partner's own sector words stand for it.
    Crosswalk,
    /// Words of the title or description decided.
    Text,
}

/// A record's sectors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Classification {
    /// The main sector, a purpose or a group; `None` where nothing reaches [`MAIN_SECTOR_THRESHOLD`].
    pub main: Option<&'static Sector>,
    /// Every sector that reaches it, the main one first.
    pub all: Vec<&'static Sector>,
    /// How the main sector was found, or the best that was too unsure; `None` where there was nothing to go by.
    pub method: Option<SectorMethod>,
    /// How sure that is, 0 to 1.
    pub confidence: Option<f64>,
    /// Codes that the source publishes as DAC codes and that the list does not have.
    pub unlisted: Vec<String>,
}

/// The sectors of a record, from its own words and texts.
#[must_use]
pub fn classify_project(project: &Project) -> Classification {
    let titles: Vec<&str> = project.titles.iter().map(|title| title.text.as_str()).collect();
    let descriptions: Vec<&str> = project.descriptions.iter().map(|text| text.text.as_str()).collect();
    classify(&project.sectors, &titles, &descriptions)
}

/// The sectors of a record: the codes it publishes, else its partner's words by the crosswalk (with the text where
/// the words leave a choice), else its text alone.
#[must_use]
pub fn classify(native: &[NativeSector], titles: &[&str], descriptions: &[&str]) -> Classification {
    let (published, unlisted) = published(native);
    if !published.is_empty() {
        let found = published.into_iter().map(|sector| Found { sector, method: SectorMethod::Published, sure: 1.0 });
        return Classification { unlisted, ..best(found.collect()) };
    }
    let texts = Texts::read(titles, descriptions);
    let mut found: Vec<Found> = native.iter().filter_map(crosswalk::row).map(|row| by_crosswalk(row, &texts)).collect();
    if !found.iter().any(Found::reaches) {
        found.extend(texts.alone());
    }
    Classification { unlisted, ..best(found) }
}

/// One sector that a record may have.
#[derive(Debug, Clone, Copy)]
struct Found {
    sector: &'static Sector,
    method: SectorMethod,
    sure: f64,
}

impl Found {
    fn reaches(&self) -> bool {
        self.sure >= MAIN_SECTOR_THRESHOLD
    }
}

/// The first that reaches the threshold is the main one: sources name the main sector first.
fn best(found: Vec<Found>) -> Classification {
    let first = found.iter().find(|one| one.reaches());
    let shown = first.or_else(|| found.iter().max_by(|a, b| a.sure.total_cmp(&b.sure)));
    let mut all: Vec<&'static Sector> = Vec::new();
    for one in found.iter().filter(|one| one.reaches()) {
        if !all.contains(&one.sector) {
            all.push(one.sector);
        }
    }
    Classification {
        main: first.map(|one| one.sector),
        all,
        method: shown.map(|one| one.method),
        confidence: shown.map(|one| one.sure),
        unlisted: Vec::new(),
    }
}

fn published(native: &[NativeSector]) -> (Vec<&'static Sector>, Vec<String>) {
    let (mut listed, mut unlisted) = (Vec::new(), Vec::new());
    let dac = native.iter().filter(|sector| sector.scheme.eq_ignore_ascii_case("DAC"));
    for code in dac.filter_map(|sector| sector.code.as_deref()) {
        match SectorIndex::embedded().by_code(code) {
            Some(sector) => listed.push(sector),
            None => unlisted.push(code.to_owned()),
        }
    }
    (listed, unlisted)
}

/// The row's default, or the purpose that the text chooses among the row's candidates.
fn by_crosswalk(row: &Row, texts: &Texts) -> Found {
    let stands = Found { sector: row.standing(), method: SectorMethod::Crosswalk, sure: row.grade.confidence() };
    let chosen = texts.among(&row.candidates).or_else(|| texts.several_sectors(&row.candidates));
    match chosen.filter(Found::reaches) {
        None => stands,
        Some(chosen) if chosen.sector == stands.sector && stands.reaches() => {
            Found { sure: stands.sure.max(chosen.sure), ..stands }
        }
        Some(chosen) => chosen,
    }
}

/// The purposes named in a record's texts, each list by the order of the keyword rules.
struct Texts {
    titles: Vec<&'static Sector>,
    descriptions: Vec<&'static Sector>,
}

impl Texts {
    fn read(titles: &[&str], descriptions: &[&str]) -> Self {
        // One text, so that the order of the rules holds across languages.
        Self { titles: purposes_in(&titles.join("\n")), descriptions: purposes_in(&descriptions.join("\n")) }
    }

    /// The first of the given purposes that the texts name; the title outranks the description.
    fn among(&self, candidates: &[&str]) -> Option<Found> {
        let named = |purposes: &[&'static Sector]| -> Vec<&'static Sector> {
            purposes.iter().copied().filter(|sector| candidates.contains(&sector.code)).collect()
        };
        first_of(&named(&self.titles), &named(&self.descriptions), TITLE_CONFIRMS, DESCRIPTION_CONFIRMS)
    }

    /// What the texts say by themselves.
    fn alone(&self) -> Option<Found> {
        first_of(&self.titles, &self.descriptions, TITLE_ALONE, DESCRIPTION_ALONE)
    }

    /// Multisector aid, where the words allow it and the texts name purposes of several groups.
    fn several_sectors(&self, candidates: &[&str]) -> Option<Found> {
        let named = if self.titles.is_empty() { &self.descriptions } else { &self.titles };
        let several = named.iter().any(|sector| sector.group() != named.first().and_then(|first| first.group()));
        let multisector = candidates.iter().find(|code| **code == MULTISECTOR).filter(|_| several)?;
        let sector = SectorIndex::embedded().by_code(multisector)?;
        Some(Found { sector, method: SectorMethod::Text, sure: DESCRIPTION_CONFIRMS })
    }
}

fn first_of(
    titles: &[&'static Sector],
    descriptions: &[&'static Sector],
    in_title: f64,
    in_description: f64,
) -> Option<Found> {
    let (sector, sure) = match (titles, descriptions) {
        ([first, ..], _) => (first, in_title),
        ([], [only]) => (only, in_description),
        ([], [first, ..]) => (first, SEVERAL_IN_DESCRIPTION),
        ([], []) => return None,
    };
    Some(Found { sector, method: SectorMethod::Text, sure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use SectorMethod::{Crosswalk, Published, Text};

    fn native(scheme: &str, label: &str) -> NativeSector {
        let code = (scheme == "DAC").then(|| label.to_owned());
        NativeSector { scheme: scheme.to_owned(), code, label: label.to_owned() }
    }

    /// The words are `scheme: label`, the texts a title and a description.
    #[track_caller]
    fn check(words: &[&str], texts: (&str, &str), expected: Option<&str>, how: Option<(SectorMethod, f64)>) {
        let words: Vec<NativeSector> = words
            .iter()
            .filter_map(|line| line.split_once(": "))
            .map(|(scheme, label)| native(scheme, label))
            .collect();
        let read = classify(&words, &[texts.0], &[texts.1]);
        assert_eq!(read.main.map(|sector| sector.code), expected, "{read:?}");
        assert_eq!(read.method.zip(read.confidence), how, "{read:?}");
        assert_eq!(read.all.first().copied(), read.main);
    }

    #[test]
    fn a_published_code_stands() {
        check(&["DAC: 23620"], ("Hospital", "road"), Some("23620"), Some((Published, 1.0)));
        check(&["EIB: Transport", "DAC: 23040"], ("", ""), Some("23040"), Some((Published, 1.0)));
    }

    #[test]
    fn several_published_codes_are_all_kept_the_first_is_the_main_one() {
        let read = classify(&[native("DAC", "15112"), native("DAC", "43030"), native("DAC", "15112")], &[], &[]);
        let all: Vec<&str> = read.all.iter().map(|sector| sector.code).collect();
        assert_eq!((all, read.main.map(|sector| sector.code)), (vec!["15112", "43030"], Some("15112")));
    }

    #[test]
    fn a_published_code_that_the_list_lacks_is_named() {
        let read = classify(&[native("DAC", "99999")], &["Lviv hospital"], &[]);
        assert_eq!(read.unlisted, ["99999"]);
        assert_eq!(read.main.map(|sector| sector.code), Some("12191"));
        assert_eq!(classify(&[native("DAC", "99999"), native("DAC", "23620")], &[], &[]).unlisted, ["99999"]);
    }

    #[test]
    fn clear_words_go_by_the_crosswalk() {
        check(&["EIB: Water, sewerage"], ("", ""), Some("14020"), Some((Crosswalk, 0.9)));
        check(&["EIB: Transport"], ("Ukraine roads and bridges", ""), Some("21020"), Some((Text, 0.85)));
        check(&["EIB: Transport"], ("UKRAINE URBAN PUBLIC TRANSPORT", ""), Some("21012"), Some((Text, 0.85)));
        check(&["EIB: Transport"], ("A loan", "Rehabilitation of the railway"), Some("21030"), Some((Text, 0.75)));
        check(&["EIB: Solid waste"], ("Lviv landfill", ""), Some("14050"), Some((Crosswalk, 0.9)));
        check(&["EIB: Health"], ("School buildings", ""), Some("12230"), Some((Crosswalk, 0.9)));
    }

    #[test]
    fn energy_is_split_by_text_and_else_stays_the_group() {
        check(&["EIB: Energy"], ("Kyiv district heating", ""), Some("23620"), Some((Text, 0.85)));
        check(&["EBRD: Power and Energy"], ("Ukrenergo", "a transmission line"), Some("23630"), Some((Text, 0.75)));
        check(&["EBRD: Energy"], ("Loan", "solar plants and wind farms"), Some("230"), Some((Crosswalk, 0.7)));
        check(&["EIB: Energy"], ("", ""), Some("230"), Some((Crosswalk, 0.7)));
    }

    #[test]
    fn words_that_are_no_sector_give_null_unless_the_text_decides() {
        let municipal = "EBRD: Municipal & Env Inf";
        check(&[municipal], ("City loan", ""), None, Some((Crosswalk, 0.4)));
        check(&[municipal], ("Kharkiv Metro Extension", ""), Some("21012"), Some((Text, 0.85)));
        check(&[municipal], ("Emergency Water Project", ""), Some("14020"), Some((Text, 0.85)));
        check(&[municipal], ("City loan", "trolleybuses, district heating"), None, Some((Text, 0.5)));
        check(&[municipal], ("Energy efficiency in public buildings", ""), Some("23183"), Some((Text, 0.65)));
        check(&["EIB: Services"], ("A loan", ""), None, Some((Crosswalk, 0.4)));
        check(&["CEB line of action: Inclusive growth"], ("Housing for all", ""), Some("16040"), Some((Text, 0.85)));
    }

    #[test]
    fn a_composite_loan_is_multisector_where_the_text_says_so() {
        let composite = "EIB: Composite infrastructure";
        check(&[composite], ("Early recovery", "schools, hospitals, water supply"), Some("43010"), Some((Text, 0.75)));
        check(&[composite], ("Recovery of hospitals", "and roads"), Some("12191"), Some((Text, 0.65)));
        check(&[composite], ("Early recovery", ""), None, Some((Crosswalk, 0.4)));
    }

    #[test]
    fn the_first_sure_words_give_the_main_sector() {
        let words = ["EIB: Services", "EIB: Education", "EIB: Health"];
        check(&words, ("", ""), Some("11120"), Some((Crosswalk, 0.9)));
    }

    #[test]
    fn a_text_alone_counts_only_where_it_is_clear() {
        check(&[], ("Реконструкція лікарні", ""), Some("12191"), Some((Text, 0.65)));
        check(&[], ("A loan", "renovation of kindergartens"), None, Some((Text, 0.5)));
        check(&[], ("A loan", "kindergartens and roads"), None, Some((Text, 0.5)));
        check(&["EBRD: Infra Europe"], ("Airport", ""), Some("21050"), Some((Text, 0.65)));
        check(&[], ("капітальний ремонт кілометрової дороги", ""), Some("21020"), Some((Text, 0.65)));
        check(&[], ("transport", "транспорту"), None, None);
        check(&[], ("", ""), None, None);
    }

    #[test]
    fn nothing_is_given_below_the_threshold() {
        let everything: Vec<NativeSector> = ["Services", "Composite infrastructure", "Unknown"]
            .map(|label| native("EIB", label))
            .into_iter()
            .chain([native("EBRD", "Real Estate"), native("CEB", "Supporting public infrastructure")])
            .collect();
        let read = classify(&everything, &["A loan"], &["roads, schools"]);
        assert_eq!(read.main.map(|sector| sector.code), Some("43010"));
        let read = classify(&everything, &["A loan"], &["of no stated purpose"]);
        assert_eq!((read.main, read.all.len()), (None, 0));
        assert!(read.confidence.unwrap() < MAIN_SECTOR_THRESHOLD);
    }
}
