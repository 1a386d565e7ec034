// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Checks the request that a call sends and the value that it decodes from the response.
//!
//! In: calls, and cases with the expected request and response. Out: a panic that describes the difference. Not here:
//! anything that depends on one document.

use std::future::IntoFuture;

use bytes::Bytes;
use http::Request;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::client::testing::{MockReply, MockTransport};
use super::client::{Client, Result};
use super::json::difference;
use super::stack::on_small_stack;
use super::with_credentials;

const BASE_URL: &str = "https://example.com/base";

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

    /// Sends a call, and compares its request and its result with the case of this name.
    pub fn check<C, T>(&self, name: &str, call: impl FnOnce(&Client, &Case) -> C + Send)
    where
        C: IntoFuture<Output = Result<T>>,
        T: Serialize,
    {
        on_small_stack(|| self.run(name, call));
    }

    fn run<C, T>(&self, name: &str, call: impl FnOnce(&Client, &Case) -> C)
    where
        C: IntoFuture<Output = Result<T>>,
        T: Serialize,
    {
        let case = Case {
            request: &self.0[name]["request"],
            reply: &self.0[name]["reply"],
        };
        let server = MockTransport::new();
        server.reply(case.answer());
        // An operation with its own server takes no credential there from another host.
        let base_url = case.own_origin().unwrap_or(BASE_URL);
        let builder = with_credentials(Client::builder().base_url(base_url));
        let client = builder.transport(server.clone()).build().unwrap();
        let call = call(&client, &case).into_future();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let reply = runtime.unwrap().block_on(call);
        case.compare_request(&server);
        case.compare_reply(reply.map(|reply| serde_json::to_string(&reply).unwrap()));
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

    fn target(&self) -> &str {
        self.request["target"].as_str().unwrap()
    }

    /// Returns scheme, host and port of the operation's own server.
    fn own_origin(&self) -> Option<&str> {
        let target = self.target();
        let host = target.find("://")? + 3;
        let path = target[host..].find('/');
        Some(path.map_or(target, |path| &target[..host + path]))
    }

    fn answer(&self) -> MockReply {
        let status = |usual| {
            let status = self.reply["status"].as_u64();
            status.map_or(usual, |status| u16::try_from(status).unwrap())
        };
        let text = |name| self.reply.get(name).and_then(Value::as_str);
        if let Some(body) = self.reply.get("body") {
            MockReply::json(status(200), body.to_string())
        } else if let Some(body) = text("text") {
            MockReply::status(status(200)).body(body.to_owned())
        } else if let Some(body) = text("bytes").or(text("stream")) {
            MockReply::status(status(200)).body(body.to_owned())
        } else if let Some(location) = text("location") {
            MockReply::status(status(302)).header("location", location)
        } else {
            MockReply::status(status(204))
        }
    }

    fn compare_request(&self, server: &MockTransport) {
        let sent = server.requests();
        let [sent] = sent.as_slice() else {
            panic!("{} requests were sent", sent.len());
        };
        assert_eq!(self.request["method"], sent.method().as_str());
        let target = self.target();
        // The request of an operation with its own server does not go to the base URL.
        let url = match target.starts_with('/') {
            true => format!("{BASE_URL}{target}"),
            false => target.to_owned(),
        };
        assert_eq!(url, sent.uri().to_string());
        // Boundaries are random.
        let boundary = boundary(sent);
        let fixed = |text: &str| match boundary {
            Some(boundary) => text.replace(boundary, "BOUNDARY"),
            None => text.to_owned(),
        };
        for (name, value) in self.request["headers"].as_object().unwrap() {
            let found = sent
                .headers()
                .get(name)
                .map(|value| fixed(value.to_str().unwrap()));
            assert_eq!(value.as_str(), found.as_deref(), "the header {name}");
        }
        // Any other header could be a credential or an unexpected value.
        for name in sent.headers().keys() {
            let is_declared = self.request["headers"].get(name.as_str()).is_some();
            let is_of_all = ["accept", "content-length", "user-agent"].contains(&name.as_str());
            assert!(is_declared || is_of_all, "unexpected header {name}");
        }
        if let Some(text) = self.request.get("text") {
            let body = String::from_utf8(sent.body().to_vec()).unwrap();
            assert_eq!(
                text.as_str(),
                Some(fixed(&body).as_str()),
                "the request body"
            );
            return;
        }
        let body = match sent.body().as_ref() {
            b"" => Value::Null,
            body => serde_json::from_slice(body).unwrap(),
        };
        if let Some(difference) = difference(&self.request["body"], &body) {
            panic!("the request body differs: {difference}");
        }
    }

    fn compare_reply(&self, reply: Result<String>) {
        let found: Value = serde_json::from_str(&reply.unwrap()).unwrap();
        let contents = ["body", "text", "location", "bytes", "items"];
        let wanted = contents.iter().find_map(|name| self.reply.get(name));
        let wanted = wanted.unwrap_or(&Value::Null);
        if let Some(difference) = difference(wanted, &found) {
            panic!("the response differs: {difference}");
        }
    }
}

/// Returns the boundary of a multipart body (RFC 2046, section 5.1.1).
fn boundary(sent: &Request<Bytes>) -> Option<&str> {
    let content_type = sent.headers().get("content-type")?.to_str().ok()?;
    let (media_type, boundary) = content_type.split_once("; boundary=")?;
    media_type.starts_with("multipart/").then_some(boundary)
}
