//! Modules of resources.
//!
//! In: a resource with its operations, children and types. Out: `src/<path>.rs`. Not here: single operations (see `call`).

use crate::emit::print::code::{Chain, RustCode, call, code, signature};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::Docs;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::{access, operation};
use crate::emit::{EmitCx, File, docs};
use crate::plan::resources::ResourceId;

/// Returns the file of a resource.
pub fn file(cx: &EmitCx, id: ResourceId) -> File {
    let resource = cx.outline.resource(id);
    let mut module = Module::new(
        cx,
        ModuleFile::Elsewhere,
        access::title(cx, id).into_iter().collect(),
    );
    let mut children = Item::default();
    for child in &resource.children {
        children.line_if(docs::doctest(cx, *child));
        children.line(code!("pub mod ", &cx.names.resource(*child).module, ";"));
    }
    module.item(children);
    if resource.parent.is_none() && !resource.is_client() {
        root_accessor(&mut module, id);
    }
    match resource.is_client() {
        true => module.runtime("Client"),
        false => structure(&mut module, id),
    }
    methods(&mut module, id);
    for op in &resource.ops {
        operation::items(&mut module, *op);
    }
    File {
        path: format!("src/{}.rs", access::file_stem(cx, id)),
        text: module.finish(),
    }
}

/// The method that leads to a resource. `client` is the expression for the client in its owner.
fn accessor(item: &mut Item, cx: &EmitCx, id: ResourceId, client: RustCode) {
    let names = cx.names.resource(id);
    let head = signature(&names.accessor, &[code!("&self")], &names.structure);
    item.gap();
    item.docs(&access::title(cx, id).map(Docs::line).unwrap_or_default());
    item.block(head, |item| {
        item.line(call(code!(&names.structure, "::new"), &[client]));
    });
}

/// The accessor is in the module of its resource, so the same feature compiles both.
fn root_accessor(module: &mut Module, id: ResourceId) {
    let mut item = Item::default();
    item.block("impl Client", |item| {
        accessor(item, module.cx(), id, code!("self.clone()"));
    });
    module.item(item);
}

/// The struct of a resource.
fn structure(module: &mut Module, id: ResourceId) {
    let cx = module.cx();
    let (resource, name) = (cx.outline.resource(id), &cx.names.resource(id).structure);
    module.runtime("Client");
    let mut docs = Docs::about(name.plain(), &resource.doc, || None);
    docs.paragraph(format!("Returned by `{}`.", access::access(cx, id).text()));
    let mut item = Item::new(&docs);
    item.line("#[derive(Clone, Debug)]");
    item.block(code!("pub struct ", name), |item| {
        item.line("client: Client,")
    });
    module.item(item);
}

/// The methods that are accessors and operations.
fn methods(module: &mut Module, id: ResourceId) {
    let cx = module.cx();
    let (resource, name) = (cx.outline.resource(id), &cx.names.resource(id).structure);
    let mut item = Item::default();
    item.block(code!("impl ", name), |item| {
        if !resource.is_client() {
            item.block("pub(crate) fn new(client: Client) -> Self", |item| {
                item.line("Self { client }")
            });
        }
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
