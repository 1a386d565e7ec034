// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! Every call sends what the document says, and takes the reply to it.

#![allow(deprecated, reason = "deprecated items are tested, too")]

#[path = "operations/testing.rs"]
mod testing;
#[path = "operations/fine_tuning.rs"]
mod fine_tuning;
