//! An election that is not counted out.

use crate::insight::counts::Counts;
use crate::insight::reading::Reading;

/// A rule, the counts so far and the number of ballots out.
pub(super) struct Open<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) counts: &'a Counts,
    pub(super) out: u64,
}

impl Open<'_> {
    pub(super) fn parties(&self) -> usize {
        self.counts.votes().len()
    }
}
