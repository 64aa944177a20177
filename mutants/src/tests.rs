//! The tests of the copy, one by one: how long each takes, and which mutants it reaches.

use std::collections::HashMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Instant, SystemTime};
use std::{env, fs, thread};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Tests that take more seconds are left out.
pub const LONGEST: f64 = 40.0;

/// One test of one program.
#[derive(Clone, Serialize, Deserialize)]
pub struct Test {
    pub program: String,
    file: PathBuf,
    built: SystemTime,
    pub name: String,
    pub seconds: f64,
    /// The mutants that it reaches; `None` where it failed or took too long without any.
    pub reaches: Option<Vec<usize>>,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    Passed,
    Failed,
    OutOfTime,
}

impl Test {
    /// How the test is named in results.
    pub fn title(&self) -> String {
        format!("{}::{}", self.program, self.name)
    }

    /// Runs it with one variable set, for so many seconds of a processor at most.
    pub fn run(&self, variable: (&str, &str), seconds: f64, copy: &Path) -> Result<End> {
        // A mutant may ask for any time and any memory; what waits for nothing ends too.
        let script = "ulimit -v 6000000; ulimit -c 0; ulimit -t $1; shift; exec timeout -s KILL \"$@\"";
        let status = Command::new("sh")
            .args(["-c", script, "sh", &format!("{:.0}", seconds.ceil()), &format!("{:.0}", seconds.ceil() * 20.0)])
            .arg(&self.file)
            .args(["--exact", &self.name])
            .current_dir(copy)
            .env(variable.0, variable.1)
            .env("REFERENCE_LAWS", "1000")
            .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
            .env("PROPTEST_MAX_SHRINK_ITERS", "0")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        Ok(match status.code() {
            Some(0) => End::Passed,
            // Killed by the limit, or by `timeout`, which says so either way.
            Some(137) => End::OutOfTime,
            None if status.signal() == Some(9) => End::OutOfTime,
            _ => End::Failed,
        })
    }

    fn survey(&mut self, folder: &Path) -> Result<()> {
        let seen = folder.join(format!("seen-{}-{}", self.program, self.name.replace("::", "-")));
        fs::write(&seen, "")?;
        let begin = Instant::now();
        let end = self.run(("MUTANTS_SEEN", &seen.to_string_lossy()), LONGEST, &folder.join("copy"))?;
        self.seconds = begin.elapsed().as_secs_f64();
        if end == End::Passed {
            let lines = fs::read_to_string(&seen)?;
            self.reaches = Some(lines.lines().map(str::parse).collect::<Result<_, _>>()?);
        } else {
            println!("left out: {} {}", self.title(), if end == End::Failed { "fails" } else { "takes too long" });
        }
        Ok(fs::remove_file(seen)?)
    }
}

/// All tests of these programs, surveyed; what is known of a program that was not built anew is taken as it is.
pub fn survey(programs: &[(String, PathBuf)], folder: &Path, jobs: usize) -> Result<Vec<Test>> {
    let book = folder.join("survey.json");
    let known: Vec<Test> =
        fs::read(&book).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let known: HashMap<_, _> =
        known.into_iter().map(|test| ((test.file.clone(), test.built, test.name.clone()), test)).collect();
    let mut tests = Vec::new();
    for (program, file) in programs {
        let built = fs::metadata(file)?.modified()?;
        let output =
            Command::new(file).args(["--list", "--format", "terse"]).current_dir(folder.join("copy")).output()?;
        for line in String::from_utf8(output.stdout)?.lines() {
            let Some(name) = line.strip_suffix(": test") else { continue };
            let new = || Test {
                program: program.clone(),
                file: file.clone(),
                built,
                name: name.into(),
                seconds: -1.0,
                reaches: None,
            };
            tests.push(known.get(&(file.clone(), built, name.into())).cloned().unwrap_or_else(new));
        }
    }
    let tests: Vec<_> = tests.into_iter().map(Mutex::new).collect();
    let next = AtomicUsize::new(0);
    in_parallel(jobs, || {
        while let Some(test) = tests.get(next.fetch_add(1, Relaxed)) {
            let mut test = test.lock().ok().context("no thread panics")?;
            if test.seconds < 0.0 {
                test.survey(folder)?;
            }
        }
        Ok(())
    })?;
    let tests: Vec<Test> = tests.into_iter().filter_map(|test| test.into_inner().ok()).collect();
    fs::write(book, serde_json::to_vec(&tests)?)?;
    Ok(tests)
}

/// Some threads at the same work; the first error of them.
pub fn in_parallel(jobs: usize, work: impl Fn() -> Result<()> + Sync) -> Result<()> {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(&work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread panicked"))))
    })
}

/// The programs of `tests/`, but those whose tests read other packages, count memory, or take minutes.
pub fn programs(root: &Path) -> Result<Vec<String>> {
    let without = env::var("MUTANTS_WITHOUT").unwrap_or_else(|_| "exhaustive,memory,checker,expected,data".into());
    let mut names = vec!["lib".to_string()];
    for entry in fs::read_dir(root.join("tests"))? {
        let path = entry?.path();
        let is_program = path.join("main.rs").is_file() || path.extension().is_some_and(|end| end == "rs");
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if is_program {
            names.push(name);
        }
    }
    names.retain(|name| !without.split(',').any(|other| other == name));
    names.sort();
    Ok(names)
}
