use apportion::insight::{Comparison, Index, IndexRange, Indices, Survey};
use apportion::{AllocationMethod, Error, Rule, Tally, Threshold};

use super::data;

const METHODS: [(&str, AllocationMethod); 3] = [
    ("Hare", AllocationMethod::HARE),
    ("D'Hondt", AllocationMethod::D_HONDT),
    ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
];

fn laws(seats: u64) -> Vec<(&'static str, Rule)> {
    METHODS.into_iter().map(|(name, method)| (name, Rule::new(method, seats))).collect()
}

#[test]
fn every_law_gives_what_it_gives_alone() {
    for election in data::elections() {
        let Some(tally) = election.tally() else { continue };
        let seats = election.outcome().unwrap().total_seats();
        let comparison = Comparison::new(tally, laws(seats));
        for (law, (name, rule)) in comparison.laws().iter().zip(laws(seats)) {
            assert_eq!((law.name(), law.outcome().cloned().map_err(Error::clone)), (name, rule.apply(tally)));
            let range = law.indices().unwrap();
            if law.outcome().unwrap().ties().is_empty() {
                let indices = Indices::of(law.outcome().unwrap()).unwrap();
                for index in Index::ALL {
                    assert_eq!((range.least(index), range.most(index)), (indices.exact(index), indices.exact(index)));
                }
            }
        }
        for line in comparison.to_string().lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{:?}: {line}", election.id);
        }
    }
}

#[test]
fn who_is_out_what_goes_elsewhere_and_which_law_fails_is_said() {
    let tally = Tally::from_votes([("A", 530), ("B", 240), ("C", 200), ("D", 30)]).unwrap();
    let mut all = laws(7);
    all.push(("10%", Rule::new(AllocationMethod::D_HONDT, 7).threshold(Threshold::share("25%".parse().unwrap()))));
    all.push(("nobody", Rule::new(AllocationMethod::HARE, 7).threshold(Threshold::share("90%".parse().unwrap()))));
    let comparison = Comparison::with_margins(&tally, all);
    let [.., high, nobody] = comparison.laws() else { panic!() };
    assert_eq!(high.out().map(apportion::PartyOutcome::name).collect::<Vec<_>>(), ["B", "C", "D"]);
    // Hare gives 4, 2, 1; the line leaves all seven to A.
    assert_eq!(comparison.moved(high), Some(3));
    assert!(nobody.outcome().is_err() && nobody.indices().is_err() && nobody.out().count() == 0);
    let text = comparison.to_string();
    assert!(text.contains(" out") && text.contains("none") && text.contains("\nnobody: "), "{text}");
    assert!(comparison.laws()[0].closest().unwrap().is_some());
    let markdown = comparison.to_markdown();
    assert!(
        markdown.starts_with("| party | votes | Hare | D'Hondt |") && markdown.contains("| law | seats |"),
        "{markdown}"
    );
    let json = serde_json::to_value(&comparison).unwrap();
    assert_eq!(json["laws"][3]["parties"][1]["admitted"], false);
    assert!(json["laws"][4]["error"].is_string() && json["laws"][0]["closest"]["votes"].is_u64(), "{json}");
    assert!(json["laws"][0]["indices"]["gallagher"]["least"]["published"].is_f64(), "{json}");
}

#[test]
fn the_indices_of_a_tie_are_the_least_and_most_over_every_result() {
    let votes = [600, 600, 600, 100];
    let tally = Tally::from_votes(["A", "B", "C", "D"].into_iter().zip(votes)).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 5).apply(&tally).unwrap();
    let range = IndexRange::of(&outcome).unwrap();
    assert_eq!(range.results(), 3);
    let each: Vec<Indices> =
        [[2, 2, 1, 0], [2, 1, 2, 0], [1, 2, 2, 0]].iter().map(|seats| Indices::new(&votes, seats).unwrap()).collect();
    for index in Index::ALL {
        let values = || each.iter().map(|indices| indices.exact(index));
        assert_eq!(
            (range.least(index), range.most(index)),
            (values().min().unwrap(), values().max().unwrap()),
            "{index}"
        );
    }
    // A tie of very many results has no answer, and says so.
    let names: Vec<String> = (0..30).map(|name| format!("P{name}")).collect();
    let tally = Tally::from_votes(names.iter().map(|name| (name.clone(), 10))).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 15).apply(&tally).unwrap();
    assert!(matches!(IndexRange::of(&outcome), Err(Error::NotCovered { what: "indices", .. })));
}

#[test]
fn indices_are_written_on_the_scale_on_which_they_are_published() {
    let indices = Indices::new(&[60, 30, 10], &[4, 1, 0]).unwrap();
    let json = serde_json::to_value(&indices).unwrap();
    let gallagher = &json["gallagher"];
    assert!((gallagher["published"].as_f64().unwrap() - 17.320_508).abs() < 1e-6, "{json}");
    assert!((gallagher["ratio"].as_f64().unwrap() - 0.173_205_08).abs() < 1e-8, "{json}");
    assert_eq!(gallagher["squared"], "3/100");
    assert_eq!(json["loosemore_hanby"]["exact"], "1/5");
    assert_eq!(json["effective_parties_by_votes"]["published"], json["effective_parties_by_votes"]["ratio"]);
    assert!(indices.to_string().starts_with("Gallagher                      17.32  "), "{indices}");
}

#[test]
fn a_survey_sums_up_each_law_and_names_the_election_that_fails() {
    let mut survey = Survey::new();
    for (name, votes) in [("2019", [530, 240, 230]), ("2023", [500, 250, 250]), ("2027", [0, 0, 0])] {
        let tally = Tally::from_votes(["A", "B", "C"].into_iter().zip(votes)).unwrap();
        survey.push(name, Comparison::new(&tally, laws(7)));
    }
    let failures: Vec<(&str, &str)> = survey.failures().map(|(election, law, _)| (election, law)).collect();
    assert_eq!(failures, [("2027", "Hare"), ("2027", "D'Hondt"), ("2027", "Sainte-Laguë")]);
    let table = survey.by_law();
    // 2019: Hare 4 2 1 of 3.71, 1.68, 1.61; D'Hondt 4 2 1; Sainte-Laguë 3 2 2.
    assert_eq!(table.rows()[2][..4], ["Sainte-Laguë", "2", "1", "1"], "{table:?}");
    assert!(survey.to_string().contains("\n2027, Hare: "), "{survey}");
    assert_eq!(serde_json::to_value(&survey).unwrap()[1]["name"], "2023");
}
