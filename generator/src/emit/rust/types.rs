//! `types.rs`, and the files of its parts.
//!
//! In: the parts of the plan. Out: `types.rs`, which has or exports all types, and a file for each part. Not here: definitions.

use crate::emit::print::code::code;
use crate::emit::print::item::Item;
use crate::emit::rust::definitions::{definitions, literals};
use crate::emit::rust::doc::Docs;
use crate::emit::rust::feature_gate;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::{EmitCx, File};
use crate::plan::modules::{Gate, PartId};
use crate::plan::resources::ResourceId;

/// `types.rs`.
pub fn main(cx: &EmitCx) -> File {
    let mut docs = Docs::line("All types of requests and responses.");
    docs.paragraph("A field that may be missing or null is an `Option`. If a request can contain it, and absence and null differ, it is an");
    docs.add("`Option<Option<_>>`: `None` if it is missing, `Some(None)` if it is null.");
    let docs = docs.into_lines();
    let mut module = Module::new(cx, ModuleFile::Types, docs);
    parts(&mut module);
    definitions(&mut module, cx.outline.main_types());
    literals(&mut module);
    File {
        path: "src/types.rs".into(),
        text: module.finish().into(),
    }
}

/// The parts, and the exports of their types: users never see in which part a type is.
fn parts(module: &mut Module) {
    let cx = module.cx();
    let (mut modules, mut exports) = (Item::default(), Item::default());
    for (id, part) in cx.outline.parts() {
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
        let features = list.iter().filter_map(|id| feature_gate::feature(cx, *id));
        features
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let title = match &part.gate {
        Gate::None => "Types of requests and responses.".to_owned(),
        Gate::Any(resources) => format!("Types of {}.", features(resources)),
        Gate::All => "Types that no call uses.".to_owned(),
    };
    let mut module = Module::new(cx, ModuleFile::Part(id), vec![title]);
    definitions(&mut module, part.types.clone());
    File {
        path: format!("src/types/{}.rs", cx.names.part(id).plain()),
        text: module.finish().into(),
    }
}
