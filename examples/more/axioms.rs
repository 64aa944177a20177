//! What each method guarantees: a table of methods by axioms, with a counter-example wherever an axiom is broken.
//!
//! The eleven methods and properties are those of the literature on apportionment (M. L. Balinski and H. P. Young, *Fair
//! Representation*, 1982; F. Pukelsheim, *Proportional Representation*, 2017). Each counter-example is checked while the
//! table is made: its votes are given out, and the axiom must be seen to break.
//!
//! ```sh
//! cargo run --example axioms
//! cargo run --example axioms -- --statements
//! cargo run --example axioms -- --method sainte-lague
//! ```

use apportion::AllocationMethod;
use apportion::axioms::{Axiom, CounterExample, Evidence, Guarantee};
use clap::Parser;
use comfy_table::{Table, TableComponent, presets};

/// What each allocation method guarantees, axiom by axiom.
///
/// A cell says "ok (proved)" for a theorem of the literature, "ok" where a search found no violation, and otherwise
/// "fails" with votes and seats that show it.
#[derive(Parser)]
#[command(after_help = "\
Examples:
  axioms                              the table of eleven methods by eleven properties
  axioms --statements                 every axiom in words, with its source
  axioms --method droop               all that is known of one method
  axioms --method '{ quota = \"hare\", rounding = \"up\" }'

Methods are written as in election documents: dhondt, sainte-lague, hare, droop, huntington-hill, …")]
struct Arguments {
    /// Print every axiom in words, with its source
    #[arg(long)]
    statements: bool,
    /// Print all that is known of one method
    #[arg(long, value_parser = read, conflicts_with = "statements")]
    method: Option<AllocationMethod>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if arguments.statements {
        for axiom in Axiom::ALL {
            println!("{axiom}\n{}\n{}\n", indented(axiom.statement()), indented(&format!("({})", axiom.source())));
        }
        return Ok(());
    }
    if let Some(method) = arguments.method {
        println!("{method}\n");
        for axiom in Axiom::ALL {
            println!("{axiom}\n{}", indented(&method.guarantees(axiom).to_string()));
        }
        return Ok(());
    }

    println!("Axioms by methods; a break is shown by votes; seats.\n");
    let methods = methods()?;
    let mut notes = Vec::new();
    let mut searched = None;
    for group in [&methods[..3], &methods[3..6], &methods[6..9], &methods[9..]] {
        println!("{}\n", table(group, &mut notes, &mut searched)?.trim_fmt());
    }
    println!("ok (proved)  a theorem of the literature");
    if let Some(budget) = searched {
        println!("ok           not proved here: no violation up to {budget}");
    }
    println!("ok*          no violation up to 4 parties, 60 votes each, 8 seats; but beyond:");
    for note in &notes {
        println!("             {note}");
    }
    println!("\nNext: cargo run --example axioms -- --statements\n      cargo run --example paradoxes");
    Ok(())
}

/// The methods, under the names of the table.
fn methods() -> Result<[(&'static str, AllocationMethod); 11], Box<dyn std::error::Error>> {
    let modified = apportion::Divisors::modified_sainte_lague("1.4".parse()?)?;
    Ok([
        ("Adams", AllocationMethod::ADAMS),
        ("Dean", AllocationMethod::DEAN),
        ("Huntington-Hill", AllocationMethod::HUNTINGTON_HILL),
        ("Sainte-Laguë\n(Webster)", AllocationMethod::SAINTE_LAGUE),
        ("D'Hondt\n(Jefferson)", AllocationMethod::D_HONDT),
        ("Sainte-Laguë\nfrom 1.4", AllocationMethod::HighestAverages(modified)),
        ("Imperiali\ndivisors", AllocationMethod::IMPERIALI_DIVISORS),
        ("Danish", AllocationMethod::DANISH),
        ("Macau", AllocationMethod::MACAU),
        ("Largest remainders,\nvotes / seats", AllocationMethod::HARE),
        ("Largest remainders,\nvotes / (seats + 1)", AllocationMethod::HAGENBACH_BISCHOFF),
    ])
}

/// The rows of the table: an axiom under its common name.
const ROWS: [(&str, Axiom); 11] = [
    ("lower quota", Axiom::LowerQuota),
    ("upper quota", Axiom::UpperQuota),
    ("house monotone", Axiom::HouseMonotonicity),
    ("population monotone", Axiom::PopulationMonotonicity),
    ("own-vote monotone", Axiom::OwnVoteMonotonicity),
    ("uniformity", Axiom::Uniformity),
    ("majority keeps half", Axiom::Majority),
    ("no unearned majority", Axiom::Minority),
    ("merge never loses", Axiom::MergingNeverLoses),
    ("merge never gains", Axiom::MergingNeverGains),
    ("merge moves 1 at most", Axiom::Stability),
];

fn table(
    methods: &[(&str, AllocationMethod)],
    notes: &mut Vec<String>,
    searched: &mut Option<apportion::axioms::Budget>,
) -> Result<Table, String> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_style(TableComponent::HeaderLines, '─');
    table.set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_header(["property"].into_iter().chain(methods.iter().map(|(name, _)| *name)));
    for (property, axiom) in ROWS {
        let mut row = vec![property.to_string()];
        for (name, method) in methods {
            row.push(match method.guarantees(axiom) {
                Guarantee::Always(Evidence::Proved { .. }) => "ok (proved)".into(),
                Guarantee::Always(Evidence::Searched(budget)) => {
                    *searched = Some(budget);
                    "ok".into()
                }
                Guarantee::Fails(example) => {
                    check(method, axiom, &example)?;
                    let shown = shown(&example);
                    if is_small(&example) {
                        format!("fails: {shown}")
                    } else {
                        notes.push(format!("{}, {axiom}: {shown}", name.replace('\n', " ")));
                        "ok*".into()
                    }
                }
                _ => "not claimed".into(),
            });
        }
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    Ok(table)
}

/// Votes and seats, as in a cell.
fn shown(example: &CounterExample) -> String {
    let votes: Vec<String> = example.instance().votes().iter().map(u64::to_string).collect();
    format!("{}; {}", votes.join(","), example.instance().seats())
}

/// Whether an example is within what the table of the literature was computed on.
fn is_small(example: &CounterExample) -> bool {
    let instance = example.instance();
    instance.votes().len() <= 4 && instance.votes().iter().all(|&votes| votes <= 60) && instance.seats() <= 8
}

/// Sees the axiom break.
fn check(method: &AllocationMethod, axiom: Axiom, example: &CounterExample) -> Result<(), String> {
    match axiom.check(method, example.instance()) {
        Err(fault) if fault.violation().is_some() => Ok(()),
        _ => Err(format!("{method} keeps {axiom} with {example}")),
    }
}

/// A method as election documents write it.
fn read(text: &str) -> Result<AllocationMethod, String> {
    #[derive(serde::Deserialize)]
    struct Line {
        method: AllocationMethod,
    }
    let value = if text.starts_with('{') { text.to_string() } else { format!("{text:?}") };
    toml::from_str::<Line>(&format!("method = {value}")).map(|line| line.method).map_err(|error| error.message().into())
}

/// Words in lines of 80 columns, indented by two.
fn indented(text: &str) -> String {
    let mut lines = vec![String::from(" ")];
    for word in text.split(' ') {
        if let Some(line) = lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= 80) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("  {word}"));
        }
    }
    lines.join("\n")
}
