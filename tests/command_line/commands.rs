//! Tests of commands, flags, positional arguments and bodies.

use serde_json::json;
use tests::Answer;

use crate::setup::{CHECKPOINT, PERMISSIONS, Service, cli, ids};

const TARGET: &str =
    "/v1/fine_tuning/checkpoints/ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd/permissions";

/// Runs a command of the documentation, with the address of the server.
fn documented(service: &Service, line: &str) -> crate::setup::Done {
    let url = service.server.base_url();
    // Only the key has quotes.
    let words = line.split('\'').enumerate().flat_map(|(index, part)| {
        if index % 2 == 1 {
            vec![part]
        } else {
            part.split_whitespace()
                .filter(|word| *word != "\\")
                .collect()
        }
    });
    let words: Vec<&str> = words.skip(1).chain(["--base-url", &url]).collect();
    cli(&words).done().well()
}

#[test]
fn documented_commands_give_documented_replies() {
    let service = Service::new();
    let created = documented(
        &service,
        "openai fine-tuning:checkpoints:permissions create \\
           --api-key 'My API Key' \\
           --fine-tuned-model-checkpoint ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd \\
           --project-id string",
    );
    let expected = "\
{
  \"object\": \"list\",
  \"data\": [
    {
      \"object\": \"checkpoint.permission\",
      \"id\": \"cp_0001\",
      \"created_at\": 1700000001,
      \"project_id\": \"string\"
    }
  ],
  \"first_id\": \"cp_0001\",
  \"last_id\": \"cp_0001\",
  \"has_more\": false
}
";
    assert_eq!(created.stdout, expected);
    for command in ["retrieve", "list"] {
        let line = format!(
            "openai fine-tuning:checkpoints:permissions {command} \\
               --api-key 'My API Key' \\
               --fine-tuned-model-checkpoint {CHECKPOINT}"
        );
        assert_eq!(documented(&service, &line).stdout, expected);
    }
    let none = "openai fine-tuning:checkpoints:permissions retrieve --api-key 'My API Key' \
                --fine-tuned-model-checkpoint ft-AF1WoRqd3aJAHsqc9NY7iL8F";
    let empty = json!({ "object": "list", "data": [], "first_id": null, "last_id": null, "has_more": false });
    assert_eq!(documented(&service, none).json(), empty);
    service.server.add_examples();
    let two = documented(&service, none).json();
    let shown = ["cp_zc4Q7MP6XxulcVzj4MZdwsAB", "cp_enQCFmOTGj3syEpYVhBRLTSy"];
    assert_eq!(ids(&two["data"]), shown);
    for id in ["cp_0001", shown[0]] {
        let line = format!(
            "openai fine-tuning:checkpoints:permissions delete \\
               --api-key 'My API Key' \\
               --fine-tuned-model-checkpoint {CHECKPOINT} \\
               --permission-id {id}"
        );
        let gone = json!({ "id": id, "object": "checkpoint.permission", "deleted": true });
        assert_eq!(documented(&service, &line).json(), gone);
    }
    let keys = service.server.requests();
    let keys = keys.iter().map(|it| it.header("authorization"));
    assert!(keys.into_iter().all(|key| key == Some("Bearer My API Key")));
}

#[test]
fn parameters_of_the_path_go_without_flags() {
    for arguments in [
        ["delete", CHECKPOINT, "cp_1", ""],
        ["delete", "--permission-id=cp_1", CHECKPOINT, ""],
        [
            "delete",
            "cp_1",
            "--fine-tuned-model-checkpoint",
            CHECKPOINT,
        ],
        ["delete", "--permission-id", "cp_1", CHECKPOINT],
    ] {
        let service = Service::new();
        let arguments: Vec<&str> = arguments.into_iter().filter(|it| !it.is_empty()).collect();
        service.permissions(&arguments).done().code(4);
        let (method, target, _) = service.requests().remove(0);
        assert_eq!(
            (method.as_str(), target),
            ("DELETE", format!("{TARGET}/cp_1"))
        );
    }
}

#[test]
fn one_argument_too_many_is_wrong_however_it_is_given() {
    let service = Service::new();
    let flags = [
        "delete",
        "--fine-tuned-model-checkpoint",
        "a",
        "--permission-id",
        "b",
    ];
    let done = service
        .permissions(&[&flags[..], &["c"]].concat())
        .done()
        .code(2);
    assert!(
        done.error()["message"]
            .as_str()
            .is_some_and(|it| it.contains("'c'")),
        "{done:?}"
    );
    service
        .permissions(&["delete", "a", "b", "c"])
        .done()
        .code(2);
    assert!(service.requests().is_empty());
}

