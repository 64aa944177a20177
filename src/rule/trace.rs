//! The trace: what every provision decided, with the numbers it was made by.

use alloc::string::String;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::choice::Chosen;
use super::method::Method;
use super::provisions::admission::Comparison;
use super::provisions::biproportional::MatrixRecord;
use super::provisions::fragments::Fragments;
use super::provisions::overhang::Overhang;
use super::provisions::place::Placement;
use crate::allocation::TieBreak;
use crate::count::{Base, PartyId, PlaceId};
use crate::method::exact::Weights;
use crate::method::{AllocationMethod, Excess, Quota};
use crate::num::Ratio;
use crate::outcome::Admission;
use crate::rule::placing::settle::{Settlement as Settled, Step};
use crate::tie::Tie;

/// The records of a law's course over a count, in the order in which they were made.
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

/// Seats that were won before the first tier, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Direct {
    /// The place.
    pub place: PlaceId,
    /// Seats by party.
    pub seats: Vec<(PartyId, i128)>,
}

/// Seats that places got from one number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SizesRecord {
    /// The tier, counted from 0, as in every record.
    pub tier: usize,
    /// The method.
    pub method: AllocationMethod,
    /// What was counted of each place.
    pub of: Base,
    /// The fewest seats of a place.
    pub minimum: u64,
    /// The seats in all.
    pub seats: u64,
    /// The places; what follows has one entry for each.
    pub places: Vec<PlaceId>,
    /// What was counted.
    pub claims: Vec<u64>,
    /// The seats.
    pub given: Vec<u64>,
}

/// Who takes part at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AdmissionRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The parties; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// First choices.
    pub votes: Vec<u64>,
    /// Whether and why.
    pub admissions: Vec<Admission>,
    /// Every comparison that the threshold made.
    pub comparisons: Vec<Vec<Comparison>>,
}

/// Votes of single-seat districts that count for lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FragmentsRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// Which votes.
    pub fragments: Fragments,
    /// What each party gained.
    pub gained: Vec<(PartyId, u128)>,
}

/// A bonus.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BonusRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The winner.
    pub party: PartyId,
    /// Its votes.
    pub votes: u64,
    /// What its share is of, as a number.
    pub whole: u128,
    /// What its share is of.
    pub of: Base,
    /// The seats.
    pub seats: u64,
}

/// A list that gave seats up to the cap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CapRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// The new seats that it would have had.
    pub would_have: u64,
    /// The new seats that the cap allows.
    pub most: u64,
}

/// A list that got what it has at least.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FloorRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// Its seats.
    pub seats: u64,
}

/// A seat given up to the absolute majority.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MajorityRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// Who has more than half of the votes.
    pub winner: PartyId,
    /// Who gave a seat up.
    pub loser: PartyId,
}

/// A list with more seats than candidates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ExhaustedRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// The new seats that it would have had.
    pub would_have: u64,
    /// The new seats that it can fill.
    pub most: u64,
}

/// Who competed in a contest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Entry {
    /// The list, or those of an alliance.
    pub parties: Vec<PartyId>,
    /// First choices.
    pub votes: u64,
    /// Seats at which a divisor sequence started.
    pub held: u64,
    /// The fewest new seats.
    pub minimum: u64,
    /// The most new seats.
    pub maximum: Option<u64>,
}

/// Votes as a method counted them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Numbers {
    Votes(Vec<u64>),
    Weights(Weights),
}

/// What a tie-break settled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Settlement {
    /// The tie-break.
    pub by: TieBreak<String>,
    /// Who won a seat by it.
    pub winners: Vec<PartyId>,
    /// Who was tied.
    pub among: Vec<PartyId>,
}

/// A question put to a method, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ContestRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// What the seats are: "the seats", "the target".
    pub about: &'static str,
    /// The method.
    pub method: Method,
    /// The seats that were given out.
    pub seats: u64,
    /// Who competed; what follows has one entry for each.
    pub entries: Vec<Entry>,
    pub(crate) numbers: Numbers,
    /// The votes of the quota as a numerator over the numbers' denominator, where they are not the numbers' sum.
    pub(crate) quota_base: Option<BigUint>,
    /// What happened to whole quotas beyond the seats.
    pub excess: Excess,
    /// New seats that are certain, those of tie-breaks included.
    pub certain: Vec<u64>,
    /// The open tie, by number of the entry.
    pub tie: Option<Tie>,
    /// What tie-breaks settled.
    pub settled: Vec<Settlement>,
    /// Seats that nobody could take.
    pub vacant: u64,
    /// The seats after each stage, where there are stages.
    pub stages: Vec<(String, Vec<u64>)>,
    /// Per stage, who meets its conditions.
    pub(crate) passing: Vec<Vec<bool>>,
}

impl ContestRecord {
    /// A party's votes as the method counted them: a whole number, or a numerator over [`denominator`](Self::denominator).
    #[must_use]
    pub fn counted(&self, entry: usize) -> BigNumber {
        match &self.numbers {
            Numbers::Votes(votes) => BigNumber(BigUint::from(votes.get(entry).copied().unwrap_or(0))),
            Numbers::Weights(weights) => BigNumber(weights.numerators().get(entry).cloned().unwrap_or(BigUint::ZERO)),
        }
    }

    /// What all counted votes are numerators over.
    #[must_use]
    pub fn denominator(&self) -> BigNumber {
        match &self.numbers {
            Numbers::Votes(_) => BigNumber(BigUint::from(1_u8)),
            Numbers::Weights(weights) => BigNumber(weights.denominator().clone()),
        }
    }
}

/// A whole number of any size, which displays in digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BigNumber(pub(crate) BigUint);

