use std::cell::RefCell;
use std::collections::HashMap;

use apportion::insight::{Margin, Margins, Question};
use apportion::matrix::Voters;
use apportion::rule::{Biproportional, Placement, Seats};
use apportion::{
    AllocationMethod, Base, Count, Divisors, Error, Level, Outcome, Party, Place, Rule, Tally, Threshold, Tier,
};

use super::{data, small};

/// What counts as a result: each party's certain and possible seats; `None` where the rule has no answer.
pub(super) type Result = Option<Vec<(u64, u64)>>;

fn result(outcome: std::result::Result<Outcome, Error>) -> Result {
    let outcome = outcome.ok()?;
    if !outcome.ways().is_empty() && outcome.ways().iter().all(|way| way.outcome().is_err()) {
        // However the tie goes that the law asked about, it has no answer.
        return None;
    }
    if !outcome.ways_complete() {
        // Ways that were not followed may end otherwise.
        return Some(outcome.parties().iter().map(|_| (0, u64::MAX)).collect());
    }
    let seats = |party: &apportion::PartyOutcome| (party.certain(), outcome.possible(party.name()).unwrap());
    Some(outcome.parties().iter().map(seats).collect())
}

pub(super) fn certain(result: &Result, party: usize) -> u64 {
    result.as_ref().map_or(0, |seats| seats[party].0)
}

pub(super) fn possible(result: &Result, party: usize) -> u64 {
    result.as_ref().map_or(0, |seats| seats[party].1)
}

/// Whether a seat is somewhere else, whichever way ties go.
pub(super) fn moved(now: &Result, then: &Result) -> bool {
    let (Some(now), Some(then)) = (now, then) else { return now != then };
    now.iter().zip(then).any(|(now, then)| then.0 > now.0 || then.1 < now.0)
}

/// How many margins were found, and how many of them were proven.
#[derive(Default)]
struct Found {
    proven: u64,
    doubted: u64,
    /// Those whose search ended at its limit.
    ended: u64,
    /// Those that were not the fewest, among the doubted.
    too_many: u64,
    /// Whether the law itself is in doubt, so that there may be a number where none was found.
    is_doubted: bool,
}

impl Found {
    /// Compares a margin of up to `most` ballots with what trying every number finds.
    fn compare(
        &mut self,
        question: &Question<'_, '_>,
        most: u64,
        what: &str,
        does_it: impl Fn(u64) -> bool,
    ) -> Option<u64> {
        let tried = (1..=most).find(|&ballots| does_it(ballots));
        let margin = match question.fewest() {
            Ok(margin) => margin,
            Err(Error::SearchEnded { up_to, .. }) => {
                // What the search had passed before its limit does nothing.
                assert!(tried.is_none_or(|tried| tried > up_to), "{what}: {tried:?}, not above {up_to}");
                self.ended += 1;
                println!("ended beyond {up_to} ballots: {what}");
                return tried;
            }
            Err(error) => panic!("{what}: {error}"),
        };
        let number = margin.as_ref().map(Margin::votes).filter(|&votes| votes <= most);
        match &margin {
            Some(margin) if !margin.is_proven() => {
                self.doubted += 1;
                self.too_many += u64::from(number != tried);
                assert!(
                    number.is_none_or(|number| does_it(number) && tried.is_some_and(|tried| tried <= number)),
                    "{what}"
                );
            }
            None if self.is_doubted => {
                self.doubted += 1;
                self.too_many += u64::from(tried.is_some());
            }
            _ => {
                self.proven += 1;
                assert_eq!(number, tried, "{what}");
            }
        }
        tried
    }
}

/// A place, who has ballots fewer there, who has more, and how many.
type Changed = (usize, Option<usize>, Option<usize>, u64);

/// What a law makes of a count with other ballots, each worked out once.
struct Tried<'t> {
    rule: &'t Rule,
    count: &'t Count,
    known: RefCell<HashMap<Changed, Result>>,
}

