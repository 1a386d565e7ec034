//! Programs of a new user, written from the documentation of the emitted crates alone, run against a local server.
//!
//! In: `programs/`, and the documents of `OPENAPI_CORPUS` for the programs that need them. Out: what the programs send and print.
//! Not here: single features of clients (see `client` and the fixtures).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use generator::select::Selection;
use generator::{Options, Source, generate, write};
use serde_json::{Value, json};
use tests::{Answer, FakeServer, Recorded};
use tokio::process::Command;

/// A program, and the crate that it uses.
struct Program {
    name: &'static str,
    library: &'static str,
    document: PathBuf,
    /// The operations that it calls, so that no more is compiled.
    include: &'static [&'static str],
}

impl Program {
    /// Emits the crate with the program as an example, and runs that. Gives what it prints.
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
        fs::write(&manifest, text + "\n[workspace]\n").expect("the manifest is written");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, root.join("Cargo.lock")).expect("Cargo.lock can be copied");
        let file = format!("{}.rs", self.name);
        fs::create_dir_all(root.join("examples")).expect("a folder");
        let program = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("programs")
            .join(&file);
        fs::copy(program, root.join("examples").join(&file)).expect("the program is there");
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
                self.name,
                "--target-dir",
            ])
            .arg(target)
            .arg("--")
            .args(arguments)
            .stderr(Stdio::piped());
        let output = command.output().await.expect("cargo can be run");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            output.status.success(),
            "{}:\n{}",
            self.name,
            text(&output.stderr)
        );
        text(&output.stdout)
    }
}

/// A document of the corpus. Without one, a program that needs it is not run.
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
        name: "customer",
        library: "customers",
        document: Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/customers.yaml"),
        include: &[],
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
        name: "upload_and_chat",
        library: "openai",
        document,
        include: &["path:/files", "path:/chat/completions"],
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
        name: "issues",
        library: "github",
        document,
        include: &["path:/repos/{owner}/{repo}/issues"],
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
