//! Laws as plain numbers, and the same laws for the library.

use apportion::rule::Exhaustion;
use apportion::{
    Alliance, AllocationMethod, Ballot, Base, Bonus, Cap, Count, Divisors, Excess, Majority, Member, Party, Quota,
    Ranking, Ratio, Rounding, Rule, Stage, Tally, Threshold, TieBreak,
};

use super::fraction::Fraction;

pub(crate) const NAMES: [&str; 5] = ["A", "B", "C", "D", "E"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Divisor {
    DHondt,
    SainteLague,
    Modified,
    Adams,
    Danish,
}

impl Divisor {
    /// The divisor after `seats` seats.
    pub(crate) fn after(self, seats: u64) -> Fraction {
        let s = i128::from(seats);
        match self {
            Self::DHondt => Fraction::whole(s + 1),
            Self::Modified if seats == 0 => Fraction(7, 5),
            Self::SainteLague | Self::Modified => Fraction::whole(2 * s + 1),
            Self::Adams => Fraction::whole(s),
            Self::Danish => Fraction::whole(3 * s + 1),
        }
    }

    fn divisors(self) -> Divisors {
        match self {
            Self::DHondt => Divisors::D_HONDT,
            Self::SainteLague => Divisors::SAINTE_LAGUE,
            Self::Modified => Divisors::modified_sainte_lague("7/5".parse().unwrap()).unwrap(),
            Self::Adams => Divisors::ADAMS,
            Self::Danish => Divisors::DANISH,
        }
    }
}

/// votes / (seats + added), rounded up to the next whole number above if `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    pub(crate) added: u64,
    pub(crate) next: bool,
}

impl Price {
    pub(crate) fn quota(self) -> Quota {
        let quota = [Quota::HARE, Quota::HAGENBACH_BISCHOFF, Quota::IMPERIALI][usize::try_from(self.added).unwrap()];
        if self.next { quota.rounded(Rounding::Next) } else { quota }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    WholeQuotas(Price),
    Remainders,
    Averages(Divisor),
    MostVotes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) kind: Kind,
    pub(crate) each: u64,
    pub(crate) total: u64,
    pub(crate) with_seats: u64,
}

