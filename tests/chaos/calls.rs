//! The calls: what each one asks for, and what came of it.
//!
//! In: a seed, and a client. Out: values and errors, as the caller got them. Not here: whether they are right (see `check`).

use std::time::Duration;

use openai_permissions::fine_tuning::checkpoints::permissions::Permissions;
use openai_permissions::{CallOptions, Error, Response, Result, RetryPolicy};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::faults::{PAGES, Random};

/// The time limit of an attempt. A slow machine needs some of it for attempts that do not fail.
pub const TIMEOUT: Duration = Duration::from_secs(8);
/// The time after which a body has stalled.
pub const STALLED: Duration = Duration::from_secs(5);
/// The deadline of some calls.
const DEADLINE: Duration = Duration::from_secs(10);
/// The longest delay between two attempts, with the share that is added at random.
pub const LONGEST_DELAY: Duration = Duration::from_millis(120);

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    Retrieve,
    List,
    Create,
    Delete,
}

/// A call with its settings.
#[derive(Clone, Debug)]
pub struct Planned {
    pub method: Method,
    /// The checkpoint that the call is about, and no other one.
    pub name: String,
    pub idempotency_key: bool,
    pub retry_non_idempotent: bool,
    pub max_retries: u32,
    pub budget: bool,
    pub deadline: Option<Duration>,
    /// The time after which the caller loses interest, and drops the call.
    pub dropped: Option<Duration>,
}

/// What came of a call.
pub struct Ended {
    pub call: Planned,
    pub elapsed: Duration,
    pub outcome: Outcome,
}

/// What the caller got.
#[derive(Debug)]
pub enum Outcome {
    Reply {
        value: Value,
        attempts: u32,
        request_id: Option<String>,
    },
    /// The items of a listing, and the error that ended it.
    Items(Vec<Value>, Option<Error>),
    Error(Error),
    Dropped,
    /// The call did not end.
    Hung,
}

impl Planned {
    pub fn draw(seed: u64, index: usize) -> Self {
        let mut random = Random::new(seed, &format!("call {index}"));
        let (method, name) = match random.below(10) {
            0..2 => (Method::Retrieve, "retrieve"),
            2..4 => (Method::List, "list"),
            4..8 => (Method::Create, "create"),
            _ => (Method::Delete, "delete"),
        };
        let mut one_in = |count| random.below(count) == 0;
        Self {
            method,
            name: format!("{name}-{index}"),
            idempotency_key: method == Method::Create && one_in(4),
            retry_non_idempotent: one_in(8),
            budget: !one_in(3),
            deadline: one_in(5).then_some(DEADLINE),
            dropped: one_in(12).then_some(Duration::from_millis(250)),
            max_retries: random.below(4) as u32,
        }
    }

    /// Whether a request may be sent again although it may have been processed.
    pub fn is_repeatable(&self) -> bool {
        self.method != Method::Create || self.idempotency_key || self.retry_non_idempotent
    }

    /// The time after which the call must have ended.
    pub fn limit(&self) -> Duration {
        let attempts = TIMEOUT * (self.max_retries + 1) + LONGEST_DELAY * self.max_retries;
        let one = self
            .deadline
            .map_or(attempts, |deadline| deadline.min(attempts));
        let pages = if self.method == Method::List {
            PAGES
        } else {
            1
        };
        one * pages as u32
    }

    fn options(&self) -> CallOptions {
        let policy = RetryPolicy::new()
            .max_retries(self.max_retries)
            .initial_delay(Duration::from_millis(20))
            .max_delay(LONGEST_DELAY)
            .budget(self.budget)
            .retry_non_idempotent(self.retry_non_idempotent);
        let mut options = CallOptions::new().retry(policy);
        if self.idempotency_key {
            options = options.idempotency_key(format!("key of {}", self.name));
        }
        match self.deadline {
            Some(deadline) => options.deadline(deadline),
            None => options,
        }
    }

    /// Makes the call.
    pub async fn make(self, permissions: Permissions) -> Ended {
        let start = Instant::now();
        let (limit, or) = match self.dropped {
            Some(dropped) => (dropped, Outcome::Dropped),
            None => (2 * self.limit() + Duration::from_secs(10), Outcome::Hung),
        };
        let outcome = tokio::time::timeout(limit, self.outcome(&permissions)).await;
        Ended {
            outcome: outcome.unwrap_or(or),
            elapsed: start.elapsed(),
            call: self,
        }
    }

    async fn outcome(&self, permissions: &Permissions) -> Outcome {
        let (name, options) = (&self.name, self.options());
        match self.method {
            Method::Retrieve => whole(
                permissions
                    .retrieve(name)
                    .options(options)
                    .with_response()
                    .await,
            ),
            Method::Create => {
                let call = permissions.create(name, [name]).options(options);
                whole(call.with_response().await)
            }
            Method::Delete => {
                let call = permissions.delete(name, "cp").options(options);
                whole(call.with_response().await)
            }
            Method::List => {
                let mut items = permissions.list(name).options(options).items();
                let mut values = Vec::new();
                while let Some(item) = items.next().await {
                    match item {
                        Ok(item) => values.push(json!(item)),
                        Err(error) => return Outcome::Items(values, Some(error)),
                    }
                }
                Outcome::Items(values, None)
            }
        }
    }
}

fn whole<T: Serialize>(result: Result<Response<T>>) -> Outcome {
    match result {
        Ok(response) => Outcome::Reply {
            attempts: response.attempts(),
            request_id: response.request_id().map(str::to_owned),
            value: json!(response.into_inner()),
        },
        Err(error) => Outcome::Error(error),
    }
}
