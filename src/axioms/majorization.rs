//! Majorization: one method is kinder to small parties than another.

use alloc::format;

use super::answer::ask;
use super::{Fault, Instance, Violation};
use crate::method::Apportion;

/// However many of the largest parties one takes, they have no more seats together by `kinder` than by `harder`, in any
/// outcomes: `kinder` is kinder to small parties.
///
/// Adams, Dean, Huntington-Hill, Sainte-Laguë and D'Hondt stand in this order, and so do any two divisor sequences the
/// ratio of whose divisors d(s) / d'(s) grows with s.
///
/// Source: A. W. Marshall, I. Olkin and F. Pukelsheim, "A majorization comparison of apportionment methods in
/// proportional representation", Social Choice and Welfare 19 (2002), 885-900.
///
/// # Errors
/// A [`Fault`], with an outcome of `kinder`, if some of the largest parties have more seats by it.
///
/// # Examples
/// ```
/// use apportion::AllocationMethod;
/// use apportion::axioms::{Instance, majorization};
/// let instance = Instance::new([15, 4, 1], 8);
/// assert!(majorization(&AllocationMethod::ADAMS, &AllocationMethod::D_HONDT, &instance).is_ok());
/// let fault = majorization(&AllocationMethod::D_HONDT, &AllocationMethod::ADAMS, &instance).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "majorization: 15, 4, 1 votes: the largest party has 7 seats of 8 by the one method, but 5 by the other"
/// );
/// ```
pub fn majorization(kinder: &dyn Apportion, harder: &dyn Apportion, instance: &Instance) -> Result<(), Fault> {
    let (votes, seats) = (instance.votes(), instance.seats());
    let Some(kind) = ask(kinder, votes, seats)? else { return Ok(()) };
    let Some(hard) = ask(harder, votes, seats)? else { return Ok(()) };
    // A seat of the tie brings the most to the sums if a large party has it, so these two outcomes stand for all.
    let (mut by_kinder, mut by_harder) = (0, 0);
    for (at, (a, b)) in kind.most_unequal().into_iter().zip(hard.most_equal()).enumerate() {
        (by_kinder, by_harder) = (by_kinder + a, by_harder + b);
        if by_kinder > by_harder {
            let who = if at == 0 { "the largest party has".into() } else { format!("the {} largest have", at + 1) };
            let detail =
                format!("{who} {} of {seats} by the one method, but {by_harder} by the other", super::Seats(by_kinder));
            return Err(Violation::of_relation("majorization", instance, kind.outcome(&[]), detail));
        }
    }
    Ok(())
}
