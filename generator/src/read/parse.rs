//! From text to a value, leniently: mistakes that other tools accept get a diagnostic.
//!
//! In: YAML or JSON. Out: a value, and the references in it that lead to other files.

use std::cmp::Reverse;
use std::iter;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::plain;
use super::value::{Node, State, TOO_MANY};
use crate::report::{Code, InputFile, Pointer, Report};

/// The most values that aliases add to a text.
const MAX_ALIASED: usize = 1 << 20;
/// The greatest depth of open brackets, even within strings. (Both parsers limit the depth of values to 128.)
const MAX_OPEN: usize = 4096;

/// A text as a value.
pub(super) struct Parsed {
    pub(super) value: Value,
    /// References that lead out of the file.
    pub(super) external: Vec<String>,
}

/// The reason why a text cannot be parsed.
pub(super) struct ParseError {
    code: Code,
    pub(super) text: String,
    /// The line and the column, from 1.
    position: Option<(usize, usize)>,
}

/// Parses a file of this path in the document's folder (empty for the document itself and for overlays).
pub(super) fn run(
    text: &str,
    file: &str,
    input: InputFile,
    report: &mut Report,
) -> Result<Parsed, ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A JSON text is parsed as JSON, regardless of the file name. If it is not valid JSON, it may still be YAML.
    let (mut value, mut state) = match text.trim_start().starts_with(['{', '[']) {
        true => json(text).or_else(|error| match error.code {
            Code::TooLarge => Err(error),
            _ => yaml(text).map_err(|_| error),
        }),
        false => yaml(text),
    }?;
    if value.is_null() {
        return Err(ParseError {
            code: Code::EmptyDocument,
            text: "the file is empty".to_owned(),
            position: None,
        });
    }
    let root = match file {
        "" => Pointer::root(),
        file => Pointer::of_file(file),
    };
    report_events(&mut state, &root, input, report);
    if state.merge_keys {
        plain::restore(text, &mut value);
        report_status_codes(text, &root, input, report);
    }
    Ok(Parsed {
        value,
        external: state.external,
    })
}

/// Reports the events, in the order of the text.
fn report_events(state: &mut State, root: &Pointer, input: InputFile, report: &mut Report) {
    // Duplicate keys are noticed at the end of their object.
    state.events.sort_by_key(|event| Reverse(event.values_left));
    for event in state.events.drain(..) {
        let keys = event.path.iter().rev();
        let at = keys.fold(root.clone(), |at, key| at.child(key));
        report.add(event.code, &at, event.text).input(input);
    }
}

/// Reports status codes that YAML takes for numbers. Keys are strings in JSON, and the specification requires quotes.
fn report_status_codes(text: &str, root: &Pointer, input: InputFile, report: &mut Report) {
    let Some((line, count)) = bare_status_codes(text) else {
        return;
    };
    let text = match count {
        1 => "this status code is a number and is read as a string".to_owned(),
        _ => format!("{count} status codes are numbers and are read as strings; this is the first"),
    };
    report
        .add(Code::KeyNotAString, root, text)
        .help("put it in quotes: '200'".to_owned())
        .input(input)
        .position(Some((line, 1)));
}

impl ParseError {
    /// Reports it at the whole of the document or an overlay.
    pub(super) fn report(self, input: InputFile, report: &mut Report) {
        // The YAML parser reports such a fault at the point where it can't continue, which is often later.
        let is_late = self.text.contains("did not find expected");
        let help = is_late.then(|| "check indentation, brackets and quotes here and above".into());
        report
            .add(self.code, &Pointer::root(), self.text)
            .help(help)
            .input(input)
            .position(self.position);
    }

    fn new(text: String, position: Option<(usize, usize)>) -> Self {
        let limit = ["recursion limit", "repetition limit", TOO_MANY]
            .iter()
            .any(|limit| text.contains(limit));
        let code = if limit { Code::TooLarge } else { Code::Syntax };
        let text = match text.contains("recursion limit") {
            true => "values are nested more than 128 levels deep".into(),
            false => text,
        };
        Self {
            code,
            text,
            position,
        }
    }
}

fn json(text: &str) -> Result<(Value, State), ParseError> {
    let mut state = State::new(text.len());
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Node(&mut state)
        .deserialize(&mut deserializer)
        .and_then(|value| {
            deserializer.end()?;
            Ok(value)
        });
    match value {
        Ok(value) => Ok((value, state)),
        Err(error) => Err(ParseError::new(
            error.to_string(),
            Some((error.line(), error.column())),
        )),
    }
}

