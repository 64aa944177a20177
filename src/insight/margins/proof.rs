//! Which margins are proven to be the fewest, and why others are not.
//!
//! A margin is proven where every comparison that the law makes on the way is between two sides that are linear in the
//! ballots: see [`decision`](crate::rule::decision); or quadratic, where it can be followed: see [`steady`](super::steady).

use super::line::Shift;
use crate::count::Figures;
use crate::method::{AllocationMethod, Rounding, StageKind};
use crate::rule::placing::whole_target::Direct;
use crate::rule::{Factor, Method, Overhang, Placement, Rule, Threshold, Tier, Votes, What};

/// Why fewer ballots than a walk finds may do it where quadratic comparisons are not followed.
pub(super) const SHARES: &str = "seats are placed by shares of places of which several change";

/// Whether comparisons along this line are quadratic: of claims by shares of places, ballots changing in several of them.
pub(super) fn is_quadratic(rule: &Rule, figures: &Figures<'_>, shifts: &[Shift]) -> bool {
    let mut steps = rule.tiers().iter().flat_map(|tier| tier.place.steps());
    shifts.windows(2).any(|pair| pair[0].place != pair[1].place)
        && figures.has_districts()
        && steps.any(|step| step.per != Factor::Votes)
}

/// Why fewer ballots than a walk finds may do it, but for quadratic comparisons; nothing where that is ruled out.
pub(super) fn doubt(rule: &Rule) -> Option<&'static str> {
    rule.tiers().iter().find_map(of_tier)
}

fn of_tier(tier: &Tier) -> Option<&'static str> {
    let own = match &tier.method {
        Method::Allocation(method) => of_method(method),
        Method::Staged(staged) => of_method(staged.method()).or_else(|| {
            let mut thresholds = staged.stages().filter_map(|(_, threshold)| threshold);
            thresholds
                .any(|threshold| !is_one_comparison(threshold))
                .then_some("a stage has a threshold of several parts")
        }),
        Method::Own(_) => Some("the method is one's own"),
        Method::Given => None,
        Method::Biproportional(_) => Some("a matrix moves seats between districts"),
    };
    let of_threshold = tier.threshold.as_ref().filter(|threshold| !is_simple(threshold));
    own.or_else(|| tier.alliance_method.as_ref().and_then(of_method))
        .or_else(|| of_threshold.map(|_| "places pass a threshold of several parts"))
        .or_else(|| {
            matches!(tier.overhang, Overhang::Level(_)).then_some("the house grows until shares cover what is needed")
        })
        .or_else(|| tier.fragments.map(|_| "fragments of votes count for lists"))
        .or_else(|| unused_votes(tier))
        .or_else(|| tier.place.steps().iter().find_map(of_placement))
}

fn of_method(method: &AllocationMethod) -> Option<&'static str> {
    match method {
        AllocationMethod::BalinskiYoung => Some("the quota method looks at every smaller house"),
        AllocationMethod::Stages(_) | AllocationMethod::LargestRemainder(_) | AllocationMethod::HighestAverages(_) => {
            None
        }
    }
}

/// Whether every comparison of a threshold is in the record: those made in many places are not.
fn is_simple(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Any(list) | Threshold::All(list) => list.iter().all(is_simple),
        Threshold::At { threshold, .. } => is_simple(threshold),
        Threshold::Places { pass, .. } => is_one_comparison(pass),
        _ => true,
    }
}

/// Whether a threshold is one comparison, with a side that no rounding moves.
fn is_one_comparison(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Any(_) | Threshold::All(_) | Threshold::Places { .. } => false,
        Threshold::At { threshold, .. } => is_one_comparison(threshold),
        Threshold::Quota { quota, .. } => quota.rounding() == Rounding::Exact,
        _ => true,
    }
}

/// Unused votes below zero count as none, which no record says.
fn unused_votes(tier: &Tier) -> Option<&'static str> {
    let up_from = match tier.method.allocation() {
        Some(AllocationMethod::Stages(stages)) => {
            stages.iter().any(|stage| matches!(stage.kind(), StageKind::WholeQuotas(_)) && stage.up_from().is_some())
        }
        _ => false,
    };
    let unproven = tier.votes == Votes::Unused || (tier.partial && up_from);
    unproven.then_some("votes left over by earlier tiers count")
}

fn of_placement(step: &Placement) -> Option<&'static str> {
    if step.settle.is_some() {
        return Some("seats are placed by steps of a statute's own");
    }
    if step.by.is_some() {
        return Some("seats are placed by votes left over");
    }
    if step.what == What::All && step.direct == Direct::Cover {
        return Some("winners are left without a seat");
    }
    let by_divisors = matches!(step.method, Some(AllocationMethod::HighestAverages(_)));
    (!by_divisors).then_some("seats are placed by quotas")
}
