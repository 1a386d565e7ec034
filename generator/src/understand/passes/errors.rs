//! The errors of each operation as one type.
//!
//! In: an [`Api`] whose answers have types. Out: the same model with [`Op::errors`]: the type of all error bodies of the
//! operation if they have only one, else a union whose variant the status selects. Operations with the same errors share the
//! union. Not here: names.
//!
//! This pass must run after `share`, which gives equal bodies the same type.

use crate::maps::IndexMap;
use crate::model::api::{
    Api, Doc, NameOrigin, Op, OpId, Outcome, Shape, Status, Tag, Ty, TypeDef, TypeId, Variant,
};
use crate::model::origin::Origin;
use crate::report::Pointer;

/// The documented bodies, in the order of their statuses.
type Bodies = Vec<(Status, Ty)>;

/// Sets the type of the errors of each operation.
pub fn run(mut api: Api) -> Api {
    let mut unions: IndexMap<Bodies, Vec<usize>> = IndexMap::default();
    let types = &api.types;
    for (index, op) in api.ops.iter_mut().enumerate() {
        let bodies = bodies(types, op);
        let Some((_, first)) = bodies.first() else {
            continue;
        };
        if bodies.iter().all(|(_, ty)| ty == first) {
            op.errors = Some(first.clone());
        } else {
            unions.entry(bodies).or_default().push(index);
        }
    }
    for (bodies, ops) in unions {
        let id = TypeId(api.types.len());
        let Some(&first) = ops.iter().min_by_key(|index| &api.ops[**index].at) else {
            continue;
        };
        let at = api.ops[first].at.clone();
        api.types.push(union(at, OpId(first), bodies));
        for index in ops {
            api.ops[index].errors = Some(Ty::Named(id));
        }
    }
    api
}

fn bodies(types: &[TypeDef], op: &Op) -> Bodies {
    let errors = op.answers.iter();
    let errors = errors.filter(|answer| answer.outcome == Outcome::Error);
    let mut bodies: Bodies = errors
        .filter_map(|answer| Some((answer.status, shared(types, answer.body.as_ref()?))))
        .collect();
    bodies.sort_by_key(|(status, _)| *status);
    bodies
}

/// Returns the definition that an inline schema shares with others.
fn shared(types: &[TypeDef], ty: &Ty) -> Ty {
    match ty {
        Ty::Named(id) => match &types[id.0] {
            TypeDef {
                name_origin: NameOrigin::Under(..),
                shape: Shape::Alias(target),
                ..
            } => target.clone(),
            _ => ty.clone(),
        },
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            ty.clone()
        }
    }
}

fn union(at: Pointer, first: OpId, bodies: Bodies) -> TypeDef {
    let statuses: Vec<Status> = bodies.iter().map(|(status, _)| *status).collect();
    let variant = |(status, ty): (Status, Ty)| Variant {
        name: status.meaning(),
        ty,
        remark: None,
        tags: vec![status.to_string()],
        is_default: false,
    };
    TypeDef {
        origin: Origin::of(&at),
        at,
        name_origin: NameOrigin::Errors(first),
        doc: Doc::default(),
        shape: Shape::Union {
            tag: Tag::Status(statuses),
            variants: bodies.into_iter().map(variant).collect(),
        },
    }
}
