//! Credentials and their environment variables.
//!
//! In: the security schemes of the model. Out: a section, unless there are none.

use serde_json::json;

use super::writer::{Writer, line};
use crate::emit::EmitCx;
use crate::emit::text::markdown;
use crate::model::api::CredentialLocation;
use crate::plan::names::SettingNames;

pub fn write(cx: &EmitCx, writer: &mut Writer) {
    let schemes = cx.api.schemes.iter().zip(&cx.names.schemes);
    if schemes.len() == 0 && cx.api.unsupported_schemes.is_empty() {
        return;
    }
    writer.heading("Credentials");
    for (scheme, names) in schemes {
        let settings: Vec<String> = names.credentials.iter().map(setting).collect();
        writer.say(&format!(
            "{} is {}: {}.",
            markdown::code(&line(&scheme.key)),
            place(&scheme.location),
            settings.join(", or else ")
        ));
        // If the document declares some, there can be several.
        if let [names] = &names.credentials[..] {
            let mut credential = json!({ "name": names.setter.plain() });
            if let Some(env) = &names.env {
                credential["env"] = json!(env);
            }
            writer.set(&scheme.at, "credentials", json!([credential]));
        }
    }
    for scheme in &cx.api.unsupported_schemes {
        let (key, reason) = (markdown::code(&line(&scheme.key)), line(&scheme.reason));
        writer.say(&format!(
            "{key} is left out, because {reason}: {}.",
            scheme.help
        ));
    }
}

/// `the method `api_key`, or the environment variable `MY_CLIENT_API_KEY``
fn setting(names: &SettingNames) -> String {
    let method = format!("the method `{}`", names.setter);
    match &names.env {
        Some(env) => format!("{method}, or the environment variable `{env}`"),
        None => method,
    }
}

fn place(location: &CredentialLocation) -> String {
    match location {
        CredentialLocation::Bearer => "a bearer token".to_owned(),
        CredentialLocation::Basic => "a user name and a password".to_owned(),
        CredentialLocation::Header(name) => format!("the header {}", markdown::code(name)),
        CredentialLocation::Query(name) => format!("the query parameter {}", markdown::code(name)),
        CredentialLocation::Cookie(name) => format!("the cookie {}", markdown::code(name)),
    }
}
