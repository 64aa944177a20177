//! The method: seats to lists, or to alliances as one, with their bounds, and the record of every question put to it.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::alliances::{self, Node};
use super::{Given, Unit, bonus, exhaustion, majority};
use crate::allocation::{Allocation, TieBreak, Used};
use crate::count::PartyId;
use crate::error::Error;
use crate::method::exact::{ExactContest, Weights};
use crate::method::{AllocationMethod, Claims, Contest, Progress, Stage, Stop, stages_of};
use crate::outcome::Admission;
use crate::rule::method::Method;
use crate::rule::provisions::admission::Candidate;
use crate::rule::provisions::exhaustion::Exhaustion;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{ContestRecord, Entry, Numbers, Record, Settlement};
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
    quota_votes: Option<BigUint>,
    /// What weighed votes are multiplied by to stay whole.
    scale: u64,
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
    pub(crate) lists: Vec<usize>,
    pub(crate) parties: Vec<PartyId>,
    /// First choices.
    pub(crate) votes: u64,
    /// What the method counts, as a numerator, and what a quota counts of it.
    claim: BigUint,
    whole: BigUint,
    start: u64,
    lower: u64,
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
    if seats > 0
        && active.iter().all(|&at| unit.counted.numerator(at) == BigUint::ZERO)
        && !has_minimum(session, unit, active)
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
    fn weight(&self) -> Option<(u64, u64)> {
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
            claim: BigUint::ZERO,
            whole: BigUint::ZERO,
            start: 0,
            lower: 0,
            upper: Some(0),
            floor: 0,
            cap: Some(0),
            lists: Vec::new(),
        };
        let mut votes: u128 = 0;
        for &at in &lists {
            votes += u128::from(self.unit.votes[at]);
            let numerator = self.unit.counted.numerator(at);
            let (weight, minimum) = match &self.unit.admissions[at] {
                Admission::Weighed(_, weight) => (weight.numerator(), session.tier().admit_at_least.minimum()),
                _ => (self.scale, 0),
            };
            entrant.claim += &numerator * weight;
            entrant.whole += numerator * self.scale;
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
        let name = || session.names(&entrant.parties).join(" + ");
        entrant.votes = u64::try_from(votes).map_err(|_| Error::TooManyVotes { what: name(), count: votes })?;
        entrant.lists = lists;
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
        let entrants = nodes.iter().map(|node| self.entrant(session, node)).collect::<Result<Vec<_>, _>>()?;
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
            if let Some(at) = (0..active.len()).find(|&at| round.seats[at] < competing[at].floor) {
                if round.tie.as_ref().is_some_and(|tie| tie.parties().contains(&at)) {
                    self.win(session, &competing, &mut round, "seats before a minimum")?;
                    if round.seats[at] >= competing[at].floor {
                        continue;
                    }
                }
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
            (Some(method), Level::Inside) => method.clone(),
            _ => match &tier.method {
                Method::Allocation(method) => method.clone(),
                Method::Own(own) => return self.run_own(session, own, competing, seats),
                Method::Given | Method::Biproportional(_) => {
                    return Err(Error::NotAMethod { method: tier.method.to_string() }.into());
                }
            },
        };
        let question = Question::new(session, self, competing, seats, level, &method)?;
        question.answer(session)
    }

    /// Puts a question to a user's own method.
    fn run_own(
        &self,
        session: &mut Session<'_>,
        own: &crate::rule::method::OwnMethod,
        competing: &[&Entrant],
        seats: u64,
    ) -> Result<Round, Halt> {
        let bounded = |entrant: &&Entrant| entrant.start > 0 || entrant.lower > 0 || entrant.upper.is_some();
        if competing.iter().any(bounded) {
            return Err(Error::NoBounds { method: "a method of one's own" }.into());
        }
        let votes = votes_of(session, competing)?;
        let mut allocation = own.apportion().allocate(&votes, seats)?;
        let given: u128 = allocation.certain().iter().map(|&seats| u128::from(seats)).sum::<u128>()
            + allocation.tie().map_or(0, |tie| u128::from(tie.seats()))
            + u128::from(allocation.vacant());
        if allocation.certain().len() != votes.len() || given != u128::from(seats) {
            let what = alloc::format!("{} gave {given} of {seats} seats to {} parties", own.name(), votes.len());
            return Err(Error::Method { what }.into());
        }
        let candidates: Vec<Vec<PartyId>> = competing.iter().map(|entrant| entrant.parties.clone()).collect();
        let (chain, mut spent) = session.chain(self.unit.place, &candidates);
        let before = spent.clone();
        let settled = allocation.settle_once(&votes, &chain, &mut spent);
        session.spend(&before, &spent);
        let settled = settlements(session, competing, &settled);
        session.trace.push(Record::Contest(ContestRecord {
            tier: session.tier,
            place: self.unit.place,
            about: self.about,
            method: Method::Own(own.clone()),
            seats,
            entries: entries(competing),
            numbers: Numbers::Votes(votes),
            quota_base: None,
            excess: crate::method::Excess::Error,
            certain: allocation.certain().to_vec(),
            tie: allocation.tie().cloned(),
            settled,
            vacant: allocation.vacant(),
            stages: Vec::new(),
            passing: Vec::new(),
        }));
        let tie = allocation.tie().cloned();
        Ok(Round { seats: allocation.certain().to_vec(), tie, vacant: allocation.vacant() })
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
    let nobody = competing.iter().all(|entrant| entrant.claim == BigUint::ZERO && entrant.lower == 0);
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
    competing.iter().all(|entrant| entrant.claim == BigUint::ZERO) && minimums == u128::from(seats)
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

/// The claims as counts, where they are counts.
fn votes_of(session: &Session<'_>, competing: &[&Entrant]) -> Result<Vec<u64>, Error> {
    let fits = |entrant: &&Entrant| {
        u64::try_from(&entrant.claim).map_err(|_| Error::TooManyVotes {
            what: session.names(&entrant.parties).join(" + "),
            count: u128::try_from(&entrant.claim).unwrap_or(u128::MAX),
        })
    };
    competing.iter().map(fits).collect()
}

/// One question to a method of this crate, made ready.
struct Question<'q> {
    asking: &'q Asking<'q>,
    competing: &'q [&'q Entrant],
    seats: u64,
    level: Level,
    method: AllocationMethod,
    numbers: Numbers,
    quota_base: Option<BigUint>,
    held: Vec<u64>,
    minimums: Vec<u64>,
    maximums: Vec<Option<u64>>,
    chain: Vec<TieBreak>,
    spent: Vec<bool>,
    /// The stages, where the method is asked stage by stage.
    stages: Option<Vec<Stage>>,
    passing: Vec<Vec<bool>>,
}

