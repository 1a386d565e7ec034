//! Calls every operation of a FastAPI application, against a recording of it.
//!
//! In: `openapi.json` and `recording.json`. Out: requests that equal the recorded ones, and decoded replies. `app.py` is the
//! application; CONTRIBUTING.md says how to record it again.

mod tape;

use fixture::auth::token::LoginError;
use fixture::projects::CreateError;
use fixture::types::{
    CursorPageAnnotatedUnionTaskRequiredTrueDiscriminatorKindData as Event, GeoPoint, HookEvents,
    ListProjectsFilter as Filter, ListProjectsSort as Sort, NearQuery, Priority,
    ProjectMetadata as Metadata, ProjectStatus, ReportJobState, ReportRequestFormat, SearchHitItem,
    SortOrder, TextQuery,
};
use fixture::{ApiErrorKind, Client, Error, FilePart, Result, RetryPolicy};
use serde_json::Value;
use tape::Tape;

const USER: &str = "11111111-1111-4111-8111-111111111111";

fn client(tape: &Tape) -> Client {
    builder(tape).api_key_header("key").build().unwrap()
}

fn builder(tape: &Tape) -> fixture::ClientBuilder {
    let builder = Client::builder()
        .transport(tape.clone())
        .base_url(tape.base_url());
    builder.retry(RetryPolicy::none())
}

#[tokio::test]
async fn every_operation() -> Result<()> {
    let tape = Tape::new(include_str!("recording.json"));
    let client = client(&tape);
    auth(&tape).await?;
    users(&client).await?;
    projects(&client).await?;
    tasks(&client).await?;
    files(&client).await?;
    reports(&client).await?;
    events(&client).await?;
    search(&client).await?;
    hooks(&client).await?;
    assert_eq!(client.health().await?, "ok");
    refusals(&tape).await;

    let called = tape.end();
    let document: Value = serde_json::from_str(include_str!("openapi.json")).unwrap();
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let is_it = |(verb, target): &(String, String)| {
                verb.eq_ignore_ascii_case(method) && fits(path, target)
            };
            assert!(called.iter().any(is_it), "{method} {path} is not called");
            operations += 1;
        }
    }
    assert_eq!(operations, 27);
    Ok(())
}

/// Returns true if the path of a request matches a template.
fn fits(template: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap();
    let (wanted, found) = (template.split('/'), path.split('/'));
    wanted.clone().count() == found.clone().count()
        && wanted
            .zip(found)
            .all(|(wanted, found)| wanted == found || wanted.starts_with('{'))
}

async fn auth(tape: &Tape) -> Result<()> {
    let client = builder(tape).build()?;
    let login = client
        .auth()
        .token()
        .login("secret", "me")
        .grant_type("password")
        .scope("projects:read");
    let token = login.await?;
    assert_eq!(
        (token.access_token.as_str(), token.expires_in),
        ("tok", Some(3600))
    );
    let wrong = client
        .auth()
        .token()
        .login("wrong", "me")
        .grant_type("password")
        .await
        .unwrap_err();
    let problem = wrong.api().unwrap();
    assert_eq!(problem.kind(), ApiErrorKind::BadRequest);
    assert_eq!(problem.message(), Some("Wrong password"));
    let Ok(LoginError::BadRequest(problem)) = problem.decode() else {
        panic!("{problem:?}")
    };
    assert_eq!(
        (problem.title.as_str(), problem.status),
        ("Bad request", 400)
    );
    let refreshed = client
        .auth()
        .refresh(token.refresh_token.unwrap())
        .await?;
    assert_eq!(refreshed.token_type.unwrap(), "bearer");
    let bearer = builder(tape)
        .oauth2_password_bearer(refreshed.access_token)
        .build()?;
    assert_eq!(bearer.users().me().await?.email, "u1@example.com");
    Ok(())
}

