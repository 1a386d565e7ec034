//! Texts without markup, or with no markup but inline code: most texts of a document.
//!
//! In: a text. Out: its lines, if they are what the parser and the writer would make of it. Not here: any other text.

/// Returns the lines of a text without markup other than inline code, which stays as it is and
/// needs no parser.
pub(super) fn prose(text: &str) -> Option<Vec<&str>> {
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = Some(text.trim_end_matches('\n'));
    while let Some(text) = rest {
        let end = memchr::memchr(b'\n', text.as_bytes());
        let line = &text[..end.unwrap_or(text.len())];
        rest = end.map(|end| &text[end + 1..]);
        if line.is_empty() {
            let in_text = lines.last().is_some_and(|line| !line.is_empty());
            lines.extend(in_text.then_some(""));
            continue;
        }
        if !is_prose(line) {
            return None;
        }
        lines.push(line);
    }
    Some(lines)
}

/// Returns whether a line begins with a letter, a number or with code, all code on it ends on it,
/// and no other character could be markup.
fn is_prose(line: &str) -> bool {
    let mut rest = match all_plain(line.as_bytes()) {
        true => &[],
        false => line.as_bytes(),
    };
    while let Some(at) = (rest.iter()).position(|c| !PLAIN[usize::from(*c)]) {
        let length = match rest[at] {
            b'`' => code_length(&rest[at..]),
            b'_' => is_in_word(rest, at).then_some(1),
            _ => None,
        };
        match length {
            Some(length) => rest = &rest[at + length..],
            None => return false,
        }
    }
    let begins_so = match line.as_bytes() {
        [b'0'..=b'9', ..] => !is_item(line),
        [first, ..] => first.is_ascii_alphabetic() || *first == b'`',
        [] => false,
    };
    begins_so
        && !line.ends_with(' ')
        && (memchr::memchr(b':', line.as_bytes()).is_none() || !line.contains("http"))
}

/// Returns whether a line may be an item of a list: it begins with a number and a dot or a parenthesis.
fn is_item(line: &str) -> bool {
    let behind_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    behind_number.trim_start().starts_with(['.', ')'])
}

/// Whether a character [`is_plain`].
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut c = 0;
    while c < 128 {
        plain[c as usize] = is_plain(c);
        c += 1;
    }
    plain
};

/// Returns whether a character is visible ASCII that is never markup.
const fn is_plain(c: u8) -> bool {
    let paired = (c == b'*') | (c == b'_') | (c == b'~') | (c == b'`') | (c == b'|');
    let brackets = (c == b'[') | (c == b']') | (c == b'<') | (c == b'>');
    is_ascii(c) & !(paired | brackets | (c == b'\\') | (c == b'&'))
}

/// The loop does not end early, so the compiler vectorizes it.
fn all_plain(text: &[u8]) -> bool {
    text.iter().fold(true, |all, c| all & is_plain(*c))
}

/// Returns the length of the code that a line begins with, if it is written as
/// [`code`](super::code) writes it.
fn code_length(line: &[u8]) -> Option<usize> {
    let end = 1 + memchr::memchr(b'`', &line[1..])?;
    let inside = &line[1..end];
    let is_bare = !inside.is_empty() && !inside.starts_with(b" ") && !inside.ends_with(b" ");
    let is_alone = line.get(end + 1) != Some(&b'`');
    (is_bare && is_alone && all_ascii(inside)).then_some(end + 1)
}

fn is_in_word(line: &[u8], index: usize) -> bool {
    let is_letter = |c: Option<&u8>| c.is_some_and(u8::is_ascii_alphanumeric);
    is_letter(index.checked_sub(1).and_then(|before| line.get(before)))
        && is_letter(line.get(index + 1))
}

/// Returns whether a character is visible ASCII.
pub(super) const fn is_ascii(c: u8) -> bool {
    matches!(c, b' '..=b'~')
}

/// The loop does not end early, so the compiler vectorizes it.
pub(super) fn all_ascii(text: &[u8]) -> bool {
    text.iter().fold(true, |all, c| all & is_ascii(*c))
}

#[cfg(test)]
mod tests {
    use super::super::{Place, rewrite};
    use super::*;

    /// A text that skips the parser is the same with it. These are all short texts of characters that are markup at the
    /// beginning of a line, at its end, or in pairs.
    #[test]
    fn prose_is_what_the_parser_makes_of_it() {
        let characters = [
            "a", " ", "\n", "#", "-", "=", "1", ".", ":", "|", "_", "`", "``", "http://b",
        ];
        let mut texts = vec![String::new()];
        let mut plain = 0;
        for _ in 0..5 {
            let longer = |text: &String| characters.map(|c| format!("{text}{c}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in &texts {
                if let Some(lines) = prose(text) {
                    assert_eq!(lines, rewrite(text, Place::DOC), "{text:?}");
                    plain += 1;
                }
            }
        }
        assert!(plain > 1000, "only {plain} texts are prose");
    }
}
