//! The table of the whole, and what survived.

use std::collections::{BTreeMap, HashMap};

use crate::hunt::Found;
use crate::project::Mutant;

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

/// Prints how many of how many are caught, and each that is not.
pub fn report(mutants: &[Mutant], results: &HashMap<String, Found>) {
    let found: Vec<_> = mutants.iter().filter_map(|mutant| results.get(&mutant.name)).collect();
    println!("| folder | mutants | tried | caught | % |\n| --- | ---: | ---: | ---: | ---: |");
    let mut rows: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for mutant in mutants {
        let row =
            ROWS.iter().filter(|row| mutant.name.starts_with(**row)).max_by_key(|row| row.len()).unwrap_or(&"others");
        let found = results.get(&mutant.name);
        for row in [row, "all"] {
            let (all, tried, caught) = rows.entry(row).or_default();
            *all += 1;
            *tried += usize::from(found.is_some_and(|found| found.fate != "undecided"));
            *caught += usize::from(found.is_some_and(Found::is_caught));
        }
    }
    for (row, (all, tried, caught)) in rows {
        #[allow(clippy::cast_precision_loss)] // thousands
        let share = 100.0 * caught as f64 / tried.max(1) as f64;
        println!("| `{row}` | {all} | {tried} | {caught} | {share:.1} |");
    }
    println!();
    for found in found.iter().filter(|found| !found.is_caught()) {
        println!("- `{}` ({})", found.mutant, found.fate);
    }
}
