//! Consolation: a seat beyond the tier's own for each party that takes part and would have none. No law has it.

use super::{Given, Unit, without_ties};
use crate::rule::session::{Halt, Session};
use crate::rule::trace::{ConsolationRecord, Record};

/// One seat more for each party that takes part and got none; a tie that decides who got none is asked about first.
pub(crate) fn apply(session: &mut Session<'_>, unit: &Unit, given: Given) -> Result<Given, Halt> {
    if !session.tier().consolation {
        return Ok(given);
    }
    let matters = given.ties.iter().flat_map(crate::Tie::parties).any(|&at| given.seats[at] == 0);
    let mut given = if matters { without_ties(session, unit, given)? } else { given };
    for at in unit.admitted().into_iter().filter(|&at| given.seats[at] == 0).collect::<alloc::vec::Vec<_>>() {
        given.seats[at] = 1;
        let party = unit.parties[at];
        session.trace.push(Record::Consolation(ConsolationRecord { tier: session.tier, place: unit.place, party }));
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use crate::{AllocationMethod, Rule, Tally};

    #[test]
    fn a_party_without_a_seat_gets_one_beyond_the_house() {
        let tally = Tally::from_votes([("A", 90), ("B", 10)]).unwrap();
        let law = Rule::new(AllocationMethod::D_HONDT, 4).consolation();
        let outcome = law.apply(&tally).unwrap();
        assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(4), Some(1)));
        assert_eq!(Rule::new(AllocationMethod::D_HONDT, 4).apply(&tally).unwrap().seats("B"), Some(0));
        // A house of ten gives B its seat, and nothing is added.
        assert_eq!(Rule::new(AllocationMethod::D_HONDT, 10).consolation().apply(&tally).unwrap().seats("A"), Some(9));
        assert!(outcome.explain().to_string().contains("B has no seat"));
        assert!(law.to_string().contains("a seat for who has none"));
        assert_eq!(outcome.verify(&law, &tally).unwrap(), crate::insight::Verdict::Correct);
    }

    #[test]
    fn a_tie_between_parties_without_seats_is_asked_about_first() {
        let tally = Tally::from_votes([("A", 5), ("B", 5)]).unwrap();
        let outcome = Rule::new(AllocationMethod::D_HONDT, 1).consolation().apply(&tally).unwrap();
        assert_eq!((outcome.seats("A"), outcome.seats("B")), (Some(1), Some(1)));
    }
}
