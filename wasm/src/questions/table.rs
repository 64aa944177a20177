//! Pasted tables: names and votes, whatever separates columns and thousands; of one place, or a district a row.

mod districts;
mod numbers;
mod split;

use serde_json::{Map, Value, json};

use crate::numbers::count;

/// One row as it was typed.
struct Row {
    /// Where there is a column of districts: the one of this row.
    district: Option<String>,
    name: String,
    votes: String,
    /// The seats on record, or those of the district.
    seats: Option<String>,
    /// The line of the text.
    line: Option<usize>,
}

/// The rows of a pasted text.
pub(super) fn of_text(text: &str) -> Value {
    let rows = split::rows(text);
    if rows.iter().any(|row| row.district.is_some()) { districts::answer(&rows) } else { answer(rows) }
}

/// Rows that were typed apart; those without any text are left out.
pub(super) fn of_rows(rows: &[(String, String)]) -> Value {
    let typed = rows.iter().map(|(name, votes)| Row {
        district: None,
        name: name.trim().into(),
        votes: votes.trim().into(),
        seats: None,
        line: None,
    });
    answer(typed.collect())
}

/// Each row read, and what is wrong with it.
fn answer(rows: Vec<Row>) -> Value {
    let style = numbers::Style::of(rows.iter().map(|row| row.votes.as_str()));
    let mut errors = Vec::new();
    let mut parties = Vec::new();
    let mut shown = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        shown.push(json!([row.name, row.votes]));
        if row.name.is_empty() && row.votes.is_empty() {
            continue;
        }
        let line = row.line;
        let mut refuse = |column: &str, code: &str, message: String, fix: Option<Value>| {
            errors.push(
                json!({ "row": at, "column": column, "code": code, "message": message, "line": line, "fix": fix }),
            );
        };
        if row.name.is_empty() {
            refuse("name", "no-name", "This party has no name.".into(), None);
        }
        let first = rows[..at].iter().position(|other| !row.name.is_empty() && other.name == row.name);
        if let Some(first) = first {
            let sum = style.read(&rows[first].votes).ok().zip(style.read(&row.votes).ok());
            let sum = sum.and_then(|(one, two)| one.checked_add(two));
            let fix = sum.map(|sum| json!({ "merge": first, "votes": count(sum.into()) }));
            let message = format!("“{}” stands twice. Rename one, or add the two up.", row.name);
            refuse("name", "duplicate", message, fix);
        }
        match style.read(&row.votes) {
            Ok(votes) => {
                let mut party = Map::new();
                party.insert("name".into(), row.name.as_str().into());
                party.insert("votes".into(), count(votes.into()));
                if let Some(seats) = row.seats.as_deref().and_then(|seats| style.read(seats).ok()) {
                    party.insert("seats".into(), count(seats.into()));
                }
                parties.push(Value::Object(party));
            }
            Err(fault) => refuse("votes", fault.code, fault.message, fault.fix.map(|votes| json!({ "votes": votes }))),
        }
    }
    json!({ "rows": shown, "parties": parties, "districts": null, "errors": errors })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, u64)> {
        let answer = of_text(text);
        assert_eq!(answer["errors"], json!([]), "{text:?}");
        let parties = answer["parties"].as_array().unwrap().iter();
        parties.map(|party| (party["name"].as_str().unwrap().into(), party["votes"].as_u64().unwrap())).collect()
    }

    #[test]
    fn tables_are_read_whatever_separates_their_columns_and_thousands() {
        let expected = vec![("Nur Otan".to_string(), 5_621_436), ("Ak Zhol".to_string(), 518_405)];
        for text in [
            "Nur Otan\t5621436\nAk Zhol\t518405",
            "Party\tVotes\nNur Otan\t5,621,436\nAk Zhol\t518,405\n",
            "Party;Votes\r\nNur Otan;5.621.436\r\nAk Zhol;518.405",
            "party,votes\nNur Otan,5621436\nAk Zhol,518405",
            "\"Nur Otan\",\"5,621,436\"\n\"Ak Zhol\",\"518,405\"",
            "Nur Otan, 5,621,436\nAk Zhol, 518,405",
            "Party        Votes\nNur Otan     5621436\nAk Zhol       518405\n",
            "Nur Otan 5621436\nAk Zhol 518405",
            "Nur Otan   5 621 436\nAk Zhol   518 405",
            "Nur Otan\t5'621'436\nAk Zhol\t518'405",
            "Nur Otan\t5\u{202f}621\u{202f}436\nAk Zhol\t518\u{a0}405",
            "Nur Otan\t56,21,436\nAk Zhol\t5,18,405",
            "\u{feff}votes;party\n5621436;Nur Otan\n518405;Ak Zhol",
            "| Party | Votes |\n| --- | ---: |\n| Nur Otan | 5,621,436 |\n| Ak Zhol | 518,405 |",
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn totals_and_seats_on_record_are_told_from_parties() {
        let answer = of_text("party,votes,seats\nA,60,3\nB,40,2\n");
        assert_eq!(answer["parties"][0], json!({ "name": "A", "votes": 60, "seats": 3 }));
    }

    #[test]
    fn what_is_no_whole_number_is_refused_at_its_line_with_a_way_out() {
        let answer = of_text("party,votes\nA,498.78\nB,-3\nC,\nD,12a\nE,7%");
        let errors = answer["errors"].as_array().unwrap();
        let codes: Vec<_> = errors.iter().map(|error| (error["line"].as_u64(), error["code"].as_str())).collect();
        let codes: Vec<_> = codes.into_iter().map(|(line, code)| (line.unwrap(), code.unwrap())).collect();
        assert_eq!(codes, [(2, "decimal"), (3, "negative"), (4, "missing"), (5, "number"), (6, "percent")]);
        assert_eq!(errors[0]["fix"]["votes"], "498780");
        assert!(errors[0]["message"].as_str().unwrap().contains("498,780"));
    }

    #[test]
    fn a_name_that_stands_twice_can_be_added_up() {
        let answer = of_text("Auyl\t82623\nAuyl\t57732");
        assert_eq!(answer["errors"][0]["fix"], json!({ "merge": 0, "votes": 140_355 }));
    }

    #[test]
    fn separators_that_could_be_decimal_ones_are_not_guessed() {
        let answer = of_text("A\t1.234\nB\t1,234");
        assert_eq!(answer["errors"][0]["code"], "mixed");
    }

    #[test]
    fn rows_of_districts_are_summed_by_district_and_party_with_the_districts_seats() {
        let answer = of_text(
            "Wahlkreis;Partei;Stimmen;Sitze;Lokal\nNord;A;1.200;3;1\nNord;B;900;;1\nNord;A;1.300;3;2\nSüd;B;70;2;3\n",
        );
        assert_eq!(answer["errors"], json!([]));
        let districts = json!([
            { "name": "Nord", "seats": 3, "parties": [{ "name": "A", "votes": 2500 }, { "name": "B", "votes": 900 }] },
            { "name": "Süd", "seats": 2, "parties": [{ "name": "B", "votes": 70 }] },
        ]);
        assert_eq!(answer["districts"], districts);
        let without_seats = of_text("district\tparty\tvotes\nNorth\tA\t5\n");
        assert_eq!(without_seats["districts"], json!([{ "name": "North", "parties": [{ "name": "A", "votes": 5 }] }]));
    }

    #[test]
    fn rows_of_districts_are_refused_at_their_line() {
        let answer = of_text(
            "district,party,votes,seats\nNorth,A,5,3\nNorth,B,5.5,3\n,A,1,2\nNorth,,1,3\nNorth,C,1,4\nSouth,A,1,two\nEast,A,18446744073709551615,1\nEast,A,1,\n",
        );
        let errors = answer["errors"].as_array().unwrap().iter();
        let found: Vec<_> =
            errors.map(|error| (error["line"].as_u64().unwrap(), error["code"].as_str().unwrap())).collect();
        let expected =
            [(3, "decimal"), (4, "no-district"), (5, "no-name"), (6, "other-seats"), (7, "number"), (9, "too-large")];
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_of_64_bits_are_kept_and_larger_ones_refused() {
        let answer = of_text("A\t18446744073709551615\nB\t18446744073709551616");
        assert_eq!(answer["parties"][0]["votes"], "18446744073709551615");
        assert_eq!(answer["errors"][0]["code"], "too-large");
    }
}
