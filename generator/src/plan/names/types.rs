//! Names of types.
//!
//! In: definitions, with their names in the document or their owners. Out: a name for each, unique in the crate. Not here:
//! names of fields and variants (see `members`).

use super::literals::Literals;
use super::members::{self, MemberNames, SetterNames, TimeNames};
use super::reserved::TYPES;
use super::scope::{Case, Name, Scope};
use crate::maps::IndexMap;
use crate::model::api::{
    Api, NameOrigin, OpId, Outcome, Owner, Role, Scalar, Shape, Status, Tag, Ty, TypeDef, TypeId,
};
use crate::model::origin::Origin;
use crate::model::ty::shared_key;
use crate::model::words::Words;
use crate::plan::outline::Outline;
use crate::plan::types::Constructor;

/// The names of a definition.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// That of its value, if it is a constant without a definition.
    pub name: Name,
    /// The struct with the required fields, if its constructor takes one.
    pub required: Option<Name>,
    /// Fields or variants, by index.
    pub members: Vec<Name>,
    /// Conversions of fields that hold a time, by index of the field.
    pub times: Vec<Option<TimeNames>>,
    /// Setters, by index of the field.
    pub setters: Vec<SetterNames>,
}

/// Returns the names of all definitions.
pub(super) fn run(api: &Api, outline: &Outline, literals: &Literals) -> Vec<TypeNames> {
    let mut scope = Scope::new(Case::Pascal("Model"), TYPES);
    let unnamed = |index: usize| {
        let is_unnamed = outline.ty(TypeId(index)).is_unnamed;
        literals.of(&api.types[index].shape).filter(|_| is_unnamed)
    };
    let known = (0..api.types.len()).map(|index| unnamed(index).cloned());
    let names = type_names(api, known.collect(), &mut scope);
    let required = required_names(outline, &names, &mut scope);
    let named = api.types.iter().zip(names).zip(required);
    let named = named.map(|((def, name), required)| {
        let MemberNames {
            members,
            times,
            setters,
        } = members::run(api, &def.shape);
        TypeNames {
            name,
            required,
            members,
            times,
            setters,
        }
    });
    named.collect()
}

/// Type names are unique in the whole crate, since `types` exports them all. Types that the document names come first, then
/// inline types, level by level.
fn type_names(api: &Api, mut names: Vec<Option<Name>>, scope: &mut Scope) -> Vec<Name> {
    let mut left: Vec<usize> = (0..api.types.len()).collect();
    left.retain(|index| names[*index].is_none());
    loop {
        let mut level: Vec<(u8, Words, usize)> = Vec::new();
        left.retain(|&index| {
            let words = wanted_words(api, &names, &api.types[index]);
            let is_left = words.is_none();
            level.extend(words.map(|(rank, words)| (rank, words, index)));
            is_left
        });
        if level.is_empty() {
            break;
        }
        level.sort_by(|a, b| (a.0, &a.1, &api.types[a.2].at).cmp(&(b.0, &b.1, &api.types[b.2].at)));
        for (_, words, index) in level {
            names[index] = Some(match api.types[index].name_origin {
                NameOrigin::Errors(_) => scope.claim_whole(&words),
                _ => scope.claim_words(&words),
            });
        }
    }
    // Owners in a circle, which `understand` never makes, still get a name.
    let mut claim = |(name, def): (Option<Name>, &TypeDef)| {
        name.unwrap_or_else(|| scope.claim(def.at.as_str()))
    };
    names.into_iter().zip(&api.types).map(&mut claim).collect()
}

/// Names the structs of required fields after all others, so these are as if there were none.
fn required_names(outline: &Outline, names: &[Name], scope: &mut Scope) -> Vec<Option<Name>> {
    let claim = |(index, name): (usize, &Name)| {
        let plan = outline.ty(TypeId(index));
        let is_named = plan.usage.is_sent() && plan.constructor == Constructor::Named;
        is_named.then(|| scope.claim(&format!("{name}Required")))
    };
    names.iter().enumerate().map(claim).collect()
}

