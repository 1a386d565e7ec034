//! Reports selectors that match no operation.
//!
//! In: a [`Selection`], and all operations of the document. Out: a diagnostic for each selector that matches none, with a similar
//! name if there is one. Not here: the generated operations.

use std::collections::BTreeSet;

use crate::report::{Code, Pointer, Report, nearest};
use crate::understand::select::{By, Candidate, Selection, Selector};

pub fn report(selection: &Selection, all: &[Candidate], report: &mut Report) {
    for selector in selection.include.iter().chain(&selection.exclude) {
        if all
            .iter()
            .any(|op| selector.selects(op.tags, &op.path, op.id))
        {
            continue;
        }
        let known: BTreeSet<&str> = all
            .iter()
            .flat_map(|op| match selector.by {
                By::Tag => op.tags.iter().map(String::as_str).collect(),
                By::Path => vec![op.path.as_str()],
                By::Id => vec![op.id],
            })
            .collect();
        let by = selector.by.as_str();
        let help = match near(selector, &known) {
            Some(near) => Some(format!("did you mean `{by}:{near}`?")),
            None if by == "tag" && !known.is_empty() && known.len() <= 20 => {
                let known: Vec<&str> = known.into_iter().collect();
                Some(format!("the document has the tags {}", known.join(", ")))
            }
            None => None,
        };
        let at = Pointer::root().child("paths");
        let text = format!("no operation matches `{selector}`");
        report.add(Code::UnmatchedSelector, &at, text).help(help);
    }
}

/// Returns the name that a pattern may be meant for. If the pattern has a `*`, the text before the first or after the last one is
/// compared with as much of each name.
fn near(selector: &Selector, known: &BTreeSet<&str>) -> Option<String> {
    let pattern = selector.pattern.as_str();
    let (Some(first), Some(last)) = (pattern.find('*'), pattern.rfind('*')) else {
        return nearest(pattern, known.iter().copied()).map(str::to_owned);
    };
    let (before, after) = (&pattern[..first], &pattern[last + 1..]);
    let lengths = |text: &str| {
        let length = text.chars().count();
        length.saturating_sub(1).max(1)..=length + 1
    };
    let starts: BTreeSet<String> = known
        .iter()
        .flat_map(|name| lengths(before).map(|length| name.chars().take(length).collect()))
        .collect();
    let ends: BTreeSet<String> = known
        .iter()
        .flat_map(|name| {
            let count = name.chars().count();
            lengths(after)
                .map(move |length| name.chars().skip(count.saturating_sub(length)).collect())
        })
        .collect();
    // Among equally similar parts, prefers one that has the same character next to the `*`.
    let better = |part: &str, parts: &BTreeSet<String>, edge: fn(&str) -> Option<char>| {
        let (alike, others): (Vec<&str>, Vec<&str>) = parts
            .iter()
            .map(String::as_str)
            .partition(|other| edge(other) == edge(part));
        let near = nearest(part, alike.into_iter().chain(others));
        near.filter(|_| !part.is_empty()).map(str::to_owned)
    };
    let candidates = [
        better(before, &starts, |text| text.chars().next_back())
            .map(|start| start + &pattern[first..]),
        better(after, &ends, |text| text.chars().next())
            .map(|end| format!("{}{end}", &pattern[..=last])),
    ];
    let matches = |candidate: &String| {
        let pattern = candidate.clone();
        let candidate = Selector {
            pattern,
            ..selector.clone()
        };
        known.iter().any(|name| candidate.matches(name))
    };
    candidates.into_iter().flatten().find(matches)
}
