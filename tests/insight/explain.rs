use apportion::insight::{ClaimedSeats, Verdict, verify};
use apportion::rule::Seats;
use apportion::{
    Alliance, AllocationMethod, Count, Election, Law, Outcome, Party, Place, Rule, Tally, Threshold, Tier,
};
use unicode_width::UnicodeWidthStr;

use super::data;

/// Kazakhstan, Majilis, 15 January 2012, as in examples/elections.
fn kazakhstan() -> Election {
    toml::from_str(include_str!("../../examples/elections/kz-2012.toml")).unwrap()
}

fn norway() -> Election {
    serde_json::from_str(include_str!("../data/norway-2021.json")).unwrap()
}

/// D'Hondt, 7 seats: Harbour's fourth and Meadow's third seat have the same claim.
fn harbour() -> Outcome {
    let tally = Tally::from_votes([("Harbour", 4_200), ("Meadow", 3_150), ("Forest", 1_400), ("Hill", 700)]).unwrap();
    Rule::new(AllocationMethod::D_HONDT, 7).apply(&tally).unwrap()
}

/// Everything that an explanation must name, whatever the law.
fn names_everything(id: &str, outcome: &Outcome) -> String {
    let text = outcome.explain().to_string();
    // Names are looked for where nothing is folded or cut.
    let whole = format!("{:2000}", outcome.explain());
    for party in outcome.parties().iter().filter(|party| party.certain() > 0) {
        assert!(whole.contains(party.name()), "{id}: {} is missing from\n{text}", party.name());
    }
    for tie in outcome.ties() {
        assert!(tie.parties().iter().all(|name| whole.contains(name.as_str())), "{id}: {tie} is missing from\n{text}");
        assert!(whole.contains("tied"), "{id}: {text}");
    }
    for line in text.lines() {
        assert!(line.width() <= 80, "{id}: {line}");
    }
    text
}

/// The same votes in another order in each place.
fn votes_in(place: usize) -> Vec<(Party, u64)> {
    let votes = [401_323, 250_007, 180_211, 120_119];
    // Seats that are given are those of three districts of twelve.
    let party = |(at, name): (usize, &str)| (Party::new(name).with_given([13, 9, 6, 8][at]), votes[(at + place) % 4]);
    ["A", "B", "C", "D"].into_iter().enumerate().map(party).collect()
}

fn tally_in(place: usize) -> Tally {
    let tally = Tally::from_votes(votes_in(place)).unwrap();
    tally.with_blank(0).with_invalid(0).with_registered(2_000_000)
}

/// So many seats in parts, as equal as can be.
const fn part(seats: u64, parts: u64, at: u64) -> u64 {
    (seats + parts - 1 - at) / parts
}

/// Three districts in two regions, with these seats and this room together; without seats of their own, the regions have them.
fn in_districts(seats: u64, in_regions: bool, room: u64) -> Count {
    let district = |(at, region): (u64, &str)| {
        let (name, order) = [("North", 0), ("Mid", 0), ("South", 1)][usize::try_from(at).unwrap()];
        let place = Place::district(name, tally_in(order)).within(region);
        let place = place.with_population(1_000_000).with_room("levelling", part(room, 3, at));
        if in_regions { place } else { place.with_seats(part(seats, 3, at)) }
    };
    let region = |(at, name): (u64, &str)| {
        let place = Place::region(name).with_room("levelling", part(room, 2, at));
        if in_regions { place.with_seats(part(seats, 2, at)) } else { place }
    };
    let regions = [(0, "East"), (1, "West")].map(region);
    let districts = [(0, "East"), (1, "East"), (2, "West")].map(district);
    Count::of_places(regions.into_iter().chain(districts)).unwrap()
}

