//! The document's metadata: `info`, tags, external documentation.
//!
//! In: JSON. Out: the leaves that `openapiv3` has for them. Not here: what becomes of them.

use openapiv3::{Contact, ExternalDocumentation, Info, License, Tag};
use serde_json::Value;

use super::parts::{At, NewerKeywords};
use super::reader::Reader;
use crate::report::Code;

pub(super) fn info(reader: &mut Reader, value: Value) -> At<Info> {
    let (mut info, mut newer) = (Info::default(), NewerKeywords::default());
    let extensions = reader.fields(value, |reader, key, value| {
        match key {
            "title" => info.title = reader.string(value).unwrap_or_default(),
            "version" => info.version = reader.string(value).unwrap_or_default(),
            "summary" => newer.summary = reader.string(value),
            "description" => info.description = reader.string(value),
            "termsOfService" => info.terms_of_service = reader.string(value),
            "contact" => info.contact = contact(reader, value),
            "license" => info.license = license(reader, value, &mut newer),
            _ => return Some(value),
        }
        None
    });
    info.extensions = extensions.unwrap_or_default();
    At::new(reader, info, newer)
}

fn contact(reader: &mut Reader, value: Value) -> Option<Contact> {
    let mut contact = Contact::default();
    contact.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => contact.name = reader.string(value),
            "url" => contact.url = reader.string(value),
            "email" => contact.email = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    Some(contact)
}

fn license(reader: &mut Reader, value: Value, newer: &mut NewerKeywords) -> Option<License> {
    let mut license = License::default();
    license.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => license.name = reader.string(value).unwrap_or_default(),
            "url" => license.url = reader.string(value),
            "identifier" => newer.identifier = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    Some(license)
}

/// Documentation elsewhere. Without a URL, it is nowhere.
pub(super) fn external_docs(reader: &mut Reader, value: Value) -> Option<ExternalDocumentation> {
    let mut docs = ExternalDocumentation::default();
    docs.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "url" => docs.url = reader.string(value).unwrap_or_default(),
            "description" => docs.description = reader.string(value),
            _ => return Some(value),
        }
        None
    })?;
    if docs.url.is_empty() {
        let text = "external documentation must have a `url`";
        reader.report.lose(Code::IgnoredKeyword, &reader.at, text);
        return None;
    }
    Some(docs)
}

pub(super) fn tag(reader: &mut Reader, value: Value) -> Option<At<Tag>> {
    if let Value::String(name) = value {
        reader.report.add(
            Code::RepairedType,
            &reader.at,
            "a tag must be an object; this is read as its name",
        );
        let tag = Tag {
            name,
            ..Tag::default()
        };
        return Some(At::new(reader, tag, NewerKeywords::default()));
    }
    let (mut tag, mut newer) = (Tag::default(), NewerKeywords::default());
    tag.extensions = reader.fields(value, |reader, key, value| {
        match key {
            "name" => tag.name = reader.string(value).unwrap_or_default(),
            "description" => tag.description = reader.string(value),
            "externalDocs" => tag.external_docs = external_docs(reader, value),
            "summary" => newer.summary = reader.string(value),
            "parent" => newer.parent = reader.string(value),
            // It arranges tags for a reader; resources are arranged by paths.
            "kind" => {}
            _ => return Some(value),
        }
        None
    })?;
    Some(At::new(reader, tag, newer))
}
