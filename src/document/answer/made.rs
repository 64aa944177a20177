//! Answers made of outcomes: what is there is named, what is not is left out.

use core::fmt::{Display, Write};

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{
    Answer, Answered, AnsweredChoice, AnsweredGift, AnsweredGiftPlace, AnsweredParty, AnsweredPlace, AnsweredTie,
    AnsweredTier, AnsweredUnseated, AnsweredWay,
};
use crate::document::{Certificate, Election};
use crate::outcome::{Admission, Outcome, PartyOutcome, PlaceOutcome, TieOutcome, TierOutcome, Way};

impl Answer {
    /// The answer that there is none, and why.
    #[must_use]
    pub fn error(id: Option<String>, error: &impl ToString) -> Self {
        Self::Failed { id, error: error.to_string() }
    }

    /// Whether this is an outcome, and not an error.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        matches!(self, Self::Answered(_))
    }

    /// The outcome, if it is one.
    #[must_use]
    pub fn answered(&self) -> Option<&Answered> {
        match self {
            Self::Answered(answered) => Some(answered),
            Self::Failed { .. } => None,
        }
    }

    /// The answer with what proves it; an error stays as it is.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Election, Rule, Tally};
    ///
    /// let tally = Tally::from_votes([("A", 53), ("B", 47)])?;
    /// let election = Election::new(Rule::new(AllocationMethod::HARE, 10), tally);
    /// let outcome = election.outcome()?;
    /// let answer = election.answer_of(&outcome).with_certificate(election.certificate_of(&outcome)?);
    /// let json = serde_json::to_string(&answer)?;
    /// assert!(json.contains(r#""quota":"10""#));
    /// assert_eq!(serde_json::from_str::<apportion::Answer>(&json)?, answer);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_certificate(mut self, certificate: Certificate) -> Self {
        if let Self::Answered(answered) = &mut self {
            answered.certificate = Some(certificate);
        }
        self
    }

    pub(in crate::document) fn of(election: &Election, outcome: &Outcome) -> Self {
        let tiers = election.rule.tiers();
        let several = tiers.len() > 1;
        // The trace is asked only where there can be a matrix in it: it may be made for that alone.
        let matrix = tiers.iter().any(|tier| tier.method.is_biproportional()).then_some(outcome);
        let methods: Vec<String> = tiers.iter().map(|tier| tier.method.to_string()).collect();
        let ways = outcome.ways().iter().map(way).collect::<Vec<_>>();
        Self::Answered(alloc::boxed::Box::new(Answered {
            id: election.id.clone(),
            name: election.name.clone(),
            date: election.date.clone(),
            sources: election.sources.clone(),
            method: methods.join("; "),
            threshold: tiers.iter().find_map(|tier| tier.threshold.as_ref()).map(ToString::to_string),
            law: with_room(&election.rule),
            seats: outcome.total_seats(),
            parties: outcome.parties().iter().map(party).collect(),
            ties: outcome.ties().iter().map(tie).collect(),
            regions: outcome.regions().map(place).collect(),
            districts: outcome.districts().map(place).collect(),
            upper: matrix.and_then(crate::document::matrix::upper),
            divisors: matrix.and_then(crate::document::matrix::divisors),
            tiers: if several {
                outcome.tiers().iter().map(|given| tier(given, outcome)).collect()
            } else {
                Vec::new()
            },
            ways_complete: (!ways.is_empty() || !outcome.ways_complete()).then(|| outcome.ways_complete()),
            ways,
            settled: outcome.settled().to_vec(),
            vacant: Some(outcome.vacant()).filter(|&vacant| vacant > 0),
            unseated: outcome
                .unseated()
                .iter()
                .map(|one| AnsweredUnseated {
                    place: one.place.clone(),
                    party: one.party.clone(),
                    winners: one.winners,
                })
                .collect(),
            spared: tiers.iter().any(|tier| tier.spare_votes).then(|| outcome.spared()),
            warnings: outcome.warnings().iter().map(ToString::to_string).collect(),
            as_recorded: election.as_recorded(outcome),
            certificate: None,
        }))
    }
}

impl AnsweredTie {
    /// A tie of these parties.
    pub(in crate::document) fn of_parties(parties: Vec<String>, seats: u64) -> Self {
        Self {
            tier: None,
            place: None,
            parties,
            places: Vec::new(),
            seats,
            cells: Vec::new(),
            party_seats: BTreeMap::new(),
            district_seats: BTreeMap::new(),
            outcomes: None,
        }
    }
}

