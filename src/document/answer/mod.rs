//! Answers: an outcome as other programs read it, and can read back.

mod made;

use core::fmt;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::de::{Deserializer, Error as _, Visitor};
use serde::{Deserialize, Serialize};

use super::Certificate;
use crate::allocation::Settled;

/// An outcome as other programs read it, or the error.
///
/// As JSON: `{"id", "name", "seats", "parties": [{"name", "votes", "seats", "admitted"}], "ties": [{"parties", "seats"}],
/// "as_recorded"}`, or `{"id", "error"}`. A party's seats are its certain ones while a tie is open. Everything else stands
/// there where it says something: `regions` and `districts` with the seats held there, `tiers` with what each gave, `ways`
/// where the law had to know how a tie ends, `settled`, `vacant`, `unseated`, `warnings`, a party's `reason` when it is out.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Answer, Election, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10)])?;
/// let election = Election::new(Rule::new(AllocationMethod::D_HONDT, 3), tally);
/// let json = serde_json::to_string(&election.answer())?;
/// assert!(json.contains(r#""ties":[{"parties":["A","B"],"seats":1}]"#));
/// let back: Answer = serde_json::from_str(&json)?;
/// assert_eq!(back, election.answer());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Answer {
    /// Why there is no outcome.
    Failed {
        /// The election's id, as far as it was read.
        id: Option<String>,
        /// What is wrong, and where.
        error: String,
    },
    /// The outcome.
    Answered(alloc::boxed::Box<Answered>),
}

/// An outcome as other programs read it.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Election, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 60), ("B", 40)])?;
/// let answer = Election::new(Rule::new(AllocationMethod::HARE, 5), tally).answer();
/// let answered = answer.answered().expect("an outcome, and no error");
/// assert_eq!((answered.seats, answered.parties[0].seats), (5, 3));
/// assert!(answered.ties.is_empty());
/// assert_eq!(answered.as_recorded, None); // no seats are on record
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answered {
    /// The election's id.
    pub id: Option<String>,
    /// The election's name.
    pub name: Option<String>,
    /// When it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where the figures are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// The method, tier by tier, in words.
    pub method: String,
    /// The threshold of the first tier that has one, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<String>,
    /// The law in words.
    pub law: String,
    /// The seats that were to be given out.
    pub seats: u64,
    /// What came out for each party, in all.
    pub parties: Vec<AnsweredParty>,
    /// The open ties.
    pub ties: Vec<AnsweredTie>,
    /// Regions, with the seats held there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<AnsweredPlace>,
    /// Districts, with the seats held there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<AnsweredPlace>,
    /// The house given out to parties, where the law is biproportional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<AnsweredUpper>,
    /// The divisors of a matrix, by which every cell's votes are rounded to its seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divisors: Option<AnsweredDivisors>,
    /// What each tier gave, in a law of several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<AnsweredTier>,
    /// Every course of the law, where it had to know how a tie ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<AnsweredWay>,
    /// Whether every way was followed; said where the law forked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ways_complete: Option<bool>,
    /// The seats that tie-breaks gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<Settled<String>>,
    /// Seats that nobody may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vacant: Option<u64>,
    /// Winners of single-member contests whom no seat covers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseated: Vec<AnsweredUnseated>,
    /// Ranked ballots that moved to a party further down.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some_whole")]
    pub spared: Option<u128>,
    /// What a reader should know before relying on the seats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Whether the seats are those on record; `None` if none are.
    pub as_recorded: Option<bool>,
    /// What proves it, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
}

