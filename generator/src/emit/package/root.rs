//! `lib.rs` of the emitted crate.
//!
//! In: the tree of resources, the model of the prose. Out: modules, re-exports, the crate's docs. Not here: settings
//! (`service`).

use proc_macro2::Ident;
use quote::quote;

use super::runtime::{self, Export};

use crate::emit::package::needs::is_needed;
use crate::emit::package::readme;
use crate::emit::print::code::code;
use crate::emit::print::item::Item;
use crate::emit::rust::feature_gate;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::{EmitCx, File, docs};

/// `src/lib.rs`.
pub fn file(cx: &EmitCx) -> File {
    let mut module = Module::new(cx, ModuleFile::Elsewhere, readme::crate_docs(cx));
    attributes(&mut module);
    let mut modules = Item::default();
    for id in cx.outline.roots() {
        modules.line_if(feature_gate::cfg(cx, &cx.outline.gate(id)));
        modules.line_if(docs::doctest(cx, id));
        modules.line(code!("pub mod ", &cx.names.resource(id).module, ";"));
    }
    modules.line("pub mod types;");
    module.item(modules);
    if !cx.left_out.cli {
        module.group([quote! {
            #[cfg(feature = "cli")]
            pub mod cli;
        }]);
    }
    module.group([quote! { mod runtime; }, quote! { mod service; }]);
    exports(&mut module);
    File {
        path: "src/lib.rs".into(),
        text: module.finish().into(),
    }
}

fn attributes(module: &mut Module) {
    let links = feature_gate::unless_all(
        module.cx(),
        quote! {
            allow(rustdoc::broken_intra_doc_links, reason = "the target may belong to a disabled feature")
        },
    );
    let links = links.map(|attribute| quote! { #![#attribute] });
    module.group([
        quote! { #![cfg_attr(docsrs, feature(doc_cfg))] },
        quote! { #![forbid(unsafe_code)] },
        quote! { #links },
        quote! {
            #![allow(
                rustdoc::redundant_explicit_links,
                reason = "a link works whatever its module imports"
            )]
        },
        // Names come from the document, and so do the numbers of arguments and the sizes of variants.
        quote! {
            #![allow(
                deprecated,
                clippy::enum_variant_names,
                clippy::large_enum_variant,
                clippy::module_inception,
                clippy::self_named_constructors,
                clippy::should_implement_trait,
                clippy::too_many_arguments,
                clippy::type_complexity,
                clippy::wrong_self_convention,
                reason = "names, arguments, types and deprecations come from the document"
            )]
        },
    ]);
}

/// The public items of the runtime.
fn exports(module: &mut Module) {
    let all = runtime::exports(module.cx()).into_iter();
    let (of_features, plain): (Vec<Export>, Vec<Export>) =
        all.partition(|export| !export.attribute.is_empty());
    let mut names: Vec<Ident> = plain.into_iter().flat_map(|export| export.names).collect();
    names.sort();
    module.group([
        quote! { pub use runtime::{#(#names),*}; },
        quote! {
            #[cfg(feature = "test-util")]
            pub use runtime::testing;
        },
        match is_needed(module.cx(), "pages") {
            true => quote! { pub use runtime::{pages, transport}; },
            false => quote! { pub use runtime::transport; },
        },
    ]);
    for Export { attribute, names } in of_features {
        let names = match names.as_slice() {
            [name] => quote! { #name },
            names => quote! { {#(#names),*} },
        };
        module.group([quote! {
            #attribute
            pub use runtime::#names;
        }]);
    }
    if module.cx().names.servers.choice.is_some() {
        module.group([quote! { pub use service::Server; }]);
    }
}
