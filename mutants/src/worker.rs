//! Written by `mutants/` beside the answers of its copy: flips the switch in one process, mutant by mutant, and says which
//! of them change a text.
//!
//! On standard input, numbers of mutants, each with what caught it the last time; out, for each, a line with its number
//! when it is begun and one with what became of it. A mutant that takes too long ends the process.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

use apportion::mutant;

use super::{TEXTS, documents, number_of, text};

/// One text of one document: its number, the seconds that it takes, and the mutants that it reaches.
struct Unit {
    document: usize,
    text: usize,
    number: u32,
    seconds: f64,
    reaches: Vec<u32>,
}

/// The time of the processor at which the text that is being made should be there.
static DUE: AtomicU64 = AtomicU64::new(u64::MAX);

#[test]
#[ignore = "asks for numbers of mutants"]
fn hunt() {
    let most = 100 * env::var("MUTANTS_MOST").unwrap().parse::<u64>().unwrap();
    let documents = documents::all();
    let mut units = survey(&documents);
    units.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    std::panic::set_hook(Box::new(|_| {}));
    thread::spawn(watch);
    for line in io::stdin().lines() {
        let line = line.unwrap();
        let (id, hint) = line.split_once(' ').unwrap();
        let id: u32 = id.parse().unwrap();
        say(&format!("{id}"));
        let mut reaching: Vec<&Unit> = units.iter().filter(|unit| unit.reaches.binary_search(&id).is_ok()).collect();
        let mut fate = if reaching.is_empty() { "unreached" } else { "same" }.to_owned();
        reaching.sort_by_key(|unit| !is_named(unit, &documents, hint));
        let begun = processor();
        for unit in reaching {
            if processor() - begun > most {
                fate = "undecided".into();
                break;
            }
            let document = &documents[unit.document];
            DUE.store(processor() + 300 + (5_000.0 * unit.seconds) as u64, Relaxed);
            mutant::set(id);
            let number = number_of(&text(&document.text, unit.text));
            mutant::set(0);
            DUE.store(u64::MAX, Relaxed);
            if number != unit.number {
                fate = format!("caught {} of {}", TEXTS[unit.text].0, document.name);
                break;
            }
        }
        say(&format!("{id} {fate}"));
    }
}

/// Whether a text is the one that caught a mutant the last time.
fn is_named(unit: &Unit, documents: &[documents::Document], hint: &str) -> bool {
    hint.split_once(" of ") == Some((TEXTS[unit.text].0, &*documents[unit.document].name))
}

fn say(line: &str) {
    println!("mutant {line}");
    io::stdout().flush().unwrap();
}

/// Ends the process when a text is late.
fn watch() {
    loop {
        thread::sleep(Duration::from_millis(200));
        if processor() > DUE.load(Relaxed) {
            process::exit(3);
        }
    }
}

/// The time that this process took of processors, in hundredths of a second: others may need them, too.
fn processor() -> u64 {
    let known = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = known.rsplit_once(") ").unwrap();
    fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

/// Makes every text once; what is known from an earlier process is taken as it is.
fn survey(documents: &[documents::Document]) -> Vec<Unit> {
    let path = env::var("MUTANTS_SURVEY").unwrap();
    if let Ok(lines) = fs::read_to_string(&path) {
        return lines.lines().map(read).collect();
    }
    let mut lines = String::new();
    for (at, document) in documents.iter().enumerate() {
        for which in 0..TEXTS.len() {
            mutant::set(mutant::SURVEY);
            mutant::seen();
            let begun = Instant::now();
            let number = number_of(&text(&document.text, which));
            let seconds = begun.elapsed().as_secs_f64();
            write!(lines, "{at} {which} {number} {seconds}").unwrap();
            mutant::seen().iter().for_each(|id| write!(lines, " {id}").unwrap());
            lines += "\n";
        }
    }
    mutant::set(0);
    fs::write(path, &lines).unwrap();
    lines.lines().map(read).collect()
}

fn read(line: &str) -> Unit {
    let mut words = line.split(' ');
    let mut next = || words.next().unwrap();
    let (document, text) = (next().parse().unwrap(), next().parse().unwrap());
    let (number, seconds) = (next().parse().unwrap(), next().parse().unwrap());
    Unit { document, text, number, seconds, reaches: words.map(|id| id.parse().unwrap()).collect() }
}
