//! The key of one apportionment by divisors: the number that all weights are divided by.

use num_bigint::BigUint;

use super::interval::Interval;
use super::print::{Exact, PrintedDivisor, root_text};
use super::signposts::Signposts;
use crate::Divisors;

/// One party of an apportionment that is done.
#[derive(Debug)]
pub(crate) struct KeyLine {
    pub(crate) weight: Exact,
    /// Its certain seats.
    pub(crate) seats: u64,
    /// Whether it is tied for one more.
    pub(crate) tied: bool,
    pub(crate) minimum: u64,
    pub(crate) maximum: Option<u64>,
}

/// The shortest number by which all weights round to the seats; at a tie the one number there is. None where no number does
/// so: a party without a seat though the first divisor is 0, or nobody whose seats a divisor changes.
pub(crate) fn key(divisors: &Divisors, lines: &[KeyLine]) -> Option<PrintedDivisor> {
    const MOST_TWOS: u64 = 4_096;
    let signposts = Signposts::new(divisors);
    let exponent = signposts.exponent();
    let signpost = |seats: u64| {
        let power = signposts.power(seats);
        (power.twos <= MOST_TWOS).then(|| Exact::new(power.up << power.twos, power.down * signposts.scale()))
    };
    let none = BigUint::ZERO;
    let mut interval = Interval::everything();
    let mut point = None;
    for line in lines.iter().filter(|line| *line.weight.numer() > none) {
        let weight = Exact::new(line.weight.numer().pow(exponent), line.weight.denom().pow(exponent));
        let next = signpost(line.seats)?;
        if line.tied {
            point = Some(&weight / &next);
            continue;
        }
        if line.maximum.is_none_or(|maximum| line.seats < maximum) {
            if *next.numer() == none {
                return None;
            }
            interval.narrow(&(&weight / &next), None);
        }
        if line.seats > line.minimum {
            let last = signpost(line.seats - 1)?;
            let high = (*last.numer() > none).then(|| &weight / &last);
            interval.narrow(&none.clone().into(), high);
        }
    }
    let ends =
        |low: &Exact, high: Option<&Exact>| (root_text(low, exponent), high.map(|high| root_text(high, exponent)));
    if let Some(point) = point {
        return Some(PrintedDivisor::new(root_text(&point, exponent), ends(&point, Some(&point))));
    }
    if *interval.low.numer() == none && interval.high.is_none() {
        return None;
    }
    let text = alloc::string::ToString::to_string(&interval.shortest(exponent));
    Some(PrintedDivisor::new(text, ends(&interval.low, interval.high.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(weight: u64, seats: u64, minimum: u64, maximum: Option<u64>) -> KeyLine {
        KeyLine { weight: BigUint::from(weight).into(), seats, tied: false, minimum, maximum }
    }

    fn ends(divisors: &Divisors, lines: &[KeyLine]) -> Option<(alloc::string::String, Option<alloc::string::String>)> {
        key(divisors, lines).map(|key| (key.interval().0.into(), key.interval().1.map(Into::into)))
    }

    fn is(low: &str, high: Option<&str>) -> Option<(alloc::string::String, Option<alloc::string::String>)> {
        Some((low.into(), high.map(Into::into)))
    }

    #[test]
    fn a_key_lies_between_what_gives_a_seat_more_and_what_gives_one_less() {
        // 100 over 4, 100 over 3; 60 over 3, 60 over 2.
        let lines = [line(100, 3, 0, None), line(60, 2, 0, None)];
        assert_eq!(ends(&Divisors::D_HONDT, &lines), is("25", Some("30")));
        // At its most, or at its least, a party says nothing of that side.
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 0, Some(3)), line(60, 2, 0, None)]), is("20", Some("30")));
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 0, Some(4)), line(60, 2, 0, None)]), is("25", Some("30")));
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 0, None), line(60, 2, 2, None)]), is("25", Some("100/3")));
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 3, Some(3))]), None);
        // Votes of nobody say nothing.
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 0, None), line(0, 0, 0, None)]), is("25", Some("100/3")));
    }

    #[test]
    fn the_divisors_of_macau_are_powers_of_two() {
        assert_eq!(ends(&Divisors::MACAU, &[line(96, 3, 0, None), line(40, 2, 0, None)]), is("12", Some("20")));
        assert_eq!(ends(&Divisors::MACAU, &[line(96, 4_097, 0, None)]), None);
    }

    #[test]
    fn with_a_first_divisor_of_0_nobody_stays_without_a_seat() {
        assert_eq!(ends(&Divisors::ADAMS, &[line(100, 2, 0, None), line(60, 0, 0, None)]), None);
        assert_eq!(ends(&Divisors::ADAMS, &[line(100, 2, 0, None), line(60, 0, 0, Some(0))]), is("50", Some("100")));
    }

    #[test]
    fn a_key_may_have_one_end_alone() {
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 3, None)]), is("25", None));
        assert_eq!(ends(&Divisors::D_HONDT, &[line(100, 3, 0, Some(3))]), is("0", Some("100/3")));
    }
}
