//! What references lead to.
//!
//! In: references that the walk noted. Out: each schema reference leads to a key of the table; what other references
//! lead to stands in their place. What leads nowhere, in circles or out of the folder is a finding.

use serde_json::Value;

use super::grammar::{self, Kind};
use super::{Object, Walk, has_any, schema};
use crate::document::log::Log;
use crate::maps::{HashSet, IndexMap};
use crate::read::{Base, Target, within};
use crate::report::{Code, Pointer, nearest};

/// References are not followed further than this.
const MAX_DEPTH: usize = 32;
/// Not more values than this are put in place of references.
const MAX_SPLICED: usize = 4 << 20;
/// Looking for what was meant takes a while.
const MAX_SUGGESTIONS: usize = 20;

/// A reference that is not to a schema.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) kind: Kind,
    /// `None`: it has been reported.
    pub(super) target: Option<Pointer>,
}

/// The document and the files that it refers to.
pub(super) struct Documents {
    pub(super) root: Value,
    pub(super) others: IndexMap<String, Result<Value, (Code, String)>>,
}

impl Documents {
    /// The whole of a file.
    fn file(&self, file: &str) -> Option<&Value> {
        if file.is_empty() {
            Some(&self.root)
        } else {
            self.others.get(file)?.as_ref().ok()
        }
    }

