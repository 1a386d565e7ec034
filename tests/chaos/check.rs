//! What is promised of a call, checked against the record of the server.
//!
//! In: what the callers got, what the server got and sent. Out: broken promises, as texts. Not here: anything of the client but its
//! public types; the rules below are a second reading of its documentation.
//!
//! - A value is what the server sent to the last request of that call.
//! - An error is the one that the last fault explains, with the status and the request id if the head arrived.
//! - A call ends within its time limits.
//! - A `POST` whose reply was lost is not sent again, unless the call allows it.
//! - No call is repeated more often than its policy allows, and calls are repeated no less often unless the budget is spent or the
//!   deadline is near. All calls together do not spend more than the budget.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use openai_permissions::transport::TransportErrorKind;
use openai_permissions::{Error, TimeoutKind};
use serde_json::Value;

use super::calls::{Ended, LONGEST_DELAY, Method, Outcome, Planned};
use super::faults::{Attempt, Fault};

/// What a slow machine may add to a time limit.
const SLACK: Duration = Duration::from_secs(2);
/// The tokens of the budget, and what a retry costs.
const BUDGET: usize = 500;
const COST: usize = 5;

/// Whether a fault allows another attempt.
#[derive(PartialEq)]
enum Again {
    Never,
    /// At the cost of the budget.
    Paid,
    /// The server asks for it.
    Asked,
}

/// What was found.
pub struct Check<'a> {
    record: &'a BTreeMap<String, Vec<Attempt>>,
    pub violations: Vec<String>,
    /// The `POST`s whose reply was lost and that must not be sent again.
    pub lost_posts: usize,
    pub repeated_lost_posts: usize,
    /// The retries that the budget paid for, the tokens that successes returned, and the retries that it refused.
    paid: usize,
    returned: usize,
    pub refused: usize,
}

impl<'a> Check<'a> {
    pub fn of(ended: &[Ended], record: &'a BTreeMap<String, Vec<Attempt>>) -> Self {
        let mut this = Self {
            record,
            violations: Vec::new(),
            lost_posts: 0,
            repeated_lost_posts: 0,
            paid: 0,
            returned: 0,
            refused: 0,
        };
        let mut known = BTreeSet::new();
        for ended in ended {
            this.call(ended, &mut known);
        }
        for name in record.keys().filter(|name| !known.contains(*name)) {
            this.violations.push(format!("no call made {name}"));
        }
        if this.paid * COST > BUDGET + this.returned {
            let text = format!("{} retries are more than the budget", this.paid);
            this.violations.push(text);
        }
        if this.refused > 0 && this.paid * COST <= BUDGET - COST {
            let text = format!(
                "calls gave up, but only {} retries were paid for",
                this.paid
            );
            this.violations.push(text);
        }
        this
    }

    fn call(&mut self, ended: &Ended, known: &mut BTreeSet<String>) {
        let call = &ended.call;
        let mut wrong = Vec::new();
        let (mut items, mut last) = (Vec::new(), &[][..]);
        let mut name = Some(first(call));
        while let Some(next) = name.take() {
            last = self.record.get(&next).map_or(&[], Vec::as_slice);
            known.insert(next);
            self.repeats(call, last, &mut wrong);
            let page = last.last().filter(|last| last.fault.is_success());
            if let (Method::List, Some(page)) = (call.method, page) {
                items.extend(page.reply["data"].as_array().into_iter().flatten().cloned());
                let cursor = page.reply["last_id"]
                    .as_str()
                    .filter(|_| page.reply["has_more"] == true);
                name = cursor.map(|cursor| format!("{}?after={cursor}", first(call)));
                // A listing that was dropped, or ended by its deadline, has no next page.
                let is_there = |name: &String| self.record.contains_key(name);
                name = name.filter(|name| {
                    is_there(name) || matches!(ended.outcome, Outcome::Items(_, None))
                });
            }
        }
        self.outcome(ended, &items, last, &mut wrong);
        if ended.elapsed > call.limit() + SLACK && call.dropped.is_none() {
            wrong.push(format!("it took {:?}", ended.elapsed));
        }
        for text in wrong {
            let faults: Vec<Fault> = last.iter().map(|attempt| attempt.fault).collect();
            self.violations.push(format!(
                "{text}\n    {call:?}\n    {:?}\n    {:?} after {faults:?}",
                ended.elapsed, ended.outcome
            ));
        }
    }

