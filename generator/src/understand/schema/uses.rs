//! Uses of schemas: the key of all positions that apply together, and their annotations.
//!
//! In: positions. Out: a [`Use`]. Not here: types.

use super::cx::Cx;
use super::keys::{Key, KeyPart};
use super::merge::merged;
use super::refs::follow;
use crate::document::Pos;

/// The use of a schema.
#[derive(Clone, Debug, Default)]
pub struct Use {
    /// `None` if the schema could not be read, which has been reported.
    pub key: Option<Key>,
    /// The positions that annotate this use, the nearest one first.
    pub chain: Vec<Pos>,
    pub nullable: bool,
}

/// Returns the use of positions that apply together.
pub fn used(cx: &mut Cx, positions: &[Pos]) -> Use {
    let mut all = Use {
        nullable: !positions.is_empty(),
        ..Use::default()
    };
    let mut ends: Vec<Pos> = Vec::new();
    for &pos in positions.iter().rev() {
        let target = follow(cx, pos);
        let Some(end) = target.end else {
            return Use {
                nullable: target.nullable,
                ..Use::default()
            };
        };
        all.nullable &= target.nullable || merged(cx, &Key::One(end)).nullable;
        all.chain.extend(target.chain);
        if !ends.contains(&end) {
            ends.insert(0, end);
        }
    }
    all.key = match ends.as_slice() {
        [] => None,
        [one] => Some(Key::One(*one)),
        _ => {
            let parts = without_implied(cx, &ends)
                .into_iter()
                .map(|pos| KeyPart { pos, skip: 0 })
                .collect();
            Some(without_empty(cx, parts))
        }
    };
    all
}

/// Returns the key of these parts without those that add nothing to the others.
pub fn without_empty(cx: &mut Cx, parts: Vec<KeyPart>) -> Key {
    let whole = Key::all(parts);
    let Key::All(parts) = &whole else {
        return whole;
    };
    let kind = merged(cx, &whole).kind;
    let mut full = Vec::with_capacity(parts.len());
    let mut says_kind = false;
    for &part in parts.iter() {
        let all = merged(cx, &Key::all(vec![part]));
        if !all.adds_nothing_to(kind) {
            says_kind |= all.kind == kind;
            full.push(part);
        }
    }
    if full.is_empty() || !says_kind {
        whole
    } else {
        Key::all(full)
    }
}

/// Returns the positions without those that another one extends.
fn without_implied(cx: &mut Cx, ends: &[Pos]) -> Vec<Pos> {
    let parts: Vec<_> = ends.iter().map(|&end| merged(cx, &Key::One(end))).collect();
    let implied = |one: Pos| {
        ends.iter()
            .zip(&parts)
            .any(|(&other, all)| other != one && all.parts.contains(&one))
    };
    let kept: Vec<Pos> = ends.iter().copied().filter(|&one| !implied(one)).collect();
    if kept.is_empty() { ends.to_vec() } else { kept }
}
