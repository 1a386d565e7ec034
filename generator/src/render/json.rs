//! Diagnostics for programs.
//!
//! In: diagnostics and their source. Out: a line of JSON for each. Not here: looking up lines.

use super::{Location, locations};
use crate::read::Source;
use crate::report::Diagnostics;

/// Returns all diagnostics as JSON, an object on each line: `code`, `level`, `message`, `help`,
/// `pointer`, `file`, `line`, `column`. Unknown values are `null`; lines and columns count from 1.
pub fn json(diagnostics: &Diagnostics, source: &Source) -> String {
    let mut text = String::new();
    for (diagnostic, location) in diagnostics.iter().zip(locations(diagnostics, source)) {
        let (file, line, column) = match location {
            Some(Location { file, line, column }) => (Some(file), Some(line), Some(column)),
            None => (None, None, None),
        };
        let object = serde_json::json!({
            "code": diagnostic.code.id(),
            "level": diagnostic.level.as_str(),
            "message": diagnostic.text,
            "help": diagnostic.help,
            "pointer": diagnostic.at.as_str(),
            "file": file,
            "line": line,
            "column": column,
        });
        text += &object.to_string();
        text.push('\n');
    }
    text
}
