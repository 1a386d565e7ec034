//! Notes about the whole document.
//!
//! In: `info`, `externalDocs`, and the first server. Out: [`Info`]. Not here: the URLs of requests (see `operation`).

use openapiv3::{Contact, License, ServerVariable};

use super::schema::annotations::external_docs_note;
use crate::document::{Document, Server};
use crate::model::api::Info;
use crate::model::note::{Note, Variable};

pub(super) fn info(doc: &Document) -> Info {
    let info = &doc.info;
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        summary: info.newer.summary.clone(),
        description: info.description.clone(),
        notes: notes(doc),
    }
}

fn notes(doc: &Document) -> Vec<Note> {
    let info = &doc.info;
    let docs = doc.openapi.external_docs.as_ref().map(external_docs_note);
    let terms = info.terms_of_service.clone().map(Note::Terms);
    let contact = info.contact.as_ref().and_then(contact);
    let identifier = info.newer.identifier.as_deref();
    let license = info.license.as_ref();
    let license = license.and_then(|declared| license_note(declared, identifier));
    let server = doc.servers.first().and_then(server);
    let all = [docs, terms, contact, license, server];
    all.into_iter().flatten().collect()
}

fn contact(declared: &Contact) -> Option<Note> {
    let name = declared.name.clone();
    let links = declared.url.iter().chain(&declared.email);
    let links: Vec<String> = links.cloned().collect();
    (name.is_some() || !links.is_empty()).then_some(Note::Contact { name, links })
}

fn license_note(declared: &License, identifier: Option<&str>) -> Option<Note> {
    let name = Some(declared.name.clone()).filter(|name| !name.is_empty());
    let identifier = identifier.filter(|text| *text != declared.name);
    let url = declared.url.clone();
    let is_empty = name.is_none() && identifier.is_none() && url.is_none();
    (!is_empty).then(|| Note::License {
        name,
        identifier: identifier.map(String::from),
        url,
    })
}

/// Returns a note about the server that receives requests, if the document says more than its URL.
fn server(declared: &Server) -> Option<Note> {
    let name = declared.newer.name.as_deref();
    let texts = name.into_iter().chain(declared.description.as_deref());
    let texts: Vec<String> = texts.map(String::from).collect();
    let variables = declared.variables.iter().flatten();
    let mut variables: Vec<Variable> = variables.map(variable).collect();
    variables.sort_by(|one, other| one.name.cmp(&other.name));
    (!texts.is_empty() || !variables.is_empty()).then(|| Note::Server {
        url: declared.url.clone(),
        texts,
        variables,
    })
}

fn variable((name, declared): (&String, &ServerVariable)) -> Variable {
    Variable {
        name: name.clone(),
        default: declared.default.clone(),
        values: declared.enumeration.clone(),
        description: declared.description.clone(),
    }
}
