//! The parameters that select a page.
//!
//! In: an operation. Out: the parameters and body properties that select a page, with facts about their values. Not here:
//! replies.

use super::members::{self, Member, format, limits, structure, value};
use super::words::{self, PagingRole};
use crate::model::api::{
    Api, Doc, Explode, Field, HttpMethod, Literal, Numbering, Op, Param, ParamLocation, Path,
    Position, Presence, Scalar, Shape, Syntax, Ty, TypeId,
};
use crate::model::note::Limit;

/// A parameter, or a property of the body, that selects a page.
pub struct PagingInput<'a> {
    pub position: Position,
    pub role: PagingRole,
    pub kind: InputKind,
    /// Whether the type excludes negative numbers. In this case, no constraint states the minimum.
    is_unsigned: bool,
    doc: &'a Doc,
    presence: &'a Presence,
}

/// Returns the member of a reply that is the number of its page. It shows whether pages begin at 0, if the document does not say so.
pub fn page_number(api: &Api, members: &[Member]) -> Option<Path> {
    let is_number = |member: &&Member| {
        words::numbers_page(member.name())
            && kind(api, &member.field.ty) == Some(InputKind::Integer)
    };
    members.iter().find(is_number).map(|it| it.path.clone())
}

/// The kind of value that a parameter or property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    Integer,
    /// A string, an enum, or a number with a fraction.
    Text,
}

impl PagingInput<'_> {
    pub fn wire(&self) -> &str {
        self.position.wire()
    }

    /// Returns the number of the first item.
    pub fn first_item(&self) -> i64 {
        self.said_first().or(self.allowed_first()).unwrap_or(0)
    }

    /// Returns the number of the first page, and what decides it. `number` is the property of the reply with the page number.
    pub fn first_page(&self, number: Option<Path>) -> (i64, Numbering) {
        let allowed = self.allowed_first();
        match (self.said_first(), number) {
            (Some(first), _) => (first, Numbering::Document),
            (None, Some(number)) => (allowed.unwrap_or(1), Numbering::Reply(number)),
            (None, None) if allowed == Some(0) => (0, Numbering::Comparison),
            (None, None) => (1, Numbering::Document),
        }
    }

    /// Returns the number at which counting begins according to the document.
    fn said_first(&self) -> Option<i64> {
        let given = match self.presence {
            Presence::Default(Literal::Integer(value)) => Some(*value),
            Presence::Default(_) | Presence::Required | Presence::Optional => None,
        };
        let given = given.filter(|value| matches!(value, 0 | 1));
        let given = given.or_else(|| self.counts_from_zero().then_some(0));
        given.or_else(|| self.allowed_first().filter(|least| *least == 1))
    }

    /// Returns the minimum if counting may begin there.
    fn allowed_first(&self) -> Option<i64> {
        let least = self.least().or(self.is_unsigned.then_some(0));
        least.filter(|value| matches!(value, 0 | 1))
    }

    fn least(&self) -> Option<i64> {
        let mut limits = self.doc.notes.iter().flat_map(limits);
        limits.find_map(|limit| match limit {
            Limit::Range {
                least: Some(bound), ..
            } => bound.value.as_i64(),
            Limit::Range { least: None, .. }
            | Limit::Characters(_)
            | Limit::Pattern(_)
            | Limit::MultipleOf(_)
            | Limit::Items(_)
            | Limit::UniqueItems
            | Limit::Properties(_)
            | Limit::Format(_)
            | Limit::MediaType(_) => None,
        })
    }

    fn counts_from_zero(&self) -> bool {
        let says = |text: &String| {
            let text = text.to_lowercase();
            [
                "zero-based",
                "zero based",
                "0-based",
                "0-indexed",
                "zero-indexed",
                "starts at 0",
                "starting at 0",
                "starts from 0",
                "starting from 0",
                "starting with 0",
            ]
            .iter()
            .any(|words| text.contains(words))
        };
        self.doc
            .summary
            .iter()
            .chain(&self.doc.description)
            .any(says)
    }

    /// Returns whether the document declares a date or time format.
    fn is_time(&self) -> bool {
        let mut formats = self.doc.notes.iter().flat_map(limits).filter_map(format);
        formats.any(|format| format.starts_with("date") || format.contains("time"))
    }

    /// Returns whether the description contains one of these words.
    fn speaks_of(&self, wanted: &[&str]) -> bool {
        let says = |text: &String| {
            let text = text.to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| wanted.contains(&word))
        };
        self.doc
            .summary
            .iter()
            .chain(&self.doc.description)
            .any(says)
    }
}

