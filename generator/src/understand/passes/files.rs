//! Files: bytes that stand beside the JSON of a multipart body, or are the body.
//!
//! In: an [`Api`], in which each string of the format `binary` is a [`Scalar::File`]. Out: the same, in which the properties of
//! multipart bodies are files, and all others are strings: JSON cannot hold bytes. A definition that is sent as a multipart body
//! and in another way has two views. Not here: which media types are sent.

use crate::model::api::{
    Api, BodyContent, Doc, Field, Op, Rest, Scalar, Shape, Ty, TypeDef, TypeId, Wanted,
};
use crate::model::note::{Limit, Note, Remark};
use crate::model::ty::{non_null, resolve};
use crate::model::uses::{mentions, op_uses, op_uses_mut, shape_uses, shape_uses_mut};

/// Tells files from strings.
pub fn run(mut api: Api) -> Api {
    let heads = api.ops.iter().map(|op| head(&api, op)).collect::<Vec<_>>();
    let others = others(&api, &heads);
    let mut views: Vec<Option<TypeId>> = vec![None; api.types.len()];
    let mut holders = vec![false; api.types.len()];
    for (index, head) in heads.iter().enumerate() {
        let Some(id) = head.filter(|id| has_files(&api, *id)) else {
            continue;
        };
        let id = match others[id.0] {
            false => id,
            true => *views[id.0].get_or_insert_with(|| view(&mut api, id)),
        };
        holders.resize(api.types.len(), false);
        holders[id.0] = true;
        if let Some(body) = &mut api.ops[index].body {
            body.ty = Ty::Named(id);
        }
    }
    for (index, is_holder) in holders.iter().enumerate() {
        if *is_holder {
            hold(&mut api, TypeId(index));
        }
    }
    for (def, is_holder) in api.types.iter_mut().zip(&holders) {
        if !is_holder {
            shape_uses_mut(&mut def.shape, |_, ty| strings(ty));
        }
    }
    let bodies: Vec<Option<Ty>> = api.ops.iter().map(|op| body(&api, op)).collect();
    for (op, files) in api.ops.iter_mut().zip(bodies) {
        op_uses_mut(op, |_, ty| strings(ty));
        if let (Some(body), Some(files)) = (&mut op.body, files) {
            body.ty = files;
        }
    }
    for example in &mut api.examples {
        strings(&mut example.ty);
    }
    api
}

/// Returns the type of a body that is a file, or a list with files.
fn body(api: &Api, op: &Op) -> Option<Ty> {
    let body = op.body.as_ref()?;
    match &body.content {
        BodyContent::File => Some(Ty::Scalar(Scalar::File)),
        BodyContent::MultipartArray(_) | BodyContent::MultipartObject(_) => as_parts(api, &body.ty),
        BodyContent::Json | BodyContent::JsonLines | BodyContent::Form(_) | BodyContent::Text => {
            None
        }
    }
}

/// Returns a list or a map whose entries are parts, if some of them are files.
fn as_parts(api: &Api, ty: &Ty) -> Option<Ty> {
    match resolve(api, ty) {
        Ty::Nullable(inner) => as_parts(api, inner).map(|inner| Ty::Nullable(Box::new(inner))),
        Ty::List(item) => as_file(api, item).map(|item| Ty::List(Box::new(item))),
        Ty::Map(entry) => as_file(api, entry).map(|entry| Ty::Map(Box::new(entry))),
        Ty::Tuple(items) => {
            let files: Vec<Option<Ty>> = items.iter().map(|item| as_file(api, item)).collect();
            let has_files = files.iter().any(Option::is_some);
            let both = files.into_iter().zip(items);
            let all = both.map(|(file, item)| file.unwrap_or_else(|| item.clone()));
            has_files.then(|| Ty::Tuple(all.collect()))
        }
        Ty::Scalar(_) | Ty::Named(_) | Ty::Any(_) => None,
    }
}

/// The definition that a multipart body is.
fn head(api: &Api, op: &Op) -> Option<TypeId> {
    let body = op.body.as_ref()?;
    match (&body.content, resolve(api, non_null(&body.ty).0)) {
        (BodyContent::MultipartObject(_), Ty::Named(id)) => Some(*id),
        (
            BodyContent::Json
            | BodyContent::JsonLines
            | BodyContent::Form(_)
            | BodyContent::MultipartObject(_)
            | BodyContent::MultipartArray(_)
            | BodyContent::Text
            | BodyContent::File,
            _,
        ) => None,
    }
}

