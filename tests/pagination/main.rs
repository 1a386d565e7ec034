//! Checks that listings are recognized in real documents: `OPENAPI_CORPUS=DIR cargo test -p tests --test pagination`.
//!
//! In: `labels.tsv`, in which people labeled operations, and the documents of the folder. Out: precision and recall, on standard
//! error. Not here: the behavior of listings (see `client` and the fixtures).
//!
//! The listings that the generator recognizes are read from the emitted `docs/pagination.md`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::{env, io};

use generator::{Options, Source, generate};
use tests::corpus::{Document, documents};

const LABELS: &str = include_str!("labels.tsv");
/// The minimum percentage of listings that must be recognized.
const RECALL: usize = 90;

/// An operation as a person labeled it.
struct Label<'a> {
    method: &'a str,
    path: &'a str,
    /// The kinds that are correct.
    kinds: Vec<&'a str>,
    items: &'a str,
    parameters: Vec<&'a str>,
}

/// A listing as the generator recognizes it.
#[derive(Debug, PartialEq)]
struct Found {
    kind: &'static str,
    /// The property with the items, or `.` if the response is the list.
    items: String,
    /// The parameter of the cursor. Empty if there is none.
    parameter: String,
}

fn labels() -> BTreeMap<&'static str, Vec<Label<'static>>> {
    let mut all: BTreeMap<&str, Vec<Label>> = BTreeMap::new();
    for line in LABELS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |index: usize| columns.get(index).copied().unwrap_or_default();
        all.entry(column(0)).or_default().push(Label {
            method: column(1),
            path: column(2),
            kinds: column(3).split('|').collect(),
            items: column(4),
            parameters: column(5).split('|').collect(),
        });
    }
    all
}

/// The listings of a document, by method and path.
fn listings(document: &Document) -> BTreeMap<String, Found> {
    let source = Source::open(&document.path, &[]).expect("the document is readable");
    let source = match &document.root {
        Some(root) => source.within(root).expect("the document is in its folder"),
        None => source,
    };
    let output = generate(&source, &Options::default());
    let output = output.unwrap_or_else(|_| panic!("{} does not generate", document.name));
    let file = output
        .files
        .iter()
        .find(|file| file.path == "docs/pagination.md");
    let text = file.map_or("", |file| &*file.text);
    let followed = text.split("\n## Not followed").next().unwrap_or_default();
    followed.lines().filter_map(listing).collect()
}

/// Parses the line of a listing: `` - `call`, `GET /path`: reason; items: `data` ``.
fn listing(line: &str) -> Option<(String, Found)> {
    let (_, rest) = line.strip_prefix("- `")?.split_once("`, `")?;
    let (request, rest) = rest.split_once("`: ")?;
    let (reason, items) = rest.rsplit_once("; items: ")?;
    let items = match items {
        "the response" => ".".to_owned(),
        items => items.trim_matches('`').to_owned(),
    };
    let parameter = reason
        .rsplit_once("goes into")
        .map_or(reason, |(_, target)| target);
    let parameter = parameter.split('`').nth(1).unwrap_or_default().to_owned();
    let kind = match reason {
        text if text.contains("of the body") => "body",
        text if text.contains("is a URL") => "url",
        text if text.contains("bare list") => "bare",
        text if text.contains("of the last item") => "last",
        text if text.contains("goes into") => "token",
        text if text.contains("counts pages") => "page",
        text if text.contains("counts items") => "offset",
        text if text.contains("`Link`") => "link",
        _ => panic!("{line} has no kind"),
    };
    let parameter = match kind {
        "url" | "link" | "bare" => String::new(),
        _ => parameter,
    };
    Some((
        request.to_owned(),
        Found {
            kind,
            items,
            parameter,
        },
    ))
}

/// The mistake in a recognized listing, if there is one.
fn judge(label: &Label, found: Option<&Found>) -> Option<String> {
    let request = format!("{} {}", label.method, label.path);
    match found {
        None if label.kinds.contains(&"none") => None,
        None => Some(format!("not found: {request}")),
        Some(found) if !label.kinds.contains(&found.kind) => {
            Some(format!("wrong: {request}: {found:?}"))
        }
        Some(found) if found.items != label.items => {
            Some(format!("wrong items: {request}: {found:?}"))
        }
        Some(found) if found.parameter.is_empty() => None,
        Some(found) if label.parameters.contains(&found.parameter.as_str()) => None,
        Some(found) => Some(format!("wrong parameter: {request}: {found:?}")),
    }
}

#[test]
fn listings_are_recognised() {
    let Some(folder) = env::var_os("OPENAPI_CORPUS").map(PathBuf::from) else {
        say("skipped: OPENAPI_CORPUS names no folder, so no real document is generated\n");
        return;
    };
    let documents = documents(&folder).expect("the folder is readable");
    let (mut listed, mut right, mut found, mut none) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (name, labels) in labels() {
        let is_named = |document: &&Document| {
            let rest = document.name.strip_prefix(name);
            rest.is_some_and(|rest| matches!(rest, "" | ".json" | ".yaml"))
        };
        let Some(document) = documents.iter().find(is_named) else {
            say(&format!("{name} is not there\n"));
            continue;
        };
        let listings = listings(document);
        for label in labels {
            let own = listings.get(&format!("{} {}", label.method, label.path));
            let verdict = judge(&label, own);
            let is_listing = !label.kinds.contains(&"none");
            listed += usize::from(is_listing);
            none += usize::from(!is_listing);
            found += usize::from(own.is_some());
            right += usize::from(own.is_some() && verdict.is_none());
            if let Some(verdict) = verdict {
                say(&format!("{name}: {verdict}\n"));
                if own.is_some() {
                    wrong.push(verdict);
                }
            }
        }
    }
    let share = |part: usize, all: usize| part as f64 * 100.0 / all.max(1) as f64;
    say(&format!(
        "{listed} listings and {none} others: {found} are found, {right} of them as labelled; precision {:.1} %, recall {:.1} %\n",
        share(right, found),
        share(right, listed)
    ));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right * 100 >= listed * RECALL, "too few are found");
}

/// Prints a text, although the test harness hides the output of successful tests.
fn say(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
