//! Every identifier of the emitted crate, assigned once.
//!
//! In: the [`Api`] and its [`Facts`]. Out: [`Names`], side tables by id. A [`Name`] is an identifier that is free in its
//! scope, and only a [`Scope`] makes one, so an emitter cannot invent it. Claims are sorted before they are made, so the
//! order of the document's keys decides nothing. Not here: tokens, but for a name's own.

mod cli;
mod pages;
mod reserved;
mod scope;
mod types;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use cli::CliNames;
pub use pages::PageNames;
use reserved::{
    BUILDER, CALL, CLIENT, CRATES, FEATURES, FIELDS, MODULES, RESOURCE, STATICS, TYPES, VARIANTS,
};
use scope::KEYWORDS;
pub use scope::{Case, Name, Scope};
use types::type_names;

use crate::maps::HashSet;
use crate::model::api::{Api, EnumValue, Field, Literal, OpId, Shape, TypeDef, TypeId, Variant};
use crate::model::ty::path_text;
use crate::model::uses;
use crate::plan::facts::{Facts, Form, Home, Input, Part, PartId, Resource, ResourceId};
use crate::plan::words::Words;

/// The side tables.
#[derive(Clone, Debug)]
pub struct Names {
    /// The package, `openai-permissions`.
    pub package: String,
    /// The library, `openai_permissions`.
    pub library: Name,
    types: Vec<TypeNames>,
    ops: Vec<OpNames>,
    resources: Vec<ResourceNames>,
    parts: Vec<Name>,
    /// Where each module is described.
    pub pages: PageNames,
    /// By index in [`Api::schemes`].
    pub schemes: Vec<SchemeNames>,
    /// By index of the header in the client's settings.
    pub headers: Vec<SettingNames>,
    /// Those of the command line.
    pub cli: CliNames,
}

/// The names of a definition.
#[derive(Clone, Debug)]
pub struct TypeNames {
    pub name: Name,
    /// Fields or variants, by index.
    pub members: Vec<Name>,
    /// Conversions of fields that hold a time, by index of the field.
    pub times: Vec<Option<TimeNames>>,
}

/// The conversions of a field that holds a time.
#[derive(Clone, Debug)]
pub struct TimeNames {
    /// To the standard library's time.
    pub std: Name,
    /// To `jiff`'s.
    pub jiff: Name,
}

/// The names of an operation.
#[derive(Clone, Debug)]
pub struct OpNames {
    pub method: Name,
    /// The struct of the call.
    pub call: Name,
    /// The static that describes it.
    pub operation: Name,
    /// Arguments and setters.
    inputs: BTreeMap<Input, Name>,
    /// Setters of `null`, by the setters of values.
    nulls: BTreeMap<Input, Name>,
}

impl OpNames {
    /// The name of an argument or a setter; `None` for what is neither.
    pub fn input(&self, input: Input) -> Option<&Name> {
        self.inputs.get(&input)
    }

    /// The name of the setter that sends `null`; `None` where that is not another thing than sending nothing.
    pub fn null(&self, input: Input) -> Option<&Name> {
        self.nulls.get(&input)
    }
}

/// The names of a resource.
#[derive(Clone, Debug)]
pub struct ResourceNames {
    pub module: Name,
    pub structure: Name,
    /// The method of the parent that leads to it.
    pub accessor: Name,
    /// Modules from the root to its own.
    pub path: Vec<Name>,
    /// The feature that compiles it and what it uses, if it has one of its own.
    pub feature: Option<Name>,
}

/// The names of a security scheme.
#[derive(Clone, Debug)]
pub struct SchemeNames {
    pub constant: Name,
    /// By index of the credential. Credentials of one name are one, whatever scheme uses them.
    pub credentials: Vec<SettingNames>,
}

/// The names of something that a user sets on the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingNames {
    pub constant: Name,
    pub setter: Name,
}

impl Names {
    /// The names of a definition.
    pub fn ty(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0]
    }

    /// The names of an operation.
    pub fn op(&self, id: OpId) -> &OpNames {
        &self.ops[id.0]
    }

    /// The names of a resource.
    pub fn resource(&self, id: ResourceId) -> &ResourceNames {
        &self.resources[id.0]
    }

    /// The submodule of a part.
    pub fn part(&self, id: PartId) -> &Name {
        &self.parts[id.0]
    }
}

