//! How a command prints its reply.
//!
//! In: an operation. Out: the reply in its row of the table, with the representations that a flag asks for. Not here: printing (the
//! runtime).

use crate::emit::EmitCx;
use crate::emit::print::code::{RustCode, code, string};
use crate::emit::print::item::Item;
use crate::model::api::{Emptiness, Framing, OpId, Reply, Status, Stream, Success, SuccessContent};

/// A reply that is saved.
const BYTES: &str = "Reply::Bytes(crate::runtime::cli::save::bytes)";
/// The function that saves it.
const SAVE: &str = "crate::runtime::cli::save::bytes";

fn reply(cx: &EmitCx, id: OpId, module: &RustCode) -> RustCode {
    let op = &cx.api.ops[id.0];
    let stream = op.alternatives.iter().find_map(|it| match &it.reply {
        Reply::Stream(stream) => Some((it, stream)),
        Reply::Empty
        | Reply::Json { .. }
        | Reply::Text
        | Reply::Redirect
        | Reply::Binary
        | Reply::ByStatus(_) => None,
    });
    if let (Some((alternative, stream)), Reply::Json { .. } | Reply::ByStatus(_)) =
        (stream, &op.reply)
    {
        let accept = [&op.accept[..], &alternative.accept].concat().join(", ");
        let open = code!(", open: ", printer(stream), " }");
        return code!("Reply::Either { accept: ", string(&accept), open);
    }
    match (&op.reply, op.listing.pages()) {
        (Reply::Empty, _) => code!("Reply::Any"),
        (Reply::ByStatus(all), _) => by_status(cx, id, all, module),
        (Reply::Text, _) => code!("Reply::Text"),
        (Reply::Binary, _) => code!(BYTES),
        (Reply::Stream(stream), _) => code!("Reply::Stream(", printer(stream), ")"),
        (Reply::Redirect, _) => code!("Reply::Redirect"),
        (
            Reply::Json {
                emptiness: Emptiness::Documented(_),
                ..
            },
            None,
        ) => code!("Reply::Any"),
        (Reply::Json { .. }, None) => code!("Reply::Json"),
        (Reply::Json { .. }, Some(_)) => code!("Reply::Page"),
    }
}

/// A reply that depends on the status. Where all of it is read before it is printed, its form says enough.
fn by_status(cx: &EmitCx, id: OpId, successes: &[Success], module: &RustCode) -> RustCode {
    let is_whole = |success: &Success| match success.content {
        SuccessContent::Empty | SuccessContent::Json { .. } | SuccessContent::Text => {
            matches!(
                success.status,
                Status::Code(..300) | Status::Range(2) | Status::Default
            )
        }
        SuccessContent::Redirect | SuccessContent::Binary | SuccessContent::Stream(_) => false,
    };
    let Some(names) = &cx.names.op(id).reply else {
        return code!("Reply::Any");
    };
    if successes.iter().all(is_whole) {
        return code!("Reply::Any");
    }
    let open = successes.iter().find_map(|success| match &success.content {
        SuccessContent::Binary => Some(SAVE),
        SuccessContent::Stream(stream) => Some(printer(stream)),
        SuccessContent::Empty
        | SuccessContent::Json { .. }
        | SuccessContent::Text
        | SuccessContent::Redirect => None,
    });
    let open = match open {
        Some(open) => code!("Some(", open, ")"),
        None => code!("None"),
    };
    let reading = code!(
        "<crate::",
        module,
        &names.ty,
        " as crate::runtime::ByStatus>::reading"
    );
    code!(
        "Reply::ByStatus { reading: ",
        reading,
        ", open: ",
        open,
        " }"
    )
}

/// The reply, with the representations that `--accept` chooses from. A stream is printed without it.
pub(super) fn with_others(cx: &EmitCx, id: OpId, module: &RustCode, item: &mut Item) {
    let usual = reply(cx, id, module);
    let mut others = Vec::new();
    for alternative in &cx.api.ops[id.0].alternatives {
        let reply = match &alternative.reply {
            Reply::Text => "Reply::Text",
            Reply::Binary => BYTES,
            Reply::Empty
            | Reply::Json { .. }
            | Reply::Redirect
            | Reply::Stream(_)
            | Reply::ByStatus(_) => continue,
        };
        let accept = string(&alternative.accept.join(", "));
        let reply = code!(", reply: ", reply, " },");
        others.push(code!("Alternative { accept: ", accept, reply));
    }
    if others.is_empty() {
        return item.line(code!("reply: ", usual, ","));
    }
    let head = code!("reply: Reply::Several(&", usual, ", &[");
    item.nest(head, "]),", |item| {
        others.into_iter().for_each(|other| item.line(other));
    });
}

/// Returns the function that prints a stream.
fn printer(stream: &Stream) -> &'static str {
    match stream.framing {
        Framing::Events | Framing::EventObjects => "crate::runtime::cli::open::events",
        Framing::Lines => "crate::runtime::cli::open::lines",
        Framing::Sequence => "crate::runtime::cli::open::sequence",
    }
}
