//! Ballots that change in several places while seats are placed by shares of them: comparisons that are quadratic in the ballots.

use apportion::insight::{Margins, Question};
use apportion::rule::{Factor, Placement, Room, Seats};
use apportion::{
    AllocationMethod, Base, Count, Divisors, Error, Level, Outcome, Place, Ratio, Rule, Tally, Threshold, TieBreak,
    Tier,
};

use super::margins::{Result, certain, moved, possible};
use super::numbers::Numbers;

const PARTIES: [&str; 3] = ["A", "B", "C"];
const PLACES: [&str; 3] = ["North", "South", "West"];

/// The ballots of one step: place, party and how many more or fewer.
type Step = Vec<(usize, usize, i64)>;

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

/// Votes by place and party, ballots for others, seats and room of each place.
#[derive(Clone, Debug)]
struct Ballots {
    votes: Vec<[u64; 3]>,
    others: Vec<u64>,
    seats: Vec<u64>,
    room: Vec<u64>,
}

impl Ballots {
    fn after(&self, step: &Step, steps: u64) -> Self {
        let mut then = self.clone();
        for &(place, party, ballots) in step {
            let votes = &mut then.votes[place][party];
            *votes = votes.checked_add_signed(ballots * i64::try_from(steps).unwrap()).unwrap();
        }
        then
    }

    /// The most steps that there are ballots for.
    fn most(&self, step: &Step) -> u64 {
        let fewer = step.iter().filter(|(.., ballots)| *ballots < 0);
        fewer
            .map(|&(place, party, ballots)| self.votes[place][party] / ballots.unsigned_abs())
            .min()
            .unwrap_or(u64::MAX)
    }

    fn count(&self) -> Count {
        let places = (0..self.votes.len()).map(|at| {
            let tally = Tally::from_votes(PARTIES.into_iter().zip(self.votes[at])).unwrap().with_other(self.others[at]);
            Place::district(PLACES[at], tally).with_seats(self.seats[at]).with_room("levelling", self.room[at])
        });
        Count::of_places(places).unwrap()
    }
}

/// The seats in a place, as a margin compares them; those of the nation if none is named.
fn seats(outcome: &std::result::Result<Outcome, Error>, place: Option<&str>) -> Result {
    let outcome = outcome.as_ref().ok()?;
    if !outcome.ways_complete() {
        return Some(PARTIES.iter().map(|_| (0, u64::MAX)).collect());
    }
    let of = |outcome: &Outcome, name: &str| match place {
        None => (outcome.certain(name).unwrap(), outcome.possible(name).unwrap()),
        Some(place) => {
            let place = outcome.at(place).unwrap();
            let open = place.ties().iter().filter(|tie| tie.parties().iter().any(|tied| tied == name)).count();
            let certain = place.certain(name).unwrap_or(0);
            (certain, certain + u64::try_from(open).unwrap())
        }
    };
    if outcome.ways().is_empty() {
        return Some(PARTIES.iter().map(|name| of(outcome, name)).collect());
    }
    let ends: Vec<&Outcome> = outcome.ways().iter().filter_map(|way| way.outcome().ok()).collect();
    let over = |name: &&str| {
        let all = || ends.iter().map(|end| of(end, name));
        Some((all().map(|seats| seats.0).min()?, all().map(|seats| seats.1).max()?))
    };
    PARTIES.iter().map(over).collect()
}

/// What was asked, and how it was answered.
#[derive(Default)]
struct Asked {
    proven: u64,
    doubted: u64,
    /// Doubted numbers that were not the fewest.
    too_many: u64,
    ended: u64,
    /// Proven numbers above zero.
    found: u64,
}

