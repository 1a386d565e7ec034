//! `types.rs`, and the files of modules that are split.
//!
//! In: the modules of the plan. Out: `types.rs`, which has the shared types and names all others, and a file for each part. Not here:
//! definitions.

use crate::emit::print::code::{RustCode, code, import};
use crate::emit::print::item::Item;
use crate::emit::rust::definitions::definitions;
use crate::emit::rust::doc::Docs;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::{access, feature_gate};
use crate::emit::{EmitCx, File};
use crate::plan::modules::{Gate, Home, PartId};
use crate::plan::names::Name;
use crate::plan::resources::ResourceId;

/// `types.rs`.
pub fn shared(cx: &EmitCx) -> File {
    let mut docs = Docs::line("All types of requests and responses.");
    docs.paragraph("A field that may be missing or null is an `Option`. If a request can contain it, and absence and null differ, it is an");
    docs.add("`Option<Option<_>>`: `None` if it is missing, `Some(None)` if it is null.");
    let docs = docs.into_lines();
    let mut module = Module::new(cx, ModuleFile::Home(Home::Shared), docs);
    parts(&mut module, Home::Shared);
    let exports = cx
        .outline
        .resources()
        .filter(|(_, resource)| !resource.types.is_empty());
    let mut lines = Item::default();
    for (id, resource) in exports {
        let mut names: Vec<&Name> = resource
            .types
            .iter()
            .map(|id| &cx.names.ty(*id).name)
            .collect();
        names.sort();
        let names: Vec<RustCode> = names.into_iter().map(|name| code!(name)).collect();
        let mut path = code!("pub use crate");
        for name in &cx.names.resource(id).path {
            path = code!(path, "::", name);
        }
        lines.line_if(feature_gate::cfg(cx, &cx.outline.gate(id)));
        lines.line(code!(import(path, &names), ";"));
    }
    module.item(lines);
    definitions(&mut module, cx.outline.main_types(Home::Shared));
    File {
        path: "src/types.rs".into(),
        text: module.finish(),
    }
}

/// The parts of a module, and the exports of their types: users never see in which part a type is.
pub fn parts(module: &mut Module, home: Home) {
    let cx = module.cx();
    let (mut modules, mut exports) = (Item::default(), Item::default());
    for (id, part) in cx.outline.parts_of(home) {
        let (cfg, name) = (feature_gate::cfg(cx, &part.gate), cx.names.part(id));
        modules.line_if(cfg.as_ref());
        modules.line(code!("mod ", name, ";"));
        exports.line_if(cfg);
        exports.line(code!("pub use self::", name, "::*;"));
    }
    module.item(modules);
    module.item(exports);
}

/// Returns the file of a part.
pub fn part(cx: &EmitCx, id: PartId) -> File {
    let part = cx.outline.part(id);
    let features = |list: &[ResourceId]| {
        let features = feature_gate::features(cx, list);
        features
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let title = match &part.gate {
        Gate::None => "Types of requests and responses.".to_owned(),
        Gate::Any(resources) => format!("Types shared by {}.", features(resources)),
        Gate::All => "Types that no call uses.".to_owned(),
    };
    let mut module = Module::new(cx, ModuleFile::Part(id), vec![title]);
    definitions(&mut module, part.types.clone());
    let folder = match part.home {
        Home::Shared => "types".to_owned(),
        Home::Resource(id) => access::file_stem(cx, id),
    };
    File {
        path: format!("src/{folder}/{}.rs", cx.names.part(id).plain()),
        text: module.finish(),
    }
}
