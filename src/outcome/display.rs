//! An outcome as a table that a person can read.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use unicode_width::UnicodeWidthStr;

use super::headline::{self, by_seats, footnote, line};
use super::{Admission, Outcome, PartyOutcome, PlaceOutcome, Warning};
use crate::allocation::Settled;
use crate::count::Base;
use crate::num::layout::{self, Side, WIDTH, escaped, fold};
use crate::num::text::{counted, grouped, percent};
use crate::rule::Shortfall;

/// The longest bar.
const BAR: usize = 24;
/// Without as many free columns there are no bars.
const NO_BAR: usize = 10;
/// Parties without a seat that are named one by one; of more, the first four.
const NAMED: usize = 8;
/// Districts that are shown with the nation.
const DISTRICTS: usize = 12;

impl fmt::Display for Outcome {
    /// In 80 columns, or in as many as the format asks for: `{:120}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table(f.width().unwrap_or(WIDTH)))
    }
}

impl fmt::Display for PlaceOutcome {
    /// In 80 columns, or in as many as the format asks for: `{:120}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(WIDTH);
        writeln!(f, "{}: {}", escaped(&self.name), counted(self.seats.max(self.filled), "seat"))?;
        writeln!(f)?;
        Sheet::of_place(self).lines(width).iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl Outcome {
    /// The result in words and as a table, in lines of so many columns: the result as a sentence, a line a party, then
    /// notes. Names are cut where there is no room for them.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("Harbour", 4_200), ("Meadow", 3_150), ("Forest", 1_400), ("Hill", 700)])?;
    /// let outcome = Rule::new(AllocationMethod::D_HONDT, 7).apply(&tally)?;
    /// assert!(outcome.table(80).starts_with("One of 7 seats is tied between Harbour and Meadow.\n"));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn table(&self, width: usize) -> String {
        let mut lines: Vec<String> = Vec::new();
        for sentence in self.headline().split('\n') {
            lines.extend(fold(sentence, width, 0));
        }
        lines.push(String::new());
        let sheet = Sheet::of_outcome(self);
        lines.extend(sheet.lines(width));
        lines.extend(self.notes().iter().flat_map(|note| fold(note, width, 0)));
        lines.extend(self.district_lines(width));
        lines.push(String::new());
        lines.join("\n")
    }

    /// What the table does not show.
    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        let placing = self.ties.iter().filter(|tie| !tie.places.is_empty());
        notes.extend(placing.map(headline::placing));
        if self.spared > 0 {
            let choices = counted(self.spared, "second choice");
            notes.push(format!("{choices} counted for a party that takes part."));
        }
        if let Some((name, seats)) = self.bonus() {
            notes.push(format!("{} of {} are a bonus.", counted(seats, "seat"), escaped(name)));
        }
        let unseated = self.unseated.iter().map(|unseated| {
            format!("{} {} ({})", escaped(&unseated.place), grouped(unseated.winners), escaped(&unseated.party))
        });
        let unseated: Vec<String> = unseated.collect();
        if !unseated.is_empty() {
            notes.push(format!("Winners of districts without a seat: {}.", unseated.join(", ")));
        }
        if !self.ways_complete {
            notes.push("Not every way in which the ties can end was followed.".into());
        }
        let other = |warning: &&Warning| !matches!(warning, Warning::OpenTie { .. });
        notes.extend(self.warnings().iter().filter(other).map(|warning| escaped(&warning.to_string())));
        notes
    }

    /// The districts, a few lines each, where there are few.
    fn district_lines(&self, width: usize) -> Vec<String> {
        let districts: Vec<&PlaceOutcome> = self.districts().collect();
        if districts.is_empty() {
            return Vec::new();
        }
        if districts.len() > DISTRICTS {
            let seats: u128 = districts.iter().map(|place| u128::from(place.filled)).sum();
            return vec![format!("{} hold {}.", counted(districts.len() as u128, "district"), counted(seats, "seat"))];
        }
        let mut lines = vec![String::new()];
        for place in districts {
            let mut parties: Vec<&PartyOutcome> = place.parties.iter().filter(|party| party.seats > 0).collect();
            by_seats(&mut parties);
            let mut text = format!("{}: {}", escaped(&place.name), headline::listed_seats(&parties, usize::MAX));
            let separator = if parties.is_empty() { "" } else { "; " };
            for tie in &place.ties {
                text += &format!("{separator}{}", tie.tie);
            }
            lines.extend(fold(&text, width, 2));
        }
        lines
    }
}

/// What a table shows: the parties of the nation or of one place.
struct Sheet<'o> {
    parties: Vec<Row<'o>>,
    seats: u64,
    certain: u128,
    open: u128,
    vacant: u64,
    base: Base,
    whole: u128,
    spared: u128,
    admitted_apart: bool,
    /// Names of tiers; each row has an entry for each.
    tiers: Vec<String>,
    settled: &'o [Settled<String>],
}

