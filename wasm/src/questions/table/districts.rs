//! Tables with a row for each district and party, or for each polling station and party.

use serde_json::{Map, Value, json};

use super::Row;
use super::numbers::Style;
use crate::numbers::count;

/// A district so far: its seats once a row has said them, and votes by party in the order of the rows.
struct District<'a> {
    name: &'a str,
    seats: Option<u64>,
    parties: Vec<(&'a str, u64)>,
}

/// What is wrong with a cell.
struct Wrong {
    column: &'static str,
    code: &'static str,
    message: String,
}

/// Rows of the same district and party are summed; a row that cannot be read is left out and said.
pub(super) fn answer(rows: &[Row]) -> Value {
    let style = Style::of(rows.iter().map(|row| row.votes.as_str()));
    let mut districts: Vec<District<'_>> = Vec::new();
    let mut errors = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Err(Wrong { column, code, message }) = add(&mut districts, row, &style) {
            let line = row.line;
            errors.push(
                json!({ "row": at, "column": column, "code": code, "message": message, "line": line, "fix": null }),
            );
        }
    }
    let shown: Vec<Value> = rows.iter().map(|row| json!([row.name, row.votes])).collect();
    let districts: Vec<Value> = districts.iter().map(District::to_json).collect();
    json!({ "rows": shown, "parties": [], "districts": districts, "errors": errors })
}

fn add<'a>(districts: &mut Vec<District<'a>>, row: &'a Row, style: &Style) -> Result<(), Wrong> {
    let wrong = |column, code, message: &str| Wrong { column, code, message: message.into() };
    let name = row.district.as_deref().unwrap_or_default();
    if name.is_empty() {
        return Err(wrong("district", "no-district", "This row has no district."));
    }
    if row.name.is_empty() {
        return Err(wrong("name", "no-name", "This party has no name."));
    }
    let votes =
        style.read(&row.votes).map_err(|fault| Wrong { column: "votes", code: fault.code, message: fault.message })?;
    let at = districts.iter().position(|district| district.name == name).unwrap_or_else(|| {
        districts.push(District { name, seats: None, parties: Vec::new() });
        districts.len() - 1
    });
    let district = &mut districts[at];
    district.say_seats(row.seats.as_deref().unwrap_or_default())?;
    match district.parties.iter_mut().find(|(known, _)| *known == row.name) {
        Some((_, sum)) => {
            let message = "The votes of this party are more than 18,446,744,073,709,551,615.";
            *sum = sum.checked_add(votes).ok_or_else(|| wrong("votes", "too-large", message))?;
        }
        None => district.parties.push((&row.name, votes)),
    }
    Ok(())
}

impl District<'_> {
    /// Takes the seats that a row says; an empty cell says nothing.
    fn say_seats(&mut self, cell: &str) -> Result<(), Wrong> {
        if cell.is_empty() {
            return Ok(());
        }
        let wrong = |code, message| Wrong { column: "seats", code, message };
        let number: Option<u64> = cell.parse().ok();
        let seats = number.ok_or_else(|| wrong("number", format!("{cell} is not a whole number of seats.")))?;
        match self.seats {
            Some(before) if before != seats => {
                let message = format!("{} has {before} seats above, and {seats} here.", self.name);
                Err(wrong("other-seats", message))
            }
            _ => {
                self.seats = Some(seats);
                Ok(())
            }
        }
    }

    fn to_json(&self) -> Value {
        let parties = self.parties.iter().map(|&(name, votes)| json!({ "name": name, "votes": count(votes.into()) }));
        let mut district = Map::new();
        district.insert("name".into(), self.name.into());
        if let Some(seats) = self.seats {
            district.insert("seats".into(), count(seats.into()));
        }
        district.insert("parties".into(), parties.collect::<Vec<_>>().into());
        district.into()
    }
}
