//! One place with a few parties and a plain threshold: many rows at once.
//!
//! Whoever is below the number of votes that the threshold asks for counts with none, so that a kernel for rows of equal
//! width gives the answer.

use alloc::vec;
use alloc::vec::Vec;

use super::bar::Bar;
use super::numbers::Numbers;
use super::tier::TierPlan;
use crate::method::{AllocationMethod, Scratch};

/// Rows that are judged before a kernel gives out their seats.
const AT_ONCE: usize = 64;

/// A law of one place in which votes and a number of votes decide.
#[derive(Clone, Debug)]
pub(super) struct Lone {
    method: AllocationMethod,
    seats: u64,
    parties: usize,
    bar: Bar,
    /// The votes of those who take part, row by row.
    votes: Vec<u64>,
    scratch: Scratch,
}

impl Lone {
    /// The law, if it is one.
    pub(super) fn new(tier: &TierPlan, numbers: &Numbers) -> Option<Self> {
        let (method, [unit]) = tier.bare()? else { return None };
        let parties = numbers.free_parties(unit.place)?.len();
        if numbers.places() > 1 || parties == 0 || unit.seats == 0 {
            return None;
        }
        let (bar, votes, scratch) = (Bar::new(&unit.judge)?, vec![0; AT_ONCE * parties], Scratch::new());
        Some(Self { method: method.clone(), seats: unit.seats, parties, bar, votes, scratch })
    }

    /// The seats of the first rows, up to one that is not certain: how many rows that is.
    pub(super) fn certain_rows(&mut self, rows: &[u64], seats: &mut [u64]) -> usize {
        let width = self.parties;
        let mut done = 0;
        while done * width < rows.len() {
            let (rows, seats) = (&rows[done * width..], &mut seats[done * width..]);
            let judged = self.judge(rows);
            let (votes, seats) = (&self.votes[..judged * width], &mut seats[..judged * width]);
            let certain = self.method.certain_rows(votes, width, self.seats, seats, &mut self.scratch);
            done += certain;
            if certain < AT_ONCE {
                break;
            }
        }
        done
    }

    /// The votes of those who take part in some rows, up to one in which too few pass: how many rows that is.
    fn judge(&mut self, rows: &[u64]) -> usize {
        let mut judged = 0;
        for (admitted, row) in self.votes.chunks_exact_mut(self.parties).zip(rows.chunks_exact(self.parties)) {
            if self.bar.admit(row, admitted).is_none() {
                break;
            }
            judged += 1;
        }
        judged
    }
}
