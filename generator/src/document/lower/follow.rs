//! Targets of references.
//!
//! In: references that the walk noted. Out: each schema reference leads to a key of the table, and the walk has visited all
//! other targets. A reference that leads nowhere, in circles or out of the folder is a loss. Not here: replacing references
//! outside of schemas (see `splice`).

use serde_json::Value;

use super::locate::{Documents, Found, MAX_DEPTH, locate};
use super::object::{Object, has_any};
use super::objects::{Expected, Kind};
use super::state::{KeywordSite, Site, Walk};
use super::{anchored, components, containers, dangling, discriminator, schema, table, walk};
use crate::maps::HashSet;
use crate::report::{Code, Pointer};

/// The search for a suggestion is slow.
const MAX_SUGGESTIONS: usize = 20;

/// The progress in following references.
#[derive(Default)]
struct Progress {
    schemas: usize,
    sites: usize,
    keywords: usize,
    /// Targets of schema references that are not there.
    dangling: HashSet<Pointer>,
}

/// Follows all references, and those in what they lead to, until there is nothing new.
pub(super) fn run(walk: &mut Walk, documents: &mut Documents) {
    let mut progress = Progress::default();
    loop {
        keywords(walk, documents, &mut progress);
        while let Some((at, entry)) = walk.schemas.get_index(progress.schemas) {
            progress.schemas += 1;
            let missing = targets(entry).filter(|target| !walk.schemas.contains_key(*target));
            let missing: Vec<Pointer> = missing.map(Pointer::canonical).collect();
            if !missing.is_empty() {
                let at = at.clone();
                schemas(walk, documents, &mut progress, &at, missing);
                keywords(walk, documents, &mut progress);
            }
        }
        while let Some((at, site)) = walk.sites.get_index(progress.sites) {
            progress.sites += 1;
            let (at, site) = (at.clone(), site.clone());
            follow_site(walk, documents, &at, &site);
        }
        components::name_schemas(walk, documents);
        anchored::walk(walk, documents);
        if progress.is_done(walk) {
            return;
        }
    }
}

impl Progress {
    fn is_done(&self, walk: &Walk) -> bool {
        (self.schemas, self.sites, self.keywords)
            == (walk.schemas.len(), walk.sites.len(), walk.keywords.len())
    }
}

/// Follows the references of an entry that lead to no key of the table.
fn schemas(
    walk: &mut Walk,
    documents: &Documents,
    progress: &mut Progress,
    at: &Pointer,
    missing: Vec<Pointer>,
) {
    let dangling = &mut progress.dangling;
    for target in missing {
        if dangling.contains(&target) || !follow_schema(walk, documents, at, &target) {
            let first = dangling.insert(target.clone()) && dangling.len() <= MAX_SUGGESTIONS;
            // A schema that extends another one may give it a target, but not a resource that is not there.
            if is_resource(walk, documents, &target) && walk.dynamic.references.contains_key(at) {
                continue;
            }
            walk.dynamic.references.shift_remove(at);
            let target = final_target(walk, &target);
            dangling::report(walk, documents, at, &target, None, first);
        }
    }
}

/// Returns whether a target is in a file that is there, or in a schema with a URI.
fn is_resource(walk: &Walk, documents: &Documents, target: &Pointer) -> bool {
    let of_schema = || format!("{}#", target.file());
    documents.file(target.file()).is_some() || walk.anchors.contains_key(&of_schema())
}

/// The keywords with references.
const LINKS: &[&str] = &["$ref", "allOf", "oneOf", "anyOf", "discriminator"];

/// Returns the references of an entry: its own, those among its members, those of its
/// discriminator.
fn targets(entry: &Value) -> impl Iterator<Item = &str> {
    let map = entry.as_object().filter(|map| has_any(map, LINKS));
    let get = move |key: &str| map.and_then(|map| map.get(key));
    let members = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(move |key| get(key)?.as_array())
        .flatten();
    let discriminator = get("discriminator").and_then(Value::as_object);
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping")?.as_object());
    let default = discriminator.and_then(|discriminator| discriminator.get("defaultMapping"));
    let mapped = mapping.into_iter().flat_map(Object::values).chain(default);
    get("$ref")
        .into_iter()
        .chain(members)
        .chain(mapped)
        .filter_map(Value::as_str)
        .filter(|text| text.contains('#'))
}

/// Returns the target of a reference: the URI of a schema, or a location in a file.
fn final_target(walk: &Walk, target: &Pointer) -> Pointer {
    let is_known = || {
        let of_schema = format!("{}#", target.file());
        walk.anchors.contains_key(target.as_str()) || walk.anchors.contains_key(&of_schema)
    };
    match walk.otherwise.get(target) {
        Some(other) if !is_known() => other.clone(),
        Some(_) | None => target.clone(),
    }
}

