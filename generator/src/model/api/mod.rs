//! The meaning of the document: the only intermediate representation (IR).
//!
//! In: nothing; `understand` builds it. Out: types only, which `plan` and `emit` read.
//! Not here: names in Rust, tokens, `$ref`s, decisions.
//!
//! Definitions ([`TypeDef`]) have an identity and get a name. Uses ([`Ty`]) are plain trees.

mod answer;
mod incoming;
mod method;
mod operations;
mod paging;
mod reply;
mod service;
mod status;
mod types;

use std::collections::BTreeSet;

pub use answer::{Answer, Link};
pub use incoming::{IncomingParam, IncomingRequest, Payload, Webhooks};
pub use method::HttpMethod;
pub use operations::{
    Body, BodyContent, Empty, Encoding, EncodingStyle, Explode, Idempotency, Naming, NestedList,
    Omitted, Op, Param, ParamLocation, ParamStyle, Piece, ReplyHeaders, Reserved, Skipped, Syntax,
};
pub use paging::{
    End, FieldId, LinkHeader, Listing, NextPage, Numbering, Paging, PagingSource, Path, Position,
    Unclear,
};
pub use reply::{Alternative, Emptiness, Framing, Reply, Stream, Success, SuccessContent};
pub use service::{
    ClientSettings, Credential, CredentialLocation, Endpoints, ErrorShape, ExampleFile,
    HeaderSetting, Info, LeftOut, Misfits, NameSettings, NameSource, Package, ResourceDoc, Scheme,
    SchemeIndex, Server, ServerVariable, Signature, UnsupportedScheme,
};
pub use status::{Outcome, Status};
pub use types::{
    Access, Direction, Doc, EnumValue, Extent, Field, Literal, NameOrigin, OpId, Owner, Presence,
    Repr, Rest, Role, Scalar, Shape, Tag, Ty, TypeDef, TypeId, UntypedReason, Usage, Variant,
};

use crate::report::Pointer;

/// The whole service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    pub info: Info,
    pub client: ClientSettings,
    /// The servers. By default, requests go to the first one.
    pub servers: Vec<Server>,
    pub schemes: Vec<Scheme>,
    /// The schemes whose credentials the client does not send.
    pub unsupported_schemes: Vec<UnsupportedScheme>,
    pub types: Vec<TypeDef>,
    /// Whether strings of digits are read as numbers.
    pub reads_digits: bool,
    /// The names of properties whose values are passwords or write-only, which `Debug` does not show.
    pub secrets: BTreeSet<String>,
    pub ops: Vec<Op>,
    pub webhooks: Webhooks,
    /// The operations of the document that are left out, in its order.
    pub skipped: Vec<Skipped>,
    /// The descriptions of resources, by path (`["fine_tuning", "checkpoints"]`).
    pub resources: Vec<ResourceDoc>,
    /// The examples that their schemas allow.
    pub examples: Vec<Example>,
}

impl Api {
    /// Returns the base URL of the first server, without a slash at the end. It is empty if the
    /// document has no complete URL.
    pub fn base_url(&self) -> String {
        let server = self.servers.first().filter(|server| !server.is_relative());
        server.map_or(String::new(), Server::default_url)
    }

    /// Returns the base URL of an operation by default: a path, or nothing, if the document names no
    /// host.
    pub fn server_of(&self, op: &Op) -> String {
        let base = self.servers.first();
        let base = base.map_or(String::new(), Server::default_url);
        match op.server.as_deref() {
            None => base,
            Some(own) if own.starts_with('/') => {
                let host = base.find("://").map_or(0, |colon| colon + 3);
                let path = base[host..].find('/').unwrap_or(base.len() - host);
                base[..host + path].to_owned() + own.trim_end_matches('/')
            }
            Some(own) => own.to_owned(),
        }
    }

    /// Iterates over the schemes that a credential of this name satisfies.
    pub fn schemes_of<'a>(&'a self, credential: &'a str) -> impl Iterator<Item = &'a Scheme> {
        let takes =
            move |scheme: &&Scheme| scheme.credentials.iter().any(|it| it.name == credential);
        self.schemes.iter().filter(takes)
    }

    /// Iterates over all replies of calls and their other representations.
    pub fn replies(&self) -> impl Iterator<Item = &Reply> {
        self.ops.iter().flat_map(|op| {
            let others = op.alternatives.iter().map(|it| &it.reply);
            std::iter::once(&op.reply).chain(others)
        })
    }

    /// Returns the number of operations that have a method. An operation can have several.
    pub fn operation_count(&self) -> usize {
        let locations: BTreeSet<&Pointer> = self.ops.iter().map(|op| &op.at).collect();
        locations.len()
    }
}

/// An example of a type in the document that its schema allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The location of the value, or of the object that contains it.
    pub at: Pointer,
    pub ty: Ty,
    pub direction: Direction,
    /// The value as JSON, with the keys of objects in order.
    pub json: String,
}
