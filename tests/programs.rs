//! Runs programs of a new user, written only from the documentation of the emitted crates, against a local server.
//!
//! In: `programs/` and `snippets/`, and the documents in `OPENAPI_CORPUS` for the programs that need them. Out: the requests and the
//! output of the programs.
//! Not here: single features of clients (see `client` and the fixtures).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use generator::select::Selection;
use generator::{Options, Source, generate, write};
use serde_json::{Value, json};
use tests::{Answer, FakeServer, Recorded};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;

/// A program, and the crate that it uses.
struct Program {
    /// Its file, without the extension.
    path: &'static str,
    library: &'static str,
    document: PathBuf,
    /// The operations that the program calls. No others are compiled.
    include: &'static [&'static str],
    /// The flags of its profile.
    profile: &'static [&'static str],
}

impl Program {
    fn text(&self) -> String {
        let path = format!("{}/{}.rs", env!("CARGO_MANIFEST_DIR"), self.path);
        fs::read_to_string(path).expect("the program is there")
    }

    /// Emits the crate with the program as an example, runs it, and returns its output.
    async fn run(&self, arguments: &[&str]) -> String {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
        let (root, target) = (
            folder.join(self.library),
            folder.with_file_name("fixtures-target"),
        );
        let source = Source::open(&self.document, &[]).expect("the document is readable");
        let include = self
            .include
            .iter()
            .map(|it| it.parse().expect("a selector"));
        let options = Options {
            crate_name: Some(self.library.into()),
            selection: Selection {
                include: include.collect(),
                ..Selection::default()
            },
            no_tests: true,
            ..Options::default()
        };
        let output = generate(&source, &options);
        let output = output.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
        write::write(&output.files, &root, write::Layout::Crate).expect("the crate is written");
        let manifest = root.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).expect("a manifest");
        let serde = "[dev-dependencies.serde]\nversion = \"1\"\nfeatures = [\"derive\"]\n";
        fs::write(&manifest, text + "\n" + serde + "\n[workspace]\n").expect("it is written");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, root.join("Cargo.lock")).expect("Cargo.lock can be copied");
        let (_, name) = self.path.rsplit_once('/').expect("a folder");
        fs::create_dir_all(root.join("examples")).expect("a folder");
        let example = root.join("examples").join(format!("{name}.rs"));
        fs::write(example, self.text()).expect("it is written");
        let mut command = Command::new(env!("CARGO"));
        for name in ["CARGO_TARGET_DIR", "CARGO_ENCODED_RUSTFLAGS"] {
            command.env_remove(name);
        }
        command
            .current_dir(&root)
            .env("RUSTFLAGS", "-D warnings")
            .args([
                "run",
                "--quiet",
                "--offline",
                "--example",
                name,
                "--target-dir",
            ])
            .arg(target)
            .args(self.profile)
            .arg("--")
            .args(arguments)
            .stderr(Stdio::piped());
        let output = command.output().await.expect("cargo can be run");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            output.status.success(),
            "{}:\n{}",
            self.path,
            text(&output.stderr)
        );
        text(&output.stdout)
    }
}

/// The path of a document of the corpus. A program whose document is missing is not run.
fn document(file: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("OPENAPI_CORPUS")?);
    Some(folder.join(file)).filter(|path| path.exists())
}

