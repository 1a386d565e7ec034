//! A run: the server, the client, all calls at once, and a report.
//!
//! In: a seed, the number of calls. Out: [`Report`]. Not here: the faults, the calls and the promises.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use openai_permissions::{Client, Error};
use tests::FakeServer;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::calls::{Ended, Outcome, Planned, STALLED, TIMEOUT};
use super::check::Check;
use super::faults::{Attempt, Record};

/// The violations that are shown in full.
const SHOWN: usize = 5;

/// What came of a run.
pub struct Report {
    seed: u64,
    calls: usize,
    elapsed: Duration,
    connections: usize,
    late: Duration,
    requests: usize,
    faults: BTreeMap<String, usize>,
    outcomes: BTreeMap<String, usize>,
    lost_posts: usize,
    repeated_lost_posts: usize,
    refused: usize,
    retries: usize,
    pub violations: Vec<String>,
}

/// Makes the calls, and checks them.
pub fn run(seed: u64, calls: usize) -> io::Result<Report> {
    let start = Instant::now();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let made = runtime.block_on(all(seed, calls))?;
    Ok(report(seed, start.elapsed(), &made))
}

/// The calls, and what the server saw of them.
struct Made {
    ended: Vec<Ended>,
    record: BTreeMap<String, Vec<Attempt>>,
    connections: usize,
    late: Duration,
}

async fn all(seed: u64, calls: usize) -> io::Result<Made> {
    let server = FakeServer::start().await?;
    let record = Arc::new(Record::new(seed));
    let answering = record.clone();
    server.answering(move |request| answering.answer(request));
    let client = Client::builder()
        .base_url(server.base_url())
        .admin_api_key("sk-admin-chaos")
        .timeout(TIMEOUT)
        .min_throughput(64, STALLED)
        .build()
        .map_err(io::Error::other)?;
    let permissions = client.fine_tuning().checkpoints().permissions();
    let (stop, stopped) = oneshot::channel();
    let late = tokio::spawn(longest_delay(stopped));
    let made: Vec<_> = (0..calls)
        .map(|index| tokio::spawn(Planned::draw(seed, index).make(permissions.clone())))
        .collect();
    let mut ended = Vec::with_capacity(calls);
    for call in made {
        ended.push(call.await?);
    }
    drop(stop);
    Ok(Made {
        ended,
        record: record.close(&server.unanswered()),
        connections: server.connections(),
        late: late.await?,
    })
}

/// Measures how late timers are, until the end of the run: a machine that is too slow breaks promises, too.
async fn longest_delay(mut stopped: oneshot::Receiver<()>) -> Duration {
    let step = Duration::from_millis(20);
    let mut longest = Duration::ZERO;
    loop {
        let start = Instant::now();
        if timeout(step, &mut stopped).await.is_ok() {
            return longest;
        }
        longest = longest.max(start.elapsed().saturating_sub(step));
    }
}

fn report(seed: u64, elapsed: Duration, made: &Made) -> Report {
    let Made { ended, record, .. } = made;
    let check = Check::of(ended, record);
    let mut report = Report {
        seed,
        calls: ended.len(),
        elapsed,
        connections: made.connections,
        late: made.late,
        requests: 0,
        faults: BTreeMap::new(),
        outcomes: BTreeMap::new(),
        lost_posts: check.lost_posts,
        repeated_lost_posts: check.repeated_lost_posts,
        refused: check.refused,
        retries: 0,
        violations: check.violations,
    };
    for attempts in record.values() {
        report.requests += attempts.len();
        report.retries += attempts.iter().filter(|attempt| attempt.retry > 0).count();
        for attempt in attempts {
            *report
                .faults
                .entry(format!("{:?}", attempt.fault))
                .or_default() += 1;
        }
    }
    for ended in ended {
        *report.outcomes.entry(label(&ended.outcome)).or_default() += 1;
    }
    report
}

fn label(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Reply { .. } | Outcome::Items(_, None) => "right result".into(),
        Outcome::Dropped => "dropped by the caller".into(),
        Outcome::Hung => "hang".into(),
        Outcome::Error(error) | Outcome::Items(_, Some(error)) => match error {
            Error::Api(error) => format!("error {}", error.status().as_u16()),
            Error::Connection(error) => format!("connection error {:?}", error.kind()),
            Error::Timeout(error) => format!("timeout {:?}", error.kind()),
            error => format!("{error:?}"),
        },
    }
}

impl Report {
    /// The number of requests that repeated another one.
    #[allow(dead_code, reason = "the command only prints")]
    pub fn repeated(&self) -> usize {
        self.retries
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let elapsed = self.elapsed.as_secs_f64();
        writeln!(
            f,
            "seed {}: {} calls in {elapsed:.1} s; timers were up to {:.2} s late",
            self.seed,
            self.calls,
            self.late.as_secs_f64()
        )?;
        writeln!(
            f,
            "  {} requests on {} connections, {} of them repeated; the budget refused {}",
            self.requests, self.connections, self.retries, self.refused
        )?;
        for (what, counts) in [("server", &self.faults), ("caller", &self.outcomes)] {
            let counts: Vec<String> = counts
                .iter()
                .map(|(name, count)| format!("{name} {count}"))
                .collect();
            writeln!(f, "  {what}: {}", counts.join(", "))?;
        }
        writeln!(
            f,
            "  lost POSTs that must not be repeated: {}, repeated: {}",
            self.lost_posts, self.repeated_lost_posts
        )?;
        write!(f, "  broken promises: {}", self.violations.len())?;
        for violation in self.violations.iter().take(SHOWN) {
            write!(f, "\n  - {violation}")?;
        }
        Ok(())
    }
}
