//! `hub token`: issue tokens, list them, and take them back.

use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use clap::{Args, Subcommand, ValueEnum};
use comfy_table::{Table, presets::UTF8_HORIZONTAL_ONLY};
use connectors::http::{Clock as _, SystemClock};

use crate::access::{Role, Token};
use crate::config::Config;
use crate::db::{Author, Database, NewToken, TokenRow};

/// What can be said to `hub token`.
#[derive(Debug, Args)]
pub(super) struct TokenArguments {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Issue a token. It is shown once and kept nowhere.
    Create(CreateArguments),
    /// List all tokens: their rights, when they expire, and when they were last used.
    List,
    /// Take a token back, at once and for ever.
    Revoke {
        /// Its id, as `hub token list` shows it.
        id: String,
    },
}

#[derive(Debug, Args)]
struct CreateArguments {
    /// What it may do.
    #[arg(long)]
    role: GivenRole,
    /// The member whose records it may change, such as `member:lviv`; needed for the role `member`.
    #[arg(long, required_if_eq("role", "member"))]
    member: Option<String>,
    /// Until when it is good: a date (2027-01-31), an instant, or a number of days (90d).
    #[arg(long, default_value = "365d")]
    expires: String,
    /// What it is for, so that it is known again in the list. No names of persons.
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GivenRole {
    Member,
    Editor,
    Administrator,
}

/// Does what was asked, on the database that the hub uses; a hub that serves knows of it at once.
pub(super) async fn run(config: &Config, arguments: TokenArguments) -> anyhow::Result<ExitCode> {
    let database = Database::open(config.database.as_ref(), &config.data_dir).await?;
    let text = match arguments.command {
        TokenCommand::Create(arguments) => create(&database, arguments).await?,
        TokenCommand::List => listed(&database.tokens().await?),
        TokenCommand::Revoke { id } => revoke(&database, &id).await?,
    };
    database.close().await;
    super::print(&text)
}

async fn create(database: &Database, arguments: CreateArguments) -> anyhow::Result<String> {
    let now = SystemClock.now();
    let expires_at = instant(&arguments.expires, now)?;
    anyhow::ensure!(expires_at > now, "`--expires`: {expires_at} is past already");
    let role = match arguments.role {
        GivenRole::Member => Role::Member,
        GivenRole::Editor => Role::Editor,
        GivenRole::Administrator => Role::Administrator,
    };
    let mut transaction = database.begin(now).await?;
    if let Some(member) = &arguments.member {
        let known = transaction.record(member).await?.filter(|row| row.kind == "members" && !row.removed);
        anyhow::ensure!(
            known.is_some(),
            "`--member`: there is no member `{member}`; ids are as `{{ members {{ nodes {{ id }} }} }}` gives them, and the hub has to have run once"
        );
    }
    let token = Token::new()?;
    let (id, hash, role, note) = (token.id.clone(), token.hash(), role.name(), arguments.note);
    let new = NewToken { id, hash, role, member: arguments.member, note, expires_at };
    transaction.add_token(&Author::command_line(), &new).await?;
    transaction.commit().await?;
    let expires = expires_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(format!(
        "{}\n\nThis is token {}, {role} until {expires}. It is not shown again.\nSend it as `Authorization: Bearer …`; `hub token revoke {}` takes it back.\n",
        token.reveal(),
        token.id,
        token.id
    ))
}

async fn revoke(database: &Database, id: &str) -> anyhow::Result<String> {
    let mut transaction = database.begin(SystemClock.now()).await?;
    let revoked = transaction.revoke_token(&Author::command_line(), id).await?;
    anyhow::ensure!(revoked, "there is no token `{id}` that is still good; `hub token list` shows all");
    transaction.commit().await?;
    Ok(format!("Token {id} is refused from now on.\n"))
}

fn listed(tokens: &[TokenRow]) -> String {
    if tokens.is_empty() {
        return "No token has been issued.\n".to_owned();
    }
    let shown = |at: Option<DateTime<Utc>>| at.map_or("–".to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string());
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY);
    table.set_header(["id", "role", "member", "created", "expires", "last used", "revoked", "note"]);
    for token in tokens {
        table.add_row([
            token.id.clone(),
            token.role.clone(),
            token.member.clone().unwrap_or_else(|| "–".to_owned()),
            shown(Some(token.created_at)),
            shown(Some(token.expires_at)),
            shown(token.last_used_at),
            shown(token.revoked_at),
            token.note.clone().unwrap_or_default(),
        ]);
    }
    format!("{table}\n")
}

/// A date means its end: a token until Friday is good on Friday.
fn instant(text: &str, now: DateTime<Utc>) -> anyhow::Result<DateTime<Utc>> {
    if let Some(days) = text.strip_suffix('d').and_then(|days| days.parse::<u32>().ok()) {
        return now.checked_add_signed(TimeDelta::days(days.into())).context("`--expires` is too far away");
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        let next = day.succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0));
        return next.map(|midnight| midnight.and_utc()).context("`--expires` is too far away");
    }
    let read = DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc));
    read.with_context(|| {
        format!("`--expires`: `{text}` is neither a date (2027-01-31), an instant nor a number of days (90d)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let now: DateTime<Utc> = "2026-11-26T10:00:00Z".parse().unwrap();
        let read = instant(text, now).ok().map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn an_expiry_is_a_date_an_instant_or_a_number_of_days() {
        check("2027-01-31", Some("2027-02-01T00:00:00Z"));
        check("2027-01-31T12:00:00+02:00", Some("2027-01-31T10:00:00Z"));
        check("90d", Some("2027-02-24T10:00:00Z"));
        for wrong in ["", "d", "-1d", "tomorrow", "2027-13-01"] {
            check(wrong, None);
        }
    }
}
