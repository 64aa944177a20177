//! How many: the seats as a picture and as a table, ties with all that they can bring, who could govern.

use apportion::PartyOutcome;
use apportion::insight::Verdict;
use apportion::insight::picture::hemicycle;
use apportion::insight::safe::html;
use apportion::rule::Shortfall;

use super::Page;
use super::frame::{Cell, figure, paragraph, table};
use crate::library;
use crate::output::grouped;

/// Parties of a coalition, and coalitions that are listed.
const PARTNERS: usize = 4;
const LISTED: usize = 8;
/// Parties without a seat that have a row of their own; of more, the first four.
const OUT: usize = 8;

impl Page<'_> {
    pub(super) fn result(&self) -> String {
        let caption = format!("The {} seats by party", grouped(self.outcome.total_seats()));
        // A desk has the table beside the picture; a telephone's arc has room for numbers alone, and a list of its own.
        let desk = hemicycle(self.outcome, &self.style.clone().unlisted());
        let picture = figure(&caption, &desk, &hemicycle(self.outcome, &self.style.clone().narrow()));
        let text = format!("<div class=\"split\">{picture}<div>{}</div></div>\n", self.seat_table());
        format!("<section aria-label=\"Result\">\n{text}{}{}</section>\n", self.ties(), self.majorities())
    }

    fn seat_table(&self) -> String {
        let outcome = self.outcome;
        let (whole, all) = (outcome.whole().1, outcome.total_seats());
        let most = |party: &PartyOutcome| outcome.possible(party.name()).unwrap_or(0).max(party.certain());
        let mut parties: Vec<&PartyOutcome> = outcome.parties().iter().collect();
        parties.sort_by_key(|party| std::cmp::Reverse((party.certain(), most(party), party.votes())));
        let (with, without): (Vec<_>, Vec<_>) = parties.into_iter().partition(|party| most(party) > 0);
        let row = |party: &&PartyOutcome| {
            let seats = seats(party.certain(), most(party));
            let share = if party.certain() > 0 { percent(party.certain().into(), all.into()) } else { String::new() };
            let note = party.admission().shortfall().map_or("", |_| "did not pass the threshold");
            vec![
                Cell::head(party.name()).noted(note),
                Cell::strong(&seats),
                Cell::of(&share),
                Cell::of(&percent(party.votes().into(), whole)),
                Cell::of(&grouped(party.votes())).wide(),
            ]
        };
        let mut rows: Vec<Vec<Cell>> = with.iter().map(row).collect();
        let (named, rest) = without.split_at(if without.len() > OUT { 4 } else { without.len() });
        let without_seat = |name: &str, note: &str, share: &str, votes: u128| {
            vec![
                Cell::head(name).noted(note).faint(),
                Cell::of("none").faint(),
                Cell::of("").faint(),
                Cell::of(share).faint(),
                Cell::of(&grouped_wide(votes)).wide().faint(),
            ]
        };
        rows.extend(named.iter().map(|party| {
            let votes = u128::from(party.votes());
            without_seat(party.name(), &lacks(party), &beside_the_line(party, whole), votes)
        }));
        if !rest.is_empty() {
            let votes = rest.iter().map(|party| u128::from(party.votes())).sum();
            rows.push(without_seat(&format!("{} others", rest.len()), "", &percent(votes, whole), votes));
        }
        let certain: u64 = outcome.parties().iter().map(PartyOutcome::certain).sum();
        let open = all.saturating_sub(certain).saturating_sub(outcome.vacant());
        let total = if open > 0 { format!("{} + {} open", grouped(certain), grouped(open)) } else { grouped(certain) };
        let votes: u128 = outcome.parties().iter().map(|party| u128::from(party.votes())).sum();
        rows.push(vec![
            Cell::head("All parties").foot(),
            Cell::strong(&total).foot(),
            Cell::of("").foot(),
            Cell::of(&percent(votes, whole)).foot(),
            Cell::of(&grouped_wide(votes)).wide().foot(),
        ]);
        let headings = ["Party", "Seats", "Share of seats", "Share of votes", "Votes"];
        let base = outcome.whole().0;
        table("Seats and votes", &headings, &rows)
            + &format!("<p class=\"note\">Shares of votes: of the {} {base}.</p>\n", grouped_wide(whole))
    }

    /// What is tied, and everything that it can bring.
    fn ties(&self) -> String {
        let outcome = self.outcome;
        let mut text = String::new();
        for settled in outcome.settled() {
            let seat = if settled.parties.len() == 1 { "the seat goes to" } else { "the seats go to" };
            text += &paragraph(&format!("A tie was settled by {}: {seat} {}.", settled.by, settled.parties.join(", ")));
        }
        for tie in outcome.ties() {
            let place = tie.place().map_or_else(String::new, |place| format!(" in {place}"));
            text += &format!("<div class=\"warnbox\">Open{}: {}.</div>\n", html(&place), html(&tie.to_string()));
        }
        text
    }

    /// The smallest groups of parties that have the house's majority, where no party has it alone.
    fn majorities(&self) -> String {
        let all = self.outcome.total_seats();
        let parties = self.with_seats();
        let Some(house) = self.house().filter(|&house| house == all && !library::is_tied(self.outcome)) else {
            return String::new();
        };
        let majority = house / 2 + 1;
        if parties.len() < 3 || parties.len() > 16 || parties[0].certain() >= majority {
            return String::new();
        }
        let mut groups: Vec<(usize, u64, String)> = Vec::new();
        for mask in 1_u32..1 << parties.len() {
            let members: Vec<&&PartyOutcome> =
                parties.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, party)| party).collect();
            let seats: u64 = members.iter().map(|party| party.certain()).sum();
            let smallest = members.iter().map(|party| party.certain()).min().unwrap_or(0);
            // Nobody in it can be spared.
            if members.len() <= PARTNERS && seats >= majority && seats - smallest < majority {
                let names: Vec<&str> = members.iter().map(|party| self.short(party.name())).collect();
                groups.push((members.len(), seats, names.join(" + ")));
            }
        }
        groups.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        let listed: Vec<String> = groups
            .iter()
            .take(LISTED)
            .map(|(_, seats, names)| format!("<li>{}: {seats}</li>\n", html(names)))
            .collect();
        if listed.is_empty() {
            return String::new();
        }
        format!(
            "<h3>Who could govern</h3>\n<p>Groups of parties with {majority} seats or more, in which nobody can be spared.</p>\n\
             <ul class=\"groups\">\n{}</ul>\n",
            listed.concat()
        )
    }

    /// Whether the seats are right, and whether they are those on record: good or not, and in words.
    pub(super) fn checks(&self) -> anyhow::Result<Vec<(bool, String)>> {
        let mut pills = Vec::new();
        match self.election.as_recorded(self.outcome) {
            Some(true) => pills.push((true, "✓ Same as the official result".to_string())),
            Some(false) => pills.push((false, library::difference(self.election, self.outcome))),
            None => {}
        }
        pills.push(match self.outcome.verify(&self.election.rule, &self.election.count)? {
            Verdict::Correct => (true, "✓ Checked a second way: the only correct result".into()),
            Verdict::Tied { .. } => (true, "✓ Checked a second way: right, with an open tie".into()),
            _ => (false, "A second check does not confirm these seats".into()),
        });
        pills.push(match library::is_tied(self.outcome) {
            true => (false, "Tied: open".into()),
            false => (true, "No tie".into()),
        });
        Ok(pills)
    }
}

