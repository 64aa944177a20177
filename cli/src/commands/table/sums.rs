//! Votes by district and party, summed row by row.

use std::io::Read;
use std::ops::Range;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;

use crate::nearest;
use crate::reader::{Header, Reader, whole_number};
use crate::votes::ballots;

/// How many rows pass between two moves of the progress bar.
const ROWS_A_MOVE: u64 = 1 << 16;

/// Votes by district and party; both in the order in which they first stood in the table.
#[derive(Default)]
pub(crate) struct Sums {
    pub(crate) districts: Vec<District>,
    /// The districts' names.
    names: Names,
    parties: Names,
    /// What a party of the table is, if it is none: a key of a document's tally.
    ballots: Vec<Option<&'static str>>,
    /// The votes of each district's parties, one district after another.
    pub(crate) cells: Vec<Cell>,
}

/// A district, its seats as far as they are known, and where its parties stand among the cells.
pub(crate) struct District {
    pub(crate) name: String,
    pub(crate) seats: Option<u64>,
    pub(crate) cells: Range<usize>,
}

/// A party's votes in a district.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    district: u32,
    pub(crate) party: u32,
    pub(crate) votes: u64,
}

/// Where the cells are while they are summed.
#[derive(Default)]
struct Places {
    /// By district, in the upper half, and party.
    by_key: FxHashMap<u64, usize>,
    /// The first cell of each district.
    firsts: Vec<usize>,
    /// The district of the last row, and the cell after its own.
    district: u32,
    next: usize,
}

/// Texts and their numbers, from 0 in the order in which they came.
#[derive(Default)]
struct Names {
    numbers: FxHashMap<Box<[u8]>, u32>,
    texts: Vec<String>,
    /// The last one found: rows of one district stand together as a rule.
    last: u32,
}

impl Names {
    /// The number of a text, and whether it is new.
    fn number(&mut self, text: &[u8], line: u64) -> Result<(u32, bool)> {
        if self.texts.get(self.last as usize).is_some_and(|last| last.as_bytes() == text) {
            return Ok((self.last, false));
        }
        let known = self.numbers.get(text).copied();
        self.last = match known {
            Some(number) => number,
            None => self.add(text, line)?,
        };
        Ok((self.last, known.is_none()))
    }

    fn add(&mut self, text: &[u8], line: u64) -> Result<u32> {
        let Ok(name) = std::str::from_utf8(text) else { bail!("line {line}: the text is not UTF-8") };
        if name.is_empty() {
            bail!("line {line}: a district or a party has no name");
        }
        let Ok(number) = u32::try_from(self.texts.len()) else { bail!("line {line}: there are more than 2^32 names") };
        self.texts.push(name.to_string());
        self.numbers.insert(text.into(), number);
        Ok(number)
    }
}

impl Sums {
    /// Reads all rows; `moved` hears how many bytes were read.
    pub(crate) fn read<R: Read>(reader: &mut Reader<R>, header: &Header, moved: impl Fn(u64)) -> Result<Self> {
        let (district, party) = (header.needed("district")?, header.needed("party")?);
        let (votes, seats) = (header.needed("votes")?, header.place("seats"));
        let (mut sums, mut places, mut rows) = (Self::default(), Places::default(), 0_u64);
        while let Some(record) = reader.next()? {
            header.check(&record)?;
            let line = record.line;
            let (district, is_new) = sums.names.number(&record.get(district)?, line)?;
            if is_new {
                let name = sums.names.texts[district as usize].clone();
                sums.districts.push(District { name, seats: None, cells: 0..0 });
                places.firsts.push(sums.cells.len());
            }
            let count = whole_number(&record.get(votes)?, line, "votes")?;
            let place = sums.place(&mut places, district, &record.get(party)?, line)?;
            let cell = &mut sums.cells[place];
            cell.votes = add(cell.votes, count, line)?;
            if let Some(seats) = seats {
                let seats = record.get(seats)?;
                if !seats.is_empty() {
                    sums.say_seats(district as usize, whole_number(&seats, line, "seats")?, line)?;
                }
            }
            rows += 1;
            if rows % ROWS_A_MOVE == 0 {
                moved(reader.bytes());
            }
        }
        if sums.cells.is_empty() {
            bail!("the table has no rows");
        }
        sums.group();
        Ok(sums)
    }