/// An election under a law: in one place, in districts, or in districts of one seat beside a national list.
fn an_election_under(law: &Law) -> (Election, Outcome) {
    let fixed = |tier: &Tier| if let Seats::Fixed(seats) = tier.seats { Some(seats) } else { None };
    let house = law.own_rule().tiers().iter().filter_map(fixed).max().or(law.seats).unwrap_or(36);
    let beside_a_list = in_districts(3, false, 0).with_nation(Place::nation(tally_in(0)));
    let counts = [
        Count::from(tally_in(0)),
        in_districts(36, false, 18),
        in_districts(house, false, 0),
        in_districts(house - house / 9, false, house / 9),
        in_districts(house, true, 0),
        in_districts(36, true, 0),
        beside_a_list,
    ];
    let mut errors = Vec::new();
    for (at, count) in counts.into_iter().enumerate() {
        let election = law.election(law.seats.unwrap_or(if at == 0 { 4 } else { 36 }), count);
        match election.outcome() {
            Ok(outcome) if outcome.parties().iter().any(|party| party.certain() > 0) => return (election, outcome),
            Ok(outcome) => errors.push(outcome.to_string()),
            Err(error) => errors.push(error.to_string()),
        }
    }
    panic!("{}: {errors:#?}", law.id)
}

/// Every seat of an outcome, by place and party; the nation has no name.
fn cells(outcome: &Outcome) -> Vec<(Option<&str>, &str, u64)> {
    let nation = outcome.parties().iter().map(|party| (None, party.name(), party.certain()));
    let places = outcome
        .places()
        .iter()
        .flat_map(|place| place.parties().iter().map(move |party| (Some(place.name()), party.name(), party.certain())));
    nation.chain(places).collect()
}

/// Confirms an outcome, and finds it wrong after one seat has gone to another party: in the nation, and in a few places.
fn confirmed_and_refused(id: &str, election: &Election, outcome: &Outcome) {
    let (rule, count) = (&election.rule, &election.count);
    let verdict = outcome.verify(rule, count).unwrap_or_else(|error| panic!("{id}: {error}"));
    assert!(verdict.is_possible(), "{id}: {verdict}");
    if !outcome.ties().is_empty() || !outcome.ways().is_empty() {
        return;
    }
    let cells = cells(outcome);
    let claim = |cells: &[(Option<&str>, &str, u64)]| {
        cells.iter().fold(ClaimedSeats::default(), |claim, &(place, party, seats)| match place {
            Some(place) => claim.at(place, party, seats),
            None => claim.in_all(party, seats),
        })
    };
    assert_eq!(verify(rule, count, claim(&cells)).unwrap(), Verdict::Correct, "{id}");
    let takers = (0..cells.len()).filter(|&at| cells[at].2 > 0);
    for from in takers.step_by(1 + cells.len() / 4) {
        let same_place = |&to: &usize| cells[to].0 == cells[from].0 && to != from;
        let Some(to) = (0..cells.len()).find(same_place) else { continue };
        let mut moved = cells.clone();
        moved[from].2 -= 1;
        moved[to].2 += 1;
        let verdict = verify(rule, count, claim(&moved)).unwrap();
        assert!(!verdict.is_possible(), "{id}: from {:?} to {:?}: {verdict}", cells[from], cells[to]);
    }
}

#[test]
fn every_law_of_the_catalogue_is_explained_and_confirmed_on_an_election() {
    for (id, text) in Law::CATALOGUE {
        let law: Law = toml::from_str(text).unwrap_or_else(|error| panic!("{id}: {error}"));
        let (election, outcome) = an_election_under(&law);
        names_everything(id, &outcome);
        let with_law = format!("{:2000}", outcome.explain().with_law(&election.rule).with_sources(&law.sources));
        assert!(with_law.contains("The law: ") && with_law.contains(&law.sources[0]), "{id}: {with_law}");
        cites_articles(id, &outcome);
        confirmed_and_refused(id, &election, &outcome);
    }
}

