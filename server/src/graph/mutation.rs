//! The root of mutations: what people change through the hub. What each does is said in [`changes`](crate::changes).
//!
//! A fault of the input is no error of GraphQL: it stands in `errors` of the payload, with the path to the field.

mod inputs;
mod payloads;

#[cfg(test)]
mod tests;

use async_graphql::{Context, ID, Object, Result};

use self::inputs::{ApplicationDecisionInput, ApplicationInput, FeedbackInput, LinkDecisionInput};
use self::inputs::{NeedInput, OfferInput, PartnershipInput};
use self::payloads::{
    ApplyForMembershipPayload, ConfirmPartnershipPayload, DecideApplicationPayload, DecideLinkPayload,
    GiveFeedbackPayload, ProposePartnershipPayload, PublishNeedPayload, PublishOfferPayload, RefreshSourcePayload,
    WithdrawNeedPayload, WithdrawOfferPayload, sorted,
};
use super::error::internal;
use super::guard::{Asker, AtLeast, asker};
use super::types::{Application, Feedback, Need, Node, Offer, Partnership, Source, node_of};
use crate::access::Role;
use crate::changes::{Change, ChangeFault, Confirmation, InputFault, Withdrawal, Withdrawn};
use crate::view::View;

/// The root of mutations.
#[derive(Default)]
pub struct Mutation;

/// Changes made through the hub. All of them are sent by POST.
#[Object]
impl Mutation {
    /// Apply for membership of the Alliance. Open to everybody, a few times an hour. Nothing of it is published before
    /// it is decided, and what belongs to a person never.
    async fn apply_for_membership(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who applies, and who to speak to.")] input: ApplicationInput,
    ) -> Result<ApplyForMembershipPayload> {
        let asker = asker(context)?;
        let (application, trap, id) = input.read();
        let made = if trap {
            // Whoever fills in what people do not see is answered as if all were well.
            tracing::info!("an application was taken for a machine's and dropped");
            return Ok(ApplyForMembershipPayload::new(None, Vec::new(), id));
        } else {
            match asker.changes.admit_applicant(asker.address) {
                Ok(()) => asker.changes.apply(&asker.caller, id.as_deref(), &application).await,
                Err(fault) => Err(fault),
            }
        };
        let (subject, faults) = sorted(made)?;
        Ok(ApplyForMembershipPayload::new(application_of(asker, subject).await?, faults, id))
    }

