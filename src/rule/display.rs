//! Laws in the words of a statute.

use core::fmt;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::provisions::admission::NonePasses;
use super::provisions::overhang::{Need, Outsiders, Overhang};
use super::provisions::placement::{Factor, Order, Placement, Room, What};
use super::tier::{Kind, Seats, Tier, Votes};
use super::{Direct, Exhaustion, Fragments, Rule};
use crate::method::Excess;
use crate::num::text::grouped;

impl fmt::Display for Rule {
    /// One sentence a tier: "98 seats by Hare quota with largest remainders; taking part: 7% of valid votes".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, tier) in self.tiers().iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            if self.tiers().len() > 1 {
                write!(f, "{}. ", index + 1)?;
            }
            if let Some(name) = &tier.name {
                write!(f, "{name}: ")?;
            }
            let house =
                self.seats().filter(|_| tier.seats == Seats::OfPlace && (index == 0 || tier.seats_by.is_some()));
            if let Some(seats) = house {
                write!(f, "{} seat{} by ", grouped(seats), if seats == 1 { "" } else { "s" })?;
            }
            write!(f, "{tier}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clauses().join("; "))
    }
}

impl Tier {
    /// What the tier says, clause by clause.
    fn clauses(&self) -> Vec<String> {
        let mut all = Vec::from([self.opening()]);
        let mut say = |clause: Option<String>| all.extend(clause);
        say(self.seats_by.as_ref().map(|by| {
            let least = if by.min > 0 { alloc::format!(", at least {} each", by.min) } else { String::new() };
            alloc::format!("seats to places by {} over {}{least}", by.method, by.of)
        }));
        say(self.threshold.as_ref().map(|threshold| alloc::format!("taking part: {threshold}")));
        say((self.admit_at_least.parties > 0).then(|| {
            let second = self.admit_at_least.second_list.map(|(weight, minimum)| {
                alloc::format!(", the next counting at {weight} with at least {minimum} seats")
            });
            alloc::format!("at least {} parties{}", self.admit_at_least.parties, second.unwrap_or_default())
        }));
        say(self
            .admitted_share
            .map(|share| alloc::format!("the admitted hold at least {} of {}", share.share, share.of)));
        say((self.none_passes == NonePasses::All).then(|| "everyone if nobody passes".to_string()));
        say((self.votes == Votes::Unused).then(|| "by votes that bought no seat before".to_string()));
        say(self.fragments.map(|fragments| match fragments {
            Fragments::Losers => "with the votes of losing candidates".to_string(),
            Fragments::LosersAndSurplus => "with the votes of losing candidates and the surplus of winners".to_string(),
        }));
        say(self.spare_votes.then(|| "ballots move on to the first admitted party".to_string()));
        say(self.quota_base.map(|base| alloc::format!("the quota is of {base}")));
        say(self.quota_at.map(|level| alloc::format!("the quota is that of the {level}")));
        say(self.partial.then(|| "whole quotas alone, the rest is left".to_string()));
        say((self.excess == Excess::SmallestRemainders).then(|| "too many: the smallest remainders lose".to_string()));
        say(self.bonus.as_ref().map(|bonus| alloc::format!("a bonus of {} seats for the first", bonus.seats)));
        say(self.cap.as_ref().map(|cap| alloc::format!("no more than the share of votes and {}", cap.points)));
        say(self
            .majority
            .as_ref()
            .map(|_| "more than half of the votes bring more than half of the seats".to_string()));
        say((self.exhaustion == Exhaustion::Reassign)
            .then(|| "seats beyond the candidates go to other lists".to_string()));
        say(self.alliance_method.as_ref().map(|method| alloc::format!("inside alliances by {method}")));
        say(overhang(&self.overhang));
        say((self.outsiders == Outsiders::Keep).then(|| "of the whole house, whoever else holds seats".to_string()));
        say(self
            .link
            .map(|link| alloc::format!("closing {} of the gap to the share of {} seats", link.share, link.house)));
        say(self.provisional.then(|| "only to compare with".to_string()));
        say(self.vacancies.then(|| "seats that nobody may take stay vacant".to_string()));
        all.extend(self.place.steps().iter().map(ToString::to_string));
        let breaks: Vec<String> = self.tie_break.iter().map(ToString::to_string).collect();
        all.extend((!breaks.is_empty()).then(|| alloc::format!("ties: {}", breaks.join(", then "))));
        all
    }

