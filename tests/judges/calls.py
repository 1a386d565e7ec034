"""Calls of every operation of a document, which the judges share.

In: a document, the address of a server. Out: a line for each call: whether its reply is decoded, or why not. Not here: servers.

The calls are those of the emitted tests, with all parameters, whose mock transport is replaced by the network.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# The part of the emitted tests that makes a call, with the network in place of the mock.
CALL = """
        let url = std::env::var("JUDGE").unwrap();
        let mut builder = with_credentials(Client::builder().base_url(&url));
        for server in SERVERS {
            builder = builder.server_url(server.to_owned(), &url);
        }
        let none = super::client::RetryPolicy::none();
        let client = builder.retry(none).build().unwrap();
        let call = call(&client, &case).into_future();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let reply = runtime.unwrap().block_on(call);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let line = match reply {
            Ok(_) => serde_json::json!({"name": name, "ok": true}),
            Err(error) => {
                let headers = match &error {
                    super::client::Error::Decode(error) => Some(error.headers()),
                    error => error.api().map(|api| api.headers()),
                };
                let header = |name| headers.and_then(|all| all.get(name)).map(|it| text(it.as_bytes()));
                serde_json::json!({
                    "name": name,
                    "status": error.status().map(|it| it.as_u16()),
                    "body": error.api().map(|api| text(api.body())),
                    "violations": header("sl-violations"),
                    "answer": header("judge-answer"),
                    "error": error.to_string(),
                })
            }
        };
        use std::io::Write;
        let log = std::fs::OpenOptions::new().append(true).create(true).open(std::env::var("JUDGE_LOG").unwrap());
        log.unwrap().write_all(format!("{line}\\n").as_bytes()).unwrap();
"""


def document(folder, name):
    found = sorted(it for it in folder.iterdir() if it.is_file() and it.name.startswith(name))
    if not found:
        sys.exit(f"{folder} has no document {name}")
    return found[0]


def emit(path, crate):
    """Emits a crate whose tests go over the network."""
    command = ["cargo", "run", "-q", "-p", "generator", "--", str(path), "--out", str(crate), "--name", "judged"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    checks = crate / "tests/operations/testing/check.rs"
    text = checks.read_text()
    begin = text.index("        let server = MockTransport::new();")
    end = text.index("    }\n}\n", begin)
    # Operations with a server of their own must not reach it.
    sources = (it.read_text() for it in (crate / "src").rglob("*.rs"))
    servers = sorted({server for source in sources for server in re.findall(r'server: Some\(\s*("[^"]*")', source)})
    rest = f"\n#[allow(dead_code)]\ntype Unused = MockReply;\nconst SERVERS: &[&str] = &[{', '.join(servers)}];\n"
    checks.write_text(text[:begin] + CALL + text[end:] + rest)


def call(crate, log, port):
    """Makes all calls; the lines that they log."""
    environment = {"JUDGE": f"http://127.0.0.1:{port}", "JUDGE_LOG": str(log), "CARGO_TARGET_DIR": str(crate.parent / "target")}
    command = ["cargo", "test", "-q", "--test", "operations", "--", "--test-threads", "4"]
    result = subprocess.run(command, cwd=crate, env={**os.environ, **environment}, capture_output=True, text=True)
    if "could not compile" in result.stderr:
        sys.exit(result.stderr)
    return [json.loads(line) for line in log.read_text().splitlines()]


def each(judge):
    """Judges each of the documents that the command line names, in a temporary folder."""
    folder, names = pathlib.Path(sys.argv[1]), sys.argv[2:]
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            judge(document(folder, name), pathlib.Path(temporary))
