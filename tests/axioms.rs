//! The axioms' checks: what each catches, what it lets pass, and what it reports of methods that misbehave.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail loudly too

use apportion::axioms::{self, Axiom, Budget, Evidence, Fault, Guarantee, Instance, Misbehaviour, search};
use apportion::{Allocation, AllocationMethod, Apportion, Divisors, Error, Tie};

/// A method made of a closure.
struct Method<F>(F);

impl<F: Fn(&[u64], u64) -> Allocation> Apportion for Method<F> {
    fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
        Ok((self.0)(votes, seats))
    }
}

/// Seats by a method of the crate, ties to the first.
fn settled(method: AllocationMethod, votes: &[u64], seats: u64) -> Vec<u64> {
    let mut allocation = method.allocate(votes, seats).unwrap();
    allocation.settle(votes, &[apportion::TieBreak::ListOrder]);
    allocation.seats().unwrap().to_vec()
}

/// All seats to one party.
fn all_to(party: usize, parties: usize, seats: u64) -> Allocation {
    Allocation::new((0..parties).map(|at| if at == party { seats } else { 0 }).collect::<Vec<_>>())
}

/// D'Hondt, whatever the method is called for.
fn d_hondt(votes: &[u64], seats: u64) -> Allocation {
    AllocationMethod::D_HONDT.allocate(votes, seats).unwrap_or_else(|_| Allocation::new(vec![0; votes.len()]))
}

/// The largest party by votes, the first of equals.
fn largest(votes: &[u64]) -> usize {
    let most = votes.iter().max().unwrap();
    votes.iter().position(|votes| votes == most).unwrap()
}

