//! Deliberate breaks of the library: all of them in one copy of it, each behind a switch, so that it is compiled once.
//!
//! `README.md` says what is broken, what is not, and how to run it.

mod find;
mod hunt;
mod project;
mod report;
mod splice;
mod survivors;
mod tests;
mod values;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use hunt::Book;
use project::{Mutant, Project};
use survivors::Survivors;

/// What is mutated.
const SCOPE: [&str; 4] = ["method", "rule", "outcome", "insight/verify"];

fn main() -> Result<()> {
    let (mut every, mut most, mut only) = (1, 10, Vec::new());
    let (mut again, mut anew, mut by_answers, mut by_tests) = (false, false, true, true);
    let (mut report_only, mut list_only) = (false, false);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<usize> { Ok(arguments.next().context("a number is missing")?.parse()?) };
        match argument.as_str() {
            "--every" => every = number()?.max(1),
            "--most" => most = number()?,
            "--again" => again = true,
            "--anew" => anew = true,
            "--answers" => by_tests = false,
            "--tests" => by_answers = false,
            "--report" => report_only = true,
            "--list" => list_only = true,
            option if option.starts_with('-') => bail!("no option {option}"),
            folder => only.push(format!("src/{folder}")),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the library's folder")?;
    let folder = root.join("target/mutants");
    fs::create_dir_all(&folder)?;
    let mut project = Project::read(root, &SCOPE)?;
    let mut book = Book::open(&folder)?;
    if report_only || list_only {
        project.recall();
    } else {
        project.write()?;
        let mutants = project.mutants();
        let is_meant = |mutant: &&Mutant| only.is_empty() || only.iter().any(|path| mutant.name.starts_with(path));
        let is_open = |mutant: &&Mutant| match book.known.get(&mutant.name) {
            // What a test caught, the answers alone do not decide.
            Some(found) if anew => by_tests || !found.is_caught_by_a_test(),
            Some(found) => again && !found.is_caught(),
            None => true,
        };
        let mut open: Vec<&Mutant> = mutants.iter().step_by(every).filter(is_meant).filter(is_open).collect();
        let most = Duration::from_secs(most as u64);
        let shared = Mutex::new(book);
        if by_answers {
            let answers = project.build(&["answers".into()])?;
            hunt::by_answers(answers.first().context("the program of answers")?, &open, most, &folder, &shared)?;
            let book = hunt::lock(&shared);
            open.retain(|mutant| !book.is_caught(mutant));
        }
        if by_tests && !open.is_empty() {
            let tests = tests::survey(&project.build(&tests::programs(root)?)?, &folder)?;
            println!("{} mutants are left, for {} tests", open.len(), tests.len());
            hunt::by_tests(&tests, &open, most, &folder, &shared)?;
        }
        book = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    }
    let (mutants, survivors) = (project.mutants(), Survivors::read(&root.join("mutants/survivors.csv"))?);
    if list_only {
        return survivors.renew(&report::survivors_of(&mutants, &book.known));
    }
    report::report(&mutants, &book.known, &survivors);
    Ok(())
}
