//! The method: seats to lists, or to alliances as one, with their bounds, and the record of every question put to it.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::alliances::{self, Node};
use super::question::{self, Question};
use super::{Given, Unit, bonus};
use crate::count::PartyId;
use crate::error::Error;
use crate::num::amount::Amount;
use crate::outcome::Admission;
use crate::rule::method::Method;
use crate::rule::session::{Halt, Session};
use crate::tie::Tie;

/// One place's seats as they are asked for: who competes, what they hold, and what a quota is taken of.
#[derive(Debug)]
pub(crate) struct Asking<'u> {
    pub(crate) unit: &'u Unit,
    /// Who takes part, as positions in the unit.
    pub(crate) active: &'u [usize],
    /// The seats at which divisors start and which bounds count, by position in the unit.
    pub(crate) start: &'u [u64],
    /// What the seats are, in words, where they are not the tier's own: "the target".
    pub(crate) about: &'static str,
    bonus: Option<(usize, u64)>,
    /// The votes of the quota as a numerator, where they are not those of all who compete.
    pub(super) quota_votes: Option<BigUint>,
    /// What weighed votes are multiplied by to stay whole.
    pub(super) scale: u64,
}

/// Whether seats go to lists and alliances, or to the members of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Outer,
    Inside,
}

/// What one sharing gave, by entrant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Round {
    pub(crate) seats: Vec<u64>,
    pub(crate) tie: Option<Tie>,
    pub(crate) vacant: u64,
}

/// Whoever competes: a list, or an alliance as one. Bounds are of new seats, and those of an alliance its members' sums.
#[derive(Clone, Debug)]
pub(crate) struct Entrant {
    /// The position of its first list.
    pub(crate) first: usize,
    pub(crate) parties: Vec<PartyId>,
    /// First choices.
    pub(crate) votes: u64,
    /// What the method counts, as a numerator, and what a quota counts of it.
    pub(super) claim: Amount,
    pub(super) whole: Amount,
    pub(super) start: u64,
    pub(super) lower: u64,
    pub(crate) upper: Option<u64>,
    /// New seats that it has at least, taken from the others if need be.
    floor: u64,
    /// The most new seats by the cap.
    cap: Option<u64>,
}

/// Gives `seats` seats of a place to those who take part.
pub(crate) fn apply(
    session: &mut Session<'_>,
    unit: &Unit,
    active: &[usize],
    seats: u64,
    start: &[u64],
    about: &'static str,
) -> Result<Given, Halt> {
    if seats > 0 && active.iter().all(|&at| unit.counted.numerator(at).is_zero()) && !has_minimum(session, unit, active)
    {
        return Err(Error::NoVotes { seats }.into());
    }
    // Zero seats give everyone none, whatever the quota.
    if active.is_empty() || (seats == 0 && !has_minimum(session, unit, active)) {
        return Ok(Given::none(unit.parties.len()));
    }
    let mut asking = Asking { unit, active, start, about, bonus: None, quota_votes: None, scale: 1 };
    asking.scale = asking.weight().map_or(1, |weight| weight.1);
    if let Some(base) = session.tier().quota_base {
        let votes = session.base(unit.place, base)?;
        asking.quota_votes = Some(BigUint::from(votes) * asking.unit.counted.denominator() * asking.scale);
    }
    let nodes = alliances::group(session, unit, active);
    asking.bonus = bonus::apply(session, &asking, &nodes, seats)?;
    let left = seats - asking.bonus.map_or(0, |(_, seats)| seats);
    let mut given = alliances::share(session, &asking, &nodes, left, Level::Outer)?;
    if let Some((winner, seats)) = asking.bonus {
        given.seats[winner] += seats;
    }
    Ok(given)
}

/// Whether a minimum gives seats to parties without votes.
fn has_minimum(session: &Session<'_>, unit: &Unit, active: &[usize]) -> bool {
    let minimum = |&at: &usize| session.figures.spot(unit.place).tally.parties()[at].minimum() > 0;
    active.iter().any(minimum) && session.rule.tiers().len() > 1
}

