//! Alliances: seats to alliances and lone lists first, then inside each alliance (Switzerland, Denmark, Netherlands to 2017).

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::allocate::{Asking, Level, Round};
use super::{Given, Unit};
use crate::count::{Alliance, Member};
use crate::rule::session::{Halt, Session};
use crate::tie::Tie;

/// A list, by its position in a unit, or several together; each with the fewest seats of the alliances that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    List { at: usize, least: u64 },
    Alliance { nodes: Vec<Node>, least: u64 },
}

impl Node {
    /// A list by itself.
    pub(crate) const fn list(at: usize) -> Self {
        Self::List { at, least: 0 }
    }

    /// The fewest seats that it has as an alliance, those held included.
    pub(crate) const fn least(&self) -> u64 {
        match self {
            Self::List { least, .. } | Self::Alliance { least, .. } => *least,
        }
    }

    /// Gives it at least this many seats as an alliance.
    fn with_least(mut self, seats: u64) -> Self {
        match &mut self {
            Self::List { least, .. } | Self::Alliance { least, .. } => *least = seats.max(*least),
        }
        self
    }

    /// The lists in it.
    pub(crate) fn lists(&self) -> Cow<'_, [usize]> {
        match self {
            Self::List { at, .. } => Cow::Borrowed(core::slice::from_ref(at)),
            Self::Alliance { nodes, .. } => nodes.iter().flat_map(|node| node.lists().into_owned()).collect(),
        }
    }
}

/// The lists at these positions as the alliances of the place group them, in the order of their first lists.
pub(crate) fn group(session: &Session<'_>, unit: &Unit, active: &[usize]) -> Vec<Node> {
    let mut alliances = session.figures.alliances(unit.place).peekable();
    if alliances.peek().is_none() {
        return active.iter().map(|&at| Node::list(at)).collect();
    }
    let places: BTreeMap<&str, usize> = active.iter().map(|&at| (session.figures.name(unit.parties[at]), at)).collect();
    let mut nodes: Vec<Node> = alliances.filter_map(|alliance| taking_part(alliance, &places)).collect();
    let mut lone: Vec<usize> = active.to_vec();
    for at in nodes.iter().flat_map(|node| node.lists().into_owned()) {
        lone.retain(|&list| list != at);
    }
    nodes.extend(lone.into_iter().map(Node::list));
    nodes.sort_by_cached_key(|node| node.lists().iter().copied().min());
    nodes
}

/// The members of an alliance that take part: several, one alone, or none.
fn taking_part(alliance: &Alliance, places: &BTreeMap<&str, usize>) -> Option<Node> {
    let inside = alliance.members().iter().filter_map(|member| match member {
        Member::Party(name) => places.get(name.as_str()).map(|&at| Node::list(at)),
        Member::Alliance(alliance) => taking_part(alliance, places),
    });
    let mut nodes: Vec<Node> = inside.collect();
    nodes.sort_by_cached_key(|node| node.lists().iter().copied().min());
    let together = match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(Node::Alliance { nodes, least: 0 }),
    };
    together.map(|node| node.with_least(alliance.minimum()))
}

/// Gives `seats` seats to the nodes, and on to the lists inside them.
pub(crate) fn share(
    session: &mut Session<'_>,
    asking: &Asking<'_>,
    nodes: &[Node],
    seats: u64,
    level: Level,
) -> Result<Given, Halt> {
    let mut given = Given::none(asking.unit.parties.len());
    share_into(session, asking, &mut given, nodes, seats, level)?;
    given.ties.sort();
    Ok(given)
}

fn share_into(
    session: &mut Session<'_>,
    asking: &Asking<'_>,
    given: &mut Given,
    nodes: &[Node],
    seats: u64,
    level: Level,
) -> Result<(), Halt> {
    let Round { mut seats, mut tie, vacant } = asking.give(session, nodes, seats, level)?;
    given.vacant += vacant;
    let next = match &tie {
        None => BTreeMap::new(),
        Some(open) => match next_lists(session, asking, nodes, &seats, open)? {
            Some(next) => next,
            None => {
                // Who wins a seat inside an alliance depends on how many it has: the tie is asked about.
                for winner in asking.ask(session, nodes, open, "seats of alliances")? {
                    seats[winner] += 1;
                }
                tie = None;
                BTreeMap::new()
            }
        },
    };
    let tied: &[usize] = tie.as_ref().map(Tie::parties).unwrap_or_default();
    let mut last = Vec::new();
    for (index, (node, &seats)) in nodes.iter().zip(&seats).enumerate() {
        match node {
            Node::List { at, .. } => {
                given.seats[*at] += seats;
                last.extend(tied.binary_search(&index).is_ok().then_some(*at));
            }
            Node::Alliance { nodes: inside, .. } => {
                share_into(session, asking, given, inside, seats, Level::Inside)?;
                last.extend(next.get(&index).into_iter().flatten());
            }
        }
    }
    last.sort_unstable();
    given.ties.extend(tie.and_then(|tie| Tie::among(last, tie.seats())));
    Ok(())
}

/// The lists that would get the next seat of each alliance in a tie; none where that is not one list, or several equal
/// ones while a single seat is tied.
fn next_lists(
    session: &mut Session<'_>,
    asking: &Asking<'_>,
    nodes: &[Node],
    seats: &[u64],
    tie: &Tie,
) -> Result<Option<BTreeMap<usize, Vec<usize>>>, Halt> {
    let mut next = BTreeMap::new();
    for &index in tie.parties() {
        let Node::Alliance { nodes: inside, .. } = &nodes[index] else { continue };
        let mark = session.mark();
        let without = share(session, asking, inside, seats[index], Level::Inside);
        let with = share(session, asking, inside, seats[index] + 1, Level::Inside);
        session.return_to(mark);
        let (Ok(without), Ok(with)) = (without, with) else { return Ok(None) };
        let grown: Vec<usize> = (0..with.seats.len()).filter(|&at| with.seats[at] != without.seats[at]).collect();
        let lists = match (&grown[..], &with.ties[..]) {
            _ if !without.ties.is_empty() => return Ok(None),
            (&[at], []) if with.seats[at] == without.seats[at] + 1 => grown,
            ([], [open]) if tie.seats() == 1 && open.seats() == 1 => open.parties().to_vec(),
            _ => return Ok(None),
        };
        next.insert(index, lists);
    }
    Ok(Some(next))
}
