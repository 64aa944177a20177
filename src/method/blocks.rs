//! Working memory for a contest of up to 64 parties, in blocks of four.

/// Blocks of parties.
pub(super) const BLOCKS: usize = 16;

/// The parties of a contest in blocks, and one block more, of none; `L` holds four floats.
#[derive(Clone, Debug)]
pub(super) struct Blocks<L> {
    /// Groups of four blocks with parties in them.
    pub(super) used: usize,
    pub(super) votes: [L; BLOCKS + 1],
    /// Rounded positions among the seats.
    pub(super) seats: [L; BLOCKS + 1],
    /// How far positions are above them.
    pub(super) gaps: [L; BLOCKS],
}

impl<L: Copy> Blocks<L> {
    pub(super) const fn new(none: L) -> Self {
        Self { used: 0, votes: [none; BLOCKS + 1], seats: [none; BLOCKS + 1], gaps: [none; BLOCKS] }
    }
}
