//! Tallies: the counted ballots of one constituency.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::ballot::Ballot;
use super::base::Base;
use super::party::Party;
use super::stand::Stand;
use crate::error::Error;

/// A ballot that is for no party of a tally; the variants stand in the order in which bases take them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    Other,
    AgainstAll,
    Blank,
    Invalid,
}

impl Beside {
    pub(crate) const ALL: [Self; 4] = [Self::Other, Self::AgainstAll, Self::Blank, Self::Invalid];
}

/// The counted ballots of one constituency: votes per party, and the other kinds of ballot.
///
/// A tally is collected from ballots or from counts, and tallies of several places merge in any order. Parties keep the
/// order in which they first came. Counts are sums in `u128`; a rule takes up to 2^64 - 1 votes a party.
///
/// # Examples
/// ```
/// use apportion::{Ballot, Base, Tally};
///
/// let mut tally: Tally = [Ballot::party("A"), Ballot::party("B"), Ballot::party("A"), Ballot::Blank].into_iter().collect();
/// assert_eq!(tally.votes("A"), Some(2));
///
/// let elsewhere = Tally::from_votes([("A", 500), ("C", 300)])?.with_invalid(7);
/// tally.merge(&elsewhere)?;
/// assert_eq!(tally.votes("A"), Some(502));
/// assert_eq!(tally.base(Base::Cast)?, 811);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tally {
    /// Shared with copies of the tally, which mostly differ in votes alone.
    stand: Arc<Stand>,
    /// First choices per party, ranked ballots among them.
    votes: Vec<u128>,
    /// Ranked ballots, as indices of parties.
    rankings: BTreeMap<Vec<usize>, u128>,
    /// Blank and invalid ballots, where they were counted.
    blank: Option<u128>,
    invalid: Option<u128>,
    against_all: u128,
    other: u128,
    cast: Option<u128>,
    registered: Option<u128>,
}

impl Tally {
    /// A tally in which these parties stand and nothing is counted yet.
    ///
    /// # Errors
    /// [`Error::DuplicateParty`] for two of one name, [`Error::EmptyName`] for one without.
    pub fn new<P: Into<Party>>(parties: impl IntoIterator<Item = P>) -> Result<Self, Error> {
        Self::from_votes(parties.into_iter().map(|party| (party, 0)))
    }

