//! On which line of a text the value at a pointer is.
//!
//! In: YAML or JSON that has been parsed before, and pointers into it. Out: a line and a column for each, from 1. What can't
//! be found is where what is around it is. This is no parser: it only goes down to what it looks for, and skips the rest.

use std::collections::HashMap;

use crate::report::Pointer;

/// Values that are looked for, by their keys.
#[derive(Default)]
struct Wanted {
    children: HashMap<String, Wanted>,
    place: Option<Place>,
}

/// A line, and a column in characters.
pub(super) type Place = (usize, usize);

impl Wanted {
    /// A value is here.
    fn found(&mut self, key: &str, place: Place) -> Option<&mut Self> {
        // `normalize` adds the slash that a path lacks.
        let key = match self.children.contains_key(key) {
            true => key,
            false => &format!("/{key}"),
        };
        let child = self.children.get_mut(key)?;
        child.place.get_or_insert(place);
        Some(child)
    }
}

/// The places of the values at these pointers.
pub(super) fn find<'a>(
    text: &str,
    pointers: impl Iterator<Item = &'a Pointer> + Clone,
) -> Vec<Place> {
    let mut root = Wanted::default();
    for pointer in pointers.clone() {
        pointer.keys().fold(&mut root, |wanted, key| {
            wanted.children.entry(key).or_default()
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with(['{', '[']) {
        Flow::new(text, (1, 1)).value(Some(&mut root), 0);
    } else {
        block(&lines(text), &mut root);
    }
    pointers
        .map(|pointer| {
            let mut wanted = &root;
            let mut place = (1, 1);
            for key in pointer.keys() {
                let Some(child) = wanted.children.get(&key) else {
                    break;
                };
                wanted = child;
                place = child.place.unwrap_or(place);
            }
            place
        })
        .collect()
}

/// A line of YAML that is not blank and no comment.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: usize,
    indent: usize,
    text: &'a str,
}

impl Line<'_> {
    fn place(&self) -> Place {
        (self.number, self.indent + 1)
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = text.lines().enumerate().map(|(index, line)| {
        let text = line.trim_start_matches(' ');
        Line {
            number: index + 1,
            indent: line.len() - text.len(),
            text: text.trim_end(),
        }
    });
    lines
        .filter(|line| {
            !line.text.is_empty() && !line.text.starts_with(['#', '%']) && line.text != "---"
        })
        .collect()
}

/// A block of YAML: the lines of one mapping or sequence. All that is deeper belongs to the entry before it.
fn block(lines: &[Line], wanted: &mut Wanted) {
    let Some(first) = lines.first() else { return };
    if first.text.starts_with(['{', '[']) {
        return flow(first.text, lines, wanted);
    }
    let is_item = |line: &Line| line.text == "-" || line.text.starts_with("- ");
    let is_list = is_item(first);
    // The items of a list may stand as far left as the key that it belongs to.
    let is_entry = |line: &Line| line.indent == first.indent && is_item(line) == is_list;
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&index| is_entry(&lines[index]))
        .collect();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let entry = &lines[start..end];
        if is_list {
            item(entry, wanted.found(&index.to_string(), entry[0].place()));
        } else if let Some((key, value)) = key(entry[0].text) {
            value_of(value, entry, wanted.found(&key, entry[0].place()));
        }
    }
}

/// `- key: value` is a mapping that starts in the middle of a line.
fn item(lines: &[Line], wanted: Option<&mut Wanted>) {
    let Some(wanted) = wanted.filter(|wanted| !wanted.children.is_empty()) else {
        return;
    };
    let text = lines[0].text[1..].trim_start();
    if text.is_empty() {
        return block(&lines[1..], wanted);
    }
    let first = Line {
        indent: lines[0].indent + lines[0].text.len() - text.len(),
        text,
        ..lines[0]
    };
    let lines: Vec<Line> = std::iter::once(first)
        .chain(lines[1..].iter().copied())
        .collect();
    block(&lines, wanted);
}

