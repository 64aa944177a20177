//! Why these seats: the steps of an election, in the order of its law.
//!
//! ```sh
//! cargo run --example explain
//! ```
fn main() {
    for id in ["kz-majilis-2012", "ep-es-1994"] {
        let line = include_str!("../../tests/data/elections.jsonl").lines().find(|l| l.contains(id)).unwrap();
        let e: apportion::Election = serde_json::from_str(line).unwrap();
        println!("{}", apportion::insight::Explanation::new(&e.rule, &e.tally).unwrap());
    }
}
