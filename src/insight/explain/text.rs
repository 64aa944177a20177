//! The explanation as tables and as a whole.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Award, Explanation, Step, Steps};
use crate::insight::table::Table;
use crate::num::text::grouped;

/// Seats by quotient that a table shows from the beginning and from the end, where there are more.
const FIRST: usize = 3;
const LAST: usize = 12;

impl Explanation<'_> {
    /// The tables: the threshold if there is one; quotas and remainders, or the seats in the order of their quotients.
    ///
    /// Of more than 15 seats by quotient the first three and the last twelve are shown; [`awards`](Self::awards) has all.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = Vec::new();
        if self.reading.rule.threshold.is_some() {
            tables.push(self.threshold_table());
        }
        if let Some(quotas) = &self.quotas {
            let mut table = Table::new(
                "Quotas and remainders",
                &["party", "votes", "whole quotas", "remainder", "order", "last seat", "seats"],
            );
            for share in &quotas.parties {
                let last_seat = match share.seats.cmp(&share.whole) {
                    core::cmp::Ordering::Greater => "+1",
                    core::cmp::Ordering::Less => "-1",
                    core::cmp::Ordering::Equal if self.outcome.is_tied(&share.party) => "tied",
                    core::cmp::Ordering::Equal => "",
                };
                table.push([
                    share.party.clone(),
                    grouped(share.votes),
                    grouped(share.whole),
                    share.remainder.clone(),
                    share.place.to_string(),
                    last_seat.to_string(),
                    grouped(share.seats),
                ]);
            }
            tables.push(table);
        }
        if let Some(divisors) = self.divisors() {
            tables.push(self.last_and_next(divisors));
            tables.push(self.awards_table(divisors));
        }
        tables
    }

    fn threshold_table(&self) -> Table {
        let mut table = Table::new("Threshold", &["party", "votes", "needed", "above", "below", "takes part"]);
        for (party, requirements) in self.outcome.parties().iter().zip(&self.requirements) {
            let takes_part = match (party.is_admitted(), party.admission()) {
                (true, crate::Admission::Repaired(_)) => "as too few pass",
                (true, _) => "yes",
                (false, _) => "no",
            };
            for (at, requirement) in requirements.iter().enumerate() {
                let needed = match requirement.fewest_votes {
                    Some(fewest) => grouped(fewest),
                    None => requirement.asked.clone(),
                };
                let distance = |met: bool| match requirement.distance {
                    Some(distance) if requirement.met == met => grouped(distance),
                    None if requirement.met == met => "x".into(),
                    _ => String::new(),
                };
                let first = at == 0;
                table.push([
                    if first { party.name().to_string() } else { String::new() },
                    if first { grouped(party.votes()) } else { String::new() },
                    needed,
                    distance(true),
                    distance(false),
                    if first { takes_part.to_string() } else { String::new() },
                ]);
            }
        }
        table
    }

    /// Each party's last quotient with a seat and its first without.
    fn last_and_next(&self, divisors: &crate::Divisors) -> Table {
        let mut table = Table::new("Quotients round the cut", &["party", "votes", "seats", "last in", "first out"]);
        for (index, shares) in self.taking_part() {
            let quotient = |seats: u64| shares.claim(divisors, seats).to_string();
            let last = if shares.certain > shares.lower { quotient(shares.certain - 1) } else { String::new() };
            let open = shares.certain < shares.upper && shares.votes > 0;
            let next = if open { quotient(shares.certain) } else { String::new() };
            table.push([self.name(index), grouped(shares.votes), grouped(shares.certain), last, next]);
        }
        table
    }

    fn awards_table(&self, divisors: &crate::Divisors) -> Table {
        let mut table = Table::new("Seats in the order of quotients", &["party", "seat", "its own", "quotient"]);
        let all: u128 =
            self.taking_part().map(|(_, shares)| u128::from(shares.certain.saturating_sub(shares.lower))).sum();
        let row = |award: Award| [award.party, grouped(award.number), grouped(award.seat), award.quotient.to_string()];
        if all <= (FIRST + LAST) as u128 {
            self.awards().for_each(|award| table.push(row(award)));
        } else {
            self.awards().take(FIRST).for_each(|award| table.push(row(award)));
            table.push(["…", "…", "…", "…"].map(String::from));
            self.last_awards(divisors, LAST).into_iter().for_each(|award| table.push(row(award)));
        }
        table
    }

    /// The explanation in Markdown: its tables, then what was left open or settled.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = self.heading("\n\n");
        for table in self.tables() {
            text += "\n";
            text += &table.to_markdown();
        }
        for line in self.remarks() {
            text += &alloc::format!("\n- {line}");
        }
        text
    }

    /// What the seats are given out by.
    fn heading(&self, end: &str) -> String {
        let rule = self.reading.rule;
        let mut text = alloc::format!("{} seats by {}{end}", grouped(rule.seats), rule.method);
        let mut asked: Vec<&str> = Vec::new();
        for requirement in self.requirements.iter().flatten() {
            if !asked.contains(&requirement.asked.as_str()) {
                asked.push(&requirement.asked);
                text += &alloc::format!("threshold: {}{end}", requirement.asked);
            }
        }
        if let Some(quotas) = &self.quotas {
            text += &alloc::format!("{quotas}{end}");
        }
        text
    }

    /// The steps that stand in no table.
    fn remarks(&self) -> Vec<String> {
        let outside =
            |step: &Step| !matches!(step, Step::Threshold { .. } | Step::Quota { .. } | Step::WholeQuotas { .. });
        Steps::without_awards(self).filter(outside).map(|step| step.to_string()).collect()
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.heading("\n"))?;
        for table in self.tables() {
            write!(f, "\n{table}")?;
        }
        let remarks = self.remarks();
        if !remarks.is_empty() {
            writeln!(f)?;
        }
        remarks.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