/// Words that indicate a time and not a position in a list.
const TIME: &[&str] = &["date", "time", "timestamp", "epoch", "datetime", "day"];
/// Words that indicate a time zone.
const ZONE: &[&str] = &["utc", "gmt", "timezone", "timezones", "zone"];

/// Returns the parameters and properties that select a page, in the order of the document. `reply` has the names of the reply's
/// properties: if it has `next_position`, the parameter `position` takes a token.
pub fn inputs<'a>(api: &'a Api, op: &'a Op, reply: &[&str]) -> Vec<PagingInput<'a>> {
    let in_query = |param: &&Param| param.location == ParamLocation::Query;
    let query = op.params.iter().filter(in_query);
    let query = query.filter_map(|param| {
        let position = Position::Query(param.wire.clone());
        let role = role(&param.wire, reply);
        input(
            api,
            position,
            role,
            &param.ty,
            (&param.doc, &param.presence),
        )
    });
    let members = op.params.iter().filter(in_query);
    let members = members.flat_map(|param| members_of(api, op, param));
    let own = body(api, op).iter();
    let own = own.map(|field| (vec![field.wire.clone()], role(&field.wire, reply), field));
    let body = own.chain(held_in_body(api, op));
    let body = body.filter_map(|(path, role, field)| {
        let (position, about) = (Position::Body(path), (&field.doc, &field.presence));
        input(api, position, role, &field.ty, about)
    });
    let mut found: Vec<PagingInput> = query.chain(members).chain(body).collect();
    let has_size = found.iter().any(|input| input.role == PagingRole::Size);
    // `from` and `start` are usually times and not positions.
    found.retain(|input| match input.role {
        PagingRole::Offset if input.speaks_of(ZONE) => false,
        PagingRole::Offset if matches!(input.wire(), "offset" | "skip" | "$skip") => true,
        PagingRole::Offset => has_size && !input.speaks_of(TIME) || input.kind == InputKind::Text,
        // `since` takes an id only if it is a number. A string may be a time.
        PagingRole::After if words::plain(input.wire()) == "since" => {
            input.kind == InputKind::Integer && !input.speaks_of(TIME)
        }
        PagingRole::Size | PagingRole::Page | PagingRole::After | PagingRole::Before => true,
    });
    found.retain(|input| !input.is_time());
    found
}

/// Returns the properties of pagination objects in the body, with their paths and roles.
fn held_in_body<'a>(
    api: &'a Api,
    op: &'a Op,
) -> impl Iterator<Item = (Path, Option<PagingRole>, &'a Field)> {
    let holders = body(api, op).iter();
    let holders = holders.filter(|holder| words::holds_page(&holder.wire));
    holders.flat_map(|holder| {
        let (_, fields) = structure(api, &holder.ty).unwrap_or((TypeId(0), &[]));
        fields.iter().map(|field| {
            let path = vec![holder.wire.clone(), field.wire.clone()];
            let role = words::role(&path.join("."));
            (path, role, field)
        })
    })
}

/// Returns the members of a pagination object in the query, if each is a pair of the query: `page[number]=2`, or `page=2` for the
/// object `pageable`.
fn members_of<'a>(api: &'a Api, op: &Op, param: &'a Param) -> Vec<PagingInput<'a>> {
    let Some((_, fields)) = structure(api, &param.ty).filter(|_| is_spread(param)) else {
        return Vec::new();
    };
    let is_deep = matches!(param.style.syntax, Syntax::DeepObject(_));
    let found = fields.iter().filter_map(|field| {
        let wire = match is_deep {
            true => format!("{}[{}]", param.wire, field.wire),
            false => field.wire.clone(),
        };
        let role = words::role(&wire);
        let is_other = op.params.iter().any(|param| param.wire == wire);
        let position = Position::Query(wire);
        let found = input(
            api,
            position,
            role,
            &field.ty,
            (&field.doc, &field.presence),
        )?;
        (!is_other).then_some(found)
    });
    found.collect()
}

/// Returns whether a parameter is a pagination object whose members are pairs of the query.
fn is_spread(param: &Param) -> bool {
    let is_exploded = match param.style.syntax {
        Syntax::DeepObject(_) => true,
        Syntax::Form => param.style.explode == Explode::Exploded,
        Syntax::Simple
        | Syntax::Label
        | Syntax::Matrix
        | Syntax::SpaceDelimited
        | Syntax::PipeDelimited
        | Syntax::Cookie
        | Syntax::Json => false,
    };
    is_exploded && words::holds_page(&param.wire)
}

