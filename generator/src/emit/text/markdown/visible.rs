//! Characters that hide or mislead.
//!
//! In: a text. Out: the same, with such characters spelled out.

use std::borrow::Cow;

use super::unmarked::is_ascii;

/// Spells out control characters and those that change the direction of text, which could disguise code.
pub fn visible(text: &str) -> Cow<'_, str> {
    let shows = |c| !is_hidden(c) || matches!(c, '\n' | '\t');
    if is_visible(text) || text.chars().all(|c| shows(c) && !is_separator(c)) {
        return text.into();
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            c if is_separator(c) => clean.push('\n'),
            c if shows(c) => clean.push(c),
            c => clean.push_str(&format!("U+{:04X}", u32::from(c))),
        }
    }
    clean.into()
}

/// Returns whether a text has visible ASCII, line feeds and tabs only. The loop does not end early,
/// so that the compiler vectorizes it.
pub fn is_visible(text: &str) -> bool {
    let shows = |c: u8| is_ascii(c) | (c == b'\n') | (c == b'\t');
    text.as_bytes().iter().fold(true, |all, c| all & shows(*c))
}

/// Returns whether a character separates lines in Unicode, but not in Markdown.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Returns whether a character is invisible, or changes the direction of text.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
