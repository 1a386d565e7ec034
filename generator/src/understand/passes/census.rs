//! The census: values without a type, and the reasons.
//!
//! In: the [`Api`], and the broken parts of the document. Out: a [`Census`]. Not here: names, text.

use std::collections::BTreeMap;

use crate::model::api::{Api, Op, OpId, Owner, Ty, TypeDef, TypeId, UntypedReason};
use crate::model::census::{Census, Untyped, Within};
use crate::model::ty::fields;
use crate::model::uses::{UseSite, op_uses, shape_uses};
use crate::report::{Code, Pointer};

pub fn run(api: &Api, broken: &[(&Pointer, Code)]) -> Census {
    let mut census = Census::default();
    for (index, def) in api.types.iter().enumerate() {
        let owner = Owner::Type(TypeId(index));
        shape_uses(&def.shape, |site, ty| {
            count(
                &mut census,
                (type_pointer(def, site), owner, site),
                Within::Whole,
                ty,
            );
        });
    }
    for (index, op) in api.ops.iter().enumerate() {
        let owner = Owner::Op(OpId(index));
        op_uses(op, |site, ty| {
            if let Some(at) = op_pointer(op, site) {
                count(&mut census, (at, owner, site), Within::Whole, ty);
            }
        });
    }
    for (index, webhook) in api.webhooks.requests.iter().enumerate() {
        let owner = Owner::Webhook(index);
        if let Some(ty) = webhook.ty() {
            count(
                &mut census,
                (&webhook.at, owner, UseSite::Reply),
                Within::Whole,
                ty,
            );
        }
    }
    explain(&mut census.untyped, broken);
    census.untyped.sort_by(|a, b| a.at.cmp(&b.at));
    census
}

fn type_pointer(def: &TypeDef, site: UseSite) -> &Pointer {
    match site {
        UseSite::Field(index) => &fields(&def.shape)[index].at,
        UseSite::Alias
        | UseSite::Variant(_)
        | UseSite::Rest
        | UseSite::Param(_)
        | UseSite::Body
        | UseSite::Reply
        | UseSite::Errors
        | UseSite::Headers
        | UseSite::Answer(_)
        | UseSite::Callback(_) => &def.at,
    }
}

/// Returns the location of a use that counts. Errors do not count, because they do not affect the types that a call sends and
/// returns.
fn op_pointer(op: &Op, site: UseSite) -> Option<&Pointer> {
    match site {
        UseSite::Param(index) => Some(&op.params[index].at),
        UseSite::Body => op.body.as_ref().map(|body| &body.at),
        UseSite::Reply => Some(&op.at),
        UseSite::Callback(index) => Some(&op.callbacks[index].at),
        UseSite::Errors
        | UseSite::Headers
        | UseSite::Answer(_)
        | UseSite::Alias
        | UseSite::Field(_)
        | UseSite::Variant(_)
        | UseSite::Rest => None,
    }
}

fn count(census: &mut Census, place: (&Pointer, Owner, UseSite), within: Within, ty: &Ty) {
    census.positions += usize::from(!matches!(ty, Ty::Nullable(_)));
    match ty {
        Ty::Scalar(_) | Ty::Named(_) => {}
        Ty::Nullable(inner) => count(census, place, within, inner),
        Ty::List(inner) => count(census, place, Within::Item, inner),
        Ty::Map(inner) => count(census, place, Within::MapValue, inner),
        Ty::Tuple(items) => items
            .iter()
            .for_each(|item| count(census, place, Within::Item, item)),
        Ty::Any(why) => {
            let (at, owner, site) = place;
            census.untyped.push(Untyped {
                at: at.clone(),
                owner,
                site,
                within,
                why: *why,
                code: None,
            });
        }
    }
}

/// Sets the code of each value: its own, or that of a broken part at or below its location.
fn explain(untyped: &mut [Untyped], broken: &[(&Pointer, Code)]) {
    let broken: BTreeMap<&Pointer, Code> = broken.iter().copied().collect();
    for value in untyped {
        value.code = match value.why {
            UntypedReason::FreeForm => None,
            UntypedReason::Unsupported(code) => Some(code),
            UntypedReason::Broken => broken
                .range::<Pointer, _>(&value.at..)
                .take_while(|(at, _)| at.as_str().starts_with(value.at.as_str()))
                .find(|(at, _)| {
                    let below = &at.as_str()[value.at.as_str().len()..];
                    below.is_empty() || below.starts_with('/')
                })
                .map(|(_, code)| *code),
        };
    }
}
