//! Alliances: seats to alliances and lone lists first, then inside each alliance.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::alliance::{Alliance, Member};
use crate::allocation::Settled;
use crate::error::Error;
use crate::party::Party;
use crate::shortfall::Facts;
use crate::tie::Tie;

use super::Rule;
use super::level::{Entrant, Given, Level};

/// A list, by its position among the admitted, or several together.
pub(super) enum Node {
    List(usize),
    Alliance(Vec<Node>),
}

impl Node {
    /// The lists in it.
    fn lists(&self) -> Vec<usize> {
        match self {
            Self::List(at) => vec![*at],
            Self::Alliance(nodes) => nodes.iter().flat_map(Self::lists).collect(),
        }
    }
}

/// The admitted lists as the alliances group them, in the order of their first lists.
pub(super) fn group(alliances: &[Alliance], names: &[&str]) -> Vec<Node> {
    if alliances.is_empty() {
        return (0..names.len()).map(Node::List).collect();
    }
    let places: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, &name)| (name, at)).collect();
    let mut nodes: Vec<Node> = alliances.iter().filter_map(|alliance| admitted(alliance, &places)).collect();
    let allied: Vec<usize> = nodes.iter().flat_map(Node::lists).collect();
    let mut lone = vec![true; names.len()];
    for at in allied {
        lone[at] = false;
    }
    nodes.extend((0..names.len()).filter(|&at| lone[at]).map(Node::List));
    nodes.sort_by_key(|node| node.lists().into_iter().min());
    nodes
}

/// The members of an alliance that are admitted: several, one alone, or none.
fn admitted(alliance: &Alliance, places: &BTreeMap<&str, usize>) -> Option<Node> {
    let inside = alliance.members().iter().filter_map(|member| match member {
        Member::Party(name) => places.get(name.as_str()).map(|&at| Node::List(at)),
        Member::Alliance(alliance) => admitted(alliance, places),
    });
    let mut nodes: Vec<Node> = inside.collect();
    nodes.sort_by_key(|node| node.lists().into_iter().min());
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(Node::Alliance(nodes)),
    }
}

/// The admitted lists of one district, and what giving seats to them needs.
pub(super) struct Lists<'a> {
    pub(super) rule: &'a Rule,
    pub(super) lists: Vec<List<'a>>,
    pub(super) facts: &'a Facts,
    pub(super) nation: &'a Facts,
    pub(super) quota_votes: Option<u128>,
    /// Whether some votes count at a weight.
    pub(super) weighed: bool,
}

/// An admitted list: itself, its votes, its votes as the method sees them, and itself in the nation.
pub(super) struct List<'a> {
    pub(super) party: &'a Party,
    /// Seats that it has at least, taken from the others if need be.
    pub(super) floor: u64,
    pub(super) votes: u64,
    pub(super) claim: u64,
    pub(super) nation: (&'a Party, u64),
    pub(super) cap: Option<u64>,
    pub(super) name: &'a str,
}

/// What came out for the admitted lists, by position.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) seats: Vec<u64>,
    pub(super) ties: Vec<Tie>,
    pub(super) settled: Vec<Settled<String>>,
    pub(super) vacant: u64,
    pub(super) stages: Vec<(String, Vec<u64>)>,
    pub(super) exhausted: Vec<usize>,
    pub(super) capped: Vec<usize>,
    pub(super) bonus: Option<(usize, u64)>,
}

