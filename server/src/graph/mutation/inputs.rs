//! What mutations are given. Each reads itself as a change, and the sender's own id of it.

use async_graphql::{ID, InputObject};

use super::super::scalars::{CountryCodeText, LanguageTag, Url};
use super::super::types::{ApplicationState, LinkDecision, MemberKind, MemberRole, PartnershipKind, Theme};
use crate::changes::{
    Application, ApplicationDecision, Feedback, LinkChange, NeedPublication, OfferPublication, PartyProposal, Proposal,
    Publication,
};

/// The sender's own id of a change.
type ClientId = Option<String>;

/// An application for membership. Titles and names have at most 200 characters, texts 5,000; control characters are not
/// taken, and nothing is read as HTML.
#[derive(InputObject)]
pub(super) struct ApplicationInput {
    /// What the body is called.
    organisation: String,
    /// What sort of body it is.
    kind: MemberKind,
    /// Its country.
    country: CountryCodeText,
    /// Its own territory, for an authority: a KATOTTG or NUTS code. Null for others.
    place: Option<ID>,
    /// Its public site; null where it has none.
    website: Option<Url>,
    /// Who to speak to. Seen by administrators alone.
    contact_name: String,
    /// Where to write to. Seen by administrators alone.
    contact_email: String,
    /// Anything that helps to decide; null for nothing. Seen by administrators alone.
    message: Option<String>,
    /// Whether the person named agrees to the text of `hub { applicationConsent }`. Without it nothing is kept.
    consent: bool,
    /// Leave it out. Forms keep it out of people's sight; what fills it in is taken for a machine.
    fax: Option<String>,
    /// An id of your own, so that the same application sent again is made once; null for none.
    client_mutation_id: Option<String>,
}

/// A need to be published.
#[derive(InputObject)]
pub(super) struct NeedInput {
    /// The member that publishes it; null for the one that the token stands for.
    member: Option<ID>,
    /// The place in Ukraine that needs it: a KATOTTG code.
    place: ID,
    #[graphql(flatten)]
    publication: PublicationInput,
}

/// An offer to be published.
#[derive(InputObject)]
pub(super) struct OfferInput {
    /// The member that makes it; null for the one that the token stands for.
    member: Option<ID>,
    #[graphql(flatten)]
    publication: PublicationInput,
}

/// What needs and offers have in common; no type of the schema.
#[derive(InputObject)]
struct PublicationInput {
    /// What it is about.
    theme: Theme,
    /// In at most 200 characters.
    title: String,
    /// In at most 5,000 characters. Names no person.
    description: String,
    /// The languages to work together in; at least one.
    languages: Vec<LanguageTag>,
    /// The principles that it serves, by id.
    #[graphql(default)]
    principles: Vec<ID>,
    /// The calls that it answers, by id.
    #[graphql(default)]
    calls: Vec<ID>,
    /// An id of your own, so that the same change sent again is made once; null for none.
    client_mutation_id: Option<String>,
}

/// A partnership to be.
#[derive(InputObject)]
pub(super) struct PartnershipInput {
    /// What sort of tie.
    kind: PartnershipKind,
    /// Its ends: two, or three and more for a cluster.
    parties: Vec<PartnershipPartyInput>,
    /// What it is about.
    #[graphql(default)]
    themes: Vec<Theme>,
    /// The programme that brings it about; null for none.
    programme: Option<String>,
    /// What a reader should know; null for nothing.
    note: Option<String>,
    /// An id of your own, so that the same change sent again is made once; null for none.
    client_mutation_id: Option<String>,
}

/// One end of a partnership to be.
#[derive(InputObject)]
pub(super) struct PartnershipPartyInput {
    /// The member of the Alliance that it is; null for another authority.
    member: Option<ID>,
    /// What the authority is called; null for the member's own name.
    name: Option<String>,
    /// Its country; null for that of the member or the place.
    country: Option<CountryCodeText>,
    /// Its place: a KATOTTG or NUTS code; null for the member's own, or where it is not known.
    place: Option<ID>,
}