impl Asked {
    /// Compares an answer with what trying every number of steps finds, of up to `most`.
    fn compare(&mut self, question: &Question<'_, '_>, voters: u64, tried: Option<u64>, most: u64, what: &str) {
        let margin = match question.fewest() {
            Ok(margin) => margin,
            Err(Error::SearchEnded { up_to, .. }) => {
                assert!(tried.is_none_or(|tried| tried > up_to), "{what}: {tried:?}, not above {up_to}");
                self.ended += 1;
                return;
            }
            Err(error) => panic!("{what}: {error}"),
        };
        let steps = margin.as_ref().map(|margin| margin.votes() / voters).filter(|&steps| steps <= most);
        if margin.as_ref().is_none_or(|margin| margin.is_proven()) {
            assert_eq!(steps, tried, "{what}");
            self.proven += 1;
            self.found += u64::from(tried.is_some());
        } else {
            assert!(steps.is_none_or(|steps| tried.is_some_and(|tried| tried <= steps)), "{what}: {tried:?} {steps:?}");
            self.doubted += 1;
            self.too_many += u64::from(steps != tried);
        }
    }

    /// Asks about one line of ballots, for the seats of the nation and of each place.
    fn line(&mut self, rule: &Rule, ballots: &Ballots, (step, at_most): (&Step, u64), what: &str) {
        let count = ballots.count();
        let Ok(margins) = Margins::new(rule, &count) else { return };
        let most = ballots.most(step).min(at_most);
        // A further tier without seats: a tie of placing cannot stay open, so that every place's seats are known.
        let empty = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(0));
        let asking = Rule::of_tiers(rule.tiers().iter().cloned().chain([empty]));
        let all = |rule: &Rule| -> Vec<_> {
            (0..=most).map(|steps| rule.apply(&ballots.after(step, steps).count())).collect()
        };
        let (in_nation, in_places) = (all(rule), all(&asking));
        let ballots_in =
            |sign: i64| step.iter().filter(move |shift| shift.2 * sign > 0).map(|&(at, _, own)| (PLACES[at], own));
        let party = |sign: i64| PARTIES[step.iter().find(|shift| shift.2 * sign > 0).unwrap().1];
        let spread = |sign: i64| -> Vec<(&str, u32)> {
            ballots_in(sign).map(|(place, ballots)| (place, u32::try_from(ballots.unsigned_abs()).unwrap())).collect()
        };
        for place in std::iter::once(None).chain((0..ballots.votes.len()).map(|at| Some(PLACES[at]))) {
            let all = if place.is_some() { &in_places } else { &in_nation };
            let results: Vec<Result> = all.iter().map(|outcome| seats(outcome, place)).collect();
            let now = &results[0];
            let first = |does_it: &dyn Fn(&Result) -> bool| {
                (1..=most).find(|&steps| does_it(&results[usize::try_from(steps).unwrap()]))
            };
            let what = format!("{what}: {step:?} in {place:?}: {rule:?} {ballots:?}");
            let mut ask = |question: Question<'_, '_>, voters: u64, does_it: &dyn Fn(&Result) -> bool| {
                let question = if let Some(place) = place { question.seats_in(place) } else { question };
                self.compare(&question, voters, first(does_it), most, &what);
            };
            match (ballots_in(1).count(), ballots_in(-1).count()) {
                (_, 0) => {
                    let (name, voters) = (party(1), ballots_in(1).map(|own| own.1.unsigned_abs()).sum());
                    let at = PARTIES.iter().position(|own| *own == name).unwrap();
                    let gain = margins.gain(name).spread(spread(1));
                    let (had, might) = (certain(now, at), possible(now, at));
                    ask(gain.clone(), voters, &|then| certain(then, at) > had);
                    ask(gain.or_tie(), voters, &|then| certain(then, at) > had || possible(then, at) > might);
                }
                (0, _) => {
                    let (name, voters) = (party(-1), ballots_in(-1).map(|own| own.1.unsigned_abs()).sum());
                    let at = PARTIES.iter().position(|own| *own == name).unwrap();
                    let loss = margins.loss(name).spread(spread(-1));
                    let had = certain(now, at);
                    ask(loss.clone(), voters, &|then| possible(then, at) < had);
                    ask(loss.or_tie(), voters, &|then| certain(then, at) < had);
                }
                (1, 1) => {
                    let switch = margins.switch(party(-1), party(1));
                    let place = |sign: i64| ballots_in(sign).next().unwrap().0;
                    ask(switch.between(place(-1), place(1)), 1, &|then| moved(now, then));
                }
                _ => {
                    let voters = ballots_in(1).map(|own| own.1.unsigned_abs()).sum();
                    let switch = margins.switch(party(-1), party(1)).spread(spread(1));
                    ask(switch, voters, &|then| moved(now, then));
                }
            }
        }
    }

    fn print(&self) {
        let Self { proven, doubted, too_many, ended, found } = self;
        println!("{proven} proven ({found} with a number), {doubted} not ({too_many} too many), {ended} ended");
    }
}

