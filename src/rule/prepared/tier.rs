//! Tiers of prepared laws: the provisions that need no whole run, over numbers alone.
//!
//! Whatever is not plain, such as a tie that somebody asks about or an error, ends with `None`: the row is then given to a
//! whole run, which knows what to say of it. So each step here either has the answer of a whole run or none.

mod kept;

use core::cmp::Reverse;

use alloc::vec::Vec;

use self::kept::Kept;
use super::admission::Judge;
use super::alliances::{Node, Shares};
use super::claims::{Bid, Steps, largest};
use super::numbers::Numbers;
use super::placing::{Due, PlacingWork, Step};
use super::threshold::Tests;
use super::watch::{Shared, Watch};
use crate::count::{Figures, PlaceId};
use crate::method::{AllocationMethod, Contest, Excess, Scratch};
use crate::rule::provisions::admission::Threshold;
use crate::rule::provisions::overhang::{Outsiders, Overhang};
use crate::rule::tier::{Kind, Seats, Tier};
use crate::rule::{Method, provisions};
use crate::tie::Tie;

/// Takes down an open tie: its place, its parties, its seats.
pub(super) type Note<'n> = &'n mut dyn FnMut(usize, &[usize], u64);

/// A tier with its places.
#[derive(Clone, Debug)]
pub(super) struct TierPlan {
    method: AllocationMethod,
    inner: AllocationMethod,
    kind: Going,
    /// Who judges all parties once, where the threshold looks at the nation alone.
    everywhere: Option<Judge>,
    units: Vec<Unit>,
    steps: Vec<Step>,
    excess: Excess,
    vacancies: bool,
}

/// How seats held count.
#[derive(Clone, Debug)]
enum Going {
    Parallel,
    Continue(Steps),
    TopUp { overhang: Over, deduct_outsiders: bool },
}

/// What becomes of a party that holds more than its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Error,
    Keep,
    Exclude,
    ExcludeMet,
}

/// One place of a tier.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) place: usize,
    pub(super) seats: u64,
    pub(super) judge: Judge,
    /// Held seats, minimums and maximums by party, where there are any.
    pub(super) bounds: Option<Vec<(u64, u64, Option<u64>)>>,
    /// Alliances and lone lists, where there are alliances.
    nodes: Option<Vec<Node>>,
    /// Which of the contests that are kept is its own.
    contest: usize,
}

/// Working memory of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    slots: Vec<u64>,
    /// Who takes part, with votes and seats.
    active: Vec<usize>,
    votes: Vec<u64>,
    seats: Vec<u64>,
    next: Vec<(Reverse<u64>, usize)>,
    everywhere: Vec<usize>,
    /// What the tier gives, place by place.
    given: Vec<Due>,
    placed: Vec<Due>,
    bids: Vec<Bid>,
    shares: Shares,
    placing: PlacingWork,
    scratch: Scratch,
    /// The last contest of each place of each tier, for a law that is run again with a few ballots changed.
    kept: Vec<Kept>,
}

impl Work {
    /// Memory for a law whose thresholds have so many slots, and for the parties of the nation.
    pub(super) fn new(slots: usize, parties: usize) -> Self {
        let mut work = Self::default();
        work.slots.resize(slots, 0);
        work.shares.resize(parties);
        work
    }

    /// Keeps so many contests from run to run.
    pub(super) fn keep(&mut self, contests: usize) {
        self.kept.resize(contests, Kept::default());
    }
}

impl TierPlan {
    /// The plan of a tier; none if only a whole run of the law gives the answer.
    pub(super) fn new(tier: &Tier, tests: &mut Tests<'_>) -> Option<Self> {
        let session = tests.session;
        if !tier.has_no_provision() {
            return None;
        }
        let Method::Allocation(method) = &tier.method else { return None };
        let kind = match (tier.kind, method) {
            (Kind::Parallel, _) => Going::Parallel,
            (Kind::Continue, AllocationMethod::HighestAverages(divisors)) => Going::Continue(Steps::new(divisors)?),
            (Kind::TopUp, _) => Going::TopUp {
                overhang: match tier.overhang {
                    Overhang::Error => Over::Error,
                    Overhang::Keep => Over::Keep,
                    Overhang::Exclude => Over::Exclude,
                    Overhang::ExcludeMet => Over::ExcludeMet,
                    Overhang::Return | Overhang::Level(_) => return None,
                },
                deduct_outsiders: tier.outsiders == Outsiders::Deduct,
            },
            (Kind::Continue | Kind::Linked, _) => return None,
        };
        let places = provisions::places(session).ok()?;
        let national = tier.threshold.as_ref().is_some_and(Threshold::is_national);
        let everywhere = match national && session.figures.has_districts() && places != [PlaceId::NATION] {
            true => Some(Judge::new(tier, PlaceId::NATION, tests)?),
            false => None,
        };
        let units: Vec<Unit> = places.iter().map(|&place| Unit::new(tier, place, tests)).collect::<Option<_>>()?;
        let bounded = |unit: &Unit| unit.bounds.is_some();
        if (session.rule.tiers().len() > 1 || tier.kind != Kind::Parallel) && units.iter().any(bounded) {
            return None;
        }
        let plain = tier.excess == Excess::Error && !tier.vacancies;
        let allied = units.iter().any(|unit| unit.nodes.is_some());
        if allied && (!plain || units.iter().any(bounded) || tier.kind == Kind::Continue) {
            return None;
        }
        Some(Self {
            method: method.clone(),
            inner: tier.alliance_method.clone().unwrap_or_else(|| method.clone()),
            kind,
            everywhere,
            units,
            steps: tier.place.steps().iter().map(|step| Step::new(step, session)).collect::<Option<_>>()?,
            excess: tier.excess,
            vacancies: tier.vacancies,
        })
    }

