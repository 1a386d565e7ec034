//! What a value must be beyond its type, in words. Nothing checks it here; the server does.
//!
//! In: constraints. Out: a paragraph of Markdown. Not here: types, and what they say already.

use super::annotations::{annotated, code, joined};
use super::cx::Cx;
use super::merge::merged;
use super::merged::{Additional, Merged};
use super::scalar::{effective_type, is_width};
use super::uses::used;
use crate::document::{Entry, JsonType, Keywords, Pos};

/// How deep lists and maps are looked into.
const MAX_NESTING: usize = 3;

/// What is to be said, if there is anything.
pub fn paragraph(cx: &mut Cx, all: &Merged) -> Option<String> {
    let sentences = sentences(cx, all, 0);
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn sentences(cx: &mut Cx, all: &Merged, nesting: usize) -> Vec<String> {
    let mut found = Vec::new();
    for &pos in &all.parts {
        if let Entry::Schema(view) = cx.entry(pos) {
            let phrases = phrases(&view.keywords, effective_type(all), all.tuple.is_some());
            found.extend((!phrases.is_empty()).then(|| capitalized(&phrases.join(", ")) + "."));
        }
    }
    found.dedup();
    let inner = match (&all.items, &all.additional) {
        _ if nesting == MAX_NESTING || all.tuple.is_some() => None,
        (Some(items), _) => Some(("item", items)),
        (None, Additional::Typed(values)) => Some(("value", values)),
        (None, Additional::Undeclared | Additional::Any | Additional::Closed) => None,
    };
    if let Some((what, positions)) = inner {
        let text = of_inner(cx, positions, nesting + 1);
        found.extend(text.map(|text| format!("Each {what}: {text}")));
    }
    found
}

/// What is said of a value that has no definition of its own, which would say it.
pub fn of_inline(cx: &mut Cx, positions: &[Pos]) -> Option<String> {
    of_inner(cx, positions, 0)
}

fn of_inner(cx: &mut Cx, positions: &[Pos], nesting: usize) -> Option<String> {
    let is_inline =
        |&pos: &Pos| matches!(cx.entry(pos), Entry::Schema(_)) && cx.components[pos].is_none();
    if !positions.iter().all(is_inline) {
        return None;
    }
    let key = used(cx, positions).key?;
    let all = merged(cx, &key);
    if all.values.is_some() || !all.unions.is_empty() || !all.properties.is_empty() {
        return None;
    }
    let text = annotated(cx, &all);
    let text = joined(text.description.or(text.summary), text.more);
    let text = text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(sentence);
    let texts: Vec<String> = text
        .into_iter()
        .chain(sentences(cx, &all, nesting))
        .collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '!', '?', ':', '>']) {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// The constraints of a schema, each in a few words.
fn phrases(own: &Keywords, kind: Option<JsonType>, is_tuple: bool) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(count(own.min_length, own.max_length, "character"));
    found.extend(
        own.pattern
            .as_deref()
            .map(|text| format!("matching {}", code(text))),
    );
    found.extend(range(own, kind));
    found.extend(own.multiple_of.map(|step| format!("a multiple of {step}")));
    found.extend(count(own.min_items, own.max_items, "item").filter(|_| !is_tuple));
    found.extend(own.unique_items.then(|| "no two items alike".to_owned()));
    found.extend(count(own.min_properties, own.max_properties, "entry"));
    let format = own
        .format
        .as_deref()
        .filter(|format| !is_type(format, kind));
    found.extend(format.map(|format| format!("in the format {}", code(format))));
    let media = own.media_type.as_deref();
    found.extend(media.map(|media| format!("of the media type {}", code(media))));
    found
}

/// Whether the type says what a format does.
fn is_type(format: &str, kind: Option<JsonType>) -> bool {
    let is_float = matches!(format, "float" | "float32" | "double" | "float64");
    let is_time = matches!(format, "unixtime" | "unix-time");
    match kind {
        Some(JsonType::Number) => is_float || is_width(format),
        Some(JsonType::Integer) => is_time || is_width(format),
        Some(JsonType::String) => matches!(format, "int64" | "uint64"),
        Some(JsonType::Boolean | JsonType::Null | JsonType::Object | JsonType::Array) | None => {
            false
        }
    }
}

fn count(least: Option<usize>, most: Option<usize>, what: &str) -> Option<String> {
    let named = |count: usize| match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    };
    match (least.filter(|least| *least > 0), most) {
        (None, None) => None,
        (Some(least), Some(most)) if least == most => Some(format!("exactly {}", named(most))),
        (Some(least), Some(most)) => Some(format!("{least} to {}", named(most))),
        (Some(least), None) => Some(format!("at least {}", named(least))),
        (None, Some(most)) => Some(format!("at most {}", named(most))),
    }
}

fn range(own: &Keywords, kind: Option<JsonType>) -> Option<String> {
    let is_open = |exclusive: Option<bool>| exclusive == Some(true);
    let (open_below, open_above) = (
        is_open(own.exclusive_minimum),
        is_open(own.exclusive_maximum),
    );
    // An integer from 0 on is unsigned.
    let is_said = kind == Some(JsonType::Integer)
        && own.minimum == Some(0.0)
        && !open_below
        && own.maximum.is_none();
    // Beyond 64 bits, a bound is a way to say that there is none.
    let is_bound = |bound: &f64| kind != Some(JsonType::Integer) || bound.abs() < 9.2e18;
    let (minimum, maximum) = (own.minimum.filter(is_bound), own.maximum.filter(is_bound));
    let minimum = minimum.filter(|_| !is_said);
    let least = minimum.map(|bound| match open_below {
        true => format!("more than {bound}"),
        false => format!("at least {bound}"),
    });
    let most = maximum.map(|bound| match open_above {
        true => format!("less than {bound}"),
        false => format!("at most {bound}"),
    });
    match (minimum, maximum) {
        (Some(least), Some(most)) if !open_below && !open_above => {
            Some(format!("{least} to {most}"))
        }
        _ => {
            let both: Vec<String> = least.into_iter().chain(most).collect();
            (!both.is_empty()).then(|| both.join(" and "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_in_words() {
        let words = |own: Keywords| phrases(&own, Some(JsonType::String), false).join(", ");
        let lengths = |least, most| {
            words(Keywords {
                min_length: least,
                max_length: most,
                ..Keywords::default()
            })
        };
        assert_eq!(lengths(Some(1), Some(9)), "1 to 9 characters");
        assert_eq!(lengths(Some(2), Some(2)), "exactly 2 characters");
        assert_eq!(lengths(Some(1), None), "at least 1 character");
        assert_eq!(lengths(Some(0), None), "");
        let bounds = |least, open, most| {
            words(Keywords {
                minimum: least,
                exclusive_minimum: Some(open),
                maximum: most,
                ..Keywords::default()
            })
        };
        assert_eq!(bounds(Some(0.5), false, Some(9.0)), "0.5 to 9");
        assert_eq!(
            bounds(Some(0.0), true, Some(9.0)),
            "more than 0 and at most 9"
        );
        assert_eq!(bounds(None, true, Some(9.0)), "at most 9");
        let pattern = Keywords {
            pattern: Some("^`a$".into()),
            ..Keywords::default()
        };
        assert_eq!(words(pattern), "matching `` ^`a$ ``");
    }
}
