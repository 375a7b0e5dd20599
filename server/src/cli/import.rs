//! `hub import`: members and partnerships from a file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::Utc;
use clap::{Args, Subcommand};

use crate::config::Config;
use crate::db::Database;
use crate::exchange::{self, Fate, Format, Imported, Manner, Table, Tabled, Verdict};
use crate::records::{DIFFERS_FROM_SEED, Member, Partnership};

/// How many records that differ from their seed files are named, at most.
const NOTES: usize = 20;

/// What can be said to `hub import`.
#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Members; `docs/import.md` explains the columns.
    Members(FileArguments),
    /// Partnerships; `docs/import.md` explains the columns.
    Partnerships(FileArguments),
}

#[derive(Debug, Args)]
struct FileArguments {
    /// The file, in CSV or JSON by its ending.
    file: PathBuf,
    /// List what would become of every row, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Let the file's word count more than a newer record's, and more than what was changed through the hub.
    #[arg(long)]
    overwrite: bool,
}

/// Takes a file in. Good rows are written whatever the others are; it fails where any was refused.
pub(super) async fn run(config: &Config, arguments: &ImportArguments) -> anyhow::Result<ExitCode> {
    let (What::Members(file) | What::Partnerships(file)) = &arguments.what;
    let url = config.database.as_ref();
    let database = if file.dry_run {
        Database::open_to_try(url, &config.data_dir).await?
    } else {
        Database::open(url, &config.data_dir).await?
    };
    let taken_in = match &arguments.what {
        What::Members(file) => take_in::<Member>(&database, file).await,
        What::Partnerships(file) => take_in::<Partnership>(&database, file).await,
    };
    database.close().await;
    taken_in
}

async fn take_in<Record: Tabled>(database: &Database, arguments: &FileArguments) -> anyhow::Result<ExitCode> {
    let file = &arguments.file;
    let format = Format::of_path(file)?;
    let bytes = tokio::fs::read(file).await.with_context(|| format!("{} cannot be read", file.display()))?;
    let table = Table::read(&bytes, format, Record::COLUMNS).with_context(|| file.display().to_string())?;
    let manner = Manner { dry_run: arguments.dry_run, overwrite: arguments.overwrite };
    let imported = exchange::import::<Record>(&table, database, manner, Utc::now()).await?;
    super::print(&report(&imported, arguments.dry_run))?;
    let refused = imported.verdicts.iter().any(|verdict| matches!(verdict.fate, Fate::Refused(_)));
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Every row's fate where nothing is written, else those to look at; then how many there are of each.
fn report(imported: &Imported, dry_run: bool) -> String {
    let told = |verdict: &&Verdict| dry_run || !matches!(verdict.fate, Fate::Added | Fate::Same);
    let mut text: String = imported.verdicts.iter().filter(told).map(line).collect();
    let count = |fits: fn(&Fate) -> bool| imported.verdicts.iter().filter(|verdict| fits(&verdict.fate)).count();
    let counts = [
        (count(|fate| matches!(fate, Fate::Added)), "added"),
        (count(|fate| matches!(fate, Fate::Changed(_))), "changed"),
        (count(|fate| matches!(fate, Fate::Same)), "the same"),
        (count(|fate| matches!(fate, Fate::Kept { .. })), "kept as they are"),
        (count(|fate| matches!(fate, Fate::Refused(_))), "refused"),
    ];
    let counts: Vec<String> = counts.iter().map(|(number, word)| format!("{number} {word}")).collect();
    let written = match imported.change {
        _ if dry_run => "Nothing was written: this was a dry run.".to_owned(),
        None => "Nothing was written.".to_owned(),
        Some(change) => format!("Written as change {change}."),
    };
    text.push_str(&format!("{} rows: {}. {written}\n", imported.verdicts.len(), counts.join(", ")));
    text.extend(imported.differences.iter().take(NOTES).map(|difference| format!("note: {difference}\n")));
    let more = imported.differences.len().saturating_sub(NOTES);
    if more > 0 {
        text.push_str(&format!("note: {more} more differ; `qualityIssues(code: \"{DIFFERS_FROM_SEED}\")` lists all\n"));
    }
    text
}

fn line(verdict: &Verdict) -> String {
    let id = verdict.id.as_deref().map(|id| format!(" {id}")).unwrap_or_default();
    let said = match &verdict.fate {
        Fate::Added => format!("added{id}"),
        Fate::Same => format!("same{id}"),
        Fate::Changed(differences) => format!("changed{id}: {}", differences.join("; ")),
        Fate::Kept { reason, differences } => format!("kept{id}: {reason}; {}", differences.join("; ")),
        Fate::Refused(reasons) => format!("refused{id}: {}", reasons.join("; ")),
    };
    format!("line {}: {said}\n", verdict.line)
}
