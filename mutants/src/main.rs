//! Deliberate breaks of the library: all of them in one copy of it, each behind a switch, so that it is compiled once.
//!
//! `README.md` says what is broken, what is not, and how to run it.

mod find;
mod hunt;
mod project;
mod report;
mod splice;
mod tests;
mod values;

use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use hunt::Plan;
use project::Project;

/// What is mutated unless folders are named.
const SCOPE: [&str; 4] = ["rule", "outcome", "insight/verify", "method"];

fn main() -> Result<()> {
    let mut plan = Plan { jobs: 1, every: 1, most: Duration::from_secs(60), again: false, only: Vec::new() };
    let mut report_only = false;
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<usize> { Ok(arguments.next().context("a number is missing")?.parse()?) };
        match argument.as_str() {
            "--jobs" => plan.jobs = number()?,
            "--every" => plan.every = number()?.max(1),
            "--most" => plan.most = Duration::from_secs(number()? as u64),
            "--again" => plan.again = true,
            "--report" => report_only = true,
            option if option.starts_with('-') => bail!("no option {option}"),
            folder => plan.only.push(format!("src/{folder}")),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the library's folder")?;
    let folder = root.join("target/mutants");
    fs::create_dir_all(&folder)?;
    let mut project = Project::read(root, &SCOPE)?;
    if report_only {
        project.recall();
    } else {
        project.write()?;
        let programs = project.build(&tests::programs(root)?)?;
        let tests = tests::survey(&programs, &folder, plan.jobs)?;
        println!("{} tests of {} programs", tests.len(), programs.len());
        hunt::hunt(&project.mutants(), &tests, &folder, &plan)?;
    }
    report::report(&project.mutants(), &hunt::results(&folder)?);
    Ok(())
}
