//! Names for the inputs of an operation, in words of the document.
//!
//! In: an [`Input`]. Out: a word for it. Not here: identifiers, which one scope makes for Rust and another for the command
//! line.

use crate::model::api::{Api, OpId, Shape};
use crate::plan::inputs::Input;

pub(super) fn requested_name(api: &Api, id: OpId, input: Input) -> &str {
    match input {
        Input::Param(index) => {
            let param = &api.ops[id.0].params[index];
            name_or_wire(&param.name, &param.wire)
        }
        Input::Field(ty, index) => match &api.types[ty.0].shape {
            Shape::Struct { fields, .. } => fields
                .get(index)
                .map(|field| name_or_wire(&field.name, &field.wire))
                .unwrap_or_default(),
            Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => "",
        },
        Input::Body => "body",
    }
}

pub(super) fn name_or_wire<'a>(given: &'a Option<String>, wire: &'a str) -> &'a str {
    given.as_deref().unwrap_or(wire)
}
