//! Laws of districts and of two tiers, in a second reading: district by district, then the nation, seat by seat.

use std::collections::BTreeSet;

use apportion::rule::{Levelling, Overhang, Seats, Votes};
use apportion::{
    AllocationMethod, Count, Divisors, Level, NamedChoice, Outcome, Place, Quota, Ratio, Rule, Stage, Tally, Threshold,
    Tier,
};

use crate::Tried;
use crate::chooser::{self, Chooser};
use crate::elections::{MOST, lists, votes_in_two};
use crate::ends::{End, Ends};
use crate::fraction::Fraction;
use crate::law::{Divisor, NAMES, Step};
use crate::laws::{averages, hare};
use crate::stages::{Course, Entrant};

/// How a method is called here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    DHondt,
    SainteLague,
    Hare,
}

impl By {
    fn steps(self) -> Vec<Step> {
        match self {
            Self::DHondt => averages(Divisor::DHondt),
            Self::SainteLague => averages(Divisor::SainteLague),
            Self::Hare => hare(),
        }
    }

    fn method(self) -> AllocationMethod {
        match self {
            Self::DHondt => AllocationMethod::HighestAverages(Divisors::D_HONDT),
            Self::SainteLague => AllocationMethod::HighestAverages(Divisors::SAINTE_LAGUE),
            Self::Hare => AllocationMethod::HARE,
        }
    }
}

/// What the seats held do to the second tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Second {
    None,
    Parallel,
    Continue,
    /// The districts give whole quotas alone; unused votes and seats that are left go on.
    Unused,
    /// A house, what becomes of overhang, and whether seats of those who take no part stay in the house.
    TopUp(Over, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Error,
    Keep,
    Exclude,
    ExcludeMet,
    Level,
}

/// A law of two tiers, and an election under it.
#[derive(Clone, Debug)]
struct Law {
    districts: By,
    second: Second,
    nation: By,
    /// What a party must have of the nation's votes to take part in the second tier, in hundredths.
    bar: Option<u64>,
    votes: [Vec<u64>; 2],
    seats: [u64; 2],
    /// The seats of the second tier; all of the house in a top-up.
    more: u64,
}

/// Seats by a method to those with claims, beside what they hold; with whole quotas alone what is left stays so.
fn share(
    steps: &[Step],
    claims: &[Fraction],
    held: &[u64],
    seats: u64,
    partial: bool,
    chooser: &mut Chooser,
) -> Result<Vec<u64>, String> {
    let entrant = |at: usize| Entrant {
        lists: vec![at],
        votes: 0,
        claim: claims[at],
        whole: u64::try_from(claims[at].floor()).unwrap(),
        held: held[at],
        lower: 0,
        upper: None,
        floor: 0,
        cap: None,
    };
    let entrants: Vec<Entrant> = (0..claims.len()).map(entrant).collect();
    if seats == 0 {
        return Ok(vec![0; claims.len()]);
    }
    if claims.iter().all(|claim| claim.0 == 0) {
        return if partial { Ok(vec![0; claims.len()]) } else { Err("no votes".into()) };
    }
    let references: Vec<&Entrant> = entrants.iter().collect();
    let mut course = Course {
        steps,
        entrants: &references,
        seats,
        base: entrants.iter().map(|entrant| entrant.whole).sum(),
        prefer: &[],
        smallest_remainders: false,
        vacancies: false,
        upper: claims.iter().map(|claim| if claim.0 > 0 { u64::MAX } else { 0 }).collect(),
        had: vec![0; claims.len()],
        taken: vec![vec![0; claims.len()]; steps.len()],
        vacant: 0,
    };
    match course.run(chooser) {
        Err(error) if !(partial && error == "seats are left") => Err(error),
        _ => Ok(course.had),
    }
}

fn whole(votes: &[u64]) -> Vec<Fraction> {
    votes.iter().map(|&votes| Fraction::whole(votes.into())).collect()
}

impl Law {
    fn parties(&self) -> usize {
        self.votes[0].len()
    }

    fn national(&self) -> Vec<u64> {
        (0..self.parties()).map(|at| self.votes[0][at] + self.votes[1][at]).collect()
    }