async fn users(client: &Client) -> Result<()> {
    let users = client.users();
    let found = users
        .list()
        .limit(2)
        .q("u")
        .order(SortOrder::Desc)
        .items()
        .try_collect()
        .await?;
    assert_eq!(found.len(), 5);
    assert_eq!(found[4].email, "u5@example.com");
    let made = users
        .create("new@example.com", "long enough")
        .display_name("Zoë")
        .with_response()
        .await?;
    assert_eq!(made.status(), 201);
    assert_eq!(made.headers()["location"], "/users/1");
    assert_eq!(made.email, "new@example.com");
    // A request tells an absent property, null and a value apart.
    let changed = users.update_me().display_name("Ada").phone_null().await?;
    assert_eq!(changed.display_name.as_deref(), Some("Ada"));
    assert_eq!(changed.phone, None);
    let avatar = FilePart::from(vec![0xFF, 0xD8, 0xFF])
        .file_name("me.jpg")
        .content_type("image/jpeg");
    users.avatar().set(USER, avatar).await?;
    users.delete(USER).await
}

async fn projects(client: &Client) -> Result<()> {
    let projects = client.projects();
    let filter = Filter::new().owner("me & you").tag(["a", "b"]);
    let list = projects
        .list()
        .status([ProjectStatus::Active, ProjectStatus::OnHold])
        .filter(filter);
    let found = list
        .sort(Sort::MinusCreatedAt)
        .limit(3)
        .x_request_source("test")
        .items()
        .try_collect()
        .await?;
    assert_eq!(
        found.iter().map(|project| project.id).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6, 7]
    );
    assert_eq!(found[1].status, ProjectStatus::OnHold);
    let metadata = [
        ("floors".into(), Metadata::Integer(3)),
        ("height".into(), Metadata::Number(7.5)),
    ];
    let made = projects
        .create("Bridge")
        .location(GeoPoint::new((8.5, 47.4)))
        .tags(["steel"])
        .metadata(metadata.into());
    let made = made.await?;
    assert_eq!(
        (made.id, made.tags.unwrap()),
        (99, vec!["steel".to_owned()])
    );
    assert_eq!(made.location.unwrap().coordinates, (8.5, 47.4));
    assert_eq!(made.metadata.unwrap()["height"], Metadata::Number(7.5));
    let twice = projects.create("dup").await.unwrap_err();
    assert_eq!(twice.api().unwrap().kind(), ApiErrorKind::Conflict);
    assert_eq!(projects.retrieve(7).await?.id, 7);
    let missing = projects.retrieve(101).await.unwrap_err();
    assert_eq!(missing.api().unwrap().message(), Some("No such project"));
    let changed = projects
        .update(1)
        .name("Tunnel")
        .location_null()
        .tags(["deep"])
        .await?;
    assert_eq!(
        (changed.name.as_str(), changed.location),
        ("Tunnel", None)
    );
    projects.delete(1).await
}

async fn tasks(client: &Client) -> Result<()> {
    let tasks = client.projects().tasks();
    let found = tasks
        .list(1)
        .page_size(4)
        .priority(Priority::Value2)
        .done(false)
        .items()
        .try_collect()
        .await?;
    assert_eq!(found.len(), 11);
    assert_eq!(found[10].title, "Task 11");
    let made = tasks
        .create(1, "Survey")
        .due("2026-12-01")
        .priority(Priority::Value3)
        .idempotency_key("k1")
        .await?;
    assert_eq!(
        (made.due, made.priority),
        (Some("2026-12-01".into()), Some(Priority::Value3))
    );
    let done = client.tasks().update(1).done(true).await?;
    assert_eq!((done.id, done.done), (1, Some(true)));
    Ok(())
}