/// A party in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Election, Rule, Tally, Threshold};
///
/// let tally = Tally::from_votes([("A", 96), ("B", 4)])?;
/// let rule = Rule::new(AllocationMethod::HARE, 5).threshold(Threshold::share("5%".parse()?));
/// let answer = Election::new(rule, tally).answer();
/// let b = &answer.answered().expect("an outcome").parties[1];
/// assert_eq!((b.name.as_str(), b.votes, b.seats, b.admitted), ("B", 4, 0, false));
/// assert_eq!(b.reason.as_deref(), Some("4.00% of valid votes, below 5%"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredParty {
    /// Its name.
    pub name: String,
    /// Its votes: first choices.
    pub votes: u64,
    /// The votes that the method saw, where they are not its first choices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<u64>,
    /// Its certain seats.
    pub seats: u64,
    /// Whether it took part.
    pub admitted: bool,
    /// Why it did not, or that it did for want of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A region or district in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Election, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 10), ("B", 25)])?).with_seats(2),
/// ])?;
/// let answer = Election::of_count(Rule::new(AllocationMethod::SAINTE_LAGUE, 5), count).answer();
/// let south = &answer.answered().expect("an outcome").districts[1];
/// assert_eq!((south.name.as_str(), south.seats), ("South", 2));
/// assert_eq!(south.parties[1].seats, 1);
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredPlace {
    /// Its name.
    pub name: String,
    /// The region that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "in")]
    pub within: Option<String>,
    /// Its seats.
    pub seats: u64,
    /// The seats held there, where the law changes their number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<u64>,
    /// The parties that stand there, then others with seats.
    pub parties: Vec<AnsweredParty>,
    /// The open ties.
    pub ties: Vec<AnsweredTie>,
    /// Seats that nobody may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vacant: Option<u64>,
}

/// An open tie in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Election, Rule, Tally};
///
/// let tally = Tally::from_votes([("A", 10), ("B", 10), ("C", 1)])?;
/// let answer = Election::new(Rule::new(AllocationMethod::D_HONDT, 3), tally).answer();
/// let [tie] = &answer.answered().expect("an outcome").ties[..] else { panic!("one tie") };
/// assert_eq!((&tie.parties[..], tie.seats), (&["A".to_string(), "B".to_string()][..], 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredTie {
    /// The tier, by its name or its number from 1, in a law of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// The place, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The parties; none in a tie between cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// In a tie of placing, the place of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// The seats left among them.
    pub seats: u64,
    /// In a tie between cells of a matrix, these: party and district.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<(String, String)>,
    /// In such a tie, the seats left to each party.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub party_seats: BTreeMap<String, u64>,
    /// In such a tie, the seats left to each district.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub district_seats: BTreeMap<String, u64>,
    /// In such a tie, in how many ways it can end; none where there are more than 1,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<u64>,
}

/// The house given out to parties by their voters, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Election, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 30), ("B", 70)])?).with_seats(2),
/// ])?;
/// let law = Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes);
/// let answer = Election::of_count(Rule::new(law, 5), count).answer();
/// let upper = answer.answered().and_then(|answered| answered.upper.as_ref()).expect("a house by voters");
/// // 90 and 110 voters over 40 are 2.25 and 2.75.
/// assert_eq!((upper.key.as_deref(), upper.parties[1].seats), (Some("40"), 3));
/// assert!(upper.ties.is_empty());
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredUpper {
    /// Parties with their voters and certain seats.
    pub parties: Vec<AnsweredVoters>,
    /// What voters are divided by before they are rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The open ties: before they are settled there is no matrix.
    pub ties: Vec<AnsweredTie>,
}

/// A party of an upper apportionment, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Election, Place, Rule, Tally};
///
/// // Everybody has as many votes as the district has seats.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 30), ("B", 71)])?).with_seats(2),
/// ])?;
/// let law = Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Exact);
/// let answer = Election::of_count(Rule::new(law, 5), count).answer();
/// let upper = answer.answered().and_then(|answered| answered.upper.as_ref()).expect("a house by voters");
/// assert_eq!(upper.parties[0].voters, "35"); // 60/3 + 30/2
/// assert_eq!(upper.parties[1].voters, "293/6"); // 40/3 + 71/2
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredVoters {
    /// Its name.
    pub name: String,
    /// Its voters: a whole number, or a ratio.
    pub voters: String,
    /// Its certain seats.
    pub seats: u64,
}

