//! `docs/credentials.md` and `docs/errors.md`: the facts that all calls share.
//!
//! In: the security schemes of the model. Out: a page each. Not here: the errors that the document declares (see `operation`).

use super::page::{Depth, Page};
use super::schema;
use crate::emit::package::readme;
use crate::emit::text::markdown;
use crate::emit::{EmitCx, File};
use crate::model::api::{Credential, CredentialLocation};
use crate::plan::names::{DocPaths, SettingNames};

const STATUSES: &str = include_str!("../../../../templates/pages/statuses.md");

/// `docs/credentials.md`; `None` if no call needs a credential.
pub fn credentials(cx: &EmitCx) -> Option<File> {
    if cx.api.schemes.is_empty() {
        return None;
    }
    let mut page = Page::new(cx, DocPaths::CREDENTIALS, "Credentials");
    let about = "`Client::from_env()` takes them from the environment. The methods of `Client::builder()` set them.";
    page.paragraph(Depth::TOP, about);
    let mut schemes: Vec<_> = cx.api.schemes.iter().zip(&cx.names.schemes).collect();
    schemes.sort_by_key(|(scheme, _)| &scheme.key);
    for (scheme, names) in schemes {
        let place = match &scheme.location {
            CredentialLocation::Bearer => "a bearer token".to_owned(),
            CredentialLocation::Basic => "a user name and a password, joined by a colon".into(),
            CredentialLocation::Header(name) => format!("the header {}", markdown::code(name)),
            CredentialLocation::Query(name) => {
                format!("the query parameter {}", markdown::code(name))
            }
            CredentialLocation::Cookie(name) => format!("the cookie {}", markdown::code(name)),
        };
        page.heading(2, &markdown::code(&scheme.key), None);
        page.paragraph(Depth::TOP, &format!("Sent as {place}."));
        schema::text(&mut page, Depth::TOP, &scheme.doc);
        for (credential, names) in scheme.credentials.iter().zip(&names.credentials) {
            let line = format!("`{}`{}", names.setter, variable(credential, names));
            page.item(Depth::TOP, &line);
        }
    }
    Some(page.finish())
}

fn variable(credential: &Credential, names: &SettingNames) -> String {
    let env = names.env.as_deref();
    let env = env.map(|env| format!(", from {}", markdown::code(env)));
    let text = credential.description.as_deref();
    let text = text.map(|text| format!(": {}", markdown::escape(text)));
    format!("{}{}", env.unwrap_or_default(), text.unwrap_or_default())
}

/// `docs/errors.md`.
pub fn errors(cx: &EmitCx) -> File {
    let mut page = Page::new(cx, DocPaths::ERRORS, "Errors");
    for text in [readme::errors(cx).as_str(), STATUSES] {
        let lines: Vec<&str> = text.lines().collect();
        page.lines(Depth::TOP, &lines);
    }
    page.finish()
}
