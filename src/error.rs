//! What can be wrong with an input, named by value and place.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::count::{Base, Level};
use crate::method::matrix::{CellTie, Infeasible};
use crate::num::layout::escaped;
use crate::num::text::counted;
use crate::tie::Tie;

/// Why there is no answer.
///
/// Messages are lower case, name the value and where it stands, and end without a full stop, so that they can follow
/// `error: FILE: `.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Error};
///
/// let error = AllocationMethod::IMPERIALI_QUOTA.allocate(&[600, 300, 100], 5).unwrap_err();
/// assert_eq!(error.to_string(), "the Imperiali quota gives out 6 seats, but there are 5");
/// assert!(matches!(error, Error::TooManyWholeQuotas { given: 6, seats: 5, .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    // Ratios and the parameters of methods
    /// A share, divisor or other ratio that cannot be read: `7,5%`, `7%%`, `1/0`, `-3`.
    #[error("{text:?} is not a ratio: {reason}")]
    InvalidRatio {
        /// The text as given.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A share above 100%, which nobody can reach.
    #[error("the share {share} is above 100%")]
    ShareAboveOne {
        /// The share as given.
        share: String,
    },
    /// A parameter of a divisor sequence or quota outside its range.
    #[error("{parameter} is {value}, but must be {range}")]
    ParameterOutOfRange {
        /// Whose parameter: "the first divisor of modified Sainte-Laguë".
        parameter: &'static str,
        /// The value as given.
        value: String,
        /// The range allowed.
        range: &'static str,
    },
    /// Custom divisors that do not increase strictly.
    #[error("divisors must increase, but number {} is {divisor} after {before}", .index + 1)]
    DivisorsNotIncreasing {
        /// Position of the offending divisor, counted from 0.
        index: usize,
        /// The divisor there.
        divisor: String,
        /// The one before it.
        before: String,
    },
    /// A name that is no method's, or that of one which needs parameters.
    #[error(
        "the method {name:?} is none of hare, hagenbach-bischoff, droop, reinforced-imperiali, dhondt, sainte-lague, \
         danish, adams, dean, huntington-hill, macau"
    )]
    UnknownMethod {
        /// The name as given.
        name: String,
    },
    /// A name that both a quota and a divisor sequence bear.
    #[error(
        "the method {name:?} may be a quota or a divisor: write {{ quota = {name:?} }} or {{ divisor = {name:?} }}"
    )]
    AmbiguousMethod {
        /// The name as given.
        name: String,
    },

    // Contests: votes and seats without names
    /// There is nobody to give seats to.
    #[error("there are no parties")]
    NoParties,
    /// Seats, but no party with votes that may take them.
    #[error("no admitted party has votes, but there are {seats} seats")]
    NoVotes {
        /// The seats to be given out.
        seats: u64,
    },
    /// Bounds or held seats for another number of parties than there are.
    #[error("there are {parties} parties, but {found} entries of {what}")]
    WrongLength {
        /// What was given: "held seats", "minimums", "maximums".
        what: &'static str,
        /// The number of parties.
        parties: usize,
        /// The number of entries.
        found: usize,
    },
    /// More seats, or held and new seats together, than 2^64 - 1.
    #[error("{} could have more than 2^64 - 1 seats: {held} held and {seats} to be given out", escaped(.party))]
    TooManySeats {
        /// The party.
        party: String,
        /// The seats it holds.
        held: u64,
        /// The seats to be given out.
        seats: u64,
    },
    /// A quota of zero votes, by which everyone could buy seats without end.
    #[error("the {quota} is zero: {votes} votes for {seats} seats")]
    ZeroQuota {
        /// The quota's name.
        quota: String,
        /// The votes it is taken of.
        votes: u128,
        /// The seats to be given out.
        seats: u64,
    },
    /// Whole quotas that give out more seats than there are.
    #[error("the {quota} gives out {given} seats, but there are {seats}")]
    TooManyWholeQuotas {
        /// The quota's name.
        quota: String,
        /// Seats by whole quotas.
        given: u128,
        /// The seats to be given out.
        seats: u64,
    },
    /// A stage of whole quotas that gives out more seats than it may in all.
    #[error("stage {stage}: the {quota} gives out {given} seats, but the stage at most {total}")]
    WholeQuotasAboveTotal {
        /// The stage, counted from 1.
        stage: usize,
        /// The quota's name.
        quota: String,
        /// Seats by whole quotas.
        given: u128,
        /// The most seats that the stage gives.
        total: u64,
    },
    /// More seats left after the whole quotas than parties that could take one each.
    #[error("{left} seats are left after the whole quotas, but only {parties} parties can take one each")]
    TooManySeatsLeft {
        /// The seats left.
        left: u64,
        /// The parties that could take one.
        parties: usize,
    },
    /// A party whose minimum is above its maximum.
    #[error("{} has a minimum of {minimum} seats above its maximum of {maximum}", escaped(.party))]
    MinimumAboveMaximum {
        /// The party.
        party: String,
        /// Its minimum.
        minimum: u64,
        /// Its maximum.
        maximum: u64,
    },
    /// Minimums that take more seats than there are.
    #[error("the minimums take {minimums} seats, but there are {seats}")]
    MinimumsExceedSeats {
        /// Seats that the minimums take.
        minimums: u128,
        /// The seats to be given out.
        seats: u64,
    },
    /// Maximums that leave seats without a taker, where the rule does not allow vacancies.
    #[error("the maximums leave {unfilled} of {seats} seats unfilled")]
    Unfilled {
        /// The seats nobody may take.
        unfilled: u64,
        /// The seats to be given out.
        seats: u64,
    },
    /// Seats tied in one stage of a method or rule, where a later one depends on who gets them.
    #[error("{stage}: {} are tied for {seats} of the seats, and what follows depends on who wins", escaped(&.parties.join(", ")))]
    StageTie {
        /// Where, in words: "stage 2, largest remainders".
        stage: String,
        /// Who is tied.
        parties: Vec<String>,
        /// The seats left among them.
        seats: u64,
    },
    /// Stages after which seats are left that parties could still take.
    #[error("the stages leave {left} of {seats} seats over")]
    StagesLeaveSeats {
        /// The seats left.
        left: u64,
        /// The seats to be given out.
        seats: u64,
    },
    /// Largest remainders without a quota, and without whole quotas before them.
    #[error("stage {stage} takes remainders, but neither it nor a stage before it has a quota")]
    StageWithoutQuota {
        /// The stage, counted from 1.
        stage: usize,
    },
    /// Held seats, minimums or maximums for a method that knows none.
    #[error("{method} knows no held seats, minimums or maximums")]
    NoBounds {
        /// The method.
        method: &'static str,
    },
    /// A tie that is not one: no seats, fewer than two parties, or not fewer seats than parties.
    #[error("{seats} seats among {parties} parties are not a tie")]
    NotATie {
        /// The parties named.
        parties: usize,
        /// The seats left among them.
        seats: u64,
    },
    /// One of many elections that has no answer.
    #[error("election {}: {error}", .row + 1)]
    InRow {
        /// Its position, counted from 0.
        row: usize,
        /// What is wrong with it.
        error: alloc::boxed::Box<Error>,
    },
    /// Why a method of a user's own has no answer, in words: "the last party would have -1 seats".
    #[error("{}", escaped(.what))]
    Method {
        /// What is wrong.
        what: String,
    },
    /// The seats were asked for while a tie is open.
    #[error(transparent)]
    OpenTie(#[from] Tie),

    // Elections: parties, tallies and rules
    /// A party without a name.
    #[error("party {} has no name", .index + 1)]
    EmptyName {
        /// Its position, counted from 0.
        index: usize,
    },
    /// Two parties of one name.
    #[error("the party {name:?} is there twice")]
    DuplicateParty {
        /// The name.
        name: String,
    },
    /// A name that no party bears.
    #[error("{place} names {name:?}, but no such party stands")]
    UnknownParty {
        /// The name.
        name: String,
        /// Where it was met: "a ballot", "the drawn lots".
        place: &'static str,
    },
    /// A party twice in one ranking or drawing of lots.
    #[error("{place} names {name:?} twice")]
    RepeatedParty {
        /// The name.
        name: String,
        /// Where it was met: "a ballot", "the drawn lots".
        place: &'static str,
    },
    /// A ranked ballot that ranks nobody.
    #[error("a ranked ballot ranks nobody: count it as blank or invalid")]
    EmptyRanking,
    /// One party with different particulars in two tallies.
    #[error("the party {name:?} differs between the tallies: {difference}")]
    PartyDiffers {
        /// The name.
        name: String,
        /// In what.
        difference: &'static str,
    },
    /// An alliance of nobody.
    #[error("an alliance has no members")]
    EmptyAlliance,
    /// A party in two alliances, or twice in one.
    #[error("the party {name:?} is in an alliance twice")]
    InTwoAlliances {
        /// The name.
        name: String,
    },
    /// No constituency where there should be several.
    #[error("there are no districts")]
    NoDistricts,
    /// Two constituencies of one name.
    #[error("the district {name:?} is there twice")]
    DuplicateDistrict {
        /// The name.
        name: String,
    },
    /// A constituency without a number of seats, where the rule does not give them out.
    #[error("the district {name:?} has no seats, and the rule does not say how it gets some")]
    DistrictWithoutSeats {
        /// The name.
        name: String,
    },
    /// A constituency with a number of seats of its own, where the rule gives them out.
    #[error("the district {name:?} has seats of its own, but the rule gives them out")]
    DistrictWithSeats {
        /// The name.
        name: String,
    },
    /// A constituency whose population is asked for and not given.
    #[error("the district {name:?} has no population, which the rule gives seats by")]
    NoPopulation {
        /// The name.
        name: String,
    },
    /// An error in one of several constituencies.
    #[error("district {name:?}: {error}")]
    InDistrict {
        /// The constituency.
        name: String,
        /// What is wrong there.
        error: alloc::boxed::Box<Error>,
    },
    /// A rule for several constituencies at once, and one tally.
    #[error("the rule gives seats to districts first, but the election has none")]
    NeedsDistricts,
    /// A bonus of more seats than there are.
    #[error("the bonus takes {bonus} seats, but there are {seats}")]
    BonusExceedsSeats {
        /// The bonus.
        bonus: u64,
        /// The seats to be given out.
        seats: u64,
    },
    /// A count beyond 2^64 - 1.
    #[error("{} has {count} votes, more than 2^64 - 1", escaped(.what))]
    TooManyVotes {
        /// The party or kind of ballot.
        what: String,
        /// The count.
        count: u128,
    },
    /// A total of ballots cast that is smaller than its parts.
    #[error("{cast} ballots were cast, but {parts} were counted")]
    CastBelowParts {
        /// The ballots cast, as given.
        cast: u128,
        /// The sum of the kinds of ballot counted.
        parts: u128,
    },
    /// A threshold or quota of a base that the tally does not know.
    #[error("the rule asks for {base}, which the tally does not give")]
    BaseNotCounted {
        /// The base.
        base: Base,
    },
    /// Equal votes where the rule admits the next party.
    #[error("{names:?} have {votes} votes each, but only {places} of them can be admitted")]
    AdmissionTie {
        /// The parties.
        names: Vec<String>,
        /// Their votes.
        votes: u64,
        /// How many of them the rule admits.
        places: usize,
    },

    // Insights: questions about results
    /// Claimed seats that are not as many as were to be given out.
    #[error("{claimed} seats are claimed, but {seats} are to be given out")]
    ClaimedSum {
        /// The sum of the claimed seats.
        claimed: u128,
        /// The seats to be given out, vacant ones left out.
        seats: u64,
    },
    /// Shares of seats where there are no seats.
    #[error("there are no seats to take shares of")]
    NoSeats,
    /// A rule with something that a question about its results does not cover.
    #[error("{what} do not cover {feature}")]
    NotCovered {
        /// The question: "margins".
        what: &'static str,
        /// What it does not cover: "spare votes".
        feature: String,
    },
    /// A search that would take more steps than anyone would wait for.
    #[error("{what} would take more than {steps} steps")]
    SearchTooLong {
        /// What was searched for.
        what: &'static str,
        /// The steps after which the search was given up.
        steps: u64,
    },
    /// More ballots, counted or still out, than there are voters registered.
    #[error("{} would have {ballots} ballots, but {registered} voters are registered", escaped(.place))]
    MoreThanRegistered {
        /// The place.
        place: String,
        /// The ballots counted and those out.
        ballots: u128,
        /// The voters registered.
        registered: u128,
    },
    /// A search that ended at its limit, with what it had found.
    #[error("the search for {what} ended after {runs} runs of the law: up to {up_to} ballots are not enough")]
    SearchEnded {
        /// What was searched for.
        what: &'static str,
        /// The runs of the law after which it ended.
        runs: u64,
        /// The ballots of which it is known that they are not enough.
        up_to: u64,
    },
    /// A party's seats were asked for while the last of them is tied.
    #[error("{} are tied for {seats} of the seats", escaped(&.names.join(", ")))]
    Tied {
        /// The parties in the tie.
        names: Vec<String>,
        /// The seats left among them.
        seats: u64,
    },
    /// A place has more seats than the methods take.
    #[error("{} has {seats} seats, more than 2^64 - 1", escaped(.what))]
    TooManySeatsInAll {
        /// The place.
        what: String,
        /// Its seats.
        seats: u128,
    },
    /// Something holds itself too deep: thresholds in thresholds, alliances in alliances.
    #[error("{what} are nested more than {most} deep")]
    TooDeep {
        /// What.
        what: &'static str,
        /// The most levels.
        most: usize,
    },
    /// A law of one tier has another number of seats than its districts together.
    #[error("the rule has {rule} seats, but the districts have {districts}")]
    SeatsDiffer {
        /// The rule's seats.
        rule: u64,
        /// The districts' seats together.
        districts: u128,
    },
    /// A place is named that is not there.
    #[error("{} names {name:?}, but there is no such place", escaped(.place))]
    UnknownPlace {
        /// The place.
        name: String,
        /// Who names it.
        place: String,
    },
    /// A region is there that no district is in.
    #[error("no district is in the region {name:?}")]
    EmptyRegion {
        /// The region.
        name: String,
    },
    /// Regions are within each other.
    #[error("the region {name:?} is in a region")]
    CircleOfRegions {
        /// The region.
        name: String,
    },
    /// A law has no tiers.
    #[error("the law has no tiers")]
    NoTiers,
    /// A tier is named that is not there, comes later or is not provisional.
    #[error("there is no earlier tier of the name {name:?} that this could mean")]
    UnknownTier {
        /// The tier.
        name: String,
    },
    /// Two tiers have the same name.
    #[error("the tier {name:?} is there twice")]
    DuplicateTier {
        /// The tier.
        name: String,
    },
    /// Something is wrong in one tier of several.
    #[error("tier {tier:?}: {error}")]
    InTier {
        /// The tier, by its name or its number from 1.
        tier: String,
        /// What is wrong there.
        error: Box<Error>,
    },
    /// A number of seats is missing.
    #[error("the law gives out seats to districts, but does not say how many")]
    NoHouse,
    /// A tier asks for what earlier tiers left, but none was partial.
    #[error("the tier takes seats or votes that earlier tiers left, but none of them is partial")]
    NothingLeft,
    /// A key is missing.
    #[error("{of} lacks {key}")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// Where it belongs.
        of: &'static str,
    },
    /// A key says nothing in a tier of this kind.
    #[error("{key} belongs to a tier that is {kind}")]
    KeyWithoutKind {
        /// The key.
        key: &'static str,
        /// The kind of tier that it belongs to.
        kind: &'static str,
    },
    /// A partial tier has another method than whole quotas.
    #[error("a partial tier gives out whole quotas alone, beside others or as a top-up")]
    NotWholeQuotas,
    /// A tier continues without divisors.
    #[error("a tier that continues needs divisors, which go on from the seats held")]
    ContinueNeedsDivisors,
    /// A house is levelled without divisors.
    #[error("levelling needs divisors, whose shares only grow with the house")]
    LevellingNeedsDivisors,
    /// The house that would level overhang out is larger than 2^64 - 1.
    #[error("no house from {seats} seats on levels the overhang out")]
    LevellingDoesNotEnd {
        /// The house at which the search began.
        seats: u64,
    },
    /// Seats return without divisors in the first tier.
    #[error("seats return by the comparison numbers of the first tier, which has no divisors")]
    ReturnNeedsDivisors,
    /// Placing with room or in order needs divisors.
    #[error("placing with room, or in the order in which seats were won, needs divisors")]
    PlacingNeedsDivisors,
    /// Whole targets are placed in more than one step.
    #[error("whole targets are placed in one step")]
    OneStepForWholeTargets,
    /// Whole targets are placed in a tier that has none.
    #[error("whole targets are placed in a top-up, with overhang levelled or not said")]
    WholeTargetsNeedTopUp,
    /// Seats are placed by unused votes in a place without seats.
    #[error("{} has no seats, so that no votes were left unused there", escaped(.place))]
    NothingUnused {
        /// The place.
        place: String,
    },
    /// Seats of those who take no part, or direct seats, are more than the house.
    #[error("{held} seats are held by parties that take no part or have left, but the house has {seats}")]
    HouseTooSmall {
        /// The house.
        seats: u64,
        /// The seats held.
        held: u128,
    },
    /// A party holds more than its target, and the law does not say what happens then.
    #[error("{} holds {held} seats, but its share of the house is {target}: overhang says what happens then", escaped(.party))]
    OverTarget {
        /// The party.
        party: String,
        /// What it holds.
        held: u64,
        /// Its target.
        target: u64,
    },
    /// A seat finds no place with room and votes.
    #[error("no place with room and votes is left for {} of {}", counted(*.seats, "seat"), escaped(.party))]
    FindsNoPlace {
        /// The party.
        party: String,
        /// How many seats.
        seats: u64,
    },
    /// The steps of a law end before the totals of parties and places both hold.
    #[error("cannot be settled: {}", .over.iter().map(|(name, over)| alloc::format!("{} {over:+}", escaped(name))).collect::<Vec<_>>().join(", "))]
    CannotBeSettled {
        /// Parties with too many or too few seats, and by how many.
        over: Vec<(String, i64)>,
    },
    /// A place has no room of this name.
    #[error("{} has no room {name:?}", escaped(.place))]
    NoRoom {
        /// The room.
        name: String,
        /// The place.
        place: String,
    },
    /// There are no places of a level.
    #[error("{} has no {level} inside", escaped(.place))]
    NoPlacesInside {
        /// The place.
        place: String,
        /// The level.
        level: Level,
    },
    /// A threshold is judged at a level that a place is not in.
    #[error("{} is in no {level}", escaped(.place))]
    NotInLevel {
        /// The place.
        place: String,
        /// The level.
        level: Level,
    },
    /// Fragments are taken of a district with several seats.
    #[error("fragments of votes are those of districts with one seat, but {} has {seats}", escaped(.name))]
    NotSingleSeat {
        /// The district.
        name: String,
        /// Its seats.
        seats: u64,
    },
    /// A document has a key that means nothing there.
    #[error("unknown field `{key}`, expected one of {known}, or a room that the law names")]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that are known.
        known: &'static str,
    },
    /// A party of a district has no votes in a document.
    #[error("{party:?} has no votes: missing field `votes`")]
    NoVotesGiven {
        /// The party.
        party: String,
    },
    /// A name that cannot be told from another, or that a terminal would act on.
    #[error("the name {name:?} {reason}")]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// What is no method is asked for seats.
    #[error("{method} give out no seats")]
    NotAMethod {
        /// What was asked.
        method: String,
    },

    // Matrices: parties by districts
    /// A table that does not have one entry for every party in every district.
    #[error("{parties} parties in {districts} districts have {found} entries of {what}")]
    TableSize {
        /// What was given: "votes", "minimums", "maximums", "claimed seats".
        what: &'static str,
        /// The number of parties.
        parties: usize,
        /// The number of districts.
        districts: usize,
        /// The number of entries.
        found: usize,
    },
    /// Parties and districts that have different seats in all.
    #[error("the parties have {party_seats} seats in all, but the districts {district_seats}")]
    LineSumsDiffer {
        /// The seats of all parties.
        party_seats: u128,
        /// The seats of all districts.
        district_seats: u128,
    },
    /// A party or a district whose minimums take more seats than it has.
    #[error("the minimums of {line} take {minimums} seats, but it has {seats}")]
    LineMinimums {
        /// The party or district: "party 2", "district 3".
        line: String,
        /// Seats that the minimums take.
        minimums: u128,
        /// The seats that the line has.
        seats: u64,
    },
    /// No matrix has these sums.
    #[error(transparent)]
    Infeasible(Infeasible),
    /// No seats of parties in districts have the sums that they must have.
    #[error("{text}")]
    NoMatrix {
        /// Parties that must have more seats than they can have.
        parties: Vec<String>,
        /// The districts that their seats can come from.
        districts: Vec<String>,
        /// The seats that these parties must have.
        must: u128,
        /// The seats that they can have at most.
        can: u128,
        /// The proof in words.
        text: String,
    },
    /// The seats of a matrix were asked for while a tie is open.
    #[error("{}", .ties.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    OpenCellTies {
        /// The ties.
        ties: Vec<CellTie>,
    },
    /// Lots drawn for a cell that cannot have a seat by them.
    #[error("the drawn lots name {cell}, but {reason}")]
    DrawnCell {
        /// The cell: "party 2 in district 3".
        cell: String,
        /// Why it cannot have a seat.
        reason: &'static str,
    },
    /// Claimed seats of a party or a district that are not as many as it has.
    #[error("{claimed} seats are claimed for {line}, which has {seats}")]
    ClaimedLine {
        /// The party or district: "party 2", "district 3".
        line: String,
        /// The sum of its claimed seats.
        claimed: u128,
        /// The seats that it has.
        seats: u64,
    },
    /// Claimed seats of a cell that its bounds, votes or lines do not allow.
    #[error("{claimed} seats are claimed for {cell}, which can have from {minimum} to {maximum}")]
    ClaimedCell {
        /// The cell: "party 2 in district 3".
        cell: String,
        /// Its claimed seats.
        claimed: u64,
        /// The least it can have.
        minimum: u64,
        /// The most it can have; its minimum if it has no votes.
        maximum: u64,
    },
    /// A matrix whose seats no divisors can be printed for.
    #[error("there are no divisors to print: {reason}")]
    NoDivisors {
        /// Why not.
        reason: &'static str,
    },
}
