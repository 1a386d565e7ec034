//! Tests of the names in whole documents.
//!
//! In: requests with their ids. Out: the resulting names. Not here: single words.

use serde_json::{Map, Value, json};

use crate::document::Document;
use crate::maps::IndexMap;
use crate::model::api::{NameSettings, NameSource};
use crate::report::{Pointer, Report};
use crate::understand::operation::paths;
use crate::understand::schema::cx::Cx;
use crate::understand::schema::untyped;
use crate::understand::select::Selection;

/// Returns `resource.method` for each `METHOD /path id`, in the same order. A `[]` at the end marks a response that is a list.
fn names(naming: &NameSettings, operations: &[&str]) -> Vec<String> {
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let is_list = operation.ends_with(" []");
        let mut words = operation.trim_end_matches(" []").split(' ');
        let method = words.next().unwrap().to_ascii_lowercase();
        let (path, id) = (words.next().unwrap(), words.next());
        let mut made = json!({ "responses": { "200": { "description": "", "content": {
            "application/json": { "schema": if is_list { "#/made/list" } else { "#/made/one" } } } } }, "tags": ["Things"] });
        if let Some(id) = id {
            made["operationId"] = id.into();
        }
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = made;
    }
    let root =
        json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": paths });
    let (mut report, mut schemas) = (Report::default(), IndexMap::default());
    schemas.insert(
        Pointer::canonical("#/made/one"),
        json!({ "type": "object" }),
    );
    schemas.insert(
        Pointer::canonical("#/made/list"),
        json!({ "type": "array" }),
    );
    let doc = Document::of(root, schemas, &mut report);
    let lost = untyped::lost(&doc);
    let mut cx = Cx::new(&doc, lost, &mut report);
    let mut all = paths::operations(&mut cx, &Selection::default());
    super::settle(&doc, naming, &mut all, cx.report);
    let shown = operations.iter().map(|operation| {
        let mut words = operation.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let mut found = all
            .iter()
            .filter(|it| it.key == path && it.method.as_str() == method);
        let method = &found.next().unwrap().methods[0];
        let resource = method.resource.clone().unwrap();
        [resource, method.name.iter().cloned().collect()]
            .concat()
            .join(".")
    });
    shown.collect()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let operations: Vec<&str> = cases.iter().map(|(operation, _)| *operation).collect();
    let expected: Vec<&str> = cases.iter().map(|(_, name)| *name).collect();
    assert_eq!(names(&NameSettings::default(), &operations), expected);
    // The order of operations in the document has no effect.
    let turned: Vec<&str> = operations.iter().rev().copied().collect();
    let mut names = names(&NameSettings::default(), &turned);
    names.reverse();
    assert_eq!(names, expected);
}

#[test]
fn the_verb_of_an_id_or_of_http_names_a_method() {
    check(&[
        ("GET /v1/files listFiles []", "files.list"),
        ("POST /v1/files", "files.create"),
        ("GET /v1/files/{id} getFile", "files.retrieve"),
        ("DELETE /v1/files/{id} deleteFile", "files.delete"),
        ("GET /v1/files/{id}/content downloadFile", "files.content"),
        ("POST /v1/batches/{id}/cancel cancelBatch", "batches.cancel"),
        ("PUT /v1/points upsert_points", "points.upsert"),
        (
            "POST /v1/points/search/batch searchBatch",
            "points.search_batch",
        ),
        ("GET /v1/users/me read_me", "users.me"),
        ("PATCH /v1/users/me update_me", "users.update_me"),
        ("GET /v1/settings listSettings", "settings.retrieve"),
        ("DELETE /v1/labels", "labels.delete_all"),
        ("POST /v1/search search []", "search"),
        ("GET /v1/health health", "health"),
        ("GET / root", "things.root"),
    ]);
}

#[test]
fn frameworks_name_nothing() {
    check(&[
        (
            "GET /projects list_projects_projects_get []",
            "projects.list",
        ),
        ("POST /users/{id}/copy post_users_id_copy", "users.copy"),
        ("PUT /apps/{id} AppController_rename", "apps.rename"),
        (
            "GET /orgs/{org}/repos repos/list-for-org []",
            "orgs.repos.list",
        ),
        (
            "PATCH /pets/{id} pets_partial_update",
            "pets.partial_update",
        ),
    ]);
}

#[test]
fn the_shorter_path_has_the_shorter_name() {
    check(&[
        ("GET /a/{id}", "a.retrieve"),
        ("GET /a/{id}/{rev}", "a.retrieve_by_rev"),
        ("GET /a/{id}/{rev}/x", "a.x.retrieve"),
        ("GET /issues/comments []", "issues.comments.list"),
        (
            "GET /issues/{n}/comments list-comments []",
            "issues.comments.list_for_issue",
        ),
        ("PUT /b/{id}", "b.update"),
        ("PATCH /b/{id}", "b.patch"),
        ("POST /c/{id}/cancel", "c.cancel"),
        ("GET /c/{id}/cancel", "c.retrieve_cancel"),
        ("GET /c/{id}/cancel/{x}", "c.retrieve_cancel_by_x"),
    ]);
}

#[test]
fn x_client_chooses_the_source() {
    let of = |source| NameSettings {
        source,
        prefix: vec!["eth".into()],
    };
    let operations = [
        "GET /eth/a/{id} users.profile.getOne",
        "GET /eth/b listAll",
        "GET /eth/c",
    ];
    assert_eq!(
        names(&of(NameSource::Ids), &operations),
        ["users.profile.get_one", "list_all", "c.retrieve"]
    );
    assert_eq!(
        names(&of(NameSource::Tags), &operations),
        ["things.get_one", "things.list_all", "c.retrieve"]
    );
    assert_eq!(
        names(&of(NameSource::Paths), &operations),
        ["a.retrieve", "b.retrieve", "c.retrieve"]
    );
}
