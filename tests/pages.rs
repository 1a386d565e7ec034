//! Tests of the reference: links have targets, hostile documents add no markup, and the examples work.
//!
//! In: the pages of the home document and of `fixtures/pages.yaml`, as Markdown and as a site. Out: nothing. Not here: the content
//! of the pages (see the snapshots of `generator/`), whether the Rust examples compile (they are doctests).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
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
            .map(|file| (file.path, file.text.into_owned()))
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
const ELEMENTS: &str = "a article b blockquote body br button code del details div em h1 h2 h3 h4 h5 h6 head header html input \
    label li link main meta nav ol p pre script search section span strong style summary table tbody td th thead title tr ul wbr";

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
                .filter(|it| !ELEMENTS.split_whitespace().any(|known| known == *it))
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
            assert_eq!(scripts, [""], "{path}: the script is a file");
            for loaded in all(&html, "link[href], script[src]") {
                let source = loaded.attr("href").or(loaded.attr("src"));
                assert!(!source.is_some_and(is_external), "{path}: {source:?}");
            }
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

/// Each page leads to each operation, and says where it is.
#[test]
fn each_page_has_all_operations() {
    for pages in [home(), hostile()] {
        for (path, html) in html(&pages) {
            let links = all(&html, "nav a > .method");
            assert_eq!(links.len(), pages.operations, "{path}");
            let opened = all(&html, "button[popovertarget='page-menu']").len();
            assert_eq!((opened, all(&html, "nav#page-menu[popover]").len()), (1, 1));
            let here = all(&html, "nav [aria-current], nav details[open]").len();
            let is_of_types = path.starts_with("types");
            assert_eq!(here, usize::from(!is_of_types), "{path}");
        }
        let (_, index) = html(&pages)
            .find(|(path, _)| *path == "index.html")
            .expect("an index");
        assert_eq!(all(&index, "main li a[href*='#']").len(), pages.operations);
    }
    let hostile = hostile();
    let (_, index) = html(&hostile)
        .find(|(path, _)| *path == "index.html")
        .expect("an index");
    assert_eq!(all(&index, "main li .warn").len(), 1);
    let index = &hostile.markdown["docs/index.md"];
    assert_eq!(index.matches("(**deprecated**)").count(), 1);
    assert!(index.contains("`#/paths/~1index~1{id}/get`"), "{index}");
}

/// A heading is at most one level below the one before it.
#[test]
fn headings_leave_out_no_level() {
    for pages in [home(), hostile()] {
        for (path, html) in html(&pages) {
            let mut last = 0;
            for heading in all(&html, "h1, h2, h3, h4, h5, h6") {
                let level = heading.value().name()[1..].parse().expect("a level");
                assert!(level <= last + 1, "{path}: {level} follows {last}");
                last = level;
            }
        }
    }
}

/// The text of an element.
fn text(element: &ElementRef) -> String {
    element.text().collect()
}

/// The signature leads to the types, required properties come first, and what has one use is folded there.
#[test]
fn operations_show_what_a_caller_needs() {
    let pages = hostile();
    let (_, page) = html(&pages)
        .find(|(path, _)| *path == "index-resource.html")
        .expect("the page of the resource");
    let articles = all(&page, "article");
    assert_eq!(articles.len(), 2);
    let of = |article: usize, selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        articles[article]
            .select(&selector)
            .map(|it| text(&it))
            .collect()
    };
    let get = articles.iter().position(|it| text(it).contains("GET"));
    let (get, post) = (get.expect("both methods"), 1 - get.expect("both methods"));
    assert_eq!(of(get, ".signature a"), ["Item"]);
    let code = of(get, ".signature").concat();
    assert!(code.starts_with("client.index().retrieve("), "{code}");
    assert_eq!(
        of(get, ".examples h3"),
        ["Rust", "Command line", "curl", "Reply"]
    );
    let query = of(get, "h3 + .properties > li > div > .name");
    assert_eq!(query, ["id", "ids", "tags", "X-Trace", "session"]);
    let body = of(post, "li[id^='update.body.'] > div > .name");
    assert_eq!(body, ["name", "kind", "owner", "shape", "count", "more"]);
    // The body is also a property of its owner, so it has a section of its own, where the owner is folded.
    assert!(of(post, "details").is_empty());
    let (_, types) = html(&pages)
        .find(|(path, _)| *path == "types/index.html")
        .expect("the page of types");
    let folded: Vec<String> = all(&types, "main summary").iter().map(text).collect();
    let expected = [
        "2 properties of ItemOwner",
        "1 property of ItemOwnerRequest",
    ];
    assert_eq!(folded, expected);
}

