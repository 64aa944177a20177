//! Prepared laws of tiers held against whole runs: on elections that were held, with votes moved about, and on random laws
//! with ties on purpose.
//!
//! `PREPARED_LAWS` says how many random laws are tried, where it is not 1,500.

use apportion::rule::{RowLeft, Seats};
use apportion::{
    AllocationMethod, Ballot, Base, Count, Election, Error, Level, Outcome, Party, Place, Quota, Ratio, Rounding, Rule,
    Tally, Threshold, Tier,
};

mod numbers;
#[path = "numbers/tiers.rs"]
mod tiers;
use numbers::Numbers;
use tiers::{count, first_tier, law, method};

/// The places of a count that have votes of their own, in the order of a row.
fn row_of(count: &Count, votes: usize) -> Vec<u64> {
    let of = |tally: &Tally| tally.iter().map(|(_, votes)| u64::try_from(votes).unwrap()).collect::<Vec<_>>();
    let mut row: Vec<u64> = count.districts().flat_map(|place| of(&place.tally)).collect();
    if row.len() < votes {
        row.extend(of(&count.nation().tally));
    }
    row
}

/// The certain seats of an outcome in the order of an answer.
fn answer_of(count: &Count, outcome: &Outcome) -> Vec<u64> {
    if count.places().is_empty() {
        return outcome.parties().iter().map(|party| party.certain()).collect();
    }
    let mut answer = Vec::new();
    for place in count.districts() {
        let stand = place.tally.parties().len();
        answer.extend(outcome.at(&place.name).unwrap().parties().iter().take(stand).map(|party| party.certain()));
    }
    answer
}

/// Holds a prepared law against whole runs of these counts, which differ in the votes of parties alone.
fn hold(rule: &Rule, counts: &[Count], what: &str) -> [usize; 3] {
    let mut seen = [0; 3];
    let mut prepared = match rule.prepare(&counts[0]) {
        Ok(prepared) => prepared,
        Err(error) => {
            // What is wrong whatever the votes are is wrong with these.
            assert_eq!(rule.apply(&counts[0]).unwrap_err(), error, "{what}");
            return seen;
        }
    };
    let rows: Vec<u64> = counts.iter().flat_map(|count| row_of(count, prepared.votes())).collect();
    let mut seats = vec![99; counts.len() * prepared.seats()];
    let left = prepared.apply_rows(&rows, &mut seats).unwrap();
    let mut again = vec![77; seats.len()];
    assert_eq!(prepared.apply_rows_in_parallel(&rows, &mut again).unwrap(), left, "{what}");
    assert_eq!(again, seats, "{what}");
    for (row, count) in counts.iter().enumerate() {
        let mine: Vec<&RowLeft> = left.iter().filter(|left| left.row() == row).collect();
        let got = &seats[row * prepared.seats()..][..prepared.seats()];
        match rule.apply(count) {
            Err(error) => {
                seen[0] += 1;
                assert_eq!(mine, [&RowLeft::Error { row, error }], "{what} {count:?}");
                assert!(got.iter().all(|&seats| seats == 0));
            }
            Ok(outcome) => {
                let whole = answer_of(count, &outcome);
                assert_eq!(got[..whole.len()], whole, "{what} {rule:?} {count:?} {outcome}");
                if !count.places().is_empty() {
                    let all: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
                    assert_eq!(got[got.len() - all.len()..], all, "{what} {rule:?} {count:?}");
                }
                let open = !outcome.ties().is_empty() || !outcome.ways().is_empty() || !outcome.ways_complete();
                assert_eq!(!mine.is_empty(), open, "{what} {mine:?} {count:?} {outcome}");
                seen[if open { 1 } else { 2 }] += 1;
            }
        }
    }
    seen
}

/// The count with some ballots more, at most one in `part` for each party.
fn moved(count: &Count, part: u128, n: &mut Numbers) -> Count {
    let move_in = |tally: &mut Tally, n: &mut Numbers| {
        let old: Vec<(String, u128)> = tally.iter().map(|(party, votes)| (party.name().to_string(), votes)).collect();
        for (name, votes) in old {
            let most = u64::try_from(votes / part).unwrap();
            tally.count(&Ballot::party(name), n.below(most + 1));
        }
    };
    let mut places = count.places().to_vec();
    for place in places.iter_mut().filter(|place| place.level == Level::District) {
        move_in(&mut place.tally, n);
    }
    let mut nation = count.nation().clone();
    if places.is_empty() {
        move_in(&mut nation.tally, n);
        return Count::from(nation.tally).with_alliances(count.alliances().to_vec());
    }
    Count::of_places(places).unwrap().with_nation(nation).with_alliances(count.alliances().to_vec())
}

