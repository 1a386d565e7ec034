//! `Cargo.toml` of the emitted crate, and the settings of its formatter.
//!
//! In: the `[package]` part of the model. Out: two files, the first through a TOML writer. Values that crates.io would refuse
//! are left out, as `understand` has reported. Not here: source code.

use toml_edit::{Array, DocumentMut, Item, Table, value};

use crate::emit::package::dependencies::{dependencies, dev_dependencies};
use crate::emit::package::features;
use crate::emit::rust::feature_gate;
use crate::emit::text::markdown::visible;
use crate::emit::{EmitCx, File};
use crate::model::api::Package;

/// `Cargo.toml`. It works alone and in a workspace.
pub fn file(cx: &EmitCx) -> File {
    let mut document = DocumentMut::new();
    document["package"] = Item::Table(package(cx));
    // Declared, so the workspace still loads if the sources are deleted and have to be generated
    // again.
    document["lib"] = Item::Table(library());
    if !cx.left_out.cli {
        document["bin"] = Item::ArrayOfTables(std::iter::once(program(cx)).collect());
    }
    document["features"] = Item::Table(table_of_features(cx));
    document["dependencies"] = Item::Table(dependencies(cx));
    document["dev-dependencies"] = Item::Table(dev_dependencies(cx));
    let mut lints = Table::new();
    lints.set_implicit(true);
    lints["rust"] = Item::Table(table([("unsafe_code", value("forbid"))]));
    document["lints"] = Item::Table(lints);
    File {
        path: "Cargo.toml".into(),
        text: format!("# {}\n\n{document}", cx.marker()).into(),
    }
}

/// Returns the `rustfmt.toml`. The output has its own formatting rules, and `cargo fmt` must not
/// change it.
pub fn rustfmt() -> File {
    File {
        path: "rustfmt.toml".into(),
        text: "# @generated\ndisable_all_formatting = true\n".into(),
    }
}

fn table<const N: usize>(entries: [(&str, Item); N]) -> Table {
    let mut table = Table::new();
    for (key, item) in entries {
        table.insert(key, item);
    }
    table
}

/// Returns the library. All tests are in `tests/`, so it is not compiled a second time for unit tests.
fn library() -> Table {
    table([("path", value("src/lib.rs")), ("test", value(false))])
}

/// Returns the command line client, which the library does not need.
fn program(cx: &EmitCx) -> Table {
    table([
        ("name", value(&cx.names.cli.program)),
        ("path", value("src/main.rs")),
        // The docs of the library suffice, and its name may be the same.
        ("doc", value(false)),
        ("test", value(false)),
        (
            "required-features",
            value(["cli"].into_iter().collect::<Array>()),
        ),
    ])
}

fn package(cx: &EmitCx) -> Table {
    let given = &cx.api.client.package;
    let mut package = table([
        ("name", value(&cx.names.package)),
        ("version", value(version(cx))),
        ("edition", value("2024")),
        ("rust-version", value("1.85")),
        // A resource may be called `bin`.
        ("autobins", value(false)),
        ("description", value(description(cx))),
    ]);
    let texts = [
        (
            "license",
            given.license.as_deref().filter(|text| is_license(text)),
        ),
        (
            "repository",
            given.repository.as_deref().filter(|text| is_url(text)),
        ),
        (
            "homepage",
            given.homepage.as_deref().filter(|text| is_url(text)),
        ),
        (
            "documentation",
            given.documentation.as_deref().filter(|text| is_url(text)),
        ),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            package.insert(key, value(text));
        }
    }
    package.insert("readme", value("README.md"));
    for (key, list) in [
        ("authors", authors(given)),
        ("keywords", keywords(given)),
        ("categories", categories(given)),
    ] {
        if !list.is_empty() {
            package.insert(key, value(list.into_iter().collect::<Array>()));
        }
    }
    let mut docs = table([("all-features", value(true))]);
    docs.insert(
        "rustdoc-args",
        value(["--cfg", "docsrs"].into_iter().collect::<Array>()),
    );
    let mut metadata = Table::new();
    metadata.set_implicit(true);
    let mut docs_rs = Table::new();
    docs_rs.set_implicit(true);
    docs_rs.insert("rs", Item::Table(docs));
    metadata.insert("docs", Item::Table(docs_rs));
    package.insert("metadata", Item::Table(metadata));
    package
}

/// Returns the version of the package: the one for the package in the document, else the document's
/// own, else the first.
pub fn version(cx: &EmitCx) -> String {
    let given = cx.api.client.package.version.clone();
    let given = given.filter(|text| is_version(text));
    let own = || completed(&cx.api.info.version);
    given.or_else(own).unwrap_or_else(|| "0.1.0".into())
}

