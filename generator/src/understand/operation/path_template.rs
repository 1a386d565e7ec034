//! Path templates, and what they say about resources and methods.
//!
//! In: templates. Out: [`Piece`]s, resources, names of methods. Not here: parameters.

use openapiv3::Operation;

use crate::model::api::{HttpMethod, Piece};

/// Splits a path template (OpenAPI 3.1, 4.8.2) at its parameters.
pub(super) fn pieces(template: &str) -> Result<Vec<Piece>, String> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else {
            return Err("a `{` has no matching `}`".into());
        };
        let (text, name) = (&rest[..start], &rest[start + 1..start + length]);
        if name.is_empty() || name.contains(['{', '/', '?', '#']) {
            return Err(format!("`{{{name}}}` is not a parameter name"));
        }
        if !text.is_empty() {
            found.push(Piece::Text(text.into()));
        }
        found.push(Piece::Param(name.into()));
        rest = &rest[start + length + 1..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest.into()));
    }
    let is_open = |piece: &Piece| matches!(piece, Piece::Text(fixed) if fixed.contains('}'));
    if found.iter().any(is_open) {
        return Err("a `}` has no matching `{`".into());
    }
    Ok(found)
}

/// Returns the template again.
pub(super) fn text(path: &[Piece]) -> String {
    let mut text = String::new();
    for piece in path {
        match piece {
            Piece::Text(fixed) => text.push_str(fixed),
            Piece::Param(name) => text.extend(["{", name, "}"]),
        }
    }
    text
}

/// Returns the segments without parameters; where there are none, the tag.
pub(super) fn resource(path: &[Piece], operation: &Operation) -> Vec<String> {
    let template = text(path);
    let template = template.split('?').next().unwrap_or_default();
    let words: Vec<String> = template
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.contains('{'))
        .map(String::from)
        .collect();
    if words.is_empty() {
        vec![
            operation
                .tags
                .first()
                .cloned()
                .unwrap_or_else(|| "root".into()),
        ]
    } else {
        words
    }
}

/// Returns the verb of a method on a collection, or on an item of it if the path ends in a
/// parameter.
pub(super) fn default_name(method: &HttpMethod, path: &[Piece]) -> String {
    let template = text(path);
    let template = template.split('?').next().unwrap_or_default();
    let item = template
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('{'));
    let name = match (method, item) {
        (HttpMethod::Get, false) => "list",
        (HttpMethod::Get, true) => "retrieve",
        (HttpMethod::Post, false) => "create",
        (HttpMethod::Post, true) | (HttpMethod::Put | HttpMethod::Patch, _) => "update",
        (HttpMethod::Delete, _) => "delete",
        (
            HttpMethod::Options
            | HttpMethod::Head
            | HttpMethod::Trace
            | HttpMethod::Query
            | HttpMethod::Other(_),
            _,
        ) => return method.as_str().to_ascii_lowercase(),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_default_names() {
        let path = |template| pieces(template).unwrap();
        assert_eq!(
            path("/a/{b}/c.json"),
            [
                Piece::Text("/a/".into()),
                Piece::Param("b".into()),
                Piece::Text("/c.json".into())
            ]
        );
        assert_eq!(text(&path("/a/{b}{c}")), "/a/{b}{c}");
        for wrong in ["/a/{b", "/a/{}", "/a/{b?c}", "/a}/b"] {
            assert!(pieces(wrong).is_err(), "{wrong}");
        }
        assert_eq!(default_name(&HttpMethod::Get, &path("/a")), "list");
        assert_eq!(default_name(&HttpMethod::Get, &path("/a/{b}")), "retrieve");
        assert_eq!(
            default_name(&HttpMethod::Post, &path("/a/{b}.json")),
            "update"
        );
        assert_eq!(default_name(&HttpMethod::Post, &path("/a/{b}/c")), "create");
        assert_eq!(default_name(&HttpMethod::Get, &path("/a?b={c}")), "list");
    }

    #[test]
    fn resources_are_the_fixed_segments() {
        let operation = Operation {
            tags: vec!["Pets".into()],
            ..Operation::default()
        };
        let of = |template| resource(&pieces(template).unwrap(), &operation);
        assert_eq!(of("/a/{b}/c"), ["a", "c"]);
        assert_eq!(of("/a?b=c/d"), ["a"]);
        assert_eq!(of("/{b}"), ["Pets"]);
    }
}
