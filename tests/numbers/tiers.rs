//! Random laws of one or two tiers, and counts for them.

use apportion::rule::{Direct, Factor, Overhang, Placement, Seats};
use apportion::{
    Alliance, AllocationMethod, Count, Divisors, Level, Party, Place, Quota, Rule, Stage, Tally, Threshold, TieBreak,
    Tier,
};

use super::numbers::Numbers;

pub(crate) fn method(n: &mut Numbers) -> AllocationMethod {
    let modified = Divisors::modified_sainte_lague("7/5".parse().unwrap()).unwrap();
    n.pick(&[
        AllocationMethod::D_HONDT,
        AllocationMethod::D_HONDT,
        AllocationMethod::SAINTE_LAGUE,
        AllocationMethod::SAINTE_LAGUE,
        AllocationMethod::HighestAverages(modified),
        AllocationMethod::DANISH,
        AllocationMethod::HUNTINGTON_HILL,
        AllocationMethod::HARE,
        AllocationMethod::HARE,
        AllocationMethod::DROOP,
        AllocationMethod::Stages(vec![Stage::whole_quotas(Quota::HARE), Stage::highest_averages(Divisors::D_HONDT)]),
    ])
}

fn threshold(n: &mut Numbers, tiers_before: bool) -> Option<Threshold> {
    let share = |text: &str| Threshold::share(text.parse().unwrap());
    let quota = Threshold::quota(Quota::HARE, "1/2".parse().unwrap());
    Some(match n.below(14) {
        0 => share("10%"),
        1 => share("25%").strict(),
        2 => share("20%").at(Level::Nation),
        3 => Threshold::any([share("15%").at(Level::Nation), share("40%")]),
        4 => Threshold::any([share("30%"), Threshold::direct_seats(1)]),
        5 if tiers_before => Threshold::any([share("30%"), Threshold::seats(1)]),
        6 => Threshold::in_places(2, Level::District, share("30%")),
        7 => Threshold::any([Threshold::in_places(1, Level::District, quota), share("60%")]),
        8 => Threshold::by_members([(1, "10%".parse().unwrap()), (2, "30%".parse().unwrap())]),
        9 => Threshold::all([Threshold::votes(3), Threshold::votes(4).strict().at(Level::Nation)]),
        _ => return None,
    })
}

/// A tally of some of five parties, with few votes, many, or more than floats tell apart.
pub(crate) fn tally(n: &mut Numbers, size: u64, direct: bool) -> Tally {
    let mut parties: Vec<(Party, u64)> = Vec::new();
    for name in ["A", "B", "C", "D", "E"] {
        if n.one_in(4) && !(name == "E" && parties.is_empty()) {
            continue;
        }
        let mut party = Party::new(name).with_members(if name == "B" { 2 } else { 1 });
        if direct && n.one_in(5) {
            party = party.with_direct_seats(1 + n.below(2));
        }
        parties.push((party, n.below(size)));
    }
    Tally::from_votes(parties).unwrap().with_other(n.below(4))
}

pub(crate) fn count(n: &mut Numbers) -> Count {
    let size = n.pick(&[4, 12, 1_000, 1 << 55]);
    let direct = n.one_in(3);
    let regions = n.below(3);
    let mut places: Vec<Place> = (0..regions).map(|at| Place::region(format!("R{at}")).with_room("extra", 2)).collect();
    for at in 0..2 + n.below(3) {
        let tally = tally(n, size, direct);
        let place = Place::district(format!("D{at}"), tally).with_seats(n.below(5)).with_room("extra", 1 + n.below(2));
        places.push(if regions > 0 { place.within(format!("R{}", at % regions)) } else { place });
    }
    let count = Count::of_places(places).unwrap();
    if n.one_in(5) { count.with_alliances([Alliance::new(["A", "B"])]) } else { count }
}

fn placement(n: &mut Numbers, level: Level) -> Placement {
    let step = Placement::within(level).method(method(n));
    let step = if n.one_in(2) { step.room("extra") } else { step };
    step.per(n.pick(&[Factor::Votes, Factor::Votes, Factor::Share, Factor::Seat, Factor::Quota]))
}

/// A tier with a threshold, repairs of it, and tie-breaks.
pub(crate) fn first_tier(n: &mut Numbers) -> Tier {
    let mut first = Tier::new(method(n));
    if let Some(threshold) = threshold(n, false) {
        first = first.threshold(threshold);
    }
    if n.one_in(4) {
        first = first.admit_at_least(1 + usize::try_from(n.below(3)).unwrap());
    }
    if n.one_in(5) {
        first = first.all_if_none_passes();
    }
    if n.one_in(5) {
        first = first.admitted_share("70%".parse().unwrap(), apportion::Base::Valid);
    }
    if n.one_in(3) {
        first = first.tie_break(n.pick(&[vec![TieBreak::MostVotes], vec![TieBreak::MostVotes, TieBreak::ListOrder]]));
    }
    first
}

/// A law of one or two tiers for such a count.
pub(crate) fn law(n: &mut Numbers, regions: bool) -> Rule {
    let first = first_tier(n);
    if n.one_in(4) {
        let seats = 6 + n.below(8);
        let mut whole = Tier::top_up(n.pick(&[AllocationMethod::SAINTE_LAGUE, AllocationMethod::HARE]), seats);
        whole = whole.at(Level::Nation);
        if let Some(threshold) = threshold(n, false) {
            whole = whole.threshold(threshold);
        }
        let step = Placement::within(Level::District).method(method(n));
        return Rule::of_tiers([whole.placed(step.whole_target(n.pick(&[
            Direct::Keep,
            Direct::Cover,
            Direct::Minimum,
        ])))]);
    }
    let seats = 4 + n.below(14);
    let mut second = match n.below(4) {
        0 => Tier::continued(n.pick(&[AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE]), 1 + n.below(4)),
        1 => Tier::new(method(n)).seats(Seats::Fixed(n.below(5))).at(Level::Nation),
        _ => {
            let tier = Tier::top_up(method(n), seats).overhang(n.pick(&[
                Overhang::Error,
                Overhang::Keep,
                Overhang::Exclude,
                Overhang::Exclude,
                Overhang::ExcludeMet,
            ]));
            if n.one_in(3) { tier.keep_outsiders() } else { tier }
        }
    };
    if let Some(threshold) = threshold(n, true) {
        second = second.threshold(threshold);
    }
    if n.one_in(6) {
        second = second.second_list(2, "7/10".parse().unwrap(), 1);
    }
    match n.below(4) {
        0 => {}
        1 if regions => second = second.placed([placement(n, Level::Region), placement(n, Level::District)]),
        _ => second = second.placed(placement(n, Level::District)),
    }
    Rule::of_tiers([first, second])
}
