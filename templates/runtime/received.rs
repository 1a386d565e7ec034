// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The body of a response while its chunks arrive.
//!
//! In: chunks. Out: all of their bytes. Not here: limits, reading (see `send`).

use bytes::Bytes;

/// A body that is being read. A body of one chunk is not copied.
#[derive(Default)]
pub(crate) struct Chunked {
    first: Bytes,
    all: Vec<u8>,
}

impl Chunked {
    pub(crate) fn len(&self) -> u64 {
        self.first.len().max(self.all.len()) as u64
    }

    pub(crate) fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
    }

    pub(crate) fn finish(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.into()
        }
    }
}
