//! Methods as documents write them: `{ quota = "hare" }`, `{ divisor = "power", p = "9/10" }`, or a bare name.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

use super::biproportional;
use super::stage::{StageOfLaw, only_a_law};
use super::table::Table;
use crate::method::{AllocationMethod, Divisors, Quota, Rounding, Sequence, Stage};
use crate::num::Ratio;
use crate::rule::{Method, Staged};

/// A method, key by key.
#[derive(Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<Ratio>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisors: Option<Vec<Ratio>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stages: Option<Vec<StageOfLaw>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quota_method: Option<QuotaMethod>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    biproportional: Option<Table<biproportional::Written>>,
}

/// Whose quota method.
#[derive(Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum QuotaMethod {
    BalinskiYoung,
}

const PARAMETRIC: &str = "modified-sainte-lague, stationary, power, custom";

/// The quota that documents call `name`.
pub(super) fn quota_named(name: &str, rounding: Option<Rounding>) -> Result<Quota, String> {
    let quota = Quota::ALL.into_iter().find(|quota| quota.name().0 == name);
    let quota = quota.ok_or_else(|| {
        let names = Quota::ALL.map(|quota| quota.name().0).join(", ");
        format!("the quota {name:?} is none of {names}")
    })?;
    Ok(rounding.map_or(quota, |rounding| quota.rounded(rounding)))
}

/// A quota's name in documents, and its rounding where that is not the quota's own.
pub(super) fn write_quota(quota: Quota) -> (String, Option<Rounding>) {
    let (name, own_rounding) = quota.name();
    (name.into(), (!own_rounding).then_some(quota.rounding()))
}

impl Written {
    /// A method alone, without thresholds that only a law can judge.
    fn read(self) -> Result<AllocationMethod, String> {
        if self.biproportional.is_some() {
            return Err("biproportional is the method of a tier: it cannot stand here".into());
        }
        let given = [
            ("first", self.first.is_some(), "modified-sainte-lague"),
            ("r", self.r.is_some(), "stationary"),
            ("p", self.p.is_some(), "power"),
            ("divisors", self.divisors.is_some(), "custom"),
        ];
        let refuse_parameters_but = |name: &str| match given.iter().find(|(_, given, of)| *given && *of != name) {
            Some((key, _, of)) => Err(format!("{key} belongs to the divisor {of:?}, not to {name:?}")),
            None => Ok(()),
        };
        let families =
            [self.quota.is_some() || self.divisor.is_some(), self.stages.is_some(), self.quota_method.is_some()];
        if families.iter().filter(|given| **given).count() > 1 {
            return Err("a method has a quota, a divisor, stages or quota_method, not several of them".into());
        }
        if self.stages.is_some() || self.quota_method.is_some() {
            refuse_parameters_but("a method in stages or the quota method")?;
            if self.rounding.is_some() {
                return Err("rounding belongs to a quota".into());
            }
        }
        if let Some(stages) = self.stages {
            if let Some(threshold) = stages.iter().find_map(|stage| stage.threshold.as_ref()) {
                return Err(only_a_law(threshold));
            }
            let method = AllocationMethod::Stages(stages.into_iter().map(|stage| stage.stage).collect());
            return method.check().map(|()| method).map_err(|error| error.to_string());
        }
        if let Some(QuotaMethod::BalinskiYoung) = self.quota_method {
            return Ok(AllocationMethod::BalinskiYoung);
        }
        match (&self.quota, &self.divisor) {
            (Some(name), None) => {
                refuse_parameters_but(name)?;
                quota_named(name, self.rounding).map(AllocationMethod::LargestRemainder)
            }
            (None, Some(name)) => {
                refuse_parameters_but(name)?;
                if self.rounding.is_some() {
                    return Err(format!("rounding belongs to a quota, not to the divisor {name:?}"));
                }
                self.divisors_named(name).map(AllocationMethod::HighestAverages)
            }
            (Some(_), Some(_)) => Err("a method has a quota or a divisor, not both".into()),
            (None, None) => Err("a method needs a quota or a divisor, or stages, or quota_method".into()),
        }
    }

    /// The method of a tier, which may be a matrix, and whose stages may be for those that pass a threshold.
    fn read_any(mut self) -> Result<Method, String> {
        if let Some(Table(matrix)) = self.biproportional.take() {
            if self != Self::default() {
                return Err("a method is biproportional or another, not both".into());
            }
            return matrix.read().map(Method::Biproportional);
        }
        let thresholds: Vec<_> = self.stages.iter_mut().flatten().map(|stage| stage.threshold.take()).collect();
        match self.read()? {
            AllocationMethod::Stages(stages) if thresholds.iter().any(Option::is_some) => {
                let staged: Staged = stages.into_iter().zip(thresholds).collect();
                staged.check().map_err(|error| error.to_string())?;
                Ok(Method::Staged(staged))
            }
            method => Ok(Method::Allocation(method)),
        }
    }