/// Divisors to print with a matrix, by name, in an [`Answer`]; those without a say are left out.
///
/// # Examples
/// ```
/// use apportion::matrix::Voters;
/// use apportion::rule::Biproportional;
/// use apportion::{Count, Divisors, Election, Place, Rule, Tally};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 123), ("B", 912), ("C", 312)])?).with_seats(7),
///     Place::district("Centre", Tally::from_votes([("A", 45), ("B", 714), ("C", 255)])?).with_seats(5),
///     Place::district("South", Tally::from_votes([("A", 815), ("B", 414), ("C", 215)])?).with_seats(8),
/// ])?;
/// let law = Biproportional::new(Divisors::SAINTE_LAGUE, Voters::Votes);
/// let answer = Election::of_count(Rule::new(law, 20), count).answer();
/// let divisors = answer.answered().and_then(|answered| answered.divisors.as_ref()).expect("a matrix");
/// // A's 815 votes in the south are 815 / (160 x 1.15) = 4.43, four seats.
/// assert_eq!((divisors.districts["South"].as_str(), divisors.parties["A"].as_str()), ("160", "1.15"));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredDivisors {
    /// By district.
    pub districts: BTreeMap<String, String>,
    /// By party.
    pub parties: BTreeMap<String, String>,
}

/// What a tier gave, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Election, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 600), ("B", 400)])?).with_seats(3),
///     Place::district("South", Tally::from_votes([("A", 500), ("B", 100)])?).with_seats(3),
/// ])?;
/// let districts = Tier::new(AllocationMethod::D_HONDT).name("district seats");
/// let nation = Tier::top_up(AllocationMethod::SAINTE_LAGUE, 10).name("levelling seats");
/// let answer = Election::of_count(Rule::of_tiers([districts, nation]), count).answer();
/// let levelling = &answer.answered().expect("an outcome").tiers[1];
/// assert_eq!((levelling.name.as_str(), levelling.seats), ("levelling seats", 4));
/// assert_eq!(levelling.parties[1].seats, 2); // B has one of six seats, and then three of ten
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredTier {
    /// Its name, or its number from 1.
    pub name: String,
    /// Where the statute has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The level of its places.
    pub at: crate::Level,
    /// Seats in all; below zero for what it took back.
    #[serde(deserialize_with = "whole")]
    pub seats: i128,
    /// Seats by party.
    pub parties: Vec<AnsweredGift>,
    /// Where they ended, where that is not the nation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<AnsweredGiftPlace>,
}

/// Seats of one party by one tier, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Election, Place, Rule, Tally, Tier};
///
/// let districts = Tier::new(AllocationMethod::D_HONDT);
/// let nation = Tier::top_up(AllocationMethod::D_HONDT, 6);
/// let north = Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3);
/// let count = Count::of_places([north])?;
/// let answer = Election::of_count(Rule::of_tiers([districts, nation]), count).answer();
/// // D'Hondt gives A four of six seats, two of which it has in the district.
/// let gift = &answer.answered().unwrap().tiers[1].parties[0];
/// assert_eq!((gift.name.as_str(), gift.seats), ("A", 2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredGift {
    /// The party.
    pub name: String,
    /// Its seats.
    #[serde(deserialize_with = "whole")]
    pub seats: i128,
}

/// Where the seats of one tier ended, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Count, Election, Place, Rule, Tally, Tier};
///
/// let districts = Tier::new(AllocationMethod::D_HONDT);
/// let nation = Tier::top_up(AllocationMethod::D_HONDT, 6);
/// let north = Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?).with_seats(3);
/// let count = Count::of_places([north])?;
/// let answer = Election::of_count(Rule::of_tiers([districts, nation]), count).answer();
/// let place = &answer.answered().unwrap().tiers[0].places[0];
/// assert_eq!((place.name.as_str(), place.parties[1].seats), ("North", 1));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredGiftPlace {
    /// The place.
    pub name: String,
    /// Seats by party.
    pub parties: Vec<AnsweredGift>,
}

