//! One page about an election, in the order in which people ask: who won, how many, is it fair, why, how close, by another
//! method, where, from what. A section without content is left out.

mod closeness;
mod fairness;
mod frame;
mod headline;
mod methods;
mod places;
mod result;
mod why;

use anyhow::Result;
use apportion::insight::picture::Style;
use apportion::{Election, Outcome};

pub(crate) use frame::{Cell, table};

use frame::{figure, list, paragraph, section};

/// What a page is about.
struct Page<'p> {
    election: &'p Election,
    outcome: &'p Outcome,
    style: &'p Style,
}

/// The whole page.
pub(crate) fn page(election: &Election, outcome: &Outcome, style: &Style) -> Result<String> {
    let page = Page { election, outcome, style };
    let headline = page.headline();
    let closeness = page.closeness();
    let mut body = headline.html(&closeness.pills(&page)?);
    body += &page.result();
    body += &page.fairness();
    body += &page.why();
    body += &closeness.html();
    body += &page.methods()?;
    body += &page.places();
    body += &page.sources();
    Ok(frame::document(&headline.title, &body))
}

impl Page<'_> {
    /// What a party is called where there is little room.
    fn short<'s>(&'s self, party: &'s str) -> &'s str {
        self.election.looks.get(party).and_then(|look| look.short.as_deref()).unwrap_or(party)
    }

    /// A picture, drawn for a desk and for a telephone.
    fn picture(&self, caption: &str, draw: impl Fn(&Outcome, &Style) -> Option<String>) -> String {
        let [desk, phone] = [self.style.clone(), self.style.clone().narrow()].map(|style| draw(self.outcome, &style));
        desk.zip(phone).map_or_else(String::new, |(desk, phone)| figure(caption, &desk, &phone))
    }

    /// The law in its own words, and where the figures are from.
    fn sources(&self) -> String {
        let law = crate::library::law_in_words(self.election, self.outcome);
        let mut text = law.iter().map(|line| paragraph(line)).collect::<String>();
        text += &self.election.note.as_deref().map_or_else(String::new, paragraph);
        if !self.election.sources.is_empty() {
            text += &format!("<h3>Sources</h3>\n{}", list(&self.election.sources));
        }
        text += &paragraph(
            "Worked out by apportion, exactly; every number on this page can be worked out again from the votes.",
        );
        section("data", "Votes and law", &text)
    }
}
