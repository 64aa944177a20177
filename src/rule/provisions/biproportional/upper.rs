//! Upper apportionment: the house to parties, by their voters in all districts.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::Biproportional;
use super::cells::Cells;
use crate::allocation::Allocation;
use crate::error::Error;
use crate::method::exact::{ExactContest, Weights};
use crate::method::matrix::{self, PrintedDivisor};
use crate::method::{AllocationMethod, Excess};
use crate::rule::method::Method;
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{ContestRecord, Entry, Numbers, Record, Settlement};

/// What the seats of an upper apportionment are, in words.
const ABOUT: &str = "the seats of parties in all districts";

/// The seats that the law gives each party itself.
pub(super) fn given(session: &Session<'_>, given: &BTreeMap<String, u64>, cells: &Cells) -> Result<Vec<u64>, Error> {
    let stands = |name: &&String| session.figures.party_named(name).is_some_and(|party| cells.parties.contains(&party));
    if let Some(name) = given.keys().find(|name| !stands(name)) {
        return Err(Error::UnknownParty { name: name.clone(), place: "party_seats" });
    }
    let seats = cells.parties.iter().map(|&party| given.get(session.figures.name(party)).copied().unwrap_or(0));
    let seats: Vec<u64> = seats.collect();
    let sum = |seats: &[u64]| seats.iter().map(|&seats| u128::from(seats)).sum::<u128>();
    let (party_seats, district_seats) = (sum(&seats), sum(&cells.district_seats));
    match party_seats == district_seats {
        true => Ok(seats),
        false => Err(Error::LineSumsDiffer { party_seats, district_seats }),
    }
}

/// The seats of every party by its voters; where a tie is left open, it is booked with the certain seats. Whoever asks for the
/// seats of every place has to say how it ends.
pub(super) fn apply(
    session: &mut Session<'_>,
    law: &Biproportional,
    cells: &Cells,
    house: u64,
) -> Result<Allocation, Halt> {
    if house == 0 {
        return Ok(Allocation::new(alloc::vec![0; cells.parties.len()]));
    }
    let voters = law.voters.numbers(&cells.votes, &cells.district_seats)?;
    if voters.numerators().iter().all(|voters| *voters == BigUint::ZERO) {
        return Err(Error::NoVotes { seats: house }.into());
    }
    let weights = Weights::new(voters.numerators().to_vec(), voters.denominator().clone())?;
    let method = AllocationMethod::HighestAverages(law.upper_divisors().clone());
    let entries = entries(session, cells);
    let mut contest = ExactContest::new(&weights, house);
    contest.minimums = entries.iter().map(|entry| entry.minimum).collect();
    contest.maximums = entries.iter().map(|entry| entry.maximum).collect();
    let mut allocation = method.allocate_exact(&contest)?;

    let candidates: Vec<Vec<_>> = cells.parties.iter().map(|&party| alloc::vec![party]).collect();
    let (chain, mut spent) = session.chain(cells.place, &candidates);
    let before = spent.clone();
    let used = allocation.settle_once(&weights.ranks(), &chain, &mut spent);
    session.spend(&before, &spent);
    let named = |positions: &[usize]| positions.iter().map(|&at| cells.parties[at]).collect::<Vec<_>>();
    let settled = used.iter().map(|one| Settlement {
        by: session.tier().tie_break[one.by].clone(),
        winners: named(&one.winners),
        among: named(&one.among),
    });
    let settled: Vec<Settlement> = settled.collect();
    let (certain, tie) = (allocation.certain().to_vec(), allocation.tie().cloned());
    session.trace.push(Record::Contest(ContestRecord {
        tier: session.tier,
        place: cells.place,
        about: ABOUT,
        method: Method::Allocation(method),
        seats: house,
        entries,
        numbers: Numbers::Weights(weights),
        quota_base: None,
        excess: Excess::Error,
        certain: certain.clone(),
        tie: tie.clone(),
        settled,
        vacant: 0,
        stages: Vec::new(),
        passing: Vec::new(),
    }));
    let Some(tie) = tie else { return Ok(allocation) };
    if session.asks_for_places {
        let mut seats = certain;
        for winner in session.ask(session.choice(cells.place, ABOUT, named(tie.parties()), tie.seats()))? {
            seats[tie.parties()[winner]] += 1;
        }
        return Ok(Allocation::new(seats));
    }
    let seats = cells.parties.iter().zip(&certain).map(|(&party, &seats)| (party, i128::from(seats)));
    session.book(cells.place, seats.collect())?;
    session.book_tie(cells.place, named(tie.parties()), tie.seats())?;
    Ok(allocation)
}