/// What stands behind a key, and below it.
fn value_of(text: &str, lines: &[Line], wanted: Option<&mut Wanted>) {
    let Some(wanted) = wanted.filter(|wanted| !wanted.children.is_empty()) else {
        return;
    };
    let mut text = text.trim_start();
    // Anchors and tags stand before a value.
    while text.starts_with(['&', '!']) {
        text = text
            .split_once(' ')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    match text.chars().next() {
        None | Some('#') => block(&lines[1..], wanted),
        Some('{' | '[') => flow(text, lines, wanted),
        Some(_) => {}
    }
}

/// A value in braces or brackets, which may go on over lines.
fn flow(first: &str, lines: &[Line], wanted: &mut Wanted) {
    let (line, column) = lines[0].place();
    let before = lines[0].text.strip_suffix(first).unwrap_or_default();
    let mut text = first.to_owned();
    for pair in lines.windows(2) {
        text.extend(std::iter::repeat_n('\n', pair[1].number - pair[0].number));
        text.extend(std::iter::repeat_n(' ', pair[1].indent));
        text += pair[1].text;
    }
    let start = (line, column + before.chars().count());
    Flow::new(&text, start).value(Some(wanted), 0);
}

/// The key of a line of a mapping, and what stands behind it.
fn key(text: &str) -> Option<(String, &str)> {
    let (key, rest) = match text.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let mut scan = Flow::new(text, (1, 1));
            let key = scan.quoted(*quote);
            (key, text.get(scan.at..)?.trim_start().strip_prefix(':')?)
        }
        _ => {
            let end = text
                .find(": ")
                .or_else(|| text.strip_suffix(':').map(str::len))?;
            (text[..end].trim_end().to_owned(), &text[end + 1..])
        }
    };
    Some((key, rest))
}

/// A place in JSON, or in YAML of that style.
struct Flow<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    column: usize,
}

/// Nothing that was parsed nests deeper.
const MAX_DEPTH: usize = 256;