impl Tried<'_> {
    /// With so many ballots fewer for one party in a place, and more for another.
    fn result(&self, at: usize, from: Option<usize>, to: Option<usize>, ballots: u64) -> Result {
        let apply = || result(self.rule.apply(&small::changed_in(self.count, at, from, to, ballots)));
        self.known.borrow_mut().entry((at, from, to, ballots)).or_insert_with(apply).clone()
    }
}

/// Compares every margin with what trying finds, additional ballots up to `most`.
fn agrees(seed: u64, (rule, count): &(Rule, Count), most: u64, found: &mut Found) {
    let now = result(rule.apply(count));
    let Ok(margins) = Margins::new(rule, count) else {
        assert!(now.is_none(), "{seed}");
        return;
    };
    let names: Vec<&str> = margins.outcome().parties().iter().map(apportion::PartyOutcome::name).collect();
    let places: Vec<(&str, &Tally)> = match count.places() {
        [] => vec![("", &count.nation().tally)],
        places => places.iter().map(|place| (place.name.as_str(), &place.tally)).collect(),
    };
    found.is_doubted = margins.doubt().is_some();
    let tried = Tried { rule, count, known: RefCell::default() };
    let mut smallest = None;
    for (at, (place, tally)) in places.into_iter().enumerate() {
        let apply = |from, to, ballots| tried.result(at, from, to, ballots);
        let votes: Vec<u64> = tally.iter().map(|(_, votes)| u64::try_from(votes).unwrap()).collect();
        for (party, name) in names.iter().enumerate() {
            let what = |what: &str| format!("{seed}: {what} of {name} in {place:?}: {rule:?} {count:?}");
            let (gain, loss) = (margins.gain(name).at(place), margins.loss(name).at(place));
            let (had, might) = (certain(&now, party), possible(&now, party));
            let more = |ballots| apply(None, Some(party), ballots);
            let fewer = |ballots| apply(Some(party), None, ballots);
            found.compare(&gain, most, &what("gain"), |ballots| certain(&more(ballots), party) > had);
            found.compare(&gain.or_tie(), most, &what("gain or tie"), |ballots| {
                certain(&more(ballots), party) > had || possible(&more(ballots), party) > might
            });
            found.compare(&loss, votes[party], &what("loss"), |ballots| possible(&fewer(ballots), party) < had);
            found.compare(&loss.or_tie(), votes[party], &what("loss or tie"), |ballots| {
                certain(&fewer(ballots), party) < had
            });
            let mut note = |tried: Option<u64>| smallest = [smallest, tried].into_iter().flatten().min();
            for to in (0..names.len()).filter(|&to| to != party) {
                let switch = margins.switch(name, names[to]).at(place);
                let switched = |ballots| moved(&now, &apply(Some(party), Some(to), ballots));
                note(found.compare(&switch, votes[party], &what("switch"), switched));
            }
            note((1..=most).find(|&ballots| moved(&now, &more(ballots))));
            note((1..=votes[party]).find(|&ballots| moved(&now, &fewer(ballots))));
        }
    }
    let closest = match margins.closest() {
        Ok(closest) => closest,
        Err(Error::SearchEnded { .. }) => return,
        Err(error) => panic!("{seed}: {error}"),
    };
    if closest.as_ref().is_none_or(Margin::is_proven) && !found.is_doubted {
        let few = |votes: &u64| *votes <= most;
        assert_eq!(closest.map(|margin| margin.votes()).filter(few), smallest.filter(few), "{seed}: closest");
    }
}

#[test]
fn margins_equal_those_found_by_trying_every_change_in_5000_small_elections() {
    let mut found = Found::default();
    let one_place = |seed| {
        let (rule, tally) = small::election(seed);
        (rule, Count::from(tally))
    };
    (0..5_000).for_each(|seed| agrees(seed, &one_place(seed), 40, &mut found));
    println!("{} proven, {} not ({} too many), {} ended", found.proven, found.doubted, found.too_many, found.ended);
    assert!(found.ended < found.proven / 1_000);
    assert!(found.doubted < found.proven / 10);
}

