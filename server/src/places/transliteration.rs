//! The official Latin form of Ukrainian names: resolution 55 of the Cabinet of Ministers, 27 January 2010.
//!
//! Written as a table because general transliteration crates follow other systems and agree with it in a third of
//! the codifier's names.

/// The Latin form of a Ukrainian text.
#[must_use]
pub fn latin(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    push_latin(text, &mut latin);
    latin
}

/// Appends the Latin form of a Ukrainian text.
pub(super) fn push_latin(text: &str, latin: &mut String) {
    let mut previous = None;
    for letter in text.chars() {
        let small = small(letter);
        let starts_word = previous.is_none_or(|before| !is_letter(before) && !is_apostrophe(before));
        match letters(small, starts_word, previous) {
            Some(form) if small == letter => latin.push_str(form),
            Some(form) => push_capitalised(form, latin),
            None => latin.push(letter),
        }
        previous = Some(small);
    }
}

/// The apostrophes met in sources; U+2019 is the codifier's.
pub(super) const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '`' | '´' | '‘' | '′')
}

/// The general answers of the Unicode tables, with a short way for the letters that nearly every name consists of.
fn small(letter: char) -> char {
    match letter {
        'а'..='я' => letter,
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

fn is_letter(letter: char) -> bool {
    matches!(letter, 'а'..='я') || letter.is_alphabetic()
}

fn push_capitalised(form: &str, latin: &mut String) {
    let mut letters = form.chars();
    latin.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    latin.push_str(letters.as_str());
}

/// `None` for what is not a Ukrainian letter, and stays as it is.
const fn letters(small: char, starts_word: bool, previous: Option<char>) -> Option<&'static str> {
    Some(match small {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        // зг is written zgh, since zh stands for ж.
        'г' if matches!(previous, Some('з')) => "gh",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' => "e",
        'є' if starts_word => "ye",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' => "y",
        'і' => "i",
        'ї' if starts_word => "yi",
        'й' if starts_word => "y",
        'ї' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' if starts_word => "yu",
        'ю' => "iu",
        'я' if starts_word => "ya",
        'я' => "ia",
        'ь' => "",
        _ if is_apostrophe(small) => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[track_caller]
    fn check(ukrainian: &str, expected: &str) {
        assert_eq!(latin(ukrainian), expected);
    }

    #[test]
    fn names_follow_the_official_table() {
        check("Київ", "Kyiv");
        check("Запоріжжя", "Zaporizhzhia");
        check("Звягель", "Zviahel");
        check("Згурський", "Zghurskyi");
        check("Юр’ївська", "Yurivska");
        check("Щастя", "Shchastia");
        check("Івано-Франківськ", "Ivano-Frankivsk");
        check("Новоград-Волинський", "Novohrad-Volynskyi");
        check("Єнакієве", "Yenakiieve");
        check("Кам'янець-Подільський", "Kamianets-Podilskyi");
        check("Ґанівка", "Ganivka");
        check("Їжаківка", "Yizhakivka");
        check("Йосипівка", "Yosypivka");
    }

    #[test]
    fn the_second_part_of_a_double_name_starts_a_word() {
        check("Нова Яблунівка", "Nova Yablunivka");
        check("Гірсько-Їзівка", "Hirsko-Yizivka");
    }
}