/// One party of a table.
struct Row<'o> {
    party: &'o PartyOutcome,
    most: u64,
    tiers: Vec<i128>,
}

impl<'o> Sheet<'o> {
    fn of_outcome(outcome: &'o Outcome) -> Self {
        let mut tiers: Vec<(String, Vec<i128>)> = Vec::new();
        if outcome.tiers().len() > 1 && outcome.ways.is_empty() {
            let direct = |(at, party): (usize, &PartyOutcome)| {
                i128::from(party.seats) - outcome.tiers().iter().map(|tier| tier.seats[at]).sum::<i128>()
            };
            tiers.push(("direct".into(), outcome.parties.iter().enumerate().map(direct).collect()));
            tiers.extend(outcome.tiers().iter().enumerate().map(|(at, tier)| (tier.heading(at), tier.seats.clone())));
            tiers.retain(|(_, seats)| seats.iter().any(|&seats| seats != 0));
        }
        let row = |(at, party): (usize, &'o PartyOutcome)| Row {
            party,
            most: outcome.possible(party.name()).unwrap_or(party.seats),
            tiers: tiers.iter().map(|(_, seats)| seats[at]).collect(),
        };
        let parties: Vec<Row<'o>> = outcome.parties.iter().enumerate().map(row).collect();
        Self {
            parties,
            seats: outcome.seats,
            vacant: outcome.vacant,
            base: outcome.base,
            whole: outcome.whole,
            spared: outcome.spared,
            admitted_apart: outcome.admitted_apart,
            tiers: tiers.into_iter().map(|(name, _)| name).collect(),
            settled: &outcome.settled,
            certain: 0,
            open: 0,
        }
        .counted()
    }

    fn of_place(place: &'o PlaceOutcome) -> Self {
        let row = |party: &'o PartyOutcome| Row {
            party,
            most: place.possible(party.name()).unwrap_or(party.seats),
            tiers: Vec::new(),
        };
        let parties: Vec<Row<'o>> = place.parties.iter().map(row).collect();
        Self {
            parties,
            // Later tiers may have brought more than the place has by itself.
            seats: place.seats.max(place.filled),
            vacant: place.vacant,
            base: place.base,
            whole: place.whole,
            spared: place.spared,
            admitted_apart: false,
            tiers: Vec::new(),
            settled: &place.settled,
            certain: 0,
            open: 0,
        }
        .counted()
    }

    /// With the sums, and the parties in the order of their seats, then votes.
    fn counted(mut self) -> Self {
        self.parties.sort_by_key(|row| core::cmp::Reverse((row.party.seats, row.most, row.party.votes)));
        self.certain = self.parties.iter().map(|row| u128::from(row.party.seats)).sum();
        self.open = u128::from(self.seats).saturating_sub(self.certain + u128::from(self.vacant));
        if self.parties.iter().all(|row| row.most == row.party.seats) {
            self.open = 0;
        }
        self
    }

    /// Whether the method saw other votes than the admitted parties'.
    fn shows_counted(&self) -> bool {
        let weighed = |row: &Row<'_>| matches!(row.party.admission, Admission::Weighed(..));
        self.spared > 0 || self.parties.iter().any(weighed)
    }

    /// The heading of those who took no part, where one line kept all of them out.
    fn out_heading(&self, out: &[&Row<'_>]) -> String {
        let lines = |row: &&Row<'_>| row.party.admission.shortfall().and_then(line);
        let first = out.first().and_then(lines);
        match first {
            _ if self.admitted_apart => "below the threshold wherever they stood:".into(),
            Some(text) if out.iter().all(|row| lines(row).as_ref() == Some(&text)) => format!("{text}, no seat:"),
            _ => "took no part, no seat:".into(),
        }
    }

    /// The table, and the notes that belong to it.
    fn lines(&self, width: usize) -> Vec<String> {
        let is_out = |row: &&Row<'_>| row.most == 0 && !row.party.is_admitted();
        let inside: Vec<&Row<'_>> = self.parties.iter().filter(|row| !is_out(row)).collect();
        let outside: Vec<&Row<'_>> = self.parties.iter().filter(is_out).collect();
        let mut notes: Vec<String> = Vec::new();
        let mut cells: Vec<Cells> = vec![self.heading()];
        for row in &inside {
            let note = footnote(row.party).filter(|_| !self.admitted_apart).map(|text| {
                let known = notes.iter().position(|known| *known == text);
                known.unwrap_or_else(|| {
                    notes.push(text);
                    notes.len() - 1
                }) + 1
            });
            cells.push(self.cells(row, note));
        }
        if !outside.is_empty() {
            cells.push(Cells::text(&self.out_heading(&outside)));
            let (named, rest) = outside.split_at(if outside.len() > NAMED { 4 } else { outside.len() });
            cells.extend(named.iter().map(|row| self.out_cells(row)));
            if !rest.is_empty() {
                cells.push(self.sum(&format!("{} others", grouped(rest.len() as u128)), rest));
            }
        }
        cells.push(self.all());
        let mut lines = self.laid_out(&cells, width);
        lines.push(String::new());
        let numbered = notes.iter().enumerate().map(|(at, note)| format!("({}) {note}", at + 1));
        lines.extend(numbered.flat_map(|note| fold(&note, width, 4)));
        lines.extend(fold(&self.basis(&outside), width, 0));
        lines.extend(self.settled.iter().flat_map(|settled| fold(&headline::settled(settled), width, 0)));
        lines
    }

    /// What the shares are of, and how many votes the line is.
    fn basis(&self, outside: &[&Row<'_>]) -> String {
        let of = format!("Shares of votes: of the {} {}.", grouped(self.whole), self.base);
        let share = |row: &&Row<'_>| match row.party.admission.shortfall() {
            Some(Shortfall::Share { share, whole, strict: false, .. }) => {
                let asked = num_bigint::BigUint::from(*whole) * share.numerator();
                let fewest = (asked + share.denominator() - 1_u8) / share.denominator();
                u128::try_from(fewest).ok().map(|fewest| format!(" {share} is {} votes.", grouped(fewest)))
            }
            _ => None,
        };
        let line = outside.first().filter(|_| !self.admitted_apart).and_then(share);
        of + &line.unwrap_or_default()
    }
}

