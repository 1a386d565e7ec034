// @generated runtime. Do not edit: it is copied from the generator's templates.
//! The names of the flags and the commands that every command line has.
//!
//! In: nothing. Out: their names. Not here: what they do.

pub(crate) const FORMAT: &str = "format";
pub(crate) const TRANSFORM: &str = "transform";
pub(crate) const FORMAT_ERROR: &str = "format-error";
pub(crate) const TRANSFORM_ERROR: &str = "transform-error";
pub(crate) const RAW_OUTPUT: &str = "raw-output";
pub(crate) const BASE_URL: &str = "base-url";
pub(crate) const TIMEOUT: &str = "timeout";
pub(crate) const MAX_RETRIES: &str = "max-retries";
pub(crate) const DEBUG: &str = "debug";
pub(crate) const COLOR: &str = "color";
pub(crate) const MAX_ITEMS: &str = "max-items";

/// The flag that chooses another representation of a response.
pub(crate) const ACCEPT: &str = "accept";
/// The flag for the file of a binary response.
pub(crate) const OUTPUT: &str = "output";
/// The flag for a whole body whose members have flags.
pub(crate) const BODY: &str = "body";
/// The command that prints completions, and its subcommands, one per shell.
pub(crate) const COMPLETIONS: &str = "completions";
pub(crate) const SHELLS: [(&str, &str); 3] = [
    ("bash", "Print completions for bash"),
    ("zsh", "Print completions for zsh"),
    ("fish", "Print completions for fish"),
];
/// The command that prints manual pages.
pub(crate) const MAN: &str = "man";
