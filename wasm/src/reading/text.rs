//! TOML and JSON texts as values, and where in the text a part of them stands.

use serde_json::{Map, Number, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Step;

/// A text that was read.
pub(crate) struct Text<'a> {
    text: &'a str,
    value: Value,
    places: Places<'a>,
}

enum Places<'a> {
    Json,
    Toml(Spanned<DeTable<'a>>),
}

/// Why a text is neither: a message, and a line and a column from 1.
pub(crate) struct Unreadable {
    pub(crate) message: String,
    pub(crate) place: Option<(usize, usize)>,
}

impl<'a> Text<'a> {
    /// Reads a text: JSON begins with a brace.
    pub(crate) fn read(text: &'a str) -> Result<Self, Unreadable> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_start().starts_with('{') {
            let value = serde_json::from_str(text).map_err(|error| Unreadable {
                message: plain(&error.to_string()),
                place: Some((error.line(), error.column())),
            })?;
            return Ok(Self { text, value, places: Places::Json });
        }
        let unreadable = |message: &str, at: Option<usize>| Unreadable {
            message: plain(message),
            place: at.and_then(|at| line_and_column(text, at)),
        };
        let table =
            DeTable::parse(text).map_err(|error| unreadable(error.message(), error.span().map(|span| span.start)))?;
        let value = of_table(table.get_ref()).map_err(|(at, message)| unreadable(&message, Some(at)))?;
        Ok(Self { text, value, places: Places::Toml(table) })
    }

    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    pub(crate) fn value_mut(&mut self) -> &mut Value {
        &mut self.value
    }

    /// The line and column of a part of it, or of the last that is there on the way to it.
    pub(crate) fn place(&self, path: &[Step]) -> Option<(usize, usize)> {
        let at = match &self.places {
            Places::Json => of_json(self.text, path),
            Places::Toml(table) => of_toml(table, path),
        };
        line_and_column(self.text, at)
    }
}

/// A message without the place that stands apart.
fn plain(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).trim_end().into()
}

fn line_and_column(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.split('\n').count(), line.chars().count() + 1))
}

type OutOfRange = (usize, String);

fn of_table(table: &DeTable<'_>) -> Result<Value, OutOfRange> {
    let entries = table.iter().map(|(key, value)| Ok((key.get_ref().to_string(), of_value(value)?)));
    entries.collect::<Result<Map<_, _>, _>>().map(Value::Object)
}

fn of_value(value: &Spanned<DeValue<'_>>) -> Result<Value, OutOfRange> {
    let out_of_range = |text: &str| (value.span().start, format!("{text} is out of range"));
    Ok(match value.get_ref() {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Integer(number) => {
            let (digits, radix) = (number.as_str(), number.radix());
            let positive = u64::from_str_radix(digits, radix).map(Number::from);
            let number = positive.or_else(|_| i64::from_str_radix(digits, radix).map(Number::from));
            Value::Number(number.map_err(|_| out_of_range(digits))?)
        }
        DeValue::Float(number) => {
            let float = number.as_str().parse().ok().and_then(Number::from_f64);
            Value::Number(float.ok_or_else(|| out_of_range(number.as_str()))?)
        }
        // As toml itself hands dates to serde; the library knows that form.
        DeValue::Datetime(date) => json!({ "$__toml_private_datetime": date.to_string() }),
        DeValue::Array(list) => Value::Array(list.iter().map(of_value).collect::<Result<_, _>>()?),
        DeValue::Table(table) => of_table(table)?,
    })
}

/// Where a part of a TOML text stands.
fn of_toml(table: &Spanned<DeTable<'_>>, path: &[Step]) -> usize {
    let Some((Step::Key(first), rest)) = path.split_first() else { return table.span().start };
    let Some(mut part) = table.get_ref().get(first.as_str()) else { return table.span().start };
    for step in rest {
        let next = match step {
            Step::Key(key) => part.get_ref().get(key.as_str()),
            Step::Index(index) => part.get_ref().get(*index),
        };
        let Some(next) = next else { break };
        part = next;
    }
    part.span().start
}

/// Where a part of a JSON text stands, which is known to be one.
fn of_json(text: &str, path: &[Step]) -> usize {
    let mut json = Json { text: text.as_bytes(), at: 0 };
    json.space();
    for step in path {
        let before = json.at;
        if !json.enter(step) {
            return before;
        }
    }
    json.at
}

/// A walk through a JSON text without mistakes.
struct Json<'a> {
    text: &'a [u8],
    at: usize,
}

