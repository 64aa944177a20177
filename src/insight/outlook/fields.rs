//! Fields: the sets of parties that a completion can admit at a place.

use alloc::vec::Vec;

use crate::count::tally::Beside;
use crate::count::{Figures, PartyId, PlaceId};
use crate::rule::provisions::admission::Candidate;
use crate::rule::session::Session;
use crate::rule::{NonePasses, Rule, Threshold, Tier};

/// Parties whose admission may go either way, beyond which sets are not listed.
const OPEN: usize = 10;

/// Rounds after which lifts that raise one another are taken as they are.
const ROUNDS: u32 = 64;

/// A set of parties that some completion may admit.
pub(super) struct Field {
    /// By position at the place.
    pub(super) members: Vec<bool>,
    /// By position, ballots without which a member is not admitted along with the others.
    pub(super) least: Vec<u64>,
    /// By position, ballots with which all members are admitted whoever gets the rest; none where there are not so many.
    pub(super) enough: Option<Vec<u64>>,
    /// Whether a member may be one that did not pass, and counts with a weight.
    pub(super) is_weighed: bool,
}

/// A tier's threshold at a place while ballots of one place are out, or ballots that it counts alike wherever they are.
pub(super) struct Judging<'j, 'a> {
    rule: &'j Rule,
    tier: usize,
    figures: Figures<'a>,
    place: PlaceId,
    /// The place with ballots out, and how many.
    out: (PlaceId, u64),
}

