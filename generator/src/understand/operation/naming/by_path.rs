//! Proposes names from the path and the id of an operation.
//!
//! In: a [`Subject`]. Out: a [`Proposal`]. Not here: other operations (see the parent).
//!
//! - The literal segments of the path name the resource.
//! - A literal segment after these that is an action names the method: `POST /batches/{id}/cancel` is `batches().cancel(id)`. A
//!   segment is an action if it has the verb of the id, or if it is in a list of verbs. Other operations do not matter.
//! - Otherwise, the verb of the id or else of the HTTP method names the method. An operation that reads is `list` or `retrieve`,
//!   depending on its response.

use super::ids::{Id, beyond};
use super::lists::Listed;
use super::segments::{Route, Segment};
use super::verbs::{Action, LISTS, MODIFIERS, READS, action, is_phrase};
use crate::model::api::HttpMethod;
use crate::model::words::{Words, singular};

/// The facts that names are derived from.
pub(super) struct Subject<'a> {
    pub method: &'a HttpMethod,
    pub route: &'a Route,
    pub id: &'a Id,
    pub listed: Listed,
    pub has_body: bool,
    /// Whether `GET` on the same path returns a single item.
    pub is_single: bool,
    /// The tag, which names the resource of a path without literals.
    pub tag: Option<&'a str>,
}

/// The proposed location and names of a method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Proposal {
    /// The resource, from the client down. Underscores join the words of each part.
    pub resource: Vec<String>,
    /// The names, in the order of preference.
    pub names: Vec<String>,
}

/// Returns the resource of an operation, and names from the shortest to the longest.
pub(super) fn propose(subject: &Subject) -> Proposal {
    let route = subject.route;
    let end = action_at(subject).unwrap_or(route.segments.len());
    let known: Vec<&Words> = route.literals(end).collect();
    let mut resource: Vec<String> = known.iter().map(|words| words.join('_')).collect();
    let tail: Vec<String> = route
        .literals(route.segments.len())
        .skip(known.len())
        .map(|it| it.join('_'))
        .collect();
    let tail = tail.join("_");
    let has_literal = !known.is_empty() || !tail.is_empty();
    if !has_literal {
        let tag = subject
            .tag
            .map_or("root".into(), |tag| Words::of(tag).join('_'));
        resource.push(tag);
    }
    let name = match (tail.as_str(), route.segments.last()) {
        ("", Some(Segment::Alias(alias))) => of_alias(subject, alias),
        ("", None | Some(Segment::Param(_)))
            if !has_literal && subject.id.verb.is_none() && !subject.id.words.is_empty() =>
        {
            subject.id.words.join("_")
        }
        ("", _) => verb(subject),
        (tail, _) => of_action(subject, tail, &known),
    };
    let mut names = vec![name];
    longer(subject, &known, &mut names);
    Proposal { resource, names }
}

/// Returns the index of the segment that is an action, if there is one.
fn action_at(subject: &Subject) -> Option<usize> {
    let segments = &subject.route.segments;
    let is_fixed = |segment: &Segment| matches!(segment, Segment::Literal(_));
    let tail = segments
        .iter()
        .rposition(|it| !is_fixed(it))
        .map_or(0, |at| at + 1);
    let in_tail = (tail..segments.len()).find(|at| is_action(subject, *at));
    in_tail.or_else(|| {
        // As in `GET /compare/{base}` with the id `compare`.
        let last = segments.iter().rposition(is_fixed)?;
        (last > 0 && last < tail && has_verb_of_id(subject, last)).then_some(last)
    })
}

fn is_action(subject: &Subject, at: usize) -> bool {
    let Segment::Literal(words) = &subject.route.segments[at] else {
        return false;
    };
    let is_single = words.count() == 1;
    let first = words.iter().next().unwrap_or_default();
    let is_last = at + 1 == subject.route.segments.len();
    match action(first) {
        // The words after it say how it is done.
        Some(Action::Verb) if is_single && !is_last => {
            VARIED.contains(&first) || has_verb_of_id(subject, at) && at > 0
        }
        Some(Action::Verb) if is_single => true,
        Some(Action::Reading) if is_single => at > 0 && is_last,
        _ if is_single && MODIFIERS.contains(&first) => at > 0 && is_last,
        _ if is_last && has_verb_of_id(subject, at) => true,
        _ if !is_single && is_last && is_phrase(words, subject.id.verb.as_deref()) => {
            !reads(subject.method) && !is_thing_of_id(subject, words)
        }
        _ => is_last && is_named_by_id(subject, words),
    }
}

