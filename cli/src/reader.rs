//! Reads tables a record at a time, in constant memory: `,` `;` or tab, quoted fields, any line ending, any length.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};
use std::ops::Range;

use anyhow::{Result, bail};

use crate::nearest;

/// How much is read at once.
const CHUNK: usize = 256 << 10;

/// The longest record; what is longer has a quote that is not closed.
const LONGEST: usize = 1 << 20;

/// A table of text that is read record by record.
pub(crate) struct Reader<R> {
    source: R,
    buffer: Vec<u8>,
    /// What of the buffer is still to be read.
    left: Range<usize>,
    source_is_read: bool,
    delimiter: u8,
    /// The line on which the next record starts, from 1.
    line: u64,
    bytes: u64,
    /// The fields of the last record.
    fields: Fields,
}

/// One record: a header, or a row.
pub(crate) struct Record<'a> {
    /// The line on which it starts, from 1.
    pub(crate) line: u64,
    text: &'a [u8],
    ends: &'a [usize],
}

impl<R: Read> Reader<R> {
    /// A reader of a table. Without a delimiter it takes the one by which the first line has most columns.
    pub(crate) fn new(source: R, delimiter: Option<u8>) -> Result<Self> {
        let mut reader = Self {
            source,
            buffer: vec![0; CHUNK],
            left: 0..0,
            source_is_read: false,
            delimiter: delimiter.unwrap_or(b','),
            line: 1,
            bytes: 0,
            fields: Fields::default(),
        };
        while !reader.source_is_read && !reader.unread().contains(&b'\n') && reader.unread().len() < LONGEST {
            reader.fill()?;
        }
        if reader.unread().starts_with(b"\xff\xfe") || reader.unread().starts_with(b"\xfe\xff") {
            bail!("line 1: the text is UTF-16: save it as UTF-8");
        }
        if reader.unread().starts_with("\u{feff}".as_bytes()) {
            reader.left.start += 3;
        }
        if delimiter.is_none() {
            reader.delimiter = delimiter_of(reader.unread().split(|&byte| byte == b'\n').next().unwrap_or_default());
        }
        Ok(reader)
    }

    /// How many bytes were read, for a progress bar.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next record that is not empty; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>> {
        loop {
            let Some(length) = self.scan()? else { return Ok(None) };
            let start = self.left.start;
            let text = start..start + length;
            let line = self.line;
            self.left.start = (text.end + 1).min(self.left.end);
            self.line += 1;
            if self.fields.any_quoted {
                self.line += self.buffer[text.clone()].iter().filter(|&&byte| byte == b'\n').count() as u64;
            }
            if self.fields.ends.len() > 1 || !self.buffer[text.clone()].trim_ascii().is_empty() {
                return Ok(Some(Record { line, text: &self.buffer[text], ends: &self.fields.ends }));
            }
        }
    }

    /// The length of the next record without its end of line, with the ends of its fields noted.
    fn scan(&mut self) -> Result<Option<usize>> {
        loop {
            if let Some(length) = self.fields.split(&self.buffer[self.left.clone()], self.delimiter) {
                return Ok(Some(length));
            }
            if self.source_is_read {
                return self.last();
            }
            if self.left.len() > LONGEST {
                bail!("line {}: more than {LONGEST} bytes: a quote is not closed, or this is no table", self.line);
            }
            self.fill()?;
        }
    }

    /// What stands after the last end of line.
    fn last(&mut self) -> Result<Option<usize>> {
        let text = self.unread();
        if text.is_empty() {
            return Ok(None);
        }
        // An end of line for it, so that it is split as the others are.
        let ended = [text, b"\n"].concat();
        match self.fields.split(&ended, self.delimiter) {
            Some(length) => Ok(Some(length)),
            None => bail!("line {}: a quote is not closed", self.line),
        }
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.left.clone()]
    }

    /// Reads more, after what is unread.
    fn fill(&mut self) -> Result<()> {
        self.buffer.copy_within(self.left.clone(), 0);
        self.left = 0..self.left.len();
        if self.buffer.len() - self.left.end < CHUNK {
            self.buffer.resize(self.left.end + CHUNK, 0);
        }
        loop {
            match self.source.read(&mut self.buffer[self.left.end..]) {
                Ok(0) => self.source_is_read = true,
                Ok(read) => {
                    self.left.end += read;
                    self.bytes += read as u64;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => bail!("it cannot be read: {error}"),
            }
            return Ok(());
        }
    }
}

/// Where the fields of a record end, from its start.
#[derive(Default)]
struct Fields {
    ends: Vec<usize>,
    /// Whether one is quoted, and so may go on in further lines.
    any_quoted: bool,
}

