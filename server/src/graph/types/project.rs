//! `Project`: one partner's own record.

use async_graphql::{ID, Object, Result};
use connectors::model;

use super::{
    AmountBasis, Contribution, Country, Identifier, Instrument, LinkKind, Member, Money, Need, NeedChoice, NeedState,
    Partner, Partnership, ProjectLink, ProjectLocation, ProjectOrganisation, ProjectStatus, Provenance, QualityIssue,
    Sector, SectorMethod, Source, Text,
};
use crate::catalogue::{Record, RecordNumber};
use crate::graph::error::OrFault as _;
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Date, Instant, LanguageTag};
use crate::harvest::{PackedProject, packed};
use crate::view::View;

/// One partner's own record of a project, loan, grant or technical assistance.
#[derive(Clone)]
pub struct Project {
    view: View,
    number: RecordNumber,
}

impl Project {
    /// The project of this number in the view's catalogue.
    #[must_use]
    pub fn new(view: &View, number: RecordNumber) -> Self {
        Self { view: view.clone(), number }
    }

    /// The project of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        Some(Self::new(view, view.catalogue.by_id(id)?))
    }

    fn project(&self) -> PackedProject<'_> {
        self.view.catalogue.project(self.number)
    }

    fn record(&self) -> Record<'_> {
        self.view.catalogue.record(self.number)
    }
}

/// The text in the first of the languages that there is one in; without any wanted the English one, else the first.
pub(in crate::graph) fn chosen<'text, Texts: Iterator<Item = packed::Text<'text>>>(
    texts: impl Fn() -> Texts,
    languages: &[LanguageTag],
) -> Option<packed::Text<'text>> {
    let mut all = texts();
    let (first, second) = (all.next()?, all.next());
    if second.is_none() {
        return Some(first);
    }
    let wanted = languages.iter().map(|tag| &tag.0).chain([&model::Language::EN]);
    let found = wanted.filter_map(|language| texts().find(|text| text.language == language)).next();
    found.or(Some(first))
}

/// The partner's own sector words in one text.
pub(in crate::graph) fn sector_words(project: PackedProject<'_>) -> Option<String> {
    let labels: Vec<&str> = project.sectors().map(|sector| sector.label).collect();
    (!labels.is_empty()).then(|| labels.join("; "))
}

/// One partner's own record of a project, loan, grant or technical assistance. Two partners that finance one
/// undertaking have a record each.
#[Object]
impl Project {
    /// Stable for ever, such as `eib:20230227`.
    pub async fn id(&self) -> ID {
        ID(self.project().id().to_string())
    }

    /// The partner whose record it is. For the OECD, the one that reported it is the organisation of role FUNDER.
    async fn partner(&self) -> Option<Partner> {
        Partner::find(&self.view, self.project().id().partner())
    }

    /// Every identifier the record carries: the partner's number, IATI identifier, CRS id, contract numbers.
    async fn identifiers(&self) -> Vec<Identifier> {
        self.project().identifiers().map(Into::into).collect()
    }

    /// The title in the first of the languages that there is one in, else in English, else as first worded. Null where no
    /// source gives one; then an issue `MISSING_TITLE` stands.
    async fn title(
        &self,
        #[graphql(desc = "Languages in order of preference.")] languages: Option<Vec<LanguageTag>>,
    ) -> Option<&str> {
        chosen(|| self.project().titles(), &languages.unwrap_or_default()).map(packed::Text::text)
    }

    /// Every wording of the title.
    async fn titles(&self) -> Vec<Text> {
        self.project().titles().map(Into::into).collect()
    }

    /// The description, in the language chosen as for `title`. Null where no source gives one.
    async fn description(
        &self,
        #[graphql(desc = "Languages in order of preference.")] languages: Option<Vec<LanguageTag>>,
    ) -> Option<&str> {
        chosen(|| self.project().descriptions(), &languages.unwrap_or_default()).map(packed::Text::text)
    }

    /// Where it stands.
    async fn status(&self) -> ProjectStatus {
        self.project().status().into()
    }

    /// The source's own words for the status; null where it gives none.
    async fn status_native(&self) -> Option<&str> {
        self.project().status_native()
    }

    /// True where the dates contradict the status; both are shown, neither is repaired.
    async fn status_conflict(&self) -> bool {
        self.record().status_conflict
    }

    /// The financial form.
    async fn instrument(&self) -> Instrument {
        self.project().instrument().into()
    }

    /// The main sector; null where none reaches a confidence of 0.6, rather than a guess. Facets then count it under
    /// `UNKNOWN`.
    async fn sector(&self) -> Option<Sector> {
        self.record().sector.main.map(Sector)
    }

    /// Every sector, the main one first.
    async fn sectors(&self) -> Vec<Sector> {
        self.record().sector.all.iter().map(|sector| Sector(sector)).collect()
    }

    /// How the sector was found, or the best guess where `sector` is null; null where there is nothing to go by.
    async fn sector_method(&self) -> Option<SectorMethod> {
        self.record().sector.method.map(Into::into)
    }

