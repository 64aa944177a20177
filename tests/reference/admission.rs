//! Who takes part, and with which votes.

use super::law::Law;

/// How a list takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Out,
    In,
    /// As a second list, whose votes are weighed.
    Second,
}

impl Law {
    /// First choices.
    pub(crate) fn first_choices(&self) -> Vec<u64> {
        let mut votes: Vec<u64> = self.lists.iter().map(|list| list.votes).collect();
        for (ranking, ballots) in &self.ranked {
            votes[ranking[0]] += ballots;
        }
        votes
    }

    pub(crate) fn valid(&self) -> u64 {
        self.first_choices().iter().sum::<u64>() + self.other
    }

    /// Who takes part; an error where equal votes leave that open.
    pub(crate) fn standings(&self) -> Result<Vec<Standing>, String> {
        let votes = self.first_choices();
        if self.seats == 0 {
            return Ok(vec![Standing::In; votes.len()]);
        }
        let valid = self.valid();
        let passes = |votes: u64| match self.bar {
            None => true,
            Some(bar) if bar.strict => votes * 100 > bar.percent * valid,
            Some(bar) => votes * 100 >= bar.percent * valid,
        };
        let mut all: Vec<Standing> =
            votes.iter().map(|&votes| if passes(votes) { Standing::In } else { Standing::Out }).collect();
        if self.all_if_none && !all.contains(&Standing::In) {
            all.iter_mut().for_each(|standing| *standing = Standing::In);
        }
        let as_second = if self.second.is_some() { Standing::Second } else { Standing::In };
        while all.iter().filter(|&&standing| standing != Standing::Out).count() < self.at_least {
            let missing = self.at_least - all.iter().filter(|&&standing| standing != Standing::Out).count();
            if !admit_next(&votes, &mut all, as_second, missing)? {
                break;
            }
        }
        if let Some(share) = self.admitted_share {
            loop {
                let held: u64 = (0..votes.len()).filter(|&at| all[at] != Standing::Out).map(|at| votes[at]).sum();
                if held * 100 >= share * valid {
                    break;
                }
                // So many of the next as bring the share.
                let mut next: Vec<u64> = (0..votes.len())
                    .filter(|&at| all[at] == Standing::Out && votes[at] > 0)
                    .map(|at| votes[at])
                    .collect();
                next.sort_unstable_by(|a, b| b.cmp(a));
                let (mut sum, mut missing) = (held, 0);
                for votes in next {
                    if sum * 100 >= share * valid {
                        break;
                    }
                    sum += votes;
                    missing += 1;
                }
                if missing == 0 || !admit_next(&votes, &mut all, Standing::In, missing)? {
                    break;
                }
            }
        }
        Ok(all)
    }

    /// What the method counts of each list.
    pub(crate) fn counted(&self, standings: &[Standing]) -> Vec<u64> {
        let mut counted = self.first_choices();
        for (votes, standing) in counted.iter_mut().zip(standings) {
            if *standing == Standing::Out {
                *votes = 0;
            }
        }
        if self.spare {
            for (ranking, ballots) in &self.ranked {
                if let Some(&at) = ranking.iter().find(|&&at| standings[at] != Standing::Out) {
                    if at != ranking[0] {
                        counted[at] += ballots;
                    }
                }
            }
        }
        counted
    }
}

/// Admits those with most votes that are out, if they are not more than are missing; whether there were any.
fn admit_next(votes: &[u64], all: &mut [Standing], standing: Standing, missing: usize) -> Result<bool, String> {
    let out: Vec<usize> = (0..votes.len()).filter(|&at| all[at] == Standing::Out && votes[at] > 0).collect();
    let Some(most) = out.iter().map(|&at| votes[at]).max() else { return Ok(false) };
    let first: Vec<usize> = out.into_iter().filter(|&at| votes[at] == most).collect();
    if first.len() > missing {
        return Err("equal votes at admission".into());
    }
    for at in first {
        all[at] = standing;
    }
    Ok(true)
}
