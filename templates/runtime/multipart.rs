// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies of the type `multipart/form-data` (RFC 7578), and of other multipart types (RFC 2046, 5.1).
//!
//! In: an object or a list, whose files become separate parts, and the encodings of its properties or items. Out: the body, which
//! reads files while it is sent. Not here: which parts a property becomes (see `encoding`), files.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::HeaderValue;
use http_body::{Body as _, Frame, SizeHint};
use serde::ser::Error as _;
#[cfg(feature = "cli")]
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::call::Call;
use super::encoding::{Encoding, Pair, items, pairs};
use super::file_part::FilePart;
use super::finite;
use super::payload::{Encode, Payload};
use super::read::Read;
use super::sending::{Body, TransportError};

/// The maximum size of a body that is assembled before it is sent, in bytes.
const WHOLE: u64 = 64 * 1024;

/// The usual media type. Its parts have names, and files come last.
const FORM_DATA: &str = "multipart/form-data";

impl<T> Call<T> {
    /// Sends a part for each property.
    pub(crate) fn multipart(self, encodings: &'static [Encoding], body: &impl Serialize) -> Self {
        self.multipart_as(FORM_DATA, encodings, body)
    }

    pub(crate) fn multipart_as(
        self,
        media_type: &'static str,
        encodings: &'static [Encoding],
        body: &impl Serialize,
    ) -> Self {
        self.all_parts(media_type, encodings, pairs, body)
    }

    /// Sends a part for each item of a list.
    pub(crate) fn parts(
        self,
        media_type: &'static str,
        encodings: &'static [Encoding],
        body: &impl Serialize,
    ) -> Self {
        self.all_parts(media_type, encodings, items, body)
    }

    fn all_parts(
        self,
        media_type: &'static str,
        encodings: &'static [Encoding],
        split: Split,
        body: &impl Serialize,
    ) -> Self {
        let (files, json) = Files::collect(|| finite::to_json(body));
        let encoder = Multipart {
            media_type,
            encodings,
            split,
            files,
        };
        self.payload(Payload::encoded(json, encoder))
    }
}

#[cfg(feature = "cli")]
impl<T> Call<T> {
    /// Sends an object whose files are given by their paths. `files` are their names; `None`: all properties are files.
    pub(crate) fn path_multipart(
        self,
        encodings: &'static [Encoding],
        files: Option<&'static [&'static str]>,
        either: &'static [&'static str],
        body: &serde_json::Value,
    ) -> Self {
        self.path_multipart_as(FORM_DATA, encodings, files, either, body)
    }

    pub(crate) fn path_multipart_as(
        self,
        media_type: &'static str,
        encodings: &'static [Encoding],
        files: Option<&'static [&'static str]>,
        either: &'static [&'static str],
        body: &serde_json::Value,
    ) -> Self {
        let body = PathObject {
            files,
            either,
            body,
        };
        self.multipart_as(media_type, encodings, &body)
    }

    /// Sends a list whose files are given by their paths. The last element of `files` applies to all further items.
    pub(crate) fn path_parts(
        self,
        media_type: &'static str,
        encodings: &'static [Encoding],
        files: &'static [bool],
        body: &serde_json::Value,
    ) -> Self {
        self.parts(media_type, encodings, &PathList { files, body })
    }
}

/// An object with paths in place of files.
#[cfg(feature = "cli")]
struct PathObject<'a> {
    /// The properties that are files. `None` if all are files.
    files: Option<&'static [&'static str]>,
    /// The properties that are a file or a text: `@path` is a file, `\@text` the text `@text`.
    either: &'static [&'static str],
    body: &'a serde_json::Value,
}

#[cfg(feature = "cli")]
impl Serialize for PathObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.body.as_object().into_iter().flatten() {
            let has = |names: &[&str]| names.contains(&name.as_str());
            let is_path = match self.files.is_none_or(has) {
                true => Some(IsPath::Always),
                false => has(self.either).then_some(IsPath::AfterAt),
            };
            match (is_path, value) {
                (None, value) => map.serialize_entry(name, value)?,
                (Some(is_path), serde_json::Value::Array(values)) => {
                    let values: Vec<PathPart> = (values.iter())
                        .map(|value| PathPart { is_path, value })
                        .collect();
                    map.serialize_entry(name, &values)?;
                }
                (Some(is_path), value) => {
                    map.serialize_entry(name, &PathPart { is_path, value })?
                }
            }
        }
        map.end()
    }
}