impl core::fmt::Display for BigNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// Whole quotas, and what they leave for later tiers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PartialRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The quota.
    pub quota: Quota,
    /// What a seat costs in votes, as numerator and denominator; none where nobody had votes.
    pub(crate) cost: Option<(BigUint, BigUint)>,
    /// The part of a quota that counts as a whole one.
    pub up_from: Option<Ratio>,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Votes.
    pub votes: Vec<u64>,
    /// Seats.
    pub seats: Vec<u64>,
    /// The seats that there were; none where whole quotas alone decide.
    pub limit: Option<u64>,
    /// The seats left.
    pub left: u64,
}

/// Targets beside what is held.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TopUpRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house.
    pub seats: u64,
    /// The house without seats of those who take no part or have left.
    pub house: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats held.
    pub held: Vec<u64>,
    /// Certain seats of the target.
    pub target: Vec<u64>,
    /// Who held too many and left, or gave seats back.
    pub leaving: Vec<PartyId>,
    /// What the law does with them.
    pub overhang: Overhang,
}

/// A house that grew until shares covered what parties need.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LevelledRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house before.
    pub house: u64,
    /// The house in which shares cover what is needed.
    pub size: u64,
    /// The seats that may stay unlevelled.
    pub unlevelled: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats needed.
    pub needs: Vec<u64>,
    /// Share of that house.
    pub share: Vec<u64>,
}

/// A seat that went back, or was given on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReturnedRecord {
    /// The tier.
    pub tier: usize,
    /// The district.
    pub place: PlaceId,
    /// The party.
    pub party: PartyId,
    /// -1 for a seat given back, otherwise the seats received.
    pub seats: i128,
}

/// Seats by a part of what parties lack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LinkedRecord {
    /// The tier.
    pub tier: usize,
    /// The place.
    pub place: PlaceId,
    /// The house without seats of parties that take no part.
    pub base: u128,
    /// The seats given out.
    pub seats: u64,
    /// Who took part; what follows has one entry for each.
    pub parties: Vec<PartyId>,
    /// Seats held.
    pub held: Vec<u64>,
    /// Seats by the part of the gap, before they are brought to the number there is.
    pub linked: Vec<u64>,
}

/// Seats placed inside one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PlacedRecord {
    /// The tier.
    pub tier: usize,
    /// The place whose seats were placed.
    pub place: PlaceId,
    /// The step of the law.
    pub step: Placement,
    /// Seats by party.
    pub seats: Vec<(PartyId, u64)>,
    /// Party, place, seats held there before, seats placed.
    pub placed: Vec<(PartyId, PlaceId, u64, u64)>,
    /// Each seat in the order of placing, where seats were placed one by one.
    pub moves: Vec<PlacedSeat>,
}

/// One seat placed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PlacedSeat {
    /// The party.
    pub party: PartyId,
    /// The place.
    pub place: PlaceId,
    /// The seats of the party there before.
    pub before: u64,
    /// What it was placed with, before any divisor, as numerator and denominator.
    pub(crate) claim: (BigUint, BigUint),
}

/// Seats placed by steps of a statute's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SettledRecord {
    /// The tier.
    pub tier: usize,
    /// The place whose seats were placed.
    pub place: PlaceId,
    /// The parties; rows of what follows.
    pub parties: Vec<PartyId>,
    /// The places; columns of what follows.
    pub places: Vec<PlaceId>,
    /// The seats of each place by the count, and by the law.
    pub sizes: Vec<(u64, u64)>,
    /// Seats by party and place.
    pub seats: Vec<Vec<u64>>,
    /// Seats by whole quotas of each place.
    pub whole: Vec<Vec<u64>>,
    /// What followed, in order.
    pub steps: Vec<SettleStep>,
}

/// One step after the local quotas.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SettleStep {
    /// A seat moves from one pair to another; or nobody may receive it, and it stays.
    Swap {
        /// Who gives, where.
        giver: (PartyId, PlaceId),
        /// By how many the giver is over.
        over: i64,
        /// Who receives, where.
        receiver: Option<(PartyId, PlaceId)>,
    },
    /// A seat is given back.
    GivenBack(PartyId, PlaceId),
    /// A seat is taken.
    Taken(PartyId, PlaceId),
    /// The largest party takes what is left of a place.
    Rest(PartyId, PlaceId, u64),
}

impl SettledRecord {
    pub(crate) fn of(
        tier: usize,
        place: PlaceId,
        parties: &[PartyId],
        places: &[PlaceId],
        sizes: &[u64],
        settled: &Settled,
    ) -> Self {
        let pair = |(party, at): (usize, usize)| (parties[party], places[at]);
        let step = |step: &Step| match *step {
            Step::Swap { giver, over, receiver } => {
                SettleStep::Swap { giver: pair(giver), over, receiver: receiver.map(pair) }
            }
            Step::GivenBack(at) => SettleStep::GivenBack(pair(at).0, pair(at).1),
            Step::Taken(at) => SettleStep::Taken(pair(at).0, pair(at).1),
            Step::Rest { pair: at, seats } => SettleStep::Rest(pair(at).0, pair(at).1, seats),
        };
        Self {
            tier,
            place,
            parties: parties.to_vec(),
            places: places.to_vec(),
            sizes: sizes.iter().copied().zip(settled.sizes.iter().copied()).collect(),
            seats: (0..parties.len()).map(|party| settled.seats.row(party).to_vec()).collect(),
            whole: (0..parties.len()).map(|party| settled.local.whole.row(party).to_vec()).collect(),
            steps: settled.steps.iter().map(step).collect(),
        }
    }
}