/// Adds a schema to the table from a location where the walk does not expect one. Returns false if there is none.
fn follow_schema(walk: &mut Walk, documents: &Documents, at: &Pointer, declared: &Pointer) -> bool {
    let target = &final_target(walk, declared);
    let found = match walk.anchors.get(target.as_str()) {
        Some(anchor) => Found::Schema(anchor.clone()),
        None => {
            let place = place_of(walk, documents, at, target);
            match walk.schemas.contains_key(&place) {
                true => Found::Schema(place),
                false => locate(&walk.schemas, documents, &walk.base, &place),
            }
        }
    };
    let place = match found {
        Found::Schema(place) => place,
        // The whole document isn't a schema.
        Found::Raw(place, value @ (Value::Object(_) | Value::Bool(_))) if place.as_str() != "#" => {
            walk.at = place.clone();
            schema::hoist(walk, &mut value.clone());
            place
        }
        Found::Raw(..) | Found::Nothing => {
            if follow_undecoded(walk, documents, at, declared) {
                return true;
            }
            let Some(place) = intended_schema(walk, target) else {
                return false;
            };
            repaired(walk, at, target, &place);
            place
        }
    };
    if place != *declared {
        walk.schemas
            .entry(declared.clone())
            .or_insert_with(|| table::reference(&place));
    }
    true
}

/// Makes a reference lead to a schema whose key has percent signs, which encode nothing there.
fn follow_undecoded(
    walk: &mut Walk,
    documents: &Documents,
    at: &Pointer,
    declared: &Pointer,
) -> bool {
    let undecoded = walk.undecoded.get(declared).cloned();
    let Some(undecoded) = undecoded.filter(|target| follow_schema(walk, documents, at, target))
    else {
        return false;
    };
    repaired(walk, at, declared, &undecoded);
    let entry = walk.schemas.get_mut(at).and_then(Value::as_object_mut);
    for (key, value) in entry.into_iter().flatten() {
        let mapping = match key.as_str() {
            "$ref" => {
                *value = table::marker(&undecoded);
                continue;
            }
            "discriminator" => value.get_mut("mapping").and_then(Value::as_object_mut),
            _ => continue,
        };
        let targets = mapping.into_iter().flatten().map(|(_, target)| target);
        let targets = targets.filter(|target| target.as_str() == Some(declared.as_str()));
        targets.for_each(|target| *target = table::marker(&undecoded));
    }
    true
}

/// Reports that a target is read as another one.
fn repaired(walk: &mut Walk, at: &Pointer, target: &Pointer, place: &Pointer) {
    let text = format!("{target} is read as {place}");
    walk.report.add(Code::RefRepaired, at, text);
}

/// Returns the location of a target, which may be relative to the URI of a schema, or to the
/// nearest enclosing schema that has one.
fn place_of(walk: &Walk, documents: &Documents, at: &Pointer, target: &Pointer) -> Pointer {
    let below = |resource: &Pointer| {
        let keys = target.keys();
        keys.fold(resource.clone(), |place, key| place.child(&key))
    };
    if let Some(resource) = walk.anchors.get(&format!("{}#", target.file())) {
        return below(resource);
    }
    // The specification prefers the enclosing schema, but most documents with a `$id` do not expect that.
    let ids = walk.identified.keys();
    let around =
        ids.filter(|id| id.file() == target.file() && at.as_str().starts_with(id.as_str()));
    let around = around.max_by_key(|id| id.as_str().len());
    match locate(&walk.schemas, documents, &walk.base, target) {
        Found::Nothing => around.map_or_else(|| target.clone(), below),
        Found::Schema(_) | Found::Raw(..) => target.clone(),
    }
}

/// Returns the schema that an invalid reference most likely means: by its bare name, or by its path in older
/// versions of the specification.
fn intended_schema(walk: &Walk, target: &Pointer) -> Option<Pointer> {
    let text = target.as_str();
    let name = match text.split_once("#/definitions/") {
        Some(("", name)) => name,
        Some(_) => return None,
        None => text
            .strip_suffix('#')
            .or_else(|| text.strip_prefix('#'))?
            .trim_start_matches("/"),
    };
    let name = name
        .rsplit_once("components/schemas/")
        .map_or(name, |(_, name)| name);
    let wanted = Pointer::canonical(format!("#/components/schemas/{name}"));
    (!name.is_empty() && walk.schemas.contains_key(&wanted) && wanted != *target).then_some(wanted)
}

/// Walks the target of a reference outside of schemas, and notes its final location.
fn follow_site(walk: &mut Walk, documents: &mut Documents, at: &Pointer, site: &Site) {
    let Some(target) = &site.target else { return };
    let found = follow_target(walk, documents, at, site.shape, target);
    if let Some(site) = walk.sites.get_mut(at) {
        site.target = found;
    }
}

