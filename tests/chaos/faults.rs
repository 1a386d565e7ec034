//! What the server does wrong, and its own record of it.
//!
//! In: a seed, and requests. Out: answers, and for each request what was sent. Not here: sockets (see `tests::fake`), the client.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tests::fake::{Delivery, Reply};
use tests::{Answer, Recorded};

/// The pages of a listing.
pub const PAGES: usize = 3;

/// A generator of numbers (SplitMix64). Each request has its own, so the order in which requests arrive makes no difference.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64, name: &str) -> Self {
        // FNV-1a: the same in each version of Rust.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    None,
    /// The reply takes long, but not too long.
    Late,
    /// The body takes long, but not too long.
    SlowBody,
    /// The reply arrives, and then the server closes its half of the connection.
    HalfClosed,
    /// The request arrived on such a connection.
    Unanswered,
    Closed,
    Reset,
    HalfHead,
    HalfBody,
    HalfBodyReset,
    /// A part of a body whose length is not announced.
    HalfChunks,
    /// The body would take minutes.
    Stall,
    Hang,
    /// An error status.
    Status(u16),
    /// An error status with half of its body.
    HalfStatus(u16),
    /// An error status with a delay that is short enough to wait for it.
    Delay(u16),
    /// An error status with a delay that is too long.
    LongDelay(u16),
}

impl Fault {
    /// Draws a fault. A third of the calls never succeed, which uses up the budget of retries.
    fn draw(random: &mut Random, call: &str) -> Self {
        let status = [500, 503, 429][random.below(3) as usize];
        let number = call
            .rsplit('-')
            .next()
            .and_then(|number| number.parse().ok());
        let least = match number.unwrap_or(0_u64) % 3 {
            0 => 57,
            _ => 0,
        };
        match least + random.below(100 - least) {
            0..45 => Self::None,
            45..49 => Self::Late,
            49..53 => Self::SlowBody,
            53..57 => Self::HalfClosed,
            57..61 => Self::Closed,
            61..65 => Self::Reset,
            65..68 => Self::HalfHead,
            68..72 => Self::HalfBody,
            72..75 => Self::HalfBodyReset,
            75..78 => Self::HalfChunks,
            78..80 => Self::Stall,
            80..83 => Self::Hang,
            83..91 => Self::Status(status),
            91..93 => Self::HalfStatus(status),
            93..98 => Self::Delay(status),
            _ => Self::LongDelay(status),
        }
    }

    /// The status that the server sends with the fault, if it sends one.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Status(status)
            | Self::HalfStatus(status)
            | Self::Delay(status)
            | Self::LongDelay(status) => Some(status),
            Self::Unanswered | Self::Closed | Self::Reset | Self::HalfHead | Self::Hang => None,
            Self::None
            | Self::Late
            | Self::SlowBody
            | Self::HalfClosed
            | Self::HalfBody
            | Self::HalfBodyReset
            | Self::HalfChunks
            | Self::Stall => Some(200),
        }
    }

    fn delivery(self, body: usize) -> Delivery {
        let ms = Duration::from_millis;
        match self {
            Self::Late => Delivery::Late(ms(200)),
            Self::SlowBody => Delivery::Slow {
                chunk: 200,
                delay: ms(80),
            },
            Self::HalfClosed => Delivery::HalfClosed,
            Self::Closed => Delivery::Closed,
            Self::Reset => Delivery::Reset,
            Self::HalfHead => Delivery::HalfHead,
            Self::HalfBody | Self::HalfChunks | Self::HalfStatus(_) => {
                Delivery::Truncated(body / 2)
            }
            Self::HalfBodyReset => Delivery::Cut(body / 2),
            Self::Stall => Delivery::Slow {
                chunk: 1,
                delay: ms(400),
            },
            Self::Hang => Delivery::Silence,
            Self::None
            | Self::Unanswered
            | Self::Status(_)
            | Self::Delay(_)
            | Self::LongDelay(_) => Delivery::Whole,
        }
    }
}

/// A request that arrived as a whole, and what was sent.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The number in `x-retry-count`.
    pub retry: u64,
    pub sent: String,
    pub idempotency_key: Option<String>,
    pub fault: Fault,
    pub request_id: String,
    pub reply: Value,
}

/// The record of a server: for each method and target, the requests in the order of their numbers.
pub struct Record {
    seed: u64,
    attempts: Mutex<BTreeMap<String, Vec<Attempt>>>,
}