impl<'q> Question<'q> {
    fn new(
        session: &mut Session<'_>,
        asking: &'q Asking<'q>,
        competing: &'q [&'q Entrant],
        seats: u64,
        level: Level,
        method: &AllocationMethod,
    ) -> Result<Self, Halt> {
        let tier = session.tier();
        let denominator = asking.unit.counted.denominator() * asking.scale;
        let numbers = if denominator == BigUint::from(1_u8) {
            Numbers::Votes(votes_of(session, competing)?)
        } else {
            let numerators = competing.iter().map(|entrant| entrant.claim.clone()).collect();
            Numbers::Weights(Weights::new(numerators, denominator)?)
        };
        let weighed = asking.weight().is_some();
        let outer = level == Level::Outer;
        let quota_base = match &asking.quota_votes {
            Some(votes) if outer => {
                let all: BigUint =
                    asking.active.iter().map(|&at| asking.unit.counted.numerator(at) * asking.scale).sum();
                let here: BigUint = competing.iter().map(|entrant| &entrant.whole).sum();
                let gone = if all > here { all - here } else { BigUint::ZERO };
                Some(if *votes > gone { votes - gone } else { BigUint::ZERO })
            }
            _ if weighed => Some(competing.iter().map(|entrant| &entrant.whole).sum()),
            _ => None,
        };
        let after = tier.exhaustion == Exhaustion::Reassign;
        let held: Vec<u64> = competing.iter().map(|entrant| entrant.start).collect();
        let total = |(entrant, held): (&&Entrant, &u64)| entrant.lower.saturating_add(*held);
        let minimums = competing.iter().zip(&held).map(total).collect();
        let most = |(entrant, held): (&&Entrant, &u64)| entrant.upper.map(|upper| upper.saturating_add(*held));
        let maximums = competing.iter().zip(&held).map(most).map(|most| most.filter(|_| !after)).collect();
        let candidates: Vec<Vec<PartyId>> = competing.iter().map(|entrant| entrant.parties.clone()).collect();
        let (chain, spent) = session.chain(asking.unit.place, &candidates);

        let remainders = matches!(method, AllocationMethod::LargestRemainder(_));
        let staged = matches!(method, AllocationMethod::Stages(_))
            || (outer && tier.majority.is_some())
            || after
            || (weighed && remainders);
        let mut stages = None;
        if staged {
            let mut list = stages_of(method).ok_or(Error::NoBounds { method: "the quota method" })?;
            if weighed && remainders {
                // Weighing may leave more than one seat each, which go on in the same order.
                list = list.into_iter().map(|stage| stage.each(u64::MAX)).collect();
            }
            stages = Some(list);
        }
        let passing = passing(session, asking.unit, stages.as_deref().unwrap_or_default(), competing)?;
        Ok(Self {
            asking,
            competing,
            seats,
            level,
            method: method.clone(),
            numbers,
            quota_base,
            held,
            minimums,
            maximums,
            chain,
            spent,
            stages,
            passing,
        })
    }

    /// The question over counts.
    fn contest<'v>(&self, session: &Session<'_>, votes: &'v [u64]) -> Contest<'v> {
        let tier = session.tier();
        let mut contest = Contest::new(votes, self.seats).excess(tier.excess).tie_break(self.chain.clone());
        if tier.vacancies {
            contest = contest.vacancies(true);
        }
        if self.held.iter().any(|&held| held > 0) {
            contest = contest.held(self.held.clone());
        }
        if self.competing.iter().any(|entrant| entrant.lower > 0) {
            contest = contest.minimums(self.minimums.clone());
        }
        if self.maximums.iter().any(Option::is_some) {
            contest = contest.maximums(self.maximums.clone());
        }
        if let Some(base) = &self.quota_base {
            contest = contest.quota_votes(u128::try_from(base).unwrap_or(u128::MAX));
        }
        contest.passing(self.passing.clone())
    }

    /// Asks the method, and records question and answer.
    fn answer(self, session: &mut Session<'_>) -> Result<Round, Halt> {
        let answer = match &self.numbers {
            Numbers::Votes(votes) => {
                let contest = self.contest(session, votes);
                match &self.stages {
                    None => self.at_once(session, self.method.allocate_contest(&contest)?, votes),
                    Some(stages) => self.by_stages(session, stages, &contest)?,
                }
            }
            Numbers::Weights(weights) => {
                let tier = session.tier();
                let exact = ExactContest {
                    quota_base: self.quota_base.clone(),
                    held: self.held.clone(),
                    minimums: self.minimums.clone(),
                    maximums: self.maximums.clone(),
                    excess: tier.excess,
                    vacancies: tier.vacancies,
                    tie_break: self.chain.clone(),
                    passing: self.passing.clone(),
                    ..ExactContest::new(weights, self.seats)
                };
                match &self.stages {
                    None => self.at_once(session, self.method.allocate_exact(&exact)?, &weights.ranks()),
                    Some(stages) => {
                        let (ranks, rough) = (weights.ranks(), weights.leading_bits());
                        self.by_stages(session, stages, &exact.ready(&ranks, &rough))?
                    }
                }
            }
        };
        let Answer { allocation, settled, stages } = answer;
        let settled = settlements(session, self.competing, &settled);
        session.trace.push(Record::Contest(ContestRecord {
            tier: session.tier,
            place: self.asking.unit.place,
            about: self.asking.about,
            method: Method::Allocation(self.method),
            seats: self.seats,
            entries: entries(self.competing),
            numbers: self.numbers,
            quota_base: self.quota_base,
            excess: session.tier().excess,
            certain: allocation.certain().to_vec(),
            tie: allocation.tie().cloned(),
            settled,
            vacant: allocation.vacant(),
            stages,
            passing: self.passing,
        }));
        let tie = allocation.tie().cloned();
        Ok(Round { seats: allocation.certain().to_vec(), tie, vacant: allocation.vacant() })
    }

    /// Settles the tie of an allocation that was made in one go.
    fn at_once(&self, session: &mut Session<'_>, mut allocation: Allocation, votes: &[u64]) -> Answer {
        let mut spent = self.spent.clone();
        let settled = allocation.settle_once(votes, &self.chain, &mut spent);
        session.spend(&self.spent, &spent);
        Answer { allocation, settled, stages: Vec::new() }
    }

    /// Runs the stages, then the absolute majority and the lists that ran out.
    fn by_stages<C: Claims>(&self, session: &mut Session<'_>, stages: &[Stage], claims: &C) -> Result<Answer, Halt> {
        let unit = self.asking.unit;
        let mut steps: Vec<(String, Vec<u64>)> = Vec::new();
        let mut progress = Progress::new(stages, claims)?.with_spent(self.spent.clone());
        let run = run_stages(session, unit, self.competing, |ask| {
            progress.run(ask, |stage, seats| steps.push((stage.to_string(), seats.to_vec())))
        });
        run?;
        if self.level == Level::Outer {
            majority::apply(session, unit, self.competing, self.seats, &self.chain, &mut progress, &mut steps)?;
        }
        if session.tier().exhaustion == Exhaustion::Reassign {
            exhaustion::apply(session, unit, self.competing, &mut progress, &mut steps)?;
        }
        session.spend(&self.spent, progress.spent());
        Ok(Answer { allocation: progress.allocation(), settled: progress.settled().to_vec(), stages: steps })
    }
}

