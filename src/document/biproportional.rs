//! Biproportional laws as documents write them: `{ divisor = "sainte-lague", voters = "rounded" }`.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::recorded::by_name;
use crate::matrix::Voters;
use crate::method::{AllocationMethod, Divisors, Sequence};
use crate::num::Ratio;
use crate::rule::{Biproportional, is_default};

/// A biproportional law, key by key.
#[derive(PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    divisor: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisors: Option<Vec<Ratio>>,
    voters: Voters,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upper: Option<AllocationMethod>,
    #[serde(default, skip_serializing_if = "is_default")]
    winner_takes_one: bool,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some_by_name")]
    party_seats: Option<BTreeMap<String, u64>>,
}

fn some_by_name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<BTreeMap<String, u64>>, D::Error> {
    by_name(deserializer).map(Some)
}

impl Written {
    pub(super) fn read(self) -> Result<Biproportional, String> {
        let Self { divisor, first, r, p, divisors, voters, upper, winner_takes_one, party_seats } = self;
        let divisors = super::method::divisors(divisor, first, r, p, divisors)?;
        let upper = match upper {
            None => None,
            Some(AllocationMethod::HighestAverages(divisors)) => Some(divisors),
            Some(other) => return Err(alloc::format!("upper needs divisors, not {other}")),
        };
        let mut law = Biproportional::new(divisors, voters);
        law.upper = upper;
        law.party_seats = party_seats;
        law.winner_takes_one = winner_takes_one;
        Ok(law)
    }

    pub(super) fn of(law: &Biproportional) -> Self {
        let mut written = Self {
            divisor: name(&law.divisors),
            first: None,
            r: None,
            p: None,
            divisors: None,
            voters: law.voters,
            upper: law.upper.clone().map(AllocationMethod::HighestAverages),
            winner_takes_one: law.winner_takes_one,
            party_seats: law.party_seats.clone(),
        };
        match law.divisors.sequence() {
            Sequence::ModifiedSainteLague(first) => written.first = Some(*first),
            Sequence::Stationary(r) => written.r = Some(*r),
            Sequence::Power(p) => written.p = Some(*p),
            Sequence::Custom(divisors) => written.divisors = Some(divisors.clone()),
            _ => {}
        }
        written
    }
}

fn name(divisors: &Divisors) -> String {
    match divisors.sequence() {
        Sequence::ModifiedSainteLague(_) => "modified-sainte-lague".into(),
        Sequence::Stationary(_) => "stationary".into(),
        Sequence::Power(_) => "power".into(),
        Sequence::Custom(_) => "custom".into(),
        _ => {
            let known = Divisors::NAMED.iter().find(|(_, known)| known == divisors);
            known.map_or_else(|| divisors.to_string(), |(name, _)| (*name).into())
        }
    }
}
