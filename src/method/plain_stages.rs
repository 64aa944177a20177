//! Stages without conditions, in the kernels: whole quotas, and highest averages that go on from them.
//!
//! The Netherlands and many others give out seats so. Each stage reads what the ones before gave and adds to it in place;
//! where a kernel is not certain, or a law says tries, the stages are left to [`stages`](super::stages).

use super::bounded::Totals;
use super::kernel::{self, Total};
use super::scratch::Scratch;
use super::stage::{Stage, StageKind};

/// Whether `out` now holds the answer, certain and without a tie. Somebody has votes, and there are seats.
pub(super) fn allocate(
    stages: &[Stage],
    votes: &[u64],
    total: Total,
    seats: u64,
    out: &mut [u64],
    scratch: &mut Scratch,
) -> bool {
    if votes.len() > kernel::UP_TO_64 || !stages.iter().all(Stage::is_plain) {
        return false;
    }
    let mut had = core::mem::take(&mut scratch.sorted);
    had.clear();
    had.resize(votes.len(), 0);
    let done = stages.iter().all(|stage| step(stage, votes, total, seats, &mut had, out)) && sum(&had) == seats;
    if done {
        out.copy_from_slice(&had);
    }
    scratch.sorted = had;
    done
}

/// The sum of seats that are at most 2^47 each.
fn sum(seats: &[u64]) -> u64 {
    seats.iter().fold(0, |sum, seats| sum.wrapping_add(*seats))
}

/// Gives the seats of one stage; `spare` is as long as the parties, and overwritten.
fn step(stage: &Stage, votes: &[u64], total: Total, seats: u64, had: &mut [u64], spare: &mut [u64]) -> bool {
    match stage.kind() {
        StageKind::WholeQuotas(quota) => {
            if !kernel::whole_quotas(*quota, votes, total, seats, spare) {
                return false;
            }
            had.iter_mut().zip(&*spare).for_each(|(had, &whole)| *had = (*had).max(whole));
            // More than there are: the law says what follows.
            sum(had) <= seats
        }
        StageKind::HighestAverages(divisors) => {
            let mut totals = Totals::new();
            let certain = seats.checked_sub(sum(had)).is_some_and(|left| totals.begin(votes.len(), had, left))
                && totals.highest_averages(divisors, votes, spare);
            had.copy_from_slice(spare);
            certain
        }
        StageKind::LargestRemainders(_) | StageKind::RemainderAverages(_) | StageKind::MostVotes => false,
    }
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation)] // random numbers
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::super::kernel::{Numbers, tries};
    use super::super::{AllocationMethod, Claims, Contest, Divisors, Quota, Scratch};
    use super::*;
    use crate::Tie;
    use crate::allocation::Allocation;

    /// Each party's whole quotas as its minimum, by the general path.
    fn slow(quota: Quota, divisors: &Divisors, votes: &[u64], seats: u64) -> Option<Allocation> {
        let contest = Contest::new(votes, seats);
        let size = contest.quota(quota).ok()?;
        let whole = (0..votes.len()).map(|party| u64::try_from(contest.whole_and_rest(party, &size).0).ok());
        let contest = Contest::new(votes, seats).minimums(whole.collect::<Option<Vec<u64>>>()?);
        AllocationMethod::HighestAverages(divisors.clone()).allocate_generally(&contest).ok()
    }

    #[test]
    fn whole_quotas_then_highest_averages_are_averages_above_the_quotas() {
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut scratch = Scratch::new();
        let power = Divisors::power("9/10".parse().unwrap()).unwrap();
        let sequences = [Divisors::D_HONDT, Divisors::SAINTE_LAGUE, Divisors::HUNTINGTON_HILL, power];
        let (mut quick, contests) = (0, tries(20_000));
        for number in 0..contests as usize {
            let votes = {
                let parties = 1 + numbers.below(if number % 4 == 0 { 60 } else { 9 });
                numbers.votes(parties as usize)
            };
            let seats = numbers.seats(votes.len() as u64).min(1 << 58);
            let (quota, divisors) = (Quota::ALL[number % Quota::ALL.len()], &sequences[number % sequences.len()]);
            let Some(wanted) = slow(quota, divisors, &votes, seats) else { continue };
            let stages = vec![Stage::whole_quotas(quota), Stage::highest_averages(divisors.clone())];
            let mut out = vec![0; votes.len()];
            quick += u64::from(allocate(&stages, &votes, Total::of(&votes), seats, &mut out, &mut scratch));
            let method = AllocationMethod::Stages(stages);
            let tie = method.allocate_into(&votes, seats, &mut out, &mut scratch).unwrap().map(Tie::from);
            assert_eq!(Allocation::new(out).with_open(tie), wanted, "{quota}, {divisors}, {votes:?}, {seats}");
        }
        assert!(quick > contests / 10, "{quick}: what is compared is seldom the kernel");
    }
}
