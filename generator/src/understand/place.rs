//! What a JSON pointer says about where a schema stands.
//!
//! In: pointers. Out: names taken from their segments. Not here: schemas.

use crate::report::Pointer;

/// Where the schemas of the components stand.
const SCHEMAS: &str = "#/components/schemas/";

/// The key of a schema of the components, still escaped.
pub(super) fn component_key(at: &Pointer) -> Option<&str> {
    let key = at.as_str().strip_prefix(SCHEMAS)?;
    (!key.contains('/')).then_some(key)
}

/// The key of a schema of the components. Empty for other schemas.
pub(super) fn component_name(at: &Pointer) -> String {
    component_key(at).map(unescape).unwrap_or_default()
}

/// The pointer of the component that a schema stands in.
pub(super) fn enclosing_component(at: &Pointer) -> Option<&str> {
    let rest = at.as_str().strip_prefix(SCHEMAS)?;
    let end = rest.find('/')?;
    Some(&at.as_str()[..SCHEMAS.len() + end])
}

/// The name of what is shared by being defined where nothing uses it: a parameter, header, response or body of the components
/// whose own schema this is, or a schema of another file.
pub(super) fn shared_name(at: &Pointer) -> Option<String> {
    let text = at.as_str();
    if text.starts_with('#') && (text.starts_with(SCHEMAS) || !text.starts_with("#/components/")) {
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
        ("", _) => None,
        // A file of its own for a schema, a parameter, a response or a body.
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

/// The name of a schema of the components, or of one that another file defines.
pub(super) fn definition_name(at: &Pointer) -> Option<String> {
    match component_key(at) {
        Some(key) => Some(unescape(key)),
        None if at.file().is_empty() => None,
        None => shared_name(at),
    }
}

/// The key of a schema of `$defs`.
pub(super) fn defs_key(at: &Pointer) -> Option<String> {
    let (place, key) = at.as_str().rsplit_once('/')?;
    let (_, place) = place.rsplit_once('/')?;
    matches!(place, "$defs" | "definitions").then(|| unescape(key))
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
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
