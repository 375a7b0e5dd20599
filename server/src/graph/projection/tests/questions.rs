//! Questions generated from the schema: every field below a project, with aliases, fragments, directives, arguments and
//! variables in all positions.

use std::collections::BTreeMap;

use apollo_compiler::Schema;
use apollo_compiler::ast::FieldDefinition;
use apollo_compiler::schema::ExtendedType;
use async_graphql::{Name, Value, Variables, value};

/// Deeper selections than this are not begun.
const DEEPEST: usize = 9;
/// Fields that lead away from values; asked for seldom, since they leave a list to the library.
const AWAY: [&str; 9] =
    ["members", "partnerships", "issues", "projects", "sources", "partner", "events", "children", "aliases"];
const PLACES: [&str; 4] = ["UA", "UA63000000000041885", "PL63", "UA80000000000093317"];

/// Makes questions about one schema.
pub(crate) struct Questions(Schema);

impl Questions {
    pub(crate) fn of(sdl: &str) -> Self {
        let schema = Schema::builder().ignore_builtin_redefinitions().parse(sdl, "schema.graphql").build();
        Self(schema.unwrap_or_else(|found| panic!("{found}")))
    }

    /// The question of a seed, with its variables.
    pub(crate) fn question(&self, seed: u64) -> (String, Variables) {
        let mut asking = Asking {
            schema: &self.0,
            random: Random(seed),
            used: BTreeMap::new(),
            fragments: Vec::new(),
            connections: 0,
        };
        let root = asking.root();
        let Asking { mut used, fragments, .. } = asking;
        // What was begun and not asked for left its variables behind.
        let whole = format!("{root}{}", fragments.concat());
        used.retain(|name, _| whole.contains(&format!("${name}")));
        let declared: Vec<_> = used.iter().map(|(name, (ty, _))| format!("${name}: {ty}")).collect();
        let declared = if declared.is_empty() { String::new() } else { format!("({})", declared.join(", ")) };
        let mut variables = Variables::default();
        for (name, (_, value)) in used {
            variables.insert(Name::new(name), value);
        }
        (format!("query{declared} {{ {root} }}\n{}", fragments.join("\n")), variables)
    }
}

/// `splitmix64`: the same seed gives the same question.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn one_of<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        &list[self.below(list.len())]
    }
}

struct Asking<'schema> {
    schema: &'schema Schema,
    random: Random,
    used: BTreeMap<&'static str, (&'static str, Value)>,
    fragments: Vec<String>,
    connections: usize,
}

impl<'schema> Asking<'schema> {
    fn root(&mut self) -> String {
        let projects = self.connection();
        let id = *self.random.one_of(&PLACES);
        match self.random.below(5) {
            0 => format!("place(id: \"{id}\") {{ name level {projects} {} }}", self.records()),
            1 => format!("partner(id: \"eib\") {{ id {projects} }}"),
            2 => format!("partners {{ {projects} name }}"),
            3 => format!("{projects} {}", self.connection()),
            _ => projects,
        }
    }

    /// A page of the Alliance's records with something of it.
    fn records(&mut self) -> String {
        let first = self.random.below(6);
        let (field, ty) = *self.random.one_of(&[("partnerships", "Partnership"), ("members", "Member")]);
        match self.random.below(3) {
            0 => String::new(),
            1 => {
                let nodes = self.selected(ty, 5);
                format!("{field}(first: {first}) {{ totalCount nodes {{ {nodes} }} pageInfo {{ endCursor }} }}")
            }
            _ => format!("{field}(first: {first}) {{ edges {{ cursor node {{ {} }} }} }}", self.selected(ty, 5)),
        }
    }

    /// A page of projects with something of it.
    fn connection(&mut self) -> String {
        self.connections += 1;
        let size = self.random.below(12);
        let end = if self.random.percent(70) { "first" } else { "last" };
        let orders = ["SIGNED_DESC", "AMOUNT_ASC", "TITLE_ASC", "UPDATED_DESC", "RELEVANCE"];
        let order = *self.random.one_of(&orders);
        let mut parts = Vec::new();
        for _ in 0..=self.random.below(2) {
            parts.push(match self.random.below(6) {
                0 => "totalCount pageInfo { hasNextPage endCursor startCursor }".to_owned(),
                1 => format!("edges {{ cursor node {{ {} }} }}", self.selected("Project", 3)),
                2 => format!("edges {{ {} }}", self.selected("ProjectEdge", 2)),
                _ => format!("nodes {{ {} }}", self.selected("Project", 3)),
            });
        }
        let key = format!("projects{}", self.connections);
        let parts = parts.join(" ");
        format!("{key}: projects({end}: {size}, orderBy: {order}) {{ {parts} coverage {{ records }} }}")
    }

