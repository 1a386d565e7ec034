//! Base URIs of the document and its files.
//!
//! In: the path of the document in its folder, and the URIs that files declare. Out: paths in that folder. Not here: fetching;
//! nothing is ever fetched.

use serde_json::Value;

use crate::maps::HashMap;

use super::uri::{join, percent_decode, split_reference, within};

/// The path of the document, and the base URIs of references (OpenAPI 3.2, 4.1.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The path of the document in its folder.
    pub path: String,
    /// The base of its relative references, which differs from `path` if `$self` is relative.
    referrer: String,
    /// Its URI, if `$self` is absolute. Relative URIs are then files of the folder.
    uri: Option<String>,
    /// The bases of relative references in other files, if they differ from the path.
    referrers: HashMap<String, String>,
    /// The URIs of files, and the files by them. The empty path is the document.
    uris: HashMap<String, String>,
    files: HashMap<String, String>,
}

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A path in the folder, and a fragment, percent-decoded.
    File(String, String),
    /// A path that is not in the folder.
    Outside,
    /// Another host, or a URI that no file here has.
    Remote,
    /// Nothing: it is not a URI reference.
    Invalid,
}

impl Base {
    pub(super) fn of(path: &str, document: &Value) -> Self {
        let mut base = Self {
            path: path.to_owned(),
            referrer: path.to_owned(),
            ..Self::default()
        };
        match identity(path, document) {
            None => {}
            Some(Identity::Path(referrer)) => base.referrer = referrer,
            Some(Identity::Uri(uri)) => {
                base.uris.insert(String::new(), uri.clone());
                base.files.insert(uri.clone(), path.to_owned());
                base.uri = Some(uri);
            }
        }
        base
    }

    /// Adds another file, which may declare its own URI.
    pub(super) fn add(&mut self, path: &str, file: &Value) {
        match identity(path, file) {
            None => {}
            Some(Identity::Path(referrer)) => {
                drop(self.referrers.insert(path.to_owned(), referrer))
            }
            Some(Identity::Uri(uri)) => {
                self.uris.insert(path.to_owned(), uri.clone());
                // The first one keeps it: the document takes precedence.
                self.files.entry(uri).or_insert_with(|| path.to_owned());
            }
        }
    }

    /// Returns the target of a reference in a file of the folder; the empty path is the document.
    pub fn target(&self, file: &str, reference: &str) -> Target {
        if let Some(target) = self.named(file, reference) {
            return target;
        }
        let from = match file {
            "" => &self.referrer,
            file => self.referrers.get(file).map_or(file, String::as_str),
        };
        if let Some((path, fragment)) = split_reference(reference) {
            return match path.as_str() {
                "" => Target::File(
                    if file.is_empty() { &self.path } else { file }.to_owned(),
                    fragment,
                ),
                path => {
                    join(from, path).map_or(Target::Outside, |path| Target::File(path, fragment))
                }
            };
        }
        if !(reference.contains(':') || reference.starts_with("//")) {
            return Target::Invalid;
        }
        self.below(reference).unwrap_or(Target::Remote)
    }

    /// Returns the file with the URI of a reference.
    fn named(&self, file: &str, reference: &str) -> Option<Target> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if self.files.is_empty() || path.is_empty() {
            return None;
        }
        let uri = match path.contains(':') {
            true => path.to_owned(),
            false => within(self.uris.get(file)?, path)?,
        };
        let file = self.files.get(uri.trim_end_matches('#'))?;
        Some(Target::File(file.clone(), percent_decode(fragment)?))
    }

    /// Returns the file of the folder for an absolute URI.
    fn below(&self, reference: &str) -> Option<Target> {
        let uri = self.uri.as_deref()?;
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_decode(fragment)?;
        if file == uri {
            return Some(Target::File(self.path.clone(), fragment));
        }
        let authority = uri.find("://")? + "://".len();
        let folder = authority + uri[authority..].rfind('/')? + 1;
        let path = percent_decode(file.strip_prefix(&uri[..folder])?)?;
        Some(join(&self.path, &path).map_or(Target::Outside, |path| Target::File(path, fragment)))
    }
}

