//! What a call returns.
//!
//! In: an [`Op`]. Out: the type of its reply, the constructor of its call, and the enum of a reply whose type depends on the status.
//! Not here: the order of statuses (`plan`), decoding (the runtime).

use proc_macro2::Literal;

use crate::emit::print::code::{Code, code, generic, holder};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::{Module, Table};
use crate::emit::rust::ty;
use crate::emit::text::wording;
use crate::model::api::{Emptiness, Op, OpId, Outcome, Reply, SuccessContent};
use crate::plan::names::ReplyNames;
use crate::plan::replies::{Pattern, patterns};

/// The type of a call's reply.
pub fn ty(module: &mut Module, id: OpId) -> Code {
    let cx = module.cx();
    let op = &cx.api.ops[id.0];
    match &op.reply {
        Reply::Empty => code!("()"),
        Reply::Json {
            ty,
            emptiness: Emptiness::Never,
            ..
        } => ty::plain(module, ty),
        Reply::Json {
            ty,
            emptiness: Emptiness::Documented,
            ..
        } => generic("Option", &[ty::plain(module, ty)]),
        Reply::Text => code!("String"),
        Reply::Redirect => code!("crate::Redirect"),
        Reply::ByStatus(_) => match &cx.names.op(id).reply {
            Some(names) => code!(&names.ty),
            None => code!("()"),
        },
    }
}

/// The function of `Call` that makes a call with this reply.
pub fn constructor(op: &Op) -> &'static str {
    match &op.reply {
        Reply::Empty => "Call::nothing",
        Reply::Json {
            emptiness: Emptiness::Never,
            ..
        } => "Call::new",
        Reply::Json {
            emptiness: Emptiness::Documented,
            ..
        } => "Call::optional",
        Reply::Text => "Call::text",
        Reply::Redirect => "Call::redirect",
        Reply::ByStatus(_) => "Call::by_status",
    }
}

/// The enum of a reply whose type depends on the status.
pub fn enumeration(module: &mut Module, id: OpId) {
    let cx = module.cx();
    let (Reply::ByStatus(successes), Some(ReplyNames { ty, variants })) =
        (&cx.api.ops[id.0].reply, &cx.names.op(id).reply)
    else {
        return;
    };
    module.runtime("by_status");
    let call = &cx.names.op(id).call;
    let link = doc::link(call.as_str(), call.plain());
    let mut item = Item::new(&Docs::line(format!(
        "The response of {link}, by its status."
    )));
    item.line("#[derive(Clone, Debug, PartialEq)]");
    item.line("#[non_exhaustive]");
    item.block(code!("pub enum ", ty), |item| {
        for (success, name) in successes.iter().zip(variants) {
            let answers = &cx.api.ops[id.0].answers;
            let mut described = answers.iter().filter(|answer| {
                answer.outcome == Outcome::Success && answer.status == success.status
            });
            let text = described.next().map(wording::answer).unwrap_or_default();
            let mut docs = Docs::default();
            docs.text(&match text.starts_with(char::is_alphanumeric) {
                true => format!("`{}`: {text}", success.status),
                false => format!("`{}`.\n\n{text}", success.status),
            });
            item.docs(&docs);
            item.line(match &success.content {
                SuccessContent::Empty => code!(name, ","),
                SuccessContent::Text => code!(holder(code!(name), code!("String")), ","),
                SuccessContent::Json { ty, .. } => {
                    let ty = ty::plain(module, ty);
                    code!(holder(code!(name), ty), ",")
                }
            });
        }
    });
    module.item(item);
    let mut table = Table::new("by_status", ty);
    for (pattern, index) in patterns(successes) {
        let pattern = match pattern {
            Pattern::Code(code) => code!(Literal::u16_unsuffixed(code)),
            Pattern::Rest => code!("_"),
        };
        let form = match successes[index].content {
            SuccessContent::Empty => "nothing",
            SuccessContent::Text => "text",
            SuccessContent::Json { .. } => "json",
        };
        table.row(&[pattern], &variants[index], Some(form));
    }
    module.table(table);
}
