//! The votes that a quota is taken of, as documents write them: `"admitted"`, or a base.

use crate::base::Base;

/// The votes that a quota is taken of.
#[derive(Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum QuotaBase {
    #[default]
    Admitted,
    PartyVotes,
    Valid,
    ValidAndBlank,
    Cast,
    Registered,
}

impl QuotaBase {
    const PAIRS: [(Self, Base); 5] = [
        (Self::PartyVotes, Base::PartyVotes),
        (Self::Valid, Base::Valid),
        (Self::ValidAndBlank, Base::ValidAndBlank),
        (Self::Cast, Base::Cast),
        (Self::Registered, Base::Registered),
    ];

    pub(super) fn read(self) -> Option<Base> {
        Self::PAIRS.iter().find(|(written, _)| *written == self).map(|&(_, base)| base)
    }

    pub(super) fn write(base: Option<Base>) -> Self {
        Self::PAIRS.iter().find(|(_, known)| Some(*known) == base).map_or(Self::Admitted, |&(written, _)| written)
    }
}
