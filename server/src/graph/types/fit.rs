//! `Match`: a need and an offer that fit, and why.

use async_graphql::{Object, TypeName};
use serde::Serialize;

use super::{Need, Offer};
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments};
use crate::join::Fit;
use crate::view::View;

/// A need and an offer that fit.
#[derive(Clone)]
pub struct Match {
    view: View,
    fit: Fit,
}

impl Match {
    /// A page of fits that stand in the order of their ranks, those of one rank by `id`.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        fits: &[Fit],
        id: impl Fn(&Fit) -> String,
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let key = |fit: &Fit| (fit.rank(), id(fit));
        Connection::of(fits, &("matches", list), arguments, key, |fit| Self { view: view.clone(), fit: *fit })
    }
}

impl TypeName for Match {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Match".into()
    }
}

/// A need and an offer that fit: both are open and about one theme. The score adds five parts: one theme (0.35), a
/// language in common (0.2), communities of a like size (0.15), the community's partnerships (0.15; most for one with
/// the offering member, little where it has many others), and partner projects on the theme there (0.15; most where
/// there is none). A part that cannot be told counts half.
#[Object]
impl Match {
    /// The need.
    async fn need(&self) -> Need {
        Need::new(&self.view, self.fit.need)
    }

    /// The offer.
    async fn offer(&self) -> Offer {
        Offer::new(&self.view, self.fit.offer)
    }

    /// How well they fit, 0 to 1.
    async fn score(&self) -> f64 {
        self.fit.score()
    }

    /// Why, a sentence for each part of the score: theme, languages, size, partnerships, partner projects.
    async fn reasons(&self) -> Vec<String> {
        self.view.engagement.matches().reasons(self.fit)
    }
}
