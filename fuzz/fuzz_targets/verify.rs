//! Outcomes against the check that does not trust the method.
#![no_main]

use apportion_fuzz::Case;

libfuzzer_sys::fuzz_target!(|case: Case| {
    let (rule, count) = (case.rule(), case.count());
    let Ok(outcome) = rule.apply(&count) else { return };
    let verdict = outcome.verify(&rule, &count);
    assert!(verdict.as_ref().is_ok_and(|verdict| verdict.is_possible()), "{verdict:?}: {rule:?} {count:?}");
});
