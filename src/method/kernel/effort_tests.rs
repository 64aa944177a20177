//! What the fast paths cost: how often a curve is asked for four parties at a time, whatever the machine. Of a guess that goes wrong
//! no answer tells, but this does.

use core::cell::Cell;

use alloc::vec;
use alloc::vec::Vec;

use super::agreement_tests::Numbers;
use super::curve::{Curve, FirstChanged, Geometric, Harmonic, Straight};
use super::lanes::Lanes;
use super::plain_contest::Total;
use super::votes_as_floats::{Double, Reading, Rounded, Single};
use super::*;

/// A curve that counts how often it is asked.
#[derive(Clone, Copy)]
struct Counted<'a, C> {
    curve: C,
    asked: &'a Cell<u32>,
}

impl<C> Counted<'_, C> {
    fn ask(self) -> C {
        self.asked.set(self.asked.get() + 1);
        self.curve
    }
}

impl<C: Curve> Curve for Counted<'_, C> {
    const COARSER: f64 = C::COARSER;
    const STEEPEST: f64 = C::STEEPEST;
    const REGULAR: bool = C::REGULAR;

    fn position<L: Lanes>(self, t: L) -> L {
        self.ask().position(t)
    }

    fn divisor(self, seat: f64) -> f64 {
        self.ask().divisor(seat)
    }

    fn inverse<L: Lanes>(self, votes: L) -> L {
        self.curve.inverse(votes)
    }

    fn threshold_at<L: Lanes>(self, x: L) -> L {
        self.curve.threshold_at(x)
    }

    fn divisors<L: Lanes>(self, seat: L) -> L {
        self.ask().divisors(seat)
    }

    fn center(self) -> f64 {
        self.curve.center()
    }

    fn is_endless(self) -> bool {
        self.curve.is_endless()
    }

    fn moved<L: Lanes>(self, t: L, by: f64) -> L {
        self.ask().moved(t, by)
    }

    fn reaches<L: Lanes>(self, t: L, by: f64, seats: L) -> L {
        self.ask().reaches(t, by, seats)
    }
}

/// How votes are spread.
#[derive(Clone, Copy, Debug)]
enum Votes {
    Even,
    /// Many parties have the same.
    Few,
    /// The second party has half of what the first has, the third a third, and so on.
    Skewed,
}

impl Votes {
    fn of(self, numbers: &mut Numbers, parties: usize) -> Vec<u64> {
        let one = |at: u64| match self {
            Self::Even => 1 + numbers.below(1_000_000),
            Self::Few => 1 + numbers.below(40),
            Self::Skewed => 1 + 1_000_000_000 / (at + 1) + numbers.below(1_000),
        };
        (0..parties as u64).map(one).collect()
    }
}

