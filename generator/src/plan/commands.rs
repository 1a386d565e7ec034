//! Operations on a command line.
//!
//! In: an operation and its inputs. Out: a [`Command`]: its flags, and the source of its body. Not here: names of flags
//! (`names`).

use super::inputs::{Input, Inputs, path_params};
use super::types::TypePlan;
use crate::model::api::{
    Access, Api, BodyContent, EnumValue, Literal, Op, ParamLocation, Repr, Scalar, Shape, Ty,
    TypeId,
};
use crate::model::ty::{non_null, resolve};

/// An operation as a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// Path parameters come first, in the order of the path; then other parameters, then the body.
    pub flags: Vec<Flag>,
    pub body: CommandBody,
}

/// The source of a command's body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommandBody {
    #[default]
    None,
    /// As one value: [`Input::Body`] is among the flags.
    Whole,
    /// Its members are among the flags.
    Members(TypeId),
}

/// A flag.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    pub input: Input,
    pub kind: FlagKind,
    /// True if each occurrence is an item of a list.
    pub repeated: bool,
    pub required: bool,
    /// Values that the document lists, as they are typed.
    pub values: Vec<String>,
    /// The JSON of its only possible value.
    pub constant: Option<String>,
}

/// The type of a flag's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagKind {
    String,
    Integer,
    Number,
    Boolean,
    /// A string, or something else as JSON.
    Text,
    /// Anything, as JSON or YAML.
    Json,
    /// An object as JSON, or one member at a time: `key=value`.
    Object,
    /// The path of a file.
    File,
    /// The path of a file after `@`, or a text.
    FileOrText,
}

/// Returns the command of an operation.
pub fn run(api: &Api, types: &[TypePlan], op: &Op, inputs: &Inputs) -> Command {
    let param = |index: usize| {
        let param = &op.params[index];
        let required = param.location == ParamLocation::Path || param.presence.is_required();
        let ty = &inputs.params[index];
        let flag = Flag::new(api, Input::Param(index), ty, required);
        match is_object(api, ty) {
            true => Flag {
                kind: FlagKind::Object,
                ..flag
            },
            false => flag,
        }
    };
    // Other parameters keep the order of the document, required or not.
    let others =
        (0..op.params.len()).filter(|index| op.params[*index].location != ParamLocation::Path);
    let params = path_params(op).into_iter().chain(others);
    let mut flags: Vec<Flag> = params.map(param).collect();
    let Some(body) = &op.body else {
        let body = CommandBody::None;
        return Command { flags, body };
    };
    let body = match object(api, non_null(&body.ty).0) {
        Some(id) => {
            flags.extend(members(api, types, id));
            CommandBody::Members(id)
        }
        None => {
            let whole = Flag::new(api, Input::Body, &body.ty, body.presence.is_required());
            let kind = match body.content {
                BodyContent::Json
                | BodyContent::JsonLines
                | BodyContent::JsonSequence
                | BodyContent::Form(_)
                | BodyContent::MultipartObject(_)
                | BodyContent::MultipartArray(_) => FlagKind::Json,
                BodyContent::Text => FlagKind::String,
                BodyContent::File => FlagKind::File,
            };
            flags.push(Flag {
                kind,
                repeated: false,
                ..whole
            });
            CommandBody::Whole
        }
    };
    Command { flags, body }
}

