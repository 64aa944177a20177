//! The page, section by section.

use anyhow::Result;
use apportion::insight::picture::{Colours, bars, hemicycle, matrix, quotients, remainders};
use apportion::insight::{Indices, Margins, Table, Verdict};
use apportion::{AllocationMethod, Divisors, Election, Outcome, PartyOutcome, PlaceOutcome, Ratio};

use crate::{library, markdown};

/// The whole page.
pub(crate) fn page(election: &Election, outcome: &Outcome, colours: &Colours) -> Result<String> {
    let name = election.name.as_deref().unwrap_or("Election");
    let title = [Some(name), election.date.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");

    let mut body = format!("<h1>{}</h1>\n", escape(&title));
    body += &library::law_in_words(election, outcome).iter().map(|line| paragraph(line)).collect::<String>();
    body += &section("Result", &result(election, outcome, colours)?);
    body += &section("Votes beside seats", &figure(&bars(outcome, colours)));
    if !outcome.places().is_empty() {
        body += &section("Place by place", &places(outcome, colours));
    }
    body += &section("Step by step", &steps(election, outcome, colours));
    body += &section("How close it was", &margins(election)?);
    body += &section("Other methods", &comparison(election, outcome)?);
    body += &section("Proportionality", &indices(outcome));
    if !election.sources.is_empty() {
        let sources = election.sources.iter().map(|source| format!("<li>{}</li>\n", escape(source)));
        body += &section("Sources", &format!("<ul>\n{}</ul>\n", sources.collect::<String>()));
    }
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(&title)
    ))
}