/// When a value is the path of a file.
#[cfg(feature = "cli")]
#[derive(Clone, Copy)]
enum IsPath {
    Always,
    AfterAt,
}

#[cfg(feature = "cli")]
struct PathPart<'a> {
    is_path: IsPath,
    value: &'a serde_json::Value,
}

#[cfg(feature = "cli")]
impl Serialize for PathPart<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.value.as_str().unwrap_or_default();
        match self.is_path {
            IsPath::AfterAt if !text.starts_with('@') => match text.strip_prefix('\\') {
                Some(rest) if rest.starts_with('@') => rest.serialize(serializer),
                Some(_) | None => self.value.serialize(serializer),
            },
            IsPath::Always | IsPath::AfterAt => open::<S::Error>(self.value)?.serialize(serializer),
        }
    }
}

/// A list with paths in place of files.
#[cfg(feature = "cli")]
struct PathList<'a> {
    /// Whether each item is a file.
    files: &'static [bool],
    body: &'a serde_json::Value,
}

#[cfg(feature = "cli")]
impl Serialize for PathList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq as _;

        let mut list = serializer.serialize_seq(None)?;
        for (index, value) in self.body.as_array().into_iter().flatten().enumerate() {
            match self.files.get(index).or(self.files.last()) {
                Some(true) => list.serialize_element(&open::<S::Error>(value)?)?,
                Some(false) | None => list.serialize_element(value)?,
            }
        }
        list.end()
    }
}

/// Opens the file of a path.
#[cfg(feature = "cli")]
fn open<E: serde::ser::Error>(path: &serde_json::Value) -> Result<FilePart, E> {
    FilePart::from_argument(path.as_str().unwrap_or_default()).map_err(E::custom)
}

/// Splits JSON into the texts of the parts.
type Split = fn(&[u8], &[Encoding]) -> Result<Vec<Pair>, String>;

/// Writes a multipart body.
struct Multipart {
    media_type: &'static str,
    encodings: &'static [Encoding],
    split: Split,
    files: Files,
}

impl Encode for Multipart {
    fn encode(&self, json: &[u8]) -> Result<(HeaderValue, Body), String> {
        let boundary = boundary();
        let mut parts = Parts::default();
        let find = |pair: &Pair| self.files.find(pair.texts.first()?);
        let mut all = (self.split)(json, self.encodings)?;
        if self.media_type == FORM_DATA {
            // A server that reads the body while it arrives may need the other values to process a file.
            all.sort_by_key(|pair| find(pair).is_some());
        }
        for pair in all {
            let file = find(&pair);
            parts.head(&boundary, &pair, file);
            match file {
                Some(file) => parts.push(file.body()?),
                None => parts.text.push_str(&pair.joined()?),
            }
            parts.text.push_str("\r\n");
        }
        parts.text.push_str(&format!("--{boundary}--\r\n"));
        let header = format!("{}; boundary={boundary}", self.media_type);
        let header = HeaderValue::try_from(header).map_err(|error| error.to_string())?;
        Ok((header, parts.finish()))
    }

    fn is_repeatable(&self) -> bool {
        self.files.files.iter().all(FilePart::is_repeatable)
    }
}

/// Returns a random text of 128 bits, which no part contains.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("{:016x}{:016x}", random(), random())
}

/// A multipart body under construction.
#[derive(Default)]
struct Parts {
    done: VecDeque<Body>,
    /// The text after the last file.
    text: String,
}

