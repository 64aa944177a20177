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