fn elections(text: &str) -> impl Iterator<Item = Election> + '_ {
    text.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn laws_of_elections_that_were_held_give_the_same_prepared() {
    let texts = [include_str!("data/tiers.jsonl"), include_str!("data/laws/several-places.jsonl")];
    let mut n = Numbers(1);
    let (mut elections_held, mut answered) = (0, 0);
    for election in texts.into_iter().flat_map(elections) {
        let mut counts = vec![election.count.clone()];
        let more = if election.count.places().len() > 60 { 1 } else { 8 };
        counts.extend((0..more).map(|at| moved(&election.count, if at % 2 == 0 { 6 } else { 400 }, &mut n)));
        let [_, open, certain] = hold(&election.rule, &counts, election.id.as_deref().unwrap_or_default());
        elections_held += 1;
        answered += usize::from(open + certain == counts.len());
    }
    assert!(elections_held > 40 && answered > 35, "{answered} of {elections_held}");
}

#[test]
fn random_laws_of_tiers_give_the_same_prepared() {
    let laws = std::env::var("PREPARED_LAWS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_500);
    let mut all = [0; 3];
    for seed in 0..laws {
        let mut n = Numbers(seed);
        let first = count(&mut n);
        let rule = law(&mut n, first.regions().count() > 0);
        let counts = [first.clone(), moved(&first, 2, &mut n), moved(&first, 9, &mut n)];
        let seen = hold(&rule, &counts, &format!("{seed}"));
        for (all, seen) in all.iter_mut().zip(seen) {
            *all += seen;
        }
    }
    let [errors, open, certain] = all;
    let laws = usize::try_from(laws).unwrap();
    assert!(certain > laws / 2 && open > laws / 20, "{errors} errors, {open} open, {certain} certain");
}

#[test]
fn random_laws_of_one_tier_in_districts_give_the_same_prepared() {
    let mut all = [0; 3];
    for seed in 0..1_500 {
        let mut n = Numbers(seed);
        let first = count(&mut n);
        let counts = [first.clone(), moved(&first, 2, &mut n), moved(&first, 9, &mut n)];
        // Most of them with a number of votes in each district, which alone decides.
        let tier = match n.below(3) {
            0 => first_tier(&mut n),
            at => {
                let tier =
                    Tier::new(method(&mut n)).threshold(Threshold::share(n.pick(&["10%", "30%"]).parse().unwrap()));
                if at == 1 { tier } else { tier.admit_at_least(2) }
            }
        };
        let seen = hold(&Rule::of_tiers([tier]), &counts, &format!("{seed}"));
        for (all, seen) in all.iter_mut().zip(seen) {
            *all += seen;
        }
    }
    let [errors, open, certain] = all;
    assert!(certain > 750 && open > 75, "{errors} errors, {open} open, {certain} certain");
}

#[test]
fn seats_held_before_the_only_tier_stand_beside_its_own() {
    let rule = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT).seats(Seats::Fixed(3))]);
    let tally = Tally::from_votes([(Party::new("A").with_direct_seats(2), 0), ("B".into(), 0)]).unwrap();
    let mut prepared = rule.prepare(&tally).unwrap();
    let mut seats = [9; 2];
    assert!(prepared.apply_rows(&[50, 30], &mut seats).unwrap().is_empty());
    assert_eq!(seats, [4, 1]);
}

#[test]
fn a_house_of_more_seats_than_64_bits_hold_is_an_error_of_the_row() {
    let tally = || Tally::from_votes([("A", 9), ("B", 4)]).unwrap();
    let districts = |north: u64| {
        let places = [("North", north), ("South", 20)];
        let place = |(name, seats)| Place::district(name, tally()).with_seats(seats);
        Count::of_places(places.map(place)).unwrap()
    };
    let held = Tally::from_votes([(Party::new("A").with_direct_seats(u64::MAX - 20), 9), ("B".into(), 4)]).unwrap();
    let everywhere = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT)]);
    let on_top = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT).seats(Seats::Fixed(21))]);
    for (rule, count) in [(&everywhere, districts(u64::MAX - 19)), (&on_top, Count::from(held))] {
        let error = rule.apply(&count).unwrap_err();
        assert!(matches!(error, Error::TooManySeatsInAll { .. }), "{error}");
        let mut prepared = rule.prepare(&count).unwrap();
        let mut seats = vec![0; prepared.seats()];
        assert_eq!(prepared.apply(&row_of(&count, prepared.votes()), &mut seats), Err(error));
    }
    assert_eq!(hold(&everywhere, &[districts(u64::MAX - 20)], "the largest house"), [0, 0, 1]);
}

#[test]
fn a_row_with_more_votes_than_ballots_cast_is_an_error_of_its_own() {
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let tally = Tally::from_votes([("A", 0), ("B", 0)]).unwrap().with_cast(10);
    let mut prepared = rule.prepare(&tally).unwrap();
    let mut seats = [9; 4];
    let left = prepared.apply_rows(&[6, 5, /**/ 6, 4], &mut seats).unwrap();
    assert_eq!(left, [RowLeft::Error { row: 0, error: Error::CastBelowParts { cast: 10, parts: 11 } }]);
    assert_eq!(seats, [0, 0, /**/ 2, 1]);
}

