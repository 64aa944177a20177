//! Letters that nobody sees, and names that look alike.
//!
//! Whether two writings are the same text is a matter of Unicode's tables (UAX 15), which are larger than this crate. What is
//! asked here is narrower: would a reader take two names for one? Spaces and letters that are not seen count for nothing,
//! and where one name writes a letter and its marks apart and the other has a composed letter there, they are taken for the
//! same. That finds every pair that differs by NFC and NFD in Latin, Greek, Cyrillic, Arabic, kana and hangul, and a few that
//! only look so; it knows nothing of compatibility forms ("ﬁ", full width) or of letters of two scripts that look alike.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// So many pairs of names that may look alike are compared: all of any real ballot, and time by the square of none.
const COMPARED: usize = 1 << 16;

/// Whether a letter acts on the text round it, or stands in it unseen: control characters, ends of line, turns of the
/// direction of writing, spaces without width, tags, letters that are none. Joiners and marks of direction that scripts need are none.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(letter, '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a name holds a letter that [`is_hidden`].
pub(crate) fn hides(name: &str) -> bool {
    // Most names have no letters but those of a keyboard.
    name.bytes().any(|byte| !(b' '..0x7f).contains(&byte)) && name.contains(is_hidden)
}

/// Whether a letter takes no room: what is hidden, joiners, marks of direction, soft hyphens, choices of a variant.
fn is_unseen(letter: char) -> bool {
    is_hidden(letter)
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200c}'..='\u{200f}')
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a letter is a mark on the one before it, which a composed letter would hold.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{653}'..='\u{655}' | '\u{3099}' | '\u{309a}')
        || matches!(letter, '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}') // vowels and finals of hangul
}

/// Whether a letter may be composed of another and marks.
const fn is_composed(letter: char) -> bool {
    matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1fff}') // Latin, and Greek of old
        || matches!(letter, '\u{386}' | '\u{388}'..='\u{390}' | '\u{3aa}'..='\u{3b0}' | '\u{3ca}'..='\u{3ce}')
        || matches!(letter, 'Ѐ' | 'Ё' | 'Ѓ' | 'Ї' | 'Ќ'..='Ў' | 'Й' | 'й' | 'ѐ' | 'ё' | 'ѓ' | 'ї' | 'ќ'..='ў')
        || matches!(letter, '\u{476}' | '\u{477}' | '\u{4c1}' | '\u{4c2}' | '\u{4d0}'..='\u{4f9}') // more Cyrillic
        || matches!(letter, '\u{622}'..='\u{626}' | '\u{6c0}' | '\u{6c2}' | '\u{6d3}') // Arabic
        || matches!(letter, '\u{304c}'..='\u{30fe}' | '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{1112}') // kana, hangul
}

/// A letter and the marks that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cluster {
    letter: char,
    marks: Vec<char>,
}

/// The letters of a name that a reader tells it by, without spaces but those between two digits.
fn seen(name: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = ' ';
    let mut letters = name.chars().filter(|&letter| !is_unseen(letter)).peekable();
    core::iter::from_fn(move || {
        loop {
            let letter = letters.next()?;
            let is_kept =
                !letter.is_whitespace() || before.is_ascii_digit() && letters.peek().is_some_and(char::is_ascii_digit);
            if is_kept {
                before = letter;
                return Some(match letter {
                    '\u{2126}' => 'Ω',
                    '\u{212a}' => 'K',
                    '\u{212b}' => 'Å',
                    space if space.is_whitespace() => ' ',
                    other => other,
                });
            }
        }
    })
}

fn clusters(name: &str) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for letter in seen(name) {
        match clusters.last_mut() {
            Some(last) if is_mark(letter) => last.marks.push(letter),
            _ => clusters.push(Cluster { letter, marks: Vec::new() }),
        }
    }
    clusters
}

/// What every name that may look like this one has too: its letters, with the same sign for each that may be composed.
fn sketch(name: &str) -> String {
    let sign = |cluster: Cluster| {
        if cluster.marks.is_empty() && !is_composed(cluster.letter) { cluster.letter } else { '?' }
    };
    clusters(name).into_iter().map(sign).collect()
}

/// The fingerprint of no letters, and of some and one more (FNV-1a, G. Fowler, L. C. Noll and K.-P. Vo).
const NO_LETTERS: u64 = 0xcbf2_9ce4_8422_2325;

const fn with_letter(print: u64, letter: u64) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    (print ^ letter).wrapping_mul(PRIME)
}

/// [`fingerprint`] of a name without marks and composed letters: most names, a byte at a time.
fn ascii_fingerprint(name: &[u8]) -> u64 {
    let (mut print, mut before) = (NO_LETTERS, b' ');
    for (at, &letter) in name.iter().enumerate() {
        let is_kept = match letter {
            b'!'..=b'~' => true,
            b' ' => {
                let next = name[at + 1..].iter().find(|byte| !byte.is_ascii_control());
                before.is_ascii_digit() && next.is_some_and(u8::is_ascii_digit)
            }
            _ => false,
        };
        if is_kept {
            print = with_letter(print, letter.into());
            before = letter;
        }
    }
    print
}

