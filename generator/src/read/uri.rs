//! Relative paths and URI references (RFC 3986).
//!
//! In: texts. Out: texts. Not here: files.

/// Returns the target of a relative path from the file at `base`. `None`: it is outside of the
/// folder, or the path is not relative.
pub fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the file and the fragment of a reference, percent-decoded. `None`: it leads to another
/// host, or is not valid.
pub(super) fn split_reference(reference: &str) -> Option<(String, String)> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if file.starts_with("//") || file.contains(':') {
        return None;
    }
    let file = file.split_once('?').map_or(file, |(file, _)| file);
    Some((percent_decode(file)?, percent_decode(fragment)?))
}

pub(super) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.into());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Resolves a relative reference against a URI or a path in the folder, with its fragment. `None` if it is not relative, or
/// leads nowhere (RFC 3986, 5.2).
pub fn within(uri: &str, reference: &str) -> Option<String> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = percent_decode(fragment)?;
    if path.is_empty() {
        return Some(format!("{uri}#{fragment}"));
    }
    let authority = uri.find("://").map_or(0, |end| {
        let start = end + "://".len();
        uri[start..].find('/').map_or(uri.len(), |end| start + end)
    });
    let (authority, from) = uri.split_at(authority);
    // A URN has no path to resolve against.
    if authority.is_empty() && from.contains(':') {
        return None;
    }
    let (from, path) = match (path.strip_prefix('/'), authority.is_empty()) {
        (Some(path), false) => ("", path),
        (Some(_), true) => return None,
        (None, _) => (from.trim_start_matches('/'), path),
    };
    let joined = join(from, path)?;
    let slash = if authority.is_empty() { "" } else { "/" };
    let end = if path.ends_with('/') { "/" } else { "" };
    Some(format!("{authority}{slash}{joined}{end}#{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_inside_the_folder_only() {
        assert_eq!(join("a/b.yaml", "../c/d.yaml").as_deref(), Some("c/d.yaml"));
        assert_eq!(join("b.yaml", "./c.yaml").as_deref(), Some("c.yaml"));
        assert_eq!(join("a/b.yaml", "../../c.yaml"), None);
        assert_eq!(join("b.yaml", "/c.yaml"), None);
        assert_eq!(join("b.yaml", "file:c.yaml"), None);
    }

    #[test]
    fn splits_references() {
        let split = |reference| {
            split_reference(reference).map(|(file, fragment)| format!("{file} {fragment}"))
        };
        assert_eq!(split("#/a~1b/%7Bc%7D").as_deref(), Some(" /a~1b/{c}"));
        assert_eq!(split("a%20b.yaml").as_deref(), Some("a b.yaml "));
        assert_eq!(split("https://example.com/a.yaml#/b"), None);
        assert_eq!(split("#/%zz"), None);
    }

    #[test]
    fn relative_to_a_uri() {
        let found = |uri, reference| within(uri, reference).unwrap_or_default();
        let uri = "https://a.example/v1/root";
        assert_eq!(found(uri, "item#/b%20c"), "https://a.example/v1/item#/b c");
        assert_eq!(found(uri, "/item"), "https://a.example/item#");
        assert_eq!(found(uri, "#name"), "https://a.example/v1/root#name");
        assert_eq!(found(uri, "sub/"), "https://a.example/v1/sub/#");
        assert_eq!(
            found("https://a.example", "item"),
            "https://a.example/item#"
        );
        assert_eq!(found("sub/dir/", "../leaf"), "sub/leaf#");
        assert_eq!(found("urn:a:b", "#name"), "urn:a:b#name");
        for (uri, reference) in [
            ("urn:a:b", "c"),
            ("a/b", "/c"),
            (uri, "urn:c"),
            (uri, "https://b.example"),
        ] {
            assert_eq!(within(uri, reference), None, "{uri} {reference}");
        }
    }
}
