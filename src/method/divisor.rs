//! Divisor sequences: a party's claim to its next seat is votes / d(seats it has).

use core::cmp::Ordering;
use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use num_bigint::BigUint;
use num_rational::Ratio as Fraction;

use crate::error::Error;
use crate::num::Ratio;
use crate::num::power::compare_powers;
use crate::num::product::compare_products;

/// A strictly increasing divisor sequence d(0), d(1), …
///
/// | sequence | d(s) | also known as | source |
/// | --- | --- | --- | --- |
/// | [`D_HONDT`](Self::D_HONDT) | s + 1 | Jefferson, Hagenbach-Bischoff, greatest divisors | V. D'Hondt, *La représentation proportionnelle des partis par un électeur*, 1878 |
/// | [`SAINTE_LAGUE`](Self::SAINTE_LAGUE) | 2s + 1 | Webster, Schepers, major fractions | A. Sainte-Laguë, Annales scientifiques de l'É.N.S. 27 (1910), 529-542 |
/// | [`modified_sainte_lague`](Self::modified_sainte_lague) | first, then 2s + 1 | | Sweden, Vallag 2005:837, ch. 14 § 3 (first divisor 1.2; 1.4 until 2018) |
/// | [`DANISH`](Self::DANISH) | 3s + 1 | | Denmark, Folketingsvalgloven § 79 |
/// | [`IMPERIALI`](Self::IMPERIALI) | s + 2 | | Belgium, municipal electoral law of 1921 |
/// | [`ADAMS`](Self::ADAMS) | s | smallest divisors | J. Q. Adams, 1832 |
/// | [`DEAN`](Self::DEAN) | 2s(s + 1) / (2s + 1) | harmonic means | J. Dean, 1832 |
/// | [`HUNTINGTON_HILL`](Self::HUNTINGTON_HILL) | √(s(s + 1)) | equal proportions, geometric means | E. V. Huntington, Transactions of the AMS 30 (1928), 85-110; 2 U.S.C. § 2a |
/// | [`stationary`](Self::stationary) | s + r | | M. L. Balinski and H. P. Young, *Fair Representation*, 1982 |
/// | [`power`](Self::power) | (s + 1)^p | | Estonia, Riigikogu Election Act § 62 (p = 9/10) |
/// | [`MACAU`](Self::MACAU) | 2^s | | Macau, Law 3/2001, art. 17 |
/// | [`custom`](Self::custom) | as listed; the last step repeats | | |
///
/// A divisor of zero (Adams, Dean and Huntington-Hill for the first seat) comes before every finite quotient, the more
/// votes the earlier.
///
/// # Examples
/// ```
/// use apportion::{AllocationMethod, Divisors};
///
/// let norway = Divisors::modified_sainte_lague("7/5".parse()?)?;
/// let method = AllocationMethod::HighestAverages(norway);
/// assert_eq!(method.allocate(&[29, 4, 4], 5)?.seats()?, [5, 0, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Divisors(Sequence);

/// The sequences by name; parameters are checked by the constructors of [`Divisors`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sequence {
    DHondt,
    SainteLague,
    ModifiedSainteLague(Ratio),
    Danish,
    Imperiali,
    Adams,
    Dean,
    HuntingtonHill,
    Stationary(Ratio),
    Power(Ratio),
    Macau,
    Custom(Vec<Ratio>),
}

impl Divisors {
    /// s + 1: 1, 2, 3, …
    #[doc(alias = "Jefferson")]
    #[doc(alias = "greatest divisors")]
    pub const D_HONDT: Self = Self(Sequence::DHondt);
    /// 2s + 1: 1, 3, 5, …
    #[doc(alias = "Webster")]
    #[doc(alias = "major fractions")]
    pub const SAINTE_LAGUE: Self = Self(Sequence::SainteLague);
    /// 3s + 1: 1, 4, 7, …
    pub const DANISH: Self = Self(Sequence::Danish);
    /// s + 2: 2, 3, 4, …
    pub const IMPERIALI: Self = Self(Sequence::Imperiali);
    /// s: 0, 1, 2, …
    #[doc(alias = "smallest divisors")]
    pub const ADAMS: Self = Self(Sequence::Adams);
    /// The harmonic mean of s and s + 1: 0, 4/3, 12/5, …
    #[doc(alias = "harmonic mean")]
    pub const DEAN: Self = Self(Sequence::Dean);
    /// The geometric mean of s and s + 1: 0, √2, √6, …, compared by squares.
    #[doc(alias = "equal proportions")]
    #[doc(alias = "Hill")]
    pub const HUNTINGTON_HILL: Self = Self(Sequence::HuntingtonHill);
    /// 2^s: 1, 2, 4, …
    pub const MACAU: Self = Self(Sequence::Macau);