#[test]
fn margins_equal_those_found_by_trying_every_change_in_5000_laws_of_all_kinds() {
    let mut found = Found::default();
    (0..5_000).for_each(|seed| agrees(seed, &small::law(seed), 30, &mut found));
    println!("{} proven, {} not ({} too many), {} ended", found.proven, found.doubted, found.too_many, found.ended);
    assert!(found.ended < found.proven / 1_000);
    assert!(found.doubted < found.proven / 2);
}

#[test]
fn margins_of_hundreds_of_votes_equal_those_found_by_trying_every_change() {
    let mut found = Found::default();
    for seed in 20_000..20_200 {
        let (rule, tally) = small::grown(seed, 83);
        agrees(seed, &(rule, Count::from(tally)), 700, &mut found);
    }
    assert!(found.doubted < found.proven / 10);
}

/// Whether a margin does what it says, and one ballot fewer does not.
fn both_sides(rule: &Rule, tally: &Tally, margin: &Margin, does_it: impl Fn(&Result) -> bool) {
    let place = |name: &String| tally.parties().iter().position(|party| party.name() == name);
    let find = |sign: i64| margin.change().ballots().iter().find(|ballots| ballots.number == sign);
    let (from, to) = (find(-1).and_then(|from| place(&from.party)), find(1).and_then(|to| place(&to.party)));
    let tally = if tally.registered().is_none() { tally.clone().with_registered(0) } else { tally.clone() };
    assert!(does_it(&result(rule.apply(&small::changed(&tally, from, to, margin.votes())))), "{margin} does nothing");
    assert!(
        !does_it(&result(rule.apply(&small::changed(&tally, from, to, margin.votes() - 1)))),
        "{margin} is too many"
    );
}

#[test]
fn one_vote_fewer_does_not_do_it_in_any_real_election() {
    for (id, election) in data::answered() {
        let Some(tally) = election.tally() else { continue };
        let rule = &election.rule;
        let margins = Margins::new(rule, tally).unwrap();
        let now = result(rule.apply(tally));
        for (party, name) in tally.parties().iter().map(Party::name).enumerate() {
            let had = certain(&now, party);
            if let Some(gain) = margins.gain(name).fewest().unwrap() {
                both_sides(rule, tally, &gain, |then| certain(then, party) > had);
            }
            if let Some(loss) = margins.loss(name).fewest().unwrap() {
                both_sides(rule, tally, &loss, |then| possible(then, party) < had);
            }
        }
        // One case has a minimum of a seat for every list and no seat besides: no vote moves anything.
        let Some(closest) = margins.closest().unwrap() else {
            assert!(id.starts_with("apportion_"), "{id} could not be otherwise");
            continue;
        };
        both_sides(rule, tally, &closest, |then| moved(&now, then));
    }
}

#[test]
fn a_party_just_below_the_threshold_is_nearer_through_it_than_through_a_quotient() {
    let tally = Tally::from_votes([("A", 930_001), ("B", 69_999)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 14).threshold(Threshold::share("7%".parse().unwrap()));
    let gain = Margins::new(&rule, &tally).unwrap().gain("B").fewest().unwrap().unwrap();
    // 70,001 of 1,000,002 are below 7%, 70,001 + 1 of 1,000,003 are not: 2 would be short by rounding in floats.
    assert_eq!(gain.votes(), 2);
    assert_eq!(gain.to_string(), "2 votes more for B: B +1, A -1; B comes in");
}

#[test]
fn a_bigger_total_may_push_another_under_the_threshold() {
    let tally = Tally::from_votes([("A", 800), ("B", 130), ("C", 70)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse().unwrap()).of(Base::Valid));
    let margins = Margins::new(&rule, &tally).unwrap();
    let gain = margins.gain("A").fewest().unwrap().unwrap();
    assert_eq!(gain.to_string(), "1 vote more for A: A +1, C -1; C falls out");
}

#[test]
fn what_cannot_change_has_no_margin() {
    let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 60), ("B".into(), 40)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 4);
    let margins = Margins::new(&rule, &tally).unwrap();
    assert_eq!(margins.gain("A").fewest().unwrap(), None);
    let alone = Tally::from_votes([("A", 60)]).unwrap();
    assert_eq!(
        Margins::new(&rule, &alone).unwrap().loss("A").fewest().unwrap().unwrap().to_string(),
        "60 votes fewer for A: the rule has no answer"
    );
}

