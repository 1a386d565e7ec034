//! Operations.
//!
//! In: an [`Op`](crate::api::Op). Out: the method that makes a call, the static that describes the operation, the call's
//! struct with its setters, and how its pages follow each other. All behaviour is in the runtime. Not here: what is an
//! argument and what a setter (`facts`).

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{self, Docs};
use super::module::Module;
use super::{Cx, markdown, ty, usage};
use crate::api::{
    Body, BodyContent, Field, HttpMethod, NextPage, Op, OpId, ParamPlace, ParamStyle, Reply,
    Scalar, Shape, Ty, TypeId,
};
use crate::facts::{BodyForm, Form, Input, non_null, path_text, resolve};
use crate::names::SettingNames;

/// The method of a resource that makes the call.
pub fn method(module: &mut Module, id: OpId) -> TokenStream {
    let cx = module.cx();
    let (op, names, facts) = (&cx.api.ops[id.0], cx.names.op(id), cx.facts.op(id));
    let (call, operation) = (&names.call, &names.operation);
    module.runtime("Call");
    let (mut arguments, mut steps, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for input in &facts.arguments {
        let Some(name) = names.input(*input) else {
            continue;
        };
        let argument = self::input(module, op, *input, quote!(#name));
        let ty = argument.ty;
        arguments.push(quote!(#name: #ty));
        match argument.use_of {
            Use::Step(step) => steps.push(step),
            Use::Part(value) => parts.push(value),
        }
    }
    let made = match facts.body {
        BodyForm::None | BodyForm::Whole => quote!(#call(call)),
        BodyForm::Made(body) => {
            let name = module.import_type(body);
            steps.push(body_step(op, quote!(&#name::new(#(#parts),*))));
            quote!(#call(call))
        }
        BodyForm::Held(body) => {
            let name = module.import_type(body);
            quote!(#call { call, body: #name::new(#(#parts),*) })
        }
    };
    let (docs, deprecated) = (method_docs(cx, id).attributes(), doc::deprecated(&op.doc));
    let method = &names.method;
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #call {
            let call = Call::new(&self.client, &#operation) #(.#steps)*;
            #made
        }
    }
}

/// What a value that the caller gives does.
enum Use {
    /// It calls a method of `Call`.
    Step(TokenStream),
    /// It becomes part of the body.
    Part(TokenStream),
}

struct Argument {
    ty: TokenStream,
    use_of: Use,
}

fn input(module: &mut Module, op: &Op, input: Input, name: TokenStream) -> Argument {
    match input {
        Input::Param(index) => param(module, op, index, name),
        Input::Body => {
            let ty = body_ty(op)
                .map(|ty| ty::plain(module, ty))
                .unwrap_or_default();
            Argument {
                ty: quote!(&#ty),
                use_of: Use::Step(body_step(op, name)),
            }
        }
        Input::Field(id, index) => {
            let Some(field) = field(module.cx(), id, index) else {
                return Argument {
                    ty: quote!(()),
                    use_of: Use::Part(name),
                };
            };
            let inner = match module.cx().facts.ty(id).members[index].form {
                Form::Required => &field.ty,
                Form::Optional | Form::Nullable => non_null(module.cx().api, &field.ty).0,
            };
            let argument = ty::argument(module, inner, name.clone());
            let value = match module.cx().facts.ty(id).members[index].form {
                Form::Required => name,
                Form::Optional | Form::Nullable => argument.value,
            };
            Argument {
                ty: argument.ty,
                use_of: Use::Part(value),
            }
        }
    }
}

fn field<'a>(cx: &Cx<'a>, id: TypeId, index: usize) -> Option<&'a Field> {
    match &cx.api.types[id.0].shape {
        Shape::Struct { fields, .. } => fields.get(index),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

fn param(module: &mut Module, op: &Op, index: usize, name: TokenStream) -> Argument {
    let param = &op.params[index];
    let (inner, _) = non_null(module.cx().api, &param.ty);
    let wire = &param.wire;
    let setter = setter(param.place);
    let is_path = param.place == ParamPlace::Path;
    match param.style {
        ParamStyle::Plain => {
            let is_text = matches!(resolve(module.cx().api, inner), Ty::Scalar(Scalar::String));
            let (ty, value) = match (is_text, is_path) {
                (true, true) => (quote!(impl AsRef<str>), quote!(#name.as_ref())),
                (true, false) => (quote!(impl Into<String>), quote!(#name.into())),
                (false, true) => (ty::plain(module, inner), quote!(&#name.to_string())),
                (false, false) => (ty::plain(module, inner), name),
            };
            Argument {
                ty,
                use_of: Use::Step(quote!(#setter(#wire, #value))),
            }
        }
        ParamStyle::Repeated => {
            let (ty, values) = list(module, inner, name);
            Argument {
                ty,
                use_of: Use::Step(quote!(query_list(#wire, #values))),
            }
        }
        ParamStyle::Joined(separator) => {
            module.runtime("joined");
            let (ty, values) = list(module, inner, name);
            let value = match is_path {
                true => quote!(&joined(#separator, #values)),
                false => quote!(joined(#separator, #values)),
            };
            Argument {
                ty,
                use_of: Use::Step(quote!(#setter(#wire, #value))),
            }
        }
    }
}

/// A list of what can be written as text.
fn list(module: &mut Module, ty: &Ty, name: TokenStream) -> (TokenStream, TokenStream) {
    let api = module.cx().api;
    let item = match resolve(api, ty) {
        Ty::List(item) => non_null(api, item).0,
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            ty
        }
    };
    match resolve(api, item) {
        Ty::Scalar(Scalar::String) => (
            quote!(impl IntoIterator<Item = impl Into<String>>),
            quote!(#name.into_iter().map(Into::<String>::into)),
        ),
        Ty::Scalar(_)
        | Ty::Named(_)
        | Ty::List(_)
        | Ty::Map(_)
        | Ty::Tuple(_)
        | Ty::Nullable(_)
        | Ty::Any(_) => {
            let item = ty::plain(module, item);
            (quote!(impl IntoIterator<Item = #item>), name)
        }
    }
}

fn setter(place: ParamPlace) -> TokenStream {
    match place {
        ParamPlace::Path => quote!(path),
        ParamPlace::Query => quote!(query),
        ParamPlace::Header => quote!(header),
        ParamPlace::Cookie => quote!(cookie),
    }
}

fn body_ty(op: &Op) -> Option<&Ty> {
    match &op.body.as_ref()?.content {
        BodyContent::Json { ty, .. } => Some(ty),
    }
}

fn body_step(op: &Op, value: TokenStream) -> TokenStream {
    match op.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::Json { media_type, .. }) if media_type != "application/json" => {
            quote!(json_as(#media_type, #value))
        }
        Some(BodyContent::Json { .. }) | None => quote!(json(#value)),
    }
}

/// All that an operation needs beside its method.
pub fn items(module: &mut Module, id: OpId) {
    operation(module, id);
    call(module, id);
}

/// The static that describes an operation.
fn operation(module: &mut Module, id: OpId) {
    let cx = module.cx();
    let (op, names) = (&cx.api.ops[id.0], cx.names.op(id));
    module.runtime("Operation");
    let (name, path, op_id) = (&names.operation, path_text(&op.path), &op.id);
    let query = op
        .params
        .iter()
        .filter(|param| param.place == ParamPlace::Query)
        .map(|param| &param.wire);
    let auth = &cx.facts.op(id).auth;
    let auth: Vec<TokenStream> = auth
        .iter()
        .map(|schemes| {
            let schemes: Vec<_> = schemes
                .iter()
                .map(|index| &cx.names.schemes[*index].constant)
                .collect();
            schemes.iter().for_each(|name| module.import_service(name));
            quote!(&[#(&#schemes),*])
        })
        .collect();
    let cursor = match op.paging.as_ref().and_then(|paging| paging.next.as_ref()) {
        Some(NextPage::Cursor { param, .. }) => quote!(Some(#param)),
        None => quote!(None),
    };
    let auth = quote!(&[#(#auth),*]);
    let described = |method: TokenStream, auth: TokenStream| {
        quote! {
            Operation {
                id: #op_id,
                method: #method,
                path: #path,
                query: &[#(#query),*],
                auth: #auth,
                cursor: #cursor,
            }
        }
    };
    if let HttpMethod::Other(token) = &op.method {
        module.runtime("method");
        module.import("std::sync", "LazyLock");
        let described = described(quote!(method(#token)), quote!(const { #auth }));
        module.item(
            quote! { pub(crate) static #name: LazyLock<Operation> = LazyLock::new(|| #described); },
        );
    } else {
        module.runtime("Method");
        let method = proc_macro2::Ident::new(op.method.as_str(), proc_macro2::Span::call_site());
        let described = described(quote!(Method::#method), auth);
        module.item(quote! { pub(crate) static #name: Operation = #described; });
    }
}

/// The call's struct, its setters, and the macro call that makes it awaitable.
fn call(module: &mut Module, id: OpId) {
    let cx = module.cx();
    let (op, names, facts) = (&cx.api.ops[id.0], cx.names.op(id), cx.facts.op(id));
    let (name, reply) = (&names.call, reply(module, op));
    let docs = call_docs(cx, id).attributes();
    let definition = match facts.body {
        BodyForm::None | BodyForm::Whole | BodyForm::Made(_) => {
            quote!(pub struct #name(Call<#reply>);)
        }
        BodyForm::Held(body) => {
            let body = module.import_type(body);
            quote! {
                pub struct #name {
                    call: Call<#reply>,
                    body: #body,
                }
            }
        }
    };
    module.item(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is awaited"]
        #definition
    });
    let setters: Vec<TokenStream> = facts
        .setters
        .iter()
        .filter_map(|input| call_setter(module, id, *input))
        .collect();
    if !setters.is_empty() {
        module.item(quote! { impl #name { #(#setters)* } });
    }
    let macro_name = if facts.is_page { "paged_call" } else { "call" };
    module.runtime(macro_name);
    let macro_name = proc_macro2::Ident::new(macro_name, proc_macro2::Span::call_site());
    let held = match facts.body {
        BodyForm::Held(_) => quote!(, json body),
        BodyForm::None | BodyForm::Whole | BodyForm::Made(_) => TokenStream::new(),
    };
    module.item(quote! { #macro_name!(#name => #reply #held); });
}

fn reply(module: &mut Module, op: &Op) -> TokenStream {
    match &op.reply {
        Reply::Empty => quote!(()),
        Reply::Json { ty, .. } => ty::plain(module, ty),
    }
}

/// The setter of something that may be left out.
fn call_setter(module: &mut Module, id: OpId, input: Input) -> Option<TokenStream> {
    let cx = module.cx();
    let (op, names, facts) = (&cx.api.ops[id.0], cx.names.op(id), cx.facts.op(id));
    let name = names.input(input)?;
    let argument = self::input(module, op, input, quote!(#name));
    let (docs, deprecated) = input_docs(cx, op, input);
    let ty = argument.ty;
    let held = matches!(facts.body, BodyForm::Held(_));
    let made = match (argument.use_of, input) {
        (Use::Step(step), _) if held => quote!(Self { call: self.call.#step, ..self }),
        (Use::Step(step), _) => quote!(Self(self.0.#step)),
        (Use::Part(value), Input::Field(body, index)) => {
            let field = &cx.names.ty(body).members[index];
            let member = cx.facts.ty(body).members[index];
            let value = if member.boxed {
                quote!(Box::new(#value))
            } else {
                value
            };
            let value = match member.form {
                Form::Required => value,
                Form::Optional => quote!(Some(#value)),
                Form::Nullable => quote!(Some(Some(#value))),
            };
            return Some(quote! {
                #docs
                #deprecated
                pub fn #name(mut self, #name: #ty) -> Self {
                    self.body.#field = #value;
                    self
                }
            });
        }
        (Use::Part(_), Input::Param(_) | Input::Body) => return None,
    };
    Some(quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #ty) -> Self {
            #made
        }
    })
}

fn input_docs(cx: &Cx, op: &Op, input: Input) -> (TokenStream, TokenStream) {
    match input {
        Input::Param(index) => {
            let param = &op.params[index];
            let mut docs = Docs::of(&param.doc, || {
                format!("The parameter {}.", markdown::code(&param.wire))
            });
            doc::default(&mut docs, &param.presence);
            (docs.attributes(), doc::deprecated(&param.doc))
        }
        Input::Body => {
            let text = op
                .body
                .as_ref()
                .map(|body: &Body| body.doc.clone())
                .unwrap_or_default();
            (
                Docs::of(&text, || "The request body.".into()).attributes(),
                TokenStream::new(),
            )
        }
        Input::Field(id, index) => match field(cx, id, index) {
            Some(field) => (doc::field(field).attributes(), doc::deprecated(&field.doc)),
            None => (TokenStream::new(), TokenStream::new()),
        },
    }
}

fn call_docs(cx: &Cx, id: OpId) -> Docs {
    let (names, facts) = (cx.names.op(id), cx.facts.op(id));
    let structure = facts
        .resource
        .map(|id| cx.names.resource(id).structure.as_str())
        .unwrap_or_default();
    let link = doc::link(
        &format!("{structure}::{}", names.method),
        &format!("{structure}::{}", names.method.plain()),
    );
    Docs::line(match facts.is_page {
        true => format!(
            "A call of {link}: await it for one page, or take its [`items`](Self::items) or [`pages`](Self::pages)."
        ),
        false => format!("A call of {link}."),
    })
}

/// `GET /models/{id}`, as code in Markdown.
pub fn request(op: &Op) -> String {
    markdown::code(&request_text(op))
}

/// The same as text.
pub fn request_text(op: &Op) -> String {
    format!("{} {}", op.method.as_str(), path_text(&op.path))
}

fn method_docs(cx: &Cx, id: OpId) -> Docs {
    let op = &cx.api.ops[id.0];
    let request = request(op);
    let mut docs = Docs::of(&op.doc, || request.clone());
    if !docs.is_line(&request) {
        docs.paragraph(request);
    }
    docs.section("Arguments", arguments(cx, id));
    docs.section("Errors", errors(cx, id));
    docs.section("Examples", usage::lines(cx, id));
    docs
}

/// A list of what must be given, if the document has anything to say of it.
fn arguments(cx: &Cx, id: OpId) -> Vec<String> {
    let op = &cx.api.ops[id.0];
    let inputs = &cx.facts.op(id).arguments;
    let brief = |input: &Input| match *input {
        Input::Param(index) => doc::brief(&op.params[index].doc),
        Input::Body => op.body.as_ref().and_then(|body| doc::brief(&body.doc)),
        Input::Field(id, index) => field(cx, id, index).and_then(|field| doc::brief(&field.doc)),
    };
    if inputs.iter().all(|input| brief(input).is_none()) {
        return Vec::new();
    }
    let names = cx.names.op(id);
    let line = |input: &Input| {
        let name = names.input(*input)?;
        Some(match brief(input) {
            Some(text) => format!("- `{name}`: {text}"),
            None => format!("- `{name}`"),
        })
    };
    inputs.iter().filter_map(line).collect()
}

/// What awaiting a call can fail with.
fn errors(cx: &Cx, id: OpId) -> Vec<String> {
    let op = &cx.api.ops[id.0];
    let mut lines = vec!["Awaiting the call fails with".to_owned()];
    if let Some(credentials) = credentials(cx, &cx.facts.op(id).auth) {
        lines.push("[`MissingCredentials`](crate::Error::MissingCredentials)".into());
        lines.push(format!("unless {credentials} is set,"));
    }
    if op
        .params
        .iter()
        .any(|param| param.place == ParamPlace::Path)
    {
        lines.push("[`InvalidArgument`](crate::Error::InvalidArgument) where an argument cannot be part of a path,".into());
    }
    lines.push("[`Api`](crate::Error::Api) where the server refuses the request,".into());
    lines.push("and whatever else a call can fail with, see [`Error`](crate::Error).".into());
    lines
}

/// What has to be set: one of the alternatives. `None` where nothing has to.
fn credentials(cx: &Cx, alternatives: &[Vec<usize>]) -> Option<String> {
    if alternatives.iter().any(Vec::is_empty) {
        return None;
    }
    let setter = |names: &SettingNames| {
        let name = &names.setter;
        format!("[`{name}`](crate::ClientBuilder::{})", name.plain())
    };
    let scheme = |index: &usize| {
        let credentials = &cx.names.schemes[*index].credentials;
        let setters: Vec<String> = credentials.iter().map(setter).collect();
        setters.join(" or ")
    };
    let alternative = |schemes: &Vec<usize>| {
        let schemes: Vec<String> = schemes.iter().map(scheme).collect();
        schemes.join(" and ")
    };
    let texts: Vec<String> = alternatives.iter().map(alternative).collect();
    (!texts.is_empty()).then(|| texts.join(", or "))
}
