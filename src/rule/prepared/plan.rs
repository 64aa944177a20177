//! Plans: laws of one tier whose every place is a threshold and one contest, without names.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::RowLeft;
use super::threshold::{Seen, Test};
use crate::allocation::{Allocation, TieBreak};
use crate::count::{Figures, PlaceId};
use crate::error::Error;
use crate::method::{AllocationMethod, Contest, Excess, Scratch};
use crate::rule::provisions::admission::NonePasses;
use crate::rule::provisions::exhaustion::Exhaustion;
use crate::rule::tier::{Kind, Tier, Votes};
use crate::rule::{Method, Rule, Seats};
use crate::tie::Tie;

/// The places of a law with their buffers.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    method: AllocationMethod,
    places: Vec<PlacePlan>,
    admit_at_least: usize,
    all_if_none: bool,
    excess: Excess,
    vacancies: bool,
    /// Whether any place looks at the nation, and its parties' positions there.
    national: bool,
    nation: Vec<u64>,
    admitted: Vec<usize>,
    votes: Vec<u64>,
    seats: Vec<u64>,
}

/// One place of a plan.
#[derive(Clone, Debug)]
pub(super) struct PlacePlan {
    /// Where its votes begin in a row.
    start: usize,
    parties: usize,
    seats: u64,
    test: Option<Test>,
    /// Each party's position in the nation.
    in_nation: Vec<usize>,
    chain: Vec<TieBreak>,
    /// Held seats, minimums and maximums, where there are any.
    bounds: Option<Bounds>,
}

#[derive(Clone, Debug)]
struct Bounds {
    held: Vec<u64>,
    minimums: Vec<u64>,
    maximums: Vec<Option<u64>>,
}

impl Plan {
    /// The plan of a law; none if only a whole run of it gives the answer.
    pub(super) fn new(rule: &Rule, figures: &Figures<'_>, counting: &[PlaceId]) -> Option<Self> {
        let [tier] = rule.tiers() else { return None };
        if !rule.is_flat() || !is_plain(tier) {
            return None;
        }
        let Method::Allocation(method) = &tier.method else { return None };
        if !matches!(method, AllocationMethod::LargestRemainder(_) | AllocationMethod::HighestAverages(_)) {
            return None;
        }
        let several = figures.has_districts();
        let mut places = Vec::with_capacity(counting.len());
        let mut start = 0;
        for &place in counting {
            let spot = figures.spot(place);
            if figures.alliances(place).next().is_some() || (several && place == PlaceId::NATION) {
                return None;
            }
            let test = match &tier.threshold {
                Some(threshold) => Some(Test::new(threshold, figures, place)?),
                None => None,
            };
            let own = if several { spot.seats } else { rule.seats().or(spot.seats) };
            places.push(PlacePlan {
                start,
                parties: spot.parties.len(),
                seats: own?,
                test,
                in_nation: spot.parties.iter().map(|party| party.index()).collect(),
                chain: chain(&tier.tie_break)?,
                bounds: bounds(figures, place),
            });
            start += spot.parties.len();
        }
        let national = places.iter().any(|place| place.test.as_ref().is_some_and(Test::is_national));
        // Who is admitted everywhere or nowhere is judged once: leave that to a whole run where repairs may follow.
        let repairs = tier.admit_at_least.parties > 0 || tier.none_passes != NonePasses::Error;
        if several && national && repairs {
            return None;
        }
        Some(Self {
            method: method.clone(),
            places,
            admit_at_least: tier.admit_at_least.parties,
            all_if_none: tier.none_passes == NonePasses::All,
            excess: tier.excess,
            vacancies: tier.vacancies,
            national,
            nation: vec![0; figures.parties().len()],
            admitted: Vec::new(),
            votes: Vec::new(),
            seats: Vec::new(),
        })
    }

