// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! Share a fine-tuned model checkpoint with other projects.
//!
//! Permissions of fine-tuned model checkpoints: organization owners use them to share a fine-tuned
//! model with other projects of their organization, to see which projects it is shared with, and
//! to take a project's access back.
//!
//! This client is generated from "Fine-tuning checkpoint permissions" 1.0.0.
//!
//! # A first call
//!
//! ```no_run
//! # async fn example() -> openai_permissions::Result<()> {
//! use openai_permissions::Client;
//!
//! let client = Client::from_env()?;
//! let permissions = client.fine_tuning().checkpoints().permissions();
//! let mut items = permissions.list("ft-AF1WoRqd3aJAHsqc9NY7iL8F").items();
//! while let Some(item) = items.next().await {
//!     let item = item?;
//!     println!("{item:?}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A method returns a call. Setters on the call add optional parameters, and awaiting it sends the request. Every call also has
//! `with_response()`, which returns status, headers and request id with the value, `build()`, which returns the HTTP request without
//! sending it, and `options()`, which takes [`CallOptions`]. All calls fail with [`Error`].
//!
//! # Pages
//!
//! Awaiting the call of a listing returns one page. `items()` and `pages()` return streams over all pages. See [`pages`].
//!
//! # Calls
//!
//! - [`client.fine_tuning().checkpoints().permissions()`](fine_tuning::checkpoints::permissions::Permissions)
//!   - [`retrieve`](fine_tuning::checkpoints::permissions::Permissions::retrieve): Retrieve one page of checkpoint permissions as the server sends it.
//!   - [`list`](fine_tuning::checkpoints::permissions::Permissions::list): List checkpoint permissions.
//!   - [`create`](fine_tuning::checkpoints::permissions::Permissions::create): Create checkpoint permissions.
//!   - [`delete`](fine_tuning::checkpoints::permissions::Permissions::delete): Delete checkpoint permission.
//!
//! # Settings
//!
//! [`Client::from_env`] reads settings from the environment. [`Client::builder`] takes them from your code.
//!
//! - `OPENAI_ADMIN_KEY`: The admin API key, which the permission endpoints ask for. See [`admin_api_key`](ClientBuilder::admin_api_key).
//! - `OPENAI_API_KEY`: The API key, used where no admin API key is set. See [`api_key`](ClientBuilder::api_key).
//! - `OPENAI_ORG_ID`: The organization that requests are counted for. See [`organization`](ClientBuilder::organization).
//! - `OPENAI_PROJECT_ID`: The project that requests are counted for. See [`project`](ClientBuilder::project).
//! - `OPENAI_BASE_URL`: the base URL of the API. See [`base_url`](ClientBuilder::base_url).
//! - `OPENAI_CUSTOM_HEADERS`: headers that are sent with every request, as lines of `Name: value`.
//!
//! # Features
//!
//! - `rustls` (default): HTTPS with rustls and *ring*, through reqwest: 1.4 times the first build without TLS. Without it, the client needs a `transport`.
//! - `aws-lc-rs`: AWS-LC instead of *ring*: post-quantum key exchange and FIPS. Twice the first build without TLS; it needs CMake on some systems.
//! - `blocking`: `send_blocking()` on every call, and `items_blocking()` and `pages_blocking()` on those of listings, for code that is not async.
//! - `brotli`: Asks for responses that are compressed with brotli, and decompresses them.
//! - `cli`: The command line client `openai`. It needs Rust 1.89.
//! - `gzip`: Asks for responses that are compressed with gzip, and decompresses them.
//! - `http2`: HTTP/2, if the server supports it.
//! - `jiff`: Methods that return times, dates and durations as types of `jiff`, whose `to_string()` is what the API takes.
//! - `socks`: Proxies with SOCKS: `ALL_PROXY=socks5h://localhost:1080`.
//! - `test-util`: `testing::MockTransport`, which answers by method and path, or from a script: tests need no network. Types of responses are `Default`.
//! - `tracing`: A span for each call and events for its attempts, with OpenTelemetry's names for HTTP clients.
//! - `zstd`: Asks for responses that are compressed with zstd, and decompresses them.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![allow(
    rustdoc::redundant_explicit_links,
    reason = "a link works whatever its module imports"
)]
#![allow(
    deprecated,
    clippy::enum_variant_names,
    clippy::large_enum_variant,
    clippy::module_inception,
    clippy::self_named_constructors,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    clippy::wrong_self_convention,
    reason = "names, arguments, types and deprecations come from the document"
)]

pub mod fine_tuning;
pub mod types;

#[cfg(feature = "cli")]
pub mod cli;

mod runtime;
mod service;

pub use runtime::{
    AccessToken, ApiError, ApiErrorKind, Call, CallOptions, Client, ClientBuilder,
    ConnectionError, Constant, ConstantValue, CustomCall, DecodeError, Error, ErrorBody,
    ErrorResponse, Extra, Extras, HeaderError, Method, MissingCredentials, NextPageError,
    NextPageErrorKind, Providing, Quoted, RepeatedCursor, Response, Result, RetryPolicy,
    StatusCode, TimeoutError, TimeoutKind, TokenError, TokenProvider, TooLargeError,
    WithResponse,
};
#[cfg(feature = "test-util")]
pub use runtime::testing;
pub use runtime::{pages, transport};
