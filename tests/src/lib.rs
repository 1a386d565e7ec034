//! Code of the tests, the benches and the `fake-openai` program: a fake of the service that can fail in every way.
//!
//! In: requests and scripted answers. Out: replies and the requests as they came. Not here: the client under test.

pub mod corpus;
pub mod fake;
pub mod payments;

pub use fake::{Answer, FakeServer, Keys, Recorded};
