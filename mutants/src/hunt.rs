//! Each mutant against the answers, in one process for all, and what they do not catch against the tests that reach it.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::project::Mutant;
use crate::tests::{Test, limited};

/// What became of a mutant: `caught` by something, or `same` for all that was tried, perhaps not all that reaches it
/// (`undecided`), perhaps nothing (`unreached`).
#[derive(Clone, Serialize, Deserialize)]
pub struct Found {
    pub mutant: String,
    pub fate: String,
}

impl Found {
    pub fn is_caught(&self) -> bool {
        self.fate.starts_with("caught")
    }

    /// Whether a test caught it, and not a text of the answers, whose names have spaces.
    pub fn is_caught_by_a_test(&self) -> bool {
        self.fate.strip_prefix("caught by ").is_some_and(|what| !what.contains(' '))
    }
}

/// The results on disk, a line a mutant; of several lines the last counts.
pub struct Book {
    pub known: HashMap<String, Found>,
    file: File,
    begun: Instant,
    written: usize,
    caught: usize,
}

impl Book {
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("results.jsonl");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let lines = text.lines().map(serde_json::from_str::<Found>);
        let known = lines.map(|found| found.map(|found| (found.mutant.clone(), found))).collect::<Result<_, _>>()?;
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { known, file, begun: Instant::now(), written: 0, caught: 0 })
    }

    pub fn is_caught(&self, mutant: &Mutant) -> bool {
        self.known.get(&mutant.name).is_some_and(Found::is_caught)
    }

    /// What caught a mutant the last time, which is tried before all else.
    fn hint(&self, mutant: &Mutant) -> &str {
        self.known.get(&mutant.name).and_then(|found| found.fate.strip_prefix("caught by ")).unwrap_or_default()
    }

    fn write(&mut self, mutant: &Mutant, fate: String) -> Result<()> {
        let found = Found { mutant: mutant.name.clone(), fate };
        writeln!(self.file, "{}", serde_json::to_string(&found)?)?;
        self.written += 1;
        self.caught += usize::from(found.is_caught());
        if self.written.is_multiple_of(50) {
            println!("{}, {} caught, {:.0} s", self.written, self.caught, self.begun.elapsed().as_secs_f64());
        }
        self.known.insert(mutant.name.clone(), found);
        Ok(())
    }
}

/// Hunts with the answers, on every core.
pub fn by_answers(program: &Path, open: &[&Mutant], most: Duration, folder: &Path, book: &Mutex<Book>) -> Result<()> {
    let survey = survey_of(program, folder)?;
    let hunt = Answers { program, most, folder, survey: &survey, book };
    if !survey.is_file() {
        // Without mutants it makes the survey alone, which all cores read then.
        ensure!(hunt.start(Stdio::null())?.wait()?.success(), "the program of answers does not run");
    }
    on_every_core(|core, cores| {
        let share: Vec<&Mutant> = open.iter().skip(core).step_by(cores).copied().collect();
        hunt.hunt(&share, &folder.join(format!("open-{core}")))
    })
}

/// The program of answers, and what all of its processes are told.
struct Answers<'a> {
    program: &'a Path,
    most: Duration,
    folder: &'a Path,
    survey: &'a Path,
    book: &'a Mutex<Book>,
}

impl Answers<'_> {
    fn start(&self, open: Stdio) -> Result<Child> {
        Ok(limited(self.program, &["--ignored", "--exact", "hunt::hunt", "--nocapture"], 1e6, self.folder)
            .env("MUTANT", "0")
            .env("MUTANTS_MOST", self.most.as_secs().to_string())
            .env("MUTANTS_SURVEY", self.survey)
            .stdin(open)
            .stdout(Stdio::piped())
            .spawn()?)
    }

    /// The program flips the switch itself; where it ends too soon, the mutant that was on ended it.
    fn hunt(&self, open: &[&Mutant], ids: &Path) -> Result<()> {
        let mut next = 0;
        while next < open.len() {
            let lines = {
                let book = lock(self.book);
                open[next..].iter().map(|mutant| format!("{} {}\n", mutant.id, book.hint(mutant))).collect::<String>()
            };
            fs::write(ids, lines)?;
            let mut child = self.start(File::open(ids)?.into())?;
            let mut is_on = false;
            for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
                let line = line?;
                let Some((_, said)) = line.split_once("mutant ") else { continue };
                is_on = true;
                if let Some((_, fate)) = said.split_once(' ') {
                    lock(self.book).write(open[next], fate.replace("caught", "caught by"))?;
                    next += 1;
                    is_on = false;
                }
            }
            child.wait()?;
            if is_on {
                lock(self.book).write(open[next], "caught as it does not end".into())?;
                next += 1;
            } else {
                ensure!(next == open.len(), "the program of answers does not run");
            }
        }
        Ok(())
    }
}

/// A task once for every core, each told which it is and of how many.
pub fn on_every_core(task: impl Fn(usize, usize) -> Result<()> + Sync) -> Result<()> {
    let cores = thread::available_parallelism()?.get();
    let task = &task;
    thread::scope(|scope| {
        let running: Vec<_> = (0..cores).map(|core| scope.spawn(move || task(core, cores))).collect();
        running.into_iter().try_for_each(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// What a thread that panicked left is whole: books and lists grow by a line at a time.
pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where it is kept what a build of the program reaches.
fn survey_of(program: &Path, folder: &Path) -> Result<PathBuf> {
    let survey = folder.join("survey-answers");
    let built = fs::metadata(program)?.modified()?;
    if fs::metadata(&survey).is_ok_and(|known| known.modified().is_ok_and(|known| known < built)) {
        fs::remove_file(&survey)?;
    }
    Ok(survey)
}

/// Hunts with the tests, those that reach the fewest mutants first, on every core.
pub fn by_tests(tests: &[Test], open: &[&Mutant], most: Duration, folder: &Path, book: &Mutex<Book>) -> Result<()> {
    let next = AtomicUsize::new(0);
    on_every_core(|_, _| {
        while let Some(mutant) = open.get(next.fetch_add(1, Relaxed)) {
            let (is_same, hint) = {
                let book = lock(book);
                let known = book.known.get(&mutant.name);
                (known.is_some_and(|found| found.fate != "unreached"), book.hint(mutant).to_owned())
            };
            let fate = fate_by_tests(tests, mutant, &hint, most, folder)?;
            let fate = fate.unwrap_or_else(|| if is_same { "same" } else { "unreached" }.into());
            lock(book).write(mutant, fate)?;
        }
        Ok(())
    })
}

/// What the tests that reach a mutant say of it; `None` where none does.
fn fate_by_tests(tests: &[Test], mutant: &Mutant, hint: &str, most: Duration, folder: &Path) -> Result<Option<String>> {
    // As long as the tests take by themselves: others may need the processor, too.
    let mut spent = Duration::ZERO;
    let mut reaching: Vec<&Test> =
        tests.iter().filter(|test| test.takes() <= most && test.reaches.binary_search(&mutant.id).is_ok()).collect();
    // What caught it the last time, and then what is about least beside it.
    reaching.sort_by_key(|test| (test.title() != hint, test.reaches.len()));
    let mut fate = None;
    for test in reaching {
        if spent > most {
            return Ok(Some("undecided".into()));
        }
        spent += test.takes();
        if !test.passes(("MUTANT", &mutant.id.to_string()), folder)? {
            return Ok(Some(format!("caught by {}", test.title())));
        }
        fate = Some("same".into());
    }
    Ok(fate)
}
