//! The tests of the copy, one by one: how long each takes, and which mutants it reaches.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::hunt::{lock, on_every_core};

/// Tests that take more seconds are left out.
const LONGEST: f64 = 40.0;

/// One test of one program.
#[derive(Clone, Serialize, Deserialize)]
pub struct Test {
    program: PathBuf,
    built: SystemTime,
    name: String,
    seconds: f64,
    /// The mutants that it reaches; none where it fails or takes too long without any.
    pub reaches: Vec<usize>,
}

impl Test {
    /// How the test is named in results.
    pub fn title(&self) -> String {
        let file = self.program.file_name().unwrap_or_default().to_string_lossy();
        format!("{}::{}", file.rsplit_once('-').map_or(&*file, |(name, _)| name), self.name)
    }

    /// How long one run of it takes, without any mutant.
    pub fn takes(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }

    /// Whether it passes with one variable set, in twenty times its own time.
    pub fn passes(&self, variable: (&str, &str), folder: &Path) -> Result<bool> {
        let most = (self.seconds * 20.0).clamp(3.0, LONGEST * 2.0);
        let mut command = limited(&self.program, &["--exact", &self.name], most, folder);
        Ok(command.env(variable.0, variable.1).stdout(Stdio::null()).status()?.success())
    }

    /// Runs it without any mutant; what it reaches is noted in the file `seen`.
    fn survey(&mut self, folder: &Path, seen: &Path) -> Result<()> {
        fs::write(seen, "")?;
        let begun = Instant::now();
        let passes = self.passes(("MUTANTS_SEEN", &seen.to_string_lossy()), folder)?;
        self.seconds = begun.elapsed().as_secs_f64();
        if passes {
            self.reaches = fs::read_to_string(seen)?.lines().map(str::parse).collect::<Result<_, _>>()?;
            self.reaches.sort_unstable();
        } else {
            println!("left out: {} fails or takes too long", self.title());
        }
        Ok(())
    }
}

/// A program of the copy for so many seconds of a processor: a mutant may ask for any time and any memory.
pub fn limited(program: &Path, arguments: &[&str], seconds: f64, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    let script = "ulimit -v 6000000; ulimit -c 0; ulimit -t $1; shift; exec timeout -s KILL \"$@\"";
    command.args(["-c", script, "sh", &format!("{:.0}", seconds.ceil()), &format!("{:.0}", seconds.ceil() * 20.0)]);
    command.arg(program).args(arguments).current_dir(folder.join("copy")).stderr(Stdio::null());
    command.env("REFERENCE_LAWS", "1000").env("PREPARED_LAWS", "300").env("FEWER", "20");
    command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true").env("PROPTEST_MAX_SHRINK_ITERS", "0");
    command
}

/// All tests of these programs, the quickest first; what is known of a program that was not built anew is taken as it is.
pub fn survey(programs: &[PathBuf], folder: &Path) -> Result<Vec<Test>> {
    let book = folder.join("survey.json");
    let known: Vec<Test> =
        fs::read(&book).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let (mut tests, mut new) = (Vec::new(), Vec::new());
    for program in programs {
        let built = fs::metadata(program)?.modified()?;
        if known.iter().any(|test| test.program == *program && test.built == built) {
            tests.extend(known.iter().filter(|test| test.program == *program).cloned());
            continue;
        }
        let output = Command::new(program).args(["--list", "--format", "terse"]).output()?;
        for name in String::from_utf8(output.stdout)?.lines().filter_map(|line| line.strip_suffix(": test")) {
            let seconds = LONGEST;
            new.push(Test { program: program.clone(), built, name: name.into(), seconds, reaches: Vec::new() });
        }
    }
    let (next, surveyed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    on_every_core(|core, _| {
        let seen = folder.join(format!("seen-{core}"));
        while let Some(test) = new.get(next.fetch_add(1, Relaxed)) {
            let mut test = test.clone();
            test.survey(folder, &seen)?;
            lock(&surveyed).push(test);
        }
        Ok(())
    })?;
    tests.extend(surveyed.into_inner().unwrap_or_else(PoisonError::into_inner));
    fs::write(&book, serde_json::to_vec(&tests)?)?;
    tests.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    Ok(tests)
}

/// The programs of `tests/`, but those whose tests read other packages, count memory, or take minutes.
pub fn programs(root: &Path) -> Result<Vec<String>> {
    let without =
        env::var("MUTANTS_WITHOUT").unwrap_or_else(|_| "exhaustive,memory,checker,expected,data,numbers".into());
    let mut names = vec!["lib".to_string()];
    for entry in fs::read_dir(root.join("tests"))? {
        let path = entry?.path();
        if path.join("main.rs").is_file() || path.extension().is_some_and(|end| end == "rs") {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.retain(|name| !without.split(',').any(|other| other == name));
    names.sort();
    Ok(names)
}
