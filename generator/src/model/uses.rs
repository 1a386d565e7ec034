//! The walk over all uses of types: the model as a graph of definitions.
//!
//! In: an [`Api`], or a part of one. Out: each use in a definition or an operation with its site, the definitions that are
//! mentioned or reached, and a way to change these. Not here: conclusions (see the passes and `plan`).
//!
//! One macro, `walk!`, lists everything that holds a type. A new kind of body or reply is a line there; users do not change.

use crate::model::api::{
    Api, Direction, Listing, NameOrigin, Op, Owner, Reply, Rest, Shape, SuccessContent, Ty,
    TypeDef, TypeId, Usage, Webhooks,
};

/// A use of a type in a definition or an operation. Fields, variants, parameters and answers are given by their index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UseSite {
    /// The target of an alias.
    Alias,
    Field(usize),
    Variant(usize),
    /// Properties that have no field.
    Rest,
    Param(usize),
    Body,
    Reply,
    /// All errors as one type, which a caller can decode.
    Errors,
    /// The headers of successes, or of errors, which a caller can decode.
    Headers,
    /// A reply that is documented, and that no call decodes.
    Answer(usize),
    /// The payload of a callback.
    Callback(usize),
}

impl UseSite {
    /// Which way the values of an operation go.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Param(_) | Self::Body => Some(Direction::Sent),
            Self::Reply | Self::Errors | Self::Headers | Self::Answer(_) | Self::Callback(_) => {
                Some(Direction::Received)
            }
            Self::Alias | Self::Field(_) | Self::Variant(_) | Self::Rest => None,
        }
    }

    /// Returns whether calls need the type. Answers only document it.
    pub fn is_in_call(self) -> bool {
        !matches!(self, Self::Answer(_))
    }
}