const STYLE: &str = "
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid #ccc; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
figure { margin: 1rem auto; max-width: 32rem; }
svg { display: block; width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .5rem; text-align: right; border-bottom: 1px solid #eee; white-space: nowrap; vertical-align: top; }
th:first-child, td:first-child { text-align: left; white-space: normal; overflow-wrap: break-word; min-width: 7.5rem;
  position: sticky; left: 0; background: #fff; padding-left: 0; }
thead th { white-space: normal; vertical-align: bottom; border-bottom: 1px solid #999; font-weight: 600; }
li, p { overflow-wrap: anywhere; }
@media (max-width: 32rem) {
  body { padding: .75rem; }
  table { font-size: .75rem; }
  th, td { padding: .2rem .25rem; }
  th:first-child, td:first-child { min-width: 5rem; }
}
.text { text-align: left; white-space: normal; }
.differs { font-weight: 700; background: #f2f2f2; }
.note { color: #555; font-size: .875rem; }
";

fn section(title: &str, content: &str) -> String {
    format!("<section>\n<h2>{}</h2>\n{content}</section>\n", escape(title))
}

fn figure(svg: &str) -> String {
    format!("<figure>\n{svg}</figure>\n")
}

/// The seats, what a check of them says, and whether they are those on record.
fn result(election: &Election, outcome: &Outcome, colours: &Colours) -> Result<String> {
    let mut text = figure(&hemicycle(outcome, colours));
    for settled in outcome.settled() {
        text +=
            &paragraph(&format!("A tie was settled by {}: a seat each to {}.", settled.by, settled.parties.join(", ")));
    }
    for tie in outcome.ties() {
        let place = tie.place().map_or_else(String::new, |place| format!(" in {place}"));
        text += &paragraph(&format!("An open tie{place}: {tie}."));
    }
    text += &paragraph(match outcome.verify(&election.rule, &election.count)? {
        Verdict::Correct => "Checked without the method: no other seats are right.",
        Verdict::Tied { .. } => "Checked without the method: these seats are right, and the ties are open.",
        _ => "A check without the method does not confirm these seats.",
    });
    match election.as_recorded(outcome) {
        Some(true) => text += &paragraph("These are the seats on record."),
        Some(false) => text += &paragraph("The seats on record differ."),
        None => {}
    }
    Ok(text)
}

/// Every region and district: its seats, and who has them.
fn places(outcome: &Outcome, colours: &Colours) -> String {
    let row = |place: &PlaceOutcome| {
        let seats = place.parties().iter().filter(|party| party.certain() > 0 || place.is_tied(party.name()));
        let open = |party: &PartyOutcome| if place.is_tied(party.name()) { "+?" } else { "" };
        let seats = seats.map(|party| format!("{} {}{}", party.name(), party.certain(), open(party)));
        let seats = seats.collect::<Vec<_>>().join(", ");
        let name = escape(place.name());
        format!("<tr><td>{name}</td><td>{}</td><td class=\"text\">{}</td></tr>\n", place.filled(), escape(&seats))
    };
    let rows: String = outcome.places().iter().map(row).collect();
    let picture = matrix(outcome, colours).map_or_else(String::new, |picture| figure(&picture));
    format!(
        "{picture}<div class=\"wide\"><table>\n<thead><tr><th>place</th><th>seats</th><th class=\"text\">who has them</th></tr>\
         </thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )
}

fn steps(election: &Election, outcome: &Outcome, colours: &Colours) -> String {
    let mut text = markdown::to_html(&outcome.explain().with_law(&election.rule).to_markdown());
    for picture in [quotients(outcome, colours), remainders(outcome, colours)].into_iter().flatten() {
        text += &figure(&picture);
    }
    text
}

fn margins(election: &Election) -> Result<String> {
    let margins = Margins::new(&election.rule, &election.count)?;
    let mut text = match margins.closest()? {
        Some(closest) => paragraph(&format!("The smallest change that changes the result: {closest}.")),
        None => paragraph("No change of votes changes the result."),
    };
    let table = margins.table()?;
    text += &html_table(table.table());
    for (number, note) in (1..).zip(table.notes()) {
        text += &format!("<p class=\"note\">({number}) {}</p>\n", escape(note));
    }
    text += "<p class=\"note\">Ballots more, or fewer, of that party alone, after which one seat more, or one less, is certain. \
             One ballot fewer does not do it, except where it says &lt;=.</p>\n";
    Ok(text)
}

/// The seats by other methods under the same threshold.
fn comparison(election: &Election, outcome: &Outcome) -> Result<String> {
    let first = Divisors::modified_sainte_lague(Ratio::new(7, 5)?)?;
    let methods = [
        ("Hare", AllocationMethod::HARE),
        ("Droop", AllocationMethod::DROOP),
        ("D'Hondt", AllocationMethod::D_HONDT),
        ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
        ("modified S.-L.", AllocationMethod::HighestAverages(first)),
        ("Huntington-Hill", AllocationMethod::HUNTINGTON_HILL),
        ("Adams", AllocationMethod::ADAMS),
    ];
    let mut columns = Vec::new();
    for (name, method) in methods {
        let other = library::by_another(election, &method, None);
        let seats = |place: usize| match &other {
            Err(_) => "none".to_string(),
            Ok(other) => {
                let party = &other.parties()[place];
                format!("{}{}", party.certain(), if other.is_tied(party.name()) { "+?" } else { "" })
            }
        };
        columns.push((name, (0..outcome.parties().len()).map(seats).collect::<Vec<_>>()));
    }
    let own = |place: usize| {
        let party = &outcome.parties()[place];
        format!("{}{}", party.certain(), if outcome.is_tied(party.name()) { "+?" } else { "" })
    };
    let mut text = String::from("<div class=\"wide\"><table>\n<thead><tr><th>party</th><th>this rule</th>");
    text += &columns.iter().map(|(name, _)| format!("<th>{}</th>", escape(name))).collect::<String>();
    text += "</tr></thead>\n<tbody>\n";
    for (place, party) in outcome.parties().iter().enumerate() {
        let own = own(place);
        if own == "0" && columns.iter().all(|(_, seats)| seats[place] == "0") {
            continue;
        }
        text += &format!("<tr><td>{}</td><td>{own}</td>", escape(party.name()));
        for (_, seats) in &columns {
            let class = if seats[place] == own { "" } else { " class=\"differs\"" };
            text += &format!("<td{class}>{}</td>", seats[place]);
        }
        text += "</tr>\n";
    }
    text += "</tbody></table></div>\n<p class=\"note\">Threshold and bounds are those of the rule; parties without a seat by any of \
             these methods are left out.</p>\n";
    Ok(text)
}

fn indices(outcome: &Outcome) -> String {
    let indices = match Indices::of(outcome) {
        Ok(indices) => indices,
        Err(error) => return paragraph(&format!("There are no indices: {error}.")),
    };
    let value = |ratio: Option<apportion::insight::ExactRatio>| {
        ratio.map_or("without limit".to_string(), |ratio| format!("{:.5}", ratio.to_f64()))
    };
    let rows = [
        ("Gallagher (least squares)", format!("{:.5}", indices.gallagher())),
        ("Loosemore-Hanby (share of seats misplaced)", value(Some(indices.loosemore_hanby()))),
        ("Rae", value(indices.rae())),
        ("Sainte-Laguë", value(indices.sainte_lague())),
        ("D'Hondt (largest share of seats over share of votes)", value(indices.d_hondt())),
        ("Largest deviation", value(Some(indices.largest_deviation()))),
        ("Effective number of parties, by votes", value(Some(indices.effective_parties_by_votes()))),
        ("Effective number of parties, by seats", value(Some(indices.effective_parties_by_seats()))),
        ("Share of votes for parties without a seat", value(Some(indices.wasted_votes()))),
    ];
    let rows = rows.iter().map(|(name, value)| format!("<tr><td>{}</td><td>{value}</td></tr>\n", escape(name)));
    format!("<div class=\"wide\"><table>\n<tbody>\n{}</tbody></table></div>\n", rows.collect::<String>())
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}

fn html_table(table: &Table) -> String {
    let mut text = String::from("<div class=\"wide\"><table>\n<thead><tr>");
    text += &table.headings().iter().map(|heading| format!("<th>{}</th>", escape(heading))).collect::<String>();
    text += "</tr></thead>\n<tbody>\n";
    for row in table.rows() {
        text +=
            &format!("<tr>{}</tr>\n", row.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect::<String>());
    }
    text + "</tbody></table></div>\n"
}

/// Text as HTML takes it.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