fn divisors(n: &mut Numbers) -> AllocationMethod {
    let all = [
        Divisors::D_HONDT,
        Divisors::SAINTE_LAGUE,
        Divisors::modified_sainte_lague(ratio("7/5")).unwrap(),
        Divisors::DANISH,
        Divisors::stationary(ratio("1/3")).unwrap(),
    ];
    AllocationMethod::HighestAverages(n.pick(&all))
}

/// A step that places seats by shares of places, in one of the ways that laws have for it.
fn step(n: &mut Numbers) -> Placement {
    let method = match n.below(16) {
        0 | 1 => AllocationMethod::ADAMS,
        2 => AllocationMethod::HUNTINGTON_HILL,
        _ => divisors(n),
    };
    let step = Placement::within(Level::District).method(method);
    let step =
        step.per(n.pick(&[Factor::Votes, Factor::Share, Factor::Share, Factor::Seat, Factor::Seat, Factor::Quota]));
    let step = match n.below(4) {
        0 => step.with_room(Room::Seats(1 + n.below(3))),
        1 => step.room("levelling"),
        _ => step,
    };
    let step = if n.one_in(4) { step.in_order_won() } else { step };
    match n.below(8) {
        0 => step,
        1 => step.tie_break([TieBreak::MostVotes]),
        _ => step.tie_break([TieBreak::MostVotes, TieBreak::ListOrder]),
    }
}

/// A law that places seats, perhaps with more to come that hangs on where they are.
fn law(n: &mut Numbers, ballots: &Ballots) -> Rule {
    let seats: u64 = ballots.seats.iter().sum();
    let method = divisors(n);
    let nation = match n.below(4) {
        0 => Tier::new(method).at(Level::Nation).seats(Seats::Fixed(1 + n.below(5))),
        1 => Tier::top_up(method, seats + 1 + n.below(5)),
        _ => Tier::continued(method, 1 + n.below(5)).at(Level::Nation),
    };
    let nation = nation.placed(step(n));
    let nation = if n.one_in(4) {
        nation.threshold(Threshold::share(ratio(n.pick(&["10%", "20%"]))).of(Base::Valid).at(Level::Nation))
    } else {
        nation
    };
    let first = Tier::new(divisors(n));
    let first = if n.one_in(2) { first.tie_break([TieBreak::ListOrder]) } else { first };
    let mut tiers = vec![first, nation];
    if n.one_in(4) {
        tiers.remove(0);
    }
    if n.one_in(3) {
        tiers.push(Tier::continued(divisors(n), 1 + n.below(2)).at(Level::District).tie_break([TieBreak::ListOrder]));
    }
    Rule::of_tiers(tiers)
}

fn ballots(n: &mut Numbers) -> Ballots {
    let places = 2 + n.index(2);
    let most = n.pick(&[8, 20, 60]);
    Ballots {
        votes: (0..places).map(|_| [(); 3].map(|()| n.below(most))).collect(),
        others: (0..places).map(|_| if n.one_in(2) { n.below(most) } else { 0 }).collect(),
        seats: (0..places).map(|_| 1 + n.below(3)).collect(),
        room: (0..places).map(|_| 1 + n.below(2)).collect(),
    }
}

