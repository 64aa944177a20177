//! The order of an explanation: tiers, in them the nation and places; of many places, a line each.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::quotas::fraction;
use super::{Explanation, Part, Step, contest, ties};
use crate::count::PlaceId;
use crate::insight::table::Table;
use crate::num::text::{counted, grouped};
use crate::outcome::{PartyOutcome, Warning};
use crate::rule::Record;
use crate::rule::trace::PartialRecord;

/// Places that are told one after the other; of more, a line each.
const TOLD: usize = 3;
/// Lines of places that are shown; of more, the closest.
const LINES: usize = 40;

/// A part of an explanation under one heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub(super) heading: Option<String>,
    /// Each with whether it begins a step.
    pub(super) parts: Vec<(bool, Part)>,
}

impl Section {
    fn add(&mut self, step: Vec<Part>) {
        self.parts.extend(step.into_iter().enumerate().map(|(at, part)| (at == 0, part)));
    }
}

impl Explanation<'_> {
    /// What is told, under its headings.
    pub(super) fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let steps: Vec<Step<'_>> = self.steps().collect();
        for tier in core::iter::once(None).chain((0..self.outcome.tiers().len()).map(Some)) {
            let own: Vec<&Step<'_>> = steps.iter().filter(|step| step.tier_number() == tier).collect();
            sections.extend(self.tier(tier, &own));
        }
        sections.push(self.end(&steps));
        sections.retain(|section| !section.parts.is_empty());
        sections
    }

    /// One tier, with a section for each place that is told in full.
    fn tier(&self, tier: Option<usize>, steps: &[&Step<'_>]) -> Vec<Section> {
        let mut heading = tier.and_then(|tier| self.tier_heading(tier));
        let mut places: Vec<PlaceId> =
            steps.iter().map(|step| step.place_id()).filter(|&place| place != PlaceId::NATION).collect();
        places.sort_unstable();
        places.dedup();
        let together = places.len() > TOLD;
        let mut sections: Vec<Section> = Vec::new();
        let mut last: Option<PlaceId> = None;
        let mut summed = false;
        for step in steps {
            let place = step.place_id();
            let in_short = together && place != PlaceId::NATION;
            let shown = if in_short { PlaceId::NATION } else { place };
            if last != Some(shown) {
                let name = step.place().filter(|_| !in_short && self.place.is_none()).map(String::from);
                let both = [heading.take(), name].into_iter().flatten().collect::<Vec<_>>().join(" – ");
                sections.push(Section { heading: Some(both).filter(|text| !text.is_empty()), parts: Vec::new() });
                last = Some(shown);
            }
            let Some(section) = sections.last_mut() else { continue };
            match in_short {
                false => section.add(step.parts()),
                true if !summed => {
                    summed = true;
                    section.add(in_short_all(steps));
                }
                true => {}
            }
        }
        sections
    }

    /// "Tier 2: levelling seats (19 seats), section 11-6"; of a single tier, its article.
    fn tier_heading(&self, tier: usize) -> Option<String> {
        let known = self.outcome.tiers().get(tier)?;
        if self.outcome.tiers().len() == 1 {
            return known.article().map(String::from);
        }
        let name = known.name();
        let seats: i128 = known.seats().iter().sum();
        let named = if name.parse() == Ok(tier + 1) { String::new() } else { format!(": {name}") };
        let seats = u128::try_from(seats).ok().filter(|&seats| seats > 0);
        let seats = seats.map(|seats| format!(" ({})", counted(seats, "seat"))).unwrap_or_default();
        let article = known.article().map(|article| format!(", {article}")).unwrap_or_default();
        Some(format!("Tier {}{named}{seats}{article}", tier + 1))
    }

    /// What is left to say: ties, clauses that were not needed, warnings, the result where there was more than one step.
    fn end(&self, steps: &[Step<'_>]) -> Section {
        let mut section = Section::default();
        if let Some(place) = self.place.and_then(|place| self.outcome.places().get(place.index() - 1)) {
            let seats = result(place.parties(), "Seats there");
            section.add(Vec::from([Part::text(seats)]));
            return section;
        }
        section.add(ties::open(self.outcome));
        if steps.iter().filter(|step| step.contest().is_some()).count() != 1 || !self.outcome.ways().is_empty() {
            let certain = if self.outcome.ties().is_empty() { "All together" } else { "Certain" };
            section.add(Vec::from([Part::text(result(self.outcome.parties(), certain))]));
        }
        let mut idle: Vec<String> = Vec::new();
        for clause in self.outcome.tiers().iter().flat_map(crate::TierOutcome::idle) {
            let text = clause.to_string();
            if !idle.contains(&text) {
                idle.push(text);
            }
        }
        if !idle.is_empty() {
            section.add(Vec::from([Part::text(format!("Not needed here: {}.", idle.join("; ")))]));
        }
        let other = self.outcome.warnings().iter().filter(|warning| !matches!(warning, Warning::OpenTie { .. }));
        let warnings: Vec<String> = other.map(|warning| format!("Note: {warning}.")).collect();
        if !warnings.is_empty() {
            section.add(Vec::from([Part::Lines(warnings)]));
        }
        section
    }
}

/// "All together: A 3, B 2."
fn result(parties: &[PartyOutcome], what: &str) -> String {
    let mut with_seats: Vec<&PartyOutcome> = parties.iter().filter(|party| party.certain() > 0).collect();
    with_seats.sort_by_key(|party| core::cmp::Reverse((party.certain(), party.votes())));
    let seats: Vec<String> =
        with_seats.iter().map(|party| format!("{} {}", party.name(), grouped(party.certain()))).collect();
    if seats.is_empty() { format!("{what}: nobody has a seat.") } else { format!("{what}: {}.", seats.join(", ")) }
}

/// Many places: the contests as a table, a line each, then what else happened there.
fn in_short_all(steps: &[&Step<'_>]) -> Vec<Part> {
    let local: Vec<&&Step<'_>> = steps.iter().filter(|step| step.place_id() != PlaceId::NATION).collect();
    let mut parts = Vec::new();
    let mut contests: Vec<[String; 5]> = Vec::new();
    let mut partial: Vec<(String, &PartialRecord)> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut direct: Vec<String> = Vec::new();
    for step in &local {
        let place = step.place().unwrap_or_default();
        match step.record() {
            Record::Contest(record) => contests.push(contest::summary(&step.names(), record)),
            Record::Partial(record) => partial.push((place.into(), record)),
            Record::Admission(_) => {}
            Record::Direct(_) => direct.push(place.into()),
            _ => others.extend(step.sentences().into_iter().map(|sentence| format!("{place}: {sentence}"))),
        }
    }
    if !direct.is_empty() {
        let places = counted(direct.len() as u128, "place");
        parts.push(Part::text(format!("Seats were won directly in {places}, before any list.")));
    }
    if let Some(first) = local.iter().find_map(|step| step.contest()) {
        let number = counted(contests.len() as u128, "contest");
        parts.push(Part::text(format!("Each place by its own votes, {}: {number}.", first.method)));
        parts.extend(contest_table(contests));
    }
    if !partial.is_empty() {
        parts.push(Part::text("Each place by its own votes, full seats alone:".into()));
        parts.push(Part::Table(partial_table(&partial)));
    }
    if !others.is_empty() {
        let more = others.len().saturating_sub(LINES);
        others.truncate(LINES);
        others.extend(
            (more > 0).then(|| format!("and {} more, each told with its place", counted(more as u128, "step"))),
        );
        parts.push(Part::Lines(others));
    }
    parts
}

/// Contests, a line each; of very many, the closest.
fn contest_table(mut contests: Vec<[String; 5]>) -> Vec<Part> {
    let heads = ["place", "seats", "last seat to", "nearest to it", "votes short"];
    let all = contests.len();
    if all > LINES {
        // The closest are the ties, then those with the fewest votes short.
        let votes = |text: &str| text.replace(',', "").parse::<u128>().unwrap_or(u128::MAX);
        contests.sort_by_key(|row| (row[2] != "tied", votes(&row[4])));
        contests.truncate(LINES);
    }
    let mut table = Table::new("The last seat of each place", &heads);
    contests.into_iter().for_each(|row| table.push(row));
    let more = all.saturating_sub(LINES);
    let more =
        (more > 0).then(|| Part::text(format!("The {LINES} closest; {} more.", counted(more as u128, "contest"))));
    core::iter::once(Part::Table(table)).chain(more).collect()
}

fn partial_table(partial: &[(String, &PartialRecord)]) -> Table {
    let mut table = Table::new("Full seats of each place", &["place", "seats", "a seat costs", "full seats", "left"]);
    for (place, record) in partial {
        let cost = record.cost.as_ref().map(|(price, per)| fraction(price, per)).unwrap_or_default();
        let seats = record.limit.map(grouped).unwrap_or_default();
        let given: u128 = record.seats.iter().map(|&seats| u128::from(seats)).sum();
        table.push([place.clone(), seats, cost, grouped(given), grouped(record.left)]);
    }
    table
}
