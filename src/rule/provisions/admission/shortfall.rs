//! Shortfalls: what a party lacked to pass a threshold, and the judgement that finds it.

use core::cmp::Ordering;
use core::fmt;

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;

use super::threshold::{HowMany, Threshold};
use super::voters::VoterShare;
use crate::count::{Base, Level, PartyId, PlaceId};
use crate::error::Error;
use crate::method::{Quota, QuotaSize};
use crate::num::Ratio;
use crate::num::text::{grouped, percent, two_decimals};
use crate::rule::session::{Halt, Session};

/// What a party lacked to take part; prints as "1.68% of valid votes, below 7%".
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Rule, Shortfall, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 96), ("B", 4)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("5%".parse()?)).apply(&tally)?;
/// let b = outcome.party("B").expect("it stood");
/// let shortfall = b.admission().shortfall().expect("it did not pass");
/// assert!(matches!(shortfall, Shortfall::Share { votes: 4, whole: 100, .. }));
/// assert_eq!(shortfall.to_string(), "4.00% of valid votes, below 5%");
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shortfall {
    /// Its share of a base is too small.
    Share {
        /// Its votes.
        votes: u64,
        /// The base as a number.
        whole: u128,
        /// The base.
        of: Base,
        /// The share needed.
        share: Ratio,
        /// Whether more than that share is needed.
        strict: bool,
    },
    /// Its share of the voter numbers of a biproportional law is too small.
    Voters(VoterShare),
    /// Its votes are too few.
    Votes {
        /// Its votes.
        votes: u64,
        /// The votes needed.
        needed: u64,
        /// Whether more than these are needed.
        strict: bool,
    },
    /// Its votes are too small a part of a quota.
    Quota {
        /// Its votes.
        votes: u64,
        /// The quota.
        quota: Quota,
        /// How many of it are needed.
        times: Ratio,
        /// The quota's numerator.
        size: u128,
        /// The quota's denominator.
        divisor: u128,
        /// Whether more than that is needed.
        strict: bool,
    },
    /// It won too few seats directly.
    DirectSeats {
        /// Its direct seats.
        seats: u64,
        /// The direct seats needed.
        needed: u64,
    },
    /// It won too few seats in earlier tiers.
    Seats {
        /// Its seats so far.
        seats: u64,
        /// The seats needed.
        needed: u64,
    },
    /// There are no seats, and so no quota that it could reach.
    NoQuota,
    /// It is not the list of a national minority.
    NotMinority,
    /// It passed in too few places.
    Places {
        /// The places in which it passed.
        passed: u64,
        /// The places in which it must.
        needed: u64,
        /// Their level.
        level: Level,
        /// What it must pass there.
        pass: Box<Threshold>,
    },
    /// It lacks this in another place than its own.
    In {
        /// The place.
        place: String,
        /// What it lacks there.
        lacks: Box<Shortfall>,
    },
    /// It lacks all of these.
    All(Vec<Shortfall>),
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = |strict: bool| if strict { "not above" } else { "below" };
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        match self {
            Self::Share { votes, whole, of, share, strict } => {
                let has = percent((*votes).into(), *whole, Some(*share));
                write!(f, "{has} of {of}, {} {share}", below(*strict))
            }
            Self::Voters(share) => share.fmt(f),
            Self::Votes { votes, needed, strict } => {
                write!(f, "{} votes, {} {}", grouped(*votes), below(*strict), grouped(*needed))
            }
            Self::Quota { votes, quota, times, size, divisor, strict } => {
                let (votes, below) = (grouped(*votes), below(*strict));
                write!(f, "{votes} votes, {below} {times} of the {quota} ({})", two_decimals(*size, *divisor))
            }
            Self::DirectSeats { seats, needed } => write!(f, "{seats} direct seat{}, below {needed}", plural(*seats)),
            Self::Seats { seats, needed } => {
                write!(f, "{} seat{} of earlier tiers, below {needed}", grouped(*seats), plural(*seats))
            }
            Self::NoQuota => f.write_str("no seats, and so no quota to reach"),
            Self::NotMinority => f.write_str("not a minority list"),
            Self::Places { passed, needed, level, pass } => {
                write!(f, "{pass} in {} {level}{}, below {needed}", grouped(*passed), plural(*passed))
            }
            Self::In { place, lacks } => write!(f, "{lacks} in {place}"),
            Self::All(list) => {
                let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("; "))
            }
        }
    }
}

