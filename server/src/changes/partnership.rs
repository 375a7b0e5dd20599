//! Proposing partnerships, and agreeing to them. A partnership is proposed until every party has agreed.

use std::collections::BTreeSet;

use connectors::model::{CountryCode, PartialDate};
use serde::Serialize;

use super::fault::ChangeFault;
use super::input::{Checks, day, free_id, slug};
use super::publication::put;
use super::{Change, Ground, new_id};
use crate::db::{RecordRow, Transaction};
use crate::records::{
    Confidence, Member, Partnership, PartnershipKind, PartnershipState, Party, RecordRef, Records, Statement, Theme,
};

/// A partnership to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What sort of tie.
    pub kind: PartnershipKind,
    /// Its ends; a member's own has to be among them.
    pub parties: Vec<PartyProposal>,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// The programme that brings it about.
    pub programme: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// One end of a partnership to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyProposal {
    /// The member that it is; its name and place need not be given then.
    pub member: Option<String>,
    /// What the authority is called.
    pub name: Option<String>,
    /// Its country.
    pub country: Option<CountryCode>,
    /// Its place.
    pub place: Option<String>,
}

/// A party's agreement to a partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confirmation {
    /// The partnership.
    pub id: String,
}

impl Change for Proposal {
    const MUTATION: &'static str = "proposePartnership";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let (mut checks, records, today) = (Checks::default(), &ground.view.records, day(transaction.now()));
        let parties = self.parties(&mut checks, records);
        let own: Vec<usize> =
            positions(&parties, |party| party.member.as_deref().is_some_and(|m| Some(m) == ground.caller.member()));
        if own.is_empty() && !ground.caller.may_act_for("") {
            checks.fault(&["parties"], "FORBIDDEN", "The member that your token stands for has to be a party.");
        }
        let partnership = Partnership {
            id: String::new(),
            kind: self.kind,
            state: PartnershipState::Proposed,
            parties,
            themes: self.themes.clone(),
            programme: checks.optional_line(&["programme"], self.programme.as_deref()),
            started_on: None,
            ended_on: None,
            as_of: today,
            note: checks.optional_prose(&["note"], self.note.as_deref()),
            sources: vec![statement("Proposed through the hub by one of its parties or an editor", "proposed", today)],
        };
        checks.finish()?;
        let partnership = partnership.checked().map_err(|fault| {
            let field = fault.field.split(['[', '.']).next().unwrap_or_default().to_owned();
            ChangeFault::of(&[&field], "PARTNERSHIP", format!("{}.", fault.reason))
        })?;
        // What the transaction sees: somebody may have proposed the same since the hub last loaded its records.
        let rows = transaction.records().await?;
        if let Some(known) = alike(&rows, &partnership) {
            let message = format!("These parties have a partnership of this kind already: `{known}`.");
            return Err(ChangeFault::of(&["parties"], "DUPLICATE", message));
        }
        let name = name(&partnership).unwrap_or_else(|| new_id("", transaction.now()).replace(':', ""));
        let taken: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let id = free_id("partnership", &name, |id| taken.contains(id));
        put(ground, transaction, "partnerships", &id, &partnership).await?;
        for party in own {
            transaction.confirm(&ground.caller.author(), &id, party).await?;
        }
        Ok(id)
    }
}

impl Proposal {
    fn parties(&self, checks: &mut Checks, records: &Records) -> Vec<Party> {
        if !(2..=50).contains(&self.parties.len()) {
            checks.fault(&["parties"], "PARTIES", "A partnership has two parties, a cluster three to fifty.");
        }
        let parties = self.parties.iter().take(50).enumerate();
        parties.map(|(nth, party)| party.read(checks, records, &nth.to_string())).collect()
    }
}

impl PartyProposal {
    fn read(&self, checks: &mut Checks, records: &Records, nth: &str) -> Party {
        let member = self.member.as_deref().map(|id| match records.find(id) {
            Some(RecordRef::Member(position)) => Some(&records.members()[position]),
            _ => {
                checks.fault(&["parties", nth, "member"], "UNKNOWN_MEMBER", "There is no member of this id.");
                None
            }
        });
        let member = member.flatten();
        let named = |member: &Member| member.names.in_languages(&[]).to_owned();
        let name = checks.optional_line(&["parties", nth, "name"], self.name.as_deref()).or(member.map(named));
        if name.is_none() {
            checks.fault(&["parties", nth, "name"], "REQUIRED", "Say what the authority is called, or name a member.");
        }
        if let Some(place) = &self.place {
            checks.place(&["parties", nth, "place"], place);
        }
        Party {
            name: name.unwrap_or_default(),
            country: self.country.or(member.and_then(|member| member.country)),
            place: self.place.clone().or(member.and_then(|member| member.place.clone())),
            member: self.member.clone(),
        }
    }
}

