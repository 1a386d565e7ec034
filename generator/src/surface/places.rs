//! Where the document has what an item of the crate is made from.
//!
//! In: the model and the plan. Out: [`Places`]. Not here: lines (see [`render`](crate::render)).

use std::collections::BTreeMap;

use super::code::path_of;
use crate::model::api::{Api, NameOrigin, OpId, Role, Shape, TypeId};
use crate::model::ty::fields;
use crate::plan::Plan;
use crate::plan::inputs::Input;
use crate::plan::names::Name;
use crate::report::Pointer;

/// The pointers of items and members by their paths: `pets::Pets::list`, `pets::Pets::list(limit)`, `types::Pet.name`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    by_path: BTreeMap<String, Pointer>,
    /// The paths of types, by their schema and its role.
    types: BTreeMap<(Pointer, &'static str), String>,
    /// The reverse.
    schemas: BTreeMap<String, (Pointer, &'static str)>,
}

impl Places {
    /// Returns the place of an item, of a member or of an argument, or of what is around it.
    pub fn of(&self, path: &str) -> Option<&Pointer> {
        let around = |path: &str| -> Option<usize> {
            match path.ends_with(')') {
                true => path.rfind('('),
                false => path.rfind(['.', ':']),
            }
        };
        let mut at = path;
        loop {
            if let Some(place) = self.by_path.get(at) {
                return Some(place);
            }
            at = at[..around(at)?].trim_end_matches(':');
        }
    }

    /// Returns the path of the type that is made from the same schema as a type of other places.
    pub fn counterpart(&self, path: &str, others: &Self) -> Option<&str> {
        self.types
            .get(others.schemas.get(path)?)
            .map(String::as_str)
    }

    fn add(&mut self, path: String, at: &Pointer) {
        self.by_path.entry(path).or_insert_with(|| at.clone());
    }
}

/// Returns the places of everything in a planned crate.
pub fn places(api: &Api, plan: &Plan) -> Places {
    let mut places = Places::default();
    for id in (0..api.types.len()).map(TypeId) {
        of_type(&mut places, api, plan, id);
    }
    for (id, resource) in plan.outline.resources() {
        let names = plan.names.resource(id);
        let module = names.path.iter().map(Name::plain);
        let module = module.collect::<Vec<_>>().join("::");
        let structure = match resource.is_client() {
            true => "Client".to_owned(),
            false => path_of(&module, names.structure.as_str()),
        };
        for id in &resource.ops {
            of_operation(&mut places, api, plan, *id, &module, &structure);
        }
    }
    for (scheme, names) in api.schemes.iter().zip(&plan.names.schemes) {
        for names in &names.credentials {
            let tokens = names.tokens.iter().flat_map(|it| [&it.provider, &it.grant]);
            for setter in tokens.chain([&names.setter]) {
                places.add(format!("ClientBuilder::{setter}"), &scheme.at);
            }
        }
    }
    let servers = &plan.names.servers;
    let variables = servers.variables.iter().map(|(_, names)| names);
    let at = Pointer::root().child("servers");
    for names in variables.chain(&servers.choice) {
        places.add(format!("ClientBuilder::{}", names.setter), &at);
    }
    places.add("Server".into(), &at);
    let at = Pointer::root().child("x-client");
    for names in &plan.names.headers {
        places.add(format!("ClientBuilder::{}", names.setter), &at);
    }
    places
}

fn of_type(places: &mut Places, api: &Api, plan: &Plan, id: TypeId) {
    if plan.outline.ty(id).is_unnamed {
        return;
    }
    let (def, names) = (&api.types[id.0], plan.names.ty(id));
    let path = format!("types::{}", names.name);
    places.add(path.clone(), &def.at);
    if let Some(required) = &names.required {
        places.add(format!("types::{required}"), &def.at);
    }
    let key = (def.at.clone(), role(&def.name_origin));
    places.schemas.insert(path.clone(), key.clone());
    places.types.entry(key).or_insert_with(|| path.clone());
    for (index, field) in fields(&def.shape).iter().enumerate() {
        let name = &names.members[index];
        places.add(format!("{path}.{name}"), &field.at);
        places.add(format!("{path}::new({name})"), &field.at);
        if let Some(required) = &names.required {
            places.add(format!("types::{required}.{name}"), &field.at);
        }
        let setters = &names.setters[index];
        let times = names.times[index]
            .iter()
            .flat_map(|it| it.std.iter().chain([&it.jiff]));
        for method in times.chain([&setters.value]).chain(&setters.null) {
            places.add(format!("{path}::{method}"), &field.at);
        }
    }
    if let Shape::Enum { values, .. } = &def.shape {
        for (index, name) in names.members.iter().enumerate().take(values.len()) {
            let at = def.at.child("enum").child(&index.to_string());
            places.add(format!("{path}::{name}"), &at);
        }
    }
}

/// Several types can be made from one schema.
fn role(origin: &NameOrigin) -> &'static str {
    match origin {
        NameOrigin::Given(_) | NameOrigin::Component(_) => "",
        NameOrigin::View(_) => "request",
        NameOrigin::Errors(_) => "errors",
        NameOrigin::Under(_, role) => match role {
            Role::Base => "base",
            Role::Headers(..) => "headers",
            Role::Property(_) => "property",
            Role::Parameter(_)
            | Role::Item
            | Role::MapValue
            | Role::Variant(_)
            | Role::Body
            | Role::OtherBody(_)
            | Role::Reply
            | Role::Event
            | Role::Callback(_)
            | Role::Success(_)
            | Role::Error(_) => "",
        },
    }
}

fn of_operation(
    places: &mut Places,
    api: &Api,
    plan: &Plan,
    id: OpId,
    module: &str,
    structure: &str,
) {
    let (op, names) = (&api.ops[id.0], plan.names.op(id));
    let method = format!("{structure}::{}", names.method);
    let call = names
        .call
        .as_ref()
        .map(|call| path_of(module, call.as_str()));
    let own = [&names.error].into_iter().flatten();
    let own = own.chain(names.reply.iter().map(|reply| &reply.ty));
    let own = own.map(|name| path_of(module, name.as_str()));
    for path in own.chain(call.clone()).chain([method.clone()]) {
        places.add(path, &op.at);
    }
    let place = |input: Input| match input {
        Input::Param(index) => op.params.get(index).map(|param| &param.at),
        Input::Body => op.body.as_ref().map(|body| &body.at),
        Input::Field(ty, index) => fields(&api.types[ty.0].shape)
            .get(index)
            .map(|field| &field.at),
    };
    let inputs = &plan.outline.op(id).inputs;
    for input in &inputs.arguments {
        if let (Some(name), Some(at)) = (names.input(*input), place(*input)) {
            places.add(format!("{method}({name})"), at);
        }
    }
    for input in &inputs.setters {
        let setters = names.input(*input).into_iter().chain(names.null(*input));
        for (name, call) in setters.zip(call.iter().cycle()) {
            if let Some(at) = place(*input) {
                places.add(format!("{call}::{name}"), at);
            }
        }
    }
}