    /// Publish what a community needs. Members, for themselves; editors, for anybody.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn publish_need(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The need.")] input: NeedInput,
    ) -> Result<PublishNeedPayload> {
        let (change, id) = input.read();
        let (node, faults) = made(asker(context)?, id.as_deref(), &change).await?;
        Ok(PublishNeedPayload::new(need(node), faults, id))
    }

    /// Publish what a member offers. Members, for themselves; editors, for any member.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn publish_offer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The offer.")] input: OfferInput,
    ) -> Result<PublishOfferPayload> {
        let (change, id) = input.read();
        let (node, faults) = made(asker(context)?, id.as_deref(), &change).await?;
        Ok(PublishOfferPayload::new(offer(node), faults, id))
    }

    /// Take a need back. It stays to be seen, as withdrawn. Members, their own; editors, any.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn withdraw_need(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The need.")] id: ID,
        #[graphql(desc = "An id of your own, so that the same change sent again is made once.")]
        client_mutation_id: Option<String>,
    ) -> Result<WithdrawNeedPayload> {
        let change = Withdrawal { what: Withdrawn::Need, id: id.0 };
        let (node, faults) = made(asker(context)?, client_mutation_id.as_deref(), &change).await?;
        Ok(WithdrawNeedPayload::new(need(node), faults, client_mutation_id))
    }

    /// Take an offer back. It stays to be seen, as withdrawn. Members, their own; editors, any.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn withdraw_offer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The offer.")] id: ID,
        #[graphql(desc = "An id of your own, so that the same change sent again is made once.")]
        client_mutation_id: Option<String>,
    ) -> Result<WithdrawOfferPayload> {
        let change = Withdrawal { what: Withdrawn::Offer, id: id.0 };
        let (node, faults) = made(asker(context)?, client_mutation_id.as_deref(), &change).await?;
        Ok(WithdrawOfferPayload::new(offer(node), faults, client_mutation_id))
    }

    /// Propose a partnership. It is shown as proposed until every party has confirmed it. Members, among whose parties
    /// they are; editors, any.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn propose_partnership(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The partnership.")] input: PartnershipInput,
    ) -> Result<ProposePartnershipPayload> {
        let (change, id) = input.read();
        let (node, faults) = made(asker(context)?, id.as_deref(), &change).await?;
        Ok(ProposePartnershipPayload::new(partnership(node), faults, id))
    }

    /// Confirm a proposed partnership. Members, for themselves; editors, for parties that are no members. With the last
    /// party's word it is active.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn confirm_partnership(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The partnership.")] id: ID,
        #[graphql(desc = "An id of your own, so that the same change sent again is made once.")]
        client_mutation_id: Option<String>,
    ) -> Result<ConfirmPartnershipPayload> {
        let (node, faults) = made(asker(context)?, client_mutation_id.as_deref(), &Confirmation { id: id.0 }).await?;
        Ok(ConfirmPartnershipPayload::new(partnership(node), faults, client_mutation_id))
    }

    /// Information and feedback to the institutions of the European Union. Read by editors; not public. Members, for
    /// themselves; editors, for anybody.
    #[graphql(guard = "AtLeast(Role::Member)")]
    async fn give_feedback(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The feedback.")] input: FeedbackInput,
    ) -> Result<GiveFeedbackPayload> {
        let asker = asker(context)?;
        let (change, id) = input.read();
        let (subject, faults) = sorted(asker.changes.apply(&asker.caller, id.as_deref(), &change).await)?;
        let database = asker.changes.hub().database();
        let row = match subject {
            Some(subject) => database.feedback_of(&subject).await.map_err(internal)?,
            None => None,
        };
        let view = asker.changes.hub().view();
        Ok(GiveFeedbackPayload::new(row.map(|row| Feedback::new(&view, row)), faults, id))
    }

    /// Decide about an application for membership. One that is accepted becomes a member at once. Administrators only.
    #[graphql(guard = "AtLeast(Role::Administrator)")]
    async fn decide_application(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The decision.")] input: ApplicationDecisionInput,
    ) -> Result<DecideApplicationPayload> {
        let asker = asker(context)?;
        let (change, id) = input.read();
        let (subject, faults) = sorted(asker.changes.apply(&asker.caller, id.as_deref(), &change).await)?;
        Ok(DecideApplicationPayload::new(application_of(asker, subject).await?, faults, id))
    }

    /// Decide whether two projects are of one undertaking, against or with the hub's own finding. Editors and
    /// administrators.
    #[graphql(guard = "AtLeast(Role::Editor)")]
    async fn decide_link(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The decision.")] input: LinkDecisionInput,
    ) -> Result<DecideLinkPayload> {
        let (change, id) = input.read();
        let (node, faults) = made(asker(context)?, id.as_deref(), &change).await?;
        let project = match node {
            Some(Node::Project(project)) => Some(project),
            _ => None,
        };
        Ok(DecideLinkPayload::new(project, faults, id))
    }

    /// Read a source now, whatever its age. It is read in the background; `state` and `lastAttemptAt` tell how it went.
    /// Administrators only.
    #[graphql(guard = "AtLeast(Role::Administrator)")]
    async fn refresh_source(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The source, such as `eib-projects`.")] id: ID,
    ) -> Result<RefreshSourcePayload> {
        let hub = asker(context)?.changes.hub();
        let Some(source) = Source::find(&hub.view(), &id) else {
            let message = "There is no source of this id; `hub { sources { id } }` lists them.".to_owned();
            let fault = InputFault { path: vec!["id".to_owned()], code: "UNKNOWN_SOURCE", message };
            return Ok(RefreshSourcePayload::new(None, vec![fault], None));
        };
        let harvester = std::sync::Arc::clone(hub.harvester());
        tokio::spawn(async move { harvester.refresh(&id.0).await });
        Ok(RefreshSourcePayload::new(Some(source), Vec::new(), None))
    }
}

/// Carries a change out; what it made or changed is seen in a view of afterwards.
async fn made(asker: &Asker, client_id: Option<&str>, change: &impl Change) -> Result<(Option<Node>, Vec<InputFault>)> {
    let made: Result<String, ChangeFault> = asker.changes.apply(&asker.caller, client_id, change).await;
    let (subject, faults) = sorted(made)?;
    let view: View = asker.changes.hub().view();
    Ok((subject.and_then(|id| node_of(&view, &id)), faults))
}

async fn application_of(asker: &Asker, id: Option<String>) -> Result<Option<Application>> {
    let Some(id) = id else { return Ok(None) };
    let hub = asker.changes.hub();
    let row = hub.database().application(&id).await.map_err(internal)?;
    Ok(row.map(|row| Application::new(&hub.view(), row)))
}

fn need(node: Option<Node>) -> Option<Need> {
    match node {
        Some(Node::Need(need)) => Some(need),
        _ => None,
    }
}

fn offer(node: Option<Node>) -> Option<Offer> {
    match node {
        Some(Node::Offer(offer)) => Some(offer),
        _ => None,
    }
}

fn partnership(node: Option<Node>) -> Option<Partnership> {
    match node {
        Some(Node::Partnership(partnership)) => Some(partnership),
        _ => None,
    }
}
