//! Exhaustion: what happens where a list has more seats than candidates (Netherlands, Kieswet, art. P 10 and P 13).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Unit;
use super::allocate::Entrant;
use super::question::run_stages;
use crate::method::{Claims, Progress};
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{ExhaustedRecord, Record};
use crate::tie::Tie;

/// Whether maximums hold within the method or after it.
///
/// # Examples
/// ```
/// use apportion::rule::Exhaustion;
/// use apportion::{AllocationMethod, Party, Rule, Tally};
///
/// let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 60), ("B".into(), 30), ("C".into(), 10)])?;
/// let rule = Rule::new(AllocationMethod::D_HONDT, 5).exhaustion(Exhaustion::Reassign);
/// assert_eq!(rule.apply(&tally)?.seats("A"), Some(2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Exhaustion {
    /// No list gets more than its maximum at any step.
    #[default]
    Within,
    /// Seats beyond the maximum return after the method, and its stages go on with the other lists.
    Reassign,
}

/// Takes seats beyond the candidates back, and lets the stages go on with the other lists.
pub(crate) fn apply<C: Claims>(
    session: &mut Session<'_>,
    unit: &Unit,
    competing: &[&Entrant],
    progress: &mut Progress<'_, C>,
    steps: &mut Vec<(String, Vec<u64>)>,
) -> Result<(), Halt> {
    let beyond = |at: usize, seats: u64| competing[at].upper.is_some_and(|upper| seats > upper);
    let over = |seats: &[u64]| (0..seats.len()).filter(|&at| beyond(at, seats[at])).collect::<Vec<_>>();
    let tied = progress.tie().map(Tie::parties).unwrap_or_default();
    if over(progress.seats()).is_empty() && !tied.iter().any(|&at| beyond(at, progress.seats()[at] + 1)) {
        return Ok(());
    }
    run_stages(session, unit, competing, |ask| progress.ask_of_open_tie(ask))?;
    let exhausted = over(progress.seats());
    let would_have = progress.seats().to_vec();
    for (at, entrant) in competing.iter().enumerate() {
        progress.limit(at, entrant.upper.unwrap_or(u64::MAX));
    }
    for &at in &exhausted {
        session.trace.push(Record::Exhausted(ExhaustedRecord {
            tier: session.tier,
            place: unit.place,
            parties: competing[at].parties.clone(),
            would_have: would_have[at],
            most: competing[at].upper.unwrap_or(0),
        }));
    }
    steps.push(("seats beyond the candidates returned".to_string(), progress.seats().to_vec()));
    run_stages(session, unit, competing, |ask| progress.run(ask, |_, _| {}))?;
    steps.push(("returned seats given to other lists".to_string(), progress.seats().to_vec()));
    Ok(())
}
