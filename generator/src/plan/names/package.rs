//! The name of the package.
//!
//! In: the requested name, the title of the document. Out: a name that Cargo accepts. Not here: the rest of the manifest.

use super::reserved::CRATES;
use super::scope::KEYWORDS;
use crate::model::api::Api;
use crate::model::words::Words;

/// Returns whether Cargo and crates.io accept this as a package's name.
pub fn is_package_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !KEYWORDS.contains(&name)
        && !CRATES.contains(&name.replace('_', "-").as_str())
}

pub(super) fn run(api: &Api, asked: Option<&str>) -> String {
    let given = asked.or(api.client.package.name.as_deref());
    let spelled = || {
        // Capitals do not separate words in a title: `GitHub` is one word.
        let words = Words::of(&api.info.title.to_lowercase());
        let name = words.shortened().join('-');
        match name.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("api-{name}"),
            false => name,
        }
    };
    let name = given
        .filter(|name| is_package_name(name))
        .map_or_else(spelled, str::to_owned);
    match is_package_name(&name) {
        true => name,
        false => format!("{name}-client"),
    }
}
