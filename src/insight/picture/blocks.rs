//! Who sits where: the seats of parties from left to right, ties between those who claim them, what is vacant at the end.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::canvas::Kind;
use super::ink::Paint;
use super::style::{COLOURED, Style};
use crate::num::text::{counted, grouped};
use crate::outcome::{Outcome, PartyOutcome, PlaceOutcome, TieOutcome};

/// Neighbouring seats of one party, of one tie, or of the smaller parties together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) name: String,
    pub(super) short: String,
    pub(super) seats: u64,
    /// The seats by the part of the law that gave them.
    pub(super) parts: Vec<(Kind, u64)>,
    pub(super) paint: Paint,
}

impl Block {
    fn open(name: &str, seats: u64) -> Self {
        Self {
            name: name.into(),
            short: name.into(),
            seats,
            parts: Vec::from([(Kind::Open, seats)]),
            paint: Style::rest(),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.parts.iter().all(|(kind, _)| *kind == Kind::Open)
    }

    /// "Labour 48".
    pub(super) fn told(&self) -> String {
        format!("{} {}", self.name, grouped(self.seats))
    }

    /// The kind of each seat, in their order.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> + '_ {
        self.parts.iter().flat_map(|&(kind, seats)| (0..seats).map(move |_| kind))
    }
}

/// The seats of the nation.
pub(super) fn of_outcome(outcome: &Outcome, style: &Style) -> Vec<Block> {
    let ties: Vec<&TieOutcome> = if outcome.ways().is_empty() { outcome.ties().iter().collect() } else { Vec::new() };
    let parts = parts(outcome);
    let by_part = |party: &PartyOutcome| -> Vec<u64> {
        let at = outcome.parties().iter().position(|other| other.name() == party.name());
        at.map(|at| parts.iter().map(|part| part.seats[at]).collect()).unwrap_or_default()
    };
    let mut blocks = in_order(outcome.parties(), &ties, &style.paints(outcome), style, &by_part);
    let shown = blocks.iter().fold(0_u64, |sum, block| sum.saturating_add(block.seats));
    let others = outcome.total_seats().saturating_sub(shown).saturating_sub(outcome.vacant());
    let hang = others > 0 && !outcome.ways().is_empty();
    blocks.extend(hang.then(|| Block::open("hang on a tie", others)));
    blocks.extend((outcome.vacant() > 0).then(|| Block::open("vacant", outcome.vacant())));
    blocks
}

/// The seats of one place; all tiers' parts are those of the nation.
pub(super) fn of_place(
    place: &PlaceOutcome,
    parts: &[Part],
    paints: &BTreeMap<String, Paint>,
    style: &Style,
) -> Vec<Block> {
    let ties: Vec<&TieOutcome> = place.ties().iter().collect();
    let by_part = |party: &PartyOutcome| -> Vec<u64> {
        let key = (place.name().to_string(), party.name().to_string());
        let later: Vec<u64> = parts.iter().skip(1).map(|part| part.at.get(&key).copied().unwrap_or(0)).collect();
        let first = party.certain().saturating_sub(later.iter().sum());
        core::iter::once(first).chain(later).collect()
    };
    let mut blocks = in_order(place.parties(), &ties, paints, style, &by_part);
    blocks.extend((place.vacant() > 0).then(|| Block::open("vacant", place.vacant())));
    blocks
}

/// Parties from left to right, each tie after the first of those who claim it.
fn in_order(
    parties: &[PartyOutcome],
    ties: &[&TieOutcome],
    paints: &BTreeMap<String, Paint>,
    style: &Style,
    by_part: &dyn Fn(&PartyOutcome) -> Vec<u64>,
) -> Vec<Block> {
    let mut parties: Vec<&PartyOutcome> = parties.iter().collect();
    parties.sort_by_key(|party| style.place(party.name()));
    let named = named(&parties, style);
    let mut ties = joined(ties);
    let (mut blocks, mut rest) = (Vec::new(), Vec::new());
    for party in parties {
        let block = || {
            let seats = by_part(party);
            let won = seats.iter().enumerate().map(|(part, &seats)| (Kind::Won(part), seats));
            let parts = won.filter(|(_, seats)| *seats > 0).collect::<Vec<_>>();
            let known = parts.iter().map(|(_, seats)| *seats).sum::<u64>() == party.certain();
            Block {
                name: party.name().into(),
                short: style.shown(party.name()).into(),
                seats: party.certain(),
                parts: if known { parts } else { Vec::from([(Kind::Won(0), party.certain())]) },
                paint: paints.get(party.name()).cloned().unwrap_or_else(Style::rest),
            }
        };
        if party.certain() > 0 {
            if named.contains(&party.name()) { blocks.push(block()) } else { rest.push(block()) }
        }
        let (here, later): (Vec<_>, Vec<_>) =
            ties.into_iter().partition(|(names, _)| names.iter().any(|name| name == party.name()));
        ties = later;
        blocks.extend(here.iter().map(|(names, seats)| Block::open(&format!("tied: {}", names.join(", ")), *seats)));
    }
    if rest.len() > 1 {
        let seats = rest.iter().fold(0_u64, |sum, block| sum.saturating_add(block.seats));
        let name = format!("{} others", grouped(rest.len() as u128));
        let parts = Vec::from([(Kind::Won(0), seats)]);
        blocks.push(Block { short: name.clone(), name, seats, parts, paint: Style::rest() });
    } else {
        blocks.extend(rest);
    }
    blocks
}

