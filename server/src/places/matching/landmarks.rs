//! Names that stand for an oblast though they are no place's name: plants, natural areas, historic regions.

/// Words that lead to oblasts.
#[derive(Debug)]
pub(super) struct Landmark {
    /// Folded, one after the other.
    pub(super) words: &'static [&'static str],
    pub(super) oblasts: &'static [&'static str],
    /// Counts only in a text on nuclear power: `South Ukraine` is a plant there, and elsewhere a direction.
    pub(super) nuclear: bool,
}

const DONBAS: &[&str] = &["UA14000000000091971", "UA44000000000018893"];
const ODESA: &[&str] = &["UA51000000000030770"];
const CHERNIVTSI: &[&str] = &["UA73000000000044923"];
const MYKOLAIV: &[&str] = &["UA48000000000039575"];

/// The plants and areas that partners name without their oblast.
pub(super) const LANDMARKS: [Landmark; 12] = [
    Landmark { words: &["donbas"], oblasts: DONBAS, nuclear: false },
    Landmark { words: &["donbass"], oblasts: DONBAS, nuclear: false },
    Landmark { words: &["donbasi"], oblasts: DONBAS, nuclear: false },
    Landmark { words: &["donbasu"], oblasts: DONBAS, nuclear: false },
    Landmark { words: &["danube", "delta"], oblasts: ODESA, nuclear: false },
    Landmark { words: &["donaudelta"], oblasts: ODESA, nuclear: false },
    Landmark { words: &["dniester", "hydro"], oblasts: CHERNIVTSI, nuclear: false },
    Landmark { words: &["dniester", "pumped"], oblasts: CHERNIVTSI, nuclear: false },
    Landmark { words: &["dnistrovska", "haes"], oblasts: CHERNIVTSI, nuclear: false },
    Landmark { words: &["south", "ukraine"], oblasts: MYKOLAIV, nuclear: true },
    Landmark { words: &["south", "ukrainian"], oblasts: MYKOLAIV, nuclear: true },
    Landmark { words: &["pivdennoukrainska"], oblasts: MYKOLAIV, nuclear: true },
];

/// The oblast of a nuclear plant that bears the name of a city.
pub(super) fn reactor_oblast(city: &str) -> Option<&'static str> {
    Some(match city {
        "Khmelnytskyi" => "UA68000000000099709",
        "Rivne" => "UA56000000000066151",
        "Zaporizhzhia" => "UA23000000000064947",
        _ => return None,
    })
}

/// Names that in project texts stand for a disaster, and not for the town.
pub(super) fn is_cause(key: &str) -> bool {
    ["chornoby", "chernoby", "tchernoby", "tschernoby", "czarnoby"].iter().any(|stem| key.starts_with(stem))
}