/// Runs something that may ask who wins the tie of a stage; the law forks where this course does not know.
pub(crate) fn run_stages(
    session: &mut Session<'_>,
    unit: &Unit,
    competing: &[&Entrant],
    run: impl FnOnce(&mut crate::method::Ask<'_>) -> Result<(), Stop>,
) -> Result<(), Halt> {
    let mut asked = None;
    let stop = run(&mut |_, tie| {
        let parties = tie.parties().iter().map(|&at| competing[at].parties[0]).collect();
        let choice = session.choice(unit.place, "the seats of a stage", parties, tie.seats());
        let known = session.winners(&choice).map(|won| won.into_iter().map(|at| tie.parties()[at]).collect());
        if known.is_none() {
            asked = Some(choice);
        }
        known
    });
    match (stop, asked) {
        (Ok(()), _) => Ok(()),
        (Err(Stop::Tie { .. }), Some(choice)) => Err(Halt::Tie(crate::rule::choice::Asked::Winners(choice))),
        (Err(Stop::Tie { stage, tie }), None) => {
            let parties = tie.parties().iter().map(|party| alloc::format!("party {}", party + 1)).collect();
            Err(Error::StageTie { stage, parties, seats: tie.seats() }.into())
        }
        (Err(Stop::Error(error)), _) => Err(error.into()),
    }
}

/// A method's answer: seats, and what tie-breaks settled by their number in the chain.
struct Answer {
    allocation: Allocation,
    settled: Vec<Used>,
    stages: Vec<(String, Vec<u64>)>,
}

/// Per stage, who of the entrants meets its conditions.
fn passing(
    session: &mut Session<'_>,
    unit: &Unit,
    stages: &[Stage],
    competing: &[&Entrant],
) -> Result<Vec<Vec<bool>>, Halt> {
    let mut all = Vec::with_capacity(stages.len());
    for stage in stages {
        let mut passes = vec![true; competing.len()];
        for threshold in stage.thresholds() {
            for (passes, entrant) in passes.iter_mut().zip(competing) {
                let candidate = Candidate { parties: &entrant.parties, place: unit.place, stands: unit.place };
                *passes &= threshold.shortfall(candidate, session, &mut Vec::new())?.is_none();
            }
        }
        all.push(passes);
    }
    Ok(all)
}

/// The entrants as the record keeps them.
fn entries(competing: &[&Entrant]) -> Vec<Entry> {
    let entry = |entrant: &&Entrant| Entry {
        parties: entrant.parties.clone(),
        votes: entrant.votes,
        held: entrant.start,
        minimum: entrant.lower,
        maximum: entrant.upper,
    };
    competing.iter().map(entry).collect()
}

/// What tie-breaks settled, by party.
fn settlements(session: &Session<'_>, competing: &[&Entrant], settled: &[Used]) -> Vec<Settlement> {
    let parties = |list: &[usize]| list.iter().map(|&at| competing[at].parties[0]).collect();
    let settlement = |used: &Used| {
        let by = session.tier().tie_break.get(used.by)?.clone();
        Some(Settlement { by, winners: parties(&used.winners), among: parties(&used.among) })
    };
    settled.iter().filter_map(settlement).collect()
}
