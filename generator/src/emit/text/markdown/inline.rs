//! Code, links and special characters within a line.
//!
//! In: a text or a part of one. Out: inline code; if a character needs a backslash; where a web address ends.

use super::unmarked::all_ascii;
use super::visible::visible;

/// Text as inline code.
pub fn code(text: &str) -> String {
    // Most texts are names.
    let is_name = all_ascii(text.as_bytes()) && memchr::memchr(b'`', text.as_bytes()).is_none();
    if is_name && !text.trim_ascii_start().is_empty() {
        return ["`", text, "`"].concat();
    }
    let mut text = visible(text);
    if text.contains(['\n', '\t']) {
        text = text.replace(['\n', '\t'], " ").into();
    }
    if text.trim().is_empty() {
        let what = if text.is_empty() {
            "(empty)"
        } else {
            "(blank)"
        };
        return what.into();
    }
    fenced(&text)
}

/// Returns a text of one line between backticks, as it is.
pub fn fenced(text: &str) -> String {
    match fence(text, 1).as_str() {
        "`" => ["`", text, "`"].concat(),
        fence => format!("{fence} {text} {fence}"),
    }
}

/// Returns backticks that stand around a text: at least this many, and more than the text has in a row.
pub fn fence(text: &str, least: usize) -> String {
    let longest = match memchr::memchr(b'`', text.as_bytes()) {
        Some(_) => text.split(|c| c != '`').map(str::len).max(),
        None => None,
    };
    "`".repeat(longest.map_or(least, |longest| least.max(longest + 1)))
}

/// Returns whether a character of plain text may have to be escaped, or begins an address. All such
/// characters are ASCII.
pub(super) fn is_notable(c: char) -> bool {
    matches!(
        c,
        '*' | '`' | '[' | ']' | '<' | '>' | '~' | '_' | '\\' | '&'
    ) || matches!(
        c,
        '|' | '#' | '-' | '+' | '=' | ':' | '.' | ')' | '\t' | 'h'
    )
}

/// Returns whether a character of plain text would be markup here.
pub(super) fn needs_escape(before: &str, c: char, after: &str) -> bool {
    let next = after.chars().next();
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '*' | '`' | '[' | ']' | '<' | '>' | '~' => true,
        '_' => !(in_word(before.chars().next_back()) && in_word(next)),
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n'),
        '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
        '|' => starts_line(before),
        '#' | '-' | '+' | '=' | ':' => {
            next.is_none_or(|next| next == c || next == ' ' || next == '-') && starts_line(before)
        }
        '.' | ')' => {
            let number = before.trim_end_matches(is_blank);
            let start = number.trim_end_matches(|c: char| c.is_ascii_digit());
            let ends = next.is_none_or(|next| next == ' ');
            ends && start.len() < number.len() && starts_line(start)
        }
        _ => false,
    }
}

/// Returns whether the last line is blank.
fn starts_line(text: &str) -> bool {
    let text = text.trim_end_matches(is_blank);
    text.is_empty() || text.ends_with('\n')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// Returns whether a character may stand in a web address as it is.
fn is_of_address(c: u8) -> bool {
    let is_reserved = matches!(
        c,
        b'<' | b'>' | b'"' | b'\'' | b'`' | b'\\' | b'[' | b']' | b'{' | b'}' | b'|' | b'^'
    );
    c.is_ascii_graphic() && !is_reserved
}

pub(super) fn is_absolute(target: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
        && target.bytes().all(is_of_address)
}

/// Returns the length of the web address that the text begins with, or 0.
pub(super) fn address_length(text: &str) -> usize {
    let Some(scheme) = ["https://", "http://"]
        .iter()
        .find(|scheme| text.starts_with(**scheme))
    else {
        return 0;
    };
    let end = text
        .bytes()
        .position(|c| !is_of_address(c) || matches!(c, b'(' | b')' | b'*'))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
    if address.len() > scheme.len() {
        address.len()
    } else {
        0
    }
}