/// The parties that are drawn one by one: up to nine; of more, the largest eight and those with a colour of their own.
fn named<'p>(parties: &[&'p PartyOutcome], style: &Style) -> Vec<&'p str> {
    let mut with_seats: Vec<&&PartyOutcome> = parties.iter().filter(|party| party.certain() > 0).collect();
    with_seats.sort_by_key(|party| core::cmp::Reverse((party.certain(), party.votes())));
    let few = with_seats.len() <= COLOURED;
    let one = |(at, party): (usize, &&&'p PartyOutcome)| few || at < COLOURED || style.is_coloured(party.name());
    with_seats.iter().enumerate().filter(|(at, party)| one((*at, party))).map(|(_, party)| party.name()).collect()
}

/// Ties that leave seats of parties open; those of many districts between the same parties are one.
fn joined(ties: &[&TieOutcome]) -> Vec<(Vec<String>, u64)> {
    let mut all: Vec<(Vec<String>, u64)> = Vec::new();
    for tie in ties.iter().filter(|tie| tie.places().is_empty()) {
        match all.iter_mut().find(|(parties, _)| parties == tie.parties()) {
            Some((_, seats)) => *seats = seats.saturating_add(tie.seats()),
            None => all.push((tie.parties().to_vec(), tie.seats())),
        }
    }
    all
}

/// A part of a law that gave seats: those won directly, or a tier.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// In the order of the outcome's parties.
    pub(super) seats: Vec<u64>,
    /// By place and party.
    at: BTreeMap<(String, String), u64>,
}

/// The parts of a law that gave seats, those won directly first; one alone where a tier took seats back, or ways are open.
pub(super) fn parts(outcome: &Outcome) -> Vec<Part> {
    let whole = || {
        let seats = outcome.parties().iter().map(PartyOutcome::certain).collect();
        Vec::from([Part { name: "all".into(), seats, at: BTreeMap::new() }])
    };
    if outcome.tiers().len() < 2 || !outcome.ways().is_empty() {
        return whole();
    }
    let mut parts = Vec::new();
    let mut direct: Vec<i128> = outcome.parties().iter().map(|party| i128::from(party.certain())).collect();
    for (index, tier) in outcome.tiers().iter().enumerate() {
        direct.iter_mut().zip(tier.seats()).for_each(|(direct, seats)| *direct -= seats);
        let Some(seats) = whole_numbers(tier.seats()) else { return whole() };
        let mut at = BTreeMap::new();
        for (place, gifts) in tier.places() {
            for (party, seats) in gifts {
                at.insert((place.clone(), party.clone()), u64::try_from(*seats).unwrap_or(0));
            }
        }
        parts.push(Part { name: tier.heading(index), seats, at });
    }
    let Some(direct) = whole_numbers(&direct) else { return whole() };
    parts.insert(0, Part { name: "direct".into(), seats: direct, at: BTreeMap::new() });
    parts.retain(|part| part.seats.iter().any(|&seats| seats > 0));
    if parts.is_empty() { whole() } else { parts }
}

fn whole_numbers(seats: &[i128]) -> Option<Vec<u64>> {
    seats.iter().map(|&seats| u64::try_from(seats).ok()).collect()
}

/// "98 seats: Nur Otan 83, Ak Zhol 8, CPPK 7."
pub(super) fn told(blocks: &[Block], seats: u64) -> String {
    let each: Vec<String> = blocks.iter().map(Block::told).collect();
    format!("{}: {}.", counted(seats, "seat"), each.join(", "))
}