    /// The cell of a party in a district, without votes if it is new.
    fn place(&mut self, places: &mut Places, district: u32, party: &[u8], line: u64) -> Result<usize> {
        // Stations name the parties in one order as a rule: then the cell follows that of the row before, or is the
        // district's first, and nothing need be looked up.
        let guess = if places.district == district { places.next } else { places.firsts[district as usize] };
        places.district = district;
        let is_there =
            |cell: &Cell| cell.district == district && self.parties.texts[cell.party as usize].as_bytes() == party;
        let place = match self.cells.get(guess) {
            Some(cell) if is_there(cell) => guess,
            _ => {
                let party = self.party(party, line)?;
                let key = u64::from(district) << 32 | u64::from(party);
                let place = *places.by_key.entry(key).or_insert(self.cells.len());
                if place == self.cells.len() {
                    self.cells.push(Cell { district, party, votes: 0 });
                }
                place
            }
        };
        places.next = place + 1;
        Ok(place)
    }

    fn party(&mut self, name: &[u8], line: u64) -> Result<u32> {
        let (party, is_new) = self.parties.number(name, line)?;
        if is_new {
            self.ballots.push(ballots(&self.parties.texts[party as usize], line)?);
        }
        Ok(party)
    }

    /// The names of all parties and other rows.
    pub(crate) fn party_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.parties.texts.iter().map(String::as_str)
    }

    /// Gives a party of the table a cell in a district where it has none; the cells must be grouped again then.
    pub(crate) fn add_party(&mut self, district: u32, name: &str) {
        let Some(&party) = self.parties.numbers.get(name.as_bytes()) else { return };
        let cells = self.districts[district as usize].cells.clone();
        if !self.cells[cells].iter().any(|cell| cell.party == party) {
            self.cells.push(Cell { district, party, votes: 0 });
        }
    }

    /// Brings the cells of each district together, in their order.
    pub(crate) fn group(&mut self) {
        self.cells.sort_by_key(|cell| cell.district);
        let mut start = 0;
        for (number, district) in (0..).zip(&mut self.districts) {
            let length = self.cells[start..].iter().take_while(|cell| cell.district == number).count();
            district.cells = start..start + length;
            start += length;
        }
    }

    fn say_seats(&mut self, district: usize, seats: u64, line: u64) -> Result<()> {
        let District { name, seats: known, .. } = &mut self.districts[district];
        match *known {
            Some(known) if known != seats => {
                bail!("line {line}: the district {name:?} has {seats} seats, but {known} before")
            }
            _ => *known = Some(seats),
        }
        Ok(())
    }

    /// Says how many seats a district has, in a line of another table.
    pub(crate) fn set_seats(&mut self, district: &str, seats: u64, line: u64) -> Result<()> {
        match self.names.numbers.get(district.as_bytes()) {
            Some(&place) => self.say_seats(place as usize, seats, line),
            None => {
                let names = self.names.texts.iter().map(String::as_str);
                bail!("line {line}: no votes are of the district {district:?}{}", nearest::hint(district, names))
            }
        }
    }

    /// Says that every district has so many seats.
    pub(crate) fn set_all_seats(&mut self, seats: u64) -> Result<()> {
        if let Some(district) = self.districts.iter().find(|district| district.seats.is_some()) {
            bail!("--seats, but the table has seats of its own, such as of {:?}", district.name);
        }
        self.districts.iter_mut().for_each(|district| district.seats = Some(seats));
        Ok(())
    }

    /// A party's name.
    pub(crate) fn party_name(&self, cell: &Cell) -> &str {
        &self.parties.texts[cell.party as usize]
    }

    /// The number of names of parties.
    pub(crate) fn party_count(&self) -> usize {
        self.parties.texts.len()
    }

    /// The key of a document's tally that a cell belongs to, if it is no party's.
    pub(crate) fn ballots(&self, cell: &Cell) -> Option<&'static str> {
        self.ballots[cell.party as usize]
    }
}

fn add(votes: u64, more: u64, line: u64) -> Result<u64> {
    match votes.checked_add(more) {
        Some(sum) => Ok(sum),
        None => bail!("line {line}: with these votes the party has more than 2^64 - 1 in its district"),
    }
}