/// One comparison that a threshold made: what was asked, what was there, and whether it was enough.
///
/// # Examples
/// ```
/// use apportion::rule::Record;
/// use apportion::{AllocationMethod, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 960), ("B", 41)])?;
/// let outcome = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("5%".parse()?)).apply(&tally)?;
/// let [Record::Admission(admission), ..] = outcome.trace().records() else { unreachable!() };
/// let [comparison] = &admission.comparisons[1][..] else { panic!("one comparison of B") };
/// assert!(!comparison.met);
/// assert_eq!(comparison.fewest_votes(), Some(51)); // 5% of 1,001 votes are 50.05
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Comparison {
    /// Where it was made.
    pub place: PlaceId,
    /// Both sides of it, as the shortfall that it would be.
    pub sides: Shortfall,
    /// Whether what was there was enough.
    pub met: bool,
}

impl Comparison {
    /// The fewest votes that are enough, all else equal; `None` where votes do not count.
    #[must_use]
    pub fn fewest_votes(&self) -> Option<u128> {
        let (needed, per, strict) = match &self.sides {
            Shortfall::Share { whole, share, strict, .. } => {
                (BigUint::from(*whole) * share.numerator(), BigUint::from(share.denominator()), *strict)
            }
            Shortfall::Votes { needed, strict, .. } => (BigUint::from(*needed), BigUint::from(1_u8), *strict),
            Shortfall::Quota { times, size, divisor, strict, .. } => {
                (BigUint::from(*size) * times.numerator(), BigUint::from(*divisor) * times.denominator(), *strict)
            }
            _ => return None,
        };
        let more = if strict { 1_u8.into() } else { &per - 1_u8 };
        let fewest = if strict { needed / per + more } else { (needed + more) / per };
        u128::try_from(fewest).ok()
    }

    /// The party's votes that were compared; `None` where votes do not count.
    #[must_use]
    pub const fn votes(&self) -> Option<u64> {
        match &self.sides {
            Shortfall::Share { votes, .. } | Shortfall::Votes { votes, .. } | Shortfall::Quota { votes, .. } => {
                Some(*votes)
            }
            _ => None,
        }
    }
}

/// Whoever is judged by a threshold, where: a party, or the parties of an alliance together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) parties: &'a [PartyId],
    pub(crate) place: PlaceId,
    /// Where it stands: the place from which a level is looked for, whatever levels stand around it.
    pub(crate) stands: PlaceId,
}

impl Candidate<'_> {
    fn votes(&self, session: &Session<'_>) -> Result<u64, Error> {
        let spot = session.figures.spot(self.place);
        let sum: u128 = self.parties.iter().map(|&party| u128::from(spot.votes_of(party))).sum();
        let at = |place: &PlaceId, party: &PartyId| u128::from(session.figures.spot(*place).votes_of(*party));
        let idle = session.idle_districts(self.place);
        let idle = idle.iter().flat_map(|place| self.parties.iter().map(|party| at(place, party)));
        let sum = sum.saturating_sub(idle.sum());
        u64::try_from(sum)
            .map_err(|_| Error::TooManyVotes { what: session.names(self.parties).join(" + "), count: sum })
    }

    fn direct_seats(&self, session: &Session<'_>) -> u64 {
        self.parties.iter().fold(0, |sum: u64, &party| sum.saturating_add(session.direct_seats(self.place, party)))
    }

    fn members(&self, session: &Session<'_>) -> u64 {
        let members = |party: PartyId| session.figures.parties().get(party.index()).map_or(1, crate::Party::members);
        self.parties.iter().fold(0, |sum: u64, &party| sum.saturating_add(members(party)))
    }

    fn is_minority(&self, session: &Session<'_>) -> bool {
        let minority =
            |party: &PartyId| session.figures.parties().get(party.index()).is_some_and(crate::Party::is_minority);
        self.parties.iter().all(minority)
    }
}

