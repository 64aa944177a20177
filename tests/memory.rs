//! What an input may cost: memory at most so many times its size, whatever it holds.
//!
//! A counting allocator sees the most that is held at once. The multiples are those that `SECURITY.md` states.

use apportion::{AllocationMethod, Count, Election, Place, Rule, Tally};

/// The most bytes held at once beyond those before.
fn most_held(what: impl FnOnce()) -> u64 {
    allocation_counter::measure(what).bytes_max
}

/// Reading a document: so many times its length, and beside.
const TIMES_READ: u64 = 64;
/// Applying a law and explaining it: so many times the length of the document.
const TIMES_APPLIED: u64 = 256;
const BESIDE: u64 = 64 << 10;

/// The cost of a document in JSON, read and answered, as multiples of its length.
fn hold(what: &str, document: &str) {
    let length = document.len() as u64;
    let mut election = None;
    let read = most_held(|| election = serde_json::from_str::<Election>(document).ok());
    assert!(read <= TIMES_READ * length + BESIDE, "{what}: read {length} bytes with {read}");
    let applied = most_held(|| drop(election.map(|election| election.answer())));
    println!("{what}: {length} bytes, {read} to read, {applied} to answer");
    assert!(applied <= TIMES_APPLIED * length + BESIDE, "{what}: answered {length} bytes with {applied}");
}

/// A document of these parties.
fn of_parties(rule: &str, seats: u64, parties: impl Iterator<Item = String>) -> String {
    let parties: Vec<String> = parties.collect();
    format!("{{\"seats\":{seats},\"rule\":{rule},\"parties\":[{}]}}", parties.join(","))
}

#[test]
fn a_million_parties_without_votes_cost_a_multiple_of_their_document() {
    let parties = |number: u32, votes: fn(u32) -> u64| {
        (0..number).map(move |at| format!("{{\"name\":\"{at}\",\"votes\":{}}}", votes(at)))
    };
    hold("a million parties without votes", &of_parties("{\"method\":\"hare\"}", 5, parties(1_000_000, |_| 0)));
    hold("a tie of a hundred thousand parties", &of_parties("{\"method\":\"dhondt\"}", 5, parties(100_000, |_| 1)));
}

#[test]
fn seats_cost_nothing_however_many() {
    for method in ["dhondt", "hare", "huntington-hill", "macau"] {
        for seats in [7, u64::MAX] {
            let party = |at: u64| format!("{{\"name\":\"{at}\",\"votes\":{}}}", u64::MAX / (at + 3));
            let rule = format!("{{\"method\":\"{method}\"}}");
            hold(&format!("{seats} seats by {method}"), &of_parties(&rule, seats, (0..9).map(party)));
        }
    }
}

#[test]
fn a_tie_of_everybody_costs_a_multiple_of_their_number() {
    // A law that has to know who wins: the ways of the tie are followed, but not all of them.
    let party = |at: u64| format!("{{\"name\":\"{at}\",\"votes\":1}}");
    let tiers =
        "[{\"method\":\"dhondt\"},{\"kind\":\"top-up\",\"seats\":50,\"method\":\"dhondt\",\"overhang\":\"exclude\"}]";
    let parties: Vec<String> = (0..2_000).map(party).collect();
    let district = format!("{{\"name\":\"North\",\"seats\":40,\"parties\":[{}]}}", parties.join(","));
    hold("a tie of two thousand that a law goes on from", &format!("{{\"tiers\":{tiers},\"districts\":[{district}]}}"));
}

#[test]
fn what_is_nested_is_refused_before_it_is_deep() {
    for depth in [100, 200, 100_000] {
        let threshold = format!("{}{{\"share\":\"5%\"}}{}", "{\"any\":[".repeat(depth), "]}".repeat(depth));
        let rule = format!("{{\"method\":\"hare\",\"threshold\":{threshold}}}");
        let document = of_parties(&rule, 5, ["{\"name\":\"A\",\"votes\":1}".to_string()].into_iter());
        hold(&format!("a threshold {depth} deep"), &document);
        assert!(serde_json::from_str::<Election>(&document).is_err());
        let keys = "{\"x\":".repeat(depth);
        hold(&format!("keys {depth} deep"), &keys);
        let toml = format!("seats = {}", "[".repeat(depth));
        assert!(toml::from_str::<Election>(&toml).is_err());
    }
}

#[test]
fn numbers_without_an_end_are_refused_where_they_stand() {
    let digits = "9".repeat(1_000_000);
    for votes in [digits.clone(), format!("0.{digits}"), format!("1e{digits}"), format!("-{digits}")] {
        let document =
            of_parties("{\"method\":\"hare\"}", 5, [format!("{{\"name\":\"A\",\"votes\":{votes}}}")].into_iter());
        hold("a number of a million digits", &document);
        assert!(serde_json::from_str::<Election>(&document).is_err());
    }
    for share in
        [format!("{digits}%"), format!("0.{digits}"), format!("1/{digits}"), format!("{}%", "0".repeat(1_000_000))]
    {
        let rule = format!("{{\"method\":\"hare\",\"threshold\":\"{share}\"}}");
        hold(
            "a share of a million digits",
            &of_parties(&rule, 5, ["{\"name\":\"A\",\"votes\":1}".to_string()].into_iter()),
        );
    }
}

#[test]
fn districts_cost_a_multiple_of_their_number() {
    // Every district has a party of its own, which does not stand elsewhere.
    let place = |at: u32| {
        Place::district(format!("{at}"), Tally::from_votes([(format!("p{at}"), 3), ("A".into(), 2)]).unwrap())
            .with_seats(2)
    };
    let cost = |districts: u32| {
        let count = Count::of_places((0..districts).map(place)).unwrap();
        let rule = Rule::new(AllocationMethod::D_HONDT, u64::from(districts) * 2);
        most_held(|| drop(rule.apply(&count).unwrap().explain().to_string())) / u64::from(districts)
    };
    let (few, many) = (cost(200), cost(2_000));
    println!("{few} bytes a district of 200, {many} of 2,000");
    assert!(many < few * 2, "{few} bytes a district of 200, {many} of 2,000");
}
