//! The replies of calls.
//!
//! In: an operation. Out: the type of its reply, the constructor of its call, the methods for other representations, and the enum of
//! a reply whose type depends on the status. Not here: the order of statuses (`plan`), decoding (the runtime).

use proc_macro2::Literal;

use crate::emit::print::code::{
    Chain, RustCode, array, call, code, generic, holder, signature, string,
};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::{Module, Table};
use crate::emit::rust::ty;
use crate::emit::text::{markdown, wording};
use crate::model::api::{
    Alternative, Emptiness, Framing, OpId, Outcome, Reply, Stream, SuccessContent,
};
use crate::plan::names::{Name, ReplyNames};
use crate::plan::replies::{Pattern, patterns};

/// Returns the type of a call's reply.
pub fn ty(module: &mut Module, id: OpId) -> RustCode {
    let cx = module.cx();
    match (&cx.api.ops[id.0].reply, &cx.names.op(id).reply) {
        (Reply::ByStatus(_), Some(names)) => code!(&names.ty),
        (reply, _) => plain(module, reply),
    }
}

fn plain(module: &mut Module, reply: &Reply) -> RustCode {
    match reply {
        Reply::Empty | Reply::ByStatus(_) => code!("()"),
        Reply::Json { ty, emptiness, .. } => match (ty::plain(module, ty), emptiness) {
            (ty, Emptiness::Never) => ty,
            (ty, Emptiness::Documented(_)) => generic("Option", &[ty]),
        },
        Reply::Text => code!("String"),
        Reply::Redirect => code!("crate::Redirect"),
        Reply::Binary => code!("crate::Download"),
        Reply::Stream(stream) => stream_type(module, stream),
    }
}

fn stream_type(module: &mut Module, stream: &Stream) -> RustCode {
    let item = match &stream.item {
        Some(ty) => ty::plain(module, ty),
        None => code!("crate::Event"),
    };
    generic("crate::EventStream", &[item])
}

/// Returns the function of `Call` that makes a call with this reply.
pub fn constructor(reply: &Reply) -> &'static str {
    match reply {
        Reply::Empty => "Call::nothing",
        Reply::Json { emptiness, .. } => match emptiness {
            Emptiness::Never => "Call::new",
            Emptiness::Documented(_) => "Call::optional",
        },
        Reply::Text => "Call::text",
        Reply::Redirect => "Call::redirect",
        Reply::Binary => "Call::download",
        Reply::Stream(stream) => stream_constructor(stream),
        Reply::ByStatus(_) => "Call::by_status",
    }
}

fn stream_constructor(stream: &Stream) -> &'static str {
    match stream {
        Stream { item: None, .. } => "Call::plain_events",
        Stream { framing, .. } => match framing {
            Framing::Events => "Call::events",
            Framing::EventObjects => "Call::event_objects",
            Framing::Lines => "Call::lines",
            Framing::Sequence => "Call::sequence",
        },
    }
}

/// Returns the call with its reply, before it has parameters: `Call::new(&self.client, &OPERATION)`.
pub fn start(reply: &Reply, client: &'static str, operation: RustCode) -> RustCode {
    let call = call(constructor(reply), &[code!(client), operation]);
    let Reply::Json {
        emptiness: Emptiness::Documented(statuses),
        ..
    } = reply
    else {
        return call;
    };
    if statuses.is_empty() {
        return call;
    }
    let statuses = statuses
        .iter()
        .map(|status| code!(Literal::u16_unsuffixed(*status)));
    let statuses: Vec<RustCode> = statuses.collect();
    let statuses = code!("&", array(&statuses));
    Chain::of(call).method("nothing_at", &[statuses]).end()
}

/// Returns the value of the `Accept` header (RFC 9110, section 12.5.1).
pub fn accept(media_types: &[String]) -> String {
    match media_types.is_empty() {
        true => "*/*".into(),
        false => media_types.join(", "),
    }
}