#[test]
fn flags_of_all_commands_stand_anywhere() {
    let service = Service::with_permissions();
    let url = service.server.base_url();
    let flags = ["--base-url", &url, "--api-key", "k", "--format", "jsonl"];
    let command = [PERMISSIONS, "list", CHECKPOINT, "--max-items", "1"];
    let [before, between, behind] = [0, 1, 5].map(|at| {
        let (first, last) = command.split_at(at);
        let arguments = [first, &flags, last].concat();
        cli(&arguments).done().well().stdout
    });
    assert_eq!(before.lines().count(), 1);
    assert_eq!((&between, &behind), (&before, &before));
}

/// Long flags also work with one dash, as in programs written in Go. Short flags can still be joined, and words after `--` are not
/// flags.
#[test]
fn one_dash_is_as_good_as_two() {
    let service = Service::with_permissions();
    let flags = [
        "list",
        CHECKPOINT,
        "-limit",
        "5",
        "-max-items=3",
        "-format",
        "jsonl",
    ];
    let done = service.permissions(&flags).done().well();
    assert_eq!(done.values().len(), 3);
    assert_eq!(service.requests()[0].1, format!("{TARGET}?limit=5"));
    let ids = ["list", CHECKPOINT, "-transform", "$.data[0].id", "-r"];
    assert_eq!(service.permissions(&ids).done().well().stdout, "cp_0025\n");
    let plain = service
        .permissions(&["retrieve", "--", "-limit"])
        .done()
        .well();
    assert_eq!(plain.json()["data"], json!([]));
    let error = service
        .permissions(&["list", CHECKPOINT, "-limt", "5"])
        .done();
    let error = error.code(2).error();
    let message = error["message"].as_str().expect("a text");
    assert!(message.contains("'--limit'"), "{message}");
}

#[test]
fn a_flag_of_a_list_is_repeated() {
    let service = Service::new();
    let flags = ["--project-id", "a,b", "--project-id", "-", "--project-id=c"];
    let arguments = [&["create", CHECKPOINT][..], &flags].concat();
    service.permissions(&arguments).done().well();
    let body = r#"{"project_ids":["a,b","-","c"]}"#;
    assert_eq!(service.requests()[0].2, body);
}

#[test]
fn the_name_of_the_list_is_a_mistake_with_a_suggestion() {
    let service = Service::new();
    let done = service.permissions(&["create", CHECKPOINT, "--project-ids", "a"]);
    let done = done.done().code(2);
    let message = done.error()["message"].to_string();
    assert!(message.contains("'--project-ids'"), "{message}");
    assert!(
        message.contains("similar argument exists: '--project-id'"),
        "{message}"
    );
    assert!(service.requests().is_empty());
}

/// Flags add to the body from standard input.
#[track_caller]
fn assert_body(input: &str, flags: &[&str], body: &str) {
    let service = Service::answering([Answer::page(&[], None, false)]);
    let arguments = [&["create", CHECKPOINT][..], flags].concat();
    service.permissions(&arguments).input(input).done().well();
    assert_eq!(service.requests()[0].2, body);
}

