//! Figures: a count made ready, with numbers for parties and places instead of names.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::tally::Beside;
use super::{Alliance, Base, Count, CountRef, Level, Party, PartyId, Place, PlaceId, Tally};
use crate::error::Error;

/// Everything that a law may ask about a count, by [`PartyId`] and [`PlaceId`].
#[derive(Clone, Debug)]
pub(crate) struct Figures<'a> {
    /// The nation, then regions and districts in the order of the document.
    spots: Vec<Spot<'a>>,
    alliances: Vec<&'a Alliance>,
}

/// One place, with its votes by position among the parties that stand in it.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) name: &'a str,
    pub(crate) level: Level,
    /// The place that it is directly in; the nation is in itself.
    pub(crate) within: PlaceId,
    /// The places directly in it.
    pub(crate) inside: Vec<PlaceId>,
    pub(crate) tally: Cow<'a, Tally>,
    /// The party at each position of the tally.
    pub(crate) parties: Vec<PartyId>,
    /// First choices, at each position.
    pub(crate) votes: Vec<u64>,
    /// Why first choices are cut to 2^64 - 1, where those of districts together are more.
    pub(crate) too_many: Option<Error>,
    /// Its seats by the count, where it says so.
    pub(crate) seats: Option<u64>,
    /// What the document says of it beside its tally.
    pub(crate) place: Option<&'a Place>,
    /// Positions by party, where they are not the parties' own numbers.
    positions: Option<BTreeMap<PartyId, usize>>,
}

impl Spot<'_> {
    /// Where a party stands in its tally.
    pub(crate) fn position(&self, party: PartyId) -> Option<usize> {
        match &self.positions {
            None => Some(party.index()).filter(|&at| at < self.parties.len()),
            Some(positions) => positions.get(&party).copied(),
        }
    }

    /// The votes of a party; none where it does not stand.
    pub(crate) fn votes_of(&self, party: PartyId) -> u64 {
        self.position(party).map_or(0, |at| self.votes[at])
    }

    /// A party as it stands here, with the bounds and seats that it has here.
    pub(crate) fn party(&self, party: PartyId) -> Option<&Party> {
        self.position(party).map(|at| &self.tally.parties()[at])
    }

    /// Seats that a party won here before the first tier.
    pub(crate) fn direct_seats(&self, party: PartyId) -> u64 {
        self.party(party).map_or(0, Party::direct_seats)
    }

    /// The number that shares of `base` are taken of.
    pub(crate) fn base(&self, base: Base) -> Result<u128, Error> {
        match base {
            Base::Population => {
                let population = self.place.and_then(|place| place.population);
                population.map(u128::from).ok_or_else(|| Error::NoPopulation { name: self.title() })
            }
            counted => self.tally.base(counted),
        }
    }

    /// Its name, or "the nation".
    pub(crate) fn title(&self) -> String {
        if self.name.is_empty() { "the nation".into() } else { self.name.to_string() }
    }
}

impl<'a> Figures<'a> {
    /// # Errors
    /// [`Error::PartyDiffers`] for a party that is not the same everywhere, [`Error::TooManyVotes`] for more than
    /// 2^64 - 1 votes of one.
    pub(crate) fn new(count: CountRef<'a>) -> Result<Self, Error> {
        match count {
            CountRef::Tally(tally) => Self::of_one(Cow::Borrowed(tally), None, &[]),
            CountRef::Count(count) if count.places.is_empty() => {
                Self::of_one(Cow::Borrowed(&count.nation.tally), Some(&count.nation), &count.alliances)
            }
            CountRef::Count(count) => Self::of_several(count),
        }
    }

    fn of_one(tally: Cow<'a, Tally>, place: Option<&'a Place>, alliances: &'a [Alliance]) -> Result<Self, Error> {
        let votes = tally.first_choices()?;
        let parties = (0..votes.len()).map(PartyId::at).collect();
        let spot = Spot {
            name: "",
            level: Level::Nation,
            within: PlaceId::NATION,
            inside: Vec::new(),
            tally,
            parties,
            votes,
            too_many: None,
            seats: place.and_then(|place| place.seats),
            place,
            positions: None,
        };
        Ok(Self { spots: vec![spot], alliances: alliances.iter().collect() })
    }