    /// Fields of a type.
    fn selected(&mut self, ty: &str, depth: usize) -> String {
        let Some(ExtendedType::Object(object)) = self.schema.types.get(ty) else { return "__typename".to_owned() };
        let fields: Vec<_> = object.fields.values().map(|field| field.node.clone()).collect();
        let mut parts = Vec::new();
        for _ in 0..=self.random.below(7) {
            let field = self.random.one_of(&fields).clone();
            if AWAY.contains(&field.name.as_str()) && !self.random.percent(3) {
                continue;
            }
            if let Some(part) = self.field(&field, depth) {
                parts.push(self.wrapped(ty, part));
            }
        }
        // Where a field is selected twice and nothing is left of the first, the library forgets the second.
        let may_be_empty = parts.iter().all(|part| part.contains("@skip"));
        if may_be_empty || self.random.percent(15) {
            parts.push("__typename".to_owned());
        }
        parts.join(" ")
    }

    fn field(&mut self, field: &FieldDefinition, depth: usize) -> Option<String> {
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let value = self.argument(&argument.name);
            match value {
                Some(value) => arguments.push(format!("{}: {value}", argument.name)),
                None if argument.is_required() => return None,
                None => {}
            }
        }
        let (name, shown) = (&field.name, arguments.join(", "));
        // One key never stands for different arguments, so that fields with one key can always be merged.
        let letters: String = shown.chars().filter(char::is_ascii_alphanumeric).collect();
        let alias = match (letters.is_empty(), self.random.percent(30)) {
            (true, false) => String::new(),
            (true, true) => format!("{name}Again: "),
            (false, _) => format!("{name}_{letters}: "),
        };
        let shown = if shown.is_empty() { shown } else { format!("({shown})") };
        let ty = self.schema.types.get(field.ty.inner_named_type())?;
        let below = match ty {
            ExtendedType::Object(_) if depth >= DEEPEST => return None,
            ExtendedType::Object(object) => format!(" {{ {} }}", self.selected(&object.name, depth + 1)),
            ExtendedType::Scalar(_) | ExtendedType::Enum(_) => String::new(),
            _ => return None,
        };
        let directive = match self.random.below(20) {
            0 => format!(" @include(if: {})", self.variable("yes", "Boolean!", value!(true))),
            1 => " @skip(if: false)".to_owned(),
            2 => format!(" @skip(if: {})", self.variable("yes", "Boolean!", value!(true))),
            _ => String::new(),
        };
        Some(format!("{alias}{name}{shown}{directive}{below}"))
    }

    fn argument(&mut self, name: &str) -> Option<String> {
        let given = self.random.percent(60);
        let choice = match name {
            "languages" => match self.random.below(3) {
                0 => "[\"uk\", \"en\"]".to_owned(),
                1 => "\"fr\"".to_owned(),
                _ => self.variable("languages", "[Language!]", value!(["und", "uk"])),
            },
            "basis" => match self.random.below(2) {
                0 => (*self.random.one_of(&["SIGNED", "APPROVED", "COMMITTED", "TOTAL_COST"])).to_owned(),
                _ => self.variable("basis", "AmountBasis", Value::Enum(Name::new("SIGNED"))),
            },
            "to" => (*self.random.one_of(&["\"USD\"", "\"UAH\"", "\"EUR\""])).to_owned(),
            "at" => (*self.random.one_of(&["LATEST", "YEAR_AVERAGE", "VALUE_DATE"])).to_owned(),
            "first" => self.random.below(5).to_string(),
            _ => return None,
        };
        given.then_some(choice)
    }

    /// The field as it is, or within a fragment.
    fn wrapped(&mut self, ty: &str, part: String) -> String {
        match self.random.below(14) {
            0 => format!("... on {ty} {{ {part} }}"),
            1 => format!("... {{ {part} __typename }}"),
            2 => format!("...{}", self.fragment(ty, &part)),
            3 => format!("{part} {part}"),
            _ => part,
        }
    }

    fn fragment(&mut self, ty: &str, part: &str) -> String {
        let name = format!("part{}", self.fragments.len());
        self.fragments.push(format!("fragment {name} on {ty} {{ {part} }}"));
        name
    }

    fn variable(&mut self, name: &'static str, ty: &'static str, value: Value) -> String {
        self.used.insert(name, (ty, value));
        format!("${name}")
    }
}