/// `None` while the owner has no name yet.
fn wanted_words(api: &Api, names: &[Option<Name>], def: &TypeDef) -> Option<(u8, Words)> {
    let of = |id: TypeId| Some(Words::of(names.get(id.0)?.as_ref()?.plain()));
    let under = |owner: &Owner| match owner {
        Owner::Type(id) => of(*id),
        // All operations of a path share what it declares for them.
        Owner::Op(id) => {
            of_path(&def.origin).or_else(|| api.ops.get(id.0).map(|op| Words::of(&op.label)))
        }
        Owner::Webhook(index) => {
            let webhook = api.webhooks.requests.get(*index)?;
            Some(Words::of(&webhook.name))
        }
    };
    match &def.name_origin {
        NameOrigin::Given(name) => Some((0, Words::of(name))),
        NameOrigin::Component(key) => Some((1, Words::of(key))),
        // The type of requests is named after the type of replies, if that has a name.
        NameOrigin::View(id) => Some((4, of(*id)?.then(&Words::of("request")))),
        NameOrigin::Under(owner, role) => {
            let words = match (role, shared_key(def)) {
                (Role::Parameter(_), Some(key)) => Words::of(key),
                (_, Some(key)) => Words::of(key).then(&Words::of(role.text())),
                (Role::Headers(_, Outcome::Success), None) => {
                    under(owner)?.then(&Words::of("headers"))
                }
                (Role::Headers(_, Outcome::Error), None) => {
                    under(owner)?.then(&Words::of("error headers"))
                }
                (_, None) => under(owner)?.then(&Words::of(role.text())),
            };
            Some((3, words))
        }
        NameOrigin::Errors(first) => Some((5, error_words(api, names, *first, &def.shape)?)),
    }
}

/// Returns the literals of the path that a schema is declared for.
fn of_path(origin: &Origin) -> Option<Words> {
    let Origin::Path(path) = origin else {
        return None;
    };
    let literals = path.split('/').filter(|segment| !segment.contains('{'));
    let literals: Vec<&str> = literals.collect();
    Some(Words::of(&literals.join(" ")))
}

/// The length of the longest name of errors that says all of them.
const LONGEST: usize = 100;

/// Words for the errors of operations: `basic error 403 or 404 or validation error 422`. They say what no other operation changes. Inline
/// bodies are named after an operation, and so are the errors that contain one.
fn error_words(api: &Api, names: &[Option<Name>], first: OpId, shape: &Shape) -> Option<Words> {
    let Shape::Union {
        tag: Tag::Status(statuses),
        variants,
    } = shape
    else {
        return None;
    };
    let of_operation = || {
        let label = &api.ops.get(first.0)?.label;
        let words = Words::of(label).then(&Words::of("error"));
        Some(words.shortened().into_owned())
    };
    if variants.iter().any(|it| is_inline(api, &it.ty)) {
        return of_operation();
    }
    let mut groups: IndexMap<&Ty, Vec<String>> = IndexMap::default();
    for (status, variant) in statuses.iter().zip(variants) {
        let group = groups.entry(&variant.ty).or_default();
        group.push(status.to_string());
    }
    // All other statuses come last.
    groups.sort_by_key(|_, statuses| statuses.contains(&Status::Default.to_string()));
    let words = groups.into_iter().map(|(ty, statuses)| {
        let body = body_words(names, ty)?;
        Some(format!("{body} {}", statuses.join(" or ")))
    });
    let words: Option<Vec<String>> = words.collect();
    let words = Words::of(&words?.join(" or "));
    match words.text().len() <= LONGEST {
        true => Some(words),
        false => of_operation(),
    }
}

fn is_inline(api: &Api, ty: &Ty) -> bool {
    match ty {
        Ty::Named(id) => {
            let def = &api.types[id.0];
            let is_named = matches!(
                def.name_origin,
                NameOrigin::Given(_) | NameOrigin::Component(_)
            );
            !is_named && shared_key(def).is_none()
        }
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => is_inline(api, inner),
        Ty::Tuple(items) => items.iter().any(|item| is_inline(api, item)),
        Ty::Scalar(_) | Ty::Any(_) => false,
    }
}

/// `None` while the body has no name yet.
fn body_words(names: &[Option<Name>], ty: &Ty) -> Option<String> {
    Some(match ty {
        Ty::Named(id) => names.get(id.0)?.as_ref()?.plain().to_owned(),
        Ty::List(item) => format!("list of {}", body_words(names, item)?),
        Ty::Map(value) => format!("map of {}", body_words(names, value)?),
        Ty::Nullable(inner) => body_words(names, inner)?,
        Ty::Scalar(Scalar::String) => "text".to_owned(),
        Ty::Scalar(_) | Ty::Tuple(_) | Ty::Any(_) => "json".to_owned(),
    })
}