/// Assigns all names. `package` is the name of the package that was asked for.
pub fn run(api: &Api, facts: &Facts, package: Option<&str>) -> Names {
    let package = package_name(api, package);
    let library = Scope::new(Case::Snake, &[]).claim(&package);
    let type_names = type_names(api, facts);
    let types: Vec<TypeNames> = api
        .types
        .iter()
        .zip(type_names)
        .map(|(def, name)| definition(api, def, name))
        .collect();
    let resources = resource_names(facts, &types);
    let parts = part_names(facts, &resources);
    let pages = pages::run(facts, &resources, &parts);
    let (schemes, headers) = setting_names(api);
    let ops = op_names(api, facts, &types, &resources, &schemes);
    let settings = schemes
        .iter()
        .flat_map(|names| &names.credentials)
        .chain(&headers);
    let settings: Vec<&Name> = settings.map(|names| &names.setter).collect();
    let cli = cli::run(api, facts, &package, &settings);
    Names {
        cli,
        package,
        library,
        types,
        ops,
        resources,
        parts,
        pages,
        schemes,
        headers,
    }
}

/// Whether Cargo and crates.io take this as a package's name.
pub fn is_package_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !KEYWORDS.contains(&name)
        && !CRATES.contains(&name.replace('_', "-").as_str())
}

fn package_name(api: &Api, asked: Option<&str>) -> String {
    let given = asked.or(api.client.package.name.as_deref());
    let spelled = || {
        // Titles are read as they are written: `GitHub` is one word here.
        let words = Words::of(&api.info.title.to_lowercase());
        let name = words.shortened().join("-");
        match name.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("api-{name}"),
            false => name,
        }
    };
    let name = given
        .filter(|name| is_package_name(name))
        .map_or_else(spelled, str::to_owned);
    match is_package_name(&name) {
        true => name,
        false => format!("{name}-client"),
    }
}

fn definition<'a>(api: &Api, def: &'a TypeDef, name: Name) -> TypeNames {
    match &def.shape {
        Shape::Struct { fields, .. } => struct_names(api, fields, name),
        Shape::Enum { values, .. } => {
            variant_names(values.iter().map(wanted_value).collect(), name)
        }
        Shape::Union { variants, .. } => {
            let wanted = |variant: &'a Variant| Cow::from(&variant.name);
            variant_names(variants.iter().map(wanted).collect(), name)
        }
        Shape::Alias(_) => TypeNames {
            name,
            members: Vec::new(),
            times: Vec::new(),
        },
    }
}

/// The names of an enum, of values or of variants.
fn variant_names(wanted: Vec<Cow<str>>, name: Name) -> TypeNames {
    TypeNames {
        name,
        members: Scope::new(Case::Pascal("Value"), VARIANTS).claim_all(&wanted),
        times: Vec::new(),
    }
}

fn struct_names(api: &Api, fields: &[Field], name: Name) -> TypeNames {
    let wanted: Vec<&str> = fields
        .iter()
        .map(|field| given_or(&field.name, &field.wire))
        .collect();
    let members = Scope::new(Case::Snake, FIELDS).claim_all(&wanted);
    let mut methods = Scope::new(Case::Snake, &["new", "clone"]);
    let times = fields.iter().zip(&members).map(|(field, member)| {
        crate::model::ty::is_time(api, &field.ty).then(|| TimeNames {
            std: methods.claim(&format!("{}_time", member.plain())),
            jiff: methods.claim(&format!("{}_timestamp", member.plain())),
        })
    });
    TypeNames {
        name,
        times: times.collect(),
        members,
    }
}

fn wanted_value(value: &EnumValue) -> Cow<'_, str> {
    match (&value.name, &value.wire) {
        (Some(name), _) => name.into(),
        (None, Literal::String(text)) => text.into(),
        (None, Literal::Integer(number)) if *number < 0 => {
            format!("minus {}", number.unsigned_abs()).into()
        }
        (None, Literal::Integer(number)) => number.to_string().into(),
        (None, Literal::Unsigned(number)) => number.to_string().into(),
        (None, Literal::Float(number)) => number.to_string().into(),
        (None, Literal::Bool(value)) => value.to_string().into(),
        (None, Literal::Null) => "null".into(),
        (None, Literal::Json(value)) => value.to_string().into(),
    }
}

fn given_or<'a>(given: &'a Option<String>, wire: &'a str) -> &'a str {
    given.as_deref().unwrap_or(wire)
}