/// Returns whether the id has another verb, and these words as what it applies to: `add-ons` with the id `create-add-on`.
fn is_thing_of_id(subject: &Subject, words: &Words) -> bool {
    let rest = subject.id.rest.join(" ");
    subject.id.verb.is_some() && singular(words.text()) == singular(&rest)
}

/// Verbs that words about the manner may follow: `POST /points/search/batch`.
const VARIED: &[&str] = &["query", "recommend", "search"];

/// Returns whether an id without a verb repeats the path, so the last segment names the method: `GET /health` with the id
/// `health`.
fn is_named_by_id(subject: &Subject, last: &Words) -> bool {
    let (route, id) = (subject.route, subject.id);
    let all = route
        .literals(route.segments.len())
        .flat_map(|words| words.iter());
    let is_path = id.words.iter().eq(last.iter()) || id.words.iter().eq(all);
    let is_thing = subject.listed < Listed::Among && singular(last.text()) == last.text();
    let is_below = route.segments.len() > 1;
    let does = matches!(subject.method, HttpMethod::Get | HttpMethod::Post);
    does && id.verb.is_none() && is_path && (is_thing || is_below && !id.space.is_empty())
}

/// Returns whether a segment begins with the verb of the id, or is its plural.
fn has_verb_of_id(subject: &Subject, at: usize) -> bool {
    let Segment::Literal(words) = &subject.route.segments[at] else {
        return false;
    };
    let Some(verb) = &subject.id.verb else {
        return false;
    };
    let verb = verb.replace('_', " ");
    let rest = words.text().strip_prefix(&verb);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        || at > 0 && singular(words.text()) == verb
}

fn reads(method: &HttpMethod) -> bool {
    matches!(
        method,
        HttpMethod::Get | HttpMethod::Head | HttpMethod::Query
    )
}

/// Returns the name of a method for an item with a fixed name: `me`, or `update_me`.
fn of_alias(subject: &Subject, alias: &Words) -> String {
    let alias = alias.join('_');
    match verb(subject) {
        verb if verb == "retrieve" || verb == "list" => alias,
        verb => format!("{verb}_{alias}"),
    }
}

/// Returns the name of a method whose path ends in an action.
fn of_action(subject: &Subject, tail: &str, known: &[&Words]) -> String {
    let first = tail.split('_').next().unwrap_or_default();
    let own = subject.id.verb.as_deref();
    if own.is_some_and(|own| singular(tail) == own) {
        return singular(tail);
    }
    let is_phrase =
        tail.contains('_') && !reads(subject.method) && *subject.method != HttpMethod::Delete;
    let is_plain = is_phrase
        || match (own, subject.method) {
            (_, HttpMethod::Head | HttpMethod::Options) => false,
            (Some(own), _) if first == own => true,
            (Some("create") | None, HttpMethod::Post) => action(first) != Some(Action::Reading),
            (None, HttpMethod::Put | HttpMethod::Patch) => action(first) == Some(Action::Verb),
            (Some(own), _) if READS.contains(&own) || LISTS.contains(&own) => {
                reads(subject.method) && is_read(first) || *subject.method == HttpMethod::Post
            }
            (Some("download" | "export"), HttpMethod::Get) => {
                action(first) == Some(Action::Reading)
            }
            (None, method) if reads(method) => is_read(first) || action(first).is_none(),
            _ => false,
        };
    if is_plain {
        return tail.to_owned();
    }
    match own {
        Some(_) => short_phrase(subject, known),
        None => format!("{}_{tail}", by_method(subject)),
    }
}

/// Returns whether a word at the end of a path can be the name of a method that reads.
fn is_read(word: &str) -> bool {
    const BOTH: &[&str] = &[
        "authorize",
        "check",
        "compare",
        "find",
        "generate",
        "list",
        "login",
        "logout",
        "lookup",
        "ping",
        "poll",
        "query",
        "render",
        "search",
        "sync",
        "validate",
        "verify",
    ];
    action(word) == Some(Action::Reading) || BOTH.contains(&word)
}

/// Returns the verb, and the words of the id that the resource does not contain.
fn phrase(subject: &Subject, known: &[&Words]) -> String {
    let mut words = vec![verb(subject)];
    words.extend(beyond(&subject.id.rest, known));
    words.join("_")
}

/// Returns the name that consists of the whole id.
pub(super) fn whole(subject: &Subject) -> String {
    match &subject.id.verb {
        Some(_) => phrase(subject, &[]),
        None => subject.id.words.join("_"),
    }
}