/// The URI that a file declares.
enum Identity {
    Uri(String),
    /// Relative to where it is.
    Path(String),
}

fn identity(path: &str, file: &Value) -> Option<Identity> {
    let declared = file.get("$self")?.as_str()?;
    let declared = declared.split('#').next().filter(|text| !text.is_empty())?;
    match declared.contains(':') {
        true => Some(Identity::Uri(declared.to_owned())),
        false => join(path, declared).map(Identity::Path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn target(base: &Base, file: &str, reference: &str) -> String {
        match base.target(file, reference) {
            Target::File(path, fragment) => format!("{path}#{fragment}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn without_a_uri_of_its_own() {
        let base = Base::of("spec/a.yaml", &json!({}));
        assert_eq!(target(&base, "", "#/b"), "spec/a.yaml#/b");
        assert_eq!(target(&base, "", "../c.yaml#/b"), "c.yaml#/b");
        assert_eq!(target(&base, "c.yaml", "#/b"), "c.yaml#/b");
        assert_eq!(target(&base, "", "../../c.yaml"), "Outside");
        assert_eq!(
            target(&base, "", "https://a.example/spec/a.yaml#/b"),
            "Remote"
        );
        assert_eq!(target(&base, "", "#/%zz"), "Invalid");
    }

    #[test]
    fn an_absolute_uri_stands_for_the_file() {
        let base = Base::of(
            "spec/a.yaml",
            &json!({ "$self": "https://a.example/v1/api" }),
        );
        assert_eq!(target(&base, "", "b.yaml"), "spec/b.yaml#");
        assert_eq!(
            target(&base, "spec/b.yaml", "https://a.example/v1/api#/c%20d"),
            "spec/a.yaml#/c d"
        );
        assert_eq!(
            target(&base, "", "https://a.example/v1/x/b.yaml#/c"),
            "spec/x/b.yaml#/c"
        );
        assert_eq!(target(&base, "", "https://a.example/v2/b.yaml"), "Remote");
        assert_eq!(
            target(&base, "", "https://a.example/v1/../../../b.yaml"),
            "Outside"
        );
        let bare = Base::of("a.yaml", &json!({ "$self": "https://a.example" }));
        assert_eq!(target(&bare, "", "https://a.example/b.yaml"), "Remote");
    }

    #[test]
    fn other_files_have_uris_too() {
        let mut base = Base::of(
            "a.yaml",
            &json!({ "$self": "https://a.example/api/a.yaml" }),
        );
        assert_eq!(target(&base, "", "../common/b.yaml"), "Outside");
        base.add(
            "b.yaml",
            &json!({ "$self": "https://a.example/common/b.yaml" }),
        );
        base.add("c.yaml", &json!({ "$self": "deep/c.yaml" }));
        for reference in ["../common/b.yaml#/c", "https://a.example/common/b.yaml#/c"] {
            assert_eq!(target(&base, "", reference), "b.yaml#/c");
        }
        assert_eq!(target(&base, "b.yaml", "../api/a.yaml#/d"), "a.yaml#/d");
        assert_eq!(target(&base, "b.yaml", "#/d"), "b.yaml#/d");
        assert_eq!(target(&base, "b.yaml", "b.yaml#/d"), "b.yaml#/d");
        assert_eq!(target(&base, "c.yaml", "d.yaml"), "deep/d.yaml#");
    }

    #[test]
    fn a_relative_uri_moves_where_references_start() {
        let base = Base::of("a.yaml", &json!({ "$self": "v1/api.yaml" }));
        assert_eq!(target(&base, "", "b.yaml#/c"), "v1/b.yaml#/c");
        assert_eq!(target(&base, "", "#/c"), "a.yaml#/c");
        assert_eq!(target(&base, "v1/b.yaml", "c.yaml"), "v1/c.yaml#");
    }
}
