//! Laws of arbitrary provisions on arbitrary counts: an outcome or an error, and every seat is somewhere.
#![no_main]

use apportion_fuzz::Case;

libfuzzer_sys::fuzz_target!(|case: Case| {
    let (rule, count) = (case.rule(), case.count());
    let Ok(outcome) = rule.apply(&count) else { return };
    let _ = (outcome.to_string(), outcome.explain().with_law(&rule).to_string());
    for party in outcome.parties() {
        let inside: u128 = outcome.districts().filter_map(|place| place.certain(party.name())).map(u128::from).sum();
        assert!(inside <= u128::from(party.certain()), "{}: {inside} in districts, {}", party.name(), party.certain());
    }
});