    /// Seats, kind, level and method.
    fn opening(&self) -> String {
        let seats = match (self.seats, self.kind) {
            (Seats::OfPlace, _) => String::new(),
            (Seats::Fixed(seats), Kind::TopUp) => alloc::format!("a house of {} seats ", grouped(seats)),
            (Seats::Fixed(seats), _) => alloc::format!("{} seats ", grouped(seats)),
            (Seats::Left, _) => "the seats left ".to_string(),
        };
        let level = self.at.map(|level| alloc::format!("in each {level} ")).unwrap_or_default();
        let level = if level == "in each nation " { "in the nation ".to_string() } else { level };
        let by = if seats.is_empty() && level.is_empty() { "" } else { "by " };
        let kind = match self.kind {
            Kind::Parallel => "",
            Kind::Continue => ", going on from the seats held",
            Kind::TopUp => ", less the seats held",
            Kind::Linked => ", linked to the seats held",
        };
        alloc::format!("{seats}{level}{by}{}{kind}", self.method)
    }
}

/// What happens to who holds more than its target.
fn overhang(overhang: &Overhang) -> Option<String> {
    let text = match overhang {
        Overhang::Error => return None,
        Overhang::Keep => "who holds more keeps it, and the house grows".to_string(),
        Overhang::Exclude => "who holds more keeps it and leaves, the others share the rest".to_string(),
        Overhang::ExcludeMet => {
            "who holds as many or more keeps them and leaves, the others share the rest".to_string()
        }
        Overhang::Return => "who holds more gives seats back".to_string(),
        Overhang::Level(level) => {
            let need = match (&level.of, level.by) {
                (None, _) => "what is held".to_string(),
                (Some(tier), Need::Greater) => alloc::format!("the greater of what is held and {tier}"),
                (Some(tier), Need::Mean) => alloc::format!("the mean of what is held and {tier}"),
            };
            let but =
                if level.unlevelled > 0 { alloc::format!(" but {} seats", level.unlevelled) } else { String::new() };
            alloc::format!("the house grows until shares cover {need}{but}")
        }
    };
    Some(text)
}

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            What::New => write!(f, "placed in {}s", self.level)?,
            What::All => write!(f, "the whole target is placed in {}s", self.level)?,
        }
        if let Some(settle) = &self.settle {
            return write!(f, " by local quotas, {}", settle.words());
        }
        if let Some(method) = &self.method {
            write!(f, " by {method}")?;
        }
        if self.by.is_some() {
            f.write_str(" by unused votes")?;
        }
        f.write_str(match self.per {
            Factor::Votes => "",
            Factor::Share => " over the place's votes",
            Factor::Seat => " over the votes for a seat of the place",
            Factor::Quota => " over the place's quota",
        })?;
        match &self.room {
            Room::Any => {}
            Room::Seats(seats) => write!(f, ", at most {seats} each")?,
            Room::Named(name) => write!(f, ", as many as {name} says")?,
            Room::Left => f.write_str(", as many as were left")?,
        }
        if self.order == Order::Seats {
            f.write_str(", in the order won")?;
        }
        if self.what == What::All {
            f.write_str(match self.direct {
                Direct::Keep => ", seats held beyond it stay",
                Direct::Minimum => ", at least the seats held",
                Direct::Cover => ", which covers the winners or not",
            })?;
        }
        Ok(())
    }
}
