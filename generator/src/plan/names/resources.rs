//! Names of resources and of their modules.
//!
//! In: the tree of resources. Out: [`ResourceNames`] for each, and a name for each part of a module. Not here: the command line
//! (see `cli`).

use super::reserved::{CLIENT, FEATURES, MODULES, RESOURCE, TYPES};
use super::scope::{Case, Name, Scope};
use crate::model::words::Words;
use crate::plan::modules::{Part, PartId};
use crate::plan::outline::Outline;
use crate::plan::resources::ResourceId;

/// The names of a resource.
#[derive(Clone, Debug)]
pub struct ResourceNames {
    pub module: Name,
    pub structure: Name,
    /// The method of the parent that leads to it.
    pub accessor: Name,
    /// Modules from the root to its own.
    pub path: Vec<Name>,
    /// The feature that enables the resource, if it has its own.
    pub feature: Option<Name>,
    /// The feature that compiles it. Where resources below have features of their own, it is a private one, which they enable, too.
    pub compiled_by: Option<String>,
}

/// Names resources from the root down: the struct of a resource differs from those of its parent and siblings. It may be called
/// like a type, which is in a module of its own, so that a new type renames no resource.
pub(super) fn run(outline: &Outline) -> Vec<ResourceNames> {
    let mut names: Vec<Option<ResourceNames>> = vec![None; outline.resources().count()];
    let is_client = |id: &ResourceId| outline.resource(*id).is_client();
    let (client, roots): (Vec<ResourceId>, Vec<ResourceId>) = outline.roots().partition(is_client);
    for id in client {
        names[id.0] = Some(of_client());
    }
    for (id, found) in siblings(outline, &roots, None) {
        names[id.0] = Some(found);
    }
    // Parents come before their children in the order of the paths.
    for (id, resource) in outline.resources() {
        for (id, found) in siblings(outline, &resource.children, names[id.0].as_ref()) {
            names[id.0] = Some(found);
        }
    }
    let mut names: Vec<ResourceNames> = names.into_iter().flatten().collect();
    add_features(outline, &mut names);
    names
}

/// The names for the methods of the client itself, which [`MODULES`] reserves.
fn of_client() -> ResourceNames {
    let module = Scope::new(Case::Snake, &[]).claim("client");
    ResourceNames {
        structure: Scope::new(Case::Pascal("Resource"), &[]).claim("client"),
        accessor: module.clone(),
        path: vec![module.clone()],
        module,
        feature: None,
        compiled_by: None,
    }
}

/// Names the children of a resource, or the top-level resources.
fn siblings(
    outline: &Outline,
    ids: &[ResourceId],
    parent: Option<&ResourceNames>,
) -> Vec<(ResourceId, ResourceNames)> {
    let word = |id: &ResourceId| outline.resource(*id).path.last().map_or("", String::as_str);
    let wanted: Vec<&str> = ids.iter().map(word).collect();
    let mut structures = Scope::new(Case::Pascal("Resource"), TYPES);
    if let Some(parent) = parent {
        structures.reserve(&parent.structure);
    }
    let methods = if parent.is_some() { RESOURCE } else { CLIENT };
    let structures = structures.claim_all(&wanted);
    let modules: Vec<String> = wanted.iter().map(|word| module_words(word)).collect();
    let modules = Scope::new(Case::Snake, MODULES).claim_all(&modules);
    let accessors = Scope::new(Case::Snake, methods).claim_all(&wanted);
    let above = parent.map_or(&[][..], |parent| &parent.path);
    let names = structures.into_iter().zip(modules).zip(accessors);
    let names = names.map(|((structure, module), accessor)| ResourceNames {
        path: [above, std::slice::from_ref(&module)].concat(),
        module,
        structure,
        accessor,
        feature: None,
        compiled_by: None,
    });
    ids.iter().copied().zip(names).collect()
}

/// Returns the words of a module, which differ from those of the modules that every crate has.
fn module_words(word: &str) -> String {
    match MODULES.contains(&Words::of(word).join('_').as_str()) {
        true => format!("{word}_resource"),
        false => word.to_owned(),
    }
}

/// Names a feature after the path of its resource: `repos`, `repos_pulls`. A private one begins with `__`, as docs.rs hides it.
fn add_features(outline: &Outline, names: &mut [ResourceNames]) {
    let features = outline.features();
    let resources = features.resources().iter();
    let wanted = resources.map(|id| match outline.resource(*id).path.as_slice() {
        [] | [_] => names[id.0].module.plain().to_owned(),
        path => path.join(" "),
    });
    let wanted: Vec<String> = wanted.collect();
    let claimed = Scope::new(Case::Snake, FEATURES).claim_all(&wanted);
    for (id, feature) in features.resources().iter().zip(claimed) {
        let private = if features.is_divided(*id) { "__" } else { "" };
        names[id.0].compiled_by = Some(format!("{private}{}", feature.plain()));
        names[id.0].feature = Some(feature);
    }
}

/// Returns the submodules of the module of types.
pub(super) fn parts(outline: &Outline) -> Vec<Name> {
    let mut scope = Scope::new(Case::Snake, MODULES);
    let claim = |(_, part): (PartId, &Part)| {
        let wanted = match part.words.is_empty() {
            true => "definitions".to_owned(),
            false => part.words.join(" "),
        };
        scope.claim(&wanted)
    };
    outline.parts().map(claim).collect()
}
