//! One decision of a law with where it was made, in words and tables.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Averages, Names, Part, Quotas};
use super::{admission, contest, corrections, matrix, placed, tiers, ties};
use crate::count::PlaceId;
use crate::insight::table::Table;
use crate::outcome::Outcome;
use crate::rule::Record;
use crate::rule::trace::ContestRecord;

/// One decision of a law: its record, where it was made, and what it says.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
/// for step in outcome.explain().steps() {
///     println!("{step:?}");
/// }
/// # assert!(outcome.explain().steps().count() > 0);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    outcome: &'a Outcome,
    at: usize,
    record: &'a Record,
    only: Option<PlaceId>,
}

impl<'a> Step<'a> {
    /// The record at this position of the trace; of placements, what concerns one place alone.
    pub(super) fn new(outcome: &'a Outcome, at: usize, only: Option<PlaceId>) -> Self {
        Self { outcome, at, record: &outcome.trace().records()[at], only }
    }

    /// What was decided, with its numbers.
    #[must_use]
    pub const fn record(&self) -> &'a Record {
        self.record
    }

    /// The name of the tier, or its number from 1; `None` for seats won before the first.
    #[must_use]
    pub fn tier(&self) -> Option<&'a str> {
        Some(self.outcome.tiers().get(self.tier_number()?)?.name())
    }

    /// The article of the statute that it follows, where the law names one.
    #[must_use]
    pub fn article(&self) -> Option<&'a str> {
        self.outcome.tiers().get(self.tier_number()?)?.article()
    }

    /// The region or district where it was decided; `None` for the nation.
    #[must_use]
    pub fn place(&self) -> Option<&'a str> {
        let place = self.outcome.places().get(self.place_id().index().checked_sub(1)?)?;
        Some(place.name())
    }

    /// What a seat cost and what each party bought, where seats went by largest remainders.
    #[must_use]
    pub fn quotas(&self) -> Option<Quotas> {
        self.contest().and_then(|contest| Quotas::of(&self.names(), contest))
    }

    /// Claims and the cut, where seats went by highest averages.
    #[must_use]
    pub fn averages(&self) -> Option<Averages> {
        self.contest().and_then(|contest| Averages::of(&self.names(), contest))
    }

    /// What it says in sentences.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let lines = |part: Part| match part {
            Part::Text(text) => Vec::from([text]),
            Part::Lines(lines) => lines,
            Part::Table(_) => Vec::new(),
        };
        self.parts().into_iter().flat_map(lines).collect()
    }

    /// What it says in tables.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let tables = |part: Part| if let Part::Table(table) = part { Some(table) } else { None };
        self.parts().into_iter().filter_map(tables).collect()
    }

    pub(super) const fn names(&self) -> Names<'a> {
        Names { outcome: self.outcome }
    }

    pub(super) const fn contest(&self) -> Option<&'a ContestRecord> {
        match self.record {
            Record::Contest(contest) => Some(contest),
            _ => None,
        }
    }

    /// The tier, counted from 0.
    pub(super) fn tier_number(&self) -> Option<usize> {
        Some(match self.record {
            Record::Direct(_) => return None,
            Record::Sizes(record) => record.tier,
            Record::Admission(record) => record.tier,
            Record::Fragments(record) => record.tier,
            Record::Bonus(record) => record.tier,
            Record::Contest(record) => record.tier,
            Record::Capped(record) => record.tier,
            Record::Floor(record) => record.tier,
            Record::Majority(record) => record.tier,
            Record::Exhausted(record) => record.tier,
            Record::Partial(record) => record.tier,
            Record::TopUp(record) => record.tier,
            Record::Levelled(record) => record.tier,
            Record::Returned(record) => record.tier,
            Record::Linked(record) => record.tier,
            Record::Placed(record) => record.tier,
            Record::Settled(record) => record.tier,
            Record::Matrix(record) => record.tier,
            Record::Chosen(record) => record.choice.tier,
        })
    }

    pub(super) const fn place_id(&self) -> PlaceId {
        match self.record {
            Record::Direct(record) => record.place,
            Record::Sizes(_) => PlaceId::NATION,
            Record::Admission(record) => record.place,
            Record::Fragments(record) => record.place,
            Record::Bonus(record) => record.place,
            Record::Contest(record) => record.place,
            Record::Capped(record) => record.place,
            Record::Floor(record) => record.place,
            Record::Majority(record) => record.place,
            Record::Exhausted(record) => record.place,
            Record::Partial(record) => record.place,
            Record::TopUp(record) => record.place,
            Record::Levelled(record) => record.place,
            Record::Returned(record) => record.place,
            Record::Linked(record) => record.place,
            Record::Placed(record) => record.place,
            Record::Settled(record) => record.place,
            Record::Matrix(record) => record.place,
            Record::Chosen(record) => record.choice.place,
        }
    }

    /// Whether it decided something about one place: in it, or by placing seats there.
    pub(super) fn is_about(&self, place: PlaceId) -> bool {
        self.place_id() == place
            || match self.record {
                Record::Placed(record) => record.placed.iter().any(|&(_, there, _, seats)| there == place && seats > 0),
                Record::Settled(record) => record.places.contains(&place),
                Record::Sizes(record) => record.places.contains(&place),
                Record::Matrix(record) => record.districts.contains(&place),
                _ => false,
            }
    }

    /// What it says, in words and tables.
    pub(super) fn parts(&self) -> Vec<Part> {
        let names = &self.names();
        match self.record {
            Record::Direct(record) => corrections::direct(names, record),
            Record::Sizes(record) => corrections::sizes(names, record),
            Record::Admission(record) => admission::parts(names, record),
            Record::Fragments(record) => corrections::fragments(names, record),
            Record::Bonus(record) => corrections::bonus(names, record),
            Record::Contest(record) => contest::parts(names, record, self.alliance(record)),
            Record::Capped(record) => corrections::cap(names, record),
            Record::Floor(record) => corrections::floor(names, record),
            Record::Majority(record) => corrections::majority(names, record),
            Record::Exhausted(record) => corrections::exhausted(names, record),
            Record::Partial(record) => tiers::partial(names, record),
            Record::TopUp(record) => tiers::top_up(names, record),
            Record::Levelled(record) => tiers::levelled(names, record),
            Record::Returned(record) => tiers::returned(names, record),
            Record::Linked(record) => tiers::linked(names, record),
            Record::Placed(record) => placed::placed(names, record, self.only),
            Record::Settled(record) => placed::settled(names, record, self.only),
            Record::Matrix(record) => matrix::parts(names, record, self.only),
            Record::Chosen(record) => ties::chosen(names, record),
        }
    }

    /// The alliance whose members share these seats: one that competed as a whole before, at the same tier and place.
    fn alliance(&self, contest: &ContestRecord) -> Option<String> {
        let before = self.outcome.trace().records()[..self.at].iter().rev();
        let alliances = before.filter_map(|record| match record {
            Record::Contest(outer) if outer.tier == contest.tier && outer.place == contest.place => Some(outer),
            _ => None,
        });
        let holds = |parties: &[crate::PartyId]| {
            parties.len() > 1
                && contest.entries.iter().flat_map(|entry| &entry.parties).all(|party| parties.contains(party))
                && contest.entries.iter().all(|entry| entry.parties.len() < parties.len())
        };
        let found = alliances.flat_map(|outer| &outer.entries).find(|entry| holds(&entry.parties));
        found.map(|entry| self.names().parties(&entry.parties))
    }
}
