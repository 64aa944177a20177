//! Decisions: what a law decided, without the numbers that it decided by.
//!
//! Where votes change in proportion, k ballots at a time, a comparison whose two sides are linear in k is true on an interval
//! of k, and so are many of them together. The words here name the truth of every comparison that a record made: who passed
//! which part of a threshold, whole quotas, seats before and after tie-breaks, the order of placing. So where all comparisons
//! are linear, the k with equal decisions lie without a gap, and the end of such a stretch is found by halving.
//!
//! - Parts of a threshold: votes against a share or quota of a base.
//! - Who is next by votes; tie-breaks by votes: votes against votes.
//! - Whole quotas: votes against s quotas, where the quota is a multiple of its votes. A quota that is rounded is not, and so its
//!   value is part of the decision.
//! - Remainders: votes - s quotas against one another.
//! - Quotients v / d(s) crosswise, d fixed; roots too, as v²a > w²b is v√a > w√b.

use alloc::vec::Vec;

use num_bigint::BigUint;

use super::choice::{Candidates, Choice};
use super::provisions::admission::Shortfall;
use super::trace::{
    AdmissionRecord, ContestRecord, Numbers, PartialRecord, PlacedRecord, Record, SettleStep, SettledRecord,
    SizesRecord,
};
use crate::count::{PartyId, PlaceId};
use crate::method::{AllocationMethod, Quota, Rounding, StageKind};
use crate::outcome::Admission;
use crate::tie::Tie;

/// Decisions one after the other, as words: equality is all that is asked of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decisions {
    words: Vec<u64>,
    /// The values of rounded quotas, and what they buy.
    quotas: Vec<u128>,
}

impl Decisions {
    /// None so far, with room for as many as a law of two tiers in a few places takes.
    pub(crate) fn new() -> Self {
        Self { words: Vec::with_capacity(1_024), quotas: Vec::new() }
    }

