//! Checks the path of the error if an example of a type has a fault. `LIBRARY` stands for the name of the emitted crate.

#[path = "../common/faults.rs"]
mod faults;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use ::LIBRARY as client;

use crate::stack::on_small_stack;
use client::testing::{MockReply, MockTransport};
use client::{Client, Result, RetryPolicy};
use faults::faults;

/// Decodes a reply as a type.
pub type Decode = fn(&str) -> Result<()>;

pub fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> Result<()> {
    let server = MockTransport::new();
    server.reply(MockReply::json(200, json.to_owned()));
    let builder = Client::builder().base_url("https://example.com");
    let builder = builder.retry(RetryPolicy::none()).transport(server);
    let call = builder.build()?.request(http::Method::GET, "/example");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime
        .unwrap()
        .block_on(call.decode::<T>().into_future())?;
    Ok(())
}

/// Makes faults in the examples of a file, which lists them by type and by their location in the document.
pub fn check(file: &str, types: &[(&str, Decode)], _: &mut Vec<String>) {
    let file: Map<String, Value> = serde_json::from_str(file).unwrap();
    for (name, decode) in types {
        for (at, example) in file[*name].as_object().unwrap() {
            // An example may be wrong, too.
            if decode(&example.to_string()).is_err() {
                continue;
            }
            for fault in faults(at, example) {
                if let Err(error) = on_small_stack(|| decode(&fault.value.to_string())) {
                    fault.check(name, &error);
                }
            }
        }
    }
}