/// Every step of a tier that is an article of a statute cites it, and so does what is printed.
fn cites_articles(id: &str, outcome: &Outcome) {
    let whole = format!("{:2000}", outcome.explain());
    for tier in outcome.tiers() {
        let Some(article) = tier.article() else { continue };
        let explanation = outcome.explain();
        let own: Vec<_> = explanation.steps().filter(|step| step.tier() == Some(tier.name())).collect();
        assert!(own.iter().all(|step| step.article() == Some(article)), "{id}: {article}");
        // Where nothing of it is told, as an open tie stops it, there is nothing to cite.
        let told = own.iter().any(|step| !step.sentences().is_empty() || !step.tables().is_empty());
        assert!(!told || whole.contains(article), "{id}: {article} is not in\n{whole}");
    }
}

#[test]
fn the_article_of_each_tier_stands_in_its_heading() {
    let laws: Vec<&str> =
        Law::CATALOGUE.iter().filter(|(_, text)| text.contains("\narticle = ")).map(|(id, _)| *id).collect();
    assert!(laws.len() >= 10, "{laws:?}");
    let text = Law::CATALOGUE.iter().find(|(id, _)| *id == "no-2005").unwrap().1;
    let (_, outcome) = an_election_under(&toml::from_str(text).unwrap());
    let text = outcome.explain().to_string();
    let heading = text.lines().find(|line| line.starts_with("Tier 2: levelling seats")).unwrap();
    assert!(heading.ends_with(", sections 11-4 to 11-6"), "{heading}");
    // A law of one tier says it as well.
    let tally = Tally::from_votes([("A", 60), ("B", 40)]).unwrap();
    let outcome = Rule::new(AllocationMethod::HARE, 5).article("article 97-1").apply(&tally).unwrap();
    assert!(outcome.explain().to_string().contains("\narticle 97-1\n"), "{}", outcome.explain());
}

/// The documents of these lines; some stand beside what is expected of them.
fn documents(lines: &str) -> impl Iterator<Item = Election> {
    lines.lines().filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        // Documents that cannot be read are expected to be errors.
        serde_json::from_value(line.get("document").unwrap_or(&line).clone()).ok()
    })
}

fn explained_and_confirmed(lines: &str, at_least: usize) {
    let mut answered = 0;
    for election in documents(lines) {
        let id = election.id.clone().unwrap_or_default();
        let Ok(outcome) = election.outcome() else { continue };
        names_everything(&id, &outcome);
        confirmed_and_refused(&id, &election, &outcome);
        answered += 1;
    }
    assert!(answered >= at_least, "{answered}");
}

#[test]
fn every_election_in_districts_is_explained_and_confirmed() {
    explained_and_confirmed(include_str!("../data/districts.jsonl"), 19);
}

#[test]
fn every_election_in_several_tiers_is_explained_and_confirmed() {
    explained_and_confirmed(include_str!("../data/tiers.jsonl"), 32);
}

#[test]
fn every_placing_of_national_totals_is_explained_and_confirmed() {
    explained_and_confirmed(include_str!("../data/placing.jsonl"), 27);
}

#[test]
fn every_biproportional_election_is_explained_and_confirmed() {
    explained_and_confirmed(include_str!("../data/biproportional.jsonl"), 60);
}

#[test]
fn every_case_and_every_real_election_is_explained() {
    let all = data::answered();
    assert!(all.len() > 300, "{}", all.len());
    for (id, election) in all {
        names_everything(&id, &election.outcome().unwrap());
    }
}

