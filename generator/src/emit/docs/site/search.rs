//! The search index.
//!
//! In: the names of operations, parameters, types and properties. Out: a script with the rows that `search.js` reads. Not here: how
//! rows are found.

use serde_json::{Value, json};

use super::operation::param_anchor;
use super::sheet::Sheet;
use crate::emit::EmitCx;
use crate::emit::docs::contents::{ModulePage, path, sites, types};
use crate::emit::docs::places::Places;
use crate::emit::docs::title;
use crate::emit::rust::access;
use crate::emit::text::json::one_line;
use crate::emit::text::markdown;
use crate::model::api::OpId;
use crate::model::ty::{fields, path_text};

/// Returns the index: operations, resources and types, each with its page, its anchor and the names in it.
pub fn index(cx: &EmitCx, places: &Places) -> String {
    let mut text = format!(
        "// {}\nconst SEARCH_INDEX = {{\n\"operations\": [",
        cx.marker()
    );
    let sheet = Sheet::new(cx, places, "");
    let resources = || cx.outline.resources().filter(|(_, it)| !it.ops.is_empty());
    let ops = resources().flat_map(|(id, resource)| {
        let page = path(cx, ModulePage::Resource(id));
        let sheet = &sheet;
        resource
            .ops
            .iter()
            .map(move |op| operation(sheet, *op, page, access::access(cx, id).text()))
    });
    rows(&mut text, ops);
    text.push_str("],\n\"resources\": [");
    rows(
        &mut text,
        resources()
            .map(|(id, resource)| json!([path(cx, ModulePage::Resource(id)), resource.title()])),
    );
    text.push_str("],\n\"types\": [");
    let types = sites(cx).flat_map(|site| types(cx, site));
    let types = types.map(|id| {
        let names = cx.names.ty(id);
        let fields = fields(&cx.api.types[id.0].shape).iter().zip(&names.members);
        let fields: Vec<Value> = fields
            .map(|(field, name)| member(&field.wire, name.plain()))
            .collect();
        json!([places.path(id), names.name.plain(), fields])
    });
    rows(&mut text, types);
    text.push_str("]\n};\n");
    text
}

fn rows(text: &mut String, rows: impl Iterator<Item = Value>) {
    for (index, row) in rows.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&one_line(&row.to_string()));
    }
}

fn operation(sheet: &Sheet, id: OpId, page: &str, access: &str) -> Value {
    let (op, method) = (
        &sheet.cx.api.ops[id.0],
        sheet.cx.names.op(id).method.plain(),
    );
    let title = title::short_summary(op).map(markdown::visible);
    let call = format!("{access}.{method}");
    let title = title.as_deref().unwrap_or(&call);
    let params = op.params.iter().enumerate().map(|(index, param)| {
        let (anchor, _) = param_anchor(sheet, id, index);
        member(&param.wire, anchor.rsplit('.').next().unwrap_or_default())
    });
    let params: Vec<Value> = params.collect();
    let request = [op.method.as_str(), &path_text(&op.path)];
    json!([
        page,
        method,
        title,
        request,
        op.id,
        call,
        params,
        u8::from(op.doc.deprecated)
    ])
}

/// The name of a parameter or a property, with its anchor if that differs.
fn member(wire: &str, anchor: &str) -> Value {
    match wire == anchor {
        true => json!(wire),
        false => json!([wire, anchor]),
    }
}