/// The cells of one line: seats first, what can be left out last.
#[derive(Clone, Default)]
struct Cells {
    name: String,
    seats: String,
    tiers: Vec<String>,
    votes: String,
    share: String,
    counted: String,
    of_seats: String,
    end: String,
    bar: Option<(u64, u64)>,
}

impl Cells {
    fn text(name: &str) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

impl Sheet<'_> {
    fn heading(&self) -> Cells {
        Cells {
            name: "party".into(),
            seats: "seats".into(),
            tiers: self.tiers.clone(),
            votes: "votes".into(),
            share: "share".into(),
            counted: "counted".into(),
            of_seats: "of seats".into(),
            ..Cells::default()
        }
    }

    fn cells(&self, row: &Row<'_>, note: Option<usize>) -> Cells {
        let party = row.party;
        let note = note.map(|number| format!(" ({number})")).unwrap_or_default();
        let seats = match row.most - party.seats.min(row.most) {
            0 => dash(party.seats.into()),
            1 => format!("{} or {}", grouped(party.seats), grouped(row.most)),
            _ => format!("{} to {}", grouped(party.seats), grouped(row.most)),
        };
        Cells {
            name: escaped(party.name()) + &note,
            seats,
            tiers: row.tiers.iter().map(|&seats| dash(seats)).collect(),
            votes: grouped(party.votes),
            share: percent(party.votes.into(), self.whole, None),
            counted: grouped(party.counted),
            of_seats: if party.seats == 0 {
                String::new()
            } else {
                percent(party.seats.into(), self.seats.into(), None)
            },
            end: String::new(),
            bar: Some((party.seats, row.most - party.seats.min(row.most))),
        }
    }

    fn out_cells(&self, row: &Row<'_>) -> Cells {
        let lacks = row.party.admission.shortfall().filter(|_| !self.admitted_apart);
        let limit = lacks.and_then(|lacks| match lacks {
            Shortfall::Share { share, .. } => Some(*share),
            _ => None,
        });
        let end = match (lacks.and_then(Shortfall::votes_short), lacks) {
            (Some(votes), _) => format!("{} short", counted(votes, "vote")),
            (None, Some(lacks)) => lacks.to_string(),
            (None, None) => String::new(),
        };
        Cells {
            share: percent(row.party.votes.into(), self.whole, limit),
            counted: String::new(),
            of_seats: String::new(),
            end,
            bar: None,
            ..self.cells(row, None)
        }
    }

