//! Absolute majority: more than half of the votes bring more than half of the seats (Netherlands, Kieswet, art. P 9).

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::Unit;
use super::allocate::Entrant;
use super::question::run_stages;
use crate::allocation::{Allocation, TieBreak};
use crate::count::Base;
use crate::method::{Claims, Progress};
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{MajorityRecord, Record};
use crate::tie::Tie;

/// The rule that a list with more than half of the votes has more than half of the seats.
///
/// Where it does not, it gets one more, and the list gives one up that won its seat by the smallest average or remainder
/// (Netherlands, Kieswet, art. P 9).
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Majority, Rule, Tally};
///
/// // 51 of 100 votes bring D'Hondt's two of four seats, and with the provision three.
/// let tally = Tally::from_votes([("A", 51), ("B", 49)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 4);
/// assert_eq!(rule.apply(&tally)?.seats("A"), Some(2));
/// assert_eq!(rule.majority(Majority::new()).apply(&tally)?.seats("A"), Some(3));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Majority {
    pub(crate) drawn: Vec<String>,
}

impl Majority {
    /// The rule; a tie over who gives up the seat is left to the tie-break, whose winners keep theirs.
    #[must_use]
    pub const fn new() -> Self {
        Self { drawn: Vec::new() }
    }

    /// Lets the first of these, of lists with equal claims, give up the seat: lots drawn by hand.
    #[must_use]
    pub fn drawn<S: ToString>(self, names: impl IntoIterator<Item = S>) -> Self {
        Self { drawn: names.into_iter().map(|name| name.to_string()).collect() }
    }
}

/// Gives a list with more than half of the votes, but not of the seats, one more.
pub(crate) fn apply<C: Claims>(
    session: &mut Session<'_>,
    unit: &Unit,
    competing: &[&Entrant],
    seats: u64,
    chain: &[TieBreak],
    progress: &mut Progress<'_, C>,
    steps: &mut Vec<(String, Vec<u64>)>,
) -> Result<(), Halt> {
    let Some(majority) = session.tier().majority.clone() else { return Ok(()) };
    let whole = session.base(unit.place, Base::Valid)?;
    let more_than_half = |entrant: &&Entrant| 2 * u128::from(entrant.votes) > whole;
    let Some(first) = competing.iter().position(more_than_half) else { return Ok(()) };
    if 2 * u128::from(progress.seats()[first]) > seats.into() || progress.is_full(first) {
        return Ok(());
    }
    run_stages(session, unit, competing, |ask| progress.ask_of_open_tie(ask))?;
    if 2 * u128::from(progress.seats()[first]) > seats.into() {
        return Ok(());
    }
    let Some((stage, losers)) = progress.last_winners(first) else { return Ok(()) };
    let loser = loser(session, unit, competing, chain, &majority, &losers, progress)?;
    progress.withdraw(stage, loser);
    progress.give(first);
    session.trace.push(Record::Majority(MajorityRecord {
        tier: session.tier,
        place: unit.place,
        winner: competing[first].parties[0],
        loser: competing[loser].parties[0],
    }));
    steps.push(("absolute majority".to_string(), progress.seats().to_vec()));
    Ok(())
}

/// Which of the lists with the smallest claim gives up its seat: as lots say, else as the tie-break lets the others keep
/// theirs.
fn loser<C: Claims>(
    session: &mut Session<'_>,
    unit: &Unit,
    competing: &[&Entrant],
    chain: &[TieBreak],
    majority: &Majority,
    losers: &[usize],
    progress: &mut Progress<'_, C>,
) -> Result<usize, Halt> {
    let stands_for = |at: usize, name: &str| {
        session.figures.party_named(name).is_some_and(|party| competing[at].parties.contains(&party))
    };
    let drawn = majority.drawn.iter().find_map(|name| losers.iter().copied().find(|&at| stands_for(at, name)));
    if let (&[loser], _) | (_, Some(loser)) = (losers, drawn) {
        return Ok(loser);
    }
    let votes: Vec<u64> = competing.iter().map(|entrant| entrant.votes).collect();
    let mut keep =
        Allocation::new(vec![0; votes.len()]).with_open(Tie::among(losers.to_vec(), losers.len() as u64 - 1));
    let mut spent = progress.spent().to_vec();
    keep.settle_once(&votes, chain, &mut spent);
    progress.spend(spent);
    let lost = |&&at: &&usize| keep.certain()[at] == 0;
    if let (None, Some(&loser)) = (keep.tie(), losers.iter().find(lost)) {
        return Ok(loser);
    }
    // Whoever a tie-break lets keep its seat is no longer in question.
    let left = keep.tie().map_or(losers, Tie::parties);
    let parties = left.iter().map(|&at| competing[at].parties[0]).collect();
    let choice = session.choice(unit.place, "the seat given up to the absolute majority", parties, 1);
    Ok(session.ask(choice)?.first().map_or(left[0], |&at| left[at]))
}
