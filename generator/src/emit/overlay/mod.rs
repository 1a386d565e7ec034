//! The overlay that a user begins with: what was recognised in a document, and what `x-client` can say about it.
//!
//! In: the model and the plan. Out: a YAML file whose only action gives the crate the name that it has anyway. The others are comments
//! that become actions without their `# `. Not here: how overlays are applied (see `read`).

mod credentials;
mod gaps;
mod listings;
mod names;
mod settings;
mod target;
mod writer;
mod yaml;

use serde_json::json;

use crate::emit::EmitCx;
use writer::{TakesKey, Writer};

const ABOUT: &str = "What the generator recognised in the document, and what an overlay can say about it. The comments that look like \
                     actions have the values that hold anyway, or others that could hold, as the sentences above them say. To \
                     use one, remove the `# ` before its lines. The page about x-client in the generator's manual has all keys.";

/// Returns the text of an overlay for the document with this file name. `takes_key` says if an action can set
/// a key of `x-client` in the object that a JSONPath query selects.
pub fn text(cx: &EmitCx, document: &str, takes_key: &TakesKey) -> String {
    let title = format!("The Rust client of {}", writer::line(&cx.api.info.title));
    let mut writer = Writer::new(takes_key);
    writer.top(ABOUT);
    writer.raw(&format!(
        "overlay: 1.1.0\ninfo:\n  title: {}\n  version: 1.0.0\n{}actions:\n",
        yaml::scalar(&title),
        extends(document)
    ));
    let name = yaml::flow(&json!({ "x-client": { "crate": { "name": cx.names.package } } }));
    writer.raw(&format!(
        "  - target: $\n    description: The name of the crate.\n    update: {name}\n"
    ));
    settings::write(cx, &mut writer);
    credentials::write(cx, &mut writer);
    names::write(cx, &mut writer);
    listings::write(cx, &mut writer);
    gaps::write(cx, &mut writer);
    writer.finish()
}

/// Returns the line that names the document, unless its name needs more escapes in a URI than spaces do.
fn extends(document: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " -._~".contains(c);
    match document.contains(char::is_alphanumeric) && document.chars().all(is_plain) {
        true => format!("extends: {}\n", yaml::scalar(&document.replace(' ', "%20"))),
        false => String::new(),
    }
}
