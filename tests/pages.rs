//! Tests of the reference: links have targets, hostile documents add no markup, and the examples work.
//!
//! In: the pages of the home document and of `fixtures/pages.yaml`, as Markdown and as a site. Out: nothing. Not here: the content
//! of the pages (see the snapshots of `generator/`), whether the Rust examples compile (they are doctests).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use generator::{Docs, Options, Source, generate};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use tests::{Answer, FakeServer};

/// The pages of a document by path, and the number of its operations.
struct Pages {
    markdown: BTreeMap<String, String>,
    site: BTreeMap<String, String>,
    operations: usize,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn pages(source: &Source) -> Pages {
    let options = Options {
        docs: Docs::Html,
        ..Options::default()
    };
    let output = generate(source, &options).expect("the document has no errors");
    let by_path = |files: Vec<generator::File>| -> BTreeMap<String, String> {
        files
            .into_iter()
            .map(|file| (file.path, file.text))
            .collect()
    };
    let mut markdown = by_path(output.files);
    markdown.retain(|path, _| path.starts_with("docs/"));
    Pages {
        markdown,
        site: by_path(output.site),
        operations: output.summary.methods,
    }
}

fn home() -> Pages {
    let spec = root().join("spec");
    let overlays = [spec.join("overlay.yaml")];
    pages(&Source::open(&spec.join("permissions.yaml"), &overlays).expect("spec/ is readable"))
}

fn hostile() -> Pages {
    let path = root().join("tests/fixtures/pages.yaml");
    pages(&Source::open(&path, &[]).expect("the fixture is readable"))
}

fn html(pages: &Pages) -> impl Iterator<Item = (&str, Html)> {
    let files = pages
        .site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    files.map(|(path, text)| (path.as_str(), Html::parse_document(text)))
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    html.select(&selector).collect()
}

/// The target of a link on a page: a path from the root and an anchor.
fn resolved(from: &str, link: &str) -> (String, String) {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let mut parts: Vec<&str> = from.split('/').collect();
    if !file.is_empty() {
        parts.pop();
        for part in file.split('/') {
            match part {
                ".." => drop(parts.pop().expect("the link stays inside")),
                part => parts.push(part),
            }
        }
    }
    (parts.join("/"), anchor.to_owned())
}

fn is_external(link: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| link.starts_with(scheme))
}

#[test]
fn links_of_the_site_lead_somewhere() {
    for pages in [home(), hostile()] {
        let mut anchors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let parsed: Vec<(&str, Html)> = html(&pages).collect();
        for (path, html) in &parsed {
            let ids = all(html, "[id]").into_iter();
            let ids: Vec<String> = ids
                .filter_map(|it| it.attr("id").map(str::to_owned))
                .collect();
            let unique: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(ids.len(), unique.len(), "{path} has an id twice: {ids:?}");
            anchors.insert(path, unique);
        }
        let mut links = 0;
        for (path, html) in &parsed {
            for element in all(html, "a[href], link[href], script[src]") {
                let link = element
                    .attr("href")
                    .or(element.attr("src"))
                    .unwrap_or_default();
                if is_external(link) {
                    continue;
                }
                links += 1;
                let (file, anchor) = resolved(path, link);
                assert!(
                    pages.site.contains_key(&file),
                    "{path}: {link} leads nowhere"
                );
                let known = anchor.is_empty() || anchors[file.as_str()].contains(&anchor);
                assert!(known, "{path}: {link} has no anchor");
            }
        }
        assert!(links > 20, "only {links} links were found");
    }
}

#[test]
fn links_of_markdown_lead_somewhere() {
    for pages in [home(), hostile()] {
        let anchor = |path: &str, anchor: &str| {
            let text = pages.markdown.get(path);
            let text = text.unwrap_or_else(|| panic!("there is no {path}"));
            anchor.is_empty() || text.contains(&format!("<a id=\"{anchor}\"></a>"))
        };
        let mut links = 0;
        for (path, text) in &pages.markdown {
            for (at, _) in text.match_indices("](") {
                let link = text[at + 2..].split(')').next().unwrap_or_default();
                if !is_external(link) && !text[at..].starts_with("](<") {
                    links += 1;
                    let (file, name) = resolved(path, link);
                    assert!(anchor(&file, &name), "{path}: {link} leads nowhere");
                }
            }
        }
        assert!(links > 10, "only {links} links were found");
    }
}