impl Threshold {
    /// What a candidate lacks, or nothing if it passes; every comparison is noted.
    pub(crate) fn shortfall(
        &self,
        candidate: Candidate<'_>,
        session: &mut Session<'_>,
        noted: &mut Vec<Comparison>,
    ) -> Result<Option<Shortfall>, Halt> {
        let place = candidate.place;
        let sides = match self {
            Self::At { level, threshold } => return at(*level, threshold, candidate, session, noted),
            Self::Places { places, level, pass } => {
                return in_places(*places, *level, pass, candidate, session, noted);
            }
            Self::Any(list) => return any(list, candidate, session, noted),
            Self::All(list) => return all(list, candidate, session, noted),
            Self::ByMembers { shares, of, strict } => match shares.range(..=candidate.members(session)).next_back() {
                Some((_, &share)) => share_of(share, *of, *strict, candidate, session)?,
                None => return Ok(None),
            },
            Self::Share { share, of, strict } => share_of(*share, *of, *strict, candidate, session)?,
            Self::Votes { votes: needed, strict } => {
                Shortfall::Votes { votes: candidate.votes(session)?, needed: *needed, strict: *strict }
            }
            Self::Quota { quota, times, of, strict } => {
                let whole = session.base(place, *of)?;
                if session.seats_of(place)? == 0 && quota.added() == 0 {
                    noted.push(Comparison { place, sides: Shortfall::NoQuota, met: false });
                    return Ok(Some(Shortfall::NoQuota));
                }
                let QuotaSize { votes: size, parts: divisor } = quota.of(whole, session.seats_of(place)?)?;
                let votes = candidate.votes(session)?;
                Shortfall::Quota { votes, quota: *quota, times: *times, size, divisor, strict: *strict }
            }
            Self::DirectSeats(needed) => {
                Shortfall::DirectSeats { seats: candidate.direct_seats(session), needed: *needed }
            }
            Self::Seats(needed) => {
                let mut seats: u64 = 0;
                for &party in candidate.parties {
                    seats = seats.saturating_add(session.held(place, party)?);
                }
                Shortfall::Seats { seats, needed: *needed }
            }
            Self::Minority => {
                return Ok((!candidate.is_minority(session)).then_some(Shortfall::NotMinority));
            }
        };
        let met = sides.is_met();
        noted.push(Comparison { place, sides: sides.clone(), met });
        Ok((!met).then_some(sides))
    }
}

impl Shortfall {
    /// Whether one comparison, both sides given, is met after all.
    fn is_met(&self) -> bool {
        let enough = |order: Ordering, strict: bool| order.is_gt() || (!strict && order.is_eq());
        match self {
            Self::Share { votes, whole, share, strict, .. } => {
                enough(share.compare_part((*votes).into(), *whole), *strict)
            }
            Self::Voters(share) => share.is_met(),
            Self::Votes { votes, needed, strict } => enough(votes.cmp(needed), *strict),
            Self::Quota { votes, times, size, divisor, strict, .. } => {
                // votes against times * size / divisor, crosswise.
                let has = BigUint::from(*votes) * *divisor * times.denominator();
                enough(has.cmp(&(BigUint::from(*size) * times.numerator())), *strict)
            }
            Self::DirectSeats { seats, needed } | Self::Seats { seats, needed } => seats >= needed,
            Self::Places { passed, needed, .. } => passed >= needed,
            Self::NoQuota | Self::NotMinority | Self::In { .. } | Self::All(_) => false,
        }
    }
}

