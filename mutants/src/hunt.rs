//! Each mutant against the tests that reach it, until one of them fails.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::project::Mutant;
use crate::tests::{End, LONGEST, Test, in_parallel};

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// By this test.
    Caught(String),
    /// This test did not end.
    OutOfTime(String),
    /// By none of the tests that reach it.
    Survived,
    /// By none that was tried in time.
    Undecided,
    NotReached,
}

/// A line of the results.
#[derive(Clone, Serialize, Deserialize)]
pub struct Found {
    pub mutant: String,
    pub fate: Fate,
    pub seconds: f64,
}

impl Found {
    pub fn is_caught(&self) -> bool {
        matches!(self.fate, Fate::Caught(_) | Fate::OutOfTime(_))
    }
}

/// How to hunt.
pub struct Plan {
    pub jobs: usize,
    /// Only every so manieth mutant.
    pub every: usize,
    /// For how long one mutant is hunted.
    pub most: Duration,
    /// Whether what survived is tried again.
    pub again: bool,
    /// Only mutants below these paths, unless there are none.
    pub only: Vec<String>,
}

/// What is known so far: the last line about each mutant.
pub fn results(folder: &Path) -> Result<HashMap<String, Found>> {
    let text = fs::read_to_string(folder.join("results.jsonl")).unwrap_or_default();
    let lines = text.lines().map(serde_json::from_str::<Found>);
    Ok(lines.map(|found| found.map(|found| (found.mutant.clone(), found))).collect::<Result<_, _>>()?)
}

/// What all threads share.
struct Book {
    file: File,
    /// How often a test was tried on mutants of a file, and how often it caught one.
    tried: HashMap<(String, usize), (f64, f64)>,
    done: usize,
    caught: usize,
}

/// Hunts all mutants that have no result yet.
pub fn hunt(mutants: &[Mutant], tests: &[Test], folder: &Path, plan: &Plan) -> Result<()> {
    let known = results(folder)?;
    let is_meant =
        |mutant: &&Mutant| plan.only.is_empty() || plan.only.iter().any(|path| mutant.name.starts_with(path));
    let is_open = |mutant: &&Mutant| known.get(&mutant.name).is_none_or(|found| plan.again && !found.is_caught());
    let open: Vec<_> = mutants.iter().step_by(plan.every).filter(is_meant).filter(is_open).collect();
    let file = OpenOptions::new().create(true).append(true).open(folder.join("results.jsonl"))?;
    let book = Mutex::new(Book { file, tried: HashMap::new(), done: 0, caught: 0 });
    let reaching = reaching(tests, &open);
    let (begin, next) = (Instant::now(), AtomicUsize::new(0));
    in_parallel(plan.jobs, || {
        while let Some(mutant) = open.get(next.fetch_add(1, Relaxed)) {
            let begun = Instant::now();
            let reaching = reaching.get(&mutant.id).map(Vec::as_slice).unwrap_or_default();
            let fate = fate(mutant, reaching, tests, &book, folder, plan)?;
            let found = Found { mutant: mutant.name.clone(), fate, seconds: begun.elapsed().as_secs_f64() };
            let mut book = book.lock().ok().context("no thread panics")?;
            writeln!(book.file, "{}", serde_json::to_string(&found)?)?;
            book.done += 1;
            book.caught += usize::from(found.is_caught());
            if book.done % 50 == 0 {
                println!(
                    "{} of {}, {} caught, {:.0} s",
                    book.done,
                    open.len(),
                    book.caught,
                    begin.elapsed().as_secs_f64()
                );
            }
        }
        Ok(())
    })
}

/// The tests that reach each mutant.
fn reaching(tests: &[Test], open: &[&Mutant]) -> HashMap<usize, Vec<usize>> {
    let open: HashSet<_> = open.iter().map(|mutant| mutant.id).collect();
    let mut reaching: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, test) in tests.iter().enumerate() {
        for id in test.reaches.iter().flatten().filter(|id| open.contains(id)) {
            reaching.entry(*id).or_default().push(at);
        }
    }
    reaching
}

fn fate(
    mutant: &Mutant,
    reaching: &[usize],
    tests: &[Test],
    book: &Mutex<Book>,
    folder: &Path,
    plan: &Plan,
) -> Result<Fate> {
    if reaching.is_empty() {
        return Ok(Fate::NotReached);
    }
    let file = mutant.name.split(':').next().unwrap_or("").to_string();
    let key = |&at: &usize| (file.clone(), at);
    let begin = Instant::now();
    let order = in_order(reaching, tests, &*book.lock().ok().context("no thread panics")?, key);
    for at in order {
        if begin.elapsed() > plan.most {
            return Ok(Fate::Undecided);
        }
        let test = &tests[at];
        let most = (test.seconds * 20.0).clamp(3.0, LONGEST * 2.0);
        let end = test.run(("MUTANT", &mutant.id.to_string()), most, &folder.join("copy"))?;
        let mut book = book.lock().ok().context("no thread panics")?;
        let tried = book.tried.entry(key(&at)).or_default();
        tried.0 += 1.0;
        tried.1 += f64::from(u8::from(end != End::Passed));
        match end {
            End::Passed => {}
            End::Failed => return Ok(Fate::Caught(test.title())),
            End::OutOfTime => return Ok(Fate::OutOfTime(test.title())),
        }
    }
    Ok(Fate::Survived)
}

/// First the tests that are likely to catch a mutant of this file in little time; what is not known of a test is taken from
/// what is known of its program.
fn in_order(reaching: &[usize], tests: &[Test], book: &Book, key: impl Fn(&usize) -> (String, usize)) -> Vec<usize> {
    let mut programs: HashMap<&str, (f64, f64)> = HashMap::new();
    for at in reaching {
        let (tried, caught) = book.tried.get(&key(at)).copied().unwrap_or_default();
        let program = programs.entry(&tests[*at].program).or_default();
        *program = (program.0 + tried, program.1 + caught);
    }
    let cost = |at: &usize| {
        let (tried, caught) = book.tried.get(&key(at)).copied().unwrap_or_default();
        let (all_tried, all_caught) = programs[tests[*at].program.as_str()];
        let usual = (all_caught + 0.5) / (all_tried + 1.0);
        (tests[*at].seconds + 0.01) * (tried + 2.0) / (caught + 2.0 * usual)
    };
    let mut order: Vec<_> = reaching.iter().map(|&at| (cost(&at), at)).collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0));
    order.into_iter().map(|(_, at)| at).collect()
}
