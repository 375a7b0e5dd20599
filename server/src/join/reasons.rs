//! Why a need and an offer fit, in sentences.

use connectors::model::Language;

use super::matches::Judgement;
use crate::places::Gazetteer;
use crate::records::{Partnership, Records, Theme};

/// One sentence for each part of the score, in the order of the weights.
pub(super) fn of(judgement: &Judgement<'_>, records: &Records) -> Vec<String> {
    vec![
        format!("Both are about {}.", theme(judgement.need.theme)),
        languages(judgement),
        size(judgement),
        partners(judgement, records),
        projects(judgement),
    ]
}

fn languages(judgement: &Judgement<'_>) -> String {
    let (need, offer) = (&judgement.need.languages, &judgement.offer.languages);
    match (need.is_empty(), offer.is_empty()) {
        (true, true) => "Neither states a language to work in.".to_owned(),
        (true, false) => "The need states no language to work in.".to_owned(),
        (false, true) => "The offer states no language to work in.".to_owned(),
        (false, false) if judgement.shared_languages.is_empty() => {
            format!("They state no language in common: the need {}, the offer {}.", listed(need), listed(offer))
        }
        (false, false) => format!("Both can work in {}.", listed(&judgement.shared_languages)),
    }
}

fn size(judgement: &Judgement<'_>) -> String {
    let [ours, theirs] = judgement.inhabitants;
    match (ours, theirs, judgement.ratio()) {
        (Some(ours), Some(theirs), Some(ratio)) if ratio <= 2.0 => {
            format!("The communities are of a like size: {ours} and {theirs} inhabitants.")
        }
        (Some(ours), Some(theirs), Some(ratio)) => format!(
            "One community has {ratio:.0} times the inhabitants of the other: {ours} where the need is, {theirs} where the offer is."
        ),
        (_, Some(_), _) => "How many inhabitants the community with the need has is not known.".to_owned(),
        (Some(_), None, _) => "How many inhabitants the offering member has is not known.".to_owned(),
        _ => "The inhabitants of neither are known.".to_owned(),
    }
}

fn partners(judgement: &Judgement<'_>, records: &Records) -> String {
    let community = judgement.community;
    let Some(place) = community.place else {
        return "Its partnerships cannot be told, since its place is not known.".to_owned();
    };
    let name = Gazetteer::embedded().name(place, &[]);
    if let Some(tie) = judgement.tie {
        let member = judgement.member.names.in_languages(&[]);
        let since = tie.started_on.map(|date| format!(" since {date}")).unwrap_or_default();
        return format!("{member} and {name} are partners already{since}, as of {}.", tie.as_of);
    }
    let others: Vec<String> =
        community.ties.iter().take(3).map(|tie| other_ends(&records.partnerships()[*tie], place)).collect();
    match community.ties.len() {
        0 => format!("{name} has no partnership that a source since February 2022 says is in force."),
        1 => format!("{name} has one partnership in force: {}.", others.join(", ")),
        number if number > 3 => format!("{name} has {number} partnerships in force, among them {}.", others.join(", ")),
        number => format!("{name} has {number} partnerships in force: {}.", others.join(", ")),
    }
}

/// The ends of a partnership that do not lie in a place.
fn other_ends(partnership: &Partnership, place: crate::places::PlaceIndex) -> String {
    let gazetteer = Gazetteer::embedded();
    let own = |code: &str| gazetteer.by_id(code).is_some_and(|at| gazetteer.is_within(at, place));
    let others = partnership.parties.iter().filter(|party| !party.place.as_deref().is_some_and(own));
    others.map(|party| party.name.as_str()).collect::<Vec<_>>().join(" and ")
}

fn projects(judgement: &Judgement<'_>) -> String {
    let community = judgement.community;
    let theme = theme(judgement.need.theme);
    let Some(place) = community.place else {
        return "What partners finance there cannot be told, since its place is not known.".to_owned();
    };
    let name = Gazetteer::embedded().name(place, &[]);
    match community.projects {
        0 => format!("No partner project about {theme} is known to be located in {name}."),
        1 => {
            format!("One partner project about {theme} is located in {name}, of {}.", community.financed_by.join(", "))
        }
        number => {
            format!(
                "{number} partner projects about {theme} are located in {name}, of {}.",
                community.financed_by.join(", ")
            )
        }
    }
}

/// A theme as it stands in a sentence.
pub(super) fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Housing => "housing",
        Theme::Energy => "energy",
        Theme::Water => "water",
        Theme::Transport => "transport",
        Theme::Health => "health",
        Theme::Education => "education",
        Theme::SocialProtection => "social protection",
        Theme::Economy => "the economy",
        Theme::Environment => "the environment",
        Theme::Culture => "culture",
        Theme::CivilProtection => "civil protection",
        Theme::Digital => "digital services",
        Theme::Governance => "governance",
        Theme::CapacityBuilding => "capacity building",
        Theme::AntiCorruption => "the fight against corruption",
        Theme::RuralDevelopment => "rural development",
    }
}

fn listed(languages: &[Language]) -> String {
    languages.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// The English name of a language that European authorities work in, else its tag.
fn named(language: &Language) -> String {
    const NAMES: [(&str, &str); 27] = [
        ("bg", "Bulgarian"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("ga", "Irish"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("it", "Italian"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("mt", "Maltese"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("sk", "Slovak"),
        ("sl", "Slovenian"),
        ("sv", "Swedish"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
    ];
    let name = NAMES.iter().find(|(tag, _)| *tag == language.as_str()).map(|(_, name)| *name);
    name.unwrap_or(language.as_str()).to_owned()
}
