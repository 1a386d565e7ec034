// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! Every call sends the documented request and decodes the documented response.

#![allow(deprecated, reason = "deprecated items are tested, too")]

#[path = "operations/testing.rs"]
mod testing;
#[path = "operations/fine_tuning.rs"]
mod fine_tuning;
