//! Why these seats: every step of the law, and the last seats as pictures.

use apportion::insight::picture::{quotients, remainders};

use super::Page;
use super::frame::section;
use crate::markdown;

impl Page<'_> {
    pub(super) fn why(&self) -> String {
        let explanation = self.outcome.explain();
        let titles: Vec<String> = explanation.tables().iter().map(|table| table.title().to_string()).collect();
        let mut text = self.picture("The last seats, and the next in line", quotients);
        text += &self.picture("Votes left over after full seats", remainders);
        text += &markdown::to_html(&explanation.to_markdown(), &titles);
        section("why", "Why these seats?", &text)
    }
}
