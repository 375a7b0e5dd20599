//! Back from a declined name to the forms that a gazetteer can have.
//!
//! A name in a Ukrainian sentence seldom stands in the nominative: `у м. Кривому Розі`, `в Шостці`. Instead of a
//! grammar, each ending lists the endings it may come from; only forms that are names of places survive the look-up.

/// An ending and what may have stood there in the nominative.
type Ending = (&'static str, &'static [&'static str]);

const UKRAINIAN: [Ending; 47] = [
    ("ого", &["ий", "е", "о", "ій"]),
    ("ього", &["ій", "є"]),
    ("ому", &["ий", "е", "о", "ій"]),
    ("ьому", &["ій", "є"]),
    ("им", &["ий", "е", "і"]),
    ("ім", &["ій", "є", "і"]),
    ("ої", &["а"]),
    ("ьої", &["я"]),
    ("ій", &["а", "я"]),
    ("ою", &["а"]),
    ("ею", &["я", "а"]),
    ("єю", &["я"]),
    ("их", &["і"]),
    ("іх", &["і"]),
    ("ові", &[""]),
    ("еві", &["ь", ""]),
    ("єві", &["й"]),
    ("ом", &["", "о"]),
    ("ем", &["ь", "", "е"]),
    ("єм", &["й", "є"]),
    ("ці", &["ка", "к", "ки"]),
    ("зі", &["га", "г"]),
    ("сі", &["ха", "х"]),
    ("жі", &["га"]),
    ("ами", &["и", "і"]),
    ("ями", &["і", "ї"]),
    ("ах", &["и", "і", "а"]),
    ("ях", &["і", "ї", "я"]),
    ("ам", &["и", "і"]),
    ("ям", &["і", "ї"]),
    ("ів", &["и", "і"]),
    ("їв", &["ї"]),
    ("ей", &["і"]),
    ("єва", &["їв"]),
    ("а", &["", "о", "е"]),
    ("я", &["ь", "й", "е", "є"]),
    ("у", &["а", "", "о", "е"]),
    ("ю", &["я", "ь", "й", "є"]),
    ("і", &["а", "я", "ь", "", "о", "е"]),
    ("ї", &["я", "й"]),
    ("и", &["а"]),
    ("о", &["е"]),
    ("ок", &["ки"]),
    ("ек", &["ки"]),
    ("ець", &["ці"]),
    ("", &["и", "і", "а"]),
    ("є", &["я"]),
];

const RUSSIAN: [Ending; 27] = [
    ("ви", &["овь"]),
    ("ого", &["ий", "ый", "ой", "ое"]),
    ("ому", &["ий", "ый", "ой", "ое"]),
    ("ом", &["", "ой", "ый", "ий", "ое", "о"]),
    ("ем", &["ь", "", "е"]),
    ("ым", &["ый", "ое", "ые"]),
    ("им", &["ий", "ое", "ие"]),
    ("ой", &["а", "ая"]),
    ("ей", &["я", "ь"]),
    ("ую", &["ая"]),
    ("ых", &["ые"]),
    ("их", &["ие"]),
    ("ах", &["ы", "и", "а"]),
    ("ях", &["и", "я"]),
    ("ам", &["ы", "и"]),
    ("ами", &["ы", "и"]),
    ("ов", &["ы"]),
    ("ев", &["ы"]),
    ("а", &["", "о"]),
    ("я", &["ь", "й", "е"]),
    ("у", &["", "а", "о"]),
    ("ю", &["ь", "й", "я", "е"]),
    ("е", &["", "а", "я", "ь", "о"]),
    ("и", &["ь", "а", "я"]),
    ("ы", &["а"]),
    ("ью", &["ь"]),
    ("", &["ы", "и"]),
];

const POLISH: [Ending; 33] = [
    ("dzie", &["d", "da"]),
    ("cie", &["t", "ta"]),
    ("rze", &["r", "ra"]),
    ("le", &["ł", "ła", "l", "la"]),
    ("nia", &["ń"]),
    ("niu", &["ń"]),
    ("niem", &["ń"]),
    ("ni", &["ń"]),
    ("skiego", &["ski"]),
    ("owie", &["ów", "owo", "owa"]),
    ("owa", &["ów", "owo"]),
    ("owu", &["ów", "owo"]),
    ("owem", &["ów", "owo"]),
    ("owi", &["ów", ""]),
    ("ego", &["y", "e", "i"]),
    ("emu", &["y", "e", "i"]),
    ("ym", &["y", "e"]),
    ("im", &["i", "ie"]),
    ("ach", &["y", "e", "i"]),
    ("iem", &["", "ie", "ień"]),
    ("em", &["", "o"]),
    ("ii", &["ia"]),
    ("ią", &["ia"]),
    ("ą", &["a"]),
    ("ę", &["a"]),
    ("ie", &["", "a", "o"]),
    ("cu", &["c", "ec"]),
    ("ca", &["c", "ec"]),
    ("u", &["", "o"]),
    ("a", &["", "o"]),
    ("y", &["a"]),
    ("i", &["a", ""]),
    ("e", &["a", ""]),
];

const GERMAN: [Ending; 2] = [("s", &[""]), ("er", &["", "a", "e"])];

/// In which language a word may be declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    Ukrainian,
    Russian,
    Polish,
    /// A genitive `s`, and `er` where a name is used like an adjective: `Kiewer Metro`.
    German,
    /// Names stand as they are but for a genitive `s`.
    None,
}

/// The word itself, and the nominatives that it may be a form of.
pub(super) fn nominatives(word: &str, grammar: Grammar) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let endings: &[Ending] = match grammar {
        Grammar::Ukrainian => &UKRAINIAN,
        Grammar::Russian => &RUSSIAN,
        Grammar::Polish => &POLISH,
        Grammar::German => &GERMAN,
        Grammar::None => {
            forms.extend(word.strip_suffix('s').map(str::to_owned));
            return forms;
        }
    };
    for (ending, originals) in endings {
        let Some(base) = word.strip_suffix(ending).filter(|base| base.chars().count() >= 2) else { continue };
        for original in *originals {
            let form = format!("{base}{original}");
            if form.ends_with(|last| !is_vowel(last)) {
                forms.extend(closed(&form));
            }
            forms.push(form);
        }
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// What happens to a stem that loses its ending: `Харков` is `Харків`, `Кам’янц` is `Кам’янець`.
fn closed(stem: &str) -> Vec<String> {
    let letters: Vec<char> = stem.chars().collect();
    let mut forms = Vec::new();
    if let Some(at) = letters.iter().rposition(|letter| is_vowel(*letter))
        && let Some(closed) = closed_vowel(letters[at])
        && at + 1 < letters.len()
    {
        let mut changed = letters.clone();
        changed[at] = closed;
        forms.push(changed.iter().collect());
    }
    if let [.., before, last] = letters.as_slice()
        && !is_vowel(*before)
        && !is_vowel(*last)
        && *last != 'ь'
    {
        let stem: String = letters[..letters.len() - 1].iter().collect();
        forms.extend(["е", "о"].map(|vowel| format!("{stem}{vowel}{last}")));
        forms.extend((*last == 'ц').then(|| format!("{stem}ець")));
    }
    forms
}

const fn closed_vowel(vowel: char) -> Option<char> {
    match vowel {
        'о' | 'е' => Some('і'),
        'є' => Some('ї'),
        _ => None,
    }
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я' | 'ы' | 'э' | 'ё')
}

/// Endings of an adjective, longest first.
const ADJECTIVE: [&str; 27] = [
    "ими", "ыми", "ого", "ому", "ої", "ою", "ій", "им", "их", "ий", "ом", "ой", "ую", "ая", "ое", "ые", "ие", "ым",
    "ых", "ый", "ім", "а", "е", "у", "і", "и", "я",
];

/// An adjective in its dictionary forms: `Харківської` is `харківський`, `харківська`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Adjective {
    /// Without its ending: `харківськ`.
    pub(super) stem: String,
}

impl Adjective {
    /// Reads a word as an adjective.
    pub(super) fn of(word: &str) -> Option<Self> {
        let stem = ADJECTIVE.iter().find_map(|ending| word.strip_suffix(ending))?;
        (stem.chars().count() >= 3).then(|| Self { stem: stem.to_owned() })
    }

    /// Made from a name: `-ський`, `-цький`, `-зький`, and their Russian sisters.
    pub(super) fn is_of_place(&self) -> bool {
        ["ськ", "цьк", "зьк", "ск", "цк"].iter().any(|suffix| self.stem.ends_with(suffix))
    }

    /// As an oblast is called in Russian: `харьковская`.
    pub(super) fn russian_feminine(&self) -> String {
        format!("{}ая", self.stem)
    }

    pub(super) fn masculine(&self) -> String {
        format!("{}ий", self.stem)
    }

    pub(super) fn feminine(&self) -> String {
        format!("{}а", self.stem)
    }

    /// The beginning of the name that it is made from: `михалків` of `михалківський`.
    pub(super) fn root(&self) -> &str {
        ["ськ", "цьк", "зьк", "ск", "цк"].iter().find_map(|suffix| self.stem.strip_suffix(suffix)).unwrap_or(&self.stem)
    }
}

/// The Ukrainian form that a Russian or Polish name without an own entry may go back to.
pub(super) fn ukrainian_sister(name: &str) -> Option<String> {
    const SISTERS: [(&str, &str); 16] = [
        ("ское", "ське"),
        ("ский", "ський"),
        ("ская", "ська"),
        ("ово", "ове"),
        ("ево", "еве"),
        ("ов", "ів"),
        ("ев", "ів"),
        ("ск", "ськ"),
        ("ец", "ець"),
        ("поль", "піль"),
        ("ино", "ине"),
        ("pol", "pil"),
        ("ów", "iv"),
        ("owo", "ove"),
        ("sk", "sk"),
        ("iec", "ets"),
    ];
    let sister = SISTERS.iter().find_map(|(theirs, ours)| Some(format!("{}{ours}", name.strip_suffix(theirs)?)));
    let name = sister.as_deref().unwrap_or(name);
    let first = [("aleks", "oleks"), ("алекс", "олекс"), ("никол", "микол")];
    let renamed = first.iter().find_map(|(theirs, ours)| Some(format!("{ours}{}", name.strip_prefix(theirs)?)));
    renamed.or(sister)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(grammar: Grammar, forms: &[(&str, &str)]) {
        for (declined, nominative) in forms {
            let found = nominatives(declined, grammar);
            assert!(found.iter().any(|form| form == nominative), "{declined}: {found:?}");
        }
    }

    #[test]
    fn ukrainian_cases_lead_back_to_the_nominative() {
        check(
            Grammar::Ukrainian,
            &[
                ("кривому", "кривий"),
                ("розі", "ріг"),
                ("рогу", "ріг"),
                ("шостці", "шостка"),
                ("львові", "львів"),
                ("києві", "київ"),
                ("києва", "київ"),
                ("миколаєві", "миколаїв"),
                ("тернополі", "тернопіль"),
                ("черкасах", "черкаси"),
                ("чернівцях", "чернівці"),
                ("чернівців", "чернівці"),
                ("сум", "суми"),
                ("кам’янці", "кам’янець"),
                ("волинському", "волинський"),
                ("білій", "біла"),
                ("церкві", "церква"),
                ("умані", "умань"),
                ("вінниці", "вінниця"),
                ("запоріжжі", "запоріжжя"),
                ("світловодську", "світловодськ"),
                ("сторожинці", "сторожинець"),
                ("полтавщині", "полтавщина"),
                ("одесі", "одеса"),
                ("рівного", "рівне"),
            ],
        );
    }

    #[test]
    fn russian_and_polish_cases_lead_back_too() {
        check(Grammar::Russian, &[("житомиру", "житомир"), ("киева", "киев"), ("кривом", "кривой"), ("сумах", "сумы")]);
        check(
            Grammar::Polish,
            &[("lwowie", "lwów"), ("kijowem", "kijów"), ("odessą", "odessa"), ("żółkwią", "żółkwia")],
        );
        check(Grammar::Polish, &[("chersonia", "chersoń"), ("irpieniu", "irpień"), ("lwowskim", "lwowski")]);
        check(Grammar::German, &[("charkiws", "charkiw"), ("kiewer", "kiew"), ("odessaer", "odessa")]);
        check(Grammar::None, &[("charkiws", "charkiw")]);
    }

    #[test]
    fn adjectives_lose_their_endings() {
        let stem = |word| Adjective::of(word).map(|adjective| adjective.feminine());
        assert_eq!(stem("харківської").as_deref(), Some("харківська"));
        assert_eq!(stem("сокирянського").as_deref(), Some("сокирянська"));
        assert_eq!(stem("ріг"), None);
    }
}
