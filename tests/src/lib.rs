//! The code that tests, benches and the program `fake-openai` share: a fake server that can fail in every way.
//!
//! In: requests and scripted answers. Out: replies and recorded requests. Not here: the client under test.

pub mod corpus;
pub mod divided;
pub mod fake;
pub mod faults;
pub mod payments;
pub mod surface;

pub use fake::{Answer, FakeServer, Keys, Recorded};