/// Returns the struct that a use refers to, if it has members.
fn object(api: &Api, ty: &Ty) -> Option<TypeId> {
    let Ty::Named(id) = resolve(api, ty) else {
        return None;
    };
    match &api.types[id.0].shape {
        Shape::Struct { fields, .. } if !fields.is_empty() => Some(*id),
        Shape::Struct { .. } | Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

fn is_object(api: &Api, ty: &Ty) -> bool {
    match resolve(api, ty) {
        Ty::Map(_) => true,
        Ty::Named(id) => matches!(api.types[id.0].shape, Shape::Struct { .. }),
        Ty::Scalar(_) | Ty::List(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    }
}

/// Returns the members of an object that the client may send.
fn members(api: &Api, types: &[TypePlan], id: TypeId) -> Vec<Flag> {
    let Shape::Struct { fields, .. } = &api.types[id.0].shape else {
        return Vec::new();
    };
    let members = &types[id.0].members;
    let sent = fields.iter().zip(members).enumerate();
    let sent = sent.filter(|(_, (field, _))| field.access != Access::ReadOnly);
    sent.map(|(index, (_, member))| {
        let required = member.optionality.is_required();
        let flag = Flag::new(api, Input::Field(id, index), &member.ty, required);
        let constant = member.preset.as_ref().map(|value| value.json().to_string());
        Flag { constant, ..flag }
    })
    .collect()
}

impl Flag {
    fn new(api: &Api, input: Input, ty: &Ty, required: bool) -> Self {
        let (item, repeated) = match resolve(api, ty) {
            Ty::List(item) => (&**item, true),
            Ty::Scalar(_)
            | Ty::Named(_)
            | Ty::Map(_)
            | Ty::Tuple(_)
            | Ty::Nullable(_)
            | Ty::Any(_) => (ty, false),
        };
        let mut values = Vec::new();
        let kind = kind(api, item, &mut values, DEEPEST);
        Self {
            input,
            kind,
            repeated,
            required,
            values,
            constant: None,
        }
    }
}

/// The depth below which nested unions are not examined.
const DEEPEST: usize = 8;

/// Returns the type of a flag's value, and the values that the document lists.
fn kind(api: &Api, ty: &Ty, values: &mut Vec<String>, depth: usize) -> FlagKind {
    match resolve(api, ty) {
        Ty::Scalar(scalar) => scalar_kind(*scalar),
        Ty::Nullable(inner) => kind(api, inner, values, depth),
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Any(_) => FlagKind::Json,
        Ty::Named(id) => match &api.types[id.0].shape {
            Shape::Enum {
                repr, values: all, ..
            } => {
                let new = all.iter().map(typed).filter(|text| !values.contains(text));
                let new: Vec<String> = new.collect();
                values.extend(new);
                match repr {
                    Repr::String => FlagKind::String,
                    Repr::Integer => FlagKind::Integer,
                }
            }
            Shape::Union { variants, .. } if depth > 0 => {
                let kinds = variants.iter();
                let kinds: Vec<FlagKind> = kinds
                    .map(|variant| kind(api, &variant.ty, values, depth - 1))
                    .collect();
                union_kind(&kinds)
            }
            Shape::Union { .. } | Shape::Struct { .. } | Shape::Alias(_) => FlagKind::Json,
        },
    }
}

/// A union with a string is typed as a string.
fn union_kind(kinds: &[FlagKind]) -> FlagKind {
    let is_text = |kind: &FlagKind| matches!(kind, FlagKind::String | FlagKind::Text);
    match kinds {
        [first, rest @ ..] if rest.iter().all(|kind| kind == first) => *first,
        all if all.contains(&FlagKind::File) => {
            let is_either = |kind: &FlagKind| *kind == FlagKind::File || is_text(kind);
            match all.iter().all(is_either) {
                true => FlagKind::FileOrText,
                false => FlagKind::Json,
            }
        }
        all if all.iter().any(is_text) => FlagKind::Text,
        all if all
            .iter()
            .all(|kind| matches!(kind, FlagKind::Integer | FlagKind::Number)) =>
        {
            FlagKind::Number
        }
        _ => FlagKind::Json,
    }
}

fn scalar_kind(scalar: Scalar) -> FlagKind {
    match scalar {
        // Integers in strings are sent as they are typed.
        Scalar::String | Scalar::QuotedI64 | Scalar::QuotedU64 => FlagKind::String,
        Scalar::Bool => FlagKind::Boolean,
        Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64
        | Scalar::UnixTime => FlagKind::Integer,
        Scalar::F32 | Scalar::F64 => FlagKind::Number,
        Scalar::Null => FlagKind::Json,
        Scalar::File => FlagKind::File,
    }
}

/// Returns a value as it is typed.
fn typed(value: &EnumValue) -> String {
    match &value.wire {
        Literal::String(text) => text.clone(),
        Literal::Null => "null".into(),
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Unsigned(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Json(value) => value.to_string(),
    }
}
