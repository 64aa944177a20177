use apportion::insight::Indices;
use apportion::{AllocationMethod, Error, Rule, Tally};

use super::{data, numbers::Numbers};

fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{a} is not {b}");
}

#[test]
#[allow(clippy::cast_precision_loss)]
fn exact_indices_agree_with_the_formulas_in_floats() {
    let mut n = Numbers(7);
    for _ in 0..2_000 {
        let parties = usize::try_from(1 + n.below(6)).unwrap();
        let votes: Vec<u64> = (0..parties).map(|_| 1 + n.below(1_000_000)).collect();
        let seats: Vec<u64> = (0..parties).map(|at| u64::from(at == 0) + n.below(40)).collect();
        let indices = Indices::new(&votes, &seats).unwrap();
        let share = |list: &[u64]| -> Vec<f64> {
            let all: u64 = list.iter().sum();
            list.iter().map(|&part| part as f64 / all as f64).collect()
        };
        let (v, s) = (share(&votes), share(&seats));
        let pairs = || v.iter().zip(&s);
        close(indices.gallagher(), (pairs().map(|(v, s)| (v - s).powi(2)).sum::<f64>() / 2.0).sqrt());
        close(indices.loosemore_hanby().to_f64(), pairs().map(|(v, s)| (v - s).abs()).sum::<f64>() / 2.0);
        close(indices.sainte_lague().unwrap().to_f64(), pairs().map(|(v, s)| (s - v).powi(2) / v).sum());
        close(indices.d_hondt().unwrap().to_f64(), pairs().map(|(v, s)| s / v).fold(0.0, f64::max));
        close(indices.largest_deviation().to_f64(), pairs().map(|(v, s)| (v - s).abs()).fold(0.0, f64::max));
        close(indices.effective_parties_by_votes().to_f64(), 1.0 / v.iter().map(|v| v * v).sum::<f64>());
        close(indices.effective_parties_by_seats().to_f64(), 1.0 / s.iter().map(|s| s * s).sum::<f64>());
        close(indices.wasted_votes().to_f64(), pairs().filter(|(_, s)| **s == 0.0).map(|(v, _)| v).sum());
        let counted: Vec<f64> = pairs().filter(|(v, _)| **v >= 0.005).map(|(v, s)| (v - s).abs()).collect();
        close(indices.rae().unwrap().to_f64(), counted.iter().sum::<f64>() / counted.len() as f64);
    }
}

#[test]
fn the_indices_of_2012_are_those_of_its_shares() {
    let election = data::election("kz-majilis-2012");
    let indices = Indices::of(&election.outcome().unwrap()).unwrap();
    // 302,591 of 6,941,220 votes went to the four lists below 7%.
    assert_eq!(indices.wasted_votes().to_string(), "302591/6941220");
    assert_eq!(indices.effective_parties_by_seats().to_string(), "4802/3501"); // 98² / (83² + 8² + 7²)
}

#[test]
fn perfect_proportion_is_zero_everywhere() {
    let indices = Indices::new(&[60, 30, 10], &[6, 3, 1]).unwrap();
    assert_eq!(indices.gallagher().to_bits(), 0.0_f64.to_bits());
    assert_eq!(indices.loosemore_hanby().to_string(), "0");
    assert_eq!(indices.sainte_lague().unwrap().to_string(), "0");
    assert_eq!(indices.d_hondt().unwrap().to_string(), "1");
}

#[test]
fn giants_do_not_overflow() {
    let indices = Indices::new(&[u64::MAX, 1, u64::MAX], &[u64::MAX, u64::MAX, 0]).unwrap();
    close(indices.loosemore_hanby().to_f64(), 0.5);
    close(indices.gallagher(), 0.5);
    close(indices.effective_parties_by_seats().to_f64(), 2.0);
    close(indices.d_hondt().unwrap().to_f64(), 2.0_f64.powi(64));
}

#[test]
fn a_seat_without_votes_has_no_finite_advantage() {
    let indices = Indices::new(&[0, 10], &[1, 1]).unwrap();
    assert_eq!((indices.d_hondt(), indices.sainte_lague()), (None, None));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    assert_eq!(Indices::new(&[], &[]).unwrap_err(), Error::NoParties);
    assert_eq!(Indices::new(&[1], &[0]).unwrap_err(), Error::NoSeats);
    assert_eq!(Indices::new(&[0], &[3]).unwrap_err(), Error::NoVotes { seats: 3 });
    assert_eq!(
        Indices::new(&[1, 2, 3], &[1, 1]).unwrap_err().to_string(),
        "there are 3 parties, but 2 entries of seats"
    );
    let tied = Rule::new(AllocationMethod::D_HONDT, 1).apply(&Tally::from_votes([("A", 1), ("B", 1)]).unwrap());
    assert!(matches!(Indices::of(&tied.unwrap()).unwrap_err(), Error::Tied { .. }));
}
