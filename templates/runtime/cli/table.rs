// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The form of the table of commands, which is all that a document decides of a command line.
//!
//! Comes in: nothing. Goes out: types whose values are statics of `crate::cli`. Must not be here: what is done with them.

use std::ops::Deref;

use super::super::call::Operation;

/// A command line client.
#[derive(Debug)]
pub(crate) struct Program {
    /// The name of the binary.
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) about: &'static str,
    /// Credentials and headers of every request that a flag sets.
    pub(crate) settings: &'static [Setting],
    /// Resources with commands, grouped by the feature that compiles them.
    pub(crate) groups: &'static [&'static [Resource]],
}

impl Program {
    /// All resources, in the order of their names.
    pub(crate) fn resources(&self) -> impl Iterator<Item = &'static Resource> {
        self.groups.iter().flat_map(|group| group.iter())
    }
}

/// A flag that sets what the client's builder has a method for.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) flag: &'static str,
    /// The method of the builder, by which the service knows it.
    pub(crate) setter: &'static str,
    pub(crate) about: &'static str,
}

/// The commands of a resource.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Its path: `fine-tuning:checkpoints`.
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) commands: &'static [Command],
}

/// A command, which makes one call.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    /// A function, since methods that are not well known are made at run time.
    pub(crate) operation: fn() -> &'static Operation,
    /// In a line.
    pub(crate) about: &'static str,
    /// The rest of what the document says. May be empty.
    pub(crate) notes: &'static str,
    pub(crate) deprecated: bool,
    /// Path parameters come first, in the order in which they stand in the path, which is that of positional arguments.
    pub(crate) params: &'static [Param],
    pub(crate) body: Body,
    pub(crate) reply: Reply,
}

impl Command {
    /// The members of the body that are flags.
    pub(crate) fn members(&self) -> &'static [Member] {
        match self.body {
            Body::Members { members, .. } => members,
            Body::None | Body::Whole { .. } => &[],
        }
    }
}

/// What a flag is called, and what it takes.
#[derive(Debug)]
pub(crate) struct Flag {
    pub(crate) name: &'static str,
    /// The name in the request.
    pub(crate) wire: &'static str,
    pub(crate) kind: Kind,
    /// Each occurrence is an item of a list.
    pub(crate) repeated: bool,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    /// What the server takes its absence for. Empty where the document does not say.
    pub(crate) default: &'static str,
    /// Values that the document names. Others are sent, too: the server may know more.
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
    /// A string, or something else as JSON.
    Text,
    /// Anything, as JSON or YAML.
    Json,
}

/// A parameter of the operation.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) flag: Flag,
    pub(crate) place: Place,
    /// Between the items of a list that is sent as one value.
    pub(crate) separator: Option<char>,
}

impl Deref for Param {
    type Target = Flag;

    fn deref(&self) -> &Flag {
        &self.flag
    }
}

/// `in` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// A member of a body that is an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) flag: Flag,
    /// The JSON of the only value that it can have, which is sent unless another is given. Empty where there are several.
    pub(crate) constant: &'static str,
}

impl Deref for Member {
    type Target = Flag;

    fn deref(&self) -> &Flag {
        &self.flag
    }
}

/// The request body of a command, always JSON.
#[derive(Debug)]
pub(crate) enum Body {
    None,
    /// A value that is given as a whole.
    Whole {
        media_type: &'static str,
        flag: Flag,
    },
    /// An object whose members are flags.
    Members {
        media_type: &'static str,
        required: bool,
        members: &'static [Member],
    },
}

/// What comes when all is well.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Nothing that the document describes.
    Empty,
    Json,
    /// A page of a listing.
    Page(Paging),
}

/// The properties of a page.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) items: &'static str,
    /// Where the cursor of the next page is. `None`: there is only one page.
    pub(crate) next: Option<&'static str>,
    /// A boolean that is `false` on the last page.
    pub(crate) more: Option<&'static str>,
}

/// A flag that may be given once. A row of the table calls methods for what is otherwise, and says no more than it has to.
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

/// The flag of a parameter.
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
        separator: None,
    }
}

/// The flag of a body that is given as a whole.
pub(crate) const fn whole(name: &'static str, required: bool, about: &'static str) -> Flag {
    Flag {
        required,
        ..flag(name, "", Kind::Json, about)
    }
}

/// The flag of a member of the body.
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

/// What parameters and members have in common.
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
    pub(crate) const fn joined(mut self, separator: char) -> Self {
        self.flag.repeated = true;
        self.separator = Some(separator);
        self
    }
}

impl Member {
    pub(crate) const fn constant(mut self, json: &'static str) -> Self {
        self.constant = json;
        self
    }
}