/// A method that is known to break the axiom.
fn broken_on_purpose(axiom: Axiom) -> Box<dyn Apportion> {
    match axiom {
        // The first party takes all.
        Axiom::Anonymity => Box::new(Method(|votes: &[u64], seats| all_to(0, votes.len(), seats))),
        // Votes beyond ten are not counted.
        Axiom::Homogeneity => Box::new(Method(|votes: &[u64], seats| {
            let capped: Vec<u64> = votes.iter().map(|&votes| votes.min(10)).collect();
            d_hondt(&capped, seats)
        })),
        // The largest takes all.
        Axiom::Exactness => Box::new(Method(|votes: &[u64], seats| all_to(largest(votes), votes.len(), seats))),
        // The smallest party with votes takes all.
        Axiom::Concordance => Box::new(Method(|votes: &[u64], seats| {
            let fewest = votes.iter().filter(|&&votes| votes > 0).min().unwrap();
            all_to(votes.iter().position(|votes| votes == fewest).unwrap(), votes.len(), seats)
        })),
        // The last seat is never given out, and said to be vacant.
        Axiom::Completeness => Box::new(Method(|votes: &[u64], seats: u64| {
            d_hondt(votes, seats.saturating_sub(1)).with_vacant(seats.min(1))
        })),
        // Even houses go to the largest, odd ones to the second party or whoever there is.
        Axiom::HouseMonotonicity => Box::new(Method(|votes: &[u64], seats: u64| {
            let second = usize::from(seats % 2 == 1 && votes.len() > 1);
            all_to(second, votes.len(), seats)
        })),
        // Odd votes are held against a party.
        Axiom::OwnVoteMonotonicity => Box::new(Method(|votes: &[u64], seats| {
            let even: Vec<u64> = votes.iter().map(|&votes| if votes % 2 == 0 { votes } else { 0 }).collect();
            if even.iter().all(|&votes| votes == 0) { d_hondt(votes, seats) } else { d_hondt(&even, seats) }
        })),
        // Whoever has an even number of votes, while all others are odd, has all.
        Axiom::PopulationMonotonicity => Box::new(Method(|votes: &[u64], seats| {
            let at = votes.iter().position(|votes| votes % 2 == 0 && *votes > 0).unwrap_or_else(|| largest(votes));
            all_to(at, votes.len(), seats)
        })),
        // Two parties share by D'Hondt, three or more by Adams.
        Axiom::Uniformity => Box::new(Method(|votes: &[u64], seats| {
            let method = if votes.len() > 2 { AllocationMethod::ADAMS } else { AllocationMethod::D_HONDT };
            method.allocate(votes, seats).unwrap_or_else(|_| Allocation::new(vec![0; votes.len()]))
        })),
        // With an even number of parties the largest takes all.
        Axiom::RemovalMonotonicity => Box::new(Method(|votes: &[u64], seats| {
            if votes.len() % 2 == 0 { all_to(largest(votes), votes.len(), seats) } else { d_hondt(votes, seats) }
        })),
        // Everyone the same, what is left to the first.
        Axiom::LowerQuota => Box::new(Method(|votes: &[u64], seats: u64| {
            let each = seats / votes.len() as u64;
            let mut given = vec![each; votes.len()];
            given[0] += seats - each * votes.len() as u64;
            Allocation::new(given)
        })),
        Axiom::UpperQuota => Box::new(Method(|votes: &[u64], seats| all_to(largest(votes), votes.len(), seats))),
        // The smallest of all takes all.
        Axiom::Majority => Box::new(Method(|votes: &[u64], seats| {
            let fewest = votes.iter().min().unwrap();
            all_to(votes.iter().position(|votes| votes == fewest).unwrap(), votes.len(), seats)
        })),
        Axiom::Minority => Box::new(Method(|votes: &[u64], seats| all_to(largest(votes), votes.len(), seats))),
        // Roots of the votes count: twice the voters, less than twice the seats.
        Axiom::MergingNeverLoses => Box::new(Method(|votes: &[u64], seats| {
            let roots: Vec<u64> = votes.iter().map(|&votes| votes.isqrt()).collect();
            d_hondt(&roots, seats)
        })),
        // Squares of the votes count.
        Axiom::MergingNeverGains | Axiom::Stability => Box::new(Method(|votes: &[u64], seats| {
            let squares: Vec<u64> = votes.iter().map(|&votes| votes * votes).collect();
            d_hondt(&squares, seats)
        })),
        // Two parties alone: all to the first.
        Axiom::Apparentement => {
            Box::new(Method(
                |votes: &[u64], seats| {
                    if votes.len() == 2 { all_to(0, 2, seats) } else { d_hondt(votes, seats) }
                },
            ))
        }
        _ => unreachable!("an axiom without a method that breaks it"),
    }
}

#[test]
fn each_check_catches_a_method_that_breaks_its_axiom() {
    for axiom in Axiom::ALL {
        let found = search(broken_on_purpose(axiom).as_ref(), axiom, Budget::new(3, 8, 5));
        let violation = found.violation().unwrap_or_else(|| panic!("{axiom} lets its broken method pass"));
        assert_eq!(violation.axiom(), Some(axiom));
        assert!(violation.to_string().starts_with(&format!("{axiom}: ")), "{violation}");
        assert!(violation.instance().total_votes() <= 8);
    }
}

trait TotalVotes {
    fn total_votes(&self) -> u64;
}

impl TotalVotes for Instance {
    fn total_votes(&self) -> u64 {
        self.votes().iter().sum()
    }
}

#[test]
fn the_max_min_inequality_catches_largest_remainders_and_silent_tie_breaks() {
    let silent = Method(|votes: &[u64], seats| Allocation::new(settled(AllocationMethod::D_HONDT, votes, seats)));
    let tied = Instance::new([10, 10], 3);
    assert!(axioms::max_min(&AllocationMethod::D_HONDT, &Divisors::D_HONDT, &tied).is_ok());
    let fault = axioms::max_min(&silent, &Divisors::D_HONDT, &tied).unwrap_err();
    assert!(fault.to_string().contains("an equal claim"), "{fault}");
    let fault = axioms::max_min(&AllocationMethod::HARE, &Divisors::D_HONDT, &Instance::new([60, 30, 10], 7));
    assert!(fault.unwrap_err().to_string().contains("a better claim"));
}