    /// The first divisor as given, then 3, 5, 7, …; 7/5 and 6/5 are the usual ones.
    ///
    /// # Errors
    /// [`Error::ParameterOutOfRange`] unless 0 <= first < 3 and its denominator is below 2^32: `"3"`.
    pub fn modified_sainte_lague(first: Ratio) -> Result<Self, Error> {
        const WHOSE: &str = "the first divisor of modified Sainte-Laguë";
        if first >= Ratio::from(3) {
            return Err(out_of_range(WHOSE, first, "at least 0 and below 3"));
        }
        small_denominator(WHOSE, first)?;
        Ok(Self(Sequence::ModifiedSainteLague(first)))
    }

    /// s + r: r = 0 is Adams, 1/2 Sainte-Laguë, 1 D'Hondt.
    ///
    /// # Errors
    /// [`Error::ParameterOutOfRange`] unless 0 <= r <= 1 and its denominator is below 2^32: `"3/2"`.
    pub fn stationary(r: Ratio) -> Result<Self, Error> {
        const WHOSE: &str = "the r of stationary divisors";
        if r > Ratio::ONE {
            return Err(out_of_range(WHOSE, r, "from 0 to 1"));
        }
        small_denominator(WHOSE, r)?;
        Ok(Self(Sequence::Stationary(r)))
    }

    /// (s + 1)^p, compared by integer powers.
    ///
    /// # Errors
    /// [`Error::ParameterOutOfRange`] unless p > 0 with numerator and denominator at most 100: `"0"`.
    pub fn power(p: Ratio) -> Result<Self, Error> {
        if p == Ratio::ZERO || p.numerator().max(p.denominator()) > 100 {
            const RANGE: &str = "above 0, with numerator and denominator at most 100";
            return Err(out_of_range("the exponent of power divisors", p, RANGE));
        }
        Ok(Self(Sequence::Power(p)))
    }