impl Lists<'_> {
    /// Gives `seats` seats to the nodes, and on to the lists inside them.
    pub(super) fn share(&self, nodes: &[Node], seats: u64) -> Result<Shared, Error> {
        self.share_at(nodes, seats, true)
    }

    fn share_at(&self, nodes: &[Node], seats: u64, outer: bool) -> Result<Shared, Error> {
        let mut shared = Shared { seats: vec![0; self.lists.len()], ..Shared::default() };
        self.share_into(&mut shared, nodes, seats, outer)?;
        shared.ties.sort();
        Ok(shared)
    }

    fn share_into(&self, shared: &mut Shared, nodes: &[Node], seats: u64, outer: bool) -> Result<(), Error> {
        let given = self.give(nodes, seats, outer)?;
        shared.settled.extend(given.settled);
        shared.vacant += given.vacant;
        let only_lists = nodes.iter().all(|node| matches!(node, Node::List(_)));
        if outer && only_lists {
            let at = |index: usize| nodes[index].lists()[0];
            let spread = |(name, seats): (String, Vec<u64>)| {
                let mut all = vec![0; self.lists.len()];
                seats.iter().enumerate().for_each(|(index, &seats)| all[at(index)] = seats);
                (name, all)
            };
            shared.stages = given.stages.into_iter().map(spread).collect();
        }
        let lists_of = |indices: Vec<usize>| indices.into_iter().flat_map(|index| nodes[index].lists());
        shared.exhausted.extend(lists_of(given.exhausted));
        shared.capped.extend(lists_of(given.capped));
        if let Some((index, seats)) = given.bonus {
            shared.bonus = Some((nodes[index].lists()[0], seats));
        }

        let tied: &[usize] = given.tie.as_ref().map(Tie::parties).unwrap_or_default();
        let mut last = Vec::new();
        for (index, (node, &seats)) in nodes.iter().zip(&given.seats).enumerate() {
            let is_tied = tied.binary_search(&index).is_ok();
            match node {
                Node::List(at) => {
                    shared.seats[*at] = seats;
                    last.extend(is_tied.then_some(*at));
                }
                Node::Alliance(inside) if is_tied => {
                    let one = given.tie.as_ref().is_some_and(|tie| tie.seats() == 1);
                    last.extend(self.share_tied(shared, inside, seats, one, || {
                        let names = tied.iter().map(|&index| self.name(&nodes[index])).collect();
                        let seats = given.tie.as_ref().map_or(0, Tie::seats);
                        Error::StageTie { stage: "seats of alliances".into(), parties: names, seats }
                    })?);
                }
                Node::Alliance(inside) => self.share_into(shared, inside, seats, false)?,
            }
        }
        last.sort_unstable();
        shared.ties.extend(given.tie.and_then(|tie| Tie::among(last, tie.seats())));
        Ok(())
    }

    /// Shares the certain seats of an alliance that may win one more, and answers with the list that would get it; with
    /// those tied for it, where `one` seat is tied in all, so that any of them may be the only one to win.
    fn share_tied(
        &self,
        shared: &mut Shared,
        inside: &[Node],
        seats: u64,
        one: bool,
        tied: impl FnOnce() -> Error,
    ) -> Result<Vec<usize>, Error> {
        let without = self.share_at(inside, seats, false);
        let with = self.share_at(inside, seats + 1, false);
        let (Ok(without), Ok(with)) = (without, with) else { return Err(tied()) };
        let grown: Vec<usize> = (0..self.lists.len()).filter(|&at| with.seats[at] != without.seats[at]).collect();
        let next = match (&grown[..], &with.ties[..]) {
            _ if !without.ties.is_empty() => return Err(tied()),
            (&[at], []) if with.seats[at] == without.seats[at] + 1 => grown,
            ([], [tie]) if one && tie.seats() == 1 => tie.parties().to_vec(),
            _ => return Err(tied()),
        };
        for (all, seats) in shared.seats.iter_mut().zip(&without.seats) {
            *all += seats;
        }
        shared.settled.extend(without.settled);
        Ok(next)
    }

    /// One level: these nodes as entrants.
    fn give(&self, nodes: &[Node], seats: u64, outer: bool) -> Result<Given, Error> {
        let method = match &self.rule.alliance_method {
            Some(method) if !outer => method,
            _ => &self.rule.method,
        };
        let entrants = nodes.iter().map(|node| self.entrant(node, outer)).collect::<Result<Vec<_>, _>>()?;
        let (rule, facts, nation) = (self.rule, self.facts, self.nation);
        let quota_votes = self.quota_votes.filter(|_| outer);
        let weighed = self.weighed;
        Level { rule, method, seats, entrants, facts, nation, quota_votes, outer, weighed }.give()
    }

    /// A node as it competes: a list, or the sum of the lists in it.
    fn entrant<'s>(&'s self, node: &Node, outer: bool) -> Result<Entrant<'s>, Error> {
        if let Node::List(at) = *node {
            let list = &self.lists[at];
            return Ok(Entrant {
                party: Cow::Borrowed(list.party),
                floor: list.floor,
                members: vec![list.name],
                votes: list.votes,
                claim: list.claim,
                nation: (Cow::Borrowed(list.nation.0), list.nation.1),
                cap: list.cap.filter(|_| outer),
            });
        }
        let lists: Vec<&List<'_>> = node.lists().into_iter().map(|at| &self.lists[at]).collect();
        let name = self.name(node);
        let sum = |what: &dyn Fn(&List<'_>) -> u64| -> Result<u64, Error> {
            let sum: u128 = lists.iter().map(|list| u128::from(what(list))).sum();
            u64::try_from(sum).map_err(|_| Error::TooManyVotes { what: name.clone(), count: sum })
        };
        Ok(Entrant {
            party: Cow::Owned(together(&name, lists.iter().map(|list| list.party))),
            floor: 0,
            members: lists.iter().map(|list| list.name).collect(),
            votes: sum(&|list| list.votes)?,
            claim: sum(&|list| list.claim)?,
            nation: (Cow::Owned(together(&name, lists.iter().map(|list| list.nation.0))), sum(&|list| list.nation.1)?),
            cap: None,
        })
    }

    /// A node's name: its lists' joined.
    fn name(&self, node: &Node) -> String {
        node.lists().into_iter().map(|at| self.lists[at].name).collect::<Vec<_>>().join(" + ")
    }
}

/// Several lists as one party: numbers add up, and it has a maximum if all have.
fn together<'a>(name: &str, parties: impl Iterator<Item = &'a Party> + Clone) -> Party {
    let sum = |of: &dyn Fn(&Party) -> u64| parties.clone().fold(0, |sum: u64, party| sum.saturating_add(of(party)));
    let mut party = Party::new(name)
        .with_members(sum(&Party::members))
        .with_direct_seats(sum(&Party::direct_seats))
        .with_minimum(sum(&Party::minimum))
        .with_held(sum(&Party::held));
    if parties.clone().all(Party::is_minority) {
        party = party.as_minority();
    }
    if parties.clone().all(|party| party.maximum().is_some()) {
        party = party.with_maximum(sum(&|party| party.maximum().unwrap_or(0)));
    }
    party
}
