//! What was measured, as a table.

use comfy_table::Table;

/// One measured line.
#[derive(Debug)]
pub(crate) struct Line {
    /// What was done.
    pub(crate) work: String,
    /// What was measured.
    pub(crate) measured: String,
    /// What is wanted.
    pub(crate) bar: String,
    /// Whether it is reached.
    pub(crate) holds: bool,
}

impl Line {
    /// A cost beside the floor's, in microseconds of CPU for each request.
    pub(crate) fn ratio(work: &str, cost: f64, floor: f64, most: f64) -> Self {
        let ratio = cost / floor;
        let measured = format!("{ratio:.2} times the floor ({cost:.1} µs / {floor:.1} µs)");
        Self { work: work.to_owned(), measured, bar: format!("{most} times"), holds: ratio <= most }
    }

    /// A figure with its unit.
    pub(crate) fn figure(work: &str, figure: f64, most: f64, unit: &str) -> Self {
        let measured = format!("{figure:.2} {unit}");
        Self { work: work.to_owned(), measured, bar: format!("{most} {unit}"), holds: figure <= most }
    }
}

#[expect(clippy::print_stdout, reason = "the table is what the command is for")]
pub(crate) fn print(lines: &[Line]) {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::ASCII_MARKDOWN).set_header(["work", "measured", "bar", "holds"]);
    for Line { work, measured, bar, holds } in lines {
        table.add_row([work.as_str(), measured, bar, if *holds { "yes" } else { "no" }]);
    }
    println!("{table}");
}