/// For each definition, whether it has another use than as a multipart body.
fn others(api: &Api, heads: &[Option<TypeId>]) -> Vec<bool> {
    let mut others = vec![false; api.types.len()];
    let mut found = Vec::new();
    for (op, head) in api.ops.iter().zip(heads) {
        op_uses(op, |_, ty| mentions(ty, false, &mut found));
        if let (Some(id), Some(body)) = (head, &op.body) {
            // The body itself is no other use.
            let own = Ty::Named(*id);
            let is_own = |(found, _): &(TypeId, bool)| Ty::Named(*found) == body.ty;
            if body.ty == own
                && let Some(at) = found.iter().rposition(is_own)
            {
                found.remove(at);
            }
        }
    }
    for def in &api.types {
        shape_uses(&def.shape, |_, ty| mentions(ty, false, &mut found));
    }
    for (id, _) in found {
        others[id.0] = true;
    }
    others
}

fn view(api: &mut Api, id: TypeId) -> TypeId {
    api.types.push(TypeDef {
        wanted: Wanted::View(id),
        ..api.types[id.0].clone()
    });
    TypeId(api.types.len() - 1)
}

fn has_files(api: &Api, id: TypeId) -> bool {
    match &api.types[id.0].shape {
        Shape::Struct { fields, rest } => {
            let is_file = |field: &Field| as_file(api, &field.ty).is_some();
            fields.iter().any(is_file)
                || matches!(rest, Rest::Typed(ty) if as_file(api, ty).is_some())
        }
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => false,
    }
}

/// Makes files of the properties that are some. What is within others is JSON.
fn hold(api: &mut Api, id: TypeId) {
    let mut shape = api.types[id.0].shape.clone();
    if let Shape::Struct { fields, .. } = &mut shape {
        let files = fields
            .iter_mut()
            .filter(|field| as_file(api, &field.ty).is_some());
        files.for_each(|field| forget_format(&mut field.doc));
    }
    shape_uses_mut(&mut shape, |_, ty| match as_file(api, ty) {
        Some(file) => *ty = file,
        None => strings(ty),
    });
    api.types[id.0].shape = shape;
}

/// Removes the format, which the type says.
fn forget_format(doc: &mut Doc) {
    let is_other = |limit: &Limit| !matches!(limit, Limit::Format(format) if format == "binary");
    for note in &mut doc.notes {
        let Note::Limits(limits) = note else { continue };
        let inner = limits
            .inner
            .as_mut()
            .map(|(_, remark)| &mut remark.limits.own);
        for own in [Some(&mut limits.own), inner].into_iter().flatten() {
            own.iter_mut().for_each(|limits| limits.retain(is_other));
            own.retain(|limits| !limits.is_empty());
        }
        let is_silent = |remark: &Remark| remark.text.is_none() && remark.limits.is_empty();
        limits.inner.take_if(|(_, remark)| is_silent(remark));
    }
    doc.notes
        .retain(|note| !matches!(note, Note::Limits(limits) if limits.is_empty()));
}

/// Returns a type as a file or a list of files, if its values are some.
fn as_file(api: &Api, ty: &Ty) -> Option<Ty> {
    match resolve(api, ty) {
        Ty::Scalar(Scalar::File) => Some(Ty::Scalar(Scalar::File)),
        Ty::Nullable(inner) => as_file(api, inner).map(|inner| Ty::Nullable(Box::new(inner))),
        Ty::List(item) => match as_file(api, item)? {
            item @ Ty::Scalar(_) => Some(Ty::List(Box::new(item))),
            Ty::Named(_)
            | Ty::List(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Nullable(_)
            | Ty::Any(_) => None,
        },
        // A file or several of them: a list of one is the same part.
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Union { variants, .. } => {
                let files = variants.iter().map(|variant| as_file(api, &variant.ty));
                let files: Vec<Ty> = files.collect::<Option<_>>()?;
                let list = files.iter().find(|ty| matches!(ty, Ty::List(_)));
                list.or(files.first()).cloned()
            }
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => None,
        },
        Ty::Scalar(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => None,
    }
}

/// Makes strings of all files in a type.
fn strings(ty: &mut Ty) {
    match ty {
        Ty::Scalar(scalar @ Scalar::File) => *scalar = Scalar::String,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => strings(inner),
        Ty::Tuple(items) => items.iter_mut().for_each(strings),
        Ty::Scalar(_) | Ty::Named(_) | Ty::Any(_) => {}
    }
}