/// A fingerprint of the sketch of a name, without memory of its own.
fn fingerprint(name: &str) -> u64 {
    let (mut print, mut pending) = (NO_LETTERS, None);
    let add = |print: u64, letter: Option<char>| letter.map_or(print, |letter| with_letter(print, letter.into()));
    if name.is_ascii() {
        return ascii_fingerprint(name.as_bytes());
    }
    for letter in seen(name) {
        // A mark that comes first has no letter to go with.
        if is_mark(letter) && pending.is_some() {
            pending = Some('?');
        } else {
            print = add(print, pending);
            pending = Some(if is_composed(letter) { '?' } else { letter });
        }
    }
    add(print, pending)
}

/// Whether a reader would take two names for one.
fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (clusters(one), clusters(other));
    one.len() == other.len()
        && one.iter().zip(&other).all(|(one, other)| {
            let (fewer, more) = if one.marks.len() <= other.marks.len() { (one, other) } else { (other, one) };
            one == other || fewer.marks.len() < more.marks.len() && !fewer.letter.is_ascii()
        })
}

/// Pairs of different names that a reader would take for one: each such name with the first that it is like.
pub(crate) fn alike<'n>(names: impl Iterator<Item = &'n str>) -> Vec<(&'n str, &'n str)> {
    let mut prints: Vec<(u64, usize, &str)> =
        names.enumerate().map(|(at, name)| (fingerprint(name), at, name)).collect();
    prints.sort_unstable();
    let (mut found, mut left) = (Vec::new(), COMPARED);
    for same in prints.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let mut groups: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
        same.iter().for_each(|&(_, at, name)| groups.entry(sketch(name)).or_default().push((at, name)));
        for group in groups.values() {
            for (index, &(at, name)) in group.iter().enumerate() {
                let earlier = &group[..index.min(left)];
                left -= earlier.len();
                let like = earlier.iter().find(|&&(_, earlier)| earlier != name && are_alike(earlier, name));
                found.extend(like.map(|&(_, first)| (at, first, name)));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, first, name)| (first, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are(one: &str, other: &str) -> bool {
        !alike([one, other].into_iter()).is_empty()
    }

    #[test]
    fn names_that_differ_by_spaces_or_by_what_nobody_sees_are_alike() {
        for other in
            ["Nur  Otan", "NurOtan", "Nur\u{a0}Otan", "Nur\u{3000}Otan", "Nur Otan\u{200b}", "\u{feff}Nur Otan"]
        {
            assert!(are("Nur Otan", other), "{other:?}");
        }
        for other in ["Nur\u{202e} Otan", "N\u{ad}ur Otan", "Nur O\u{200d}tan", "Nur Otan\u{fe0f}"] {
            assert!(are("Nur Otan", other), "{other:?}");
        }
    }

    #[test]
    fn names_that_differ_by_normalisation_are_alike() {
        let pairs = [
            ("Café", "Cafe\u{301}"),
            ("Ақ жол Й", "Ақ жол И\u{306}"),
            ("Ελλάς", "Ελλα\u{301}ς"),
            ("Việt", "Viê\u{323}t"),
            ("Việt", "Vie\u{323}\u{302}t"),
            ("ガ", "カ\u{3099}"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
            ("آ", "ا\u{653}"),
            ("Å", "\u{212b}"),
        ];
        for (composed, apart) in pairs {
            assert!(are(composed, apart), "{composed} {apart}");
        }
    }

    #[test]
    fn other_names_are_not_alike() {
        let pairs = [
            ("Café", "Cafè"),
            ("Cafe", "Café"),
            ("Cafe\u{301}", "Cafe\u{300}"),
            ("Cafe", "Cafe\u{301}"),
            ("List 1 11", "List 11 1"),
            ("Green", "green"),
            ("AB", "BA"),
            ("Й", "И"),
            ("人民党", "民人党"),
            ("👩\u{200d}🚀", "👩"),
        ];
        for (one, other) in pairs {
            assert!(!are(one, other), "{one} {other}");
        }
    }

    #[test]
    fn each_name_is_paired_with_the_first_that_it_is_like_in_the_order_in_which_they_came() {
        let names = ["Z Z", "B", "A A", "AA", "ZZ", "A  A", "B"];
        assert_eq!(alike(names.into_iter()), [("A A", "AA"), ("Z Z", "ZZ"), ("A A", "A  A")]);
    }

    #[test]
    fn a_name_hides_something_where_a_letter_is_hidden() {
        for (name, hiding) in
            [("Nur Otan", false), ("A\tB", true), ("A\u{7f}", true), ("Ақ жол", false), ("Ақ\u{200b}", true)]
        {
            assert_eq!(hides(name), hiding, "{name:?}");
        }
    }

    #[test]
    fn the_fingerprint_is_that_of_the_sketch() {
        for name in ["", "A 1", "1  2 x 3\t4\u{7f}5 6 ", "Café 1 2", "Cafe\u{301} 1 2", "각", "\u{301}x"] {
            let plain = sketch(name);
            assert_eq!(
                fingerprint(name),
                plain.chars().fold(fingerprint(""), |print, letter| {
                    (print ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
                }),
                "{name}"
            );
        }
    }
}