    fn of_several(count: &'a Count) -> Result<Self, Error> {
        let tree = Tree::of(count);
        let nation = Tally::together(
            &count.nation.tally,
            count.nation.counts_itself,
            tree.districts(0).iter().map(|place| &place.tally),
        )?;
        let mut spots = Vec::with_capacity(count.places.len() + 1);
        let ids = |tally: &Tally| -> Vec<PartyId> {
            let known = tally.parties().iter().filter_map(|party| nation.place_of(party.name()));
            known.map(PartyId::at).collect()
        };
        for (index, place) in count.places.iter().enumerate() {
            let tally = if place.level == Level::District {
                Cow::Borrowed(&place.tally)
            } else {
                let inside = tree.districts(index + 1);
                Cow::Owned(Tally::together(&place.tally, place.counts_itself, inside.iter().map(|place| &place.tally))?)
            };
            let parties = ids(&tally);
            let inner_seats = || sum_of_seats(&tree.districts(index + 1));
            let seats = if place.level == Level::District { place.seats } else { place.seats.or_else(inner_seats) };
            spots.push(Spot {
                name: &place.name,
                level: place.level,
                within: PlaceId::at(tree.within[index]),
                inside: tree.inside(index + 1),
                votes: tally.first_choices_cut(),
                too_many: tally.first_choices().err(),
                positions: positions(&parties),
                parties,
                tally,
                seats,
                place: Some(place),
            });
        }
        let whole = Spot {
            name: "",
            level: Level::Nation,
            within: PlaceId::NATION,
            inside: tree.inside(0),
            votes: nation.first_choices_cut(),
            too_many: nation.first_choices().err(),
            parties: (0..nation.parties().len()).map(PartyId::at).collect(),
            positions: None,
            tally: Cow::Owned(nation),
            seats: count.nation.seats.or_else(|| sum_of_seats(&tree.districts(0))),
            place: Some(&count.nation),
        };
        spots.insert(0, whole);
        Ok(Self { spots, alliances: count.alliances.iter().collect() })
    }

    /// Sets the votes of a place that has its own, party by party.
    pub(crate) fn set_votes(&mut self, place: PlaceId, votes: &[u64]) -> Result<(), Error> {
        let Some(spot) = self.spots.get_mut(place.index()) else { return Ok(()) };
        if votes.len() != spot.votes.len() {
            let parties = spot.votes.len();
            return Err(Error::WrongLength { what: "votes", parties, found: votes.len() });
        }
        spot.votes.copy_from_slice(votes);
        spot.tally.to_mut().set_votes(votes);
        Ok(())
    }

    /// Sums up the votes of the places that have none of their own.
    pub(crate) fn sum_up(&mut self) -> Result<(), Error> {
        // Regions come before the nation, which is first in the list.
        for at in (0..self.spots.len()).rev() {
            let place = PlaceId::at(at);
            if self.counts_itself(place) {
                continue;
            }
            let mut sums: BTreeMap<PartyId, u128> = BTreeMap::new();
            for district in self.inside(place, Level::District) {
                let spot = self.spot(district);
                for (&party, &votes) in spot.parties.iter().zip(&spot.votes) {
                    *sums.entry(party).or_default() += u128::from(votes);
                }
            }
            let parties = self.spot(place).parties.clone();
            let mut votes = Vec::with_capacity(parties.len());
            for party in parties {
                let sum = sums.get(&party).copied().unwrap_or(0);
                votes.push(super::tally::fits(self.name(party), sum)?);
            }
            self.set_votes(place, &votes)?;
        }
        Ok(())
    }

    /// Counts this many ballots more for a party in a place, or fewer, and so in every place around it whose votes are the
    /// sum of those inside.
    pub(crate) fn alter(&mut self, place: PlaceId, party: PartyId, ballots: i128) {
        let mut place = place;
        loop {
            let spot = &mut self.spots[place.index()];
            if let Some(at) = spot.position(party) {
                spot.tally.to_mut().alter(at, ballots);
                let votes = i128::from(spot.votes[at]).saturating_add(ballots);
                spot.votes[at] = u64::try_from(votes.max(0)).unwrap_or(u64::MAX);
            }
            match self.counted_in(place) {
                Some(outer) => place = outer,
                None => return,
            }
        }
    }

    /// Counts this many ballots more in a place that are for none of its parties, or fewer, and so in every place around it
    /// whose votes are the sum of those inside.
    pub(crate) fn alter_beside(&mut self, place: PlaceId, kind: Beside, ballots: i128) {
        let mut place = place;
        loop {
            self.spots[place.index()].tally.to_mut().alter_beside(kind, ballots);
            match self.counted_in(place) {
                Some(outer) => place = outer,
                None => return,
            }
        }
    }

