//! Who stands in a place, and where in the order of its tally.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::figures::check_name;
use super::party::Party;

/// The parties of a tally in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Stand {
    parties: Vec<Party>,
    /// By the name of a party.
    places: BTreeMap<Arc<str>, usize>,
    /// How many of them have bounds, or names that a law refuses: counted, so that it does not depend on how they came.
    special: usize,
}

impl Stand {
    pub(super) fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// The position of a party, if it stands.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Whether no party has bounds, and all have names that a law takes.
    #[cfg(feature = "std")]
    pub(super) const fn is_plain(&self) -> bool {
        self.special == 0
    }

    /// Enters a party whose name nobody has, and answers with its position.
    pub(super) fn enter(&mut self, party: Party) -> usize {
        let index = self.parties.len();
        self.places.insert(party.shared_name(), index);
        self.special += usize::from(is_special(&party));
        self.parties.push(party);
        index
    }

    /// Puts another party of the same name in the place of one.
    pub(super) fn replace(&mut self, index: usize, party: Party) {
        self.special += usize::from(is_special(&party));
        let before = core::mem::replace(&mut self.parties[index], party);
        self.special -= usize::from(is_special(&before));
    }
}

fn is_special(party: &Party) -> bool {
    party.is_bound() || check_name(party.name()).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_special_by_bounds_and_by_its_name_for_as_long_as_it_has_them() {
        let mut stand = Stand::default();
        stand.enter(Party::new("A"));
        assert_eq!(stand.special, 0);
        for (index, party) in [Party::new("B").with_minimum(1), Party::new("C").with_held(1), Party::new("D\u{7}")]
            .into_iter()
            .enumerate()
        {
            assert_eq!(stand.enter(party), index + 1);
            assert_eq!(stand.special, index + 1);
        }
        stand.replace(0, Party::new("A").with_held(2));
        assert_eq!(stand.special, 4);
        stand.replace(0, Party::new("A").with_maximum(3));
        assert_eq!(stand.special, 4);
        stand.replace(0, Party::new("A"));
        assert_eq!(stand.special, 3);
    }

    #[test]
    fn parties_that_are_alike_are_equal_however_they_came() {
        let (mut entered, mut replaced) = (Stand::default(), Stand::default());
        entered.enter(Party::new("A"));
        replaced.enter(Party::new("A").with_held(1));
        assert_ne!(entered, replaced);
        replaced.replace(0, Party::new("A"));
        assert_eq!(entered, replaced);
    }
}
