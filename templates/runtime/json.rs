// @generated runtime. Do not edit: it is copied from the generator's templates.
//! A scanner over JSON text. It finds locations that `serde_json` does not report.
//!
//! In: JSON text, possibly broken. Out: JSONPaths, and objects with members replaced. Not here: values; nothing is
//! decoded.

use std::ops::Range;

use super::trace::Step;

/// The longest untrusted text that an error shows, in bytes.
const SHOWN: usize = 1024;
/// The longest key or path that an error shows, in bytes.
const SHOWN_KEY: usize = 64;
const SHOWN_PATH: usize = 512;

/// Converts a line (from 1) and a column (in bytes) of `serde_json` to a byte offset.
pub(crate) fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let breaks = text
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at + 1);
    let start = std::iter::once(0)
        .chain(breaks)
        .nth(line.saturating_sub(1))
        .unwrap_or(text.len());
    (start + column).min(text.len())
}

/// An object or array that has not ended yet.
enum Open {
    /// An object with the key of the current member, including its quotes, once it is read.
    Object(Option<Range<usize>>),
    /// An array with the index of the current element.
    Array(usize),
}

/// Returns the path of the value that ends at `end`, or else of the innermost value around it (RFC
/// 9535, in its short form).
///
/// `serde_json` reports a value of the wrong type at its end, or at its start if it is an array or object, and a missing
/// member at the end of the object.
pub(crate) fn path_at(text: &[u8], end: usize) -> String {
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let token = match byte {
            b'"' => string_end(text, at),
            b'{' | b'[' | b'}' | b']' | b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => at + 1,
            _ => scalar_end(text, at),
        };
        let begins = matches!(byte, b'{' | b'[');
        if begins && at >= end {
            break;
        }
        match byte {
            b'{' => open.push(Open::Object(None)),
            b'[' => open.push(Open::Array(0)),
            b'}' | b']' => drop(open.pop()),
            b',' if token <= end => match open.last_mut() {
                Some(Open::Object(key)) => *key = None,
                Some(Open::Array(index)) => *index += 1,
                None => {}
            },
            b'"' if token < end => match open.last_mut() {
                Some(Open::Object(key @ None)) => *key = Some(at..token),
                Some(Open::Object(Some(_)) | Open::Array(_)) | None => {}
            },
            _ => {}
        }
        if token >= end && !begins {
            break;
        }
        at = token;
    }
    show(text, &open)
}

fn show(text: &[u8], open: &[Open]) -> String {
    let step = |open: &Open| match open {
        Open::Object(None) => None,
        Open::Object(Some(key)) => {
            let key = String::from_utf8_lossy(&text[key.start + 1..key.end - 1]);
            Some(Step::Key(key.into_owned()))
        }
        Open::Array(index) => Some(Step::Index(*index)),
    };
    let steps: Vec<Step> = open.iter().rev().filter_map(step).collect();
    path("$", &steps)
}

/// Returns the path from a value to one of its parts. The last step comes first.
pub(crate) fn path(from: &str, steps: &[Step]) -> String {
    let mut path = from.to_owned();
    for step in steps.iter().rev() {
        if path.len() > SHOWN_PATH {
            path.push('…');
            break;
        }
        match step {
            Step::Key(key) => show_key(&mut path, key),
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

fn show_key(path: &mut String, key: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !key.is_empty()
        && key.len() <= SHOWN_KEY
        && key.chars().all(plain)
        && !key.starts_with(|c: char| c.is_ascii_digit())
    {
        path.push('.');
        path.push_str(key);
    } else {
        path.push_str("['");
        path.extend(cut(key, SHOWN_KEY).escape_debug());
        path.push_str(if key.len() > SHOWN_KEY { "…']" } else { "']" });
    }
}

/// Returns the end of the string that begins at `start`, after its closing quote.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// Returns the end of the number or literal that begins at `start`.
fn scalar_end(text: &[u8], start: usize) -> usize {
    let ends = |byte: &u8| {
        matches!(
            byte,
            b'"' | b'{' | b'[' | b'}' | b']' | b',' | b':' | b' ' | b'\n' | b'\r' | b'\t'
        )
    };
    text[start..]
        .iter()
        .position(ends)
        .map_or(text.len(), |length| start + length)
}

/// Returns the end of the value that begins at `start`.
fn value_end(text: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(&byte) = text.get(at) {
        at = match byte {
            b'"' => string_end(text, at),
            b'{' | b'[' | b'}' | b']' | b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => at + 1,
            _ => scalar_end(text, at),
        };
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Replaces members of a compact object in place, or adds them at its end. `None` if the text is not an object.
pub(crate) fn merge(object: &[u8], members: &[(String, String)]) -> Option<Vec<u8>> {
    let inner = object.strip_prefix(b"{")?.strip_suffix(b"}")?;
    let mut left: Vec<(String, &String)> = members
        .iter()
        .map(|(name, value)| (serde_json::Value::from(name.as_str()).to_string(), value))
        .collect();
    let mut out = vec![b'{'];
    let mut at = 0;
    while at < inner.len() {
        let key = string_end(inner, at);
        let end = value_end(inner, key + 1);
        match left
            .iter()
            .position(|(name, _)| name.as_bytes() == &inner[at..key])
        {
            Some(found) => push_member(&mut out, &inner[at..key], left.remove(found).1.as_bytes()),
            None => push_member(&mut out, &inner[at..key], inner.get(key + 1..end)?),
        }
        at = end + 1;
    }
    for (name, value) in left {
        push_member(&mut out, name.as_bytes(), value.as_bytes());
    }
    out.push(b'}');
    Some(out)
}

fn push_member(out: &mut Vec<u8>, key: &[u8], value: &[u8]) {
    if out.len() > 1 {
        out.push(b',');
    }
    out.extend_from_slice(key);
    out.push(b':');
    out.extend_from_slice(value);
}

/// Returns the beginning of an untrusted text and removes control characters.
pub(crate) fn shorten(text: &str) -> String {
    let mut short: String = cut(text.trim(), SHOWN)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.trim().len() > SHOWN {
        short.push('…');
    }
    short
}

/// Returns at most `length` bytes, cut between characters.
fn cut(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The byte order mark, which isn't part of the text (WHATWG Encoding, section 6).
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Returns the text after a byte order mark, which a parser of JSON may ignore (RFC 8259, 8.1).
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(BOM).unwrap_or(body)
}
