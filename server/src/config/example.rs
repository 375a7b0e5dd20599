//! The example configuration, printed from the settings' own doc comments and defaults.

use std::fmt::Write as _;

use super::Config;
use super::keys::{SETTINGS, Setting};

/// Every setting with its meaning, variable and default, in TOML. Defaults stand behind `#`: a line counts once the
/// mark is taken away.
#[must_use]
pub fn example() -> String {
    let defaults = toml::Value::try_from(Config::default()).unwrap_or(toml::Value::Table(toml::Table::new()));
    let mut text = String::from(
        "# Example configuration of the hub, with every setting and its default.\n\
         # Name this file by `hub --config FILE` or HUB_CONFIG. Variables win over it.\n",
    );
    let mut section = "";
    for setting in SETTINGS.iter() {
        let (level, name) = setting.section_and_name();
        if level != section {
            section = level;
            // A table of which nothing is set would not be whole, so its head stands behind the mark, too.
            let mut siblings = SETTINGS.iter().filter(|other| other.section_and_name().0 == level);
            let mark = if siblings.all(|other| default_of(other, &defaults).is_none()) { "#" } else { "" };
            // Writing to a String cannot fail, here and below.
            write!(text, "\n{mark}[{level}]\n").unwrap_or_default();
        }
        write!(text, "\n{}", described(setting, name, &defaults)).unwrap_or_default();
    }
    text
}

fn described(setting: &Setting, name: &str, defaults: &toml::Value) -> String {
    let variable = setting.key.to_uppercase().replace('.', "__");
    let default = default_of(setting, defaults).unwrap_or_else(|| "(not set)".to_owned());
    format!("{}# Variable: HUB_{variable}\n#{name} = {default}\n", wrapped(&setting.meaning))
}

/// The default as TOML, from the hub's own defaults or the setting's type.
fn default_of(setting: &Setting, defaults: &toml::Value) -> Option<String> {
    let value = setting.key.split('.').try_fold(defaults, |level, key| level.get(key));
    // Strings, numbers and truth values are written alike in JSON and TOML.
    value.map(ToString::to_string).or_else(|| setting.default.as_ref().map(ToString::to_string))
}

/// A sentence as comment lines of at most 100 characters.
fn wrapped(sentence: &str) -> String {
    let mut text = String::new();
    let mut line = String::from("#");
    for word in sentence.split_whitespace() {
        if line.len() + word.len() > 99 {
            text += &format!("{line}\n");
            line = String::from("#");
        }
        line += &format!(" {word}");
    }
    text + &line + "\n"
}
