//! Random laws with ties, zeros and equal votes on purpose, each from a seed.

use super::law::{Bar, Divisor, Kind, Law, List, Node, Prefer, Price, Step};
use super::numbers::Numbers;

/// Which words a law may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) bounds: bool,
    pub(crate) stages: bool,
    pub(crate) alliances: bool,
    pub(crate) repairs: bool,
    pub(crate) second_list: bool,
    pub(crate) bonus: bool,
    pub(crate) cap: bool,
    pub(crate) majority: bool,
    pub(crate) exhaustion: bool,
    pub(crate) spare: bool,
}

impl Words {
    pub(crate) const NONE: Self = Self {
        bounds: false,
        stages: false,
        alliances: false,
        repairs: false,
        second_list: false,
        bonus: false,
        cap: false,
        majority: false,
        exhaustion: false,
        spare: false,
    };
    pub(crate) const ALL: Self = Self {
        bounds: true,
        stages: true,
        alliances: true,
        repairs: true,
        second_list: true,
        bonus: true,
        cap: true,
        majority: true,
        exhaustion: true,
        spare: true,
    };
}

fn price(n: &mut Numbers) -> Price {
    n.pick(&[
        Price { added: 0, next: false },
        Price { added: 0, next: false },
        Price { added: 1, next: true },
        Price { added: 1, next: false },
        Price { added: 2, next: false },
    ])
}

fn divisor(n: &mut Numbers) -> Divisor {
    n.pick(&[
        Divisor::DHondt,
        Divisor::DHondt,
        Divisor::SainteLague,
        Divisor::Modified,
        Divisor::Adams,
        Divisor::Danish,
    ])
}

fn steps(n: &mut Numbers, words: Words) -> Vec<Step> {
    let averages = Step::new(Kind::Averages(divisor(n)));
    let whole = Step::new(Kind::WholeQuotas(price(n)));
    let remainders = Step::new(Kind::Remainders);
    if words.stages && n.one_in(2) {
        return match n.below(5) {
            0 => vec![whole, averages],
            1 => vec![whole, Step { total: n.below(4), ..remainders }, averages],
            2 => vec![whole, Step { with_seats: 1, ..remainders }, Step { each: 2, ..averages }, averages],
            3 => vec![whole, Step::new(Kind::MostVotes), averages],
            _ => vec![Step { total: 2, ..Step::new(Kind::MostVotes) }, Step { total: 3, ..averages }, averages],
        };
    }
    if n.one_in(2) { vec![averages] } else { vec![whole, remainders] }
}

fn lists(n: &mut Numbers, words: Words) -> Vec<List> {
    let parties = 1 + n.index(5);
    let most = n.pick(&[3, 6, 12, 40]);
    // Round numbers tie; so do equal ones.
    let unit = n.pick(&[1, 1, 5]);
    let bounded = words.bounds && n.one_in(2);
    let mut lists: Vec<List> = Vec::new();
    for at in 0..parties {
        let votes = if at > 0 && n.one_in(5) { lists[at - 1].votes } else { n.below(most) * unit };
        let mut list = List { votes, ..List::default() };
        if bounded && n.one_in(3) {
            list.minimum = n.below(3);
        }
        if bounded && n.one_in(2) {
            list.maximum = Some(list.minimum + n.below(4));
        }
        if bounded && n.one_in(4) {
            list.held = n.below(3);
        }
        lists.push(list);
    }
    lists
}

fn alliances(n: &mut Numbers, parties: usize) -> Vec<Node> {
    let mut free: Vec<usize> = (0..parties).collect();
    let mut take = |n: &mut Numbers| (!free.is_empty()).then(|| free.swap_remove(n.index(free.len())));
    let mut all = Vec::new();
    for _ in 0..1 + n.below(2) {
        let mut members: Vec<Node> = (0..2).filter_map(|_| take(n).map(Node::List)).collect();
        if n.one_in(3) {
            let inner: Vec<Node> = (0..2).filter_map(|_| take(n).map(Node::List)).collect();
            if !inner.is_empty() {
                members.push(Node::Alliance(inner));
            }
        }
        if !members.is_empty() {
            all.push(Node::Alliance(members));
        }
    }
    all
}

/// The law of a seed.
pub(crate) fn law(seed: u64, words: Words) -> Law {
    let n = &mut Numbers(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let lists = lists(n, words);
    let parties = lists.len();
    let mut ranked = Vec::new();
    if words.spare {
        for _ in 0..n.below(4) {
            let mut free: Vec<usize> = (0..parties).collect();
            let ranking = (0..1 + n.index(parties)).map(|_| free.swap_remove(n.index(free.len()))).collect();
            ranked.push((ranking, 1 + n.below(4)));
        }
    }
    let prefer = n.pick(&[
        &[][..],
        &[],
        &[],
        &[Prefer::Most],
        &[Prefer::Fewest],
        &[Prefer::ListOrder],
        &[Prefer::Fewest, Prefer::ListOrder],
    ]);
    let repairs = words.repairs && n.one_in(2);
    Law {
        seats: n.below(9),
        other: if n.one_in(4) { n.below(5) } else { 0 },
        ranked,
        steps: steps(n, words),
        inside: (words.alliances && n.one_in(3)).then(|| steps(n, Words { stages: false, ..words })),
        alliances: if words.alliances && !n.one_in(4) { alliances(n, parties) } else { Vec::new() },
        bar: (repairs || n.one_in(4)).then(|| Bar { percent: n.pick(&[5, 10, 20, 25, 40, 60]), strict: n.one_in(4) }),
        at_least: if repairs && n.one_in(2) { n.index(4) } else { 0 },
        second: (words.second_list && n.one_in(2)).then(|| (1 + n.below(10), n.below(3))),
        admitted_share: (repairs && n.one_in(3)).then(|| n.pick(&[50, 60, 75])),
        all_if_none: repairs && n.one_in(4),
        bonus: (words.bonus && n.one_in(2)).then(|| (n.below(4), n.pick(&[0, 25, 40]))),
        cap: (words.cap && n.one_in(2)).then(|| {
            let points = n.pick(&[0, 8, 20]);
            (points, n.one_in(2).then(|| 1 + n.below(4)))
        }),
        majority: words.majority && n.one_in(2),
        reassign: words.exhaustion && n.one_in(2),
        vacancies: n.one_in(3),
        smallest_remainders: n.one_in(2),
        quota_of_valid: n.one_in(4),
        spare: words.spare && n.one_in(2),
        prefer: prefer.to_vec(),
        lists,
    }
}
