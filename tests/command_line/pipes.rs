//! Tests of output to a pipe: it is written when it arrives, and it can be closed early.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use tests::Answer;

use crate::setup::{CHECKPOINT, Service, cli};

/// After `| head -1`, no further page is requested, and the command succeeds.
#[test]
fn a_reader_that_has_enough_ends_it() {
    let service = Service::new();
    // Endless pages, each larger than the buffer of a pipe.
    let ids: Vec<String> = (0..2000).map(|n| format!("cp_{n}")).collect();
    for page in 0..50 {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        service
            .server
            .next(Answer::page(&ids, Some(&format!("page_{page}")), true));
    }
    for format in ["json", "jsonl", "yaml", "raw", "pretty"] {
        let before = service.requests().len();
        let mut command = service
            .permissions(&["list", CHECKPOINT, "--format", format])
            .command;
        let streams = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = streams.spawn().expect("the client starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        output.read_line(&mut line).expect("readable");
        drop(output);
        assert_ne!(line, "");
        let done = child.wait_with_output().expect("it ends");
        assert_eq!(
            (done.status.code(), done.stderr),
            (Some(0), Vec::new()),
            "{format}"
        );
        let asked = service.requests().len() - before;
        assert!(asked < 5, "{format}: {asked} pages");
    }
    // The same applies to help and completions.
    for arguments in [&["--help"][..], &["completions", "zsh"], &["man"]] {
        let mut command = cli(arguments).command;
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let done = child.wait_with_output().expect("it ends");
        assert_eq!(
            (done.status.code(), done.stderr),
            (Some(0), Vec::new()),
            "{arguments:?}"
        );
    }
}

/// Items are printed before later pages arrive.
#[test]
fn output_appears_as_it_arrives() {
    for format in ["json", "jsonl", "yaml", "raw", "pretty"] {
        let service = Service::answering([
            Answer::page(&["cp_1"], Some("cp_1"), true),
            Answer::silence(),
        ]);
        let flags = ["--format", format, "--max-retries", "0", "--timeout", "20"];
        let mut command = service
            .permissions(&[&["list", CHECKPOINT], &flags[..]].concat())
            .command;
        let streams = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = streams.spawn().expect("the client starts");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let found = output.split(b'1').next();
            let _ = sender.send(found);
        });
        let found = receiver.recv_timeout(Duration::from_secs(10));
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        let found = found
            .expect("in time")
            .expect("something")
            .expect("readable");
        assert!(String::from_utf8_lossy(&found).ends_with("cp_"), "{format}");
    }
}
