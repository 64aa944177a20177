//! The seats of each district, and how they are written.

use std::io::Write;

use anyhow::{Context, Result, anyhow, bail};
use apportion::{AllocationMethod, Ratio, Scratch};
use serde_json::{Map, Value, json};

use super::sums::{Cell, District, Sums};
use crate::grid::{Grid, csv_line};
use crate::library;
use crate::output::{OPEN, STRONG, counted, grouped, printable};
use crate::source::election_of;

/// The most ties that the summary lists.
const TIES_SHOWN: usize = 10;

/// Votes, seats and ties.
pub(crate) struct Answered {
    sums: Sums,
    /// The certain seats, cell by cell; none for what is no party.
    seats: Vec<u64>,
    /// Whether a party took part, cell by cell.
    admitted: Vec<bool>,
    ties: Vec<Tie>,
}

/// An open tie of a district.
struct Tie {
    district: usize,
    /// The cells of the parties.
    cells: Vec<usize>,
    seats: u64,
}

impl Answered {
    /// Every district by the method alone: nothing is kept but numbers, however many districts there are.
    pub(crate) fn by_method(sums: Sums, method: &AllocationMethod) -> Result<Self> {
        let mut seats = vec![0; sums.cells.len()];
        let (mut ties, mut scratch) = (Vec::new(), Scratch::new());
        let (mut cells, mut votes, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for (number, district) in sums.districts.iter().enumerate() {
            cells.clear();
            cells.extend(district.cells.clone().filter(|&cell| sums.ballots(&sums.cells[cell]).is_none()));
            votes.clear();
            votes.extend(cells.iter().map(|&cell| sums.cells[cell].votes));
            given.clear();
            given.resize(cells.len(), 0);
            let tie = method
                .allocate_into(&votes, seats_of(district)?, &mut given, &mut scratch)
                .with_context(|| format!("the district {:?}", district.name))?;
            if let Some(tie) = tie {
                let cells = tie.parties().iter().map(|&party| cells[party]).collect();
                ties.push(Tie { district: number, cells, seats: tie.seats() });
            }
            cells.iter().zip(&given).for_each(|(&cell, &given)| seats[cell] = given);
        }
        let admitted = vec![true; sums.cells.len()];
        Ok(Self { sums, seats, admitted, ties })
    }

    /// All districts by a law, as one document.
    pub(crate) fn by_law(
        sums: Sums,
        law: Option<&str>,
        method: Option<&AllocationMethod>,
        threshold: Option<(&Ratio, &str)>,
    ) -> Result<Self> {
        let mut document = law.map(library::law).transpose()?.unwrap_or_default();
        if !document.contains_key("seats_by") && document.get("rule").is_none_or(|rule| rule.get("seats_by").is_none())
        {
            document.remove("seats");
            sums.districts.iter().try_for_each(|district| seats_of(district).map(drop))?;
        }
        let rule = document.entry("rule").or_insert_with(|| Value::Object(Map::new()));
        if let Some(method) = method {
            rule["method"] = serde_json::to_value(method)?;
        }
        if let Some((share, at)) = threshold {
            rule["threshold"] = json!({ "share": share, "of": "valid", "at": at });
        }
        let districts = sums.districts.iter().map(|district| written(&sums, district));
        document.insert("districts".into(), districts.collect());
        let answer = serde_json::to_value(library::answer(&election_of(document)?))?;
        Self::read(sums, &answer)
    }

    /// What the library answered, district by district in the order of the sums.
    fn read(sums: Sums, answer: &Value) -> Result<Self> {
        if let Some(error) = answer["error"].as_str() {
            bail!("{error}");
        }
        let mut seats = vec![0; sums.cells.len()];
        let (mut admitted, mut ties) = (vec![true; sums.cells.len()], Vec::new());
        for (number, district) in sums.districts.iter().enumerate() {
            let of_parties = district.cells.clone().filter(|&cell| sums.ballots(&sums.cells[cell]).is_none());
            let cells: Vec<usize> = of_parties.collect();
            let place = &answer["districts"][number];
            for (&cell, party) in cells.iter().zip(list(place, "parties")) {
                seats[cell] = party["seats"].as_u64().ok_or_else(|| anyhow!("the answer has no seats"))?;
                admitted[cell] = party["admitted"].as_bool().unwrap_or(true);
            }
            for tie in list(place, "ties") {
                let names = list(tie, "parties");
                let is_tied = |cell: &usize| names.iter().any(|name| name == sums.party_name(&sums.cells[*cell]));
                let seats = tie["seats"].as_u64().unwrap_or(0);
                ties.push(Tie { district: number, cells: cells.iter().copied().filter(is_tied).collect(), seats });
            }
        }
        Ok(Self { sums, seats, admitted, ties })
    }

    pub(crate) fn is_tied(&self) -> bool {
        !self.ties.is_empty()
    }

    /// The cells of a district's parties.
    fn parties(&self, district: &District) -> impl Iterator<Item = (usize, &Cell)> {
        let cells = district.cells.clone().map(|place| (place, &self.sums.cells[place]));
        cells.filter(|(_, cell)| self.sums.ballots(cell).is_none())
    }

    /// All parties in all districts: votes, certain seats, open seats at most.
    fn totals(&self) -> Vec<(&str, u128, u128, u64)> {
        let mut totals = vec![("", 0_u128, 0_u128, 0_u64); self.sums.party_count()];
        for (place, cell) in self.sums.districts.iter().flat_map(|district| self.parties(district)) {
            let total = &mut totals[cell.party as usize];
            total.0 = self.sums.party_name(cell);
            total.1 += u128::from(cell.votes);
            total.2 += u128::from(self.seats[place]);
        }
        for tie in &self.ties {
            tie.cells.iter().for_each(|&cell| totals[self.sums.cells[cell].party as usize].3 += 1);
        }
        totals.retain(|(name, ..)| !name.is_empty());
        totals
    }

    /// The parties of the nation, for programs.
    pub(crate) fn nation(&self) -> Grid {
        let mut grid = Grid::new(["party", "votes", "seats", "tied"]);
        for (name, votes, seats, tied) in self.totals() {
            grid.push(vec![name.into(), number(votes), number(seats), tied.into()]);
        }
        grid
    }

    /// Every party of every district.
    pub(crate) fn districts(&self) -> Grid {
        let mut grid = Grid::new(["district", "party", "votes", "seats", "tied"]);
        let tied = self.tied_cells();
        for district in &self.sums.districts {
            for (place, cell) in self.parties(district) {
                let name = self.sums.party_name(cell);
                let numbers = [cell.votes.into(), self.seats[place].into(), tied[place].into()];
                grid.push([district.name.as_str().into(), name.into()].into_iter().chain(numbers).collect());
            }
        }
        grid
    }

    fn tied_cells(&self) -> Vec<bool> {
        let mut tied = vec![false; self.seats.len()];
        self.ties.iter().flat_map(|tie| &tie.cells).for_each(|&cell| tied[cell] = true);
        tied
    }

    /// Every party of every district, without keeping the text.
    pub(crate) fn write_csv(&self, out: &mut dyn Write) -> Result<()> {
        let tied = self.tied_cells();
        writeln!(out, "district,party,votes,seats,tied")?;
        for district in &self.sums.districts {
            for (place, cell) in self.parties(district) {
                let names = csv_line(&[district.name.clone(), self.sums.party_name(cell).to_string()]);
                writeln!(out, "{names},{},{},{}", cell.votes, self.seats[place], tied[place])?;
            }
        }
        Ok(())
    }

    /// A district as answers have it.
    fn district(&self, number: usize) -> Value {
        let district = &self.sums.districts[number];
        let parties = self.parties(district).map(|(place, cell)| {
            let (name, seats, admitted) = (self.sums.party_name(cell), self.seats[place], self.admitted[place]);
            json!({ "name": name, "votes": cell.votes, "seats": seats, "admitted": admitted })
        });
        // Ties are in the order of the districts.
        let first = self.ties.partition_point(|tie| tie.district < number);
        let own = self.ties[first..].iter().take_while(|tie| tie.district == number);
        let ties = own.map(|tie| self.tie(tie)).collect::<Vec<_>>();
        json!({ "name": district.name, "seats": district.seats, "parties": parties.collect::<Vec<_>>(), "ties": ties })
    }

    fn tie(&self, tie: &Tie) -> Value {
        let names = tie.cells.iter().map(|&cell| self.sums.party_name(&self.sums.cells[cell]));
        json!({ "district": self.sums.districts[tie.district].name, "parties": names.collect::<Vec<_>>(), "seats": tie.seats })
    }

    pub(crate) fn write_json_lines(&self, out: &mut dyn Write) -> Result<()> {
        (0..self.sums.districts.len()).try_for_each(|number| Ok(writeln!(out, "{}", self.district(number))?))
    }

    /// One object: the nation's parties, the ties, and the districts, written one after another.
    pub(crate) fn write_json(&self, out: &mut dyn Write) -> Result<()> {
        let parties = self.totals().into_iter().map(|(name, votes, seats, tied)| {
            json!({ "name": name, "votes": number(votes), "seats": number(seats), "tied": tied })
        });
        let parties = Value::Array(parties.collect());
        let ties: Value = self.ties.iter().map(|tie| self.tie(tie)).collect();
        write!(out, "{{\"seats\":{},\"parties\":{parties},\"ties\":{ties},\"districts\":[", number(self.all_seats()))?;
        for number in 0..self.sums.districts.len() {
            write!(out, "{}{}", if number == 0 { "" } else { "," }, self.district(number))?;
        }
        writeln!(out, "]}}")?;
        Ok(())
    }

    fn all_seats(&self) -> u128 {
        self.sums.districts.iter().map(|district| u128::from(district.seats.unwrap_or(0))).sum()
    }

    /// The nation for people, and the ties.
    pub(crate) fn write_summary(&self, out: &mut dyn Write) -> Result<()> {
        let totals = self.totals();
        let votes: u128 = totals.iter().map(|(_, votes, ..)| votes).sum();
        let mut grid = Grid::new(["party", "votes", "share", "seats"]);
        for (name, party_votes, seats, tied) in &totals {
            let seats = match tied {
                0 => number(*seats),
                _ => format!("{} to {}", grouped_sum(*seats), grouped_sum(seats + u128::from(*tied))).into(),
            };
            grid.push(vec![(*name).into(), number(*party_votes), percent(*party_votes, votes).into(), seats]);
        }
        let districts = counted(self.sums.districts.len() as u64, "district", "districts");
        writeln!(out, "{STRONG}{} seats in {districts}{STRONG:#}\n", grouped_sum(self.all_seats()))?;
        grid.write(crate::output::Format::Table, out)?;
        self.write_ties(out)
    }

    /// The open ties, the first of them.
    pub(crate) fn write_ties(&self, out: &mut dyn Write) -> Result<()> {
        for tie in self.ties.iter().take(TIES_SHOWN) {
            let names: Vec<&str> = tie.cells.iter().map(|&cell| self.sums.party_name(&self.sums.cells[cell])).collect();
            let seats = counted(tie.seats, "seat is", "seats are");
            let district = &self.sums.districts[tie.district].name;
            let text = format!("{district}: {seats} tied between {}", names.join(", "));
            writeln!(out, "{OPEN}{}{OPEN:#}", printable(&text))?;
        }
        if self.ties.len() > TIES_SHOWN {
            let more = counted((self.ties.len() - TIES_SHOWN) as u64, "more tie", "more ties");
            writeln!(out, "{OPEN}and {more}: --format csv has them all{OPEN:#}")?;
        }
        Ok(())
    }
}

fn seats_of(district: &District) -> Result<u64> {
    district.seats.ok_or_else(|| {
        let name = &district.name;
        anyhow!("the district {name:?} has no seats: give a column seats, --seats NUMBER or --houses FILE")
    })
}

/// A district as documents have it.
fn written(sums: &Sums, district: &District) -> Value {
    let (mut parties, mut tally) = (Vec::new(), Map::new());
    for cell in &sums.cells[district.cells.clone()] {
        match sums.ballots(cell) {
            Some(key) => drop(tally.insert(key.into(), cell.votes.into())),
            None => parties.push(json!({ "name": sums.party_name(cell), "votes": cell.votes })),
        }
    }
    let mut written =
        Map::from_iter([("name".into(), district.name.as_str().into()), ("parties".into(), parties.into())]);
    if let Some(seats) = district.seats {
        written.insert("seats".into(), seats.into());
    }
    if !tally.is_empty() {
        written.insert("tally".into(), tally.into());
    }
    Value::Object(written)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A sum over districts: a number as far as JSON's readers can take it, text beyond.
fn number(sum: u128) -> Value {
    u64::try_from(sum).map_or_else(|_| sum.to_string().into(), Value::from)
}

/// A sum over districts for people.
fn grouped_sum(sum: u128) -> String {
    u64::try_from(sum).map_or_else(|_| sum.to_string(), grouped)
}

/// A share with two decimals, rounded down, so that nobody seems to reach what they miss.
fn percent(part: u128, whole: u128) -> String {
    if whole == 0 {
        return "-".into();
    }
    // Sums of fewer than 2^64 counts below 2^64 may be too large to be multiplied: their last bits do not show.
    let shift = (u128::BITS - whole.leading_zeros()).saturating_sub(100);
    let hundredths = (part >> shift) * 10_000 / (whole >> shift);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
