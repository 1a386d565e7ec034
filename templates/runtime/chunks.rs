// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Bodies that are read while they are sent.
//!
//! In: a path or a reader. Out: chunks, and calls of a function that reports progress. Not here: names and content types
//! (see `file_part`).

use std::fs::File;
use std::future::Future;
use std::io::{self, Read as _};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use super::sending::{Body, TransportError, TransportErrorKind};

/// The size of a chunk, in bytes.
const CHUNK: u64 = 64 * 1024;

/// A function that gets the number of bytes sent so far and the total number, if it is known.
pub(crate) type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// Reads a file in chunks, on a thread for blocking work.
pub(crate) struct Chunks {
    state: State,
    /// The number of promised bytes that aren't sent yet.
    left: Option<u64>,
}

pub(crate) type Reader = Box<dyn io::Read + Send>;

enum State {
    Closed(Arc<Path>),
    Open(Reader),
    Reading(JoinHandle<io::Result<(Reader, Bytes)>>),
    Done,
}

impl Chunks {
    /// Reads the file at a path, which is opened on first use. `length` is the promised length.
    pub(crate) fn path(path: Arc<Path>, length: Option<u64>) -> Self {
        Self {
            state: State::Closed(path),
            left: length,
        }
    }

    pub(crate) fn reader(reader: Reader) -> Self {
        Self {
            state: State::Open(reader),
            left: None,
        }
    }

    fn read(mut reader: Reader, most: u64) -> io::Result<(Reader, Bytes)> {
        let mut chunk = Vec::new();
        reader.by_ref().take(most).read_to_end(&mut chunk)?;
        Ok((reader, chunk.into()))
    }
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let most = self.left.unwrap_or(CHUNK).min(CHUNK);
        let mut reading = match std::mem::replace(&mut self.state, State::Done) {
            State::Done => return Poll::Ready(None),
            State::Reading(reading) => reading,
            State::Open(_) | State::Closed(_) if most == 0 => return Poll::Ready(None),
            State::Open(reader) => spawn_blocking(move || Self::read(reader, most)),
            State::Closed(path) => {
                spawn_blocking(move || Self::read(Box::new(File::open(path)?), most))
            }
        };
        let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
            self.state = State::Reading(reading);
            return Poll::Pending;
        };
        // A retry would fail, too.
        let failed = |error: io::Error| TransportError::new(TransportErrorKind::Request, error);
        let chunk = match read.map_err(io::Error::other).and_then(|read| read) {
            Ok((reader, chunk)) => {
                self.state = State::Open(reader);
                chunk
            }
            Err(error) => return Poll::Ready(Some(Err(failed(error)))),
        };
        self.left = self.left.map(|left| left - chunk.len() as u64);
        match (chunk.is_empty(), self.left) {
            (true, Some(1..)) => {
                let error = io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "a file became shorter while it was sent",
                );
                Poll::Ready(Some(Err(failed(error))))
            }
            (true, _) => Poll::Ready(None),
            (false, _) => Poll::Ready(Some(Ok(Frame::data(chunk)))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// A body with a known length that reports its progress.
pub(crate) struct Watched {
    pub(crate) body: Body,
    pub(crate) sent: u64,
    pub(crate) length: Option<u64>,
    pub(crate) progress: Option<Progress>,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let data = match &frame {
            Some(Ok(frame)) => frame.data_ref(),
            Some(Err(_)) | None => None,
        };
        if let Some(data) = data {
            self.sent += data.len() as u64;
            if let Some(report) = &self.progress {
                report(self.sent, self.length);
            }
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        let left = self.length.map(|length| length.saturating_sub(self.sent));
        left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