/// Returns the names of a pagination object in the query and of its property that selects a page.
pub fn nested(api: &Api, op: &Op) -> Option<(String, String)> {
    let mut holders = op
        .params
        .iter()
        .filter(|param| param.location == ParamLocation::Query && words::holds_page(&param.wire));
    holders.find_map(|holder| {
        let (_, fields) = structure(api, &holder.ty)?;
        let chooses = |field: &&Field| {
            let whole = format!("{}{}", holder.wire, field.wire);
            let found = words::role(&whole).or_else(|| words::role(&field.wire));
            found.is_some_and(|found| found != PagingRole::Size) && kind(api, &field.ty).is_some()
        };
        let name = fields.iter().find(chooses)?.wire.clone();
        Some((holder.wire.clone(), name))
    })
}

/// Returns the properties of the request body.
pub fn body<'a>(api: &'a Api, op: &Op) -> &'a [Field] {
    let body = op.body.as_ref().map(|body| &body.ty);
    body.and_then(|ty| structure(api, ty))
        .map_or(&[], |(_, fields)| fields)
}

/// Returns the role that the name of a parameter indicates.
fn role(name: &str, reply: &[&str]) -> Option<PagingRole> {
    let next = format!("next{}", words::plain(name));
    let has_next = || reply.iter().any(|other| words::plain(other) == next);
    words::role(name).or_else(|| has_next().then_some(PagingRole::After))
}

fn input<'a>(
    api: &Api,
    position: Position,
    role: Option<PagingRole>,
    ty: &Ty,
    (doc, presence): (&'a Doc, &'a Presence),
) -> Option<PagingInput<'a>> {
    Some(PagingInput {
        role: role?,
        kind: kind(api, ty)?,
        is_unsigned: is_unsigned(api, ty),
        position,
        doc,
        presence,
    })
}

fn is_unsigned(api: &Api, ty: &Ty) -> bool {
    match members::value(api, ty) {
        Ty::Scalar(scalar) => {
            matches!(scalar, Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64)
        }
        Ty::Named(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            false
        }
    }
}

/// Returns the kind of a value that can be copied from a reply to a request. Floats can, because they are parsed to the same
/// number.
pub fn kind(api: &Api, ty: &Ty) -> Option<InputKind> {
    match members::value(api, ty) {
        Ty::Scalar(scalar) => match scalar {
            Scalar::Bool | Scalar::Null | Scalar::UnixTime | Scalar::File => None,
            Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 => Some(InputKind::Integer),
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 => Some(InputKind::Integer),
            // Some documents declare integers as `number`.
            Scalar::F32 | Scalar::F64 => Some(InputKind::Integer),
            Scalar::String | Scalar::QuotedI64 | Scalar::QuotedU64 => Some(InputKind::Text),
        },
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Enum { .. } => Some(InputKind::Text),
            Shape::Union { variants, .. } => {
                let is_text = |ty: &Ty| match value(api, ty) {
                    Ty::Scalar(Scalar::Bool | Scalar::Null) => false,
                    Ty::Scalar(_) => true,
                    Ty::Named(id) => matches!(api.types[id.0].shape, Shape::Enum { .. }),
                    Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => false,
                };
                let all = variants.iter().all(|variant| is_text(&variant.ty));
                all.then_some(InputKind::Text)
            }
            Shape::Struct { .. } | Shape::Alias(_) => None,
        },
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => None,
    }
}

/// Returns whether the name or path of an operation indicates that it only reads: a `POST` that lists, searches or queries.
pub fn only_reads(op: &Op) -> bool {
    const READS: &[&str] = &[
        "filter", "find", "list", "lookup", "query", "scroll", "search",
    ];
    match op.method {
        HttpMethod::Get | HttpMethod::Query => true,
        HttpMethod::Post => {
            let mut path = op.path.iter().filter_map(|piece| match piece {
                crate::model::api::Piece::Text(text) => Some(text.as_str()),
                crate::model::api::Piece::Param(_) => None,
            });
            let last = path.next_back().unwrap_or_default();
            let last = last
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let summary = op
                .doc
                .summary
                .iter()
                .flat_map(|text| text.split_whitespace().next());
            [last, &op.id]
                .into_iter()
                .chain(summary)
                .any(|text| has_word(text, READS))
        }
        HttpMethod::Put
        | HttpMethod::Delete
        | HttpMethod::Options
        | HttpMethod::Head
        | HttpMethod::Patch
        | HttpMethod::Trace
        | HttpMethod::Other(_) => false,
    }
}

/// Returns whether a text contains one of these words, regardless of case.
fn has_word(text: &str, words: &[&str]) -> bool {
    let mut word = String::new();
    let mut was_lower = false;
    for c in text.chars().chain([' ']) {
        let begins = !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && was_lower;
        if begins {
            if words.contains(&word.as_str()) {
                return true;
            }
            word.clear();
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    false
}