impl Parts {
    /// Writes the boundary and the headers of a part.
    fn head(&mut self, boundary: &str, pair: &Pair, file: Option<&FilePart>) {
        self.text.push_str(&format!("--{boundary}\r\n"));
        let mut disposition = match (pair.name.as_str(), file) {
            ("", None) => String::new(),
            ("", Some(_)) => "attachment".to_owned(),
            (name, _) => format!("form-data; name=\"{}\"", escaped(name)),
        };
        let content_type = match file {
            None => pair.content_type,
            Some(file) => {
                disposition.push_str(&format!("; filename=\"{}\"", escaped(file.name())));
                file.media_type(pair.content_type)
            }
        };
        let own = [
            ("Content-Disposition", disposition.as_str()),
            ("Content-Type", content_type),
        ];
        let own = own.into_iter().filter(|(_, value)| !value.is_empty());
        let given = file.into_iter().flat_map(FilePart::headers);
        let given: Vec<(&str, &str)> = given.map(|(name, value)| (&**name, &**value)).collect();
        let is_given = |name: &str| given.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        let declared = pair.headers.iter().copied();
        let declared = declared.filter(|(name, _)| !is_given(name));
        for (name, value) in own.chain(declared).chain(given.iter().copied()) {
            self.text.push_str(&format!("{name}: {value}\r\n"));
        }
        self.text.push_str("\r\n");
    }

    fn push(&mut self, body: Body) {
        let text = std::mem::take(&mut self.text);
        self.done.extend([Body::from(text), body]);
    }

    fn finish(mut self) -> Body {
        self.done.push_back(Body::from(self.text));
        let whole: Option<Vec<&Bytes>> = self.done.iter().map(Body::as_bytes).collect();
        match whole {
            Some(parts) if parts.iter().map(|part| part.len() as u64).sum::<u64>() <= WHOLE => {
                let parts: Vec<&[u8]> = parts.into_iter().map(|part| &part[..]).collect();
                Body::from(parts.concat())
            }
            Some(_) | None => Body::new(Sequence(self.done)),
        }
    }
}

/// Returns a name for a header, escaped as browsers do (HTML, "multipart/form-data encoding
/// algorithm").
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Several bodies, sent one after the other.
struct Sequence(VecDeque<Body>);

impl http_body::Body for Sequence {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(body) = self.0.front_mut() {
            if let Some(frame) = ready!(Pin::new(body).poll_frame(context)) {
                return Poll::Ready(Some(frame));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let sizes: Option<Vec<u64>> = self.0.iter().map(|body| body.size_hint().exact()).collect();
        sizes.map_or_else(SizeHint::new, |sizes| {
            SizeHint::with_exact(sizes.iter().sum())
        })
    }
}

thread_local! {
    /// The files of the value that this thread serializes.
    static COLLECTED: RefCell<Option<Files>> = const { RefCell::new(None) };
}

/// The files of a multipart body. JSON cannot contain them, so it has a mark for each file.
#[derive(Default)]
struct Files {
    /// A random text, so no other text can be mistaken for a mark.
    mark: String,
    files: Vec<FilePart>,
}

impl Files {
    /// Serializes a value, and collects the files in it.
    fn collect<R>(serialize: impl FnOnce() -> R) -> (Self, R) {
        let random = || RandomState::new().hash_one(0_u8);
        let files = Self {
            mark: format!("{:016x}{:016x}:", random(), random()),
            files: Vec::new(),
        };
        COLLECTED.set(Some(files));
        let result = serialize();
        (COLLECTED.take().unwrap_or_default(), result)
    }

    fn push(&mut self, file: &FilePart) -> String {
        self.files.push(file.clone());
        format!("{}{}", self.mark, self.files.len() - 1)
    }

    /// Returns the file that a text marks.
    fn find(&self, text: &str) -> Option<&FilePart> {
        let index = text.strip_prefix(&self.mark)?.parse().ok();
        index.and_then(|index: usize| self.files.get(index))
    }
}

/// Outside of a multipart body, UTF-8 bytes are serialized as a string.
impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mark = COLLECTED.with_borrow_mut(|files| Some(files.as_mut()?.push(self)));
        if let Some(mark) = mark {
            return serializer.serialize_str(&mark);
        }
        match self.as_text() {
            Some(text) => serializer.serialize_str(text),
            None => Err(S::Error::custom("JSON cannot hold this file")),
        }
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl<'de> Read<'de> for FilePart {
    fn read<D: Deserializer<'de>>(
        deserializer: D,
        place: &mut Option<Self>,
    ) -> Result<(), D::Error> {
        *place = Some(Self::deserialize(deserializer)?);
        Ok(())
    }
}
