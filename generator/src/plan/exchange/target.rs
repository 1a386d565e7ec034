//! A sample on the wire: the target of its request line, its headers and its cookies.
//!
//! In: a [`Request`] and its operation. Out: text, written as the runtime writes it. Not here: credentials.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Request;
use super::runtime::escape::{self, PATH, QUERY, QUERY_VALUE, push_escaped, push_raw};
use super::runtime::param::ParamValue;
use super::runtime::style::Style;
use crate::model::api::{
    Api, Empty, Explode, Naming, NestedList, Op, Param, ParamLocation, ParamStyle, Piece, Reserved,
    Scalar, Shape, Syntax, Ty,
};
use crate::model::ty::{fields, non_null, resolve};

impl Request {
    /// Path and query, escaped: `/models/a%20b?limit=10`. The base URL precedes it.
    pub fn target(&self, api: &Api, op: &Op) -> String {
        let mut target = self.path(api, op);
        for (param, value) in self.sent_params(op, ParamLocation::Query) {
            let value = tree(api, &param.ty, value);
            if let Ok(Some(pairs)) = style(&param.style).query(&param.wire, &value) {
                target.push(if target.contains('?') { '&' } else { '?' });
                target.push_str(&pairs);
            }
        }
        target
    }

    /// Returns the path, with the query that its template has.
    fn path(&self, api: &Api, op: &Op) -> String {
        let (mut path, mut query) = (String::new(), None::<String>);
        let separators = separators(&op.path);
        for piece in &op.path {
            match (piece, &mut query) {
                (Piece::Text(text), Some(query)) => push_raw(query, text, &QUERY),
                (Piece::Text(text), None) => {
                    let (text, rest) = text
                        .split_once('?')
                        .map_or((&**text, None), |(text, rest)| (text, Some(rest)));
                    push_raw(&mut path, text, &PATH);
                    query = rest.map(|rest| {
                        let mut query = String::from("?");
                        push_raw(&mut query, rest, &QUERY);
                        query
                    });
                }
                (Piece::Param(name), query) => {
                    let mut given = self.sent_params(op, ParamLocation::Path).into_iter();
                    let Some((param, value)) = given.find(|(param, _)| param.wire == *name) else {
                        continue;
                    };
                    let value = tree(api, &param.ty, value);
                    match query {
                        Some(query) => {
                            push_escaped(query, value.text().unwrap_or_default(), &QUERY_VALUE);
                        }
                        None => {
                            let text = style(&param.style).path(name, &value, &separators);
                            path.push_str(&text.unwrap_or_default());
                        }
                    }
                }
            }
        }
        path + query.as_deref().unwrap_or_default()
    }

    /// Returns the headers that are parameters, in the order of the document.
    pub fn headers(&self, api: &Api, op: &Op) -> Vec<(String, String)> {
        let given = self.sent_params(op, ParamLocation::Header).into_iter();
        let header = |(param, value): (&Param, &Value)| {
            let value = style(&param.style).header(&tree(api, &param.ty, value))?;
            Some((param.wire.clone(), value))
        };
        given.filter_map(header).collect()
    }

    /// Returns the value of the `Cookie` header; empty if no cookie is sent.
    pub fn cookies(&self, api: &Api, op: &Op) -> String {
        let given = self.sent_params(op, ParamLocation::Cookie).into_iter();
        let cookie = |(param, value): (&Param, &Value)| {
            let value = tree(api, &param.ty, value);
            let pairs = style(&param.style).cookie(&param.wire, &value);
            pairs.ok().flatten()
        };
        given.filter_map(cookie).collect::<Vec<String>>().join("; ")
    }

    /// Returns the parameters at a location that are sent.
    fn sent_params<'a>(&'a self, op: &'a Op, place: ParamLocation) -> Vec<(&'a Param, &'a Value)> {
        let params = op.params.iter().zip(&self.params);
        params
            .filter(|(param, _)| param.location == place)
            .filter_map(|(param, value)| Some((param, value.as_ref()?)))
            .collect()
    }
}

