//! The seats of each district, and how they are written.

use std::io::Write;

use anyhow::{Context, Result, anyhow, bail};
use apportion::{AllocationMethod, Outcome, PartyOutcome, PlaceOutcome, Ratio, Scratch};
use rustc_hash::FxHashMap;
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
    /// All districts together.
    nation: Nation,
    /// The certain seats, cell by cell; none for what is no party.
    seats: Vec<u64>,
    /// Whether a party took part, cell by cell.
    admitted: Vec<bool>,
    ties: Vec<Tie>,
}

/// What came out in all districts together, and by tiers above them.
struct Nation {
    seats: u128,
    totals: Vec<Total>,
    /// In how many ways the law can end, where it had to know how a tie does.
    ways: usize,
}

/// A party in the nation.
struct Total {
    name: String,
    votes: u128,
    /// Certain seats.
    seats: u128,
    /// Seats more at most, by open ties.
    open: u64,
}

/// An open tie.
struct Tie {
    /// Where; in the nation, if it is of no district.
    district: Option<usize>,
    parties: Vec<String>,
    /// The cells of the parties, in a district.
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
                let cells: Vec<usize> = tie.parties().iter().map(|&party| cells[party]).collect();
                let parties = cells.iter().map(|&cell| sums.party_name(&sums.cells[cell]).to_string()).collect();
                ties.push(Tie { district: Some(number), parties, cells, seats: tie.seats() });
            }
            cells.iter().zip(&given).for_each(|(&cell, &given)| seats[cell] = given);
        }
        let admitted = vec![true; sums.cells.len()];
        let nation = Nation::summed(&sums, &seats, &ties);
        Ok(Self { sums, nation, seats, admitted, ties })
    }

    /// All districts by a law, as one document.
    pub(crate) fn by_law(
        sums: Sums,
        law: Option<&str>,
        method: Option<&AllocationMethod>,
        threshold: Option<(&Ratio, &str)>,
    ) -> Result<Self> {
        let mut document = law.map(library::law).transpose()?.unwrap_or_default();
        if document.contains_key("tiers") {
            if method.is_some() || threshold.is_some() {
                bail!("--method and --threshold say nothing of a law in several tiers, which have their own");
            }
        } else {
            if document.get("rule").is_none_or(|rule| rule.get("seats_by").is_none()) {
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
        }
        let districts = sums.districts.iter().map(|district| written(&sums, district));
        document.insert("districts".into(), districts.collect());
        Ok(Self::of_outcome(sums, &election_of(document)?.outcome()?))
    }

    /// An outcome, district by district in the order of the sums.
    fn of_outcome(mut sums: Sums, outcome: &Outcome) -> Self {
        let places: Vec<&PlaceOutcome> = outcome.districts().collect();
        // Tiers above the districts may give a seat to a party where it has no votes.
        for (number, place) in (0..).zip(&places) {
            place.parties().iter().for_each(|party| sums.add_party(number, party.name()));
        }
        sums.group();
        let mut seats = vec![0; sums.cells.len()];
        let (mut admitted, mut ties) = (vec![true; sums.cells.len()], Vec::new());
        for (number, (district, place)) in sums.districts.iter().zip(&places).enumerate() {
            let of_parties = district.cells.clone().filter(|&cell| sums.ballots(&sums.cells[cell]).is_none());
            let cells: FxHashMap<&str, usize> =
                of_parties.map(|cell| (sums.party_name(&sums.cells[cell]), cell)).collect();
            for party in place.parties() {
                if let Some(&cell) = cells.get(party.name()) {
                    (seats[cell], admitted[cell]) = (party.certain(), party.is_admitted());
                }
            }
            ties.extend(place.ties().iter().map(|tie| Tie {
                district: Some(number),
                parties: tie.parties().to_vec(),
                cells: tie.parties().iter().filter_map(|name| cells.get(name.as_str()).copied()).collect(),
                seats: tie.seats(),
            }));
        }
        let of_no_district = outcome.ties().iter().filter(|tie| !places.iter().any(|place| place.ties().contains(tie)));
        ties.extend(of_no_district.map(|tie| Tie {
            district: None,
            parties: tie.parties().to_vec(),
            cells: Vec::new(),
            seats: tie.seats(),
        }));
        Self { nation: Nation::of(outcome), sums, seats, admitted, ties }
    }

    pub(crate) fn is_tied(&self) -> bool {
        !self.ties.is_empty() || self.nation.ways > 0
    }

    /// The cells of a district's parties.
    fn parties(&self, district: &District) -> impl Iterator<Item = (usize, &Cell)> {
        let cells = district.cells.clone().map(|place| (place, &self.sums.cells[place]));
        cells.filter(|(_, cell)| self.sums.ballots(cell).is_none())
    }

    /// The parties of the nation, for programs.
    pub(crate) fn nation(&self) -> Grid {
        let mut grid = Grid::new(["party", "votes", "seats", "tied"]);
        for total in &self.nation.totals {
            grid.push(vec![total.name.as_str().into(), number(total.votes), number(total.seats), total.open.into()]);
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
        // Ties are in the order of the districts; those of the nation come last.
        let first = self.ties.partition_point(|tie| tie.district.is_some_and(|district| district < number));
        let own = self.ties[first..].iter().take_while(|tie| tie.district == Some(number));
        let ties = own.map(|tie| self.tie(tie)).collect::<Vec<_>>();
        json!({ "name": district.name, "seats": district.seats, "parties": parties.collect::<Vec<_>>(), "ties": ties })
    }

    fn tie(&self, tie: &Tie) -> Value {
        let district = tie.district.map(|number| self.sums.districts[number].name.as_str());
        json!({ "district": district, "parties": tie.parties, "seats": tie.seats })
    }

    pub(crate) fn write_json_lines(&self, out: &mut dyn Write) -> Result<()> {
        (0..self.sums.districts.len()).try_for_each(|number| Ok(writeln!(out, "{}", self.district(number))?))
    }

    /// One object: the nation's parties, the ties, and the districts, written one after another.
    pub(crate) fn write_json(&self, out: &mut dyn Write) -> Result<()> {
        let parties = self.nation.totals.iter().map(|Total { name, votes, seats, open }| {
            json!({ "name": name, "votes": number(*votes), "seats": number(*seats), "tied": open })
        });
        let parties = Value::Array(parties.collect());
        let ties: Value = self.ties.iter().map(|tie| self.tie(tie)).collect();
        write!(out, "{{\"seats\":{},\"parties\":{parties},\"ties\":{ties},\"districts\":[", number(self.nation.seats))?;
        for number in 0..self.sums.districts.len() {
            write!(out, "{}{}", if number == 0 { "" } else { "," }, self.district(number))?;
        }
        writeln!(out, "]}}")?;
        Ok(())
    }

    /// The nation for people, and the ties.
    pub(crate) fn write_summary(&self, out: &mut dyn Write) -> Result<()> {
        let totals = &self.nation.totals;
        let votes: u128 = totals.iter().map(|total| total.votes).sum();
        let mut grid = Grid::new(["party", "votes", "share", "seats"]);
        for Total { name, votes: of_party, seats, open } in totals {
            let seats = match open {
                0 => number(*seats),
                _ => format!("{} to {}", grouped_sum(*seats), grouped_sum(seats + u128::from(*open))).into(),
            };
            grid.push(vec![name.as_str().into(), number(*of_party), percent(*of_party, votes).into(), seats]);
        }
        let districts = counted(self.sums.districts.len() as u64, "district", "districts");
        writeln!(out, "{STRONG}{} seats in {districts}{STRONG:#}\n", grouped_sum(self.nation.seats))?;
        grid.write(crate::output::Format::Table, out)?;
        self.write_ties(out)
    }

    /// The open ties, the first of them.
    pub(crate) fn write_ties(&self, out: &mut dyn Write) -> Result<()> {
        for tie in self.ties.iter().take(TIES_SHOWN) {
            let seats = counted(tie.seats, "seat is", "seats are");
            let district = tie.district.map_or("in the nation", |number| &self.sums.districts[number].name);
            let text = format!("{district}: {seats} tied between {}", tie.parties.join(", "));
            writeln!(out, "{OPEN}{}{OPEN:#}", printable(&text))?;
        }
        if self.ties.len() > TIES_SHOWN {
            let more = counted((self.ties.len() - TIES_SHOWN) as u64, "more tie", "more ties");
            writeln!(out, "{OPEN}and {more}: --format json has them all{OPEN:#}")?;
        }
        if self.nation.ways > 0 {
            let ways = counted(self.nation.ways as u64, "way", "ways");
            writeln!(out, "{OPEN}the law asks how the first tie ends, and ends in {ways} itself{OPEN:#}")?;
        }
        Ok(())
    }
}

impl Nation {
    /// The districts' parties together.
    fn summed(sums: &Sums, seats: &[u64], ties: &[Tie]) -> Self {
        let mut totals: Vec<Option<Total>> = (0..sums.party_count()).map(|_| None).collect();
        for (cell, &seats) in sums.cells.iter().zip(seats).filter(|(cell, _)| sums.ballots(cell).is_none()) {
            let empty = || Total { name: sums.party_name(cell).into(), votes: 0, seats: 0, open: 0 };
            let total = totals[cell.party as usize].get_or_insert_with(empty);
            total.votes += u128::from(cell.votes);
            total.seats += u128::from(seats);
        }
        for &cell in ties.iter().flat_map(|tie| &tie.cells) {
            totals[sums.cells[cell].party as usize].iter_mut().for_each(|total| total.open += 1);
        }
        let seats = sums.districts.iter().map(|district| u128::from(district.seats.unwrap_or(0))).sum();
        Self { seats, totals: totals.into_iter().flatten().collect(), ways: 0 }
    }

    fn of(outcome: &Outcome) -> Self {
        let total = |party: &PartyOutcome| Total {
            name: party.name().into(),
            votes: party.votes().into(),
            seats: party.certain().into(),
            open: outcome.possible(party.name()).map_or(0, |most| most.saturating_sub(party.certain())),
        };
        let totals = outcome.parties().iter().map(total).collect();
        Self { seats: outcome.total_seats().into(), totals, ways: outcome.ways().len() }
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
