//! What mutations answer: the object under its own name, what was wrong with the input, and the sender's own id.

use async_graphql::{Result, SimpleObject};

use super::super::error::internal;
use super::super::types::{Application, Feedback, Need, Offer, Partnership, Project, Source};
use crate::changes::{ChangeFault, InputFault};

/// What was wrong with an input.
#[derive(SimpleObject)]
pub(super) struct UserError {
    /// The path to the field in the input; empty where the whole of it is meant.
    path: Vec<String>,
    /// What is wrong, such as `TOO_LONG`; a code keeps its meaning for ever.
    code: &'static str,
    /// A sentence that says what to do.
    message: String,
}

impl From<InputFault> for UserError {
    fn from(InputFault { path, code, message }: InputFault) -> Self {
        Self { path, code, message }
    }
}

/// What a change made, and what was wrong with its input. Anything else is an error of GraphQL.
pub(super) fn sorted(made: Result<String, ChangeFault>) -> Result<(Option<String>, Vec<InputFault>)> {
    match made {
        Ok(subject) => Ok((Some(subject), Vec::new())),
        Err(ChangeFault::Input(faults)) => Ok((None, faults)),
        Err(fault) => Err(internal(fault)),
    }
}

macro_rules! payload {
    ($(#[$doc:meta])* $name:ident, $(#[$field_doc:meta])* $field:ident: $object:ty) => {
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub(super) struct $name {
            $(#[$field_doc])*
            $field: Option<$object>,
            /// What was wrong with the input; empty where all was well.
            errors: Vec<UserError>,
            /// The sender's own id, as it was given; null where none was.
            client_mutation_id: Option<String>,
        }

        impl $name {
            pub(super) fn new($field: Option<$object>, faults: Vec<InputFault>, id: Option<String>) -> Self {
                let errors = faults.into_iter().map(UserError::from).collect();
                Self { $field, errors, client_mutation_id: id }
            }
        }
    };
}

payload!(
    /// What became of an application.
    ApplyForMembershipPayload,
    /// The application; null where the input has errors.
    application: Application
);
payload!(
    /// What became of a need.
    PublishNeedPayload,
    /// The need, as it is shown now; null where the input has errors.
    need: Need
);
payload!(
    /// What became of an offer.
    PublishOfferPayload,
    /// The offer, as it is shown now; null where the input has errors.
    offer: Offer
);
payload!(
    /// What became of a need that was taken back.
    WithdrawNeedPayload,
    /// The need, as it is shown now; null where the input has errors.
    need: Need
);
payload!(
    /// What became of an offer that was taken back.
    WithdrawOfferPayload,
    /// The offer, as it is shown now; null where the input has errors.
    offer: Offer
);
payload!(
    /// What became of a proposal.
    ProposePartnershipPayload,
    /// The partnership, as it is shown now; null where the input has errors.
    partnership: Partnership
);
payload!(
    /// What became of a confirmation.
    ConfirmPartnershipPayload,
    /// The partnership, as it is shown now; null where the input has errors.
    partnership: Partnership
);
payload!(
    /// What became of feedback.
    GiveFeedbackPayload,
    /// The feedback; null where the input has errors.
    feedback: Feedback
);
payload!(
    /// What became of a decision about an application.
    DecideApplicationPayload,
    /// The application, as it stands now; null where the input has errors.
    application: Application
);
payload!(
    /// What became of a decision about a link.
    DecideLinkPayload,
    /// The first of the two projects, with its links as they are now; null where the input has errors.
    project: Project
);
payload!(
    /// A source that is being read.
    RefreshSourcePayload,
    /// The source, as it was when the reading began; null where there is none.
    source: Source
);
