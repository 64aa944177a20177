//! Prepared laws against named ones.
#![no_main]

use apportion_fuzz::Case;

libfuzzer_sys::fuzz_target!(|case: Case| {
    let (rule, count) = (case.rule(), case.count());
    let Ok(mut prepared) = rule.prepare(&count) else {
        assert!(rule.apply(&count).is_err(), "what cannot be prepared cannot be applied");
        return;
    };
    let tallies: Vec<_> = match count.places() {
        [] => vec![&count.nation().tally],
        places => places.iter().map(|place| &place.tally).collect(),
    };
    let votes: Vec<u64> = tallies.iter().flat_map(|tally| tally.iter()).map(|(_, votes)| votes as u64).collect();
    let mut seats = vec![0; prepared.seats()];
    let row = prepared.apply(&votes, &mut seats);
    match rule.apply(&count) {
        Err(error) => assert_eq!(row.unwrap_err(), error),
        Ok(outcome) => {
            let own: Vec<u64> = if count.places().is_empty() {
                outcome.parties().iter().map(|party| party.certain()).collect()
            } else {
                outcome.districts().flat_map(|place| place.parties().iter().map(|party| party.certain())).collect()
            };
            assert!(row.is_ok());
            assert_eq!(&seats[..own.len()], own, "{rule:?} {count:?}");
        }
    }
});
