//! Ratios as text, exactly.

use apportion::Ratio;
use proptest::prelude::*;

#[test]
fn one_number_can_be_written_in_many_ways() {
    for text in ["7%", "7.0%", "7.00 %", "0.07", "0.0700", "7/100", "14/200", " 7% "] {
        assert_eq!(text.parse::<Ratio>().unwrap(), Ratio::new(7, 100).unwrap(), "{text}");
    }
    assert_eq!("3.25%".parse::<Ratio>().unwrap(), Ratio::new(13, 400).unwrap());
    assert_eq!("20".parse::<Ratio>().unwrap(), Ratio::from(20));
}

#[test]
fn a_ratio_prints_as_it_was_written_in_lowest_terms() {
    for (text, printed) in [
        ("7%", "7%"),
        ("7.50%", "7.5%"),
        ("0.070", "0.07"),
        ("14/200", "7/100"),
        ("6/3", "2"),
        ("100%", "100%"),
        ("0.000000000000000001", "0.000000000000000001"),
    ] {
        assert_eq!(text.parse::<Ratio>().unwrap().to_string(), printed);
    }
}

#[test]
fn what_is_no_ratio_is_refused_with_its_text_and_the_reason() {
    for (text, reason) in [
        ("", "is written like"),
        ("%", "is written like"),
        ("7%%", "is written like"),
        ("7,5%", "is written like"),
        ("7.5.1", "is written like"),
        (".5", "is written like"),
        ("7.", "is written like"),
        ("+7", "is written like"),
        ("7e2", "is written like"),
        ("seven", "is written like"),
        ("1/2%", "is written like"),
        ("1/2/3", "is written like"),
        ("1 000", "is written like"),
        ("٧%", "is written like"),
        ("-3", "negative"),
        ("-3%", "negative"),
        ("1/0", "divides by zero"),
        ("18446744073709551616", "64 bits"),
        ("1/18446744073709551616", "64 bits"),
        ("0.00000000000000000000000000000000000000001", "64 bits"),
    ] {
        let error = text.parse::<Ratio>().unwrap_err().to_string();
        assert!(error.contains(reason) && error.contains(&format!("{text:?}")), "{text}: {error}");
    }
    assert!(Ratio::new(1, 0).is_err());
}

proptest! {
    #[test]
    fn whatever_parses_prints_and_parses_back(numerator: u64, denominator in 1_u64.., percent in 0_u64..1_000_000) {
        let fraction = Ratio::new(numerator, denominator).unwrap();
        prop_assert_eq!(fraction.to_string().parse::<Ratio>().unwrap(), fraction);
        let percent: Ratio = format!("{}.{:04}%", percent / 10_000, percent % 10_000).parse().unwrap();
        prop_assert_eq!(percent.to_string().parse::<Ratio>().unwrap(), percent);
        prop_assert!(percent.to_string().ends_with('%'));
    }

    #[test]
    fn ratios_order_as_fractions_do(a: u64, b in 1_u64.., c: u64, d in 1_u64..) {
        let (left, right) = (Ratio::new(a, b).unwrap(), Ratio::new(c, d).unwrap());
        let exact = (u128::from(a) * u128::from(d)).cmp(&(u128::from(c) * u128::from(b)));
        prop_assert_eq!(left.cmp(&right), exact);
        prop_assert_eq!(left.compare_part(c.into(), d.into()), exact.reverse());
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,12}", digits in "[0-9./%-]{0,50}") {
        let _ = text.parse::<Ratio>();
        let _ = digits.parse::<Ratio>();
    }
}
