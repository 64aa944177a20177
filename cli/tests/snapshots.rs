//! What the program prints, word for word: every help text, every command of the README, every status.
//!
//! `TRYCMD=overwrite cargo test -p apportion-cli --test snapshots` writes them anew.

#[test]
fn help_texts_answers_and_errors_are_as_written_down() {
    trycmd::TestCases::new().case("tests/cmd/*.md").case("README.md");
}
