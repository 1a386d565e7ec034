//! Styles of parameters.
//!
//! In: a [`ParamStyle`]. Out: the constant of the runtime, for calls and for the table of commands. Not here: values.

use crate::emit::print::code::{RustCode, code};
use crate::model::api::{Empty, Explode, Naming, NestedList, ParamStyle, Reserved, Syntax};

/// Returns a style as the runtime has it: `Style::FORM.joined()`.
pub fn constant(style: &ParamStyle) -> RustCode {
    let (name, usual) = match style.syntax {
        Syntax::Simple => ("SIMPLE", Explode::Joined),
        Syntax::Label => ("LABEL", Explode::Joined),
        Syntax::Matrix => ("MATRIX", Explode::Joined),
        Syntax::Form => ("FORM", Explode::Exploded),
        Syntax::SpaceDelimited => ("SPACE_DELIMITED", Explode::Joined),
        Syntax::PipeDelimited => ("PIPE_DELIMITED", Explode::Joined),
        Syntax::DeepObject(_) => ("DEEP_OBJECT", Explode::Exploded),
        Syntax::Cookie => ("COOKIE", Explode::Exploded),
        Syntax::Json => ("JSON", Explode::Joined),
    };
    let lists = match style.syntax {
        Syntax::DeepObject(NestedList::Indices) => Some(".indices()"),
        Syntax::DeepObject(NestedList::Repeated) => Some(".repeated()"),
        Syntax::DeepObject(NestedList::Brackets)
        | Syntax::Simple
        | Syntax::Label
        | Syntax::Matrix
        | Syntax::Form
        | Syntax::SpaceDelimited
        | Syntax::PipeDelimited
        | Syntax::Cookie
        | Syntax::Json => None,
    };
    let explode = (style.explode != usual).then_some(match style.explode {
        Explode::Joined => ".joined()",
        Explode::Exploded => ".exploded()",
    });
    let reserved = match style.reserved {
        Reserved::Escaped => None,
        Reserved::Kept => Some(".reserved()"),
    };
    let empty = match style.empty {
        Empty::NotSent => None,
        Empty::Sent => Some(".or_empty()"),
    };
    let bare = match style.naming {
        Naming::Named => None,
        Naming::Bare => Some(".bare()"),
    };
    code!("Style::", name, lists, explode, reserved, empty, bare)
}