impl<'j, 'a> Judging<'j, 'a> {
    pub(super) fn new(
        (rule, tier): (&'j Rule, usize),
        figures: &Figures<'a>,
        place: PlaceId,
        out: (PlaceId, u64),
    ) -> Self {
        Self { rule, tier, figures: figures.clone(), place, out }
    }

    /// The sets of parties that some completion may admit: more than can be reached perhaps, never fewer. `None` where they
    /// are too many, or where a repair of the law looks at more than who passed.
    pub(super) fn fields(&mut self) -> Option<Vec<Field>> {
        let tier = self.tier();
        let parties = self.figures.spot(self.place).parties.len();
        let out = self.out.1;
        let always: Vec<bool> = (0..parties).map(|at| self.passes(at, 0, out)).collect();
        let passing = always.iter().filter(|always| **always).count();
        let has_threshold = tier.threshold.is_some();
        let at_least = if has_threshold { tier.admit_at_least.parties } else { 0 };
        let repairs = passing < at_least;
        let is_elsewhere = self.judged_at() != self.place;
        if tier.admitted_share.is_some()
            || (has_threshold && passing == 0 && tier.none_passes != NonePasses::Error)
            || (repairs && is_elsewhere)
        {
            return None;
        }
        let may_join = |judging: &mut Self, at: usize| {
            let votes = judging.figures.spot(judging.place).votes[at];
            judging.passes(at, out, out) || judging.passes(at, 0, 0) || (repairs && (votes > 0 || out > 0))
        };
        let open: Vec<usize> = (0..parties).filter(|&at| !always[at] && may_join(self, at)).collect();
        if open.len() > OPEN {
            return None;
        }
        let mut fields = Vec::new();
        for choice in 0..1_u32 << open.len() {
            let mut members = always.clone();
            open.iter().enumerate().for_each(|(bit, &at)| members[at] = choice >> bit & 1 == 1);
            fields.extend(self.field(members, if repairs { at_least } else { 0 }));
        }
        Some(fields)
    }

    /// These members as a field, if the ballots out may bring it about; a repair fills up to `at_least`.
    fn field(&mut self, members: Vec<bool>, at_least: usize) -> Option<Field> {
        let votes = self.figures.spot(self.place).votes.clone();
        let number = members.iter().filter(|member| **member).count();
        let with_votes = votes.iter().filter(|votes| **votes > 0).count();
        if number == 0 || number < at_least.min(with_votes) {
            return None;
        }
        let all_pass = number > at_least;
        let mut least = if all_pass { self.least(&members)? } else { alloc::vec![0; members.len()] };
        let mut enough = if all_pass { self.lifts(&members, self.out.1) } else { Some(least.clone()) };
        // Under one threshold for all, nobody with more votes stays out, and equal votes leave it open who joins.
        let is_uniform = self.tier().threshold.as_ref().is_none_or(is_uniform) && !self.figures.has_districts();
        let best_out = members.iter().zip(&votes).filter(|(member, _)| !**member).map(|(_, &votes)| votes).max();
        if let Some(best_out) = best_out.filter(|&best| is_uniform && best > 0) {
            let above = |lifts: &mut Vec<u64>| {
                for (at, lift) in lifts.iter_mut().enumerate().filter(|(at, _)| members[*at]) {
                    *lift = (*lift).max(best_out.saturating_add(1).saturating_sub(votes[at]));
                }
            };
            above(&mut least);
            enough.iter_mut().for_each(above);
        }
        let fits = |lifts: &Vec<u64>| sum(lifts) <= self.out.1.into();
        let is_weighed = !all_pass && self.tier().admit_at_least.second_list.is_some();
        fits(&least).then(|| Field { members, least, enough: enough.filter(fits), is_weighed })
    }

    /// The fewest ballots with which members pass together, all other ballots being in no base; `None` if those out do not do.
    ///
    /// Ballots that lift one member are in the base of the others, whose thresholds rise with it until all of them are met.
    fn least(&mut self, members: &[bool]) -> Option<Vec<u64>> {
        let mut raised = 0;
        for _ in 0..ROUNDS {
            let lifts = self.lifts(members, raised)?;
            let sum = u64::try_from(sum(&lifts)).ok().filter(|&sum| sum <= self.out.1)?;
            if sum <= raised {
                return Some(lifts);
            }
            raised = sum;
        }
        self.lifts(members, raised)
    }

    /// What each member needs while at least `raised` ballots more are in every base.
    fn lifts(&mut self, members: &[bool], raised: u64) -> Option<Vec<u64>> {
        let mut lifts = Vec::with_capacity(members.len());
        for (at, &member) in members.iter().enumerate() {
            lifts.push(if member { self.lift(at, raised)? } else { 0 });
        }
        Some(lifts)
    }

    fn lift(&mut self, at: usize, raised: u64) -> Option<u64> {
        if self.passes(at, 0, raised) {
            return Some(0);
        }
        let out = self.out.1;
        if !self.passes(at, out, out) {
            return None;
        }
        let (mut low, mut high) = (0, out);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.passes(at, middle, raised.max(middle)) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// Whether a party passes with `more` ballots, and with `raised` in every base, its own among them.
    fn passes(&mut self, at: usize, more: u64, raised: u64) -> bool {
        let Some(threshold) = &self.tier().threshold else { return true };
        let party = self.figures.spot(self.place).parties[at];
        // Ballots for another party are in every base.
        let there = self.figures.spot(self.out.0);
        let other = there.parties.iter().copied().find(|&other| other != party);
        // In the nation, its ballots may be those of any place.
        let stands = there.position(party).is_some() || self.judged_at() == PlaceId::NATION;
        let more = if stands { more } else { 0 };
        self.turn(Some(party), i128::from(more));
        self.turn(other, i128::from(raised.saturating_sub(more)));
        let place = self.judged_at();
        let candidate = Candidate { parties: &[party], place, stands: place };
        // An error is one of the law: nobody passes then.
        let passes = Session::new(self.rule, &self.figures, &[]).is_ok_and(|mut session| {
            session.tier = self.tier;
            matches!(threshold.shortfall(candidate, &mut session, &mut Vec::new()), Ok(None))
        });
        self.turn(Some(party), -i128::from(more));
        self.turn(other, -i128::from(raised.saturating_sub(more)));
        passes
    }

    fn turn(&mut self, party: Option<PartyId>, ballots: i128) {
        match party {
            _ if ballots == 0 => {}
            Some(party) => self.figures.alter(self.out.0, party, ballots),
            None => self.figures.alter_beside(self.out.0, Beside::Other, ballots),
        }
    }

    /// Where the threshold judges: parties of the nation once, where all of it looks there.
    fn judged_at(&self) -> PlaceId {
        let national = self.tier().threshold.as_ref().is_some_and(Threshold::is_national);
        if national && self.figures.has_districts() { PlaceId::NATION } else { self.place }
    }

    fn tier(&self) -> &'j Tier {
        &self.rule.tiers()[self.tier]
    }
}

pub(super) fn sum(ballots: &[u64]) -> u128 {
    ballots.iter().map(|&ballots| u128::from(ballots)).sum()
}

/// Whether a threshold asks the same votes of everyone.
fn is_uniform(threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Share { .. } | Threshold::Votes { .. } | Threshold::Quota { .. } => true,
        Threshold::Any(parts) | Threshold::All(parts) => parts.iter().all(is_uniform),
        _ => false,
    }
}
