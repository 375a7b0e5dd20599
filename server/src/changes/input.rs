//! Checks what people write. Everything odd is said at once, field by field; nothing is repaired but spaces at the ends,
//! line ends and composed letters.

use chrono::Utc;
use connectors::model::PartialDate;
use email_address::{EmailAddress, Options};
use unicode_normalization::UnicodeNormalization as _;
use url::Url;

use super::fault::{ChangeFault, InputFault};
use crate::access::Caller;
use crate::places::{Gazetteer, PlaceIndex};
use crate::records::{RecordRef, Records};

/// The longest title or name, in characters.
pub(super) const LINE: usize = 200;
/// The longest text, in characters.
pub(super) const PROSE: usize = 5_000;

/// Gathers the faults of one input.
#[derive(Debug, Default)]
pub(super) struct Checks(Vec<InputFault>);

impl Checks {
    /// Notes a fault.
    pub(super) fn fault(&mut self, path: &[&str], code: &'static str, message: impl Into<String>) {
        self.0.push(InputFault::new(path, code, message));
    }

    /// Nothing, or all faults.
    pub(super) fn finish(self) -> Result<(), ChangeFault> {
        if self.0.is_empty() { Ok(()) } else { Err(ChangeFault::Input(self.0)) }
    }

    /// One line that says something.
    pub(super) fn line(&mut self, path: &[&str], text: &str) -> String {
        let text = self.optional_line(path, Some(text));
        text.unwrap_or_else(|| {
            self.required(path);
            String::new()
        })
    }

    /// One line, or nothing.
    pub(super) fn optional_line(&mut self, path: &[&str], text: Option<&str>) -> Option<String> {
        let text = tidy(text?);
        self.characters(path, &text, false);
        self.length(path, &text, LINE);
        (!text.is_empty()).then_some(text)
    }

    /// A text of several lines that says something.
    pub(super) fn prose(&mut self, path: &[&str], text: &str) -> String {
        let text = self.optional_prose(path, Some(text));
        text.unwrap_or_else(|| {
            self.required(path);
            String::new()
        })
    }

    /// A text of several lines, or nothing.
    pub(super) fn optional_prose(&mut self, path: &[&str], text: Option<&str>) -> Option<String> {
        let text = tidy(text?);
        self.characters(path, &text, true);
        self.length(path, &text, PROSE);
        (!text.is_empty()).then_some(text)
    }

    /// An e-mail address, by its syntax alone.
    pub(super) fn email(&mut self, path: &[&str], text: &str) -> String {
        let text = text.trim();
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        if EmailAddress::parse_with_options(text, options).is_err() || text.chars().any(is_unwanted) {
            self.fault(path, "EMAIL", "This is not an e-mail address; write name@example.org.");
        }
        text.to_owned()
    }

    /// An absolute web address, or nothing.
    pub(super) fn address(&mut self, path: &[&str], text: Option<&str>) -> Option<String> {
        let text = text?.trim();
        let web = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        match web {
            Some(url) if url.as_str().len() <= 2_000 && url.username().is_empty() && url.password().is_none() => {
                Some(url.into())
            }
            _ => {
                self.fault(path, "ADDRESS", "This is not an absolute http(s) address without a user.");
                None
            }
        }
    }

    /// A place that there is.
    pub(super) fn place(&mut self, path: &[&str], id: &str) -> Option<PlaceIndex> {
        let found = Gazetteer::embedded().by_id(id);
        if found.is_none() {
            let message = "There is no place of this id. `places(search:)` finds ids by name.";
            self.fault(path, "UNKNOWN_PLACE", message);
        }
        found
    }

    /// The member that somebody acts for: the one given, which has to be there and theirs; else their own.
    pub(super) fn member(&mut self, records: &Records, caller: &Caller, given: Option<&str>) -> Option<String> {
        let member = given.or(caller.member())?;
        if !matches!(records.find(member), Some(RecordRef::Member(_))) {
            self.fault(
                &["member"],
                "UNKNOWN_MEMBER",
                "There is no member of this id. `members(search:)` finds ids by name.",
            );
        } else if !caller.may_act_for(member) {
            self.fault(&["member"], "FORBIDDEN", "Your token stands for another member.");
        }
        Some(member.to_owned())
    }

    /// Ids of principles or of calls that there are, each once.
    pub(super) fn numbered(&mut self, records: &Records, field: &'static str, ids: &[String]) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for (nth, id) in ids.iter().enumerate() {
            let known = matches!(
                (field, records.find(id)),
                ("principles", Some(RecordRef::Principle(_))) | ("calls", Some(RecordRef::Call(_)))
            );
            if !known {
                let message = format!("There is none of this id; `{field}` lists them.");
                self.fault(&[field, &nth.to_string()], "UNKNOWN_RECORD", message);
            } else if !kept.contains(id) {
                kept.push(id.clone());
            }
        }
        kept
    }

    fn required(&mut self, path: &[&str]) {
        if !self.0.iter().any(|fault| fault.path == path) {
            self.fault(path, "REQUIRED", "This says nothing; write something.");
        }
    }

    fn length(&mut self, path: &[&str], text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            self.fault(path, "TOO_LONG", format!("This has {length} characters; at most {most} are taken."));
        }
    }

    fn characters(&mut self, path: &[&str], text: &str, several_lines: bool) {
        let allowed = |letter: char| several_lines && matches!(letter, '\n' | '\t');
        if let Some(odd) = text.chars().find(|letter| is_unwanted(*letter) && !allowed(*letter)) {
            let message = format!(
                "The character U+{:04X} is not taken: it controls and says nothing. Write plain text.",
                u32::from(odd)
            );
            self.fault(path, "CONTROL_CHARACTER", message);
        }
    }
}

/// Composed letters, plain line ends, and nothing around it.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().nfc().collect()
}

/// Characters that control and say nothing: they turn the direction of what follows, hide, or break lines.
fn is_unwanted(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let hides = matches!(letter, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    letter.is_control() || turns || hides || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// The day of an instant.
pub(super) fn day(now: chrono::DateTime<Utc>) -> PartialDate {
    PartialDate::day(now.date_naive())
}

/// A name as it can stand in an id: small letters, digits, single hyphens; `None` where nothing of it can.
pub(super) fn slug(name: &str) -> Option<String> {
    let plain = crate::places::fold(&crate::places::latin(name));
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined: String = words.collect::<Vec<_>>().join("-").chars().take(60).collect();
    Some(joined.trim_matches('-').to_owned()).filter(|slug| !slug.is_empty())
}

/// An id of this form that no record has.
pub(super) fn free_id(kind: &str, slug: &str, taken: impl Fn(&str) -> bool) -> String {
    let first = format!("{kind}:{slug}");
    if !taken(&first) {
        return first;
    }
    let mut number = 2;
    loop {
        let id = format!("{first}-{number}");
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}