impl Fields {
    /// Splits the first record of a text; its length, or `None` if its end is not there.
    fn split(&mut self, text: &[u8], delimiter: u8) -> Option<usize> {
        self.ends.clear();
        self.any_quoted = false;
        let (mut in_quotes, mut field) = (false, 0);
        for (at, &byte) in text.iter().enumerate() {
            if byte > b';' {
                continue; // a letter is none of what follows
            }
            // Of two quotes in a quoted field the first closes it and the second opens it again.
            if byte == b'"' && text[field] == b'"' {
                in_quotes = !in_quotes;
                self.any_quoted = true;
            } else if in_quotes {
                continue;
            } else if byte == delimiter {
                self.ends.push(at);
                field = at + 1;
            } else if byte == b'\n' {
                self.ends.push(at);
                return Some(at);
            }
        }
        None
    }
}

/// The delimiter that a first line has most of.
fn delimiter_of(line: &[u8]) -> u8 {
    let mut fields = Fields::default();
    let line = [line, b"\n"].concat();
    let mut columns = |delimiter: u8| {
        fields.split(&line, delimiter);
        fields.ends.len()
    };
    // Of equal ones the first: a comma where there is one column.
    let [comma, semicolon, tab] = [columns(b','), columns(b';'), columns(b'\t')];
    if semicolon > comma && semicolon >= tab {
        b';'
    } else if tab > comma {
        b'\t'
    } else {
        b','
    }
}

impl<'a> Record<'a> {
    /// The number of fields.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field without the spaces round it and the quotes; empty beyond the last.
    pub(crate) fn get(&self, column: usize) -> Result<Cow<'a, [u8]>> {
        let Some(&end) = self.ends.get(column) else { return Ok(Cow::Borrowed(b"")) };
        let start = if column == 0 { 0 } else { self.ends[column - 1] + 1 };
        let field = &self.text[start..end];
        match field.first() {
            Some(b'"') => unquoted(field, self.line),
            _ => Ok(Cow::Borrowed(field.trim_ascii())),
        }
    }

    /// A field as text.
    pub(crate) fn text(&self, column: usize) -> Result<String> {
        match String::from_utf8(self.get(column)?.into_owned()) {
            Ok(text) => Ok(text),
            Err(_) => bail!("line {}: the text is not UTF-8", self.line),
        }
    }
}

/// What stands between quotes, of which two stand for one.
fn unquoted(field: &[u8], line: u64) -> Result<Cow<'_, [u8]>> {
    let field = field.trim_ascii_end();
    let inner = field.get(1..field.len() - 1).filter(|_| field.len() > 1 && field.ends_with(b"\""));
    let Some(inner) = inner else { bail!("line {line}: there is text after a closing quote") };
    if !inner.contains(&b'"') {
        return Ok(Cow::Borrowed(inner.trim_ascii()));
    }
    let mut text = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter();
    while let Some(&byte) = bytes.next() {
        text.push(byte);
        if byte == b'"' && bytes.next() != Some(&b'"') {
            bail!("line {line}: there is text after a closing quote");
        }
    }
    Ok(Cow::Owned(text))
}

/// What to do with columns that are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// They are an error.
    Refused,
    /// They are left aside, unless they look like a known one that is missing.
    Unused,
}

/// A header: which column stands where.
#[derive(Debug)]
pub(crate) struct Header {
    names: Vec<String>,
    /// Other columns, which nobody reads.
    pub(crate) unused: Vec<String>,
}

impl Header {
    /// Reads the first record; `renamed` are columns of the table under names of their own, as (known, own).
    pub(crate) fn read<R: Read>(
        reader: &mut Reader<R>,
        known: &[&str],
        renamed: &[(String, String)],
        unknown: Unknown,
    ) -> Result<Self> {
        let (mut names, mut owns) = (Vec::new(), Vec::new());
        if let Some(record) = reader.next()? {
            let line = record.line;
            for column in 0..record.len() {
                let own = record.text(column)?;
                let name = renamed.iter().find(|(_, renamed)| *renamed == own).map(|(known, _)| known.clone());
                let name = name.unwrap_or_else(|| own.to_lowercase());
                if names.contains(&name) {
                    bail!("line {line}: the column {own:?} is there twice");
                }
                names.push(name);
                owns.push(own);
            }
        }
        if let Some((_, own)) = renamed.iter().find(|(_, own)| !owns.contains(own)) {
            bail!("line 1: there is no column {own:?}{}", nearest::hint(own, owns.iter().map(String::as_str)));
        }
        let is_unused = |name: &&String| !known.contains(&name.as_str());
        let unused: Vec<String> = names.iter().filter(is_unused).cloned().collect();
        let missing = known.iter().copied().filter(|name| !names.iter().any(|there| there == name));
        for name in &unused {
            let hint = nearest::hint(name, missing.clone());
            if unknown == Unknown::Refused || !hint.is_empty() {
                bail!("line 1: the column {name:?} is none of {}{hint}", known.join(", "));
            }
        }
        Ok(Self { names, unused })
    }