async fn files(client: &Client) -> Result<()> {
    let text = FilePart::from("a,b\n1,2\n")
        .file_name("rows.csv")
        .content_type("text/csv");
    let image = FilePart::from(vec![0, 1, 2, 255]).file_name("dot.png");
    let made = client
        .projects()
        .files()
        .upload(1, [text, image])
        .note("Two files")
        .public(true)
        .await?;
    let told = made
        .iter()
        .map(|file| (file.name.as_str(), file.size, file.content_type.as_str()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("rows.csv", 8, "text/csv"), ("dot.png", 4, "image/png")]
    );
    let content = client.files().content(USER).await?;
    assert_eq!(content.content_type(), Some("application/octet-stream"));
    assert_eq!(content.bytes().await?, vec![0; 1000]);
    Ok(())
}

async fn reports(client: &Client) -> Result<()> {
    let job = client
        .reports()
        .request(1)
        .format(ReportRequestFormat::Docx)
        .sections(["Costs"])
        .with_response()
        .await?;
    assert_eq!(
        (job.status().as_u16(), job.state.clone()),
        (202, ReportJobState::Queued)
    );
    let job = client.reports().retrieve(&job.id).await?;
    assert_eq!(job.state, ReportJobState::Done);
    let report = client.reports().pdf().download(job.id).await?;
    assert_eq!(report.bytes().await?, "%PDF-1.7 ...");
    Ok(())
}

async fn events(client: &Client) -> Result<()> {
    let page = client
        .events()
        .list()
        .kind(["task.done", "task.created"])
        .since("2026-01-01T00:00:00Z")
        .await?;
    let [
        Event::TaskCreated(made),
        Event::TaskDone(done),
        Event::ProjectArchived(archived),
    ] = &page.data[..]
    else {
        panic!("{page:?}")
    };
    assert_eq!((made.task.id, done.task_id, archived.project_id), (1, 1, 1));
    let mut stream = client.events().stream().last_event_id("e0").await?;
    let mut tasks = Vec::new();
    while let Some(event) = stream.next().await {
        tasks.push(event?.data.task_id);
    }
    assert_eq!(tasks, [0, 1, 2]);
    Ok(())
}

async fn search(client: &Client) -> Result<()> {
    let hits = client
        .search(TextQuery::new("bridge"))
        .limit(5)
        .await?;
    let [one, other] = &hits[..] else {
        panic!("{hits:?}")
    };
    let (SearchHitItem::Project(project), SearchHitItem::Task(task)) = (&one.item, &other.item)
    else {
        panic!("{hits:?}")
    };
    assert_eq!(
        (project.name.as_str(), task.title.as_str()),
        ("Project 1", "Task 1")
    );
    let near = NearQuery::new(GeoPoint::new((8.5, 47.4))).radius_m(250.0);
    assert_eq!(client.search(near).await?.len(), 2);
    Ok(())
}

async fn hooks(client: &Client) -> Result<()> {
    assert!(client.hooks().list().await?.is_empty());
    let made = client
        .hooks()
        .create([HookEvents::TaskDone], "https://example.com/hook")
        .await?;
    assert_eq!(made.url, "https://example.com/hook");
    Ok(())
}

/// Calls that the application rejects.
async fn refusals(tape: &Tape) {
    let client = builder(tape).api_key_header("wrong").build().unwrap();
    let refused = client.projects().list().await.unwrap_err();
    assert_eq!(refused.api().unwrap().kind(), ApiErrorKind::Authentication);
    assert_eq!(
        refused.api().unwrap().message(),
        Some("Send a token or a key")
    );
    let empty = self::client(tape).projects().create("").await.unwrap_err();
    let error = empty.api().unwrap();
    assert_eq!(error.kind(), ApiErrorKind::UnprocessableEntity);
    assert_eq!(
        error.message(),
        Some("body.name: String should have at least 1 character")
    );
    let Ok(CreateError::UnprocessableEntity(invalid)) = error.decode() else {
        panic!("{error:?}")
    };
    assert_eq!(invalid.detail.unwrap()[0].r#type, "string_too_short");
    let none = builder(tape)
        .build()
        .unwrap()
        .projects()
        .list()
        .await
        .unwrap_err();
    assert!(matches!(none, Error::MissingCredentials { .. }), "{none:?}");
}