/// Returns the same as [`phrase`], without the words after `for`.
fn short_phrase(subject: &Subject, known: &[&Words]) -> String {
    let phrase = phrase(subject, known);
    phrase.split("_for_").next().unwrap_or_default().to_owned()
}

/// Returns a name with the HTTP method, if another method of the same path has the short name.
pub(super) fn different(method: &HttpMethod, short: &str) -> String {
    match (method, short) {
        (HttpMethod::Put, "update") => "replace".into(),
        (_, "update" | "create" | "retrieve") => lower(method),
        _ => format!("{short}_{}", lower(method)),
    }
}

fn lower(method: &HttpMethod) -> String {
    Words::of(&method.as_str().to_ascii_lowercase()).join('_')
}

/// Returns the verb of the id, or else of the HTTP method.
fn verb(subject: &Subject) -> String {
    let own = match (subject.id.verb.as_deref(), subject.method) {
        (Some(own), HttpMethod::Head)
            if READS.contains(&own) || LISTS.contains(&own) || own == "download" =>
        {
            None
        }
        (own, _) => own,
    };
    let Some(own) = own else {
        return by_method(subject);
    };
    let all = subject.id.rest.first().is_some_and(|word| word == "all");
    match own {
        own if READS.contains(&own) || LISTS.contains(&own) => reading(subject).into(),
        "delete" | "destroy" => deleting(subject).into(),
        own if all => format!("{own}_all"),
        own => own.to_owned(),
    }
}

fn by_method(subject: &Subject) -> String {
    let ends_in_item = !matches!(
        subject.route.segments.last(),
        Some(Segment::Literal(_)) | None
    );
    match subject.method {
        HttpMethod::Get => reading(subject),
        HttpMethod::Post if !ends_in_item => "create",
        HttpMethod::Post | HttpMethod::Put => "update",
        HttpMethod::Patch => "patch",
        HttpMethod::Delete => deleting(subject),
        HttpMethod::Options
        | HttpMethod::Head
        | HttpMethod::Trace
        | HttpMethod::Query
        | HttpMethod::Other(_) => return lower(subject.method),
    }
    .into()
}

/// Returns `list` if the response is a list, else `retrieve`.
fn reading(subject: &Subject) -> &'static str {
    let is_item = matches!(
        subject.route.segments.last(),
        Some(Segment::Param(_) | Segment::Alias(_))
    );
    let says_list = subject
        .id
        .verb
        .as_deref()
        .is_some_and(|verb| LISTS.contains(&verb));
    match subject.listed {
        Listed::No => "retrieve",
        Listed::Among | Listed::Unknown if says_list => "list",
        Listed::Bare => "list",
        Listed::Whole if says_list || !is_item => "list",
        Listed::Unknown | Listed::Among | Listed::Whole => "retrieve",
    }
}

/// Returns the verb for deletion. The name for a collection differs from that for an item.
fn deleting(subject: &Subject) -> &'static str {
    let is_many = |words: &Words| !subject.is_single && singular(words.text()) != words.text();
    match subject.route.segments.last() {
        Some(Segment::Literal(words)) if is_many(words) => match subject.has_body {
            true => "delete_many",
            false => "delete_all",
        },
        Some(_) | None => "delete",
    }
}

/// Adds longer names, for use if another method has the short one.
fn longer(subject: &Subject, known: &[&Words], names: &mut Vec<String>) {
    let short = names[0].clone();
    let route = subject.route;
    if subject.id.verb.is_some() {
        names.push(phrase(subject, known));
    }
    let param = route
        .segments
        .iter()
        .rposition(|it| !matches!(it, Segment::Literal(_)));
    if let Some(at) = param {
        let item = |at: usize| match at.checked_sub(1).map(|before| &route.segments[before]) {
            Some(Segment::Literal(words)) => Words::of(&singular(words.text())).join('_'),
            Some(Segment::Param(_) | Segment::Alias(_)) | None => String::new(),
        };
        let is_last = at + 1 == route.segments.len();
        let suffix = match (&route.segments[at], item(at)) {
            (Segment::Alias(words), _) => format!("for_{}", words.join('_')),
            (Segment::Param(name), _) if is_last => format!("by_{}", name.join('_')),
            (_, item) if !item.is_empty() => format!("for_{item}"),
            (Segment::Param(words) | Segment::Literal(words), _) => {
                format!("by_{}", words.join('_'))
            }
        };
        names.push(format!("{short}_{suffix}"));
    }
    if let Some(version) = &route.version {
        names.push(format!("{short}_{}", version.join('_')));
    }
    names.push(different(subject.method, &short));
    let all = subject.id.words.join("_");
    names.extend(Some(all).filter(|all| !all.is_empty()));
}