impl Asking<'_> {
    /// The weight at which second lists count, as numerator and denominator.
    pub(super) fn weight(&self) -> Option<(u64, u64)> {
        self.active.iter().find_map(|&at| match &self.unit.admissions[at] {
            Admission::Weighed(_, weight) => Some((weight.numerator(), weight.denominator())),
            _ => None,
        })
    }

    /// A node as it competes.
    pub(crate) fn entrant(&self, session: &mut Session<'_>, node: &Node) -> Result<Entrant, Halt> {
        let lists = node.lists();
        let mut entrant = Entrant {
            parties: self.unit.parties_at(&lists),
            votes: 0,
            claim: Amount::ZERO,
            whole: Amount::ZERO,
            start: 0,
            lower: 0,
            upper: Some(0),
            floor: 0,
            cap: Some(0),
            first: lists[0],
        };
        let mut votes: u128 = 0;
        for &at in &*lists {
            votes += u128::from(self.unit.votes[at]);
            let numerator = self.unit.counted.numerator(at);
            let (weight, minimum) = match &self.unit.admissions[at] {
                Admission::Weighed(_, weight) => (weight.numerator(), session.tier().admit_at_least.minimum()),
                _ => (self.scale, 0),
            };
            entrant.claim = entrant.claim.plus(&numerator.times(weight));
            entrant.whole = entrant.whole.plus(&numerator.times(self.scale));
            let own = self.bounds(session, at)?;
            if let Some(maximum) = own.maximum.filter(|&maximum| maximum < minimum) {
                let party = session.figures.name(self.unit.parties[at]).to_string();
                return Err(Error::MinimumAboveMaximum { party, minimum, maximum }.into());
            }
            entrant.start = entrant.start.saturating_add(own.held);
            entrant.lower = entrant.lower.saturating_add(own.lower());
            entrant.upper = add(entrant.upper, own.upper());
            entrant.floor = entrant.floor.saturating_add(minimum.saturating_sub(own.held));
            entrant.cap = add(entrant.cap, own.cap.map(|cap| cap.saturating_sub(own.beside())));
        }
        let bonus = self.bonus.filter(|(winner, _)| lists.contains(winner)).map_or(0, |(_, seats)| seats);
        entrant.lower = entrant.lower.max(node.least().saturating_sub(entrant.start.saturating_add(bonus)));
        let name = || session.names(&entrant.parties).join(" + ");
        entrant.votes = u64::try_from(votes).map_err(|_| Error::TooManyVotes { what: name(), count: votes })?;
        Ok(entrant)
    }

    /// What bounds a list: its own minimum and maximum, what it holds, its bonus, and the cap.
    fn bounds(&self, session: &mut Session<'_>, at: usize) -> Result<Bounds, Halt> {
        let cap = super::cap::of_list(session, self, at)?;
        let party = &session.figures.spot(self.unit.place).tally.parties()[at];
        let bonus = self.bonus.filter(|(winner, _)| *winner == at).map_or(0, |(_, seats)| seats);
        Ok(Bounds { held: self.start[at], bonus, minimum: party.minimum(), maximum: party.maximum(), cap })
    }

    /// Shares seats among nodes: once more without those below what they have at least or above their cap.
    pub(crate) fn give(
        &self,
        session: &mut Session<'_>,
        nodes: &[Node],
        seats: u64,
        level: Level,
    ) -> Result<Round, Halt> {
        // Not collected: whatever stops at an error does not know how many there are, and grows.
        let mut entrants = Vec::with_capacity(nodes.len());
        for node in nodes {
            entrants.push(self.entrant(session, node)?);
        }
        let mut active: Vec<usize> = (0..entrants.len()).collect();
        let mut result = Round { seats: vec![0; entrants.len()], ..Round::default() };
        let mut left = seats;
        loop {
            let competing: Vec<&Entrant> = active.iter().map(|&at| &entrants[at]).collect();
            let is_first = active.len() == entrants.len();
            let mut round = match vacancy(session, &competing, left, seats, is_first)? {
                // Allies without votes whose minimums take what the alliance has: there is nothing to ask a method.
                None if level == Level::Inside && are_minimums(&competing, left) => {
                    Round { seats: competing.iter().map(|entrant| entrant.lower).collect(), ..Round::default() }
                }
                Some(vacant) => Round { seats: vec![0; competing.len()], tie: None, vacant },
                None => self.run_method(session, &competing, left, level)?,
            };
            // A list below what it has at least gets that, and the others share the rest by themselves.
            if let Some(at) = self.below_floor(session, &competing, &mut round)? {
                let floor = competing[at].floor;
                left = left.checked_sub(floor).ok_or(Error::MinimumsExceedSeats {
                    minimums: u128::from(seats) + u128::from(floor) - u128::from(left),
                    seats,
                })?;
                super::cap::record_floor(session, self.unit.place, competing[at], floor);
                result.seats[active.remove(at)] = floor;
                continue;
            }
            if super::cap::matters(&competing, &round) {
                self.win(session, &competing, &mut round, "seats before the cap")?;
            }
            let over = super::cap::over(&competing, &round.seats);
            if over.is_empty() {
                for (&index, seats) in active.iter().zip(&round.seats) {
                    result.seats[index] = *seats;
                }
                let tie = round.tie.map(|tie| (tie.parties().iter().map(|&at| active[at]).collect(), tie.seats()));
                result.tie = tie.and_then(|(parties, seats)| Tie::among(parties, seats));
                result.vacant = round.vacant;
                return Ok(result);
            }
            super::cap::record(session, self.unit.place, &competing, &over, &round.seats);
            for &at in &over {
                let most = competing[at].cap.unwrap_or(0);
                result.seats[active[at]] = most;
                left -= most;
            }
            active = (0..active.len()).filter(|at| !over.contains(at)).map(|at| active[at]).collect();
        }
    }

    /// The first entrant with fewer seats than it has at least, once a tie that decides it is settled.
    fn below_floor(
        &self,
        session: &mut Session<'_>,
        competing: &[&Entrant],
        round: &mut Round,
    ) -> Result<Option<usize>, Halt> {
        let below = |round: &Round| (0..competing.len()).find(|&at| round.seats[at] < competing[at].floor);
        let Some(at) = below(round) else { return Ok(None) };
        if round.tie.as_ref().is_some_and(|tie| tie.parties().contains(&at)) {
            self.win(session, competing, round, "seats before a minimum")?;
            return Ok(below(round));
        }
        Ok(Some(at))
    }

    /// Asks who wins a tie among these entrants, and gives those their seat.
    fn win(
        &self,
        session: &mut Session<'_>,
        competing: &[&Entrant],
        round: &mut Round,
        about: &'static str,
    ) -> Result<(), Halt> {
        let Some(tie) = round.tie.take() else { return Ok(()) };
        for winner in ask_entrants(session, self.unit, competing, &tie, about)? {
            round.seats[winner] += 1;
        }
        Ok(())
    }

    /// Asks who wins a tie among nodes, which stand for their first lists.
    pub(crate) fn ask(
        &self,
        session: &mut Session<'_>,
        nodes: &[Node],
        tie: &Tie,
        about: &'static str,
    ) -> Result<Vec<usize>, Halt> {
        let parties = tie.parties().iter().map(|&at| self.unit.parties[nodes[at].lists()[0]]).collect();
        let choice = session.choice(self.unit.place, about, parties, tie.seats());
        Ok(session.ask(choice)?.into_iter().map(|at| tie.parties()[at]).collect())
    }

    /// Puts one question to the method, and records it with its answer.
    fn run_method(
        &self,
        session: &mut Session<'_>,
        competing: &[&Entrant],
        seats: u64,
        level: Level,
    ) -> Result<Round, Halt> {
        let tier = session.tier();
        let method = match (&tier.alliance_method, level) {
            (Some(method), Level::Inside) => Method::Allocation(method.clone()),
            _ => match &tier.method {
                Method::Own(own) => return question::ask_own(session, self, own, competing, seats),
                method => method.clone(),
            },
        };
        let question = Question::new(session, self, competing, seats, level, method)?;
        question.answer(session)
    }
}

