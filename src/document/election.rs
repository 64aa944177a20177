//! Elections: a law, what was counted, and the seats on record, as one document.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::recorded::{Recorded, by_name};
use super::table::Table;
use super::{date, place, rule, tally};
use crate::count::{Alliance, Count, Level, Place, Tally};
use crate::error::Error;
use crate::outcome::Outcome;
use crate::rule::{Room, Rule, SeatsBy, Tier};

/// One election: what it is, its law, what was counted, and the seats on record, if there are any.
///
/// Reading and writing an election gives the same election again. Unknown keys, duplicate parties and missing fields are
/// errors that name them. Methods and thresholds may be written short (`"dhondt"`, `"7%"`); they are written out in full.
///
/// # Examples
/// ```
/// use apportion::Election;
///
/// let election: Election = toml::from_str(r#"
///     name = "Kazakhstan, Majilis, party lists"
///     date = "2012-01-15"
///     seats = 98
///     rule = { method = "hare", threshold = "7%", admit_at_least = 2 }
///     parties = [
///         { name = "Nur Otan", votes = 5621436, seats = 83 },
///         { name = "Ak Zhol", votes = 518405, seats = 8 },
///         { name = "CPPK", votes = 498788, seats = 7 },
///         { name = "OSDP", votes = 116534, seats = 0 },
///     ]
/// "#)?;
/// let outcome = election.outcome()?;
/// assert_eq!(election.as_recorded(&outcome), Some(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Election {
    /// A short name for programs.
    pub id: Option<String>,
    /// What was elected.
    pub name: Option<String>,
    /// When, as YYYY-MM-DD.
    pub date: Option<String>,
    /// Where the figures are from.
    pub sources: Vec<String>,
    /// Anything else a reader should know.
    pub note: Option<String>,
    /// Whether all parties that stood are listed.
    pub complete: Option<bool>,
    /// The seats of the whole parliament, for majorities, where the election is of a part of it.
    pub house: Option<u64>,
    /// The law.
    pub rule: Rule,
    /// What was counted.
    pub count: Count,
    /// The seats on record.
    pub recorded: Recorded,
    /// How parties look, by name.
    pub looks: BTreeMap<String, Look>,
}

/// How a party looks where there is little room: in pictures and narrow tables.
///
/// # Examples
/// ```
/// use apportion::Election;
///
/// let election: Election = toml::from_str(r##"
///     seats = 5
///     rule = { method = "hare" }
///     parties = [
///         { name = "The Greens", votes = 60, short = "G", colour = "#1fa12d", order = 2 },
///         { name = "The Left", votes = 40, order = 1 },
///     ]
/// "##)?;
/// let greens = &election.looks["The Greens"];
/// assert_eq!((greens.short.as_deref(), greens.colour.as_deref()), (Some("G"), Some("#1fa12d")));
/// assert!(election.looks["The Left"].order < greens.order);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Look {
    /// A short name.
    pub short: Option<String>,
    /// A colour, as `#1f77b4` or by a name of CSS.
    pub colour: Option<String>,
    /// Where it sits, from left to right.
    pub order: Option<i64>,
}

impl Election {
    /// An election with nothing but a law and one tally.
    #[must_use]
    pub fn new(rule: Rule, tally: Tally) -> Self {
        Self::of_count(rule, Count::from(tally))
    }

    /// An election with nothing but a law and a count.
    #[must_use]
    pub const fn of_count(rule: Rule, count: Count) -> Self {
        Self {
            id: None,
            name: None,
            date: None,
            sources: Vec::new(),
            note: None,
            complete: None,
            house: None,
            rule,
            count,
            recorded: Recorded { nation: BTreeMap::new(), places: BTreeMap::new() },
            looks: BTreeMap::new(),
        }
    }

    /// The tally, where there is one place alone.
    #[must_use]
    pub fn tally(&self) -> Option<&Tally> {
        self.count.places().is_empty().then(|| &self.count.nation().tally)
    }

    /// Applies the law to what was counted.
    ///
    /// # Errors
    /// As [`Rule::apply`].
    pub fn outcome(&self) -> Result<Outcome, Error> {
        self.rule.apply(&self.count)
    }

    /// Whether an outcome agrees with every seat on record; `None` if none is.
    ///
    /// While ties are open, it agrees if one of their ends does.
    #[must_use]
    pub fn as_recorded(&self, outcome: &Outcome) -> Option<bool> {
        self.recorded.agrees(outcome)
    }

    /// An outcome of this election as other programs read it.
    #[must_use]
    pub fn answer_of(&self, outcome: &Outcome) -> Answer {
        Answer::of(self, outcome)
    }

    /// The outcome as other programs read it, or the error.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self.outcome() {
            Ok(outcome) => self.answer_of(&outcome),
            Err(error) => Answer::error(self.id.clone(), &error),
        }
    }
}

/// The document as it is written; conversions check what its keys alone cannot say.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date::optional")]
    date: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    house: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alliances: Vec<Alliance>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "by_name")]
    national: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Table<Tier>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<Table<Tier>>>,
    /// Read here too, and written in the rule.
    #[serde(default, skip_serializing)]
    seats_by: Option<Table<SeatsBy>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tally: Option<Table<tally::Others>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parties: Option<Vec<Table<tally::Row>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ballots: Option<Vec<Table<tally::Ranked>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    regions: Option<Vec<Table<place::Written>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    districts: Option<Vec<Table<place::Written>>>,
}

impl Serialize for Election {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Election {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Table(written) = Table::<Written>::deserialize(deserializer)?;
        written.read().map_err(serde::de::Error::custom)
    }
}

