// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Colors.
//!
//! In: `--color`, environment variables, the kind of standard output. Out: styles. Not here: the styled text.

use std::env::var_os;
use std::io::IsTerminal;

use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Style, Styles};

/// Returns the styles of help texts.
pub(crate) fn help() -> Styles {
    Styles::styled()
        .header(Style::new().bold())
        .usage(Style::new().bold())
        .literal(AnsiColor::Cyan.on_default())
        .error(AnsiColor::Red.on_default().bold())
        .valid(AnsiColor::Green.on_default())
        .invalid(AnsiColor::Yellow.on_default())
}

/// The style of the names of properties.
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default();

/// Parses the value of `--color`.
pub(crate) fn choice(word: &str) -> ColorChoice {
    match word {
        "always" => ColorChoice::Always,
        "never" => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// Returns whether a stream gets colors. `Auto` follows no-color.org.
pub(crate) fn wanted(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && var_os("TERM").is_none_or(|value| value != "dumb")
                && stream.is_terminal()
        }
    }
}
