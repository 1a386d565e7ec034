//! Replies: what a call returns.
//!
//! In: nothing. Out: types only. Not here: replies as the document describes them (see `operations`).

use serde_json::Value;

use super::status::Status;
use super::types::Ty;

/// The value that a success decodes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// No content is expected; what comes is ignored.
    Empty,
    Json {
        ty: Ty,
        /// The document's example.
        example: Option<Value>,
        emptiness: Emptiness,
    },
    /// Text of any kind.
    Text,
    /// The location of a redirect, which is not followed.
    Redirect,
    /// Bytes, which are read while they arrive.
    Binary,
    Stream(Stream),
    /// The types of successes differ.
    ByStatus(Vec<Success>),
}

impl Reply {
    /// Returns the types of its JSON, each once per status.
    pub fn types(&self) -> Vec<&Ty> {
        match self {
            Self::Empty | Self::Text | Self::Redirect | Self::Binary => Vec::new(),
            Self::Stream(stream) => stream.item.iter().collect(),
            Self::Json { ty, .. } => vec![ty],
            Self::ByStatus(all) => (all.iter())
                .filter_map(|success| success.content.ty())
                .collect(),
        }
    }
}

impl Reply {
    /// Returns the only JSON that it can be, besides nothing and the location of a redirect.
    pub fn listed(&self) -> Option<&Ty> {
        match self {
            Self::Json { ty, .. } => Some(ty),
            Self::ByStatus(all) => {
                let mut found = None;
                for success in all {
                    match &success.content {
                        SuccessContent::Empty | SuccessContent::Redirect => {}
                        SuccessContent::Json { ty, .. } if found.is_none() => found = Some(ty),
                        SuccessContent::Json { .. }
                        | SuccessContent::Text
                        | SuccessContent::Binary
                        | SuccessContent::Stream(_) => return None,
                    }
                }
                found
            }
            Self::Empty | Self::Text | Self::Redirect | Self::Binary | Self::Stream(_) => None,
        }
    }

    /// Returns whether a success may be empty where another one has content.
    pub fn may_be_empty(&self) -> bool {
        match self {
            Self::Json { emptiness, .. } => *emptiness != Emptiness::Never,
            Self::ByStatus(all) => all.iter().any(|it| it.content == SuccessContent::Empty),
            Self::Empty | Self::Text | Self::Redirect | Self::Binary | Self::Stream(_) => false,
        }
    }
}

/// Values, each of which is read when it arrives.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// `None` if the document does not describe the values and they aren't JSON.
    pub item: Option<Ty>,
    pub framing: Framing,
}

/// How a stream is divided into values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events, whose data is the value.
    Events,
    /// Server-sent events, each of which is a value with its name, data and id.
    EventObjects,
    /// JSON lines.
    Lines,
    /// JSON texts after record separators (RFC 7464).
    Sequence,
}

/// Another representation of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// [`Reply::Text`], [`Reply::Binary`] or [`Reply::Stream`].
    pub reply: Reply,
    pub accept: Vec<String>,
    /// The property of the body that asks for it if it is `true`.
    pub property: Option<String>,
}

/// Whether a reply may be empty instead of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Emptiness {
    Never,
    /// The document describes a success without content beside the one with JSON: with these
    /// statuses, and perhaps with 204 or 205, which never have any.
    Documented(Vec<u16>),
}

/// One of several successes.
#[derive(Clone, Debug, PartialEq)]
pub struct Success {
    pub status: Status,
    pub content: SuccessContent,
}

/// The content of one of several successes.
#[derive(Clone, Debug, PartialEq)]
pub enum SuccessContent {
    Empty,
    Json {
        ty: Ty,
        example: Option<Value>,
    },
    Text,
    /// The location of a redirect, which is not followed.
    Redirect,
    /// Bytes, which are read while they arrive.
    Binary,
    Stream(Stream),
}

impl SuccessContent {
    /// Returns the type of its JSON, or of the values of its stream.
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json { ty, .. } => Some(ty),
            Self::Stream(stream) => stream.item.as_ref(),
            Self::Empty | Self::Text | Self::Redirect | Self::Binary => None,
        }
    }

    /// Returns whether its body is read while it arrives.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Binary | Self::Stream(_) => true,
            Self::Empty | Self::Json { .. } | Self::Text | Self::Redirect => false,
        }
    }
}
