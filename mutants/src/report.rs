//! The table of the whole: what is caught, and of what is not, what may live.

use std::collections::{BTreeMap, HashMap};

use crate::hunt::Found;
use crate::project::Mutant;
use crate::survivors::Survivors;

/// The rows of the table; a file counts in the longest that it is below.
const ROWS: [&str; 9] = [
    "src/method/",
    "src/method/kernel/",
    "src/method/matrix/",
    "src/rule/",
    "src/rule/provisions/",
    "src/rule/placing/",
    "src/rule/prepared/",
    "src/outcome/",
    "src/insight/verify/",
];

/// What became of the mutants of a folder.
#[derive(Default)]
struct Counts {
    all: usize,
    tried: usize,
    caught: usize,
    may_live: usize,
}

/// Prints how many of how many are caught and how many of the others may live, and each of which nothing is known.
pub fn report(mutants: &[Mutant], results: &HashMap<String, Found>, survivors: &Survivors) {
    let reasons = survivors.reasons();
    let mut rows: BTreeMap<&str, Counts> = BTreeMap::new();
    for mutant in mutants {
        let row =
            ROWS.iter().filter(|row| mutant.name.starts_with(**row)).max_by_key(|row| row.len()).unwrap_or(&"others");
        let found = results.get(&mutant.name);
        let is_caught = found.is_some_and(Found::is_caught);
        let may_live = !is_caught && reasons.get(&mutant.place()).is_some_and(|why| !why.is_empty());
        for row in [row, "all"] {
            let counts = rows.entry(row).or_default();
            counts.all += 1;
            counts.tried += usize::from(found.is_some_and(|found| found.fate != "undecided"));
            counts.caught += usize::from(is_caught);
            counts.may_live += usize::from(may_live);
        }
    }
    println!("| folder | mutants | tried | caught | % | may live | caught of the others, % |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (row, Counts { all, tried, caught, may_live }) in rows {
        let [share, of_others] = [tried, all - may_live].map(|of| in_a_hundred(caught, of));
        println!("| `{row}` | {all} | {tried} | {caught} | {share:.1} | {may_live} | {of_others:.1} |");
    }
    println!();
    let unknown = survivors_of(mutants, results).into_iter().filter(|mutant| !reasons.contains_key(&mutant.place()));
    for mutant in unknown {
        println!("- `{}` ({}), not in survivors.csv", mutant.name, results[&mutant.name].fate);
    }
}

/// What was tried and not caught.
pub fn survivors_of<'a>(mutants: &'a [Mutant], results: &HashMap<String, Found>) -> Vec<&'a Mutant> {
    mutants.iter().filter(|mutant| results.get(&mutant.name).is_some_and(|found| !found.is_caught())).collect()
}

#[allow(clippy::cast_precision_loss)] // thousands
fn in_a_hundred(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
