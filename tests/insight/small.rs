//! Small elections with ties, zeros, thresholds and bounds in plenty, from a seed, to be searched by brute force.

use super::numbers::Numbers;
use apportion::rule::{Overhang, Placement, Seats, Votes};
use apportion::{
    Alliance, AllocationMethod, Base, Bonus, Cap, Count, Divisors, Excess, Level, Party, Place, Quota, Ratio, Rounding,
    Rule, SeatsBy, Stage, Tally, Threshold, TieBreak, Tier,
};

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

pub(crate) fn method(n: &mut Numbers) -> AllocationMethod {
    let roundings = [Rounding::Exact, Rounding::Down, Rounding::Up, Rounding::Nearest, Rounding::Next];
    let divisors = [
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::modified_sainte_lague(ratio("7/5")).unwrap(),
        Divisors::DANISH,
        Divisors::IMPERIALI,
        Divisors::ADAMS,
        Divisors::DEAN,
        Divisors::HUNTINGTON_HILL,
        Divisors::stationary(ratio("1/3")).unwrap(),
        Divisors::power(ratio("9/10")).unwrap(),
        Divisors::MACAU,
        Divisors::custom([ratio("1"), ratio("3/2"), ratio("4")]).unwrap(),
    ];
    if n.one_in(2) {
        AllocationMethod::HighestAverages(n.pick(&divisors))
    } else if n.one_in(2) {
        AllocationMethod::LargestRemainder(n.pick(&Quota::ALL))
    } else {
        AllocationMethod::LargestRemainder(n.pick(&Quota::ALL).rounded(n.pick(&roundings)))
    }
}

fn threshold(n: &mut Numbers, depth: u32) -> Threshold {
    let bases = [Base::PartyVotes, Base::Valid, Base::ValidAndBlank, Base::Cast, Base::Registered];
    let shares = ["5%", "10%", "15%", "20%", "25%", "1/3"];
    let base = n.pick(&bases);
    let simple = match n.below(if depth == 0 { 8 } else { 6 }) {
        0..=2 => Threshold::share(ratio(n.pick(&shares))).of(base),
        3 => Threshold::votes(n.below(8)),
        4 => {
            let quota = n.pick(&Quota::ALL).rounded(n.pick(&[Rounding::Exact, Rounding::Down, Rounding::Next]));
            Threshold::quota(quota, ratio(n.pick(&["3/4", "1", "2", "1/2"]))).of(base)
        }
        5 => match n.below(3) {
            0 => Threshold::by_members([(1, ratio("10%")), (2, ratio("20%"))]).of(base),
            1 => Threshold::minority(),
            _ => Threshold::direct_seats(1),
        },
        6 => Threshold::any([threshold(n, 1), threshold(n, 1)]),
        _ => Threshold::all([threshold(n, 1), threshold(n, 1)]),
    };
    if n.one_in(4) { simple.strict() } else { simple }
}

/// A rule and a tally of up to four parties with few votes.
pub(crate) fn election(seed: u64) -> (Rule, Tally) {
    let n = &mut Numbers(seed);
    let parties = 2 + n.below(3);
    let most = 1 + n.pick(&[4_u64, 9, 14]);
    let bounded = n.one_in(4);
    let mut votes = Vec::new();
    for index in 0..parties {
        let mut party = Party::new(["A", "B", "C", "D"][usize::try_from(index).unwrap()]);
        if bounded && n.one_in(3) {
            party = party.with_minimum(n.below(3));
        }
        if bounded && n.one_in(3) {
            let most = party.minimum() + n.below(4);
            party = party.with_maximum(most);
        }
        if bounded && n.one_in(3) {
            party = party.with_held(n.below(3));
        }
        if n.one_in(6) {
            party = party.with_members(2);
        }
        if n.one_in(8) {
            party = party.as_minority();
        }
        if n.one_in(8) {
            party = party.with_direct_seats(1);
        }
        votes.push((party, n.below(most)));
    }
    let mut tally = Tally::from_votes(votes).unwrap().with_registered(80);
    if n.one_in(3) {
        tally = tally.with_invalid(n.below(4)).with_blank(n.below(3));
    }
    if n.one_in(4) {
        tally = tally.with_other(n.below(4)).with_against_all(n.below(3));
    }
    if n.one_in(5) {
        tally = tally.with_cast(70 + n.below(5));
    }
    let mut rule = Rule::new(method(n), n.below(9));
    if n.one_in(3) {
        rule = rule.vacancies();
    }
    if n.one_in(2) {
        rule = rule.threshold(threshold(n, 0));
    }
    if n.one_in(4) {
        rule = rule.admit_at_least(usize::try_from(n.below(4)).unwrap());
    }
    if n.one_in(4) {
        rule = rule.quota_base(n.pick(&[Base::PartyVotes, Base::Valid, Base::Cast, Base::Registered]));
    }
    if n.one_in(3) {
        rule = rule.excess(Excess::SmallestRemainders);
    }
    if n.one_in(3) {
        let drawn = TieBreak::Drawn(vec!["C".into(), "A".into()]);
        let drawn = if parties > 2 { drawn } else { TieBreak::ListOrder };
        let chains = [
            vec![TieBreak::MostVotes],
            vec![TieBreak::FewestVotes],
            vec![TieBreak::ListOrder],
            vec![drawn.clone()],
            vec![TieBreak::FewestVotes, drawn],
        ];
        rule = rule.tie_break(n.pick(&chains));
    }
    (rule, tally)
}

