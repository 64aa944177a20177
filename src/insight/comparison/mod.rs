//! Laws side by side: one count under many laws, and many elections.

mod survey;
mod text;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

pub use survey::Survey;

use super::{IndexRange, Margin, Margins};
use crate::count::CountRef;
use crate::error::Error;
use crate::outcome::{Outcome, PartyOutcome};
use crate::rule::Rule;

/// One count under many laws: the seats, who is out, how proportional it is, how close it was.
///
/// The others are compared with the first. A law without an answer keeps its error, and the others theirs. It prints for a
/// terminal in 80 columns, or in as many as the format asks for (`{:120}`), and as [Markdown](Self::to_markdown); with the
/// feature `serde` it is written as a document.
///
/// # Examples
/// ```
/// use apportion::insight::Comparison;
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let laws = [("D'Hondt", AllocationMethod::D_HONDT), ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE)];
/// let comparison = Comparison::new(&tally, laws.map(|(name, method)| (name, Rule::new(method, 7))));
/// let [first, second] = comparison.laws() else { unreachable!() };
/// assert_eq!(first.outcome().map(|outcome| outcome.seats("A")), Ok(Some(4)));
/// assert_eq!(comparison.moved(second), Some(1));
/// assert!(comparison.to_string().contains("\nA         53  4  3\n"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    laws: Vec<ComparedLaw>,
}

/// What one of the laws makes of the count.
///
/// # Examples
/// ```
/// use apportion::insight::Comparison;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 43), ("C", 4)])?;
/// let today = Rule::new(AllocationMethod::SAINTE_LAGUE, 20);
/// let proposed = today.clone().threshold(Threshold::share("5%".parse()?));
/// let comparison = Comparison::new(&tally, [("today", today), ("proposed", proposed)]);
/// let [_, proposed] = comparison.laws() else { unreachable!() };
/// assert_eq!(proposed.name(), "proposed");
/// assert_eq!(proposed.outcome().map(|outcome| outcome.seats("C")), Ok(Some(0)));
/// assert_eq!(proposed.out().map(|party| party.name()).collect::<Vec<_>>(), ["C"]);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedLaw {
    name: String,
    answer: Result<Box<Answer>, Error>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    outcome: Outcome,
    indices: Result<IndexRange, Error>,
    /// The closest change, where it was asked for.
    closest: Option<Result<Option<Margin>, Error>>,
}

impl Comparison {
    /// A count under these laws, each with what it is called.
    pub fn new<'a, N: Into<String>>(count: impl Into<CountRef<'a>>, laws: impl IntoIterator<Item = (N, Rule)>) -> Self {
        Self::compare(count.into(), laws, false)
    }

    /// Likewise, with the closest change of the result under each law.
    pub fn with_margins<'a, N: Into<String>>(
        count: impl Into<CountRef<'a>>,
        laws: impl IntoIterator<Item = (N, Rule)>,
    ) -> Self {
        Self::compare(count.into(), laws, true)
    }

    fn compare<N: Into<String>>(count: CountRef<'_>, laws: impl IntoIterator<Item = (N, Rule)>, margins: bool) -> Self {
        let answer = |rule: &Rule| -> Result<Box<Answer>, Error> {
            let (outcome, closest) = if margins {
                let margins = Margins::new(rule, count)?;
                (margins.outcome().clone(), Some(margins.closest()))
            } else {
                (rule.apply(count)?, None)
            };
            Ok(Box::new(Answer { indices: IndexRange::of(&outcome), outcome, closest }))
        };
        let laws = laws.into_iter().map(|(name, rule)| ComparedLaw { name: name.into(), answer: answer(&rule) });
        Self { laws: laws.collect() }
    }

    /// The laws, in the order in which they were given.
    #[must_use]
    pub fn laws(&self) -> &[ComparedLaw] {
        &self.laws
    }

    /// The certain seats that one of these laws gives to others than the first law does; `None` where either has no answer.
    #[must_use]
    pub fn moved(&self, law: &ComparedLaw) -> Option<u64> {
        let first = self.laws.first()?.outcome().ok()?.parties();
        let other = law.outcome().ok()?.parties();
        let more = first.iter().zip(other).map(|(first, other)| other.certain().saturating_sub(first.certain()));
        Some(more.fold(0, u64::saturating_add))
    }

    /// The parties, as the first law that has an answer lists them.
    fn parties(&self) -> &[PartyOutcome] {
        self.laws.iter().find_map(|law| law.outcome().ok()).map_or(&[], Outcome::parties)
    }
}