#[test]
fn a_seat_for_a_party_without_votes_breaks_the_max_min_inequality() {
    let charitable = Method(|votes: &[u64], seats| all_to(votes.len() - 1, votes.len(), seats));
    assert!(axioms::max_min(&charitable, &Divisors::D_HONDT, &Instance::new([5, 0], 1)).is_err());
}

#[test]
fn the_five_traditional_methods_stand_in_the_order_of_majorization() {
    let order = [
        AllocationMethod::ADAMS,
        AllocationMethod::DEAN,
        AllocationMethod::HUNTINGTON_HILL,
        AllocationMethod::SAINTE_LAGUE,
        AllocationMethod::D_HONDT,
    ];
    let mut differ = 0;
    for a in 1..14 {
        for b in 0..=a {
            for c in 0..=b {
                for seats in 1..9 {
                    let instance = Instance::new([a, b, c], seats);
                    for pair in order.windows(2) {
                        axioms::majorization(&pair[0], &pair[1], &instance).unwrap();
                        differ += u32::from(axioms::majorization(&pair[1], &pair[0], &instance).is_err());
                    }
                }
            }
        }
    }
    assert!(differ > 500, "the check can fail: {differ} times the other way round");
}

#[test]
fn statements_are_about_all_outcomes_of_a_tie() {
    // For one seat, either may have it: with two there is an outcome for each in which it keeps it.
    let house = Axiom::HouseMonotonicity.check(&AllocationMethod::D_HONDT, &Instance::new([1, 1, 1], 1));
    assert!(house.is_ok());
    // A tie among equals is anonymous, its silent settlement is not.
    let silent = Method(|votes: &[u64], seats| Allocation::new(settled(AllocationMethod::D_HONDT, votes, seats)));
    assert!(Axiom::Anonymity.check(&silent, &Instance::new([10, 10], 3)).is_err());
    assert!(Axiom::Anonymity.check(&AllocationMethod::D_HONDT, &Instance::new([10, 10], 3)).is_ok());
    // Only one way in which the tie can go breaks the axiom, and that is the outcome that is shown.
    let fault = Axiom::UpperQuota
        .check(
            &Method(|_: &[u64], _| Allocation::new([1, 0, 0]).with_tie(Tie::new([0, 1], 1).unwrap()).unwrap()),
            &Instance::new([1, 1, 0], 2),
        )
        .unwrap_err();
    assert_eq!(fault.violation().unwrap().outcome(), [2, 0, 0]);
}

#[test]
fn a_tie_with_very_many_outcomes_is_checked_without_listing_them() {
    let instance = Instance::new(vec![7; 60], 30);
    assert_eq!(
        AllocationMethod::HARE.allocate(instance.votes(), 30).unwrap().outcome_count(),
        Some(118264581564861424)
    );
    for axiom in Axiom::ALL {
        if let Guarantee::Always(_) = AllocationMethod::HARE.guarantees(axiom) {
            axiom.check(&AllocationMethod::HARE, &instance).unwrap();
        }
        if let Guarantee::Always(_) = AllocationMethod::D_HONDT.guarantees(axiom) {
            axiom.check(&AllocationMethod::D_HONDT, &instance).unwrap();
        }
    }
}

#[test]
fn house_monotonicity_compares_party_by_party_and_not_like_words() {
    // [3, 0] is above [2, 1] in a dictionary, but the second party has lost its seat.
    let method = Method(|_: &[u64], seats| Allocation::new(if seats == 3 { [2, 1] } else { [4, 0] }));
    let fault = axioms::house_monotonicity(&method, &Instance::new([3, 2], 3)).unwrap_err();
    assert_eq!(fault.to_string(), "house monotonicity: 3, 2 votes: party 2 has 1 seat of 3, but 0 of 4");
}

