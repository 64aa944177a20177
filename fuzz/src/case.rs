//! Laws and counts made of bytes.

use apportion::rule::{Exhaustion, Kind, Levelling, Overhang, Seats, Tier, Votes};
use apportion::{
    Alliance, AllocationMethod, Base, Bonus, Cap, Count, Divisors, Excess, Level, Majority, Party, Place, Quota, Ratio,
    Rounding, Rule, Stage, Tally, Threshold, TieBreak,
};
use arbitrary::Arbitrary;

/// A number: small ones tie, any may overflow.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Number {
    Small(u8),
    Any(u64),
    /// So much below the largest.
    Giant(u8),
}

impl Number {
    pub fn value(self) -> u64 {
        match self {
            Self::Small(number) => (number % 24).into(),
            Self::Any(number) => number,
            Self::Giant(below) => u64::MAX - u64::from(below),
        }
    }
}

/// A share from nothing to the whole, in 240ths.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Share(u8);

impl Share {
    fn ratio(self) -> Ratio {
        Ratio::new(u64::from(self.0 % 241), 240).expect("a denominator")
    }
}

#[derive(Arbitrary, Clone, Debug)]
pub enum Method {
    Divisors(u8),
    Stationary(Share),
    Quota(u8, u8),
    Stages(u8, u8, u8),
    BalinskiYoung,
}

impl Method {
    pub fn divisors(kind: u8) -> Divisors {
        let known = [
            Divisors::D_HONDT,
            Divisors::SAINTE_LAGUE,
            Divisors::DANISH,
            Divisors::IMPERIALI,
            Divisors::ADAMS,
            Divisors::DEAN,
            Divisors::HUNTINGTON_HILL,
            Divisors::MACAU,
            Divisors::modified_sainte_lague("7/5".parse().expect("a ratio")).expect("a first divisor"),
            Divisors::power("9/10".parse().expect("a ratio")).expect("a power"),
        ];
        known[usize::from(kind) % known.len()].clone()
    }

    fn quota(kind: u8, rounding: u8) -> Quota {
        let roundings =
            [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::HalfDown, Rounding::Next];
        Quota::ALL[usize::from(kind) % Quota::ALL.len()].rounded(roundings[usize::from(rounding) % roundings.len()])
    }

    fn method(&self) -> AllocationMethod {
        match *self {
            Self::Divisors(kind) => AllocationMethod::HighestAverages(Self::divisors(kind)),
            Self::Stationary(share) => {
                AllocationMethod::HighestAverages(Divisors::stationary(share.ratio()).expect("at most 1"))
            }
            Self::Quota(kind, rounding) => AllocationMethod::LargestRemainder(Self::quota(kind, rounding)),
            Self::Stages(kind, rounding, limit) => AllocationMethod::Stages(vec![
                Stage::whole_quotas(Self::quota(kind, rounding)),
                Stage::largest_remainders().total(u64::from(limit % 5)),
                Stage::highest_averages(Self::divisors(limit)),
            ]),
            Self::BalinskiYoung => AllocationMethod::BalinskiYoung,
        }
    }
}

#[derive(Arbitrary, Clone, Debug)]
pub enum Bar {
    Share(Share, u8, bool),
    Votes(Number),
    Direct(u8),
    Any(Share, Number),
    All(Share, Number),
}

impl Bar {
    fn base(kind: u8) -> Base {
        [Base::PartyVotes, Base::Valid, Base::ValidAndBlank, Base::Cast, Base::Registered][usize::from(kind) % 5]
    }

    fn threshold(&self) -> Threshold {
        let pair = |share: &Share, votes: &Number| [Threshold::share(share.ratio()), Threshold::votes(votes.value())];
        match self {
            Self::Share(share, base, strict) => {
                let threshold = Threshold::share(share.ratio()).of(Self::base(*base));
                if *strict { threshold.strict() } else { threshold }
            }
            Self::Votes(votes) => Threshold::votes(votes.value()),
            Self::Direct(seats) => Threshold::direct_seats((*seats).into()),
            Self::Any(share, votes) => Threshold::any(pair(share, votes)),
            Self::All(share, votes) => Threshold::all(pair(share, votes)),
        }
    }
}

