//! Checks that the client sends the same requests as the official clients, unless the fixture gives a reason.
//!
//! In: `fixtures/wire.json`, whose notes explain its format. Out: a list of the cases that differ. Cases with scripted answers run
//! on the mock transport with a paused clock. If they take no time, they run on sockets, too.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use openai_permissions::testing::{MockReply, MockTransport};
use openai_permissions::transport::TransportErrorKind;
use openai_permissions::types::Order;
use openai_permissions::{CallOptions, Client, ClientBuilder, Result, RetryPolicy};
use serde::Deserialize;
use serde_json::{Map, Value};
use tests::fake::{Delivery, Reply};
use tests::{Answer, FakeServer};

const ORIGIN: &str = "https://fake.test";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    #[serde(rename = "notes")]
    _notes: Vec<String>,
    checkpoint: String,
    permissions: String,
    cases: Vec<Case>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    like: Like,
    other: Option<String>,
    calls: Vec<Call>,
    #[serde(default)]
    client: Settings,
    #[serde(default)]
    options: Options,
    answers: Option<Vec<Answer>>,
    #[serde(default)]
    headers: Map<String, Value>,
    requests: Vec<Sent>,
    deviation: Option<Deviation>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
enum Like {
    #[serde(rename = "both")]
    Both,
    #[serde(rename = "openai-python")]
    Python,
    #[serde(rename = "openai-node")]
    Node,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deviation {
    reason: String,
    requests: Vec<Sent>,
}

/// Method, target and body.
type Sent = (String, String, String);

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    method: Method,
    #[serde(default)]
    read: Read,
    checkpoint: Option<String>,
    permission_id: Option<String>,
    project_ids: Option<Vec<String>>,
    after: Option<String>,
    limit: Option<i64>,
    order: Option<String>,
    project_id: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Method {
    Retrieve,
    List,
    Create,
    Delete,
}

/// The part of a call's result that a case awaits.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Read {
    #[default]
    Page,
    Response,
    Items,
    Pages,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    base_path: Option<String>,
    max_retries: Option<u32>,
    timeout_ms: Option<u64>,
    organization: Option<String>,
    project: Option<String>,
    headers: Vec<(String, String)>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Options {
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    remove_headers: Vec<String>,
    body: Map<String, Value>,
    max_retries: Option<u32>,
    timeout_ms: Option<u64>,
}

fn fixture() -> Fixture {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/wire.json"))
        .expect("it is there");
    let mut fixture: Fixture =
        serde_json::from_str(&with_dates(&text)).expect("it is in the form of the types above");
    for case in &mut fixture.cases {
        let deviating = case
            .deviation
            .iter_mut()
            .flat_map(|deviation| &mut deviation.requests);
        for (_, target, _) in case.requests.iter_mut().chain(deviating) {
            *target = target.replace("{permissions}", &fixture.permissions);
        }
    }
    fixture
}

/// `{date+2}` stands for the HTTP date two seconds from now.
fn with_dates(text: &str) -> String {
    let mut pieces = text.split("{date");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (seconds, rest) = piece.split_once('}').expect("a placeholder ends");
        let seconds: i64 = seconds
            .parse()
            .expect("a placeholder holds a number of seconds");
        let then = Timestamp::from_second(Timestamp::now().as_second() + seconds)
            .expect("it is a few hours off");
        out += &DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&then)
            .expect("it is in this millennium");
        out += rest;
    }
    out
}

impl Case {
    /// The requests that the client must send.
    fn expected(&self) -> &[Sent] {
        self.deviation
            .as_ref()
            .map_or(&self.requests, |deviation| &deviation.requests)
    }

    /// Returns true if time passes: between two requests, or until a timeout.
    fn takes_time(&self) -> bool {
        let failed = |answer: &Answer| match &answer.reply {
            Some(reply) => reply.status >= 400 || answer.delivery != Delivery::Whole,
            None => answer.delivery != Delivery::Whole,
        };
        let retries = self.expected().len() > 1 && self.answers.iter().flatten().any(failed);
        retries || self.client.timeout_ms.is_some() || self.options.timeout_ms.is_some()
    }