impl Election {
    fn write(&self) -> Result<Written, Error> {
        let (rule, tiers) = rule::write(&self.rule);
        let nation = self.count.nation();
        let several = !self.count.places().is_empty();
        // In districts, what is on record for the nation stands beside them, unless the nation has rows of its own.
        let has_rows = !several || !nation.tally.parties().is_empty();
        let recorded = Some(&self.recorded.nation).filter(|_| has_rows);
        let (parties, ballots) = tally::write(&nation.tally, recorded, !several || nation.counts_itself, &self.looks)?;
        let written_rows = |name: &String| nation.tally.votes(name).is_some();
        let national = self.recorded.nation.iter().filter(|(name, _)| !(has_rows && written_rows(name)));
        let national = national.map(|(name, &seats)| (name.clone(), seats)).collect();
        let places = |level: Level| -> Result<Option<Vec<Table<place::Written>>>, Error> {
            let places = self.count.places().iter().filter(|place| place.level == level);
            let written = places.map(|place| {
                place::Written::write(place, self.recorded.places.get(&place.name), &self.looks).map(Table)
            });
            let written = written.collect::<Result<Vec<_>, _>>()?;
            Ok(Some(written).filter(|written| !written.is_empty()))
        };
        let by_districts = several && self.rule.is_flat() && self.rule.tiers()[0].seats_by.is_none();
        Ok(Written {
            id: self.id.clone(),
            name: self.name.clone(),
            date: self.date.clone(),
            sources: self.sources.clone(),
            note: self.note.clone(),
            complete: self.complete,
            house: self.house,
            seats: self.rule.seats().filter(|_| !by_districts),
            alliances: self.count.alliances().to_vec(),
            national,
            rule,
            tiers,
            seats_by: None,
            tally: Some(Table(tally::Others::of(&nation.tally)?)).filter(|tally| !tally.is_default()),
            parties: Some(parties).filter(|_| has_rows),
            ballots: Some(ballots).filter(|ballots| !ballots.is_empty()),
            regions: places(Level::Region)?,
            districts: places(Level::District)?,
        })
    }
}

impl Written {
    /// Refuses a document in which something is missing, or that has regions of nothing.
    fn check(&self) -> Result<(), String> {
        if self.districts.is_some() {
            return Ok(());
        }
        if self.rule.is_some() && self.seats.is_none() {
            return Err("missing field `seats`".into());
        }
        if self.parties.is_none() {
            return Err("missing field `parties`".into());
        }
        if self.regions.is_some() {
            return Err("regions hold districts, but there are none".into());
        }
        Ok(())
    }

    fn read(self) -> Result<Election, String> {
        let text = |error: Error| alloc::string::ToString::to_string(&error);
        let mut looks = BTreeMap::new();
        self.check()?;
        let several = self.districts.is_some();
        let flat = self.rule.is_some();
        let mut rule = rule::read(self.rule, self.tiers, self.seats_by, self.seats)?;
        let rows = self.parties.unwrap_or_default();
        let recorded = tally::recorded(&rows);
        let counts_itself = !several || tally::have_votes(&rows);
        let others = self.tally.map(|Table(others)| others).unwrap_or_default();
        let ballots = self.ballots.unwrap_or_default();
        if several && !ballots.is_empty() {
            return Err("ballots stand in the districts, not beside them".into());
        }
        let tally = tally::read(rows, ballots, others, !several, &mut looks).map_err(text)?;
        let mut nation = Place::nation(tally);
        nation.counts_itself = counts_itself;
        let mut all = Recorded { nation: recorded, places: BTreeMap::new() };
        for (name, seats) in self.national {
            if all.nation.insert(name.clone(), seats).is_some() {
                return Err(alloc::format!("the seats of {name:?} are on record twice: in parties and in national"));
            }
        }
        let mut count = Count::from(Tally::default());
        if let Some(districts) = self.districts {
            let rooms = rooms(&rule);
            let mut places = Vec::new();
            let regions = self.regions.unwrap_or_default().into_iter().map(|region| (Level::Region, region));
            for (level, Table(written)) in regions.chain(districts.into_iter().map(|place| (Level::District, place))) {
                let (place, recorded) = written.read(level, &rooms, &mut looks).map_err(text)?;
                if !recorded.is_empty() {
                    all.places.insert(place.name.clone(), recorded);
                }
                places.push(place);
            }
            count = Count::of_places(places).map_err(text)?;
            if flat && self.seats.is_none() {
                rule = rule.with_seats_of(&count).map_err(text)?;
            }
        }
        Ok(Election {
            id: self.id,
            name: self.name,
            date: self.date,
            sources: self.sources,
            note: self.note,
            complete: self.complete,
            house: self.house,
            rule,
            count: count.with_nation(nation).with_alliances(self.alliances),
            recorded: all,
            looks,
        })
    }
}

/// The rooms that a law names.
fn rooms(rule: &Rule) -> Vec<&str> {
    let steps = rule.tiers().iter().flat_map(|tier| tier.place.steps());
    let named = steps.filter_map(|step| match &step.room {
        Room::Named(name) => Some(name.as_str()),
        _ => None,
    });
    named.collect()
}

impl Rule {
    /// The rule with the seats of the districts of a count together, unless it gives them out itself.
    fn with_seats_of(self, count: &Count) -> Result<Self, Error> {
        if self.tiers().iter().any(|tier| tier.seats_by.is_some()) {
            return Err(Error::MissingKey { key: "seats", of: "a document whose law gives them to districts" });
        }
        let sum: u128 = count.districts().filter_map(|district| district.seats).map(u128::from).sum();
        Ok(self.with_seats(crate::count::tally::seats_fit("the house", sum)?))
    }
}
