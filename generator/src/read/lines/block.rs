//! The block style of YAML.
//!
//! In: lines of text. Out: positions of the values to find. Not here: JSON and values in braces.

use super::flow::Flow;
use super::position_tree::{Position, PositionTree};

/// A line of YAML that is not blank and no comment.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    number: usize,
    indent: usize,
    text: &'a str,
}

impl Line<'_> {
    fn position(&self) -> Position {
        (self.number, self.indent + 1)
    }
}

pub fn lines(text: &str) -> Vec<Line<'_>> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let lines = ends.scan(0, |start, end| {
        let line = &text[*start..end];
        *start = end + 1;
        Some(line)
    });
    let lines = lines.enumerate().map(|(index, line)| {
        let mut bytes = line.bytes();
        let indent = bytes.position(|c| c != b' ').unwrap_or(line.len());
        let text = &line[indent..];
        // Unicode has many kinds of spaces, and few lines end with one.
        let ends_so = bytes.next_back().is_some_and(|c| c.is_ascii_graphic());
        Line {
            number: index + 1,
            indent,
            text: if ends_so { text } else { text.trim_end() },
        }
    });
    lines
        .filter(|line| {
            !line.text.is_empty() && !line.text.starts_with(['#', '%']) && line.text != "---"
        })
        .collect()
}

/// A block of YAML: the lines of one mapping or sequence. All that is deeper belongs to the entry before it.
pub fn block(lines: &[Line], tree: &mut PositionTree) {
    let Some(first) = lines.first() else { return };
    if first.text.starts_with(['{', '[']) {
        return flow(first.text, lines, tree);
    }
    let is_item = |line: &Line| line.text == "-" || line.text.starts_with("- ");
    let is_list = is_item(first);
    // The items of a list may have the same indentation as the key of the list.
    let is_entry = |line: &Line| line.indent == first.indent && is_item(line) == is_list;
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&index| is_entry(&lines[index]))
        .collect();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let entry = &lines[start..end];
        if is_list {
            item(entry, tree.found(&index.to_string(), entry[0].position()));
        } else if let Some((key, value)) = key(entry[0].text) {
            value_of(value, entry, tree.found(&key, entry[0].position()));
        }
    }
}

/// `- key: value` is a mapping that starts in the middle of a line.
fn item(lines: &[Line], tree: Option<&mut PositionTree>) {
    let Some(tree) = tree.filter(|tree| !tree.children.is_empty()) else {
        return;
    };
    let text = lines[0].text[1..].trim_start();
    if text.is_empty() {
        return block(&lines[1..], tree);
    }
    let first = Line {
        indent: lines[0].indent + lines[0].text.len() - text.len(),
        text,
        ..lines[0]
    };
    let lines: Vec<Line> = std::iter::once(first)
        .chain(lines[1..].iter().copied())
        .collect();
    block(&lines, tree);
}

/// The value after a key, on the same line or below.
fn value_of(text: &str, lines: &[Line], tree: Option<&mut PositionTree>) {
    let Some(tree) = tree.filter(|tree| !tree.children.is_empty()) else {
        return;
    };
    let mut text = text.trim_start();
    // Anchors and tags precede a value.
    while text.starts_with(['&', '!']) {
        text = text
            .split_once(' ')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    match text.chars().next() {
        None | Some('#') => block(&lines[1..], tree),
        Some('{' | '[') => flow(text, lines, tree),
        Some(_) => {}
    }
}

/// A value in braces or brackets, which may go on over lines.
fn flow(first: &str, lines: &[Line], tree: &mut PositionTree) {
    let (line, column) = lines[0].position();
    let before = lines[0].text.strip_suffix(first).unwrap_or_default();
    let mut text = first.to_owned();
    for pair in lines.windows(2) {
        text.extend(std::iter::repeat_n('\n', pair[1].number - pair[0].number));
        text.extend(std::iter::repeat_n(' ', pair[1].indent));
        text += pair[1].text;
    }
    let start = (line, column + before.chars().count());
    Flow::new(&text, start).value(Some(tree), 0);
}

/// Returns the key of a line of a mapping, and the text after it.
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
