//! Checks that the client sends the same requests as the official command line client, unless the fixture gives a reason.
//!
//! In: `fixtures/wire_cli.json`, whose notes explain its format. Out: a list of the cases that differ.

use std::collections::{BTreeMap, HashSet};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use tests::Answer;

use crate::setup::{CHECKPOINT, PERMISSIONS, Service};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    #[serde(rename = "notes")]
    _notes: Vec<String>,
    checkpoint: String,
    permissions: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    #[serde(default)]
    before: Vec<String>,
    args: Vec<String>,
    stdin: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, Option<String>>,
    answers: Option<Vec<Answer>>,
    exit: i32,
    headers: BTreeMap<String, Option<String>>,
    requests: Vec<Sent>,
    deviation: Option<Deviation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deviation {
    reason: String,
    requests: Option<Vec<Sent>>,
    headers: Option<BTreeMap<String, Option<String>>>,
}

/// Method, target and body.
type Sent = (String, String, String);

fn fixture() -> Fixture {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/wire_cli.json");
    let text = std::fs::read_to_string(path).expect("it is there");
    let soon = httpdate(SystemTime::now() + Duration::from_secs(2));
    let mut fixture: Fixture =
        serde_json::from_str(&text.replace("{date+2}", &soon)).expect("it is in this form");
    for case in &mut fixture.cases {
        let deviating = case
            .deviation
            .iter_mut()
            .filter_map(|it| it.requests.as_mut());
        let requests = deviating.flatten().chain(&mut case.requests);
        for (_, target, _) in requests {
            *target = in_order(&target.replace("{permissions}", &fixture.permissions));
        }
    }
    fixture
}

fn httpdate(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).expect("it is now");
    let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
    printer
        .timestamp_to_rfc9110_string(&time)
        .expect("it is in this millennium")
}

/// A target with its query parameters sorted by name, because their order has no meaning.
fn in_order(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    format!("{path}?{}", pairs.join("&"))
}

impl Case {
    fn requests(&self) -> &[Sent] {
        let deviating = self.deviation.as_ref().and_then(|it| it.requests.as_ref());
        deviating.unwrap_or(&self.requests)
    }

    fn headers(&self) -> &BTreeMap<String, Option<String>> {
        let deviating = self.deviation.as_ref().and_then(|it| it.headers.as_ref());
        deviating.unwrap_or(&self.headers)
    }

    /// The arguments of the process.
    fn arguments(&self, checkpoint: &str, origin: &str) -> Vec<String> {
        let fill = |text: &String| {
            text.replace("{checkpoint}", checkpoint)
                .replace("{origin}", origin)
        };
        let is_given = self
            .args
            .iter()
            .any(|it| it.contains("{checkpoint}") || it == "--fine-tuned-model-checkpoint");
        let mut arguments: Vec<String> = self.before.iter().map(fill).collect();
        arguments.push(PERMISSIONS.to_owned());
        arguments.extend(self.args.iter().map(fill));
        if !is_given {
            arguments.extend(["--fine-tuned-model-checkpoint", checkpoint].map(str::to_owned));
        }
        arguments
    }

    /// The difference from the expected result.
    fn run(&self, checkpoint: &str) -> Option<String> {
        let service = match &self.answers {
            Some(answers) => Service::answering(answers.clone()),
            None => Service::with_permissions(),
        };
        let arguments = self.arguments(checkpoint, &service.server.origin());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut command = service.run(&arguments);
        for (name, value) in &self.env {
            command = match value {
                Some(value) => command.env(name, value),
                None => command.without_env(name),
            };
        }
        if let Some(text) = &self.stdin {
            command = command.input(text);
        }
        let done = command.done();
        let requests = service.requests();
        let requests = requests
            .into_iter()
            .map(|(method, target, body)| (method, in_order(&target), body));
        let sent: Vec<Sent> = requests.collect();
        let first = service.server.requests().into_iter().next();
        let header = |name: &str| first.as_ref()?.header(name).map(str::to_owned);
        let found: BTreeMap<String, Option<String>> = match first {
            Some(_) => self
                .headers()
                .keys()
                .map(|name| (name.clone(), header(name)))
                .collect(),
            None => self.headers().clone(),
        };
        let as_expected =
            sent == self.requests() && found == *self.headers() && done.code == Some(self.exit);
        (!as_expected).then(|| format!("{}: sent {sent:#?} with {found:?}: {done:#?}\n", self.case))
    }
}

/// Runs several cases at a time, because most of the time is spent on starting processes and waiting for retries.
#[test]
fn requests_are_those_of_the_official_client() {
    let fixture = fixture();
    assert_eq!(fixture.checkpoint, CHECKPOINT);
    let left = Mutex::new(fixture.cases.iter());
    let wrong = Mutex::new(Vec::new());
    let next = || left.lock().expect("no thread panics").next();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(case) = next() {
                    let differences = case.run(&fixture.checkpoint);
                    wrong.lock().expect("no thread panics").extend(differences);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics");
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.concat()
    );
}

/// An exception that no longer applies fails the test, and each needs a reason.
#[test]
fn deviations_are_deviations() {
    let fixture = fixture();
    let mut names = HashSet::new();
    for case in &fixture.cases {
        let name = &case.case;
        assert!(names.insert(name), "{name} is there twice");
        if let Some(deviation) = &case.deviation {
            let differs = case.requests() != case.requests || *case.headers() != case.headers;
            assert!(differs, "{name} does not deviate");
            assert!(deviation.reason.ends_with('.'), "{name} has no reason");
        }
    }
    let requests: usize = fixture.cases.iter().map(|case| case.requests.len()).sum();
    assert!(
        requests >= 134,
        "134 requests were recorded, {requests} are left"
    );
}