    /// How sure the sector is, 0 to 1: 1 for a published code, 0.9 or 0.7 for the partner's words by the crosswalk, 0.65 to
    /// 0.85 for words of the title or description. Below 0.6 `sector` is null, and this is that of the best guess. Null
    /// where there is nothing to go by.
    async fn sector_confidence(&self) -> Option<f64> {
        self.record().sector.confidence
    }

    /// The partner's own sector words, joined by `; ` where there are several; null where it gives none.
    async fn sector_native(&self) -> Option<String> {
        sector_words(self.project())
    }

    /// The countries it is in. For aid to refugees, the host country.
    async fn countries(&self) -> Vec<Country> {
        self.project().countries().filter_map(Country::find).collect()
    }

    /// Where it happens. Empty means not stated; NATIONWIDE is a level, never a point on the capital.
    async fn locations(&self) -> Vec<ProjectLocation> {
        let locations = self.record().locations.iter();
        locations.map(|location| ProjectLocation { view: self.view.clone(), location: location.clone() }).collect()
    }

    /// Every amount that the source states, each with what it stands for. Empty means not stated, never zero.
    async fn amounts(&self) -> Vec<Money> {
        self.project().amounts().map(|money| Money::of(&self.view, self.number, money)).collect()
    }

    /// The amount of one basis; without one, the amount that binds most (SIGNED, APPROVED, COMMITTED, PLANNED). Null where
    /// the source does not state it.
    async fn amount(
        &self,
        #[graphql(desc = "What the amount stands for.")] basis: Option<AmountBasis>,
    ) -> Option<Money> {
        let project = self.project();
        let money = match basis {
            Some(basis) => project.amount(basis.into()),
            None => crate::catalogue::lead_amount(project),
        };
        money.map(|money| Money::of(&self.view, self.number, money))
    }

    /// The source's words for an amount that has no single reading as a number; null where there are none.
    async fn amount_native(&self) -> Option<&str> {
        self.project().amount_native()
    }

    /// Loan parts, tranches and financial transactions, where published.
    async fn contributions(&self) -> Vec<Contribution> {
        let contributions = self.project().contributions();
        contributions.map(|contribution| Contribution::of(&self.view, self.number, &contribution)).collect()
    }

    /// Organisations that the source names, with what they do.
    async fn organisations(&self) -> Vec<ProjectOrganisation> {
        self.project().organisations().map(Into::into).collect()
    }

    /// When the lender's board decided; null where not stated.
    async fn approved_on(&self) -> Option<Date> {
        self.project().approved_on().map(Date)
    }

    /// When the contract was signed; null where not stated.
    async fn signed_on(&self) -> Option<Date> {
        self.project().signed_on().map(Date)
    }

    /// When it began; null where not stated.
    async fn started_on(&self) -> Option<Date> {
        self.project().started_on().map(Date)
    }

    /// When it ended or is to end; null where not stated.
    async fn ended_on(&self) -> Option<Date> {
        self.project().ended_on().map(Date)
    }

    /// When the hub first read this version of the record.
    async fn updated_at(&self) -> Instant {
        Instant(self.record().updated_at)
    }

    /// Where the record was seen, when, and exactly what was seen; null only where its source is no longer read.
    async fn provenance(&self) -> Option<Provenance> {
        let source = Source::find(&self.view, self.view.catalogue.source_of(self.number))?;
        Some(Provenance { source, provenance: self.project().provenance().to_model() })
    }

    /// What is odd about the record.
    async fn issues(&self) -> Vec<QualityIssue> {
        self.view.catalogue.issues_of(self.number).map(|number| QualityIssue::new(&self.view, number)).collect()
    }

    /// Other records of the same undertaking, of its framework, or that repeat it, with the evidence; the surest first.
    async fn links(
        &self,
        #[graphql(desc = "Only links of these kinds; null for all.")] kinds: Option<Vec<LinkKind>>,
    ) -> Vec<ProjectLink> {
        ProjectLink::all(&self.view, self.number, kinds.as_deref())
    }

    /// Members whose own territory holds one of the project's places.
    async fn members(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Member>> {
        let held = self.view.by_place.holding(self.places(), |at| &at.members);
        Member::page(
            &self.view,
            &held,
            &("project", self.project().id().as_str()),
            &PageArguments::forward(first, after),
        )
        .or_fault()
    }

    /// Partnerships with a party whose territory holds one of the project's places.
    async fn partnerships(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Partnership>> {
        let held = self.view.by_place.holding(self.places(), |at| &at.partnerships);
        Partnership::page(
            &self.view,
            &held,
            &("project", self.project().id().as_str()),
            &PageArguments::forward(first, after),
        )
        .or_fault()
    }

    /// Needs of places that hold one of the project's places, the newest first, whatever they are about.
    async fn needs(
        &self,
        #[graphql(desc = "Only those in this state; null for all that were not withdrawn.")] state: Option<NeedState>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Need>> {
        let held = self.view.by_place.holding(self.places(), |at| &at.needs);
        let chosen = NeedChoice { state, theme: None }.into();
        let list = ("project", self.project().id().as_str());
        Need::page(&self.view, &held, chosen, &list, &PageArguments::forward(first, after)).or_fault()
    }
}

impl Project {
    fn places(&self) -> impl Iterator<Item = crate::places::PlaceIndex> + '_ {
        self.record().locations.iter().filter_map(|location| location.place)
    }
}