/// Each type of the document is described once.
#[test]
fn types_have_one_place() {
    for pages in [home(), hostile()] {
        let mut found: Vec<String> = Vec::new();
        for (_, html) in html(&pages) {
            let ids = all(&html, "main [id]").into_iter();
            let ids = ids.filter_map(|it| it.attr("id"));
            let is_type = |id: &&str| id.starts_with(char::is_uppercase) && !id.contains('.');
            found.extend(ids.filter(is_type).map(str::to_owned));
        }
        let unique: BTreeSet<&String> = found.iter().collect();
        assert_eq!(unique.len(), found.len(), "{found:?}");
        let rows = &pages.site["search-index.js"];
        let (_, types) = rows.split_once("\"types\": ").expect("types");
        assert_eq!(types.matches("\n[").count(), found.len(), "{types}");
    }
}

/// Searches a site with the script of its pages, and returns the targets of the first rows.
fn search(site: &BTreeMap<String, String>, queries: &[&str]) -> Option<Vec<Vec<String>>> {
    let queries = serde_json::to_string(queries).expect("JSON");
    let script = format!(
        "{}{}\nconst finder = new Finder(SEARCH_INDEX);\n\
         const found = {queries}.map((query) => finder.find(query).rows.map((row) => row.target));\n\
         console.log(JSON.stringify(found));",
        site["search-index.js"], site["search.js"]
    );
    let mut node = Command::new("node")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = node.stdin.take().expect("a pipe");
    input.write_all(script.as_bytes()).expect("node reads");
    drop(input);
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "{output:?}");
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

#[test]
fn search_finds_names_paths_and_mistakes() {
    let cases = [
        ("createFineTuningCheckpointPermission", "#create"),
        (
            "client.fine_tuning().checkpoints().permissions().delete",
            "#delete",
        ),
        (
            "GET /v1/fine_tuning/checkpoints/ft:a/permissions",
            "#retrieve",
        ),
        (
            "https://api.openai.com/v1/fine_tuning/checkpoints/ft:a/permissions/cp_1?x=y",
            "#delete",
        ),
        ("delete permisson", "#delete"),
        ("permissoin list", "#list"),
        ("after", "#list.after"),
        ("PermissionDeleted", "#PermissionDeleted"),
        ("has_more", "#PermissionPage.has_more"),
    ];
    let pages = home();
    let Some(found) = search(&pages.site, &cases.map(|(query, _)| query)) else {
        eprintln!("SKIPPED: without Node.js, the script of the search box is not tested");
        return;
    };
    for ((query, expected), found) in cases.iter().zip(&found) {
        let leads_there = |target: &&String| target.ends_with(expected);
        assert!(
            found.iter().take(2).any(|it| leads_there(&it)),
            "{query}: {found:?}"
        );
    }
    let nothing = search(&pages.site, &["qqqq", "", "/nothing/here"]).expect("Node.js");
    assert!(nothing.iter().all(Vec::is_empty), "{nothing:?}");
    // Operations come before types, and types before properties.
    let all = &search(&pages.site, &["permission"]).expect("Node.js")[0];
    let kind = |target: &String| match target.split_once('#').map_or("", |(_, anchor)| anchor) {
        anchor if anchor.contains('.') => 3,
        anchor if anchor.starts_with(char::is_uppercase) => 2,
        anchor => usize::from(anchor.is_empty()),
    };
    let kinds: Vec<usize> = all.iter().map(kind).collect();
    assert!(
        kinds.is_sorted() && kinds.contains(&0) && kinds.contains(&2),
        "{all:?}"
    );
}

/// No page of a large document is too large to open on a phone.
#[test]
fn pages_of_a_large_document_stay_small() {
    let Ok(folder) = std::env::var("OPENAPI_CORPUS") else {
        eprintln!("SKIPPED: OPENAPI_CORPUS is not set");
        return;
    };
    let path = Path::new(&folder).join("openai.yaml");
    let pages = pages(&Source::open(&path, &[]).expect("the document is readable"));
    for (path, text) in pages
        .site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        assert!(text.len() < 300_000, "{path}: {} bytes", text.len());
    }
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