/// Both sides of a share.
fn share_of(
    share: Ratio,
    of: Base,
    strict: bool,
    candidate: Candidate<'_>,
    session: &mut Session<'_>,
) -> Result<Shortfall, Error> {
    if of == Base::Voters {
        return VoterShare::of(share, strict, candidate, session).map(Shortfall::Voters);
    }
    let whole = session.base(candidate.place, of)?;
    Ok(Shortfall::Share { votes: candidate.votes(session)?, whole, of, share, strict })
}

/// What a candidate lacks of every one of these, or nothing if it passes one.
fn any(
    list: &[Threshold],
    candidate: Candidate<'_>,
    session: &mut Session<'_>,
    noted: &mut Vec<Comparison>,
) -> Result<Option<Shortfall>, Halt> {
    // Every part is asked, so that a base that was not counted is an error whoever passes without it.
    let mut lacks = Some(Vec::with_capacity(list.len()));
    for part in list {
        match part.shortfall(candidate, session, noted)? {
            None => lacks = None,
            Some(lack) => lacks.iter_mut().for_each(|lacks| lacks.push(lack.clone())),
        }
    }
    Ok(lacks.map(Shortfall::All))
}

/// What a candidate lacks of these, or nothing if it passes all.
fn all(
    list: &[Threshold],
    candidate: Candidate<'_>,
    session: &mut Session<'_>,
    noted: &mut Vec<Comparison>,
) -> Result<Option<Shortfall>, Halt> {
    let mut lacks = Vec::new();
    for part in list {
        lacks.extend(part.shortfall(candidate, session, noted)?);
    }
    Ok(Some(lacks).filter(|lacks| !lacks.is_empty()).map(Shortfall::All))
}

/// Judges a candidate at the place of this level that its own place is or is in.
fn at(
    level: Level,
    threshold: &Threshold,
    candidate: Candidate<'_>,
    session: &mut Session<'_>,
    noted: &mut Vec<Comparison>,
) -> Result<Option<Shortfall>, Halt> {
    if threshold.is_national() {
        // Every part names the nation itself, so that this level changes nothing.
        return threshold.shortfall(candidate, session, noted);
    }
    let place = session.place_at(candidate.stands, level)?;
    let shortfall = threshold.shortfall(Candidate { place, ..candidate }, session, noted)?;
    if place == candidate.place {
        return Ok(shortfall);
    }
    let name = session.figures.spot(place).title();
    Ok(shortfall.map(|lacks| Shortfall::In { place: name, lacks: Box::new(lacks) }))
}

/// Judges a candidate in every place of one level.
fn in_places(
    needed: HowMany,
    level: Level,
    pass: &Threshold,
    candidate: Candidate<'_>,
    session: &mut Session<'_>,
    noted: &mut Vec<Comparison>,
) -> Result<Option<Shortfall>, Halt> {
    let mut places = session.figures.at_level(level);
    places.retain(|&place| session.counts(place));
    let mut passed = 0;
    for &place in &places {
        let there = Candidate { place, stands: place, ..candidate };
        let lacks = pass.shortfall(there, session, &mut Vec::new())?;
        // Nobody reaches the quorum of a district without votes there, also where nobody has any.
        let idle = session.tier().method.is_biproportional() && there.votes(session)? == 0;
        passed += u64::from(lacks.is_none() && !idle);
    }
    let needed = match needed {
        HowMany::AtLeast(needed) => needed,
        HowMany::All => {
            if places.is_empty() {
                session.warn_of_no_places(level);
            }
            places.len() as u64
        }
    };
    let sides = Shortfall::Places { passed, needed, level, pass: Box::new(pass.clone()) };
    let met = sides.is_met();
    noted.push(Comparison { place: candidate.place, sides: sides.clone(), met });
    Ok((!met).then_some(sides))
}