    /// One course of the law: seats of the nation, of the first district, of the second.
    fn run(&self, chooser: &mut Chooser) -> Result<End, String> {
        let none = vec![0; self.parties()];
        let partial = self.second == Second::Unused;
        let steps = if partial { vec![self.districts.steps()[0]] } else { self.districts.steps() };
        let mut won = Vec::new();
        for (votes, &seats) in self.votes.iter().zip(&self.seats) {
            won.push(share(&steps, &whole(votes), &none, seats, partial, chooser)?);
        }
        let held: Vec<u64> = (0..self.parties()).map(|at| won[0][at] + won[1][at]).collect();
        let more = match self.second {
            Second::None => none,
            Second::Parallel => share(&self.nation.steps(), &self.claims(), &none, self.more, false, chooser)?,
            Second::Continue => share(&self.nation.steps(), &self.claims(), &held, self.more, false, chooser)?,
            Second::Unused => {
                let left = self.seats.iter().sum::<u64>() - held.iter().sum::<u64>();
                // The threshold looks at all votes.
                let passes = |at: usize| self.claims()[at].0 > 0;
                let unused = self.unused(&won).into_iter().enumerate();
                let claims = unused.map(|(at, votes)| if passes(at) { votes } else { Fraction::whole(0) });
                share(&self.nation.steps(), &claims.collect::<Vec<_>>(), &none, left, false, chooser)?
            }
            Second::TopUp(over, keep) => self.top_up(over, keep, &held, chooser)?,
        };
        let nation = held.iter().zip(more).map(|(held, more)| held + more).collect::<Vec<u64>>();
        Ok(([nation, won[0].clone(), won[1].clone()].concat(), 0))
    }

    /// National votes of those who reach the threshold.
    fn claims(&self) -> Vec<Fraction> {
        let votes = self.national();
        let all: u64 = votes.iter().sum();
        let passes = |votes: u64| self.bar.is_none_or(|bar| votes * 100 >= bar * all);
        whole(&votes.iter().map(|&votes| if passes(votes) { votes } else { 0 }).collect::<Vec<_>>())
    }

    /// Votes that bought no seat in a district, summed over both.
    fn unused(&self, won: &[Vec<u64>]) -> Vec<Fraction> {
        let of = |at: usize| {
            let in_district = |district: usize| {
                let votes = Fraction::whole(self.votes[district][at].into());
                if self.seats[district] == 0 {
                    // Without seats there is no quota, and so nothing that it leaves unused.
                    return Fraction::whole(0);
                }
                let all: u64 = self.votes[district].iter().sum();
                let quota = Fraction(all.into(), self.seats[district].into());
                votes.minus(quota.times(Fraction::whole(won[district][at].into())))
            };
            in_district(0).plus(in_district(1))
        };
        (0..self.parties()).map(of).collect()
    }

    /// What each lacks of its part of the house.
    fn top_up(&self, over: Over, keep: bool, held: &[u64], chooser: &mut Chooser) -> Result<Vec<u64>, String> {
        let claims = self.claims();
        let mut active: Vec<usize> = (0..held.len()).filter(|&at| claims[at].0 > 0).collect();
        let outside: u64 = (0..held.len()).filter(|at| !active.contains(at)).map(|at| held[at]).sum();
        let mut house =
            if keep { self.more } else { self.more.checked_sub(outside).ok_or("the house is too small")? };
        loop {
            if active.is_empty() {
                return if house > 0 { Err("no votes".into()) } else { Ok(vec![0; held.len()]) };
            }
            if over == Over::Level {
                house = self.levelled(&active, house, held);
            }
            let here: Vec<Fraction> =
                (0..held.len()).map(|at| if active.contains(&at) { claims[at] } else { Fraction::whole(0) }).collect();
            let target = share(&self.nation.steps(), &here, &vec![0; held.len()], house, false, chooser)?;
            let leaves = |&at: &usize| {
                held[at] > target[at] || over == Over::ExcludeMet && held[at] == target[at] && held[at] > 0
            };
            let leaving: Vec<usize> = active.iter().copied().filter(leaves).collect();
            if over == Over::Error && !leaving.is_empty() {
                return Err("more than the target".into());
            }
            if leaving.is_empty() || matches!(over, Over::Keep | Over::Level) {
                let lacks = |at: usize| if active.contains(&at) { target[at].saturating_sub(held[at]) } else { 0 };
                return Ok((0..held.len()).map(lacks).collect());
            }
            let gone: u64 = leaving.iter().map(|&at| held[at]).sum();
            house = house.checked_sub(gone).ok_or("the house is too small")?;
            active.retain(|at| !leaving.contains(at));
        }
    }

