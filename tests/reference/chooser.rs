//! Every course of something that chooses at ties: it is run again and again, each time with the next choices.

use super::{End, Ends};
use std::collections::BTreeSet;

/// The choices of one course.
#[derive(Default)]
pub(crate) struct Chooser {
    /// What to choose, and of how many, in turn.
    path: Vec<(usize, usize)>,
    at: usize,
}

impl Chooser {
    /// One of several that nothing tells apart.
    pub(crate) fn one_of(&mut self, candidates: &[usize]) -> usize {
        if candidates.len() == 1 {
            return candidates[0];
        }
        if self.at == self.path.len() {
            self.path.push((0, candidates.len()));
        }
        self.at += 1;
        candidates[self.path[self.at - 1].0]
    }

    /// Goes on to the next course; none if there is no other.
    fn next(&mut self) -> bool {
        self.at = 0;
        while let Some((chosen, of)) = self.path.pop() {
            if chosen + 1 < of {
                self.path.push((chosen + 1, of));
                return true;
            }
        }
        false
    }
}

/// The ends of all courses.
pub(crate) fn every_end(mut run: impl FnMut(&mut Chooser) -> Result<End, String>) -> Ends {
    let mut chooser = Chooser::default();
    let mut ends = Ends { answers: BTreeSet::new(), errors: false };
    loop {
        match run(&mut chooser) {
            Ok(end) => {
                ends.answers.insert(end);
            }
            Err(_) => ends.errors = true,
        }
        if !chooser.next() {
            return ends;
        }
    }
}