impl Json<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or_default()
    }

    fn space(&mut self) {
        while self.peek().is_ascii_whitespace() || matches!(self.peek(), b',' | b':') {
            self.at += 1;
        }
    }

    /// From before a value to before a part of it.
    fn enter(&mut self, step: &Step) -> bool {
        let closed_by = match (step, self.peek()) {
            (Step::Key(_), b'{') => b'}',
            (Step::Index(_), b'[') => b']',
            _ => return false,
        };
        self.at += 1;
        for index in 0.. {
            self.space();
            if self.at >= self.text.len() || self.peek() == closed_by {
                break;
            }
            if let Step::Key(wanted) = step {
                let start = self.at;
                self.skip();
                let key = serde_json::from_slice::<Value>(&self.text[start..self.at]);
                self.space();
                if key.is_ok_and(|key| key == wanted.as_str()) {
                    return true;
                }
            } else if *step == Step::Index(index) {
                return true;
            }
            self.skip();
        }
        false
    }

    /// Past a value.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            match self.peek() {
                b'"' => self.skip_string(),
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                byte if depth == 0 && (byte == b',' || byte.is_ascii_whitespace()) => return,
                _ => {}
            }
            self.at += 1;
            if depth == 0 && matches!(self.text[self.at - 1], b'"' | b'}' | b']') {
                return;
            }
        }
    }

    /// From the first quote of a string to its last.
    fn skip_string(&mut self) {
        self.at += 1;
        while !matches!(self.peek(), b'"' | 0) {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &str) -> Vec<Step> {
        let step = |step: &str| step.parse().map_or_else(|_| Step::Key(step.into()), Step::Index);
        steps.split('.').filter(|step| !step.is_empty()).map(step).collect()
    }

    fn place(text: &str, steps: &str) -> (usize, usize) {
        Text::read(text).ok().unwrap().place(&path(steps)).unwrap()
    }

    #[test]
    fn parts_of_a_json_text_have_their_line_and_column() {
        let text = "{\n \"a\": [1, \"}\\\"]\", {\"b \\u0041\" : [true ,\n2]}],\n \"c\":{\"d\":-1}}";
        let places = ["", "a", "a.0", "a.1", "a.2", "a.2.b A.0", "a.2.b A.1", "c", "c.d"].map(|part| place(text, part));
        assert_eq!(places, [(1, 1), (2, 7), (2, 8), (2, 11), (2, 19), (2, 34), (3, 1), (4, 6), (4, 11)]);
        // What is not there: the last that is.
        assert_eq!([place(text, "c.e"), place(text, "a.7"), place(text, "c.d.e")], [(4, 6), (2, 7), (4, 11)]);
    }

    #[test]
    fn parts_of_a_toml_text_have_their_line_and_column() {
        let text = "a = [1, 2]\nb = { c = \"é\", d = 4 }\n[[rows]]\nname = \"A\"\n[[rows]]\nname = \"B\"\n";
        let places = ["a.1", "b.d", "rows.0.name", "rows.1.name", "b"].map(|part| place(text, part));
        assert_eq!(places, [(1, 9), (2, 20), (4, 8), (6, 8), (2, 5)]);
        assert_eq!([place(text, "b.e"), place(text, "rows.1.votes")], [(2, 5), (5, 1)]);
    }

    #[test]
    fn both_kinds_of_text_are_the_same_values() {
        let toml = "day = 2012-01-15\nvotes = 18446744073709551615\nless = -1\nhex = 0x10\n[[list]]\nof = [1.5, true, \"x\"]\n";
        let value = Text::read(toml).ok().unwrap().value;
        let day = json!({ "$__toml_private_datetime": "2012-01-15" });
        assert_eq!(value["day"], day);
        assert_eq!(value["votes"], json!(u64::MAX));
        assert_eq!([&value["less"], &value["hex"]], [&json!(-1), &json!(16)]);
        assert_eq!(value["list"], Text::read("{\"list\": [{\"of\": [1.5, true, \"x\"]}]}").ok().unwrap().value["list"]);
        let refused = |text: &str| Text::read(text).err().map(|wrong| (wrong.message, wrong.place)).unwrap();
        assert_eq!(
            refused("a = 1\nb = 18446744073709551616\n"),
            ("18446744073709551616 is out of range".into(), Some((2, 5)))
        );
        assert_eq!(refused("a = 1\nb = nan\n").1, Some((2, 5)));
        assert_eq!(refused("{\"a\": 1,\n}").1, Some((2, 1)));
    }
}
