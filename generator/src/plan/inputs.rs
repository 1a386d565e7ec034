//! Inputs of an operation.
//!
//! In: an [`Op`], the plans of types. Out: [`Inputs`]: arguments, setters and the source of the body. Not here: names, flags of
//! the command line (see `commands`).

use super::types::TypePlan;
use crate::model::api::{
    Access, Api, Body, Empty, Field, Op, Param, ParamLocation, Piece, Shape, Ty, TypeId,
};
use crate::model::ty::{fields, non_null, resolve};

/// All inputs of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// Required inputs, in order.
    pub arguments: Vec<Input>,
    /// Optional inputs.
    pub setters: Vec<Input>,
    pub body: BodyInput,
    /// The types of parameters by their index, without `null`, which is never sent.
    pub params: Vec<Ty>,
}

/// The source of the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyInput {
    #[default]
    None,
    /// As one value.
    Whole,
    /// Made from the arguments.
    Made(TypeId),
    /// Made from the arguments and stored in the call, whose setters change it.
    Held(TypeId),
}

/// An input of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Index in [`Op::params`].
    Param(usize),
    /// The body as a whole.
    Body,
    /// Index of a field of a spread body's type.
    Field(TypeId, usize),
}

/// Path parameters come in the order of the path. Then come the other required parameters (of the query, headers, cookies), and the
/// body or its properties, each in the order of their names: the order of the document's keys means nothing.
pub fn run(api: &Api, types: &[TypePlan], op: &Op) -> Inputs {
    let others =
        (0..op.params.len()).filter(|index| op.params[*index].location != ParamLocation::Path);
    let (mut required, optional): (Vec<usize>, Vec<usize>) =
        others.partition(|index| op.params[*index].presence.is_required());
    required.sort_by_key(|index| {
        let param = &op.params[*index];
        (param.location, &param.wire)
    });
    let arguments = path_params(op).into_iter().chain(required);
    let mut inputs = Inputs {
        arguments: arguments.map(Input::Param).collect(),
        setters: optional.into_iter().map(Input::Param).collect(),
        body: BodyInput::None,
        params: op
            .params
            .iter()
            .map(|param| param_type(api, &param.ty))
            .collect(),
    };
    if let Some(body) = &op.body {
        add_body(api, types, body, &mut inputs);
    }
    // The method for another representation sets what asks for it.
    let is_set_by_method = |input: &Input| {
        let mut asked = op.alternatives.iter().filter_map(|it| it.property.as_ref());
        asked.any(|property| Some(property) == wire_of_field(api, *input))
    };
    inputs.setters.retain(|input| !is_set_by_method(input));
    inputs
}

/// Returns the property that a field of the body is.
fn wire_of_field(api: &Api, input: Input) -> Option<&String> {
    let Input::Field(id, index) = input else {
        return None;
    };
    Some(&fields(&api.types[id.0].shape).get(index)?.wire)
}

fn param_type(api: &Api, ty: &Ty) -> Ty {
    let ty = non_null(ty).0;
    match resolve(api, ty) {
        Ty::List(item) => match non_null(item) {
            (_, false) => ty.clone(),
            (item, true) => Ty::List(Box::new(item.clone())),
        },
        Ty::Scalar(_) | Ty::Named(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => {
            ty.clone()
        }
    }
}

/// Returns whether a parameter can be sent without a value: `name=`. An empty list or object says the same by itself.
pub fn may_lack_value(api: &Api, param: &Param) -> bool {
    let is_single = match resolve(api, &param.ty) {
        Ty::Scalar(_) => true,
        Ty::Named(id) => matches!(api.types[id.0].shape, Shape::Enum { .. }),
        Ty::List(_) | Ty::Map(_) | Ty::Tuple(_) | Ty::Nullable(_) | Ty::Any(_) => false,
    };
    is_single && param.style.empty == Empty::Sent
}

/// Returns the path parameters in the order of the path.
pub fn path_params(op: &Op) -> Vec<usize> {
    let place = |index: &usize| {
        let wire = &op.params[*index].wire;
        let is_it = |piece: &Piece| matches!(piece, Piece::Param(name) if name == wire);
        op.path.iter().position(is_it).unwrap_or(usize::MAX)
    };
    let indices = 0..op.params.len();
    let mut path: Vec<usize> = indices
        .filter(|index| op.params[*index].location == ParamLocation::Path)
        .collect();
    path.sort_by_key(place);
    path
}

fn add_body(api: &Api, types: &[TypePlan], body: &Body, inputs: &mut Inputs) {
    let Some((id, fields)) = spread_fields(api, &body.ty).filter(|_| body.spread) else {
        inputs.body = BodyInput::Whole;
        match body.presence.is_required() {
            true => inputs.arguments.push(Input::Body),
            false => inputs.setters.push(Input::Body),
        }
        return;
    };
    let members = &types[id.0].members;
    let (required, mut optional): (Vec<usize>, Vec<usize>) =
        (0..fields.len()).partition(|index| members[*index].optionality.is_required());
    optional.retain(|index| fields[*index].access != Access::ReadOnly);
    inputs.body = match optional.is_empty() {
        true => BodyInput::Made(id),
        false => BodyInput::Held(id),
    };
    let given = required
        .into_iter()
        .filter(|index| members[*index].preset.is_none());
    let given = by_name(fields, given.collect()).into_iter();
    let input = |index| Input::Field(id, index);
    inputs.arguments.extend(given.map(input));
    inputs.setters.extend(optional.into_iter().map(input));
}

/// Returns fields in the order in which a constructor takes them.
pub fn by_name(fields: &[Field], mut indices: Vec<usize>) -> Vec<usize> {
    indices.sort_by_key(|index| &fields[*index].wire);
    indices
}

/// Returns the struct of a body that can be spread, and its fields.
fn spread_fields<'a>(api: &'a Api, ty: &Ty) -> Option<(TypeId, &'a [Field])> {
    let Ty::Named(id) = ty else { return None };
    match &api.types[id.0].shape {
        Shape::Struct { fields, .. } => Some((*id, fields)),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}
