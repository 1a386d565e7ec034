// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Shell completions.
//!
//! In: the whole grammar. Out: a script for a shell on standard output. Not here: the words to complete.
//!
//! Names of resources contain colons, which are special to bash and zsh.

use std::collections::HashSet;
use std::io::{Write, stdout};

use clap_complete::Shell;

use super::failure::Failure;
use super::grammar::{self, Purpose};
use super::names::SHELLS;
use crate::cli::PROGRAM;

pub(crate) fn is_shell(name: &str) -> bool {
    SHELLS.iter().any(|(shell, _)| *shell == name)
}

/// Prints the completion script of a shell.
pub(crate) fn print(shell: &str) -> Result<(), Failure> {
    let shell: Shell = shell.parse().map_err(Failure::Usage)?;
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut grammar::program(Purpose::Description),
        PROGRAM.name,
        &mut script,
    );
    let script = String::from_utf8_lossy(&script);
    let script = match shell {
        Shell::Bash => with_whole_words(&script),
        Shell::Zsh => with_quoted_names(&script),
        _ => script.into_owned(),
    };
    let mut to = stdout().lock();
    to.write_all(script.as_bytes())?;
    Ok(to.flush()?)
}

/// Joins the words that bash splits at colons, and removes the part up to the last colon from the candidates, because bash
/// keeps that part on the command line.
const WHOLE_WORDS: &str = r#"NAME() {
    if [[ "$COMP_WORDBREAKS" != *:* ]]; then
        INNER "$@"
        return
    fi
    local -a words=()
    local word join=
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ -n $join || ( $word == :* && ${#words[@]} -gt 0 ) ]]; then
            words[${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        [[ $word == *: ]] && join=1 || join=
    done
    local last=$((${#words[@]} - 1))
    local cur=${words[last]}
    local COMP_WORDS=("${words[@]}") COMP_CWORD=$last
    INNER "$1" "$cur" "${words[last - 1]}"
    COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}")
}
"#;

fn with_whole_words(script: &str) -> String {
    const REGISTER: &str = "complete -F ";
    let Some((before, registration)) = script.rsplit_once("\nif [[") else {
        return script.to_owned();
    };
    let inner = registration.split_once(REGISTER);
    let inner = inner.and_then(|(_, rest)| rest.split(' ').next());
    let inner = inner.unwrap_or_default();
    let outer = format!("{inner}_whole_words");
    let wrapper = WHOLE_WORDS.replace("NAME", &outer).replace("INNER", inner);
    let (old, new) = (format!("{REGISTER}{inner} "), format!("{REGISTER}{outer} "));
    format!(
        "{before}\n{wrapper}\nif [[{}",
        registration.replace(&old, &new)
    )
}

/// Escapes colons in zsh's descriptions, where a colon ends a name.
fn with_quoted_names(script: &str) -> String {
    let names: HashSet<&str> = PROGRAM.resources().map(|it| it.name).collect();
    let mut text = String::with_capacity(script.len());
    for line in script.split_inclusive('\n') {
        let described = line.strip_prefix('\'').unwrap_or_default();
        // Take the longest name: `a:b` starts with `a:`, too.
        let ends = described.rmatch_indices(':').map(|(end, _)| end);
        let mut beginnings = ends.map(|end| &described[..end]);
        match beginnings.find(|name| names.contains(name)) {
            Some(name) => text.push_str(&line.replacen(name, &name.replace(':', "\\:"), 1)),
            None => text.push_str(line),
        }
    }
    text
}
