// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Percent-encoding (RFC 3986, section 2.1).
//!
//! In: text. Out: text in which all bytes are escaped except those that a position allows. Not
//! here: the order of the parts of a URL.

/// The bytes that are not escaped.
pub(crate) type Kept = [bool; 256];

/// The bytes that a path value may contain: `pchar` of RFC 3986, section 3.3.
pub(crate) const PATH_VALUE: Kept = kept(b"-._~!$&'()*+,;=:@");
/// The bytes that a query value may contain: `unreserved` of RFC 3986, section 2.3.
pub(crate) const QUERY_VALUE: Kept = kept(b"-._~");
/// The bytes that the path of a given URL may contain, including separators.
pub(crate) const PATH: Kept = kept(b"-._~!$&'()*+,;=:@/");
/// The bytes that the query of a given URL may contain. The apostrophe isn't one of them, because
/// URL libraries escape it.
pub(crate) const QUERY: Kept = kept(b"-._~!$&()*+,;=:@/?");

/// Returns the set of letters, digits and `others`.
pub(crate) const fn kept(others: &[u8]) -> Kept {
    let mut kept = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        kept[byte as usize] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        kept[others[at] as usize] = true;
        at += 1;
    }
    kept
}

/// Returns the bytes of a path template that separate two values. Escaping them in values ensures
/// that different values result in different paths. One character of a longer text is enough. Empty
/// if an escaped value could contain the text, too.
pub(crate) fn separators(between: &str) -> Vec<u8> {
    let bytes = between.as_bytes();
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_escape = |at: usize| bytes[at] == b'%' && hex(at + 1) && hex(at + 2);
    let is_in_escape = |at: usize| (at.saturating_sub(2)..=at).any(is_escape);
    let plain = (0..bytes.len()).filter(|at| PATH[usize::from(bytes[*at])] && !is_in_escape(*at));
    let plain: Vec<u8> = plain.map(|at| bytes[at]).collect();
    match plain.iter().find(|byte| !byte.is_ascii_alphanumeric()) {
        Some(byte) => vec![*byte],
        None => plain,
    }
}

/// Appends text. Bytes that `kept` does not contain are written as `%XX`.
pub(crate) fn push_escaped(out: &mut String, text: &str, kept: &Kept) {
    push(out, text, |_, byte| kept[usize::from(byte)]);
}

/// Appends text that is already part of a URL. Existing escapes are kept.
pub(crate) fn push_raw(out: &mut String, text: &str, kept: &Kept) {
    let hex = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    push(out, text, |at, byte| {
        kept[usize::from(byte)] || byte == b'%' && hex(at + 1) && hex(at + 2)
    });
}

/// Appends text and escapes every byte for which `stays` returns false. Only ASCII bytes can stay.
fn push(out: &mut String, text: &str, stays: impl Fn(usize, u8) -> bool) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !stays(at, byte) {
            // A range inside one character is empty and cannot be sliced.
            out.push_str(text.get(start..at).unwrap_or_default());
            out.push('%');
            out.push(char::from(HEX[usize::from(byte / 16)]));
            out.push(char::from(HEX[usize::from(byte % 16)]));
            start = at + 1;
        }
    }
    out.push_str(text.get(start..).unwrap_or_default());
}