impl Record {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            attempts: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Attempt>>> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws the fault of a request, and makes the answer.
    pub fn answer(&self, request: &Recorded) -> Answer {
        let (name, retry) = (name(request), retry(request));
        let mut random = Random::new(self.seed, &format!("{name} {retry}"));
        let fault = Fault::draw(&mut random, call(request));
        let request_id = format!("req {name} {retry} {}", self.count(&name));
        let reply = match fault {
            Fault::Status(_) | Fault::HalfStatus(_) | Fault::Delay(_) | Fault::LongDelay(_) => {
                json!({ "error": { "message": format!("refused as {request_id}"), "type": "chaos", "param": null, "code": null } })
            }
            _ => reply(request, retry),
        };
        self.add(request, fault, request_id.clone(), reply.clone());
        let mut scripted = Reply::json(fault.status().unwrap_or(200), reply);
        let mut add = |name: &str, value: &str| scripted.headers.push((name.into(), value.into()));
        add("x-request-id", &request_id);
        match fault {
            Fault::Delay(_) => add("retry-after-ms", "60"),
            Fault::LongDelay(_) => add("retry-after", "3600"),
            _ => {}
        }
        if fault == Fault::HalfChunks {
            add("transfer-encoding", "chunked");
            scripted.without.push("content-length".into());
            let text = [
                &format!("{:x}\r\n", scripted.body.len()).into_bytes(),
                &scripted.body[..],
            ];
            scripted.body = [&text.concat(), &b"\r\n0\r\n\r\n"[..]].concat();
        }
        let length = scripted.body.len();
        Answer::reply(scripted).delivered(fault.delivery(length))
    }

    fn count(&self, name: &str) -> usize {
        self.lock().get(name).map_or(0, Vec::len)
    }

    fn add(&self, request: &Recorded, fault: Fault, request_id: String, reply: Value) {
        let header = |name| request.header(name).map(str::to_owned);
        self.lock().entry(name(request)).or_default().push(Attempt {
            retry: retry(request),
            sent: request.text(),
            idempotency_key: header("idempotency-key"),
            fault,
            request_id,
            reply,
        });
    }

    /// Adds the requests that the server did not answer, and returns all.
    pub fn close(&self, unanswered: &[Recorded]) -> BTreeMap<String, Vec<Attempt>> {
        for request in unanswered {
            self.add(request, Fault::Unanswered, String::new(), Value::Null);
        }
        let mut all = std::mem::take(&mut *self.lock());
        for attempts in all.values_mut() {
            attempts.sort_by_key(|attempt| attempt.retry);
        }
        all
    }
}

/// The method and the target, which are those of one call only.
fn name(request: &Recorded) -> String {
    format!("{} {}", request.method, request.target)
}

/// The checkpoint in the path, which is the name of the call.
fn call(request: &Recorded) -> &str {
    let path = request.target.split('?').next().unwrap_or_default();
    path.split('/').nth(4).unwrap_or_default()
}

fn retry(request: &Recorded) -> u64 {
    let count = request.header("x-retry-count");
    count.map_or(0, |count| count.parse().unwrap_or(u64::MAX))
}

/// A reply that no other request gets.
fn reply(request: &Recorded, retry: u64) -> Value {
    let (_, query) = request.target.split_once('?').unwrap_or_default();
    let call = call(request);
    if request.method == "DELETE" {
        return json!({ "object": "checkpoint.permission", "id": format!("{call}.{retry}"), "deleted": true });
    }
    // A cursor is the id of the last item: the call, the page, the retry, the number.
    let page = match query.strip_prefix("after=") {
        Some(cursor) => {
            1 + cursor
                .split('.')
                .nth(1)
                .map_or(0, |page| page.parse().unwrap_or(0))
        }
        None => 0,
    };
    let ids: Vec<String> = (0..4)
        .map(|item| format!("{call}.{page}.{retry}.{item}"))
        .collect();
    let item = |id: &String| json!({ "object": "checkpoint.permission", "id": id, "created_at": 1_721_764_867, "project_id": "proj_a" });
    json!({
        "object": "list",
        "data": ids.iter().map(item).collect::<Vec<_>>(),
        "first_id": ids[0],
        "last_id": ids[3],
        "has_more": call.starts_with("list") && page + 1 < PAGES,
    })
}