/// From the root down: a resource's struct is free of its parent's, its siblings' and all types.
fn resource_names(facts: &Facts, types: &[TypeNames]) -> Vec<ResourceNames> {
    let reserved_types = TYPES
        .iter()
        .copied()
        .chain(types.iter().map(|ty| ty.name.as_str()));
    let reserved_types = Rc::new(
        reserved_types
            .map(str::to_lowercase)
            .collect::<HashSet<String>>(),
    );
    let mut names: Vec<Option<ResourceNames>> = vec![None; facts.resources().count()];
    let claim_level = |ids: Vec<ResourceId>,
                       parent: Option<ResourceNames>,
                       names: &mut Vec<Option<ResourceNames>>| {
        let wanted: Vec<&str> = ids
            .iter()
            .map(|id| facts.resource(*id).path.last().map_or("", String::as_str))
            .collect();
        let mut structures = Scope::beyond(Case::Pascal("Resource"), &reserved_types);
        if let Some(parent) = &parent {
            structures.reserve(&parent.structure);
        }
        let modules = Scope::new(Case::Snake, MODULES).claim_all(&wanted);
        let structures = structures.claim_all(&wanted);
        let methods = if parent.is_some() { RESOURCE } else { CLIENT };
        let accessors = Scope::new(Case::Snake, methods).claim_all(&wanted);
        let above = parent.map(|parent| parent.path).unwrap_or_default();
        for (((id, module), structure), accessor) in
            ids.into_iter().zip(modules).zip(structures).zip(accessors)
        {
            let path = [above.clone(), vec![module.clone()]].concat();
            names[id.0] = Some(ResourceNames {
                module,
                structure,
                accessor,
                path,
                feature: None,
            });
        }
    };
    claim_level(facts.roots().collect(), None, &mut names);
    // Parents come before their children in the order of the paths.
    for (id, resource) in facts.resources() {
        let own = names[id.0].clone();
        claim_level(resource.children.clone(), own, &mut names);
    }
    let mut names: Vec<ResourceNames> = names.into_iter().flatten().collect();
    let featured = facts.featured();
    let wanted: Vec<String> = featured
        .iter()
        .map(|id| names[id.0].module.plain().to_owned())
        .collect();
    let features = Scope::new(Case::Snake, FEATURES).claim_all(&wanted);
    for (id, feature) in featured.iter().zip(features) {
        names[id.0].feature = Some(feature);
    }
    names
}

/// The submodules of modules that are split, which stand beside those of resources.
fn part_names(facts: &Facts, resources: &[ResourceNames]) -> Vec<Name> {
    let mut scopes: BTreeMap<Home, Scope> = BTreeMap::new();
    let scope = |home: Home| {
        let mut scope = Scope::new(Case::Snake, MODULES);
        if let Home::Resource(id) = home {
            for child in &facts.resource(id).children {
                scope.reserve(&resources[child.0].module);
            }
        }
        scope
    };
    let claim = |(_, part): (PartId, &Part)| {
        let wanted = match part.words.is_empty() {
            true => "other".to_owned(),
            false => part.words.join(" "),
        };
        let scope = scopes.entry(part.home).or_insert_with(|| scope(part.home));
        scope.claim(&wanted)
    };
    facts.parts().map(claim).collect()
}

fn op_names(
    api: &Api,
    facts: &Facts,
    types: &[TypeNames],
    resources: &[ResourceNames],
    schemes: &[SchemeNames],
) -> Vec<OpNames> {
    let mut names: Vec<Option<OpNames>> = vec![None; api.ops.len()];
    for (id, resource) in facts.resources() {
        let mut methods = Scope::new(Case::Snake, RESOURCE);
        let mut calls = Scope::new(Case::Pascal("Call"), TYPES);
        let mut statics = Scope::new(Case::Shout("OPERATION"), STATICS);
        calls.reserve(&resources[id.0].structure);
        for child in &resource.children {
            methods.reserve(&resources[child.0].accessor);
            calls.reserve(&resources[child.0].structure);
        }
        for ty in seen_types(api, facts, id, resource) {
            calls.reserve(&types[ty.0].name);
        }
        for scheme in schemes {
            statics.reserve(&scheme.constant);
        }
        let mut order = resource.ops.clone();
        order.sort_by_cached_key(|id| (api.ops[id.0].name.clone(), path_text(&api.ops[id.0].path)));
        for id in order {
            let name = &api.ops[id.0].name;
            let [inputs, nulls] = input_names(api, facts, id);
            names[id.0] = Some(OpNames {
                method: methods.claim(name),
                call: calls.claim(name),
                operation: statics.claim(name),
                inputs,
                nulls,
            });
        }
    }
    names.into_iter().flatten().collect()
}

