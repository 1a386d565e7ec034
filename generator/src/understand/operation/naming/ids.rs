//! The words of an operation's id.
//!
//! In: an `operationId`, and the path and method that a framework may have generated it from. Out: an [`Id`]. Not here: names of
//! methods.

use super::segments::{Route, Segment};
use super::verbs::{MODIFIERS, is_clear_verb, is_verb};
use crate::model::api::{HttpMethod, Piece};
use crate::model::words::{Words, singular};
use crate::understand::operation::path_template;

/// The words of an id that its author chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Id {
    /// All words, without those of a namespace or a framework.
    pub words: Vec<String>,
    /// The verb, with a modifier before it: `bulk create`.
    pub verb: Option<String>,
    /// The words without the verb.
    pub rest: Vec<String>,
    /// The words before the last `/` or `.`.
    pub space: Vec<String>,
}

impl Id {
    /// Returns the words of an id that its author chose.
    pub(super) fn of(id: &str, method: &HttpMethod, path: &[Piece], route: &Route) -> Self {
        let mut space: Vec<&str> = id.split(['/', '.', ':']).collect();
        let own = space.pop().unwrap_or_default();
        // NestJS joins the names of the class and its method.
        let own = own.split_once("Controller_").map_or(own, |(_, own)| own);
        let mut words: Vec<String> = Words::of(own).iter().map(str::to_owned).collect();
        // As in `re-run`.
        if let Some(at) = words
            .iter()
            .position(|word| word == "re")
            .filter(|at| at + 1 < words.len())
        {
            let rest = words.remove(at + 1);
            words[at] += &rest;
        }
        without_path(&mut words, method, path);
        without_request(&mut words, method, route);
        if words.len() > 1 {
            words.retain(|word| word != "api" && !is_version(word));
        }
        let (verb, rest) = verb(&words, route);
        let verb = verb.filter(|verb| !["patch", "post", "put"].contains(&verb.as_str()));
        Self {
            verb,
            rest,
            words,
            space: space
                .into_iter()
                .map(|it| Words::of(it).join('_'))
                .collect(),
        }
    }
}

/// Returns an id without the words that FastAPI appends to the name of a function, or `None` if there are none.
pub(super) fn without_framework(id: &str, method: &HttpMethod, path: &[Piece]) -> Option<String> {
    let mut words: Vec<String> = Words::of(id).iter().map(str::to_owned).collect();
    let count = words.len();
    without_path(&mut words, method, path);
    (words.len() < count).then(|| words.join("_"))
}

/// Removes the words that FastAPI appends to the name of a function: those of the path and the method.
fn without_path(words: &mut Vec<String>, method: &HttpMethod, path: &[Piece]) {
    let text = path_template::text(path);
    let mut made: Vec<String> = match text.contains(|c: char| c.is_ascii_alphanumeric()) {
        true => Words::of(&text).iter().map(str::to_owned).collect(),
        false => Vec::new(),
    };
    made.push(method.as_str().to_ascii_lowercase());
    if words.len() > made.len() && words.ends_with(&made) {
        words.truncate(words.len() - made.len());
    }
}

/// Removes the words from which other frameworks generate ids: the method and those of the path (`get_files_id_content`).
fn without_request(words: &mut Vec<String>, method: &HttpMethod, route: &Route) {
    if words.first() != Some(&method.as_str().to_ascii_lowercase()) {
        return;
    }
    let mut left = &words[1..];
    for (index, segment) in route.segments.iter().enumerate() {
        let (Segment::Literal(spelled) | Segment::Param(spelled) | Segment::Alias(spelled)) =
            segment;
        let spelled: Vec<String> = spelled.iter().map(str::to_owned).collect();
        let is_item = !matches!(segment, Segment::Literal(_));
        match left.strip_prefix(spelled.as_slice()) {
            Some(rest) => left = rest,
            None if is_item && left.first().is_some_and(|word| word == "id") => left = &left[1..],
            None if is_item && index > 0 => {}
            None => break,
        }
    }
    if left.len() + 1 < words.len() {
        *words = left.to_vec();
    }
}

fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit())
}

/// Returns the verb and the other words. The verb is the first word (`createFile`), or one after words of the path: the last word
/// (`users_partial_update`), or the only verb (`sled_set_policy`).
fn verb(words: &[String], route: &Route) -> (Option<String>, Vec<String>) {
    let literals: Vec<&Words> = route.literals(route.segments.len()).collect();
    let known: Vec<String> = literals
        .iter()
        .flat_map(|it| it.iter())
        .map(singular)
        .collect();
    let is_known = |word: &String| known.contains(&singular(word));
    // In `usage_file_search_calls`, `search` is a part of the segment `file_search_calls`.
    let is_part = |index: usize| {
        let pair = format!(" {} {} ", words[index - 1], words[index]);
        literals
            .iter()
            .any(|it| format!(" {} ", it.text()).contains(&pair))
    };
    let is_verb_at = |index: usize| match words.get(index) {
        None => false,
        Some(word) if index == 0 => is_verb(word),
        Some(word) => {
            (is_clear_verb(word) || word == "exists")
                && words[..index]
                    .iter()
                    .all(|it| is_known(it) || MODIFIERS.contains(&it.as_str()))
                && !is_part(index)
        }
    };
    let is_modifier = |index: usize| MODIFIERS.contains(&words[index].as_str());
    let taken = |start: usize, end: usize| {
        let rest = [&words[..start], &words[end..]].concat();
        (Some(words[start..end].join("_")), rest)
    };
    if words.len() > 1 && is_modifier(0) && is_verb(&words[1]) {
        return taken(0, 2);
    }
    if let [one, or, other, ..] = words
        && or == "or"
        && [one, other].into_iter().all(|word| is_verb(word))
    {
        return taken(0, 3);
    }
    // In `invite_revoke`, the first word is not the verb if `invites` is a segment of the path.
    let is_item = |word: &String| {
        let others = literals.iter().filter(|it| it.text() != word);
        others
            .flat_map(|it| it.iter())
            .any(|it| singular(it) == *word)
    };
    let is_thing = words.first().is_some_and(is_item) && words.len() > 1;
    if is_verb_at(0) && !(is_thing && is_verb_at(words.len() - 1)) {
        return taken(0, 1);
    }
    let mut inner = (1..words.len()).filter(|index| is_verb_at(*index));
    let last = inner.clone().next_back();
    let last = last.filter(|index| index + 1 == words.len());
    match last.or_else(|| inner.next().filter(|_| inner.next().is_none())) {
        Some(index) if is_modifier(index - 1) && index > 1 => taken(index - 1, index + 1),
        Some(index) => taken(index, index + 1),
        None => (None, words.to_vec()),
    }
}

