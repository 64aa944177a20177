//! The course of a law: admission, bonus, alliances, the method, majority, lists that ran out, and caps.

use super::End;
use super::admission::Standing;
use super::chooser::Chooser;
use super::fraction::Fraction;
use super::law::{Law, Node, Step};
use super::stages::{Course, Entrant, preferred};

/// A law under way.
struct Sharing<'l> {
    law: &'l Law,
    standings: Vec<Standing>,
    first: Vec<u64>,
    counted: Vec<u64>,
    /// The list with a bonus, and its seats.
    bonus: Option<(usize, u64)>,
    given: Vec<u64>,
    vacant: u64,
}

impl Law {
    /// One course of the law.
    pub(crate) fn run(&self, chooser: &mut Chooser) -> Result<End, String> {
        let none = vec![0; self.lists.len()];
        let standings = self.standings()?;
        let counted = self.counted(&standings);
        let active: Vec<usize> = (0..standings.len()).filter(|&at| standings[at] != Standing::Out).collect();
        if self.seats == 0 {
            // Zero seats give everyone none, whatever the rest.
            return Ok((none, 0));
        }
        if active.iter().all(|&at| counted[at] == 0) {
            return Err("no votes".into());
        }
        let first = self.first_choices();
        let mut sharing = Sharing { law: self, standings, first, counted, bonus: None, given: none, vacant: 0 };
        let nodes = sharing.nodes(&active);
        sharing.bonus = sharing.bonus(&nodes, chooser)?;
        let left = self.seats - sharing.bonus.map_or(0, |(_, seats)| seats);
        sharing.share(&nodes, left, true, chooser)?;
        if let Some((winner, seats)) = sharing.bonus {
            sharing.given[winner] += seats;
        }
        Ok((sharing.given, sharing.vacant))
    }
}

