//! The suite of axioms on every method of the crate: what is guaranteed holds in instances with ties, and every "fails"
//! is shown by its counter-example.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests may fail loudly too

use apportion::axioms::{Axiom, Evidence, Guarantee, Instance, Misbehaviour, max_min, search, strategies};
use apportion::{AllocationMethod, Divisors, Quota, Rounding};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Instances with a tie for each axiom and method.
const INSTANCES: usize = 10_000;

/// Holds a method against every axiom: always where it is guaranteed, and at least for its manners where it is not.
fn examine(method: &AllocationMethod) {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let tied = tied_instances(method, strategies::tied_instances(), &mut runner);
    let pairs = tied_instances(method, strategies::pairs_of_elections(), &mut runner);
    for axiom in Axiom::ALL {
        let instances = if axiom == Axiom::PopulationMonotonicity { &pairs } else { &tied };
        let guarantee = method.guarantees(axiom);
        let mut broken = 0;
        for instance in instances {
            match (axiom.check(method, instance), &guarantee) {
                (Ok(()), _) => {}
                (Err(fault), Guarantee::Always(_)) => panic!("{method} is said to keep {axiom}, but: {fault}"),
                (Err(fault), _) => {
                    assert!(fault.misbehaviour().is_none(), "{method}: {fault}");
                    broken += 1;
                }
            }
        }
        if let Guarantee::Fails(example) = &guarantee {
            let fault = axiom.check(method, example.instance()).expect_err("a counter-example breaks its axiom");
            assert_eq!(fault.violation().and_then(apportion::axioms::Violation::axiom), Some(axiom), "{fault}");
            let allocation = method.allocate(example.instance().votes(), example.instance().seats()).unwrap();
            assert!(allocation.allows(example.outcome()), "{method}, {axiom}: {example}");
        } else if broken > 0 {
            assert_eq!(guarantee, Guarantee::NeverClaimed);
        }
    }
    if let AllocationMethod::HighestAverages(divisors) = method {
        for instance in &tied {
            max_min(method, divisors, instance).unwrap();
        }
    }
}

/// The first instances of a strategy that the method answers with a tie.
fn tied_instances<S>(method: &AllocationMethod, strategy: S, runner: &mut TestRunner) -> Vec<Instance>
where
    S: Strategy<Value = Instance>,
{
    let all = (0..400 * INSTANCES).map(|_| strategy.new_tree(runner).unwrap().current());
    let tied: Vec<Instance> = all
        .filter(|instance| {
            method.allocate(instance.votes(), instance.seats()).is_ok_and(|allocation| allocation.tie().is_some())
        })
        .take(INSTANCES)
        .collect();
    assert_eq!(tied.len(), INSTANCES, "{method} ties too seldom");
    tied
}

fn divisors(divisors: Result<Divisors, apportion::Error>) -> AllocationMethod {
    AllocationMethod::HighestAverages(divisors.unwrap())
}

fn ratio(text: &str) -> apportion::Ratio {
    text.parse().unwrap()
}

const fn quota(quota: Quota, rounding: Rounding) -> AllocationMethod {
    AllocationMethod::LargestRemainder(quota.rounded(rounding))
}

macro_rules! suite {
    ($($name:ident: $method:expr;)*) => { $(
        #[test]
        fn $name() {
            examine(&$method);
        }
    )* };
}

suite! {
    hare_keeps_its_guarantees: AllocationMethod::HARE;
    droop_keeps_its_guarantees: AllocationMethod::DROOP;
    hagenbach_bischoff_keeps_its_guarantees: AllocationMethod::HAGENBACH_BISCHOFF;
    the_imperiali_quota_keeps_its_guarantees: AllocationMethod::IMPERIALI_QUOTA;
    the_reinforced_imperiali_quota_keeps_its_guarantees: quota(Quota::REINFORCED_IMPERIALI, Rounding::Exact);
    hare_rounded_up_keeps_its_guarantees: quota(Quota::HARE, Rounding::Up);
    hare_rounded_down_keeps_its_guarantees: quota(Quota::HARE, Rounding::Down);
    hare_rounded_to_the_nearest_keeps_its_guarantees: quota(Quota::HARE, Rounding::Nearest);
    d_hondt_keeps_its_guarantees: AllocationMethod::D_HONDT;
    sainte_lague_keeps_its_guarantees: AllocationMethod::SAINTE_LAGUE;
    sainte_lague_from_seven_fifths_keeps_its_guarantees: divisors(Divisors::modified_sainte_lague(ratio("7/5")));
    sainte_lague_from_six_fifths_keeps_its_guarantees: divisors(Divisors::modified_sainte_lague(ratio("6/5")));
    the_danish_divisors_keep_their_guarantees: AllocationMethod::DANISH;
    the_imperiali_divisors_keep_their_guarantees: AllocationMethod::IMPERIALI_DIVISORS;
    adams_keeps_its_guarantees: AllocationMethod::ADAMS;
    dean_keeps_its_guarantees: AllocationMethod::DEAN;
    huntington_hill_keeps_its_guarantees: AllocationMethod::HUNTINGTON_HILL;
    macau_keeps_its_guarantees: AllocationMethod::MACAU;
    stationary_thirds_keep_their_guarantees: divisors(Divisors::stationary(ratio("1/3")));
    stationary_ones_keep_their_guarantees: divisors(Divisors::stationary(ratio("1")));
    nine_tenths_powers_keep_their_guarantees: divisors(Divisors::power(ratio("9/10")));
    custom_divisors_keep_their_guarantees: divisors(Divisors::custom([ratio("1"), ratio("3"), ratio("4")]));
}

