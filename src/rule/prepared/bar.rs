//! Bars: the number of votes that alone decides who takes part, where a threshold comes to that.

use super::admission::Judge;
use super::numbers::sum;
use super::threshold::Needed;

/// How many votes a party needs in a place, and how many parties must reach that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    needed: Option<Needed>,
    at_least: usize,
}

impl Bar {
    /// The bar of a place; none where anything but votes there decides.
    pub(super) fn new(judge: &Judge) -> Option<Self> {
        let needed = match judge.test() {
            None => None,
            Some(test) => Some(test.only(judge.place())?),
        };
        let (at_least, otherwise) = judge.at_least();
        (!otherwise).then_some(Self { needed, at_least })
    }

    /// Leaves the votes of those who take part in `admitted`, and none for the others; the sum of all votes, or none where
    /// too few take part, or a number outgrows 64 bits.
    #[inline]
    pub(super) fn admit(&self, votes: &[u64], admitted: &mut [u64]) -> Option<u64> {
        let all = sum(votes)?;
        let fewest = match self.needed {
            None => 0,
            Some(needed) => needed.of_sum(all)?,
        };
        let mut passed = 0;
        for (admitted, &votes) in admitted.iter_mut().zip(votes) {
            // Without a branch: who is below a bar is hard to guess.
            let passes = u64::from(votes >= fewest);
            *admitted = votes & passes.wrapping_neg();
            passed += passes;
        }
        (passed >= self.at_least as u64).then_some(all)
    }
}
