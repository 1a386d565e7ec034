// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Files to send: bytes, a file on disk, or a stream.
//!
//! In: a source, a name, a content type. Out: a body that is read while it is sent. Not here: the parts of a multipart body
//! (see `multipart`).

use std::fmt::{self, Formatter};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use http_body::Body as _;

use super::call::Call;
use super::chunks::{Chunks, Progress, Watched};
use super::payload::{Encode, Payload};
use super::sending::Body;

/// A file to send, with its name and content type.
///
/// Bytes and strings convert into a `FilePart`. Files on disk and streams are read while they are
/// sent, so large ones need little memory. A request with a stream can be sent only once, so it is
/// not retried.
///
/// ```no_run
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::FilePart;")]
///
/// let text = FilePart::from("a,b\n1,2\n").file_name("table.csv");
/// let image = FilePart::open("cat.png")?.on_progress(|sent, total| println!("{sent} of {total:?} bytes"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct FilePart {
    source: Source,
    length: Option<u64>,
    name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    progress: Option<Progress>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(Arc<Path>),
    /// `None` once it is sent.
    Stream(Arc<Mutex<Option<Body>>>),
}

impl FilePart {
    fn new(source: Source, length: Option<u64>) -> Self {
        Self {
            source,
            length,
            name: None,
            content_type: None,
            headers: Vec::new(),
            progress: None,
        }
    }

    /// Uses a file on disk. The file is opened again for each attempt, and its name is taken from
    /// the path.
    ///
    /// # Errors
    ///
    /// Fails if the file does not exist.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let found = fs::metadata(path)?;
        // A pipe can be read once.
        let part = match found.is_file() {
            true => Self::new(Source::Path(path.into()), Some(found.len())),
            false => Self::reader(File::open(path)?),
        };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, ..part })
    }

    /// Uses a stream, for example a [`Body::new`] of any [`http_body::Body`].
    pub fn stream(stream: impl Into<Body>) -> Self {
        let stream = stream.into();
        let length = stream.size_hint().exact();
        Self::new(Source::Stream(Arc::new(Mutex::new(Some(stream)))), length)
    }

    /// Uses a reader, which is read on a thread for blocking work.
    pub fn reader(reader: impl io::Read + Send + 'static) -> Self {
        Self::stream(Body::new(Chunks::reader(Box::new(reader))))
    }

    /// Sets the file name that the server gets. Default: the file name of the path, else `upload`.
    pub fn file_name(self, name: impl Into<String>) -> Self {
        let name = Some(name.into());
        Self { name, ..self }
    }

    /// Sets the content type. Default: the type that the document declares, else the one for the
    /// file extension, else `application/octet-stream`.
    pub fn content_type(self, content_type: impl Into<String>) -> Self {
        let content_type = Some(content_type.into());
        Self {
            content_type,
            ..self
        }
    }

    /// Adds a header to the file's part of a multipart body.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the length of a stream in bytes. Without it, the request has no `Content-Length`
    /// header, which some servers reject.
    pub fn length(self, length: u64) -> Self {
        let length = Some(length);
        Self { length, ..self }
    }

    /// Calls a function with the number of bytes sent so far and the total number, if it is known.
    pub fn on_progress(self, report: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        let progress: Option<Progress> = Some(Arc::new(report));
        Self { progress, ..self }
    }

    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("upload")
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = &(String, String)> {
        self.headers.iter()
    }

    /// Returns the content type. `declared` is the type of the document, or empty.
    pub(crate) fn media_type<'a>(&'a self, declared: &'a str) -> &'a str {
        let by_name = || self.name.as_deref().and_then(by_extension);
        match (&self.content_type, declared) {
            (Some(given), _) => given,
            (None, "") => by_name().unwrap_or("application/octet-stream"),
            (None, declared) => declared,
        }
    }

    /// Returns whether the file can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self.source {
            Source::Bytes(_) | Source::Path(_) => true,
            Source::Stream(_) => false,
        }
    }

    /// Returns the bytes as text, if they are in memory and UTF-8.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.source {
            Source::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            Source::Path(_) | Source::Stream(_) => None,
        }
    }

    /// Returns the bytes to send.
    pub(crate) fn body(&self) -> Result<Body, String> {
        if let Some(line) = self
            .headers
            .iter()
            .find(|(name, value)| !is_header(name, value))
        {
            return Err(format!("HTTP does not allow the header {:?}", line.0));
        }
        let body = match &self.source {
            Source::Bytes(bytes) => Body::from(bytes.clone()),
            Source::Path(path) => Body::new(Chunks::path(path.clone(), self.length)),
            Source::Stream(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                let stream = stream.take();
                stream.ok_or("the stream was sent before, and can be read only once")?
            }
        };
        let is_sized = body.size_hint().exact() == self.length;
        Ok(match (&self.progress, is_sized) {
            (None, true) => body,
            (progress, _) => Body::new(Watched {
                body,
                sent: 0,
                length: self.length,
                progress: progress.clone(),
            }),
        })
    }
}

