//! Decides the names of resources and methods. Nothing else does.
//!
//! In: all operations that the document declares, and the `x-client` settings about names. Out: a resource and a name for each
//! method. Not here: identifiers (see `plan`), descriptions of resources.
//!
//! A name depends on the operation itself: its path, its id, and whether its response is a list. If two methods of a resource
//! would have the same name, the one with the shorter path gets it. If both paths have the same length, the first one in
//! alphabetical order gets it, where parameters come before literals, and of the same path, the method that APIs usually have
//! first. The other method gets a longer name. Therefore, a new operation does not rename operations with shorter paths, and the
//! order of keys in the document has no effect.

mod by_path;
mod ids;
mod lists;
mod segments;
#[cfg(test)]
mod tests;
mod verbs;

use std::collections::{HashMap, HashSet};

use self::by_path::{Proposal, Subject};
use self::ids::Id;
use self::lists::Listed;
use self::segments::{Prefix, Route};
use super::declared::Declared;
use super::path_template;
use crate::document::{Document, Method};
use crate::model::api::{HttpMethod, NameSettings, NameSource, Piece};
use crate::model::words::Words;
use crate::report::{Code, Report};
use crate::understand::x_client;

/// Names the methods of all operations.
pub(super) fn settle(
    doc: &Document,
    naming: &NameSettings,
    declared: &mut [Declared],
    report: &mut Report,
) {
    let paths = declared.iter().filter_map(|it| it.path.as_deref().ok());
    let prefix = Prefix::of(paths, naming.prefix.clone());
    let mut taken = Taken::default();
    let mut order: Vec<(Rank, usize, Vec<String>)> = Vec::new();
    for (index, declared) in declared.iter_mut().enumerate() {
        let Ok(path) = declared.path.clone() else {
            continue;
        };
        let route = prefix.route(&path);
        let Proposal { resource, names } = proposal(doc, naming.source, declared, &path, &route);
        for method in &mut declared.methods {
            method.resource.get_or_insert_with(|| resource.clone());
        }
        given(declared, &mut taken, report);
        order.push((rank(declared, &path, &route, resource.len()), index, names));
    }
    order.sort_by(|one, other| one.0.cmp(&other.0));
    let ids = declared
        .iter()
        .filter_map(|it| it.operation.operation_id.clone());
    let mut labels: HashSet<String> = ids.collect();
    for (_, index, names) in order {
        label(&mut declared[index], &mut labels);
        let Declared {
            methods,
            key,
            method,
            ..
        } = &mut declared[index];
        for open in methods.iter_mut().filter(|method| method.name.is_none()) {
            let resource = open.resource.take().unwrap_or_default();
            let (resource, name) = taken.claim(&resource, &names, (key, method));
            (open.resource, open.name) = (Some(resource), Some(name));
        }
    }
}

/// Sets the label to the id without the part that a framework appended, unless that is the id or the label of another operation.
fn label(declared: &mut Declared, taken: &mut HashSet<String>) {
    let (id, path) = (declared.operation.operation_id.as_deref(), &declared.path);
    if let (Some(id), Ok(path)) = (id, path)
        && let Some(own) = ids::without_framework(id, &declared.method, path)
        && taken.insert(own.clone())
    {
        declared.label = own;
    }
}

/// Assigns the names that `x-client` gives. They take precedence over all others.
fn given<'a>(declared: &Declared<'a>, taken: &mut Taken<'a>, report: &mut Report) {
    for method in &declared.methods {
        if let (Some(name), Some(resource)) = (&method.name, &method.resource)
            && !taken.insert(resource, name, declared.key)
            && declared.selected
        {
            let resource = match resource.as_slice() {
                [] => "the client".into(),
                names => names.join("."),
            };
            let text = format!("another method of {resource} has the name `{name}`");
            let at = declared.at.child(x_client::KEY);
            report.add(Code::DuplicateMethod, &at, text);
        }
    }
}

/// The order in which operations get their names.
type Rank = (usize, usize, String, Option<Words>, usize, String);

fn rank(declared: &Declared, path: &[Piece], route: &Route, depth: usize) -> Rank {
    // Parameters precede literals, so what is below an item precedes what is below another resource.
    let text = path_template::text(path).replace('{', "\0");
    let method = METHODS.iter().position(|method| *method == declared.method);
    (
        route.segments.len() + usize::from(declared.is_variant),
        depth,
        text,
        route.version.clone(),
        method.unwrap_or(METHODS.len()),
        declared.id.clone(),
    )
}

