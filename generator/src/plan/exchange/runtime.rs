//! The runtime's own writing of parameters, so samples are what calls send.
//!
//! In: nothing. Out: the modules of the runtime that depend on nothing else of it. Not here: anything else.

#![allow(dead_code, reason = "samples need a part of it")]

#[path = "../../../../templates/runtime/escape.rs"]
pub mod escape;
#[path = "../../../../templates/runtime/param.rs"]
pub mod param;
#[path = "../../../../templates/runtime/style.rs"]
pub mod style;
