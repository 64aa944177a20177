//! Tie-breaks as documents write them: `"most-votes"`, `{ drawn = ["A"] }`, or a list of these.

use core::fmt;
use core::marker::PhantomData;

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer, U64Deserializer};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::allocation::TieBreak;

/// Lots drawn by hand, for any tie or for that of a tier and place.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lots<D> {
    drawn: D,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

impl<P: Serialize> Serialize for TieBreak<P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::MostVotes => serializer.serialize_str("most-votes"),
            Self::FewestVotes => serializer.serialize_str("fewest-votes"),
            Self::ListOrder => serializer.serialize_str("list-order"),
            Self::Drawn(drawn) => Lots { drawn, tier: None, place: None }.serialize(serializer),
            Self::DrawnCells(drawn) => Lots { drawn, tier: None, place: None }.serialize(serializer),
            Self::DrawnFor { drawn, tier, place } => {
                Lots { drawn, tier: tier.clone(), place: place.clone() }.serialize(serializer)
            }
        }
    }
}

impl<'de, P: Deserialize<'de>> Deserialize<'de> for TieBreak<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrLots<P>(PhantomData<P>);
        impl<'de, P: Deserialize<'de>> Visitor<'de> for NameOrLots<P> {
            type Value = TieBreak<P>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tie-break, such as \"most-votes\", \"list-order\" or { drawn = [\"A\"] }")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
                match name {
                    "most-votes" => Ok(TieBreak::MostVotes),
                    "fewest-votes" => Ok(TieBreak::FewestVotes),
                    "list-order" => Ok(TieBreak::ListOrder),
                    other => Err(E::unknown_variant(other, &["most-votes", "fewest-votes", "list-order", "drawn"])),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
                let Lots::<Drawn<P>> { drawn, tier, place } = Lots::deserialize(MapAccessDeserializer::new(access))?;
                match (drawn, &tier, &place) {
                    (Drawn::Plain(drawn), None, None) => Ok(TieBreak::Drawn(drawn)),
                    (Drawn::Plain(drawn), ..) => Ok(TieBreak::DrawnFor { drawn, tier, place }),
                    (Drawn::Cells(cells), None, None) => Ok(TieBreak::DrawnCells(cells)),
                    (Drawn::Cells(_), ..) => Err(A::Error::custom("lots drawn for cells name their places themselves")),
                }
            }
        }
        deserializer.deserialize_any(NameOrLots(PhantomData))
    }
}

/// What was drawn: parties, or cells as `["A", "North"]`; not both in one drawing.
enum Drawn<P> {
    Plain(Vec<P>),
    Cells(Vec<(P, String)>),
}

impl<'de, P: Deserialize<'de>> Deserialize<'de> for Drawn<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names<P>(PhantomData<P>);
        impl<'de, P: Deserialize<'de>> Visitor<'de> for Names<P> {
            type Value = Drawn<P>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of parties, or of cells such as [\"A\", \"North\"]")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Drawn<P>, A::Error> {
                let (mut plain, mut cells) = (Vec::new(), Vec::new());
                while let Some(next) = access.next_element::<PlainOrCell<P>>()? {
                    match next {
                        PlainOrCell::Plain(party) => plain.push(party),
                        PlainOrCell::Cell(cell) => cells.push(cell),
                    }
                }
                match (plain.is_empty(), cells.is_empty()) {
                    (_, true) => Ok(Drawn::Plain(plain)),
                    (true, false) => Ok(Drawn::Cells(cells)),
                    (false, false) => Err(A::Error::custom("a drawing of lots is for parties or for cells, not both")),
                }
            }
        }
        deserializer.deserialize_seq(Names(PhantomData))
    }
}

/// A party, or a party in a district.
enum PlainOrCell<P> {
    Plain(P),
    Cell((P, String)),
}

impl<'de, P: Deserialize<'de>> Deserialize<'de> for PlainOrCell<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<P>(PhantomData<P>);
        impl<'de, P: Deserialize<'de>> Visitor<'de> for Either<P> {
            type Value = PlainOrCell<P>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a party, or a cell such as [\"A\", \"North\"]")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
                P::deserialize(StrDeserializer::new(name)).map(PlainOrCell::Plain)
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
                P::deserialize(U64Deserializer::new(number)).map(PlainOrCell::Plain)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
                <(P, String)>::deserialize(SeqAccessDeserializer::new(access)).map(PlainOrCell::Cell)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// A tie-break alone, or several in a list.
pub(crate) fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TieBreak<String>>, D::Error> {
    struct Chain;
    impl<'de> Visitor<'de> for Chain {
        type Value = Vec<TieBreak<String>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a tie-break, such as \"most-votes\", \"list-order\" or { drawn = [\"A\"] }, or a list of them")
        }

        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
            TieBreak::deserialize(StrDeserializer::new(name)).map(|one| Vec::from([one]))
        }

        fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
            TieBreak::deserialize(MapAccessDeserializer::new(access)).map(|one| Vec::from([one]))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut chain = Vec::new();
            while let Some(next) = access.next_element()? {
                chain.push(next);
            }
            Ok(chain)
        }
    }
    deserializer.deserialize_any(Chain)
}
