//! Files: bytes that are parts of a multipart body, or the whole body.
//!
//! In: an [`Api`] in which every string of the format `binary` is a [`Scalar::File`]. Out: the same model, in which only parts of
//! multipart bodies and whole bodies are files. All others are strings, because JSON cannot contain bytes. A property or a body
//! can be a union of a file and something else. A definition that is sent both as a multipart body and in another way has two
//! views. Not here: media types.

use crate::model::api::{
    Api, BodyContent, Doc, Field, NameOrigin, Op, Rest, Scalar, Shape, Ty, TypeDef, TypeId,
};
use crate::model::note::{Limit, Note, Remark};
use crate::model::ty::{fields, non_null, resolve};
use crate::model::uses::{UseSite, mentions, op_uses, op_uses_mut, shape_uses, shape_uses_mut};
use crate::report::{Code, Report};

/// The message about a file within JSON.
const LOST: &str = "a file within this JSON is sent as text, because JSON cannot contain bytes";

/// Replaces files by strings unless they are parts or whole bodies. Reports files within the JSON of a part.
pub fn run(mut api: Api, report: &mut Report) -> Api {
    let heads = api.ops.iter().map(|op| head(&api, op)).collect::<Vec<_>>();
    let uses = uses(&api, &heads);
    let mut holders = Holders {
        parts: parts(&api, &heads, &uses),
        uses,
        held: vec![None; api.types.len()],
        done: vec![false; api.types.len()],
        api: &mut api,
        report,
    };
    for (index, head) in heads.iter().enumerate() {
        let Some(id) = *head else { continue };
        if !has_files(holders.api, id) {
            holders.report_lost(id);
        } else {
            let is_free = holders.uses[id.0] == 0;
            let id = holders.hold(id, is_free, Level::Body);
            if let Some(body) = &mut holders.api.ops[index].body {
                body.ty = Ty::Named(id);
            }
        }
    }
    let done = holders.done;
    let bodies: Vec<Option<Ty>> = api.ops.iter().map(|op| body(&api, op, report)).collect();
    for (index, def) in api.types.iter_mut().enumerate() {
        if !done.get(index).is_some_and(|is_holder| *is_holder) {
            shape_uses_mut(&mut def.shape, |_, ty| strings(ty));
        }
    }
    for (op, files) in api.ops.iter_mut().zip(bodies) {
        op_uses_mut(op, |_, ty| strings(ty));
        if let (Some(body), Some(files)) = (&mut op.body, files) {
            body.ty = files;
        }
    }
    for example in &mut api.examples {
        strings(&mut example.ty);
    }
    api.types.iter_mut().for_each(name_files);
    api
}

/// Renames variants that are named after the JSON type of a file.
fn name_files(def: &mut TypeDef) {
    let Shape::Union { variants, .. } = &mut def.shape else {
        return;
    };
    for variant in variants {
        if variant.ty == Ty::Scalar(Scalar::File) && variant.name == "string" {
            variant.name = "file".into();
        }
    }
}

/// Returns the type of a body that is a file, or a list or map with files.
fn body(api: &Api, op: &Op, report: &mut Report) -> Option<Ty> {
    let body = op.body.as_ref()?;
    match &body.content {
        BodyContent::File => Some(Ty::Scalar(Scalar::File)),
        BodyContent::MultipartArray(_) | BodyContent::MultipartObject(_) => {
            let files = as_parts(api, &body.ty);
            let is_lost = files.is_none() && head(api, op).is_none();
            if is_lost && holds_file(api, &body.ty, &mut Vec::new()) {
                report.once(Code::IgnoredKeyword, &body.at, LOST);
            }
            files
        }
        BodyContent::Json
        | BodyContent::JsonLines
        | BodyContent::JsonSequence
        | BodyContent::Form(_)
        | BodyContent::Text => None,
    }
}

/// Returns a list or map whose entries are parts, if some of them are files.
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

/// Returns the definition of a multipart body.
fn head(api: &Api, op: &Op) -> Option<TypeId> {
    let body = op.body.as_ref()?;
    match (&body.content, resolve(api, non_null(&body.ty).0)) {
        (BodyContent::MultipartObject(_), Ty::Named(id)) => Some(*id),
        (
            BodyContent::Json
            | BodyContent::JsonLines
            | BodyContent::JsonSequence
            | BodyContent::Form(_)
            | BodyContent::MultipartObject(_)
            | BodyContent::MultipartArray(_)
            | BodyContent::Text
            | BodyContent::File,
            _,
        ) => None,
    }
}

