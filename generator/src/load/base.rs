//! Where the document's references start.
//!
//! In: the document's path in its folder, and what it says of its URI. Out: paths in that folder. Nothing is fetched.

use serde_json::Value;

use super::folder::{join, percent_decode, split_reference};

/// Where the document is, and where its references start (OpenAPI 3.2, 4.1.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// Where the document is in its folder.
    pub path: String,
    /// Where its relative references start: another place if `$self` is relative.
    referrer: String,
    /// Its URI, if `$self` is absolute. The folder stands for what is beside it.
    uri: Option<String>,
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A path in the folder, and a fragment, percent-decoded.
    File(String, String),
    /// A path that is not in the folder.
    Outside,
    /// Another host, or a URI that nothing here has.
    Remote,
    /// Nothing: it is not a URI reference.
    Invalid,
}

impl Base {
    pub(super) fn of(path: &str, document: &Value) -> Self {
        let stated = document
            .get("$self")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let stated = stated.split('#').next().unwrap_or_default();
        let is_absolute = stated.contains("://");
        let referrer = match is_absolute || stated.is_empty() {
            true => None,
            false => join(path, stated),
        };
        Self {
            path: path.to_owned(),
            referrer: referrer.unwrap_or_else(|| path.to_owned()),
            uri: is_absolute.then(|| stated.to_owned()),
        }
    }

    /// What a reference in a file of the folder leads to; the empty path is the document.
    pub fn target(&self, file: &str, reference: &str) -> Target {
        let from = if file.is_empty() {
            &self.referrer
        } else {
            file
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

    /// What the folder has for an absolute URI.
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
    fn a_relative_uri_moves_where_references_start() {
        let base = Base::of("a.yaml", &json!({ "$self": "v1/api.yaml" }));
        assert_eq!(target(&base, "", "b.yaml#/c"), "v1/b.yaml#/c");
        assert_eq!(target(&base, "", "#/c"), "a.yaml#/c");
        assert_eq!(target(&base, "v1/b.yaml", "c.yaml"), "v1/c.yaml#");
    }
}
