//! Random matrices for tests, the same at every run.

use alloc::vec;
use alloc::vec::Vec;

use super::super::kernel::{Numbers, methods};
use super::Matrix;
use crate::{AllocationMethod, Divisors};

/// Votes by party and district, and the seats of both.
pub(super) struct Case {
    pub(super) votes: Vec<u64>,
    pub(super) parties: Vec<u64>,
    pub(super) districts: Vec<u64>,
}

/// How votes are spread over the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any number below a million in every cell.
    Even,
    /// Parties and districts of very different sizes, as in a country.
    Country,
    /// As in a country, but half of the cells have no votes.
    Sparse,
    /// Few votes, so that there are ties.
    Few,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Even, Self::Country, Self::Sparse, Self::Few];

    /// A matrix of so many parties and districts, of one to nine seats each; parties have their seats by all their votes.
    pub(super) fn case(self, numbers: &mut Numbers, parties: usize, districts: usize) -> Case {
        let sizes: Vec<u64> = (0..parties).map(|party| 100_000 / (party as u64 + 1)).collect();
        let mut votes = Vec::with_capacity(parties * districts);
        for size in sizes {
            votes.extend((0..districts as u64).map(|district| match self {
                Self::Even => 1 + numbers.below(1_000_000),
                Self::Sparse if numbers.below(2) == 0 => 0,
                Self::Country | Self::Sparse => 1 + (size / (district + 1)) * (50 + numbers.below(100)) / 100,
                Self::Few => numbers.below(12),
            }));
        }
        let district_seats: Vec<u64> = (0..districts).map(|_| 1 + numbers.below(9)).collect();
        let sums: Vec<u64> = votes.chunks_exact(districts).map(|votes| votes.iter().sum()).collect();
        let house = district_seats.iter().sum();
        let allocation = AllocationMethod::SAINTE_LAGUE.allocate(&sums, house);
        let mut party_seats = allocation.map_or_else(|_| vec![0; parties], |allocation| allocation.certain().to_vec());
        // What a tie leaves open goes to the first party; without any votes, all seats.
        party_seats[0] += house - party_seats.iter().sum::<u64>();
        Case { votes, parties: party_seats, districts: district_seats }
    }
}

impl Case {
    pub(super) fn matrix(&self, divisors: &Divisors) -> Matrix<'_> {
        Matrix::new(&self.votes, &self.parties, &self.districts).divisors(divisors.clone())
    }
}

/// The divisors of all kinds.
pub(super) fn all_divisors() -> Vec<Divisors> {
    let divisors = methods().into_iter().filter_map(|method| match method {
        AllocationMethod::HighestAverages(divisors) => Some(divisors),
        _ => None,
    });
    divisors.collect()
}