/// The methods that the literature has names for.
fn named() -> [AllocationMethod; 14] {
    [
        AllocationMethod::HARE,
        AllocationMethod::DROOP,
        AllocationMethod::HAGENBACH_BISCHOFF,
        AllocationMethod::IMPERIALI_QUOTA,
        AllocationMethod::D_HONDT,
        AllocationMethod::SAINTE_LAGUE,
        divisors(Divisors::modified_sainte_lague(ratio("7/5"))),
        divisors(Divisors::modified_sainte_lague(ratio("6/5"))),
        AllocationMethod::DANISH,
        AllocationMethod::IMPERIALI_DIVISORS,
        AllocationMethod::ADAMS,
        AllocationMethod::DEAN,
        AllocationMethod::HUNTINGTON_HILL,
        AllocationMethod::MACAU,
    ]
}

#[test]
fn what_was_searched_is_found_unbroken_again() {
    let mut searched = 0;
    for method in named() {
        for axiom in Axiom::ALL {
            if let Guarantee::Always(Evidence::Searched(budget)) = method.guarantees(axiom) {
                let found = search(&method, axiom, budget);
                assert_eq!(found.violation(), None, "{method}");
                assert_eq!(found.misbehaviour().map(Misbehaviour::to_string), None);
                assert!(found.ties() > 0 || axiom == Axiom::Exactness);
                searched += 1;
            }
        }
    }
    assert_eq!(searched, 19, "{searched} claims rest on a search");
}

#[test]
fn every_break_of_the_literature_is_known_and_breaks() {
    #[derive(serde::Deserialize)]
    struct Row {
        method: String,
        axiom: String,
        votes: Vec<u64>,
        seats: u64,
        outcome: Vec<u64>,
        votes_after: Option<Vec<u64>>,
    }
    let rows: Vec<Row> = serde_json::from_str(include_str!("data/counterexamples.json")).unwrap();
    assert_eq!(rows.len(), 58);
    for row in rows {
        let method = match row.method.as_str() {
            "Adams" => AllocationMethod::ADAMS,
            "Dean" => AllocationMethod::DEAN,
            "HH" => AllocationMethod::HUNTINGTON_HILL,
            "Webster" => AllocationMethod::SAINTE_LAGUE,
            "Jefferson" => AllocationMethod::D_HONDT,
            "SL1.4" => divisors(Divisors::modified_sainte_lague(ratio("1.4"))),
            "Imperiali" => AllocationMethod::IMPERIALI_DIVISORS,
            "Danish" => AllocationMethod::DANISH,
            "Macau" => AllocationMethod::MACAU,
            "LR-Hare" => AllocationMethod::HARE,
            "LR-Droop(V/(S+1))" => AllocationMethod::HAGENBACH_BISCHOFF,
            other => panic!("a method without a name here: {other}"),
        };
        let axiom = match row.axiom.as_str() {
            "majority preservation(>=half)" => Axiom::Majority,
            "minority cannot get majority" => Axiom::Minority,
            "merge never loses (superadditive)" => Axiom::MergingNeverLoses,
            "merge never gains (subadditive)" => Axiom::MergingNeverGains,
            "stability |merge effect|<=1" => Axiom::Stability,
            "lower quota" => Axiom::LowerQuota,
            "upper quota" => Axiom::UpperQuota,
            "house monotonicity" => Axiom::HouseMonotonicity,
            "uniformity (coherence)" => Axiom::Uniformity,
            "population (vote-ratio) monotonicity" => Axiom::PopulationMonotonicity,
            other => panic!("an axiom without a name here: {other}"),
        };
        let instance = Instance::new(row.votes, row.seats);
        let instance = match row.votes_after {
            Some(after) => instance.then(after),
            None => instance,
        };
        let fault = axiom.check(&method, &instance).unwrap_err();
        assert_eq!(fault.violation().unwrap().outcome(), row.outcome, "{fault}");
        let Guarantee::Fails(known) = method.guarantees(axiom) else { panic!("{method} is known to break {axiom}") };
        assert_eq!((known.instance(), known.outcome()), (&instance, row.outcome.as_slice()), "{method}, {axiom}");
    }
}
