//! Laws in a few words, for the table.

use serde_json::Value;

fn text<'a>(table: &'a Value, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

/// The name of a divisor or a quota.
fn named(name: &str) -> &str {
    match name {
        "dhondt" => "D'Hondt",
        "sainte-lague" | "modified-sainte-lague" => "Sainte-Laguë",
        "danish" => "Danish divisors",
        "macau" => "divisors 1, 2, 4, 8",
        "power" => "D'Hondt with powers",
        "adams" => "Adams",
        "huntington-hill" => "Huntington-Hill",
        "hare" => "Hare",
        "droop" => "Droop",
        "hagenbach-bischoff" => "Hagenbach-Bischoff",
        "imperiali" => "Imperiali",
        other => panic!("{other} has no words yet"),
    }
}

fn rounding(table: &Value) -> String {
    text(table, "rounding").map(|rounding| format!(" rounded {rounding}")).unwrap_or_default()
}

/// A method in words.
pub(crate) fn method(method: &Value) -> String {
    match method.as_str() {
        Some("given") => return "totals given".into(),
        Some(name @ ("hare" | "droop")) => return format!("{} quota, largest remainders", named(name)),
        Some(name) => return named(name).into(),
        None => {}
    }
    if let Some(stages) = method.get("stages").and_then(Value::as_array) {
        return stages.iter().map(stage).collect::<Vec<_>>().join(", then ");
    }
    if let Some(matrix) = method.get("biproportional") {
        let (divisor, voters) = (text(matrix, "divisor").unwrap(), text(matrix, "voters").unwrap());
        let voters = if voters == "votes" { "votes".into() } else { format!("voter numbers {voters}") };
        return format!("biproportional, {}, {voters}", named(divisor));
    }
    if let Some(quota) = text(method, "quota") {
        return format!("{} quota{}, largest remainders", named(quota), rounding(method));
    }
    let divisor = text(method, "divisor").unwrap();
    let special = ["first", "p"].into_iter().find_map(|key| text(method, key).map(|value| (key, value)));
    match special {
        Some(("first", first)) => format!("{} with a first divisor of {first}", named(divisor)),
        Some((_, p)) => format!("{} of {p}", named(divisor)),
        None if divisor == "imperiali" => "Imperiali divisors".into(),
        None => named(divisor).into(),
    }
}

fn stage(stage: &Value) -> String {
    let step = if let Some(quotas) = stage.get("whole_quotas") {
        let up = text(quotas, "up_from").map(|part| format!(" (a remainder of {part} counts as one)"));
        format!("whole {} quotas{}{}", named(text(quotas, "quota").unwrap()), rounding(quotas), up.unwrap_or_default())
    } else if let Some(averages) = stage.get("highest_averages") {
        let of = if stage.get("of").is_some() { " over the remainders" } else { "" };
        format!("{}{of}", method(averages))
    } else if stage.get("largest_remainders").is_some() {
        "largest remainders".into()
    } else {
        assert!(stage.get("most_votes").is_some(), "{stage}");
        "most votes".into()
    };
    let only = stage.get("only").map(|only| format!(" (lists with {})", threshold(only))).unwrap_or_default();
    let each = stage.get("each").map(|each| format!(", {each} a list")).unwrap_or_default();
    let total = stage.get("total").map(|total| format!(", {total} in all")).unwrap_or_default();
    format!("{step}{only}{each}{total}")
}

/// A threshold in words.
pub(crate) fn threshold(threshold: &Value) -> String {
    if let Some(text) = threshold.as_str() {
        return format!("{text} of valid votes");
    }
    for (key, word) in [("any", " or "), ("all", " and ")] {
        if let Some(parts) = threshold.get(key).and_then(Value::as_array) {
            let parts: Vec<String> = parts.iter().map(self::threshold).collect();
            return parts.join(word) + level(threshold);
        }
    }
    if let Some(units) = threshold.get("units") {
        let place = text(threshold, "in").unwrap();
        let places = match units.as_u64() {
            Some(units) => format!("in {units} {place}s"),
            None => format!("in every {place}"),
        };
        return format!("{} {places}", self::threshold(&threshold["pass"]));
    }
    single(threshold) + level(threshold)
}

fn level(threshold: &Value) -> &'static str {
    match text(threshold, "at") {
        Some("nation") => " of the nation",
        Some("any-district") => " of a district",
        _ => "",
    }
}

fn single(threshold: &Value) -> String {
    let of = match text(threshold, "of") {
        None | Some("valid") => "valid votes",
        Some("valid-and-blank") => "valid and blank votes",
        Some("party-votes") => "votes for parties",
        Some("cast") => "votes cast",
        Some("registered") => "registered voters",
        Some("voters") => "voter numbers",
        Some(other) => panic!("{other} has no words yet"),
    };
    if let Some(share) = text(threshold, "share") {
        format!("{share} of {of}")
    } else if let Some(steps) = threshold.get("by_members").and_then(Value::as_object) {
        let mut steps: Vec<(u64, &str)> =
            steps.iter().map(|(members, share)| (members.parse().unwrap(), share.as_str().unwrap())).collect();
        steps.sort_unstable();
        let step = |(members, share): &(u64, &str)| match members {
            1 => format!("{share} of {of}"),
            members => format!("{share} for {members} members"),
        };
        steps.iter().map(step).collect::<Vec<_>>().join(", ")
    } else if let Some(quota) = text(threshold, "quota") {
        let times = threshold.get("times").map(|times| times.to_string().replace('"', ""));
        let times = times.filter(|times| times != "1").map_or_else(|| "one".into(), |times| format!("{times} of a"));
        format!("{times} {} quota", named(quota))
    } else if let Some(votes) = threshold.get("votes") {
        format!("{votes} votes")
    } else if let Some(direct) = threshold.get("direct_seats") {
        counted(direct, "direct seat")
    } else if let Some(seats) = threshold.get("seats") {
        counted(seats, "seat")
    } else {
        assert_eq!(threshold.get("minority"), Some(&Value::Bool(true)), "{threshold}");
        "a minority list".into()
    }
}

fn counted(count: &Value, what: &str) -> String {
    if *count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
