//! The place of each type on the site.
//!
//! In: all uses of types. Out: [`Places`]. A type with a single use is described there; any other has a section on the page of its
//! module. Not here: the descriptions.

use crate::emit::EmitCx;
use crate::emit::docs::contents::{ModulePage, path};
use crate::emit::docs::places::{Home, Places};
use crate::emit::docs::schema::has_section;
use crate::model::api::{OpId, Outcome, Ty, TypeId};
use crate::model::uses::{UseSite, mentions, op_uses, shape_uses, webhook_types};

/// The most types that are described within each other.
const DEEPEST: usize = 4;

/// Returns the places of all types.
pub fn places<'a>(cx: &'a EmitCx<'a>) -> Places<'a> {
    let uses = uses(cx);
    let ids = (0..cx.api.types.len()).map(TypeId);
    let by_type = ids.map(|id| place(cx, &uses, id)).collect();
    Places { by_type }
}

/// Returns the definition that a use lists in place: the type itself, or that of its items.
pub fn listed(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::Named(id) => Some(*id),
        Ty::Nullable(inner) | Ty::List(inner) | Ty::Map(inner) => listed(inner),
        Ty::Scalar(_) | Ty::Tuple(_) | Ty::Any(_) => None,
    }
}

/// The number of uses of each type, and where it could be described if there is only one.
struct Uses(Vec<(usize, Home)>);

impl Uses {
    fn add(&mut self, ty: &Ty, home: Home) {
        let mut found = Vec::new();
        mentions(ty, false, &mut found);
        for (id, _) in found {
            let home = if listed(ty) == Some(id) {
                home
            } else {
                Home::Section
            };
            let (count, _) = self.0[id.0];
            self.0[id.0] = (count + 1, home);
        }
    }
}

fn uses(cx: &EmitCx) -> Uses {
    let mut uses = Uses(vec![(0, Home::Section); cx.api.types.len()]);
    for (index, def) in cx.api.types.iter().enumerate() {
        shape_uses(&def.shape, |site, ty| {
            let home = match site {
                UseSite::Field(field) => Home::Field(TypeId(index), field),
                _ => Home::Section,
            };
            uses.add(ty, home);
        });
    }
    for (index, op) in cx.api.ops.iter().enumerate() {
        let id = OpId(index);
        let replies = op.reply.types();
        op_uses(op, |site, ty| {
            let home = match site {
                UseSite::Param(param) => Home::Param(id, param),
                UseSite::Body => Home::Body(id),
                UseSite::Reply => Home::Reply(id),
                // The same as the reply, as the document has it.
                UseSite::Answer(answer)
                    if op.answers[answer].outcome == Outcome::Success && replies.contains(&ty) =>
                {
                    return;
                }
                _ => Home::Section,
            };
            uses.add(ty, home);
        });
    }
    for id in webhook_types(&cx.api.webhooks) {
        uses.0[id.0] = (2, Home::Section);
    }
    uses
}

/// Returns the home of a type and its page: that of the section or the operation around it.
fn place<'a>(cx: &'a EmitCx<'a>, uses: &Uses, id: TypeId) -> (Home, &'a str) {
    let section = |id: TypeId| {
        let part = cx.outline.ty(id).part;
        path(cx, part.map_or(ModulePage::Types, ModulePage::Part))
    };
    let home = home(cx, uses, id);
    let (mut outer, mut at) = (home, id);
    for _ in 0..DEEPEST {
        match outer {
            Home::Section => return (home, section(at)),
            Home::Param(op, _) | Home::Body(op) | Home::Reply(op) => {
                match cx.outline.op(op).resource {
                    Some(resource) => return (home, cx.names.pages.of_resource(resource)),
                    None => break,
                }
            }
            Home::Field(owner, _) => (outer, at) = (self::home(cx, uses, owner), owner),
        }
    }
    (Home::Section, section(id))
}

fn home(cx: &EmitCx, uses: &Uses, id: TypeId) -> Home {
    match uses.0[id.0] {
        (1, home) if has_section(&cx.api.types[id.0]) => home,
        _ => Home::Section,
    }
}
