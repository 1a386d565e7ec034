//! Tests of a command among others: pipes that are closed early or stay open, loops of a shell, a full disk.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

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

/// Runs a script of `bash`, in which `create` is the command with all that is required, and returns its output.
fn script(service: &Service, text: &str) -> std::process::Output {
    let client = service.permissions(&["create", CHECKPOINT]).command;
    let words: Vec<String> = [client.get_program()]
        .into_iter()
        .chain(client.get_args())
        .map(|word| format!("'{}'", word.to_string_lossy()))
        .collect();
    let script = format!("create() {{ {} \"$@\"; }}\n{text}", words.join(" "));
    let mut bash = Command::new("bash");
    let settings = client.get_envs();
    bash.args(["-uc", &script])
        .envs(settings.filter_map(|(name, value)| Some((name, value?))))
        .stdin(Stdio::null());
    bash.output().expect("bash runs")
}

/// A loop reads its own lines: a command that has all it needs does not take them.
#[test]
fn a_loop_calls_once_for_each_line() {
    let service = Service::new();
    service.server.always(Answer::page(&[], None, false));
    for text in [
        "printf 'a\nb\nc\n' | while read -r id; do create --project-id \"$id\" || exit 1; done",
        "while read -r id; do create --body \"{\\\"project_ids\\\":[\\\"$id\\\"]}\" || exit 1; done < <(printf 'a\nb\nc\n')",
        "export -f create; printf 'a\nb\nc\n' | xargs -I{} bash -c 'create --project-id {}'",
        "for id in a b c; do echo \"{project_ids: [$id]}\" | create || exit 1; done",
    ] {
        let before = service.requests().len();
        let done = script(&service, text);
        assert!(done.status.success(), "{text}: {done:?}");
        let bodies: Vec<String> = service.requests().drain(before..).map(|it| it.2).collect();
        let wanted = ["a", "b", "c"].map(|id| format!(r#"{{"project_ids":["{id}"]}}"#));
        assert_eq!(bodies, wanted, "{text}");
    }
}

/// A pipe that nobody writes to and nobody closes, and no descriptor at all.
#[test]
fn silent_input_does_not_stop_a_command() {
    let service = Service::new();
    service.server.always(Answer::page(&[], None, false));
    let arguments = ["create", CHECKPOINT, "--project-id", "a"];
    let mut command = service.permissions(&arguments).command;
    let streams = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = streams.spawn().expect("the client starts");
    let _open = child.stdin.take();
    let status = ended(&mut child).expect("it does not wait for input");
    assert!(status.success());
    let done = script(&service, "create --project-id a <&- >&- 2>&-");
    assert!(done.status.success(), "{done:?}");
    assert_eq!(service.requests().len(), 2);
    // What is missing is named, and not waited for.
    let done = script(&service, "create <&-");
    assert_eq!(done.status.code(), Some(2));
}

/// A file that cannot be written is an error with its reason.
#[test]
fn a_full_disk_is_an_error() {
    let service = Service::new();
    service.server.always(Answer::page(&["cp_1"], None, false));
    let done = script(&service, "create --project-id a > /dev/full");
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let message = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(message.contains("No space left on device"), "{message}");
}

/// An interrupt ends a command at once, as a shell expects: by the signal.
#[test]
fn an_interrupt_ends_a_command() {
    let service = Service::answering([Answer::silence()]);
    let client = service
        .permissions(&["create", CHECKPOINT, "--project-id", "a"])
        .command;
    // A job in the background of a script, which this test may be, ignores interrupts.
    let mut command = Command::new("env");
    command
        .arg("--default-signal=INT")
        .arg(client.get_program())
        .args(client.get_args());
    let settings = client.get_envs();
    command.envs(settings.filter_map(|(name, value)| Some((name, value?))));
    let streams = command.stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = streams.spawn().expect("the client starts");
    let end = Instant::now() + Duration::from_secs(30);
    while service.requests().is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut kill = Command::new("kill");
    let kill = kill.args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("there is kill").success());
    let status = ended(&mut child).expect("an interrupt ends it");
    assert_eq!(status.signal(), Some(2));
}

/// Waits for the end of a process, half a minute at most.
fn ended(child: &mut Child) -> Option<ExitStatus> {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        match child.try_wait().expect("it can be asked") {
            None if Instant::now() > end => {
                child.kill().expect("it runs");
                return None;
            }
            None => std::thread::sleep(Duration::from_millis(20)),
            status => return status,
        }
    }
}
