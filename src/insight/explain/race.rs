//! The race for the last seat: who won it, who is next, and how many votes are missing.

use alloc::format;
use alloc::string::String;

use super::{Averages, Claim, Explanation, Quotas, Step};
use crate::num::text::{counted, ordinal};

/// The last seat of a contest, and who is next in line for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::insight) struct Race {
    pub(in crate::insight) last: String,
    pub(in crate::insight) next: String,
    /// The number of the last seat, and of the next, among the party's own.
    seats: (u64, u64),
    /// The votes that the next in line lacks, where they are known.
    pub(in crate::insight) short: Option<u128>,
    /// What it is behind by votes left over, where the last seats went by these.
    behind: Option<String>,
}

impl Race {
    /// The race of a contest by highest averages or by largest remainders; `None` for other methods, and at a tie.
    pub(in crate::insight) fn of(step: &Step<'_>) -> Option<Self> {
        step.averages().and_then(|averages| Self::of_averages(&averages)).or_else(|| Self::of_quotas(&step.quotas()?))
    }

    fn of_averages(averages: &Averages) -> Option<Self> {
        let is_tied = averages.parties.iter().flat_map(|share| &share.next).any(|claim: &Claim| claim.won.is_none());
        let last = averages.cut.last.as_ref().filter(|_| !is_tied)?;
        // The fewest votes short: the next by quotient may be a larger party, which lacks more.
        let next = averages.nearest().or(averages.cut.next.as_ref())?;
        let seats = (last.seat, next.seat);
        Some(Self { last: last.party.clone(), next: next.party.clone(), seats, short: next.votes_short, behind: None })
    }

    fn of_quotas(quotas: &Quotas) -> Option<Self> {
        let behind = quotas.behind.clone()?;
        let last = *quotas.last_seats().last()?;
        let next = quotas.by_left_over().into_iter().find(|share| share.seats == share.full)?;
        let seats = (last.seats, next.seats.saturating_add(1));
        Some(Self { last: last.party.clone(), next: next.party.clone(), seats, short: None, behind: Some(behind) })
    }

    fn sentence(&self) -> String {
        let (last, next) = (ordinal(self.seats.0), ordinal(self.seats.1));
        let short = match (self.short, &self.behind) {
            (Some(votes), _) => format!(", {} short", counted(votes, "vote")),
            (None, Some(behind)) => format!(", {behind} votes behind"),
            (None, None) => String::new(),
        };
        format!("Last seat: {}'s {last}. Next in line: {}'s {next}{short}.", self.last, self.next)
    }
}

impl Explanation<'_> {
    /// The race for the last seat as a sentence: who won it, and who is next by how many votes. Of the nation, or of the place
    /// that is explained; of several contests, that of the last. `None` where it went by another method, and at a tie.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 53), ("B", 24), ("C", 23)])?;
    /// let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 7).apply(&tally)?;
    /// let race = outcome.explain().last_seat();
    /// assert_eq!(race.as_deref(), Some("Last seat: C's 2nd. Next in line: A's 4th, 1 vote short."));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    #[must_use]
    pub fn last_seat(&self) -> Option<String> {
        let own = |step: &Step<'_>| self.place.is_some() || step.place().is_none();
        let contests = self.steps().filter(own).filter(|step| step.contest().is_some());
        contests.last().and_then(|step| Race::of(&step)).map(|race| race.sentence())
    }

    /// The district in which the fewest votes are missing for its last seat, as a sentence; `None` where there are no districts
    /// or their seats go by another method.
    #[must_use]
    pub fn closest_district(&self) -> Option<String> {
        let steps = self.steps().filter(|step| step.place().is_some());
        let races = steps.filter_map(|step| {
            let race = Race::of(&step)?;
            Some((race.short?, String::from(step.place()?), race))
        });
        let (short, place, race) = races.min_by_key(|(short, ..)| *short)?;
        let votes = counted(short, "vote");
        Some(format!(
            "The closest district is {place}: {} is {votes} short of the last seat, which {} has.",
            race.next, race.last
        ))
    }
}
