//! The location of a value in the document.
//!
//! In: keys and indices, on the way down. Out: a [`Pointer`]. Not here: lines and columns, which only rendering looks up.

use std::borrow::{Borrow, Cow};
use std::fmt;

/// A JSON pointer (RFC 6901) into the document, in the form of a URI fragment: `#/paths/~1models/get`.
///
/// A pointer into another file of the document's folder has the file before the `#`: `schemas/pet.yaml#/Pet`.
/// Characters are not percent-encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document, `#`.
    pub fn root() -> Self {
        Self("#".into())
    }

    /// Returns the pointer to the whole of another file.
    pub fn of_file(path: &str) -> Self {
        Self(format!("{path}#"))
    }

    /// Returns a pointer that is known to be in canonical form, as every `$ref` is once it is
    /// lowered.
    pub fn canonical(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the child with this key or index.
    pub fn child(&self, key: &str) -> Self {
        let mut child = Self(String::with_capacity(self.0.len() + key.len() + 1));
        child.0.push_str(&self.0);
        child.push(key);
        child
    }

    /// Goes down to a child. [`truncate`](Self::truncate) to the returned length goes up again.
    pub fn push(&mut self, key: &str) -> usize {
        let length = self.0.len();
        self.0.push('/');
        if memchr::memchr2(b'~', b'/', key.as_bytes()).is_none() {
            self.0.push_str(key);
            return length;
        }
        for c in key.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                c => self.0.push(c),
            }
        }
        length
    }

    /// Goes up again, to the pointer that had this length.
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Returns the parent, and the last key. `None` for a whole document.
    pub fn split(&self) -> Option<(Self, String)> {
        let text = self.as_str();
        let end = memchr::memrchr(b'/', text.as_bytes())?;
        let (parent, key) = (&text[..end], &text[end + 1..]);
        memchr::memchr(b'#', parent.as_bytes())?;
        Some((Self(parent.into()), unescape(key).into_owned()))
    }

    /// Keys and indices, from the root.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.segments().map(Cow::into_owned)
    }

    /// Returns the unescaped segments, from the root on. They are borrowed if nothing is escaped.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let path = self.0.split_once('#').map_or("", |(_, path)| path);
        path.split('/').skip(1).map(unescape)
    }

    /// Returns the way from another pointer down to this one, as a pointer of its own. `None` if
    /// this one is not at or below it.
    pub fn below(&self, above: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(above.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(format!("#{rest}")))
    }

    /// Returns the file that it points into, which is empty for the document itself.
    pub fn file(&self) -> &str {
        self.0.split_once('#').map_or("", |(file, _)| file)
    }

    /// Returns the operation that the value is in: `#/paths/~1models/get`, or
    /// `#/paths/~1models/additionalOperations/COPY`.
    pub fn operation(&self) -> Option<&str> {
        let text = self.as_str();
        let path = text.strip_prefix("#/paths/")?;
        let mut ends = path.match_indices('/').map(|(at, _)| at + "#/paths/".len());
        let (method, end) = (ends.next()?, ends.next());
        let is_additional = &text[method..end.unwrap_or(text.len())] == "/additionalOperations";
        let end = if is_additional {
            end?;
            ends.next()
        } else {
            end
        };
        Some(&text[..end.unwrap_or(text.len())])
    }

    /// Returns the text, `#/...`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(key: &str) -> Cow<'_, str> {
    match memchr::memchr(b'~', key.as_bytes()) {
        Some(_) => key.replace("~1", "/").replace("~0", "~").into(),
        None => key.into(),
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_and_split() {
        let at = Pointer::root().child("paths").child("/a~b").child("get");
        assert_eq!(at.as_str(), "#/paths/~1a~0b/get");
        assert_eq!(at.keys().collect::<Vec<_>>(), ["paths", "/a~b", "get"]);
        assert_eq!(
            at.split(),
            Some((Pointer::canonical("#/paths/~1a~0b"), "get".into()))
        );
        assert_eq!(Pointer::root().split(), None);
        assert_eq!(Pointer::of_file("a/b.yaml").split(), None);
        assert_eq!(Pointer::of_file("a/b.yaml").child("x").file(), "a/b.yaml");
    }
}
