//! `Application`: a body that wants to join, and who stands behind it.

use async_graphql::{ID, Object, SimpleObject, TypeName};

use super::{ApplicationState, Country, Member, MemberKind, Place};
use crate::access::Role;
use crate::changes;
use crate::db::{ApplicantRow, ApplicationRow};
use crate::graph::error::CallerFault;
use crate::graph::guard::AtLeast;
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Instant, Url};
use crate::records::{self, RecordRef};
use crate::view::View;

/// An application for membership.
#[derive(Clone)]
pub struct Application {
    view: View,
    row: ApplicationRow,
}

impl Application {
    /// The application of a row.
    #[must_use]
    pub fn new(view: &View, row: ApplicationRow) -> Self {
        Self { view: view.clone(), row }
    }

    /// A page of applications, the newest first.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        rows: &[ApplicationRow],
        state: Option<changes::ApplicationState>,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let rows: Vec<&ApplicationRow> =
            rows.iter().filter(|row| state.is_none_or(|state| state.name() == row.state)).collect();
        let key = |row: &&ApplicationRow| super::need::newest_first(row.received_at, &row.id);
        Connection::of(&rows, &("applications", state.map(changes::ApplicationState::name)), arguments, key, |row| {
            Self::new(view, (*row).clone())
        })
    }
}

impl TypeName for Application {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Application".into()
    }
}

/// An application for membership. Who sent it sees it once, in the answer; from then on administrators do.
#[Object]
impl Application {
    /// Stable.
    pub async fn id(&self) -> ID {
        ID(self.row.id.clone())
    }

    /// The body that applies.
    async fn organisation(&self) -> &str {
        &self.row.organisation
    }

    /// What sort of body it is.
    async fn kind(&self) -> MemberKind {
        let kind: Option<records::MemberKind> = serde_json::from_value(self.row.kind.clone().into()).ok();
        kind.unwrap_or(records::MemberKind::Other).into()
    }

    /// Its country; null where the hub no longer knows its code.
    async fn country(&self) -> Option<Country> {
        Country::find(connectors::model::CountryCode::new(&self.row.country).ok()?)
    }

    /// Its own territory; null where none was given.
    async fn place(&self) -> Option<Place> {
        Place::find(&self.view, self.row.place.as_deref()?)
    }

    /// Its public site; null where none was given.
    async fn website(&self) -> Option<Url> {
        self.row.website.clone().map(Url)
    }

    /// Where it stands.
    async fn state(&self) -> ApplicationState {
        changes::ApplicationState::named(&self.row.state).unwrap_or(changes::ApplicationState::Received).into()
    }

    /// When it came.
    async fn received_at(&self) -> Instant {
        Instant(self.row.received_at)
    }

    /// When it was last decided about; null before that.
    async fn decided_at(&self) -> Option<Instant> {
        self.row.decided_at.map(Instant)
    }

    /// Why it was decided so; null where nobody said. Administrators only.
    #[graphql(guard = "AtLeast(Role::Administrator)")]
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// The member that came of it; null unless it was accepted.
    async fn member(&self) -> Option<Member> {
        match self.view.records.find(self.row.member.as_deref()?)? {
            RecordRef::Member(position) => Some(Member::new(&self.view, position)),
            _ => None,
        }
    }

    /// Who applied; null once that is erased. Administrators only.
    #[graphql(guard = "AtLeast(Role::Administrator)")]
    async fn contact(&self) -> Option<ApplicantContact> {
        self.row.applicant.clone().map(ApplicantContact::from)
    }
}

/// Who stands behind an application: personal data, for administrators only.
#[derive(SimpleObject)]
pub struct ApplicantContact {
    /// Who to speak to.
    name: String,
    /// Where to write to.
    email: String,
    /// What they wrote; null where they wrote nothing.
    message: Option<String>,
    /// The words that they agreed to.
    consent: String,
    /// When they agreed.
    consented_at: Instant,
    /// When all of this is erased, unless they ask for it before.
    erase_after: Instant,
}

impl From<ApplicantRow> for ApplicantContact {
    fn from(row: ApplicantRow) -> Self {
        Self {
            name: row.name,
            email: row.email,
            message: row.message,
            consent: row.consent,
            consented_at: Instant(row.consented_at),
            erase_after: Instant(row.erase_after),
        }
    }
}
