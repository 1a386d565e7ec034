//! Names of fields and variants.
//!
//! In: a definition. Out: the names of its members, and of the conversions of fields that hold a time. Not here: its own name (see `types`).

use std::borrow::Cow;

use super::inputs::name_or_wire;
use super::reserved::{FIELDS, METHODS, NULLABLE_VARIANTS, VARIANTS};
use super::scope::{Case, Name, Scope};
use crate::model::api::{Api, EnumValue, Field, Literal, Shape, Ty, Variant};
use crate::model::time::Time;

/// The names of a definition's members.
pub(super) struct MemberNames {
    pub members: Vec<Name>,
    pub times: Vec<Option<TimeNames>>,
    pub setters: Vec<SetterNames>,
}

/// The methods that set a field.
#[derive(Clone, Debug)]
pub struct SetterNames {
    pub value: Name,
    /// It sets null, if that differs from no value.
    pub null: Option<Name>,
}

/// The conversions of a field that holds a time.
#[derive(Clone, Debug)]
pub struct TimeNames {
    pub time: Time,
    /// To the standard library's time, which has no texts.
    pub std: Option<Name>,
    /// To a type of `jiff`.
    pub jiff: Name,
}

pub(super) fn run(api: &Api, shape: &Shape) -> MemberNames {
    match shape {
        Shape::Struct { fields, .. } => of_fields(api, fields),
        Shape::Enum { values, null, .. } => {
            let reserved = if *null { NULLABLE_VARIANTS } else { VARIANTS };
            of_variants(values.iter().map(wanted_value).collect(), reserved)
        }
        Shape::Union { variants, .. } => {
            let wanted = |variant: &Variant| Cow::from(variant.name.clone());
            of_variants(variants.iter().map(wanted).collect(), VARIANTS)
        }
        Shape::Alias(_) => MemberNames {
            members: Vec::new(),
            times: Vec::new(),
            setters: Vec::new(),
        },
    }
}

/// Returns the names of an enum's values or a union's variants.
fn of_variants(wanted: Vec<Cow<str>>, reserved: &'static [&'static str]) -> MemberNames {
    MemberNames {
        members: Scope::new(Case::Pascal("Value"), reserved).claim_all(&wanted),
        times: Vec::new(),
        setters: Vec::new(),
    }
}

fn of_fields(api: &Api, fields: &[Field]) -> MemberNames {
    let wanted: Vec<&str> = fields
        .iter()
        .map(|field| name_or_wire(&field.name, &field.wire))
        .collect();
    let members = Scope::new(Case::Snake, FIELDS).claim_all(&wanted);
    let mut methods = Scope::new(Case::Snake, METHODS);
    let has_null =
        |field: &Field| matches!(field.ty, Ty::Nullable(_)) && !field.presence.is_required();
    let times: Vec<Option<Time>> = fields.iter().map(|field| Time::of(api, field)).collect();
    if times.iter().any(Option::is_some) || fields.iter().any(has_null) {
        members.iter().for_each(|member| methods.reserve(member));
    }
    let times = times.into_iter().zip(&members).map(|(time, member)| {
        let mut claim = |end: &str| methods.claim(&format!("{}_{end}", member.plain()));
        let time = time?;
        Some(TimeNames {
            time,
            std: (time == Time::Unix).then(|| claim("time")),
            jiff: match time {
                Time::Unix | Time::Timestamp => claim("timestamp"),
                Time::Date => claim("civil"),
                Time::Duration => claim("span"),
            },
        })
    });
    let times = times.collect();
    let setters = fields
        .iter()
        .zip(&members)
        .map(|(field, member)| SetterNames {
            value: match METHODS.contains(&member.plain()) {
                true => methods.claim(&format!("with_{}", member.plain())),
                false => member.clone(),
            },
            null: has_null(field).then(|| methods.claim(&format!("{}_null", member.plain()))),
        });
    MemberNames {
        setters: setters.collect(),
        times,
        members,
    }
}

pub(super) fn wanted_value(value: &EnumValue) -> Cow<'_, str> {
    match (&value.name, &value.wire) {
        (Some(name), _) => name.into(),
        (None, Literal::String(text)) => text.into(),
        (None, Literal::Integer(number)) if *number < 0 => {
            format!("minus {}", number.unsigned_abs()).into()
        }
        (None, Literal::Integer(number)) => number.to_string().into(),
        (None, Literal::Unsigned(number)) => number.to_string().into(),
        (None, Literal::Float(number)) => number.to_string().into(),
        (None, Literal::Bool(value)) => value.to_string().into(),
        (None, Literal::Null) => "null".into(),
        (None, Literal::Json(value)) => value.to_string().into(),
    }
}
