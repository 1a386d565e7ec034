//! Path templates.
//!
//! In: templates. Out: [`Piece`]s, and templates made from these. Not here: parameters, names (see `naming`).

use crate::model::api::Piece;

/// Splits a path template into literals and parameters (OpenAPI 3.1, 4.8.2).
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

/// Returns the template of a path.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
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
    }
}
