#!/usr/bin/env python3
"""Calls every operation of real documents against an independent server, and prints what it accepts.

In: a folder of documents and names in it. Out: a table, and the causes of all that fails. Not here: CI; this needs Node.js.

The server is the mock of `@stoplight/prism-cli`, which validates each request against the document and answers with the document's
example, or with a value that it makes from the schema. An example that contradicts its schema is refused by prism itself, and says
nothing of how the client decodes. The calls are those of the emitted tests, with all parameters, whose mock
transport is replaced by the network.

    python3 tests/judges/judge.py DIR openai github
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PORT = 4010
# What prism says of a request.
REFUSALS = {
    "UNPROCESSABLE_ENTITY",
    "INVALID_CONTENT_TYPE",
    "UNAUTHORIZED",
    "NOT_ACCEPTABLE",
    "NO_PATH_MATCHED_ERROR",
    "NO_METHOD_MATCHED_ERROR",
}
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
            Err(error) => serde_json::json!({
                "name": name,
                "status": error.status().map(|it| it.as_u16()),
                "body": error.api().map(|api| text(api.body())),
                "violations": error.api().and_then(|api| api.headers().get("sl-violations")).map(|it| text(it.as_bytes())),
                "error": error.to_string(),
            }),
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


def serve(path):
    command = ["npx", "-y", "@stoplight/prism-cli", "mock", str(path), "-p", str(PORT), "--errors"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5)
            return server
        except urllib.error.HTTPError:
            return server
        except OSError:
            time.sleep(0.5)
    sys.exit("the mock does not start")


def call(crate, log):
    environment = {"JUDGE": f"http://127.0.0.1:{PORT}", "JUDGE_LOG": str(log), "CARGO_TARGET_DIR": str(crate.parent / "target")}
    command = ["cargo", "test", "-q", "--test", "operations", "--", "--test-threads", "4"]
    result = subprocess.run(command, cwd=crate, env={**os.environ, **environment}, capture_output=True, text=True)
    if "could not compile" in result.stderr:
        sys.exit(result.stderr)


def cause(entry):
    """Why a call failed: the words without values, so that equal causes are counted together."""
    try:
        problem = json.loads(entry["body"] or "")
        if not problem["type"].startswith("https://stoplight.io/"):
            raise ValueError("an error of the document")
        kind = problem["type"].rsplit("#", 1)[-1]
        first = (problem.get("validation") or [{}])[0]
        where = ".".join(str(it) for it in first.get("location", [])[:2])
        return kind, f"{where}: {first.get('message', problem.get('detail', ''))}"
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    try:
        # Where the document describes an error for it, prism answers with that.
        first = json.loads(entry["violations"] or "")[0]
        where = ".".join(str(it) for it in first.get("location", [])[:2])
        return "UNPROCESSABLE_ENTITY", f"{where}: {first.get('message', '')}"
    except (KeyError, TypeError, ValueError, IndexError):
        return ("DECODE" if entry.get("status") and entry["status"] < 300 else "OTHER"), entry["error"]


def judge(path, folder):
    crate, log = folder / "crate", folder / "log"
    emit(path, crate)
    server = serve(path)
    try:
        call(crate, log)
    finally:
        os.killpg(server.pid, 15)
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    causes = collections.Counter()
    refused = decoded = unreached = 0
    examples = {}
    for entry in entries:
        if entry.get("ok"):
            decoded += 1
            continue
        kind, text = cause(entry)
        unreached += entry.get("status") is None
        refused += kind in REFUSALS or entry.get("status") in (400, 401, 415, 422)
        key = f"{kind} {re.sub(r'[0-9]+', '0', text)[:110]}"
        causes[key] += 1
        examples.setdefault(key, entry["name"])
    total = len(entries)
    contradictory = sum(count for text, count in causes.items() if text.startswith("VIOLATIONS"))
    sent = total - unreached
    print(
        f"{path.name:<28} {total:>6} called {sent:>6} sent {sent - refused:>6} accepted {decoded:>6} decoded"
        f" {contradictory:>6} answers that prism refuses itself",
        flush=True,
    )
    for text, count in causes.most_common():
        print(f"    {count:>5}  {text}  ({examples[text]})")


def main():
    folder, names = pathlib.Path(sys.argv[1]), sys.argv[2:]
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            judge(document(folder, name), pathlib.Path(temporary))


if __name__ == "__main__":
    main()
