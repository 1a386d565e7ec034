//! Modules of resources.
//!
//! In: a resource with its operations, children and types. Out: `src/<path>.rs`. Not here: single operations (see `call`).

use crate::emit::print::code::{Chain, Code, call, code, signature};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::{self, Docs};
use crate::emit::rust::module::{Module, Site};
use crate::emit::rust::{operation, types};
use crate::emit::text::markdown;
use crate::emit::{Cx, File, docs};
use crate::model::api::Doc;
use crate::plan::facts::{Home, ResourceId};
use crate::plan::names::Name;

/// The file of a resource.
pub fn file(cx: &Cx, id: ResourceId) -> File {
    let resource = cx.facts.resource(id);
    let mut module = Module::new(cx, Site::Home(Home::Resource(id)), vec![title(cx, id)]);
    let mut children = Item::default();
    for child in &resource.children {
        children.line_if(docs::doctest(cx, *child));
        children.line(code!("pub mod ", &cx.names.resource(*child).module, ";"));
    }
    module.item(children);
    types::parts(&mut module, Home::Resource(id));
    if resource.parent.is_none() {
        root_accessor(&mut module, id);
    }
    structure(&mut module, id);
    for op in &resource.ops {
        operation::items(&mut module, *op);
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
    let path = markdown::code(&resource.path.join("/"));
    // The summary is often but a tag's name.
    let described = Doc {
        summary: None,
        ..resource.doc.clone()
    };
    let brief = doc::brief(&described).or_else(|| doc::brief(&resource.doc));
    brief.unwrap_or_else(|| format!("The resource {path}."))
}

/// How a program gets at a resource: `client.models().permissions()`.
pub fn access(cx: &Cx, id: ResourceId) -> Code {
    links(cx, id).end()
}

fn links(cx: &Cx, id: ResourceId) -> Chain {
    let owner = match cx.facts.resource(id).parent {
        Some(parent) => links(cx, parent),
        None => Chain::of("client"),
    };
    owner.method(&cx.names.resource(id).accessor, &[])
}

/// The method that leads to a resource. `client` is how its owner gets at the client.
fn accessor(item: &mut Item, cx: &Cx, id: ResourceId, client: Code) {
    let names = cx.names.resource(id);
    let head = signature(&names.accessor, &[code!("&self")], &names.structure);
    item.gap();
    item.docs(&Docs::line(title(cx, id)));
    item.block(head, |item| {
        item.line(call(code!(&names.structure, "::new"), &[client]));
    });
}

/// Here and not with the client's other methods, so that it comes and goes with the module.
fn root_accessor(module: &mut Module, id: ResourceId) {
    let mut item = Item::default();
    item.block("impl Client", |item| {
        accessor(item, module.cx(), id, code!("self.clone()"));
    });
    module.item(item);
}

/// The struct whose methods are accessors and operations.
fn structure(module: &mut Module, id: ResourceId) {
    let cx = module.cx();
    let (resource, name) = (cx.facts.resource(id), &cx.names.resource(id).structure);
    module.runtime("Client");
    let mut docs = Docs::of(&resource.doc, || title(cx, id));
    docs.paragraph(format!("From `{}`.", access(cx, id).text()));
    let mut item = Item::new(&docs);
    item.line("#[derive(Clone, Debug)]");
    item.block(code!("pub struct ", name), |item| {
        item.line("client: Client,")
    });
    module.item(item);

    let mut item = Item::default();
    item.block(code!("impl ", name), |item| {
        item.block("pub(crate) fn new(client: Client) -> Self", |item| {
            item.line("Self { client }")
        });
        for child in &resource.children {
            module.import_resource(*child);
            let client = Chain::of("self").field("client").method("clone", &[]);
            accessor(item, cx, *child, client.end());
        }
        for op in &resource.ops {
            item.gap();
            operation::method(module, item, *op);
        }
    });
    module.item(item);
}