/// The types that a resource's module defines or mentions.
fn seen_types(api: &Api, facts: &Facts, id: ResourceId, resource: &Resource) -> Vec<TypeId> {
    let owned = resource.types.iter().copied();
    let mentioned = owned.clone().flat_map(|ty| uses::neighbours(api, ty));
    let in_ops = resource.ops.iter().map(|op| &api.ops[op.0]);
    let in_ops = in_ops.flat_map(uses::call_types);
    debug_assert!(
        owned
            .clone()
            .all(|ty| facts.ty(ty).home == Home::Resource(id))
    );
    // Item types of pages are one step further.
    let in_ops: Vec<TypeId> = in_ops.collect();
    let further = in_ops
        .iter()
        .flat_map(|ty| uses::neighbours(api, *ty))
        .collect::<Vec<_>>();
    owned
        .clone()
        .chain(mentioned)
        .chain(in_ops.iter().copied())
        .chain(further)
        .collect()
}

/// Arguments and setters share a scope: what can be given to a call has one name each. Arguments come first, and setters of
/// null, which are named after others, last.
fn input_names(api: &Api, facts: &Facts, id: OpId) -> [BTreeMap<Input, Name>; 2] {
    let inputs = facts.op(id);
    let mut scope = Scope::new(Case::Snake, CALL);
    let mut claim = |inputs: &[Input], suffix: &str| -> Vec<(Input, Name)> {
        let wanted: Vec<String> = inputs
            .iter()
            .map(|input| format!("{}{suffix}", wanted_input(api, id, *input)))
            .collect();
        inputs
            .iter()
            .copied()
            .zip(scope.claim_all(&wanted))
            .collect()
    };
    let is_nullable = |input: &Input| match *input {
        Input::Field(ty, index) => facts.ty(ty).members[index].form == Form::Nullable,
        Input::Param(_) | Input::Body => false,
    };
    let nullable: Vec<Input> = inputs.setters.iter().copied().filter(is_nullable).collect();
    let given = [claim(&inputs.arguments, ""), claim(&inputs.setters, "")];
    let nulls = claim(&nullable, " null");
    [
        given.into_iter().flatten().collect(),
        nulls.into_iter().collect(),
    ]
}

fn wanted_input(api: &Api, id: OpId, input: Input) -> &str {
    match input {
        Input::Param(index) => {
            let param = &api.ops[id.0].params[index];
            given_or(&param.name, &param.wire)
        }
        Input::Field(ty, index) => match &api.types[ty.0].shape {
            Shape::Struct { fields, .. } => fields
                .get(index)
                .map(|field| given_or(&field.name, &field.wire))
                .unwrap_or_default(),
            Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => "",
        },
        Input::Body => "body",
    }
}

fn setting_names(api: &Api) -> (Vec<SchemeNames>, Vec<SettingNames>) {
    let mut constants = Scope::new(Case::Shout("AUTH"), STATICS);
    let mut setters = Scope::new(Case::Snake, BUILDER);
    let mut credentials: Vec<&str> = api
        .schemes
        .iter()
        .flat_map(|scheme| {
            scheme
                .credentials
                .iter()
                .map(|credential| credential.name.as_str())
        })
        .collect();
    credentials.sort_unstable();
    credentials.dedup();
    let mut claim = |name: &str| SettingNames {
        constant: constants.claim(name),
        setter: setters.claim(name),
    };
    let credentials: Vec<(&str, SettingNames)> = credentials
        .into_iter()
        .map(|name| (name, claim(name)))
        .collect();
    let headers = api
        .client
        .headers
        .iter()
        .map(|header| claim(&header.name))
        .collect();
    let find = |name: &str| {
        let found = credentials.iter().find(|(key, _)| *key == name);
        found.map(|(_, names)| names.clone())
    };
    let mut keys: Vec<&str> = api
        .schemes
        .iter()
        .map(|scheme| scheme.key.as_str())
        .collect();
    keys.sort_unstable();
    for (_, names) in &credentials {
        constants.reserve(&names.constant);
    }
    let schemes: Vec<(&str, Name)> = keys
        .into_iter()
        .map(|key| (key, constants.claim(key)))
        .collect();
    let schemes = api.schemes.iter().filter_map(|scheme| {
        let (_, constant) = schemes.iter().find(|(key, _)| *key == scheme.key)?;
        let credentials = scheme
            .credentials
            .iter()
            .filter_map(|credential| find(&credential.name));
        Some(SchemeNames {
            constant: constant.clone(),
            credentials: credentials.collect(),
        })
    });
    (schemes.collect(), headers)
}
