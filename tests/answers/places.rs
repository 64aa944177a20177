//! What a place is said to have, whatever ties bring, it has however they go.

use apportion::Election;

use super::documents;

#[test]
fn seats_of_a_place_that_differ_from_way_to_way_are_open_there() {
    let (mut sure, mut open) = (0, 0);
    for document in documents::all() {
        let Ok(election) = serde_json::from_str::<Election>(&document.text) else { continue };
        let Ok(outcome) = election.outcome() else { continue };
        for way in outcome.ways().iter().filter_map(|way| way.outcome().ok()) {
            for (place, there) in outcome.places().iter().zip(way.places()) {
                for name in place.parties().iter().map(|party| party.name()) {
                    let what = format!("{name} in {} of {}", place.name(), document.name);
                    let [certain, possible] =
                        [there.certain(name), there.possible(name)].map(Option::unwrap_or_default);
                    assert!(
                        place.certain(name).unwrap() <= certain && possible <= place.possible(name).unwrap(),
                        "{what}"
                    );
                    match place.seats(name) {
                        Some(seats) => assert_eq!((certain, possible), (seats, seats), "{what}"),
                        None => open += 1,
                    }
                    sure += usize::from(place.seats(name).is_some());
                }
            }
        }
    }
    assert!(sure > 300 && open > 300, "{sure} sure and {open} open");
}
