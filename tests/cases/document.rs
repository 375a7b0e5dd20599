//! How a document is read: headings, lists and fenced blocks of Markdown, nothing more.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::stand_in::Conduct;

/// What has to be so before a document's questions are asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Setting {
    /// Partners that do not answer in the ordinary way: how they meet the hub at the first reading, and afterwards.
    pub(crate) partners: BTreeMap<String, (Conduct, Conduct)>,
    /// Settings of the hub, without `HUB_`.
    pub(crate) settings: BTreeMap<String, String>,
    /// The name of the one document that this hub serves; none where several share it.
    pub(crate) alone: Option<String>,
}

/// One question, and what is to be answered.
#[derive(Debug)]
pub(crate) struct Question {
    /// The line of its heading.
    pub(crate) line: usize,
    /// The GraphQL document.
    pub(crate) query: String,
    /// Who asks: a role, for a member with its id; the public where nobody is named.
    pub(crate) asked_by: Option<Asker>,
    /// Its variables; an empty object where none stand there.
    pub(crate) variables: Value,
    /// The whole answer, with `…` for what may differ.
    pub(crate) answer: Value,
    /// The name under which parts of this answer are used by later questions.
    pub(crate) kept_as: Option<String>,
}

/// Somebody who is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asker {
    /// The role, as `hub token create` takes it.
    pub(crate) role: String,
    /// The member that is spoken for.
    pub(crate) member: Option<String>,
}

impl Asker {
    /// `administrator`, `editor`, or `member member:cor`.
    fn read(text: &str) -> Result<Self, String> {
        let (role, member) = text.split_once(' ').map_or((text, None), |(role, id)| (role, Some(id.replace('`', ""))));
        match (role, &member) {
            ("administrator" | "editor", None) | ("member", Some(_)) => Ok(Self { role: role.to_owned(), member }),
            _ => Err(format!("`{text}`: an administrator, an editor, or a member and its id asks")),
        }
    }
}

/// One file.
#[derive(Debug)]
pub(crate) struct Document {
    /// The file's name.
    pub(crate) name: String,
    /// What has to be so.
    pub(crate) setting: Setting,
    /// The questions in their order.
    pub(crate) questions: Vec<Question>,
}

/// A heading of the second level with its text and its fenced blocks by language.
struct Section {
    line: usize,
    heading: String,
    items: Vec<String>,
    blocks: Vec<(String, String)>,
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for (position, line) in text.lines().enumerate() {
        if let Some((language, block)) = &mut fence {
            if line.trim_end() == "```" {
                let done = (std::mem::take(language), std::mem::take(block));
                fence = None;
                if let Some(section) = sections.last_mut() {
                    let section: &mut Section = section;
                    section.blocks.push(done);
                }
            } else {
                *block += line;
                block.push('\n');
            }
        } else if let Some(language) = line.strip_prefix("```") {
            fence = Some((language.trim().to_owned(), String::new()));
        } else if let Some(heading) = line.strip_prefix("## ") {
            let (items, blocks) = (Vec::new(), Vec::new());
            sections.push(Section { line: position + 1, heading: heading.trim().to_owned(), items, blocks });
        } else if let (Some(item), Some(section)) = (line.strip_prefix("- "), sections.last_mut()) {
            section.items.push(item.trim().to_owned());
        }
    }
    sections
}

fn conduct(word: &str) -> Result<Conduct, String> {
    match word {
        "answers" => Ok(Conduct::Played),
        "refuses" => Ok(Conduct::Refuses),
        "fails" => Ok(Conduct::Fails),
        "is away" => Ok(Conduct::Closed),
        other => Err(format!("`{other}`: a partner answers, refuses, fails or is away")),
    }
}

impl Section {
    /// The list below `## Partners`: `eib: answers, then fails`.
    fn partners(&self) -> Result<BTreeMap<String, (Conduct, Conduct)>, String> {
        let mut partners = BTreeMap::new();
        for item in &self.items {
            let (names, conducts) = item.split_once(": ").ok_or_else(|| format!("`{item}`: `partner: how`"))?;
            let (first, then) = conducts.split_once(", then ").unwrap_or((conducts, conducts));
            for name in names.split(", ") {
                partners.insert(name.to_owned(), (conduct(first)?, conduct(then)?));
            }
        }
        Ok(partners)
    }

    fn settings(&self) -> Result<BTreeMap<String, String>, String> {
        let pair = |item: &String| {
            let bare = item.replace('`', "");
            let (name, value) = bare.split_once('=').ok_or_else(|| format!("`{item}`: `HUB_NAME=value`"))?;
            Ok((name.trim_start_matches("HUB_").to_owned(), value.to_owned()))
        };
        self.items.iter().map(pair).collect()
    }

    fn block(&self, language: &str) -> Option<&str> {
        self.blocks.iter().find(|(of, _)| of == language).map(|(_, block)| block.as_str())
    }

    fn json(&self, text: &str) -> Result<Value, String> {
        serde_json::from_str(text).map_err(|error| format!("below line {}: {error}", self.line))
    }

    fn item(&self, name: &str) -> Option<String> {
        self.items.iter().find_map(|item| item.strip_prefix(name)).map(|rest| rest.trim().to_owned())
    }
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// What is not as `README.md` describes.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, String> {
        if !text.starts_with("# ") {
            return Err("begin with `# ` and what the document shows".to_owned());
        }
        let (mut partners, mut settings, mut alone) = (BTreeMap::new(), BTreeMap::new(), None);
        let mut questions: Vec<Question> = Vec::new();
        for section in sections(text) {
            match section.heading.as_str() {
                "Partners" => partners = section.partners()?,
                "Settings" => settings = section.settings()?,
                "Question" => {
                    let query = section.block("graphql").ok_or_else(|| format!("line {}: no query", section.line))?;
                    let variables = section.block("json").map_or("{}", |block| block);
                    if query.trim_start().starts_with("mutation") {
                        alone = Some(name.to_owned());
                    }
                    questions.push(Question {
                        line: section.line,
                        query: query.to_owned(),
                        asked_by: section.item("asked by:").map(|text| Asker::read(&text)).transpose()?,
                        variables: section.json(variables)?,
                        answer: Value::Null,
                        kept_as: section.item("kept as:"),
                    });
                }
                "Answer" => {
                    let block = section.block("json").ok_or_else(|| format!("line {}: no answer", section.line))?;
                    let question = questions.last_mut().filter(|question| question.answer.is_null());
                    let question = question.ok_or_else(|| format!("line {}: no question before it", section.line))?;
                    question.answer = section.json(block)?;
                }
                other => return Err(format!("line {}: `## {other}` is no part of a document", section.line)),
            }
        }
        match questions.iter().find(|question| question.answer.is_null()) {
            Some(question) => Err(format!("line {}: the question has no answer", question.line)),
            None if questions.is_empty() => Err("there is no question".to_owned()),
            None => Ok(Self { name: name.to_owned(), setting: Setting { partners, settings, alone }, questions }),
        }
    }
}
