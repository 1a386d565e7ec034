//! Tests of help, completions and the manual.

use crate::setup::{PERMISSIONS, cli};

fn printed(arguments: &[&str]) -> String {
    cli(arguments).done().well().stdout
}

#[test]
fn help_is_laid_out_by_resource() {
    insta::assert_snapshot!("program", printed(&["--help"]));
    insta::assert_snapshot!("resource", printed(&[PERMISSIONS, "--help"]));
    for command in ["retrieve", "list", "create", "delete"] {
        insta::assert_snapshot!(command, printed(&[PERMISSIONS, command, "--help"]));
    }
    assert_eq!(
        printed(&["help", PERMISSIONS]),
        printed(&[PERMISSIONS, "--help"])
    );
    assert_eq!(printed(&["--version"]), "openai 0.1.0\n");
}

/// Help names the variables of settings, but never shows their values.
#[test]
fn help_shows_no_values_of_the_environment() {
    let done = cli(&[PERMISSIONS, "list", "--help"]).env("OPENAI_ADMIN_KEY", "sk-secret");
    let text = done.done().well().stdout;
    assert!(
        text.contains("OPENAI_ADMIN_KEY") && !text.contains("sk-secret"),
        "{text}"
    );
}

#[test]
fn colors_of_help_are_as_asked() {
    let colored = |arguments: &[&str], env: &[(&str, &str)]| {
        let mut command = cli(arguments);
        for (name, value) in env {
            command = command.env(name, value);
        }
        command.done().well().stdout.contains('\u{1b}')
    };
    assert!(!colored(&["--help"], &[]));
    assert!(colored(&["--help", "--color", "always"], &[]));
    assert!(colored(&["--color=always", "--help"], &[("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never", "--help"], &[]));
}

#[test]
fn completions_know_commands_and_flags() {
    for shell in ["bash", "zsh", "fish"] {
        let text = printed(&["completions", shell]);
        for word in [
            PERMISSIONS,
            "retrieve",
            "project-id",
            "permission-id",
            "max-items",
            "ascending",
            "jsonl",
        ] {
            let escaped = word.replace(':', "\\:").replace(':', "__");
            let found = text.contains(word)
                || text.contains(&escaped)
                || text.contains(&word.replace(':', "\\:"));
            assert!(found, "{shell}: {word}");
        }
    }
}

/// bash accepts the completion script and completes words with it.
#[test]
fn bash_completes() {
    let completions = printed(&["completions", "bash"]);
    // Words as bash splits them, and the candidates for the last one.
    for (words, offered) in [
        ("fine", PERMISSIONS),
        ("fine-tuning : ch", "checkpoints:permissions"),
        ("fine-tuning :", "checkpoints:permissions"),
        ("fine-tuning : checkpoints : permissions re", "retrieve"),
        (
            "fine-tuning : checkpoints : permissions list --ord",
            "--order",
        ),
        (
            "--base-url http : //x fine-tuning : checkpoints : permissions list --order a",
            "ascending",
        ),
    ] {
        let mut last = words.rsplit(' ');
        let (cur, prev) = (last.next().unwrap_or(""), last.next().unwrap_or("openai"));
        let script = format!(
            "{completions}
            COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'
            COMP_WORDS=(openai {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
            complete=$(complete -p openai); complete=${{complete#*-F }}
            ${{complete%% *}} openai '{cur}' '{prev}'; echo \"${{COMPREPLY[@]}}\""
        );
        let done = std::process::Command::new("bash")
            .args(["--norc", "-c", &script])
            .output();
        let done = done.expect("bash runs");
        let found = String::from_utf8_lossy(&done.stdout);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(found.trim_end(), offered, "{words}: {said}");
    }
}

/// For zsh, the text after a colon is a description, unless the colon is escaped.
#[test]
fn zsh_sees_whole_names() {
    let completions = printed(&["completions", "zsh"]);
    let described = format!("\n'{}:", PERMISSIONS.replace(':', "\\:"));
    assert!(completions.contains(&described));
    assert!(!completions.contains(&format!("\n'{PERMISSIONS}:")));
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let page = printed(&["man"]);
    assert!(
        page.contains(".TH openai 1") && page.contains("\\-\\-base\\-url"),
        "{page}"
    );
    let page = printed(&["man", PERMISSIONS]);
    assert!(page.contains("retrieve") && page.contains(".TH"), "{page}");
    let page = printed(&["man", PERMISSIONS, "create"]);
    assert!(
        page.contains("\\-\\-project\\-id") && page.contains("POST /fine_tuning"),
        "{page}"
    );
}
