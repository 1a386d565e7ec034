//! Modules of resources.
//!
//! In: a resource with its operations, children and types. Out: `src/<path>.rs`. Not here: single operations (see `call`).

use crate::emit::print::code::{Chain, RustCode, call, code, signature};
use crate::emit::print::item::Item;
use crate::emit::rust::doc::Docs;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::{access, feature_gate, operation};
use crate::emit::{EmitCx, File, docs};
use crate::plan::modules::Gate;
use crate::plan::resources::ResourceId;

/// Returns the file of a resource.
pub fn file(cx: &EmitCx, id: ResourceId) -> File {
    let resource = cx.outline.resource(id);
    let mut module = Module::new(
        cx,
        ModuleFile::Resource(id),
        access::title(cx, id).into_iter().collect(),
    );
    let mut children = Item::default();
    for child in &resource.children {
        children.line_if(feature_gate::cfg(cx, &cx.outline.own_gate(*child)));
        children.line_if(docs::doctest(cx, *child));
        children.line(code!("pub mod ", &cx.names.resource(*child).module, ";"));
    }
    module.item(children);
    own_accessor(&mut module, id);
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
        text: module.finish().into(),
    }
}

/// The method that leads to a resource, which has this struct. `client` is the expression for the client in its owner.
fn accessor(item: &mut Item, cx: &EmitCx, id: ResourceId, structure: RustCode, client: RustCode) {
    let name = &cx.names.resource(id).accessor;
    let head = signature(name, &[code!("&self")], &structure);
    item.gap();
    item.docs(&access::title(cx, id).map(Docs::line).unwrap_or_default());
    item.block(head, |item| {
        item.line(call(code!(structure, "::new"), &[client]));
    });
}

/// The accessor of a top-level resource or of one with its own feature. It is in the module of the resource, so the same feature
/// compiles both.
fn own_accessor(module: &mut Module, id: ResourceId) {
    let cx = module.cx();
    let (owner, client) = match cx.outline.resource(id).parent {
        None if cx.outline.resource(id).is_client() => return,
        None => (code!("Client"), code!("self.clone()")),
        Some(_) if !has_own_gate(cx, id) => return,
        Some(parent) => {
            let owner = &cx.names.resource(parent).structure;
            (code!("super::", owner), cloned_client())
        }
    };
    let mut item = Item::default();
    item.block(code!("impl ", owner), |item| {
        accessor(
            item,
            cx,
            id,
            code!(&cx.names.resource(id).structure),
            client,
        );
    });
    module.item(item);
}

fn has_own_gate(cx: &EmitCx, id: ResourceId) -> bool {
    cx.outline.own_gate(id) != Gate::None
}

fn cloned_client() -> RustCode {
    Chain::of("self").field("client").method("clone", &[]).end()
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
        let children = resource.children.iter();
        for child in children.filter(|child| !has_own_gate(cx, **child)) {
            let structure = module.import_resource(*child);
            accessor(item, cx, *child, structure, cloned_client());
        }
        for op in &resource.ops {
            item.gap();
            operation::method(module, item, *op);
        }
    });
    module.item(item);
}
