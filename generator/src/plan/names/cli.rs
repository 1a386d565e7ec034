//! Words on the command line of the emitted client.
//!
//! In: the [`Api`] and its [`Outline`]. Out: [`CliNames`]: the program, its resources, commands and flags. Not here: Rust's
//! names (see the parent).

use std::collections::BTreeMap;

use super::inputs::requested_name as wanted_input;
use super::scope::{Case, Name, Scope, Word};
use crate::model::api::{Api, OpId, Reply};
use crate::model::words::{Words, singular};
use crate::plan::commands::CommandBody;
use crate::plan::inputs::Input;
use crate::plan::outline::Outline;
use crate::plan::resources::ResourceId;

/// Flags that every command has, now or later.
const GLOBAL: &[&str] = &[
    "base-url",
    "color",
    "debug",
    "deadline",
    "format",
    "header",
    "help",
    "idempotency-key",
    "max-items",
    "max-retries",
    "raw-output",
    "format-error",
    "transform-error",
    "timeout",
    "transform",
    "version",
];

/// The flag of a command that saves a file.
const OUTPUT: &str = "output";

/// The flag of a command whose reply has several representations.
const ACCEPT: &str = "accept";

/// The flag of a whole body, if its members have flags.
const BODY: &str = "body";

/// Commands of the program itself. `completions` is not among them, since a resource can share it.
const PROGRAM: &[&str] = &[CLIENT, "help", "man"];

/// The commands for methods of the client itself.
const CLIENT: &str = "client";

/// Commands that a resource may have besides its operations.
const RESOURCE: &[&str] = &["bash", "fish", "help", "zsh"];

/// All words of the command line.
#[derive(Clone, Debug)]
pub struct CliNames {
    /// The program.
    pub program: String,
    /// The paths of resources, `fine-tuning:checkpoints`.
    resources: Vec<String>,
    ops: Vec<CommandNames>,
    /// The flags of the client's settings, by setter.
    settings: BTreeMap<Name, Word>,
}

/// The words of an operation.
#[derive(Clone, Debug)]
pub struct CommandNames {
    pub name: Word,
    flags: BTreeMap<Input, Word>,
}

impl CliNames {
    /// Returns the path of a resource.
    pub fn resource(&self, id: ResourceId) -> &str {
        &self.resources[id.0]
    }

    /// Returns the words of an operation.
    pub fn op(&self, id: OpId) -> &CommandNames {
        &self.ops[id.0]
    }

    /// Returns the flag of a setter of the client's builder.
    pub fn setting(&self, setter: &Name) -> Option<&Word> {
        self.settings.get(setter)
    }
}

impl CommandNames {
    /// Returns the flag of an input.
    pub fn flag(&self, input: Input) -> Option<&Word> {
        self.flags.get(&input)
    }

    /// Returns the flag of the whole body.
    pub fn body(&self) -> &str {
        self.flags.get(&Input::Body).map_or(BODY, Word::as_str)
    }
}

pub(super) fn run(api: &Api, outline: &Outline, package: &str, settings: &[&Name]) -> CliNames {
    let program = api.client.program.as_deref().unwrap_or(package);
    let settings = setting_flags(settings);
    CliNames {
        program: program.to_owned(),
        resources: resources(outline),
        ops: commands(api, outline, &settings),
        settings,
    }
}

fn setting_flags(settings: &[&Name]) -> BTreeMap<Name, Word> {
    let mut scope = Scope::new(Case::Kebab("setting"), GLOBAL);
    let setters: BTreeMap<&Name, ()> = settings.iter().map(|name| (*name, ())).collect();
    let claim = |name: &Name| (name.clone(), scope.claim_word(&Words::of(name.plain())));
    setters.into_keys().map(claim).collect()
}

/// From the root down, a level at a time.
fn resources(outline: &Outline) -> Vec<String> {
    let mut paths = vec![String::new(); outline.resources().count()];
    let claim = |ids: &[ResourceId], above: Option<&str>, paths: &mut Vec<String>| {
        let reserved = if above.is_some() { &[] } else { PROGRAM };
        let mut scope = Scope::new(Case::Kebab("resource"), reserved);
        let wanted = ids.iter();
        let wanted: Vec<&str> = wanted
            .map(|id| outline.resource(*id).path.last().map_or("", String::as_str))
            .collect();
        for (id, word) in ids.iter().zip(scope.claim_all_words(&wanted)) {
            paths[id.0] = match above {
                Some(above) => format!("{above}:{}", word.as_str()),
                None => word.as_str().to_owned(),
            };
        }
    };
    let is_client = |id: &ResourceId| outline.resource(*id).is_client();
    let (client, roots): (Vec<ResourceId>, Vec<ResourceId>) = outline.roots().partition(is_client);
    claim(&roots, None, &mut paths);
    for id in client {
        CLIENT.clone_into(&mut paths[id.0]);
    }
    for (id, resource) in outline.resources() {
        let own = paths[id.0].clone();
        claim(&resource.children, Some(&own), &mut paths);
    }
    paths
}

fn commands(api: &Api, outline: &Outline, settings: &BTreeMap<Name, Word>) -> Vec<CommandNames> {
    let mut names: Vec<Option<CommandNames>> = vec![None; api.ops.len()];
    for (_, resource) in outline.resources() {
        let mut scope = Scope::new(Case::Kebab("command"), RESOURCE);
        let mut order = resource.ops.clone();
        order.sort_by_key(|id| &api.ops[id.0].name);
        for id in order {
            names[id.0] = Some(CommandNames {
                name: scope.claim_word(&Words::of(&api.ops[id.0].name)),
                flags: flags(api, outline, id, settings),
            });
        }
    }
    names.into_iter().flatten().collect()
}

/// Parameters come before members of the body.
fn flags(
    api: &Api,
    outline: &Outline,
    id: OpId,
    settings: &BTreeMap<Name, Word>,
) -> BTreeMap<Input, Word> {
    let mut scope = Scope::new(Case::Kebab("value"), GLOBAL);
    let op = &api.ops[id.0];
    let mut others = op.alternatives.iter().map(|it| &it.reply);
    if others
        .clone()
        .chain([&op.reply])
        .any(|reply| *reply == Reply::Binary)
    {
        scope.reserve_also(OUTPUT);
    }
    if others.any(|reply| matches!(reply, Reply::Text | Reply::Binary)) {
        scope.reserve_also(ACCEPT);
    }
    if matches!(outline.op(id).command.body, CommandBody::Members(_)) {
        scope.reserve_also(BODY);
    }
    for flag in settings.values() {
        scope.reserve_word(flag);
    }
    let flags = &outline.op(id).command.flags;
    let plain = flags.iter();
    let plain: Vec<String> = plain
        .map(|flag| {
            Words::of(wanted_input(api, id, flag.input))
                .text()
                .to_owned()
        })
        .collect();
    let wanted = flags.iter().zip(&plain).map(|(flag, words)| {
        let one = singular(words);
        let is_clear = flag.repeated && !plain.contains(&one);
        (flag.input, if is_clear { one } else { words.clone() })
    });
    let (params, members): (Vec<_>, Vec<_>) =
        wanted.partition(|(input, _)| matches!(input, Input::Param(_)));
    let mut names = BTreeMap::new();
    for group in [params, members] {
        let (inputs, wanted): (Vec<Input>, Vec<String>) = group.into_iter().unzip();
        names.extend(inputs.into_iter().zip(scope.claim_all_words(&wanted)));
    }
    names
}
