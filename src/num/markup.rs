//! Texts of a user's inside HTML, SVG and Markdown: what they hold is shown, and never read as markup.

use alloc::string::String;

use super::layout::escaped;

/// A text as HTML takes it, and XML, in an element or between double quotes.
pub(crate) fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in escaped(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A text as Markdown takes it, in a paragraph, a list or a cell of a table: no links, no HTML, no emphasis, one line.
pub(crate) fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in escaped(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '\\' | '|' | '*' | '_' | '[' | ']' | '`' | '~' => {
                safe.push('\\');
                safe.push(letter);
            }
            other => safe.push(other),
        }
    }
    // What would make the whole line a heading, a quotation or a list.
    if safe.starts_with(['#', '>', '+', '=']) || safe.starts_with("- ") {
        safe.insert(0, '\\');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_read_as_html() {
        let safe = html("<b id=\"y\">&\u{202e}\n");
        assert_eq!(safe, "&lt;b id=&quot;y&quot;&gt;&amp;\\u{202e}\\n");
    }

    #[test]
    fn no_text_is_read_as_markdown() {
        assert_eq!(
            markdown("[a](b) <i> *c*_d_ `e` f|g\u{2028}"),
            "\\[a\\](b) &lt;i> \\*c\\*\\_d\\_ \\`e\\` f\\|g\\\\u{2028}"
        );
        assert_eq!(markdown("# a"), "\\# a");
        assert_eq!(markdown("- a"), "\\- a");
        assert_eq!(markdown("-"), "-");
    }
}