/// How often a curve is asked for every four parties, on average over contests of so many parties.
fn asked<C: Curve>(
    curve: C,
    votes: Votes,
    parties: usize,
    allocate: impl Fn(Counted<'_, C>, &[u64], u64, &mut [u64], &mut Scratch),
) -> f64 {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let (mut out, mut scratch, count) = (vec![0; parties], Scratch::new(), Cell::new(0));
    let contests = 6_000 / parties + 20;
    for _ in 0..contests {
        let votes = votes.of(&mut numbers, parties);
        let seats = parties as u64 + numbers.below(9 * parties as u64);
        allocate(Counted { curve, asked: &count }, &votes, seats, &mut out, &mut scratch);
    }
    f64::from(count.get()) / contests as f64 / parties.div_ceil(4) as f64
}

/// Whether an effort is what was measured when it was written down; what makes it less should say so here.
fn is_about(effort: f64, known: f64) -> bool {
    (effort / known - 1.0).abs() < 0.005
}

#[test]
fn many_parties_take_a_pass_or_two() {
    // For 40, 1,500 and 5,000 parties. A pass asks twice for every four parties, and once for each near claim; a sample of 5,000
    // is a ninth of them. Where many have the same votes, the multiplier is found by halving.
    fn takes<C: Curve>(divisors: &Divisors, curve: C, votes: Votes, known: [f64; 3]) {
        fn by<C: Curve, R: Reading>(divisors: &Divisors, curve: C, votes: Votes, parties: usize) -> f64 {
            let ladder = divisors.ladder();
            asked(curve, votes, parties, |curve, votes, seats, out, scratch| {
                any_number::allocate::<_, R>(curve, &ladder, Total::of(votes).poll(votes, seats), out, scratch);
            })
        }
        for (parties, known) in [40, 1_500, 5_000].into_iter().zip(known) {
            for effort in [
                by::<C, Single>(divisors, curve, votes, parties),
                by::<C, Double>(divisors, curve, votes, parties),
                by::<C, Rounded>(divisors, curve, votes, parties),
            ] {
                assert!(is_about(effort, known), "{divisors}, {votes:?}, {parties}: {effort}, not {known}");
            }
        }
    }
    let (d_hondt, curve) = (Divisors::D_HONDT, Straight::<true>::new(1, 1));
    takes(&d_hondt, curve, Votes::Even, [5.706, 2.446, 3.136]);
    takes(&d_hondt, curve, Votes::Few, [5.769, 7.653, 6.002]);
    takes(&d_hondt, curve, Votes::Skewed, [5.440, 4.021, 3.399]);
    let (sainte_lague, curve) = (Divisors::SAINTE_LAGUE, Straight::<true>::new(2, 1));
    takes(&sainte_lague, curve, Votes::Even, [5.746, 2.341, 3.113]);
    takes(&sainte_lague, curve, Votes::Few, [5.786, 12.114, 3.519]);
    takes(&sainte_lague, curve, Votes::Skewed, [5.466, 4.305, 3.411]);
    takes(&Divisors::HUNTINGTON_HILL, Geometric, Votes::Even, [8.788, 4.735, 3.310]);
    takes(&Divisors::HUNTINGTON_HILL, Geometric, Votes::Few, [8.696, 15.332, 6.652]);
    takes(&Divisors::HUNTINGTON_HILL, Geometric, Votes::Skewed, [10.265, 10.892, 3.182]);
    takes(&Divisors::DEAN, Harmonic, Votes::Even, [9.292, 4.718, 3.463]);
    takes(&Divisors::DEAN, Harmonic, Votes::Few, [9.758, 23.794, 5.659]);
    takes(&Divisors::DEAN, Harmonic, Votes::Skewed, [10.605, 10.992, 3.207]);
}

#[test]
fn few_parties_are_rounded_once_or_twice() {
    // For 7, 12 and 60 parties, in single and in double precision.
    fn takes<C: Curve>(curve: C, votes: Votes, known: [[f64; 2]; 3]) {
        for (parties, known) in [7, 12, 60].into_iter().zip(known) {
            let single = asked(curve, votes, parties, |curve, votes, seats, out, scratch| {
                up_to_64::allocate::<_, Single>(curve, votes, seats, out, &mut scratch.single, Free);
            });
            let double = asked(curve, votes, parties, |curve, votes, seats, out, scratch| {
                up_to_64::allocate::<_, Rounded>(curve, votes, seats, out, &mut scratch.double, Free);
            });
            for (effort, known) in [single, double].into_iter().zip(known) {
                assert!(is_about(effort, known), "{}, {votes:?}, {parties}: {effort}, not {known}", curve.center());
            }
        }
    }
    let curve = Straight::<true>::new(1, 1);
    takes(curve, Votes::Even, [[1.944, 1.944], [1.805, 1.805], [1.299, 1.297]]);
    takes(curve, Votes::Skewed, [[5.300, 2.311], [4.016, 2.038], [2.271, 1.971]]);
    let curve = Straight::<false>::new(1, 0);
    takes(curve, Votes::Even, [[1.983, 1.983], [1.856, 1.856], [1.281, 1.281]]);
    takes(curve, Votes::Skewed, [[5.362, 2.307], [4.065, 2.023], [2.407, 1.888]]);
    takes(Geometric, Votes::Even, [[2.234, 2.237], [2.106, 2.111], [1.911, 1.921]]);
    takes(Geometric, Votes::Skewed, [[2.051, 2.031], [2.064, 2.049], [1.871, 1.867]]);
    let curve = FirstChanged::new(7, 5).unwrap();
    takes(curve, Votes::Even, [[2.035, 2.035], [2.046, 2.046], [1.784, 1.784]]);
    takes(curve, Votes::Skewed, [[3.036, 1.976], [2.688, 1.821], [2.019, 1.775]]);
}

#[test]
fn a_row_of_few_parties_is_rounded_once() {
    fn takes<C: Curve>(curve: C, known: f64) {
        let effort = asked(curve, Votes::Even, 7, |curve, votes, seats, out, _| {
            up_to_8::allocate(curve, votes, 7, seats, out);
        });
        assert!(is_about(effort, known), "{}: {effort}, not {known}", curve.center());
    }
    takes(Straight::<true>::new(1, 1), 2.029);
    takes(Straight::<false>::new(1, 0), 2.035);
    takes(Geometric, 2.073);
    takes(FirstChanged::new(7, 5).unwrap(), 2.051);
}
