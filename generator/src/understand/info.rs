//! What a document says of itself.
//!
//! In: `info`, `externalDocs`, the first server. Out: [`Info`]. Not here: where requests go (see `operation`).

use openapiv3::{Contact, License, Server, ServerVariable};
use serde_json::Value;

use super::schema::annotations::{self, code};
use crate::document::Doc;
use crate::model::api::Info;

pub(super) fn info(doc: &Doc) -> Info {
    let info = &doc.openapi.info;
    let summary = info.extensions.get("summary").and_then(Value::as_str);
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        summary: summary.map(String::from),
        description: info.description.clone(),
        about: about(doc),
    }
}

fn about(doc: &Doc) -> Vec<String> {
    let info = &doc.openapi.info;
    let docs = doc
        .openapi
        .external_docs
        .as_ref()
        .map(annotations::elsewhere);
    let terms = info.terms_of_service.as_deref();
    let terms = terms.map(|url| format!("Terms of service: <{url}>"));
    let contact = info.contact.as_ref().and_then(contact);
    let license = info.license.as_ref().and_then(license);
    let servers = doc.openapi.servers.first().and_then(server);
    let all = [docs, terms, contact, license, servers];
    all.into_iter().flatten().collect()
}

fn contact(stated: &Contact) -> Option<String> {
    let link = |text: &String| format!("<{text}>");
    let (url, email) = (
        stated.url.as_ref().map(link),
        stated.email.as_ref().map(link),
    );
    let parts: Vec<String> = stated
        .name
        .clone()
        .into_iter()
        .chain(url)
        .chain(email)
        .collect();
    (!parts.is_empty()).then(|| format!("Contact: {}", parts.join(", ")))
}

fn license(stated: &License) -> Option<String> {
    let identifier = stated.extensions.get("identifier").and_then(Value::as_str);
    let name = Some(stated.name.clone()).filter(|name| !name.is_empty());
    let identifier = identifier.filter(|text| *text != stated.name).map(code);
    let url = stated.url.as_ref().map(|url| format!("<{url}>"));
    let parts: Vec<String> = name.into_iter().chain(identifier).chain(url).collect();
    (!parts.is_empty()).then(|| format!("License of the API: {}", parts.join(", ")))
}

/// What is said of the server that requests go to. Its URL alone says nothing here.
fn server(stated: &Server) -> Option<String> {
    let name = stated.extensions.get("name").and_then(Value::as_str);
    let texts = name.into_iter().chain(stated.description.as_deref());
    let mut lines: Vec<String> = texts.map(|text| format!("- {}", one_line(text))).collect();
    for (name, variable) in stated.variables.iter().flatten() {
        lines.push(format!("- {}: {}", code(name), choice(variable)));
    }
    (!lines.is_empty()).then(|| {
        format!(
            "Requests go to {}:\n\n{}",
            code(&stated.url),
            lines.join("\n")
        )
    })
}

fn choice(variable: &ServerVariable) -> String {
    let mut parts = vec![format!("{} by default", code(&variable.default))];
    if !variable.enumeration.is_empty() {
        let values: Vec<String> = variable
            .enumeration
            .iter()
            .map(|value| code(value))
            .collect();
        parts.push(format!("of {}", values.join(", ")));
    }
    parts.extend(variable.description.as_deref().map(one_line));
    parts.join("; ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
