use apportion::insight::picture::{Colours, bars, hemicycle, quotients, remainders};
use apportion::{AllocationMethod, Count, Election, Outcome, Place, Rule, Tally};

use super::data;

/// Every picture of an outcome.
fn pictures(outcome: &Outcome) -> Vec<String> {
    let colours = Colours::new();
    let cuts = [quotients(outcome, &colours), remainders(outcome, &colours)];
    [hemicycle(outcome, &colours), bars(outcome, &colours)].into_iter().chain(cuts.into_iter().flatten()).collect()
}

/// Refuses an SVG whose tags do not match.
fn well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("an open end: {tag}"));
        if let Some(closing) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closing), "in {svg}");
        } else if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap());
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
}

/// Where texts stand: left end, baseline, anchor, content.
fn texts(svg: &str) -> Vec<(f64, f64, bool, String)> {
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let rest = &tag[tag.find(&format!("{name}=\""))? + name.len() + 2..];
        Some(rest[..rest.find('"')?].to_string())
    };
    svg.split("<text ")
        .skip(1)
        .map(|tag| {
            let (attributes, rest) = tag.split_once('>').unwrap();
            let content = rest.split('<').next().unwrap().to_string();
            let number = |name: &str| attribute(attributes, name).unwrap().parse::<f64>().unwrap();
            let end = attribute(attributes, "text-anchor").as_deref() == Some("end");
            (number("x"), number("y"), end, content)
        })
        .collect()
}

#[test]
fn pictures_of_every_answer_are_well_formed() {
    for (id, election) in data::answered() {
        let all = pictures(&election.outcome().unwrap());
        assert!(all.len() >= 2, "{id}");
        all.iter().for_each(|svg| well_formed(svg));
    }
}

#[test]
fn names_and_figures_stand_in_rows_of_their_own() {
    for election in data::elections() {
        for svg in pictures(&election.outcome().unwrap()) {
            let mut rows: Vec<(f64, f64)> = Vec::new();
            for (x, y, end, content) in texts(&svg) {
                assert!(y > 0.0 && (0.0..=360.0).contains(&x), "{content} stands at {x}, {y}");
                // Letters of 11 units are not wider than 12 and not narrower than 2.
                let narrowest = content.chars().count() as f64 * 2.0;
                assert!(!end || x >= narrowest, "{content} is cut at the left");
                if !end && x == 0.0 {
                    rows.push((x, y));
                }
            }
            rows.sort_by(|a, b| a.1.total_cmp(&b.1));
            assert!(rows.windows(2).all(|pair| pair[1].1 - pair[0].1 >= 14.0), "{:?}: rows overlap", election.id);
        }
    }
}

/// The dashed outlines of a picture.
fn outlines(svg: &str) -> usize {
    svg.matches("stroke-dasharray=\"2 1.5\"").count()
}

#[test]
fn a_hemicycle_has_a_mark_for_every_seat_and_for_every_name() {
    let outcome = data::election("kz-majilis-2012").outcome().unwrap();
    let svg = hemicycle(&outcome, &Colours::new());
    assert_eq!(svg.matches("<circle").count(), 98 + 3);
    assert!(svg.contains("aria-label=\"Seats: Nur Otan 83, Ak Zhol 8, CPPK (Communist People's Party) 7\""));
}

#[test]
fn a_small_party_is_a_wedge_and_not_the_inner_row() {
    let outcome = data::election("kz-majilis-2012").outcome().unwrap();
    let svg = hemicycle(&outcome, &Colours::new().with("CPPK (Communist People's Party)", "#c00"));
    let column = |circle: &str| circle.split("cx=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    let columns: std::collections::BTreeSet<String> =
        svg.lines().filter(|line| line.contains("#c00")).map(column).collect();
    assert!(columns.len() > 4, "{columns:?}");
}

#[test]
fn the_seats_of_all_ties_are_shown_as_open() {
    let votes = [("A", 10), ("B", 10)];
    let place = |name: &str| Place::district(name, Tally::from_votes(votes).unwrap()).with_seats(3);
    let count = Count::of_places([place("North"), place("South")]).unwrap();
    let tied = Rule::new(AllocationMethod::D_HONDT, 6).apply(&count).unwrap();
    let svg = hemicycle(&tied, &Colours::new());
    assert!(svg.contains("?  tied: A, B"), "{svg}");
    // Six seats and three names; two of the seats and one of the names are open.
    assert_eq!((svg.matches("<circle").count(), outlines(&svg)), (6 + 3, 2 + 1), "{svg}");
}

#[test]
fn levelling_seats_have_a_light_centre() {
    let election: Election = serde_json::from_str(include_str!("../data/norway-2021.json")).unwrap();
    let svg = hemicycle(&election.outcome().unwrap(), &Colours::new());
    let centres = svg.matches("fill=\"#fff\"/>").count();
    assert_eq!(centres, 19);
    assert!(svg.contains("majority 85") && svg.contains("H 36 (35 + 1)"), "{svg}");
    pictures(&election.outcome().unwrap()).iter().for_each(|svg| well_formed(svg));
}

#[test]
fn colours_and_names_cannot_break_out() {
    let tally = Tally::from_votes([("<script>alert('')</script> & \"co\"", 60), ("B", 40)]).unwrap();
    let outcome: Outcome = Rule::new(AllocationMethod::HARE, 5).apply(&tally).unwrap();
    let colours = Colours::new().with("B", "\"/><script>");
    for svg in [hemicycle(&outcome, &colours), bars(&outcome, &colours)] {
        assert!(!svg.contains("<script>"), "{svg}");
        well_formed(&svg);
    }
}

#[test]
fn many_seats_are_drawn_as_sectors() {
    let tally = Tally::from_votes([("A", u64::MAX / 3), ("B", u64::MAX / 5), ("C", 0)]).unwrap();
    for seats in [801, 1_000_000_000_000_000_000] {
        for method in [AllocationMethod::SAINTE_LAGUE, AllocationMethod::HARE] {
            for svg in pictures(&Rule::new(method, seats).apply(&tally).unwrap()) {
                assert!(svg.len() < 40_000, "{}", svg.len());
                well_formed(&svg);
            }
        }
    }
}
