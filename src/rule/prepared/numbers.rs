//! The numbers of one row: votes and seats of every party of the nation in every place, and where they stand in a row.

use alloc::vec;
use alloc::vec::Vec;

use super::placing::Due;
use crate::count::{Figures, PlaceId};

/// Where a part of all parties stands that is no smaller than one over this, the votes of all are added.
const MOST_PART: usize = 4;

/// One place, as rows and answers know it. Parties are numbered as in the nation.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The parties that stand there, in the order of its tally.
    pub(super) parties: Vec<usize>,
    /// Where its votes begin in a row; none where they are the sum of those inside.
    pub(super) start: Option<usize>,
    /// The places around it that count its votes too.
    counted_in: Vec<usize>,
    /// All places that it is in, itself first.
    pub(super) chain: Vec<usize>,
    /// The most votes of parties there that ballots cast leave room for, where those were counted.
    most_votes: Option<u128>,
}

impl Site {
    /// The place; none where ballots say more than first choices.
    pub(super) fn new(figures: &Figures<'_>, place: PlaceId, start: Option<usize>) -> Option<Self> {
        let spot = figures.spot(place);
        if !spot.tally.rankings_by_index().is_empty() {
            return None;
        }
        let mut counted_in = Vec::new();
        let mut at = place;
        while let Some(outer) = figures.counted_in(at) {
            counted_in.push(outer.index());
            at = outer;
        }
        let mut chain = Vec::from([place.index()]);
        let mut at = place;
        while at != PlaceId::NATION {
            at = figures.spot(at).within;
            chain.push(at.index());
        }
        let parties: u128 = spot.tally.iter().map(|(_, votes)| votes).sum();
        let beside = spot.tally.counted().checked_sub(parties)?;
        let most_votes = match spot.tally.cast() {
            Some(cast) => Some(cast.checked_sub(beside)?),
            None => None,
        };
        Some(Self {
            parties: spot.parties.iter().map(|party| party.index()).collect(),
            start,
            counted_in,
            chain,
            most_votes,
        })
    }
}

/// Votes and seats by place and party.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    sites: Vec<Site>,
    parties: usize,
    votes: Vec<u64>,
    /// The votes of the figures that were read last, by place.
    seen: Vec<Vec<u64>>,
    /// How many times these were others, by place, counted from 1.
    stamps: Vec<u64>,
    /// The votes of all parties, by place.
    sums: Vec<u64>,
    /// Seats held in a place and all places inside it.
    held: Vec<u64>,
    /// What is held before the first tier.
    before: Vec<u64>,
    /// Ballots that are for no party and came since the law was prepared, by place and by the widest base that they are in;
    /// empty where there are none.
    beside: Vec<[u128; 4]>,
    /// Ballots that were for no party then.
    beside_before: Vec<[u128; 4]>,
}

impl Numbers {
    /// The numbers of these places, with the seats that were won before the first tier where the law holds them.
    pub(super) fn new(sites: Vec<Site>, figures: &Figures<'_>, holds_direct: bool) -> Option<Self> {
        let parties = figures.parties().len();
        let mut before = vec![0_u64; sites.len() * parties];
        for (at, spot) in figures.spots().iter().enumerate().filter(|_| holds_direct) {
            let own = spot.place.map_or(&*spot.tally, |place| &place.tally);
            for party in own.parties().iter().filter(|party| party.direct_seats() > 0) {
                let id = figures.party_named(party.name())?.index();
                for &place in &sites[at].chain {
                    let held = &mut before[place * parties + id];
                    *held = held.checked_add(party.direct_seats())?;
                }
            }
        }
        let (votes, sums, held) = (vec![0; before.len()], vec![0; sites.len()], before.clone());
        let beside_before = figures.spots().iter().map(|spot| spot.tally.beside()).collect();
        let (seen, stamps) = (vec![Vec::new(); sites.len()], vec![1; sites.len()]);
        Some(Self { sites, parties, votes, seen, stamps, sums, held, before, beside: Vec::new(), beside_before })
    }

    /// Whether seats are held before the first tier.
    pub(super) fn is_anything_held(&self) -> bool {
        self.before.iter().any(|&seats| seats > 0)
    }

    /// The seats that are held in the nation before the first tier.
    pub(super) fn held_before(&self) -> u128 {
        self.before[..self.parties].iter().map(|&seats| u128::from(seats)).sum()
    }