/// Prepositions and other words that relate the next words to the verb.
const RELATIONS: &[&str] = &[
    "all", "as", "at", "by", "for", "from", "if", "in", "of", "on", "per", "to", "using", "via",
    "with", "without",
];

/// Returns the words of an id that are not known from the resource: `for repo` of `list comments for repo` in `comments`. The
/// words after a preposition stay with it.
pub(super) fn beyond(rest: &[String], known: &[&Words]) -> Vec<String> {
    let known: Vec<String> = known
        .iter()
        .flat_map(|words| words.iter())
        .map(singular)
        .collect();
    let is_known = |word: &&String| known.contains(&singular(word));
    let relation = rest
        .iter()
        .position(|word| RELATIONS.contains(&word.as_str()));
    let (before, after) = rest.split_at(relation.unwrap_or(rest.len()));
    let before = before.iter().filter(|word| !is_known(word));
    let words: Vec<String> = before.chain(after).cloned().collect();
    let is_relation =
        |word: Option<&String>| word.is_some_and(|it| RELATIONS[1..].contains(&it.as_str()));
    match is_relation(words.last()) {
        true => Vec::new(),
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::super::segments::Prefix;
    use super::*;

    fn id(id: &str, request: &str) -> (String, String) {
        let (method, template) = request.split_once(' ').unwrap();
        let path = path_template::pieces(template).unwrap();
        let route = Prefix::default().route(&path);
        let method = match method {
            "GET" => HttpMethod::Get,
            _ => HttpMethod::Post,
        };
        let id = Id::of(id, &method, &path, &route);
        (id.verb.unwrap_or_default(), id.rest.join(" "))
    }

    /// Long: a table.
    #[test]
    fn verbs_of_ids() {
        let cases = [
            ("createFile", "GET /files", "create", "file"),
            (
                "repos/list-for-org",
                "GET /orgs/{org}/repos",
                "list",
                "for org",
            ),
            (
                "list_projects_projects_get",
                "GET /projects",
                "list",
                "projects",
            ),
            ("read_me_users_me_get", "GET /users/me", "read", "me"),
            (
                "api_v1_users_partial_update",
                "POST /api/v1/users",
                "partial_update",
                "users",
            ),
            ("AppController_findAll", "GET /", "find", "all"),
            ("UsersController_me", "GET /users/me", "", "me"),
            (
                "instance_disk_attach",
                "POST /instances/{i}/disks",
                "attach",
                "instance disk",
            ),
            (
                "sled_set_policy",
                "POST /sleds/{id}/policy",
                "set",
                "sled policy",
            ),
            (
                "get_files_id_content",
                "GET /files/{file_id}/content",
                "",
                "",
            ),
            ("getFilesIdGetLink", "GET /files/{file_id}", "get", "link"),
            ("GetPetById", "GET /pets/{id}", "get", "pet by id"),
            (
                "actions/re-run-job",
                "POST /jobs/{id}/rerun",
                "rerun",
                "job",
            ),
            (
                "create-or-update-secret",
                "PUT /secrets/{name}",
                "create_or_update",
                "secret",
            ),
            (
                "cancelUpload",
                "POST /uploads/{id}/cancel",
                "cancel",
                "upload",
            ),
            ("invite_revoke", "POST /invites/{code}", "revoke", "invite"),
            (
                "usage_file_search_calls",
                "GET /usage/file_search_calls",
                "",
                "usage file search calls",
            ),
            (
                "issues_and_pull_requests",
                "GET /search/issues",
                "",
                "issues and pull requests",
            ),
            ("health_health_get", "GET /health", "", "health"),
        ];
        for (text, request, verb, rest) in cases {
            assert_eq!(
                id(text, request),
                (verb.to_owned(), rest.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_an_id_adds() {
        let beyond = |rest: &str, known: &str| {
            let rest: Vec<String> = rest.split(' ').map(str::to_owned).collect();
            super::beyond(&rest, &[&Words::of(known)]).join(" ")
        };
        assert_eq!(
            beyond("comments for repo", "repos issues comments"),
            "for repo"
        );
        assert_eq!(beyond("webhook by token", "webhooks"), "by token");
        assert_eq!(beyond("public events", "events"), "public");
        assert_eq!(beyond("comments for", "comments"), "");
    }
}
