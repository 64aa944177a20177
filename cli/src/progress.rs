//! A bar on standard error for what takes long; only where that is a terminal.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over the bytes of a file; hidden where the length is not known, as of standard input.
pub(crate) fn bytes_of(file: &Path) -> ProgressBar {
    let Ok(metadata) = file.metadata() else { return ProgressBar::hidden() };
    if !metadata.is_file() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent:>3}% of {total_bytes}, {eta} left");
    ProgressBar::new(metadata.len()).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
