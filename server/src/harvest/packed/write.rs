//! Writes projects into bytes; what is written where is read in `project.rs` and `read.rs`.

use chrono::{DateTime, Datelike as _, Utc};
use connectors::model::{
    Contribution, Identifier, Issue, Money, NativeSector, Organisation, PartialDate, PriceBase, Project, Provenance,
    PublishedLocation, Text,
};

use super::read::{EPOCH, money_bits, precision};
use super::tables::{NATIVE, TablesBuilder};
use super::{BLOCK, Block, Projects};
use crate::packed::{LexiconBuilder, folded, put};

/// Shared words beyond these are written where they stand.
const MOST_SHARED: usize = 1 << 16;
/// Frames beyond these are not frames of many.
const MOST_FRAMES: usize = 1 << 12;
/// A longer text is hardly that of many.
const LONGEST_SHARED: usize = 200;

/// Packs projects as they come.
#[derive(Default)]
pub struct ProjectsBuilder {
    tables: TablesBuilder,
    blocks: Vec<Block>,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    raw: String,
    /// A list, before its length is known.
    part: Vec<u8>,
}

impl ProjectsBuilder {
    /// Adds a project.
    pub fn push(&mut self, project: &Project) {
        let raw_start = self.raw.len();
        self.raw.push_str(&project.provenance.raw);
        let mut writer = Writer {
            tables: &mut self.tables,
            out: &mut self.bytes,
            part: &mut self.part,
            native: project.id.native(),
        };
        writer.project(project, raw_start);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        if self.ends.len() == BLOCK {
            self.close();
        }
    }

    /// All of them; nothing is added any more.
    #[must_use]
    pub fn finish(mut self) -> Projects {
        if !self.ends.is_empty() {
            self.close();
        }
        self.blocks.shrink_to_fit();
        Projects { tables: self.tables.finish(), blocks: self.blocks }
    }

    /// The buffers are kept for the next block, and each block takes no more than it needs.
    fn close(&mut self) {
        let (bytes, ends, raw) = (self.bytes.as_slice().into(), self.ends.as_slice().into(), self.raw.as_str().into());
        self.blocks.push(Block { bytes, ends, raw });
        self.bytes.clear();
        self.ends.clear();
        self.raw.clear();
    }
}

struct Writer<'builder> {
    tables: &'builder mut TablesBuilder,
    out: &'builder mut Vec<u8>,
    part: &'builder mut Vec<u8>,
    native: &'builder str,
}

