//! SDMX-CSV, and the ways in which an SDMX service says no.
//!
//! Such a service puts its verdict into the body rather than the status: an empty answer and an unknown dataflow both
//! come as 404, and either may come as 200 or 500.

use std::collections::HashMap;

use rust_decimal::Decimal;

/// The code for "not applicable" in every SDMX code list.
const NOT_APPLICABLE: &str = "_Z";

/// What a body that holds no data says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The query is right, and nothing fits it.
    NoRows,
    /// The service does not know the dataflow, or not in this version.
    UnknownDataflow,
    /// The dataflow is served below another path.
    WrongPath,
    /// Too many requests.
    TooMany,
}

/// What a body that holds no data says, where it says something known.
///
/// Never ask it about data: a project's title may hold any of these words.
#[must_use]
pub fn verdict(body: &str) -> Option<Verdict> {
    let folded: String = body.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
    let says = |texts: &[&str]| texts.iter().any(|text| folded.contains(text));
    if says(&["couldnotfinddataflow", "couldnotfinddsd", "dataflownotfound"]) {
        return Some(Verdict::UnknownDataflow);
    }
    if says(&["norecordsfound", "noresultsfound"]) {
        return Some(Verdict::NoRows);
    }
    if says(&["exceededthenumberofrequests"]) {
        return Some(Verdict::TooMany);
    }
    says(&["notsetto"]).then_some(Verdict::WrongPath)
}

/// Where each column stands. SDMX headers repeat names where a label equals its code: the first one counts.
#[derive(Debug, Clone)]
pub struct Columns {
    position_by_name: HashMap<String, usize>,
    width: usize,
}

impl Columns {
    /// The columns of a header line.
    #[must_use]
    pub fn new(names: Vec<String>) -> Self {
        let width = names.len();
        let mut position_by_name = HashMap::with_capacity(width);
        for (position, name) in names.into_iter().enumerate() {
            position_by_name.entry(name.trim().to_owned()).or_insert(position);
        }
        Self { position_by_name, width }
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The names that are missing of those wanted.
    #[must_use]
    pub fn missing<'name>(&self, wanted: &[&'name str]) -> Vec<&'name str> {
        wanted.iter().copied().filter(|name| !self.position_by_name.contains_key(*name)).collect()
    }
}

/// One row, its fields found by the name of their column.
#[derive(Debug, Clone, Copy)]
pub struct Row<'row> {
    columns: &'row Columns,
    fields: &'row [String],
}

impl<'row> Row<'row> {
    /// A row below its header.
    #[must_use]
    pub fn new(columns: &'row Columns, fields: &'row [String]) -> Self {
        Self { columns, fields }
    }

    /// The trimmed field of this column; `None` where it is missing, blank or not applicable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'row str> {
        let field = self.fields.get(*self.columns.position_by_name.get(name)?)?.trim();
        (!field.is_empty() && field != NOT_APPLICABLE).then_some(field)
    }
}

/// A stated observation, exact: the value times ten to the power of the unit multiplier. `None` where the number has
/// no exact decimal or the multiplier is missing: without it a value has no size.
#[must_use]
pub fn scaled(value: &str, multiplier: Option<&str>) -> Option<Decimal> {
    let value = Decimal::from_str_exact(value).or_else(|_| Decimal::from_scientific(value)).ok()?;
    let power: i32 = multiplier?.parse().ok()?;
    let factor = match power {
        0..=18 => Decimal::from(10_u64.pow(power.unsigned_abs())),
        -18..0 => Decimal::new(1, power.unsigned_abs()),
        _ => return None,
    };
    Some(value.checked_mul(factor)?.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_repeated_names_counts_and_not_applicable_is_nothing() {
        let columns = Columns::new(["DRR", "DRR", "CHANNEL", "OECD_ID"].map(str::to_owned).to_vec());
        let fields = ["1", "2", "_Z", " 0042 "].map(str::to_owned);
        let row = Row::new(&columns, &fields);
        assert_eq!((row.get("DRR"), row.get("CHANNEL"), row.get("OECD_ID")), (Some("1"), None, Some("0042")));
        assert_eq!((columns.width(), columns.missing(&["DRR", "DONOR"])), (4, vec!["DONOR"]));
    }

    #[test]
    fn bodies_say_what_the_status_does_not() {
        let check = |body, expected| assert_eq!(verdict(body), expected, "{body}");
        check("NoRecordsFound", Some(Verdict::NoRows));
        check("{\"message\": \"No Results Found\"}", Some(Verdict::NoRows));
        check("Could not find Dataflow and/or DSD related with this data request", Some(Verdict::UnknownDataflow));
        check("Could not find DSD", Some(Verdict::UnknownDataflow));
        check("You have exceeded the number of requests for data downloads", Some(Verdict::TooMany));
        check("DataSpace is not set to public", Some(Verdict::WrongPath));
        check("Not Found", None);
    }

    #[test]
    fn values_are_exact_decimals() {
        let check = |value, multiplier, expected: Option<&str>| {
            assert_eq!(scaled(value, multiplier).map(|number| number.to_string()).as_deref(), expected, "{value}");
        };
        check("12.955397", Some("6"), Some("12955397"));
        check("1.25", Some("6"), Some("1250000"));
        check("-0.000001", Some("6"), Some("-1"));
        check("2.5E-05", Some("6"), Some("25"));
        check("1500", Some("-3"), Some("1.5"));
        check("0.0", Some("6"), Some("0"));
        check("1,5", Some("6"), None);
        check("1.5", None, None);
        check("1.5", Some("99"), None);
        check("NaN", Some("6"), None);
    }
}
