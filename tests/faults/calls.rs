//! Checks the path of the error if the reply of a call has a fault.
//!
//! In: calls, and cases with the expected response. Out: see `faults`. Not here: what a call sends.

#[path = "../../common/faults.rs"]
mod faults;

use std::future::IntoFuture;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::client::testing::{MockReply, MockTransport};
use super::client::{self, Client, Result};
use super::stack::on_small_stack;
use super::with_credentials;
use faults::faults;

/// The cases of a resource, by name.
pub struct Cases(Map<String, Value>);

/// The request of a call, and its response.
pub struct Case<'a> {
    request: &'a Value,
    reply: &'a Value,
}

impl Cases {
    pub fn read(file: &str) -> Self {
        Self(serde_json::from_str(file).unwrap())
    }

    /// Makes a call for each fault of its response.
    pub fn check<C, T>(&self, name: &str, call: impl Fn(&Client, &Case) -> C + Send)
    where
        C: IntoFuture<Output = Result<T>>,
        T: Serialize,
    {
        on_small_stack(|| self.run(name, call));
    }

    fn run<C, T>(&self, name: &str, call: impl Fn(&Client, &Case) -> C)
    where
        C: IntoFuture<Output = Result<T>>,
        T: Serialize,
    {
        let case = Case {
            request: &self.0[name]["request"],
            reply: &self.0[name]["reply"],
        };
        let Some((sample, wire)) = case.sample() else {
            return;
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let runtime = runtime.unwrap();
        let outcome = |value: &Value| {
            let server = MockTransport::new();
            server.reply(wire(value));
            let builder = with_credentials(Client::builder().base_url("https://example.com/base"));
            let client = builder.transport(server).build().unwrap();
            runtime.block_on(call(&client, &case).into_future())
        };
        // An example may be wrong, too.
        if outcome(&sample).is_err() {
            return;
        }
        for fault in faults(name, &sample) {
            if let Err(error) = outcome(&fault.value) {
                fault.check(name, &error);
            }
        }
    }
}

impl Case<'_> {
    /// Returns the body of the request, as the type that the call takes.
    pub fn body<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.request["body"].clone()).unwrap()
    }

    /// Returns a property of the body, as the type that the call takes.
    pub fn member<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_value(self.request["body"][name].clone()).unwrap()
    }

    /// Returns the JSON of the response, and how it is sent: as the body, or as the first value of a stream.
    fn sample(&self) -> Option<(Value, Box<dyn Fn(&Value) -> MockReply>)> {
        let status = self.reply["status"].as_u64();
        let status = status.map_or(200, |status| u16::try_from(status).unwrap());
        if let Some(body) = self.reply.get("body") {
            let wire = move |value: &Value| MockReply::json(status, value.to_string());
            return Some((body.clone(), Box::new(wire)));
        }
        let stream = self.reply.get("stream")?.as_str()?;
        let at = stream.find(['{', '['])?;
        let (before, rest) = stream.split_at(at);
        let (json, after) = rest.split_once('\n')?;
        let (before, after) = (before.to_owned(), after.to_owned());
        let wire = move |value: &Value| {
            MockReply::status(status).body(format!("{before}{value}\n{after}"))
        };
        Some((serde_json::from_str(json).ok()?, Box::new(wire)))
    }
}
