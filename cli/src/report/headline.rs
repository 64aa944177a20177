//! Who won, in at most a dozen words, and the second fact.

use apportion::insight::safe::html;
use apportion::{Outcome, PartyOutcome};

use super::Page;
use crate::library;
use crate::output::{counted, grouped};

/// What a page begins with.
pub(super) struct Headline {
    /// For the browser's tab.
    pub(super) title: String,
    kicker: String,
    words: String,
    second: String,
}

impl Headline {
    pub(super) fn html(&self, pills: &[(bool, String)]) -> String {
        let pill = |(good, text): &(bool, String)| {
            let class = if *good { "ok" } else { "wait" };
            format!("<li class=\"{class}\">{}</li>\n", html(text))
        };
        let pills: String = pills.iter().map(pill).collect();
        format!(
            "<p class=\"kick\">{}</p>\n<h1 id=\"result\">{}</h1>\n<p class=\"lede\">{}</p>\n<ul class=\"facts\">\n{pills}</ul>\n",
            html(&self.kicker),
            html(&self.words),
            html(&self.second)
        )
    }
}

impl Page<'_> {
    pub(super) fn headline(&self) -> Headline {
        let name = self.election.name.as_deref().unwrap_or("Election");
        let date = self.election.date.as_deref().map(in_words);
        let kicker = [Some(name.to_string()), date].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let words = self.words();
        Headline { title: format!("{name}: {words}"), kicker, words, second: self.second() }
    }

    /// The parties with seats, the most first.
    pub(super) fn with_seats(&self) -> Vec<&PartyOutcome> {
        let mut parties: Vec<&PartyOutcome> =
            self.outcome.parties().iter().filter(|party| party.certain() > 0).collect();
        parties.sort_by_key(|party| std::cmp::Reverse((party.certain(), party.votes())));
        parties
    }

    /// The house that has a majority: what the document says, or all seats of a law in several tiers.
    pub(super) fn house(&self) -> Option<u64> {
        let all = self.outcome.total_seats();
        let known = self.election.house.filter(|&house| house >= all);
        known.or_else(|| (self.outcome.tiers().len() > 1).then_some(all))
    }

    fn words(&self) -> String {
        let outcome = self.outcome;
        if library::is_tied(outcome) {
            return first_line(outcome);
        }
        let with_seats = self.with_seats();
        let [first, rest @ ..] = &with_seats[..] else { return first_line(outcome) };
        let (name, seats, all) = (self.short(first.name()), grouped(first.certain()), outcome.total_seats());
        if rest.is_empty() {
            return format!("{name} takes all {}", counted(all, "seat", "seats"));
        }
        let list = if self.house().is_some_and(|house| house > all) { "list seats" } else { "seats" };
        match self.house() {
            Some(house) if first.certain() <= house / 2 && house == all => format!(
                "{name} is the largest party with {} of {}; nobody has a majority",
                counted(first.certain(), "seat", "seats"),
                grouped(all)
            ),
            _ if rest.first().is_some_and(|next| next.certain() == first.certain()) => {
                format!("{name} and others have the most seats, {seats} of {} each", grouped(all))
            }
            _ => format!("{name} takes {seats} of the {} {list}", grouped(all)),
        }
    }

    fn second(&self) -> String {
        let outcome = self.outcome;
        if library::is_tied(outcome) {
            let headline = outcome.headline();
            return headline.split('\n').skip(1).collect::<Vec<_>>().join(" ");
        }
        let mut sentences = Vec::new();
        let with_seats = self.with_seats();
        let others: Vec<String> = with_seats
            .iter()
            .skip(1)
            .take(3)
            .map(|party| format!("{} {}", self.short(party.name()), grouped(party.certain())))
            .collect();
        let more = with_seats.len().saturating_sub(4);
        let more = if more > 0 {
            format!(", {}", counted(more as u64, "other party", "other parties"))
        } else {
            String::new()
        };
        if !others.is_empty() {
            sentences.push(format!("Then {}{more}.", others.join(", ")));
        }
        if let Some(house) = self.house().filter(|&house| house == outcome.total_seats()) {
            sentences.push(format!("A majority is {}.", grouped(house / 2 + 1)));
        }
        let out = outcome.parties().iter().filter(|party| !party.is_admitted() && party.certain() == 0).count() as u64;
        if out > 0 {
            sentences.push(format!(
                "{} below the threshold, without a seat.",
                counted(out, "party stayed", "parties stayed")
            ));
        }
        if let Some(house) = self.house().filter(|&house| house > outcome.total_seats()) {
            let more =
                counted(house - outcome.total_seats(), "more seat of the house is", "more seats of the house are");
            sentences.push(format!("{more} not filled by this election."));
        }
        sentences.join(" ")
    }
}

fn first_line(outcome: &Outcome) -> String {
    outcome.headline().split('\n').next().unwrap_or_default().trim_end_matches('.').to_string()
}

/// "15 January 2012" for 2012-01-15.
fn in_words(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else { return date.to_string() };
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (month, day.parse::<u8>()) {
        (Some(month), Ok(day)) => format!("{day} {month} {year}"),
        _ => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn dates_are_written_in_words() {
        assert_eq!(in_words("2012-01-15"), "15 January 2012");
        assert_eq!(in_words("2012"), "2012");
    }
}
