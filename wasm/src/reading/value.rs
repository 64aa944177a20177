//! The deserializer: a value, and the way to it.

use core::fmt::{self, Display};

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Value, map};

use super::{Fault, Step};

/// A value within another. The way back to the outermost one is only walked where something is wrong.
#[derive(Clone, Copy)]
pub(super) struct At<'a, 'way> {
    value: &'a Value,
    way: Way<'a, 'way>,
}

#[derive(Clone, Copy)]
enum Way<'a, 'way> {
    All,
    Key(&'a str, &'way Way<'a, 'way>),
    Index(usize, &'way Way<'a, 'way>),
}

/// What is wrong, and where, once that is known.
#[derive(Debug)]
pub(super) struct Wrong(Box<(String, Option<Vec<Step>>)>);

impl Wrong {
    pub(super) fn into_fault(self) -> Fault {
        let (message, path) = *self.0;
        Fault { message, path: path.unwrap_or_default() }
    }

    /// The innermost value that says so is the one that is wrong.
    fn at(mut self, way: &Way<'_, '_>) -> Self {
        self.0.1.get_or_insert_with(|| way.steps());
        self
    }
}

impl Way<'_, '_> {
    fn steps(&self) -> Vec<Step> {
        let (mut steps, step) = match self {
            Self::All => return Vec::new(),
            Self::Key(key, before) => (before.steps(), Step::Key((*key).into())),
            Self::Index(index, before) => (before.steps(), Step::Index(*index)),
        };
        steps.push(step);
        steps
    }
}

impl Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl std::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: Display>(message: T) -> Self {
        Self(Box::new((message.to_string(), None)))
    }
}

impl<'a> At<'a, '_> {
    pub(super) fn new(value: &'a Value) -> Self {
        Self { value, way: Way::All }
    }

    fn is_wrong<V: Visitor<'a>>(self, visitor: &V) -> Wrong {
        let found = match self.value {
            Value::Null => de::Unexpected::Unit,
            Value::Bool(truth) => de::Unexpected::Bool(*truth),
            Value::Number(_) => de::Unexpected::Other("number"),
            Value::String(text) => de::Unexpected::Str(text),
            Value::Array(_) => de::Unexpected::Seq,
            Value::Object(_) => de::Unexpected::Map,
        };
        Wrong::invalid_type(found, visitor)
    }
}

impl<'de> Deserializer<'de> for At<'de, '_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let read = match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., Some(number)) => visitor.visit_f64(number),
                _ => Err(self.is_wrong(&visitor)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(list) => {
                let mut items = Items { list, next: 0, way: &self.way };
                visitor.visit_seq(&mut items).and_then(|read| match items.next {
                    next if next < list.len() => Err(Wrong::invalid_length(list.len(), &"fewer elements in the list")),
                    _ => Ok(read),
                })
            }
            Value::Object(table) => visitor.visit_map(Entries { rest: table.iter(), last: None, way: &self.way }),
        };
        read.map_err(|wrong| wrong.at(&self.way))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    /// A variant is its name, or a table of its name and what it holds.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let read = match self.value {
            Value::String(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Value::Object(table) if table.len() == 1 => {
                let entries = Entries { rest: table.iter(), last: None, way: &self.way };
                visitor.visit_enum(MapAccessDeserializer::new(entries))
            }
            _ => Err(self.is_wrong(&visitor)),
        };
        read.map_err(|wrong| wrong.at(&self.way))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// What is left of a list.
struct Items<'a, 'way> {
    list: &'a [Value],
    next: usize,
    way: &'way Way<'a, 'way>,
}

impl<'de> de::SeqAccess<'de> for &mut Items<'de, '_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some(value) = self.list.get(self.next) else { return Ok(None) };
        let way = Way::Index(self.next, self.way);
        self.next += 1;
        seed.deserialize(At { value, way }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.next)
    }
}

/// What is left of a table, and the entry whose key was read last.
struct Entries<'a, 'way> {
    rest: map::Iter<'a>,
    last: Option<(&'a str, &'a Value)>,
    way: &'way Way<'a, 'way>,
}

impl<'de> de::MapAccess<'de> for Entries<'de, '_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.last = Some((key, value));
        let read = seed.deserialize(BorrowedStrDeserializer::new(key));
        read.map(Some).map_err(|wrong: Wrong| wrong.at(&Way::Key(key, self.way)))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Some((key, value)) = self.last.take() else { return Err(Wrong::custom("a value without a key")) };
        seed.deserialize(At { value, way: Way::Key(key, self.way) })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::super::read;
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    enum Kind {
        Plain,
        Of { parts: Vec<(String, u64)> },
        Wrapped(Option<f64>),
    }

    #[test]
    fn a_value_is_read_as_what_it_stands_for() {
        let value = json!([
            "plain",
            { "of": { "parts": [["A", 1], ["B", u64::MAX]] } },
            { "wrapped": 1.5 },
            { "wrapped": null },
        ]);
        let parts = vec![("A".into(), 1), ("B".into(), u64::MAX)];
        let kinds = vec![Kind::Plain, Kind::Of { parts }, Kind::Wrapped(Some(1.5)), Kind::Wrapped(None)];
        assert_eq!(read::<Vec<Kind>>(&value).unwrap(), kinds);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_innermost_key() {
        let fault = |value: Value| {
            let fault = read::<BTreeMap<String, Kind>>(&value).unwrap_err();
            (fault.path(), fault.message)
        };
        let of = |parts: Value| fault(json!({ "a": { "of": { "parts": parts } } }));
        assert_eq!(
            of(json!([["A", 1], ["B", -1]])),
            ("a.of.parts[1][1]".into(), "invalid value: integer `-1`, expected u64".into())
        );
        assert_eq!(of(json!([["A", 1, 2]])).0, "a.of.parts[0]");
        assert_eq!(of(json!([["A"]])).0, "a.of.parts[0]");
        let unknown = fault(json!({ "a": { "of": { "part": [] } } }));
        assert_eq!(unknown, ("a.of.part".into(), "unknown field `part`, expected `parts`".into()));
        assert_eq!(fault(json!({ "a": { "of": {} } })), ("a.of".into(), "missing field `parts`".into()));
        assert_eq!(fault(json!({ "a": "plan" })).0, "a");
        assert_eq!(fault(json!([])), (String::new(), "invalid type: sequence, expected a map".into()));
    }
}