    /// The place around this one that counts its ballots too; none around the nation, or where the place around it counts
    /// ballots of its own.
    pub(crate) fn counted_in(&self, place: PlaceId) -> Option<PlaceId> {
        let outer = Some(self.spot(place).within).filter(|_| place != PlaceId::NATION)?;
        let counts_itself = self.spot(outer).place.is_some_and(|outer| outer.counts_itself);
        Some(outer).filter(|_| !counts_itself)
    }

    /// Whether a place counts the ballots of one inside it, or its own.
    pub(crate) fn counts(&self, outer: PlaceId, inner: PlaceId) -> bool {
        let mut at = Some(inner);
        while let Some(place) = at {
            if place == outer {
                return true;
            }
            at = self.counted_in(place);
        }
        false
    }

    /// Whether ballots are counted in a place itself, and not the sum of those inside.
    pub(crate) fn counts_itself(&self, place: PlaceId) -> bool {
        let spot = self.spot(place);
        !self.has_districts() || spot.level == Level::District || spot.place.is_some_and(|place| place.counts_itself)
    }

    /// The place of this name; the nation has the empty one.
    pub(crate) fn place_named(&self, name: &str) -> Option<PlaceId> {
        self.spots.iter().position(|spot| spot.name == name).map(PlaceId::at)
    }

    /// The parties of the nation, in the order of their numbers.
    pub(crate) fn parties(&self) -> &[Party] {
        self.nation().tally.parties()
    }

    /// A party's name.
    pub(crate) fn name(&self, party: PartyId) -> &str {
        self.parties().get(party.index()).map_or("", Party::name)
    }

    /// The party of this name.
    pub(crate) fn party_named(&self, name: &str) -> Option<PartyId> {
        self.nation().tally.place_of(name).map(PartyId::at)
    }

    /// The whole.
    pub(crate) fn nation(&self) -> &Spot<'a> {
        &self.spots[0]
    }

    /// All places: the nation first.
    pub(crate) fn spots(&self) -> &[Spot<'a>] {
        &self.spots
    }

    /// A place.
    pub(crate) fn spot(&self, place: PlaceId) -> &Spot<'a> {
        self.spots.get(place.index()).unwrap_or(&self.spots[0])
    }

    /// The places of one height, in the order of the document.
    pub(crate) fn at_level(&self, level: Level) -> Vec<PlaceId> {
        (0..self.spots.len()).filter(|&at| self.spots[at].level == level).map(PlaceId::at).collect()
    }

    /// Whether there are districts.
    pub(crate) fn has_districts(&self) -> bool {
        self.spots.len() > 1
    }

    /// Whether `inner` is `outer` or in it.
    pub(crate) fn is_within(&self, inner: PlaceId, outer: PlaceId) -> bool {
        let mut at = inner;
        loop {
            if at == outer {
                return true;
            }
            if at == PlaceId::NATION {
                return false;
            }
            at = self.spot(at).within;
        }
    }

    /// The place of this height that `place` is or is in.
    pub(crate) fn upwards(&self, place: PlaceId, level: Level) -> Option<PlaceId> {
        let mut at = place;
        loop {
            if self.spot(at).level == level {
                return Some(at);
            }
            if at == PlaceId::NATION {
                return None;
            }
            at = self.spot(at).within;
        }
    }

    /// The places of one height inside a place, in the order of the document; the place itself where it has that height.
    pub(crate) fn inside(&self, place: PlaceId, level: Level) -> Vec<PlaceId> {
        let mut found = Vec::new();
        let mut waiting = vec![place];
        while let Some(next) = waiting.pop() {
            if self.spot(next).level == level {
                found.push(next);
            } else {
                waiting.extend(self.spot(next).inside.iter().rev());
            }
        }
        found
    }

    /// Who stands together in a place: everywhere, and there alone.
    pub(crate) fn alliances(&self, place: PlaceId) -> impl Iterator<Item = &'a Alliance> + '_ {
        let own = self.spot(place).place.map_or(&[][..], |place| &place.alliances);
        self.alliances.iter().copied().chain(own)
    }

    /// Refuses more votes of a party than the methods count: in a district, and in places around it where a law sums them.
    pub(crate) fn check_votes(&self, sums: bool) -> Result<(), Error> {
        let too_many = |spot: &Spot<'_>| spot.too_many.clone().filter(|_| sums || spot.level == Level::District);
        match self.spots.iter().find_map(|spot| Some((spot, too_many(spot)?))) {
            Some((spot, error)) => Err(spot.located(error)),
            None => Ok(()),
        }
    }

    /// Refuses what is wrong with the count whatever the law is; places without parties where it needs some in each.
    pub(crate) fn check(&self, needs_parties: bool) -> Result<(), Error> {
        if self.parties().is_empty() {
            return Err(Error::NoParties);
        }
        for party in self.parties() {
            check_name(party.name())?;
        }
        for (index, spot) in self.spots.iter().enumerate() {
            check_name(spot.name)?;
            let named = |error| spot.located(error);
            spot.check(needs_parties).map_err(named)?;
            super::alliance::check(self.alliances(PlaceId::at(index)), |name| self.party_named(name).is_some())
                .map_err(named)?;
        }
        Ok(())
    }
}

