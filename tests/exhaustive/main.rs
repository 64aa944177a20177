//! Every small election there is, by every kind of law: the library against a second reading, slow and obvious.
//!
//! Nothing is drawn here: all votes of up to four parties and all houses of up to six seats, in one place and in two
//! districts. Each test says how many elections it tried (`cargo test --test exhaustive -- --nocapture`), and holds the
//! number against the one written beside it, so that none goes missing unseen.

#[path = "../reference/admission.rs"]
mod admission;
#[path = "../reference/chooser.rs"]
mod chooser;
mod elections;
#[path = "../reference/ends.rs"]
mod ends;
#[path = "../reference/fraction.rs"]
mod fraction;
#[path = "../reference/law.rs"]
mod law;
mod laws;
mod matrices;
mod methods;
#[path = "../reference/sharing.rs"]
mod sharing;
#[path = "../reference/stages.rs"]
mod stages;
mod tiers;

use ends::{End, Ends};

/// What was tried, and how it ended.
#[derive(Clone, Copy, Debug, Default)]
struct Tried {
    elections: u64,
    tied: u64,
    refused: u64,
    wrong: u64,
}

impl Tried {
    /// Holds one election against the reference.
    fn hold(&mut self, own: &Ends, expected: &Ends, what: impl FnOnce() -> String) {
        self.elections += 1;
        self.tied += u64::from(expected.answers.len() > 1);
        self.refused += u64::from(expected.answers.is_empty());
        if own != expected {
            self.wrong += 1;
            if self.wrong <= 3 {
                println!("{}\n  expected {expected:?}\n  found    {own:?}", what());
            }
        }
    }

    /// Says what was tried, and fails if any answer was wrong, if some election was left out, or if they say nothing: an
    /// election in which nothing can be tied, or that nobody answers, tests little.
    fn conclude(self, name: &str, elections: u64) {
        let Self { elections: tried, tied, refused, wrong } = self;
        println!("exhaustive: {name}: {tried} elections, {tied} of them tied, {refused} refused, {wrong} wrong");
        assert_eq!(wrong, 0, "{name}: {wrong} of {tried} elections");
        assert!(tied > 0 && refused < tried, "{name}: {tied} tied and {refused} refused of {tried}");
        assert_eq!(tried, elections, "{name}: the number of elections");
    }
}
