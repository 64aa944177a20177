use apportion::insight::picture::{Style, bars, districts, hemicycle, matrix, quotients, remainders};
use apportion::{AllocationMethod, Count, Election, Outcome, Place, Rule, Tally};

use super::data;

/// Every picture of an outcome, for a desk and for a telephone.
fn pictures(outcome: &Outcome) -> Vec<String> {
    let all = |style: &Style| {
        let some = [quotients, remainders, districts, matrix].map(|draw| draw(outcome, style));
        [hemicycle(outcome, style), bars(outcome, style)]
            .into_iter()
            .chain(some.into_iter().flatten())
            .collect::<Vec<_>>()
    };
    [all(&Style::new()), all(&Style::new().narrow())].concat()
}

fn norway() -> Election {
    serde_json::from_str(include_str!("../data/norway-2021.json")).unwrap()
}

fn applied(method: AllocationMethod, seats: u64, votes: &[(&'static str, u64)]) -> Outcome {
    Rule::new(method, seats).apply(&Tally::from_votes(votes.iter().copied()).unwrap()).unwrap()
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

/// Where texts stand: x, baseline, anchor, size, content.
fn texts(svg: &str) -> Vec<(f64, f64, String, f64, String)> {
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
            let anchor = attribute(attributes, "text-anchor").unwrap_or("start".into());
            (number("x"), number("y"), anchor, number("font-size"), content)
        })
        .collect()
}

/// The width and the height of a picture.
fn size(svg: &str) -> (f64, f64) {
    let mut numbers = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap().split(' ');
    (numbers.next().unwrap().parse().unwrap(), numbers.next().unwrap().parse().unwrap())
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
fn no_letter_is_small_or_outside_and_no_two_texts_lie_on_each_other() {
    for (id, election) in data::answered().into_iter().chain([("norway".into(), norway())]) {
        for svg in pictures(&election.outcome().unwrap()) {
            let (width, height) = size(&svg);
            let mut boxes: Vec<(f64, f64, f64, f64, String)> = Vec::new();
            for (x, y, anchor, size, content) in texts(&svg) {
                assert!(size >= 12.0 || content == "?", "{id}: {content} is too small");
                // Letters are at least a quarter as wide as they are high.
                let wide = content.chars().count() as f64 * size * 0.25;
                let left = match anchor.as_str() {
                    "end" => x - wide,
                    "middle" => x - wide / 2.0,
                    _ => x,
                };
                assert!(left >= -1.0 && left + wide <= width + 1.0, "{id}: {content} is cut in {svg}");
                assert!(y - size * 0.7 >= -1.0 && y <= height, "{id}: {content} stands at {y} of {height}");
                let own = (left, y - size * 0.6, left + wide, y, content);
                if let Some(other) =
                    boxes.iter().find(|other| own.0 < other.2 && other.0 < own.2 && own.1 < other.3 && other.1 < own.3)
                {
                    panic!("{id}: {:?} and {:?} lie on each other in {svg}", own.4, other.4);
                }
                boxes.push(own);
            }
        }
    }
}

/// The dashed marks of a picture.
fn outlines(svg: &str) -> usize {
    svg.matches("stroke-dasharray=\"3 2\"").count()
}

#[test]
fn a_hemicycle_has_a_mark_for_every_seat_and_says_all_seats_in_words() {
    let outcome = data::election("kz-majilis-2012").outcome().unwrap();
    let svg = hemicycle(&outcome, &Style::new().unlisted());
    assert_eq!(svg.matches("<circle").count(), 98);
    assert!(svg.contains("<desc>98 seats: Nur Otan 83, Ak Zhol 8, CPPK (Communist People's Party) 7.</desc>"), "{svg}");
    assert!(svg.contains("<title>Nur Otan has 83 of 98 seats, "), "{svg}");
    // Three names more where they do not all fit at the seats.
    assert_eq!(hemicycle(&outcome, &Style::new().narrow()).matches("<circle").count(), 98 + 3);
}

#[test]
fn every_picture_has_a_ground_of_its_own_and_colours_for_the_dark() {
    for svg in pictures(&norway().outcome().unwrap()) {
        assert!(
            svg.contains("class=\"paper\" fill=\"#ffffff\"/>") && svg.contains("prefers-color-scheme: dark"),
            "{svg}"
        );
        assert!(svg.contains(".paper{fill:#14171a}") && svg.contains("role=\"img\""), "{svg}");
        assert!(svg.contains("<title>") && svg.contains("<desc>") && !svg.contains("<svg xmlns=\"\""), "{svg}");
    }
}

#[test]
fn a_small_party_is_a_wedge_and_not_the_inner_row() {
    let outcome = data::election("kz-majilis-2012").outcome().unwrap();
    let svg = hemicycle(&outcome, &Style::new().colour("CPPK (Communist People's Party)", "#c00").unlisted());
    let column = |circle: &str| circle.split("cx=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    let columns: std::collections::BTreeSet<String> =
        svg.lines().filter(|line| line.contains("#cc0000") && line.contains("<circle")).map(column).collect();
    assert!(columns.len() > 4, "{columns:?}");
}

#[test]
fn a_majority_is_marked_only_where_the_house_is_known() {
    let outcome = data::election("kz-majilis-2012").outcome().unwrap();
    assert!(!hemicycle(&outcome, &Style::new()).contains("majority"));
    let part = hemicycle(&outcome, &Style::new().house(107));
    assert!(part.contains("of 107 seats") && !part.contains("majority"), "{part}");
    assert!(hemicycle(&outcome, &Style::new().house(98)).contains("seats, majority 50"));
    assert!(hemicycle(&norway().outcome().unwrap(), &Style::new()).contains("seats, majority 85"));
}

#[test]
fn few_seats_stand_in_a_row_with_the_tied_one_between_those_who_claim_it() {
    let votes = [("Harbour", 4_200), ("Meadow", 3_150), ("Forest", 1_400), ("Hill", 700)];
    let outcome = applied(AllocationMethod::D_HONDT, 7, &votes);
    let svg = hemicycle(&outcome, &Style::new().house(7).unlisted());
    let seats: Vec<bool> =
        svg.lines().filter(|line| line.starts_with("<circle")).map(|line| line.contains("dash")).collect();
    assert_eq!(seats, [false, false, false, true, false, false, false], "{svg}");
    assert!(svg.contains(">?</text>") && svg.contains("majority: 4 of 7"), "{svg}");
    assert!(svg.contains("<desc>7 seats: Harbour 3, tied: Harbour, Meadow 1, Meadow 2, Forest 1.</desc>"), "{svg}");
}

#[test]
fn the_seats_of_all_ties_are_shown_as_open() {
    let votes = [("A", 10), ("B", 10)];
    let place = |name: &str| Place::district(name, Tally::from_votes(votes).unwrap()).with_seats(3);
    let count = Count::of_places([place("North"), place("South")]).unwrap();
    let tied = Rule::new(AllocationMethod::D_HONDT, 6).apply(&count).unwrap();
    let svg = hemicycle(&tied, &Style::new().unlisted());
    assert_eq!((svg.matches("<circle").count(), outlines(&svg)), (6, 2), "{svg}");
    // One of them in each district.
    let svg = districts(&tied, &Style::new()).unwrap();
    assert_eq!(outlines(&svg), 2, "{svg}");
}

#[test]
fn thirty_parties_are_eight_by_name_and_the_rest_together() {
    let names: Vec<String> = (1..=30).map(|number| format!("Party {number}")).collect();
    let tally = Tally::from_votes(names.iter().zip(1_u64..).map(|(name, at)| (name.clone(), 100 + at * at))).unwrap();
    let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 349).apply(&tally).unwrap();
    let svg = hemicycle(&outcome, &Style::new());
    assert!(svg.contains("22 others") && svg.contains("Party 30") && !svg.contains("Party 22<"), "{svg}");
    // Those with a colour of their own are named all the same.
    assert!(hemicycle(&outcome, &Style::new().colour("Party 22", "#a0a")).contains("21 others"));
    assert!(bars(&outcome, &Style::new()).contains("15 others with seats"));
}

#[test]
fn parties_sit_where_their_document_says_under_their_short_names() {
    let outcome =
        applied(AllocationMethod::SAINTE_LAGUE, 27, &[("Right", 53), ("Middle of the road", 24), ("Left", 23)]);
    let style = Style::new()
        .order("Left", 1)
        .order("Middle of the road", 2)
        .order("Right", 3)
        .short("Middle of the road", "Mid");
    let svg = hemicycle(&outcome, &style.unlisted());
    assert!(
        svg.contains("27 seats: Left 6, Middle of the road 7, Right 14.") || svg.contains("Left 6, Middle"),
        "{svg}"
    );
    assert!(svg.contains(">Mid</text>"), "{svg}");
}

#[test]
fn levelling_seats_have_a_light_centre_and_a_legend() {
    let outcome = norway().outcome().unwrap();
    let svg = hemicycle(&outcome, &Style::new().unlisted());
    // One of the legend.
    let centres =
        |svg: &str| svg.lines().filter(|line| line.contains("class=\"paper\"") && line.starts_with("<circle")).count();
    assert_eq!(centres(&svg), 19 + 1);
    assert!(svg.contains(">district 150</text>") && svg.contains(">levelling 19</text>"), "{svg}");
    let map = districts(&outcome, &Style::new()).unwrap();
    assert_eq!(centres(&map), 19 + 1);
    assert!(map.contains("Next: H, 83 votes") || map.contains("83 votes short"), "{map}");
}

#[test]
fn colours_and_names_cannot_break_out() {
    let outcome = applied(AllocationMethod::HARE, 5, &[("<script>alert('')</script> & \"co\"", 60), ("B", 40)]);
    let style = Style::new().colour("B", "\"/><script>").short("B", "<script>");
    for svg in [hemicycle(&outcome, &style), bars(&outcome, &style), remainders(&outcome, &style).unwrap()] {
        assert!(!svg.contains("<script>"), "{svg}");
        well_formed(&svg);
    }
}

#[test]
fn many_seats_are_drawn_as_sectors() {
    for seats in [801, 1_000_000_000_000_000_000] {
        for method in [AllocationMethod::SAINTE_LAGUE, AllocationMethod::HARE] {
            let outcome = applied(method, seats, &[("A", u64::MAX / 3), ("B", u64::MAX / 5), ("C", 0)]);
            for svg in pictures(&outcome) {
                assert!(svg.len() < 40_000, "{}", svg.len());
                well_formed(&svg);
            }
        }
    }
}

/// Red, green and blue of a colour, linear.
fn linear(colour: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| {
        let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        linear(colour).iter().zip([0.2126, 0.7152, 0.0722]).map(|(part, weight)| part * weight).sum::<f64>()
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// A linear colour in CIE L*a*b*, D65.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
    let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
    let [x, y, z] = [x, y, z].map(|part: f64| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How protanopes and deuteranopes see a linear colour: G. M. Machado and others, IEEE TVCG 15 (2009), severity 1.
const BLIND: [[[f64; 3]; 3]; 2] = [
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_82, 0.042_94, 0.968_881]],
];

#[test]
fn colours_stay_apart_for_protanopes_and_deuteranopes_and_edges_stand_out() {
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
    let votes: Vec<(&'static str, u64)> = names.into_iter().zip((1..=9).rev().map(|seats| seats * 100)).collect();
    let svg = hemicycle(&applied(AllocationMethod::HARE, 45, &votes), &Style::new().unlisted());
    let value = |line: &str, key: &str| line.split(key).nth(1).unwrap().split('"').next().unwrap().to_string();
    let mut fills: Vec<String> = Vec::new();
    for line in svg.lines().filter(|line| line.starts_with("<circle")) {
        let (fill, edge) = (value(line, " fill=\""), value(line, "stroke=\""));
        assert!(contrast(&edge, "#ffffff") >= 3.0, "{edge} beside white");
        let dark = svg.split(&format!(".p{}{{fill:", &fill[1..])).nth(1).unwrap()[..7].to_string();
        assert!(contrast(&dark, "#14171a") >= 3.0, "{dark} beside the dark");
        if !fills.contains(&fill) {
            fills.push(fill);
        }
    }
    assert_eq!(fills.len(), 9, "{fills:?}");
    for matrix in BLIND {
        let seen = |colour: &String| {
            let own = linear(colour);
            lab(matrix.map(|row| row.iter().zip(own).map(|(part, own)| part * own).sum::<f64>().clamp(0.0, 1.0)))
        };
        for (at, one) in fills.iter().enumerate() {
            for other in &fills[at + 1..] {
                let distance: f64 = seen(one).iter().zip(seen(other)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                assert!(distance >= 14.0, "{one} and {other} are {distance:.1} apart");
            }
        }
    }
}
