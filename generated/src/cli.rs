// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! The command line client: its name, its settings and the table of its commands.

use std::process::ExitCode;

use crate::runtime::cli::run;
use crate::runtime::cli::table::*;

mod fine_tuning;

/// Runs the command that the process arguments name, and returns its exit code.
pub fn main() -> ExitCode {
    run()
}

pub(crate) static PROGRAM: Program = Program {
    name: "openai",
    version: env!("CARGO_PKG_VERSION"),
    about: "Share a fine-tuned model checkpoint with other projects.",
    settings: &[
        Setting { flag: "admin-api-key", setter: "admin_api_key", about: "The admin API key, which the permission endpoints ask for. [env: OPENAI_ADMIN_KEY]" },
        Setting { flag: "api-key", setter: "api_key", about: "The API key, used where no admin API key is set. [env: OPENAI_API_KEY]" },
        Setting { flag: "organization", setter: "organization", about: "The organization that requests are counted for. [env: OPENAI_ORG_ID]" },
        Setting { flag: "project", setter: "project", about: "The project that requests are counted for. [env: OPENAI_PROJECT_ID]" },
    ],
    groups: &[
        fine_tuning::RESOURCES,
    ],
};
