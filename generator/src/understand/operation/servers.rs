//! Servers, which set the URL of requests.
//!
//! In: the `servers` of the document, of paths and of operations. Out: [`Server`]s, and the URL of an operation with its own
//! server. Not here: the description of the server (see `info`).

use super::declared::Declared;
use crate::document::Server as Stated;
use crate::model::api::{Server, ServerVariable};
use crate::model::note::Note;
use crate::report::{Code, Pointer, Report};
use crate::understand::schema::cx::Cx;

/// Returns the servers of the document without those whose URL is unusable.
pub fn servers(cx: &mut Cx) -> Vec<Server> {
    let doc = cx.doc;
    let mut found = Vec::new();
    for (index, declared) in doc.servers.iter().enumerate() {
        let server = server(declared);
        let at = Pointer::root()
            .child("servers")
            .child(&index.to_string())
            .child("url");
        if server.is_relative() {
            let url = &declared.url;
            let text = match index {
                0 => format!(
                    "the server URL `{url}` is relative, so the client has no base URL by default"
                ),
                _ => format!(
                    "the server URL `{url}` is relative, so users who choose it must also set the host"
                ),
            };
            let help = "users set the host with `base_url(\"https://host\")`, and the client adds the path";
            cx.report
                .add(Code::RelativeServer, &at, text)
                .help(Some(help.into()));
        } else if !is_complete(&server.default_url()) {
            let text = format!("the server URL `{}` is incomplete", server.default_url());
            let help = "declare a complete URL; otherwise, users must set one on the client";
            cx.report
                .add(Code::BadServer, &at, text)
                .help(Some(help.into()));
            continue;
        }
        found.push(server);
    }
    found
}

/// A server that a path or an operation declares.
pub(super) struct OwnServer {
    pub url: String,
    pub note: Note,
}

/// Returns the server that a path or an operation declares. Returns `None` if it is the first server of the document, or if its
/// URL is unusable.
pub(super) fn own(
    declared: &Declared,
    servers: &[Server],
    report: &mut Report,
) -> Option<OwnServer> {
    let (list, at) = match (&declared.parts.servers, &declared.item.servers) {
        (own, _) if !own.is_empty() => (own, declared.at.child("servers")),
        (_, of_path) => (of_path, declared.at.split()?.0.child("servers")),
    };
    let chosen = server(list.first()?);
    let documents = servers.first();
    if documents.is_some_and(|server| server.default_url() == chosen.default_url()) {
        return None;
    }
    // The client resolves a relative URL against its base URL (RFC 3986, 5.2).
    let url = match chosen.default_url() {
        url if url.is_empty() => "/".to_owned(),
        url => url,
    };
    if !chosen.is_relative() && !is_complete(&url) {
        let text = format!(
            "the server URL `{url}` is incomplete; requests go to the base URL of the client"
        );
        report.once(Code::OtherServers, &at, text);
        return None;
    }
    let is_one_of_several = list.len() > 1 || !chosen.variables.is_empty();
    if is_one_of_several {
        let text = format!("requests go to `{url}` unless the call sets another base URL");
        report.once(Code::OtherServers, &at, text);
    }
    let note = Note::Server {
        url: url.clone(),
        texts: chosen.name.into_iter().chain(chosen.description).collect(),
        variables: Vec::new(),
    };
    Some(OwnServer { url, note })
}

/// Returns whether a URL has a scheme, a host, and no variable without a default.
fn is_complete(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let mut schemes = ["https://", "http://"].iter();
    let has_host = schemes.any(|scheme| {
        let host = lower.strip_prefix(scheme);
        host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
    });
    has_host && !url.contains(['{', '}', '?', '#'])
}

fn server(declared: &Stated) -> Server {
    let variables = declared.variables.iter().flatten();
    let variable = |(name, variable): (&String, &openapiv3::ServerVariable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        description: variable.description.clone(),
    };
    let is_used =
        |variable: &ServerVariable| declared.url.contains(&format!("{{{}}}", variable.name));
    let mut variables: Vec<ServerVariable> = variables.map(variable).filter(is_used).collect();
    variables.sort_by(|one, other| one.name.cmp(&other.name));
    Server {
        url: declared.url.trim().trim_end_matches('/').to_owned(),
        name: declared.newer.name.clone(),
        description: declared.description.clone(),
        variables,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_urls_have_a_host() {
        for url in ["https://a.b", "HTTP://a/v1", "https://a.b:1/c"] {
            assert!(is_complete(url), "{url}");
        }
        for url in [
            "",
            "/v1",
            "a.b/v1",
            "https://",
            "https:///v1",
            "https://{host}/v1",
            "ftp://a.b",
        ] {
            assert!(!is_complete(url), "{url}");
        }
    }
}