    /// Numbers its contests, of which so many are others'; how many there are then.
    pub(super) fn number_contests(&mut self, first: usize) -> usize {
        for (unit, contest) in self.units.iter_mut().zip(first..) {
            unit.contest = contest;
        }
        first + self.units.len()
    }

    /// The most seats that the tier adds to those that are held before it.
    pub(super) fn most_seats(&self) -> u128 {
        self.units.iter().map(|unit| u128::from(unit.seats)).sum()
    }

    /// The places, if a method with a threshold in each is all there is to them.
    pub(super) fn bare(&self) -> Option<(&AllocationMethod, &[Unit])> {
        let plain = matches!(self.kind, Going::Parallel) && self.steps.is_empty() && self.everywhere.is_none();
        (plain && self.units.iter().all(|unit| self.is_bare(unit))).then_some((&self.method, &self.units))
    }

    /// Whether votes and seats are all that the method is asked about.
    fn is_bare(&self, unit: &Unit) -> bool {
        unit.bounds.is_none() && unit.nodes.is_none() && self.excess == Excess::Error && !self.vacancies
    }

    /// Runs the tier, and books its seats. Ties of seats that nobody asks about go to `ties`, with their place, where the
    /// law leaves them there.
    pub(super) fn run(
        &self,
        numbers: &mut Numbers,
        work: &mut Work,
        mut ties: Option<Note<'_>>,
        watch: &mut dyn Watch,
    ) -> Option<()> {
        if let Some(judge) = &self.everywhere {
            judge.run(numbers, &mut work.slots, &mut work.active, &mut work.next)?;
            if watch.looks() {
                judge.show(numbers, &work.slots, &work.active, watch);
            }
            work.everywhere.clone_from(&work.active);
        }
        work.given.clear();
        for unit in &self.units {
            if unit.seats == 0 && matches!(self.kind, Going::Parallel) {
                // Zero seats give everyone none, whatever the threshold.
                continue;
            }
            if !self.again(unit, numbers, work, watch) {
                self.admit(unit, numbers, work, watch)?;
                match &self.kind {
                    Going::Parallel => self.parallel(unit, numbers, work, &mut ties, watch)?,
                    Going::Continue(steps) => self.go_on(unit, steps, numbers, work, watch)?,
                    Going::TopUp { overhang, deduct_outsiders } => {
                        self.top_up(unit, (*overhang, *deduct_outsiders), numbers, work, watch)?;
                    }
                }
            }
            let given = work.active.iter().zip(&work.seats).filter(|(_, seats)| **seats > 0);
            work.given.extend(given.map(|(&party, &seats)| Due { place: unit.place, party, seats }));
        }
        self.place(numbers, work, watch)?;
        if self.steps.last().is_some_and(Step::is_whole_target) {
            // What comes out of a whole target is all that a party has there.
            let mut places = work.given.chunk_by(|a, b| a.place == b.place);
            return places.try_for_each(|due| numbers.book_all(due));
        }
        work.given.iter().try_for_each(|due| numbers.book(due.place, due.party, due.seats))
    }

    /// Who takes part, in `work.active`, with their votes.
    fn admit(&self, unit: &Unit, numbers: &Numbers, work: &mut Work, watch: &mut dyn Watch) -> Option<()> {
        match &self.everywhere {
            Some(_) => {
                let parties = numbers.site(unit.place).parties.iter().copied();
                work.active.clear();
                work.active.extend(parties.filter(|party| work.everywhere.contains(party)));
            }
            None => {
                unit.judge.run(numbers, &mut work.slots, &mut work.active, &mut work.next)?;
                if watch.looks() {
                    unit.judge.show(numbers, &work.slots, &work.active, watch);
                }
            }
        }
        work.votes.clear();
        work.votes.extend(work.active.iter().map(|&party| numbers.votes(unit.place, party)));
        work.seats.clear();
        work.seats.resize(work.active.len(), 0);
        Some(())
    }

