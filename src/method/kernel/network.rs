//! Sorting eight numbers, or four, by a fixed list of comparisons: no branch, and in floats one instruction each.

/// How many numbers are sorted.
pub(super) const LENGTH: usize = 8;

/// The larger first, the smaller second.
#[inline(always)]
fn order(numbers: &mut [f64; LENGTH], first: usize, second: usize) {
    let (a, b) = (numbers[first], numbers[second]);
    numbers[first] = if a > b { a } else { b };
    numbers[second] = if a > b { b } else { a };
}

/// Sorts the first four, descending, by 5 comparisons (D. E. Knuth, *The Art of Computer Programming* 3, 5.3.4).
#[inline(always)]
pub(super) fn sort_four(numbers: &mut [f64; LENGTH]) {
    for (first, second) in [(0, 2), (1, 3), (0, 1), (2, 3), (1, 2)] {
        order(numbers, first, second);
    }
}

/// Sorts all eight, descending, by 19 comparisons (as above).
#[inline(always)]
pub(super) fn sort_eight(numbers: &mut [f64; LENGTH]) {
    for (first, second) in [(0, 2), (1, 3), (4, 6), (5, 7), (0, 4), (1, 5), (2, 6), (3, 7), (0, 1), (2, 3)] {
        order(numbers, first, second);
    }
    for (first, second) in [(4, 5), (6, 7), (2, 4), (3, 5), (1, 4), (3, 6), (1, 2), (3, 4), (5, 6)] {
        order(numbers, first, second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A network that sorts all sequences of zeros and ones sorts everything (Knuth, 5.3.4, theorem Z).
    #[test]
    fn every_sequence_of_zeros_and_ones_is_sorted() {
        for bits in 0..256_u32 {
            let numbers: [f64; LENGTH] = core::array::from_fn(|place| f64::from(bits >> place & 1));
            let mut eight = numbers;
            sort_eight(&mut eight);
            assert!(eight.is_sorted_by(|a, b| a >= b), "{numbers:?}");
            let mut four = numbers;
            sort_four(&mut four);
            assert!(four[..4].is_sorted_by(|a, b| a >= b), "{numbers:?}");
            assert_eq!(four[4..], numbers[4..]);
        }
    }
}