impl Sharing<'_> {
    /// Alliances of those who take part, and those who stand alone, in the order of their first lists.
    fn nodes(&self, active: &[usize]) -> Vec<Node> {
        fn within(node: &Node, active: &[usize]) -> Option<Node> {
            match node {
                Node::List(at) => active.contains(at).then_some(Node::List(*at)),
                Node::Alliance(nodes) => {
                    let mut inside: Vec<Node> = nodes.iter().filter_map(|node| within(node, active)).collect();
                    inside.sort_by_key(|node| node.lists().into_iter().min());
                    if inside.len() < 2 { inside.pop() } else { Some(Node::Alliance(inside)) }
                }
            }
        }
        let mut nodes: Vec<Node> = self.law.alliances.iter().filter_map(|node| within(node, active)).collect();
        let allied: Vec<usize> = nodes.iter().flat_map(Node::lists).collect();
        nodes.extend(active.iter().filter(|at| !allied.contains(at)).map(|&at| Node::List(at)));
        nodes.sort_by_key(|node| node.lists().into_iter().min());
        nodes
    }

    fn entrant(&self, node: &Node) -> Result<Entrant, String> {
        let lists = node.lists();
        let mut entrant = Entrant {
            votes: lists.iter().map(|&at| self.first[at]).sum(),
            claim: Fraction::whole(0),
            whole: lists.iter().map(|&at| self.counted[at]).sum(),
            held: 0,
            lower: 0,
            upper: Some(0),
            floor: 0,
            cap: Some(0),
            lists: lists.clone(),
        };
        for at in lists {
            let list = self.law.lists[at];
            let (weight, minimum) = match (self.standings[at], self.law.second) {
                (Standing::Second, Some((tenths, minimum))) => (Fraction(tenths.into(), 10), minimum),
                _ => (Fraction::whole(1), 0),
            };
            if list.maximum.is_some_and(|maximum| maximum < minimum) {
                return Err("a second list's minimum above its maximum".into());
            }
            let beside = list.held + self.bonus.filter(|bonus| bonus.0 == at).map_or(0, |bonus| bonus.1);
            entrant.claim = entrant.claim.plus(weight.times(Fraction::whole(self.counted[at].into())));
            entrant.held += list.held;
            entrant.lower += list.minimum.saturating_sub(beside);
            let upper = list.maximum.map(|maximum| maximum.saturating_sub(beside));
            entrant.upper = entrant.upper.zip(upper).map(|(a, b)| a + b);
            entrant.floor += minimum.saturating_sub(list.held);
            let cap = self.cap(at).map(|cap| cap.saturating_sub(beside));
            entrant.cap = entrant.cap.zip(cap).map(|(a, b)| a + b);
        }
        Ok(entrant)
    }

    /// The most seats of a list by its share of what is counted.
    fn cap(&self, at: usize) -> Option<u64> {
        let (points, most) = self.law.cap?;
        let whole: u64 = self.counted.iter().sum();
        let share = (self.counted[at] * 100 + points * whole) * self.law.seats / (whole * 100);
        Some(share.min(most.unwrap_or(u64::MAX)))
    }

    /// Seats for whoever has most votes, before the others.
    fn bonus(&self, nodes: &[Node], chooser: &mut Chooser) -> Result<Option<(usize, u64)>, String> {
        let Some((seats, from)) = self.law.bonus else { return Ok(None) };
        let entrants = nodes.iter().map(|node| self.entrant(node)).collect::<Result<Vec<_>, _>>()?;
        let Some(most) = entrants.iter().map(|entrant| entrant.votes).max() else { return Ok(None) };
        if most * 100 < from * self.law.valid() || seats == 0 {
            return Ok(None);
        }
        if seats > self.law.seats {
            return Err("a bonus above the house".into());
        }
        let equal: Vec<usize> = (0..entrants.len()).filter(|&at| entrants[at].votes == most).collect();
        let votes = |at: usize| Fraction::whole(entrants[at].votes.into());
        let winner = chooser.one_of(&preferred(&self.law.prefer, &equal, votes));
        let list = entrants[winner].lists[0];
        let upper = self.entrant(&Node::List(list))?.upper;
        let given = upper.map_or(seats, |upper| seats.min(upper));
        Ok(Some((list, given)).filter(|&(_, given)| given > 0))
    }

    /// Gives seats to nodes, and inside alliances on to their members.
    fn share(&mut self, nodes: &[Node], seats: u64, outer: bool, chooser: &mut Chooser) -> Result<(), String> {
        let given = self.among(nodes, seats, outer, chooser)?;
        for (node, seats) in nodes.iter().zip(given) {
            match node {
                Node::List(at) => self.given[*at] += seats,
                Node::Alliance(inside) => self.share(inside, seats, false, chooser)?,
            }
        }
        Ok(())
    }

    /// Once more without those below what they have at least, or above their cap.
    fn among(&mut self, nodes: &[Node], seats: u64, outer: bool, chooser: &mut Chooser) -> Result<Vec<u64>, String> {
        let entrants = nodes.iter().map(|node| self.entrant(node)).collect::<Result<Vec<_>, _>>()?;
        let mut active: Vec<usize> = (0..entrants.len()).collect();
        let mut given = vec![0; entrants.len()];
        let mut left = seats;
        loop {
            let competing: Vec<&Entrant> = active.iter().map(|&at| &entrants[at]).collect();
            let nobody = competing.iter().all(|entrant| entrant.claim == Fraction::whole(0) && entrant.lower == 0);
            let first = active.len() == entrants.len() && !competing.is_empty();
            let (round, vacant) = if left == 0 && nobody {
                (vec![0; competing.len()], 0)
            } else if !nobody || first {
                self.method(&competing, left, outer, chooser)?
            } else if self.law.vacancies {
                (vec![0; competing.len()], left)
            } else {
                return Err("seats are left".into());
            };
            if let Some(at) = (0..active.len()).find(|&at| round[at] < competing[at].floor) {
                let floor = competing[at].floor;
                left = left.checked_sub(floor).ok_or("minimums exceed the seats")?;
                given[active.remove(at)] = floor;
                continue;
            }
            let is_over = |at: usize| competing[at].cap.is_some_and(|cap| round[at] > cap);
            let over: Vec<usize> = (0..active.len()).filter(|&at| is_over(at)).collect();
            if over.is_empty() {
                for (&at, seats) in active.iter().zip(round) {
                    given[at] = seats;
                }
                self.vacant += vacant;
                return Ok(given);
            }
            for &at in &over {
                given[active[at]] = competing[at].cap.unwrap();
                left -= competing[at].cap.unwrap();
            }
            active = (0..active.len()).filter(|at| !over.contains(at)).map(|at| active[at]).collect();
        }
    }

    /// The method, then the absolute majority and the lists that ran out.
    fn method(
        &self,
        competing: &[&Entrant],
        seats: u64,
        outer: bool,
        chooser: &mut Chooser,
    ) -> Result<(Vec<u64>, u64), String> {
        let law = self.law;
        let own = law.inside.as_ref().filter(|_| !outer).unwrap_or(&law.steps);
        let weighed = self.standings.contains(&Standing::Second);
        // Weighing may leave more than one seat each.
        let remainders =
            own.len() == 2 && matches!(own[1].kind, super::law::Kind::Remainders) && own[1] == Step::new(own[1].kind);
        let steps: Vec<Step> = own
            .iter()
            .map(|step| if weighed && remainders { Step { each: u64::MAX, ..*step } } else { *step })
            .collect();
        let lower: Vec<u64> = competing.iter().map(|entrant| entrant.lower).collect();
        if lower.iter().sum::<u64>() > seats {
            return Err("minimums exceed the seats".into());
        }
        let here: u64 = competing.iter().map(|entrant| entrant.whole).sum();
        let base = if law.quota_of_valid && outer {
            law.valid().saturating_sub(self.counted.iter().sum::<u64>() - here)
        } else {
            here
        };
        let upper = |entrant: &&Entrant| match entrant.upper {
            _ if entrant.claim == Fraction::whole(0) => entrant.lower,
            Some(upper) if !law.reassign => upper,
            _ => u64::MAX,
        };
        let mut course = Course {
            steps: &steps,
            entrants: competing,
            seats,
            base,
            prefer: &law.prefer,
            smallest_remainders: law.smallest_remainders,
            vacancies: law.vacancies,
            upper: competing.iter().map(upper).collect(),
            had: lower,
            taken: vec![vec![0; competing.len()]; steps.len()],
            vacant: 0,
        };
        course.run(chooser)?;
        if law.majority && outer {
            self.majority(&mut course, chooser);
        }
        let beyond = |(had, entrant): (&u64, &&Entrant)| entrant.upper.is_some_and(|upper| *had > upper);
        if law.reassign && course.had.iter().zip(competing).any(beyond) {
            for (at, entrant) in competing.iter().enumerate() {
                if let Some(upper) = entrant.upper {
                    course.upper[at] = course.upper[at].min(upper);
                    course.had[at] = course.had[at].min(upper);
                }
            }
            course.run(chooser)?;
        }
        Ok((course.had, course.vacant))
    }

    /// Whoever has more than half of the votes, and not of the seats, takes one from the smallest claim.
    fn majority(&self, course: &mut Course<'_>, chooser: &mut Chooser) {
        let valid = self.law.valid();
        let Some(first) = course.entrants.iter().position(|entrant| 2 * entrant.votes > valid) else { return };
        if 2 * course.had[first] > course.seats || course.had[first] >= course.upper[first] {
            return;
        }
        let Some((step, mut losers)) = course.smallest_claims(first) else { return };
        // A tie-break says who keeps its seat.
        let votes = |at: usize| Fraction::whole(course.entrants[at].votes.into());
        while losers.len() > 1 {
            let kept = chooser.one_of(&preferred(&self.law.prefer, &losers, votes));
            losers.retain(|&at| at != kept);
        }
        course.had[losers[0]] -= 1;
        course.taken[step][losers[0]] -= 1;
        course.had[first] += 1;
    }
}
