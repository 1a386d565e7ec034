//! Names of schemas that follow from their locations.
//!
//! In: pointers. Out: names made from the keys in them. Not here: schemas.

use crate::model::origin::{Component, Origin};
use crate::report::Pointer;

/// Returns the key of a component schema.
pub(super) fn component_key(at: &Pointer) -> Option<String> {
    match Component::of(at)? {
        Component::Whole => at.split().map(|(_, key)| key),
        Component::PartOf(_) => None,
    }
}

/// Returns the key of a component schema, or an empty string for other schemas.
pub(super) fn component_name(at: &Pointer) -> String {
    component_key(at).unwrap_or_default()
}

/// Returns the pointer of the component that contains a schema.
pub(super) fn enclosing_component(at: &Pointer) -> Option<&str> {
    match Component::of(at)? {
        Component::Whole => None,
        Component::PartOf(component) => Some(component),
    }
}

/// Returns the name of a shared schema: that of the parameter, header, response or body in the components whose own schema this
/// is, or that of a schema in another file.
pub(super) fn shared_name(at: &Pointer) -> Option<String> {
    let is_shared = || matches!(Origin::of(at), Origin::Shared(..));
    let is_event = at.as_str() == "#/webhooks";
    let is_component = Component::of(at).is_some();
    if is_component || at.file().is_empty() && !is_event && !is_shared() {
        return None;
    }
    let keys: Vec<String> = at.keys().collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    match (at.file(), keys.as_slice()) {
        (_, ["components", "parameters" | "headers", name, "schema"])
        | (
            _,
            [
                "components",
                "parameters" | "headers" | "responses" | "requestBodies",
                name,
                "content",
                _,
                "schema",
            ],
        ) => Some((*name).into()),
        // The union of all webhook payloads.
        ("", ["webhooks"]) => Some("webhook event".into()),
        ("", _) => None,
        // The file contains a single schema, parameter, response or body.
        (file, [] | ["schema"] | ["content", _, "schema"]) => {
            let name = file.rsplit('/').next().unwrap_or(file);
            Some(name.split('.').next().unwrap_or(name).into())
        }
        (_, ["parameters" | "headers", name, "schema"]) => Some((*name).into()),
        (
            _,
            [name] | ["definitions" | "$defs" | "schemas", name] | ["components", "schemas", name],
        ) => Some((*name).into()),
        (_, [..]) => None,
    }
}

/// Returns the name of a component schema, or of a schema that another file defines.
pub(super) fn definition_name(at: &Pointer) -> Option<String> {
    match component_key(at) {
        Some(key) => Some(key),
        None if at.file().is_empty() => None,
        None => shared_name(at),
    }
}

/// Returns the key of the webhook that has a schema as its payload.
pub(super) fn webhook(at: &Pointer) -> Option<String> {
    if !matches!(Origin::of(at), Origin::Webhook) {
        return None;
    }
    let keys: Vec<String> = at.keys().collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    match (at.file(), keys.as_slice()) {
        ("", ["webhooks", name, _, "requestBody", "content", _, "schema"]) => Some((*name).into()),
        _ => None,
    }
}

/// Returns the key of a schema in `$defs`.
pub(super) fn defs_key(at: &Pointer) -> Option<String> {
    let (parent, key) = at.split()?;
    let parent = parent.as_str();
    let is_defs = parent.ends_with("/$defs") || parent.ends_with("/definitions");
    is_defs.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let pet = Pointer::root()
            .child("components")
            .child("schemas")
            .child("a/b");
        assert_eq!(component_name(&pet), "a/b");
        assert_eq!(enclosing_component(&pet), None);
        let name = pet.child("properties").child("name");
        assert_eq!(component_key(&name), None);
        assert_eq!(enclosing_component(&name), Some(pet.as_str()));
    }

    #[test]
    fn shared_names() {
        let name = |at: &str| shared_name(&Pointer::canonical(at));
        assert_eq!(
            name("#/components/parameters/Order/schema").as_deref(),
            Some("Order")
        );
        assert_eq!(
            name("#/components/responses/Gone/content/application~1json/schema").as_deref(),
            Some("Gone")
        );
        assert_eq!(name("#/components/schemas/A/items"), None);
        assert_eq!(name("schemas/pet.yaml#").as_deref(), Some("pet"));
        assert_eq!(name("schemas/pet.yaml#/Pet").as_deref(), Some("Pet"));
        assert_eq!(name("schemas/pet.yaml#/Pet/items"), None);
    }
}