impl Spot<'_> {
    /// An error with the place that it is about, where there are several.
    pub(crate) fn located(&self, error: Error) -> Error {
        if self.name.is_empty() {
            return error;
        }
        Error::InDistrict { name: self.name.to_string(), error: alloc::boxed::Box::new(error) }
    }

    fn check(&self, needs_parties: bool) -> Result<(), Error> {
        if self.tally.parties().is_empty() && self.level == Level::District && needs_parties {
            return Err(Error::NoParties);
        }
        for (index, party) in self.tally.parties().iter().enumerate() {
            if party.name().is_empty() {
                return Err(Error::EmptyName { index });
            }
            if let Some(maximum) = party.maximum().filter(|&maximum| maximum < party.minimum()) {
                let minimum = party.minimum();
                return Err(Error::MinimumAboveMaximum { party: party.name().into(), minimum, maximum });
            }
        }
        self.tally.check_cast()
    }
}

/// Positions by party, where they are not the parties' own numbers.
fn positions(parties: &[PartyId]) -> Option<BTreeMap<PartyId, usize>> {
    let own = parties.iter().enumerate().all(|(at, party)| party.index() == at);
    (!own).then(|| parties.iter().enumerate().map(|(at, &party)| (party, at)).collect())
}

/// Which places of a count lie in which: numbered from 1 in its order, the nation being 0.
struct Tree<'a> {
    places: &'a [Place],
    /// By position among the places.
    within: Vec<usize>,
    /// By number.
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    fn of(count: &'a Count) -> Self {
        let places = &count.places[..];
        let at: BTreeMap<&str, usize> =
            places.iter().enumerate().map(|(index, place)| (place.name.as_str(), index + 1)).collect();
        let outer = |place: &Place| place.within.as_deref().and_then(|name| at.get(name)).copied().unwrap_or(0);
        let within: Vec<usize> = places.iter().map(outer).collect();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); places.len() + 1];
        for (index, &outer) in within.iter().enumerate() {
            children[outer].push(index + 1);
        }
        Self { places, within, children }
    }

    /// The places that lie directly in one.
    fn inside(&self, outer: usize) -> Vec<PlaceId> {
        self.children[outer].iter().map(|&at| PlaceId::at(at)).collect()
    }

    /// The districts in a place, however deep, in their order.
    fn districts(&self, outer: usize) -> Vec<&'a Place> {
        let mut found = Vec::new();
        let mut waiting: Vec<usize> = self.children[outer].iter().rev().copied().collect();
        while let Some(next) = waiting.pop() {
            match self.places[next - 1].level {
                Level::District => found.push(&self.places[next - 1]),
                _ => waiting.extend(self.children[next].iter().rev()),
            }
        }
        found
    }
}

/// The seats of these districts together, where all have theirs.
fn sum_of_seats(districts: &[&Place]) -> Option<u64> {
    districts.iter().try_fold(0_u64, |sum, place| place.seats.and_then(|seats| sum.checked_add(seats)))
}

/// Refuses names that look like another, or that a terminal would act on.
pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    let edges = [name.as_bytes().first(), name.as_bytes().last()];
    // Letters of ASCII and spaces between them are seen at a glance: no byte is looked at twice, and none alone.
    let letters = name.bytes().fold(true, |all, byte| all & (b' '..0x7f).contains(&byte));
    if letters && edges.iter().all(|edge| edge.is_some_and(u8::is_ascii_graphic)) {
        return Ok(());
    }
    let bad = |reason| Err(Error::BadName { name: name.to_string(), reason });
    if name.trim() != name {
        bad("begins or ends with a space")
    } else if name.chars().any(char::is_control) {
        bad("has a control character")
    } else {
        Ok(())
    }
}