    /// The divisors listed; beyond them, the last step repeats.
    ///
    /// # Errors
    /// - [`Error::ParameterOutOfRange`] for fewer than two divisors, or where their common denominator reaches 2^32 or a
    ///   divisor times it 2^64.
    /// - [`Error::DivisorsNotIncreasing`] where one is not above the one before it: `1, 3, 3`.
    ///
    /// # Examples
    /// ```
    /// use apportion::{AllocationMethod, Divisors};
    /// let french_polynesia = Divisors::custom(["1".parse()?, "2".parse()?, "3".parse()?])?;
    /// assert_eq!(AllocationMethod::HighestAverages(french_polynesia).allocate(&[5, 1], 4)?.seats()?, [4, 0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn custom(divisors: impl Into<Vec<Ratio>>) -> Result<Self, Error> {
        let divisors = divisors.into();
        if divisors.len() < 2 {
            return Err(out_of_range("the number of custom divisors", divisors.len(), "at least 2"));
        }
        for (index, pair) in divisors.windows(2).enumerate() {
            if pair[1] <= pair[0] {
                return Err(Error::DivisorsNotIncreasing {
                    index: index + 1,
                    divisor: pair[1].to_string(),
                    before: pair[0].to_string(),
                });
            }
        }
        if common_integers(&divisors).is_none() {
            let last = divisors.last().map(ToString::to_string).unwrap_or_default();
            const RANGE: &str = "coarser: the common denominator below 2^32, and each divisor times it below 2^64";
            return Err(out_of_range("the list of custom divisors", format!("up to {last}"), RANGE));
        }
        Ok(Self(Sequence::Custom(divisors)))
    }

    /// The sequences that need no parameter, each with the name that documents give it.
    pub(crate) const NAMED: [(&'static str, Self); 8] = [
        ("dhondt", Self::D_HONDT),
        ("sainte-lague", Self::SAINTE_LAGUE),
        ("danish", Self::DANISH),
        ("imperiali", Self::IMPERIALI),
        ("adams", Self::ADAMS),
        ("dean", Self::DEAN),
        ("huntington-hill", Self::HUNTINGTON_HILL),
        ("macau", Self::MACAU),
    ];

    pub(crate) const fn sequence(&self) -> &Sequence {
        &self.0
    }

    /// d(s), exactly.
    pub(crate) fn divisor(&self, s: u64) -> Divisor {
        let n = BigUint::from(s);
        match &self.0 {
            Sequence::DHondt => Divisor::whole(n + 1_u8),
            Sequence::SainteLague => Divisor::whole(n * 2_u8 + 1_u8),
            Sequence::ModifiedSainteLague(first) if s == 0 => Divisor::ratio(first.numerator(), first.denominator()),
            Sequence::ModifiedSainteLague(_) => Divisor::whole(n * 2_u8 + 1_u8),
            Sequence::Danish => Divisor::whole(n * 3_u8 + 1_u8),
            Sequence::Imperiali => Divisor::whole(n + 2_u8),
            Sequence::Adams => Divisor::whole(n),
            Sequence::Dean => Divisor::ratio(&n * 2_u8 * (&n + 1_u8), n * 2_u8 + 1_u8),
            Sequence::HuntingtonHill => Divisor { root: 2, ..Divisor::whole(&n * (&n + 1_u8)) },
            Sequence::Stationary(r) => Divisor::ratio(n * r.denominator() + r.numerator(), r.denominator()),
            Sequence::Power(p) => {
                let (power, root) = small_exponents(*p);
                Divisor { root, ..Divisor::whole((n + 1_u8).pow(power)) }
            }
            Sequence::Macau => Divisor { doublings: s, ..Divisor::whole(1_u8) },
            Sequence::Custom(listed) => custom_divisor(listed, s),
        }
    }

    /// By how much the divisors grow from seat to seat where they are always written as whole numbers: an office that
    /// divides by 1, 3, 5, … quotes half of what a seat costs.
    pub(crate) const fn step_as_written(&self) -> u32 {
        match &self.0 {
            Sequence::SainteLague | Sequence::ModifiedSainteLague(_) => 2,
            Sequence::Danish => 3,
            Sequence::DHondt
            | Sequence::Imperiali
            | Sequence::Adams
            | Sequence::Dean
            | Sequence::HuntingtonHill
            | Sequence::Stationary(_)
            | Sequence::Power(_)
            | Sequence::Macau
            | Sequence::Custom(_) => 1,
        }
    }

    /// The sequence in integers, ready to compare claims.
    pub(crate) fn ladder(&self) -> Ladder {
        let linear = |step, offset| Ladder::Linear(Linear { prefix: Prefix::None, step, offset });
        match &self.0 {
            Sequence::DHondt => linear(1, 1),
            Sequence::SainteLague => linear(2, 1),
            Sequence::ModifiedSainteLague(first) => {
                let scale = first.denominator();
                let prefix = Prefix::First(first.numerator());
                Ladder::Linear(Linear { prefix, step: 2 * scale, offset: 3 * scale })
            }
            Sequence::Danish => linear(3, 1),
            Sequence::Imperiali => linear(1, 2),
            Sequence::Adams => linear(1, 0),
            Sequence::Dean => Ladder::Dean,
            Sequence::HuntingtonHill => Ladder::HuntingtonHill,
            Sequence::Stationary(r) => linear(r.denominator(), r.numerator()),
            Sequence::Power(p) => {
                let (numerator, denominator) = small_exponents(*p);
                Ladder::Power { numerator, denominator }
            }
            Sequence::Macau => Ladder::Macau,
            Sequence::Custom(divisors) => {
                let mut listed = common_integers(divisors).unwrap_or_default();
                let offset = listed.pop().unwrap_or(1);
                let step = offset - listed.last().copied().unwrap_or(0);
                Ladder::Linear(Linear { prefix: Prefix::Listed(listed), step, offset })
            }
        }
    }
}