fn yaml(text: &str) -> Result<(Value, State), ParseError> {
    // The time that `serde_yaml` takes grows with the depth, too.
    if brackets_open(text) > MAX_OPEN {
        return Err(ParseError {
            code: Code::TooLarge,
            text: "brackets are nested too deep".into(),
            position: None,
        });
    }
    let mut state = State::new(text.len() / 2 + MAX_ALIASED);
    state.merge_keys = true;
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(document) = documents.next() else {
        return Ok((Value::Null, state));
    };
    let value = Node(&mut state).deserialize(document).map_err(|error| {
        let position = error
            .location()
            .map(|location| (location.line(), location.column()));
        ParseError::new(error.to_string(), position)
    })?;
    match documents.next() {
        Some(_) => Err(ParseError::new(
            "the file has more than one YAML document".into(),
            None,
        )),
        None => Ok((value, state)),
    }
}

/// Returns the greatest depth of open brackets, including those within strings.
fn brackets_open(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    // Brackets are rare. `[` and `{` differ in a single bit, and so do `]` and `}`.
    let is_bracket = |byte: &u8| matches!(byte | 0x20, b'{' | b'}');
    let chunks = text.as_bytes().chunks(32);
    let chunks =
        chunks.filter(|chunk| chunk.iter().fold(false, |any, byte| any | is_bracket(byte)));
    for byte in chunks.flatten() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// Returns the line of the first status code that YAML takes for a number, and the number of them.
fn bare_status_codes(text: &str) -> Option<(usize, usize)> {
    let text = text.as_bytes();
    let is_bare = |start: usize| {
        let indent = text[start..].iter().take_while(|byte| **byte == b' ');
        match text[start + indent.count()..] {
            [b'1'..=b'5', b, c, b':', ..] => b.is_ascii_digit() && c.is_ascii_digit(),
            _ => false,
        }
    };
    let ends = memchr::memchr_iter(b'\n', text);
    let starts = iter::once(0).chain(ends.map(|end| end + 1));
    let mut lines = starts.enumerate().filter(|(_, start)| is_bare(*start));
    let (first, _) = lines.next()?;
    Some((first + 1, 1 + lines.count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(text: &str) -> (Value, Vec<String>) {
        let mut report = Report::default();
        let value = match run(text, "", InputFile::Document, &mut report) {
            Ok(parsed) => Some(parsed.value),
            Err(error) => {
                error.report(InputFile::Document, &mut report);
                None
            }
        };
        (
            value.unwrap_or_default(),
            report
                .iter()
                .map(|d| format!("{} {}", d.code.id(), d.at))
                .collect(),
        )
    }

    #[test]
    fn odd_documents_are_read() {
        let text = "\u{feff}a: -9223372036854776000\nb:\n  200: x\n  1.10: y\n  Null: z\nc: [!Ref z, .inf]";
        let (value, notes) = parse(text);
        let b = json!({ "200": "x", "1.10": "y", "Null": "z" });
        assert_eq!(
            value,
            json!({ "a": -9223372036854776000.0, "b": b, "c": ["z", null] })
        );
        let expected = [
            "number-range #/a",
            "yaml-tag #/c/0",
            "number-range #/c/1",
            "key-not-a-string #",
        ];
        assert_eq!(notes, expected);
    }

    #[test]
    fn keys_that_occur_twice_are_named() {
        let expected = (
            json!({ "a": { "b": 2 } }),
            vec!["duplicate-key #/a/b".to_owned()],
        );
        assert_eq!(parse(r#"{"a": {"b": 1, "b": 2}}"#), expected);
        assert_eq!(parse("a:\n  b: 1\n  b: 2"), expected);
    }

    #[test]
    fn merge_keys_merge() {
        let (value, _) = parse("x: &x { a: 1, b: 2 }\ny: { <<: *x, b: 3 }");
        assert_eq!(value["y"], json!({ "b": 3, "a": 1 }));
    }

    #[test]
    fn bombs_end_early() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for n in 1..40 {
            let item = format!("*a{}", n - 1);
            bomb += &format!("a{n}: &a{n} [{}]\n", vec![item; 9].join(", "));
        }
        assert_eq!(parse(&bomb), (Value::Null, vec!["too-large #".to_owned()]));
        assert_eq!(
            parse(&"[".repeat(1_000_000)),
            (Value::Null, vec!["too-large #".to_owned()])
        );
        assert_eq!(
            parse(&format!("a: {}", "{a: ".repeat(1_000_000))).1,
            ["too-large #"]
        );
        assert_eq!(parse(&"a: {".repeat(2_000)).1.len(), 1);
    }
}