/// The provisions of one tier.
#[derive(Arbitrary, Clone, Debug)]
pub struct Provisions {
    method: Method,
    bar: Option<Bar>,
    at_least: u8,
    share: Option<Share>,
    all_if_none: bool,
    bonus: Option<(u8, Share)>,
    cap: Option<(Share, Option<u8>)>,
    majority: bool,
    flags: u8,
    ties: [u8; 2],
}

impl Provisions {
    fn tier(&self) -> Tier {
        let mut tier = Tier::new(self.method.method()).admit_at_least(usize::from(self.at_least % 4));
        if let Some(bar) = &self.bar {
            tier = tier.threshold(bar.threshold());
        }
        if let Some(share) = self.share {
            tier = tier.admitted_share(share.ratio(), Base::Valid);
        }
        if self.all_if_none {
            tier = tier.all_if_none_passes();
        }
        if let Some((seats, from)) = self.bonus {
            tier = tier.bonus(Bonus::new(seats.into()).from(from.ratio()));
        }
        if let Some((points, most)) = self.cap {
            let cap = Cap::new(points.ratio());
            tier = tier.cap(most.map_or(cap.clone(), |most| cap.most(most.into())));
        }
        if self.majority {
            tier = tier.majority(Majority::new());
        }
        if self.flags & 1 > 0 {
            tier = tier.vacancies();
        }
        if self.flags & 2 > 0 {
            tier = tier.excess(Excess::SmallestRemainders);
        }
        if self.flags & 4 > 0 {
            tier = tier.exhaustion(Exhaustion::Reassign);
        }
        if self.flags & 8 > 0 {
            tier = tier.quota_base(Base::Valid);
        }
        let breaks = self.ties.iter().filter_map(|tie| match tie % 6 {
            1 => Some(TieBreak::MostVotes),
            2 => Some(TieBreak::FewestVotes),
            3 => Some(TieBreak::ListOrder),
            _ => None,
        });
        tier.tie_break(breaks.collect::<Vec<_>>())
    }
}

/// What a second tier does.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Second {
    Parallel,
    Continue,
    Left,
    TopUp(u8),
}

/// An election: a law and what was counted.
#[derive(Arbitrary, Clone, Debug)]
pub struct Case {
    parties: u8,
    votes: [[Number; 6]; 3],
    districts: u8,
    seats: [Number; 3],
    /// Held, minimum and maximum of each party, direct seats in the same.
    bounds: Option<[(u8, u8, u8); 6]>,
    others: [Option<Number>; 4],
    allied: u8,
    first: Provisions,
    second: Option<(Second, Number, Provisions)>,
}

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

impl Case {
    fn is_by_districts(&self) -> bool {
        self.districts % 4 > 0
    }

    fn seats(&self, place: usize) -> u64 {
        let seats = self.seats[place].value();
        // The quota method gives out one seat after the other.
        let by_seat = matches!(self.first.method, Method::BalinskiYoung);
        if by_seat { seats % 300 } else { seats }
    }

    fn tally(&self, place: usize) -> Tally {
        let parties = 1 + usize::from(self.parties % 6);
        let party = |at: usize| {
            let mut party = Party::new(NAMES[at]);
            if let Some(bounds) = self.bounds {
                let (held, minimum, maximum) = bounds[at];
                party = party.with_held((held % 4).into()).with_minimum((minimum % 4).into());
                party = party.with_direct_seats((held / 64).into());
                if maximum % 4 > 0 {
                    party = party.with_maximum(u64::from(maximum % 4 + minimum % 4));
                }
            }
            (party, self.votes[place][at].value())
        };
        let mut tally = Tally::from_votes((0..parties).map(party)).expect("names of their own");
        let [blank, invalid, other, registered] = self.others;
        if let Some(blank) = blank {
            tally = tally.with_blank(blank.value());
        }
        if let Some(invalid) = invalid {
            tally = tally.with_invalid(invalid.value());
        }
        if let Some(other) = other {
            tally = tally.with_other(other.value());
        }
        match registered {
            Some(registered) => tally.with_registered(registered.value()),
            None => tally,
        }
    }

