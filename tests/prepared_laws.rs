//! Prepared laws of tiers held against whole runs: on elections that were held, with votes moved about, and on random laws
//! with ties on purpose.
//!
//! `PREPARED_LAWS` says how many random laws are tried, where it is not 1,500.

use apportion::rule::{Direct, Factor, Overhang, Placement, RowLeft, Seats};
use apportion::{
    Alliance, AllocationMethod, Ballot, Count, Divisors, Election, Error, Level, Outcome, Party, Place, Quota, Rule,
    Stage, Tally, Threshold, TieBreak, Tier,
};

mod numbers;
use numbers::Numbers;

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

fn method(n: &mut Numbers) -> AllocationMethod {
    let modified = Divisors::modified_sainte_lague("7/5".parse().unwrap()).unwrap();
    n.pick(&[
        AllocationMethod::D_HONDT,
        AllocationMethod::D_HONDT,
        AllocationMethod::SAINTE_LAGUE,
        AllocationMethod::SAINTE_LAGUE,
        AllocationMethod::HighestAverages(modified),
        AllocationMethod::DANISH,
        AllocationMethod::HUNTINGTON_HILL,
        AllocationMethod::HARE,
        AllocationMethod::HARE,
        AllocationMethod::DROOP,
        AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::highest_averages(Divisors::D_HONDT)]),
    ])
}

fn threshold(n: &mut Numbers, tiers_before: bool) -> Option<Threshold> {
    let share = |text: &str| Threshold::share(text.parse().unwrap());
    let quota = Threshold::quota(Quota::HARE, "1/2".parse().unwrap());
    Some(match n.below(14) {
        0 => share("10%"),
        1 => share("25%").strict(),
        2 => share("20%").at(Level::Nation),
        3 => Threshold::any([share("15%").at(Level::Nation), share("40%")]),
        4 => Threshold::any([share("30%"), Threshold::direct_seats(1)]),
        5 if tiers_before => Threshold::any([share("30%"), Threshold::seats(1)]),
        6 => Threshold::in_places(2, Level::District, share("30%")),
        7 => Threshold::any([Threshold::in_places(1, Level::District, quota), share("60%")]),
        8 => Threshold::by_members([(1, "10%".parse().unwrap()), (2, "30%".parse().unwrap())]),
        9 => Threshold::all([Threshold::votes(3), Threshold::votes(4).strict().at(Level::Nation)]),
        _ => return None,
    })
}

/// A tally of some of five parties, with few votes, many, or more than floats tell apart.
fn tally(n: &mut Numbers, size: u64, direct: bool) -> Tally {
    let mut parties: Vec<(Party, u64)> = Vec::new();
    for name in ["A", "B", "C", "D", "E"] {
        if n.one_in(4) && !(name == "E" && parties.is_empty()) {
            continue;
        }
        let mut party = Party::new(name).with_members(if name == "B" { 2 } else { 1 });
        if direct && n.one_in(5) {
            party = party.with_direct_seats(1 + n.below(2));
        }
        parties.push((party, n.below(size)));
    }
    Tally::from_votes(parties).unwrap().with_other(n.below(4))
}

fn count(n: &mut Numbers) -> Count {
    let size = n.pick(&[4, 12, 1_000, 1 << 55]);
    let direct = n.one_in(3);
    let regions = n.below(3);
    let mut places: Vec<Place> = (0..regions).map(|at| Place::region(format!("R{at}")).with_room("extra", 2)).collect();
    for at in 0..2 + n.below(3) {
        let tally = tally(n, size, direct);
        let place = Place::district(format!("D{at}"), tally).with_seats(n.below(5)).with_room("extra", 1 + n.below(2));
        places.push(if regions > 0 { place.within(format!("R{}", at % regions)) } else { place });
    }
    let count = Count::of_places(places).unwrap();
    if n.one_in(5) { count.with_alliances([Alliance::new(["A", "B"])]) } else { count }
}

fn placement(n: &mut Numbers, level: Level) -> Placement {
    let step = Placement::within(level).method(method(n));
    let step = if n.one_in(2) { step.room("extra") } else { step };
    step.per(n.pick(&[Factor::Votes, Factor::Votes, Factor::Share, Factor::Seat, Factor::Quota]))
}

/// A tier with a threshold, repairs of it, and tie-breaks.
fn first_tier(n: &mut Numbers) -> Tier {
    let mut first = Tier::new(method(n));
    if let Some(threshold) = threshold(n, false) {
        first = first.threshold(threshold);
    }
    if n.one_in(4) {
        first = first.admit_at_least(1 + usize::try_from(n.below(3)).unwrap());
    }
    if n.one_in(5) {
        first = first.all_if_none_passes();
    }
    if n.one_in(5) {
        first = first.admitted_share("70%".parse().unwrap(), apportion::Base::Valid);
    }
    if n.one_in(3) {
        first = first.tie_break(n.pick(&[vec![TieBreak::MostVotes], vec![TieBreak::MostVotes, TieBreak::ListOrder]]));
    }
    first
}

/// A law of one or two tiers for such a count.
fn law(n: &mut Numbers, regions: bool) -> Rule {
    let first = first_tier(n);
    if n.one_in(4) {
        let seats = 6 + n.below(8);
        let mut whole = Tier::top_up(n.pick(&[AllocationMethod::SAINTE_LAGUE, AllocationMethod::HARE]), seats);
        whole = whole.at(Level::Nation);
        if let Some(threshold) = threshold(n, false) {
            whole = whole.threshold(threshold);
        }
        let step = Placement::within(Level::District).method(method(n));
        return Rule::of_tiers([whole.placed(step.whole_target(n.pick(&[
            Direct::Keep,
            Direct::Cover,
            Direct::Minimum,
        ])))]);
    }
    let seats = 4 + n.below(14);
    let mut second = match n.below(4) {
        0 => Tier::continued(n.pick(&[AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE]), 1 + n.below(4)),
        1 => Tier::new(method(n)).seats(Seats::Fixed(n.below(5))).at(Level::Nation),
        _ => {
            let tier = Tier::top_up(method(n), seats).overhang(n.pick(&[
                Overhang::Error,
                Overhang::Keep,
                Overhang::Exclude,
                Overhang::Exclude,
                Overhang::ExcludeMet,
            ]));
            if n.one_in(3) { tier.keep_outsiders() } else { tier }
        }
    };
    if let Some(threshold) = threshold(n, true) {
        second = second.threshold(threshold);
    }
    if n.one_in(6) {
        second = second.second_list(2, "7/10".parse().unwrap(), 1);
    }
    match n.below(4) {
        0 => {}
        1 if regions => second = second.placed([placement(n, Level::Region), placement(n, Level::District)]),
        _ => second = second.placed(placement(n, Level::District)),
    }
    Rule::of_tiers([first, second])
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
