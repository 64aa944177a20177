//! The Markdown that explanations are written in, as HTML: headings, paragraphs, lists and tables, and nothing else.

use crate::report::escape;

/// The blocks of a text, one after another; its own headings come below those of the page.
pub(crate) fn to_html(markdown: &str) -> String {
    let mut html = String::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|row| row.starts_with('|')) {
                rows.push(row);
            }
            html += &table(&rows);
        } else if let Some(item) = line.strip_prefix("- ") {
            html += &format!("<ul>\n<li>{}</li>\n", plain(item));
            while let Some(item) = lines.next_if(|next| next.starts_with("- ")) {
                html += &format!("<li>{}</li>\n", plain(&item[2..]));
            }
            html += "</ul>\n";
        } else if let Some(heading) = line.strip_prefix("## ") {
            html += &format!("<h3>{}</h3>\n", plain(heading));
        } else if !line.is_empty() && !line.starts_with("# ") {
            html += &format!("<p>{}</p>\n", plain(line));
        }
    }
    html
}

/// A heading, a line of dashes, and rows.
fn table(rows: &[&str]) -> String {
    let cells = |row: &str, tag: &str| {
        let row = row.trim_start_matches("| ").trim_end_matches(" |");
        let cells = row.split(" | ").map(|cell| format!("<{tag}>{}</{tag}>", escape(&cell.replace("\\|", "|"))));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let head = rows.first().map_or_else(String::new, |row| cells(row, "th"));
    let body: String = rows.iter().skip(2).map(|row| cells(row, "td")).collect();
    format!("<div class=\"wide\"><table>\n<thead>{head}</thead>\n<tbody>\n{body}</tbody></table></div>\n")
}

/// Text without the signs that keep Markdown from reading it.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    escape(&out.replace("&lt;", "<"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_elements_and_names_stay_text() {
        let markdown = "# Why\n\nThe law: a\\_b &lt;i>\n\n## List seats\n\n- one\n- two\n| party | votes |\n| --- | ---: |\n| A\\|B | 5 |\n";
        let html = to_html(markdown);
        assert!(html.starts_with("<p>The law: a_b &lt;i&gt;</p>\n<h3>List seats</h3>\n<ul>\n<li>one</li>\n"), "{html}");
        assert!(html.contains("<thead><tr><th>party</th><th>votes</th></tr>\n</thead>"), "{html}");
        assert!(html.contains("<tr><td>A|B</td><td>5</td></tr>"), "{html}");
    }
}
