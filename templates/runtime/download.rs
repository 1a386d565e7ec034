// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Binary responses: read in chunks, collected, or saved to a file.
//!
//! In: an open response. Out: [`Download`]. Not here: time limits (see `open_response`).

use std::ffi::OsString;
use std::fmt::{self, Formatter};
use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt as _;

#[cfg(feature = "blocking")]
use super::blocking::{Blocking, wait};
use super::call::{Call, Operation};
use super::client::Client;
use super::draft::Reading;
use super::error::{Error, Result, TooLargeError};
use super::headers;
use super::open_response::OpenResponse;
use super::request::secrets;
use super::response::{Raw, Response};

/// A binary response, which is read while it arrives. Dropping it cancels the rest.
///
/// Each chunk must arrive within the [timeout](crate::ClientBuilder::timeout) of the call. The
/// whole download has no time limit, and it isn't retried if the connection breaks off.
#[must_use = "a download does nothing until it is read"]
pub struct Download {
    response: OpenResponse,
}

impl Download {
    /// Returns the status, which is always a success.
    pub fn status(&self) -> StatusCode {
        self.response.meta.status
    }

    /// Returns the headers, for example `Content-Range` and `ETag`.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.meta.headers
    }

    /// Reads the headers as a type of your choice.
    ///
    /// The type is a struct with a field for each header, named like the header in lower case. The
    /// documentation of each method names the type that the document describes.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::Header`](crate::Error::Header) if a header is missing or does not fit.
    pub fn decode_headers<H: DeserializeOwned>(&self) -> Result<H> {
        headers::decode(&self.response.meta.headers)
    }

    /// Returns the value of the `Content-Type` header.
    pub fn content_type(&self) -> Option<&str> {
        self.response.meta.content_type()
    }

    /// Returns the number of bytes that are still to come, if the server announces it.
    pub fn remaining(&self) -> Option<u64> {
        self.response.announced()
    }

    /// Returns the next chunk, or `None` after the last chunk or an error.
    ///
    /// This method is cancel safe: dropping the future loses no bytes.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|context| self.response.poll_chunk(context)).await
    }

    /// Collects all bytes in memory.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::TooLarge`] if there are more than
    /// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    pub async fn bytes(mut self) -> Result<Bytes> {
        let limit = self.response.draft.client.inner.max_response_bytes;
        if self.remaining().is_some_and(|size| size > limit) {
            return Err(self.too_large(limit));
        }
        let Some(first) = self.next().await.transpose()? else {
            return Ok(Bytes::new());
        };
        let mut all: Option<BytesMut> = None;
        let mut size = first.len() as u64;
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            size += chunk.len() as u64;
            if size > limit {
                return Err(self.too_large(limit));
            }
            let all = all.get_or_insert_with(|| BytesMut::from(&first[..]));
            all.extend_from_slice(&chunk);
        }
        match all {
            Some(all) => Ok(all.freeze()),
            None if size > limit => Err(self.too_large(limit)),
            None => Ok(first),
        }
    }

    /// Saves all bytes to a file and returns their number. An existing file is replaced.
    ///
    /// The file appears only when it is complete. Until then, the bytes are in a temporary file
    /// next to it, which is deleted if the download fails or is dropped.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::File`] if the file cannot be written.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64> {
        let path = path.as_ref();
        let (partial, mut file) = Partial::create(path).await.map_err(Error::File)?;
        let mut size = 0;
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            file.write_all(&chunk).await.map_err(Error::File)?;
            size += chunk.len() as u64;
        }
        let written = partial.complete(file, path).await;
        written.map(|()| size).map_err(Error::File)
    }

    /// Like [`bytes`](Self::bytes), but blocks until all bytes arrive.
    ///
    /// # Errors
    ///
    /// Fails like `bytes`, and with [`Error::Config`] inside a Tokio runtime.
    #[cfg(feature = "blocking")]
    pub fn bytes_blocking(self) -> Result<Bytes> {
        wait(self.bytes())?
    }

    /// Like [`save`](Self::save), but blocks until the file is complete.
    ///
    /// # Errors
    ///
    /// Fails like `save`, and with [`Error::Config`] inside a Tokio runtime.
    #[cfg(feature = "blocking")]
    pub fn save_blocking(self, path: impl AsRef<Path>) -> Result<u64> {
        wait(self.save(path))?
    }

    /// Converts the download into a blocking iterator over its chunks.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }

    fn too_large(&self, limit: u64) -> Error {
        let mut secrets = secrets(&self.response.draft);
        let meta = self.response.meta.clone().scrubbed(&mut secrets);
        Error::TooLarge(Box::new(TooLargeError { meta, limit }))
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.response.poll_chunk(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Download").field(&self.response).finish()
    }
}

/// A file that is deleted unless it becomes complete.
struct Partial(Option<PathBuf>);

impl Partial {
    /// Creates an empty file in the folder of `target`, which allows renaming it to `target` later.
    async fn create(target: &Path) -> io::Result<(Self, File)> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = target.file_name().ok_or(io::ErrorKind::IsADirectory)?;
        let id = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut own = OsString::from(".");
        own.push(name);
        own.push(format!(".{}-{id}.part", std::process::id()));
        let path = target.with_file_name(own);
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).open(&path).await?;
        Ok((Self(Some(path)), file))
    }

    async fn complete(mut self, mut file: File, target: &Path) -> io::Result<()> {
        file.flush().await?;
        file.sync_all().await?;
        drop(file);
        if let Some(path) = &self.0 {
            fs::rename(path, target).await?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // There is no caller to report an error to.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Call<Download> {
    /// Creates a call that returns bytes.
    pub(crate) fn download(client: &Client, operation: &'static Operation) -> Self {
        Self::of(client, operation, decode).reading(Reading::Open)
    }
}

fn decode(raw: Raw) -> Result<Response<Download>> {
    let head = raw.head();
    Ok(head.with(of(raw)))
}

pub(crate) fn of(raw: Raw) -> Download {
    Download {
        response: OpenResponse::new(raw),
    }
}