#[test]
fn giants_have_exact_margins_too() {
    let tally = Tally::from_votes([("A", u64::MAX - 1), ("B", u64::MAX - 1)]).unwrap();
    for method in [AllocationMethod::D_HONDT, AllocationMethod::HUNTINGTON_HILL, AllocationMethod::DROOP] {
        let rule = Rule::new(method.clone(), 3);
        let margins = Margins::new(&rule, &tally).unwrap();
        assert_eq!(margins.gain("A").fewest().unwrap().unwrap().votes(), 1, "{method}");
        assert_eq!(margins.switch("A", "B").fewest().unwrap().unwrap().votes(), 1, "{method}");
    }
}

#[test]
fn what_is_not_there_is_an_error() {
    let north = Place::district("North", Tally::from_votes([("A", 60), ("B", 40)]).unwrap()).with_seats(3);
    let south =
        Place::district("South", Tally::from_votes([("A", 60), ("C", 40)]).unwrap()).with_seats(3).within("Land");
    let count = Count::of_places([Place::region("Land"), north, south]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 6);
    let margins = Margins::new(&rule, &count).unwrap();
    let error = |question: Question<'_, '_>| question.fewest().unwrap_err().to_string();
    assert_eq!(error(margins.gain("X")), "the question names \"X\", but no such party stands");
    assert_eq!(
        error(margins.gain("C").at("North")),
        "the question about one place names \"C\", but no such party stands"
    );
    assert!(error(margins.gain("A").at("West")).contains("\"West\""));
    assert!(error(margins.gain("A").at("Land")).contains("where ballots are counted"));
    assert!(error(margins.gain("A").seats_in("West")).contains("\"West\""));
    assert!(matches!(margins.switch("A", "A").fewest(), Err(Error::RepeatedParty { .. })));
}

