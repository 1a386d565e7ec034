//! How a command sends its body.
//!
//! In: the body of an operation, the flags of its command. Out: a function of the table that sets the body from JSON. Not here: flags.

use crate::emit::Cx;
use crate::emit::print::code::{Code, array, boolean, code, string};
use crate::emit::rust::argument;
use crate::model::api::{Api, Body, BodyContent, OpId, Scalar, Ty};
use crate::model::ty::{fields, non_null, resolve};
use crate::plan::commands::{Flag, FlagKind};
use crate::plan::inputs::Input;

/// The function that sets the body of a command, with the method that the library uses.
pub(super) fn function(cx: &Cx, id: OpId, module: &Code, body: &Body, flags: &[&Flag]) -> Code {
    let (method, how) = argument::body_method(cx, id, code!("crate::", module));
    let files = match (&body.content, resolve(cx.api, non_null(&body.ty).0)) {
        (BodyContent::Parts(_), ty) => files_of(file_items(cx.api, ty)),
        (_, Ty::Map(entry)) if **entry == Ty::Scalar(Scalar::File) => Some(code!("None")),
        (BodyContent::Multipart(_), _) => {
            let files = files_of(file_properties(cx.api, flags));
            files.map(|files| code!("Some(", files, ")"))
        }
        (_, _) => None,
    };
    let (method, value) = match &body.content {
        BodyContent::Json | BodyContent::Form(_) => (method, "body"),
        BodyContent::Multipart(_) | BodyContent::Parts(_) if files.is_none() => (method, "body"),
        BodyContent::Multipart(_) if method == "multipart" => ("path_multipart", "body"),
        BodyContent::Multipart(_) => ("path_multipart_as", "body"),
        BodyContent::Parts(_) => ("path_parts", "body"),
        BodyContent::File => ("path_file", "body"),
        BodyContent::Text => (method, "body.as_str().unwrap_or_default()"),
        BodyContent::JsonLines => (method, "body.as_array().into_iter().flatten()"),
    };
    let given = how.into_iter().chain(files).chain([code!(value)]);
    let mut arguments = Code::default();
    for (index, argument) in given.enumerate() {
        arguments = code!(arguments, (index > 0).then_some(", "), argument);
    }
    // On one line, as all rows of the table.
    code!("|call, body| call.", method, "(", arguments, ")")
}

/// The properties of a multipart body that are files.
fn file_properties(api: &Api, flags: &[&Flag]) -> Vec<Code> {
    let files = flags
        .iter()
        .filter_map(|flag| match (flag.kind, flag.input) {
            (FlagKind::File, Input::Field(ty, index)) => {
                Some(string(&fields(&api.types[ty.0].shape).get(index)?.wire))
            }
            (_, _) => None,
        });
    files.collect()
}

fn files_of(files: Vec<Code>) -> Option<Code> {
    (!files.is_empty()).then(|| code!("&", array(&files)))
}

/// Which items of a list are files, if any is. The last one is about all further items.
fn file_items(api: &Api, ty: &Ty) -> Vec<Code> {
    let is_file = |ty: &Ty| *resolve(api, ty) == Ty::Scalar(Scalar::File);
    let files: Vec<bool> = match ty {
        Ty::List(item) => vec![is_file(item)],
        Ty::Tuple(items) => items.iter().map(is_file).collect(),
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => Vec::new(),
    };
    match files.contains(&true) {
        true => files.into_iter().map(|it| code!(boolean(it))).collect(),
        false => Vec::new(),
    }
}
