//! Servers: the table that the runtime reads, the choice between them, and the setters of their variables.
//!
//! In: the servers of the document. Out: code for `service.rs`, and what the settings mean in words. Not here: the servers of single
//! operations (`operation`).

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::EmitCx;
use crate::emit::rust::doc::Docs;
use crate::emit::rust::module::Module;
use crate::emit::text::markdown;
use crate::model::api::{Server, ServerVariable};
use crate::plan::names::SettingNames;

/// Returns a row per server.
pub fn table(module: &mut Module) -> Vec<TokenStream> {
    let cx = module.cx();
    if !cx.api.servers.is_empty() {
        module.runtime("ServerUrl");
    }
    let mut rows = Vec::new();
    for (index, server) in cx.api.servers.iter().enumerate() {
        let variables: Vec<TokenStream> = server
            .variables
            .iter()
            .map(|variable| self::variable(cx, variable))
            .collect();
        if !variables.is_empty() {
            module.runtime("ServerVariable");
        }
        let name = cx.names.servers.variants.get(index);
        let name = name.map_or("", |name| name.plain());
        let url = &server.url;
        rows.push(quote! { ServerUrl { name: #name, url: #url, variables: &[#(#variables),*] } });
    }
    rows
}

fn variable(cx: &EmitCx, variable: &ServerVariable) -> TokenStream {
    let setter = names(cx, variable).map_or("", |names| names.setter.plain());
    let ServerVariable {
        name,
        default,
        values,
        ..
    } = variable;
    quote! {
        ServerVariable { name: #name, setter: #setter, default: #default, values: &[#(#values),*] }
    }
}

fn names<'a>(cx: &EmitCx<'a>, variable: &ServerVariable) -> Option<&'a SettingNames> {
    let mut all = cx.names.servers.variables.iter();
    let (_, names) = all.find(|(name, _)| *name == variable.name)?;
    Some(names)
}

/// The enum of servers, if there are several.
pub fn choice(module: &mut Module) {
    let cx = module.cx();
    if cx.names.servers.choice.is_none() {
        return;
    }
    let variants = cx.api.servers.iter().zip(&cx.names.servers.variants);
    let variants = variants.map(|(server, name)| {
        let docs = docs(server).attributes();
        quote! { #docs #name }
    });
    let docs =
        Docs::line("The servers of the document. See [`ClientBuilder::server`].").attributes();
    module.item(quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server {
            #(#variants),*
        }
    });
}

/// Returns the description of a server, and its URL.
fn docs(server: &Server) -> Docs {
    let mut docs = Docs::default();
    if let Some(description) = &server.description {
        docs.text(description);
    }
    docs.paragraph(markdown::code(&server.url));
    docs
}

/// Returns the setters of the builder.
pub fn setters(module: &mut Module) -> Vec<TokenStream> {
    let cx = module.cx();
    let mut methods = Vec::new();
    if let Some(SettingNames { setter, .. }) = &cx.names.servers.choice {
        let first = cx.names.servers.variants.first();
        let first = first.map_or("", |name| name.plain());
        let docs = format!(
            "Chooses a server. [`base_url`](Self::base_url) replaces it. Default: [`Server::{first}`]."
        );
        let docs = Docs::line(docs).attributes();
        methods.push(quote! {
            #docs
            pub fn #setter(self, server: Server) -> Self {
                self.at_server(server as usize)
            }
        });
    }
    for (name, names) in &cx.names.servers.variables {
        let setter = &names.setter;
        let mut docs = Docs::default();
        docs.text(&variable_docs(cx, name));
        docs.paragraph("[`base_url`](Self::base_url) replaces the whole URL.");
        let docs = docs.attributes();
        methods.push(quote! {
            #docs
            pub fn #setter(self, #setter: impl Into<String>) -> Self {
                self.server_variable(#name, #setter)
            }
        });
    }
    methods
}

/// Returns the settings, with their descriptions.
pub fn settings<'a>(cx: &EmitCx<'a>) -> Vec<(&'a SettingNames, String)> {
    let servers = &cx.names.servers;
    let choice = servers.choice.iter().map(|names| {
        let names_of = cx.api.servers.iter().zip(&servers.variants);
        let all = names_of.map(|(server, name)| {
            format!(
                "{}: {}",
                markdown::code(name.plain()),
                markdown::code(&server.url)
            )
        });
        let text = format!("The server. {}.", all.collect::<Vec<String>>().join("; "));
        (names, text)
    });
    let variables = servers.variables.iter();
    let variables = variables.map(|(name, names)| (names, variable_docs(cx, name)));
    choice.chain(variables).collect()
}

/// Returns the description of a variable, its values and its default.
fn variable_docs(cx: &EmitCx, name: &str) -> String {
    let all = cx.api.servers.iter().flat_map(|server| &server.variables);
    let Some(variable) = all.into_iter().find(|variable| variable.name == name) else {
        return String::new();
    };
    let mut text = match variable.description.as_deref().map(str::trim) {
        Some(text) if text.ends_with('.') => text.to_owned(),
        Some(text) if !text.is_empty() => format!("{text}."),
        Some(_) | None => format!("A part of the server's URL: {}.", markdown::code(name)),
    };
    if !variable.values.is_empty() {
        let values = variable.values.iter().map(|value| markdown::code(value));
        let values: Vec<String> = values.collect();
        text.push_str(&format!(" One of {}.", values.join(", ")));
    }
    text.push_str(&format!(" Default: {}.", markdown::code(&variable.default)));
    text
}