    /// Several parties as one line.
    fn sum(&self, name: &str, rows: &[&Row<'_>]) -> Cells {
        let votes: u128 = rows.iter().map(|row| u128::from(row.party.votes)).sum();
        Cells {
            name: name.into(),
            seats: "-".into(),
            tiers: vec![String::new(); self.tiers.len()],
            votes: grouped(votes),
            share: percent(votes, self.whole, None),
            ..Cells::default()
        }
    }

    fn all(&self) -> Cells {
        let rows: Vec<&Row<'_>> = self.parties.iter().collect();
        let counted: u128 = rows.iter().map(|row| u128::from(row.party.counted)).sum();
        let seats = grouped(self.certain);
        let tier = |at: usize| dash(rows.iter().map(|row| row.tiers[at]).sum::<i128>());
        Cells {
            seats: if self.open > 0 { format!("{seats} + {}", grouped(self.open)) } else { seats },
            tiers: (0..self.tiers.len()).map(tier).collect(),
            counted: grouped(counted),
            of_seats: percent(self.certain, self.seats.into(), None),
            ..self.sum("all", &rows)
        }
    }

    /// The lines, with the columns that there is room for.
    fn laid_out(&self, cells: &[Cells], width: usize) -> Vec<String> {
        let name = cells.iter().map(|cells| cells.name.width()).max().unwrap_or(0).min(36);
        for dropped in 0..=3 {
            let rows: Vec<Vec<String>> = cells.iter().map(|cells| self.chosen(cells, dropped)).collect();
            let others: Vec<Vec<String>> = rows.iter().map(|row| row[1..].to_vec()).collect();
            let sides = [Side::Right; 16];
            let taken = layout::lines(&others, &sides, usize::MAX).iter().map(|line| line.width()).max();
            let taken = name + 2 + taken.unwrap_or(0);
            if taken > width && dropped < 3 {
                continue;
            }
            let room = width.saturating_sub(taken + 2);
            return with_ends(cells, rows, width, room);
        }
        Vec::new()
    }

    /// The cells of a line without the last columns.
    fn chosen(&self, cells: &Cells, dropped: usize) -> Vec<String> {
        let mut row = vec![cells.name.clone(), cells.seats.clone()];
        if dropped < 3 {
            row.extend((0..self.tiers.len()).map(|at| cells.tiers.get(at).cloned().unwrap_or_default()));
        }
        row.push(cells.votes.clone());
        if dropped < 2 {
            row.push(cells.share.clone());
        }
        if self.shows_counted() {
            row.push(cells.counted.clone());
        }
        if dropped < 1 && self.open == 0 {
            row.push(cells.of_seats.clone());
        }
        row
    }
}

/// Lines with bars, and with what those lack who are out, where there is room for it.
fn with_ends(cells: &[Cells], rows: Vec<Vec<String>>, width: usize, room: usize) -> Vec<String> {
    // A heading in the first column runs over the others.
    let is_text = |cells: &Cells| cells.seats.is_empty();
    let laid: Vec<Vec<String>> = rows
        .iter()
        .zip(cells)
        .map(|(row, cells)| if is_text(cells) { vec![String::new(); row.len()] } else { row.clone() })
        .collect();
    let lines = layout::lines(&laid, &[Side::Left], width);
    let full = lines.iter().map(|line| line.width()).max().unwrap_or(0);
    let most =
        cells.iter().filter_map(|cells| cells.bar).map(|(seats, open)| seats.saturating_add(open)).max().unwrap_or(0);
    let line = |(line, cells): (String, &Cells)| {
        if is_text(cells) {
            return cells.name.clone();
        }
        let end = match cells.bar {
            Some(_) if room < NO_BAR => String::new(),
            Some((seats, open)) => bar(seats, open, most, room.min(BAR)),
            None => cells.end.clone(),
        };
        // Those who are out have no share of seats: what they lack may begin in that column.
        let taken = line.width() + 2;
        let start = (full + 2).min(width.saturating_sub(end.width())).max(taken);
        let room = width.saturating_sub(start);
        // A number is given whole or not at all.
        let short = end.replace(" votes short", " short");
        let is_number = short != end;
        let end = if end.width() <= room {
            end
        } else if short.width() <= room {
            short
        } else if is_number || room < NO_BAR {
            String::new()
        } else {
            layout::cut(&end, room)
        };
        let padding = " ".repeat(start + 2 - taken);
        format!("{line}{padding}{end}").trim_end().to_string()
    };
    lines.into_iter().zip(cells).map(line).collect()
}

/// Seats as a bar, one mark a seat where all of them fit; open ones half as long.
fn bar(seats: u64, open: u64, most: u64, room: usize) -> String {
    let scaled = |seats: u64| {
        if most <= room as u64 || seats == 0 {
            return usize::try_from(seats).unwrap_or(room);
        }
        let marks = u128::from(seats) * room as u128 / u128::from(most);
        usize::try_from(marks).unwrap_or(room).max(1)
    };
    let filled = scaled(seats);
    "━".repeat(filled) + &"╍".repeat(scaled(open).min(room.saturating_sub(filled).max(1)))
}

fn dash(seats: i128) -> String {
    match seats {
        0 => "-".into(),
        seats if seats < 0 => format!("−{}", grouped(seats.unsigned_abs())),
        seats => grouped(seats.unsigned_abs()),
    }
}