    /// The seats of one row.
    pub(super) fn row(
        &mut self,
        row: usize,
        votes: &[u64],
        seats: &mut [u64],
        scratch: &mut Scratch,
        left: &mut Vec<RowLeft>,
    ) -> Result<(), Error> {
        if self.national {
            self.nation.fill(0);
            for place in &self.places {
                for (&party, &votes) in place.in_nation.iter().zip(&votes[place.start..]) {
                    let sum = self.nation[party].checked_add(votes);
                    self.nation[party] = sum.ok_or(Error::TooManyVotes {
                        what: alloc::format!("party {}", party + 1),
                        count: u128::from(self.nation[party]) + u128::from(votes),
                    })?;
                }
            }
        }
        let sum = self.nation.iter().map(|&votes| u128::from(votes)).sum();
        for at in 0..self.places.len() {
            self.one_place(at, row, votes, seats, scratch, left, sum)?;
        }
        Ok(())
    }

    /// The seats of one place of a row.
    #[allow(clippy::too_many_arguments)] // a loop's body, apart so that it can be read
    fn one_place(
        &mut self,
        at: usize,
        row: usize,
        votes: &[u64],
        seats: &mut [u64],
        scratch: &mut Scratch,
        left: &mut Vec<RowLeft>,
        nation: u128,
    ) -> Result<(), Error> {
        let place = &self.places[at];
        let here = &votes[place.start..place.start + place.parties];
        let out = &mut seats[place.start..place.start + place.parties];
        if place.seats == 0 {
            out.fill(0);
            return Ok(());
        }
        let is_whole = place.test.is_none() && place.bounds.is_none() && place.chain.is_empty();
        if is_whole && self.excess == Excess::Error && !self.vacancies {
            if let Some(tie) = self.method.allocate_into(here, place.seats, out, scratch)? {
                let parties = tie.parties().iter().map(|&party| place.start + party).collect();
                left.extend(place.tie(row, parties, tie.seats()));
            }
            return Ok(());
        }
        let seen = Seen { votes: here, sum: here.iter().map(|&votes| u128::from(votes)).sum() };
        let nation = Seen { votes: &self.nation, sum: nation };
        self.admitted.clear();
        for party in 0..here.len() {
            let in_nation = place.in_nation[party];
            if place.test.as_ref().is_none_or(|test| test.passes(party, in_nation, seen, nation)) {
                self.admitted.push(party);
            }
        }
        repair(&mut self.admitted, here, self.admit_at_least, self.all_if_none)?;
        self.votes.clear();
        self.votes.extend(self.admitted.iter().map(|&party| here[party]));
        self.seats.clear();
        self.seats.resize(self.admitted.len(), 0);
        if self.votes.iter().all(|&votes| votes == 0) {
            return Err(Error::NoVotes { seats: place.seats });
        }
        let tie = match &place.bounds {
            None if self.excess == Excess::Error && !self.vacancies => {
                let tie = self.method.allocate_into(&self.votes, place.seats, &mut self.seats, scratch)?;
                tie.map(Tie::from)
            }
            bounds => {
                let contest = contest(&self.votes, place.seats, bounds.as_ref(), &self.admitted);
                let contest = contest.excess(self.excess).vacancies(self.vacancies);
                let allocation = self.method.allocate_contest(&contest)?;
                self.seats.copy_from_slice(allocation.certain());
                allocation.tie().cloned()
            }
        };
        let open = tie.and_then(|tie| settled(tie, &place.chain, &self.votes, &mut self.seats));
        out.fill(0);
        for (&party, &seats) in self.admitted.iter().zip(&self.seats) {
            out[party] = seats;
        }
        if let Some(tie) = open {
            let parties = tie.parties().iter().map(|&party| place.start + self.admitted[party]).collect();
            left.extend(place.tie(row, parties, tie.seats()));
        }
        Ok(())
    }
}

