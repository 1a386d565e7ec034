//! Tests of formats, pages and transformations.

use serde_json::{Value, json};
use tests::Answer;

use crate::setup::{CHECKPOINT, Service, ids};

/// A listing of three pages.
const LIST: [&str; 4] = ["list", CHECKPOINT, "--limit", "10"];

fn list(service: &Service, flags: &[&str]) -> crate::setup::Done {
    service.permissions(&[&LIST, flags].concat()).done().well()
}

#[test]
fn json_is_one_document_with_all_items() {
    let service = Service::with_permissions();
    let whole = list(&service, &[]).json();
    let names: Vec<&String> = whole.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["object", "data", "first_id", "last_id", "has_more"]);
    let ids = ids(&whole["data"]);
    assert_eq!(ids.len(), 25);
    assert_eq!((ids[0], ids[24]), ("cp_0025", "cp_0001"));
    assert_eq!(whole["first_id"], "cp_0025");
    assert_eq!(whole["last_id"], "cp_0001");
    assert_eq!(whole["has_more"], false);
    assert_eq!(service.requests().len(), 3);
}

#[test]
fn formats_differ_in_form_only() {
    let service = Service::with_permissions();
    let whole = list(&service, &["--format", "json"]).json();
    assert_eq!(list(&service, &["--format", "auto"]).json(), whole);
    let yaml = list(&service, &["--format", "yaml"]).stdout;
    assert_eq!(serde_yaml::from_str::<Value>(&yaml).expect("YAML"), whole);
    assert!(
        yaml.starts_with("object: list\ndata:\n- object: checkpoint.permission\n  id: cp_0025\n"),
        "{yaml}"
    );
    let lines = list(&service, &["--format", "jsonl"]);
    assert_eq!(lines.stdout.lines().count(), 25);
    assert_eq!(json!(lines.values()), whole["data"]);
    // Case does not matter.
    assert_eq!(list(&service, &["--format", "JSONL"]).stdout, lines.stdout);
}

#[test]
fn raw_is_each_page_as_the_server_sent_it() {
    let service = Service::with_permissions();
    let pages = list(&service, &["--format", "raw"]).values();
    let sizes: Vec<usize> = pages.iter().map(|it| ids(&it["data"]).len()).collect();
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(pages[0]["has_more"], true);
    let odd = "{ \"object\":\"list\",\"data\" : [ ], \"n\":1.50e1 }";
    let service = Service::answering([Answer::bytes(200, odd)]);
    assert_eq!(
        list(&service, &["--format", "raw"]).stdout,
        format!("{odd}\n")
    );
}

#[test]
fn one_page_of_retrieve_is_printed_in_each_format() {
    let service = Service::with_permissions();
    let retrieve = |format| {
        let arguments = ["retrieve", CHECKPOINT, "--limit", "2", "--format", format];
        service.permissions(&arguments).done().well()
    };
    let page = retrieve("json").json();
    assert_eq!(ids(&page["data"]), ["cp_0025", "cp_0024"]);
    assert_eq!(retrieve("raw").json(), page);
    assert_eq!(json!(retrieve("jsonl").values()), json!([page]));
    assert_eq!(retrieve("jsonl").stdout.lines().count(), 1);
    let yaml: Value = serde_yaml::from_str(&retrieve("yaml").stdout).expect("YAML");
    assert_eq!(yaml, page);
}

#[test]
fn strings_survive_yaml_whatever_they_look_like() {
    let texts = [
        "no",
        "1e3",
        "2024-01-01",
        "null",
        "~",
        "",
        " a",
        "a: b",
        "- a",
        "#",
        "é\u{1b}\u{feff}",
        "l1\nl2\n",
        "0x1F",
    ];
    let body = json!({ "object": "list", "data": texts.map(|it| json!({ "id": it, it: [] })), "has_more": false });
    let service = Service::answering([Answer::json(200, body.clone())]);
    let yaml = list(&service, &["--format", "yaml"]).stdout;
    assert_eq!(serde_yaml::from_str::<Value>(&yaml).expect("YAML"), body);
}

#[test]
fn pretty_is_for_people() {
    let service = Service::with_permissions();
    let text = list(&service, &["--format", "pretty", "--max-items", "2"]).stdout;
    insta::assert_snapshot!(text);
    let nested = json!({
        "object": "list", "has_more": false,
        "data": [{ "id": "cp_1", "empty": {}, "none": null, "no_text": "", "lines": "a\nb",
            "tree": { "a": [1, { "b": true }, [2]] }, "evil": "\u{1b}[31mred\u{7}" }],
    });
    let service = Service::answering([Answer::json(200, nested)]);
    insta::assert_snapshot!(list(&service, &["--format", "pretty"]).stdout);
}