/// One divisor, exactly: d(s)^root = numerator / denominator x 2^doublings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Divisor {
    pub(crate) numerator: BigUint,
    pub(crate) denominator: BigUint,
    /// 1 where the divisor is a ratio; 2 for square roots.
    pub(crate) root: u32,
    /// Powers of two apart, which outgrow any memory.
    pub(crate) doublings: u64,
}

impl Divisor {
    fn ratio(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>) -> Self {
        Self { numerator: numerator.into(), denominator: denominator.into(), root: 1, doublings: 0 }
    }

    fn whole(number: impl Into<BigUint>) -> Self {
        Self::ratio(number, 1_u8)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.numerator == BigUint::ZERO
    }
}

/// d(s) as listed, or beyond the list on from its end in steps as its last one.
fn custom_divisor(listed: &[Ratio], s: u64) -> Divisor {
    let index = usize::try_from(s).unwrap_or(usize::MAX);
    match (listed.get(index), listed) {
        (Some(ratio), _) => Divisor::ratio(ratio.numerator(), ratio.denominator()),
        (None, [.., before, last]) => {
            // last + (last - before) x beyond, over the product of the denominators.
            let beyond = BigUint::from(s - (listed.len() as u64 - 1));
            let (down, over) = (BigUint::from(before.denominator()), BigUint::from(last.denominator()));
            let (high, low) = (&down * last.numerator(), &over * before.numerator());
            Divisor::ratio((&high - low) * beyond + high, down * over)
        }
        // The constructor refuses lists of fewer than two.
        (None, _) => Divisor::whole(s),
    }
}

/// The exponent of power divisors, whose parts are at most 100.
fn small_exponents(p: Ratio) -> (u32, u32) {
    let small = |part| u32::try_from(part).unwrap_or(u32::MAX);
    (small(p.numerator()), small(p.denominator()))
}

fn out_of_range(parameter: &'static str, value: impl ToString, range: &'static str) -> Error {
    Error::ParameterOutOfRange { parameter, value: value.to_string(), range }
}

fn small_denominator(parameter: &'static str, ratio: Ratio) -> Result<(), Error> {
    if ratio.denominator() < 1 << 32 {
        Ok(())
    } else {
        Err(out_of_range(parameter, ratio, "a ratio with a denominator below 2^32"))
    }
}

/// The ratios times their common denominator, while that stays below 2^32 and they below 2^64.
fn common_integers(ratios: &[Ratio]) -> Option<Vec<u64>> {
    let mut common: u64 = 1;
    for ratio in ratios {
        // In lowest terms, common / denominator has the denominator common / gcd; their product with it is the lcm.
        let shared = common / Fraction::new(ratio.denominator(), common).denom();
        common = common.checked_mul(ratio.denominator() / shared).filter(|&common| common < 1 << 32)?;
    }
    ratios.iter().map(|ratio| ratio.numerator().checked_mul(common / ratio.denominator())).collect()
}

impl fmt::Display for Divisors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = match &self.0 {
            Sequence::DHondt => "D'Hondt".into(),
            Sequence::SainteLague => "Sainte-Laguë".into(),
            Sequence::ModifiedSainteLague(first) => format!("modified Sainte-Laguë (first divisor {first})"),
            Sequence::Danish => "Danish divisors".into(),
            Sequence::Imperiali => "Imperiali divisors".into(),
            Sequence::Adams => "Adams".into(),
            Sequence::Dean => "Dean".into(),
            Sequence::HuntingtonHill => "Huntington-Hill".into(),
            Sequence::Stationary(r) => format!("stationary divisors (r = {r})"),
            Sequence::Power(p) => format!("power divisors (p = {p})"),
            Sequence::Macau => "Macau divisors".into(),
            Sequence::Custom(divisors) => {
                let listed: Vec<String> = divisors.iter().map(ToString::to_string).collect();
                format!("divisors {}, …", listed.join(", "))
            }
        };
        f.pad(&text)
    }
}

impl fmt::Debug for Divisors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Divisors({self})")
    }
}

/// One party's claim to one seat: its votes over the divisor for its seat number `index`, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) votes: u64,
    pub(crate) index: u64,
}