#[test]
fn a_search_that_ends_at_its_limit_says_what_it_knows() {
    let tally = Tally::from_votes([("A", 6_000_000), ("B", 1_234_567)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 3);
    let margins = Margins::new(&rule, &tally).unwrap().with_most_runs(3);
    let Err(Error::SearchEnded { runs: 3, up_to, .. }) = margins.gain("B").fewest() else { panic!() };
    let full = Margins::new(&rule, &tally).unwrap().gain("B").fewest().unwrap().unwrap();
    assert!(up_to < full.votes());
}

#[test]
fn ballots_that_move_on_change_only_where_they_rank_one_party() {
    let loss = |plain: u64, ranked: u64| {
        let mut tally = Tally::from_votes([("A", 60), ("B", plain), ("C", 2)]).unwrap();
        tally.count(&apportion::Ballot::ranked(["B", "A"]).unwrap(), ranked);
        let rule = Rule::new(AllocationMethod::D_HONDT, 4).spare_votes();
        Margins::new(&rule, &tally).unwrap().loss("B").fewest().unwrap().map(|margin| margin.votes())
    };
    // B has 49 ballots and two of 4 seats; with 39 its half is below a third of A's 60.
    assert_eq!(loss(40, 9), Some(10));
    // Only 9 rank B alone.
    assert_eq!(loss(9, 40), None);
}

#[test]
fn kazakhstan_2012_a_winner_that_gains_a_seat_gains_seven_as_another_list_falls_out() {
    let election = data::election("kz-majilis-2012");
    let tally = election.tally().unwrap();
    let margins = Margins::new(&election.rule, tally).unwrap();
    let winner = margins.outcome().parties()[0].name().to_string();
    let gain = margins.gain(&winner).fewest().unwrap().unwrap();
    assert_eq!(gain.votes(), 184_323);
    assert_eq!(gain.gains(), [(winner.clone(), 7)]);
    assert_eq!(gain.leaving().len(), 1);
    assert_eq!(gain.outcome().unwrap().seats(&winner), Some(90));
    let table = margins.table().unwrap();
    assert!(table.notes()[0].contains("7 seats more, CPPK falls out: CPPK -7"), "{table}");
}

#[test]
fn a_seat_in_one_place_can_hang_on_voters_who_move_between_two() {
    let place = |name: &str, a: u64, b: u64| Place::district(name, Tally::from_votes([("A", a), ("B", b)]).unwrap());
    let count =
        Count::of_places([place("North", 500, 480).with_seats(2), place("South", 200, 390).with_seats(3)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 5);
    let margins = Margins::new(&rule, &count).unwrap();
    let switch = margins.switch("B", "A").between("North", "South").fewest().unwrap().unwrap();
    let brute = (1..=480_u64).find(|&moved| {
        let count = Count::of_places([
            place("North", 500, 480 - moved).with_seats(2),
            place("South", 200 + moved, 390).with_seats(3),
        ]);
        let outcome = rule.apply(&count.unwrap()).unwrap();
        outcome.ties().is_empty() && outcome.seats("A") != margins.outcome().seats("A")
    });
    assert_eq!(Some(switch.votes()), brute);
}

/// The fewest of `most` changes that move a seat, each changing the votes of a count so.
fn tried_in(rule: &Rule, most: u64, count: impl Fn(u64) -> Count) -> Option<u64> {
    let now = result(rule.apply(&count(0)));
    (1..=most).find(|&ballots| moved(&now, &result(rule.apply(&count(ballots)))))
}

#[test]
fn voters_who_move_between_lists_of_one_alliance_can_move_a_seat_inside_it() {
    let count = |moved: u64| {
        let tally = Tally::from_votes([("A", 420), ("B", 310 - moved), ("C", 270 + moved), ("D", 150)]).unwrap();
        Count::from(tally).with_alliances([apportion::Alliance::new(["B", "C"])])
    };
    let rule = Rule::new(AllocationMethod::D_HONDT, 9);
    let now = count(0);
    let margins = Margins::new(&rule, &now).unwrap();
    let switch = margins.switch("B", "C").fewest().unwrap().unwrap();
    assert!(switch.is_proven());
    assert_eq!(Some(switch.votes()), tried_in(&rule, 310, count));
    // From C to B takes more voters, and no other lists stand together.
    assert_eq!(margins.allied().fewest().unwrap(), Some(switch.clone()));
    let names = |list: &[(String, u64)]| list.iter().map(|(party, _)| party.clone()).collect::<Vec<_>>();
    assert_eq!((names(switch.gains()), names(switch.losses())), (vec!["C".to_string()], vec!["B".to_string()]));
}

#[test]
fn ballots_spread_over_the_nation_as_the_question_says_equal_those_found_by_trying() {
    let place = |name: &str, a: u64, b: u64| Place::district(name, Tally::from_votes([("A", a), ("B", b)]).unwrap());
    let count = |steps: u64| {
        let north = place("North", 500, 480 + 3 * steps).with_seats(4);
        Count::of_places([north, place("South", 400, 390 + steps).with_seats(3)]).unwrap()
    };
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 7);
    let now = count(0);
    let margins = Margins::new(&rule, &now).unwrap();
    let gain = margins.gain("B").spread([("North", 3), ("South", 1)]).fewest().unwrap().unwrap();
    assert_eq!(Some(gain.votes()), tried_in(&rule, 500, count).map(|steps| 4 * steps));
    // A tie for the seat is nearer than the seat.
    let tie = margins.gain("B").spread([("North", 3), ("South", 1)]).or_tie().fewest().unwrap().unwrap();
    assert!(tie.votes() <= gain.votes());
}

#[test]
fn a_place_that_is_named_twice_has_both_numbers() {
    let place = |name: &str, a: u64, b: u64| Place::district(name, Tally::from_votes([("A", a), ("B", b)]).unwrap());
    let count =
        Count::of_places([place("North", 500, 480).with_seats(4), place("South", 400, 390).with_seats(3)]).unwrap();
    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 7);
    let margins = Margins::new(&rule, &count).unwrap();
    let loss = |places: &[(&str, u32)]| margins.loss("A").spread(places.iter().copied()).fewest().unwrap();
    assert_eq!(loss(&[("North", 1), ("North", 2)]), loss(&[("North", 3)]));
    assert!(loss(&[("North", 3)]).is_some());
}