/// Ballots that change in several places: more or fewer for one party, voters who move between two places, or who switch in
/// several.
fn change(n: &mut Numbers, places: usize) -> Step {
    let (one, other) = (n.index(3), 1 + n.index(2));
    let other = (one + other) % 3;
    let first = n.index(places);
    let second = (first + 1 + n.index(places - 1)) % places;
    let times = |n: &mut Numbers| i64::try_from(1 + n.below(3)).unwrap();
    match n.below(5) {
        0 => vec![(first, one, times(n)), (second, one, times(n))],
        1 => vec![(first, one, -times(n)), (second, one, -times(n))],
        2 => {
            let (here, there) = (times(n), times(n));
            vec![(first, one, -here), (second, one, -there), (first, other, here), (second, other, there)]
        }
        _ => vec![(first, one, -1), (second, other, 1)],
    }
}

#[test]
fn margins_over_several_places_equal_those_found_by_trying_in_2000_laws_that_place_seats() {
    let mut asked = Asked::default();
    for seed in 0..2_000 {
        let n = &mut Numbers(seed);
        let ballots = ballots(n);
        let rule = law(n, &ballots);
        for _ in 0..2 {
            let step = change(n, ballots.votes.len());
            asked.line(&rule, &ballots, (&step, 40), &format!("{seed}"));
        }
    }
    asked.print();
    assert_eq!(asked.ended, 0);
    assert!(asked.doubted > 0 && asked.doubted < asked.proven / 20);
}

/// One seat of A, whose claim to the north is v / (V - x), and to the south (w + x) / (W + x), while x voters leave B in the
/// north for A in the south: first the northern one gains, then the southern one, and in between they nearly meet.
fn nearly_meeting(n: &mut Numbers) -> (Rule, Ballots) {
    let (v, w, half) = (2 + n.below(40), n.below(40), 1 + n.below(60));
    let (f, g) = if n.one_in(2) { (1, 1) } else { (1 + n.below(3), 1 + n.below(3)) };
    // f v (W + x) - g (w + x) (V - x), lowest at x = (g (V - w) - f v) / 2 g: with V = f v / g + w + 2 half, at half.
    let all = f * v / g + w + 2 * half;
    let south = (g * (w * all + half * half)) / (f * v);
    let south = (south + n.below(7)).saturating_sub(3).max(w);
    let leaving = (all - v.min(all)).min(2 * half + n.below(9));
    let others = all.saturating_sub(v + leaving);
    let per = if f == 1 && g == 1 { Factor::Share } else { Factor::Seat };
    let step = Placement::within(Level::District).method(AllocationMethod::D_HONDT).per(per);
    let step = match n.below(4) {
        0 => step,
        1 => step.in_order_won(),
        2 => step.with_room(Room::Seats(1)),
        _ => step.room("levelling"),
    };
    let step = if n.one_in(2) { step.tie_break([TieBreak::ListOrder]) } else { step };
    let nation = Tier::new(AllocationMethod::D_HONDT).at(Level::Nation).seats(Seats::Fixed(1)).placed(step);
    let ballots = Ballots {
        votes: vec![[v, leaving, 0], [w, 0, 0], [1_000, 0, 0]],
        others: vec![others, south - w, 1_000_000],
        seats: vec![f, g, 1],
        room: vec![1, 1, 1],
    };
    (Rule::of_tiers([nation]), ballots)
}

#[test]
fn margins_equal_those_found_by_trying_where_two_claims_nearly_meet_and_part_again() {
    let mut asked = Asked::default();
    for seed in 0..3_000 {
        let (rule, ballots) = nearly_meeting(&mut Numbers(seed));
        let step = vec![(0, 1, -1), (1, 0, 1)];
        asked.line(&rule, &ballots, (&step, 200), &format!("{seed}"));
    }
    asked.print();
    assert_eq!((asked.doubted, asked.ended), (0, 0));
    assert!(asked.found > asked.proven / 10);
}
