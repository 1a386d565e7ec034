//! The sizes of emitted types.
//!
//! In: uses of types, and the layouts of the definitions that they hold by value. Out: a [`Layout`], which is never smaller than
//! what a 64-bit compiler makes of the type. Not here: decisions (see `boxes`).
//!
//! Rust promises no layout. This is what it does: fields are ordered so that there is no padding between them, and an
//! `Option` uses a bit pattern that its value never has, a niche, if there is one.

use crate::model::api::{Api, Field, Repr, Rest, Scalar, Ty, Variant};
use crate::model::ty::{non_null, resolve};

/// The size of a value in bytes, with the bit patterns that are free for an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub size: usize,
    align: usize,
    niches: Niches,
}

/// The number of free bit patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Niches {
    None,
    /// Room for one `Option`.
    One,
    Many,
}

impl Layout {
    /// A `Box`, which is never null.
    pub const POINTER: Self = Self::new(8, 8, Niches::One);
    /// A `String` or a `Vec`, whose capacity has its limits.
    const LIST: Self = Self::new(24, 8, Niches::Many);
    /// A `BTreeMap`.
    const MAP: Self = Self::new(24, 8, Niches::None);
    /// A `serde_json::Value` with the feature `preserve_order`. It has 32 bytes if no crate of a program enables that.
    const VALUE: Self = Self::new(72, 8, Niches::Many);
    /// The runtime's `Extra`, an `Option` of a box.
    const EXTRA: Self = Self::new(8, 8, Niches::None);
    /// The runtime's `Constant`, an `Option` of a `Box<str>`.
    const CONSTANT: Self = Self::new(16, 8, Niches::None);

    const fn new(size: usize, align: usize, niches: Niches) -> Self {
        Self {
            size,
            align,
            niches,
        }
    }

    /// Returns the layout of an `Option` of this type.
    fn option(self) -> Self {
        match self.niches {
            Niches::Many => self,
            Niches::One => Self {
                niches: Niches::None,
                ..self
            },
            Niches::None => self.tagged(),
        }
    }

    /// Returns the layout with room for either value.
    fn max(self, other: Self) -> Self {
        Self {
            size: self.size.max(other.size),
            align: self.align.max(other.align),
            niches: self.niches.min(other.niches),
        }
    }

    /// Returns the layout of an enum with this value and others.
    fn tagged(self) -> Self {
        Self::new(self.size + self.align, self.align, Niches::Many)
    }
}

/// The layouts of the definitions that are known so far.
pub struct Sizes<'a> {
    pub api: &'a Api,
    /// By type.
    pub layouts: &'a [Layout],
}

impl Sizes<'_> {
    /// Returns the layout of a non-null value of this type.
    pub fn value(&self, ty: &Ty) -> Layout {
        self.of(non_null(ty).0)
    }

    /// Returns the layout of a variant, whose type may be in a box.
    pub fn variant(&self, variant: &Variant, boxed: bool) -> Layout {
        self.member(&variant.ty, boxed)
    }

    /// Returns the layout of a field: `T`, `Option<T>` or `Option<Option<T>>`, each perhaps with a
    /// box around `T`.
    pub fn field(&self, field: &Field, boxed: bool) -> Layout {
        let value = self.member(&field.ty, boxed);
        match field.presence.is_required() {
            true => value,
            false => value.option(),
        }
    }

    fn member(&self, ty: &Ty, boxed: bool) -> Layout {
        let value = match boxed {
            true => Layout::POINTER,
            false => self.value(ty),
        };
        match non_null(ty).1 {
            true => value.option(),
            false => value,
        }
    }

    fn of(&self, ty: &Ty) -> Layout {
        match resolve(self.api, ty) {
            Ty::Scalar(scalar) => self::scalar(*scalar),
            Ty::Named(id) => self.layouts[id.0],
            Ty::List(_) => Layout::LIST,
            Ty::Map(_) => Layout::MAP,
            Ty::Tuple(items) => record(items.iter().map(|item| self.of(item))),
            Ty::Nullable(inner) => self.of(inner).option(),
            Ty::Any(_) => Layout::VALUE,
        }
    }
}

fn scalar(scalar: Scalar) -> Layout {
    let number = |size| Layout::new(size, size, Niches::None);
    match scalar {
        Scalar::String => Layout::LIST,
        Scalar::Bool => Layout::new(1, 1, Niches::Many),
        Scalar::I8 | Scalar::U8 => number(1),
        Scalar::I16 | Scalar::U16 => number(2),
        Scalar::I32 | Scalar::U32 | Scalar::F32 => number(4),
        Scalar::I64 | Scalar::U64 | Scalar::F64 => number(8),
        Scalar::UnixTime => number(8),
        // An integer in the niche of a string.
        Scalar::QuotedI64 | Scalar::QuotedU64 => Layout::LIST,
        Scalar::Null => Layout::new(0, 1, Niches::None),
        // A source, a length, two texts, a list and a pointer.
        Scalar::File => Layout::new(144, 8, Niches::Many),
    }
}

/// Returns the layout of the field for undeclared properties.
pub fn rest(rest: &Rest) -> Layout {
    match rest {
        Rest::Typed(_) => record([Layout::MAP, Layout::EXTRA].into_iter()),
        Rest::Open | Rest::Closed => Layout::EXTRA,
    }
}

/// Returns the layout of an enum of values that the document lists. It keeps other values, too.
pub fn enumeration(repr: Repr, is_constant: bool) -> Layout {
    match repr {
        Repr::String if is_constant => Layout::CONSTANT,
        Repr::String => Layout::LIST,
        Repr::Integer => self::scalar(Scalar::I64).tagged(),
    }
}

/// Returns the layout of a struct or a tuple.
pub fn record(members: impl Iterator<Item = Layout>) -> Layout {
    let sum = members.fold(Layout::new(0, 1, Niches::None), |sum, member| Layout {
        size: sum.size + member.size,
        align: sum.align.max(member.align),
        niches: sum.niches.max(member.niches),
    });
    Layout {
        size: sum.size.next_multiple_of(sum.align),
        ..sum
    }
}

/// Returns the layout of a union, which can also be any JSON.
pub fn union(variants: impl Iterator<Item = Layout>) -> Layout {
    let largest = variants.fold(Layout::VALUE, Layout::max);
    largest.tagged()
}
