//! Requests that the service sends: the page of webhooks, and the callbacks and links of an operation.
//!
//! In: the model. Out: a page, and sections of an operation's. Not here: what the client sends (see `operation`).

use super::answers::statuses;
use super::page::{Depth, Page};
use super::{schema, title};
use crate::emit::rust::headers::decoded;
use crate::emit::text::{markdown, pretty, request};
use crate::emit::{EmitCx, File};
use crate::model::api::{Answer, IncomingRequest, Link, Op, OpId, Signature};

/// The page of webhooks. Modules have no hyphen, so it is never that of a resource.
pub const PAGE: &str = "webhook-events";

/// `docs/webhook-events.md`.
pub fn file(cx: &EmitCx) -> Option<File> {
    let webhooks = &cx.api.webhooks;
    if webhooks.requests.is_empty() {
        return None;
    }
    let mut page = Page::new(cx, PAGE, "Webhooks");
    requests(&mut page);
    Some(page.finish())
}

/// All requests of webhooks.
pub fn requests(page: &mut Page) {
    let cx = page.cx;
    let webhooks = &cx.api.webhooks;
    let about = "Requests that the service sends to a server of yours.";
    page.paragraph(Depth::TOP, about);
    if let Some(ty) = &webhooks.event {
        let words = schema::type_phrase(page, ty);
        let text = format!("The payload of any of them is {words}.");
        page.paragraph(Depth::TOP, &text);
    }
    if let Some(text) = verification(cx) {
        page.paragraph(Depth::TOP, &text);
    }
    for (index, request) in webhooks.requests.iter().enumerate() {
        section(page, 2, request);
        if let Some(payload) = cx.exchanges.webhook(index) {
            let json = pretty::json(cx.api, request.ty(), payload);
            page.example(3, "Example", "json", &json);
        }
    }
}

/// Describes how a receiver verifies and decodes webhooks.
pub fn verification(cx: &EmitCx) -> Option<String> {
    let ty = decoded(cx, cx.api.webhooks.event.as_ref()).unwrap_or("_");
    Some(match cx.api.webhooks.signature {
        Some(Signature::StandardWebhooks) => format!(
            "The service signs them as Standard Webhooks does. With the feature `webhook-signatures`, `WebhookVerifier::new(secret)?` takes the \
             secret of your endpoint, and its `decode::<{ty}>(&headers, &body)` checks the signature and the time and reads the payload."
        ),
        None if cx.api.webhooks.event.is_some() => format!(
            "`serde_json::from_slice::<{ty}>(&body)` reads the payload. The document does not say how the service signs it: check \
             that a request comes from the service before you trust it."
        ),
        None => return None,
    })
}

/// The callbacks of an operation.
pub fn callbacks(page: &mut Page, op: &Op) {
    if op.callbacks.is_empty() {
        return;
    }
    page.heading(3, "Callbacks", None);
    page.paragraph(
        Depth::TOP,
        "The service sends these requests later, to a URL that the call gives it.",
    );
    for request in &op.callbacks {
        section(page, 4, request);
    }
}

fn section(page: &mut Page, level: usize, request: &IncomingRequest) {
    page.heading(level, &markdown::code(&request.name), None);
    let mut line = request.method.as_str().to_owned();
    if let Some(url) = &request.url {
        line.push_str(&format!(" {url}"));
    }
    page.paragraph(Depth::TOP, &markdown::code(&line));
    if request.doc.deprecated {
        page.paragraph(Depth::TOP, "**Deprecated.**");
    }
    schema::text(page, Depth::TOP, &request.doc);
    params(page, request);
    payload(page, request);
    if !request.answers.is_empty() {
        page.paragraph(Depth::TOP, "It expects one of these responses:");
        statuses(page, &request.answers.iter().collect::<Vec<_>>(), |_, _| {
            None
        });
    }
}

fn params(page: &mut Page, request: &IncomingRequest) {
    if request.params.is_empty() {
        return;
    }
    page.gap();
    for param in &request.params {
        let presence = match param.required {
            true => ", required",
            false => "",
        };
        let name = markdown::code(&param.name);
        let mut line = format!("{name}, {}{presence}", param.location);
        let text = param.description.as_deref().map(markdown::lines);
        if let Some(text) = text.filter(|lines| !lines.is_empty()) {
            line.push_str(&format!(": {}", text.join(" ")));
        }
        page.item(Depth::TOP, &line);
    }
    page.gap();
}

fn payload(page: &mut Page, request: &IncomingRequest) {
    let Some(payload) = &request.payload else {
        return;
    };
    let media = markdown::code(&payload.media_type);
    let words = match &payload.ty {
        Some(ty) => schema::type_phrase(page, ty),
        None => "it has no type in the client".into(),
    };
    page.paragraph(Depth::TOP, &format!("Payload, {media}: {words}"));
    schema::text(page, Depth::TOP, &payload.doc);
    if let Some(ty) = &payload.ty {
        schema::properties(page, ty);
    }
}

/// The links of an operation's replies.
pub fn links(page: &mut Page, op: &Op) {
    let with_links = op.answers.iter().filter(|answer| !answer.links.is_empty());
    let with_links: Vec<&Answer> = with_links.collect();
    if with_links.is_empty() {
        return;
    }
    page.heading(3, "Links", None);
    page.paragraph(Depth::TOP, "Calls that can follow the response.");
    for answer in with_links {
        for link in &answer.links {
            item(page, answer, link);
        }
    }
    page.gap();
}

fn item(page: &mut Page, answer: &Answer, link: &Link) {
    let (name, status) = (markdown::code(&link.name), answer.status);
    let target = target(page, link);
    page.item(Depth::TOP, &format!("{name} of a {status}: {target}"));
    if let Some(text) = &link.description {
        page.lines(Depth::TOP.inner(), &page.cx.page_lines(text));
    }
    let params = link.params.iter();
    let params = params.map(|(name, value)| (markdown::code(name), value));
    let body = link.body.iter().map(|value| ("the body".to_owned(), value));
    let server = link.server.iter().map(|url| ("the server".to_owned(), url));
    for (input, value) in params.chain(body).chain(server) {
        let line = format!("{input}: {}", markdown::code(value));
        page.item(Depth::TOP.inner(), &line);
    }
}

/// Returns the method that a link leads to; the words of the document if the client has none for
/// it.
fn target(page: &Page, link: &Link) -> String {
    let at = match &link.target {
        Ok(at) => at,
        Err(text) => return markdown::code(text),
    };
    let cx = page.cx;
    let Some(index) = cx.api.ops.iter().position(|op| op.at == *at) else {
        return markdown::code(at.as_str());
    };
    let (id, op) = (OpId(index), &cx.api.ops[index]);
    let text = title::title(cx, id);
    let request = request::code(op);
    let Some(resource) = cx.outline.op(id).resource else {
        return format!("{text}, {request}");
    };
    let anchor = cx.names.op(id).method.plain();
    let link = page.link(&text, cx.names.pages.of_resource(resource), anchor);
    format!("{link}, {request}")
}