impl ComparedLaw {
    /// What the law is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it makes of the count.
    ///
    /// # Errors
    /// Why it has no answer, as [`Rule::apply`] says it.
    pub fn outcome(&self) -> Result<&Outcome, &Error> {
        self.answer.as_ref().map(|answer| &answer.outcome)
    }

    /// How proportional it is, over all results of open ties.
    ///
    /// # Errors
    /// Why it has no answer, or why there are no indices: as [`IndexRange::of`].
    pub fn indices(&self) -> Result<&IndexRange, &Error> {
        self.answer.as_ref().and_then(|answer| answer.indices.as_ref())
    }

    /// The closest change of its result; `None` where nothing changes it, or where it was not asked for.
    ///
    /// # Errors
    /// Why it has no answer, or why its margins have none: as [`Margins::closest`].
    pub fn closest(&self) -> Result<Option<&Margin>, &Error> {
        let answer = self.answer.as_ref()?;
        match &answer.closest {
            Some(closest) => closest.as_ref().map(Option::as_ref),
            None => Ok(None),
        }
    }

    /// The parties that take no part.
    pub fn out(&self) -> impl Iterator<Item = &PartyOutcome> {
        let parties = self.outcome().map_or(&[][..], Outcome::parties);
        parties.iter().filter(|party| !party.is_admitted() && party.certain() == 0)
    }

    /// Whether the closest change was asked for.
    fn asked(&self) -> bool {
        self.answer.as_ref().is_ok_and(|answer| answer.closest.is_some())
    }

    /// A party's seats in a cell: "8", "3 or 4", "-" without one, "out" for one that takes no part.
    fn seats(&self, party: usize) -> String {
        let Ok(outcome) = self.outcome() else { return "none".into() };
        let Some(party) = outcome.parties().get(party) else { return String::new() };
        let most = outcome.possible(party.name()).unwrap_or(0).max(party.certain());
        let text = crate::num::text::grouped;
        match (party.certain(), most) {
            (0, 0) if !party.is_admitted() => "out".into(),
            (0, 0) => "-".into(),
            (certain, most) if certain == most => text(certain),
            (certain, most) if most == certain + 1 => alloc::format!("{} or {}", text(certain), text(most)),
            (certain, most) => alloc::format!("{} to {}", text(certain), text(most)),
        }
    }
}

#[cfg(feature = "serde")]
mod written {
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use serde::Serialize;

    use super::{ComparedLaw, Comparison, IndexRange};

    #[derive(Serialize)]
    struct Party<'c> {
        name: &'c str,
        votes: u64,
        seats: u64,
        /// Only where a tie is open.
        #[serde(skip_serializing_if = "Option::is_none")]
        most: Option<u64>,
        admitted: bool,
    }

    #[derive(Serialize)]
    struct Closest {
        votes: u64,
        proven: bool,
        text: String,
    }

    #[derive(Serialize)]
    struct Law<'c> {
        name: &'c str,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        seats: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved: Option<u64>,
        parties: Vec<Party<'c>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        indices: Option<&'c IndexRange>,
        #[serde(skip_serializing_if = "Option::is_none")]
        closest: Option<Closest>,
    }

    impl<'c> Law<'c> {
        fn of(comparison: &Comparison, law: &'c ComparedLaw) -> Self {
            let party = |party: &'c crate::PartyOutcome| {
                let most = law.outcome().ok().and_then(|outcome| outcome.possible(party.name()));
                Party {
                    name: party.name(),
                    votes: party.votes(),
                    seats: party.certain(),
                    most: most.filter(|&most| most > party.certain()),
                    admitted: party.is_admitted(),
                }
            };
            let outcome = law.outcome().ok();
            let closest = law.closest().ok().flatten();
            Self {
                name: law.name(),
                error: law.outcome().err().map(ToString::to_string),
                seats: outcome.map(crate::Outcome::total_seats),
                moved: comparison.moved(law),
                parties: outcome.map(|outcome| outcome.parties().iter().map(party).collect()).unwrap_or_default(),
                indices: law.indices().ok(),
                closest: closest.map(|margin| Closest {
                    votes: margin.votes(),
                    proven: margin.is_proven(),
                    text: margin.to_string(),
                }),
            }
        }
    }

    impl Serialize for Comparison {
        /// By law: its seats, parties, indices and closest change, or its error.
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::SerializeStruct;
            let laws: Vec<Law<'_>> = self.laws().iter().map(|law| Law::of(self, law)).collect();
            let mut written = serializer.serialize_struct("Comparison", 1)?;
            written.serialize_field("laws", &laws)?;
            written.end()
        }
    }
}