/// Returns the version of a document as Cargo wants it: `v2` and `2.0` are `2.0.0`.
fn completed(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let (core, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let missing = 3_usize.checked_sub(core.split('.').count())?;
    // A date.
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if missing > 0 && rest.strip_prefix('-').is_some_and(is_number) {
        return None;
    }
    let version = format!("{core}{}{rest}", ".0".repeat(missing));
    Some(version).filter(|version| is_version(version))
}

/// `1.2.3`, perhaps with a pre-release and build metadata (Semantic Versioning 2.0.0, section 2).
fn is_version(text: &str) -> bool {
    let (core, rest) = match text.find(['-', '+']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let number = |part: &str| {
        part.parse::<u64>()
            .is_ok_and(|number| number.to_string() == part)
    };
    let label = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && (number(part) || !part.chars().all(|c| c.is_ascii_digit()))
    };
    let labels = rest.trim_start_matches(['-', '+']).replace('+', ".");
    core.split('.').count() == 3
        && core.split('.').all(number)
        && rest.len() < 64
        && rest.matches('+').count() <= 1
        && (rest.is_empty() || labels.split('.').all(label))
}

fn description(cx: &EmitCx) -> String {
    let given = cx.api.client.package.description.as_deref();
    let text = given
        .or(cx.api.info.summary.as_deref())
        .unwrap_or(&cx.api.info.title);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text: String = visible(&words.join(" ")).chars().take(300).collect();
    if text.is_empty() {
        "A generated client.".into()
    } else {
        text
    }
}

/// Returns an SPDX expression by its characters.
fn is_license(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " .-+()".contains(c))
}

fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.len() <= 300
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && !"\"'<>\\`{}|^".contains(c))
}

fn authors(given: &Package) -> Vec<String> {
    let line = |text: &String| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        visible(&text).into_owned()
    };
    given
        .authors
        .iter()
        .map(line)
        .filter(|text| !text.is_empty() && text.len() <= 200)
        .collect()
}

/// At most five of at most twenty characters, which is the limit of crates.io.
fn keywords(given: &Package) -> Vec<String> {
    let fits = |word: &&String| {
        word.len() <= 20
            && word.starts_with(|c: char| c.is_ascii_alphanumeric())
            && word
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-+".contains(c))
    };
    given
        .keywords
        .iter()
        .filter(fits)
        .take(5)
        .cloned()
        .collect()
}

fn categories(given: &Package) -> Vec<String> {
    let fits = |word: &&String| {
        word.len() <= 80
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-:".contains(c))
    };
    given
        .categories
        .iter()
        .filter(fits)
        .take(5)
        .cloned()
        .collect()
}

/// What the manifest says of a private feature.
const PRIVATE: &str = "Private: the methods of a resource without those of the resources below it.";

/// A row of the table: a feature, what it enables, and its comment.
type Row<'a> = (&'a str, &'a [&'a str], &'a str);

/// Returns the features of the runtime, then those of the resources.
fn table_of_features(cx: &EmitCx) -> Table {
    let (runtime, resources) = (features::of_runtime(cx), features::of_resources(cx));
    let private = features::private(cx);
    let usual = runtime.iter().filter(|feature| feature.is_default);
    let all = (!resources.is_empty()).then_some(feature_gate::ALL);
    let default: Vec<&str> = usual.map(|feature| feature.name).chain(all).collect();
    let mut rows: Vec<Row> = vec![("default", &default, "")];
    rows.extend(
        runtime
            .iter()
            .map(|it| (it.name, it.enables, it.text.as_str())),
    );
    let names: Vec<&str> = resources.iter().map(|feature| feature.name).collect();
    if !names.is_empty() {
        rows.push((feature_gate::ALL, &names, features::ALL));
    }
    let first = "Each of these compiles one resource of the client and the types that it uses.";
    let comments = std::iter::once(first).chain(std::iter::repeat(""));
    let each = resources.iter().zip(comments);
    rows.extend(each.map(|(it, comment)| -> Row { (it.name, &it.enables, comment) }));
    rows.extend(private.iter().map(|name| -> Row { (name, &[], PRIVATE) }));
    let mut table = Table::new();
    for (name, enables, comment) in rows {
        table.insert(name, value(enables.iter().copied().collect::<Array>()));
        if let (false, Some(mut key)) = (comment.is_empty(), table.key_mut(name)) {
            key.leaf_decor_mut().set_prefix(format!("# {comment}\n"));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_documents_become_those_of_packages() {
        let cases = [
            ("1.2.3", Some("1.2.3")),
            ("v2", Some("2.0.0")),
            ("1.10", Some("1.10.0")),
            (" 3.1-beta.1 ", Some("3.1.0-beta.1")),
            ("2010.4.1", Some("2010.4.1")),
            ("2010-04-01", None),
            ("1.2.3.4", None),
            ("1.02", None),
            ("latest", None),
            ("", None),
        ];
        for (text, version) in cases {
            assert_eq!(completed(text).as_deref(), version, "{text}");
        }
    }
}