impl<'a> Flow<'a> {
    /// A text that starts at this place.
    fn new(text: &'a str, (line, column): Place) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line,
            column,
        }
    }

    fn place(&self) -> Place {
        (self.line, self.column)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'\n' => (self.line, self.column) = (self.line + 1, 1),
            // The rest of a character in UTF-8.
            0x80..=0xBF => {}
            _ => self.column += 1,
        }
        Some(byte)
    }

    /// Goes over white space, comments, and these bytes.
    fn skip(&mut self, also: &[u8]) {
        while let Some(byte) = self.peek() {
            if byte == b'#' {
                while self.peek().is_some_and(|byte| byte != b'\n') {
                    self.next();
                }
            } else if byte.is_ascii_whitespace() || also.contains(&byte) {
                self.next();
            } else {
                return;
            }
        }
    }

    /// Goes over a value.
    fn value(&mut self, wanted: Option<&mut Wanted>, depth: usize) {
        self.skip(b"");
        let wanted = wanted.filter(|wanted| !wanted.children.is_empty());
        match (self.peek(), wanted) {
            (Some(b'{'), Some(wanted)) if depth < MAX_DEPTH => self.map(wanted, depth),
            (Some(b'['), Some(wanted)) if depth < MAX_DEPTH => self.list(wanted, depth),
            (Some(b'{' | b'['), _) => self.skip_nested(),
            (Some(_), _) => drop(self.scalar()),
            (None, _) => {}
        }
    }

    fn map(&mut self, wanted: &mut Wanted, depth: usize) {
        self.next();
        loop {
            self.skip(b",");
            match self.peek() {
                None => return,
                Some(b'}') => {
                    self.next();
                    return;
                }
                Some(_) => {}
            }
            let (start, place) = (self.at, self.place());
            let key = self.scalar();
            self.skip(b"");
            if self.peek() == Some(b':') {
                self.next();
                self.value(wanted.found(&key, place), depth + 1);
            }
            if self.at == start {
                self.next();
            }
        }
    }

    fn list(&mut self, wanted: &mut Wanted, depth: usize) {
        self.next();
        for index in 0.. {
            self.skip(b",");
            match self.peek() {
                None => return,
                Some(b']') => {
                    self.next();
                    return;
                }
                Some(_) => {}
            }
            let (start, place) = (self.at, self.place());
            self.value(wanted.found(&index.to_string(), place), depth + 1);
            if self.at == start {
                self.next();
            }
        }
    }

    /// Goes over an object or a list in which nothing is looked for.
    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => drop(self.quoted(b'"')),
                // In a plain scalar, as an apostrophe, it opens nothing.
                b'\'' if self.at > 0 && !self.bytes[self.at - 1].is_ascii_alphanumeric() => {
                    drop(self.quoted(b'\''))
                }
                _ => {
                    self.next();
                }
            }
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A key or another scalar.
    fn scalar(&mut self) -> String {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted(quote),
            Some(_) | None => self.plain(),
        }
    }

    fn plain(&mut self) -> String {
        let start = self.at;
        while let Some(byte) = self.peek() {
            let next = self.bytes.get(self.at + 1);
            let ends = match byte {
                b',' | b'{' | b'}' | b'[' | b']' => true,
                b':' => {
                    next.is_none_or(|byte| byte.is_ascii_whitespace() || b",{}[]".contains(byte))
                }
                _ => false,
            };
            if ends {
                break;
            }
            self.next();
        }
        String::from_utf8_lossy(&self.bytes[start..self.at])
            .trim()
            .to_owned()
    }

    fn quoted(&mut self, quote: u8) -> String {
        self.next();
        let mut bytes = Vec::new();
        while let Some(byte) = self.next() {
            match byte {
                b'\'' if quote == b'\'' && self.peek() == Some(b'\'') => bytes.extend(self.next()),
                byte if byte == quote => break,
                b'\\' if quote == b'"' => match self.next() {
                    Some(b'u') => self.unicode(&mut bytes),
                    Some(escaped) => bytes.push(escaped),
                    None => break,
                },
                byte => bytes.push(byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// `\u00e9`. A character beyond the first plane is two of them, and is not found: then what is around it is.
    fn unicode(&mut self, bytes: &mut Vec<u8>) {
        let digits = self
            .bytes
            .get(self.at..self.at + 4)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
            self.at += 4;
            self.column += 4;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, pointer: &str) -> Place {
        find(text, std::iter::once(&Pointer::canonical(pointer)))[0]
    }

    fn line(text: &str, pointer: &str) -> usize {
        place(text, pointer).0
    }

    const YAML: &str = "\
# comment
openapi: 3.1.0
info:
  description: |
    paths:
      not: this
  title: 'it''s'
paths:
  /a:
    get:
      parameters:
      - name: one
        in: query
      -
        name: two
        schema: { type: [string,
          'null'], x: 1 }
      \"200\":   # comment
        - - deep: 1
";

    #[test]
    fn yaml() {
        assert_eq!(line(YAML, "#"), 1);
        assert_eq!(line(YAML, "#/info/title"), 7);
        assert_eq!(line(YAML, "#/paths/~1a/get"), 10);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/0/in"), 13);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/1/name"), 15);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/1/schema/type/1"), 17);
        assert_eq!(line(YAML, "#/paths/~1a/get/parameters/1/schema/x"), 17);
        assert_eq!(line(YAML, "#/paths/~1a/get/200/0/0/deep"), 19);
        assert_eq!(line(YAML, "#/paths/~1a/get/none/x"), 10);
        assert_eq!(place(YAML, "#/paths/~1a/get"), (10, 5));
        assert_eq!(place(YAML, "#/paths/~1a/get/parameters/0"), (12, 7));
        assert_eq!(place(YAML, "#/paths/~1a/get/parameters/0/name"), (12, 9));
        let schema = "#/paths/~1a/get/parameters/1/schema";
        assert_eq!(place(YAML, &format!("{schema}/type")), (16, 19));
        assert_eq!(place(YAML, &format!("{schema}/type/1")), (17, 11));
        assert_eq!(place(YAML, &format!("{schema}/x")), (17, 20));
    }

    #[test]
    fn json() {
        let text =
            "{\n \"a\\u00e9/\": {\"s\": \"}\\\"{\",\n  \"b\": [1,\n   {\"c\": null}]},\n \"d\": 1}";
        assert_eq!(line(text, "#/aé~1/b"), 3);
        assert_eq!(line(text, "#/aé~1/b/1/c"), 4);
        assert_eq!(place(text, "#/d"), (5, 2));
        assert_eq!(place("{\"é\": 1, \"b\": 2}", "#/b"), (1, 10));
        assert_eq!(line(text, "#/none"), 1);
    }

    #[test]
    fn nothing_makes_it_fail() {
        for end in 0..YAML.len() {
            line(&YAML[..end], "#/paths/~1a/get/parameters/1/schema/type/1");
            line(&format!("{{{}", &YAML[end..]), "#/paths/~1a/get");
        }
    }
}