impl Writer<'_> {
    /// What lists and dates ask for most stands first.
    fn project(&mut self, project: &Project, raw_start: usize) {
        put::part(self.out, project.id.as_str().as_bytes());
        self.out.push(project.status as u8 | (project.instrument as u8) << 4);
        self.list(&project.titles, Self::text);
        self.list(&project.amounts, Self::money);
        for date in [project.approved_on, project.signed_on, project.started_on, project.ended_on] {
            self.date(date);
        }
        self.list(&project.countries, |writer, country| {
            let number = writer.tables.countries.number(country);
            put::number(writer.out, number);
        });
        self.optional_word(project.status_native.as_deref());
        self.list(&project.sectors, Self::sector);
        self.list(&project.organisations, Self::organisation);
        self.list(&project.descriptions, Self::text);
        self.list(&project.identifiers, Self::identifier);
        self.list(&project.locations, Self::location);
        match &project.amount_native {
            Some(words) => in_place(self.out, words, 1),
            None => self.out.push(0),
        }
        self.list(&project.contributions, Self::contribution);
        self.list(&project.issues, Self::issue);
        self.provenance(&project.provenance, raw_start);
    }

    /// A list with its length before it. Lists do not hold lists.
    fn list<Item>(&mut self, items: &[Item], mut write: impl FnMut(&mut Self, &Item)) {
        std::mem::swap(self.out, self.part);
        for item in items {
            write(self, item);
        }
        std::mem::swap(self.out, self.part);
        put::part(self.out, self.part);
        self.part.clear();
    }

    fn text(&mut self, text: &Text) {
        let language = self.tables.languages.number(&text.language);
        put::number(self.out, language << 2 | text.kind as u64);
        put::part(self.out, text.text.as_bytes());
    }

    fn money(&mut self, money: &Money) {
        let unpacked = money.value.unpack();
        let low = u64::from(unpacked.mid) << 32 | u64::from(unpacked.lo);
        let mut bits = money.basis as u8;
        let constant = match money.price_base {
            PriceBase::Current => None,
            PriceBase::Constant(year) => Some(year),
        };
        for (bit, set) in [
            (money_bits::NEGATIVE, unpacked.negative),
            (money_bits::CONSTANT, constant.is_some()),
            (money_bits::DATED, money.date.is_some()),
            (money_bits::WIDE, unpacked.hi != 0),
            (money_bits::SCALED, unpacked.scale != 0),
        ] {
            bits |= if set { bit } else { 0 };
        }
        self.out.push(bits);
        let currency = self.tables.currencies.number(&money.currency);
        put::number(self.out, currency);
        put::number(self.out, low);
        if unpacked.hi != 0 {
            put::number(self.out, unpacked.hi.into());
        }
        if unpacked.scale != 0 {
            put::number(self.out, unpacked.scale.into());
        }
        if let Some(year) = constant {
            put::signed(self.out, year.into());
        }
        if money.date.is_some() {
            self.date(money.date);
        }
    }

    /// Days since 1970, with how exact the date is; 0 for none.
    fn date(&mut self, date: Option<PartialDate>) {
        let Some(date) = date else { return self.out.push(0) };
        let days = i64::from(date.first_day().num_days_from_ce() - EPOCH);
        put::number(self.out, 1 + (folded(days) << 2 | precision(date)));
    }

    fn sector(&mut self, sector: &NativeSector) {
        self.word(&sector.scheme);
        self.optional_word(sector.code.as_deref());
        self.word(&sector.label);
    }

    fn organisation(&mut self, organisation: &Organisation) {
        self.out.push(organisation.role as u8);
        shared(&mut self.tables.names, self.out, &organisation.name, 0);
        match &organisation.reference {
            Some(reference) => shared(&mut self.tables.names, self.out, reference, 1),
            None => self.out.push(0),
        }
    }

    fn identifier(&mut self, identifier: &Identifier) {
        self.word(&identifier.scheme);
        self.framed(&identifier.value, 0);
    }

    fn location(&mut self, location: &PublishedLocation) {
        match location {
            PublishedLocation::Nationwide => self.out.push(0),
            PublishedLocation::Name(name) => {
                self.out.push(1);
                shared(&mut self.tables.names, self.out, name, 0);
            }
            PublishedLocation::Code { scheme, value } => {
                self.out.push(2);
                self.word(scheme);
                shared(&mut self.tables.names, self.out, value, 0);
            }
        }
    }

    fn contribution(&mut self, contribution: &Contribution) {
        match &contribution.reference {
            Some(reference) => self.framed(reference, 1),
            None => self.out.push(0),
        }
        self.word(&contribution.kind);
        self.money(&contribution.amount);
        self.date(contribution.date);
        self.optional_word(contribution.sector.as_deref());
    }

    fn issue(&mut self, issue: &Issue) {
        self.out.push(issue.severity as u8);
        self.word(&issue.code);
        self.optional_word(issue.field.as_deref());
        put::part(self.out, issue.message.as_bytes());
    }

    fn provenance(&mut self, provenance: &Provenance, raw_start: usize) {
        self.word(&provenance.source);
        match &provenance.url {
            Some(url) => self.framed(url, 1),
            None => self.out.push(0),
        }
        self.instant(provenance.retrieved_at);
        match digest(&provenance.sha256) {
            Some(digest) => {
                self.out.push(1);
                self.out.extend_from_slice(&digest);
            }
            None => {
                self.out.push(0);
                put::part(self.out, provenance.sha256.as_bytes());
            }
        }
        self.word(&provenance.raw_media_type);
        put::number(self.out, raw_start as u64);
        put::number(self.out, provenance.raw.len() as u64);
    }

    fn instant(&mut self, instant: DateTime<Utc>) {
        let number = self.tables.instants.number(&instant);
        put::number(self.out, number);
    }

    fn word(&mut self, word: &str) {
        shared(&mut self.tables.words, self.out, word, 0);
    }

    fn optional_word(&mut self, word: Option<&str>) {
        match word {
            Some(word) => shared(&mut self.tables.words, self.out, word, 1),
            None => self.out.push(0),
        }
    }

    /// A text in which the native part of the id may stand: an address, a number of a loan part.
    fn framed(&mut self, text: &str, beside_none: u64) {
        let around = text.split_once(self.native).filter(|_| !self.native.is_empty() && !text.contains(NATIVE));
        let frame = around.map(|(before, after)| format!("{before}{NATIVE}{after}"));
        let frame = frame.filter(|frame| frame.len() <= LONGEST_SHARED);
        match frame.and_then(|frame| self.tables.frames.number(&frame, MOST_FRAMES)) {
            Some(number) => put::number(self.out, (u64::from(number) << 1) + beside_none),
            None => in_place(self.out, text, beside_none),
        }
    }
}

/// A text by its number where it is shared, else in its place. Where none is possible it is written as 0, and everything
/// else as one more.
fn shared(lexicon: &mut LexiconBuilder, out: &mut Vec<u8>, text: &str, beside_none: u64) {
    let number = (text.len() <= LONGEST_SHARED).then(|| lexicon.number(text, MOST_SHARED)).flatten();
    match number {
        Some(number) => put::number(out, (u64::from(number) << 1) + beside_none),
        None => in_place(out, text, beside_none),
    }
}

fn in_place(out: &mut Vec<u8>, text: &str, beside_none: u64) {
    put::number(out, ((text.len() as u64) << 1 | 1) + beside_none);
    out.extend_from_slice(text.as_bytes());
}

/// The bytes of 64 small hexadecimal digits; `None` for any other text.
fn digest(text: &str) -> Option<[u8; 32]> {
    let digit = |letter: u8| match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let mut digest = [0; 32];
    for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(digest)
}
