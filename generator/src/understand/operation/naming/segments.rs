//! The segments of a path.
//!
//! In: the pieces of a path template, and the prefix that does not count for names. Out: [`Segment`]s in words, and the version
//! in the path. Not here: their meaning (see the parent).

use crate::model::api::Piece;
use crate::model::words::Words;
use crate::understand::operation::path_template;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Literal(Words),
    /// A parameter. If the segment has several, the name of the last one.
    Param(Words),
    /// A literal that stands for an item like a parameter: `/users/me`.
    Alias(Words),
}

/// A path in words, without its prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Route {
    pub segments: Vec<Segment>,
    /// The version in the prefix.
    pub version: Option<Words>,
}

impl Route {
    /// Returns the literals before an index.
    pub(super) fn literals(&self, end: usize) -> impl Iterator<Item = &Words> {
        self.segments[..end].iter().filter_map(literal)
    }
}

fn literal(segment: &Segment) -> Option<&Words> {
    match segment {
        Segment::Literal(words) => Some(words),
        Segment::Param(_) | Segment::Alias(_) => None,
    }
}

/// The leading segments that names leave out, in addition to versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prefix {
    /// The prefix that `x-client` sets.
    pub given: Vec<String>,
    /// The segments before the version, if all paths with a version have the same: `/eth/v1/..`.
    space: Vec<String>,
}

/// Names for a whole API. They belong to the prefix if a literal follows.
const GENERIC: &[&str] = &["api", "apis", "rest"];

/// Literals that stand for an item.
const ALIASES: &[&str] = &["current", "latest", "me", "mine", "self"];

impl Prefix {
    /// Returns the common prefix of all paths.
    pub(super) fn of<'a>(paths: impl Iterator<Item = &'a [Piece]>, given: Vec<String>) -> Self {
        let mut spaces = paths.filter_map(|path| {
            let mut literals = literals(path_template::text(path));
            let version = literals.iter().position(|it| is_version(it))?;
            literals.truncate(version);
            Some(literals)
        });
        let space = spaces.next().unwrap_or_default();
        let is_same = spaces.all(|other| other == space);
        Self {
            given,
            space: if is_same { space } else { Vec::new() },
        }
    }

    /// Returns the segments of a path without the prefix.
    pub(super) fn route(&self, path: &[Piece]) -> Route {
        let text = path_template::text(path);
        let bare = text.split('?').next().unwrap_or_default();
        let mut raw: Vec<&str> = bare.split('/').filter(|it| !it.is_empty()).collect();
        let begins = |raw: &[&str], prefix: &[String]| {
            raw.len() > prefix.len() && raw.iter().zip(prefix).all(|(one, other)| one == other)
        };
        if begins(&raw, &self.given) {
            raw.drain(..self.given.len());
        }
        let version_at = self.space.len();
        if begins(&raw, &self.space) && is_version(raw[version_at]) {
            raw.drain(..version_at);
        }
        let mut version = None;
        while let Some(first) = raw.first() {
            let is_followed = raw.get(1).is_some_and(|next| !next.contains('{'));
            if is_version(first) {
                version = Some(Words::of(first));
            } else if !(is_followed && GENERIC.contains(first)) {
                break;
            }
            raw.remove(0);
        }
        let mut segments: Vec<Segment> = Vec::new();
        for segment in raw {
            let is_leading = segments.iter().all(|it| matches!(it, Segment::Literal(_)));
            match is_leading && segment.starts_with(['v', 'V']) && is_version(segment) {
                true => version = Some(Words::of(segment)),
                false => add(&mut segments, segment),
            }
        }
        Route { segments, version }
    }
}

/// Returns the literal segments before the first parameter.
fn literals(path: String) -> Vec<String> {
    let segments = path.split(['/', '?']).filter(|it| !it.is_empty());
    let literals = segments.take_while(|it| !it.contains('{'));
    literals.map(str::to_owned).collect()
}

/// Returns whether a segment is a version, such as `v1`, `v2beta1`, `1.1`, `2010-04-01` or `3`.
fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let (is_bare, mut chars) = (digits.len() == segment.len(), digits.chars());
    chars.next().is_some_and(|c| c.is_ascii_digit())
        && match is_bare {
            true => chars.all(|c| c.is_ascii_digit() || c == '.' || c == '-'),
            false => chars.all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_'),
        }
}

