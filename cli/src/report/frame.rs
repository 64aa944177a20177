//! HTML: the document round a page, sections, tables that can be read aloud and scrolled by keys, figures, and their style.

use apportion::insight::safe::html;

/// The whole document.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#result\">Skip to the result</a>\n\
         {}<main>\n{body}</main>\n</body>\n</html>\n",
        html(title),
        contents(body)
    )
}

/// Links to the sections that there are.
fn contents(body: &str) -> String {
    let links = body.split("<section id=\"").skip(1).filter_map(|rest| {
        let (id, rest) = rest.split_once('"')?;
        let heading = rest.split("<h2>").nth(1)?.split("</h2>").next()?;
        Some(format!("<li><a href=\"#{id}\">{heading}</a></li>\n"))
    });
    let links: String = links.collect();
    format!("<nav aria-label=\"On this page\"><ul>\n<li><a href=\"#result\">Result</a></li>\n{links}</ul></nav>\n")
}

pub(super) fn section(id: &str, title: &str, content: &str) -> String {
    if content.is_empty() {
        return String::new();
    }
    format!("<section id=\"{id}\">\n<h2>{}</h2>\n{content}</section>\n", html(title))
}

pub(super) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", html(text))
}

pub(super) fn note(text: &str) -> String {
    format!("<p class=\"note\">{}</p>\n", html(text))
}

pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    let items: String = items.iter().map(|item| format!("<li>{}</li>\n", html(item.as_ref()))).collect();
    format!("<ul>\n{items}</ul>\n")
}

/// What a reader opens when wanted.
pub(super) fn details(summary: &str, content: &str) -> String {
    format!("<details>\n<summary>{}</summary>\n{content}</details>\n", html(summary))
}

/// A picture, drawn for a desk and for a telephone.
pub(super) fn figure(caption: &str, desk: &str, phone: &str) -> String {
    format!(
        "<figure>\n<figcaption>{}</figcaption>\n<div class=\"desk\">{desk}</div>\n<div class=\"phone\">{phone}</div>\n</figure>\n",
        html(caption)
    )
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    note: String,
    classes: Vec<&'static str>,
    is_head: bool,
}

impl Cell {
    pub(crate) fn of(text: &str) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// What its row is about.
    pub(crate) fn head(text: &str) -> Self {
        Self { is_head: true, ..Self::of(text) }
    }

    pub(super) fn strong(text: &str) -> Self {
        Self::of(text).with("strong")
    }

    fn with(mut self, class: &'static str) -> Self {
        self.classes.push(class);
        self
    }

    /// Left out where there is little room.
    pub(super) fn wide(self) -> Self {
        self.with("wide")
    }

    pub(super) fn faint(self) -> Self {
        self.with("faint")
    }

    pub(super) fn foot(self) -> Self {
        self.with("foot")
    }

    /// Words that run on, flush left.
    pub(super) fn words(self) -> Self {
        self.with("words")
    }

    /// More than by the law, or fewer; the sign says it as well.
    pub(super) fn more(self) -> Self {
        self.with("more")
    }

    pub(super) fn fewer(self) -> Self {
        self.with("fewer")
    }

    /// A few words below.
    pub(super) fn noted(mut self, note: &str) -> Self {
        self.note = note.into();
        self
    }

    fn html(&self) -> String {
        let tag = if self.is_head { "th scope=\"row\"" } else { "td" };
        let class =
            if self.classes.is_empty() { String::new() } else { format!(" class=\"{}\"", self.classes.join(" ")) };
        let note = if self.note.is_empty() { String::new() } else { format!("<small>{}</small>", html(&self.note)) };
        format!("<{tag}{class}>{}{note}</{}>", html(&self.text), &tag[..2])
    }
}

/// A table in a region that scrolls by keys; headings above cells that are left out on telephones are, too.
pub(crate) fn table(caption: &str, headings: &[&str], rows: &[Vec<Cell>]) -> String {
    let wide = |at: usize| rows.first().and_then(|row| row.get(at)).is_some_and(|cell| cell.classes.contains(&"wide"));
    let words =
        |at: usize| rows.first().and_then(|row| row.get(at)).is_some_and(|cell| cell.classes.contains(&"words"));
    let head = |(at, heading): (usize, &&str)| {
        let class = match (wide(at), words(at)) {
            (true, _) => " class=\"wide\"",
            (_, true) => " class=\"words\"",
            _ => "",
        };
        format!("<th scope=\"col\"{class}>{}</th>", html(heading))
    };
    let heads: String = headings.iter().enumerate().map(head).collect();
    let row = |row: &Vec<Cell>| format!("<tr>{}</tr>\n", row.iter().map(Cell::html).collect::<String>());
    let rows: String = rows.iter().map(row).collect();
    let caption = html(caption);
    format!(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table>\n<caption>{caption}</caption>\n\
         <thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )
}

/// A table of the library's.
pub(super) fn html_table(table_of: &apportion::insight::Table) -> String {
    let headings: Vec<&str> = table_of.headings().iter().map(String::as_str).collect();
    let row = |cells: &Vec<String>| {
        let cell = |(at, text): (usize, &String)| if at == 0 { Cell::head(text) } else { Cell::of(text) };
        cells.iter().enumerate().map(cell).collect()
    };
    table(table_of.title(), &headings, &table_of.rows().iter().map(row).collect::<Vec<_>>())
}