/// Returns the number of uses of each definition, except those as a multipart body.
fn uses(api: &Api, heads: &[Option<TypeId>]) -> Vec<usize> {
    let mut uses = vec![0; api.types.len()];
    let mut found = Vec::new();
    for (op, head) in api.ops.iter().zip(heads) {
        op_uses(op, |_, ty| mentions(ty, false, &mut found));
        if let (Some(id), Some(body)) = (head, &op.body) {
            // The body itself does not count.
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
        uses[id.0] += 1;
    }
    uses
}

/// Returns, for each definition, the number of its uses in multipart bodies that have no other use.
fn parts(api: &Api, heads: &[Option<TypeId>], uses: &[usize]) -> Vec<usize> {
    let mut parts = vec![0; api.types.len()];
    let mut free: Vec<TypeId> = heads.iter().flatten().copied().collect();
    free.retain(|id| uses[id.0] == 0);
    free.sort_unstable();
    free.dedup();
    for id in free {
        shape_uses(&api.types[id.0].shape, |site, ty| {
            let part = match site {
                UseSite::Variant(_) => object(api, ty),
                _ => choice(api, ty),
            };
            if let Some(part) = part {
                parts[part.0] += 1;
            }
        });
    }
    parts
}

fn view(api: &mut Api, id: TypeId) -> TypeId {
    api.types.push(TypeDef {
        name_origin: NameOrigin::View(id),
        ..api.types[id.0].clone()
    });
    TypeId(api.types.len() - 1)
}

fn has_files(api: &Api, id: TypeId) -> bool {
    match &api.types[id.0].shape {
        Shape::Struct { fields, rest } => {
            fields.iter().any(|field| may_be_file(api, &field.ty))
                || matches!(rest, Rest::Typed(ty) if may_be_file(api, ty))
        }
        Shape::Union { variants, .. } => {
            let mut parts = variants.iter().filter_map(|it| object(api, &it.ty));
            parts.any(|id| has_files(api, id))
        }
        Shape::Enum { .. } | Shape::Alias(_) => false,
    }
}

/// Returns the struct that a type refers to.
fn object(api: &Api, ty: &Ty) -> Option<TypeId> {
    let Ty::Named(id) = resolve(api, ty) else {
        return None;
    };
    matches!(api.types[id.0].shape, Shape::Struct { .. }).then_some(*id)
}

/// Returns whether some values of a property are files or lists of files.
fn may_be_file(api: &Api, ty: &Ty) -> bool {
    as_file(api, ty).is_some() || choice(api, ty).is_some()
}

/// Returns the union within the type of a property if some of its variants are files.
fn choice(api: &Api, ty: &Ty) -> Option<TypeId> {
    match resolve(api, ty) {
        Ty::Nullable(inner) | Ty::List(inner) => choice(api, inner),
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Union { variants, .. } => {
                let mut files = variants.iter().map(|it| as_file(api, &it.ty));
                files.any(|file| file.is_some()).then_some(*id)
            }
            Shape::Struct { .. } | Shape::Enum { .. } | Shape::Alias(_) => None,
        },
        Ty::Scalar(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => None,
    }
}

/// The place where a definition is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// As a multipart body, whose properties are parts.
    Body,
    /// As a part.
    Part,
}

/// The definitions that contain files.
struct Holders<'a> {
    api: &'a mut Api,
    report: &'a mut Report,
    /// The number of uses of each definition in the document.
    uses: Vec<usize>,
    /// The number of those uses that are parts of multipart bodies.
    parts: Vec<usize>,
    /// For each definition of the document, the one that contains its files: itself or a view.
    held: Vec<Option<TypeId>>,
    /// For each definition, whether it contains files.
    done: Vec<bool>,
}

