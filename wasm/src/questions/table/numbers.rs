//! Votes as people write them: with thousands separated by anything, if it is clear that it is thousands.

/// Why a cell is no number of votes.
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    /// What may have been meant.
    pub(super) fix: Option<String>,
}

impl Fault {
    fn new(code: &'static str, message: String) -> Self {
        Self { code, message, fix: None }
    }
}

/// Which of `.` and `,` separates thousands in a column; both is a mistake, as one of them separates decimals then.
pub(super) struct Style {
    mixed: bool,
}

/// Characters that are never decimal separators.
const PLAIN: [char; 8] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '_', '٬'];

impl Style {
    /// The style of a column.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let (mut points, mut commas) = (false, false);
        for cell in cells {
            points |= groups(cell, '.').is_some();
            commas |= groups(cell, ',').is_some();
        }
        Self { mixed: points && commas }
    }

    /// The votes of a cell.
    pub(super) fn read(&self, cell: &str) -> Result<u64, Fault> {
        let cell = cell.trim();
        if cell.is_empty() {
            return Err(Fault::new("missing", "The votes are missing. Write 0 if there were none.".into()));
        }
        if cell.ends_with('%') {
            return Err(Fault::new("percent", format!("{cell} is a share. Votes are needed as whole numbers.")));
        }
        let positive = cell.trim_start_matches(['-', '−']);
        if positive.len() < cell.len() && positive.starts_with(|letter: char| letter.is_ascii_digit()) {
            return Err(Fault::new("negative", format!("{cell} is below zero.")));
        }
        let digits = self.digits(cell)?;
        digits.parse().map_err(|_| Fault::new("too-large", format!("{cell} is more than 18,446,744,073,709,551,615.")))
    }

    /// The digits of a cell without what separates thousands.
    fn digits(&self, cell: &str) -> Result<String, Fault> {
        if !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(cell.into());
        }
        for separator in PLAIN {
            if let Some(digits) = groups(cell, separator) {
                return Ok(digits);
            }
        }
        for separator in [',', '.'] {
            if let Some(digits) = groups(cell, separator) {
                if self.mixed && digits.len() <= 6 {
                    let message = format!(
                        "{cell} can be {digits} or a decimal number: both points and commas separate numbers in this column."
                    );
                    return Err(Fault { code: "mixed", message, fix: Some(digits) });
                }
                return Ok(digits);
            }
        }
        Err(no_whole_number(cell))
    }
}

/// The digits of a number whose groups are separated: of three each, or of two before the last three as in India.
fn groups(cell: &str, separator: char) -> Option<String> {
    let parts: Vec<&str> = cell.split(separator).collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let (first, rest) = (parts[0], &parts[1..]);
    let threes = first.len() <= 3 && rest.iter().all(|part| part.len() == 3);
    let (last, middle) = rest.split_last()?;
    let indian = first.len() <= 2 && last.len() == 3 && middle.iter().all(|part| part.len() == 2);
    // 0.123 is a decimal number.
    let leading = first == "0";
    ((threes || indian) && !leading).then(|| parts.concat())
}

fn no_whole_number(cell: &str) -> Fault {
    let decimal = cell.split_once(['.', ',']).filter(|(whole, rest)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole) && digits(rest)
    });
    let Some((whole, rest)) = decimal else {
        return Fault::new("number", format!("{cell} is not a number of votes."));
    };
    let fix = (rest.len() < 3).then(|| format!("{whole}{rest:0<3}"));
    let thousands = fix.as_ref().map(|fix| {
        let grouped = format!("{},{}", &fix[..fix.len() - 3], &fix[fix.len() - 3..]);
        format!(" If it is in thousands, write {grouped}.")
    });
    let message = format!("{cell} is not a whole number of votes.{}", thousands.unwrap_or_default());
    Fault { code: "decimal", message, fix }
}
