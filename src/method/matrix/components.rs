//! Strongly connected components of a directed graph (S. R. Kosaraju's two searches, without recursion).

use alloc::vec;
use alloc::vec::Vec;

/// From one node to another.
pub(super) type Arc = (usize, usize);

/// The component of each node, numbered so that an arc between components leads from a smaller number to a larger.
pub(super) fn components(nodes: usize, arcs: &[Arc]) -> Vec<usize> {
    let forward = Neighbours::new(nodes, arcs.iter().copied());
    let backward = Neighbours::new(nodes, arcs.iter().map(|&(from, to)| (to, from)));
    let mut component = vec![usize::MAX; nodes];
    let mut stack = Vec::new();
    for (number, start) in finished(nodes, &forward).into_iter().rev().enumerate() {
        if component[start] != usize::MAX {
            continue;
        }
        component[start] = number;
        stack.push(start);
        while let Some(node) = stack.pop() {
            for &next in backward.of(node) {
                if component[next] == usize::MAX {
                    component[next] = number;
                    stack.push(next);
                }
            }
        }
    }
    component
}

/// The nodes in the order in which a search in depth is done with them.
fn finished(nodes: usize, forward: &Neighbours) -> Vec<usize> {
    let mut order = Vec::with_capacity(nodes);
    let mut seen = vec![false; nodes];
    for start in 0..nodes {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut stack = vec![(start, 0)];
        while let Some((node, at)) = stack.pop() {
            if let Some(&next) = forward.of(node).get(at) {
                stack.push((node, at + 1));
                if !seen[next] {
                    seen[next] = true;
                    stack.push((next, 0));
                }
            } else {
                order.push(node);
            }
        }
    }
    order
}

/// Where arcs lead to, node by node.
pub(super) struct Neighbours {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Neighbours {
    pub(super) fn new(nodes: usize, arcs: impl Iterator<Item = Arc> + Clone) -> Self {
        let mut starts = vec![0; nodes + 1];
        for (from, _) in arcs.clone() {
            starts[from + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut ends = vec![0; starts[nodes]];
        let mut free = starts.clone();
        for (from, to) in arcs {
            ends[free[from]] = to;
            free[from] += 1;
        }
        Self { starts, ends }
    }

    pub(super) fn of(&self, node: usize) -> &[usize] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_one_component_and_what_hangs_on_it_is_another() {
        let component = components(5, &[(0, 1), (1, 2), (2, 0), (2, 3), (4, 0)]);
        assert!(component[0] == component[1] && component[1] == component[2]);
        assert!(component[4] < component[0] && component[0] < component[3]);
    }
}
