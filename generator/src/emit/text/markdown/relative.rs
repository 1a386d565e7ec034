//! Relative links.
//!
//! In: the URL that a text belongs to, and a link in it. Out: the URL that the link leads to (RFC 3986, 5.2). Not here: which URLs
//! are links (`inline`).

/// Returns the URL that a relative link leads to; `None` for one with a scheme.
pub(super) fn resolved(base: &str, link: &str) -> Option<String> {
    let head = link.split(['/', '?', '#']).next().unwrap_or_default();
    if link.is_empty() || head.contains(':') {
        return None;
    }
    let base = base.split('#').next().unwrap_or_default();
    let (scheme, rest) = base.split_once("://")?;
    if let Some(host) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (folder, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let (target, tail) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
    let path = match target {
        "" if tail.starts_with('#') => {
            return Some(format!("{scheme}://{host}{folder}{query}{tail}"));
        }
        "" => folder.to_owned(),
        target if target.starts_with('/') => without_dots(target),
        target => {
            let end = folder.rfind('/').map_or(0, |slash| slash + 1);
            without_dots(&format!(
                "/{}{target}",
                folder[..end].trim_start_matches('/')
            ))
        }
    };
    Some(format!("{scheme}://{host}{path}{tail}"))
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            ".." => drop(kept.pop()),
            "." => {}
            segment => {
                kept.push(segment);
                continue;
            }
        }
        // `a/.` and `a/..` are folders.
        if is_last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 3986, 5.4, that a document may contain.
    #[test]
    fn links_resolve_as_in_the_rfc() {
        for (link, url) in [
            ("g", "http://a/b/c/g"),
            ("./g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            ("#s", "http://a/b/c/d;p?q#s"),
            (".", "http://a/b/c/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
        ] {
            assert_eq!(resolved("http://a/b/c/d;p?q", link).as_deref(), Some(url));
        }
        assert_eq!(resolved("http://a", "g").as_deref(), Some("http://a/g"));
        for refused in ["", "javascript:alert(1)", "data:text/html,a"] {
            assert_eq!(resolved("http://a/b", refused), None);
        }
    }
}
