//! Working memory that many allocations share, and ties that live in it.

use alloc::vec::Vec;

use wide::{f32x4, f64x4};

use super::blocks::Blocks;
use crate::tie::Tie;

/// Working memory for [`AllocationMethod::allocate_into`](super::AllocationMethod::allocate_into): it grows to what the
/// largest call needs and is then used again.
///
/// What it holds between calls is no part of any answer: one scratch serves different methods and parties in turn.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Scratch};
///
/// let (mut seats, mut scratch) = ([0; 3], Scratch::new());
/// for votes in [[50, 30, 20], [40, 41, 19]] {
///     let tie = AllocationMethod::SAINTE_LAGUE.allocate_into(&votes, 4, &mut seats, &mut scratch)?;
///     assert!(tie.is_none());
/// }
/// assert_eq!(seats, [1, 2, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scratch {
    /// A few parties, in single and in double precision.
    pub(super) single: Blocks<f32x4>,
    pub(super) double: Blocks<f64x4>,
    /// The votes of a sample of the parties.
    pub(super) sample: Vec<f64>,
    /// Quotients of the claims near the cut, as bits.
    pub(super) quotients: Vec<u64>,
    /// Claims near the cut, in the order of their parties.
    pub(super) claims: Vec<Near>,
    /// Remainders.
    pub(super) remainders: Vec<u64>,
    pub(super) sorted: Vec<u64>,
    /// Claims too close for floats, or the parties of a selection by votes.
    pub(super) close: Vec<usize>,
    /// A contest among the largest parties only.
    pub(super) leaders: Leaders,
    /// The parties of the tie that was found last.
    pub(super) tied: Vec<usize>,
}

/// Some parties, their votes and seats.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaders {
    pub(super) parties: Vec<usize>,
    pub(super) votes: Vec<u64>,
    pub(super) seats: Vec<u64>,
}

/// A claim near the cut: a party, its seat counted from 0, and the quotient, roughly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub(super) party: usize,
    pub(super) seat: u64,
    pub(super) quotient: f64,
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Scratch {
    /// Working memory that holds nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            single: Blocks::new(f32x4::ZERO),
            double: Blocks::new(f64x4::ZERO),
            sample: Vec::new(),
            quotients: Vec::new(),
            claims: Vec::new(),
            remainders: Vec::new(),
            sorted: Vec::new(),
            close: Vec::new(),
            leaders: Leaders { parties: Vec::new(), votes: Vec::new(), seats: Vec::new() },
            tied: Vec::new(),
        }
    }

    /// A tie that was found without this memory.
    pub(super) fn keep_tie(&mut self, tie: &Tie) -> OpenTie<'_> {
        self.tied.clear();
        self.tied.extend_from_slice(tie.parties());
        self.open_tie(tie.seats())
    }

    /// The tie among the parties in `tied` for `seats` seats.
    pub(super) fn open_tie(&self, seats: u64) -> OpenTie<'_> {
        OpenTie { parties: &self.tied, seats }
    }
}

/// A tie as [`AllocationMethod::allocate_into`](super::AllocationMethod::allocate_into) finds it: like [`Tie`], but its
/// parties stand in the scratch.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Scratch};
///
/// let (mut seats, mut scratch) = ([0; 2], Scratch::new());
/// let tie = AllocationMethod::D_HONDT.allocate_into(&[10, 10], 3, &mut seats, &mut scratch)?;
/// assert_eq!(tie.expect("a seat is open").seats(), 1);
/// assert_eq!(seats, [1, 1]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpenTie<'s> {
    parties: &'s [usize],
    seats: u64,
}

impl OpenTie<'_> {
    /// The parties, by index, ascending.
    #[must_use]
    pub const fn parties(&self) -> &[usize] {
        self.parties
    }

    /// The seats left among them: at least one, fewer than the parties.
    #[must_use]
    pub const fn seats(&self) -> u64 {
        self.seats
    }
}

impl From<OpenTie<'_>> for Tie {
    fn from(tie: OpenTie<'_>) -> Self {
        Self::of(tie.parties.to_vec(), tie.seats)
    }
}