    /// The smallest house from `house` on in which nobody holds more than its part, however a tie ends.
    fn levelled(&self, active: &[usize], house: u64, held: &[u64]) -> u64 {
        let claims = self.claims();
        let of = |at: usize, seats: u64| match self.nation {
            By::DHondt => claims[at].over(Fraction::whole(i128::from(seats) + 1)),
            _ => claims[at].over(Fraction::whole(2 * i128::from(seats) + 1)),
        };
        // A party has its seats in a house of as many as there are claims that are not below the one for its last.
        let needs = active.iter().filter(|&&at| held[at] > 0).map(|&at| {
            let last = of(at, held[at] - 1);
            active.iter().map(|&other| (0..100).take_while(|&seat| of(other, seat) >= last).count() as u64).sum::<u64>()
        });
        let enough = needs.max().unwrap_or(0);
        // In the house itself a tie may end well.
        house.max(enough)
    }

    /// The same law for the library.
    fn rule(&self) -> Rule {
        let mut first = Tier::new(self.districts.method());
        if self.second == Second::Unused {
            first = Tier::new(AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE)])).partial();
        }
        let method = self.nation.method();
        let mut second = match self.second {
            Second::None => return Rule::new(self.districts.method(), self.seats.iter().sum()),
            Second::Parallel => Tier::new(method).seats(Seats::Fixed(self.more)),
            Second::Continue => Tier::continued(method, self.more),
            Second::Unused => Tier::new(method).seats(Seats::Left).votes(Votes::Unused),
            Second::TopUp(over, keep) => {
                let tier = Tier::top_up(method, self.more).overhang(match over {
                    Over::Error => Overhang::Error,
                    Over::Keep => Overhang::Keep,
                    Over::Exclude => Overhang::Exclude,
                    Over::ExcludeMet => Overhang::ExcludeMet,
                    Over::Level => Overhang::Level(Levelling::new()),
                });
                if keep { tier.keep_outsiders() } else { tier }
            }
        };
        if let Some(bar) = self.bar {
            second = second.threshold(Threshold::share(Ratio::new(bar, 100).unwrap()));
        }
        Rule::of_tiers([first.at(Level::District), second.at(Level::Nation)])
    }

    fn count(&self) -> Count {
        let place = |at: usize| {
            let tally = Tally::from_votes(NAMES.into_iter().zip(self.votes[at].iter().copied())).unwrap();
            Place::district(["North", "South"][at], tally).with_seats(self.seats[at])
        };
        Count::of_places([place(0), place(1)]).unwrap()
    }
}

/// Seats of the nation and of both districts, for every end of the open ties of an outcome in which the districts' ties go
/// as these choices of the law have it: who wins in all of them together.
fn ends_of_ties(outcome: &Outcome, choices: &[NamedChoice]) -> BTreeSet<End> {
    let parties = outcome.parties().len();
    let names: Vec<&str> = outcome.parties().iter().map(|party| party.name()).collect();
    let mut certain: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
    for place in outcome.places() {
        certain.extend(names.iter().map(|name| place.certain(name).unwrap_or(0)));
    }
    // Seats, and who won them in districts.
    let mut all = vec![(certain, Vec::new())];
    for tie in outcome.ties() {
        let place =
            tie.place().map(|place| 1 + outcome.places().iter().position(|other| other.name() == place).unwrap());
        let tied: Vec<usize> =
            tie.parties().iter().map(|name| names.iter().position(|other| other == name).unwrap()).collect();
        let winners = (0_u32..1 << tied.len()).filter(|choice| u64::from(choice.count_ones()) == tie.seats());
        let winners: Vec<Vec<usize>> = winners
            .map(|choice| (0..tied.len()).filter(|bit| choice >> bit & 1 == 1).map(|bit| tied[bit]).collect())
            .collect();
        let one_way = |(seats, won): &(Vec<u64>, Vec<usize>), winners: &Vec<usize>| {
            let (mut seats, mut won) = (seats.clone(), won.clone());
            for &party in winners {
                seats[party] += 1;
                if let Some(place) = place {
                    seats[place * parties + party] += 1;
                    won.push(party);
                }
            }
            (seats, won)
        };
        all = all
            .iter()
            .flat_map(|end| winners.iter().map(|winners| one_way(end, winners)).collect::<Vec<_>>())
            .collect();
    }
    let as_chosen = |won: &Vec<usize>| {
        let mut won: Vec<&str> = won.iter().map(|&party| names[party]).collect();
        won.sort_unstable();
        choices.iter().filter(|choice| choice.tier == "1" && !won.is_empty()).all(|choice| {
            let mut chosen: Vec<&str> = choice.parties.iter().map(String::as_str).collect();
            chosen.sort_unstable();
            chosen == won
        })
    };
    all.into_iter().filter(|(_, won)| as_chosen(won)).map(|(seats, _)| (seats, outcome.vacant())).collect()
}