/// Finds the target of a reference, and walks it unless it was visited. `None` has been reported.
fn follow_target(
    walk: &mut Walk,
    documents: &mut Documents,
    at: &Pointer,
    shape: Expected,
    target: &Pointer,
) -> Option<Pointer> {
    let mut found = locate(&walk.schemas, documents, &walk.base, target);
    if let (Found::Nothing, Some(undecoded)) = (&found, walk.undecoded.get(target)) {
        found = locate(&walk.schemas, documents, &walk.base, undecoded);
        if let Found::Raw(place, _) = &found {
            let text = format!("{target} is read as {place}");
            walk.report.add(Code::RefRepaired, at, text);
        }
    }
    let (place, is_object) = match found {
        Found::Raw(place, value) => (place, value.is_object()),
        Found::Schema(_) => {
            let text = format!("{target} is a schema, which is not expected here");
            walk.report.lose(Code::DanglingRef, at, text);
            return None;
        }
        Found::Nothing => {
            dangling::report(walk, documents, at, target, Some(shape), true);
            return None;
        }
    };
    // In place of a list, the decoder takes an object as its only item.
    let shape = match shape {
        Expected::List(kind) if is_object => Expected::One(kind),
        shape => shape,
    };
    if !walk::is_visited(walk, &place, shape)
        && let Some(value) = documents.get_mut(&place)
    {
        walk::start(walk, &place, shape, value);
    }
    Some(place)
}

/// Replaces references in place of keywords by their targets.
fn keywords(walk: &mut Walk, documents: &mut Documents, progress: &mut Progress) {
    while let Some(site) = walk.keywords.get(progress.keywords) {
        progress.keywords += 1;
        let site = site.clone();
        let at = site.schema.child(&site.keyword);
        let place = end_of_chain(walk, documents, &at, &site);
        let value = place.and_then(|place| keyword(walk, documents, &at, &site, &place));
        if let Some(Value::Object(definitions)) = &value
            && matches!(site.keyword.as_str(), "$defs" | "definitions")
        {
            define(walk, &at, definitions);
        }
        if let Some(Value::Object(entry)) = walk.schemas.get_mut(&site.schema) {
            let mut entry = std::mem::take(entry);
            put_keyword(&mut entry, &site.keyword, value);
            if site.keyword == containers::PATTERNS {
                walk.at.clone_from(&site.schema);
                containers::patterns(walk, &mut entry);
            }
            walk.schemas.insert(site.schema, Value::Object(entry));
        }
    }
}

/// Gives schemas the names under which a schema has them as its definitions.
fn define(walk: &mut Walk, at: &Pointer, definitions: &Object) {
    for (name, marker) in definitions {
        if let Some(place) = marker.as_str() {
            let reference = table::reference(&Pointer::canonical(place));
            walk.schemas.entry(at.child(name)).or_insert(reference);
        }
    }
}

/// Returns the end of a chain of references in place of a keyword.
fn end_of_chain(
    walk: &mut Walk,
    documents: &mut Documents,
    at: &Pointer,
    site: &KeywordSite,
) -> Option<Pointer> {
    let mut place = follow_target(walk, documents, at, site.shape, &site.target)?;
    for _ in 0..MAX_DEPTH {
        let Some(next) = walk.sites.get(&place) else {
            return Some(place);
        };
        let target = next.target.clone()?;
        place = follow_target(walk, documents, at, site.shape, &target)?;
    }
    let text = format!("{} refers to itself", site.target);
    walk.report.lose(Code::CyclicRef, at, text);
    None
}

/// Returns the value that a reference gives for a keyword. `None` has been reported.
fn keyword(
    walk: &mut Walk,
    documents: &Documents,
    at: &Pointer,
    site: &KeywordSite,
    place: &Pointer,
) -> Option<Value> {
    let mut value = documents.get(place)?.clone();
    if site.shape == Expected::One(Kind::Discriminator) {
        walk.at.clone_from(place);
        discriminator::resolve(walk, &mut value);
    }
    let is_text = site.shape == Expected::One(Kind::Text);
    let fits = if is_text {
        value.is_string()
    } else {
        value.is_object()
    };
    if !fits {
        let wanted = if is_text { "a string" } else { "an object" };
        let text = format!("expected {wanted}, and {place} is none");
        walk.report.lose(Code::IgnoredKeyword, at, text);
    }
    fits.then_some(value)
}

/// Sets a keyword to a value, merged with the siblings of the reference.
fn put_keyword(entry: &mut Object, keyword: &str, value: Option<Value>) {
    match (entry.get_mut(keyword), value) {
        (Some(Value::Object(beside)), None) if beside.is_empty() => {
            entry.shift_remove(keyword);
        }
        (Some(Value::Object(beside)), Some(Value::Object(mut value))) => {
            value.extend(std::mem::take(beside));
            *beside = value;
        }
        (Some(_), Some(value)) => drop(entry.insert(keyword.to_owned(), value)),
        (Some(_) | None, _) => {}
    }
}
