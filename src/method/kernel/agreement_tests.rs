//! The kernels against the general path, on more than a million random contests made to be hard: ties, near-ties at 2^30, 2^53
//! and 2^64, skewed and equal votes, 1 to 100,000 parties. The general path itself is tested against one seat at a time.

use alloc::vec::Vec;
use alloc::{format, vec};

use crate::method::{AllocationMethod, Contest, Divisors, Quota, Rounding, Scratch};
use crate::{Allocation, Error, Ratio, Tie};

/// Numbers that are the same at every run (G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8, 2003).
pub(in crate::method) struct Numbers(pub(in crate::method) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(in crate::method) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    fn part(&mut self) -> f64 {
        (self.below(1 << 53) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Votes of one of the kinds that have broken programs.
    pub(in crate::method) fn votes(&mut self, parties: usize) -> Vec<u64> {
        let kind = self.below(16);
        let unit = 1 + self.below(1 << 50);
        let small_unit = 1 + self.below(1 << 27);
        let same = self.next() >> self.below(64);
        let exponent = 0.6 + 2.0 * self.part();
        let mut votes: Vec<u64> = (0..parties as u64)
            .map(|party| match kind {
                0 => self.below(10),
                1 => self.below(1_000),
                2 => 1_000 + self.below(10_000_000),
                3 => (1 << 53) - 3 + self.below(7),
                4 => u64::MAX - self.below(5),
                5 => self.next(),
                6 => unit * self.below(12),
                7 => same,
                8 => 1 << self.below(64),
                9 => (1_000.0 / self.part().powf(1.0 / exponent)) as u64,
                10 => (1e12 / (party + 1) as f64) as u64,
                11 => same.saturating_add(self.below(2)),
                // Near-ties in single precision.
                12 => (1 << 30) - 3 + self.below(7),
                13 => small_unit * self.below(12) + self.below(2),
                14 => 1_000_000 + self.below(12),
                _ => [1, 0, u64::MAX, 2][self.below(4) as usize],
            })
            .collect();
        if kind == 9 && self.below(2) == 0 {
            votes.sort_unstable();
        }
        if votes.iter().all(|&votes| votes == 0) {
            votes[0] = 1;
        }
        votes
    }

    pub(in crate::method) fn seats(&mut self, parties: u64) -> u64 {
        match self.below(8) {
            0 => 1 + self.below(3),
            1 => 1 + self.below(2 * parties),
            2 => parties * (1 + self.below(20)),
            3 => 1 + self.below(100 * parties),
            4 => 1 + self.below(1 << 30),
            5 => 1 + (self.next() >> self.below(63)),
            _ => 1 + self.below(10 * parties),
        }
    }
}

pub(in crate::method) fn methods() -> Vec<AllocationMethod> {
    let ratio = |text: &str| text.parse::<Ratio>().unwrap();
    let mut methods: Vec<AllocationMethod> = vec![
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::DANISH,
        Divisors::IMPERIALI,
        Divisors::ADAMS,
        Divisors::DEAN,
        Divisors::HUNTINGTON_HILL,
        Divisors::modified_sainte_lague(ratio("7/5")).unwrap(),
        Divisors::modified_sainte_lague(ratio("6/5")).unwrap(),
        Divisors::modified_sainte_lague(ratio("0")).unwrap(),
        Divisors::modified_sainte_lague(ratio("2")).unwrap(),
        Divisors::stationary(ratio("1/3")).unwrap(),
        Divisors::stationary(ratio("4294967294/4294967295")).unwrap(),
        Divisors::stationary(ratio("1/4294967295")).unwrap(),
        Divisors::custom(["1", "2", "3"].map(ratio)).unwrap(),
        Divisors::custom(["1/2", "5/3", "17/6"].map(ratio)).unwrap(),
        Divisors::custom(["1", "1000000000000000001", "2000000000000000001"].map(ratio)).unwrap(),
        Divisors::custom(["100000", "100001"].map(ratio)).unwrap(),
        Divisors::custom(["1", "2", "4", "5"].map(ratio)).unwrap(),
        Divisors::custom(["0", "1/2", "3/4", "5/3", "8/3"].map(ratio)).unwrap(),
        Divisors::custom(["7/5", "3", "5", "7"].map(ratio)).unwrap(),
        Divisors::custom(["1", "100", "101"].map(ratio)).unwrap(),
        Divisors::power(ratio("9/10")).unwrap(),
        Divisors::power(ratio("1/2")).unwrap(),
        Divisors::power(ratio("3")).unwrap(),
        Divisors::power(ratio("1/4")).unwrap(),
        Divisors::MACAU,
    ]
    .into_iter()
    .map(AllocationMethod::HighestAverages)
    .collect();
    for quota in Quota::ALL {
        for rounding in
            [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::HalfDown, Rounding::Next]
        {
            methods.push(AllocationMethod::LargestRemainder(quota.rounded(rounding)));
        }
    }
    methods
}

fn by_kernel(method: &AllocationMethod, votes: &[u64], seats: u64, scratch: &mut Scratch) -> Result<Allocation, Error> {
    let mut out = vec![u64::MAX; votes.len()];
    let tie = method.allocate_into(votes, seats, &mut out, scratch)?.map(Tie::from);
    Ok(Allocation::new(out).with_open(tie))
}

/// `contests` random ones of up to `most` parties, each by every method in turn.
fn assert_agreement(seed: u64, contests: u64, most: u64) {
    let mut numbers = Numbers(seed);
    let mut scratch = Scratch::new();
    let methods = methods();
    for number in 0..tries(contests) {
        let parties = 1 + numbers.below(most);
        let votes = numbers.votes(parties as usize);
        let seats = numbers.seats(parties);
        let method = &methods[(number % methods.len() as u64) as usize];
        assert_same(method, &votes, seats, &mut scratch);
    }
}

fn assert_same(method: &AllocationMethod, votes: &[u64], seats: u64, scratch: &mut Scratch) {
    let wanted = method.allocate_generally(&Contest::new(votes, seats));
    let found = by_kernel(method, votes, seats, scratch);
    assert!(found == wanted, "{method}, {seats} seats, {}", {
        let shown = format!("{votes:?}\n found {found:?}\nwanted {wanted:?}");
        shown.chars().take(3_000).collect::<alloc::string::String>()
    });
}

#[test]
fn half_a_million_contests_of_up_to_nine_parties_agree() {
    assert_agreement(0x9E37_79B9_7F4A_7C15, 500_000, 9);
}

#[test]
fn half_a_million_other_contests_of_up_to_nine_parties_agree() {
    assert_agreement(0xD1B5_4A32_D192_ED03, 500_000, 9);
}

#[test]
fn contests_of_up_to_seventy_parties_agree() {
    assert_agreement(0x2545_F491_4F6C_DD1D, 50_000, 70);
}

#[test]
fn contests_of_up_to_three_thousand_parties_agree() {
    assert_agreement(0x9FB2_1C65_1E98_DF25, 2_500, 3_000);
}

#[test]
fn contests_of_up_to_a_hundred_thousand_parties_agree() {
    assert_agreement(0xB549_7F4A_7C15_9E37, 90, 100_000);
}

/// Two parties with multiples of a unit, give or take a vote, and seats with which both their shares are whole or a half:
/// there floats round either way.
#[test]
fn shares_at_a_half_are_not_mistaken() {
    let mut numbers = Numbers(0xA076_1D64_78BD_642F);
    let mut scratch = Scratch::new();
    for number in 0..tries(400_000) {
        let bits = 20 + numbers.below(24);
        let unit = 1 + numbers.below(1 << bits);
        let multiples = [1 + numbers.below(40), 1 + numbers.below(40)];
        let votes = multiples.map(|multiple| unit * multiple + numbers.below(2));
        let all = (multiples[0] + multiples[1]) * (1 + numbers.below(12));
        let (method, seats) = if number % 2 == 0 {
            // Shares are multiplied by one seat more.
            (AllocationMethod::D_HONDT, all - 1)
        } else {
            (AllocationMethod::SAINTE_LAGUE, all / 2)
        };
        assert_same(&method, &votes, seats, &mut scratch);
    }
}

/// Every number of votes twice, but for small ones: what is read off all bits of votes at once must not lose those that two share.
#[test]
fn votes_that_two_parties_share_are_not_taken_for_small_ones() {
    let mut numbers = Numbers(0x8EBC_6AF0_9C88_C6E3);
    let mut scratch = Scratch::new();
    let methods = methods();
    for number in 0..tries(40_000) {
        let half = 1 + numbers.below(10);
        let base = 1 << (20 + numbers.below(43));
        let twice: Vec<u64> = (0..half).map(|_| base + numbers.below(1 + base / 4)).collect();
        let small = (0..numbers.below(4)).map(|_| numbers.below(9));
        let mut votes = [twice.clone(), twice].concat();
        votes.extend(small);
        // Both of a pair have the same, so that there are answers without a tie.
        let seats = 2 * numbers.below(60);
        assert_same(&methods[(number % methods.len() as u64) as usize], &votes, seats, &mut scratch);
    }
}

/// Multiples of a unit, whose remainders are often equal, with products of votes and seats about and beyond 2^53.
#[test]
fn equal_remainders_are_seen_in_houses_of_every_size() {
    let mut numbers = Numbers(0xE703_7ED1_A0B4_28DB);
    let mut scratch = Scratch::new();
    for _ in 0..tries(100_000) {
        let bits = 1 + numbers.below(28);
        let unit = 1 + numbers.below(1 << bits);
        let parties = 2 + numbers.below(7);
        let votes: Vec<u64> = (0..parties).map(|_| unit * (1 + numbers.below(8))).collect();
        let bits = 4 + numbers.below(32);
        let seats = 1 + numbers.below(1 << bits);
        assert_same(&AllocationMethod::HARE, &votes, seats, &mut scratch);
    }
}

/// How many contests a test tries: this number, or `MORE` times as many for a long look, or the part that `FEWER` says, both in
/// the environment. Where breaks of the library are hunted, a test runs thousands of times.
pub(in crate::method) fn tries(contests: u64) -> u64 {
    let number = |name| std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(1);
    contests * number("MORE") / number("FEWER").max(1)
}
