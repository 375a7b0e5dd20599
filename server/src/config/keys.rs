//! The keys that there are, and what to say about one that there is not.

use std::sync::LazyLock;

use regex::Regex;
use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::{Config, ConfigError, PartnerConfig};

/// The variable that names the configuration file.
pub(super) const FILE_VARIABLE: &str = "HUB_CONFIG";

/// One setting, as its doc comment and the defaults tell it.
pub(super) struct Setting {
    /// Dots between levels.
    pub(super) key: String,
    /// The sentence of its doc comment.
    pub(super) meaning: String,
    /// The default that its own type states; those of the hub's own settings are in [`Config::default`].
    pub(super) default: Option<Value>,
}

impl Setting {
    /// The table it stands in, empty for the outermost, and its name there.
    pub(super) fn section_and_name(&self) -> (&str, &str) {
        self.key.rsplit_once('.').unwrap_or(("", &self.key))
    }
}

/// Every setting there is, by section.
pub(super) static SETTINGS: LazyLock<Vec<Setting>> = LazyLock::new(|| {
    let mut settings = settings_of::<Config>("");
    for partner in connectors::partners::ALL {
        let prefix = format!("partners.{}.", partner.id);
        settings.extend(settings_of::<PartnerConfig>(&prefix));
        settings.extend(settings_in(&(partner.options_schema)().to_value(), &prefix));
    }
    settings.sort_by(|left, right| left.section_and_name().0.cmp(right.section_and_name().0));
    settings
});

fn settings_of<T: JsonSchema>(prefix: &str) -> Vec<Setting> {
    settings_in(&schema_for!(T).to_value(), prefix)
}

fn settings_in(schema: &Value, prefix: &str) -> Vec<Setting> {
    let mut settings = Vec::new();
    collect(schema, schema, prefix, &mut settings);
    settings
}

fn collect(root: &Value, level: &Value, prefix: &str, settings: &mut Vec<Setting>) {
    let Some(properties) = level.get("properties").and_then(Value::as_object) else { return };
    for (name, property) in properties {
        let key = format!("{prefix}{name}");
        let inner = resolved(root, property);
        if inner.get("properties").is_some() {
            collect(root, inner, &format!("{key}."), settings);
            continue;
        }
        let meaning = property.get("description").or_else(|| inner.get("description"));
        let meaning = meaning.and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
        settings.push(Setting { key, meaning, default: property.get("default").cloned() });
    }
}

/// The schema that a property refers to, through `$ref` and through `anyOf` with null.
fn resolved<'schema>(root: &'schema Value, property: &'schema Value) -> &'schema Value {
    let choices = property.get("anyOf").and_then(Value::as_array);
    let chosen = choices.and_then(|choices| choices.iter().find(|choice| choice.get("$ref").is_some()));
    let property = chosen.unwrap_or(property);
    let target = property.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    target.and_then(|path| root.pointer(path)).unwrap_or(property)
}

/// Whether a variable sets something of ours: those that Kubernetes makes for a service named `hub`, or one whose name
/// begins so, do not (`HUB_PORT=tcp://…`, `HUB_SERVICE_HOST`, …).
pub(super) fn is_ours(variable: &str) -> bool {
    #[expect(clippy::expect_used, reason = "the pattern is a constant, and tests use it")]
    static INJECTED: LazyLock<Regex> = LazyLock::new(|| {
        let pattern =
            r"^HUB(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_\d+_[A-Z]+(_(PROTO|PORT|ADDR))?)$";
        Regex::new(pattern).expect("the pattern is a constant")
    });
    variable.starts_with("HUB_") && variable != FILE_VARIABLE && !INJECTED.is_match(variable)
}

/// The key that a variable sets.
pub(super) fn of_variable(variable: &str) -> String {
    let bare = variable.strip_prefix("HUB_").unwrap_or(variable);
    bare.replace("__", ".").to_lowercase()
}

/// All keys of a table, with dots between levels.
pub(super) fn dotted(table: &toml::Table) -> Vec<String> {
    let mut keys = Vec::new();
    for (name, value) in table {
        match value {
            toml::Value::Table(inner) => keys.extend(dotted(inner).into_iter().map(|key| format!("{name}.{key}"))),
            _ => keys.push(name.clone()),
        }
    }
    keys
}

/// Refuses a key that no setting has, with the nearest that one has.
pub(super) fn refuse_unknown(origin: &str, given: impl IntoIterator<Item = String>) -> Result<(), ConfigError> {
    let unknown = given.into_iter().find(|key| !SETTINGS.iter().any(|setting| setting.key == *key));
    let Some(given) = unknown else { return Ok(()) };
    let closeness = |key: &str| strsim::normalized_damerau_levenshtein(key, &given);
    let nearest = SETTINGS.iter().map(|setting| &setting.key).max_by(|a, b| closeness(a).total_cmp(&closeness(b)));
    let known = nearest.filter(|key| closeness(key) > 0.5).cloned();
    Err(ConfigError::UnknownKey { origin: origin.to_owned(), given, known })
}