    /// Where a column stands, if it is there.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|there| there == name)
    }

    /// Where a column stands that must be there.
    pub(crate) fn needed(&self, name: &str) -> Result<usize> {
        match self.place(name) {
            Some(place) => Ok(place),
            None => bail!("line 1: the column {name:?} is missing"),
        }
    }

    /// Refuses a row with another number of columns.
    pub(crate) fn check(&self, record: &Record<'_>) -> Result<()> {
        let (found, columns, line) = (record.len(), self.names.len(), record.line);
        if found != columns {
            bail!("line {line}: there are {found} columns, but {columns} in the header");
        }
        Ok(())
    }
}

/// A count of votes or seats: digits alone.
pub(crate) fn whole_number(field: &[u8], line: u64, column: &str) -> Result<u64> {
    // Nineteen digits always fit.
    if (1..20).contains(&field.len()) && field.iter().all(u8::is_ascii_digit) {
        return Ok(field.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')));
    }
    let text = String::from_utf8_lossy(field);
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    bail!("line {line}: {text:?} in the column {column:?} is not a whole number{}", why_not(&text))
}

/// What keeps a text from being a whole number, as far as it can be told.
pub(crate) fn why_not(text: &str) -> String {
    if text.is_empty() {
        return ": the cell is empty".into();
    }
    let digits = text.chars().filter(|c| c.is_ascii_digit()).count();
    let sign = text.chars().find(|c| matches!(c, ',' | '.' | ' ' | '\'' | '’' | '_' | '\u{a0}' | '\u{202f}'));
    match sign {
        Some(sign) if digits > 0 && text.chars().filter(|c| !c.is_ascii_digit()).all(|c| c == sign) => {
            let name = match sign {
                ',' => "comma",
                '.' => "point",
                '\'' | '’' => "apostrophe",
                '_' => "underscore",
                _ => "space",
            };
            format!(": the {name} may be a thousands or a decimal sign; write digits alone")
        }
        _ if text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok()) => ": it is negative".into(),
        _ if digits == text.len() => ": it is above 2^64 - 1".into(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a byte at a time, so that every record is cut everywhere.
    struct Dripping<'a>(&'a [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = self.0.len().min(1);
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn rows(source: impl Read) -> Result<Vec<(u64, Vec<String>)>> {
        let mut reader = Reader::new(source, None)?;
        let mut rows = Vec::new();
        while let Some(record) = reader.next()? {
            let fields = (0..record.len()).map(|column| record.text(column)).collect::<Result<_>>()?;
            rows.push((record.line, fields));
        }
        Ok(rows)
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (line, fields.iter().map(|field| field.to_string()).collect())
    }

    #[test]
    fn records_are_the_same_however_they_arrive() {
        let text = "\u{feff}party;votes\r\n\"A; \"\"x\"\"\r\ny\"; 5 \r\n\r\n  B  ;\"6\"\nit's 5\" wide;7";
        let expected = [
            row(1, &["party", "votes"]),
            row(2, &["A; \"x\"\r\ny", "5"]),
            row(5, &["B", "6"]),
            row(6, &["it's 5\" wide", "7"]),
        ];
        assert_eq!(rows(text.as_bytes()).unwrap(), expected);
        assert_eq!(rows(Dripping(text.as_bytes())).unwrap(), expected);
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_most_columns() {
        for (line, delimiter) in [("a,b", b','), ("a;b", b';'), ("a\tb", b'\t'), ("a", b','), ("\"a,b,c\";d", b';')] {
            assert_eq!(delimiter_of(line.as_bytes()), delimiter, "{line}");
        }
    }

    #[test]
    fn quotes_that_do_not_fit_are_named_by_line() {
        for (text, message) in [
            ("a,b\n\"x,1\n", "line 2: a quote is not closed"),
            ("a,b\n\"x\"y,1\n", "line 2: there is text after a closing quote"),
            ("a,b\n\",1\n", "line 2: a quote is not closed"),
        ] {
            assert_eq!(rows(text.as_bytes()).unwrap_err().to_string(), message);
        }
        let endless = std::io::repeat(b'x');
        let error = rows(std::io::Cursor::new(b"a,b\n\"").chain(endless)).unwrap_err().to_string();
        assert!(error.starts_with("line 2: more than 1048576 bytes"), "{error}");
    }

    #[test]
    fn what_is_no_whole_number_says_why() {
        for (text, why) in [
            ("1,234", ": the comma may be a thousands or a decimal sign; write digits alone"),
            ("1.5", ": the point may be a thousands or a decimal sign; write digits alone"),
            ("1 234", ": the space may be a thousands or a decimal sign; write digits alone"),
            ("-3", ": it is negative"),
            ("", ": the cell is empty"),
            ("18446744073709551616", ": it is above 2^64 - 1"),
            ("many", ""),
        ] {
            let error = whole_number(text.as_bytes(), 7, "votes").unwrap_err().to_string();
            assert_eq!(error, format!("line 7: {text:?} in the column \"votes\" is not a whole number{why}"));
        }
        assert_eq!(whole_number(b"18446744073709551615", 1, "votes").unwrap(), u64::MAX);
    }
}
