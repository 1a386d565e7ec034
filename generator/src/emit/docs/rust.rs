//! A request as a Rust program.
//!
//! In: the sample of an operation, the same that the other examples show. Out: a program that compiles as it is; what has no
//! literal is read from JSON. Not here: which values (`plan`), how literals are spelled (`literal`).

use serde_json::Value;

use super::contents::access;
use super::json;
use crate::emit::Cx;
use crate::emit::rust::call;
use crate::emit::rust::literal;
use crate::model::api::{Field, Op, OpId, Reply, Scalar, Shape, Ty, TypeId};
use crate::model::ty::{non_null, resolve};
use crate::plan::exchange::Request;
use crate::plan::inputs::Input;
use crate::plan::types::Optionality;

/// A line of code is this wide at most.
const WIDTH: usize = 89;

/// The program; `None` where no value is known for something that is required.
pub fn program(cx: &Cx, id: OpId) -> Option<String> {
    let request = cx.exchanges.op(id).brief.as_ref()?;
    let (plan, names, op) = (cx.outline.op(id), cx.names.op(id), &cx.api.ops[id.0]);
    let resource = plan.resource?;
    let local = &cx.names.resource(resource).accessor;
    let arguments = plan.inputs.arguments.iter();
    let arguments = arguments.map(|input| argument(cx, op, *input, request));
    let mut steps = vec![(names.method.to_string(), arguments.collect::<Option<_>>()?)];
    for input in &plan.inputs.setters {
        if let (Some(name), Some(value)) = (names.input(*input), argument(cx, op, *input, request))
        {
            steps.push((name.to_string(), vec![value]));
        }
    }
    let (start, end, rest) = match (call::has_pages(cx, id), &op.reply) {
        (true, _) => ("let mut items = ", ".items();", PRINT_ITEMS),
        (false, Reply::Empty) => ("", ".await?;", ""),
        (false, Reply::Json { .. }) => ("let reply = ", ".await?;", PRINT_REPLY),
    };
    let call = chain(&format!("    {start}{local}"), &steps, end);
    let library = &cx.names.library;
    // JSON fails with an error of its own.
    let result = match call.contains("serde_json::") {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{library}::Result<()>"),
    };
    let access = access(cx, resource);
    Some(format!(
        "use {library}::Client;\n\n#[tokio::main]\nasync fn main() -> {result} {{\n    \
         let client = Client::from_env()?;\n    let {local} = {access};\n{call}{rest}    Ok(())\n}}"
    ))
}

const PRINT_ITEMS: &str = "    while let Some(item) = items.next().await {
        println!(\"{:?}\", item?);
    }
";
const PRINT_REPLY: &str = "    println!(\"{reply:?}\");\n";

/// Calls of methods one after the other: on a line, or each on its own.
fn chain(start: &str, steps: &[(String, Vec<String>)], end: &str) -> String {
    let flat: String = steps
        .iter()
        .map(|(method, arguments)| format!(".{method}({})", arguments.join(", ")))
        .collect();
    let flat = format!("{start}{flat}{end}\n");
    if flat.trim_end().len() <= WIDTH && flat.matches('\n').count() == 1 {
        return flat;
    }
    let mut text = format!("{start}\n");
    for (method, arguments) in steps {
        let flat = format!("        .{method}({})\n", arguments.join(", "));
        if flat.trim_end().len() <= WIDTH && flat.matches('\n').count() == 1 {
            text.push_str(&flat);
            continue;
        }
        text.push_str(&format!("        .{method}(\n"));
        for argument in arguments {
            // Blanks mean nothing in JSON, and no string of it spans lines.
            let argument = argument.replace('\n', "\n            ");
            text.push_str(&format!("            {argument},\n"));
        }
        text.push_str("        )\n");
    }
    text + &format!("        {end}\n")
}

/// The expression of an argument; `None` where nothing is sent.
fn argument(cx: &Cx, op: &Op, input: Input, request: &Request) -> Option<String> {
    match input {
        Input::Param(index) => {
            let ty = non_null(&op.params[index].ty).0;
            Some(value(cx, ty, request.params[index].as_ref()?))
        }
        Input::Body => {
            let ty = op.body.as_ref()?.json()?;
            Some(format!("&{}", read(cx, ty, "", request.body.as_ref()?)))
        }
        Input::Field(id, index) => {
            let field = field(cx, id, index)?;
            let given = request.body.as_ref()?.get(&field.wire)?;
            let member = &cx.outline.ty(id).members[index];
            let ty = match member.optionality {
                Optionality::Nullable => &field.ty,
                Optionality::Required
                | Optionality::Optional
                | Optionality::OptionalAny
                | Optionality::OptionalNullable => &member.ty,
            };
            Some(value(cx, ty, given))
        }
    }
}

fn field<'a>(cx: &Cx<'a>, id: TypeId, index: usize) -> Option<&'a Field> {
    match &cx.api.types[id.0].shape {
        Shape::Struct { fields, .. } => fields.get(index),
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => None,
    }
}

/// A literal, a list of literals, or what is read from JSON.
fn value(cx: &Cx, ty: &Ty, value: &Value) -> String {
    let literal = |ty: &Ty, value: &Value| {
        let spelled = literal::spelled(cx, ty, value)?;
        Some(
            spelled
                .strip_prefix("::")
                .map_or(spelled.clone(), str::to_owned),
        )
    };
    let (Ty::List(item), Value::Array(items)) = (resolve(cx.api, ty), value) else {
        return literal(ty, value).unwrap_or_else(|| read(cx, ty, "", value));
    };
    let item = non_null(item).0;
    let literals: Option<Vec<String>> = items.iter().map(|value| literal(item, value)).collect();
    let is_text = matches!(resolve(cx.api, item), Ty::Scalar(Scalar::String));
    match literals {
        // Nothing else says what it would be a list of.
        Some(literals) if literals.is_empty() && is_text => "Vec::<String>::new()".into(),
        Some(literals) if !literals.is_empty() => format!("[{}]", literals.join(", ")),
        Some(_) | None => read(cx, ty, "::<Vec<_>>", value),
    }
}

fn read(cx: &Cx, ty: &Ty, generics: &str, value: &Value) -> String {
    let json = json::pretty(cx, Some(ty), value);
    let longest = json
        .split('"')
        .skip(1)
        .map(|rest| rest.len() - rest.trim_start_matches('#').len());
    let hashes = "#".repeat(longest.max().unwrap_or(0) + 1);
    format!("serde_json::from_str{generics}(r{hashes}\"{json}\"{hashes})?")
}