    /// Checks the requests of a call: each but the last must have a reason to be repeated.
    fn repeats(&mut self, call: &Planned, attempts: &[Attempt], wrong: &mut Vec<String>) {
        let mut paid = 0;
        for (index, attempt) in attempts.iter().enumerate() {
            let is_last = index + 1 == attempts.len();
            let again = attempt.fault.again(call);
            if attempt.retry != index as u64 {
                wrong.push(format!(
                    "request {} says that it is retry {}",
                    index, attempt.retry
                ));
            }
            if attempt.fault.is_lost() && !call.is_repeatable() {
                self.lost_posts += 1;
                self.repeated_lost_posts += usize::from(!is_last);
            }
            if again == Again::Never && !is_last {
                wrong.push(format!("repeated after {:?}", attempt.fault));
            }
            paid += usize::from(!is_last && call.budget && again == Again::Paid);
            let key = call
                .idempotency_key
                .then(|| format!("key of {}", call.name));
            let body = match call.method {
                Method::Create => format!("{{\"project_ids\":[\"{}\"]}}", call.name),
                Method::Retrieve | Method::List | Method::Delete => String::new(),
            };
            if (&attempt.sent, &attempt.idempotency_key) != (&body, &key) {
                wrong.push(format!("another request was sent: {attempt:?}"));
            }
        }
        if attempts.len() > call.max_retries as usize + 1 {
            wrong.push(format!("{} requests", attempts.len()));
        }
        self.paid += paid;
        if attempts.last().is_some_and(|last| last.fault.is_success()) {
            self.returned += (paid * COST).max(1);
        }
    }

    fn outcome(
        &mut self,
        ended: &Ended,
        items: &[Value],
        attempts: &[Attempt],
        wrong: &mut Vec<String>,
    ) {
        let last = attempts.last();
        match &ended.outcome {
            Outcome::Hung => wrong.push("it does not end".into()),
            Outcome::Dropped => {}
            Outcome::Reply {
                value,
                attempts: count,
                request_id,
            } => match last {
                Some(last) if last.fault.is_success() => {
                    if *value != last.reply || request_id.as_deref() != Some(&last.request_id) {
                        wrong.push(format!("the server sent {}", last.reply));
                    }
                    if *count as usize != attempts.len() {
                        wrong.push(format!("{} attempts arrived", attempts.len()));
                    }
                }
                Some(_) | None => wrong.push("no reply arrived".into()),
            },
            Outcome::Items(values, None) => {
                if values != items || !last.is_some_and(|last| last.fault.is_success()) {
                    wrong.push(format!("the server sent {items:?}"));
                }
            }
            Outcome::Items(values, Some(error)) => {
                if !items.starts_with(values) {
                    wrong.push(format!("the server sent {items:?}"));
                }
                self.error(ended, attempts, error, wrong);
            }
            Outcome::Error(error) => self.error(ended, attempts, error, wrong),
        }
    }