fn body(request: &Recorded) -> String {
    String::from_utf8_lossy(&request.body).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_created_and_found() {
    let server = FakeServer::start().await.unwrap();
    let customer = |id: &str, email: &str| json!({"id": id, "email": email});
    server.next(Answer::json(200, customer("cus_1", "ada@example.com")));
    let page = |customers: [Value; 2], has_more| json!({"data": customers, "has_more": has_more});
    let first = [
        customer("cus_2", "b@example.com"),
        customer("cus_3", "c@example.com"),
    ];
    let last = [
        customer("cus_4", "d@example.com"),
        customer("cus_5", "e@example.com"),
    ];
    server.next(Answer::json(200, page(first, true)));
    server.next(Answer::json(200, page(last, false)));
    let program = Program {
        path: "programs/customer",
        library: "customers",
        document: Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/customers.yaml"),
        include: &[],
        profile: &[],
    };
    let printed = program.run(&[&server.base_url()]).await;
    assert_eq!(
        printed,
        "created cus_1\nb@example.com\nc@example.com\nd@example.com\ne@example.com\n"
    );
    let requests = server.requests();
    let form = "email=ada%40example.com&address%5Bcity%5D=Z%C3%BCrich&address%5Bline1%5D=1%20Main%20St%20%26%20Co\
        &languages%5B0%5D=en&languages%5B1%5D=de&metadata%5Bplan%5D=pro";
    assert_eq!(body(&requests[0]), form);
    assert_eq!(
        requests[0].header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(requests[0].header("authorization"), Some("Bearer sk_test"));
    let search = "/v1/customers?created%5Bgte%5D=1793491200&created%5Blt%5D=1796083200&limit=2";
    assert_eq!(requests[1].target, search);
    assert_eq!(requests[2].target, format!("{search}&starting_after=cus_3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_uploaded_and_a_completion_streamed() {
    let Some(document) = document("openai.yaml") else {
        return;
    };
    let server = FakeServer::start().await.unwrap();
    let file = json!({
        "id": "file-1", "object": "file", "bytes": 8, "created_at": 1, "filename": "rows.csv", "purpose": "user_data", "status": "processed",
    });
    server.next(Answer::json(200, file));
    let chunk = |text: &str| {
        let choice = json!({"index": 0, "delta": {"content": text}, "finish_reason": null});
        let chunk = json!({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o", "choices": [choice]});
        format!("data: {chunk}\n\n")
    };
    let events = [
        chunk("Hello, "),
        chunk("world."),
        "data: [DONE]\n\n".to_owned(),
    ]
    .concat();
    server.next(Answer::bytes(200, events).header("content-type", "text/event-stream"));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rows.csv");
    fs::write(&path, "a,b\n1,2\n").unwrap();
    let program = Program {
        path: "programs/upload_and_chat",
        library: "openai",
        document,
        include: &["path:/files", "path:/chat/completions"],
        profile: &[],
    };
    let printed = program
        .run(&[&server.base_url(), &path.to_string_lossy()])
        .await;
    assert_eq!(printed, "uploaded file-1\nHello, world.\n");
    let [upload, chat] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(
        (upload.method.as_str(), upload.target.as_str()),
        ("POST", "/v1/files")
    );
    let parts = body(upload);
    assert!(
        parts.contains("name=\"purpose\"\r\n\r\nuser_data\r\n"),
        "{parts}"
    );
    assert!(
        parts.contains("filename=\"rows.csv\"\r\n") && parts.contains("\r\n\r\na,b\n1,2\n\r\n"),
        "{parts}"
    );
    assert_eq!(chat.header("accept"), Some("text/event-stream"));
    let sent: Value = serde_json::from_slice(&chat.body).unwrap();
    let message = json!({"role": "user", "content": "Say hello."});
    assert_eq!(
        sent,
        json!({"model": "gpt-4o", "messages": [message], "stream": true})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn all_issues_are_listed_over_links() {
    let Some(document) = document("github.json") else {
        return;
    };
    let server = FakeServer::start().await.unwrap();
    let issue = |number: u64| {
        let url = format!("https://example.com/issues/{number}");
        json!({
            "assignee": null, "closed_at": null, "comments": 0, "comments_url": url, "events_url": url, "html_url": url, "id": number,
            "node_id": "n", "labels": ["bug", {"name": "help wanted"}], "labels_url": url, "milestone": null, "number": number,
            "repository_url": url, "state": "open", "locked": false, "title": format!("Issue {number}"), "url": url, "user": null,
            "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z",
        })
    };
    let page = |numbers: &[u64]| numbers.iter().copied().map(issue).collect::<Vec<Value>>();
    let next = format!(
        "{}/repositories/724712/issues?per_page=2&after=Y3Vyc29y&page=2",
        server.origin()
    );
    let link = format!("<{next}>; rel=\"next\", <{next}>; rel=\"last\"");
    server.next(Answer::json(200, page(&[1, 2]).into()).header("link", &link));
    server.next(Answer::json(200, page(&[3]).into()));
    let program = Program {
        path: "programs/issues",
        library: "github",
        document,
        include: &["path:/repos/{owner}/{repo}/issues"],
        profile: &[],
    };
    let printed = program.run(&[&server.origin()]).await;
    assert_eq!(printed, "1 Issue 1\n2 Issue 2\n3 Issue 3\n");
    let targets: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    assert_eq!(
        targets,
        [
            "/repos/rust-lang/rust/issues?per_page=2",
            "/repositories/724712/issues?per_page=2&after=Y3Vyc29y&page=2"
        ]
    );
}

/// The size of a large file, in bytes.
const LARGE: u64 = 1 << 30;
const EVENTS: u64 = 1_000_000;
/// The maximum memory of a program, in KiB.
const MEMORY: u64 = 32 * 1024;

/// Serves three connections: sends a large file, receives one, and sends many events.
async fn serve_transfers(listener: TcpListener) {
    loop {
        let Ok((mut stream, _)) = listener.accept().await else {
            continue;
        };
        tokio::spawn(async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await?);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            if head.starts_with("PUT") {
                let mut body = (&mut stream).take(LARGE);
                tokio::io::copy(&mut body, &mut tokio::io::sink()).await?;
                return stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
            }
            let is_file = head.starts_with("GET /file");
            let kind = match is_file {
                true => format!("application/octet-stream\r\ncontent-length: {LARGE}"),
                false => "text/event-stream".to_owned(),
            };
            let begin =
                format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {kind}\r\n\r\n");
            stream.write_all(begin.as_bytes()).await?;
            if is_file {
                let mut body = tokio::io::repeat(0).take(LARGE);
                tokio::io::copy(&mut body, &mut stream).await?;
                return Ok(());
            }
            for ids in (0..EVENTS).collect::<Vec<_>>().chunks(500) {
                let event = |id: &u64| {
                    format!(
                        "data: {{\"id\":{id},\"kind\":\"created\",\"text\":\"The text of an event\",\"tags\":[\"a\",\"b\"]}}\n\n"
                    )
                };
                let events: String = ids.iter().map(event).collect();
                stream.write_all(events.as_bytes()).await?;
            }
            stream.shutdown().await
        });
    }
}

/// `cargo test -p tests --test programs -- --ignored --nocapture` prints memory and times.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures, and takes minutes"]
async fn large_files_take_little_memory_and_events_little_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve_transfers(listener));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.bin");
    fs::File::create(&file).unwrap().set_len(LARGE).unwrap();
    let program = Program {
        path: "programs/transfers",
        library: "transfers",
        document: Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/transfers.yaml"),
        include: &[],
        profile: &["--release"],
    };
    let path = file.to_string_lossy();
    let run = async |mode: &str| {
        let printed = program.run(&[&url, mode, &path]).await;
        let numbers = printed.split_whitespace().map(|it| it.parse().unwrap());
        let numbers: Vec<u64> = numbers.collect();
        println!(
            "{mode:<9} {:>6} KiB peak {:>4} ms of user time",
            numbers[1],
            numbers[2] * 10
        );
        (numbers[0], numbers[1], numbers[2])
    };
    for mode in ["download", "upload"] {
        let (bytes, memory, _) = run(mode).await;
        assert_eq!(bytes, LARGE);
        assert!(memory <= MEMORY, "{mode}: {memory} KiB");
    }
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        for (mode, times) in ["events", "by hand"].into_iter().zip(&mut times) {
            let (sum, _, time) = run(mode).await;
            assert_eq!(sum, EVENTS * (EVENTS - 1) / 2);
            times.push(time);
        }
    }
    let [ours, by_hand] = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    println!(
        "events: {:.2} times the speed of a loop by hand",
        by_hand as f64 / ours as f64
    );
    fs::remove_file(file).unwrap();
}

/// Snippets that people write with hand-made clients take no more lines with emitted ones. A snippet begins with
/// `// What it does. Hand-made: N lines.` and ends with `// End.`; the lines of a hand-made client are those of its own examples, as
/// rustfmt breaks them.
#[tokio::test(flavor = "multi_thread")]
async fn snippets_are_no_longer_than_with_hand_made_clients() {
    let programs: [(&str, &str, &str, &[&str]); 3] = [
        (
            "snippets/openai",
            "openai",
            "openai.yaml",
            &[
                "path:/chat/completions",
                "path:/responses",
                "path:/files",
                "path:/models/{model}",
            ],
        ),
        (
            "snippets/github",
            "github",
            "github.json",
            &[
                "path:/repos/{owner}/{repo}/issues",
                "path:/repos/{owner}/{repo}/issues/{issue_number}",
            ],
        ),
        (
            "snippets/qdrant",
            "qdrant",
            "qdrant.json",
            &["path:/collections/{collection_name}/points"],
        ),
    ];
    for (path, library, file, include) in programs {
        let Some(document) = document(file) else {
            continue;
        };
        let program = Program {
            path,
            library,
            document,
            include,
            profile: &["--features", "test-util"],
        };
        let text = program.text();
        let mut snippets = text.split("// End.").peekable();
        while let Some(snippet) = snippets.next_if(|it| it.contains("Hand-made: ")) {
            let (_, rest) = snippet
                .split_once("Hand-made: ")
                .expect("a number of lines");
            let (lines, code) = rest.split_once(" line").expect("a number of lines");
            let most: usize = lines.parse().expect("a number of lines");
            let lines = code.lines().skip(1).count();
            assert!(
                lines <= most,
                "{path}: {lines} lines instead of {most}: {code}"
            );
        }
        program.run(&[]).await;
    }
}