/// "8", "3 or 4", "3 to 5".
pub(super) fn seats(certain: u64, most: u64) -> String {
    match most.saturating_sub(certain) {
        0 if certain == 0 => "none".into(),
        0 => grouped(certain),
        1 => format!("{} or {}", grouped(certain), grouped(most)),
        _ => format!("{} to {}", grouped(certain), grouped(most)),
    }
}

/// Why a party is out, and by how many votes.
fn lacks(party: &PartyOutcome) -> String {
    let Some(lacks) = party.admission().shortfall() else { return String::new() };
    match lacks.votes_short() {
        Some(votes) => format!("{} votes short of the threshold", grouped_wide(votes)),
        None => lacks.to_string(),
    }
}

/// A share with one decimal.
pub(super) fn percent(part: u128, whole: u128) -> String {
    with_decimals(part, whole, 1).map_or_else(String::new, |(_, text)| text)
}

/// A party's share of the votes, with as many decimals as show that it is below the line.
fn beside_the_line(party: &PartyOutcome, whole: u128) -> String {
    let votes = u128::from(party.votes());
    let Some(Shortfall::Share { share, .. }) = party.admission().shortfall() else { return percent(votes, whole) };
    let exact = share.compare_part(votes, whole);
    let shown = (1..=9).filter_map(|decimals| {
        let (rounded, text) = with_decimals(votes, whole, decimals)?;
        (share.compare_part(rounded, 10_u128.pow(decimals + 2)) == exact).then_some(text)
    });
    shown.into_iter().next().unwrap_or_else(|| percent(votes, whole))
}

/// A share in percent, rounded to so many decimals: as a whole number of them, and as text.
fn with_decimals(part: u128, whole: u128, decimals: u32) -> Option<(u128, String)> {
    let scaled = part.checked_mul(10_u128.pow(decimals + 2))?;
    let rounded = scaled.checked_add(whole / 2)?.checked_div(whole)?;
    let power = 10_u128.pow(decimals);
    let text = format!("{}.{:0width$}%", rounded / power, rounded % power, width = decimals as usize);
    Some((rounded, text))
}

fn grouped_wide(number: u128) -> String {
    u64::try_from(number).map_or_else(|_| number.to_string(), grouped)
}

#[cfg(test)]
mod tests {
    use apportion::{AllocationMethod, Base, Rule, Tally, Threshold};

    use super::beside_the_line;

    #[test]
    fn a_share_just_below_the_line_has_more_decimals() {
        let tally = Tally::from_votes([("A", 92_999_999), ("B", 6_999_999), ("C", 2)]).unwrap();
        let rule =
            Rule::new(AllocationMethod::HARE, 10).threshold(Threshold::share("7%".parse().unwrap()).of(Base::Valid));
        let outcome = rule.apply(&tally).unwrap();
        let share = |name: &str| beside_the_line(outcome.party(name).unwrap(), outcome.whole().1);
        assert_eq!((share("B"), share("C")), ("6.999999%".to_string(), "0.0%".to_string()));
    }
}
