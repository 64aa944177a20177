//! Houses of 10^9 seats and counts of 10,000 districts are answered like small ones: nothing goes seat by seat but where a
//! law places its seats one by one.

use apportion::matrix::Voters;
use apportion::rule::{Biproportional, Give, LocalQuota, Met, Overhang, Placement, QuotaOf, Seats, Settle, Take};
use apportion::{AllocationMethod, Count, Divisors, Level, Outcome, Place, PlaceOutcome, Rule, Tally, Tier};

const DISTRICTS: u64 = 10_000;
const PARTIES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

/// A number as random as any other (SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Districts in a hundred regions, each with so many seats and so much room.
fn count(districts: u64, seats: u64, room: u64) -> Count {
    let district = |at: u64| {
        // As many votes in every district, and much the same shares.
        let mut votes = [0, 250, 150, 100, 60, 40].map(|share| share * 1_000_000_000);
        for (party, votes) in (0..).zip(&mut votes[1..]) {
            *votes += mixed(at * 6 + party) % 10_000_000_019;
        }
        votes[0] = 1_000_000_000_000 - votes[1..].iter().sum::<u64>();
        let tally = Tally::from_votes(PARTIES.into_iter().zip(votes)).unwrap();
        let place = Place::district(format!("D{at}"), tally).within(format!("R{}", at % 100));
        place.with_seats(seats).with_room("levelling", room)
    };
    let regions = (0..100).map(|at| Place::region(format!("R{at}")));
    Count::of_places(regions.chain((0..districts).map(district))).unwrap()
}

/// Every party's seats, which must be those that it holds in the districts together.
fn totals(outcome: &Outcome) -> Vec<u64> {
    let mut sums = vec![0; PARTIES.len()];
    for place in outcome.places().iter().filter(|place| place.level() == Level::District) {
        for (sum, party) in sums.iter_mut().zip(place.parties()) {
            *sum += party.certain();
        }
    }
    let totals: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
    assert_eq!(sums, totals);
    totals
}

#[test]
fn a_house_of_a_thousand_million_seats_is_topped_up_and_placed() {
    let house = DISTRICTS * 100_000;
    let in_districts = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
    let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, house + house / 5);
    let rule =
        Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation.overhang(Overhang::Exclude).placed(in_districts)]);
    let outcome = rule.apply(&count(DISTRICTS, 100_000, 0)).unwrap();
    assert_eq!(totals(&outcome).iter().sum::<u64>(), house + house / 5);
}

#[test]
fn divisors_go_on_from_a_thousand_million_seats_and_ten_thousand_places_take_some_each() {
    let in_districts =
        Placement::within(Level::District).method(AllocationMethod::D_HONDT).per_seat().room("levelling");
    let nation = Tier::continued(AllocationMethod::D_HONDT, DISTRICTS * 3).at(Level::Nation);
    let rule = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation.placed(in_districts)]);
    let outcome = rule.apply(&count(DISTRICTS, 100_000, 3)).unwrap();
    assert_eq!(totals(&outcome).iter().sum::<u64>(), DISTRICTS * 100_003);
    let full = |place: &PlaceOutcome| place.parties().iter().map(|party| party.certain()).sum::<u64>() == 100_003;
    assert!(outcome.places().iter().filter(|place| place.level() == Level::District).all(full));
}

#[test]
fn national_totals_are_settled_with_ten_thousand_districts() {
    let mut step = Placement::within(Level::District);
    step.settle = Some(Settle {
        rounding: LocalQuota::Exact,
        base: QuotaOf::Placed,
        met: Met::Free,
        take: Take::Smallest,
        give: Give::Any,
        small: Vec::new(),
    });
    let nation = Tier::new(AllocationMethod::HARE).at(Level::Nation).seats(Seats::Fixed(DISTRICTS * 100_000));
    let rule = Rule::of_tiers([nation.placed(step)]);
    let outcome = rule.apply(&count(DISTRICTS, 100_000, 0)).unwrap();
    assert_eq!(totals(&outcome).iter().sum::<u64>(), DISTRICTS * 100_000);
}

#[test]
fn a_matrix_of_many_districts_and_a_thousand_million_seats_holds_both_sums() {
    let rule = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 1_000_000_000);
    let outcome = rule.apply(&count(100, 10_000_000, 0)).unwrap();
    assert_eq!(totals(&outcome).iter().sum::<u64>(), 1_000_000_000);
}

#[test]
fn ties_in_every_district_are_as_many_ties() {
    let district = |at: u64| {
        let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 3)]).unwrap();
        Place::district(format!("D{at}"), tally).with_seats(3)
    };
    let count = Count::of_places((0..DISTRICTS).map(district)).unwrap();
    let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT)]).apply(&count).unwrap();
    assert_eq!(outcome.ties().len() as u64, DISTRICTS);
    // A question about the nation has more ends than are followed.
    let nation = Tier::top_up(AllocationMethod::D_HONDT, DISTRICTS * 4).overhang(Overhang::Keep);
    let outcome = Rule::of_tiers([Tier::new(AllocationMethod::D_HONDT), nation]).apply(&count).unwrap();
    assert!(!outcome.ways_complete());
    assert_eq!(outcome.certain("A").unwrap(), DISTRICTS);
}
