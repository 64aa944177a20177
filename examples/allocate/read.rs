//! Reads one election: a document, or a table of votes.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::*;
use apportion::{AllocationMethod, Law, Party, Rule, Tally, Threshold};

/// The election of the file, with the rule that the arguments set.
pub(crate) fn election(arguments: &Arguments) -> Result<Election> {
    let text = text(&arguments.file)?;
    let ending = arguments.file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let mut election = match ending {
        "csv" => return table(&text, arguments),
        "json" => json(&text)?,
        "toml" => toml(&text)?,
        _ if text.trim_start().starts_with('{') => json(&text)?,
        _ if arguments.file == Path::new("-") => toml(&text)?,
        _ => bail!("the file's name should end with .toml, .json or .csv"),
    };
    if arguments.seats.is_some() && !election.districts.is_empty() {
        bail!("--seats says nothing of an election in districts, which have seats of their own");
    }
    if let Some(law) = &arguments.law {
        election.rule = law.rule(election.rule.seats());
    }
    election.rule = rule(election.rule, arguments);
    Ok(election)
}

/// The text of a file, or of standard input.
fn text(file: &Path) -> Result<String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        bytes
    } else {
        fs::read(file).map_err(|error| anyhow!("it cannot be read: {error}"))?
    };
    utf8(&bytes).map(String::from)
}

/// Bytes as text, without the mark that some programs put before it.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
        anyhow!("line {line}: the text is not UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The election of a JSON document; errors name the field.
pub(crate) fn json(text: &str) -> Result<Election> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let election = serde_path_to_error::deserialize(&mut deserializer).map_err(at_field)?;
    deserializer.end()?;
    Ok(election)
}

fn toml(text: &str) -> Result<Election> {
    let deserializer =
        ::toml::Deserializer::parse(text).map_err(|error| anyhow!("{}", error.to_string().trim_end()))?;
    serde_path_to_error::deserialize(deserializer).map_err(at_field)
}

/// An error with the field where it is, unless it is the whole document.
fn at_field<E: std::error::Error>(error: serde_path_to_error::Error<E>) -> anyhow::Error {
    let path = error.path().to_string();
    let text = error.into_inner().to_string();
    if path == "." || path == "?" { anyhow!("{}", text.trim_end()) } else { anyhow!("{path}: {}", text.trim_end()) }
}

/// The election of a table of votes, whose rule is in the arguments.
fn table(text: &str, arguments: &Arguments) -> Result<Election> {
    const COLUMNS: [&str; 9] = ["party", "votes", "seats", "max", "min", "held", "direct_seats", "members", "minority"];
    let seats = arguments.seats.or(arguments.law.as_ref().and_then(|law| law.seats));
    let seats = seats.context("a table of votes needs --seats, such as --seats 98")?;
    let law = match (&arguments.law, &arguments.method) {
        (Some(law), _) => law.rule(seats),
        (None, Some(method)) => Rule::new(method.clone(), seats),
        (None, None) => bail!("a table of votes needs --method or --law, such as --method dhondt"),
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers()?.clone();
    if let Some(unknown) = headers.iter().find(|header| !COLUMNS.contains(header)) {
        bail!("line 1: the column {unknown:?} is none of {}", COLUMNS.join(", "));
    }
    let column = |name: &str| headers.iter().position(|header| header == name);
    let party_column = column("party").context("line 1: the column \"party\" is missing")?;
    let votes_column = column("votes").context("line 1: the column \"votes\" is missing")?;

    let (mut votes, mut recorded) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = |column: usize| -> Result<u64> {
            let cell = &record[column];
            cell.parse().map_err(|_| {
                anyhow!("line {line}: {:?} in the column {:?} is not a whole number", cell, &headers[column])
            })
        };
        let optional = |name: &str| column(name).filter(|&column| !record[column].is_empty());
        let count = |name: &str| optional(name).map(number).transpose();
        let mut party = Party::new(&record[party_column])
            .with_minimum(count("min")?.unwrap_or(0))
            .with_held(count("held")?.unwrap_or(0))
            .with_direct_seats(count("direct_seats")?.unwrap_or(0))
            .with_members(count("members")?.unwrap_or(1));
        if let Some(most) = count("max")? {
            party = party.with_maximum(most);
        }
        match optional("minority").map(|column| &record[column]) {
            None | Some("false") => {}
            Some("true") => party = party.as_minority(),
            Some(other) => bail!("line {line}: {other:?} in the column \"minority\" is neither true nor false"),
        }
        votes.push((party, number(votes_column)?));
        recorded.push(count("seats")?);
    }
    let mut election = Election::new(rule(law, arguments), Tally::from_votes(votes)?);
    if recorded.iter().any(Option::is_some) {
        election.recorded = recorded;
    }
    Ok(election)
}

/// The rule with what the arguments set.
fn rule(mut rule: Rule, arguments: &Arguments) -> Rule {
    if let Some(method) = &arguments.method {
        rule = rule.with_method(method.clone());
    }
    if let Some(seats) = arguments.seats {
        rule = rule.with_seats(seats);
    }
    if let Some(share) = arguments.threshold {
        rule = rule.threshold(Threshold::share(share));
    }
    rule
}

/// A law of the catalogue by its id.
pub(crate) fn law(id: &str) -> Result<Law> {
    let (_, text) = Law::CATALOGUE.iter().find(|(known, _)| *known == id).with_context(|| {
        let near: Vec<&str> =
            Law::CATALOGUE.iter().map(|(known, _)| *known).filter(|known| known.get(..2) == id.get(..2)).collect();
        match near[..] {
            [] => "there is no such law: the example laws lists them".to_string(),
            _ => format!("there is no such law, but {}", near.join(", ")),
        }
    })?;
    ::toml::from_str(text).map_err(|error| anyhow!("{}", error.message()))
}

/// A method by its name, or as a document writes it in braces.
pub(crate) fn method(text: &str) -> Result<AllocationMethod> {
    if !text.trim_start().starts_with('{') {
        return text.parse().map_err(|error| anyhow!("{error}"));
    }
    #[derive(serde::Deserialize)]
    struct Line {
        method: AllocationMethod,
    }
    let line: Line = ::toml::from_str(&format!("method = {text}")).map_err(|error| anyhow!("{}", error.message()))?;
    Ok(line.method)
}
