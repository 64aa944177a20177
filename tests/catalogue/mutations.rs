//! Documents with one seat on record changed.

use serde_json::Value;

/// Every document that differs from this one by one seat on record: one less where there is one to take, else one more.
pub(crate) fn of(document: &Value) -> impl Iterator<Item = (String, Value)> {
    recorded(document).into_iter().map(move |place| {
        let mut changed = document.clone();
        let seats = changed.pointer_mut(&place).unwrap();
        let other = seats.as_u64().unwrap().checked_sub(1).unwrap_or(1);
        *seats = other.into();
        (format!("{place} = {other}"), changed)
    })
}

/// The places of all seats on record, as JSON pointers.
fn recorded(document: &Value) -> Vec<String> {
    let mut places = Vec::new();
    seats_of_parties(document, "", &mut places);
    for level in ["districts", "regions"] {
        for (at, unit) in document[level].as_array().into_iter().flatten().enumerate() {
            seats_of_parties(unit, &format!("/{level}/{at}"), &mut places);
        }
    }
    for name in document["national"].as_object().into_iter().flat_map(serde_json::Map::keys) {
        places.push(format!("/national/{}", name.replace('~', "~0").replace('/', "~1")));
    }
    places
}

fn seats_of_parties(unit: &Value, prefix: &str, places: &mut Vec<String>) {
    for (at, party) in unit["parties"].as_array().into_iter().flatten().enumerate() {
        if party.get("seats").is_some() {
            places.push(format!("{prefix}/parties/{at}/seats"));
        }
    }
}
