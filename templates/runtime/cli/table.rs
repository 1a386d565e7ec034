// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The types of the table of commands. The table is the only part of the command line that depends on the document.
//!
//! In: nothing. Out: types whose values are statics of `crate::cli`. Not here: the interpreter.

use std::ops::Deref;
use std::path::PathBuf;
use std::pin::Pin;

use serde_json::Value;

use super::super::call::{Call, Operation};
use super::super::draft::Reading;
use super::super::response::Raw;
pub(crate) use super::super::style::Style;
use super::failure::Failure;
use super::output::Output;

/// A command line client.
#[derive(Debug)]
pub(crate) struct Program {
    /// The name of the binary.
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) about: &'static str,
    /// The settings of the client that have a flag: credentials, headers and servers.
    pub(crate) settings: &'static [Setting],
    /// The resources that have commands, grouped by the feature that compiles them.
    pub(crate) groups: &'static [&'static [Resource]],
}

impl Program {
    /// Iterates over all resources, in the order of their names.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &'static Resource> {
        self.groups.iter().flat_map(|group| group.iter())
    }
}

/// A flag that calls a method of the client's builder.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) flag: &'static str,
    /// The name of the method.
    pub(crate) setter: &'static str,
    pub(crate) about: &'static str,
}

/// The commands of a resource.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The path of the resource: `fine-tuning:checkpoints`.
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) commands: &'static [Command],
}

/// A command, which makes one call.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    /// A function, because methods that HTTP does not define are created at run time.
    pub(crate) operation: fn() -> &'static Operation,
    /// The summary, on one line.
    pub(crate) about: &'static str,
    /// The rest of the description. May be empty.
    pub(crate) notes: &'static str,
    pub(crate) deprecated: bool,
    /// The parameters. Those of the path come first, in its order, which is also the order of positional arguments.
    pub(crate) params: &'static [Param],
    pub(crate) body: Body,
    pub(crate) reply: Reply,
}

impl Command {
    /// Returns the members of the body that are flags.
    pub(crate) fn members(&self) -> &'static [Member] {
        match self.body {
            Body::Members { members, .. } => members,
            Body::None | Body::Whole { .. } => &[],
        }
    }
}

/// A flag that sets a parameter, the body or a member of the body.
#[derive(Debug)]
pub(crate) struct Flag {
    pub(crate) name: &'static str,
    /// The name in the request.
    pub(crate) wire: &'static str,
    pub(crate) kind: Kind,
    /// Whether each occurrence is an item of a list.
    pub(crate) repeated: bool,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    /// The default of the server. Empty if the document declares none.
    pub(crate) default: &'static str,
    /// The documented values. Other values are sent, too: the server may accept more.
    pub(crate) values: &'static [&'static str],
    pub(crate) about: &'static str,
}

/// The type of a flag's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    /// A string, or another value as JSON.
    Text,
    /// Any value, as JSON or YAML.
    Json,
    /// An object as JSON, or one member per occurrence: `key=value`.
    Object,
    /// The path of a file, with or without a leading `@`. `-` is standard input.
    File,
    /// The path of a file after `@`, or a string.
    FileOrText,
}

/// A parameter of the operation.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) flag: Flag,
    pub(crate) place: Place,
    pub(crate) style: Style,
}

impl Deref for Param {
    type Target = Flag;

    fn deref(&self) -> &Flag {
        &self.flag
    }
}

/// The location of a parameter (`in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// A member of an object body.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) flag: Flag,
    /// The JSON of the only documented value, which is sent by default. Empty for other members.
    pub(crate) constant: &'static str,
}

impl Deref for Member {
    type Target = Flag;

    fn deref(&self) -> &Flag {
        &self.flag
    }
}

/// The request body of a command.
#[derive(Debug)]
pub(crate) enum Body {
    None,
    /// A body that one flag sets.
    Whole {
        send: Send,
        flag: Flag,
    },
    /// An object with a flag for each member.
    Members {
        send: Send,
        required: bool,
        members: &'static [Member],
    },
}

/// Sets the body of a call.
pub(crate) type Send = fn(Call<Value>, &Value) -> Call<Value>;

