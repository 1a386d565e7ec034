// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Splits a stream of bytes into server-sent events or JSON texts.
//!
//! In: chunks, cut anywhere. Out: one frame after the other, in buffers that are used again. Not here: I/O, and what a frame
//! means.

use memchr::{memchr, memchr2};
use serde::de::IgnoredAny;

/// How a stream is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events (WHATWG HTML, section 9.2.6).
    Events,
    /// A JSON text on each line (<https://jsonlines.org>).
    Lines,
    /// JSON texts that begin with a record separator (RFC 7464).
    Sequence,
}

/// The byte that separates JSON texts in a sequence.
const SEPARATOR: u8 = 0x1e;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A frame, and the bytes that belong to later ones.
pub(crate) struct Frames {
    framing: Framing,
    buffer: Vec<u8>,
    /// The start of the next line in the buffer, and the length of the prefix known to have no line
    /// end.
    start: usize,
    scanned: usize,
    /// Whether the last line ended with CR, so LF belongs to it.
    after_cr: bool,
    is_first: bool,
    /// The data of the frame: the lines of an event, or a JSON text.
    pub(crate) data: Vec<u8>,
    /// The name of the event. Empty if it has none.
    pub(crate) name: String,
    /// The id of the last event that had one.
    pub(crate) id: String,
    /// The reconnection time that the server asks for, in milliseconds.
    pub(crate) retry: Option<u64>,
    has_data: bool,
    has_frame: bool,
}

impl Frames {
    pub(crate) fn new(framing: Framing) -> Self {
        Self {
            framing,
            buffer: Vec::new(),
            start: 0,
            scanned: 0,
            after_cr: false,
            is_first: true,
            data: Vec::new(),
            name: String::new(),
            id: String::new(),
            retry: None,
            has_data: false,
            has_frame: false,
        }
    }

    /// Returns the number of buffered bytes.
    pub(crate) fn len(&self) -> usize {
        self.data.len() + self.buffer.len() - self.start
    }

    /// Adds a chunk.
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.scanned -= self.start;
            self.start = 0;
        }
        self.buffer.extend_from_slice(chunk);
    }

    /// Advances to the next frame. Returns false if more bytes are needed.
    pub(crate) fn next(&mut self) -> bool {
        if std::mem::take(&mut self.has_frame) {
            self.clear();
        }
        while let Some((start, end)) = self.line() {
            self.take(start, end);
            if self.has_frame {
                return true;
            }
        }
        false
    }

    /// Advances to the frame that the end of the stream completes. The last JSON text needs no line
    /// end. An event without the empty line after it is incomplete and is dropped.
    pub(crate) fn finish(&mut self) -> bool {
        if self.framing == Framing::Events {
            return false;
        }
        let (start, end) = (self.start, self.buffer.len());
        self.start = end;
        self.scanned = end;
        self.take(start, end);
        self.has_frame |= self.has_data;
        self.has_frame
    }

    fn clear(&mut self) {
        self.data.clear();
        self.name.clear();
        self.has_data = false;
    }

    /// Returns the range of the next complete line, without its line end.
    fn line(&mut self) -> Option<(usize, usize)> {
        if self.after_cr && self.start < self.buffer.len() {
            self.after_cr = false;
            if self.buffer[self.start] == b'\n' {
                self.start += 1;
                self.scanned = self.scanned.max(self.start);
            }
        }
        let rest = &self.buffer[self.scanned..];
        let found = match self.framing {
            Framing::Events => memchr2(b'\n', b'\r', rest),
            Framing::Lines | Framing::Sequence => memchr(b'\n', rest),
        };
        let Some(found) = found else {
            self.scanned = self.buffer.len();
            return None;
        };
        let (start, end) = (self.start, self.scanned + found);
        self.after_cr = self.buffer[end] == b'\r';
        self.start = end + 1;
        self.scanned = self.start;
        Some((start, end))
    }

    fn take(&mut self, mut start: usize, end: usize) {
        if std::mem::take(&mut self.is_first) && self.buffer[start..end].starts_with(BOM) {
            start += BOM.len();
        }
        match self.framing {
            Framing::Events => self.take_field(start, end),
            Framing::Lines => {
                let line = self.buffer[start..end].trim_ascii();
                self.data.extend_from_slice(line);
                self.has_data = !self.data.is_empty();
                self.has_frame = self.has_data;
            }
            Framing::Sequence => self.take_text(start, end),
        }
    }

    /// Handles a line of an event.
    fn take_field(&mut self, start: usize, end: usize) {
        let line = &self.buffer[start..end];
        if line.is_empty() {
            self.has_frame = self.has_data;
            if !self.has_data {
                self.name.clear();
            }
            return;
        }
        let (field, value) = match line.strip_prefix(b"data:") {
            // Most lines are data.
            Some(value) => (&b"data"[..], value),
            None => match memchr(b':', line) {
                Some(colon) => (&line[..colon], &line[colon + 1..]),
                None => (line, &b""[..]),
            },
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => {
                if self.has_data {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value);
                self.has_data = true;
            }
            b"event" => text(&mut self.name, value),
            b"id" if !value.contains(&0) => text(&mut self.id, value),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.retry = std::str::from_utf8(value)
                    .ok()
                    .and_then(|text| text.parse().ok());
            }
            // Comments have an empty name; other fields are ignored.
            _ => {}
        }
    }

    /// Handles a line of a JSON text, which may span several lines.
    fn take_text(&mut self, start: usize, end: usize) {
        let line = self.buffer[start..end].trim_ascii();
        let line = line.strip_prefix(&[SEPARATOR]).unwrap_or(line);
        if self.has_data {
            self.data.push(b'\n');
        }
        self.data.extend_from_slice(line);
        self.has_data = !self.data.is_empty();
        self.has_frame = serde_json::from_slice::<IgnoredAny>(&self.data).is_ok();
    }
}

fn text(to: &mut String, value: &[u8]) {
    to.clear();
    to.push_str(&String::from_utf8_lossy(value));
}