/// A law of one place with provisions beside the method, or of several places, flat or in tiers; and a count.
pub(crate) fn law(seed: u64) -> (Rule, Count) {
    let n = &mut Numbers(seed);
    if n.one_in(3) {
        return one_place(n, seed);
    }
    let kind = n.below(6);
    let places = 2 + n.below(2);
    let mut all = Vec::new();
    for at in 0..places {
        let tally = votes(n, 3, 14);
        let name = ["North", "South", "West"][usize::try_from(at).unwrap()];
        let seats = 1 + n.below(4);
        let place = Place::district(name, tally);
        all.push(if kind == 1 { place } else { place.with_seats(seats).with_room("levelling", 1 + n.below(2)) });
    }
    let mut count = Count::of_places(all).unwrap();
    if kind < 2 && n.one_in(3) {
        count = count.with_alliances([Alliance::new(["B", "C"])]);
    }
    let seats: u64 = count.places().iter().filter_map(|place| place.seats).sum();
    let method = method(n);
    let national = Threshold::share(ratio(n.pick(&["10%", "20%"]))).at(Level::Nation);
    let rule = match kind {
        0 => {
            let rule = Rule::new(method, seats);
            if n.one_in(2) { rule.threshold(national) } else { rule.threshold(threshold(n, 1)) }
        }
        1 => Rule::new(method, 4 + n.below(5)).seats_by(SeatsBy::new(self::method(n), Base::Valid).minimum(1)),
        2 => {
            let overhang = n.pick(&[Overhang::Exclude, Overhang::Keep, Overhang::ExcludeMet, Overhang::Return]);
            let places = Placement::within(Level::District);
            let places = match n.below(3) {
                0 => places.method(AllocationMethod::SAINTE_LAGUE).per_seat().room("levelling"),
                1 => places.method(AllocationMethod::D_HONDT),
                _ => places.method(AllocationMethod::HARE),
            };
            let rooms: u64 = count.places().iter().filter_map(|place| place.room("levelling")).sum();
            let top_up = Tier::top_up(divisors(n), seats + rooms).threshold(national).overhang(overhang);
            Rule::of_tiers([Tier::new(divisors(n)), if n.one_in(3) { top_up } else { top_up.placed(places) }])
        }
        3 => Rule::of_tiers([
            Tier::new(AllocationMethod::LargestRemainder(n.pick(&[
                Quota::HARE,
                Quota::HAGENBACH_BISCHOFF,
                Quota::DROOP,
            ])))
            .partial(),
            Tier::new(divisors(n)).at(Level::Nation).seats(Seats::Left).votes(n.pick(&[Votes::Unused, Votes::Cast])),
        ]),
        4 => Rule::of_tiers([Tier::new(divisors(n)), Tier::continued(divisors(n), 2 + n.below(4)).at(Level::Nation)]),
        _ => Rule::of_tiers([
            Tier::new(method),
            Tier::new(self::method(n)).at(Level::Nation).seats(Seats::Fixed(2 + n.below(4))).threshold(national),
        ]),
    };
    (rule, count)
}

/// A law of one place with a provision beside the method, and lists that stand together.
fn one_place(n: &mut Numbers, seed: u64) -> (Rule, Count) {
    let (rule, tally) = election(seed ^ 0xabcd);
    let rule = match n.below(7) {
        0 => rule.bonus(Bonus::new(1).from(ratio("30%")).step(ratio("20%"), 3)),
        1 => rule.cap(Cap::new(ratio("5%"))),
        2 => rule.second_list(2, ratio("1/2"), n.below(2)),
        3 => rule.admitted_share(ratio("60%"), Base::Valid),
        4 => rule.all_if_none_passes(),
        5 => rule.with_method(AllocationMethod::Stages(vec![
            Stage::whole_quotas(Quota::DROOP),
            Stage::largest_remainders().total(2),
            Stage::highest_averages(Divisors::D_HONDT).only_with_seats(1),
            Stage::highest_averages(Divisors::D_HONDT),
        ])),
        _ => rule,
    };
    let count = Count::from(tally);
    (rule, if n.one_in(2) { count.with_alliances([Alliance::new(["A", "B"])]) } else { count })
}

