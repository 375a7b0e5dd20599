//! Small parts of a project: texts, identifiers, organisations, its partner and its evidence.

use connectors::partners;

use super::json::Json;
use super::selection::{Fields, Selected, Selection};
use crate::graph::types;
use crate::harvest::packed;
use crate::view::SourceNow;

/// A field of `Text`.
pub(super) enum TextField {
    Language,
    Text,
    Kind,
}

impl Fields for TextField {
    const TYPE: &'static str = "Text";
    type Row<'row> = packed::Text<'row>;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "language" => Self::Language,
            "text" => Self::Text,
            "kind" => Self::Kind,
            _ => return None,
        })
    }

    fn write(&self, text: packed::Text<'_>, json: &mut Json) {
        match self {
            Self::Language => json.text(text.language.as_str()),
            Self::Text => json.letters(text.as_bytes()),
            Self::Kind => json.name(types::TextKind::from(text.kind)),
        }
    }
}

/// A field of `Identifier`.
pub(super) enum IdentifierField {
    Scheme,
    Value,
}

impl Fields for IdentifierField {
    const TYPE: &'static str = "Identifier";
    type Row<'row> = &'row packed::Identifier<'row>;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "scheme" => Self::Scheme,
            "value" => Self::Value,
            _ => return None,
        })
    }

    fn write(&self, identifier: &packed::Identifier<'_>, json: &mut Json) {
        match self {
            Self::Scheme => json.text(identifier.scheme),
            Self::Value => json.text(&identifier.value),
        }
    }
}

/// A field of `ProjectOrganisation`.
pub(super) enum OrganisationField {
    Role,
    Name,
    Reference,
}

impl Fields for OrganisationField {
    const TYPE: &'static str = "ProjectOrganisation";
    type Row<'row> = packed::Organisation<'row>;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "role" => Self::Role,
            "name" => Self::Name,
            "reference" => Self::Reference,
            _ => return None,
        })
    }

    fn write(&self, organisation: packed::Organisation<'_>, json: &mut Json) {
        match self {
            Self::Role => json.name(types::OrganisationRole::from(organisation.role)),
            Self::Name => json.text(organisation.name),
            Self::Reference => json.optional(organisation.reference, |code, json| json.text(code)),
        }
    }
}

/// A field of `Partner`.
pub(super) enum PartnerField {
    Id,
    Name,
    Abbreviation,
    Website,
}

impl Fields for PartnerField {
    const TYPE: &'static str = "Partner";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = &'static partners::Partner;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "id" => Self::Id,
            "name" => Self::Name,
            "abbreviation" => Self::Abbreviation,
            "website" => Self::Website,
            _ => return None,
        })
    }

    fn write(&self, partner: &'static partners::Partner, json: &mut Json) {
        json.text(match self {
            Self::Id => partner.id,
            Self::Name => partner.name,
            Self::Abbreviation => partner.abbreviation,
            Self::Website => partner.website,
        });
    }
}

/// A field of `Provenance`.
pub(super) enum ProvenanceField {
    Source(Selection<SourceField>),
    Url,
    RetrievedAt,
    Sha256,
    Raw,
    RawMediaType,
}

impl Fields for ProvenanceField {
    const TYPE: &'static str = "Provenance";
    type Row<'row> = (&'row SourceNow, &'row packed::Provenance<'row>);

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "source" => Self::Source(selected.below()?),
            "url" => Self::Url,
            "retrievedAt" => Self::RetrievedAt,
            "sha256" => Self::Sha256,
            "raw" => Self::Raw,
            "rawMediaType" => Self::RawMediaType,
            _ => return None,
        })
    }

    fn write(&self, (source, provenance): (&SourceNow, &packed::Provenance<'_>), json: &mut Json) {
        match self {
            Self::Source(plan) => plan.write(source, json),
            Self::Url => json.optional(provenance.url.as_deref(), |url, json| json.text(url)),
            Self::RetrievedAt => json.instant(provenance.retrieved_at),
            Self::Sha256 => json.text(&provenance.sha256.to_string()),
            Self::Raw => json.text(provenance.raw),
            Self::RawMediaType => json.text(provenance.raw_media_type),
        }
    }
}

/// A field of `Source`.
pub(super) enum SourceField {
    Id,
    Name,
    Format,
    State,
    RetrievedAt,
}

impl Fields for SourceField {
    const TYPE: &'static str = "Source";
    const INTERFACES: &'static [&'static str] = &["Node"];
    type Row<'row> = &'row SourceNow;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "id" => Self::Id,
            "name" => Self::Name,
            "format" => Self::Format,
            "state" => Self::State,
            "retrievedAt" => Self::RetrievedAt,
            _ => return None,
        })
    }

    fn write(&self, source: &SourceNow, json: &mut Json) {
        match self {
            Self::Id => json.text(source.feed.id),
            Self::Name => json.text(source.feed.name),
            Self::Format => json.text(source.feed.format),
            Self::State => json.name(types::SourceState::from(source.state)),
            Self::RetrievedAt => json.optional(source.status.retrieved_at, |at, json| json.instant(at)),
        }
    }
}
