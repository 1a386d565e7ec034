//! Response headers.
//!
//! In: the responses of an operation. Out: one struct for the headers of its successes, and one for those of its errors. Not
//! here: headers that are parameters (see `params`), headers that lead to the next page (see `passes/paging`).

use super::answers::declared_responses;
use crate::document::{Header, JsonType, Operation, Pos, media_type};
use crate::model::api::{
    Access, Doc, Field, NameOrigin, Outcome, Owner, Presence, ReplyHeaders, Rest, Role, Scalar,
    Shape, Ty, TypeDef, TypeId,
};
use crate::model::origin::Origin;
use crate::report::{Code, Pointer};
use crate::understand::schema::cx::Cx;
use crate::understand::schema::merge::merged;
use crate::understand::schema::merged::Additional;
use crate::understand::schema::scalar::effective_type;
use crate::understand::schema::uses::used;
use crate::understand::schema::{note, types};
use indexmap::IndexMap;

/// The maximum number of header names in the name of a type.
const NAMED: usize = 2;

/// Returns the types of the declared headers of successes and of errors. `at` is the location of the operation.
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
        // `Content-Type` is the key of the media type (OpenAPI 3.1.1, 4.8.17).
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
        name_origin: NameOrigin::Under(owner, Role::Headers(format!("{words} headers"), outcome)),
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
    // A header is text and never null.
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

/// Returns the type of a header's value: that of its schema or JSON if the value can be parsed from text, else a string.
fn value(cx: &mut Cx, id: TypeId, wire: &str, header: &Header) -> Ty {
    let (schema, format) = match header.schema {
        Some(schema) => (schema, Format::Simple),
        None => {
            let json = media_type::json(&header.content);
            (
                json.and_then(|(_, media)| media.schema.flatten()),
                Format::Json,
            )
        }
    };
    let Some(pos) = schema else {
        if !header.content.is_empty() {
            loose(cx, header, wire);
        }
        return Ty::Scalar(Scalar::String);
    };
    match fit(cx, &[pos], format) {
        Fit::Typed => types::of(cx, &[pos], Owner::Type(id), Role::Property(wire.into())),
        Fit::Any => Ty::Scalar(Scalar::String),
        Fit::No => {
            loose(cx, header, wire);
            Ty::Scalar(Scalar::String)
        }
    }
}

/// How a header's value is written.
#[derive(Clone, Copy)]
enum Format {
    /// `a,b` (`style: simple`).
    Simple,
    Json,
}

/// Whether text can be parsed as the type of a schema.
enum Fit {
    Typed,
    /// The schema accepts any value.
    Any,
    No,
}

fn fit(cx: &mut Cx, positions: &[Pos], format: Format) -> Fit {
    let Some(key) = used(cx, positions).key else {
        return Fit::Any;
    };
    let all = merged(cx, &key);
    let fits = match (effective_type(&all), format) {
        _ if !all.unions.is_empty() => false,
        (None | Some(JsonType::Null), _) => return Fit::Any,
        (Some(JsonType::Integer | JsonType::Number | JsonType::Boolean), _) => true,
        (Some(JsonType::String), Format::Simple) => true,
        (Some(JsonType::Array | JsonType::Object), Format::Json) => true,
        // In JSON, the string would have quotes.
        (Some(JsonType::String), Format::Json) => false,
        (Some(JsonType::Array), Format::Simple) => {
            let items = all.items.clone();
            items.is_some_and(|items| is_scalar(cx, &items))
        }
        (Some(JsonType::Object), Format::Simple) => {
            let properties: Vec<Vec<Pos>> = all.properties.values().cloned().collect();
            let is_open = !matches!(all.additional, Additional::Typed(_));
            is_open && properties.iter().all(|property| is_scalar(cx, property))
        }
    };
    match fits {
        true => Fit::Typed,
        false => Fit::No,
    }
}

fn is_scalar(cx: &mut Cx, positions: &[Pos]) -> bool {
    let Some(key) = used(cx, positions).key else {
        return false;
    };
    let all = merged(cx, &key);
    let kind = effective_type(&all);
    all.unions.is_empty()
        && kind.is_some_and(|kind| !matches!(kind, JsonType::Array | JsonType::Object))
}

fn loose(cx: &mut Cx, header: &Header, wire: &str) {
    let text = format!(
        "the value of `{wire}` is a string, because a header cannot be parsed as the declared type"
    );
    cx.report.once(Code::UntypedHeaders, &header.at, text);
}
