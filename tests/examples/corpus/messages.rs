//! Reads what processes print.
//!
//! In: the output of cargo, of tests and of a command line. Out: programs, commands, findings and counts. Not here: running them.

use std::path::PathBuf;

use serde_json::Value;

/// The program that cargo has built.
pub fn executable(stdout: &str) -> Option<PathBuf> {
    let messages = stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut built = messages.filter_map(|line| Some(line["executable"].as_str()?.into()));
    built.next()
}

/// The resource and the name of each command that the help of a program lists.
pub fn commands(help: &str) -> Vec<[String; 2]> {
    let lines = help.lines().skip_while(|line| *line != "Resources:");
    let lines = lines.skip(1).take_while(|line| !line.is_empty());
    let resources = lines.filter_map(|line| line.trim_start().split_once(' '));
    let commands = resources.flat_map(|(resource, names)| {
        let names = names.trim().split(", ");
        names.map(|name| [resource.to_owned(), name.to_owned()])
    });
    commands.collect()
}

/// The messages of a compiler that have a code, unlike the totals at the end.
pub fn findings(stdout: &str) -> Vec<String> {
    let messages = stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let found = messages
        .filter(|line| line["reason"] == "compiler-message" && line["message"]["code"].is_object());
    found
        .map(|line| {
            line["message"]["rendered"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// The numbers of tests that passed and failed.
pub fn results(stdout: &str) -> (usize, usize) {
    let count = |line: &str, word: &str| {
        let before = line.split(word).next().unwrap_or_default().trim_end();
        before
            .rsplit(' ')
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0)
    };
    let lines = stdout
        .lines()
        .filter(|line| line.starts_with("test result:"));
    lines.fold((0, 0), |(passed, failed), line| {
        (
            passed + count(line, "passed"),
            failed + count(line, "failed"),
        )
    })
}
