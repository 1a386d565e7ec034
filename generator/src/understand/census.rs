//! The census: which values have no type of their own, and why.
//!
//! In: the [`Api`], and the report, which knows what is broken. Out: a [`Census`]. Not here: names, text.

use std::collections::BTreeMap;

use crate::model::api::{Api, Body, BodyContent, OpId, Reply, Rest, Shape, Ty, TypeId, Why};
use crate::report::{Code, Pointer, Report};

/// What there is, and what of it has no type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Census {
    /// Places where a value stands. Properties that are kept though nothing describes them do not count.
    pub positions: usize,
    /// In the order of the pointers.
    pub untyped: Vec<Untyped>,
}

/// A value without a type of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Untyped {
    /// The property, parameter, body, operation or definition that it is a part of.
    pub at: Pointer,
    pub place: Place,
    pub part: Part,
    pub why: Why,
    /// The diagnostic that says more, if it is not free-form.
    pub code: Option<Code>,
}

/// A place in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What a definition stands for.
    Alias(TypeId),
    /// By index.
    Field(TypeId, usize),
    Variant(TypeId, usize),
    /// Properties that have no field.
    Rest(TypeId),
    /// By index.
    Param(OpId, usize),
    Body(OpId),
    Reply(OpId),
}

/// What of a value is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Whole,
    /// Each item of a list, at any depth.
    Item,
    /// Each value of a map, at any depth.
    MapValue,
}

/// Counts all values.
pub fn run(api: &Api, report: &Report) -> Census {
    let mut census = Census::default();
    for (index, def) in api.types.iter().enumerate() {
        let id = TypeId(index);
        match &def.shape {
            Shape::Enum { .. } => {}
            Shape::Alias(ty) => census.count(&def.at, Place::Alias(id), ty),
            Shape::Struct { fields, rest } => {
                for (index, field) in fields.iter().enumerate() {
                    census.count(&field.at, Place::Field(id, index), &field.ty);
                }
                match rest {
                    Rest::Typed(ty) => census.count(&def.at, Place::Rest(id), ty),
                    Rest::Open | Rest::Closed => {}
                }
            }
            Shape::Union { variants, .. } => {
                for (index, variant) in variants.iter().enumerate() {
                    census.count(&def.at, Place::Variant(id, index), &variant.ty);
                }
            }
        }
    }
    for (index, op) in api.ops.iter().enumerate() {
        let id = OpId(index);
        for (index, param) in op.params.iter().enumerate() {
            census.count(&param.at, Place::Param(id, index), &param.ty);
        }
        if let Some(Body { at, content, .. }) = &op.body {
            let BodyContent::Json { ty, .. } = content;
            census.count(at, Place::Body(id), ty);
        }
        match &op.reply {
            Reply::Empty => {}
            Reply::Json { ty, .. } => census.count(&op.at, Place::Reply(id), ty),
        }
    }
    explain(&mut census.untyped, report);
    census.untyped.sort_by(|a, b| a.at.cmp(&b.at));
    census
}

impl Census {
    fn count(&mut self, at: &Pointer, place: Place, ty: &Ty) {
        self.count_part(at, place, Part::Whole, ty);
    }

    fn count_part(&mut self, at: &Pointer, place: Place, part: Part, ty: &Ty) {
        self.positions += usize::from(!matches!(ty, Ty::Nullable(_)));
        match ty {
            Ty::Scalar(_) | Ty::Named(_) => {}
            Ty::Nullable(inner) => self.count_part(at, place, part, inner),
            Ty::List(inner) => self.count_part(at, place, Part::Item, inner),
            Ty::Map(inner) => self.count_part(at, place, Part::MapValue, inner),
            Ty::Tuple(items) => items
                .iter()
                .for_each(|item| self.count_part(at, place, Part::Item, item)),
            Ty::Any(why) => self.untyped.push(Untyped {
                at: at.clone(),
                place,
                part,
                why: *why,
                code: None,
            }),
        }
    }
}

/// Finds the diagnostic of each: it knows its code, or was reported in its place or below.
fn explain(untyped: &mut [Untyped], report: &Report) {
    let broken = untyped.iter().any(|found| found.why == Why::Broken);
    let said: BTreeMap<&Pointer, Code> = report
        .iter()
        .filter(|_| broken)
        .map(|said| (&said.at, said.code))
        .collect();
    for found in untyped {
        found.code = match found.why {
            Why::FreeForm => None,
            Why::Unsupported(code) => Some(code),
            Why::Broken => said
                .range::<Pointer, _>(&found.at..)
                .take_while(|(at, _)| at.as_str().starts_with(found.at.as_str()))
                .filter(|(at, _)| {
                    let below = &at.as_str()[found.at.as_str().len()..];
                    below.is_empty() || below.starts_with('/')
                })
                .map(|(_, code)| *code)
                .find(|code| breaks(*code)),
        };
    }
}

/// Whether a finding means that a schema could not be read.
fn breaks(code: Code) -> bool {
    matches!(
        code,
        Code::DanglingRef
            | Code::CyclicRef
            | Code::RefSyntax
            | Code::RemoteRef
            | Code::RefOutside
            | Code::AliasCycle
            | Code::TooDeep
            | Code::UnreadableSchema
    )
}
