//! Headers of replies.
//!
//! In: the responses of an operation. Out: one struct for the headers of its successes and one for those of its errors.
//! Not here: headers that are parameters (see `params`), or that lead to the next page (see `passes/paging`).

use super::replies::declared_responses;
use crate::document::{Header, JsonType, Operation};
use crate::model::api::{
    Access, Doc, Field, Outcome, Owner, Presence, ReplyHeaders, Rest, Role, Scalar, Shape, Ty,
    TypeDef, TypeId, Wanted,
};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;
use crate::understand::schema::{note, types};
use indexmap::IndexMap;

/// The most names that the name of a type is made of.
const NAMED: usize = 2;

/// Returns the types of the headers that successes and errors are described to have. `at` is the
/// operation.
pub(super) fn build(
    cx: &mut Cx,
    operation: &Operation,
    (at, owner): (&Pointer, Owner),
) -> ReplyHeaders {
    let mut of = |outcome| one(cx, operation, (at, owner), outcome);
    ReplyHeaders {
        success: of(Outcome::Success),
        error: of(Outcome::Error),
    }
}

fn one(
    cx: &mut Cx,
    operation: &Operation,
    (at, owner): (&Pointer, Owner),
    outcome: Outcome,
) -> Option<Ty> {
    let responses = declared_responses(operation).into_iter();
    let responses = responses.filter(|declared| declared.outcome == outcome);
    let responses: Vec<&IndexMap<String, Header>> = responses
        .map(|declared| &declared.response.headers)
        .collect();
    let mut found: Vec<(String, &Header, bool)> = Vec::new();
    for (name, header) in responses.iter().copied().flatten() {
        let name = name.to_ascii_lowercase();
        // `Content-Type` is the media type (OpenAPI 3.1.1, 4.8.17).
        if name == "content-type" || found.iter().any(|(other, ..)| *other == name) {
            continue;
        }
        let is_in = |headers: &&IndexMap<String, Header>| {
            let mut all = headers.iter();
            all.any(|(other, it)| it.required && other.eq_ignore_ascii_case(&name))
        };
        let is_always = responses.iter().all(is_in);
        found.push((name, header, is_always));
    }
    // The order of keys has no meaning.
    found.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    let (first, ..) = found.first()?;
    let words = match found.len() {
        ..=NAMED => {
            let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
            names.join(" and ")
        }
        _ => format!("{first} and other"),
    };
    let id = TypeId(cx.types.len());
    cx.types.push(TypeDef {
        origin: Origin::of(at),
        at: at.clone(),
        wanted: Wanted::Under(owner, Role::Headers(format!("{words} headers"), outcome)),
        doc: Doc::default(),
        shape: Shape::Struct {
            fields: Vec::new(),
            rest: Rest::Closed,
        },
    });
    let mut fields = Vec::with_capacity(found.len());
    for (name, header, is_always) in found {
        fields.push(field(cx, id, name, header, is_always));
    }
    cx.types[id.0].shape = Shape::Struct {
        fields,
        rest: Rest::Closed,
    };
    Some(Ty::Named(id))
}

fn field(cx: &mut Cx, id: TypeId, wire: String, header: &Header, is_always: bool) -> Field {
    // A header is text, and never null.
    let ty = match value(cx, id, &wire, header) {
        Ty::Nullable(inner) => *inner,
        ty => ty,
    };
    let described = header.description.as_deref();
    let schema = header.schema.flatten().map(|pos| used(cx, &[pos]));
    let (doc, absent) = match &schema {
        Some(used) => (
            note::of_use(cx, used, &ty, described),
            note::absent(cx, used),
        ),
        None => {
            let description = described.map(str::to_owned);
            let doc = Doc {
                description,
                ..Doc::default()
            };
            (doc, Presence::Optional)
        }
    };
    Field {
        at: header.at.clone(),
        wire,
        name: None,
        ty,
        presence: match is_always {
            true => Presence::Required,
            false => absent,
        },
        doc: Doc {
            deprecated: header.deprecated || doc.deprecated,
            ..doc
        },
        access: Access::ReadWrite,
        tag: None,
    }
}

/// Returns the type of a value: what its schema says of a scalar or a list of them, else the text.
fn value(cx: &mut Cx, id: TypeId, wire: &str, header: &Header) -> Ty {
    let text = Ty::Scalar(Scalar::String);
    let Some(schema) = header.schema else {
        if header.has_content {
            loose(cx, header, wire);
        }
        return text;
    };
    let Some(pos) = schema else { return text };
    let kind = |cx: &mut Cx, positions: &[usize]| {
        let key = used(cx, positions).key?;
        let all = merged(cx, &key);
        let items = all.items.clone();
        let is_union = !all.unions.is_empty();
        Some((effective_type(&all), items, is_union))
    };
    let is_scalar = |kind: Option<JsonType>| {
        matches!(
            kind,
            Some(JsonType::String | JsonType::Integer | JsonType::Number | JsonType::Boolean)
        )
    };
    let fits = match kind(cx, &[pos]) {
        Some((Some(JsonType::Array), Some(items), false)) => {
            matches!(kind(cx, &items), Some((item, _, false)) if is_scalar(item))
        }
        Some((scalar, _, false)) => is_scalar(scalar),
        Some((_, _, true)) | None => false,
    };
    if !fits {
        let is_free = matches!(kind(cx, &[pos]), Some((None, None, false)));
        if !is_free {
            loose(cx, header, wire);
        }
        return text;
    }
    types::of(cx, &[pos], Owner::Type(id), Role::Property(wire.into()))
}

fn loose(cx: &mut Cx, header: &Header, wire: &str) {
    let text = format!("the value of `{wire}` is text: objects and JSON in headers are not read");
    cx.report.once(Code::UntypedHeaders, &header.at, text);
}
