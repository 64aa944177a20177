//! Draws: votes with errors, everywhere the same and in each place another.

use std::collections::BTreeMap;

use anyhow::Context;
use apportion::{Count, Tally};
use rand::rngs::StdRng;
use rand_distr::{Distribution, Normal};

/// Votes of parties in places, and how they vary.
pub(crate) struct Draws {
    places: Vec<Vec<(usize, f64)>>,
    parties: usize,
    everywhere: Normal<f64>,
    locally: Option<Normal<f64>>,
}

impl Draws {
    /// The votes of every district, or of the one place that there is.
    #[allow(clippy::cast_precision_loss)] // votes to be varied
    pub(crate) fn new(count: &Count, everywhere: f64, locally: f64) -> anyhow::Result<Self> {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut place = |tally: &Tally| {
            let mut votes = Vec::new();
            for (party, count) in tally.iter() {
                let next = names.len();
                votes.push((*names.entry(party.name().to_string()).or_insert(next), count as f64));
            }
            votes
        };
        let several = !count.places().is_empty();
        let places = match several {
            true => count.districts().map(|district| place(&district.tally)).collect(),
            false => vec![place(&count.nation().tally)],
        };
        let locally = several.then(|| Normal::new(0.0, locally)).transpose().context("--local")?;
        Ok(Self { places, parties: names.len(), everywhere: Normal::new(0.0, everywhere).context("--error")?, locally })
    }

    /// How many votes one draw has.
    pub(crate) fn width(&self) -> usize {
        self.places.iter().map(Vec::len).sum()
    }

    /// One election's votes.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // simulated votes
    pub(crate) fn draw(&self, votes: &mut [u64], random: &mut StdRng) {
        let national: Vec<f64> = (0..self.parties).map(|_| self.everywhere.sample(random).exp()).collect();
        let mut weights = Vec::new();
        let mut rest = votes;
        for place in &self.places {
            weights.clear();
            for &(party, votes) in place {
                let local = self.locally.map_or(1.0, |errors| errors.sample(random).exp());
                weights.push(votes * national[party] * local);
            }
            let (before, after) = (place.iter().map(|(_, votes)| votes).sum::<f64>(), weights.iter().sum::<f64>());
            let scale = if after > 0.0 { before / after } else { 0.0 };
            let (here, others) = rest.split_at_mut(place.len());
            for (votes, weight) in here.iter_mut().zip(&weights) {
                *votes = (weight * scale).round() as u64;
            }
            rest = others;
        }
    }
}