impl Change for Confirmation {
    const MUTATION: &'static str = "confirmPartnership";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let row = transaction.record(&self.id).await?.filter(|row| row.kind == "partnerships" && !row.removed);
        let Some(row) = row else {
            return Err(ChangeFault::of(&["id"], "UNKNOWN_RECORD", "There is no partnership of this id."));
        };
        let mut partnership: Partnership =
            serde_json::from_str(&row.body).map_err(|error| ChangeFault::Hub(error.into()))?;
        if partnership.state != PartnershipState::Proposed {
            return Err(ChangeFault::of(&["id"], "STATE", "Only a partnership that is proposed can be confirmed."));
        }
        let caller = ground.caller;
        // An editor speaks for parties that are no members; a member speaks for itself.
        let mine = positions(&partnership.parties, |party| match party.member.as_deref() {
            Some(member) => Some(member) == caller.member(),
            None => caller.may_act_for(""),
        });
        if mine.is_empty() {
            let message = "You speak for none of its parties: members confirm for themselves, editors for parties that \
                           are no members.";
            return Err(ChangeFault::of(&["id"], "FORBIDDEN", message));
        }
        for party in mine {
            transaction.confirm(&caller.author(), &self.id, party).await?;
        }
        let confirmed = transaction.confirmations(&self.id).await?;
        if (0..partnership.parties.len()).all(|party| confirmed.contains(&party)) {
            let today = day(transaction.now());
            partnership.state = PartnershipState::Active;
            partnership.started_on = partnership.started_on.or(Some(today));
            partnership.as_of = today;
            partnership.sources.insert(0, statement("Confirmed through the hub by every party", "concluded", today));
            put(ground, transaction, "partnerships", &self.id, &partnership).await?;
        }
        Ok(self.id.clone())
    }
}

fn positions(parties: &[Party], fits: impl Fn(&Party) -> bool) -> Vec<usize> {
    parties.iter().enumerate().filter(|(_, party)| fits(party)).map(|(position, _)| position).collect()
}

fn statement(title: &str, says: &str, read_on: PartialDate) -> Statement {
    Statement {
        title: title.to_owned(),
        url: None,
        published_on: None,
        read_on: Some(read_on),
        says: says.to_owned(),
        confidence: Confidence::High,
    }
}

/// The id of a tie of the same kind among the same parties that is proposed or in force. What an old list says does not
/// stand in the way.
fn alike<'rows>(rows: &'rows [RecordRow], new: &Partnership) -> Option<&'rows str> {
    let ends = |partnership: &Partnership| {
        let end = |party: &Party| {
            party.member.clone().unwrap_or_else(|| format!("{:?} {}", party.place, party.name.to_lowercase()))
        };
        let mut ends: Vec<String> = partnership.parties.iter().map(end).collect();
        ends.sort();
        ends
    };
    let wanted = ends(new);
    let same = |partnership: &Partnership| {
        partnership.kind == new.kind
            && matches!(partnership.state, PartnershipState::Proposed | PartnershipState::Active)
            && ends(partnership) == wanted
    };
    let shown = rows.iter().filter(|row| row.kind == "partnerships" && !row.removed);
    // A row that breaks a rule is shown to nobody, and is like nothing.
    let mut known = shown.filter_map(|row| Some((row.id.as_str(), serde_json::from_str(&row.body).ok()?)));
    known.find(|(_, partnership)| same(partnership)).map(|(id, _)| id)
}

/// `<Ukrainian party>-<other party>-<its country>`, as the seed's files are named.
fn name(partnership: &Partnership) -> Option<String> {
    let ukrainian = |party: &&Party| party.country == Some(CountryCode::UA);
    let first = partnership.parties.iter().find(ukrainian).or(partnership.parties.first())?;
    let other = partnership.parties.iter().find(|party| !std::ptr::eq(*party, first))?;
    let country = other.country.map(|country| format!("-{}", String::from(country).to_lowercase()));
    Some(format!("{}-{}{}", slug(&first.name)?, slug(&other.name)?, country.unwrap_or_default()))
}
