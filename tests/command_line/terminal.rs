//! Tests of the command line on a terminal: layout, colors, progress.

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tests::Answer;
use tests::fake::Delivery;

use crate::setup::{CHECKPOINT, KEY, PERMISSIONS, Service};

/// The output of a command on a terminal, and the exit code.
fn at_terminal(service: &Service, arguments: &[&str], env: &[(&str, &str)]) -> (String, u32) {
    let size = PtySize {
        rows: 40,
        cols: 100,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_openai-under-test"));
    command.args([&[PERMISSIONS], arguments].concat());
    command.env_clear();
    command.env("TERM", "xterm");
    command.env("OPENAI_BASE_URL", service.server.base_url());
    command.env("OPENAI_ADMIN_KEY", KEY);
    for (name, value) in env {
        command.env(name, value);
    }
    let mut child = pair
        .slave
        .spawn_command(command)
        .expect("the client starts");
    // Otherwise the terminal stays open after the client has exited.
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("readable");
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    // On Linux, reading from a closed terminal is an error.
    while let Ok(count @ 1..) = reader.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..count]);
    }
    let status = child.wait().expect("it ends");
    (
        String::from_utf8_lossy(&bytes).replace("\r\n", "\n"),
        status.exit_code(),
    )
}

#[test]
fn a_terminal_gets_the_layout_for_people_in_color() {
    let service = Service::with_permissions();
    let list = ["list", CHECKPOINT, "--max-items", "2"];
    let (text, code) = at_terminal(&service, &list, &[]);
    assert_eq!(code, 0);
    assert!(
        text.contains("\u{1b}[36mid\u{1b}[0m          cp_0025\n"),
        "{text:?}"
    );
    for (flags, env) in [
        (&["--color", "never"][..], &[][..]),
        (&[], &[("NO_COLOR", "1")]),
    ] {
        let (text, _) = at_terminal(&service, &[&list, flags].concat(), env);
        assert!(
            !text.contains("\u{1b}[3") && text.contains("id          cp_0025\n"),
            "{text:?}"
        );
    }
    let (text, _) = at_terminal(&service, &[&list[..], &["--format", "json"]].concat(), &[]);
    assert!(
        text.contains("\u{1b}[36m\"id\"\u{1b}[0m: \"cp_0025\""),
        "{text:?}"
    );
}

#[test]
fn errors_at_a_terminal_are_text() {
    let service = Service::new();
    let (text, code) = at_terminal(&service, &["delete", "x", "cp_9"], &[("NO_COLOR", "1")]);
    assert!(text.starts_with("error: 404 Not Found: "), "{text:?}");
    assert_eq!(code, 4);
    let (text, code) = at_terminal(&service, &["delete"], &[("NO_COLOR", "1")]);
    assert!(
        text.starts_with("error: the following required arguments"),
        "{text:?}"
    );
    assert_eq!(code, 2);
}

/// On a terminal, a command does not wait for standard input.
#[test]
fn a_terminal_is_no_body() {
    let service = Service::new();
    let (_, code) = at_terminal(&service, &["create", CHECKPOINT, "--project-id", "a"], &[]);
    assert_eq!(code, 0);
    assert_eq!(service.requests()[0].2, r#"{"project_ids":["a"]}"#);
}

#[test]
fn a_long_listing_shows_how_far_it_is_at_a_terminal_only() {
    let service = Service::with_permissions();
    let list = ["list", CHECKPOINT, "--limit", "10"];
    let (text, _) = at_terminal(&service, &list, &[]);
    let (first, rest) = text.split_once("10 items so far ...").expect("it is shown");
    assert!(first.contains("cp_0016"), "{text:?}");
    // The progress is erased before anything else is written.
    assert!(rest.starts_with("\r\u{1b}[K"), "{text:?}");
    assert!(rest.contains("20 items so far ...\r\u{1b}[K"), "{text:?}");
    let done = service.permissions(&list).done().well();
    assert!(!done.stdout.contains("so far"));
    // A single page shows no progress.
    let slow = Answer::page(&["cp_1"], Some("cp_1"), false);
    let service = Service::answering([slow.delivered(Delivery::Whole)]);
    let (text, _) = at_terminal(&service, &list, &[]);
    assert!(!text.contains("so far"), "{text:?}");
}