    fn error(
        &mut self,
        ended: &Ended,
        attempts: &[Attempt],
        error: &Error,
        wrong: &mut Vec<String>,
    ) {
        let call = &ended.call;
        let is_near = |margin| {
            call.deadline
                .is_some_and(|deadline| ended.elapsed + margin >= deadline)
        };
        if timeout(error) == Some(TimeoutKind::Deadline) {
            // The last request may not have arrived.
            let counted = error.attempts() as usize;
            if !is_near(Duration::ZERO) || !(attempts.len()..=attempts.len() + 1).contains(&counted)
            {
                wrong.push("the deadline does not explain it".into());
            }
            return;
        }
        let Some(last) = attempts.last() else {
            return wrong.push("nothing arrived".into());
        };
        if error.attempts() as usize != attempts.len() {
            wrong.push(format!("{} attempts arrived", attempts.len()));
        }
        if !last.fault.explains(error) {
            wrong.push(format!("{:?} does not explain it", last.fault));
        }
        let status = error.status().map(|status| status.as_u16());
        let may_be_lost = last.fault == Fault::HalfBodyReset && status.is_none();
        let request_id = last.fault.status().map(|_| last.request_id.as_str());
        if (status, error.request_id()) != (last.fault.status(), request_id) && !may_be_lost {
            wrong.push(format!(
                "the head had {:?} and {request_id:?}",
                last.fault.status()
            ));
        }
        let message = error.api().and_then(|api| api.message());
        if matches!(last.fault, Fault::Status(_))
            && message != last.reply["error"]["message"].as_str()
        {
            wrong.push(format!("the server sent {}", last.reply));
        }
        // The number of attempts.
        let again = last.fault.again(call);
        let is_end = again == Again::Never || attempts.len() > call.max_retries as usize;
        if is_end || is_near(LONGEST_DELAY) {
            return;
        }
        match call.budget && again == Again::Paid {
            true => self.refused += 1,
            false => wrong.push("it gave up too early".into()),
        }
    }
}

/// The name of the first request of a call in the record.
fn first(call: &Planned) -> String {
    let path = format!("/v1/fine_tuning/checkpoints/{}/permissions", call.name);
    match call.method {
        Method::Retrieve | Method::List => format!("GET {path}"),
        Method::Create => format!("POST {path}"),
        Method::Delete => format!("DELETE {path}/cp"),
    }
}

fn timeout(error: &Error) -> Option<TimeoutKind> {
    match error {
        Error::Timeout(error) => Some(error.kind()),
        _ => None,
    }
}

impl Fault {
    fn is_success(self) -> bool {
        matches!(
            self,
            Self::None | Self::Late | Self::SlowBody | Self::HalfClosed
        )
    }

    /// Whether the request arrived, and its reply did not.
    fn is_lost(self) -> bool {
        match self {
            Self::Unanswered
            | Self::Closed
            | Self::Reset
            | Self::HalfHead
            | Self::HalfBody
            | Self::HalfBodyReset
            | Self::HalfChunks
            | Self::Stall
            | Self::Hang => true,
            Self::None
            | Self::Late
            | Self::SlowBody
            | Self::HalfClosed
            | Self::Status(_)
            | Self::HalfStatus(_)
            | Self::Delay(_)
            | Self::LongDelay(_) => false,
        }
    }

    fn again(self, call: &Planned) -> Again {
        match self {
            Self::Status(_) | Self::HalfStatus(_) => Again::Paid,
            Self::Delay(_) => Again::Asked,
            _ if self.is_lost() && call.is_repeatable() => Again::Paid,
            _ => Again::Never,
        }
    }

    fn explains(self, error: &Error) -> bool {
        let asked = error.retry_after();
        match (self, error) {
            (Self::Status(_) | Self::HalfStatus(_), Error::Api(_)) => asked.is_none(),
            (Self::Delay(_), Error::Api(_)) => asked == Some(Duration::from_millis(60)),
            (Self::LongDelay(_), Error::Api(_)) => asked == Some(Duration::from_secs(3600)),
            (Self::Hang, _) => timeout(error) == Some(TimeoutKind::Attempt),
            (Self::Stall, _) => {
                matches!(
                    timeout(error),
                    Some(TimeoutKind::Attempt | TimeoutKind::Stalled)
                )
            }
            (_, Error::Connection(error)) => {
                self.is_lost() && error.kind() == TransportErrorKind::Io
            }
            _ => false,
        }
    }
}
