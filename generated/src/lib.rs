// Generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay and generate again. @generated
//! Fine-tuning checkpoint permissions: Share a fine-tuned model checkpoint with other projects.
//!
//! ```no_run
//! use openai_permissions::Client;
//!
//! # async fn run() -> openai_permissions::Result<()> {
//! let client = Client::from_env()?;
//! let permissions = client.fine_tuning().checkpoints().permissions();
//! let mut items = permissions.list("ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd").items();
//! while let Some(permission) = items.next().await {
//!     println!("{}", permission?.project_id);
//! }
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod fine_tuning;
pub mod types;

mod runtime;
mod service;

#[cfg(feature = "test-util")]
pub use runtime::testing;
pub use runtime::{
    ApiError, ApiErrorKind, CallFuture, CallOptions, Client, ClientBuilder, ConnectionError, DecodeError, Error, Extra,
    MissingCredentials, RepeatedCursor, Response, ResponseFuture, Result, RetryPolicy, TimeoutError, TimeoutKind,
    TooLargeError, WithResponse,
};
pub use runtime::{pages, transport};
