// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies of the type `multipart/form-data` (RFC 7578).
//!
//! In: an object, whose files are parts of their own, and how the document encodes its properties. Out: the body, which
//! reads files while it is sent. Not here: which parts a property becomes (see `encoding`), files.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::HeaderValue;
use http_body::{Body as _, Frame, SizeHint};
use serde::ser::{Error as _, SerializeMap as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::call::Call;
use super::encoding::{Encoding, Pair, pairs};
use super::file_part::FilePart;
use super::payload::{Encode, Payload};
use super::read::Read;
use super::transport::{Body, TransportError};

/// The maximum size of a body that is assembled before it is sent, in bytes.
const WHOLE: u64 = 64 * 1024;

impl<T> Call<T> {
    pub(crate) fn multipart(self, encodings: &'static [Encoding], body: &impl Serialize) -> Self {
        let (files, json) = Files::collect(|| serde_json::to_vec(body));
        let json = json.map_err(|error| error.to_string());
        self.payload(Payload::encoded(json, Multipart { encodings, files }))
    }
}

#[cfg(feature = "cli")]
impl<T> Call<T> {
    /// Sends an object whose files are given by their paths.
    pub(crate) fn path_multipart(
        self,
        encodings: &'static [Encoding],
        files: &'static [&'static str],
        body: &serde_json::Value,
    ) -> Self {
        self.multipart(encodings, &Paths { files, body })
    }
}

/// An object with paths in place of files.
#[cfg(feature = "cli")]
struct Paths<'a> {
    /// The properties that are files.
    files: &'static [&'static str],
    body: &'a serde_json::Value,
}

#[cfg(feature = "cli")]
impl Serialize for Paths<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde_json::Value;

        let open = |path: &Value| {
            FilePart::from_argument(path.as_str().unwrap_or_default()).map_err(S::Error::custom)
        };
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.body.as_object().into_iter().flatten() {
            match value {
                value if !self.files.contains(&name.as_str()) => {
                    map.serialize_entry(name, value)?
                }
                Value::Array(paths) => {
                    let files: Result<Vec<FilePart>, S::Error> = paths.iter().map(open).collect();
                    map.serialize_entry(name, &files?)?;
                }
                path => map.serialize_entry(name, &open(path)?)?,
            }
        }
        map.end()
    }
}

/// Writes a multipart body.
struct Multipart {
    encodings: &'static [Encoding],
    files: Files,
}

impl Encode for Multipart {
    fn encode(&self, json: &[u8]) -> Result<(HeaderValue, Body), String> {
        let boundary = boundary();
        let mut parts = Parts::default();
        let find = |pair: &Pair| self.files.find(pair.texts.first()?);
        let (files, mut all): (Vec<Pair>, Vec<Pair>) = pairs(json, self.encodings)?
            .into_iter()
            .partition(|pair| find(pair).is_some());
        // Servers that read a body as it arrives want to know what a file is for.
        all.extend(files);
        for pair in all {
            let file = find(&pair);
            parts.head(&boundary, &pair, file);
            match file {
                Some(file) => parts.push(file.body()?),
                None => parts.text.push_str(&joined(&pair)),
            }
            parts.text.push_str("\r\n");
        }
        parts.text.push_str(&format!("--{boundary}--\r\n"));
        let header = format!("multipart/form-data; boundary={boundary}");
        let header = HeaderValue::try_from(header).map_err(|error| error.to_string())?;
        Ok((header, parts.finish()))
    }

    fn is_repeatable(&self) -> bool {
        self.files.files.iter().all(FilePart::is_repeatable)
    }
}

fn joined(pair: &Pair) -> String {
    pair.texts.join(pair.separator.encode_utf8(&mut [0; 4]))
}

/// Returns a random text of 128 bits, which no part contains.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("{:016x}{:016x}", random(), random())
}

/// A multipart body while it is made.
#[derive(Default)]
struct Parts {
    done: VecDeque<Body>,
    /// Text after the last file.
    text: String,
}

impl Parts {
    /// The boundary and the headers of a part.
    fn head(&mut self, boundary: &str, pair: &Pair, file: Option<&FilePart>) {
        let mut head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
            escaped(&pair.name)
        );
        let content_type = match file {
            None => pair.content_type,
            Some(file) => {
                head.push_str(&format!("; filename=\"{}\"", escaped(file.name())));
                file.media_type(pair.content_type)
            }
        };
        if !content_type.is_empty() {
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        for (name, value) in file.into_iter().flat_map(FilePart::headers) {
            head.push_str(&format!("\r\n{name}: {value}"));
        }
        self.text.push_str(&head);
        self.text.push_str("\r\n\r\n");
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

/// Bodies one after the other.
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
