//! The numbers of a tally that a rule looks at, so that questions of the kind "what if" need no tally of their own.

use core::cmp::Ordering;

use alloc::vec::Vec;

use num_bigint::BigUint;

use crate::count::Base;
use crate::error::Error;
use crate::count::Tally;

/// Votes per party and the other ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    votes: Vec<u64>,
    party_votes: u128,
    others: [u128; 4],
    cast: Option<u128>,
    registered: Option<u128>,
}

/// A ballot that is for no party listed; the variants stand in the order in which bases take them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Other,
    AgainstAll,
    Blank,
    Invalid,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Other, Self::AgainstAll, Self::Blank, Self::Invalid];
}

impl Counts {
    /// # Errors
    /// `TooManyVotes` for a party with more than 2^64 - 1 votes, `CastBelowParts` for fewer ballots cast than counted.
    pub(super) fn of(tally: &Tally) -> Result<Self, Error> {
        tally.check_cast()?;
        let votes = tally.first_choices()?;
        Ok(Self {
            party_votes: votes.iter().map(|&votes| u128::from(votes)).sum(),
            votes,
            others: [tally.other(), tally.against_all(), tally.blank(), tally.invalid()],
            cast: tally.cast(),
            registered: tally.registered(),
        })
    }

    pub(super) fn votes(&self) -> &[u64] {
        &self.votes
    }

    pub(super) fn votes_of(&self, party: usize) -> u64 {
        self.votes.get(party).copied().unwrap_or(0)
    }

    /// All ballots counted, of whatever kind.
    pub(super) fn counted(&self) -> u128 {
        self.party_votes + self.others.iter().sum::<u128>()
    }

    /// The same with this many more ballots for a party; sums beyond 2^64 - 1 stay there, which callers rule out.
    pub(super) fn add(&mut self, party: usize, ballots: u64) {
        if let Some(votes) = self.votes.get_mut(party) {
            let sum = votes.saturating_add(ballots);
            let added = u128::from(sum - *votes);
            *votes = sum;
            self.party_votes += added;
            self.cast = self.cast.map(|cast| cast + added);
        }
    }

    /// The same with this many ballots fewer for a party, at most all of them.
    pub(super) fn remove(&mut self, party: usize, ballots: u64) {
        if let Some(votes) = self.votes.get_mut(party) {
            let removed = u128::from(ballots.min(*votes));
            *votes = votes.saturating_sub(ballots);
            self.party_votes -= removed;
            self.cast = self.cast.map(|cast| cast - removed.min(cast));
        }
    }

    /// The same with this many more ballots that are for no party listed.
    pub(super) fn add_other(&mut self, kind: Kind, ballots: u64) {
        self.others[kind as usize] += u128::from(ballots);
        self.cast = self.cast.map(|cast| cast + u128::from(ballots));
    }

    /// The number that shares of `base` are taken of.
    pub(super) fn base(&self, base: Base) -> Result<u128, Error> {
        let with = |kinds: usize| self.party_votes + self.others.iter().take(kinds).sum::<u128>();
        match base {
            Base::PartyVotes => Ok(with(1)),
            Base::Valid => Ok(with(2)),
            Base::ValidAndBlank => Ok(with(3)),
            Base::Cast => Ok(self.cast.unwrap_or_else(|| with(4))),
            Base::Registered => self.registered.ok_or(Error::BaseNotCounted { base }),
        }
    }
}

/// How `a * b` compares with `c * d`.
pub(super) fn compare_products(a: u128, b: u128, c: u128, d: u128) -> Ordering {
    match (a.checked_mul(b), c.checked_mul(d)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => (BigUint::from(a) * b).cmp(&(BigUint::from(c) * d)),
    }
}