/// Every end by the library.
fn ends_of(law: &Law) -> Ends {
    let Ok(outcome) = law.rule().apply(&law.count()) else {
        return Ends { answers: BTreeSet::new(), errors: true };
    };
    assert!(outcome.ways_complete(), "so few parties have few ways");
    if outcome.ways().is_empty() {
        return Ends { answers: ends_of_ties(&outcome, &[]), errors: false };
    }
    let mut ends = Ends { answers: BTreeSet::new(), errors: false };
    for way in outcome.ways() {
        match way.outcome() {
            Ok(end) => ends.answers.append(&mut ends_of_ties(end, way.choices())),
            Err(_) => ends.errors = true,
        }
    }
    ends
}

/// Holds laws against the reference on every election in two districts whose seats, and those of the second tier beside
/// them, are six at most in all.
fn hold(name: &str, laws: &[(By, Second, By, Option<u64>)], elections: u64) {
    let mut tried = Tried::default();
    for &(districts, second, nation, bar) in laws {
        for votes in votes_in_two() {
            let mut law = Law { districts, second, nation, bar, votes, seats: [0, 0], more: 0 };
            let houses = if matches!(second, Second::None | Second::Unused) { lists(2, MOST) } else { lists(3, MOST) };
            for house in houses {
                law.seats = [house[0], house[1]];
                law.more = house.get(2).copied().unwrap_or(0);
                if matches!(second, Second::TopUp(..)) {
                    // The house is all of it.
                    law.more += house[0] + house[1];
                }
                let expected = chooser::every_end(|chooser| law.run(chooser));
                tried.hold(&ends_of(&law), &expected, || format!("{law:?}"));
            }
        }
    }
    tried.conclude(name, elections);
}

/// The elections of one law: by the votes of two districts, and by the seats of both, or of both and a second tier.
const OF_DISTRICTS: u64 = 581 * 28;
const OF_TIERS: u64 = 581 * 84;

#[test]
fn districts_agree() {
    let laws = [By::DHondt, By::SainteLague, By::Hare].map(|by| (by, Second::None, by, None));
    hold("districts", &laws, 3 * OF_DISTRICTS);
}

#[test]
fn seats_beside_those_of_districts_agree() {
    let laws =
        [(By::DHondt, Second::Parallel, By::Hare, None), (By::Hare, Second::Parallel, By::SainteLague, Some(34))];
    hold("parallel tiers", &laws, 2 * OF_TIERS);
}

#[test]
fn divisors_that_go_on_agree() {
    let laws =
        [(By::DHondt, Second::Continue, By::DHondt, None), (By::Hare, Second::Continue, By::SainteLague, Some(34))];
    hold("continued divisors", &laws, 2 * OF_TIERS);
}

#[test]
fn unused_votes_agree() {
    let laws = [(By::Hare, Second::Unused, By::DHondt, None), (By::Hare, Second::Unused, By::SainteLague, Some(34))];
    hold("unused votes", &laws, 2 * OF_DISTRICTS);
}

#[test]
fn top_up_agrees() {
    let laws = [
        (By::DHondt, Second::TopUp(Over::Error, false), By::SainteLague, None),
        (By::DHondt, Second::TopUp(Over::Keep, false), By::Hare, None),
        (By::DHondt, Second::TopUp(Over::Keep, true), By::SainteLague, Some(34)),
    ];
    hold("top-up", &laws, 3 * OF_TIERS);
}

#[test]
fn overhang_that_leaves_agrees() {
    let laws = [
        (By::DHondt, Second::TopUp(Over::Exclude, false), By::SainteLague, None),
        (By::SainteLague, Second::TopUp(Over::ExcludeMet, false), By::DHondt, Some(34)),
    ];
    hold("overhang excluded", &laws, 2 * OF_TIERS);
}

#[test]
fn overhang_that_is_levelled_agrees() {
    let laws = [
        (By::DHondt, Second::TopUp(Over::Level, false), By::SainteLague, None),
        (By::Hare, Second::TopUp(Over::Level, false), By::DHondt, Some(25)),
    ];
    hold("overhang levelled", &laws, 2 * OF_TIERS);
}