/// Makes the walk over a definition and the one over an operation, to read or to change the uses.
macro_rules! walk {
    ($of_shape:ident, $of_op:ident, $iter:ident $(, $mut:tt)?) => {
        /// Visits the uses in a definition, members first.
        pub fn $of_shape<'a>(
            shape: &'a $($mut)? Shape,
            mut visit: impl FnMut(UseSite, &'a $($mut)? Ty),
        ) {
            match shape {
                Shape::Struct { fields, rest } => {
                    for (index, field) in fields.$iter().enumerate() {
                        visit(UseSite::Field(index), &$($mut)? field.ty);
                    }
                    match rest {
                        Rest::Typed(ty) => visit(UseSite::Rest, ty),
                        Rest::Open | Rest::Closed => {}
                    }
                }
                Shape::Enum { .. } => {}
                Shape::Union { variants, .. } => {
                    for (index, variant) in variants.$iter().enumerate() {
                        visit(UseSite::Variant(index), &$($mut)? variant.ty);
                    }
                }
                Shape::Alias(ty) => visit(UseSite::Alias, ty),
            }
        }

        /// Visits the uses in an operation.
        pub fn $of_op<'a>(
            op: &'a $($mut)? Op,
            mut visit: impl FnMut(UseSite, &'a $($mut)? Ty),
        ) {
            for (index, param) in op.params.$iter().enumerate() {
                visit(UseSite::Param(index), &$($mut)? param.ty);
            }
            for body in op.body.$iter() {
                visit(UseSite::Body, &$($mut)? body.ty);
            }
            let alternatives = op.alternatives.$iter().map(|it| &$($mut)? it.reply);
            for reply in std::iter::once(&$($mut)? op.reply).chain(alternatives) {
                match reply {
                    Reply::Empty | Reply::Text | Reply::Redirect | Reply::Binary => {}
                    Reply::Json { ty, .. } => visit(UseSite::Reply, ty),
                    Reply::Stream(stream) => {
                        for ty in stream.item.$iter() {
                            visit(UseSite::Reply, ty);
                        }
                    }
                    Reply::ByStatus(successes) => {
                        for success in successes.$iter() {
                            match &$($mut)? success.content {
                                SuccessContent::Empty
                                | SuccessContent::Text
                                | SuccessContent::Redirect
                                | SuccessContent::Binary => {}
                                SuccessContent::Json { ty, .. } => visit(UseSite::Reply, ty),
                                SuccessContent::Stream(stream) => {
                                    for ty in stream.item.$iter() {
                                        visit(UseSite::Reply, ty);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            for ty in op.errors.$iter() {
                visit(UseSite::Errors, ty);
            }
            for ty in op.headers.success.$iter().chain(op.headers.error.$iter()) {
                visit(UseSite::Headers, ty);
            }
            for (index, answer) in op.answers.$iter().enumerate() {
                for ty in answer.body.$iter() {
                    visit(UseSite::Answer(index), ty);
                }
            }
            for (index, callback) in op.callbacks.$iter().enumerate() {
                for ty in callback.payload.$iter().flat_map(|it| it.ty.$iter()) {
                    visit(UseSite::Callback(index), ty);
                }
            }
        }
    };
}

walk!(shape_uses, op_uses, iter);
walk!(shape_uses_mut, op_uses_mut, iter_mut, mut);

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

/// Changes each id in a use.
pub fn each_mention(ty: &mut Ty, change: &mut impl FnMut(&mut TypeId)) {
    match ty {
        Ty::Named(id) => change(id),
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => each_mention(inner, change),
        Ty::Tuple(items) => items.iter_mut().for_each(|item| each_mention(item, change)),
        Ty::Scalar(_) | Ty::Any(_) => {}
    }
}

/// Returns the uses in a definition, by member. Typed `additionalProperties` come last.
pub fn parts(shape: &Shape) -> Vec<&Ty> {
    let mut found = Vec::new();
    shape_uses(shape, |_, ty| found.push(ty));
    found
}

/// Returns the definitions that a definition mentions.
pub fn neighbours(api: &Api, id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    shape_uses(&api.types[id.0].shape, |_, ty| {
        mentions(ty, false, &mut found)
    });
    found.into_iter().map(|(id, _)| id).collect()
}

/// Returns the definitions that an operation mentions at some of its sites.
pub fn op_types(op: &Op, at: impl Fn(UseSite) -> bool) -> Vec<TypeId> {
    let mut found = Vec::new();
    op_uses(op, |site, ty| {
        if at(site) {
            mentions(ty, false, &mut found);
        }
    });
    found.into_iter().map(|(id, _)| id).collect()
}

/// Returns the definitions that a call of an operation needs.
pub fn call_types(op: &Op) -> Vec<TypeId> {
    op_types(op, UseSite::is_in_call)
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

/// Returns the definitions that the payloads of webhooks mention.
pub fn webhook_types(webhooks: &Webhooks) -> Vec<TypeId> {
    let mut found = Vec::new();
    for ty in webhooks.types() {
        mentions(ty, false, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// For each definition, which ways operations and webhooks let it go.
pub fn usages(api: &Api) -> Vec<Usage> {
    let go = |direction: Direction| {
        let goes = move |site: UseSite| site.direction() == Some(direction);
        let webhooks = match direction {
            Direction::Sent => Vec::new(),
            Direction::Received => webhook_types(&api.webhooks),
        };
        let calls = api.ops.iter().flat_map(|op| op_types(op, goes));
        reached(api, calls.chain(webhooks))
    };
    let usage = |(sent, received)| match (sent, received) {
        (false, false) => Usage::Unused,
        (true, false) => Usage::Sent,
        (false, true) => Usage::Received,
        (true, true) => Usage::Both,
    };
    let sent = go(Direction::Sent).into_iter();
    sent.zip(go(Direction::Received)).map(usage).collect()
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

/// Changes each id of a definition in the model.
fn each_type(api: &mut Api, mut change: impl FnMut(&mut TypeId)) {
    for TypeDef {
        name_origin, shape, ..
    } in &mut api.types
    {
        shape_uses_mut(shape, |_, ty| each_mention(ty, &mut change));
        match name_origin {
            NameOrigin::View(id) => change(id),
            NameOrigin::Under(Owner::Type(id), _) => change(id),
            NameOrigin::Under(Owner::Op(_) | Owner::Webhook(_), _) => {}
            NameOrigin::Given(_) | NameOrigin::Component(_) | NameOrigin::Errors(_) => {}
        }
    }
    for op in &mut api.ops {
        op_uses_mut(op, |_, ty| each_mention(ty, &mut change));
        if let Listing::Pages(paging) = &mut op.listing {
            paging
                .items
                .iter_mut()
                .for_each(|step| change(&mut step.ty));
        }
    }
    let payloads = api.webhooks.requests.iter_mut();
    let payloads = payloads.filter_map(|request| request.payload.as_mut());
    let payloads = payloads.filter_map(|payload| payload.ty.as_mut());
    for ty in payloads.chain(&mut api.webhooks.event) {
        each_mention(ty, &mut change);
    }
    for example in &mut api.examples {
        each_mention(&mut example.ty, &mut change);
    }
}
