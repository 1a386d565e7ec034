//! How a command sends its body.
//!
//! In: the body of an operation. Out: a function of the table that sets the body from JSON. Not here: flags.

use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, array, boolean, code, string};
use crate::emit::rust::argument;
use crate::model::api::{Body, BodyContent, OpId};
use crate::model::files::{FileProperties, Files};

/// Returns the function that sets the body of a command, with the method that the library uses.
pub(super) fn function(cx: &EmitCx, id: OpId, module: &RustCode, body: &Body) -> RustCode {
    let (method, how) = argument::body_method(cx, id, code!("crate::", module));
    let files = files(cx, body);
    let (method, value) = match &body.content {
        BodyContent::Json | BodyContent::Form(_) => (method, "body"),
        BodyContent::MultipartObject(_) | BodyContent::MultipartArray(_) if files.is_none() => {
            (method, "body")
        }
        BodyContent::MultipartObject(_) if body.is_form_data() => ("path_multipart", "body"),
        BodyContent::MultipartObject(_) => ("path_multipart_as", "body"),
        BodyContent::MultipartArray(_) => ("path_parts", "body"),
        BodyContent::File => ("path_file", "body"),
        BodyContent::Text => (method, "body.as_str().unwrap_or_default()"),
        BodyContent::JsonLines | BodyContent::JsonSequence => {
            (method, "body.as_array().into_iter().flatten()")
        }
    };
    let given = how.into_iter().chain(files).chain([code!(value)]);
    let mut arguments = RustCode::default();
    for (index, argument) in given.enumerate() {
        arguments = code!(arguments, (index > 0).then_some(", "), argument);
    }
    // On one line, like all rows of the table.
    code!("|call, body| call.", method, "(", arguments, ")")
}

/// Returns the arguments that say which parts of a body are paths of files. `None` if none is.
fn files(cx: &EmitCx, body: &Body) -> Option<RustCode> {
    let list = |items: Vec<RustCode>| code!("&", array(&items));
    match (body.files(cx.api), &body.content) {
        (Files::None, _) => None,
        (Files::All, BodyContent::MultipartArray(_)) => Some(list(vec![code!(boolean(true))])),
        (Files::All, _) => Some(code!("None, &[]")),
        (Files::Items(items), _) => {
            let items = items.into_iter().map(|is_file| code!(boolean(is_file)));
            Some(list(items.collect()))
        }
        (Files::Properties(FileProperties { files, either }), _) => {
            let names = |names: Vec<&str>| list(names.into_iter().map(string).collect());
            Some(code!("Some(", names(files), "), ", names(either)))
        }
    }
}