    pub fn count(&self) -> Count {
        let alliances = match self.allied % 4 {
            1 if self.parties % 6 > 0 => vec![Alliance::new([NAMES[0], NAMES[1]])],
            2 if self.parties % 6 > 2 => vec![Alliance::new([NAMES[0], NAMES[2]]), Alliance::new([NAMES[1], NAMES[3]])],
            _ => Vec::new(),
        };
        let count = if self.is_by_districts() {
            let place =
                |at: usize| Place::district(["North", "South", "West"][at], self.tally(at)).with_seats(self.seats(at));
            Count::of_places((0..usize::from(self.districts % 4)).map(place)).expect("names of their own")
        } else {
            Count::from(self.tally(0))
        };
        count.with_alliances(alliances)
    }

    pub fn rule(&self) -> Rule {
        let mut first = self.first.tier();
        if !self.is_by_districts() {
            first = first.seats(Seats::Fixed(self.seats(0)));
        }
        let Some((kind, seats, provisions)) = &self.second else { return Rule::of_tiers([first]) };
        let mut second = provisions.tier();
        let seats =
            if matches!(provisions.method, Method::BalinskiYoung) { seats.value() % 300 } else { seats.value() };
        second = match kind {
            Second::Parallel => second.seats(Seats::Fixed(seats)),
            Second::Continue => {
                second.kind = Kind::Continue;
                second.seats(Seats::Fixed(seats))
            }
            Second::Left => {
                first.method = AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE)]).into();
                first.partial = true;
                second.seats(Seats::Left).votes(Votes::Unused)
            }
            Second::TopUp(overhang) => {
                let overhangs = [
                    Overhang::Error,
                    Overhang::Keep,
                    Overhang::Exclude,
                    Overhang::ExcludeMet,
                    Overhang::Level(Levelling::new()),
                ];
                second.kind = Kind::TopUp;
                second.overhang = overhangs[usize::from(*overhang) % overhangs.len()].clone();
                second.seats(Seats::Fixed(seats))
            }
        };
        Rule::of_tiers([first, second.at(Level::Nation)])
    }
}

/// A matrix of up to four parties in up to four districts.
#[derive(Arbitrary, Clone, Debug)]
pub struct Cells {
    votes: [[Number; 4]; 4],
    parties: u8,
    districts: u8,
    rows: [u8; 4],
    columns: [u8; 4],
    divisors: u8,
}

impl Cells {
    fn parties(&self) -> usize {
        1 + usize::from(self.parties % 4)
    }

    fn districts(&self) -> usize {
        1 + usize::from(self.districts % 4)
    }

    /// Party by party.
    pub fn votes(&self) -> Vec<u64> {
        let rows = &self.votes[..self.parties()];
        rows.iter().flat_map(|row| row[..self.districts()].iter().map(|number| number.value())).collect()
    }

    /// The seats of each party.
    pub fn rows(&self) -> Vec<u64> {
        self.rows[..self.parties()].iter().map(|&seats| (seats % 12).into()).collect()
    }

    /// The seats of each district.
    pub fn columns(&self) -> Vec<u64> {
        let mut columns: Vec<u64> = self.columns[..self.districts()].iter().map(|&seats| (seats % 12).into()).collect();
        // Sums that fit are worth more than the error that they do not.
        let (all, others) = (self.rows().iter().sum::<u64>(), columns[1..].iter().sum::<u64>());
        columns[0] = all.saturating_sub(others);
        columns
    }

    pub fn divisors(&self) -> Divisors {
        Method::divisors(self.divisors)
    }
}
