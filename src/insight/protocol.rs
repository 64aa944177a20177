//! The protocol of a biproportional election, in the three tables that the city of Zürich prints.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::table::Table;
use crate::count::PlaceId;
use crate::error::Error;
use crate::matrix::{PrintedDivisor, PrintedDivisors, Voters};
use crate::num::markup::html;
use crate::num::text::{grouped, percent};
use crate::outcome::{Outcome, PlaceOutcome};
use crate::rule::{MatrixRecord, Method, Record, Rule, Upper};

/// What a biproportional election prints: who takes part and what each party may claim, the seats of parties by their voters,
/// and the seats of lists by two divisors. After the tables stand sentences that read a cell aloud.
///
/// # Examples
/// ```
/// use apportion::insight::Protocol;
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 123), ("B", 912), ("C", 312)])?).with_seats(7),
///     Place::district("Centre", Tally::from_votes([("A", 45), ("B", 714), ("C", 255)])?).with_seats(5),
///     Place::district("South", Tally::from_votes([("A", 815), ("B", 414), ("C", 215)])?).with_seats(8),
/// ])?;
/// let rule = Rule::new(Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes), 20);
/// let protocol = Protocol::new(&rule, &rule.apply(&count)?)?;
/// assert_eq!(protocol.tables().len(), 3);
/// assert!(protocol.to_string().contains("912"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    tables: Vec<Table>,
    sentences: Vec<String>,
}

impl Protocol {
    /// The protocol of an outcome under its law. Where the upper apportionment is tied, there is no third table.
    ///
    /// # Errors
    /// [`Error::NotCovered`] for a law that is not biproportional, or that makes a matrix of each region.
    pub fn new(rule: &Rule, outcome: &Outcome) -> Result<Self, Error> {
        let fail = |feature: &str| Error::NotCovered { what: "protocols", feature: feature.into() };
        let law = rule.tiers().iter().find_map(|tier| match &tier.method {
            Method::Biproportional(law) => Some(law),
            _ => None,
        });
        let law = law.ok_or_else(|| fail("laws that are not biproportional"))?;
        let records = outcome.trace().records();
        let in_nation = |matrix: &&MatrixRecord| matrix.place == PlaceId::NATION;
        let matrix = records.iter().filter_map(Record::as_matrix).find(in_nation);
        let upper = records.iter().filter_map(Record::as_upper).find(|upper| upper.contest().place == PlaceId::NATION);
        if matrix.is_none() && upper.is_none() {
            return Err(fail("a matrix of each region"));
        }
        let mut protocol = Self { tables: Vec::new(), sentences: Vec::new() };
        if let Some(upper) = upper {
            let writer = Writer::new(law.voters, outcome)?;
            protocol.tables.push(writer.claims(&upper));
            protocol.sentences.extend(writer.left_out());
            protocol.tables.push(writer.upper(&upper));
            protocol.sentences.extend(upper.key().map(|key| format!("The key is {key}.")));
        }
        if let Some(matrix) = matrix {
            let printed = matrix.printed_divisors().ok();
            protocol.tables.push(lower(outcome, matrix, printed.as_ref()));
            protocol.sentences.extend(printed.and_then(|printed| read_aloud(outcome, matrix, &printed)));
            protocol
                .sentences
                .extend(outcome.ties().iter().filter(|tie| tie.cells().is_some()).map(|tie| format!("{tie}.")));
        }
        Ok(protocol)
    }

    /// The tables: claims, seats of parties, seats of lists.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// What is said below them.
    #[must_use]
    pub fn sentences(&self) -> &[String] {
        &self.sentences
    }

    /// The protocol in Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        for table in &self.tables {
            text += &format!("### {}\n\n{}\n", table.title(), table.to_markdown());
        }
        text + &self.sentences.join("\n\n") + "\n"
    }

    /// The protocol as a piece of HTML: headings, tables and paragraphs.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut text = String::new();
        for table in &self.tables {
            text += &format!("<h3>{}</h3>\n<table>\n", html(table.title()));
            text += &html_row("th", table.headings());
            table.rows().iter().for_each(|row| text += &html_row("td", row));
            text += "</table>\n";
        }
        self.sentences.iter().for_each(|sentence| text += &format!("<p>{}</p>\n", html(sentence)));
        text
    }
}

impl core::fmt::Display for Protocol {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for table in &self.tables {
            writeln!(f, "{}\n{table}", table.title())?;
        }
        self.sentences.iter().try_for_each(|sentence| writeln!(f, "{sentence}"))
    }
}

impl Record {
    /// The matrix, if it is one.
    fn as_matrix(&self) -> Option<&MatrixRecord> {
        match self {
            Self::Matrix(matrix) => Some(matrix),
            _ => None,
        }
    }
}

/// What the first two tables are written from: every party's votes and voters, district by district.
struct Writer<'w> {
    outcome: &'w Outcome,
    districts: Vec<&'w PlaceOutcome>,
    /// By party, then by district.
    votes: Vec<Vec<u64>>,
    voters: Vec<Vec<Exact>>,
}

