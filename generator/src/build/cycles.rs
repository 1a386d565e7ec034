//! Definitions that contain themselves in ways that no type, or no decoder, can follow.
//!
//! In: all definitions. Out: the same without such cycles. Not here: recursion through structs and lists, which is fine.

use crate::api::{Shape, Tag, Ty, TypeDef, TypeId, Variant};
use crate::diag::{Code, Report};

/// An alias that contains itself, a list of such lists say, is no type: it becomes a union of one variant, which is.
pub(super) fn break_aliases(types: &mut [TypeDef]) {
    let mut reached_from = vec![None; types.len()];
    for start in 0..types.len() {
        let mut now = start;
        while reached_from[now].is_none() {
            reached_from[now] = Some(start);
            let Shape::Alias(ty) = &types[now].shape else {
                break;
            };
            let Some(next) = named(ty) else { break };
            if reached_from[next.0] == Some(start) {
                let name = if matches!(ty, Ty::Map(_)) {
                    "map"
                } else {
                    "list"
                };
                let variant = Variant {
                    name: name.into(),
                    ty: ty.clone(),
                    tags: Vec::new(),
                };
                types[now].shape = Shape::Union {
                    tag: Tag::ByShape,
                    variants: vec![variant],
                };
                break;
            }
            now = next.0;
        }
    }
}

fn named(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => named(inner),
        Ty::Scalar(_) | Ty::Any(_) => None,
    }
}

/// A union among whose variants is one that it is itself a variant of, could be decoded forever. The variant that leads
/// back adds no values, and is left out.
pub(super) fn break_unions(types: &mut [TypeDef], report: &mut Report) {
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
                    "the variant {} leads back to this union, and is left out",
                    gone.name
                ),
            );
        }
    }
}

/// The definition that the variant with this index is decoded as, if it is one; for an alias, what it stands for.
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
            Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Nullable(_) | Ty::Any(_) => None,
        },
        Ty::Scalar(_) | Ty::List(_) | Ty::Map(_) | Ty::Any(_) => None,
    })
}