    fn client(&self, origin: &str, prepare: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        let settings = &self.client;
        let base = format!("{origin}{}", settings.base_path.as_deref().unwrap_or("/v1"));
        let mut builder = Client::builder().base_url(base).admin_api_key("sk-admin");
        if let Some(max_retries) = settings.max_retries {
            builder = builder.retry(RetryPolicy::new().max_retries(max_retries));
        }
        if let Some(timeout) = settings.timeout_ms {
            builder = builder.timeout(Duration::from_millis(timeout));
        }
        if let Some(organization) = &settings.organization {
            builder = builder.organization(organization);
        }
        if let Some(project) = &settings.project {
            builder = builder.project(project);
        }
        for (name, value) in &settings.headers {
            builder = builder.header(name, value);
        }
        prepare(builder).build().expect("the settings are valid")
    }

    fn options(&self) -> CallOptions {
        let given = &self.options;
        let mut options = CallOptions::new();
        for (name, value) in &given.query {
            options = options.query(name, value);
        }
        for (name, value) in &given.headers {
            options = options.header(name, value);
        }
        for name in &given.remove_headers {
            options = options.remove_header(name);
        }
        for (name, value) in &given.body {
            options = options.body(name, value.clone());
        }
        if let Some(max_retries) = given.max_retries {
            options = options.max_retries(max_retries);
        }
        if let Some(timeout) = given.timeout_ms {
            options = options.timeout(Duration::from_millis(timeout));
        }
        options
    }

    /// Makes the calls. Their results are not checked here.
    async fn run(&self, client: &Client, checkpoint: &str) {
        for call in &self.calls {
            let checkpoint = call.checkpoint.as_deref().unwrap_or(checkpoint);
            let _ = call.run(client, checkpoint, self.options()).await;
        }
    }
}

/// Sets the optional parameters that `retrieve` and `list` have in common.
macro_rules! with_parameters {
    ($call:ident, $given:ident) => {{
        // Not in the order of the document, because the order of requests does not depend on it.
        if let Some(project_id) = &$given.project_id {
            $call = $call.project_id(project_id);
        }
        if let Some(order) = &$given.order {
            $call = $call.order(Order::from(order.as_str()));
        }
        if let Some(limit) = $given.limit {
            $call = $call.limit(limit);
        }
        if let Some(after) = &$given.after {
            $call = $call.after(after);
        }
        $call
    }};
}

/// Awaits the requested part of a call's result.
macro_rules! read {
    ($call:expr, $read:expr) => {
        match $read {
            Read::Page => drop($call.await?),
            Read::Response => drop($call.with_response().await?),
            Read::Items => drop($call.items().try_collect().await?),
            Read::Pages => drop($call.pages().try_collect().await?),
        }
    };
}

impl Call {
    async fn run(&self, client: &Client, checkpoint: &str, options: CallOptions) -> Result<()> {
        let permissions = client.fine_tuning().checkpoints().permissions();
        match self.method {
            Method::Retrieve => {
                let mut call = permissions.retrieve(checkpoint).options(options);
                call = with_parameters!(call, self);
                match self.read {
                    Read::Response => drop(call.with_response().await?),
                    Read::Page | Read::Items | Read::Pages => drop(call.await?),
                }
            }
            Method::List => {
                let mut call = permissions.list(checkpoint).options(options);
                call = with_parameters!(call, self);
                read!(call, self.read);
            }
            Method::Create => {
                let projects = self.project_ids.clone().unwrap_or_default();
                read!(
                    permissions.create(checkpoint, projects).options(options),
                    self.read
                );
            }
            Method::Delete => {
                let id = self.permission_id.as_deref().unwrap_or_default();
                permissions.delete(checkpoint, id).options(options).await?;
            }
        }
        Ok(())
    }
}

/// A scripted answer for the mock transport.
fn mock_reply(answer: &Answer) -> MockReply {
    let Reply {
        status,
        headers,
        body,
        ..
    } = answer.reply.clone().unwrap_or_else(|| Reply::error(500));
    let mut reply = MockReply::status(status);
    for (name, value) in &headers {
        reply = reply.header(name, value);
    }
    match answer.delivery {
        Delivery::Whole | Delivery::RepeatCursor | Delivery::HalfClosed => reply.body(body),
        Delivery::Late(delay) => reply.body(body).after(delay),
        // So slow that the call times out.
        Delivery::Slow { chunk, .. } => reply.body(body[..chunk].to_vec()).stalled(),
        Delivery::Truncated(at) | Delivery::Cut(at) => reply.body(body[..at].to_vec()).broken(),
        Delivery::Closed | Delivery::Reset | Delivery::HalfHead => {
            MockReply::error(TransportErrorKind::Io)
        }
        Delivery::Silence => MockReply::never(),
    }
}

