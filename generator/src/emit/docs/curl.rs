//! A request as a command for a POSIX shell.
//!
//! In: the sample of an operation. Out: a `curl` that can be pasted: every word of the document in single quotes, credentials
//! from variables in double quotes. Not here: what is sent (`plan`).

use serde_json::Value;

use super::shell::{base_url, escaped, quoted, variable, word};
use crate::emit::EmitCx;
use crate::emit::text::pretty;
use crate::emit::text::request::FILE;
use crate::model::api::{Body, BodyContent, CredentialLocation, HttpMethod, Op, OpId, Reply};
use crate::plan::exchange::Request;
use crate::plan::exchange::body_parts::{Pair, pairs, text};

/// Returns the command; `None` if a required value is not known.
pub fn command(cx: &EmitCx, id: OpId) -> Option<String> {
    let op = &cx.api.ops[id.0];
    let request = cx.exchanges.op(id).brief.as_ref()?;
    let mut words = vec![format!(
        "curl {}{}",
        method(op, request),
        url(cx, op, request)
    )];
    words.extend(credentials(cx, id));
    if !matches!(op.accept.join(", ").as_str(), "" | "application/json") {
        let header = format!("Accept: {}", op.accept.join(", "));
        words.push(format!("-H {}", quoted(&header)));
    }
    for (name, value) in request.headers(cx.api, op) {
        words.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
    }
    let cookies = request.cookies(cx.api, op);
    if !cookies.is_empty() {
        words.push(format!("-H {}", quoted(&format!("Cookie: {cookies}"))));
    }
    if let (Some(body), Some(value)) = (&op.body, &request.body) {
        words.extend(self::body(cx, body, value));
    }
    words.extend(output(&op.reply).map(str::to_owned));
    Some(words.join(" \\\n  "))
}

/// Returns the option for a response that arrives in parts: it is saved to a file, or printed without buffering.
fn output(reply: &Reply) -> Option<&'static str> {
    match reply {
        Reply::Binary => Some("--output download.bin"),
        Reply::Stream(_) => Some("--no-buffer"),
        Reply::Empty | Reply::Json { .. } | Reply::Text | Reply::Redirect | Reply::ByStatus(_) => {
            None
        }
    }
}

/// Returns the words for a body. `curl` itself sets the header of a form, of form data, and the boundary of other parts.
fn body(cx: &EmitCx, body: &Body, value: &Value) -> Vec<String> {
    let header = format!(
        "-H {}",
        quoted(&format!("Content-Type: {}", body.media_type))
    );
    match &body.content {
        BodyContent::Json => {
            let json = pretty::json(cx.api, Some(&body.ty), value);
            vec![header, format!("-d {}", quoted(&json))]
        }
        BodyContent::Form(_) => {
            let pairs = pairs(cx.api, cx.outline, body, value);
            let word = |pair: &Pair| {
                let pair = format!("{}={}", pair.name, pair.text());
                format!("--data-urlencode {}", quoted(&pair))
            };
            pairs.iter().map(word).collect()
        }
        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) => {
            let pairs = pairs(cx.api, cx.outline, body, value);
            let header = (!body.is_form_data()).then_some(header);
            header.into_iter().chain(pairs.iter().map(part)).collect()
        }
        BodyContent::JsonLines | BodyContent::JsonSequence | BodyContent::Text => {
            let text = text(cx.api, cx.outline, body, value).unwrap_or_default();
            vec![header, format!("--data-binary {}", quoted(&text))]
        }
        BodyContent::File => vec![header, format!("--data-binary @{FILE}")],
    }
}

/// Returns a part of a multipart body.
fn part(pair: &Pair) -> String {
    let (name, text) = (&pair.name, pair.text());
    let header = |(name, value): &(String, String)| format!(";headers=\"{name}: {value}\"");
    let headers: String = pair.headers.iter().map(header).collect();
    if pair.is_file {
        let content_type = match pair.content_type.as_str() {
            "" => String::new(),
            content_type => format!(";type={content_type}"),
        };
        return format!(
            "-F {}",
            quoted(&format!("{name}=@{FILE}{content_type}{headers}"))
        );
    }
    match pair.content_type.as_str() {
        "" if !headers.is_empty() => {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("-F {}", quoted(&format!("{name}=\"{text}\"{headers}")))
        }
        "" if text.starts_with(['@', '<', '"']) || text.contains(';') => {
            format!("--form-string {}", quoted(&format!("{name}={text}")))
        }
        "" => format!("-F {}", quoted(&format!("{name}={text}"))),
        content_type => {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"");
            let part = format!("{name}=\"{text}\";type={content_type}{headers}");
            format!("-F {}", quoted(&part))
        }
    }
}

fn url(cx: &EmitCx, op: &Op, request: &Request) -> String {
    let target = request.target(cx.api, op);
    let base = cx.api.server_of(op);
    match base.as_str() {
        path if path.is_empty() || path.starts_with('/') => {
            format!(
                "\"${}\"{}",
                base_url(cx),
                quoted(&format!("{path}{target}"))
            )
        }
        // Brackets would be a range of URLs.
        base if base.contains(['[', ']', '{', '}']) => {
            format!("--globoff {}", quoted(&format!("{base}{target}")))
        }
        base => quoted(&format!("{base}{target}")),
    }
}

/// Returns the method, unless `curl` chooses it by itself.
fn method(op: &Op, request: &Request) -> String {
    match (&op.method, &request.body) {
        (HttpMethod::Get, None) | (HttpMethod::Post, Some(_)) => String::new(),
        (HttpMethod::Head, _) => "--head ".into(),
        (
            HttpMethod::Get
            | HttpMethod::Put
            | HttpMethod::Post
            | HttpMethod::Delete
            | HttpMethod::Options
            | HttpMethod::Patch
            | HttpMethod::Trace
            | HttpMethod::Query
            | HttpMethod::Other(_),
            _,
        ) => format!("-X {} ", word(op.method.as_str())),
    }
}

/// Returns the credentials of the first alternative, from the environment; nothing if a request
/// needs none.
fn credentials(cx: &EmitCx, id: OpId) -> Vec<String> {
    let alternatives = &cx.outline.op(id).auth;
    if alternatives.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let schemes = alternatives.first().into_iter().flatten();
    schemes
        .map(|index| {
            let variable = format!("${}", variable(cx, *index));
            match &cx.api.schemes[*index].location {
                CredentialLocation::Bearer => format!("-H \"Authorization: Bearer {variable}\""),
                CredentialLocation::Basic => format!("-u \"{variable}\""),
                CredentialLocation::Header(name) => format!("-H \"{}: {variable}\"", escaped(name)),
                // Escaped for the URL by `curl`.
                CredentialLocation::Query(name) => {
                    format!("--url-query \"{}={variable}\"", escaped(name))
                }
                CredentialLocation::Cookie(name) => {
                    format!("-H \"Cookie: {}={variable}\"", escaped(name))
                }
            }
        })
        .collect()
}