/// The parties as they compete, with the bounds that the count gives them in the whole.
fn entries(session: &Session<'_>, cells: &Cells) -> Vec<Entry> {
    let spot = session.figures.spot(cells.place);
    let own = spot.place.map(|place| &place.tally);
    let entry = |&party: &_| {
        let bounds = own.and_then(|tally| Some(&tally.parties()[tally.place_of(session.figures.name(party))?]));
        Entry {
            parties: alloc::vec![party],
            votes: spot.votes_of(party),
            held: 0,
            minimum: bounds.map_or(0, crate::Party::minimum),
            maximum: bounds.and_then(crate::Party::maximum),
        }
    };
    cells.parties.iter().map(entry).collect()
}

/// The record of an upper apportionment: a contest by voters.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::{Biproportional, Record};
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 30), ("B", 70)])?).with_seats(2),
/// ])?;
/// let outcome = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 5).apply(&count)?;
/// let upper = outcome.trace().records().iter().find_map(Record::as_upper).expect("parties got the house by voters");
/// assert_eq!((upper.voters(0), upper.voters(1)), ("90".to_string(), "110".to_string()));
/// // Over 40 they are 2.25 and 2.75.
/// assert_eq!(upper.key().map(|key| key.to_string()).as_deref(), Some("40"));
/// assert_eq!(upper.contest().certain, [2, 3]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Upper<'r> {
    contest: &'r ContestRecord,
}

impl Record {
    /// The record as that of an upper apportionment of a biproportional law, if it is one.
    #[must_use]
    pub fn as_upper(&self) -> Option<Upper<'_>> {
        match self {
            Self::Contest(contest) if contest.about == ABOUT => Some(Upper { contest }),
            _ => None,
        }
    }
}

impl<'r> Upper<'r> {
    /// The question put to the divisors, and their answer.
    #[must_use]
    pub const fn contest(&self) -> &'r ContestRecord {
        self.contest
    }

    /// The voters of an entry: a whole number, or a ratio in lowest terms.
    #[must_use]
    pub fn voters(&self, entry: usize) -> String {
        exact(self.contest, entry).map_or_else(String::new, |voters| voters.to_string())
    }

    /// The key (*Wahlschlüssel*): the shortest number by which every party's voters round to its seats, or the one number
    /// where a tie is open. None where there is no such number: a party without a seat though the first divisor is 0.
    #[must_use]
    pub fn key(&self) -> Option<PrintedDivisor> {
        let AllocationMethod::HighestAverages(divisors) = self.contest.method.allocation()? else { return None };
        let mut lines = Vec::with_capacity(self.contest.entries.len());
        for (at, entry) in self.contest.entries.iter().enumerate() {
            lines.push(matrix::KeyLine {
                weight: exact(self.contest, at)?,
                seats: self.contest.certain[at],
                tied: self.contest.tie.as_ref().is_some_and(|tie| tie.parties().contains(&at)),
                minimum: entry.minimum,
                maximum: entry.maximum,
            });
        }
        matrix::key(divisors, &lines)
    }
}

fn exact(contest: &ContestRecord, entry: usize) -> Option<num_rational::Ratio<BigUint>> {
    let Numbers::Weights(weights) = &contest.numbers else { return None };
    Some(num_rational::Ratio::new(weights.numerators().get(entry)?.clone(), weights.denominator().clone()))
}
