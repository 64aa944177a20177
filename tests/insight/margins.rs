use apportion::insight::{Change, Margin, Margins};
use apportion::{AllocationMethod, Base, Error, Outcome, Party, Rule, Tally, Threshold};

use super::{data, small};

/// What counts as a result: certain seats, the open tie, vacancies; `None` where the rule has no answer.
type Result = Option<(Vec<u64>, Vec<String>, u64)>;

fn result(outcome: std::result::Result<Outcome, Error>) -> Result {
    let outcome = outcome.ok()?;
    let certain = outcome.parties().iter().map(|party| party.certain()).collect();
    Some((certain, outcome.tie().map_or(vec![], |tie| tie.parties().to_vec()), outcome.vacant()))
}

fn certain(result: &Result, party: usize) -> u64 {
    result.as_ref().map_or(0, |(certain, ..)| certain[party])
}

/// The fewest ballots found by trying one after another.
fn tried(
    rule: &Rule,
    tally: &Tally,
    (from, to): (Option<usize>, Option<usize>),
    most: u64,
    wanted: impl Fn(&Result) -> bool,
) -> Option<u64> {
    (1..=most).find(|&ballots| wanted(&result(rule.apply(&small::changed(tally, from, to, ballots)))))
}

/// Compares every margin with what trying finds, additional ballots up to `most`.
fn agrees(seed: u64, (rule, tally): &(Rule, Tally), most: u64) {
    let now = result(rule.apply(tally));
    let Ok(margins) = Margins::new(rule, tally) else {
        assert!(now.is_none(), "{seed}");
        return;
    };
    let votes: Vec<u64> = tally.iter().map(|(_, votes)| u64::try_from(votes).unwrap()).collect();
    let names: Vec<&str> = tally.parties().iter().map(Party::name).collect();
    let number = |margin: std::result::Result<Option<Margin>, Error>| match margin {
        Ok(margin) => margin.map(|margin| margin.votes()),
        Err(error) => panic!("{seed}: {error}: {rule:?} {tally:?}"),
    };
    let mut smallest = None;
    let mut note = |found: Option<u64>| smallest = [smallest, found].into_iter().flatten().min();
    for party in 0..names.len() {
        let before = certain(&now, party);
        let gain = tried(rule, tally, (None, Some(party)), most, |then| certain(then, party) > before);
        let answer = number(margins.gain(names[party])).filter(|&votes| votes <= most);
        assert_eq!(answer, gain, "{seed}: gain of {party}: {rule:?} {tally:?}");
        let loss = tried(rule, tally, (Some(party), None), votes[party], |then| certain(then, party) < before);
        assert_eq!(number(margins.loss(names[party])), loss, "{seed}: loss of {party}");
        for to in (0..names.len()).filter(|&to| to != party) {
            let switch = tried(rule, tally, (Some(party), Some(to)), votes[party], |then| *then != now);
            assert_eq!(number(margins.switch(names[party], names[to])), switch, "{seed}: from {party} to {to}");
            note(switch);
        }
        note(tried(rule, tally, (None, Some(party)), most, |then| *then != now));
        note(tried(rule, tally, (Some(party), None), votes[party], |then| *then != now));
    }
    let few = |votes: &u64| *votes <= most;
    assert_eq!(number(margins.closest()).filter(few), smallest.filter(few), "{seed}: closest");
}

#[test]
fn margins_equal_those_found_by_trying_every_change_in_5000_small_elections() {
    (0..5_000).for_each(|seed| agrees(seed, &small::election(seed), 40));
}

#[test]
fn margins_equal_those_found_by_trying_every_change_in_5000_more() {
    (5_000..10_000).for_each(|seed| agrees(seed, &small::election(seed), 40));
}

#[test]
fn margins_of_hundreds_of_votes_equal_those_found_by_trying_every_change() {
    (20_000..20_300).for_each(|seed| agrees(seed, &small::grown(seed, 83), 700));
}