    /// How many places there are, the nation among them.
    pub(super) fn places(&self) -> usize {
        self.sites.len()
    }

    /// The parties that stand in a place, if nothing limits their votes.
    pub(super) fn free_parties(&self, place: usize) -> Option<&[usize]> {
        let site = &self.sites[place];
        site.most_votes.is_none().then_some(&site.parties)
    }

    pub(super) fn site(&self, place: usize) -> &Site {
        &self.sites[place]
    }

    /// Reads a row, and holds again what is held before the first tier; none where a sum outgrows 64 bits, or where more
    /// votes were counted than ballots cast.
    pub(super) fn read(&mut self, row: &[u64]) -> Option<()> {
        self.held.copy_from_slice(&self.before);
        for place in 0..self.sites.len() {
            if self.sites[place].start.is_none() {
                self.votes[place * self.parties..][..self.parties].fill(0);
                self.sums[place] = 0;
            }
        }
        for (place, site) in self.sites.iter().enumerate() {
            let Some(start) = site.start else { continue };
            let here = &row[start..start + site.parties.len()];
            self.sums[place] = sum(here)?;
            let mine = &mut self.votes[place * self.parties..][..self.parties];
            for (&party, &votes) in site.parties.iter().zip(here) {
                mine[party] = votes;
            }
            for &outer in &site.counted_in {
                // No party has more votes than all together.
                self.sums[outer] = self.sums[outer].checked_add(self.sums[place])?;
                count_in(&mut self.votes, self.parties, &site.parties, place, outer);
            }
        }
        let fits = |(site, &sum): (&Site, &u64)| site.most_votes.is_none_or(|most| u128::from(sum) <= most);
        self.sites.iter().zip(&self.sums).all(fits).then_some(())
    }

    /// Reads figures, and holds again what is held before the first tier; none where a sum outgrows 64 bits.
    ///
    /// Ballots cast move with the votes of parties and all others.
    pub(super) fn read_figures(&mut self, figures: &Figures<'_>) -> Option<()> {
        self.held.copy_from_slice(&self.before);
        self.beside.clear();
        for (place, (site, spot)) in self.sites.iter().zip(figures.spots()).enumerate() {
            if spot.too_many.is_some() {
                return None;
            }
            let seen = &mut self.seen[place];
            if *seen == spot.votes {
                continue;
            }
            self.sums[place] = sum(&spot.votes)?;
            seen.clone_from(&spot.votes);
            self.stamps[place] += 1;
            let mine = &mut self.votes[place * self.parties..][..self.parties];
            for (&party, &votes) in site.parties.iter().zip(&spot.votes) {
                mine[party] = votes;
            }
        }
        let now = || figures.spots().iter().map(|spot| spot.tally.beside());
        if now().zip(&self.beside_before).any(|(now, before)| now != *before) {
            for (now, before) in now().zip(&self.beside_before) {
                let mut more = [0; 4];
                for ((more, now), before) in more.iter_mut().zip(now).zip(before) {
                    *more = now.checked_sub(*before)?;
                }
                self.beside.push(more);
            }
        }
        Some(())
    }

    /// Ballots that are for no party and came since the law was prepared, of the first `kinds` kinds.
    pub(super) fn more_beside(&self, place: usize, kinds: usize) -> u128 {
        self.beside.get(place).map_or(0, |more| more[..kinds].iter().sum())
    }

    /// A number that is another once votes of parties in a place have changed, in figures that are read again; above 0.
    pub(super) fn stamp(&self, place: usize) -> u64 {
        self.stamps[place]
    }

    /// The votes of a party in a place; none where it does not stand.
    pub(super) fn votes(&self, place: usize, party: usize) -> u64 {
        self.votes[place * self.parties + party]
    }

    /// The votes of all parties in a place.
    pub(super) fn sum(&self, place: usize) -> u64 {
        self.sums[place]
    }

    /// The seats of a party in a place and all places inside it.
    pub(super) fn held(&self, place: usize, party: usize) -> u64 {
        self.held[place * self.parties + party]
    }

    /// The seats of all parties in a place and all places inside it.
    pub(super) fn all_held(&self, place: usize) -> &[u64] {
        &self.held[place * self.parties..][..self.parties]
    }

