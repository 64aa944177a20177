//! The max-min inequality: no claim without a seat is above one with.

use core::cmp::Ordering;

use alloc::string::String;
use alloc::vec::Vec;

use super::fault::{Claimant, Fault};
use crate::allocation::TieBreak;
use crate::rule::trace::Settlement;
use crate::tie::Tie;

/// What decides beside the claims: who is in the open tie, and what tie-breaks settled.
pub(super) struct Equal<'e> {
    pub(super) tie: Option<&'e Tie>,
    /// The tier's tie-breaks in turn; lots with entries instead of names.
    pub(super) chain: &'e [(TieBreak<String>, Vec<usize>)],
    /// What they settled, with entries instead of parties: winners, and all who were tied.
    pub(super) settled: &'e [(TieBreak<String>, Vec<usize>, Vec<usize>)],
    /// Whether equal claims on both sides are one end of a tie, and not a fault.
    pub(super) may_be_tied: bool,
    pub(super) votes: &'e [u64],
    pub(super) names: &'e [String],
}

impl<'e> Equal<'e> {
    /// What a record settled, by entry.
    pub(super) fn settled(
        settled: &[Settlement],
        entry: impl Fn(crate::PartyId) -> Option<usize>,
    ) -> Vec<(TieBreak<String>, Vec<usize>, Vec<usize>)> {
        let entries = |parties: &[crate::PartyId]| parties.iter().filter_map(|&party| entry(party)).collect();
        settled.iter().map(|one| (one.by.clone(), entries(&one.winners), entries(&one.among))).collect()
    }

    /// Holds claims to seats given against claims to seats not given; each claim is with its entry and its seat's number.
    ///
    /// Those in the tie stand on neither side.
    pub(super) fn fault<C: Ord>(
        &self,
        holding: &[(C, usize, u64)],
        waiting: &[(C, usize, u64)],
        tied: &[(C, usize, u64)],
        text: impl Fn(&C) -> String,
    ) -> Option<Fault> {
        let claimant =
            |(claim, entry, seat): &(C, usize, u64)| Claimant::new(self.names[*entry].clone(), *seat, text(claim));
        let pair = |over, under| Some(Fault::Pair { over: claimant(over), under: claimant(under) });
        let weakest = holding.iter().min_by(|a, b| a.0.cmp(&b.0));
        let strongest = waiting.iter().max_by(|a, b| a.0.cmp(&b.0));
        let (low, high) = (tied.iter().min_by(|a, b| a.0.cmp(&b.0)), tied.iter().max_by(|a, b| a.0.cmp(&b.0)));
        for (over, under) in [(low, high), (weakest, high), (low, strongest), (weakest, strongest)] {
            let (Some(over), Some(under)) = (over, under) else { continue };
            if over.0 < under.0 {
                return pair(over, under);
            }
        }
        // Whoever has an equal claim and is not in the tie is where a tie-break put it.
        let cut = low.or(weakest.filter(|weakest| strongest.is_some_and(|strongest| strongest.0 == weakest.0)))?;
        let with: Vec<usize> = holding.iter().filter(|claim| claim.0 == cut.0).map(|claim| claim.1).collect();
        let mut without: Vec<usize> = waiting.iter().filter(|claim| claim.0 == cut.0).map(|claim| claim.1).collect();
        without.extend(tied.iter().map(|claim| claim.1));
        for &over in &with {
            for &under in &without {
                if let Some(fault) = self.preferred(over, under) {
                    return Some(fault);
                }
            }
        }
        // One on the losing side of a tie that is still open lost by a tie-break too.
        let lost = waiting.iter().filter(|claim| claim.0 == cut.0 && !tied.is_empty()).map(|claim| claim.1);
        lost.flat_map(|under| tied.iter().map(move |over| (over.1, under)))
            .find_map(|(over, under)| self.preferred(over, under))
    }

    /// The fault of an entry with a seat, where another with an equal claim is without: none if a tie-break had it so.
    fn preferred(&self, over: usize, under: usize) -> Option<Fault> {
        for (by, drawn) in self.chain {
            let order = match by {
                TieBreak::MostVotes => self.votes[over].cmp(&self.votes[under]),
                TieBreak::FewestVotes => self.votes[under].cmp(&self.votes[over]),
                TieBreak::ListOrder => under.cmp(&over),
                // Lots drawn for cells of a matrix prefer nobody in a contest.
                TieBreak::DrawnCells(_) => Ordering::Equal,
                TieBreak::Drawn(_) | TieBreak::DrawnFor { .. } => self.by_lot(by, drawn, over, under),
            };
            match order {
                Ordering::Greater => return None,
                Ordering::Less => {
                    let (over, under) = (self.names[over].clone(), self.names[under].clone());
                    return Some(Fault::TieBreak { by: by.clone(), over, under });
                }
                Ordering::Equal => {}
            }
        }
        if self.may_be_tied {
            return None;
        }
        let what =
            alloc::format!("that {} has a seat before {}, with equal claims,", self.names[over], self.names[under]);
        Some(Fault::Step { what })
    }

    /// Which of two a lot prefers, if it was used here: one drawing settles one tie.
    fn by_lot(&self, by: &TieBreak<String>, drawn: &[usize], over: usize, under: usize) -> Ordering {
        let used = self.settled.iter().any(|(other, _, among)| other == by && among.contains(&under));
        if !used && !self.may_be_tied {
            return Ordering::Equal;
        }
        let place = |entry: usize| drawn.iter().position(|&at| at == entry).unwrap_or(usize::MAX);
        place(under).cmp(&place(over))
    }
}

/// A chain of tie-breaks, lots with entries instead of names.
pub(super) fn chain_of(
    chain: &[TieBreak<String>],
    entry: impl Fn(&str) -> Option<usize>,
) -> Vec<(TieBreak<String>, Vec<usize>)> {
    let with_entries = |by: &TieBreak<String>| {
        let drawn = match by {
            TieBreak::Drawn(drawn) | TieBreak::DrawnFor { drawn, .. } => {
                drawn.iter().filter_map(|name| entry(name)).collect()
            }
            _ => Vec::new(),
        };
        (by.clone(), drawn)
    };
    chain.iter().map(with_entries).collect()
}