fn divisors(n: &mut Numbers) -> AllocationMethod {
    AllocationMethod::HighestAverages(n.pick(&[
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::modified_sainte_lague(ratio("7/5")).unwrap(),
    ]))
}

fn votes(n: &mut Numbers, parties: usize, most: u64) -> Tally {
    let votes: Vec<(&str, u64)> = ["A", "B", "C"][..parties].iter().map(|&name| (name, n.below(most))).collect();
    Tally::from_votes(votes).unwrap().with_registered(80)
}

/// The count with so many ballots fewer for one party in one place, and more for another there.
pub(crate) fn changed_in(count: &Count, place: usize, from: Option<usize>, to: Option<usize>, ballots: u64) -> Count {
    if count.places().is_empty() {
        let tally = changed(&count.nation().tally, from, to, ballots);
        return Count::from(tally).with_alliances(count.alliances().to_vec());
    }
    let mut places = count.places().to_vec();
    places[place].tally = changed(&places[place].tally, from, to, ballots);
    Count::of_places(places).unwrap().with_alliances(count.alliances().to_vec())
}

/// The same kind of election with so many times the votes, and a few beside.
pub(crate) fn grown(seed: u64, factor: u64) -> (Rule, Tally) {
    let (rule, tally) = election(seed);
    let n = &mut Numbers(seed);
    let grow = |votes: u128| u64::try_from(votes).unwrap() * factor;
    let votes =
        tally.iter().map(|(party, votes)| (party.clone(), grow(votes) + if votes > 0 { n.below(factor) } else { 0 }));
    let grown = Tally::from_votes(votes).unwrap().with_registered(80 * factor);
    (rule, grown.with_invalid(grow(tally.invalid())).with_blank(grow(tally.blank())).with_other(grow(tally.other())))
}

/// The same ballots with so many fewer for one party and more for another.
pub(crate) fn changed(tally: &Tally, from: Option<usize>, to: Option<usize>, ballots: u64) -> Tally {
    let votes = tally.iter().enumerate().map(|(at, (party, votes))| {
        let mut votes = u64::try_from(votes).unwrap();
        votes -= if from == Some(at) { ballots } else { 0 };
        votes += if to == Some(at) { ballots } else { 0 };
        (party.clone(), votes)
    });
    let small = |number: u128| u64::try_from(number).unwrap();
    let mut changed = Tally::from_votes(votes)
        .unwrap()
        .with_blank(small(tally.blank()))
        .with_invalid(small(tally.invalid()))
        .with_against_all(small(tally.against_all()))
        .with_other(small(tally.other()))
        .with_registered(small(tally.registered().unwrap()));
    if let Some(cast) = tally.cast() {
        let (less, more) = (if from.is_some() { ballots } else { 0 }, if to.is_some() { ballots } else { 0 });
        changed = changed.with_cast(small(cast) + more - less);
    }
    changed
}

/// The tally with ballots more: by party, then for others, against all, blank and invalid.
pub(crate) fn completed(tally: &Tally, more: &[u64]) -> Tally {
    let small = |number: u128| u64::try_from(number).unwrap();
    let parties = tally.parties().len();
    let votes = tally.iter().zip(more).map(|((party, votes), more)| (party.clone(), small(votes) + more));
    let mut completed = Tally::from_votes(votes)
        .unwrap()
        .with_other(small(tally.other()) + more[parties])
        .with_against_all(small(tally.against_all()) + more[parties + 1])
        .with_blank(small(tally.blank()) + more[parties + 2])
        .with_invalid(small(tally.invalid()) + more[parties + 3]);
    if let Some(registered) = tally.registered() {
        completed = completed.with_registered(small(registered));
    }
    if let Some(cast) = tally.cast() {
        completed = completed.with_cast(small(cast) + more.iter().sum::<u64>());
    }
    completed
}

/// Every way in which so many ballots spread over so many places.
pub(crate) fn spreads(ballots: u64, places: usize) -> Vec<Vec<u64>> {
    if places == 1 {
        return vec![vec![ballots]];
    }
    let mut all = Vec::new();
    for first in 0..=ballots {
        for mut rest in spreads(ballots - first, places - 1) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}