    /// Books seats at a place, which every place around it holds too; none where they outgrow 64 bits.
    pub(super) fn book(&mut self, place: usize, party: usize, seats: u64) -> Option<()> {
        if seats == 0 {
            return Some(());
        }
        for &at in &self.sites[place].chain {
            let held = &mut self.held[at * self.parties + party];
            *held = held.checked_add(seats)?;
        }
        Some(())
    }

    /// Books what brings the seats of these parties, all at one place, to what is due, more or fewer than they have.
    pub(super) fn book_all(&mut self, due: &[Due]) -> Option<()> {
        let Some(Due { place, .. }) = due.first() else { return Some(()) };
        let own = place * self.parties;
        for &outer in &self.sites[*place].chain[1..] {
            let outer = outer * self.parties;
            for due in due {
                let held = self.held[outer + due.party];
                self.held[outer + due.party] = held.checked_sub(self.held[own + due.party])?.checked_add(due.seats)?;
            }
        }
        let own = &mut self.held[own..][..self.parties];
        for due in due {
            own[due.party] = due.seats;
        }
        Some(())
    }

    /// Writes what parties hold in a place, in the order in which they stand there.
    pub(super) fn write(&self, place: usize, out: &mut [u64]) {
        let held = self.all_held(place);
        for (out, &party) in out.iter_mut().zip(&self.sites[place].parties) {
            *out = held[party];
        }
    }
}

/// Adds the votes of a place, where these of all parties stand, to those of a place around it.
fn count_in(votes: &mut [u64], all: usize, parties: &[usize], place: usize, outer: usize) {
    let (before, after) = votes.split_at_mut(place.max(outer) * all);
    let (first, second) = (&mut before[place.min(outer) * all..][..all], &mut after[..all]);
    let (theirs, here) = if outer < place { (first, second) } else { (second, first) };
    if parties.len() >= all / MOST_PART {
        // Who does not stand there has no votes: a sum of all is quicker than one of most, party by party.
        for (theirs, votes) in theirs.iter_mut().zip(here) {
            *theirs += *votes;
        }
    } else {
        for &party in parties {
            theirs[party] += here[party];
        }
    }
}

/// The sum, if it fits.
pub(super) fn sum(votes: &[u64]) -> Option<u64> {
    // One pass without branches: a sum of up to 2^16 numbers below 2^48 fits.
    let (sum, any) = votes.iter().fold((0_u64, 0_u64), |(sum, any), &votes| (sum.wrapping_add(votes), any | votes));
    if any < 1 << 48 && votes.len() <= 1 << 16 {
        return Some(sum);
    }
    votes.iter().try_fold(0_u64, |sum, &votes| sum.checked_add(votes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_exact_or_none() {
        let (most, half) = (1 << 48, 1 << 63);
        for (votes, fits) in [
            (vec![], true),
            (vec![3, 0, 4], true),
            // As many of as many votes as the pass without branches takes, and one more of each.
            (vec![most - 1; 65_536], true),
            (vec![most; 65_536], false),
            (vec![most - 1; 65_537], false),
            (vec![most; 65_535], true),
            // Bits that two parties share do not cancel.
            (vec![half, half], false),
            (vec![half, half - 1], true),
            (vec![u64::MAX, 1], false),
        ] {
            let exact: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
            assert_eq!(u64::try_from(exact).is_ok(), fits);
            assert_eq!(sum(&votes), u64::try_from(exact).ok(), "{} times {:?}", votes.len(), votes.first());
        }
    }

    #[test]
    fn votes_count_in_the_place_around_whoever_stands_and_however_few() {
        // The nation, two places, and the parties that stand in the last: one of nine, or nearly all.
        for standing in [vec![7], (1..9).collect::<Vec<_>>()] {
            for (place, outer) in [(2, 0), (2, 1), (0, 2), (1, 2)] {
                let mut votes: Vec<u64> = (0..27).map(|at| at + 1).collect();
                for party in (0..9).filter(|party| !standing.contains(party)) {
                    votes[9 * place + party] = 0;
                }
                let before = votes.clone();
                count_in(&mut votes, 9, &standing, place, outer);
                for at in 0..27 {
                    let more = if at / 9 == outer { before[9 * place + at % 9] } else { 0 };
                    assert_eq!(votes[at], before[at] + more, "{standing:?}, {place} in {outer}: {at}");
                }
            }
        }
    }
}