/// Returns the characters between the parameters of a segment, as the runtime finds them in the
/// template.
fn separators(path: &[Piece]) -> Vec<u8> {
    let mut found = Vec::new();
    for window in path.windows(3) {
        if let [Piece::Param(_), Piece::Text(text), Piece::Param(_)] = window
            && !text.contains('/')
        {
            found.extend(escape::separators(text));
        }
    }
    found
}

fn style(style: &ParamStyle) -> Style {
    let written = match style.syntax {
        Syntax::Simple => Style::SIMPLE,
        Syntax::Label => Style::LABEL,
        Syntax::Matrix => Style::MATRIX,
        Syntax::Form => Style::FORM,
        Syntax::SpaceDelimited => Style::SPACE_DELIMITED,
        Syntax::PipeDelimited => Style::PIPE_DELIMITED,
        Syntax::DeepObject(NestedList::Brackets) => Style::DEEP_OBJECT,
        Syntax::DeepObject(NestedList::Indices) => Style::DEEP_OBJECT.indices(),
        Syntax::DeepObject(NestedList::Repeated) => Style::DEEP_OBJECT.repeated(),
        Syntax::Cookie => Style::COOKIE,
        Syntax::Json => Style::JSON,
    };
    let written = match style.explode {
        Explode::Joined => written.joined(),
        Explode::Exploded => written.exploded(),
    };
    let written = match style.reserved {
        Reserved::Escaped => written,
        Reserved::Kept => written.reserved(),
    };
    let written = match style.empty {
        Empty::NotSent => written,
        Empty::Sent => written.or_empty(),
    };
    match style.naming {
        Naming::Named => written,
        Naming::Bare => written.bare(),
    }
}

/// Returns a value as its type serializes it.
fn tree(api: &Api, ty: &Ty, value: &Value) -> ParamValue {
    let ty = resolve(api, non_null(ty).0);
    match (ty, value) {
        (Ty::Scalar(Scalar::F32), Value::Number(number)) => {
            let number = number.as_f64().unwrap_or_default() as f32;
            ParamValue::Literal(number.to_string())
        }
        (Ty::Scalar(Scalar::F64), Value::Number(number)) => {
            ParamValue::Literal(number.as_f64().unwrap_or_default().to_string())
        }
        (Ty::List(item), Value::Array(items)) => {
            let items = items.iter().map(|value| tree(api, item, value));
            ParamValue::List(items.collect())
        }
        (Ty::Map(entry), Value::Object(members)) => {
            let members = members.iter();
            let members = members.map(|(name, value)| (name.clone(), tree(api, entry, value)));
            ParamValue::Object(members.collect())
        }
        (Ty::Named(id), Value::Object(members)) => {
            let mut shape = &api.types[id.0].shape;
            if let Shape::Union { variants, .. } = shape {
                // The variant that has the members.
                let structs = variants.iter().filter_map(|variant| {
                    let Ty::Named(id) = resolve(api, &variant.ty) else {
                        return None;
                    };
                    Some(&api.types[id.0].shape)
                });
                let has = |shape: &&Shape, name: &str| {
                    fields(shape).iter().any(|field| field.wire == name)
                };
                let mut fitting =
                    structs.filter(|shape| members.keys().all(|name| has(shape, name)));
                shape = fitting.next().unwrap_or(shape);
            }
            let known = fields(shape).iter().filter_map(|field| {
                let value = members.get(&field.wire)?;
                Some((field.wire.clone(), tree(api, &field.ty, value)))
            });
            let is_known = |name: &str| fields(shape).iter().any(|field| field.wire == name);
            // By name: features of `serde_json` may not keep their order.
            let members: BTreeMap<&String, &Value> = members.iter().collect();
            let others = members.into_iter().filter(|(name, _)| !is_known(name));
            let others = others.map(|(name, value)| (name.clone(), untyped_value(value)));
            ParamValue::Object(known.chain(others).collect())
        }
        (_, value) => untyped_value(value),
    }
}

fn untyped_value(value: &Value) -> ParamValue {
    ParamValue::of(value).unwrap_or(ParamValue::Null)
}

/// Appends `name=value`, escaped for a query.
pub fn pair(query: &mut String, name: &str, value: &str) {
    push_escaped(query, name, &QUERY_VALUE);
    query.push('=');
    push_escaped(query, value, &QUERY_VALUE);
}