impl Step {
    pub(crate) const fn new(kind: Kind) -> Self {
        let each = match kind {
            Kind::Remainders | Kind::MostVotes => 1,
            _ => u64::MAX,
        };
        Self { kind, each, total: u64::MAX, with_seats: 0 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prefer {
    Most,
    Fewest,
    ListOrder,
}

#[derive(Clone, Debug)]
pub(crate) enum Node {
    List(usize),
    Alliance(Vec<Node>),
}

impl Node {
    pub(crate) fn lists(&self) -> Vec<usize> {
        match self {
            Self::List(at) => vec![*at],
            Self::Alliance(nodes) => nodes.iter().flat_map(Self::lists).collect(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct List {
    pub(crate) votes: u64,
    pub(crate) minimum: u64,
    pub(crate) maximum: Option<u64>,
    pub(crate) held: u64,
}

/// A share of the valid votes, in hundredths, which must be reached or, if strict, exceeded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bar {
    pub(crate) percent: u64,
    pub(crate) strict: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Law {
    pub(crate) seats: u64,
    pub(crate) lists: Vec<List>,
    pub(crate) other: u64,
    /// Ranked ballots beside the votes: lists in order, and how many.
    pub(crate) ranked: Vec<(Vec<usize>, u64)>,
    pub(crate) steps: Vec<Step>,
    /// Another method inside alliances.
    pub(crate) inside: Option<Vec<Step>>,
    pub(crate) alliances: Vec<Node>,
    pub(crate) bar: Option<Bar>,
    pub(crate) at_least: usize,
    /// Tenths of their votes at which second lists count, and their fewest seats.
    pub(crate) second: Option<(u64, u64)>,
    /// Hundredths of the valid votes that the admitted must hold.
    pub(crate) admitted_share: Option<u64>,
    pub(crate) all_if_none: bool,
    /// Seats; from this many hundredths of the valid votes.
    pub(crate) bonus: Option<(u64, u64)>,
    /// Points in hundredths, and a number.
    pub(crate) cap: Option<(u64, Option<u64>)>,
    pub(crate) majority: bool,
    pub(crate) reassign: bool,
    pub(crate) vacancies: bool,
    pub(crate) smallest_remainders: bool,
    pub(crate) quota_of_valid: bool,
    pub(crate) spare: bool,
    pub(crate) prefer: Vec<Prefer>,
}

fn percent(hundredths: u64) -> Ratio {
    Ratio::new(hundredths, 100).unwrap()
}

fn method(steps: &[Step]) -> AllocationMethod {
    match steps {
        [Step { kind: Kind::Averages(divisor), .. }] => AllocationMethod::HighestAverages(divisor.divisors()),
        [
            Step { kind: Kind::WholeQuotas(price), .. },
            Step { kind: Kind::Remainders, each: 1, total: u64::MAX, with_seats: 0 },
        ] => AllocationMethod::LargestRemainder(price.quota()),
        _ => AllocationMethod::Stages(
            steps
                .iter()
                .map(|step| {
                    let mut stage = match step.kind {
                        Kind::WholeQuotas(price) => Stage::whole_quotas(price.quota()),
                        Kind::Remainders => Stage::largest_remainders(),
                        Kind::Averages(divisor) => Stage::highest_averages(divisor.divisors()),
                        Kind::MostVotes => Stage::most_votes(),
                    };
                    if step.each != Step::new(step.kind).each {
                        stage = stage.each(step.each);
                    }
                    if step.total != u64::MAX {
                        stage = stage.total(step.total);
                    }
                    if step.with_seats > 0 { stage.only_with_seats(step.with_seats) } else { stage }
                })
                .collect(),
        ),
    }
}

impl Law {
    /// The same law for the library.
    pub(crate) fn rule(&self) -> Rule {
        let mut rule = Rule::new(method(&self.steps), self.seats);
        if let Some(steps) = &self.inside {
            rule = rule.alliance_method(method(steps));
        }
        if let Some(bar) = self.bar {
            let threshold = Threshold::share(percent(bar.percent));
            rule = rule.threshold(if bar.strict { threshold.strict() } else { threshold });
        }
        rule = match self.second {
            Some((tenths, minimum)) => rule.second_list(self.at_least, Ratio::new(tenths, 10).unwrap(), minimum),
            None => rule.admit_at_least(self.at_least),
        };
        if let Some(share) = self.admitted_share {
            rule = rule.admitted_share(percent(share), Base::Valid);
        }
        if self.all_if_none {
            rule = rule.all_if_none_passes();
        }
        if let Some((seats, from)) = self.bonus {
            rule = rule.bonus(Bonus::new(seats).from(percent(from)));
        }
        if let Some((points, most)) = self.cap {
            let cap = Cap::new(percent(points));
            rule = rule.cap(most.map_or(cap.clone(), |most| cap.most(most)));
        }
        if self.majority {
            rule = rule.majority(Majority::new());
        }
        if self.reassign {
            rule = rule.exhaustion(Exhaustion::Reassign);
        }
        if self.vacancies {
            rule = rule.vacancies();
        }
        if self.smallest_remainders {
            rule = rule.excess(Excess::SmallestRemainders);
        }
        if self.quota_of_valid {
            rule = rule.quota_base(Base::Valid);
        }
        if self.spare {
            rule = rule.spare_votes();
        }
        let prefer = |prefer: &Prefer| match prefer {
            Prefer::Most => TieBreak::MostVotes,
            Prefer::Fewest => TieBreak::FewestVotes,
            Prefer::ListOrder => TieBreak::ListOrder,
        };
        rule.tie_break(self.prefer.iter().map(prefer).collect::<Vec<_>>())
    }

    /// What was counted, for the library.
    pub(crate) fn count(&self) -> Count {
        let party = |(name, list): (&&str, &List)| {
            let mut party = Party::new(*name).with_minimum(list.minimum).with_held(list.held);
            if let Some(maximum) = list.maximum {
                party = party.with_maximum(maximum);
            }
            (party, list.votes)
        };
        let mut tally = Tally::from_votes(NAMES.iter().zip(&self.lists).map(party)).unwrap().with_other(self.other);
        for (ranking, ballots) in &self.ranked {
            let names: Vec<&str> = ranking.iter().map(|&at| NAMES[at]).collect();
            tally.count(&Ballot::Ranked(Ranking::new(names).unwrap()), *ballots);
        }
        fn member(node: &Node) -> Member {
            match node {
                Node::List(at) => Member::from(NAMES[*at]),
                Node::Alliance(nodes) => Member::from(Alliance::new(nodes.iter().map(member))),
            }
        }
        let alliances = self.alliances.iter().map(|node| match node {
            Node::Alliance(nodes) => Alliance::new(nodes.iter().map(member)),
            Node::List(at) => Alliance::new([NAMES[*at]]),
        });
        Count::from(tally).with_alliances(alliances.collect::<Vec<_>>())
    }
}
