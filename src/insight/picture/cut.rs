//! Claims to seats with the line between those that were served and those that were not.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Colours, WIDTH, row, svg, text};
use crate::insight::explain::{Explanation, QuotaShare};
use crate::insight::quotient::Quotient;

/// The quotients near the cut, a row a party: filled with a seat, empty without, and the line between; `None` for largest
/// remainders, and where every seat came by minimums or went to its last taker.
///
/// As many are shown as stay apart.
#[must_use]
pub fn quotients(explanation: &Explanation<'_>, colours: &Colours) -> Option<String> {
    let cut = explanation.cut()?;
    let (last, refused) = (cut.last.as_ref()?, cut.first_refused.as_ref()?);
    let (high, low) = (last.quotient.to_f64(), refused.quotient.to_f64());
    let line = if high.is_finite() { f64::midpoint(high, low) } else { low * 1.05 };
    if !line.is_finite() || line <= 0.0 {
        return None;
    }
    // The quotients of a party with s seats are a fraction of 1/s apart.
    let most_seats = explanation.outcome().parties().iter().map(|party| party.certain()).max().unwrap_or(0).max(1);
    let reach = (40.0 / most_seats as f64).clamp(1e-9, 0.75);
    let x = |quotient: f64| 8.0 + (quotient / line - 1.0 + reach) / (2.0 * reach) * (WIDTH - 16.0);

    let mut body = String::new();
    body += "<circle cx=\"6\" cy=\"8\" r=\"4\" fill=\"#222\"/>\n";
    body += &text(14.0, 12.0, "with a seat");
    body += "<circle cx=\"96\" cy=\"8\" r=\"3.4\" fill=\"#fff\" stroke=\"#222\" stroke-width=\"1.3\"/>\n";
    body += &text(104.0, 12.0, "without");
    body += &text(160.0, 12.0, &format!("cut: {} to {}", refused.quotient, last.quotient));
    let mut at = 36.0;
    let mut far = 0_u64;
    let middle = x(line);
    let in_sight = |quotient: &Quotient| (4.0..=WIDTH - 4.0).contains(&x(quotient.to_f64()));
    for (index, name, near) in explanation.near_the_cut(line * (1.0 - reach), line * (1.0 + reach)) {
        if !near.iter().any(|(quotient, _)| in_sight(quotient)) {
            far += 1;
            continue;
        }
        let colour = colours.of(index, &name);
        let seats = explanation.outcome().parties().get(index).map_or(0, |party| party.certain());
        let next = near.iter().find(|(_, awarded)| !awarded).map(|(quotient, _)| quotient.to_string());
        body += &row(
            (0.0, WIDTH),
            at,
            &name,
            &next.map_or(format!("{seats} seats"), |next| format!("{seats} seats, then {next}")),
        );
        let y = at + 11.0;
        body += &format!("<path d=\"M8 {y:.1}H{:.1}\" stroke=\"#ccc\"/>\n", WIDTH - 8.0);
        let mut before = f64::INFINITY;
        for (quotient, awarded) in &near {
            if !in_sight(quotient) {
                continue;
            }
            let x = x(quotient.to_f64());
            // Marks that would hide each other are left out.
            if (x - before).abs() < 4.5 {
                continue;
            }
            before = x;
            body += &if *awarded {
                format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>\n")
            } else {
                format!(
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.4\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"1.3\"/>\n"
                )
            };
        }
        body += &cut_line(middle, y - 8.0, y + 8.0);
        at += 36.0;
    }
    if far > 0 {
        body += &text(0.0, at, &format!("{far} more have no quotient near the cut"));
        at += 18.0;
    }
    let title = format!(
        "Quotients near the cut: last seat to {} by {}, first refused to {} by {}",
        last.party, last.quotient, refused.party, refused.quotient
    );
    Some(svg(at - 12.0, &title, &body))
}

/// The remainders in their order, as parts of the quota: filled with a seat, outlined without, and the line between; `None`
/// for highest averages.
#[must_use]
pub fn remainders(explanation: &Explanation<'_>, colours: &Colours) -> Option<String> {
    let quotas = explanation.quotas()?;
    let size = quotas.size.0 as f64 / quotas.size.1 as f64;
    let value = |text: &str| text.replace(',', "").parse::<f64>().unwrap_or(0.0) / size;
    let scale = WIDTH - 12.0;
    let mut body = String::new();
    body += "<rect x=\"0.5\" y=\"2.5\" width=\"19\" height=\"8\" fill=\"#222\"/>\n";
    body += &text(24.0, 11.0, "a seat by remainder");
    body += "<rect x=\"150\" y=\"3\" width=\"18\" height=\"7\" fill=\"#fff\" stroke=\"#222\"/>\n";
    body += &text(173.0, 11.0, "none");
    let mut at = 34.0;
    let value_of = |share: &QuotaShare| value(&share.remainder);
    let order = quotas.by_remainder();
    let weakest = order.iter().rfind(|share| share.seats > share.whole).map(|share| value_of(share));
    let strongest = order.iter().find(|share| share.seats <= share.whole).map(|share| value_of(share));
    let middle = weakest.zip(strongest).map(|(weakest, strongest)| 1.0 + f64::midpoint(weakest, strongest) * scale);
    for share in order {
        let index = explanation.outcome().parties().iter().position(|party| party.name() == share.party).unwrap_or(0);
        let colour = colours.of(index, &share.party);
        let part = value_of(share);
        let awarded = share.seats > share.whole;
        let width = (part.clamp(0.0, 1.0) * scale).max(0.5);
        let fill = if awarded { colour.clone() } else { "#fff".to_string() };
        let whole = crate::num::text::grouped(share.whole);
        body += &row((0.0, WIDTH), at, &share.party, &format!("{whole} quotas + {} votes", share.remainder));
        body += &format!(
            "<rect x=\"1\" y=\"{:.1}\" width=\"{width:.1}\" height=\"9\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.4\"/>\n",
            at + 5.0
        );
        if let Some(middle) = middle {
            body += &cut_line(middle, at + 2.0, at + 17.0);
        }
        at += 34.0;
    }
    let winners: Vec<&str> = quotas.last_seats().iter().map(|share| share.party.as_str()).collect();
    Some(svg(at - 12.0, &format!("Remainders: seats to {}", winners.join(", ")), &body))
}

fn cut_line(x: f64, from: f64, to: f64) -> String {
    format!("<path d=\"M{x:.1} {from:.1}V{to:.1}\" stroke=\"#222\" stroke-width=\"1.2\" stroke-dasharray=\"4 3\"/>\n")
}
