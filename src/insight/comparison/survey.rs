//! Laws side by side over a set of elections.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{ComparedLaw, Comparison};
use crate::error::Error;
use crate::insight::{Index, Table};
use crate::num::layout::{WIDTH, escaped, fold};
use crate::num::text::grouped;

/// Laws side by side over a set of elections: in how many of them the result is another, how many seats go elsewhere, how
/// proportional the results are on average.
///
/// Laws are matched by what they are called. An election in which a law has no answer is named, with the reason, and left out
/// of that law's figures.
///
/// # Examples
/// ```
/// use apportion::insight::{Comparison, Survey};
/// use apportion::{AllocationMethod, Rule, Tally};
///
/// let mut survey = Survey::new();
/// for (name, votes) in [("2019", [53, 24, 23]), ("2023", [50, 25, 25]), ("2027", [0, 0, 0])] {
///     let tally = Tally::from_votes(["A", "B", "C"].into_iter().zip(votes))?;
///     let laws = [("D'Hondt", AllocationMethod::D_HONDT), ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE)];
///     survey.push(name, Comparison::new(&tally, laws.map(|(law, method)| (law, Rule::new(method, 8)))));
/// }
/// let failures: Vec<String> = survey.failures().map(|(election, law, error)| format!("{election}, {law}: {error}")).collect();
/// assert!(failures[0].starts_with("2027, D'Hondt: "));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    elections: Vec<(String, Comparison)>,
}

impl Survey {
    /// No election yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { elections: Vec::new() }
    }

    /// Adds an election.
    pub fn push(&mut self, name: impl Into<String>, comparison: Comparison) {
        self.elections.push((name.into(), comparison));
    }

    /// The elections, in the order in which they were added.
    pub fn elections(&self) -> impl ExactSizeIterator<Item = (&str, &Comparison)> {
        self.elections.iter().map(|(name, comparison)| (name.as_str(), comparison))
    }

    /// Every law that has no answer to an election, or no indices: election, law, and why.
    pub fn failures(&self) -> impl Iterator<Item = (&str, &str, &Error)> {
        self.elections.iter().flat_map(|(name, comparison)| {
            let errors = comparison.laws().iter().filter_map(|law| Some((law.name(), law.indices().err()?)));
            errors.map(|(law, error)| (name.as_str(), law, error))
        })
    }

    /// A line a law: elections answered, those with another result than by the first law, seats elsewhere, parties out, the
    /// mean of Gallagher's index, and the worst of it with its election.
    #[must_use]
    pub fn by_law(&self) -> Table {
        let headings = ["law", "elections", "differ", "moved", "out", "Gallagher", "worst", "in"];
        let mut table = Table::new("Laws over all elections", &headings);
        for name in self.names() {
            let of = self.elections.iter().filter_map(|(election, comparison)| {
                let law = comparison.laws().iter().find(|law| law.name() == name)?;
                law.outcome().is_ok().then_some((election, comparison, law))
            });
            let all: Vec<(&String, &Comparison, &ComparedLaw)> = of.collect();
            let moved = |(_, comparison, law): &(&String, &Comparison, &ComparedLaw)| comparison.moved(law);
            let others = all.iter().filter(|one| moved(one).is_some_and(|seats| seats > 0)).count();
            let seats: u128 = all.iter().filter_map(moved).map(u128::from).sum();
            let out: usize = all.iter().map(|(.., law)| law.out().count()).sum();
            let (mean, worst, place) = gallagher(&all);
            table.push([
                name.to_string(),
                grouped(all.len() as u128),
                grouped(others as u128),
                grouped(seats),
                grouped(out as u128),
                mean,
                worst,
                place,
            ]);
        }
        table
    }

    /// The laws, in the order in which they first came.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for law in self.elections.iter().flat_map(|(_, comparison)| comparison.laws()) {
            if !names.contains(&law.name()) {
                names.push(law.name());
            }
        }
        names
    }

    /// The survey in Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = self.by_law().to_markdown();
        for (election, law, error) in self.failures() {
            text += &format!("\n{election}, {law}: {error}.\n");
        }
        text
    }
}

/// The mean of the index as published, and its largest with the election; of ties the ends that are least and most.
fn gallagher(all: &[(&String, &Comparison, &ComparedLaw)]) -> (String, String, String) {
    let ends = all.iter().filter_map(|(election, _, law)| {
        let indices = law.indices().ok()?;
        let (least, most) = (indices.least(Index::Gallagher)?, indices.most(Index::Gallagher)?);
        Some((Index::Gallagher.published(&least), Index::Gallagher.published(&most), *election))
    });
    let ends: Vec<(f64, f64, &String)> = ends.collect();
    let mut number = 0.0;
    let (mut least, mut most) = (0.0, 0.0);
    for (low, high, _) in &ends {
        number += 1.0;
        least += low;
        most += high;
    }
    let Some((_, worst, place)) = ends.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return Default::default() };
    let (least, most) = (format!("{:.2}", least / number), format!("{:.2}", most / number));
    let mean = if least == most { least } else { format!("{least} to {most}") };
    (mean, format!("{worst:.2}"), (*place).clone())
}

impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(WIDTH);
        write!(f, "{:width$}", self.by_law())?;
        let words = "Differ: elections in which certain seats go elsewhere than by the first law. Moved: these seats. \
                     Out: parties that take no part. Gallagher: the mean, 0 is proportional, and the worst with its election.";
        writeln!(f)?;
        fold(words, width, 0).iter().try_for_each(|line| writeln!(f, "{line}"))?;
        for (election, law, error) in self.failures() {
            let text = format!("{}, {}: {error}.", escaped(election), escaped(law));
            fold(&text, width, 2).iter().try_for_each(|line| writeln!(f, "{line}"))?;
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Survey {
    /// By election: its name, and the laws as [`Comparison`] writes them.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Election<'s> {
            name: &'s str,
            #[serde(flatten)]
            comparison: &'s Comparison,
        }
        serializer.collect_seq(self.elections().map(|(name, comparison)| Election { name, comparison }))
    }
}