impl Holders<'_> {
    /// Returns the definition in which parts are files. Deeper values are JSON, so they remain strings. `is_free` means that the
    /// definition has no other use and needs no view.
    fn hold(&mut self, id: TypeId, is_free: bool, level: Level) -> TypeId {
        if let Some(held) = self.held[id.0] {
            return held;
        }
        let held = match is_free {
            true => id,
            false => view(self.api, id),
        };
        self.held[id.0] = Some(held);
        self.done.resize(self.api.types.len(), false);
        self.done[held.0] = true;
        let mut shape = self.api.types[held.0].shape.clone();
        match &mut shape {
            Shape::Struct { fields, rest } => {
                for field in fields {
                    match as_file(self.api, &field.ty) {
                        Some(_) => forget_format(&mut field.doc),
                        None => report_lost(self.api, field, self.report),
                    }
                    self.hold_part(&mut field.ty, is_free);
                }
                if let Rest::Typed(ty) = rest {
                    self.hold_part(ty, is_free);
                }
            }
            Shape::Union { variants, .. } => {
                for variant in variants {
                    let object = object(self.api, &variant.ty);
                    let object = object.filter(|id| has_files(self.api, *id));
                    match object.filter(|_| level == Level::Body) {
                        Some(id) => variant.ty = Ty::Named(self.hold_next(id, is_free, level)),
                        None => self.hold_part(&mut variant.ty, is_free),
                    }
                }
            }
            Shape::Enum { .. } | Shape::Alias(_) => {}
        }
        self.api.types[held.0].shape = shape;
        held
    }

    /// Does the same for a definition within another one. If the outer one is a view, the original uses the inner one, too.
    fn hold_next(&mut self, id: TypeId, is_free: bool, level: Level) -> TypeId {
        let uses = self.uses[id.0];
        let is_free = is_free && (uses == 1 || uses == self.parts[id.0]);
        self.hold(id, is_free, level)
    }

    /// Reports the properties of a body without files if their JSON contains files.
    fn report_lost(&mut self, id: TypeId) {
        for field in fields(&self.api.types[id.0].shape) {
            report_lost(self.api, field, self.report);
        }
    }

    fn hold_part(&mut self, ty: &mut Ty, is_free: bool) {
        match (as_file(self.api, ty), choice(self.api, ty)) {
            (Some(file), _) => *ty = file,
            (None, Some(id)) => {
                let held = self.hold_next(id, is_free, Level::Part);
                *ty = with_choice(self.api, ty, held);
            }
            (None, None) => strings(ty),
        }
    }
}

/// Returns a type whose union is replaced by another one.
fn with_choice(api: &Api, ty: &Ty, held: TypeId) -> Ty {
    match resolve(api, ty) {
        Ty::Nullable(inner) => Ty::Nullable(Box::new(with_choice(api, inner, held))),
        Ty::List(inner) => Ty::List(Box::new(with_choice(api, inner, held))),
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => Ty::Named(held),
    }
}

/// Reports a property that is sent as JSON although it contains files.
fn report_lost(api: &Api, field: &Field, report: &mut Report) {
    if choice(api, &field.ty).is_none() && holds_file(api, &field.ty, &mut Vec::new()) {
        report.once(Code::IgnoredKeyword, &field.at, LOST);
    }
}

/// Returns whether a type contains a file at any depth.
fn holds_file(api: &Api, ty: &Ty, seen: &mut Vec<TypeId>) -> bool {
    match resolve(api, ty) {
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => holds_file(api, inner, seen),
        Ty::Tuple(items) => items.iter().any(|item| holds_file(api, item, seen)),
        Ty::Named(id) if !seen.contains(id) => {
            seen.push(*id);
            let mut found = false;
            shape_uses(&api.types[id.0].shape, |_, ty| {
                found = found || holds_file(api, ty, seen);
            });
            found
        }
        Ty::Named(_) | Ty::Any(_) => false,
    }
}

/// Removes the `binary` format from the notes, because the type expresses it.
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

/// Returns a type as a file or a list of files, if all of its values are.
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
        // A union of a file and a list of files becomes the list, because a list of one file is sent as the same part.
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

/// Replaces all files in a type by strings.
fn strings(ty: &mut Ty) {
    match ty {
        Ty::Scalar(scalar @ Scalar::File) => *scalar = Scalar::String,
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => strings(inner),
        Ty::Tuple(items) => items.iter_mut().for_each(strings),
        Ty::Scalar(_) | Ty::Named(_) | Ty::Any(_) => {}
    }
}