#[test]
fn thresholds_are_met_and_missed_by_one_vote_as_by_the_named_law_whatever_they_are_of() {
    let bases = [Base::PartyVotes, Base::Valid, Base::ValidAndBlank, Base::Cast, Base::Registered];
    let share = |text: &str, base: Base| Threshold::share(text.parse().unwrap()).of(base);
    let mut thresholds: Vec<Threshold> = bases.iter().map(|&base| share("1/7", base)).collect();
    thresholds.extend(bases.map(|base| share("1/10", base)));
    thresholds.push(Threshold::votes(20));
    for rounding in [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Next] {
        thresholds.push(Threshold::quota(Quota::HARE.rounded(rounding), Ratio::new(3, 4).unwrap()));
    }
    let stated = |tally: Tally| tally.with_blank(7).with_invalid(3).with_registered(210);
    let counts: Vec<Count> =
        (1..60).map(|b| Count::from(stated(Tally::from_votes([("A", 100), ("B", b)]).unwrap()))).collect();
    let apart = |count: &Count| {
        let tally = count.nation().tally.clone();
        let places =
            [Place::district("north", tally).with_seats(9), Place::district("south", stated(both(5))).with_seats(9)];
        Count::of_places(places).unwrap()
    };
    let in_districts: Vec<Count> = counts.iter().map(apart).collect();
    for threshold in thresholds {
        for threshold in [threshold.clone(), threshold.strict()] {
            let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 9).threshold(threshold.clone());
            hold(&rule, &counts, &format!("{threshold}"));
            hold(&rule.without_seats(), &in_districts, &format!("{threshold}, in districts"));
        }
    }
}

/// Votes of two parties.
fn both(b: u64) -> Tally {
    Tally::from_votes([("A", 40), ("B", b)]).unwrap()
}

#[test]
fn no_row_of_a_law_of_tiers_allocates() {
    let election = elections(include_str!("data/tiers.jsonl"));
    let known = ["no-storting-2021", "de-bundestag-2025", "dk-folketing-2019"];
    let mut checked = 0;
    for election in election.filter(|election| known.contains(&election.id.as_deref().unwrap_or_default())) {
        let mut prepared = election.rule.prepare(&election.count).unwrap();
        let row = row_of(&election.count, prepared.votes());
        let mut seats = vec![0; prepared.seats()];
        // The first fills the working memory.
        assert!(prepared.apply(&row, &mut seats).unwrap().is_empty());
        let allocations = allocation_counter::measure(|| {
            assert!(prepared.apply(&row, &mut seats).unwrap().is_empty());
        });
        assert_eq!(allocations.count_total, 0, "{:?}", election.id);
        checked += 1;
    }
    assert_eq!(checked, known.len());
}

#[test]
fn no_row_of_a_threshold_with_a_repair_or_of_districts_allocates() {
    let seven = Threshold::share("7%".parse().unwrap());
    let kazakhstan = Rule::new(AllocationMethod::HARE, 98).threshold(seven.clone()).admit_at_least(2);
    let names = |parties: usize| (0..parties).map(|party| (format!("P{party}"), 0));
    let tally = |parties| Tally::from_votes(names(parties)).unwrap();
    let place = |name: &str| Place::district(name, tally(5)).with_seats(7);
    let of_places = Count::of_places(["N", "S"].map(place)).unwrap();
    let each = Rule::new(AllocationMethod::D_HONDT, 14).threshold(seven.clone());
    let national = Rule::new(AllocationMethod::D_HONDT, 14).threshold(seven.at(Level::Nation));
    let wide = Rule::new(AllocationMethod::SAINTE_LAGUE, 630).threshold(Threshold::share("3%".parse().unwrap()));
    let votes: [u64; 30] = std::array::from_fn(|at| 1_000_003 * (at as u64 * 7 % 10 + 1) + at as u64 * 31);
    let one = Count::from(tally(7));
    let many = Count::from(tally(30));
    // One list alone passes in the first row, and the second comes in.
    let alone = [
        9_000_000, 500_000, 400_000, 3, 2, 1, 0, /**/ 5_621_436, 518_405, 498_788, 116_534, 82_623, 57_732, 45_702,
    ];
    let laws = [
        (&kazakhstan, &one, &alone[..]),
        (&wide, &many, &votes),
        (&each, &of_places, &votes[..20]),
        (&national, &of_places, &votes[..10]),
    ];
    for (rule, count, rows) in laws {
        let mut prepared = rule.prepare(count).unwrap();
        let mut seats = vec![0; rows.len() / prepared.votes() * prepared.seats()];
        assert!(prepared.apply_rows(rows, &mut seats).unwrap().is_empty());
        let allocations = allocation_counter::measure(|| {
            assert!(prepared.apply_rows(rows, &mut seats).unwrap().is_empty());
        });
        assert_eq!(allocations.count_total, 0, "{rule}");
    }
}
