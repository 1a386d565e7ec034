//! `docs/` of the emitted crate: the reference of the API and its client, for people.
//!
//! In: the model, the plan. Out: a page for each module, with the operations of a resource and the types that the module defines;
//! `index.md`, which lists them all; `credentials.md` and `errors.md`; `untyped.md`, which lists the values without a type and the parts that are left out;
//! `pagination.md`, which lists the listings; `webhook-events.md`; the same as a static site. Not here: docs of items in the code
//! (`rust`).
//!
//! Pages are written as text, without an intermediate tree, because there is much of it.

mod all_calls;
mod answers;
mod command;
mod contents;
mod curl;
mod incoming;
mod index;
mod module;
mod operation;
mod page;
mod pagination;
mod places;
mod schema;
mod shell;
mod site;
mod title;
mod untyped;

pub use all_calls::{credentials, errors};
pub use contents::{ModulePage, doctest, sites};
pub use incoming::{PAGE as WEBHOOKS, file as webhooks, verification as webhook_checking};
pub use index::file as index;
pub use module::file;
pub use pagination::file as pagination;
pub use site::files as site;
pub use untyped::file as untyped;