    /// Whether all is decided alike but for the values of rounded quotas.
    pub(crate) fn equal_but_for_quotas(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// Adds a word.
    pub(crate) fn push(&mut self, word: u64) {
        self.words.push(word);
    }

    /// Adds the value of a rounded quota, or what it buys.
    pub(crate) fn push_quota(&mut self, value: u128) {
        self.quotas.push(value);
    }

    fn number(&mut self, number: usize) {
        self.words.push(number as u64);
    }

    fn place(&mut self, place: PlaceId) {
        self.number(place.index());
    }

    fn parties(&mut self, parties: &[PartyId]) {
        self.number(parties.len());
        parties.iter().for_each(|party| self.number(party.index()));
    }

    fn seats(&mut self, seats: &[u64]) {
        self.number(seats.len());
        self.words.extend_from_slice(seats);
    }

    fn signed(&mut self, seats: i128) {
        self.words.push(u64::try_from(seats.unsigned_abs()).unwrap_or(u64::MAX));
        self.words.push(u64::from(seats < 0));
    }

    fn tie(&mut self, tie: Option<&Tie>) {
        let Some(tie) = tie else { return self.push(0) };
        self.push(tie.seats());
        self.number(tie.parties().len());
        tie.parties().iter().for_each(|&at| self.number(at));
    }

    /// Adds an open choice.
    pub(crate) fn choice(&mut self, choice: &Choice) {
        self.number(choice.tier);
        self.place(choice.place);
        self.push(choice.winners);
        match &choice.candidates {
            Candidates::Parties(parties) => self.parties(parties),
            Candidates::Places(places) => places.iter().for_each(|&place| self.place(place)),
            Candidates::Pairs(pairs) => pairs.iter().for_each(|&(party, place)| {
                self.number(party.index());
                self.place(place);
            }),
        }
    }

    /// What a quota of these votes buys each, no more than its maximum, and its value where it is rounded.
    fn quota(&mut self, quota: Quota, base: &BigUint, seats: u64, votes: &[BigUint], most: &[Option<u64>]) {
        let parts = BigUint::from(u128::from(seats) + u128::from(quota.added()));
        let (price, parts) = match quota.rounding() {
            Rounding::Exact => (base.clone(), parts),
            _ => {
                let size = u128::try_from(base).ok().and_then(|votes| quota.of(votes, seats).ok());
                let price = size.map_or(0, |size| size.votes);
                self.quotas.push(price);
                (BigUint::from(price), BigUint::from(1_u8))
            }
        };
        if price == BigUint::ZERO {
            return self.push(0);
        }
        for (at, votes) in votes.iter().enumerate() {
            let whole = u64::try_from(votes * &parts / &price).unwrap_or(u64::MAX);
            let whole = whole.min(most.get(at).copied().flatten().unwrap_or(u64::MAX));
            // What a rounded quota buys comes and goes with its value.
            if quota.rounding() == Rounding::Exact { self.push(whole) } else { self.quotas.push(whole.into()) }
        }
    }

    /// The quotas of a method, each once.
    fn quotas_of(
        &mut self,
        method: &AllocationMethod,
        base: &BigUint,
        seats: u64,
        votes: &[BigUint],
        most: &[Option<u64>],
    ) {
        match method {
            AllocationMethod::LargestRemainder(quota) => self.quota(*quota, base, seats, votes, most),
            AllocationMethod::Stages(stages) => {
                for stage in stages {
                    if let StageKind::WholeQuotas(quota) | StageKind::LargestRemainders(Some(quota)) = stage.kind() {
                        self.quota(*quota, base, seats, votes, most);
                    }
                }
            }
            AllocationMethod::HighestAverages(_) | AllocationMethod::BalinskiYoung => {}
        }
    }
}

impl Record {
    /// Adds what was decided to `to`.
    pub(crate) fn decision(&self, to: &mut Decisions) {
        match self {
            Self::Direct(_) => {}
            Self::Sizes(sizes) => of_sizes(sizes, to),
            Self::Admission(admission) => of_admission(admission, to),
            Self::Fragments(fragments) => {
                fragments.gained.iter().for_each(|&(_, gained)| to.push(u64::from(gained > 0)));
            }
            Self::Bonus(bonus) => [bonus.party.index() as u64, bonus.seats].into_iter().for_each(|word| to.push(word)),
            Self::Contest(contest) => of_contest(contest, to),
            Self::Capped(capped) => {
                to.parties(&capped.parties);
                to.seats(&[capped.would_have, capped.most]);
            }
            Self::Floor(floor) => {
                to.parties(&floor.parties);
                to.push(floor.seats);
            }
            Self::Majority(majority) => to.parties(&[majority.winner, majority.loser]),
            Self::Exhausted(exhausted) => {
                to.parties(&exhausted.parties);
                to.seats(&[exhausted.would_have, exhausted.most]);
            }
            Self::Partial(partial) => of_partial(partial, to),
            Self::TopUp(top_up) => {
                to.push(top_up.house);
                to.parties(&top_up.parties);
                to.seats(&top_up.held);
                to.seats(&top_up.target);
                to.parties(&top_up.leaving);
            }
            Self::Levelled(levelled) => {
                to.push(levelled.size);
                to.seats(&levelled.needs);
                to.seats(&levelled.share);
            }
            Self::Returned(returned) => {
                to.number(returned.party.index());
                to.place(returned.place);
                to.signed(returned.seats);
            }
            Self::Linked(linked) => {
                to.seats(&linked.held);
                to.seats(&linked.linked);
            }
            Self::Placed(placed) => of_placed(placed, to),
            Self::Settled(settled) => of_settled(settled, to),
            Self::Matrix(matrix) => {
                to.parties(&matrix.parties);
                to.seats(&matrix.party_seats);
                to.seats(&matrix.district_seats);
                to.seats(matrix.allocation.certain());
            }
            Self::Chosen(chosen) => {
                to.choice(&chosen.choice);
                chosen.winners.iter().for_each(|&at| to.number(at));
            }
        }
    }
}

fn of_sizes(sizes: &SizesRecord, to: &mut Decisions) {
    to.seats(&sizes.given);
    let claims: Vec<BigUint> = sizes.claims.iter().map(|&claim| BigUint::from(claim)).collect();
    to.quotas_of(&sizes.method, &claims.iter().sum(), sizes.seats, &claims, &[]);
    sizes.claims.iter().for_each(|&claim| to.push(u64::from(claim == 0)));
}

fn of_admission(admission: &AdmissionRecord, to: &mut Decisions) {
    to.place(admission.place);
    for (admission, comparisons) in admission.admissions.iter().zip(&admission.comparisons) {
        to.push(match admission {
            Admission::Passed => 0,
            Admission::Repaired(_) => 1,
            Admission::Weighed(..) => 2,
            Admission::Refused(_) => 3,
        });
        for comparison in comparisons {
            to.push(u64::from(comparison.met));
            match &comparison.sides {
                Shortfall::Quota { quota, size, .. } if quota.rounding() != Rounding::Exact => to.quotas.push(*size),
                Shortfall::Places { passed, .. } => to.push(*passed),
                _ => {}
            }
        }
    }
    admission.votes.iter().for_each(|&votes| to.push(u64::from(votes == 0)));
}

fn of_contest(contest: &ContestRecord, to: &mut Decisions) {
    to.place(contest.place);
    to.push(contest.seats);
    for entry in &contest.entries {
        to.parties(&entry.parties);
        to.push(entry.held);
    }
    to.seats(&contest.certain);
    to.tie(contest.tie.as_ref());
    for settled in &contest.settled {
        to.parties(&settled.winners);
        to.parties(&settled.among);
    }
    for (_, seats) in &contest.stages {
        to.seats(seats);
    }
    for passes in contest.passing.iter().flatten() {
        to.push(u64::from(*passes));
    }
    match &contest.numbers {
        Numbers::Votes(votes) => votes.iter().for_each(|&votes| to.push(u64::from(votes == 0))),
        Numbers::Weights(weights) => {
            weights.numerators().iter().for_each(|own| to.push(u64::from(*own == BigUint::ZERO)));
        }
    }
    if let Some(method) = contest.method.allocation().filter(|method| has_quotas(method)) {
        let votes: Vec<BigUint> = match &contest.numbers {
            Numbers::Votes(votes) => votes.iter().map(|&votes| BigUint::from(votes)).collect(),
            Numbers::Weights(weights) => weights.numerators().to_vec(),
        };
        let base = contest.quota_base.clone().unwrap_or_else(|| votes.iter().sum());
        let most: Vec<Option<u64>> = contest.entries.iter().map(|entry| entry.maximum).collect();
        to.quotas_of(method, &base, contest.seats, &votes, &most);
    }
}

const fn has_quotas(method: &AllocationMethod) -> bool {
    matches!(method, AllocationMethod::LargestRemainder(_) | AllocationMethod::Stages(_))
}

fn of_partial(partial: &PartialRecord, to: &mut Decisions) {
    to.place(partial.place);
    to.parties(&partial.parties);
    to.seats(&partial.seats);
    to.push(partial.left);
    let Some((price, parts)) = partial.cost.as_ref().filter(|(price, _)| *price != BigUint::ZERO) else { return };
    if partial.quota.rounding() != Rounding::Exact {
        to.quotas.push(u128::try_from(price).unwrap_or(u128::MAX));
    }
    for &votes in &partial.votes {
        to.push(u64::try_from(BigUint::from(votes) * parts / price).unwrap_or(u64::MAX));
    }
}

fn of_placed(placed: &PlacedRecord, to: &mut Decisions) {
    to.place(placed.place);
    for &(party, place, before, seats) in &placed.placed {
        to.number(party.index());
        to.place(place);
        to.seats(&[before, seats]);
    }
    for seat in &placed.moves {
        to.number(seat.party.index());
        to.place(seat.place);
    }
}

fn of_settled(settled: &SettledRecord, to: &mut Decisions) {
    settled.seats.iter().chain(&settled.whole).for_each(|row| to.seats(row));
    for &(count, law) in &settled.sizes {
        to.seats(&[count, law]);
    }
    for step in &settled.steps {
        let mut pair = |&(party, place): &(PartyId, PlaceId)| {
            to.number(party.index());
            to.place(place);
        };
        match step {
            SettleStep::Swap { giver, receiver, .. } => {
                pair(giver);
                receiver.iter().for_each(pair);
            }
            SettleStep::GivenBack(party, place) | SettleStep::Taken(party, place) => pair(&(*party, *place)),
            SettleStep::Rest(party, place, seats) => {
                pair(&(*party, *place));
                to.push(*seats);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::count::{Count, CountRef, Level, Place, Tally};
    use crate::rule::choice::Chosen;
    use crate::rule::trace::{FragmentsRecord, ReturnedRecord};
    use crate::rule::{Fragments, Rule, SeatsBy, Threshold};
    use crate::{Base, Divisors};

    fn of(records: &[Record]) -> Decisions {
        let mut decisions = Decisions::new();
        records.iter().for_each(|record| record.decision(&mut decisions));
        decisions
    }

    fn of_law<'c>(law: &Rule, count: impl Into<CountRef<'c>>) -> Decisions {
        of(law.apply(count).unwrap().trace().records())
    }

    fn tally<const N: usize>(votes: [(&str, u64); N]) -> Tally {
        Tally::from_votes(votes).unwrap()
    }

    fn party(index: usize) -> PartyId {
        PartyId::at(index)
    }

    #[test]
    fn a_seat_that_goes_back_differs_from_one_that_comes_and_from_two() {
        let place = PlaceId::NATION;
        let all = [-2, -1, 1, 2]
            .map(|seats| of(&[Record::Returned(ReturnedRecord { tier: 0, place, party: party(0), seats })]));
        for at in 0..all.len() {
            assert!(all[at + 1..].iter().all(|other| *other != all[at]));
        }
    }

    #[test]
    fn ends_of_different_ties_differ() {
        let chosen = |candidates: Candidates, winners: u64, place: usize| {
            let choice = Choice { tier: 0, place: PlaceId::at(place), about: "the seats", candidates, winners };
            of(&[Record::Chosen(Chosen { choice, winners: vec![0] })])
        };
        let of_parties = |parties: &[usize]| Candidates::Parties(parties.iter().map(|&at| party(at)).collect());
        let known = chosen(of_parties(&[0, 1]), 1, 0);
        assert_eq!(known, chosen(of_parties(&[0, 1]), 1, 0));
        for other in [
            chosen(of_parties(&[0, 2]), 1, 0),
            chosen(of_parties(&[0, 1, 2]), 1, 0),
            chosen(of_parties(&[0, 1]), 2, 0),
            chosen(of_parties(&[0, 1]), 1, 1),
            chosen(Candidates::Pairs(vec![(party(0), PlaceId::at(1)), (party(1), PlaceId::at(1))]), 1, 0),
        ] {
            assert_ne!(known, other);
        }
    }

    #[test]
    fn whether_fragments_bring_a_party_votes_is_a_decision_and_how_many_is_none() {
        let gained = |votes: u128| {
            let (fragments, gained) = (Fragments::Losers, vec![(party(0), votes)]);
            of(&[Record::Fragments(FragmentsRecord { tier: 0, place: PlaceId::NATION, fragments, gained })])
        };
        assert_eq!(gained(1), gained(2));
        assert_ne!(gained(0), gained(1));
    }

    #[test]
    fn whether_a_place_has_inhabitants_at_all_is_a_decision() {
        let law =
            Rule::new(AllocationMethod::D_HONDT, 3).seats_by(SeatsBy::new(AllocationMethod::HARE, Base::Population));
        let of_inhabitants = |north: u64, south: u64| {
            let place = |name: &str, all: u64| Place::district(name, tally([("A", 1)])).with_population(all);
            of_law(&law, &Count::of_places([place("north", north), place("south", south)]).unwrap())
        };
        assert_eq!(of_inhabitants(900, 1), of_inhabitants(900, 2));
        assert_ne!(of_inhabitants(900, 0), of_inhabitants(900, 1));
    }

    /// Two counts with the same seats, of which votes buy different whole quotas.
    #[test]
    fn what_a_quota_buys_is_a_decision_but_of_a_rounded_one_it_goes_with_its_value() {
        let (one, other) = (tally([("A", 60), ("B", 40)]), tally([("A", 50), ("B", 50)]));
        let of = |rounding: Rounding, tally: &Tally| {
            of_law(&Rule::new(AllocationMethod::LargestRemainder(Quota::HARE.rounded(rounding)), 2), tally)
        };
        let exact = [&one, &other].map(|tally| of(Rounding::Exact, tally));
        assert!(exact[0] != exact[1] && !exact[0].equal_but_for_quotas(&exact[1]));
        let rounded = [&one, &other].map(|tally| of(Rounding::Down, tally));
        assert!(rounded[0] != rounded[1] && rounded[0].equal_but_for_quotas(&rounded[1]));
    }

    #[test]
    fn the_value_of_a_rounded_quota_that_a_threshold_asks_for_is_a_decision_and_that_of_an_exact_one_is_none() {
        let of = |rounding: Rounding, votes: u64| {
            let threshold = Threshold::quota(Quota::HARE.rounded(rounding), crate::Ratio::ONE);
            let method = AllocationMethod::HighestAverages(Divisors::D_HONDT);
            of_law(&Rule::new(method, 10).threshold(threshold), &tally([("A", votes), ("B", 110)]))
        };
        // A tenth of 1,001 to 1,010 votes is 101 if it is rounded up, and of 1,011 it is 102.
        assert_eq!(of(Rounding::Up, 891), of(Rounding::Up, 900));
        assert_ne!(of(Rounding::Up, 900), of(Rounding::Up, 901));
        assert!(of(Rounding::Up, 900).equal_but_for_quotas(&of(Rounding::Up, 901)));
        assert_eq!(of(Rounding::Exact, 900), of(Rounding::Exact, 901));
    }

    #[test]
    fn whether_a_party_has_votes_at_all_is_a_decision() {
        let law = Rule::new(AllocationMethod::D_HONDT, 3).threshold(Threshold::share("50%".parse().unwrap()));
        let of_votes = |votes: u64| of_law(&law, &tally([("A", 100), ("B", votes)]));
        assert_eq!(of_votes(1), of_votes(2));
        assert_ne!(of_votes(0), of_votes(1));
    }

    #[test]
    fn in_how_many_places_a_party_passed_is_a_decision() {
        let share = Threshold::share("20%".parse().unwrap());
        let threshold = Threshold::in_places(3, Level::District, share);
        let law = Rule::new(AllocationMethod::D_HONDT, 6).threshold(threshold);
        let of_votes = |second: u64| {
            let place = |name: &str, votes: u64| Place::district(name, tally([("A", 100), ("B", votes)])).with_seats(2);
            of_law(&law, &Count::of_places([place("1", 30), place("2", second), place("3", 1)]).unwrap())
        };
        assert_eq!(of_votes(3), of_votes(4));
        assert_ne!(of_votes(4), of_votes(30));
    }
}
