//! Statuses of replies, as a document writes them.
//!
//! In: nothing. Out: [`Status`], with its meaning in words. Not here: what a reply contains.

use std::fmt::{self, Display, Formatter};

/// The statuses that an answer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// `404`.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u16),
    /// All that are not listed.
    Default,
}

impl Status {
    /// In words: the reason phrase in the registry of HTTP's statuses (RFC 9110, section 16.2.1), or the class.
    pub fn meaning(self) -> String {
        let phrase = match self {
            Self::Code(200) => "ok",
            Self::Code(201) => "created",
            Self::Code(202) => "accepted",
            Self::Code(203) => "non authoritative information",
            Self::Code(204) => "no content",
            Self::Code(205) => "reset content",
            Self::Code(206) => "partial content",
            Self::Code(207) => "multi status",
            Self::Code(208) => "already reported",
            Self::Code(226) => "im used",
            Self::Code(code @ 300..) => return error_meaning(code),
            Self::Code(code) => return format!("status {code}"),
            Self::Range(3) => "redirection",
            Self::Range(4) => "client error",
            Self::Range(5) => "server error",
            Self::Range(digit) => return format!("status {digit}xx"),
            Self::Default => "default",
        };
        phrase.into()
    }
}

fn error_meaning(code: u16) -> String {
    let phrase = match code {
        300 => "multiple choices",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication required",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "payload too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        421 => "misdirected request",
        422 => "unprocessable entity",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "request header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        505 => "http version not supported",
        506 => "variant also negotiates",
        507 => "insufficient storage",
        508 => "loop detected",
        511 => "network authentication required",
        _ => return format!("status {code}"),
    };
    phrase.into()
}

impl Display for Status {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The result that a status stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    Error,
}