#[test]
fn max_items_cuts_and_says_where_to_go_on() {
    let service = Service::with_permissions();
    let cut = list(&service, &["--max-items", "13"]).json();
    assert_eq!(ids(&cut["data"]).len(), 13);
    assert_eq!(cut["has_more"], true);
    assert_eq!(cut["last_id"], "cp_0013");
    assert_eq!(cut["first_id"], "cp_0025");
    assert_eq!(service.requests().len(), 2);
    let rest = list(&service, &["--after", "cp_0013"]).json();
    assert_eq!(ids(&rest["data"])[0], "cp_0012");
    assert_eq!(ids(&rest["data"]).len(), 12);
    // At the end of a page, the cursor is the server's.
    let page = list(&service, &["--max-items", "10"]).json();
    assert_eq!(
        (&page["has_more"], &page["last_id"]),
        (&json!(true), &json!("cp_0016"))
    );
    let all = list(&service, &["--max-items", "25"]).json();
    assert_eq!(
        (&all["has_more"], &all["last_id"]),
        (&json!(false), &json!("cp_0001"))
    );
    let none = list(&service, &["--max-items", "0"]).json();
    assert_eq!(
        (&none["data"], &none["has_more"], &none["last_id"]),
        (&json!([]), &json!(true), &Value::Null)
    );
    let none = list(&service, &["--max-items", "0", "--after", "cp_0020"]).json();
    assert_eq!(none["last_id"], "cp_0020");
    let yaml = list(&service, &["--max-items", "0", "--format", "yaml"]).stdout;
    assert_eq!(
        yaml,
        "object: list\ndata: []\nfirst_id: cp_0025\nlast_id: null\nhas_more: true\n"
    );
    let lines = list(&service, &["--max-items", "13", "--format", "jsonl"]).values();
    assert_eq!(lines.len(), 13);
    let arguments = [
        "create",
        CHECKPOINT,
        "--project-id",
        "a",
        "--project-id",
        "b",
        "--max-items",
        "1",
    ];
    let made = service.permissions(&arguments).done().well().json();
    assert_eq!(ids(&made["data"]).len(), 1);
}

/// If the cursor is not part of an item, items may be repeated, but none is left out.
#[test]
fn a_cut_with_an_opaque_cursor_leads_to_the_page_that_was_cut() {
    let pages = || {
        [
            Answer::page(&["cp_1", "cp_2"], Some("opaque_1"), true),
            Answer::page(&["cp_3", "cp_4"], Some("opaque_2"), true),
        ]
    };
    let service = Service::answering(pages());
    let cut = list(&service, &["--max-items", "3"]).json();
    assert_eq!(ids(&cut["data"]), ["cp_1", "cp_2", "cp_3"]);
    assert_eq!(
        (&cut["has_more"], &cut["last_id"]),
        (&json!(true), &json!("opaque_1"))
    );
    let service = Service::answering(pages());
    let cut = list(&service, &["--max-items", "1"]).json();
    assert_eq!(
        (&cut["has_more"], &cut["last_id"]),
        (&json!(true), &Value::Null)
    );
}

#[test]
fn the_envelope_is_that_of_the_first_page_but_for_what_leads_on() {
    let page = |id: &str, more: Value| {
        Answer::json(
            200,
            json!({
                "has_more": more, "last_id": id, "data": [{ "id": id }], "first_id": id, "new": [id],
            }),
        )
    };
    let service = Service::answering([
        page("cp_1", json!(true)),
        page("cp_2", Value::Null),
        page("cp_3", json!(false)),
    ]);
    let done = list(&service, &[]);
    let expected = json!({
        "data": [{ "id": "cp_1" }, { "id": "cp_2" }, { "id": "cp_3" }],
        "has_more": false, "last_id": "cp_3", "first_id": "cp_1", "new": ["cp_1"],
    });
    assert_eq!(done.json(), expected);
    let names: Vec<String> = done
        .json()
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    assert_eq!(names, ["data", "has_more", "last_id", "first_id", "new"]);
}

#[test]
fn transformations_see_what_would_be_printed() {
    let service = Service::with_permissions();
    let transformed = |flags: &[&str]| list(&service, flags).stdout;
    assert_eq!(transformed(&["--transform", "$.last_id"]), "\"cp_0001\"\n");
    assert_eq!(
        transformed(&["--transform", "$.last_id", "-r"]),
        "cp_0001\n"
    );
    assert_eq!(transformed(&["--transform", "$.nothing"]), "null\n");
    assert_eq!(transformed(&["--transform", "$.nothing[*]"]), "[]\n");
    assert_eq!(transformed(&["--transform", "$.nothing[*]", "-r"]), "");
    let all = ["--transform", "$.data[*].id", "--max-items", "2"];
    assert_eq!(transformed(&all), "[\n  \"cp_0025\",\n  \"cp_0024\"\n]\n");
    let one = ["--transform", "$.data[*].id", "--max-items", "1"];
    assert_eq!(transformed(&one), "[\n  \"cp_0025\"\n]\n");
    let raw = |flags: &[&'static str]| transformed(&[&all[..], flags].concat());
    assert_eq!(raw(&["--raw-output"]), "cp_0025\ncp_0024\n");
    assert_eq!(raw(&["--format", "yaml"]), "- cp_0025\n- cp_0024\n");
    // Items of a listing have no property `data`.
    assert_eq!(raw(&["--format", "jsonl"]), "");
    let lines = [
        "--format",
        "jsonl",
        "--max-items",
        "2",
        "--transform",
        "$.id",
    ];
    assert_eq!(transformed(&lines), "\"cp_0025\"\n\"cp_0024\"\n");
    let lines = [
        "--format",
        "jsonl",
        "--max-items",
        "1",
        "--transform",
        "$.*",
        "-r",
    ];
    assert_eq!(transformed(&lines).lines().count(), 4);
    let pages = ["--format", "raw", "--transform", "$.last_id", "-r"];
    assert_eq!(transformed(&pages), "cp_0016\ncp_0006\ncp_0001\n");
    let before = service.requests().len();
    for path in ["data[", "id", ""] {
        let done = service.permissions(&[&LIST[..], &["--transform", path]].concat());
        done.done().code(2);
    }
    assert_eq!(service.requests().len(), before);
}

#[test]
fn numbers_are_printed_as_they_came() {
    let body = "{\"object\":\"list\",\"data\":[{\"a\":1.0,\"b\":18446744073709551615,\"c\":-3}],\"has_more\":false}";
    let service = Service::answering([Answer::bytes(200, body)]);
    let text = list(&service, &["--format", "jsonl"]).stdout;
    assert_eq!(text, "{\"a\":1.0,\"b\":18446744073709551615,\"c\":-3}\n");
}
