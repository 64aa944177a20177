//! What the library itself takes for the questions of `tests/measure.py`, in nanoseconds: one `allocate`, and one row
//! of `allocate_rows` over a hundred thousand, which a machine that does other work finishes between two of its turns.
//!
//! ```sh
//! cargo run --release -p apportion-python --example floor
//! ```

use std::hint::black_box;
use std::time::Instant;

use apportion::AllocationMethod;

const PARTIES: usize = 8;
const SEATS: u64 = 630;

fn main() {
    let votes = votes(100_000 * PARTIES);
    let mut seats = vec![0; votes.len()];
    let one = nanoseconds(10_000, || {
        for votes in votes.chunks_exact(PARTIES).take(10_000) {
            black_box(AllocationMethod::D_HONDT.allocate(black_box(votes), SEATS).is_ok());
        }
    });
    let row = nanoseconds(100_000, || {
        black_box(AllocationMethod::D_HONDT.allocate_rows(black_box(&votes), PARTIES, SEATS, &mut seats).is_ok());
    });
    println!("{one:.1} {row:.1}");
}

/// Votes from 1 to ten million, as Steele, Lea and Flood's generator SplitMix (2014) makes them.
fn votes(count: usize) -> Vec<u64> {
    let mut state = 2_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        1 + (mixed ^ (mixed >> 31)) % 10_000_000
    };
    (0..count).map(|_| next()).collect()
}

/// The best of some rounds, by item: what else the machine does only adds.
fn nanoseconds(items: u32, mut work: impl FnMut()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e9 / f64::from(items)
    };
    (0..60).map(round).fold(f64::INFINITY, f64::min)
}