/// The HTML elements of a page. Any other element would come from the document.
const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "body",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "input",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "search",
    "strong",
    "style",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// A parser finds no error in the pages. The document contributes nothing but text to them.
#[test]
fn pages_are_valid_and_nothing_gets_through() {
    for pages in [home(), hostile()] {
        for (path, html) in html(&pages) {
            assert!(html.errors.is_empty(), "{path}: {:?}", html.errors);
            let name = |it: &ElementRef| it.value().name().to_owned();
            let odd: Vec<String> = all(&html, "*").iter().map(name).collect();
            let odd: Vec<&String> = odd
                .iter()
                .filter(|it| !ELEMENTS.contains(&it.as_str()))
                .collect();
            assert!(odd.is_empty(), "{path} has {odd:?}");
            for element in all(&html, "*") {
                for (attribute, value) in element.value().attrs() {
                    let runs = attribute.starts_with("on") || attribute == "style";
                    assert!(!runs, "{path}: {attribute}={value}");
                    let link = matches!(attribute, "href" | "src");
                    let fine = !link || is_external(value) || !value.contains(':');
                    assert!(fine, "{path}: {attribute}={value}");
                }
            }
            let scripts = all(&html, "script").into_iter();
            let scripts: Vec<String> = scripts.map(|it| it.text().collect()).collect();
            assert_eq!(scripts, ["", ""], "{path}: scripts are files");
            assert_eq!(
                all(&html, "html[lang], head > title, main, header").len(),
                4,
                "{path}"
            );
            assert_eq!(
                all(&html, "meta[http-equiv=Content-Security-Policy]").len(),
                1,
                "{path}"
            );
            assert_eq!(all(&html, "h1").len(), 1, "{path}");
        }
    }
    let hostile = hostile();
    let page = &hostile.site["index-resource.html"];
    assert!(
        page.contains("Text with &lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
}

#[test]
fn the_index_has_all_operations() {
    for pages in [home(), hostile()] {
        let (_, index) = html(&pages)
            .find(|(path, _)| *path == "index.html")
            .expect("an index");
        let links = all(&index, "main li > a[href*='#']");
        assert_eq!(links.len(), pages.operations);
        let search = &pages.site["search-index.js"];
        let (_, rows) = search.split_once("const SEARCH_INDEX = ").expect("rows");
        let rows = rows.trim_end().trim_end_matches(';').replace(",\n]", "\n]");
        let rows: Vec<[String; 3]> = serde_json::from_str(&rows).expect("rows are JSON");
        let operations = rows.iter().filter(|[_, about, _]| about.contains(" /"));
        assert_eq!(operations.count(), pages.operations);
    }
    let index = &hostile().markdown["docs/index.md"];
    assert_eq!(index.matches("(**deprecated**)").count(), 1);
    assert!(index.contains("`#/paths/~1index~1{id}/get`"), "{index}");
}

/// Errors link to the types of their bodies. If a property has no section, its row has its text.
#[test]
fn errors_have_bodies_and_properties_their_text() {
    let path = root().join("tests/fixtures/errors.yaml");
    let source = Source::open(&path, &[]).expect("the fixture is readable");
    let pages = pages(&source);
    let page = &pages.markdown["docs/things.md"];
    let types = &pages.markdown["docs/types.md"];
    for line in [
        "- `404`, `ApiErrorKind::NotFound`, [`Problem`](types.md#Problem): None.",
        "- `409`, `ApiErrorKind::Conflict`, string: Busy.",
        "- `503`, `ApiErrorKind::InternalServer`, [`Down`](types.md#Down): Down.",
        // An object and a string at once is a contradiction, which is reported.
        "- `4XX`, string: Other.",
        "- `default`, array of string: Else.",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    for line in [
        "- `heat`: number or null, optional\n\n  How hot it is.",
        "- `label`: string, optional\n\n  A short text.",
        "- `tags`: array of string, or null, optional",
        "- `names`: array of string or null, optional",
    ] {
        assert!(types.contains(line), "{line}\n{types}");
    }
    // The body of both operations is the same.
    let shared = "- `422`, `ApiErrorKind::UnprocessableEntity`, [`ListThingsError422`](types.md#ListThingsError422): Wrong.";
    assert_eq!(page.matches(shared).count(), 2);
    assert!(types.contains("- `until`: integer, optional"));
}

/// The blocks of a language in a page, in order.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let open = format!("\n```{language}\n");
    let parts = text.split(open.as_str()).skip(1);
    parts
        .map(|rest| rest.split("\n```\n").next().unwrap_or_default())
        .collect()
}

#[test]
fn examples_of_json_are_json() {
    for pages in [home(), hostile()] {
        for text in pages.markdown.values() {
            for block in blocks(text, "json") {
                serde_json::from_str::<Value>(block)
                    .unwrap_or_else(|error| panic!("{error}: {block}"));
            }
        }
    }
}

/// The arguments that a shell passes to a command, and then its standard input.
fn words(command: &str) -> Vec<String> {
    let (program, arguments) = command.split_once(' ').expect("a command with arguments");
    let read = if program == "curl" { "" } else { "; cat" };
    let script = format!("program() {{ printf '%s\\0' \"$@\"{read}; }}\nprogram {arguments}\n");
    let output = Command::new("sh")
        .args(["-euc", &script])
        .stdin(Stdio::null())
        .env("FIX_PAGES_KEY", "k\"'$x")
        .output();
    let output = output.expect("there is a shell");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{command}\n{output:?}"
    );
    let text = String::from_utf8(output.stdout).expect("text");
    let words = text.split_terminator('\0');
    words.map(str::to_owned).collect()
}

/// A shell reads each example as exactly the intended request, regardless of the text in the document.
#[test]
fn a_shell_reads_what_is_meant() {
    let source =
        std::fs::read_to_string(root().join("tests/fixtures/pages.yaml")).expect("a fixture");
    let source = source.replace("title: \"Pages </script>\"", "title: Fix Pages");
    let pages = pages(&Source::from_text("pages.yaml", source));
    let commands = blocks(&pages.markdown["docs/index-resource.md"], "sh");
    let curl: Vec<Vec<String>> = commands
        .into_iter()
        .filter(|command| command.starts_with("curl "))
        .map(words)
        .collect();
    let url = "https://pages.example/v1/index/it's%20$HOME%20%60a%60%2Fb%3F";
    let get = [&format!("{url}?ids=1,2"), "-H", "X-Key: k\"'$x"];
    assert_eq!(curl[0], get);
    let (body, post) = curl[1].split_last().expect("words");
    assert_eq!(
        post,
        [
            url,
            "-H",
            "X-Key: k\"'$x",
            "-H",
            "Content-Type: application/json",
            "-d"
        ]
    );
    let body: Value = serde_json::from_str(body).expect("the body is JSON");
    assert_eq!(
        body,
        serde_json::json!({ "name": "it's", "kind": "cat", "owner": { "id": 7 } })
    );
    let plain = blocks(&pages.markdown["docs/plain.md"], "sh");
    let plain: Vec<Vec<String>> = plain.into_iter().map(words).collect();
    assert_eq!(plain[0], ["plain", "delete"]);
    assert_eq!(plain[1], ["-X", "DELETE", "https://pages.example/v1/plain"]);

    let commands = blocks(&pages.markdown["docs/index-resource.md"], "sh");
    let cli = commands
        .into_iter()
        .filter(|it| it.starts_with("fix-pages "));
    let cli: Vec<Vec<String>> = cli.map(words).collect();
    let id = ["--id", "it's $HOME `a`/b?"];
    assert_eq!(cli[0][..4], [&["index", "retrieve"][..], &id].concat());
    assert_eq!(cli[0][4..], ["--ids", "1", "--ids", "2"]);
    let (input, words) = cli[1].split_last().expect("words");
    assert_eq!(
        words,
        [&["index", "update"][..], &id, &["--body", "-"]].concat()
    );
    let input: Value = serde_json::from_str(input).expect("the input is JSON");
    assert_eq!(input, body);
}

const PAGE: &str = "docs/fine_tuning/checkpoints/permissions.md";
const SERVER: &str = "https://api.openai.com/v1";

/// Runs a command as if it were pasted into a shell.
async fn pasted(command: &str, server: &FakeServer) -> Output {
    let program = env!("CARGO_BIN_EXE_openai-under-test");
    let script = format!("openai() {{ '{program}' \"$@\"; }}\n{command}\n");
    let mut shell = Command::new("sh");
    shell
        .args(["-euc", &script])
        .stdin(Stdio::null())
        .env("OPENAI_BASE_URL", server.base_url())
        .env("OPENAI_ADMIN_KEY", "key")
        .env_remove("http_proxy");
    let run = move || shell.output().expect("there is a shell");
    tokio::task::spawn_blocking(run)
        .await
        .expect("it does not panic")
}

/// Each command of the home pages, pasted into a shell, sends the request of its section and prints the documented reply.
#[tokio::test(flavor = "multi_thread")]
async fn pasted_commands_do_what_they_say() {
    let has_curl = Command::new("curl").arg("--version").output().is_ok();
    if !has_curl {
        eprintln!(
            "SKIPPED in part: without curl, only a shell's reading of its examples is tested"
        );
    }
    let server = FakeServer::start().await.expect("a free port");
    let text = &home().markdown[PAGE];
    let is_operation = |section: &&str| section.contains("### Examples");
    let sections: Vec<&str> = text.split("\n## ").filter(is_operation).collect();
    assert_eq!(sections.len(), 4);
    for section in sections {
        let commands = blocks(section, "sh");
        let programs: Vec<&str> = commands
            .iter()
            .filter_map(|it| it.split(' ').next())
            .collect();
        assert_eq!(programs, ["openai", "curl"]);
        for command in commands {
            if has_curl || !command.starts_with("curl ") {
                paste(section, command, &server).await;
            }
        }
    }
}

async fn paste(section: &str, command: &str, server: &FakeServer) {
    let request = section.split('`').nth(1).expect("a request");
    let (method, path) = request.split_once(' ').expect("a method and a path");
    let command = command.replace(SERVER, &server.base_url());
    let reply: Value = serde_json::from_str(blocks(section, "json")[0]).expect("JSON");
    server.next(Answer::json(200, reply.clone()));
    let output = pasted(&command, server).await;
    let printed: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{command}: {error}: {output:?}"));
    assert_eq!(printed, reply, "{command}");

    let sent = server.requests().pop().expect("a request");
    assert_eq!(sent.method, method);
    let target = sent.target.strip_prefix("/v1").expect("the base URL");
    let mut pieces = target.split('/').zip(path.split('/'));
    assert!(
        pieces.all(|(sent, said)| sent == said || said.starts_with('{')),
        "{target} is not {path}"
    );
    assert_eq!(target.split('/').count(), path.split('/').count());
    assert_eq!(sent.header("authorization"), Some("Bearer key"));
    let (is_json, has_body) = (
        sent.header("content-type") == Some("application/json"),
        section.contains("### Body"),
    );
    assert_eq!(
        (is_json, !sent.body.is_empty()),
        (has_body, has_body),
        "{command}"
    );

    // The API itself accepts the request, too.
    let granted = server.grant("ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd", ["proj_a"]);
    let command = command.replace("cp_zc4Q7MP6XxulcVzj4MZdwsAB", &granted[0]);
    let output = pasted(&command, server).await;
    assert!(output.status.success(), "{output:?}");
    let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(printed["object"], reply["object"], "{command}: {printed}");
}