#[test]
fn the_election_of_kazakhstan_2012_is_told_as_its_law_ran() {
    let outcome = kazakhstan().outcome().unwrap();
    let table = outcome.table(100);
    assert!(table.starts_with("Nur Otan has 83 of 98 seats, Ak Zhol 8, CPPK (Communist People's Party) 7. No tie.\n"));
    assert!(table.contains("\nbelow 7%, no seat:\n"), "{table}");
    assert!(table.contains("397,153 votes short"), "{table}");
    assert!(table.contains("Shares of votes: of the 6,941,220 valid votes. 7% is 485,886 votes.\n"), "{table}");
    let text = format!("{:200}", outcome.explain());
    for expected in [
        "1. Who takes part: parties with at least 485,886 votes, 7% of 6,941,220 valid votes.",
        "Ak Zhol (34,967 to spare), CPPK (Communist People's Party) (13,873 to spare)",
        "together 302,591 votes, 4.36% of all",
        "A seat costs 6,638,629 votes / 98 seats = 67,741.11 votes (Hare quota).",
        "Two seats remain. They go to the most votes left over: Nur Otan, Ak Zhol.",
        "Not needed here: the clause that at least 2 parties take part.",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn a_tie_is_told_as_a_tie() {
    let outcome = harbour();
    assert_eq!(
        outcome.table(80),
        "\
One of 7 seats is tied between Harbour and Meadow.
Certain: Harbour 3, Meadow 2, Forest 1.

party     seats  votes    share
Harbour  3 or 4  4,200   44.44%  ━━━╍
Meadow   2 or 3  3,150   33.33%  ━━╍
Forest        1  1,400   14.81%  ━
Hill          -    700    7.41%
all       6 + 1  9,450  100.00%

Shares of votes: of the 9,450 valid votes.
"
    );
    let text = format!("{:200}", outcome.explain());
    for expected in [
        "Harbour's 4th seat (4,200 / 4 = 1,050.00) and Meadow's 3rd seat (3,150 / 3 = 1,050.00)",
        "These claims are exactly equal.",
        "Two possible results:\n   Harbour 4, Meadow 2, Forest 1\n   Harbour 3, Meadow 3, Forest 1\n",
        "It can be settled by most votes (Harbour) or by fewest votes (Meadow) or by a lot that you have drawn.",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    assert!(!text.contains("Next in line") && !text.contains("gives these seats"), "{text}");
}

#[test]
fn two_tiers_stand_side_by_side_and_each_levelling_seat_has_its_place() {
    let outcome = norway().outcome().unwrap();
    let table = outcome.to_string();
    assert!(table.starts_with("A is the largest with 48 of 169 seats. Nobody has the 85 of a majority.\n"), "{table}");
    assert!(table.contains("party      seats  district  levelling"), "{table}");
    assert!(table.contains("(1) below 4%, so no part in later seats\n"), "{table}");
    let text = outcome.explain().to_string();
    assert!(text.contains("SP holds as much as is due, or more, keeps it and leaves"), "{text}");
    // The last of 86 seats among those who are left, and who missed it by 103 votes.
    let row = |line: &&str| line.trim_start().starts_with("SV  ") && line.trim_end().ends_with(" 103");
    assert!(text.lines().any(|line| row(&line)), "{text}");
    let nordland = text.lines().find(|line| line.trim_start().starts_with("Nordland ")).unwrap();
    assert!(nordland.ends_with(" 83"), "{nordland}");
    let oslo = outcome.explain().at("Oslo").unwrap().to_string();
    assert!(
        oslo.contains("\nTier 2: levelling seats (19 seats)\n") && oslo.contains("Seats there: H 5, A 4, "),
        "{oslo}"
    );
    assert!(outcome.explain().at("Olso").is_none());
}

#[test]
fn districts_stand_below_the_nation() {
    let place = |name: &str, votes: [(&'static str, u64); 2]| {
        Place::district(name, Tally::from_votes(votes).unwrap()).with_seats(3)
    };
    let count =
        Count::of_places([place("North", [("A", 10), ("B", 10)]), place("South", [("A", 31), ("B", 10)])]).unwrap();
    let outcome = Rule::new(AllocationMethod::D_HONDT, 6).apply(&count).unwrap();
    let table = outcome.to_string();
    assert!(table.contains("\nNorth: A 1, B 1; 1 seat is tied among A, B\n"), "{table}");
    assert!(table.starts_with("One of 6 seats is tied between A and B in North.\n"), "{table}");
    let text = names_everything("North and South", &outcome);
    assert!(text.contains("\nNorth\n") && text.contains("\nSouth\n"), "{text}");
}

#[test]
fn seats_inside_an_alliance_are_told_apart() {
    let tally = Tally::from_votes([("A", 450), ("B", 280), ("C", 270)]).unwrap();
    let count = Count::from(tally).with_alliances([Alliance::new(["B", "C"])]);
    let outcome = Rule::new(AllocationMethod::D_HONDT, 5).apply(&count).unwrap();
    let text = names_everything("B and C", &outcome);
    assert!(text.contains("Inside the alliance B + C: 3 seats by D'Hondt."), "{text}");
}

#[test]
fn steps_are_values_as_well() {
    let outcome = kazakhstan().outcome().unwrap();
    let quotas = outcome.explain().steps().find_map(|step| step.quotas()).unwrap();
    let takers: Vec<&str> = quotas.last_seats().iter().map(|share| share.quotas.as_str()).collect();
    assert_eq!((quotas.cost.as_str(), takers), ("67,741.11", vec!["82.9841", "7.6527"]));
    let outcome = kazakhstan().rule.with_method(AllocationMethod::D_HONDT).apply(&kazakhstan().count).unwrap();
    let averages = outcome.explain().steps().find_map(|step| step.averages()).unwrap();
    assert_eq!(averages.cut.round.as_deref(), Some("66,500"));
    let last = averages.cut.last.unwrap();
    assert_eq!((last.party.as_str(), last.seat, last.quotient.to_string().as_str()), ("Nur Otan", 84, "66,921.85"));
}

#[test]
fn the_votes_short_are_enough_and_one_fewer_is_not() {
    let votes = [("A", 4_207), ("B", 3_150), ("C", 1_403), ("D", 702)];
    for method in [AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE, AllocationMethod::HUNTINGTON_HILL] {
        let seats = |votes: [(&'static str, u64); 4]| {
            Rule::new(method.clone(), 9).apply(&Tally::from_votes(votes).unwrap()).unwrap()
        };
        let outcome = seats(votes);
        let averages = outcome.explain().steps().find_map(|step| step.averages()).unwrap();
        let short = |at: usize| u64::try_from(averages.parties[at].next[0].votes_short.unwrap()).unwrap();
        for at in 0..4 {
            let with = |more: u64| {
                let mut votes = votes;
                votes[at].1 += more;
                seats(votes).seats(votes[at].0)
            };
            let gained = Some(outcome.certain(votes[at].0).unwrap() + 1);
            assert_eq!(with(short(at)), gained, "{method}, {}", votes[at].0);
            assert_ne!(with(short(at) - 1), gained, "{method}, {}", votes[at].0);
        }
    }
}

#[test]
fn giants_are_explained_at_once() {
    let tally = Tally::from_votes([("A", u64::MAX / 3), ("B", u64::MAX / 5)]).unwrap();
    for method in [AllocationMethod::SAINTE_LAGUE, AllocationMethod::HARE] {
        let outcome = Rule::new(method, 1_000_000_000_000_000_000).apply(&tally).unwrap();
        assert!(outcome.explain().to_string().contains("1,000,000,000,000,000,000"));
    }
}

#[test]
fn names_cannot_draw_on_the_terminal_or_break_a_table() {
    let tally = Tally::from_votes([("A | B\u{202e}C", 60), ("D", 40)]).unwrap();
    let outcome = Rule::new(AllocationMethod::HARE, 3).threshold(Threshold::votes(1)).apply(&tally).unwrap();
    // A party cannot be called by a control character, but may turn the direction of writing.
    for text in [outcome.to_string(), outcome.explain().to_string()] {
        assert!(!text.contains('\u{202e}') && text.contains("\\u{202e}"), "{text}");
    }
    assert!(outcome.explain().to_markdown().contains("| A \\| B"), "{}", outcome.explain().to_markdown());
}