/// A number as numerator and denominator.
type Exact = (BigUint, BigUint);

impl<'w> Writer<'w> {
    fn new(voters: Voters, outcome: &'w Outcome) -> Result<Self, Error> {
        let districts: Vec<&PlaceOutcome> = outcome.districts().collect();
        let votes_of = |name: &str, place: &PlaceOutcome| place.party(name).map_or(0, crate::PartyOutcome::votes);
        let row = |party: &crate::PartyOutcome| districts.iter().map(|place| votes_of(party.name(), place)).collect();
        let votes: Vec<Vec<u64>> = outcome.parties().iter().map(row).collect();
        let of_cell = |(&votes, place): (&u64, &&PlaceOutcome)| -> Result<Exact, Error> {
            let numbers = voters.numbers(&[votes], &[place.total_seats()])?;
            Ok((numbers.numerators()[0].clone(), numbers.denominator().clone()))
        };
        let of_row = |row: &Vec<u64>| row.iter().zip(&districts).map(of_cell).collect::<Result<Vec<_>, _>>();
        let voters = votes.iter().map(of_row).collect::<Result<_, _>>()?;
        Ok(Self { outcome, districts, votes, voters })
    }

    fn total(&self, party: usize) -> Exact {
        let zero = (BigUint::ZERO, BigUint::from(1_u8));
        self.voters[party].iter().fold(zero, |(top, bottom), (more, under)| {
            if bottom == *under { (top + more, bottom) } else { (top * under + more * &bottom, bottom * under) }
        })
    }

    /// Voters, shares, ideal claims and seats.
    fn claims(&self, upper: &Upper<'_>) -> Table {
        let headings = ["list", "voters", "share", "with quorum", "claim", "seats"];
        let mut table = Table::new("Who takes part, and what they may claim", &headings);
        let parties = self.outcome.parties();
        let all = self.sum(&|_| true);
        let admitted = self.sum(&|at| parties[at].is_admitted());
        for (at, party) in parties.iter().enumerate() {
            let own = self.total(at);
            let mut row = vec![party.name().to_string(), rounded(&own, 0), share(&own, &all)];
            if party.is_admitted() {
                let claim = (&own.0 * &admitted.1 * upper.contest().seats, &own.1 * &admitted.0);
                row.extend([share(&own, &admitted), rounded(&claim, 2), seats_of(upper, at)]);
            } else {
                row.extend(["***", "***", "***"].map(String::from));
            }
            table.push(row);
        }
        table
    }

    fn sum(&self, of: &dyn Fn(usize) -> bool) -> Exact {
        let totals = (0..self.voters.len()).filter(|&at| of(at)).map(|at| self.total(at));
        totals.fold((BigUint::ZERO, BigUint::from(1_u8)), |(top, bottom), (more, under)| {
            if bottom == under { (top + more, bottom) } else { (top * &under + more * &bottom, bottom * under) }
        })
    }

    fn left_out(&self) -> Option<String> {
        let out = self.outcome.parties().iter().filter(|party| !party.is_admitted()).map(crate::PartyOutcome::name);
        let names: Vec<&str> = out.collect();
        (!names.is_empty()).then(|| format!("Without quorum (***): {}.", names.join(", ")))
    }

    /// Votes and voters by district, with the quotient by the key and the seats.
    fn upper(&self, upper: &Upper<'_>) -> Table {
        let mut headings = vec!["list"];
        headings.extend(self.districts.iter().map(|place| place.name()));
        headings.extend(["all", "quotient", "seats"]);
        let mut table = Table::new("Seats of parties (Oberzuteilung)", &headings);
        let key = upper.key().and_then(|key| read(&key.to_string()));
        for (at, party) in self.outcome.parties().iter().enumerate().filter(|(_, party)| party.is_admitted()) {
            let all: u128 = self.votes[at].iter().map(|&votes| u128::from(votes)).sum();
            let mut row = vec![party.name().to_string()];
            row.extend(self.votes[at].iter().map(|&votes| grouped(votes)));
            row.extend([grouped(all), String::new(), String::new()]);
            table.push(row);
            let own = self.total(at);
            let quotient = key.as_ref().map(|(top, bottom)| rounded(&(&own.0 * bottom, &own.1 * top), 2));
            let mut row = vec!["  voters".to_string()];
            row.extend(self.voters[at].iter().map(|voters| rounded(voters, 0)));
            row.extend([rounded(&own, 0), quotient.unwrap_or_default(), seats_of(upper, at)]);
            table.push(row);
        }
        table
    }
}

/// The seats of a party after the upper apportionment, with a question mark while it is tied for one more.
fn seats_of(upper: &Upper<'_>, party: usize) -> String {
    let contest = upper.contest();
    let Some(entry) = contest.entries.iter().position(|entry| entry.parties[0].index() == party) else {
        return String::new();
    };
    let tied = contest.tie.as_ref().is_some_and(|tie| tie.parties().contains(&entry));
    format!("{}{}", contest.certain[entry], if tied { "+?" } else { "" })
}