    /// The seats of a place to those who take part, whatever they hold.
    fn parallel(
        &self,
        unit: &Unit,
        numbers: &Numbers,
        work: &mut Work,
        ties: &mut Option<Note<'_>>,
        watch: &mut dyn Watch,
    ) -> Option<()> {
        if work.votes.iter().all(|&votes| votes == 0) {
            return None;
        }
        if unit.nodes.is_some() {
            return self.among_allies(unit, unit.seats, numbers, work);
        }
        if self.is_bare(unit) {
            if let Some((tied, seats)) = self.share(unit, unit.seats, numbers, work)? {
                ties.as_mut()?(unit.place, &tied, seats);
            }
            self.show(unit, (unit.seats, &[]), work, watch);
            return Some(());
        }
        let contest = Contest::new(&work.votes, unit.seats).excess(self.excess).vacancies(self.vacancies);
        let contest = match &unit.bounds {
            None => contest,
            Some(bounds) => {
                let of = |party: &usize| bounds[*party];
                contest
                    .held(work.active.iter().map(|party| of(party).0).collect::<Vec<_>>())
                    .minimums(work.active.iter().map(|party| of(party).1).collect::<Vec<_>>())
                    .maximums(work.active.iter().map(|party| of(party).2).collect::<Vec<_>>())
            }
        };
        let allocation = self.method.allocate_contest(&contest).ok()?;
        work.seats.copy_from_slice(allocation.certain());
        if let Some(tie) = allocation.tie() {
            let tied: Vec<usize> = Tie::parties(tie).iter().map(|&at| work.active[at]).collect();
            ties.as_mut()?(unit.place, &tied, tie.seats());
        }
        Some(())
    }

    /// `seats` seats to alliances and lone lists, and on to the lists inside.
    fn among_allies(&self, unit: &Unit, seats: u64, numbers: &Numbers, work: &mut Work) -> Option<()> {
        let nodes = unit.nodes.as_deref()?;
        let Work { active, seats: out, shares, scratch, .. } = work;
        shares.start(active, |party| numbers.votes(unit.place, party));
        shares.give(nodes, seats, (&self.method, &self.inner), scratch)?;
        for (out, &party) in out.iter_mut().zip(&*active) {
            *out = shares.of(party);
        }
        Some(())
    }

    /// What each party lacks of its target; with whole targets, the target.
    fn top_up(
        &self,
        unit: &Unit,
        (overhang, deduct_outsiders): (Over, bool),
        numbers: &Numbers,
        work: &mut Work,
        watch: &mut dyn Watch,
    ) -> Option<()> {
        let mut house = unit.seats;
        with_votes(work);
        if deduct_outsiders {
            let all: u64 =
                numbers.all_held(unit.place).iter().try_fold(0, |sum: u64, &seats| sum.checked_add(seats))?;
            let inside: u64 = work.active.iter().map(|&party| numbers.held(unit.place, party)).sum();
            house = house.checked_sub(all - inside)?;
        }
        loop {
            if work.active.is_empty() {
                return if house > 0 { None } else { Some(()) };
            }
            self.target(unit, house, numbers, work)?;
            self.show(unit, (house, &[]), work, watch);
            if self.steps.first().is_some_and(Step::is_whole_target) {
                return Some(());
            }
            let over = |held: u64, target: u64| {
                held > target || (overhang == Over::ExcludeMet && held == target && target > 0)
            };
            let mut gone = 0;
            let any = work
                .active
                .iter()
                .zip(&work.seats)
                .any(|(&party, &target)| over(numbers.held(unit.place, party), target));
            if any && matches!(overhang, Over::Exclude | Over::ExcludeMet) {
                let Work { active, seats, .. } = work;
                let mut at = 0;
                active.retain(|&party| {
                    let (held, target) = (numbers.held(unit.place, party), seats[at]);
                    at += 1;
                    if over(held, target) {
                        gone += held;
                    }
                    !over(held, target)
                });
                house = house.checked_sub(gone)?;
                work.votes.clear();
                work.votes.extend(work.active.iter().map(|&party| numbers.votes(unit.place, party)));
                continue;
            }
            if any && overhang == Over::Error {
                return None;
            }
            for (&party, target) in work.active.iter().zip(&mut work.seats) {
                *target = target.saturating_sub(numbers.held(unit.place, party));
            }
            return Some(());
        }
    }

    /// The target of those who take part in a house of these seats.
    fn target(&self, unit: &Unit, house: u64, numbers: &Numbers, work: &mut Work) -> Option<()> {
        work.seats.clear();
        work.seats.resize(work.active.len(), 0);
        if house == 0 {
            return Some(());
        }
        if unit.nodes.is_some() {
            return self.among_allies(unit, house, numbers, work);
        }
        if self.excess != Excess::Error || self.vacancies {
            return None;
        }
        self.share(unit, house, numbers, work)?.is_none().then_some(())
    }

