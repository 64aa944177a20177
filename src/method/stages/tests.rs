use alloc::vec;
use alloc::vec::Vec;

use super::super::kernel::Numbers;
use super::*;
use crate::allocation::TieBreak;

/// The stages run as far as they go; that seats are left then is not what is asked here. `None` where they have no answer.
fn try_after<'a>(stages: &'a [Stage], contest: &'a Contest<'a>) -> Option<Progress<'a>> {
    let mut progress = Progress::new(stages, contest).ok()?;
    run(&mut progress).then_some(progress)
}

fn after<'a>(stages: &'a [Stage], contest: &'a Contest<'a>) -> Progress<'a> {
    try_after(stages, contest).unwrap()
}

fn run(progress: &mut Progress<'_>) -> bool {
    let ended = progress.run(&mut |_, _| None, |_, _| {});
    matches!(ended, Ok(()) | Err(Stop::Error(Error::StagesLeaveSeats { .. })))
}

#[test]
fn the_last_winner_is_who_would_not_have_won_had_the_stage_one_seat_less() {
    let kinds: [fn() -> Stage; 5] = [
        || Stage::highest_averages(Divisors::SAINTE_LAGUE),
        || Stage::highest_averages_of_remainders(Divisors::D_HONDT),
        || Stage::largest_remainders(),
        || Stage::largest_remainders_of(Quota::HARE),
        || Stage::most_votes(),
    ];
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut compared = [0; 5];
    for round in 0..4_000 {
        let kind = round % kinds.len();
        let votes: Vec<u64> = (0..4).map(|_| 1 + numbers.below(400)).collect();
        let (held, minimums): (Vec<u64>, Vec<u64>) = (0..4).map(|_| (numbers.below(3), numbers.below(3))).unzip();
        // A quota is 143 votes.
        let contest = Contest::new(&votes, 20).held(held).minimums(minimums).quota_votes(3_000);
        let given = 1 + numbers.below(7);
        let [fewer, more] =
            [given - 1, given].map(|total| [Stage::whole_quotas(Quota::DROOP), kinds[kind]().total(total)]);
        let (Some(fewer), Some(more)) = (try_after(&fewer, &contest), try_after(&more, &contest)) else { continue };
        if fewer.tie().is_some() || more.tie().is_some() || fewer.had == more.had {
            continue;
        }
        let last: Vec<usize> = (0..4).filter(|&party| more.had[party] > fewer.had[party]).collect();
        assert_eq!(more.last_winners(usize::MAX), Some((1, last)), "{kind}: {contest:?}");
        compared[kind] += 1;
    }
    assert!(compared.iter().all(|&compared| compared > 200), "{compared:?}");
}

#[test]
fn remainders_are_of_the_named_quota_and_else_of_the_last_whole_quotas() {
    let votes = [60, 40];
    let contest = Contest::new(&votes, 9);
    let stages = [
        Stage::whole_quotas(Quota::HARE),
        Stage::largest_remainders(),
        Stage::whole_quotas(Quota::DROOP),
        Stage::largest_remainders(),
        Stage::largest_remainders_of(Quota::IMPERIALI),
        Stage::most_votes(),
    ];
    let progress = Progress::new(&stages, &contest).unwrap();
    let quotas = [Quota::HARE, Quota::HARE, Quota::DROOP, Quota::DROOP, Quota::IMPERIALI, Quota::DROOP];
    for (index, quota) in quotas.into_iter().enumerate() {
        assert_eq!(progress.quota_at(index), contest.quota(quota), "stage {}", index + 1);
    }
}

#[test]
fn remainders_count_what_the_stage_gave_before_it_is_run_again() {
    // A Hare quota is 100 votes. Whole quotas: A 3, B 1, C 0, D 0; remainders 10, 90, 85, 15: B and C.
    let votes = [310, 190, 85, 15];
    let contest = Contest::new(&votes, 6);
    let stages = [Stage::whole_quotas(Quota::HARE), Stage::largest_remainders().each(2)];
    let mut progress = after(&stages, &contest);
    assert_eq!(progress.seats(), [3, 2, 1, 0]);
    // A list of two candidates leaves a seat. What is left of B's votes are -10 now, and of C's -15: it is D's.
    progress.limit(0, 2);
    assert!(run(&mut progress));
    assert_eq!(progress.seats(), [2, 2, 1, 1]);
}

#[test]
fn seats_beyond_the_house_are_taken_off_by_remainders_of_all_that_a_party_has() {
    // Imperiali: 1,000 votes / (8 + 2) = 100 make a seat. 2 + 5 + 3 seats are two too many: of remainders of 40, 10 and 50
    // the smallest lose one.
    let votes = [240, 510, 350];
    let contest = Contest::new(&votes, 8).quota_votes(1_000).excess(Excess::SmallestRemainders);
    let stages = [Stage::whole_quotas(Quota::IMPERIALI)];
    let mut progress = after(&stages, &contest);
    assert_eq!(progress.seats(), [1, 4, 3]);
    // With one candidate less C leaves a seat, which A and B have bought once more, and A by the larger remainder.
    progress.limit(2, 2);
    assert!(run(&mut progress));
    assert_eq!(progress.seats(), [2, 4, 2]);
}

#[test]
fn what_is_left_of_votes_is_divided_by_the_seats_of_that_stage_alone() {
    // B has two seats anyway: they are not won by what is left of its votes.
    let votes = [700, 260, 40];
    let contest = Contest::new(&votes, 10).minimums(&[0, 2, 0][..]);
    let stages = [Stage::whole_quotas(Quota::HARE), Stage::highest_averages_of_remainders(Divisors::D_HONDT)];
    // A quota is 100: 7, 2 and 0, and 0, 60 and 40 votes are left.
    assert_eq!(after(&stages, &contest).seats(), [7, 3, 0]);
}

#[test]
fn lots_are_used_once() {
    let votes = [50, 50];
    let contest = Contest::new(&votes, 1).tie_break(vec![TieBreak::Drawn(vec![1])]);
    let stages = [Stage::most_votes()];
    let mut progress = after(&stages, &contest);
    assert_eq!((progress.seats(), progress.spent()), (&[0, 1][..], &[true][..]));
    let without = Progress::new(&stages, &contest).unwrap().with_spent(vec![true]);
    assert_eq!(without.spent(), [true]);
    progress.spend(vec![false]);
    assert_eq!(progress.spent(), [false]);
}