/// Feedback to the institutions of the European Union.
#[derive(InputObject)]
pub(super) struct FeedbackInput {
    /// The member that gives it; null for the one that the token stands for.
    member: Option<ID>,
    /// The record, project or place that it is about; null for none.
    about: Option<ID>,
    /// In at most 200 characters.
    title: String,
    /// In at most 5,000 characters.
    text: String,
    /// An id of your own, so that the same change sent again is made once; null for none.
    client_mutation_id: Option<String>,
}

/// A decision about an application.
#[derive(InputObject)]
pub(super) struct ApplicationDecisionInput {
    /// The application.
    application: ID,
    /// What becomes of it. What is accepted, declined or withdrawn is decided for good.
    state: ApplicationState,
    /// Why, for administrators; null for no reason.
    reason: Option<String>,
    /// As what the body is accepted; null for an associated partner.
    member_role: Option<MemberRole>,
    /// An id of your own, so that the same change sent again is made once; null for none.
    client_mutation_id: Option<String>,
}

/// A decision about the link between two projects.
#[derive(InputObject)]
pub(super) struct LinkDecisionInput {
    /// One project.
    project: ID,
    /// The other.
    other: ID,
    /// CONFIRMED or REJECTED; AUTOMATIC leaves it to the hub again.
    decision: LinkDecision,
    /// Why, for editors; null for no reason.
    reason: Option<String>,
    /// An id of your own, so that the same change sent again is made once; null for none.
    client_mutation_id: Option<String>,
}

fn texts(ids: Vec<ID>) -> Vec<String> {
    ids.into_iter().map(|id| id.0).collect()
}

fn text(id: Option<ID>) -> Option<String> {
    id.map(|id| id.0)
}

impl ApplicationInput {
    /// The application, and whether a machine filled it in.
    pub(super) fn read(self) -> (Application, bool, ClientId) {
        let application = Application {
            organisation: self.organisation,
            kind: self.kind.into(),
            country: self.country.0,
            place: text(self.place),
            website: self.website.map(|url| url.0),
            contact_name: self.contact_name,
            contact_email: self.contact_email,
            message: self.message,
            consent: self.consent,
        };
        (application, self.fax.is_some_and(|fax| !fax.is_empty()), self.client_mutation_id)
    }
}

impl NeedInput {
    pub(super) fn read(self) -> (NeedPublication, ClientId) {
        let (text, id) = self.publication.read(self.member);
        (NeedPublication { place: self.place.0, text }, id)
    }
}

impl OfferInput {
    pub(super) fn read(self) -> (OfferPublication, ClientId) {
        let (text, id) = self.publication.read(self.member);
        (OfferPublication { text }, id)
    }
}

impl PublicationInput {
    fn read(self, member: Option<ID>) -> (Publication, ClientId) {
        let publication = Publication {
            member: text(member),
            theme: self.theme.into(),
            title: self.title,
            description: self.description,
            languages: self.languages.into_iter().map(|tag| tag.0).collect(),
            principles: texts(self.principles),
            calls: texts(self.calls),
        };
        (publication, self.client_mutation_id)
    }
}

impl PartnershipInput {
    pub(super) fn read(self) -> (Proposal, ClientId) {
        let party = |party: PartnershipPartyInput| PartyProposal {
            member: text(party.member),
            name: party.name,
            country: party.country.map(|code| code.0),
            place: text(party.place),
        };
        let proposal = Proposal {
            kind: self.kind.into(),
            parties: self.parties.into_iter().map(party).collect(),
            themes: self.themes.into_iter().map(Into::into).collect(),
            programme: self.programme,
            note: self.note,
        };
        (proposal, self.client_mutation_id)
    }
}

impl FeedbackInput {
    pub(super) fn read(self) -> (Feedback, ClientId) {
        let (member, about) = (text(self.member), text(self.about));
        (Feedback { member, about, title: self.title, text: self.text }, self.client_mutation_id)
    }
}

impl ApplicationDecisionInput {
    pub(super) fn read(self) -> (ApplicationDecision, ClientId) {
        let (application, state) = (self.application.0, self.state.into());
        let role = self.member_role.map(Into::into);
        (ApplicationDecision { application, state, reason: self.reason, role }, self.client_mutation_id)
    }
}

impl LinkDecisionInput {
    pub(super) fn read(self) -> (LinkChange, ClientId) {
        let decision = self.decision.into();
        (LinkChange::new(self.project.0, self.other.0, decision, self.reason), self.client_mutation_id)
    }
}