/// Whether a tier is a threshold, a contest and tie-breaks, and nothing else.
fn is_plain(tier: &Tier) -> bool {
    tier.kind == Kind::Parallel
        && tier.seats == Seats::OfPlace
        && tier.at.is_none()
        && tier.seats_by.is_none()
        && tier.admit_at_least.second_list.is_none()
        && tier.admitted_share.is_none()
        && tier.votes == Votes::Cast
        && !tier.spare_votes
        && tier.fragments.is_none()
        && tier.quota_base.is_none()
        && tier.quota_at.is_none()
        && !tier.partial
        && tier.bonus.is_none()
        && tier.cap.is_none()
        && tier.majority.is_none()
        && tier.exhaustion == Exhaustion::Within
        && !tier.provisional
        && tier.place.is_empty()
}

/// The tie-breaks by position; none where lots are drawn, which settle one tie of one count.
fn chain(tie_breaks: &[TieBreak<String>]) -> Option<Vec<TieBreak>> {
    let plain = |tie_break: &TieBreak<String>| match tie_break {
        TieBreak::MostVotes => Some(TieBreak::MostVotes),
        TieBreak::FewestVotes => Some(TieBreak::FewestVotes),
        TieBreak::ListOrder => Some(TieBreak::ListOrder),
        TieBreak::Drawn(_) | TieBreak::DrawnFor { .. } | TieBreak::DrawnCells(_) => None,
    };
    tie_breaks.iter().map(plain).collect()
}

/// The bounds of the parties of a place, where any has some.
fn bounds(figures: &Figures<'_>, place: PlaceId) -> Option<Bounds> {
    let parties = figures.spot(place).tally.parties();
    let bounded = parties.iter().any(|party| party.held() > 0 || party.minimum() > 0 || party.maximum().is_some());
    bounded.then(|| Bounds {
        held: parties.iter().map(crate::Party::held).collect(),
        minimums: parties.iter().map(crate::Party::minimum).collect(),
        maximums: parties.iter().map(crate::Party::maximum).collect(),
    })
}

/// The contest of the admitted with their bounds.
fn contest<'v>(votes: &'v [u64], seats: u64, bounds: Option<&Bounds>, admitted: &[usize]) -> Contest<'v> {
    let contest = Contest::new(votes, seats);
    let Some(bounds) = bounds else { return contest };
    contest
        .held(admitted.iter().map(|&party| bounds.held[party]).collect::<Vec<_>>())
        .minimums(admitted.iter().map(|&party| bounds.minimums[party]).collect::<Vec<_>>())
        .maximums(admitted.iter().map(|&party| bounds.maximums[party]).collect::<Vec<_>>())
}

/// Admits all where none passes, then the next by votes while too few are.
fn repair(admitted: &mut Vec<usize>, votes: &[u64], at_least: usize, all_if_none: bool) -> Result<(), Error> {
    if admitted.is_empty() && all_if_none {
        admitted.extend(0..votes.len());
    }
    let missing = at_least.saturating_sub(admitted.len());
    if missing == 0 {
        return Ok(());
    }
    let mut next: Vec<usize> =
        (0..votes.len()).filter(|party| votes[*party] > 0 && !admitted.contains(party)).collect();
    next.sort_by_key(|&party| core::cmp::Reverse(votes[party]));
    if let (Some(&last_in), Some(&first_out)) = (next.get(missing - 1), next.get(missing)) {
        if votes[last_in] == votes[first_out] {
            let equal: Vec<usize> = next.iter().copied().filter(|&party| votes[party] == votes[last_in]).collect();
            let ahead = next.iter().filter(|&&party| votes[party] > votes[last_in]).count();
            let names = equal.iter().map(|party| alloc::format!("party {}", party + 1)).collect();
            return Err(Error::AdmissionTie { names, votes: votes[last_in], places: missing - ahead });
        }
    }
    admitted.extend(next.into_iter().take(missing));
    admitted.sort_unstable();
    Ok(())
}

/// Settles a tie of the admitted; list order is that of the place.
fn settled(tie: Tie, chain: &[TieBreak], votes: &[u64], seats: &mut [u64]) -> Option<Tie> {
    if chain.is_empty() {
        return Some(tie);
    }
    let mut allocation = Allocation::new(seats.to_vec()).with_open(Some(tie));
    allocation.settle(votes, chain);
    seats.copy_from_slice(allocation.certain());
    allocation.tie().cloned()
}
