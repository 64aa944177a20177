//! What came out of the draws: how often each party won so many seats, and who had a majority together.

use std::collections::{BTreeMap, BTreeSet};

use apportion::Count;
use apportion::rule::RowLeft;

/// The largest parties of which coalitions are counted, and the most members of one.
const LARGEST: usize = 5;
const MOST_MEMBERS: u32 = 3;

/// Seats by party over all draws.
pub(crate) struct Forecast {
    pub(crate) names: Vec<String>,
    /// Votes as they were counted.
    pub(crate) votes: Vec<u128>,
    /// By party, how often it won so many seats.
    pub(crate) won: Vec<BTreeMap<u64, u64>>,
    /// How often each party had more seats than any other.
    pub(crate) first: Vec<u64>,
    /// Seats of each party in each draw that has them, for coalitions.
    draws: Vec<u32>,
    pub(crate) open: usize,
    pub(crate) bad: usize,
    /// Why the first bad draw has no answer.
    pub(crate) why: Option<String>,
    answer: usize,
}

/// How often these parties together have more than half of the seats.
pub(crate) struct Coalition {
    pub(crate) parties: Vec<usize>,
    pub(crate) times: u64,
}

impl Forecast {
    /// Nothing drawn yet; an answer has so many numbers, the last of which are the parties of the nation.
    pub(crate) fn new(count: &Count, answer: usize) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut votes: Vec<u128> = Vec::new();
        let places = count.districts().map(|place| &place.tally);
        let own = &count.nation().tally;
        for (party, count) in own.iter().chain(places.flat_map(|tally| tally.iter())) {
            match names.iter().position(|name| name == party.name()) {
                Some(at) => votes[at] += count,
                None => {
                    names.push(party.name().to_string());
                    votes.push(count);
                }
            }
        }
        let (won, first) = (vec![BTreeMap::new(); names.len()], vec![0; names.len()]);
        Self { names, votes, won, first, draws: Vec::new(), open: 0, bad: 0, why: None, answer }
    }

    /// Counts some draws; those without an answer are left out.
    pub(crate) fn count(&mut self, answers: &[u64], left: &[RowLeft]) {
        let mut bad = BTreeSet::new();
        let mut open = BTreeSet::new();
        for left in left {
            match left {
                RowLeft::Error { row, error } => {
                    bad.insert(*row);
                    self.why.get_or_insert_with(|| error.to_string());
                }
                other => {
                    open.insert(other.row());
                }
            }
        }
        self.bad += bad.len();
        self.open += open.len();
        for (_, answer) in answers.chunks_exact(self.answer).enumerate().filter(|(row, _)| !bad.contains(row)) {
            let seats = &answer[self.answer - self.names.len()..];
            let most = seats.iter().max().copied().unwrap_or(0);
            let alone = seats.iter().filter(|&&seats| seats == most).count() == 1;
            for (party, &seats) in seats.iter().enumerate() {
                *self.won[party].entry(seats).or_default() += 1;
                self.first[party] += u64::from(alone && seats == most);
                self.draws.push(u32::try_from(seats).unwrap_or(u32::MAX));
            }
        }
    }

    /// Whether votes were drawn in districts.
    pub(crate) fn is_of_districts(&self) -> bool {
        self.answer > self.names.len()
    }

    /// How many draws have an answer.
    pub(crate) fn answered(&self) -> u64 {
        self.won.first().map_or(0, |won| won.values().sum())
    }

    /// The mean of a party's seats.
    #[allow(clippy::cast_precision_loss)] // to be printed
    pub(crate) fn mean(&self, party: usize) -> f64 {
        let sum: u64 = self.won[party].iter().map(|(seats, times)| seats * times).sum();
        sum as f64 / self.answered().max(1) as f64
    }

    /// The parties that win a seat in one draw of two hundred or more, those with most seats first.
    pub(crate) fn shown(&self) -> Vec<usize> {
        let none = |party: usize| self.won[party].get(&0).copied().unwrap_or(0);
        let wins = |&party: &usize| (self.answered() - none(party)) * 200 >= self.answered();
        let mut shown: Vec<usize> = (0..self.names.len()).filter(wins).collect();
        shown.sort_by(|&a, &b| self.mean(b).total_cmp(&self.mean(a)).then(a.cmp(&b)));
        shown
    }

    /// Parties alone and coalitions of the largest ones that have more than half of the seats in a draw of two hundred or
    /// more, and no member that they never need; the likeliest first.
    pub(crate) fn majorities(&self) -> Vec<Coalition> {
        let largest: Vec<usize> = self.shown().into_iter().take(LARGEST).collect();
        let sets = (1..1_u32 << largest.len()).filter(|set| set.count_ones() <= MOST_MEMBERS);
        let mut all: Vec<(u32, u64)> = sets.map(|set| (set, self.times(&members(set, &largest)))).collect();
        let often = self.answered().div_ceil(200);
        let known = all.clone();
        // A set is left out where a part of it has a majority as often.
        all.retain(|&(set, times)| {
            let smaller = |&&(part, _): &&(u32, u64)| part != set && part & set == part;
            times >= often && known.iter().filter(smaller).all(|&(_, fewer)| fewer < times)
        });
        all.sort_by_key(|&(set, times)| (std::cmp::Reverse(times), set.count_ones(), set));
        all.into_iter().map(|(set, times)| Coalition { parties: members(set, &largest), times }).collect()
    }

    /// In how many draws these parties have more than half of the seats.
    fn times(&self, parties: &[usize]) -> u64 {
        let draws = self.draws.chunks_exact(self.names.len());
        let majority = |seats: &&[u32]| {
            let of = |seats: &[u32]| seats.iter().map(|&seats| u64::from(seats)).sum::<u64>();
            2 * parties.iter().map(|&party| u64::from(seats[party])).sum::<u64>() > of(seats)
        };
        draws.filter(majority).count() as u64
    }
}

fn members(set: u32, of: &[usize]) -> Vec<usize> {
    of.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0).map(|(_, &party)| party).collect()
}
