//! Where: districts as small drawings and as a table, the matrix of a biproportional law.

use apportion::insight::Protocol;
use apportion::insight::picture::{districts, matrix};
use apportion::{Level, PartyOutcome, PlaceOutcome};

use super::Page;
use super::frame::{Cell, details, section, table};
use super::result::seats;
use crate::output::grouped;

impl Page<'_> {
    pub(super) fn places(&self) -> String {
        if self.outcome.places().is_empty() {
            return String::new();
        }
        let mut text = self.picture("Seats by party and district", matrix);
        text += &self.picture("Each district, its last seat and the next in line", districts);
        if let Ok(protocol) = Protocol::new(&self.election.rule, self.outcome) {
            text += &details("The three tables of the protocol", &protocol.to_html());
        }
        text += &details("All places as a table", &self.place_table());
        section("where", "Where", &text)
    }

    fn place_table(&self) -> String {
        let row = |place: &PlaceOutcome| {
            let most = |party: &PartyOutcome| place.possible(party.name()).unwrap_or(party.certain());
            let mut with: Vec<&PartyOutcome> = place.parties().iter().filter(|party| most(party) > 0).collect();
            with.sort_by_key(|party| std::cmp::Reverse((party.certain(), party.votes())));
            let each = with
                .iter()
                .map(|party| format!("{} {}", self.short(party.name()), seats(party.certain(), most(party))));
            let each: Vec<String> = each.collect();
            let name =
                if place.level() == Level::Region { format!("{} (region)", place.name()) } else { place.name().into() };
            vec![Cell::head(&name), Cell::of(&grouped(place.filled())), Cell::of(&each.join(", ")).words()]
        };
        let rows: Vec<Vec<Cell>> = self.outcome.places().iter().map(row).collect();
        table("Seats by place", &["place", "seats", "who has them"], &rows)
    }
}
