//! The command line client of the home crate, for tests.

fn main() -> std::process::ExitCode {
    openai_permissions::cli::main()
}