/// The methods of a call that ask for other representations.
pub fn alternatives(module: &mut Module, id: OpId, own: &Name) {
    let cx = module.cx();
    let names = cx.names.op(id);
    let mut methods = Item::inside();
    for (alternative, name) in cx.api.ops[id.0]
        .alternatives
        .iter()
        .zip(&names.alternatives)
    {
        let Alternative {
            reply,
            accept,
            property,
        } = alternative;
        let returned = generic("Call", &[plain(module, reply)]);
        let property = match property {
            Some(property) => call("Some", &[string(property)]),
            None => code!("None"),
        };
        let accept = string(&self::accept(accept));
        let arguments = [code!(constructor(reply)), accept, property];
        methods.gap();
        methods.docs(&alternative_docs(alternative));
        methods.block(signature(name, &[code!("mut self")], returned), |item| {
            let call = Chain::of_self()
                .method("sendable", &[])
                .method("clone", &[]);
            item.line(call.method("instead", &arguments).end());
        });
    }
    if !methods.is_empty() {
        let mut item = Item::default();
        item.block(code!("impl ", own), |item| item.append(methods));
        module.item(item);
    }
}

fn alternative_docs(alternative: &Alternative) -> Docs {
    let media: Vec<String> = (alternative.accept.iter())
        .map(|name| markdown::code(name))
        .collect();
    let media = media.join(" or ");
    let what = match &alternative.reply {
        Reply::Text => format!("Asks for the response as text: {media}."),
        Reply::Binary => format!("Asks for the response as bytes: {media}."),
        Reply::Stream(_) => format!("Streams the response as {media}."),
        Reply::Empty | Reply::Json { .. } | Reply::Redirect | Reply::ByStatus(_) => String::new(),
    };
    let property = alternative.property.as_ref();
    let property = property.map(|name| format!(" Sets {} to `true`.", markdown::code(name)));
    Docs::line(what + &property.unwrap_or_default())
}

/// Returns the type of a page of a listing whose reply depends on the status.
pub fn page(module: &mut Module, id: OpId) -> Option<RustCode> {
    let reply = &module.cx().api.ops[id.0].reply;
    let page = ty::plain(module, reply.listed()?);
    Some(match reply.may_be_empty() {
        true => generic("Option", &[page]),
        false => page,
    })
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
    let link = doc::method(cx, id);
    let mut item = Item::new(&Docs::line(format!(
        "The response of {link}, by its status."
    )));
    let is_open = successes.iter().any(|success| success.content.is_open());
    item.line(match is_open {
        true => "#[derive(Debug)]",
        false => "#[derive(Clone, Debug, PartialEq)]",
    });
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
            item.line(match content_type(module, &success.content) {
                Some(ty) => code!(holder(code!(name), ty), ","),
                None => code!(name, ","),
            });
        }
    });
    module.item(item);
    let mut table = Table::new("by_status", ty);
    for (pattern, index) in patterns(successes) {
        let pattern = match pattern {
            Pattern::Code(code) => code!(Literal::u16_unsuffixed(code)),
            Pattern::Range(digit) => code!(
                Literal::u16_unsuffixed(digit * 100),
                "..",
                Literal::u16_unsuffixed(digit * 100 + 100)
            ),
        };
        let form = form(&successes[index].content);
        table.row(&[pattern], &variants[index], Some(form));
    }
    module.table(table);
}

/// Returns the type of one of several successes; `None` if it has no content.
fn content_type(module: &mut Module, content: &SuccessContent) -> Option<RustCode> {
    Some(match content {
        SuccessContent::Empty => return None,
        SuccessContent::Json { ty, .. } => ty::plain(module, ty),
        SuccessContent::Text => code!("String"),
        SuccessContent::Redirect => code!("crate::Redirect"),
        SuccessContent::Binary => code!("crate::Download"),
        SuccessContent::Stream(stream) => stream_type(module, stream),
    })
}

/// Returns how the runtime's `by_status!` reads a content: as the function of `Call` with this name
/// does, if it is neither JSON nor nothing.
fn form(content: &SuccessContent) -> &'static str {
    match content {
        SuccessContent::Empty => "nothing",
        SuccessContent::Json { .. } => "json",
        SuccessContent::Text => "text",
        SuccessContent::Redirect => "redirect",
        SuccessContent::Binary => "download",
        SuccessContent::Stream(stream) => stream_constructor(stream).trim_start_matches("Call::"),
    }
}