/// The order of HTTP methods. Methods that are usually added to an API later come later.
const METHODS: &[HttpMethod] = &[
    HttpMethod::Get,
    HttpMethod::Put,
    HttpMethod::Post,
    HttpMethod::Patch,
    HttpMethod::Delete,
    HttpMethod::Query,
    HttpMethod::Head,
    HttpMethod::Options,
    HttpMethod::Trace,
];

fn proposal(
    doc: &Document,
    source: NameSource,
    declared: &Declared,
    path: &[Piece],
    route: &Route,
) -> Proposal {
    let tag = declared.operation.tags.first().map(String::as_str);
    let given = declared.operation.operation_id.as_deref();
    let id = given.map_or(Id::default(), |id| {
        Id::of(id, &declared.method, path, route)
    });
    let last = route.literals(route.segments.len()).last();
    let mut same_path = declared.item.operations.iter();
    let get = same_path.find(|operation| operation.method == Method::Get);
    let subject = Subject {
        method: &declared.method,
        route,
        id: &id,
        listed: lists::listed(doc, declared.parts, last),
        has_body: declared.parts.body.is_some(),
        is_single: get.is_some_and(|get| lists::listed(doc, get, last) < Listed::Whole),
        tag,
    };
    let by_path = by_path::propose(&subject);
    let spelled = id.words.join("_");
    match source {
        _ if spelled.is_empty() => by_path,
        // A fragment or a query distinguishes operations of the same path.
        NameSource::Paths if declared.is_variant => Proposal {
            names: vec![by_path.names[0].clone(), by_path::whole(&subject)],
            ..by_path
        },
        NameSource::Paths => by_path,
        NameSource::Ids => Proposal {
            resource: id.space.clone(),
            names: vec![spelled],
        },
        NameSource::Tags => Proposal {
            resource: tag
                .into_iter()
                .map(|tag| Words::of(tag).join('_'))
                .collect(),
            names: vec![spelled],
        },
    }
}

/// The names that are already in use.
#[derive(Default)]
struct Taken<'a> {
    /// Method names, with the path of each operation.
    methods: HashMap<Vec<String>, &'a str>,
    resources: HashSet<Vec<String>>,
}

impl<'a> Taken<'a> {
    /// Marks a name as used. Returns false if another method has it.
    fn insert(&mut self, resource: &[String], name: &str, path: &'a str) -> bool {
        for end in 1..=resource.len() {
            self.resources.insert(resource[..end].to_vec());
        }
        self.methods.insert(full(resource, name), path).is_none()
    }

    /// Takes the first free name. If a method already has the name of a resource, the methods of that resource move to its
    /// parent, with its name as a part of theirs.
    fn claim(
        &mut self,
        resource: &[String],
        names: &[String],
        (path, method): (&'a str, &HttpMethod),
    ) -> (Vec<String>, String) {
        let is_method = |end: &usize| self.methods.contains_key(&resource[..*end]);
        let end = (1..=resource.len())
            .find(is_method)
            .map_or(resource.len(), |end| end - 1);
        let (resource, rest) = resource.split_at(end);
        let short = names.first().map_or("", String::as_str);
        let beside = |name: &String| match name.strip_prefix(short) {
            Some(more) if !rest.is_empty() => format!("{short}_{}{more}", rest.join("_")),
            Some(_) | None => [std::slice::from_ref(name), rest].concat().join("_"),
        };
        let mut names: Vec<String> = names.iter().map(beside).collect();
        // Operations of the same path differ in the HTTP method only.
        let short = names.first().cloned().unwrap_or_default();
        let is_usual = ["create", "delete", "list", "retrieve", "update"].contains(&short.as_str());
        if is_usual && self.methods.get(&full(resource, &short)) == Some(&path) {
            names.insert(1, by_path::different(method, &short));
        }
        let is_free = |name: &String| {
            let full = full(resource, name);
            !self.methods.contains_key(&full) && !self.resources.contains(&full)
        };
        let last = names.last().cloned().unwrap_or_default();
        let mut numbered = (2..).map(|count| format!("{last}_{count}"));
        let name = names
            .into_iter()
            .find(is_free)
            .or_else(|| numbered.find(is_free));
        let name = name.unwrap_or(last);
        self.insert(resource, &name, path);
        (resource.to_vec(), name)
    }
}

fn full(resource: &[String], name: &str) -> Vec<String> {
    [resource, &[name.to_owned()]].concat()
}
