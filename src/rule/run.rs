//! The driver: runs the tiers in turn, and the law once for each way in which a tie can go that somebody asked about.

use alloc::vec;
use alloc::vec::Vec;

use super::Rule;
use super::choice::{Answered, Asked};
use super::method::Method;
use super::provisions;
use super::session::{Halt, Session};
use super::tier::Tier;
use crate::count::{CountRef, Figures};
use crate::error::Error;
use crate::outcome::{Outcome, WayEnd};

/// The most ways that are followed.
const MOST_WAYS: usize = 256;

/// Applies a law to a count.
pub(crate) fn apply(rule: &Rule, count: CountRef<'_>) -> Result<Outcome, Error> {
    #[cfg(feature = "std")]
    if let Some(outcome) = super::plain::outcome(rule, count) {
        return Ok(outcome);
    }
    whole(rule, count)
}

/// Applies a law to a count, every decision on record.
pub(crate) fn whole(rule: &Rule, count: CountRef<'_>) -> Result<Outcome, Error> {
    apply_to(rule, &Figures::new(count)?)
}

/// Applies a law to figures.
pub(crate) fn apply_to(rule: &Rule, figures: &Figures<'_>) -> Result<Outcome, Error> {
    check(rule, figures)?;
    apply_figures(rule, figures)
}

/// Applies a law to a count that is ready, and that the law fits.
pub(crate) fn apply_figures(rule: &Rule, figures: &Figures<'_>) -> Result<Outcome, Error> {
    let mut first: Option<Outcome> = None;
    let mut ends: Vec<WayEnd> = Vec::new();
    let mut waiting: Vec<Vec<Answered>> = vec![Vec::new()];
    while let Some(answers) = waiting.pop() {
        let mut session = Session::new(rule, figures, &answers)?;
        match run(&mut session) {
            Ok(()) if answers.is_empty() => return Outcome::of(&mut session, Vec::new()),
            Ok(()) => ends.push(WayEnd::of(&mut session, &answers, None)?),
            Err(Halt::Error(error)) if answers.is_empty() => return Err(error),
            Err(Halt::Error(error)) => ends.push(WayEnd::of(&mut session, &answers, Some(error))?),
            Err(Halt::Tie(asked)) => {
                let room = MOST_WAYS.saturating_sub(ends.len() + waiting.len());
                let next = asked.answers(room);
                if first.is_none() {
                    first = Some(Outcome::of(&mut session, asked.choices())?);
                }
                match (next, &first) {
                    (Some(next), _) => waiting.extend(next.into_iter().rev().filter_map(|one| with(&answers, one))),
                    (None, Some(first)) => return Ok(first.clone().stopped()),
                    (None, None) => return Outcome::of(&mut session, asked.choices()),
                }
            }
        }
    }
    match first {
        Some(first) => first.forked(ends),
        None => Err(Error::NoVotes { seats: rule.seats().unwrap_or(0) }),
    }
}

/// Runs every way of a law over figures that have been checked, and shows where each ends, with the error if it is one.
/// With `asks_for_places`, ties that the law can leave open fork it too, where they leave open what a place has.
///
/// Answers whether they were all followed to the end.
pub(crate) fn each_way(
    rule: &Rule,
    figures: &Figures<'_>,
    asks_for_places: bool,
    show: &mut dyn FnMut(&Session<'_>, Option<&Error>),
) -> bool {
    let mut followed = 0;
    let mut waiting: Vec<Vec<Answered>> = vec![Vec::new()];
    while let Some(answers) = waiting.pop() {
        let Ok(mut session) = Session::new(rule, figures, &answers) else { return false };
        session.asks_for_places = asks_for_places;
        match run(&mut session) {
            Ok(()) if session.stopped => return false,
            Ok(()) => show(&session, None),
            Err(Halt::Error(error)) => show(&session, Some(&error)),
            Err(Halt::Tie(asked)) => match asked.answers(MOST_WAYS.saturating_sub(followed + waiting.len())) {
                Some(next) => {
                    waiting.extend(next.into_iter().rev().filter_map(|one| with(&answers, one)));
                    continue;
                }
                None => return false,
            },
        }
        followed += 1;
    }
    true
}

/// Refuses a law that does not fit these figures, or figures that are wrong whatever the law is.
pub(crate) fn check(rule: &Rule, figures: &Figures<'_>) -> Result<(), Error> {
    figures.check(rule.is_flat())?;
    // Parties' seats that are given need no sums of votes.
    let given = |tier: &Tier| matches!(&tier.method, Method::Biproportional(law) if law.party_seats.is_some());
    figures.check_votes(!rule.tiers().iter().all(given))?;
    provisions::check_for(rule, figures)
}

/// Runs every tier in turn.
fn run(session: &mut Session<'_>) -> Result<(), Halt> {
    for tier in 0..session.rule.tiers().len() {
        if session.waits {
            session.stopped = true;
            break;
        }
        session.tier = tier;
        provisions::run(session).map_err(|halt| match halt {
            Halt::Error(error) => Halt::Error(session.in_tier(error)),
            tie @ Halt::Tie(_) => tie,
        })?;
    }
    Ok(())
}

/// These answers and one more, if it agrees with what is known of several ties together.
fn with(answers: &[Answered], one: Answered) -> Option<Vec<Answered>> {
    let mut all = Vec::with_capacity(answers.len() + 1);
    for answer in answers {
        let narrowed = match (answer, &one) {
            (Answered::Together { ties, seats, ways }, Answered::Winners(chosen)) => {
                Answered::narrowed(ties, seats, *ways, chosen)?
            }
            _ => answer.clone(),
        };
        all.push(narrowed);
    }
    all.push(one);
    Some(all)
}

impl Asked {
    /// The choices that are asked about, to be shown.
    fn choices(&self) -> Vec<super::Choice> {
        match self {
            Self::Winners(choice) => vec![choice.clone()],
            Self::Together(ties) => ties.iter().map(super::ledger::Open::choice).collect(),
        }
    }
}
