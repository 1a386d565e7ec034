//! Discriminators: references and names made canonical.
//!
//! In: the discriminator at `walk.at`. Out: the same, its targets as pointers, or as names to look up when the table is
//! complete (see `finish`).

use serde_json::Value;

use super::object::Object;
use super::resolve::resolve_here;
use super::state::Walk;
use super::table;
use crate::report::Code;

/// Makes the targets canonical.
pub(super) fn resolve(walk: &mut Walk, value: &mut Value) {
    if let Value::String(name) = value {
        walk.report.add(
            Code::RepairedType,
            &walk.at,
            "a discriminator must be an object; this is read as its property",
        );
        let mut discriminator = Object::new();
        discriminator.insert("propertyName".into(), name.as_str().into());
        *value = Value::Object(discriminator);
    }
    let Value::Object(discriminator) = value else {
        return;
    };
    if let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") {
        mapping
            .retain(|key, target| resolve_target(walk, target, &format!("the mapping of {key}")));
    }
    let default = discriminator.get_mut("defaultMapping");
    if default.is_some_and(|target| !resolve_target(walk, target, "the default mapping")) {
        discriminator.shift_remove("defaultMapping");
    }
}

/// Makes a reference to a schema canonical and leaves a name as it is. Returns false if neither is there.
fn resolve_target(walk: &mut Walk, target: &mut Value, what: &str) -> bool {
    let Value::String(text) = target else {
        return true;
    };
    let is_file = [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| text.ends_with(end));
    if !is_file && !text.contains(['#', '/']) {
        return true;
    }
    let resolved = resolve_here(walk, text);
    match &resolved {
        Some(pointer) => *target = table::marker(pointer),
        None => {
            walk.report
                .lose(Code::IgnoredKeyword, &walk.at, format!("{what} is ignored"));
        }
    }
    resolved.is_some()
}
