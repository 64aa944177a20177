//! Why these seats: every decision of the law in its order, from the trace.
//!
//! A file explains one kind of record: who takes part, a contest by quota or by averages, corrections, what goes on between
//! tiers, where seats go, ties.

mod admission;
mod averages;
mod contest;
mod corrections;
mod matrix;
mod placed;
mod quotas;
mod race;
mod sections;
mod step;
mod text;
mod tiers;
mod ties;

use alloc::string::String;
use alloc::vec::Vec;

pub use averages::{AverageShare, Averages, Claim, Cut};
pub use quotas::{QuotaShare, Quotas};
pub(in crate::insight) use race::Race;
pub use step::Step;

use super::table::Table;
use crate::count::{PartyId, PlaceId};
use crate::outcome::Outcome;
use crate::rule::Rule;

/// How a law got to its outcome: who takes part, what each seat cost, who won the last one and who was next, tier by tier.
///
/// It prints for a terminal in 80 columns, or in as many as the format asks for (`{:120}`), and as
/// [Markdown](Self::to_markdown). Of many districts it shows a line each; [`at`](Self::at) tells one of them in full.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
/// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
/// let explanation = outcome.explain();
/// // 53, 24 and 23 over 15.2 are 3.49, 1.58 and 1.51, rounded 3, 2 and 2.
/// assert!(explanation.to_string().contains("The last seat goes to C, its 2nd, with 7.66."));
/// assert!(explanation.to_string().contains("for example 15.2"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    outcome: &'a Outcome,
    place: Option<PlaceId>,
    law: Option<&'a Rule>,
    sources: Vec<String>,
}

impl Outcome {
    /// Why these seats: what the law decided, step by step.
    #[must_use]
    pub const fn explain(&self) -> Explanation<'_> {
        Explanation { outcome: self, place: None, law: None, sources: Vec::new() }
    }
}

impl<'a> Explanation<'a> {
    /// What happened in one region or district; `None` if there is none of this name.
    #[must_use]
    pub fn at(&self, place: &str) -> Option<Self> {
        let index = self.outcome.places().iter().position(|known| known.name() == place)?;
        Some(Self { place: Some(PlaceId::at(index + 1)), ..self.clone() })
    }

    /// Begins with the law in its own words.
    #[must_use]
    pub fn with_law(self, law: &'a Rule) -> Self {
        Self { law: Some(law), ..self }
    }

    /// Cites where the law is written down.
    #[must_use]
    pub fn with_sources<S: Into<String>>(self, sources: impl IntoIterator<Item = S>) -> Self {
        Self { sources: sources.into_iter().map(Into::into).collect(), ..self }
    }

    /// The outcome that is explained.
    #[must_use]
    pub const fn outcome(&self) -> &'a Outcome {
        self.outcome
    }

    /// Every decision, in the order of the law.
    pub fn steps(&self) -> impl Iterator<Item = Step<'a>> + use<'a> {
        let (outcome, place) = (self.outcome, self.place);
        let records = outcome.trace().records();
        let steps = (0..records.len()).map(move |at| Step::new(outcome, at, place));
        steps.filter(move |step| place.is_none_or(|place| step.is_about(place)))
    }

    /// The tables, in the order in which they print.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let parts = self.sections().into_iter().flat_map(|section| section.parts);
        parts.filter_map(|(_, part)| if let Part::Table(table) = part { Some(table) } else { None }).collect()
    }
}

/// A piece of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Sentences, folded as one paragraph.
    Text(String),
    /// Lines that stay apart.
    Lines(Vec<String>),
    Table(Table),
}

impl Part {
    const fn text(text: String) -> Self {
        Self::Text(text)
    }
}

/// What parties and places are called.
#[derive(Clone, Copy, Debug)]
struct Names<'a> {
    outcome: &'a Outcome,
}

impl Names<'_> {
    fn party(&self, party: PartyId) -> String {
        self.outcome.parties().get(party.index()).map(|party| party.name().into()).unwrap_or_default()
    }

    /// A list, or the lists of an alliance.
    fn parties(&self, parties: &[PartyId]) -> String {
        parties.iter().map(|&party| self.party(party)).collect::<Vec<_>>().join(" + ")
    }

    /// A region or district; none for the nation.
    fn place(&self, place: PlaceId) -> Option<String> {
        let place = self.outcome.places().get(place.index().checked_sub(1)?)?;
        Some(place.name().into())
    }
}