/// One course of a law, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Seats};
/// use apportion::{AllocationMethod, Count, Election, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?),
///     Place::district("South", Tally::from_votes([("A", 40), ("B", 60)])?),
/// ])?;
/// // The nation's third seat is tied, and the law has to place it in a district.
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3)).placed(step);
/// let answer = Election::of_count(Rule::of_tiers([tier]), count).answer();
/// let [first, second] = &answer.answered().expect("an outcome").ways[..] else { panic!("two ways") };
/// assert_eq!((first.parties[0].seats, second.parties[0].seats), (2, 1));
/// assert_eq!((first.ties.len(), first.error.as_ref()), (0, None));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredWay {
    /// How the ties went that the law asked about.
    pub choices: Vec<AnsweredChoice>,
    /// The seats of each party.
    #[serde(default)]
    pub parties: Vec<AnsweredParty>,
    /// Regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<AnsweredPlace>,
    /// Districts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<AnsweredPlace>,
    /// Ties that are open still.
    #[serde(default)]
    pub ties: Vec<AnsweredTie>,
    /// Seats that nobody may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vacant: Option<u64>,
    /// Why the law has no answer here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How one tie goes in one course of a law, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::rule::{Placement, Seats};
/// use apportion::{AllocationMethod, Count, Election, Level, Place, Rule, Tally, Tier};
///
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 60), ("B", 40)])?),
///     Place::district("South", Tally::from_votes([("A", 40), ("B", 60)])?),
/// ])?;
/// // The nation's third seat is tied, and the law has to place it in a district.
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE);
/// let tier = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(3)).placed(step);
/// let answer = Election::of_count(Rule::of_tiers([tier]), count).answer();
/// let choice = &answer.answered().expect("an outcome").ways[1].choices[0];
/// assert_eq!((choice.tier.as_str(), &choice.parties[..]), ("1", &["B".to_string()][..]));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredChoice {
    /// The tier, by its name or its number from 1.
    pub tier: String,
    /// The place, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The parties that win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// The places that win, or the place of each party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

/// Winners whom no seat covers, in an [`Answer`].
///
/// # Examples
/// ```
/// use apportion::rule::{Direct, Placement};
/// use apportion::{AllocationMethod, Count, Election, Level, Party, Place, Rule, Tally, Tier};
///
/// // A won three constituencies in the south, where its votes cover one seat: Germany since 2023.
/// let count = Count::of_places([
///     Place::district("North", Tally::from_votes([("A", 30), ("B", 20)])?),
///     Place::district("South", Tally::from_votes([(Party::new("A").with_direct_seats(3), 10), ("B".into(), 20)])?),
/// ])?;
/// let step = Placement::within(Level::District).method(AllocationMethod::SAINTE_LAGUE).whole_target(Direct::Cover);
/// let law = Rule::of_tiers([Tier::top_up(AllocationMethod::SAINTE_LAGUE, 8).at(Level::Nation).placed(step)]);
/// let answer = Election::of_count(law, count).answer();
/// let [unseated] = &answer.answered().expect("an outcome").unseated[..] else { panic!("in one place") };
/// assert_eq!((unseated.place.as_str(), unseated.party.as_str(), unseated.winners), ("South", "A", 2));
/// # Ok::<(), apportion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnsweredUnseated {
    /// The place.
    pub place: String,
    /// The party.
    pub party: String,
    /// How many.
    pub winners: u64,
}

/// Reads a whole number; serde holds those of an untagged enum back in 64 bits, and knows no wider ones there.
fn whole<'de, D: Deserializer<'de>, T: TryFrom<i128>>(deserializer: D) -> Result<T, D::Error> {
    struct Whole;
    impl Visitor<'_> for Whole {
        type Value = i128;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<i128, E> {
            Ok(number.into())
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<i128, E> {
            Ok(number.into())
        }
    }
    let number = deserializer.deserialize_any(Whole)?;
    T::try_from(number).map_err(|_| D::Error::custom(format_args!("{number} is negative")))
}

fn some_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u128>, D::Error> {
    whole(deserializer).map(Some)
}