    fn divisors_named(&self, name: &str) -> Result<Divisors, String> {
        let needs = |key: &str| format!("the divisor {name:?} needs {key}");
        let divisors = match name {
            "modified-sainte-lague" => {
                Divisors::modified_sainte_lague(self.first.ok_or_else(|| needs("first, such as \"7/5\""))?)
            }
            "stationary" => Divisors::stationary(self.r.ok_or_else(|| needs("r, such as \"1/3\""))?),
            "power" => Divisors::power(self.p.ok_or_else(|| needs("p, such as \"9/10\""))?),
            "custom" => {
                Divisors::custom(self.divisors.clone().ok_or_else(|| needs("divisors, such as [1, \"3/2\", 2]"))?)
            }
            _ => {
                let known = Divisors::NAMED.into_iter().find(|(known, _)| *known == name);
                return known.map(|(_, divisors)| divisors).ok_or_else(|| {
                    let names = Divisors::NAMED.map(|(name, _)| name).join(", ");
                    format!("the divisor {name:?} is none of {names}, {PARAMETRIC}")
                });
            }
        };
        divisors.map_err(|error| error.to_string())
    }

    fn of(method: &AllocationMethod) -> Option<Self> {
        let empty = Self::default();
        let plain = |name: &str| Self { divisor: Some(name.into()), ..Self::default() };
        match method {
            AllocationMethod::Stages(stages) => {
                let alone = |stage: &Stage| StageOfLaw { stage: stage.clone(), threshold: None };
                Some(Self { stages: Some(stages.iter().map(alone).collect()), ..empty })
            }
            AllocationMethod::BalinskiYoung => Some(Self { quota_method: Some(QuotaMethod::BalinskiYoung), ..empty }),
            AllocationMethod::LargestRemainder(quota) => {
                let (name, rounding) = write_quota(*quota);
                Some(Self { quota: Some(name), rounding, ..empty })
            }
            AllocationMethod::HighestAverages(divisors) => Some(match divisors.sequence() {
                Sequence::ModifiedSainteLague(first) => Self { first: Some(*first), ..plain("modified-sainte-lague") },
                Sequence::Stationary(r) => Self { r: Some(*r), ..plain("stationary") },
                Sequence::Power(p) => Self { p: Some(*p), ..plain("power") },
                Sequence::Custom(divisors) => Self { divisors: Some(divisors.clone()), ..plain("custom") },
                _ => plain(Divisors::NAMED.iter().find(|(_, known)| known == divisors).map(|(name, _)| *name)?),
            }),
        }
    }
}

impl Serialize for AllocationMethod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::of(self).ok_or_else(|| S::Error::custom("this method has no written form"))?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AllocationMethod {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MethodVisitor)
    }
}

struct MethodVisitor;

impl<'de> Visitor<'de> for MethodVisitor {
    type Value = AllocationMethod;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a method, such as \"dhondt\" or { quota = \"hare\", rounding = \"up\" }")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<AllocationMethod, E> {
        name.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<AllocationMethod, A::Error> {
        Written::deserialize(MapAccessDeserializer::new(access))?.read().map_err(A::Error::custom)
    }
}

/// The divisors of this name and these parameters.
pub(super) fn divisors(
    name: String,
    first: Option<Ratio>,
    r: Option<Ratio>,
    p: Option<Ratio>,
    divisors: Option<Vec<Ratio>>,
) -> Result<Divisors, String> {
    match (Written { divisor: Some(name), first, r, p, divisors, ..Written::default() }).read()? {
        AllocationMethod::HighestAverages(divisors) => Ok(divisors),
        other => Err(format!("a matrix needs divisors, not {other}")),
    }
}

/// The method of a tier from a table, for [`Method`].
pub(super) fn read_any<'de, A: MapAccess<'de>>(access: A) -> Result<Method, A::Error> {
    Written::deserialize(MapAccessDeserializer::new(access))?.read_any().map_err(A::Error::custom)
}

/// The table of a tier's method in stages, some of which are for those that pass a threshold.
pub(super) fn write_staged(staged: &Staged) -> impl Serialize {
    let stages =
        staged.stages().map(|(stage, threshold)| StageOfLaw { stage: stage.clone(), threshold: threshold.cloned() });
    Written { stages: Some(stages.collect()), ..Written::default() }
}

/// The table of a tier's biproportional method.
pub(super) fn write_biproportional(law: &crate::rule::Biproportional) -> impl Serialize {
    Written { biproportional: Some(Table(biproportional::Written::of(law))), ..Written::default() }
}