/// A text, with room from the start for what most have: a stream of answers has thousands of them a second.
fn with_room(value: &impl Display) -> String {
    let mut text = String::with_capacity(96);
    // Writing to a string does not fail.
    let _ = write!(text, "{value}");
    text
}

fn party(party: &PartyOutcome) -> AnsweredParty {
    let reason = match party.admission() {
        Admission::Passed => None,
        Admission::Refused(lacks) => Some(with_room(lacks)),
        Admission::Repaired(lacks) | Admission::Weighed(lacks, _) => {
            Some(alloc::format!("admitted though {lacks}, as too few passed"))
        }
    };
    AnsweredParty {
        name: party.name().to_string(),
        votes: party.votes(),
        counted: (party.is_admitted() && party.counted() != party.votes()).then(|| party.counted()),
        seats: party.certain(),
        admitted: party.is_admitted(),
        reason,
    }
}

fn tie(tie: &TieOutcome) -> AnsweredTie {
    let pairs = || tie.parties().iter().cloned().zip(tie.places().iter().cloned()).collect();
    AnsweredTie {
        tier: tie.tier().map(String::from),
        place: tie.place().map(String::from),
        parties: if tie.cells().is_some() { Vec::new() } else { tie.parties().to_vec() },
        places: if tie.cells().is_some() { Vec::new() } else { tie.places().to_vec() },
        seats: tie.seats(),
        cells: tie.cells().map_or_else(Vec::new, |_| pairs()),
        party_seats: tie.cells().map_or_else(BTreeMap::new, |cells| cells.party_seats.iter().cloned().collect()),
        district_seats: tie.cells().map_or_else(BTreeMap::new, |cells| cells.district_seats.iter().cloned().collect()),
        outcomes: tie.cells().and_then(|cells| cells.outcomes),
    }
}

fn place(place: &PlaceOutcome) -> AnsweredPlace {
    AnsweredPlace {
        name: place.name().to_string(),
        within: place.within().map(String::from),
        seats: place.total_seats(),
        filled: Some(place.filled()).filter(|&filled| filled != place.total_seats() && place.ties().is_empty()),
        parties: place.parties().iter().map(party).collect(),
        ties: place.ties().iter().map(tie).collect(),
        vacant: Some(place.vacant()).filter(|&vacant| vacant > 0),
    }
}

fn tier(tier: &TierOutcome, outcome: &Outcome) -> AnsweredTier {
    let gifts = outcome.parties().iter().zip(tier.seats()).filter(|&(_, &seats)| seats != 0);
    let of = |(name, seats): &(String, i128)| AnsweredGift { name: name.clone(), seats: *seats };
    let places = tier.places().iter().filter(|(name, _)| !name.is_empty());
    AnsweredTier {
        name: tier.name().to_string(),
        article: tier.article().map(ToString::to_string),
        at: tier.level(),
        seats: tier.seats().iter().sum(),
        parties: gifts.map(|(party, &seats)| AnsweredGift { name: party.name().to_string(), seats }).collect(),
        places: places
            .map(|(name, parties)| AnsweredGiftPlace { name: name.clone(), parties: parties.iter().map(of).collect() })
            .collect(),
    }
}

fn way(way: &Way) -> AnsweredWay {
    let choices = way.choices().iter().map(|choice| AnsweredChoice {
        tier: choice.tier.clone(),
        place: choice.place.clone(),
        parties: choice.parties.clone(),
        places: choice.places.clone(),
    });
    let choices = choices.collect();
    match way.outcome() {
        Err(error) => AnsweredWay {
            choices,
            parties: Vec::new(),
            regions: Vec::new(),
            districts: Vec::new(),
            ties: Vec::new(),
            vacant: None,
            error: Some(error.to_string()),
        },
        Ok(outcome) => AnsweredWay {
            choices,
            parties: outcome.parties().iter().map(party).collect(),
            regions: outcome.regions().map(place).collect(),
            districts: outcome.districts().map(place).collect(),
            ties: outcome.ties().iter().map(tie).collect(),
            vacant: Some(outcome.vacant()).filter(|&vacant| vacant > 0),
            error: None,
        },
    }
}