#[test]
fn bodies_come_on_standard_input() {
    assert_body(r#"{"project_ids": ["a"]}"#, &[], r#"{"project_ids":["a"]}"#);
    assert_body(
        "project_ids: [a, no, 012, 1_0]",
        &[],
        r#"{"project_ids":["a","no","012","1_0"]}"#,
    );
    assert_body(
        "project_ids:\n- a\nextra: {b: 1.50}\n",
        &[],
        r#"{"project_ids":["a"],"extra":{"b":1.5}}"#,
    );
    let both = r#"{"project_ids":["f"],"extra":true}"#;
    assert_body(
        "project_ids: [a]\nextra: true",
        &["--body", "-", "--project-id", "f"],
        both,
    );
    // It is not read if the flags have all that is required.
    let own = r#"{"project_ids":["f"]}"#;
    for input in ["", " \n", "project_ids: [a]\nextra: true", "["] {
        assert_body(input, &["--project-id", "f"], own);
    }
}

#[test]
fn a_body_is_an_argument_or_a_file() {
    let json = r#"{"project_ids":["a"],"extra":true}"#;
    assert_body("[", &["--body", json], json);
    let path = std::env::temp_dir().join(format!("command-line-body-{}", std::process::id()));
    std::fs::write(&path, json).expect("writable");
    assert_body("[", &["--body", &format!("@{}", path.display())], json);
    std::fs::remove_file(path).expect("ours");
    let service = Service::new();
    for (text, reason) in [("[1]", "not an object"), ("@/nowhere", "cannot read")] {
        let done = service.permissions(&["create", CHECKPOINT, "--body", text]);
        let message = done.done().code(2).error()["message"].to_string();
        assert!(
            message.contains("--body: ") && message.contains(reason),
            "{message}"
        );
    }
    assert!(service.requests().is_empty());
}

#[test]
fn standard_input_that_is_no_object_is_wrong_usage() {
    let service = Service::new();
    for input in ["[1]", "a: [", "text"] {
        let done = service.permissions(&["create", CHECKPOINT, "--body", "-"]);
        let done = done.input(input).done().code(2);
        let message = done.error()["message"].to_string();
        assert!(message.contains("standard input"), "{input}: {message}");
    }
    assert!(service.requests().is_empty());
}

/// Commands without a body don't read standard input, which may belong to another program.
#[test]
fn standard_input_is_read_by_commands_with_a_body_only() {
    let service = Service::with_permissions();
    let done = service.permissions(&["retrieve", CHECKPOINT]);
    done.input("[").done().well();
}

#[test]
fn values_of_a_body_come_from_files() {
    let folder = std::env::temp_dir().join(format!("command-line-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("project");
    std::fs::write(&file, "proj_ü\n").expect("writable");
    let at = format!("@{}", file.display());
    assert_body(
        "",
        &["--project-id", &at],
        "{\"project_ids\":[\"proj_ü\\n\"]}",
    );
    assert_body("", &["--project-id", r"\@x"], r#"{"project_ids":["@x"]}"#);
    assert_body(
        "",
        &["--project-id", r"\x@y"],
        r#"{"project_ids":["\\x@y"]}"#,
    );
    let service = Service::new();
    let done = service.permissions(&["create", CHECKPOINT, "--project-id", "@/nowhere"]);
    let done = done.done().code(2);
    let message = done.error()["message"].to_string();
    assert!(
        message.contains("--project-id") && message.contains("/nowhere"),
        "{message}"
    );
    assert!(service.requests().is_empty());
    std::fs::remove_dir_all(folder).expect("ours");
}

#[test]
fn what_is_required_is_asked_for_by_its_flag() {
    let service = Service::new();
    let done = service.permissions(&["create"]).done().code(2);
    let message = done.error()["message"].to_string();
    assert!(
        message.contains("--fine-tuned-model-checkpoint"),
        "{message}"
    );
    assert!(message.contains("--project-id"), "{message}");
    // An empty argument is not missing, but it is not a segment of a path either.
    let done = service.permissions(&["retrieve", ""]).done().code(2);
    let message = done.error()["message"].to_string();
    assert!(message.contains("fine_tuned_model_checkpoint"), "{message}");
    assert!(service.requests().is_empty());
}

#[test]
fn integers_are_checked_and_enums_are_open() {
    let service = Service::new();
    let done = service
        .permissions(&["list", CHECKPOINT, "--limit", "ten"])
        .done()
        .code(2);
    assert!(
        done.error()["message"].to_string().contains("--limit"),
        "{done:?}"
    );
    for (flag, value) in [("--limit", "-1"), ("--order", "sideways"), ("--after", "")] {
        service
            .permissions(&["retrieve", CHECKPOINT, flag, value])
            .done();
        let (_, target, _) = service.requests().pop().expect("a request");
        assert_eq!(target, format!("{TARGET}?{}={value}", &flag[2..]));
    }
}

/// Runs the commands of the manual and of the README in a shell, one after the other.
#[test]
fn the_documented_commands_work() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let pages = ["generator/docs/clients.md", "README.md"];
    let pages = pages.map(|page| std::fs::read_to_string(format!("{root}/{page}")).expect(page));
    let blocks = pages.iter().flat_map(|page| page.split("```sh\n").skip(1));
    let blocks = blocks.filter_map(|block| block.split("```").next());
    let commands: Vec<&str> = blocks
        .filter(|block| {
            block.contains("\nopenai fine-tuning") || block.starts_with("openai fine-tuning")
        })
        .collect();
    assert_eq!(commands.len(), 2);
    let service = Service::new();
    let program = env!("CARGO_BIN_EXE_openai-under-test");
    let script = format!(
        "set -e\nopenai() {{ '{program}' \"$@\" < /dev/null; }}\n{}",
        commands
            .concat()
            .replace("http://127.0.0.1:8080/v1", &service.server.base_url())
    );
    let done = std::process::Command::new("sh")
        .args(["-c", &script])
        .env_clear()
        .output();
    let done = done.expect("a shell runs");
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{stderr}");
    let replies =
        serde_json::Deserializer::from_slice(&done.stdout).into_iter::<serde_json::Value>();
    let replies: Vec<serde_json::Value> = replies.map(|reply| reply.expect("JSON")).collect();
    assert_eq!(replies.len(), 6);
    assert_eq!(replies[0], replies[1]);
    assert_eq!(replies[3]["deleted"], true);
    assert_eq!(service.server.projects(CHECKPOINT), ["string"]);
}
