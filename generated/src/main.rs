// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! The command line client. Its commands are a table in the library.

fn main() -> std::process::ExitCode {
    openai_permissions::cli::main()
}