const STYLE: &str = "
:root { color-scheme: light dark; --paper: #fff; --panel: #f6f5f1; --ink: #16191d; --soft: #4a5058; --line: #dcdad3; --edge: #80858b;
  --link: #0b57a4; --good: #17623a; --good-ground: #e6f3ea; --wait: #6b4300; --wait-ground: #fff1cf; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #14171a; --panel: #1e2226; --ink: #efede7; --soft: #b4b8bd;
  --line: #363b41; --edge: #868c93; --link: #8fc3ff; --good: #86d9a8; --good-ground: #16301f; --wait: #ffd98a; --wait-ground: #3a2d0c; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; }
main, nav ul { max-width: 70rem; margin: 0 auto; padding: 0 1.5rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; z-index: 2; }
nav { border-bottom: 1px solid var(--line); }
nav ul { display: flex; gap: 0 1.5rem; flex-wrap: wrap; list-style: none; }
nav a { display: block; padding: .6rem 0; color: var(--soft); text-decoration: none; font-size: .9375rem; }
nav a:hover { color: var(--ink); text-decoration: underline; }
.kick { color: var(--soft); font-size: .9375rem; margin: 2rem 0 .35rem; }
h1 { font-size: clamp(1.75rem, 1.1rem + 2.6vw, 2.75rem); line-height: 1.12; letter-spacing: -.02em; margin: 0 0 .5rem;
  max-width: 26ch; text-wrap: balance; overflow-wrap: break-word; }
h2 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
h3 { font-size: 1.0625rem; line-height: 1.3; margin: 1.5rem 0 .25rem; }
p, li { max-width: 42em; overflow-wrap: anywhere; }
.lede { font-size: 1.1875rem; line-height: 1.45; margin: 0 0 1rem; max-width: 40em; }
section { padding: 2.25rem 0; border-top: 1px solid var(--line); }
section:first-of-type { border-top: 0; padding-top: 1rem; }
.note { color: var(--soft); font-size: .875rem; line-height: 1.45; max-width: 48em; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1.25rem; padding: 0; list-style: none; }
.facts li { font-size: .875rem; padding: .25rem .65rem; border-radius: 6px; background: var(--panel); }
.facts .ok { background: var(--good-ground); color: var(--good); }
.facts .wait { background: var(--wait-ground); color: var(--wait); }
.warnbox { background: var(--wait-ground); color: var(--wait); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; }
.groups { columns: 2 18rem; padding-left: 1.25rem; }
.split { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 2.5rem; align-items: start; }
figure { margin: 1.25rem 0; max-width: 40rem; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
figure svg { display: block; width: 100%; height: auto; }
.phone { display: none; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums lining-nums; }
.split table { width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0 0 .5rem; }
th, td { padding: .45rem .5rem; text-align: right; border-bottom: 1px solid var(--line); vertical-align: baseline; white-space: nowrap; }
thead th { font-size: .8125rem; font-weight: 500; color: var(--soft); border-bottom-color: var(--edge); vertical-align: bottom;
  line-height: 1.25; white-space: normal; }
th:first-child, td:first-child { text-align: left; padding-left: 0; position: sticky; left: 0; background: var(--paper); }
tbody th { font-weight: 600; white-space: normal; min-width: 6rem; overflow-wrap: anywhere; }
tbody small { display: block; color: var(--soft); font-weight: 400; font-size: .8125rem; }
.strong { font-size: 1.25rem; font-weight: 700; }
.words { text-align: left; white-space: normal; min-width: 12rem; }
.faint { color: var(--soft); font-weight: 400; }
.foot { border-top: 1px solid var(--edge); border-bottom: 0; font-weight: 600; font-size: .9375rem; }
.more { color: var(--good); font-weight: 700; }
.fewer { color: var(--wait); font-weight: 700; }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--link); padding: .6rem 0; }
@media (max-width: 56rem) { .split { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; } }
@media screen and (max-width: 36rem) {
  main, nav ul { padding: 0 1rem; }
  nav ul { flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; gap: 1.1rem; }
  .kick { margin-top: 1.25rem; font-size: .875rem; }
  h2 { font-size: 1.3125rem; }
  .lede { font-size: 1.0625rem; }
  section { padding: 1.75rem 0; }
  table { font-size: .875rem; }
  th, td { padding: .45rem .3rem; }
  .wide, .desk { display: none; }
  .phone { display: block; }
}
@page { margin: 14mm; }
@media print {
  html { font-size: 10pt; }
  nav, .skip { display: none; }
  main { padding: 0; max-width: none; }
  h1 { font-size: 22pt; }
  h2, h3, figcaption, caption { break-after: avoid; }
  figure, tr, .warnbox, li { break-inside: avoid; }
  figure { max-width: 34rem; margin: .5rem 0; }
  section { padding: .6rem 0; }
  th, td { padding: .2rem .35rem; }
  .split { display: block; }
  .scroll { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
";
