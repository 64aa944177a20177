//! Alliances in prepared laws: seats to alliances and lone lists, then to the lists inside, where no seat is tied.

use alloc::vec::Vec;

use crate::count::{Alliance, Figures, Member, PlaceId};
use crate::method::{AllocationMethod, Scratch};

/// A list by its number in the nation, or several together.
#[derive(Clone, Debug)]
pub(super) enum Node {
    List(usize),
    Alliance(Vec<Node>),
}

impl Node {
    /// The alliances and lone lists of a place.
    pub(super) fn all(figures: &Figures<'_>, place: PlaceId) -> Option<Vec<Self>> {
        let mut nodes: Vec<Self> = figures.alliances(place).map(|alliance| Self::of(alliance, figures)).collect();
        let mut allied = Vec::new();
        nodes.iter().for_each(|node| node.lists(&mut allied));
        let lone = figures.spot(place).parties.iter().map(|party| party.index());
        nodes.extend(lone.filter(|party| !allied.contains(party)).map(Self::List));
        Some(nodes)
    }

    fn of(alliance: &Alliance, figures: &Figures<'_>) -> Self {
        let member = |member: &Member| match member {
            Member::Party(name) => figures.party_named(name).map(|party| Self::List(party.index())),
            Member::Alliance(alliance) => Some(Self::of(alliance, figures)),
        };
        Self::Alliance(alliance.members().iter().filter_map(member).collect())
    }

    fn lists(&self, to: &mut Vec<usize>) {
        match self {
            Self::List(party) => to.push(*party),
            Self::Alliance(nodes) => nodes.iter().for_each(|node| node.lists(to)),
        }
    }

    /// The votes of its lists together.
    fn votes(&self, votes: &[u64]) -> Option<u64> {
        match self {
            Self::List(party) => Some(votes[*party]),
            Self::Alliance(nodes) => nodes.iter().try_fold(0, |sum: u64, node| sum.checked_add(node.votes(votes)?)),
        }
    }
}

/// Votes and seats of all parties of the nation while seats are shared, nothing for those who take no part.
#[derive(Clone, Debug, Default)]
pub(super) struct Shares {
    votes: Vec<u64>,
    seats: Vec<u64>,
    /// Votes and seats of the nodes of one alliance after the other, the innermost last.
    stack: Vec<u64>,
}

impl Shares {
    /// Makes room for so many parties.
    pub(super) fn resize(&mut self, parties: usize) {
        self.votes.resize(parties, 0);
        self.seats.resize(parties, 0);
    }

    /// Begins with the votes of those who take part.
    pub(super) fn start(&mut self, active: &[usize], votes: impl Fn(usize) -> u64) {
        self.votes.fill(0);
        self.seats.fill(0);
        self.stack.clear();
        for &party in active {
            self.votes[party] = votes(party);
        }
    }

    /// A party's seats.
    pub(super) fn of(&self, party: usize) -> u64 {
        self.seats[party]
    }

    /// Shares seats among nodes by the first method, inside them by the second; none at a tie, or where there is no answer.
    ///
    /// Lists that take no part have no votes, and so neither seats nor a part in any tie.
    pub(super) fn give(
        &mut self,
        nodes: &[Node],
        seats: u64,
        (method, inner): (&AllocationMethod, &AllocationMethod),
        scratch: &mut Scratch,
    ) -> Option<()> {
        if seats == 0 {
            return Some(());
        }
        let (from, many) = (self.stack.len(), nodes.len());
        for node in nodes {
            self.stack.push(node.votes(&self.votes)?);
        }
        self.stack.resize(from + 2 * many, 0);
        let (votes, given) = self.stack[from..].split_at_mut(many);
        if method.allocate_into(votes, seats, given, scratch).ok()?.is_some() {
            return None;
        }
        for (at, node) in nodes.iter().enumerate() {
            let seats = self.stack[from + many + at];
            match node {
                Node::List(party) => self.seats[*party] += seats,
                Node::Alliance(nodes) => self.give(nodes, seats, (inner, inner), scratch)?,
            }
        }
        self.stack.truncate(from);
        Some(())
    }
}
