//! The trace: what every provision decided, with the numbers it was made by.

mod contest;
mod one_place;
mod placed;
mod several_tiers;

use alloc::vec::Vec;

pub(crate) use contest::Numbers;
pub use contest::{BigNumber, ContestRecord, Entry, Settlement};
pub use one_place::{
    AdmissionRecord, BonusRecord, CapRecord, Direct, ExhaustedRecord, FloorRecord, FragmentsRecord, MajorityRecord,
    SizesRecord,
};
pub use placed::{PlacedRecord, PlacedSeat, SettleStep, SettledRecord};
pub use several_tiers::{LevelledRecord, LinkedRecord, PartialRecord, ReturnedRecord, TopUpRecord};

use super::choice::Chosen;
use super::provisions::biproportional::MatrixRecord;
use crate::count::{PartyId, PlaceId};

/// The records of a law's course over a count, in the order in which they were made.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally)?;
/// assert!(outcome.trace().records().iter().any(|record| matches!(record, Record::Contest(_))));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trace {
    records: Vec<Record>,
}

impl Trace {
    /// The records.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// No records yet, with room for those of one place: who takes part, and what the method was asked.
    pub(crate) fn with_room() -> Self {
        Self { records: Vec::with_capacity(2) }
    }

    pub(crate) fn push(&mut self, record: Record) {
        self.records.push(record);
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    pub(crate) fn truncate(&mut self, records: usize) {
        self.records.truncate(records);
    }

    /// Who took part in a tier at a place, or in the nation where parties were judged there; none where there is no record.
    pub(crate) fn admitted(&self, tier: usize, place: PlaceId) -> Option<Vec<PartyId>> {
        let of = |place: PlaceId| {
            self.records.iter().find_map(|record| match record {
                Record::Admission(admission) if admission.tier == tier && admission.place == place => Some(admission),
                _ => None,
            })
        };
        let record = of(place).or_else(|| of(PlaceId::NATION))?;
        let admitted = record.parties.iter().zip(&record.admissions).filter(|(_, admission)| admission.is_admitted());
        Some(admitted.map(|(&party, _)| party).collect())
    }
}

/// What one provision decided.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 37), ("C", 3)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("5%".parse()?)).apply(&tally)?;
/// let [Record::Admission(admission), Record::Contest(contest)] = outcome.trace().records() else { panic!("two") };
/// assert!(!admission.admissions[2].is_admitted()); // C is out first,
/// assert_eq!(contest.certain, [3, 2]); // and two parties share the seats
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Record {
    /// Seats that were won before the first tier.
    Direct(Direct),
    /// Seats that places got.
    Sizes(SizesRecord),
    /// Who takes part.
    Admission(AdmissionRecord),
    /// Votes of single-seat districts that count for lists.
    Fragments(FragmentsRecord),
    /// The winner's bonus.
    Bonus(BonusRecord),
    /// A question put to a method, and its answer.
    Contest(ContestRecord),
    /// A list that gave seats up to the cap; the contest before it is void.
    Capped(CapRecord),
    /// A list that got what it has at least; the contest before it is void.
    Floor(FloorRecord),
    /// A seat given up to the absolute majority.
    Majority(MajorityRecord),
    /// A list with more seats than candidates.
    Exhausted(ExhaustedRecord),
    /// Whole quotas, and what they leave.
    Partial(PartialRecord),
    /// Targets beside what is held.
    TopUp(TopUpRecord),
    /// A house that grew.
    Levelled(LevelledRecord),
    /// A seat that went back, or was given on.
    Returned(ReturnedRecord),
    /// Seats by a part of what parties lack.
    Linked(LinkedRecord),
    /// Seats placed.
    Placed(PlacedRecord),
    /// Seats placed by steps of a statute's own.
    Settled(SettledRecord),
    /// Seats of parties in districts, with the sums of both.
    Matrix(MatrixRecord),
    /// The end of a tie, as this way of the law has it.
    Chosen(Chosen),
}