    /// New seats by divisors that go on from what is held.
    fn go_on(
        &self,
        unit: &Unit,
        steps: &Steps,
        numbers: &Numbers,
        work: &mut Work,
        watch: &mut dyn Watch,
    ) -> Option<()> {
        with_votes(work);
        if work.active.is_empty() {
            return if unit.seats > 0 { None } else { Some(()) };
        }
        unit.seats.checked_mul(work.active.len() as u64).filter(|&claims| claims <= MOST_CLAIMS)?;
        work.bids.clear();
        for (&party, &votes) in work.active.iter().zip(&work.votes) {
            work.bids.push(Bid::new(votes.into(), 1, numbers.held(unit.place, party), steps)?);
        }
        for _ in 0..unit.seats {
            let at = largest(work.bids.iter().enumerate()).ok()??;
            work.seats[at] += 1;
            let seats = numbers.held(unit.place, work.active[at]).checked_add(work.seats[at])?;
            work.bids[at] = work.bids[at].with(seats, steps)?;
        }
        if watch.looks() {
            let held: Vec<u64> = work.active.iter().map(|&party| numbers.held(unit.place, party)).collect();
            self.show(unit, (unit.seats, &held), work, watch);
        }
        Some(())
    }

    /// Whether all that it decides is shown to who watches: claims in one order, without bounds and alliances.
    pub(super) fn is_shown(&self) -> bool {
        let in_order =
            matches!(self.method, AllocationMethod::HighestAverages(_) | AllocationMethod::LargestRemainder(_));
        in_order && self.units.iter().all(|unit| self.is_bare(unit)) && self.steps.iter().all(Step::is_shown)
    }

    /// Shows the seats that those who take part share.
    fn show(&self, unit: &Unit, (house, held): (u64, &[u64]), work: &Work, watch: &mut dyn Watch) {
        if watch.looks() {
            let Work { active, votes, seats, .. } = work;
            watch.shared(&Shared {
                place: unit.place,
                method: &self.method,
                house,
                parties: active,
                votes,
                held,
                seats,
            });
        }
    }

    /// Puts what the tier gave into smaller places, step by step.
    fn place(&self, numbers: &mut Numbers, work: &mut Work, watch: &mut dyn Watch) -> Option<()> {
        for step in &self.steps {
            let Work { given, placed, placing, scratch, .. } = &mut *work;
            placed.clear();
            step.run(numbers, given, placed, (placing, scratch), watch)?;
            // Mostly it is in that order: a law's places stand in those around them as they do in the document.
            if !placed.is_sorted_by_key(|due| (due.place, due.party)) {
                placed.sort_unstable_by_key(|due| (due.place, due.party));
            }
            // Copied, not swapped: each keeps the room that it needs in every row.
            given.clone_from(placed);
        }
        Some(())
    }
}

/// Leaves out who has no votes.
fn with_votes(work: &mut Work) {
    if work.votes.contains(&0) {
        let Work { active, votes, .. } = work;
        let mut at = 0;
        active.retain(|_| {
            at += 1;
            votes[at - 1] > 0
        });
        votes.retain(|&votes| votes > 0);
    }
    work.seats.clear();
    work.seats.resize(work.active.len(), 0);
}

/// The most claims that are compared one by one; beyond it, a whole run does not go seat by seat.
const MOST_CLAIMS: u64 = 1 << 16;

impl Unit {
    fn new(tier: &Tier, place: PlaceId, tests: &mut Tests<'_>) -> Option<Self> {
        let session = tests.session;
        let seats = match tier.seats {
            Seats::OfPlace => session.seats_of(place).ok()?,
            Seats::Fixed(seats) => seats,
            Seats::Left => return None,
        };
        let figures = session.figures;
        let judge = Judge::new(tier, place, tests)?;
        let allied = figures.alliances(place).next().is_some();
        let nodes = if allied { Some(Node::all(figures, place)?) } else { None };
        Some(Self { place: place.index(), seats, judge, bounds: bounds(figures, place), nodes, contest: 0 })
    }
}

/// The bounds of each party at a place, where any has some.
fn bounds(figures: &Figures<'_>, place: PlaceId) -> Option<Vec<(u64, u64, Option<u64>)>> {
    let spot = figures.spot(place);
    let bounded = |party: &crate::Party| party.held() > 0 || party.minimum() > 0 || party.maximum().is_some();
    let mut all = alloc::vec![(0, 0, None); figures.parties().len()];
    for (party, id) in spot.tally.parties().iter().zip(&spot.parties) {
        all[id.index()] = (party.held(), party.minimum(), party.maximum());
    }
    spot.tally.parties().iter().any(bounded).then_some(all)
}
