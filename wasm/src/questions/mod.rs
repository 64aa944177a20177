//! Questions as JSON, and their answers: one file a question.

mod closeness;
mod comparison;
mod document;
mod laws;
mod line;
mod places;
mod result;
mod steps;
mod table;
mod ties;

use std::collections::BTreeMap;

use apportion::insight::picture::{Style, bars, districts, hemicycle, matrix, quotients, remainders};
use apportion::insight::{Outlook, PartyOutlook, Protocol};
use apportion::{Election, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::numbers;
use crate::reading;

/// Why there is no answer.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    /// What kind of mistake it is, for programs.
    code: String,
    /// What is wrong, for people.
    message: String,
    /// The key where it is: `parties[2].votes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The line of the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column of the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// What was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    meant: Option<String>,
}

impl Refusal {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self { code, message, path: None, line: None, column: None, meant: None }
    }

    /// The library's own error, by the name of its variant.
    pub(crate) fn of(error: &Error) -> Self {
        let written = format!("{error:?}");
        let name: String = written.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
        Self::new(&kebab(&name), error.to_string())
    }

    pub(crate) fn to_json(&self) -> String {
        json!({ "error": self }).to_string()
    }
}

/// `DuplicateParty` as `duplicate-party`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::of(&error)
    }
}

type Answer = Result<Value, Refusal>;

/// What can be asked. A document is an election as `docs/documents.md` of the repository has it, as an object or as text.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Question {
    /// A pasted table as rows of names and votes, each read or refused.
    Table {
        /// The text.
        text: String,
    },
    /// The same of rows that stand apart already: a name and votes each, as they were typed.
    Rows {
        /// The rows.
        rows: Vec<(String, String)>,
    },
    /// A TOML or JSON text as a document.
    Document {
        /// The text.
        text: String,
    },
    /// Who gets how many seats, and why.
    Result {
        /// The document.
        document: Value,
    },
    /// One place, step by step.
    Steps {
        /// The document.
        document: Value,
        /// The region or district; the nation otherwise.
        #[serde(default)]
        place: Option<String>,
    },
    /// How few votes would have changed it.
    Margins {
        /// The document.
        document: Value,
    },
    /// The last seat of every place, and who is next there.
    LastSeats {
        /// The document.
        document: Value,
    },
    /// The seats by other methods.
    Comparison {
        /// The document.
        document: Value,
        /// The methods; some usual ones otherwise.
        #[serde(default)]
        methods: Option<Vec<comparison::Column>>,
    },
    /// What each party can still end with.
    Outlook {
        /// The document.
        document: Value,
        /// The ballots that are out, by place; the nation's name is empty.
        out: BTreeMap<String, u64>,
    },
    /// Whether seats by party are right.
    Verify {
        /// The document.
        document: Value,
        /// Seats by party.
        seats: BTreeMap<String, u64>,
    },
    /// A picture as SVG.
    Picture {
        /// The document.
        document: Value,
        /// Which.
        kind: Picture,
        /// Whether it is drawn for a phone.
        #[serde(default)]
        narrow: bool,
    },
    /// What a biproportional election prints, as HTML.
    Protocol {
        /// The document.
        document: Value,
    },
    /// The catalogue.
    Laws,
    /// One law of it, as the keys of a document.
    Law {
        /// Its id.
        id: String,
    },
    /// A law in words.
    Words {
        /// The document.
        document: Value,
    },
}

/// The pictures that there are.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Picture {
    /// Seats as a half circle.
    Hemicycle,
    /// Votes beside seats.
    Bars,
    /// The claims round the last seat.
    Quotients,
    /// The votes left over.
    Remainders,
    /// Districts as small multiples.
    Districts,
    /// Parties in districts.
    Matrix,
}

/// The answer to the JSON of a question, as JSON.
#[must_use]
pub fn answer(question: &[u8]) -> String {
    let answered = parse(question).and_then(respond);
    match answered {
        Ok(mut value) => {
            numbers::quote_large(&mut value);
            value.to_string()
        }
        Err(refusal) => refusal.to_json(),
    }
}

fn parse(question: &[u8]) -> Result<Question, Refusal> {
    let mut value: Value =
        serde_json::from_slice(question).map_err(|error| Refusal::new("question", error.to_string()))?;
    if let Some(out) = value.get_mut("out").and_then(Value::as_object_mut) {
        // Places are keys there, and ballots their values.
        out.values_mut().for_each(|ballots| {
            let mut named = json!({ "count": ballots.take() });
            numbers::unquote(&mut named);
            *ballots = named["count"].take();
        });
    }
    reading::read(&value).map_err(|fault| Refusal::new("question", fault.message))
}

fn respond(question: Question) -> Answer {
    Ok(match question {
        Question::Table { text } => table::of_text(&text),
        Question::Rows { rows } => table::of_rows(&rows),
        Question::Document { text } => json!({ "document": document::of_text(&text)? }),
        Question::Result { document } => result::result(&document::read(document)?)?,
        Question::Steps { document, place } => steps::told(&document::read(document)?, place.as_deref())?,
        Question::Margins { document } => closeness::margins(&document::read(document)?)?,
        Question::LastSeats { document } => closeness::last_seats(&document::read(document)?)?,
        Question::Comparison { document, methods } => comparison::compare(&document::read(document)?, methods)?,
        Question::Outlook { document, out } => outlook(&document::read(document)?, &out)?,
        Question::Verify { document, seats } => result::verify(&document::read(document)?, &seats)?,
        Question::Picture { document, kind, narrow } => picture(&document::read(document)?, kind, narrow)?,
        Question::Protocol { document } => {
            let election = document::read(document)?;
            json!({ "html": Protocol::new(&election.rule, &election.outcome()?)?.to_html() })
        }
        Question::Laws => laws::all(),
        Question::Law { id } => laws::one(&id)?,
        Question::Words { document } => json!({ "law": result::law_in_words(&document::read(document)?) }),
    })
}

fn picture(election: &Election, kind: Picture, narrow: bool) -> Answer {
    let style = Style::from(election);
    let style = if narrow { style.narrow() } else { style };
    let outcome = election.outcome()?;
    let svg = match kind {
        Picture::Hemicycle => Some(hemicycle(&outcome, &style)),
        Picture::Bars => Some(bars(&outcome, &style)),
        Picture::Quotients => quotients(&outcome, &style),
        Picture::Remainders => remainders(&outcome, &style),
        Picture::Districts => districts(&outcome, &style),
        Picture::Matrix => matrix(&outcome, &style),
    };
    Ok(json!({ "svg": svg }))
}

fn outlook(election: &Election, out: &BTreeMap<String, u64>) -> Answer {
    let places = out.iter().map(|(place, ballots)| (place.as_str(), *ballots));
    let outlook = Outlook::of_places(&election.rule, &election.count, places)?;
    let party = |party: &PartyOutlook| {
        let tight = party.fewest_is_tight() && party.most_is_tight();
        json!({ "name": party.name(), "votes": party.votes(), "fewest": party.fewest(), "most": party.most(), "tight": tight })
    };
    let parties: Vec<Value> = outlook.parties().iter().map(party).collect();
    Ok(json!({
        "parties": parties,
        "majority": outlook.majority(),
        "decided": outlook.is_decided(),
        "certain_seats": outlook.certain_seats(),
        "ballots_out": outlook.ballots_out(),
    }))
}
