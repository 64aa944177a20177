//! Questions: what a method is asked, in its own numbers, and the record of it with the answer.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::allocate::{Asking, Entrant, Level, Round};
use super::{Unit, exhaustion, majority};
use crate::allocation::{Allocation, TieBreak, Used};
use crate::count::PartyId;
use crate::error::Error;
use crate::method::exact::{ExactContest, Weights};
use crate::method::{AllocationMethod, Claims, Contest, Excess, Progress, Stage, Stop, stages_of};
use crate::rule::method::{Method, OwnMethod};
use crate::rule::provisions::exhaustion::Exhaustion;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{ContestRecord, Entry, Numbers, Record, Settlement};

/// The claims as counts, where they are counts.
fn votes_of(session: &Session<'_>, competing: &[&Entrant]) -> Result<Vec<u64>, Error> {
    let mut votes = Vec::with_capacity(competing.len());
    for entrant in competing {
        let count = entrant.claim.small().unwrap_or(u128::MAX);
        let what = || session.names(&entrant.parties).join(" + ");
        votes.push(u64::try_from(count).map_err(|_| Error::TooManyVotes { what: what(), count })?);
    }
    Ok(votes)
}

/// One question to a method of this crate, made ready.
pub(super) struct Question<'q> {
    asking: &'q Asking<'q>,
    competing: &'q [&'q Entrant],
    seats: u64,
    level: Level,
    method: Method,
    /// The method without the thresholds of its stages.
    allocation: AllocationMethod,
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
    pub(super) fn new(
        session: &mut Session<'_>,
        asking: &'q Asking<'q>,
        competing: &'q [&'q Entrant],
        seats: u64,
        level: Level,
        method: Method,
    ) -> Result<Self, Halt> {
        let Some(allocation) = method.allocation().cloned() else {
            return Err(Error::NotAMethod { method: method.to_string() }.into());
        };
        let after = session.tier().exhaustion == Exhaustion::Reassign;
        let minimum = |entrant: &&Entrant| entrant.lower.saturating_add(entrant.start);
        let maximum = |entrant: &&Entrant| entrant.upper.map(|upper| upper.saturating_add(entrant.start));
        let (chain, spent) = chain(session, asking, competing);
        let stages = stages(session, asking, level, &allocation)?;
        let passing = match &method {
            Method::Staged(staged) => staged.passing(session, asking.unit, competing)?,
            _ => Vec::new(),
        };
        Ok(Self {
            asking,
            competing,
            seats,
            level,
            method,
            allocation,
            numbers: numbers(session, asking, competing)?,
            quota_base: quota_base(asking, competing, level),
            held: competing.iter().map(|entrant| entrant.start).collect(),
            minimums: competing.iter().map(minimum).collect(),
            // Candidates that run out after the method bound nothing within it.
            maximums: competing.iter().map(maximum).map(|most| most.filter(|_| !after)).collect(),
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
    pub(super) fn answer(self, session: &mut Session<'_>) -> Result<Round, Halt> {
        let answer = match &self.numbers {
            Numbers::Votes(votes) => {
                let contest = self.contest(session, votes);
                match &self.stages {
                    None => self.at_once(session, self.allocation.allocate_contest(&contest)?, votes),
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
                    None => self.at_once(session, self.allocation.allocate_exact(&exact)?, &weights.ranks()),
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
            method: self.method,
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

    /// A stage in words, with what the law asks of those that take part in it.
    fn name_of(&self, stages: &[Stage], at: usize) -> String {
        match &self.method {
            Method::Staged(staged) => staged.name_of(at),
            _ => stages[at].to_string(),
        }
    }

    /// Runs the stages, then the absolute majority and the lists that ran out.
    fn by_stages<C: Claims>(&self, session: &mut Session<'_>, stages: &[Stage], claims: &C) -> Result<Answer, Halt> {
        let unit = self.asking.unit;
        let mut steps: Vec<(String, Vec<u64>)> = Vec::new();
        let mut progress = Progress::new(stages, claims)?.with_spent(self.spent.clone());
        let run = run_stages(session, unit, self.competing, |ask| {
            progress.run(ask, |at, seats| steps.push((self.name_of(stages, at), seats.to_vec())))
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

/// The tier's tie-breaks as positions among these, and which of them are used up.
fn chain(session: &Session<'_>, asking: &Asking<'_>, competing: &[&Entrant]) -> (Vec<TieBreak>, Vec<bool>) {
    // Most laws have none, and most questions are asked of those.
    if session.tier().tie_break.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let candidates: Vec<&[PartyId]> = competing.iter().map(|entrant| &*entrant.parties).collect();
    session.chain(asking.unit.place, &candidates)
}

/// What the method counts: votes, or weights where those are no counts.
fn numbers(session: &Session<'_>, asking: &Asking<'_>, competing: &[&Entrant]) -> Result<Numbers, Error> {
    let counts = || Ok::<_, Error>(Numbers::Votes(votes_of(session, competing)?));
    if asking.unit.counted.exact.is_none() && asking.scale == 1 {
        return counts();
    }
    let denominator = asking.unit.counted.denominator() * asking.scale;
    if denominator == BigUint::from(1_u8) {
        return counts();
    }
    let numerators = competing.iter().map(|entrant| entrant.claim.to_big()).collect();
    Ok(Numbers::Weights(Weights::new(numerators, denominator)?))
}

/// The votes of the quota, where they are not those that the method counts.
fn quota_base(asking: &Asking<'_>, competing: &[&Entrant], level: Level) -> Option<BigUint> {
    match &asking.quota_votes {
        Some(votes) if level == Level::Outer => {
            // Without the votes of lists that have got what they get already.
            let all = asking.active.iter().map(|&at| asking.unit.counted.numerator(at).to_big() * asking.scale);
            let all: BigUint = all.sum();
            let here: BigUint = competing.iter().map(|entrant| entrant.whole.to_big()).sum();
            let gone = if all > here { all - here } else { BigUint::ZERO };
            Some(if *votes > gone { votes - gone } else { BigUint::ZERO })
        }
        _ if asking.weight().is_some() => Some(competing.iter().map(|entrant| entrant.whole.to_big()).sum()),
        _ => None,
    }
}

/// The stages of the method, where what follows it has to know them.
fn stages(
    session: &Session<'_>,
    asking: &Asking<'_>,
    level: Level,
    method: &AllocationMethod,
) -> Result<Option<Vec<Stage>>, Error> {
    let tier = session.tier();
    let weighed = asking.weight().is_some() && matches!(method, AllocationMethod::LargestRemainder(_));
    let staged = matches!(method, AllocationMethod::Stages(_))
        || (level == Level::Outer && tier.majority.is_some())
        || tier.exhaustion == Exhaustion::Reassign
        || weighed;
    if !staged {
        return Ok(None);
    }
    let list = stages_of(method).ok_or(Error::NoBounds { method: "the quota method" })?;
    // Weighing may leave more than one seat each, which go on in the same order.
    Ok(Some(if weighed { list.into_iter().map(|stage| stage.each(u64::MAX)).collect() } else { list }))
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

/// Puts a question to a user's own method.
pub(super) fn ask_own(
    session: &mut Session<'_>,
    asking: &Asking<'_>,
    own: &OwnMethod,
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
    let candidates: Vec<&[PartyId]> = competing.iter().map(|entrant| &*entrant.parties).collect();
    let (chain, mut spent) = session.chain(asking.unit.place, &candidates);
    let before = spent.clone();
    let settled = allocation.settle_once(&votes, &chain, &mut spent);
    session.spend(&before, &spent);
    let settled = settlements(session, competing, &settled);
    session.trace.push(Record::Contest(ContestRecord {
        tier: session.tier,
        place: asking.unit.place,
        about: asking.about,
        method: Method::Own(own.clone()),
        seats,
        entries: entries(competing),
        numbers: Numbers::Votes(votes),
        quota_base: None,
        excess: Excess::Error,
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

/// A method's answer: seats, and what tie-breaks settled by their number in the chain.
struct Answer {
    allocation: Allocation,
    settled: Vec<Used>,
    stages: Vec<(String, Vec<u64>)>,
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