/// A line for each request that differs from the expected one.
fn differences(case: &Case, sent: &[Sent]) -> Option<String> {
    if sent == case.expected() {
        return None;
    }
    let show = |list: &[Sent]| {
        list.iter()
            .map(|(m, t, b)| format!("    {m} {t} {b}\n"))
            .collect::<String>()
    };
    Some(format!(
        "{}\n  expected:\n{}  sent:\n{}",
        case.case,
        show(case.expected()),
        show(sent)
    ))
}

fn missing_header(case: &Case, header: impl Fn(&str) -> Option<String>) -> Option<String> {
    let differs = |(name, value): &(&String, &Value)| header(name).as_deref() != value.as_str();
    let (name, value) = case.headers.iter().find(differs)?;
    Some(format!(
        "{}\n  header {name}: {value} expected, {:?} sent\n",
        case.case,
        header(name)
    ))
}

fn assert_none(differences: &[String]) {
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.concat()
    );
}

#[tokio::test(start_paused = true)]
async fn scripted_cases_on_the_mock_transport() {
    let fixture = fixture();
    let mut wrong = Vec::new();
    for case in fixture.cases.iter().filter(|case| case.answers.is_some()) {
        let mock = MockTransport::new();
        for answer in case.answers.iter().flatten() {
            mock.reply(mock_reply(answer));
        }
        let client = case.client(ORIGIN, |builder| builder.transport(mock.clone()));
        case.run(&client, &fixture.checkpoint).await;
        let mut sent = Vec::new();
        for request in mock.requests() {
            let target = request
                .uri()
                .path_and_query()
                .map_or("", |target| target.as_str())
                .to_owned();
            let body = String::from_utf8(request.body().to_vec()).expect("bodies are text");
            sent.push((request.method().to_string(), target, body));
            let header = |name: &str| Some(request.headers().get(name)?.to_str().ok()?.to_owned());
            wrong.extend(missing_header(case, header));
        }
        wrong.extend(differences(case, &sent));
    }
    assert_none(&wrong);
}

#[tokio::test]
async fn cases_that_take_no_time_on_sockets() {
    let fixture = fixture();
    let mut running = tokio::task::JoinSet::new();
    for case in fixture.cases.into_iter().filter(|case| !case.takes_time()) {
        let checkpoint = fixture.checkpoint.clone();
        running.spawn(async move { on_sockets(&case, &checkpoint).await });
    }
    let wrong: Vec<String> = running.join_all().await.concat();
    assert_none(&wrong);
}

async fn on_sockets(case: &Case, checkpoint: &str) -> Vec<String> {
    let server = FakeServer::start().await.expect("loopback has a free port");
    let projects: Vec<String> = (0..25)
        .map(|number| format!("proj_0{}", number % 5))
        .collect();
    server.grant(checkpoint, projects.iter().map(String::as_str));
    for answer in case.answers.iter().flatten() {
        server.next(answer.clone());
    }
    case.run(
        &case.client(&server.origin(), |builder| builder),
        checkpoint,
    )
    .await;
    let requests = server.requests();
    let sent: Vec<Sent> = requests
        .iter()
        .map(|r| (r.method.clone(), r.target.clone(), r.text()))
        .collect();
    let headers = requests
        .iter()
        .filter_map(|r| missing_header(case, |name| r.header(name).map(str::to_owned)));
    headers.chain(differences(case, &sent)).collect()
}

/// An exception that no longer applies fails the test, and each needs a reason.
#[test]
fn deviations_are_deviations() {
    let fixture = fixture();
    let mut names = HashSet::new();
    for case in &fixture.cases {
        let name = &case.case;
        assert!(names.insert(name), "{name} is there twice");
        assert!(
            case.like != Like::Both || case.other.is_none(),
            "{name}: where both agree, none is the other"
        );
        if let Some(deviation) = &case.deviation {
            assert_ne!(deviation.requests, case.requests, "{name} does not deviate");
            assert!(deviation.reason.ends_with('.'), "{name} has no reason");
        }
    }
    let both = fixture
        .cases
        .iter()
        .filter(|case| case.like == Like::Both)
        .count();
    assert!(
        both >= 117,
        "the recordings agree in 117 cases, {both} are left"
    );
}