/// A divisor sequence in integers: d(s), or a power of it, up to a common factor.
#[derive(Clone, Debug)]
pub(crate) enum Ladder {
    Linear(Linear),
    /// d(s)² = s(s + 1).
    HuntingtonHill,
    /// d(s) = 2s(s + 1) / (2s + 1).
    Dean,
    /// d(s) = (s + 1)^(numerator / denominator).
    Power {
        numerator: u32,
        denominator: u32,
    },
    /// d(s) = 2^s.
    Macau,
}

/// d(s) is listed for the first seats, and grows by `step` from `offset` on after them.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    pub(crate) prefix: Prefix,
    pub(crate) step: u64,
    pub(crate) offset: u64,
}

/// The divisors before a sequence becomes linear.
#[derive(Clone, Debug)]
pub(crate) enum Prefix {
    None,
    First(u64),
    Listed(Vec<u64>),
}

impl Prefix {
    fn as_slice(&self) -> &[u64] {
        match self {
            Self::None => &[],
            Self::First(first) => core::slice::from_ref(first),
            Self::Listed(listed) => listed,
        }
    }
}

impl Linear {
    /// d(index). The largest is below 2^128: (2^64 - 1)² + 2^64 - 1.
    pub(crate) fn at(&self, index: u64) -> u128 {
        let prefix = self.prefix.as_slice();
        match usize::try_from(index).ok().and_then(|at| prefix.get(at)) {
            Some(&listed) => listed.into(),
            None => {
                let beyond = index - prefix.len() as u64;
                u128::from(self.step) * u128::from(beyond) + u128::from(self.offset)
            }
        }
    }
}

impl Ladder {
    /// How two claims compare, exactly: `Greater` when `a` comes first. Votes are positive.
    pub(crate) fn compare(&self, a: Claim, b: Claim) -> Ordering {
        let (votes_a, votes_b) = (u128::from(a.votes), u128::from(b.votes));
        match self {
            Self::Linear(linear) => compare_quotients((votes_a, linear.at(a.index)), (votes_b, linear.at(b.index)))
                .then_if_both_infinite(a, b),
            Self::HuntingtonHill => {
                let square = |votes: u128| votes * votes;
                let divisor = |index: u64| u128::from(index) * (u128::from(index) + 1);
                compare_quotients((square(votes_a), divisor(a.index)), (square(votes_b), divisor(b.index)))
                    .then_if_both_infinite(a, b)
            }
            Self::Dean => compare_dean(a, b),
            Self::Power { numerator, denominator } => {
                // votes^denominator against (index + 1)^numerator, crosswise.
                let divisor = |claim: Claim| u128::from(claim.index) + 1;
                compare_powers((a.votes, divisor(b)), (b.votes, divisor(a)), *denominator, *numerator)
            }
            Self::Macau => {
                // votes_a / 2^a against votes_b / 2^b: shift the one with the smaller power; 64 places outgrow any votes.
                let shifted = |votes: u128, places: u64| if places > 64 { u128::MAX } else { votes << places };
                if a.index <= b.index {
                    shifted(votes_a, b.index - a.index).cmp(&votes_b)
                } else {
                    votes_a.cmp(&shifted(votes_b, a.index - b.index))
                }
            }
        }
    }
}

/// The order of two quotients, where 0 and 0 as divisors leave it to the votes.
struct Quotients {
    order: Ordering,
    both_infinite: bool,
}

impl Quotients {
    fn then_if_both_infinite(self, a: Claim, b: Claim) -> Ordering {
        if self.both_infinite { a.votes.cmp(&b.votes) } else { self.order }
    }
}

/// Compares two quotients with positive numerators; a divisor of 0 makes one infinite, and the products still say so.
fn compare_quotients((a, divisor_a): (u128, u128), (b, divisor_b): (u128, u128)) -> Quotients {
    Quotients { order: compare_products(a, divisor_b, b, divisor_a), both_infinite: divisor_a == 0 && divisor_b == 0 }
}

