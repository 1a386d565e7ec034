//! The service as the document means it: the one intermediate representation (IR).
//!
//! In: nothing; `understand` fills it in. Out: types only, read by `plan` and `emit`.
//! Not here: Rust words, tokens, `$ref`s, decisions.
//!
//! Definitions ([`TypeDef`]) have an identity and get a name; uses ([`Ty`]) are plain trees.

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
    Body, BodyContent, Empty, Encoding, EncodingStyle, Explode, Naming, NestedList, Omitted, Op,
    Param, ParamLocation, ParamStyle, Piece, Repetition, ReplyHeaders, Reserved, Skipped, Syntax,
};
pub use paging::{
    End, FieldId, LinkHeader, Listing, NextPage, Paging, PagingSource, Path, Position, Unclear,
};
pub use reply::{Alternative, Emptiness, Framing, Reply, Stream, Success, SuccessContent};
pub use service::{
    ClientSettings, Credential, CredentialLocation, Endpoints, ErrorShape, ExampleFile,
    HeaderSetting, Info, Package, ResourceDoc, Scheme, SchemeIndex, Server, ServerVariable,
    Signature,
};
pub use status::{Outcome, Status};
pub use types::{
    Access, Direction, Doc, EnumValue, Extent, Field, Literal, OpId, Owner, Presence, Repr, Rest,
    Role, Scalar, Shape, Tag, Ty, TypeDef, TypeId, Usage, Variant, Wanted, Why,
};

use crate::report::Pointer;

/// The whole service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    pub info: Info,
    pub client: ClientSettings,
    /// The servers; requests go to the first one.
    pub servers: Vec<Server>,
    pub schemes: Vec<Scheme>,
    pub types: Vec<TypeDef>,
    pub ops: Vec<Op>,
    pub webhooks: Webhooks,
    /// Operations of the document that are not among them, in its order.
    pub skipped: Vec<Skipped>,
    /// Descriptions of resources by their path (`["fine_tuning", "checkpoints"]`).
    pub resources: Vec<ResourceDoc>,
    /// The examples that fit the schema that they are of.
    pub examples: Vec<Example>,
}

impl Api {
    /// Returns the base URL of the first server, without a trailing slash. Empty if the document
    /// has none that is complete.
    pub fn base_url(&self) -> String {
        let server = self.servers.first().filter(|server| !server.is_relative());
        server.map_or(String::new(), Server::default_url)
    }

    /// Returns the schemes that a credential of this name satisfies.
    pub fn schemes_of<'a>(&'a self, credential: &'a str) -> impl Iterator<Item = &'a Scheme> {
        let takes =
            move |scheme: &&Scheme| scheme.credentials.iter().any(|it| it.name == credential);
        self.schemes.iter().filter(takes)
    }

    /// Returns all replies of calls, with their other representations.
    pub fn replies(&self) -> impl Iterator<Item = &Reply> {
        self.ops.iter().flat_map(|op| {
            let others = op.alternatives.iter().map(|it| &it.reply);
            std::iter::once(&op.reply).chain(others)
        })
    }

    /// Returns the number of operations with a method. An operation can have several.
    pub fn operation_count(&self) -> usize {
        let locations: BTreeSet<&Pointer> = self.ops.iter().map(|op| &op.at).collect();
        locations.len()
    }
}

/// A value that the document gives for a type, and that its schema allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The value itself, or what holds it.
    pub at: Pointer,
    pub ty: Ty,
    pub direction: Direction,
    /// As JSON, with the keys of objects in order.
    pub json: String,
}
