//! The control interface over HTTP, with which a program in another process scripts answers.
//!
//! In: requests under `/_control/`. Out: JSON. Not here: the effect of answers.
//!
//! - `POST /_control/next`: queue one answer, or a list of answers, in the JSON form of [`Answer`].
//! - `POST /_control/always`: set the answer to requests for which nothing is queued.
//! - `GET /_control/requests`: return the requests so far.
//! - `POST /_control/reset`: remove answers, requests and permissions.

use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{Answer, Reply};
use super::api::error_body;
use super::wire::Recorded;
use super::{Script, Shared, Standing};

pub(super) async fn handle(shared: &Arc<Shared>, request: &Recorded) -> Reply {
    let done = match (request.method.as_str(), request.target.as_str()) {
        ("POST", "/_control/next") => queue(shared, &request.body),
        ("POST", "/_control/always") => stand(shared, &request.body),
        ("GET", "/_control/requests") => Ok(requests(&shared.script())),
        ("POST", "/_control/reset") => {
            shared.reset();
            Ok(json!({}))
        }
        (method, target) => Err(format!(
            "no {method} {target} here: next, always, requests or reset"
        )),
    };
    match done {
        Ok(body) => Reply::json(200, body),
        Err(why) => Reply::json(400, error_body(&why, "control_error", None, None)),
    }
}

fn queue(shared: &Shared, body: &[u8]) -> Result<Value, String> {
    let is_list = body.trim_ascii_start().starts_with(b"[");
    let answers: Vec<Answer> = if is_list {
        parse(body)?
    } else {
        vec![parse(body)?]
    };
    let mut script = shared.script();
    script.queue.extend(answers);
    Ok(json!({ "queued": script.queue.len() }))
}

fn stand(shared: &Shared, body: &[u8]) -> Result<Value, String> {
    let answer: Answer = parse(body)?;
    shared.script().standing = Some(Standing(Box::new(move |_| answer.clone())));
    Ok(json!({}))
}

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|why| why.to_string())
}

fn requests(script: &Script) -> Value {
    let list: Vec<Value> = script.requests.iter().map(Recorded::to_json).collect();
    json!({ "requests": list, "abandoned": script.abandoned, "queued": script.queue.len() })
}