/// Votes and seats by district, with both divisors.
fn lower(outcome: &Outcome, matrix: &MatrixRecord, printed: Option<&PrintedDivisors>) -> Table {
    let place = |id: &PlaceId| outcome.places().get(id.index().wrapping_sub(1)).map_or("", PlaceOutcome::name);
    let mut headings = vec!["list", "all"];
    headings.extend(matrix.districts.iter().map(place));
    headings.push("divisor");
    let mut table = Table::new("Seats of lists (Unterzuteilung)", &headings);
    let width = matrix.districts.len();
    let divisor = |divisors: Option<&[Option<PrintedDivisor>]>, at: usize| {
        let known = divisors.and_then(|divisors| divisors.get(at)).and_then(Option::as_ref);
        known.map_or_else(|| "–".to_string(), ToString::to_string)
    };
    for (row, party) in matrix.parties.iter().enumerate() {
        let cells = row * width..(row + 1) * width;
        let mut votes = vec![outcome.parties()[party.index()].name().to_string(), String::new()];
        votes.extend(matrix.votes[cells].iter().map(|&votes| grouped(votes)));
        votes.push(divisor(printed.map(PrintedDivisors::parties), row));
        table.push(votes);
        let mut seats = vec!["  seats".to_string(), matrix.party_seats[row].to_string()];
        let tied = |column: usize| matrix.allocation.ties().iter().any(|tie| tie.cells().contains(&(row, column)));
        let open = |column: usize| if tied(column) { "+?" } else { "" };
        let own = matrix.allocation.party(row).iter().enumerate();
        // What a bound holds up is marked: no quotient is rounded to it.
        let held = |column: usize| if matrix.is_held_up(row, column) { "°" } else { "" };
        seats.extend(own.map(|(column, &seats)| format!("{seats}{}{}", held(column), open(column))));
        seats.push(String::new());
        table.push(seats);
    }
    let mut foot = vec!["divisor".to_string(), String::new()];
    foot.extend((0..width).map(|column| divisor(printed.map(PrintedDivisors::districts), column)));
    foot.push(String::new());
    table.push(foot);
    table
}

/// A sentence that follows the cell with most seats from votes to seats.
fn read_aloud(outcome: &Outcome, matrix: &MatrixRecord, printed: &PrintedDivisors) -> Option<String> {
    let width = matrix.districts.len();
    let free = |&cell: &usize| matrix.minimums[cell] < matrix.allocation.certain()[cell];
    let cell = (0..matrix.votes.len()).filter(free).max_by_key(|&cell| matrix.allocation.certain()[cell])?;
    let (row, column) = (cell / width, cell % width);
    let (party, district) =
        (printed.parties()[row].as_ref()?.to_string(), printed.districts()[column].as_ref()?.to_string());
    let ((top, bottom), (more, under)) = (read(&party)?, read(&district)?);
    let quotient = rounded(&(bottom * under * matrix.votes[cell], top * more), 2);
    let name = outcome.parties()[matrix.parties[row].index()].name();
    let place = outcome.places().get(matrix.districts[column].index().checked_sub(1)?)?.name();
    let (votes, seats) = (grouped(matrix.votes[cell]), matrix.allocation.certain()[cell]);
    Some(format!("{name} in {place}: {votes} / ({party} × {district}) = {quotient}, rounded {seats}."))
}

/// A decimal or a ratio, exactly; none for a root.
fn read(text: &str) -> Option<Exact> {
    if let Some((top, bottom)) = text.split_once('/') {
        return Some((top.parse().ok()?, bottom.parse().ok()?));
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let places = u32::try_from(part.len()).ok()?;
    Some((format!("{whole}{part}").parse().ok()?, BigUint::from(10_u8).pow(places)))
}

/// A number with so many decimals, a half up; a dash where there is none.
fn rounded((top, bottom): &Exact, decimals: u32) -> String {
    if *bottom == BigUint::ZERO {
        return "–".into();
    }
    let scale = BigUint::from(10_u8).pow(decimals);
    let units = (top * &scale * 2_u8 + bottom) / (bottom * 2_u8);
    let whole = (&units / &scale).to_string();
    let whole = whole.parse::<u128>().map_or(whole, grouped);
    match decimals {
        0 => whole,
        _ => format!("{whole}.{:0>width$}", (units % scale).to_string(), width = decimals as usize),
    }
}

fn share(part: &Exact, whole: &Exact) -> String {
    // Leading bits are enough to print.
    let (part, whole) = (&part.0 * &whole.1, &whole.0 * &part.1);
    let shift = whole.bits().saturating_sub(96);
    let short = |number: BigUint| u128::try_from(number >> shift).unwrap_or(u128::MAX);
    percent(short(part), short(whole), None)
}

fn html_row(tag: &str, cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", html(cell))).collect();
    format!("<tr>{}</tr>\n", cells.concat())
}
