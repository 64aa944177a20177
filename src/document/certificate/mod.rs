//! Certificates: what proves an answer, for programs that share no code with this one.
//!
//! Every record of the [trace](crate::rule::Trace) in a written form, a file a kind, with the votes that were used and what
//! each tier booked where. `docs/certificate.md` describes the form; `checker/` holds one against a document and an answer.

mod admission;
mod contest;
mod corrections;
mod count;
mod figure;
mod house;
mod matrix;
mod names;
mod placed;
mod settled;
mod sizes;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use self::figure::Figure;
use self::names::Names;
use super::Election;
use crate::count::{CountRef, Figures};
use crate::error::Error;
use crate::outcome::{Outcome, Way};
use crate::rule::Record;

/// The form that is written.
const FORM: u32 = 1;

/// What proves an [`Answer`](super::Answer), as other programs read it.
///
/// It holds the votes that were used, every decision of the law with the numbers it was made by, and what each tier booked
/// where. Numbers above 2^53 are texts of digits, ratios are texts such as "5621436/83": nothing is rounded by a reader of
/// JSON. `docs/certificate.md` describes it, and `checker/` is a program of its own that checks it.
///
/// # Examples
/// ```
/// use apportion::document::Certificate;
/// use apportion::{AllocationMethod, Election, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 30), ("C", 17)])?;
/// let election = Election::new(Rule::new(AllocationMethod::D_HONDT, 5), tally);
/// let certificate = election.certificate_of(&election.outcome()?)?;
/// let json = serde_json::to_string(&certificate)?;
/// assert!(json.contains(r#""last_served":{"parties":["C"],"seat":1,"divisor":"1"}"#));
/// assert!(json.contains(r#""first_refused":{"parties":["B"],"seat":2,"divisor":"2"}"#));
/// assert_eq!(serde_json::from_str::<Certificate>(&json)?, certificate);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    form: u32,
    count: Vec<count::Counted>,
    course: Course,
    /// The courses of the law's ways, in the answer's order; none where the law has no answer there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ways: Vec<Option<Course>>,
    /// Where the law ends alike however the ties go that it asked about: the courses of the other ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alike: Vec<Course>,
}

/// One course of a law: what was decided, in order, and what was booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Course {
    records: Vec<Proof>,
    bookings: Vec<Booking>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Proof {
    Direct(corrections::Direct),
    Sizes(sizes::Sizes),
    Admission(admission::Admission),
    Fragments(corrections::Fragments),
    Bonus(corrections::Bonus),
    Contest(Box<contest::Contest>),
    Capped(corrections::Over),
    Floor(corrections::Floor),
    Majority(corrections::Majority),
    Exhausted(corrections::Over),
    Partial(house::Partial),
    TopUp(house::TopUp),
    Levelled(house::Levelled),
    Returned(house::Returned),
    Linked(house::Linked),
    Placed(placed::Placed),
    Settled(settled::Settled),
    Matrix(matrix::Matrix),
    Chosen(corrections::Chosen),
}

/// What a tier gave at a place in the end; below zero for what it took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Booking {
    tier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    seats: BTreeMap<String, Figure>,
}

impl Election {
    /// What proves an outcome of this election: its records in a form that other programs can check.
    ///
    /// # Errors
    /// Those of [`Rule::apply`](crate::Rule::apply) for a count that no outcome comes from: a party with other bounds in
    /// another place ([`Error::PartyDiffers`]), or more than 2^64 - 1 votes of one ([`Error::TooManyVotes`]).
    pub fn certificate_of(&self, outcome: &Outcome) -> Result<Certificate, Error> {
        let figures = Figures::new(CountRef::from(&self.count))?;
        let names = Names { rule: &self.rule, figures: &figures };
        let way = |way: &Way| way.outcome().ok().map(|outcome| Course::of(outcome, names));
        Ok(Certificate {
            form: FORM,
            count: count::all(names),
            course: Course::of(outcome, names),
            ways: outcome.ways().iter().map(way).collect(),
            alike: outcome.alike().iter().filter_map(way).collect(),
        })
    }
}

impl Course {
    fn of(outcome: &Outcome, names: Names<'_>) -> Self {
        let mut bookings = Vec::new();
        for tier in outcome.tiers() {
            for (place, seats) in tier.places() {
                let seats = seats.iter().map(|(party, seats)| (party.clone(), Figure::from(*seats)));
                let place = Some(place.clone()).filter(|place| !place.is_empty());
                bookings.push(Booking { tier: tier.name().into(), place, seats: seats.collect() });
            }
        }
        Self { records: outcome.trace().records().iter().map(|record| Proof::of(record, names)).collect(), bookings }
    }
}

impl Proof {
    fn of(record: &Record, names: Names<'_>) -> Self {
        use corrections::{Bonus, Chosen, Direct, Floor, Fragments, Majority, Over};
        use house::{Levelled, Linked, Partial, Returned, TopUp};

        match record {
            Record::Direct(direct) => Self::Direct(Direct::of(direct, names)),
            Record::Sizes(sizes) => Self::Sizes(sizes::Sizes::of(sizes, names)),
            Record::Admission(admission) => Self::Admission(admission::Admission::of(admission, names)),
            Record::Fragments(fragments) => Self::Fragments(Fragments::of(fragments, names)),
            Record::Bonus(bonus) => Self::Bonus(Bonus::of(bonus, names)),
            Record::Contest(contest) => Self::Contest(Box::new(contest::Contest::of(contest, names))),
            Record::Capped(capped) => Self::Capped(Over::of_cap(capped, names)),
            Record::Floor(floor) => Self::Floor(Floor::of(floor, names)),
            Record::Majority(majority) => Self::Majority(Majority::of(majority, names)),
            Record::Exhausted(exhausted) => Self::Exhausted(Over::of_list(exhausted, names)),
            Record::Partial(partial) => Self::Partial(Partial::of(partial, names)),
            Record::TopUp(top_up) => Self::TopUp(TopUp::of(top_up, names)),
            Record::Levelled(levelled) => Self::Levelled(Levelled::of(levelled, names)),
            Record::Returned(returned) => Self::Returned(Returned::of(returned, names)),
            Record::Linked(linked) => Self::Linked(Linked::of(linked, names)),
            Record::Placed(placed) => Self::Placed(placed::Placed::of(placed, names)),
            Record::Settled(settled) => Self::Settled(settled::Settled::of(settled, names)),
            Record::Matrix(matrix) => Self::Matrix(matrix::Matrix::of(matrix, names)),
            Record::Chosen(chosen) => Self::Chosen(Chosen::of(chosen, names)),
        }
    }
}
