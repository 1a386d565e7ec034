//! Modules of resources.
//!
//! In: a resource with its operations, children and types. Out: `src/<path>.rs`. Not here: single operations (see `call`).

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{self, Docs};
use super::module::{Module, Site};
use super::{Cx, File, call, pages, types};
use crate::api::Doc;
use crate::facts::{Home, ResourceId};
use crate::names::Name;

/// The file of a resource.
pub fn file(cx: &Cx, id: ResourceId) -> File {
    let resource = cx.facts.resource(id);
    let mut module = Module::new(cx, Site::Home(Home::Resource(id)), vec![title(cx, id)]);
    let children = resource.children.iter().map(|child| {
        let (name, doctest) = (
            &cx.names.resource(*child).module,
            pages::doctest(cx, *child),
        );
        quote! { #doctest pub mod #name; }
    });
    module.group(children.collect::<Vec<_>>());
    types::parts(&mut module, Home::Resource(id));
    if resource.parent.is_none() {
        root_accessor(&mut module, id);
    }
    structure(&mut module, id);
    for op in &resource.ops {
        call::items(&mut module, *op);
    }
    types::definitions(&mut module, cx.facts.unparted(Home::Resource(id)));
    File {
        path: format!("src/{}.rs", file_stem(cx, id)),
        text: module.finish(),
    }
}

/// The path of a resource's module below `src`: of its file, and of the folder of its submodules.
pub fn file_stem(cx: &Cx, id: ResourceId) -> String {
    let path: Vec<&str> = cx.names.resource(id).path.iter().map(Name::plain).collect();
    path.join("/")
}

/// What a resource is, in a line.
pub fn title(cx: &Cx, id: ResourceId) -> String {
    let resource = cx.facts.resource(id);
    let path = super::markdown::code(&resource.path.join("/"));
    // The summary is often but a tag's name.
    let described = Doc {
        summary: None,
        ..resource.doc.clone()
    };
    let brief = doc::brief(&described).or_else(|| doc::brief(&resource.doc));
    brief.unwrap_or_else(|| format!("The resource {path}."))
}

/// How a program gets at a resource: `client.models().permissions()`.
pub fn access(cx: &Cx, id: ResourceId) -> TokenStream {
    let accessor = &cx.names.resource(id).accessor;
    match cx.facts.resource(id).parent {
        Some(parent) => {
            let parent = access(cx, parent);
            quote!(#parent.#accessor())
        }
        None => quote!(client.#accessor()),
    }
}

/// The method that leads to a resource. `client` is how its owner gets at the client.
fn accessor(cx: &Cx, id: ResourceId, client: TokenStream) -> TokenStream {
    let names = cx.names.resource(id);
    let docs = Docs::line(title(cx, id)).attributes();
    let (accessor, structure) = (&names.accessor, &names.structure);
    quote! {
        #docs
        pub fn #accessor(&self) -> #structure {
            #structure::new(#client)
        }
    }
}

/// Here and not with the client's other methods, so that it comes and goes with the module.
fn root_accessor(module: &mut Module, id: ResourceId) {
    let accessor = accessor(module.cx(), id, quote!(self.clone()));
    module.item(quote! {
        impl Client {
            #accessor
        }
    });
}

/// The struct whose methods are accessors and operations.
fn structure(module: &mut Module, id: ResourceId) {
    let cx = module.cx();
    let resource = cx.facts.resource(id);
    module.runtime("Client");
    let accessors: Vec<TokenStream> = resource
        .children
        .iter()
        .map(|child| {
            let names = cx.names.resource(*child);
            let path: Vec<&Name> = names.path.iter().collect();
            module.import_name(&path, &names.structure);
            accessor(cx, *child, quote!(self.client.clone()))
        })
        .collect();
    let methods: Vec<TokenStream> = resource
        .ops
        .iter()
        .map(|op| call::method(module, *op))
        .collect();
    let mut docs = Docs::of(&resource.doc, || title(cx, id));
    docs.paragraph(format!(
        "From `{}`.",
        access(cx, id).to_string().replace(' ', "")
    ));
    let (docs, name) = (docs.attributes(), &cx.names.resource(id).structure);
    module.item(quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name {
            client: Client,
        }
    });
    module.item(quote! {
        impl #name {
            pub(crate) fn new(client: Client) -> Self {
                Self { client }
            }

            #(#accessors)*

            #(#methods)*
        }
    });
}
