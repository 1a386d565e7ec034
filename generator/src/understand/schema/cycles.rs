//! Definitions that contain themselves in a way that a type or a decoder cannot represent.
//!
//! In: all definitions. Out: the same definitions without such cycles. Not here: recursion through structs and lists, which is
//! valid.

use crate::model::api::{Shape, Tag, Ty, TypeDef, TypeId, Variant};
use crate::model::uses::mentions;
use crate::report::{Code, Report};

/// Turns an alias that contains itself, such as a list of itself, into a union with one variant, because Rust has no such
/// aliases.
pub fn break_aliases(types: &mut [TypeDef]) {
    let mut open = vec![false; types.len()];
    let mut done = vec![false; types.len()];
    for start in 0..types.len() {
        let mut path = vec![(start, named(&types[start].shape))];
        while let Some((now, mut next)) = path.pop() {
            open[now] = true;
            let Some(target) = next.pop().filter(|_| !done[now]) else {
                open[now] = false;
                done[now] = true;
                continue;
            };
            if open[target.0] {
                close(&mut types[now].shape);
                next.clear();
            }
            path.push((now, next));
            if !open[target.0] && !done[target.0] {
                path.push((target.0, named(&types[target.0].shape)));
            }
        }
    }
}

fn close(shape: &mut Shape) {
    let Shape::Alias(ty) = shape else { return };
    let name = match ty {
        Ty::Map(_) => "map",
        Ty::Scalar(_)
        | Ty::Named(_)
        | Ty::List(_)
        | Ty::Tuple(_)
        | Ty::Nullable(_)
        | Ty::Any(_) => "list",
    };
    let variant = Variant {
        name: name.into(),
        ty: ty.clone(),
        remark: None,
        tags: Vec::new(),
        is_default: false,
    };
    *shape = Shape::Union {
        tag: Tag::ByShape,
        variants: vec![variant],
    };
}

/// Returns the definitions that an alias refers to.
fn named(shape: &Shape) -> Vec<TypeId> {
    let mut found = Vec::new();
    if let Shape::Alias(ty) = shape {
        mentions(ty, false, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// Removes variants that lead back to their own union. Decoding such a union would not terminate, and the variant adds no values.
pub fn break_unions(types: &mut [TypeDef], report: &mut Report) {
    let mut open = vec![false; types.len()];
    let mut done = vec![false; types.len()];
    let mut removed = Vec::new();
    for start in 0..types.len() {
        let mut path = vec![(start, 0)];
        while let Some((now, index)) = path.pop() {
            if index == 0 && done[now] {
                continue;
            }
            let Some(next) = nth_variant(&types[now].shape, index) else {
                open[now] = false;
                done[now] = true;
                continue;
            };
            open[now] = true;
            path.push((now, index + 1));
            match next {
                Some(next) if open[next.0] => removed.push((now, index)),
                Some(next) if !done[next.0] => path.push((next.0, 0)),
                Some(_) | None => {}
            }
        }
    }
    removed.sort_unstable();
    for (now, index) in removed.into_iter().rev() {
        let TypeDef { at, shape, .. } = &mut types[now];
        if let Shape::Union { variants, .. } = shape {
            let gone = variants.remove(index);
            report.add(
                Code::LooserUnion,
                at,
                format!(
                    "the variant {} refers back to this union and is left out",
                    gone.name
                ),
            );
        }
    }
}

/// Returns the definition of the variant at an index, if it has one. An alias counts as its only variant.
fn nth_variant(shape: &Shape, index: usize) -> Option<Option<TypeId>> {
    let ty = match shape {
        Shape::Union { variants, .. } => &variants.get(index)?.ty,
        Shape::Alias(ty) if index == 0 => ty,
        Shape::Alias(_) | Shape::Struct { .. } | Shape::Enum { .. } => return None,
    };
    Some(match ty {
        Ty::Named(id) => Some(*id),
        Ty::Nullable(inner) => match **inner {
            Ty::Named(id) => Some(id),
            Ty::Scalar(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Nullable(_)
            | Ty::Any(_) => None,
        },
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => None,
    })
}