/// The successful response.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Any content, or none. It is printed as JSON if it is JSON.
    Any,
    Json,
    Text,
    /// A redirect, whose location is printed.
    Redirect,
    /// A page of a listing, which its operation describes.
    Page,
    Bytes(Open),
    Stream(Open),
    /// As the status says: the location of a redirect, a body that `open` prints, or the rest.
    ByStatus {
        reading: fn(u16) -> Option<Reading>,
        open: Option<Open>,
    },
    /// JSON, or a stream if the request asks for one.
    Either {
        accept: &'static str,
        open: Open,
    },
    /// The usual representation, or another one that a flag asks for.
    Several(&'static Reply, &'static [Alternative]),
}

/// Another representation of a response.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The value of the `Accept` header.
    pub(crate) accept: &'static str,
    pub(crate) reply: Reply,
}

impl Alternative {
    pub(crate) fn media_types(&self) -> impl Iterator<Item = &'static str> {
        self.accept.split(", ")
    }
}

/// Prints a response whose body is still to be read. The path is the value of `--output`.
pub(crate) type Open = for<'a, 'b> fn(
    Raw,
    &'a mut Output<'b>,
    Option<PathBuf>,
) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

impl Reply {
    /// Returns the representation that is requested without flags.
    pub(crate) fn usual(&self) -> &Self {
        match self {
            Self::Several(usual, _) => usual,
            reply => reply,
        }
    }

    /// Returns the representations that `--accept` chooses from.
    pub(crate) fn alternatives(&self) -> &'static [Alternative] {
        match self {
            Self::Several(_, others) => others,
            _ => &[],
        }
    }

    /// Returns whether a representation can be saved to a file.
    pub(crate) fn saves(&self) -> bool {
        let others = self.alternatives().iter().map(|it| &it.reply);
        let mut all = std::iter::once(self.usual()).chain(others);
        let saves =
            |reply: &Self| matches!(reply, Self::Bytes(_) | Self::ByStatus { open: Some(_), .. });
        all.any(saves)
    }

    /// Returns how the response is read.
    pub(crate) fn reading(&self) -> Reading {
        match self {
            Self::Any | Self::Json | Self::Text | Self::Page => Reading::Whole,
            Self::Redirect => Reading::Redirect,
            Self::Bytes(_) | Self::Stream(_) | Self::Either { .. } => Reading::Open,
            Self::ByStatus { reading, .. } => Reading::ByStatus(*reading),
            Self::Several(usual, _) => usual.reading(),
        }
    }
}

/// Returns an optional flag that may occur once. Rows of the table call the methods of `flag_methods!` if
/// something differs.
const fn flag(name: &'static str, wire: &'static str, kind: Kind, about: &'static str) -> Flag {
    Flag {
        name,
        wire,
        kind,
        repeated: false,
        required: false,
        deprecated: false,
        default: "",
        values: &[],
        about,
    }
}

/// Returns a parameter with the default style of its location.
pub(crate) const fn param(
    place: Place,
    name: &'static str,
    wire: &'static str,
    kind: Kind,
    about: &'static str,
) -> Param {
    Param {
        flag: flag(name, wire, kind, about),
        place,
        style: match place {
            Place::Path | Place::Header => Style::SIMPLE,
            Place::Query | Place::Cookie => Style::FORM,
        },
    }
}

/// Returns the flag of a whole body.
pub(crate) const fn whole(
    name: &'static str,
    kind: Kind,
    required: bool,
    about: &'static str,
) -> Flag {
    Flag {
        required,
        ..flag(name, "", kind, about)
    }
}

/// Returns the flag of a member of the body.
pub(crate) const fn member(
    name: &'static str,
    wire: &'static str,
    kind: Kind,
    about: &'static str,
) -> Member {
    Member {
        flag: flag(name, wire, kind, about),
        constant: "",
    }
}

/// The builder methods that parameters and members share.
macro_rules! flag_methods {
    ($name:ident) => {
        impl $name {
            pub(crate) const fn required(mut self) -> Self {
                self.flag.required = true;
                self
            }

            pub(crate) const fn repeated(mut self) -> Self {
                self.flag.repeated = true;
                self
            }

            pub(crate) const fn deprecated(mut self) -> Self {
                self.flag.deprecated = true;
                self
            }

            pub(crate) const fn default(mut self, default: &'static str) -> Self {
                self.flag.default = default;
                self
            }

            pub(crate) const fn values(mut self, values: &'static [&'static str]) -> Self {
                self.flag.values = values;
                self
            }
        }
    };
}

flag_methods!(Param);
flag_methods!(Member);

impl Param {
    pub(crate) const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }
}

impl Member {
    pub(crate) const fn constant(mut self, json: &'static str) -> Self {
        self.constant = json;
        self
    }
}
