//! The manifest of an emitted crate.
//!
//! In: the text of its `Cargo.toml`. Out: name, version and features. Not here: other manifests. The generator writes a pair on each line,
//! so no parser is needed.

use super::model::Surface;

pub fn read(surface: &mut Surface, text: &str) {
    let mut section = "";
    for line in text.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) else {
            continue;
        };
        match (section, key) {
            ("[package]", "name") => surface.package = value.trim_matches('"').into(),
            ("[package]", "version") => surface.version = value.trim_matches('"').into(),
            ("[features]", feature) if feature != "default" && !feature.starts_with("__") => {
                surface.features.insert(feature.trim_matches('"').into());
            }
            (_, _) => {}
        }
    }
}
