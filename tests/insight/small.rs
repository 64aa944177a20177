//! Small elections with ties, zeros, thresholds and bounds in plenty, from a seed, to be searched by brute force.

use apportion::{
    AllocationMethod, Base, Divisors, Excess, Party, Quota, Ratio, Rounding, Rule, Tally, Threshold, TieBreak,
};

/// A generator of numbers (SplitMix64), so that a seed names an election.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    pub(crate) fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()].clone()
    }

    pub(crate) fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }
}

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
    if n.chance(2) {
        AllocationMethod::HighestAverages(n.pick(&divisors))
    } else if n.chance(2) {
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
    if n.chance(4) { simple.strict() } else { simple }
}

/// A rule and a tally of up to four parties with few votes.
pub(crate) fn election(seed: u64) -> (Rule, Tally) {
    let n = &mut Numbers::new(seed);
    let parties = 2 + n.below(3);
    let most = 1 + n.pick(&[4_u64, 9, 14]);
    let bounded = n.chance(4);
    let mut votes = Vec::new();
    for index in 0..parties {
        let mut party = Party::new(["A", "B", "C", "D"][usize::try_from(index).unwrap()]);
        if bounded && n.chance(3) {
            party = party.with_minimum(n.below(3));
        }
        if bounded && n.chance(3) {
            let most = party.minimum() + n.below(4);
            party = party.with_maximum(most);
        }
        if bounded && n.chance(3) {
            party = party.with_held(n.below(3));
        }
        if n.chance(6) {
            party = party.with_members(2);
        }
        if n.chance(8) {
            party = party.as_minority();
        }
        if n.chance(8) {
            party = party.with_direct_seats(1);
        }
        votes.push((party, n.below(most)));
    }
    let mut tally = Tally::from_votes(votes).unwrap().with_registered(80);
    if n.chance(3) {
        tally = tally.with_invalid(n.below(4)).with_blank(n.below(3));
    }
    if n.chance(4) {
        tally = tally.with_other(n.below(4)).with_against_all(n.below(3));
    }
    if n.chance(5) {
        tally = tally.with_cast(70 + n.below(5));
    }
    let mut rule = Rule::new(method(n), n.below(9));
    if n.chance(3) {
        rule = rule.vacancies();
    }
    if n.chance(2) {
        rule = rule.threshold(threshold(n, 0));
    }
    if n.chance(4) {
        rule = rule.admit_at_least(usize::try_from(n.below(4)).unwrap());
    }
    if n.chance(4) {
        rule = rule.quota_base(n.pick(&[Base::PartyVotes, Base::Valid, Base::Cast, Base::Registered]));
    }
    if n.chance(3) {
        rule = rule.excess(Excess::SmallestRemainders);
    }
    if n.chance(3) {
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

/// The same kind of election with so many times the votes, and a few beside.
pub(crate) fn grown(seed: u64, factor: u64) -> (Rule, Tally) {
    let (rule, tally) = election(seed);
    let n = &mut Numbers::new(seed);
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
