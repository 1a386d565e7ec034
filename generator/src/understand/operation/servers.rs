//! Servers: where requests go.
//!
//! In: the `servers` of the document. Out: the base URL. Not here: what the document says about its server (see `info`).

use openapiv3::Server;

use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;

/// The URL of the first server, its variables at their defaults.
pub fn base_url(cx: &mut Cx) -> String {
    let doc = cx.doc;
    let Some(server) = doc.servers.first() else {
        return String::new();
    };
    choices(cx, server);
    let url = filled_in(server);
    let complete = ["https://", "http://"]
        .iter()
        .any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    if complete && !url.contains(['{', '}']) {
        return url.trim_end_matches('/').into();
    }
    let at = Pointer::root().child("servers").child("0").child("url");
    cx.report
        .add(
            Code::BadServer,
            &at,
            format!("the server URL `{url}` is incomplete"),
        )
        .help(Some(
            "write a complete URL; otherwise, users must set it on the client".into(),
        ));
    String::new()
}

/// Notes what else the URL could be.
fn choices(cx: &mut Cx, server: &Server) {
    let others = cx.doc.servers.len() - 1;
    let variables = server
        .variables
        .iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    let variables: Vec<&str> = variables.collect();
    let (at, text) = match (&variables[..], others) {
        ([], 0) => return,
        ([], _) => ("servers", "requests go to the first server".to_owned()),
        (names, _) => (
            "servers/0/variables",
            format!(
                "requests go to the first server, with the default of `{}`",
                names.join("`, `")
            ),
        ),
    };
    let at = Pointer::canonical(format!("#/{at}"));
    cx.report
        .add(Code::ServerChoice, &at, text)
        .help(Some("users can set another base URL on the client".into()));
}

fn filled_in(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        let server: Server = serde_json::from_str(
            r#"{ "url": "https://{host}/v1/", "variables": { "host": { "default": "a.b" } } }"#,
        )
        .unwrap();
        assert_eq!(filled_in(&server), "https://a.b/v1/");
    }
}