/// What bounds a list, in all its seats here.
struct Bounds {
    held: u64,
    bonus: u64,
    minimum: u64,
    maximum: Option<u64>,
    cap: Option<u64>,
}

impl Bounds {
    /// What it has beside the seats that are given out.
    const fn beside(&self) -> u64 {
        self.held.saturating_add(self.bonus)
    }

    const fn lower(&self) -> u64 {
        self.minimum.saturating_sub(self.beside())
    }

    fn upper(&self) -> Option<u64> {
        self.maximum.map(|maximum| maximum.saturating_sub(self.beside()))
    }
}

impl Entrant {
    pub(crate) const fn cap(&self) -> Option<u64> {
        self.cap
    }
}

/// The sum of two limits; none if either is.
fn add(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.zip(b).map(|(a, b)| a.saturating_add(b))
}

/// The seats that stay vacant as nobody is left who can take one; none if somebody is.
fn vacancy(
    session: &Session<'_>,
    competing: &[&Entrant],
    left: u64,
    seats: u64,
    is_first: bool,
) -> Result<Option<u64>, Error> {
    let nobody = competing.iter().all(|entrant| entrant.claim.is_zero() && entrant.lower == 0);
    match () {
        () if left == 0 && (competing.is_empty() || nobody) => Ok(Some(0)),
        () if !nobody || (is_first && !competing.is_empty()) => Ok(None),
        () if session.tier().vacancies => Ok(Some(left)),
        () => Err(Error::Unfilled { unfilled: left, seats }),
    }
}

/// Whether nobody has votes, and the minimums take all seats.
fn are_minimums(competing: &[&Entrant], seats: u64) -> bool {
    let minimums: u128 = competing.iter().map(|entrant| u128::from(entrant.lower)).sum();
    competing.iter().all(|entrant| entrant.claim.is_zero()) && minimums == u128::from(seats)
}

/// Asks who wins a tie among entrants.
fn ask_entrants(
    session: &mut Session<'_>,
    unit: &Unit,
    competing: &[&Entrant],
    tie: &Tie,
    about: &'static str,
) -> Result<Vec<usize>, Halt> {
    let parties = tie.parties().iter().map(|&at| competing[at].parties[0]).collect();
    let choice = session.choice(unit.place, about, parties, tie.seats());
    Ok(session.ask(choice)?.into_iter().map(|at| tie.parties()[at]).collect())
}