/// Adds the segments that one raw segment contains: a parameter, perhaps with an action after it (`{id}:cancel`) or a name before
/// it (`items({id})`), or words (`messages.json`, `chat.postMessage`).
fn add(segments: &mut Vec<Segment>, raw: &str) {
    if raw.bytes().all(|c| c.is_ascii_digit()) {
        // The number identifies an item.
        segments.push(Segment::Param(Words::of(raw)));
        return;
    }
    if let Some(start) = raw.rfind('{') {
        let (before, _) = raw.split_once('{').unwrap_or_default();
        if before.contains(|c: char| c.is_ascii_alphanumeric()) {
            segments.push(Segment::Literal(Words::of(before)));
        }
        let (name, rest) = raw[start + 1..].split_once('}').unwrap_or_default();
        segments.push(Segment::Param(Words::of(name)));
        if let Some(action) = rest.strip_prefix(':') {
            segments.push(Segment::Literal(Words::of(action)));
        }
        return;
    }
    let bare = EXTENSIONS.iter().find_map(|end| raw.strip_suffix(end));
    let bare = bare.filter(|bare| !bare.is_empty()).unwrap_or(raw);
    let is_dotted = bare
        .split('.')
        .all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
    let parts: Vec<&str> = match is_dotted {
        true => bare.split(['.', ':']).collect(),
        false => bare.split(':').collect(),
    };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let (at, words) = match part.strip_prefix('@') {
            Some(rest) => (true, Words::of(rest)),
            None => (false, Words::of(part)),
        };
        let is_alias = !segments.is_empty() && (at || ALIASES.contains(&words.text()));
        segments.push(match is_alias {
            true => Segment::Alias(words),
            false => Segment::Literal(words),
        });
    }
}

/// File extensions that select the format of the response.
const EXTENSIONS: &[&str] = &[".json", ".xml", ".csv", ".txt", ".html", ".pdf", ".yaml"];

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(given: &str, paths: &[&str]) -> Vec<String> {
        let paths: Vec<Vec<Piece>> = (paths.iter())
            .map(|path| path_template::pieces(path).unwrap())
            .collect();
        let given = given
            .split('/')
            .filter(|it| !it.is_empty())
            .map(str::to_owned);
        let prefix = Prefix::of(paths.iter().map(Vec::as_slice), given.collect());
        let shown = |segment: &Segment| match segment {
            Segment::Literal(words) => words.join('_'),
            Segment::Param(words) => format!("{{{}}}", words.join('_')),
            Segment::Alias(words) => format!("={}", words.join('_')),
        };
        let shown = paths.iter().map(|path| {
            let route = prefix.route(path);
            let segments: Vec<String> = route.segments.iter().map(shown).collect();
            segments.join(" ")
        });
        shown.collect()
    }

    #[test]
    fn prefixes_are_no_words() {
        assert_eq!(
            routes("", &["/v1/a", "/api/v2/b", "/api/c", "/health"]),
            ["a", "b", "c", "health"]
        );
        assert_eq!(
            routes("", &["/eth/v1/a", "/eth/v2/b", "/c"]),
            ["a", "b", "c"]
        );
        assert_eq!(routes("", &["/x/v1/a", "/y/v1/a"]), ["x a", "y a"]);
        assert_eq!(routes("/x/y", &["/x/y/v1/a", "/x/y"]), ["a", "x y"]);
        assert_eq!(
            routes("", &["/2010-04-01/A", "/1.1/b", "/3/c"]),
            ["a", "b", "c"]
        );
        assert_eq!(
            routes("", &["/api/{id}", "/api/keys"]),
            ["api {id}", "keys"]
        );
    }

    #[test]
    fn segments_are_words() {
        let paths = [
            "/Accounts/{Sid}.json",
            "/a/{x}{y}:cancel",
            "/chat.postMessage",
            "/users/@me",
            "/me",
            "/a?b=/c",
        ];
        assert_eq!(
            routes("", &paths),
            [
                "accounts {sid}",
                "a {y} cancel",
                "chat post_message",
                "users =me",
                "me",
                "a"
            ]
        );
    }
}
