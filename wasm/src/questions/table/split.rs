//! A text as rows and columns.

use super::Row;

/// Words that head a column.
const NAMES: [&str; 14] = [
    "party",
    "parties",
    "list",
    "name",
    "partei",
    "liste",
    "parti",
    "partido",
    "partij",
    "partito",
    "партия",
    "lista",
    "candidate",
    "state",
];
const VOTES: [&str; 12] = [
    "votes",
    "vote",
    "stimmen",
    "stemmer",
    "stemmen",
    "röster",
    "voix",
    "votos",
    "voti",
    "голоса",
    "głosy",
    "population",
];
const DISTRICTS: [&str; 16] = [
    "district",
    "districts",
    "constituency",
    "wahlkreis",
    "kreis",
    "kanton",
    "canton",
    "fylke",
    "valkrets",
    "valgdistrikt",
    "circonscription",
    "circunscripción",
    "provincia",
    "okręg",
    "округ",
    "kieskring",
];
const SEATS: [&str; 6] = ["seats", "official", "mandates", "sitze", "mandater", "mandate"];

/// The rows of a text, without its heading.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<(usize, &str)> =
        (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !is_rule(line)).collect();
    let cells = cells(&lines);
    let heading = cells.first().filter(|(_, cells)| is_heading(cells)).map(|(_, cells)| cells.clone());
    let columns = Columns::of(heading.as_deref());
    cells.into_iter().skip(usize::from(heading.is_some())).map(|(line, cells)| columns.row(line, &cells)).collect()
}

/// A line of a Markdown table between its head and its body.
fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|letter| "|-: ".contains(letter))
}

fn cells(lines: &[(usize, &str)]) -> Vec<(usize, Vec<String>)> {
    let any = |separator: char| lines.iter().any(|(_, line)| line.contains(separator));
    let all = |separator: char| lines.iter().all(|(_, line)| line.contains(separator));
    let split: &dyn Fn(&str) -> Vec<String> = if any('\t') {
        &|line| quoted(line, '\t')
    } else if all('|') {
        &|line| quoted(line.trim().trim_matches('|'), '|')
    } else if all(';') {
        &|line| quoted(line, ';')
    } else if all(',') {
        &|line| joined(quoted(line, ','))
    } else {
        &spaced
    };
    lines.iter().map(|&(number, line)| (number, split(line))).collect()
}

/// Cells between separators; those in quotes may hold separators.
fn quoted(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut inside = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.len() - 1;
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => {
                letters.next();
                cells[cell].push('"');
            }
            '"' if inside || cells[cell].trim().is_empty() => inside = !inside,
            letter if letter == separator && !inside => cells.push(String::new()),
            letter => cells[cell].push(letter),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_string()).collect()
}

/// Cells of a line in which commas separate both columns and thousands: "A, 5,621,436" has two.
fn joined(cells: Vec<String>) -> Vec<String> {
    let group = |cell: &str| cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let first = |cell: &str| (1..=3).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit());
    match &cells[..] {
        [name, start, rest @ ..] if !rest.is_empty() && first(start) && rest.iter().all(|cell| group(cell)) => {
            vec![name.clone(), format!("{start},{}", rest.join(","))]
        }
        _ => cells,
    }
}

/// Cells between two blanks or more; otherwise the number at the end of a line and what stands before it.
fn spaced(line: &str) -> Vec<String> {
    let line = line.trim();
    let parts: Vec<String> =
        line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(String::from).collect();
    if parts.len() > 1 {
        return parts;
    }
    let numeric = |letter: char| letter.is_ascii_digit() || ".,'’%-−".contains(letter);
    match line.rsplit_once(char::is_whitespace) {
        Some((name, votes)) if votes.chars().all(numeric) || is_head(votes, &VOTES) => {
            vec![name.trim().into(), votes.into()]
        }
        _ => vec![line.into(), String::new()],
    }
}

fn is_head(cell: &str, words: &[&str]) -> bool {
    let cell = cell.to_lowercase();
    cell.split(|letter: char| !letter.is_alphanumeric()).any(|word| words.contains(&word))
}

/// A first row is a heading if a cell of it heads a column and none holds a number.
fn is_heading(cells: &[String]) -> bool {
    let digits = |cell: &String| cell.starts_with(|letter: char| letter.is_ascii_digit());
    !cells.iter().any(digits) && cells.iter().any(|cell| is_head(cell, &NAMES) || is_head(cell, &VOTES))
}

/// Which columns hold what.
struct Columns {
    district: Option<usize>,
    name: usize,
    votes: usize,
    seats: Option<usize>,
}

impl Columns {
    fn of(heading: Option<&[String]>) -> Self {
        let Some(heading) = heading else { return Self { district: None, name: 0, votes: 1, seats: None } };
        let find = |words: &[&str]| heading.iter().position(|cell| is_head(cell, words));
        let votes = find(&VOTES).unwrap_or(1);
        let name = find(&NAMES).unwrap_or(usize::from(votes == 0));
        let district = find(&DISTRICTS).filter(|&district| district != name && district != votes);
        Self { district, name, votes, seats: find(&SEATS).filter(|&seats| seats != votes) }
    }

    fn row(&self, line: usize, cells: &[String]) -> Row {
        let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let (district, seats) = (self.district.map(cell), self.seats.map(cell));
        Row { district, name: cell(self.name), votes: cell(self.votes), seats, line: Some(line) }
    }
}
