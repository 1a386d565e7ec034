//! What is not generated.
//!
//! In: the operations and parameters of the model that are left out, the census. Out: a section, unless nothing is missing.

use super::names::call;
use super::writer::{Writer, line};
use crate::emit::EmitCx;
use crate::emit::text::markdown;
use crate::model::api::{OpId, UntypedReason};

pub fn write(cx: &EmitCx, writer: &mut Writer) {
    let ops = cx.api.ops.iter().enumerate();
    let omitted: Vec<_> = ops
        .flat_map(|(index, op)| op.omitted.iter().map(move |it| (OpId(index), it)))
        .collect();
    let free = |why: UntypedReason| why == UntypedReason::FreeForm;
    let untyped = cx.census.untyped.iter().filter(|it| !free(it.why)).count();
    if cx.api.skipped.is_empty() && omitted.is_empty() && untyped == 0 {
        return;
    }
    writer.heading("What is missing");
    for op in &cx.api.skipped {
        writer.say(&format!(
            "{} is left out: {}. Its warning goes with it:",
            markdown::code(&line(op.at.as_str())),
            line(&op.text)
        ));
        writer.remove(&op.at);
    }
    if !omitted.is_empty() {
        writer.say("These parameters are left out. An overlay can describe them in another way.");
    }
    for (id, param) in omitted {
        let named = param.named.as_ref();
        let named = named.map(|(location, name)| {
            format!(
                "the {} parameter {}",
                location.as_str(),
                markdown::code(name)
            )
        });
        let named = named.unwrap_or_else(|| "a parameter".to_owned());
        writer.item(&format!("{}: {named} {}", call(cx, id), param.reason));
    }
    if untyped > 0 {
        writer.say(&format!(
            "{untyped} of {} values have no type of their own, although the document describes one. The page \
             `docs/untyped.md` of the crate lists them with the reasons.",
            cx.census.positions
        ));
    }
}