/// Applies a margin and one vote fewer, and looks at both sides.
fn both_sides(rule: &Rule, tally: &Tally, margin: &Margin, does_it: impl Fn(&Result) -> bool) {
    let place = |name: &String| tally.parties().iter().position(|party| party.name() == name);
    let (from, to) = match margin.change() {
        Change::More(to) => (None, place(to)),
        Change::Fewer(from) => (place(from), None),
        Change::Switch { from, to } => (place(from), place(to)),
        _ => unreachable!(),
    };
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
        let (rule, tally) = (&election.rule, &election.tally);
        let margins = Margins::new(rule, tally).unwrap();
        let now = result(rule.apply(tally));
        for (party, name) in tally.parties().iter().map(Party::name).enumerate() {
            let before = certain(&now, party);
            if let Some(gain) = margins.gain(name).unwrap() {
                both_sides(rule, tally, &gain, |then| certain(then, party) > before);
            }
            if let Some(loss) = margins.loss(name).unwrap() {
                both_sides(rule, tally, &loss, |then| certain(then, party) < before);
            }
        }
        let closest = margins.closest().unwrap().unwrap_or_else(|| panic!("{id} could not be otherwise"));
        both_sides(rule, tally, &closest, |then| *then != now);
    }
}

#[test]
fn a_party_just_below_the_threshold_is_nearer_through_it_than_through_a_quotient() {
    let tally = Tally::from_votes([("A", 930_001), ("B", 69_999)]).unwrap();
    let rule = Rule::new(AllocationMethod::D_HONDT, 14).threshold(Threshold::share("7%".parse().unwrap()));
    let gain = Margins::new(&rule, &tally).unwrap().gain("B").unwrap().unwrap();
    // 70,001 of 1,000,002 are below 7%, 70,001 + 1 of 1,000,003 are not: 2 would be short by rounding in floats.
    assert_eq!(gain.votes(), 2);
    assert_eq!(gain.to_string(), "2 votes more for B: B +1, A -1");
}

#[test]
fn a_bigger_total_may_push_another_under_the_threshold() {
    let tally = Tally::from_votes([("A", 800), ("B", 130), ("C", 70)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse().unwrap()).of(Base::Valid));
    let margins = Margins::new(&rule, &tally).unwrap();
    let gain = margins.gain("A").unwrap().unwrap();
    assert_eq!(gain.to_string(), "1 vote more for A: A +1, C -1");
}

#[test]
fn what_cannot_change_has_no_margin() {
    let tally = Tally::from_votes([(Party::new("A").with_maximum(2), 60), ("B".into(), 40)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 4);
    let margins = Margins::new(&rule, &tally).unwrap();
    assert_eq!(margins.gain("A").unwrap(), None);
    let alone = Tally::from_votes([("A", 60)]).unwrap();
    assert_eq!(
        Margins::new(&rule, &alone).unwrap().loss("A").unwrap().unwrap().to_string(),
        "60 votes fewer for A: the rule has no answer"
    );
}

#[test]
fn giants_have_exact_margins_too() {
    let tally = Tally::from_votes([("A", u64::MAX - 1), ("B", u64::MAX - 1)]).unwrap();
    for method in [AllocationMethod::D_HONDT, AllocationMethod::HUNTINGTON_HILL, AllocationMethod::DROOP] {
        let rule = Rule::new(method.clone(), 3);
        let margins = Margins::new(&rule, &tally).unwrap();
        assert_eq!(margins.gain("A").unwrap().unwrap().votes(), 1, "{method}");
        assert_eq!(margins.switch("A", "B").unwrap().unwrap().votes(), 1, "{method}");
    }
}

#[test]
fn unknown_parties_and_spare_votes_are_refused() {
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap();
    let rule = Rule::new(AllocationMethod::HARE, 4);
    let margins = Margins::new(&rule, &tally).unwrap();
    assert_eq!(margins.gain("C").unwrap_err().to_string(), "the question names \"C\", but no such party stands");
    assert!(margins.switch("A", "A").is_err());
    let spared = rule.spare_votes(true);
    assert_eq!(Margins::new(&spared, &tally).unwrap_err().to_string(), "margins do not cover spare votes");
}
