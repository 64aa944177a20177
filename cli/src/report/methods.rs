//! By another method: the same count, without the threshold and by the usual methods, as changes.

use anyhow::Result;
use apportion::insight::Comparison;
use apportion::{AllocationMethod, Divisors, Ratio, Rule};

use super::Page;
use super::frame::{Cell, note, section, table};
use super::result::seats;
use crate::library;

impl Page<'_> {
    pub(super) fn methods(&self) -> Result<String> {
        let comparison = Comparison::new(&self.election.count, self.laws()?);
        let laws: Vec<_> = comparison.laws().iter().filter(|law| law.outcome().is_ok()).collect();
        if laws.len() < 2 {
            return Ok(String::new());
        }
        let headings: Vec<&str> = std::iter::once("party").chain(laws.iter().map(|law| law.name())).collect();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut order: Vec<usize> = (0..self.outcome.parties().len()).collect();
        let parties = self.outcome.parties();
        order.sort_by_key(|&at| std::cmp::Reverse((parties[at].certain(), parties[at].votes())));
        for at in order {
            let seats_by: Vec<(u64, u64)> = laws
                .iter()
                .filter_map(|law| {
                    let outcome = law.outcome().ok()?;
                    let party = outcome.parties().get(at)?;
                    Some((party.certain(), outcome.possible(party.name()).unwrap_or(0).max(party.certain())))
                })
                .collect();
            let Some(&own) = seats_by.first().filter(|_| seats_by.iter().any(|(_, most)| *most > 0)) else { continue };
            let mut row = vec![Cell::head(parties[at].name()), Cell::strong(&seats(own.0, own.1))];
            row.extend(seats_by[1..].iter().map(|&other| change(own, other)));
            rows.push(row);
        }
        let text = table("Seats by the law, and what would change", &headings, &rows);
        let failed: Vec<String> = comparison
            .laws()
            .iter()
            .filter_map(|law| Some(format!("{}: {}.", law.name(), law.outcome().err()?)))
            .collect();
        let text = text
            + &note(
                "Threshold and all else as the law says, but for the column that says otherwise. Parties without a seat by any of these are left out.",
            )
            + &failed.iter().map(|failure| note(failure)).collect::<String>();
        Ok(section("other", "By another method", &text))
    }

    /// The law, the law without its threshold, and the law by other methods.
    fn laws(&self) -> Result<Vec<(&'static str, Rule)>> {
        let rule = &self.election.rule;
        let first = Divisors::modified_sainte_lague(Ratio::new(7, 5)?)?;
        let methods = [
            ("Hare", AllocationMethod::HARE),
            ("Droop", AllocationMethod::DROOP),
            ("D'Hondt", AllocationMethod::D_HONDT),
            ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
            ("Sainte-Laguë from 1.4", AllocationMethod::HighestAverages(first)),
            ("Huntington-Hill", AllocationMethod::HUNTINGTON_HILL),
            ("Adams", AllocationMethod::ADAMS),
        ];
        let mut laws = vec![("this law", rule.clone())];
        if rule.tiers().iter().any(|tier| tier.threshold.is_some()) {
            laws.push(("no threshold", rule.clone().without_threshold()));
        }
        for (name, method) in methods {
            // A matrix has divisors of its own and no method to take the place of.
            if let Ok(other) = library::by_another(self.election, &method, None) {
                laws.push((name, other));
            }
        }
        Ok(laws)
    }
}

/// What changes: "+1", "−1", nothing; all seats where one of both is tied.
fn change(own: (u64, u64), other: (u64, u64)) -> Cell {
    if own.0 != own.1 || other.0 != other.1 {
        return Cell::of(&seats(other.0, other.1));
    }
    match i128::from(other.0) - i128::from(own.0) {
        0 => Cell::of("–").faint(),
        more if more > 0 => Cell::of(&format!("+{more}")).more(),
        fewer => Cell::of(&format!("−{}", -fewer)).fewer(),
    }
}
