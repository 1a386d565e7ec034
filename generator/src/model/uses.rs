//! Who mentions whom: the model as a graph of definitions.
//!
//! In: an [`Api`], or parts of one. Out: the definitions that a use, a definition or an operation mentions, and what is
//! reached from some; a way to change what is mentioned. Not here: what follows from it (see `views` and `facts`).

use crate::model::api::{
    Api, Body, BodyContent, Op, Owner, Reply, Rest, Shape, Ty, TypeDef, TypeId, Wanted,
};

/// The definitions that a use mentions, each with whether it is held by value.
pub fn mentions(ty: &Ty, by_value: bool, found: &mut Vec<(TypeId, bool)>) {
    match ty {
        Ty::Scalar(_) | Ty::Any(_) => {}
        Ty::Named(id) => found.push((*id, by_value)),
        Ty::List(item) | Ty::Map(item) => mentions(item, false, found),
        Ty::Tuple(items) => items
            .iter()
            .for_each(|item| mentions(item, by_value, found)),
        Ty::Nullable(inner) => mentions(inner, by_value, found),
    }
}

/// The uses in a definition, by member. What `additionalProperties` types comes last.
pub fn parts(shape: &Shape) -> Vec<&Ty> {
    match shape {
        Shape::Struct { fields, rest } => {
            let rest = match rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Open | Rest::Closed => None,
            };
            fields.iter().map(|field| &field.ty).chain(rest).collect()
        }
        Shape::Enum { .. } => Vec::new(),
        Shape::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
    }
}

/// The same, to change them.
pub fn parts_mut(shape: &mut Shape) -> Box<dyn Iterator<Item = &mut Ty> + '_> {
    match shape {
        Shape::Struct { fields, rest } => {
            let rest = match rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Open | Rest::Closed => None,
            };
            Box::new(fields.iter_mut().map(|field| &mut field.ty).chain(rest))
        }
        Shape::Enum { .. } => Box::new(std::iter::empty()),
        Shape::Union { variants, .. } => {
            Box::new(variants.iter_mut().map(|variant| &mut variant.ty))
        }
        Shape::Alias(ty) => Box::new(std::iter::once(ty)),
    }
}

/// The definitions that a definition mentions.
pub fn neighbours(api: &Api, id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    for ty in parts(&api.types[id.0].shape) {
        mentions(ty, false, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// The definitions that an operation mentions in its request.
pub fn request_types(op: &Op) -> Vec<TypeId> {
    let mut found = Vec::new();
    for param in &op.params {
        mentions(&param.ty, false, &mut found);
    }
    if let Some(Body {
        content: BodyContent::Json { ty, .. },
        ..
    }) = &op.body
    {
        mentions(ty, false, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// The definitions that an operation mentions in its reply.
pub fn reply_types(op: &Op) -> Vec<TypeId> {
    let mut found = Vec::new();
    match &op.reply {
        Reply::Empty => {}
        Reply::Json { ty, .. } => mentions(ty, false, &mut found),
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// The definitions that an operation mentions in what it answers where it does not succeed. Its call does not need them.
pub fn error_types(op: &Op) -> Vec<TypeId> {
    let mut found = Vec::new();
    for ty in op.answers.iter().flat_map(|answer| &answer.body) {
        mentions(ty, false, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// The definitions that a call of an operation needs.
pub fn op_types(op: &Op) -> Vec<TypeId> {
    [request_types(op), reply_types(op)].concat()
}

/// Changes each id of a definition, wherever one is said.
fn each_type(api: &mut Api, mut change: impl FnMut(&mut TypeId)) {
    for TypeDef { wanted, shape, .. } in &mut api.types {
        parts_mut(shape).for_each(|ty| each_mention(ty, &mut change));
        match wanted {
            Wanted::View(id) => change(id),
            Wanted::Under(owner, _) => each_owner(std::slice::from_mut(owner), &mut change),
            Wanted::Shared(owners, _) => each_owner(owners, &mut change),
            Wanted::Given(_) | Wanted::Component(_) => {}
        }
    }
    for op in &mut api.ops {
        for param in &mut op.params {
            each_mention(&mut param.ty, &mut change);
        }
        if let Some(Body { content, .. }) = &mut op.body {
            let BodyContent::Json { ty, .. } = content;
            each_mention(ty, &mut change);
        }
        match &mut op.reply {
            Reply::Empty => {}
            Reply::Json { ty, .. } => each_mention(ty, &mut change),
        }
        for answer in &mut op.answers {
            for ty in &mut answer.body {
                each_mention(ty, &mut change);
            }
        }
    }
    for example in &mut api.examples {
        each_mention(&mut example.ty, &mut change);
    }
}

/// Keeps the definitions that stand for themselves, and numbers them anew. By id: what stands for a definition wherever it is
/// mentioned; nothing that is kept mentions what `None` stands for.
pub fn renumber(api: &mut Api, heads: &[Option<TypeId>]) {
    let mut numbers = Vec::with_capacity(heads.len());
    let mut kept = 0;
    for (index, head) in heads.iter().enumerate() {
        numbers.push(TypeId(kept));
        kept += usize::from(*head == Some(TypeId(index)));
    }
    let mut ids = (0..heads.len()).map(TypeId);
    api.types
        .retain(|_| ids.next().is_some_and(|id| heads[id.0] == Some(id)));
    each_type(api, |id| {
        *id = heads[id.0].map_or(*id, |head| numbers[head.0])
    });
}

fn each_owner(owners: &mut [Owner], change: &mut impl FnMut(&mut TypeId)) {
    for owner in owners {
        match owner {
            Owner::Type(id) => change(id),
            Owner::Op(_) => {}
        }
    }
}

/// Changes each id in a use.
pub fn each_mention(ty: &mut Ty, change: &mut impl FnMut(&mut TypeId)) {
    match ty {
        Ty::Named(id) => change(id),
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => each_mention(inner, change),
        Ty::Tuple(items) => items.iter_mut().for_each(|item| each_mention(item, change)),
        Ty::Scalar(_) | Ty::Any(_) => {}
    }
}

/// For each definition, whether it is among these or mentioned by one that is.
pub fn reached(api: &Api, from: impl Iterator<Item = TypeId>) -> Vec<bool> {
    let mut seen = vec![false; api.types.len()];
    let mut next: Vec<TypeId> = from.collect();
    while let Some(id) = next.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            next.extend(neighbours(api, id));
        }
    }
    seen
}
