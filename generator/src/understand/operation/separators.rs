//! Separators between the parameters of a path.
//!
//! In: a path template and its parameters. Out: diagnostics about values that a server cannot distinguish. Not here: escaping.

use crate::model::api::{Explode, Param, ParamLocation, Piece, Shape, Syntax, Ty, TypeDef};
use crate::report::Code;
use crate::understand::schema::cx::Cx;

/// Reports pairs of parameters in the same segment, if different values can result in the same path.
pub(super) fn check(cx: &mut Cx, path: &[Piece], params: &[Param]) {
    let is_query = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains('?'));
    let end = path.iter().position(is_query).unwrap_or(path.len());
    let (mut before, mut between): (Option<&str>, &str) = (None, "");
    for piece in &path[..end] {
        match piece {
            Piece::Text(text) if text.contains('/') => before = None,
            Piece::Text(text) => between = text.as_str(),
            Piece::Param(name) => {
                if let Some(other) = before {
                    pair(cx, (other, name.as_str()), between, params);
                }
                (before, between) = (Some(name.as_str()), "");
            }
        }
    }
}

fn pair(cx: &mut Cx, (one, other): (&str, &str), between: &str, params: &[Param]) {
    let find = |name: &str| {
        let is_it = |param: &&Param| param.location == ParamLocation::Path && param.wire == name;
        params.iter().find(is_it)
    };
    let (Some(one), Some(other)) = (find(one), find(other)) else {
        return;
    };
    let separator = separator(between);
    let joins = |param: &Param| separator.is_some_and(|it| joins(&cx.types, param, it));
    let text = match separator {
        None => format!(
            "no reserved character separates the path parameters `{}` and `{}`, so different values can result in the same path",
            one.wire, other.wire
        ),
        Some(byte) if joins(one) || joins(other) => format!(
            "only `{}`, which also separates items, separates the path parameters `{}` and `{}`, so different values can result in the same path",
            char::from(byte),
            one.wire,
            other.wire
        ),
        Some(_) => return,
    };
    cx.report.once(Code::LooserParameter, &other.at, text);
}

/// Returns a character between two parameters that is escaped within their values. Returns `None` if no character between them is
/// left unescaped in a URL.
fn separator(between: &str) -> Option<u8> {
    let mut plain = Vec::new();
    let mut rest = between.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => drop((rest.next(), rest.next())),
            byte if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) => {
                plain.push(byte);
            }
            _ => {}
        }
    }
    let sign = plain.iter().find(|byte| !byte.is_ascii_alphanumeric());
    sign.or(plain.first()).copied()
}

/// Returns whether a parameter joins items or members with this character.
fn joins(types: &[TypeDef], param: &Param, separator: u8) -> bool {
    let delimiters: &[u8] = match (param.style.syntax, param.style.explode) {
        (Syntax::Label, Explode::Exploded) => b".=",
        (Syntax::Matrix, Explode::Exploded) => b";=",
        (Syntax::Simple | Syntax::Label, _) => b",=",
        (Syntax::Matrix, Explode::Joined) => b",",
        (
            Syntax::Form
            | Syntax::SpaceDelimited
            | Syntax::PipeDelimited
            | Syntax::DeepObject(_)
            | Syntax::Cookie
            | Syntax::Json,
            _,
        ) => return false,
    };
    delimiters.contains(&separator) && has_parts(types, &param.ty)
}

fn has_parts(types: &[TypeDef], ty: &Ty) -> bool {
    match ty {
        Ty::Scalar(_) => false,
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => true,
        Ty::Nullable(inner) => has_parts(types, inner),
        Ty::Named(id) => match &types[id.0].shape {
            Shape::Enum { .. } => false,
            Shape::Struct { .. } | Shape::Union { .. } => true,
            Shape::Alias(ty) => has_parts(types, ty),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stay_as_they_are_in_a_url() {
        for (between, expected) in [
            ("-", Some(b'-')),
            ("x", Some(b'x')),
            ("x..", Some(b'.')),
            ("%20-", Some(b'-')),
            ("%20", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(separator(between), expected, "{between}");
        }
    }
}
