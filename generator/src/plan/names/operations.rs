//! Names of operations and of their inputs.
//!
//! In: the outline, the names in the same modules. Out: [`OpNames`] for each. Not here: the command line (see `cli`).

use std::collections::BTreeMap;

use super::inputs::requested_name;
use super::reserved::{CALL, CLIENT, RESOURCE, STATICS, TYPES, VARIANTS};
use super::resources::ResourceNames;
use super::scope::{Case, Name, Scope};
use super::settings::SchemeNames;
use crate::model::api::{Api, Op, OpId, Reply, Status};
use crate::model::ty::{errors_by_status, path_text};
use crate::plan::inputs::Input;
use crate::plan::members::Optionality;
use crate::plan::outline::Outline;

/// The names of an operation.
#[derive(Clone, Debug)]
pub struct OpNames {
    pub method: Name,
    /// The struct of the call, if it has one of its own.
    pub call: Option<Name>,
    /// The static that describes it.
    pub operation: Name,
    /// The static that says how the properties of its body are encoded, if the document does.
    pub encodings: Option<Name>,
    /// Arguments and setters.
    inputs: BTreeMap<Input, Name>,
    /// Setters of `null`, by the setters of values.
    nulls: BTreeMap<Input, Name>,
    /// Methods for other representations of the reply, by their index.
    pub alternatives: Vec<Name>,
    /// The enum of a reply whose type depends on the status.
    pub reply: Option<ReplyNames>,
    /// Another name of the union of its errors, which other operations may have, too.
    pub error: Option<Name>,
}

/// The names of a reply whose type depends on the status.
#[derive(Clone, Debug)]
pub struct ReplyNames {
    pub ty: Name,
    /// By the index of the success.
    pub variants: Vec<Name>,
}

impl OpNames {
    /// Returns the name of an argument or a setter; `None` if the input is neither.
    pub fn input(&self, input: Input) -> Option<&Name> {
        self.inputs.get(&input)
    }

    /// Returns the name of the setter that sends `null`; `None` if that is the same as sending
    /// nothing.
    pub fn null(&self, input: Input) -> Option<&Name> {
        self.nulls.get(&input)
    }
}

pub(super) fn run(
    api: &Api,
    outline: &Outline,
    resources: &[ResourceNames],
    schemes: &[SchemeNames],
) -> Vec<OpNames> {
    let mut names: Vec<Option<OpNames>> = vec![None; api.ops.len()];
    for (id, resource) in outline.resources() {
        let mut methods = match resource.is_client() {
            true => Scope::new(Case::Snake, CLIENT),
            false => Scope::new(Case::Snake, RESOURCE),
        };
        let mut calls = Scope::new(Case::Pascal("Call"), TYPES);
        let mut statics = Scope::new(Case::Shout("OPERATION"), STATICS);
        calls.reserve(&resources[id.0].structure);
        if resource.is_client() {
            for root in outline.roots().filter(|root| *root != id) {
                methods.reserve(&resources[root.0].accessor);
            }
        }
        for child in &resource.children {
            methods.reserve(&resources[child.0].accessor);
        }
        for scheme in schemes {
            statics.reserve(&scheme.constant);
        }
        let mut order = resource.ops.clone();
        order.sort_by_cached_key(|id| (api.ops[id.0].name.clone(), path_text(&api.ops[id.0].path)));
        let has_encodings = |id: OpId| {
            let body = api.ops[id.0].body.as_ref();
            body.is_some_and(|body| !body.content.encodings().is_empty())
        };
        for id in order {
            let name = &api.ops[id.0].name;
            let (alternatives, [inputs, nulls]) = input_names(api, outline, id);
            let has_own_call = outline.op(id).has_own_call;
            let call = has_own_call.then(|| calls.claim(name));
            // A name of one letter is the same in both cases.
            call.iter().for_each(|call| statics.reserve(call));
            names[id.0] = Some(OpNames {
                method: methods.claim(name),
                call,
                operation: statics.claim(name),
                encodings: has_encodings(id).then(|| statics.claim(&format!("{name} encodings"))),
                inputs,
                nulls,
                alternatives,
                reply: reply(&api.ops[id.0], &mut calls),
                error: errors_by_status(api, &api.ops[id.0])
                    .map(|_| calls.claim(&format!("{name} error"))),
            });
        }
    }
    names.into_iter().flatten().collect()
}

/// Returns the names of a reply whose type depends on the status.
fn reply(op: &Op, calls: &mut Scope) -> Option<ReplyNames> {
    let Reply::ByStatus(successes) = &op.reply else {
        return None;
    };
    let wanted: Vec<String> = successes
        .iter()
        .map(|success| self::success(success.status))
        .collect();
    Some(ReplyNames {
        ty: calls.claim(&format!("{} reply", op.name)),
        variants: Scope::new(Case::Pascal("Status"), VARIANTS).claim_all(&wanted),
    })
}

/// The statuses of a success without a code are those that no other success has.
fn success(status: Status) -> String {
    match status {
        Status::Code(_) | Status::Range(3..) => status.meaning(),
        Status::Range(_) | Status::Default => "success".into(),
    }
}

/// Returns the names of methods for other representations, and those of arguments and setters,
/// which share a scope. Arguments come first, and setters of null, which are named after others,
/// last.
fn input_names(api: &Api, outline: &Outline, id: OpId) -> (Vec<Name>, [BTreeMap<Input, Name>; 2]) {
    let inputs = &outline.op(id).inputs;
    let mut scope = Scope::new(Case::Snake, CALL);
    let alternatives = api.ops[id.0].alternatives.iter();
    let alternatives = alternatives.map(|it| scope.claim(representation(&it.reply)));
    let alternatives: Vec<Name> = alternatives.collect();
    let mut claim = |inputs: &[Input], suffix: &str| -> Vec<(Input, Name)> {
        let wanted: Vec<String> = inputs
            .iter()
            .map(|input| format!("{}{suffix}", requested_name(api, id, *input)))
            .collect();
        inputs
            .iter()
            .copied()
            .zip(scope.claim_all(&wanted))
            .collect()
    };
    let is_nullable = |input: &Input| match *input {
        Input::Field(ty, index) => {
            outline.ty(ty).members[index].optionality == Optionality::OptionalNullable
        }
        Input::Param(_) | Input::Body => false,
    };
    let nullable: Vec<Input> = inputs.setters.iter().copied().filter(is_nullable).collect();
    let given = [claim(&inputs.arguments, ""), claim(&inputs.setters, "")];
    let nulls = claim(&nullable, " null");
    let given = given.into_iter().flatten().collect();
    (alternatives, [given, nulls.into_iter().collect()])
}

/// Returns the name of a representation of a reply.
fn representation(reply: &Reply) -> &'static str {
    match reply {
        Reply::Text => "text",
        Reply::Binary => "download",
        Reply::Stream(_) => "stream",
        Reply::Empty | Reply::Json { .. } | Reply::Redirect | Reply::ByStatus(_) => "other",
    }
}