#[test]
fn voters_move_inside_an_alliance_only_where_its_lists_stand_together() {
    let place = |name: &str, votes: [u64; 3]| {
        let votes = ["A", "B", "C"].into_iter().zip(votes);
        Place::district(name, Tally::from_votes(votes).unwrap()).with_seats(5)
    };
    let north = place("North", [420, 310, 270]);
    // In the south one voter who moves from B to C decides a seat, but they do not stand together there.
    let south = place("South", [400, 200, 200]);
    let rule = Rule::new(AllocationMethod::D_HONDT, 10);
    let count = Count::of_places([north.clone().with_alliances([apportion::Alliance::new(["B", "C"])]), south.clone()]);
    let count = count.unwrap();
    let margins = Margins::new(&rule, &count).unwrap();
    let nearest = margins.allied().fewest().unwrap().unwrap();
    assert_eq!(nearest.to_string(), "21 votes from B to C in North: C +1, B -1");
    assert_eq!(margins.allied().at("South").fewest().unwrap(), None);
    // Those of the nation stand together everywhere.
    let count = Count::of_places([north, south]).unwrap().with_alliances([apportion::Alliance::new(["B", "C"])]);
    assert!(Margins::new(&rule, &count).unwrap().allied().at("South").fewest().unwrap().is_some());
}

/// One place of a count, with one seat of its own.
fn district<const N: usize>(name: &str, votes: [(&str, u64); N]) -> Place {
    Place::district(name, Tally::from_votes(votes).unwrap()).with_seats(1)
}

/// How many ballots fewer in a place cost a party its seat there, and how many bring it into a tie.
fn lost(rule: &Rule, count: &Count, party: &str, place: &str) -> [u64; 2] {
    let margins = Margins::new(rule, count).unwrap();
    let loss = margins.loss(party).at(place).seats_in(place);
    [loss.clone(), loss.or_tie()].map(|question| question.fewest().unwrap().unwrap().votes())
}

#[test]
fn a_seat_that_is_tied_between_places_is_not_lost_yet() {
    let count =
        Count::of_places([district("North", [("A", 51), ("B", 9)]), district("South", [("A", 50), ("B", 9)])]).unwrap();
    let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
    let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(1)).placed(step);
    let rule = Rule::of_tiers([tier]);
    assert_eq!(lost(&rule, &count, "A", "North"), [2, 1]);
    let margins = Margins::new(&rule, &count).unwrap();
    let tie = margins.loss("A").at("North").seats_in("North").or_tie().fewest().unwrap().unwrap();
    assert_eq!(tie.to_string(), "1 vote fewer for A in North: A -1; tied: A");
}

#[test]
fn a_seat_that_is_tied_between_the_cells_of_a_matrix_is_not_lost_yet() {
    let count =
        Count::of_places([district("North", [("A", 51), ("B", 50)]), district("South", [("A", 50), ("B", 50)])])
            .unwrap();
    let rule = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 2);
    assert_eq!(lost(&rule, &count, "A", "North"), [2, 1]);
}

#[test]
fn what_a_party_has_in_a_district_is_known_though_parties_are_tied_for_the_seats_of_a_matrix() {
    // By voters in both, A has 110, B 71 and C 70: A has one seat, B or C the other.
    let north = district("North", [("A", 100), ("B", 10), ("C", 10)]);
    let south = district("South", [("A", 10), ("B", 61), ("C", 60)]);
    let count = Count::of_places([north, south]).unwrap();
    let rule = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 2);
    assert_eq!(lost(&rule, &count, "B", "South"), [2, 1]);
}