    /// A tally of counted votes per party.
    ///
    /// # Errors
    /// [`Error::DuplicateParty`] for two of one name, [`Error::EmptyName`] for one without.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Party, Tally};
    /// let tally = Tally::from_votes([(Party::new("A").with_maximum(3), 120), ("B".into(), 80)])?;
    /// assert!(Tally::from_votes([("A", 1), ("A", 2)]).is_err());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn from_votes<P: Into<Party>>(votes: impl IntoIterator<Item = (P, u64)>) -> Result<Self, Error> {
        let mut tally = Self::default();
        for (index, (party, votes)) in votes.into_iter().enumerate() {
            let party = party.into();
            if party.name().is_empty() {
                return Err(Error::EmptyName { index });
            }
            let name = party.shared_name();
            if tally.enter(party) != index {
                return Err(Error::DuplicateParty { name: name.to_string() });
            }
            tally.votes[index] = votes.into();
        }
        Ok(tally)
    }

    /// Sets the number of blank ballots.
    #[must_use]
    pub fn with_blank(self, ballots: u64) -> Self {
        Self { blank: Some(ballots.into()), ..self }
    }

    /// Sets the number of invalid ballots.
    #[must_use]
    pub fn with_invalid(self, ballots: u64) -> Self {
        Self { invalid: Some(ballots.into()), ..self }
    }

    /// Sets the number of ballots against all.
    #[must_use]
    pub fn with_against_all(self, ballots: u64) -> Self {
        Self { against_all: ballots.into(), ..self }
    }

    /// Sets the number of valid votes for contestants not listed.
    #[must_use]
    pub fn with_other(self, votes: u64) -> Self {
        Self { other: votes.into(), ..self }
    }

    /// Sets the number of ballots cast, where that is known and the invalid ones are not.
    #[must_use]
    pub fn with_cast(self, ballots: u64) -> Self {
        Self { cast: Some(ballots.into()), ..self }
    }

    /// Sets the number of registered voters.
    #[must_use]
    pub fn with_registered(self, voters: u64) -> Self {
        Self { registered: Some(voters.into()), ..self }
    }

    /// Counts `count` equal ballots; a party named for the first time enters at the end.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Ballot, Tally};
    /// let mut tally = Tally::new(["A", "B"])?;
    /// tally.count(&Ballot::ranked(["B", "A"])?, 120);
    /// assert_eq!(tally.votes("B"), Some(120));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    pub fn count(&mut self, ballot: &Ballot, count: u64) {
        let count = u128::from(count);
        match ballot {
            Ballot::Party(name) => {
                let index = self.place(name);
                self.votes[index] += count;
            }
            Ballot::Ranked(ranking) => {
                let ranking: Vec<usize> = ranking.names().iter().map(|name| self.place(name)).collect();
                self.rank(ranking, count);
            }
            Ballot::Blank => self.blank = Some(self.blank() + count),
            Ballot::Invalid => self.invalid = Some(self.invalid() + count),
            Ballot::AgainstAll => self.against_all += count,
        }
        self.saw_every_ballot();
    }

    /// Whoever counts ballot by ballot would have met blank and invalid ones.
    fn saw_every_ballot(&mut self) {
        self.blank.get_or_insert(0);
        self.invalid.get_or_insert(0);
    }

    /// Adds the ballots of another tally to this one, party by party.
    ///
    /// # Examples
    /// ```
    /// use apportion::Tally;
    /// let mut north = Tally::from_votes([("A", 10), ("B", 5)])?;
    /// north.merge(&Tally::from_votes([("B", 7), ("C", 1)])?)?;
    /// assert_eq!(north.votes("B"), Some(12));
    /// # Ok::<(), apportion::Error>(())
    /// ```
    ///
    /// The number of registered voters is known for the whole only where it is for both parts.
    ///
    /// # Errors
    /// [`Error::PartyDiffers`] if a party has another number of members, bounds or seats there; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if *self == Self::default() {
            self.clone_from(other);
            return Ok(());
        }
        for party in other.parties() {
            let difference = self.place_of(party.name()).and_then(|here| self.parties()[here].difference(party));
            if let Some(difference) = difference {
                return Err(Error::PartyDiffers { name: party.name().to_string(), difference });
            }
        }
        self.cast = match (self.cast, other.cast) {
            (None, None) => None,
            _ => Some(self.ballots_cast() + other.ballots_cast()),
        };
        self.registered = self.registered.zip(other.registered).map(|(here, there)| here + there);
        let here: Vec<usize> = other.parties().iter().map(|party| self.enter(party.clone())).collect();
        for (&index, votes) in here.iter().zip(&other.votes) {
            self.votes[index] += votes;
        }
        for (ranking, count) in &other.rankings {
            *self.rankings.entry(ranking.iter().map(|&index| here[index]).collect()).or_default() += count;
        }
        self.blank = added_if(self.blank, other.blank);
        self.invalid = added_if(self.invalid, other.invalid);
        self.against_all += other.against_all;
        self.other += other.other;
        Ok(())
    }

    /// The tally of all these places together.
    ///
    /// # Errors
    /// As [`merge`](Self::merge).
    pub fn total<'a>(tallies: impl IntoIterator<Item = &'a Self>) -> Result<Self, Error> {
        tallies.into_iter().try_fold(Self::default(), |mut total, tally| total.merge(tally).map(|()| total))
    }

    /// The tally of all districts together, whose parties keep nothing of the bounds that they have in one of them;
    /// direct seats and held ones add up.
    pub(crate) fn nation<'a>(districts: impl IntoIterator<Item = &'a Self>) -> Result<Self, Error> {
        let mut nation = Self::default();
        for (index, district) in districts.into_iter().enumerate() {
            if nation.cast.is_some() || district.cast.is_some() {
                nation.cast = Some(nation.ballots_cast() + district.ballots_cast());
            }
            nation.registered = match index {
                0 => district.registered,
                _ => nation.registered.zip(district.registered).map(|(here, there)| here + there),
            };
            for (party, votes) in district.iter() {
                let here = party.without_bounds();
                let at = match nation.place_of(party.name()) {
                    None => nation.enter(here),
                    Some(at) => {
                        let known = &nation.parties()[at];
                        if let Some(difference) = known.kind_difference(&here) {
                            return Err(Error::PartyDiffers { name: party.name().to_string(), difference });
                        }
                        let both = here.and_seats_of(known);
                        Arc::make_mut(&mut nation.stand).replace(at, both);
                        at
                    }
                };
                nation.votes[at] += votes;
            }
            if index == 0 {
                (nation.blank, nation.invalid) = (district.blank, district.invalid);
            } else {
                nation.blank = added_if(nation.blank, district.blank);
                nation.invalid = added_if(nation.invalid, district.invalid);
            }
            nation.against_all += district.against_all;
            nation.other += district.other;
        }
        Ok(nation)
    }

    /// The parties, in the order in which they came.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        self.stand.parties()
    }

    /// A party's votes: first choices, ranked ballots among them; `None` if it does not stand.
    #[must_use]
    pub fn votes(&self, party: &str) -> Option<u128> {
        self.place_of(party).map(|index| self.votes[index])
    }

    /// Parties with their votes.
    pub fn iter(&self) -> impl Iterator<Item = (&Party, u128)> {
        self.parties().iter().zip(self.votes.iter().copied())
    }

    /// Ranked ballots by ranking, with their number.
    pub fn rankings(&self) -> impl Iterator<Item = (Vec<&str>, u128)> {
        self.rankings
            .iter()
            .map(|(ranking, &count)| (ranking.iter().map(|&index| self.parties()[index].name()).collect(), count))
    }

    /// Blank ballots.
    #[must_use]
    pub fn blank(&self) -> u128 {
        self.blank.unwrap_or(0)
    }

    /// Invalid ballots, as far as they were counted.
    #[must_use]
    pub fn invalid(&self) -> u128 {
        self.invalid.unwrap_or(0)
    }

    /// Ballots against all.
    #[must_use]
    pub const fn against_all(&self) -> u128 {
        self.against_all
    }

    /// Valid votes for contestants not listed.
    #[must_use]
    pub const fn other(&self) -> u128 {
        self.other
    }

    /// The ballots cast as given, where they were.
    #[must_use]
    pub const fn cast(&self) -> Option<u128> {
        self.cast
    }

    /// Registered voters, where they are known.
    #[must_use]
    pub const fn registered(&self) -> Option<u128> {
        self.registered
    }

    /// The number that shares of `base` are taken of.
    ///
    /// # Examples
    /// ```
    /// use apportion::{Base, Tally};
    /// let tally = Tally::from_votes([("A", 90)])?.with_against_all(5).with_blank(3).with_invalid(2);
    /// assert_eq!((tally.base(Base::Valid)?, tally.base(Base::Cast)?), (95, 100));
    /// assert!(tally.base(Base::Registered).is_err());
    /// # Ok::<(), apportion::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::BaseNotCounted`] for registered voters that were not given; [`Error::CastBelowParts`] if fewer ballots
    /// were cast than counted.
    pub fn base(&self, base: Base) -> Result<u128, Error> {
        let party_votes = self.votes.iter().sum::<u128>() + self.other;
        match base {
            Base::PartyVotes => Ok(party_votes),
            Base::Valid => Ok(party_votes + self.against_all),
            Base::ValidAndBlank => Ok(party_votes + self.against_all + self.blank()),
            Base::Cast => self.check_cast().map(|()| self.ballots_cast()),
            Base::Registered => self.registered.ok_or(Error::BaseNotCounted { base }),
            Base::Population | Base::Voters => Err(Error::BaseNotCounted { base }),
        }
    }

    /// The base that is taken for `base`, as the ballots between them were not counted.
    pub(crate) fn taken_for(&self, base: Base) -> Option<Base> {
        let valid_and_blank = if self.blank.is_none() { Base::Valid } else { Base::ValidAndBlank };
        match base {
            Base::ValidAndBlank if self.blank.is_none() => Some(Base::Valid),
            Base::Cast if self.cast.is_none() && self.invalid.is_none() => Some(valid_and_blank),
            _ => None,
        }
    }

    /// The blank ballots, where they were counted.
    #[cfg(feature = "serde")]
    pub(crate) const fn blank_counted(&self) -> Option<u128> {
        self.blank
    }

    /// The invalid ballots, where they were counted.
    #[cfg(feature = "serde")]
    pub(crate) const fn invalid_counted(&self) -> Option<u128> {
        self.invalid
    }

    /// What is known of a place together with the places inside it: its own parties first, then those that stand inside;
    /// votes of its own, or the sums; direct and held seats of both.
    pub(crate) fn together<'a>(
        own: &Self,
        counts_itself: bool,
        inside: impl IntoIterator<Item = &'a Self>,
    ) -> Result<Self, Error> {
        let sum = Self::nation(inside)?;
        let mut whole = if counts_itself { own.clone() } else { Self { votes: Vec::new(), ..sum.clone() } };
        if !counts_itself {
            whole.stand = Arc::default();
            for party in own.parties() {
                whole.enter(party.clone());
            }
            whole.against_all += own.against_all;
            whole.other += own.other;
            whole.blank = added_if(whole.blank, own.blank);
            whole.invalid = added_if(whole.invalid, own.invalid);
            whole.cast = own.cast.or(whole.cast);
            whole.registered = own.registered.or(whole.registered);
        }
        for (party, votes) in sum.iter() {
            let at = match whole.place_of(party.name()) {
                None => whole.enter(party.clone()),
                Some(at) => {
                    let known = whole.parties()[at].clone();
                    Arc::make_mut(&mut whole.stand).replace(at, known.and_seats_of(party));
                    at
                }
            };
            if !counts_itself {
                whole.votes[at] += votes;
            }
        }
        Ok(whole)
    }

    /// Refuses a number of ballots cast that is below those counted.
    pub(crate) fn check_cast(&self) -> Result<(), Error> {
        let parts = self.parts();
        match self.cast {
            Some(cast) if cast < parts => Err(Error::CastBelowParts { cast, parts }),
            _ => Ok(()),
        }
    }

    /// Sets the votes of each party, and drops what ranked ballots said beyond their first choices.
    pub(crate) fn set_votes(&mut self, votes: &[u64]) {
        self.rankings.clear();
        for (own, &votes) in self.votes.iter_mut().zip(votes) {
            *own = votes.into();
        }
    }

    /// First choices per party, as far as they fit the methods.
    pub(crate) fn first_choices(&self) -> Result<Vec<u64>, Error> {
        let mut all = Vec::with_capacity(self.parties().len());
        for (party, votes) in self.iter() {
            all.push(fits(party.name(), votes)?);
        }
        Ok(all)
    }

    /// First choices per party, cut to what fits.
    pub(crate) fn first_choices_cut(&self) -> Vec<u64> {
        self.iter().map(|(_, votes)| u64::try_from(votes).unwrap_or(u64::MAX)).collect()
    }

    /// Ranked ballots, as indices of parties.
    pub(crate) const fn rankings_by_index(&self) -> &BTreeMap<Vec<usize>, u128> {
        &self.rankings
    }

    /// Counts this many ballots more for a party alone, or fewer; at most all that it has.
    pub(crate) fn alter(&mut self, party: usize, ballots: i128) {
        let changed = |number: u128| number.checked_add_signed(ballots).unwrap_or(0);
        if let Some(votes) = self.votes.get_mut(party) {
            *votes = changed(*votes);
            self.cast = self.cast.map(changed);
        }
    }

    /// Counts this many ballots more that are for no party of the tally, or fewer; at most all that there are.
    pub(crate) fn alter_beside(&mut self, kind: Beside, ballots: i128) {
        let changed = |number: u128| number.checked_add_signed(ballots).unwrap_or(0);
        match kind {
            Beside::Other => self.other = changed(self.other),
            Beside::AgainstAll => self.against_all = changed(self.against_all),
            Beside::Blank => self.blank = Some(changed(self.blank())),
            Beside::Invalid => self.invalid = Some(changed(self.invalid())),
        }
        self.cast = self.cast.map(changed);
    }

    /// The ballots that are for no party of the tally, by kind.
    pub(crate) fn beside(&self) -> [u128; 4] {
        [self.other, self.against_all, self.blank(), self.invalid()]
    }

    /// All ballots counted, of whatever kind.
    pub(crate) fn counted(&self) -> u128 {
        self.parts()
    }

    /// The ballots of a party that rank others after it.
    pub(crate) fn ranked(&self, party: usize) -> u128 {
        let of_party = |ranking: &&Vec<usize>| ranking.len() > 1 && ranking.first() == Some(&party);
        self.rankings.iter().filter(|(ranking, _)| of_party(ranking)).map(|(_, &ballots)| ballots).sum()
    }

    /// Whether no party has bounds, and all have names that a law takes.
    #[cfg(feature = "std")]
    pub(crate) fn has_plain_parties(&self) -> bool {
        self.stand.is_plain()
    }

    /// The position of a party, if it stands.
    pub(crate) fn place_of(&self, name: &str) -> Option<usize> {
        self.stand.place_of(name)
    }

    fn parts(&self) -> u128 {
        self.votes.iter().sum::<u128>() + self.other + self.against_all + self.blank() + self.invalid()
    }

    fn ballots_cast(&self) -> u128 {
        self.cast.unwrap_or_else(|| self.parts())
    }

    /// Counts ranked ballots, given by indices of parties.
    fn rank(&mut self, ranking: Vec<usize>, count: u128) {
        if let Some(&first) = ranking.first() {
            self.votes[first] += count;
            *self.rankings.entry(ranking).or_default() += count;
        }
    }

    /// The position of a party by name, which enters it if need be.
    fn place(&mut self, name: &str) -> usize {
        self.place_of(name).unwrap_or_else(|| self.enter(Party::new(name)))
    }

    /// The position of a party, which enters it if need be.
    fn enter(&mut self, party: Party) -> usize {
        if let Some(index) = self.place_of(party.name()) {
            return index;
        }
        self.votes.push(0);
        Arc::make_mut(&mut self.stand).enter(party)
    }
}

/// The sum of two counts, of those that are known.
fn added_if(here: Option<u128>, there: Option<u128>) -> Option<u128> {
    match (here, there) {
        (Some(here), Some(there)) => Some(here + there),
        (known, None) | (None, known) => known,
    }
}

/// A number of seats as the methods take it.
pub(crate) fn seats_fit(what: &str, seats: u128) -> Result<u64, Error> {
    u64::try_from(seats).map_err(|_| Error::TooManySeatsInAll { what: what.to_string(), seats })
}

/// A count as the methods take it.
pub(crate) fn fits(what: &str, count: u128) -> Result<u64, Error> {
    u64::try_from(count).map_err(|_| Error::TooManyVotes { what: what.to_string(), count })
}

impl Extend<Ballot> for Tally {
    fn extend<I: IntoIterator<Item = Ballot>>(&mut self, ballots: I) {
        for ballot in ballots {
            self.count(&ballot, 1);
        }
        self.saw_every_ballot();
    }
}

impl FromIterator<Ballot> for Tally {
    fn from_iter<I: IntoIterator<Item = Ballot>>(ballots: I) -> Self {
        let mut tally = Self::default();
        tally.extend(ballots);
        tally
    }
}