/// Returns whether a name and a value form exactly one header of a part.
fn is_header(name: &str, value: &str) -> bool {
    http::HeaderName::try_from(name).is_ok() && HeaderValue::from_str(value).is_ok()
}

impl<T: Into<Bytes>> From<T> for FilePart {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        let length = bytes.len() as u64;
        Self::new(Source::Bytes(bytes), Some(length))
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Compares streams by identity.
impl PartialEq for FilePart {
    fn eq(&self, other: &Self) -> bool {
        let is_same = match (&self.source, &other.source) {
            (Source::Bytes(a), Source::Bytes(b)) => a == b,
            (Source::Path(a), Source::Path(b)) => a == b,
            (Source::Stream(a), Source::Stream(b)) => Arc::ptr_eq(a, b),
            (Source::Bytes(_) | Source::Path(_) | Source::Stream(_), _) => false,
        };
        is_same
            && (&self.name, &self.content_type, &self.headers)
                == (&other.name, &other.content_type, &other.headers)
    }
}

/// Returns the content type for common file extensions.
fn by_extension(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "csv" => "text/csv",
        "flac" => "audio/flac",
        "gif" => "image/gif",
        "gz" => "application/gzip",
        "htm" | "html" => "text/html",
        "jpeg" | "jpg" => "image/jpeg",
        "json" => "application/json",
        "js" | "mjs" => "text/javascript",
        "m4a" | "mp4" => "video/mp4",
        "md" => "text/markdown",
        "mp3" | "mpga" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain",
        "wasm" => "application/wasm",
        "wav" => "audio/wav",
        "webm" => "video/webm",
        "webp" => "image/webp",
        "xml" => "application/xml",
        "zip" => "application/zip",
        _ => return None,
    })
}

impl<T> Call<T> {
    /// Sends a file as the body.
    pub(crate) fn file(self, media_type: &'static str, file: impl Into<FilePart>) -> Self {
        let file = file.into();
        self.payload(Payload::encoded(Ok(Vec::new()), Whole { media_type, file }))
    }
}

#[cfg(feature = "cli")]
impl<T> Call<T> {
    /// Sends the file with this path as the body.
    pub(crate) fn path_file(self, media_type: &'static str, path: &serde_json::Value) -> Self {
        match FilePart::from_argument(path.as_str().unwrap_or_default()) {
            Ok(file) => self.file(media_type, file),
            Err(error) => self.payload(Payload::new(
                media_type,
                Err::<Vec<u8>, _>(error.to_string()),
            )),
        }
    }
}

#[cfg(feature = "cli")]
impl FilePart {
    /// Opens the file that a command line names, with or without a `@`, and shows the progress on a
    /// terminal.
    pub(crate) fn from_argument(path: &str) -> io::Result<Self> {
        use std::io::{IsTerminal, Write, stderr};

        let file = match path.strip_prefix('@').unwrap_or(path) {
            "-" => Self::reader(io::stdin()),
            path => Self::open(path)?,
        };
        if !stderr().is_terminal() {
            return Ok(file);
        }
        Ok(file.on_progress(|sent, total| {
            // Progress is optional, so errors are ignored.
            let _ = match total {
                Some(total) if sent >= total => write!(stderr(), "\r\x1b[K"),
                Some(total) => write!(stderr(), "\r{sent} of {total} bytes sent ..."),
                None => write!(stderr(), "\r{sent} bytes sent ..."),
            };
        }))
    }
}

/// Writes a file as the body.
struct Whole {
    media_type: &'static str,
    file: FilePart,
}

impl Encode for Whole {
    fn encode(&self, _: &[u8]) -> Result<(HeaderValue, Body), String> {
        let content_type = self.file.media_type(self.media_type);
        let header = HeaderValue::from_str(content_type)
            .map_err(|_| "HTTP does not allow this content type".to_owned())?;
        Ok((header, self.file.body()?))
    }

    fn is_repeatable(&self) -> bool {
        self.file.is_repeatable()
    }
}
