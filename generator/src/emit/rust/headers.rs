//! The headers of an operation's replies.
//!
//! In: an [`Op`](crate::model::api::Op). Out: the types that its headers are decoded as, and their docs. Not here: definitions.

use crate::emit::EmitCx;
use crate::emit::rust::doc::{self, Docs};
use crate::model::api::{OpId, Reply, Ty};

/// Returns the name of the type of the headers.
pub fn decoded<'a>(cx: &EmitCx<'a>, ty: Option<&Ty>) -> Option<&'a str> {
    match ty? {
        Ty::Named(id) => Some(cx.names.ty(*id).name.plain()),
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            None
        }
    }
}

/// The section of a method's docs.
pub fn docs(docs: &mut Docs, cx: &EmitCx, id: OpId) {
    let op = &cx.api.ops[id.0];
    let holder = match op.reply {
        Reply::Binary => "Download",
        Reply::Stream(_) => "EventStream",
        Reply::Empty | Reply::Json { .. } | Reply::Text | Reply::Redirect | Reply::ByStatus(_) => {
            "Response"
        }
    };
    let read = |holder: &str, name: &str, what: &str| {
        let link = doc::link(name, &format!("crate::types::{name}"));
        format!(
            "[`{holder}::decode_headers`](crate::{holder}::decode_headers) reads the headers of {what} as {link}."
        )
    };
    let of_success =
        decoded(cx, op.headers.success.as_ref()).map(|it| read(holder, it, "a success"));
    let of_error = decoded(cx, op.headers.error.as_ref());
    let of_error = of_error.map(|it| read("ApiError", it, "an error"));
    docs.section("Headers", of_success.into_iter().chain(of_error));
}