#[test]
fn a_wrong_number_of_seats_is_reported_as_that() {
    let generous = Method(|votes: &[u64], seats| Allocation::new(vec![seats; votes.len()]));
    for axiom in Axiom::ALL {
        let fault = axiom.check(&generous, &Instance::new([4, 2, 1], 7)).unwrap_err();
        assert!(matches!(fault, Fault::Misbehaved(Misbehaviour::WrongTotal { given: 21, .. })), "{axiom}: {fault}");
    }
    let report = axioms::examine_within(&generous, Budget::new(2, 3, 3));
    assert!(matches!(report.misbehaviour(), Some(Misbehaviour::WrongTotal { given: 2, .. })));
    assert_eq!(report.misbehaviour().unwrap().to_string(), "wrong total: 1, 0 votes; 1 seat: 2 are given out");
}

#[test]
fn a_seat_that_is_neither_given_nor_vacant_is_reported_too() {
    let careless = Method(|votes: &[u64], seats: u64| d_hondt(votes, seats.saturating_sub(1)));
    let fault = axioms::completeness(&careless, &Instance::new([4, 2, 1], 7)).unwrap_err();
    assert_eq!(fault.to_string(), "wrong total: 4, 2, 1 votes; 7 seats: 6 are given out");
}

#[test]
fn fewer_entries_than_parties_are_reported_as_that() {
    let short = Method(|_: &[u64], seats| Allocation::new([seats]));
    for axiom in Axiom::ALL {
        let fault = axiom.check(&short, &Instance::new([4, 2, 1], 7)).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "wrong length: 4, 2, 1 votes; 7 seats: 1 entries in the answer for 3 parties",
            "{axiom}"
        );
    }
}

#[test]
fn a_panic_is_reported_as_that_with_its_message() {
    let panicking = Method(|votes: &[u64], seats| {
        assert!(seats != 3, "three seats are too hard");
        d_hondt(votes, seats)
    });
    let fault = axioms::lower_quota(&panicking, &Instance::new([4, 2, 1], 3)).unwrap_err();
    assert_eq!(fault.to_string(), "panic: 4, 2, 1 votes; 3 seats: three seats are too hard");
    // It is examined all the same, wherever it answers.
    let report = axioms::examine_within(&panicking, Budget::new(3, 8, 5));
    assert!(matches!(report.misbehaviour(), Some(Misbehaviour::Panicked { .. })));
    assert!(report.keeps(Axiom::LowerQuota));
    assert!(report.violation(Axiom::UpperQuota).is_some());
    assert!(report.to_string().contains("no allocation, panic: 1 votes; 3 seats: three seats are too hard"));
}

#[test]
fn a_method_that_refuses_breaks_nothing_and_is_counted() {
    struct Refuses;
    impl Apportion for Refuses {
        fn allocate(&self, _: &[u64], seats: u64) -> Result<Allocation, Error> {
            Err(Error::NoVotes { seats })
        }
    }
    for axiom in Axiom::ALL {
        let found = search(&Refuses, axiom, Budget::new(2, 4, 3));
        assert!(found.violation().is_none() && found.misbehaviour().is_none());
        assert!(found.refusals() > 0, "{axiom}");
    }
}

#[test]
fn a_search_finds_the_smallest_break_and_finds_it_again() {
    let budget = Budget::new(4, 16, 8);
    let found = search(&AllocationMethod::HARE, Axiom::HouseMonotonicity, budget);
    let smallest = found.violation().unwrap();
    assert_eq!((smallest.instance().votes(), smallest.instance().seats()), ([3, 3, 1].as_slice(), 3));
    assert_eq!(search(&AllocationMethod::HARE, Axiom::HouseMonotonicity, budget), found);
    // Nothing smaller breaks it: slowly, over every instance of fewer votes in every order.
    for votes in (0..7_u64.pow(4)).map(|code| [code % 7, code / 7 % 7, code / 49 % 7, code / 343]) {
        for seats in (1..9).filter(|_| (1..7).contains(&votes.iter().sum::<u64>())) {
            let instance = Instance::new(votes, seats);
            assert!(Axiom::HouseMonotonicity.check(&AllocationMethod::HARE, &instance).is_ok(), "{instance}");
        }
    }
}