/// votes (2s + 1) / (s (s + 1)), crosswise; the factor 2 is common.
fn compare_dean(a: Claim, b: Claim) -> Ordering {
    if a.index == 0 && b.index == 0 {
        return a.votes.cmp(&b.votes);
    }
    let top = |claim: Claim| u128::from(claim.votes).checked_mul(2 * u128::from(claim.index) + 1);
    let bottom = |claim: Claim| u128::from(claim.index) * (u128::from(claim.index) + 1);
    if let (Some(top_a), Some(top_b)) = (top(a), top(b)) {
        return compare_products(top_a, bottom(b), top_b, bottom(a));
    }
    let side =
        |top: Claim, bottom_of: Claim| BigUint::from(top.votes) * (2 * u128::from(top.index) + 1) * bottom(bottom_of);
    side(a, b).cmp(&side(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// d(0), d(1), d(2), d(3) as numerators and denominators, powers taken.
    fn first(divisors: &Divisors) -> Vec<(u64, u64)> {
        let small = |number: &BigUint| u64::try_from(number).unwrap();
        (0..4)
            .map(|s| divisors.divisor(s))
            .map(|divisor| (small(&divisor.numerator) << divisor.doublings, small(&divisor.denominator)))
            .collect()
    }

    fn ratio(text: &str) -> Ratio {
        text.parse().unwrap()
    }

    #[test]
    fn every_sequence_begins_as_its_source_has_it() {
        let whole = |numbers: [u64; 4]| numbers.map(|number| (number, 1)).to_vec();
        assert_eq!(first(&Divisors::D_HONDT), whole([1, 2, 3, 4]));
        assert_eq!(first(&Divisors::SAINTE_LAGUE), whole([1, 3, 5, 7]));
        assert_eq!(first(&Divisors::DANISH), whole([1, 4, 7, 10]));
        assert_eq!(first(&Divisors::IMPERIALI), whole([2, 3, 4, 5]));
        assert_eq!(first(&Divisors::ADAMS), whole([0, 1, 2, 3]));
        assert_eq!(first(&Divisors::DEAN), vec![(0, 1), (4, 3), (12, 5), (24, 7)]);
        assert_eq!(first(&Divisors::HUNTINGTON_HILL), whole([0, 2, 6, 12]));
        assert_eq!(first(&Divisors::MACAU), whole([1, 2, 4, 8]));
        let norway = Divisors::modified_sainte_lague(ratio("7/5")).unwrap();
        assert_eq!(first(&norway), vec![(7, 5), (3, 1), (5, 1), (7, 1)]);
        assert_eq!(first(&Divisors::stationary(ratio("1/3")).unwrap()), vec![(1, 3), (4, 3), (7, 3), (10, 3)]);
        assert_eq!(first(&Divisors::power(ratio("2/3")).unwrap()), whole([1, 4, 9, 16]));
        // 1, 5/2, and 3/2 more each time, over the product of both denominators.
        let listed = Divisors::custom(vec![ratio("1"), ratio("5/2")]).unwrap();
        assert_eq!(first(&listed), vec![(1, 1), (5, 2), (8, 2), (11, 2)]);
    }

    #[test]
    fn roots_are_those_that_the_sequences_are_compared_by() {
        assert_eq!(Divisors::HUNTINGTON_HILL.divisor(3).root, 2);
        assert_eq!(Divisors::power(ratio("2/3")).unwrap().divisor(3).root, 3);
        assert_eq!(Divisors::D_HONDT.divisor(3).root, 1);
    }

    #[test]
    fn denominators_are_below_two_to_32() {
        let largest = (1_u64 << 32) - 1;
        let unit = |denominator: u64| Ratio::new(1, denominator).unwrap();
        for (made, value) in [
            (Divisors::stationary(unit(largest + 1)), "1/4294967296"),
            (Divisors::modified_sainte_lague(unit(largest + 1)), "1/4294967296"),
        ] {
            let is_named = matches!(&made, Err(Error::ParameterOutOfRange { value: found, .. }) if found == value);
            assert!(is_named, "{made:?}");
        }
        assert!(Divisors::stationary(unit(largest)).is_ok() && Divisors::modified_sainte_lague(unit(largest)).is_ok());
        // 65,535 x 65,537 is 2^32 - 1.
        assert!(Divisors::custom(vec![unit(65_537), unit(65_535), Ratio::ONE]).is_ok());
        assert!(Divisors::custom(vec![unit(1 << 32), Ratio::ONE]).is_err());
    }
}
