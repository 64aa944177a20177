//! A method of one's own in a few lines, and one line that finds out what is wrong with it.
//!
//! The method is wrong on purpose: it rounds each ideal share, and the last party takes what is left. Votes and seats are
//! not from an election; the examination makes them, from the smallest on.
//!
//! ```sh
//! cargo run --release --example own_method
//! ```

use apportion::axioms;
use apportion::{Allocation, AllocationMethod, Apportion, Error};

/// Each ideal share votes x seats / all votes, rounded half up, as long as seats are left; the last party takes the rest.
struct RoundedShares;

impl Apportion for RoundedShares {
    fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
        let all: u128 = votes.iter().map(|&votes| u128::from(votes)).sum();
        let Some((_last, others)) = votes.split_last() else { return Err(Error::NoParties) };
        if all == 0 {
            return Err(Error::NoVotes { seats });
        }
        let mut left = seats;
        let mut given = Vec::with_capacity(votes.len());
        for &votes in others {
            let share = (u128::from(votes) * u128::from(seats) * 2 + all) / (2 * all);
            let takes = u64::try_from(share).unwrap_or(u64::MAX).min(left);
            given.push(takes);
            left -= takes;
        }
        given.push(left);
        Ok(Allocation::new(given))
    }
}

fn main() {
    println!("Rounded ideal shares, the rest to the last party\n");
    println!("{}", axioms::examine(&RoundedShares));

    println!("\nHare with largest remainders, which gives the rest to the largest remainders\n");
    println!("{}", axioms::examine(&AllocationMethod::HARE));
    println!("\nNext: cargo run --example axioms, for what every method of the crate keeps");
}