#[test]
fn a_search_tries_every_order_for_a_method_that_is_not_anonymous() {
    // Fair, unless the first party is the smallest.
    let method = Method(|votes: &[u64], seats| {
        if votes.len() > 1 && votes[1..].iter().all(|&others| others > votes[0]) {
            all_to(0, votes.len(), seats)
        } else {
            d_hondt(votes, seats)
        }
    });
    let found = search(&method, Axiom::Concordance, Budget::new(2, 6, 3));
    assert!(found.violation().is_some(), "{found}");
}

#[test]
fn a_silent_choice_between_equal_parties_is_not_anonymous() {
    // The larger party wins a tie, whatever its place; only of equal ones it is the first.
    let method = Method(|votes: &[u64], seats| {
        let mut allocation = d_hondt(votes, seats);
        allocation.settle(votes, &[apportion::TieBreak::MostVotes, apportion::TieBreak::ListOrder]);
        allocation
    });
    let found = search(&method, Axiom::Anonymity, Budget::new(3, 6, 4));
    assert_eq!(found.violation().unwrap().instance(), &Instance::new([1, 1], 1));
}

#[test]
fn pairs_of_elections_are_compared_whichever_has_more_votes() {
    // The break of 29, 13, 5 is one of 30, 22, 5 read backwards, with the parties changing parts.
    let there = Instance::new([29, 13, 5], 6).then([30, 22, 5]);
    let back = Instance::new([30, 22, 5], 6).then([29, 13, 5]);
    for instance in [there, back] {
        assert!(axioms::population_monotonicity(&AllocationMethod::HARE, &instance).is_err());
        assert!(axioms::population_monotonicity(&AllocationMethod::SAINTE_LAGUE, &instance).is_ok());
    }
}

#[test]
fn giant_votes_are_checked_without_overflow() {
    for votes in [vec![u64::MAX, u64::MAX, 1], vec![u64::MAX; 4], vec![u64::MAX - 1, 3, 2]] {
        for seats in [1, 7, u64::MAX] {
            let instance = Instance::new(votes.clone(), seats);
            for method in [AllocationMethod::D_HONDT, AllocationMethod::HARE, AllocationMethod::SAINTE_LAGUE] {
                for axiom in Axiom::ALL {
                    if let Guarantee::Always(_) = method.guarantees(axiom) {
                        axiom.check(&method, &instance).unwrap();
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_proved_is_marked_apart_from_what_was_searched() {
    let house = AllocationMethod::ADAMS.guarantees(Axiom::HouseMonotonicity);
    assert!(matches!(house, Guarantee::Always(Evidence::Proved { .. })));
    let stability = AllocationMethod::ADAMS.guarantees(Axiom::Stability);
    assert!(matches!(stability, Guarantee::Always(Evidence::Searched(_))));
    let power = AllocationMethod::HighestAverages(Divisors::power("9/10".parse().unwrap()).unwrap());
    assert_eq!(power.guarantees(Axiom::Minority), Guarantee::NeverClaimed);
}

#[test]
fn one_method_under_two_names_has_one_guarantee() {
    let stationary = |r: &str| AllocationMethod::HighestAverages(Divisors::stationary(r.parse().unwrap()).unwrap());
    for axiom in Axiom::ALL {
        assert_eq!(stationary("0").guarantees(axiom), AllocationMethod::ADAMS.guarantees(axiom));
        assert_eq!(stationary("1/2").guarantees(axiom), AllocationMethod::SAINTE_LAGUE.guarantees(axiom));
        assert_eq!(stationary("100%").guarantees(axiom), AllocationMethod::D_HONDT.guarantees(axiom));
    }
}
