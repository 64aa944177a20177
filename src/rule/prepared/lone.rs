//! One place with a few parties and a plain threshold: many rows at once.
//!
//! Whoever is below the number of votes that the threshold asks for counts with none, so that a kernel for rows of equal
//! width gives the answer.

use alloc::vec;
use alloc::vec::Vec;

use super::numbers::{Numbers, sum};
use super::threshold::Needed;
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
    needed: Option<Needed>,
    at_least: usize,
    /// The votes of those who take part, row by row.
    votes: Vec<u64>,
    scratch: Scratch,
}

impl Lone {
    /// The law, if it is one.
    pub(super) fn new(tier: &TierPlan, numbers: &Numbers) -> Option<Self> {
        let (method, unit) = tier.lone()?;
        let needed = match unit.judge.test() {
            None => None,
            Some(test) => Some(test.only()?),
        };
        let (at_least, otherwise) = unit.judge.at_least();
        let parties = numbers.only_parties()?;
        if otherwise || parties == 0 || unit.seats == 0 {
            return None;
        }
        let votes = vec![0; AT_ONCE * parties];
        Some(Self {
            method: method.clone(),
            seats: unit.seats,
            parties,
            needed,
            at_least,
            votes,
            scratch: Scratch::new(),
        })
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
        let width = self.parties;
        let mut judged = 0;
        for (votes, row) in self.votes.chunks_exact_mut(width).zip(rows.chunks_exact(width)) {
            let Some(all) = sum(row) else { break };
            let fewest = match self.needed {
                None => 0,
                Some(needed) => match needed.of_sum(all) {
                    Some(fewest) => fewest,
                    None => break,
                },
            };
            let mut passed = 0;
            for (votes, &own) in votes.iter_mut().zip(row) {
                let passes = own >= fewest;
                *votes = if passes { own } else { 0 };
                passed += usize::from(passes);
            }
            if passed < self.at_least {
                break;
            }
            judged += 1;
        }
        judged
    }
}
