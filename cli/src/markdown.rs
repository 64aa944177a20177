//! The Markdown that explanations are written in, as HTML: headings, paragraphs, lists and tables, and nothing else.

use apportion::insight::safe::html;

use crate::report::{self, Cell};

/// The blocks of a text, one after another; its own headings come below those of the page, and its tables bear these titles.
pub(crate) fn to_html(markdown: &str, titles: &[String]) -> String {
    let mut page = String::new();
    let mut titles = titles.iter();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|row| row.starts_with('|')) {
                rows.push(row);
            }
            page += &table(titles.next().map_or("Figures", String::as_str), &rows);
        } else if let Some(item) = line.strip_prefix("- ") {
            page += &format!("<ul>\n<li>{}</li>\n", plain(item));
            while let Some(item) = lines.next_if(|next| next.starts_with("- ")) {
                page += &format!("<li>{}</li>\n", plain(&item[2..]));
            }
            page += "</ul>\n";
        } else if let Some(heading) = line.strip_prefix("## ") {
            page += &format!("<h3>{}</h3>\n", plain(heading));
        } else if !line.is_empty() && !line.starts_with("# ") {
            page += &format!("<p>{}</p>\n", plain(line));
        }
    }
    page
}

/// A heading, a line of dashes, and rows.
fn table(title: &str, rows: &[&str]) -> String {
    let cells = |row: &&str| -> Vec<String> {
        let row = row.trim_start_matches("| ").trim_end_matches(" |");
        row.split(" | ").map(read).collect()
    };
    let headings = rows.first().map(cells).unwrap_or_default();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let row = |row: &&str| -> Vec<Cell> {
        let cell = |(at, text): (usize, String)| if at == 0 { Cell::head(&text) } else { Cell::of(&text) };
        cells(row).into_iter().enumerate().map(cell).collect()
    };
    report::table(title, &headings, &rows.iter().skip(2).map(row).collect::<Vec<_>>())
}

/// Text without the signs that keep Markdown from reading it, as HTML takes it.
fn plain(text: &str) -> String {
    html(&read(text))
}

/// Text without the signs that keep Markdown from reading it.
fn read(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    out.replace("&lt;", "<").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_elements_and_names_stay_text() {
        let markdown = "# Why\n\nThe law: a\\_b &lt;i>\n\n## List seats\n\n- one\n- two\n| party | votes |\n| --- | ---: |\n| A\\|B | 5 |\n";
        let html = to_html(markdown, &["Votes".to_string()]);
        assert!(html.starts_with("<p>The law: a_b &lt;i&gt;</p>\n<h3>List seats</h3>\n<ul>\n<li>one</li>\n"), "{html}");
        assert!(html.contains("<caption>Votes</caption>\n<thead><tr><th scope=\"col\">party</th>"), "{html}");
        assert!(html.contains("<tr><th scope=\"row\">A|B</th><td>5</td></tr>"), "{html}");
    }
}