    /// The value at a pointer, without following references.
    fn get(&self, pointer: &Pointer) -> Option<&Value> {
        let file = self.file(pointer.file())?;
        if is_name(pointer) {
            return None;
        }
        (pointer.segments()).try_fold(file, |value, key| match value {
            Value::Object(map) => map.get(&*key),
            Value::Array(list) => list.get(index(&key)?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }

    fn get_mut(&mut self, pointer: &Pointer) -> Option<&mut Value> {
        let file = match pointer.file() {
            "" => &mut self.root,
            file => self.others.get_mut(file)?.as_mut().ok()?,
        };
        if is_name(pointer) {
            return None;
        }
        (pointer.segments()).try_fold(file, |value, key| match value {
            Value::Object(map) => map.get_mut(&*key),
            Value::Array(list) => list.get_mut(index(&key)?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }
}

/// Whether what is behind the `#` is no path, but the name of an anchor.
fn is_name(pointer: &Pointer) -> bool {
    let path = pointer.as_str().split_once('#');
    path.is_some_and(|(_, path)| !path.is_empty() && !path.starts_with('/'))
}

/// An index of a list: digits without leading zeros (RFC 6901, section 4).
fn index(key: &str) -> Option<usize> {
    let is_plain = !key.starts_with('+') && (key == "0" || !key.starts_with('0'));
    key.parse().ok().filter(|_| is_plain)
}

/// Why a reference stands for nothing.
pub(super) struct Unresolved {
    code: Code,
    text: String,
}

impl Unresolved {
    pub(super) fn report(self, at: &Pointer, log: &mut Log) {
        log.lose(self.code, at, self.text).help(outside(self.code));
    }
}

/// The canonical pointer that a reference stands for, or `file#name` for an anchor.
pub(super) fn resolve(reference: &str, at: &Pointer, base: &Base) -> Result<Pointer, Unresolved> {
    // Nearly all references look like this, and are canonical.
    if at.file().is_empty() && reference.starts_with("#/") && !reference.contains('%') {
        return Ok(Pointer::canonical(reference));
    }
    let (code, text) = match base.target(at.file(), reference) {
        Target::File(file, fragment) => {
            let file = if file == base.path { "" } else { &file };
            let fragment = fragment.trim_end_matches('/');
            return Ok(Pointer::canonical(format!("{file}#{fragment}")));
        }
        // A schema may have this URI, which is known when all are read.
        Target::Remote => {
            let end = if reference.contains('#') { "" } else { "#" };
            return Ok(Pointer::canonical(format!("{reference}{end}")));
        }
        Target::Outside => (
            Code::RefOutside,
            format!("{reference} is not in the document's folder, and is not read"),
        ),
        Target::Invalid => (
            Code::RefSyntax,
            format!("{reference} is not a URI reference"),
        ),
    };
    Err(Unresolved { code, text })
}

/// [`resolve`] at `walk.at`. `None` is reported.
pub(super) fn resolve_here(walk: &mut Walk, reference: &str) -> Option<Pointer> {
    match resolve(reference, &walk.at, &walk.base) {
        Ok(pointer) => Some(pointer),
        Err(unresolved) => {
            unresolved.report(&walk.at, &mut walk.report);
            None
        }
    }
}

/// The URI of the innermost schema around the walk that has one.
pub(super) fn uri_around<'a>(walk: &'a Walk) -> Option<&'a str> {
    if walk.identified.is_empty() {
        return None;
    }
    let mut at = walk.at.clone();
    loop {
        if let Some(uri) = walk.identified.get(&at) {
            return Some(uri);
        }
        at = at.split()?.0;
    }
}

/// The same as [`resolve`] for a reference in a schema, which may be relative to the URI of a schema around it (JSON Schema
/// Core, 8.2.1). A path in the same schema is left to `place_of`.
pub(super) fn resolve_in_schema(walk: &mut Walk, reference: &str) -> Option<Pointer> {
    let is_path = reference == "#" || reference.starts_with("#/");
    let uri = uri_around(walk).filter(|_| !is_path);
    let Some(named) = uri.and_then(|uri| within(uri, reference)) else {
        return resolve_here(walk, reference);
    };
    let named = Pointer::canonical(named);
    if let Ok(other) = resolve(reference, &walk.at, &walk.base)
        && other != named
    {
        walk.otherwise.insert(named.clone(), other);
    }
    Some(named)
}

/// What a reference leads to: the URI of a schema, or a place in a file.
fn settled(walk: &Walk, target: &Pointer) -> Pointer {
    let is_known = || {
        let of_schema = format!("{}#", target.file());
        walk.anchors.contains_key(target.as_str()) || walk.anchors.contains_key(&of_schema)
    };
    match walk.otherwise.get(target) {
        Some(other) if !is_known() => other.clone(),
        Some(_) | None => target.clone(),
    }
}

/// What is at the end of a pointer.
enum Found<'a> {
    /// A schema of the table.
    Schema(Pointer),
    /// A value that the walk did not take, and where it really is, if references were followed on the way.
    Raw(Pointer, &'a Value),
    Nothing,
}

/// Follows a pointer, also through references and into schemas.
fn locate<'a>(
    schemas: &'a IndexMap<Pointer, Value>,
    documents: &'a Documents,
    base: &Base,
    target: &Pointer,
) -> Found<'a> {
    let mut target = target.clone();
    'again: for _ in 0..MAX_DEPTH {
        let Some(mut value) = documents.file(target.file()) else {
            return Found::Nothing;
        };
        let mut at = if target.file().is_empty() {
            Pointer::root()
        } else {
            Pointer::of_file(target.file())
        };
        let keys: Vec<String> = target.keys().collect();
        for (index, key) in keys.iter().enumerate() {
            if let Some(next) = reference_of(value, &at, base, schemas) {
                target = keys[index..].iter().fold(next, |next, key| next.child(key));
                if schemas.contains_key(&target) {
                    return Found::Schema(target);
                }
                continue 'again;
            }
            if let Some((marker, entry)) =
                value.as_str().and_then(|text| schemas.get_key_value(text))
            {
                (at, value) = (marker.clone(), entry);
                if let Some(next) = reference_of(value, &at, base, schemas) {
                    target = keys[index..].iter().fold(next, |next, key| next.child(key));
                    continue 'again;
                }
            }
            let child = match value {
                Value::Object(map) => map.get(key),
                Value::Array(list) => key.parse().ok().and_then(|index: usize| list.get(index)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            };
            let Some(child) = child else {
                return Found::Nothing;
            };
            value = child;
            at.push(key);
        }
        return match value.as_str().and_then(|text| schemas.get_key_value(text)) {
            Some((marker, _)) => Found::Schema(marker.clone()),
            None => Found::Raw(at, value),
        };
    }
    Found::Nothing
}

fn reference_of(
    value: &Value,
    at: &Pointer,
    base: &Base,
    schemas: &IndexMap<Pointer, Value>,
) -> Option<Pointer> {
    let reference = value.as_object()?.get("$ref")?.as_str()?;
    // References in the table are canonical already.
    if schemas.contains_key(at) {
        return Some(Pointer::canonical(reference));
    }
    resolve(reference, at, base).ok()
}

/// Walks all that references lead to and that was not walked yet, until there is nothing new.
pub(super) fn follow(walk: &mut Walk, documents: &mut Documents) {
    let (mut dangling, mut walked) = (HashSet::default(), HashSet::default());
    let (mut schema, mut site) = (0, 0);
    while schema < walk.schemas.len() || site < walk.sites.len() {
        while let Some((at, entry)) = walk.schemas.get_index(schema) {
            schema += 1;
            let missing = targets(entry).filter(|target| !walk.schemas.contains_key(*target));
            let missing: Vec<Pointer> = missing.map(Pointer::canonical).collect();
            let at = if missing.is_empty() {
                continue;
            } else {
                at.clone()
            };
            for target in missing {
                if dangling.contains(&target) || !follow_schema(walk, documents, &at, &target) {
                    let first =
                        dangling.insert(target.clone()) && dangling.len() <= MAX_SUGGESTIONS;
                    let target = settled(walk, &target);
                    report_dangling(walk, documents, &at, &target, first);
                }
            }
        }
        while let Some((at, Site { kind, target })) = walk.sites.get_index(site) {
            site += 1;
            let Some(target) = target else { continue };
            let (at, kind, target) = (at.clone(), *kind, target.clone());
            follow_site(walk, documents, &at, kind, &target, &mut walked);
        }
    }
}

/// The keywords with references.
const LINKS: &[&str] = &["$ref", "allOf", "oneOf", "anyOf", "discriminator"];

/// The references of an entry: its own, those among its members, those of its discriminator.
fn targets(entry: &Value) -> impl Iterator<Item = &str> {
    let map = entry.as_object().filter(|map| has_any(map, LINKS));
    let get = move |key: &str| map.and_then(|map| map.get(key));
    let members = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(move |key| get(key)?.as_array())
        .flatten();
    let stated = get("discriminator").and_then(Value::as_object);
    let mapping = stated.and_then(|stated| stated.get("mapping")?.as_object());
    let default = stated.and_then(|stated| stated.get("defaultMapping"));
    let mapped = mapping.into_iter().flat_map(Object::values).chain(default);
    get("$ref")
        .into_iter()
        .chain(members)
        .chain(mapped)
        .filter_map(Value::as_str)
        .filter(|text| text.contains('#'))
}

/// Gets a schema into the table that stands where the walk did not look for one. Whether there is one.
fn follow_schema(walk: &mut Walk, documents: &Documents, at: &Pointer, stated: &Pointer) -> bool {
    let target = &settled(walk, stated);
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
        // The whole of the document is no schema.
        Found::Raw(place, value @ (Value::Object(_) | Value::Bool(_))) if place.as_str() != "#" => {
            walk.at = place.clone();
            schema::hoist(walk, &mut value.clone());
            place
        }
        Found::Raw(..) | Found::Nothing => {
            let Some(place) = meant(walk, target) else {
                return false;
            };
            walk.report.add(
                Code::RefRepaired,
                at,
                format!("{target} is taken as {place}"),
            );
            place
        }
    };
    if place != *stated {
        walk.schemas
            .entry(stated.clone())
            .or_insert_with(|| schema::reference(&place));
    }
    true
}

/// Where to look for a target that may begin at the URI of a schema, or mean what is below the nearest schema with one.
fn place_of(walk: &Walk, documents: &Documents, at: &Pointer, target: &Pointer) -> Pointer {
    let below = |resource: &Pointer| {
        let keys = target.keys();
        keys.fold(resource.clone(), |place, key| place.child(&key))
    };
    if let Some(resource) = walk.anchors.get(&format!("{}#", target.file())) {
        return below(resource);
    }
    // Strictly, it is below such a schema first. More documents have a `$id` without knowing what it does.
    let ids = walk.identified.keys();
    let around =
        ids.filter(|id| id.file() == target.file() && at.as_str().starts_with(id.as_str()));
    let around = around.max_by_key(|id| id.as_str().len());
    match locate(&walk.schemas, documents, &walk.base, target) {
        Found::Nothing => around.map_or_else(|| target.clone(), below),
        Found::Schema(_) | Found::Raw(..) => target.clone(),
    }
}

/// A schema that a reference surely means: by its bare name, or as older versions of the specification have it.
fn meant(walk: &Walk, target: &Pointer) -> Option<Pointer> {
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

fn report_dangling(
    walk: &mut Walk,
    documents: &Documents,
    at: &Pointer,
    target: &Pointer,
    suggest: bool,
) {
    if target.file().contains("//") {
        let text = format!("{target} is elsewhere, and is not fetched");
        walk.report.lose(Code::RemoteRef, at, text);
        return;
    }
    if let Some(Err((code, text))) = documents.others.get(target.file()) {
        walk.report
            .lose(*code, at, text.clone())
            .help(outside(*code));
        return;
    }
    let help = suggest
        .then(|| suggestion(walk, documents, target))
        .flatten();
    walk.report
        .lose(Code::DanglingRef, at, format!("{target} does not exist"))
        .help(help);
}

/// What can be done about a file that is not in the folder.
fn outside(code: Code) -> Option<String> {
    let help = "name a folder that holds all files of the document with --root (Source::within)";
    (code == Code::RefOutside).then(|| help.to_owned())
}

fn suggestion(walk: &Walk, documents: &Documents, target: &Pointer) -> Option<String> {
    let (parent, name) = target.split()?;
    let Found::Raw(parent, Value::Object(map)) =
        locate(&walk.schemas, documents, &walk.base, &parent)
    else {
        return None;
    };
    let name = nearest(&name, map.keys().map(String::as_str))?;
    Some(format!("did you mean {}?", parent.child(name)))
}

/// Finds what a reference leads to, and walks it where the walk of the document does not come.
fn follow_site(
    walk: &mut Walk,
    documents: &mut Documents,
    at: &Pointer,
    kind: Kind,
    target: &Pointer,
    walked: &mut HashSet<Pointer>,
) {
    let Found::Raw(place, _) = locate(&walk.schemas, documents, &walk.base, target) else {
        set_target(walk, at, None);
        report_dangling(walk, documents, at, target, true);
        return;
    };
    if !grammar::is_standard(&place)
        && walked.insert(place.clone())
        && let Some(value) = documents.get_mut(&place)
    {
        walk.at = place.clone();
        grammar::walk(walk, kind, value);
    }
    if place != *target {
        set_target(walk, at, Some(place));
    }
}

fn set_target(walk: &mut Walk, at: &Pointer, target: Option<Pointer>) {
    if let Some(site) = walk.sites.get_mut(at) {
        site.target = target;
    }
}

/// The references that are not to schemas, and what they lead to, in order.
pub(super) fn links(walk: &Walk) -> Vec<(Pointer, Pointer)> {
    let found = walk.sites.iter();
    let found = found.filter_map(|(at, site)| Some((at.clone(), site.target.clone()?)));
    let mut links: Vec<_> = found.collect();
    links.sort_unstable();
    links
}

/// Puts what references lead to in their place, in all that is decoded later; drops the rest of the components.
pub(super) fn splice(walk: &mut Walk, mut documents: Documents) -> Value {
    let mut sites: Vec<(Pointer, Option<Pointer>)> = std::mem::take(&mut walk.sites)
        .into_iter()
        .map(|(at, site)| (at, site.target))
        .collect();
    sites.sort_unstable();
    let mut splicer = Splicer {
        sites: &sites,
        documents: &documents,
        report: &mut walk.report,
        budget: MAX_SPLICED,
        cycles: HashSet::default(),
    };
    let kept = ["#/paths/", "#/webhooks/", "#/components/securitySchemes/"];
    let values: Vec<(&Pointer, Value)> = sites
        .iter()
        .filter(|(at, _)| kept.iter().any(|prefix| at.as_str().starts_with(prefix)))
        .map(|(at, target)| {
            (
                at,
                splicer.value(at, target.as_ref(), documents.get(at), &mut Vec::new()),
            )
        })
        .collect();
    for (at, value) in values {
        if let Some(place) = documents.get_mut(at) {
            *place = value;
        }
    }
    let mut root = documents.root;
    if let Some(Value::Object(components)) = root.get_mut("components") {
        let is_kept = |key: &str| matches!(key, "schemas" | "securitySchemes");
        components.retain(|key, _| is_kept(key) || !grammar::is_section(key));
    }
    root
}

struct Splicer<'a, 'r> {
    /// In order, so that those inside a value are next to each other.
    sites: &'a [(Pointer, Option<Pointer>)],
    documents: &'a Documents,
    report: &'a mut Log<'r>,
    budget: usize,
    /// Where cycles were found.
    cycles: HashSet<Pointer>,
}

impl<'a> Splicer<'a, '_> {
    /// What the reference at `at` stands for, with all references inside of it spliced, too. What stands beside the
    /// reference goes over it.
    fn value(
        &mut self,
        at: &Pointer,
        target: Option<&'a Pointer>,
        site: Option<&Value>,
        trail: &mut Vec<&'a Pointer>,
    ) -> Value {
        let Some((target, found)) =
            target.and_then(|target| Some((target, self.documents.get(target)?)))
        else {
            return Value::Null;
        };
        if trail.contains(&target) || trail.len() >= MAX_DEPTH {
            if self.cycles.insert(at.clone()) {
                self.report
                    .lose(Code::CyclicRef, at, format!("{target} refers to itself"));
            }
            return Value::Null;
        }
        if self.budget == 0 {
            return Value::Null;
        }
        self.budget = self.budget.saturating_sub(count(found));
        if self.budget == 0 {
            self.report.add(
                Code::TooLarge,
                at,
                "there is too much inside of references inside of references",
            );
        }
        trail.push(target);
        let mut value = self.spliced(target, found, trail);
        trail.pop();
        if let (Value::Object(value), Some(Value::Object(beside))) = (&mut value, site) {
            for (key, beside) in beside.iter().filter(|(key, _)| *key != "$ref") {
                value.insert(key.clone(), beside.clone());
            }
        }
        value
    }

    /// A copy of a value, without references.
    fn spliced(&mut self, at: &'a Pointer, found: &Value, trail: &mut Vec<&'a Pointer>) -> Value {
        let sites = self.sites;
        if let Ok(index) = sites.binary_search_by(|(site, _)| site.cmp(at)) {
            return self.value(at, sites[index].1.as_ref(), Some(found), trail);
        }
        let mut value = found.clone();
        let prefix = format!("{at}/");
        let first = sites.partition_point(|(site, _)| site.as_str() < prefix.as_str());
        for (site, target) in sites[first..]
            .iter()
            .take_while(|(site, _)| site.as_str().starts_with(&prefix))
        {
            let inner = self.value(site, target.as_ref(), self.documents.get(site), trail);
            if let Some(place) = value.pointer_mut(&site.as_str()[at.as_str().len()..]) {
                *place = inner;
            }
        }
        value
    }
}

/// How many values there are in a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
