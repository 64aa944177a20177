//! Warnings: what a law left open, or could not give.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Outcome;
use crate::count::{Base, Level};
use crate::num::letters::{alike, hides};
use crate::num::text::grouped;
use crate::tie::Tie;

/// Something that a reader of an [`Outcome`] should know before relying on its seats.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Tally, Warning};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let outcome = Rule::new(AllocationMethod::D_HONDT, 3).apply(&tally)?;
/// assert!(matches!(&outcome.warnings()[..], [Warning::OpenTie { district: None, .. }]));
/// assert_eq!(outcome.warnings()[0].to_string(), "open tie: 1 seat is tied among A, B");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Warning {
    /// Seats that the law leaves to a lot or to whoever decides ties.
    OpenTie {
        /// Who is tied, and for how many seats.
        tie: Tie<String>,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// Seats that nobody may take.
    Vacant {
        /// How many.
        seats: u64,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// A list that has as many seats as candidates and would have had more.
    Exhausted {
        /// The list.
        party: String,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// A list that would have had more seats than the cap allows.
    Capped {
        /// The list.
        party: String,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// A bonus that the winner's maximum cuts.
    BonusCut {
        /// The winner.
        party: String,
        /// The bonus by the law.
        bonus: u64,
        /// What the maximum lets it take.
        given: u64,
        /// Where, if there are several districts.
        district: Option<String>,
    },
    /// A base whose ballots were not all counted, so that a smaller one was taken for it.
    BaseNotCounted {
        /// The base that the law names.
        base: Base,
        /// The base that was taken for it.
        taken: Base,
        /// Where, if there are several places.
        place: Option<String>,
    },
    /// A party with more votes in all than 2^64 - 1, where the law does not ask for their sum: fewer are shown.
    TooManyVotes {
        /// The party.
        party: String,
        /// Its votes.
        votes: u128,
    },
    /// A threshold asks for every place of a level, and there is none.
    NoPlaces {
        /// The level.
        level: Level,
    },
    /// Two parties, or two places, that a reader would take for one: their names differ by spaces, by letters that nobody
    /// sees, or by how letters with marks are composed.
    AlikeNames {
        /// The one that came first.
        first: String,
        /// The other.
        second: String,
    },
    /// A name with letters that nobody sees and that act on what stands round them: a turn of the direction of writing, a
    /// space without width, an end of line. They are shown as escapes; control characters are refused.
    HiddenLetters {
        /// The name.
        name: String,
    },
}

impl Warning {
    /// Names of parties or of places that can be taken for others, or that hold what nobody sees.
    pub(super) fn of_names<'n>(
        parties: impl Iterator<Item = &'n str> + Clone,
        places: impl Iterator<Item = &'n str> + Clone,
    ) -> Vec<Self> {
        let alike = [alike(parties.clone()), alike(places.clone())].concat();
        let alike = alike
            .into_iter()
            .map(|(first, second)| Self::AlikeNames { first: first.to_string(), second: second.to_string() });
        let hidden = parties.chain(places).filter(|name| hides(name));
        alike.chain(hidden.map(|name| Self::HiddenLetters { name: name.to_string() })).collect()
    }
}

impl Outcome {
    /// What a reader should know: ties, vacancies, exhausted lists, capped ones, bases that were not counted, names that can be
    /// taken for others.
    ///
    /// A list is known to be exhausted where the law reassigns seats; where maximums hold within the method, a list at its
    /// maximum may or may not have had a claim to more.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        self.told.warnings()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self {
            Self::OpenTie { district, .. }
            | Self::Vacant { district, .. }
            | Self::Exhausted { district, .. }
            | Self::Capped { district, .. }
            | Self::BonusCut { district, .. }
            | Self::BaseNotCounted { place: district, .. } => district.as_ref(),
            Self::NoPlaces { .. }
            | Self::TooManyVotes { .. }
            | Self::AlikeNames { .. }
            | Self::HiddenLetters { .. } => None,
        };
        if let Some(place) = place {
            write!(f, "{place}: ")?;
        }
        match self {
            Self::OpenTie { tie, .. } => write!(f, "open tie: {tie}"),
            Self::Vacant { seats, .. } => {
                write!(f, "vacant: {} seats that no maximum lets anyone take", grouped(*seats))
            }
            Self::Exhausted { party, .. } => write!(f, "exhausted: {party} has no more candidates"),
            Self::Capped { party, .. } => write!(f, "capped: {party} may have no more seats by its votes"),
            Self::BonusCut { party, bonus, given, .. } => {
                write!(f, "bonus cut: the maximum of {party} leaves {} of {} seats", grouped(*given), grouped(*bonus))
            }
            Self::BaseNotCounted { base, taken, .. } => {
                write!(f, "not counted: {taken} were taken for {base}, as the ballots between them are not known")
            }
            Self::TooManyVotes { party, votes } => write!(f, "not shown in full: {party} has {votes} votes"),
            Self::NoPlaces { level } => {
                write!(f, "no {level}s: what the law asks of every {level} was not looked at")
            }
            Self::AlikeNames { first, second } => {
                write!(f, "names alike: {first:?} and {second:?} are counted apart, and look the same")
            }
            Self::HiddenLetters { name } => write!(f, "hidden letters: {name:?} has some that nobody sees"),
        }
    }
}
