//! Every identifier of the emitted crate, assigned once.
//!
//! In: the [`Api`] and its [`Facts`]. Out: [`Names`], side tables by id. A [`Name`] is an identifier that is free in its
//! scope, and only a [`Scope`] makes one, so an emitter cannot invent it. Claims are sorted before they are made, so the
//! order of the document's keys decides nothing. Not here: tokens, but for a name's own.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::rc::Rc;

use heck::ToSnakeCase;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::api::{
    Api, EnumValue, Field, Literal, OpId, Owner, Role, Shape, TypeDef, TypeId, Variant, Wanted,
};
use crate::facts::{Facts, Home, Input, Resource, ResourceId, path_text};

/// A Rust identifier that is free in its scope: ASCII, never a bare keyword.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// As it stands in code, `r#type`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `r#`, as it stands in a file name or a heading.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(plain) => Ident::new_raw(plain, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        });
    }
}

/// How the words of a name are joined, and what keeps it clear of reserved words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `snake_case`
    Snake,
    /// `PascalCase`. The word is put behind a reserved name and before a leading digit.
    Pascal(&'static str),
    /// `SHOUTING_SNAKE_CASE`
    Shout,
}

/// The names that are taken somewhere.
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    /// Names that are not to be had, in lower case: those of many scopes, and this one's own.
    shared: Rc<HashSet<String>>,
    reserved: HashSet<String>,
    /// In lower case: names that differ by case alone are hard to read, and rustdoc's files for them may clash.
    taken: HashSet<String>,
    /// The number that was tried last for a name that is taken.
    counts: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which these names are not to be had.
    pub fn new<'a>(case: Case, reserved: impl IntoIterator<Item = &'a str>) -> Self {
        let reserved = reserved.into_iter().map(str::to_lowercase).collect();
        Self { case, shared: Rc::default(), reserved, taken: HashSet::new(), counts: HashMap::new() }
    }

    /// A scope in which none of a large set of names, in lower case, is to be had.
    fn beyond(case: Case, shared: &Rc<HashSet<String>>) -> Self {
        Self { shared: Rc::clone(shared), ..Self::new(case, []) }
    }

    fn is_reserved(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.reserved.contains(&name) || self.shared.contains(&name)
    }

    /// Takes a name away.
    pub fn reserve(&mut self, name: &Name) {
        self.reserved.insert(name.plain().to_lowercase());
    }

    /// The wanted name, or the first of `name_2`, `name_3`, ... that is free.
    pub fn claim(&mut self, wanted: &str) -> Name {
        self.claim_words(&words(wanted))
    }

    fn claim_words(&mut self, words: &[String]) -> Name {
        let mut base = self.case.join(&shorten(words));
        if self.is_reserved(&base) {
            base = self.case.beside(&base);
        }
        let mut free = base.clone();
        while self.is_reserved(&free) || !self.take(&free) {
            let count = self.counts.entry(base.clone()).or_insert(1);
            *count += 1;
            free = self.case.number(&base, *count);
        }
        Name(self.case.escape(free))
    }

    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_lowercase())
    }

    /// Claims many names at once, in an order that does not depend on theirs. A name that is spelled as it is wanted
    /// comes before one that had to be changed.
    fn claim_all(&mut self, wanted: &[String]) -> Vec<Name> {
        let words: Vec<Vec<String>> = wanted.iter().map(|wanted| self::words(wanted)).collect();
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by_cached_key(|index| {
            let is_spelled_so = self.case.join(&words[*index]) == wanted[*index];
            (!is_spelled_so, &wanted[*index])
        });
        let mut names = vec![None; wanted.len()];
        for index in order {
            names[index] = Some(self.claim_words(&words[index]));
        }
        names.into_iter().flatten().collect()
    }
}

impl Case {
    fn join(self, words: &[String]) -> String {
        match self {
            Self::Snake => digit_first(words.join("_"), "_"),
            Self::Shout => digit_first(words.join("_").to_uppercase(), "_"),
            Self::Pascal(kind) => {
                let mut joined = String::new();
                for word in words {
                    let between_digits = joined.ends_with(|c: char| c.is_ascii_digit())
                        && word.starts_with(|c: char| c.is_ascii_digit());
                    if between_digits {
                        joined.push('_');
                    }
                    let mut chars = word.chars();
                    joined.extend(chars.next().map(|c| c.to_ascii_uppercase()));
                    joined.push_str(chars.as_str());
                }
                digit_first(joined, kind)
            }
        }
    }

    fn beside(self, base: &str) -> String {
        match self {
            Self::Snake | Self::Shout => format!("{base}_"),
            Self::Pascal(kind) => format!("{base}{kind}"),
        }
    }

    fn number(self, base: &str, count: usize) -> String {
        match self {
            Self::Pascal(_) if !base.ends_with(|c: char| c.is_ascii_digit()) => {
                format!("{base}{count}")
            }
            Self::Snake | Self::Shout | Self::Pascal(_) if base.ends_with('_') => {
                format!("{base}{count}")
            }
            Self::Snake | Self::Shout | Self::Pascal(_) => format!("{base}_{count}"),
        }
    }

    /// Keywords are escaped last, so that uniqueness is decided on plain words.
    fn escape(self, name: String) -> String {
        match self {
            Self::Snake if NOT_RAW.contains(&name.as_str()) => name + "_",
            Self::Snake if KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
            Self::Snake | Self::Shout => name,
            Self::Pascal(kind) if name == "Self" => name + kind,
            Self::Pascal(_) => name,
        }
    }
}

fn digit_first(name: String, prefix: &str) -> String {
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{prefix}{name}"),
        false => name,
    }
}

/// The words of a wanted name, in lower case and ASCII. Never empty.
fn words(wanted: &str) -> Vec<String> {
    let ascii = match wanted.is_ascii() {
        true => wanted.to_owned(),
        false => deunicode::deunicode_with_tofu(wanted, " "),
    };
    // An apostrophe is part of a word.
    let ascii = ascii.replace('\'', "");
    let words: Vec<String> = [spell_symbols(&ascii, Symbols::AtTheEdges), spell_symbols(&ascii, Symbols::All)]
        .iter()
        .map(|text| split(text))
        .find(|words| !words.is_empty())
        .unwrap_or_default();
    match words.is_empty() {
        true => vec!["empty".into()],
        false => words,
    }
}

fn split(text: &str) -> Vec<String> {
    join_plurals(text).to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `IDs` is one word, which word splitting would read as `I` and `Ds`.
fn join_plurals(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is = |index: usize, test: fn(&char) -> bool| chars.get(index).is_some_and(test);
    let plural = |index: usize| {
        index >= 2
            && chars[index] == 's'
            && is(index - 1, char::is_ascii_uppercase)
            && is(index - 2, char::is_ascii_uppercase)
            && !is(index + 1, char::is_ascii_lowercase)
    };
    (0..chars.len()).map(|index| if plural(index) { 'S' } else { chars[index] }).collect()
}

/// Which symbols become words; the others part words.
#[derive(Clone, Copy, PartialEq)]
enum Symbols {
    /// Those that carry meaning where they stand: `+1`, `-created`, `@type`, `C#`, `C++`.
    AtTheEdges,
    All,
}

fn spell_symbols(text: &str, which: Symbols) -> String {
    let last = text.chars().count().saturating_sub(1);
    let has_word_before = |index: usize| text.chars().take(index).any(|c| c.is_ascii_alphanumeric());
    let has_word_after = |index: usize| text.chars().skip(index).any(|c| c.is_ascii_alphanumeric());
    let mut spelled = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        let at_edge = match c {
            _ if text.len() > 200 => false,
            '+' => !has_word_before(index) || !has_word_after(index),
            '-' => index == 0 && last > 0,
            '@' | '<' | '>' | '!' | '*' => index == 0 && last > 0,
            '#' => index == last && last > 0,
            _ => false,
        };
        match symbol(c) {
            Some(word) if which == Symbols::All || at_edge => {
                let word = if (c, index) == ('#', last) && last > 0 { "sharp" } else { word };
                spelled.extend([" ", word, " "]);
            }
            Some(_) => spelled.push(' '),
            None => spelled.push(c),
        }
    }
    spelled
}

fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '!' => "not",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '\'' => "quote",
        '"' => "quotes",
        '`' => "backtick",
        '\\' => "backslash",
        '(' | ')' => "paren",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

/// Very long names keep their beginning, which says what they belong to, and their end, which says what they are.
fn shorten(words: &[String]) -> Vec<String> {
    const HALF: usize = 36;
    if words.iter().map(|word| word.len() + 1).sum::<usize>() <= 2 * HALF {
        return words.to_vec();
    }
    let fits = |used: &mut usize, word: &&String| {
        *used += word.len() + 1;
        *used <= HALF
    };
    let head: Vec<&String> = words.iter().scan(0, |used, word| fits(used, &word).then_some(word)).collect();
    let tail: Vec<&String> =
        words.iter().rev().scan(0, |used, word| fits(used, &word).then_some(word)).collect();
    let mut kept: Vec<String> = head.into_iter().chain(tail.into_iter().rev()).cloned().collect();
    if kept.is_empty() {
        kept.push(words[0].chars().take(2 * HALF).collect());
    }
    kept
}

/// Keywords of every edition up to 2024, which `r#` turns into identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that `r#` does not help.
const NOT_RAW: &[&str] = &["self", "super", "crate", "_"];

/// Types that emitted modules use without saying where they are from: the prelude and what they import.
const TYPES: &[&str] = &[
    // The prelude.
    "AsMut", "AsRef", "Box", "Clone", "Copy", "Default", "DoubleEndedIterator", "Drop", "Eq",
    "Err", "ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce", "From", "FromIterator", "Future",
    "Into", "IntoFuture", "IntoIterator", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq",
    "PartialOrd", "Result", "Self", "Send", "Sized", "Some", "String", "Sync", "ToOwned",
    "ToString", "TryFrom", "TryInto", "Unpin", "Vec",
    // What emitted modules import.
    "BTreeMap", "Call", "Client", "Extra", "Method", "Next", "Operation", "Page", "SystemTime", "Value",
];

/// Types that `service.rs` imports besides those, next to the structs of resources.
const SERVICE: &[&str] =
    &["ClientBuilder", "Credential", "ErrorShape", "HeaderSetting", "Place", "Scheme", "Service"];

/// Modules of the emitted crate, names that its paths begin with, and file names that some systems do not have.
const MODULES: &[&str] = &[
    "alloc", "aux", "com1", "com2", "com3", "com4", "con", "core", "crate", "examples", "lib", "lpt1",
    "lpt2", "lpt3", "main", "mod", "nul", "pages", "prn", "runtime", "self", "serde_json", "service",
    "std", "super", "test", "testing", "tests", "transport", "types",
];

/// Methods of `Client`.
const CLIENT: &[&str] = &["base_url", "builder", "client", "clone", "from_env", "new"];

/// Methods of `ClientBuilder`.
const BUILDER: &[&str] = &[
    "base_url", "build", "client", "connect_timeout", "credential", "deadline", "default", "env",
    "from_env", "header", "header_setting", "http2", "max_response_bytes", "new", "proxy", "retry",
    "timeout", "transport", "user_agent",
];

/// Methods of resources.
const RESOURCE: &[&str] = &["client", "clone", "new"];

/// Methods and locals of calls.
const CALL: &[&str] = &[
    "build", "call", "clone", "into_future", "items", "items_blocking", "options", "pages",
    "pages_blocking", "self", "send", "send_blocking", "with_response",
];

/// Methods of enums.
const FIELDS: &[&str] = &["extra"];

/// Names that mean something else in an enum.
const VARIANTS: &[&str] = &["Other", "Self"];

/// The statics of `service.rs` and of resources.
const STATICS: &[&str] = &["SERVICE"];

/// Crate names that Cargo or crates.io refuse, or that would shadow what emitted code uses.
const CRATES: &[&str] = &[
    "alloc", "bytes", "core", "crate", "http", "jiff", "proc-macro", "reqwest", "self", "serde",
    "serde-json", "std", "super", "test", "tokio", "tracing",
];

/// The side tables.
#[derive(Clone, Debug)]
pub struct Names {
    /// The package, `openai-permissions`.
    pub package: String,
    /// The library, `openai_permissions`.
    pub library: Name,
    types: Vec<TypeNames>,
    ops: Vec<OpNames>,
    resources: Vec<ResourceNames>,
    /// By index in [`Api::schemes`].
    pub schemes: Vec<SchemeNames>,
    /// By index of the header in the client's settings.
    pub headers: Vec<SettingNames>,
}

/// The names of a definition.
#[derive(Clone, Debug)]
pub struct TypeNames {
    pub name: Name,
    /// Fields or variants, by index.
    pub members: Vec<Name>,
    /// Conversions of fields that hold a time, by index of the field.
    pub times: Vec<Option<TimeNames>>,
}

/// The conversions of a field that holds a time.
#[derive(Clone, Debug)]
pub struct TimeNames {
    /// To the standard library's time.
    pub std: Name,
    /// To `jiff`'s.
    pub jiff: Name,
}

/// The names of an operation.
#[derive(Clone, Debug)]
pub struct OpNames {
    pub method: Name,
    /// The struct of the call.
    pub call: Name,
    /// The static that describes it.
    pub operation: Name,
    /// Arguments and setters.
    inputs: BTreeMap<Input, Name>,
}

impl OpNames {
    /// The name of an argument or a setter; `None` for what is neither.
    pub fn input(&self, input: Input) -> Option<&Name> {
        self.inputs.get(&input)
    }
}

/// The names of a resource.
#[derive(Clone, Debug)]
pub struct ResourceNames {
    pub module: Name,
    pub structure: Name,
    /// The method of the parent that leads to it.
    pub accessor: Name,
    /// Modules from the root to its own.
    pub path: Vec<Name>,
}

/// The names of a security scheme.
#[derive(Clone, Debug)]
pub struct SchemeNames {
    pub constant: Name,
    /// By index of the credential. Credentials of one name are one, whatever scheme uses them.
    pub credentials: Vec<SettingNames>,
}

/// The names of something that a user sets on the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingNames {
    pub constant: Name,
    pub setter: Name,
}

impl Names {
    /// The names of a definition.
    pub fn ty(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0]
    }

    /// The names of an operation.
    pub fn op(&self, id: OpId) -> &OpNames {
        &self.ops[id.0]
    }

    /// The names of a resource.
    pub fn resource(&self, id: ResourceId) -> &ResourceNames {
        &self.resources[id.0]
    }
}

/// Assigns all names. `package` is the name of the package that was asked for.
pub fn run(api: &Api, facts: &Facts, package: Option<&str>) -> Names {
    let package = package_name(api, package);
    let library = Scope::new(Case::Snake, []).claim(&package);
    let type_names = type_names(api);
    let types: Vec<TypeNames> =
        api.types.iter().zip(type_names).map(|(def, name)| definition(api, def, name)).collect();
    let resources = resource_names(facts, &types);
    let (schemes, headers) = setting_names(api);
    let ops = op_names(api, facts, &types, &resources, &schemes);
    Names { package, library, types, ops, resources, schemes, headers }
}

/// Whether Cargo and crates.io take this as a package's name.
pub fn is_package_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !KEYWORDS.contains(&name)
        && !CRATES.contains(&name.replace('_', "-").as_str())
}

fn package_name(api: &Api, asked: Option<&str>) -> String {
    let given = asked.or(api.client.package.name.as_deref());
    let spelled = || {
        // Titles are read as they are written: `GitHub` is one word here.
        let name = shorten(&words(&api.info.title.to_lowercase())).join("-");
        match name.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("api-{name}"),
            false => name,
        }
    };
    let name = given.filter(|name| is_package_name(name)).map_or_else(spelled, str::to_owned);
    match is_package_name(&name) {
        true => name,
        false => format!("{name}-client"),
    }
}

/// Types are unique in the whole crate, since `types` has them all. Those that the document names come first, then what
/// stands in them, level by level.
fn type_names(api: &Api) -> Vec<Name> {
    let mut scope = Scope::new(Case::Pascal("Model"), TYPES.iter().copied());
    let mut names: Vec<Option<Name>> = vec![None; api.types.len()];
    loop {
        let mut level: Vec<(u8, Vec<String>, usize)> = Vec::new();
        for (index, def) in api.types.iter().enumerate().filter(|(index, _)| names[*index].is_none()) {
            if let Some((rank, words)) = wanted_words(api, &names, &def.wanted) {
                level.push((rank, words, index));
            }
        }
        if level.is_empty() {
            break;
        }
        level.sort_by(|a, b| (a.0, &a.1, &api.types[a.2].at).cmp(&(b.0, &b.1, &api.types[b.2].at)));
        for (_, words, index) in level {
            names[index] = Some(scope.claim_words(&words));
        }
    }
    // Owners in a circle, which `build` never makes, still get a name.
    let mut claim = |(name, def): (Option<Name>, &TypeDef)| {
        name.unwrap_or_else(|| scope.claim_words(&words(def.at.as_str())))
    };
    names.into_iter().zip(&api.types).map(&mut claim).collect()
}

/// `None` while the owner has no name yet.
fn wanted_words(api: &Api, names: &[Option<Name>], wanted: &Wanted) -> Option<(u8, Vec<String>)> {
    let under = |owner: &Owner| match owner {
        Owner::Type(id) => names.get(id.0)?.as_ref().map(|name| words(name.plain())),
        Owner::Op(id) => api.ops.get(id.0).map(|op| words(&op.id)),
    };
    match wanted {
        Wanted::Given(name) => Some((0, words(name))),
        Wanted::Component(key) => Some((1, words(key))),
        Wanted::Under(owner, role) => Some((2, [under(owner)?, role_words(role)].concat())),
    }
}

fn role_words(role: &Role) -> Vec<String> {
    match role {
        Role::Property(name) | Role::Parameter(name) | Role::Variant(name) => words(name),
        Role::Item => vec!["item".into()],
        Role::MapValue => vec!["value".into()],
        Role::Body => vec!["request".into()],
        Role::Reply => vec!["response".into()],
    }
}

fn definition(api: &Api, def: &TypeDef, name: Name) -> TypeNames {
    match &def.shape {
        Shape::Struct { fields, .. } => struct_names(api, fields, name),
        Shape::Enum { values, .. } => {
            let wanted: Vec<String> = values.iter().map(wanted_value).collect();
            let members = Scope::new(Case::Pascal("Value"), VARIANTS.iter().copied()).claim_all(&wanted);
            TypeNames { name, members, times: Vec::new() }
        }
        Shape::Union { variants, .. } => {
            let wanted: Vec<String> =
                variants.iter().map(|variant: &Variant| variant.name.clone()).collect();
            let members = Scope::new(Case::Pascal("Value"), VARIANTS.iter().copied()).claim_all(&wanted);
            TypeNames { name, members, times: Vec::new() }
        }
        Shape::Alias(_) => TypeNames { name, members: Vec::new(), times: Vec::new() },
    }
}

fn struct_names(api: &Api, fields: &[Field], name: Name) -> TypeNames {
    let wanted: Vec<String> = fields.iter().map(|field| given_or(&field.name, &field.wire)).collect();
    let members = Scope::new(Case::Snake, FIELDS.iter().copied()).claim_all(&wanted);
    let mut methods = Scope::new(Case::Snake, ["new", "clone"]);
    let times = fields.iter().zip(&members).map(|(field, member)| {
        crate::facts::is_time(api, &field.ty).then(|| TimeNames {
            std: methods.claim(&format!("{}_time", member.plain())),
            jiff: methods.claim(&format!("{}_timestamp", member.plain())),
        })
    });
    TypeNames { name, times: times.collect(), members }
}

fn wanted_value(value: &EnumValue) -> String {
    match (&value.name, &value.wire) {
        (Some(name), _) => name.clone(),
        (None, Literal::String(text)) => text.clone(),
        (None, Literal::Integer(number)) if *number < 0 => format!("minus {}", number.unsigned_abs()),
        (None, Literal::Integer(number)) => number.to_string(),
        (None, Literal::Unsigned(number)) => number.to_string(),
        (None, Literal::Float(number)) => number.to_string(),
        (None, Literal::Bool(value)) => value.to_string(),
        (None, Literal::Null) => "null".into(),
        (None, Literal::Json(value)) => value.to_string(),
    }
}

fn given_or(given: &Option<String>, wire: &str) -> String {
    given.as_deref().unwrap_or(wire).to_owned()
}

/// From the root down: a resource's struct is free of its parent's, its siblings' and all types.
fn resource_names(facts: &Facts, types: &[TypeNames]) -> Vec<ResourceNames> {
    let reserved_types = TYPES.iter().chain(SERVICE).copied().chain(types.iter().map(|ty| ty.name.as_str()));
    let reserved_types = Rc::new(reserved_types.map(str::to_lowercase).collect::<HashSet<String>>());
    let mut names: Vec<Option<ResourceNames>> = vec![None; facts.resources().count()];
    let claim_level = |ids: Vec<ResourceId>, parent: Option<ResourceNames>, names: &mut Vec<Option<ResourceNames>>| {
        let wanted: Vec<String> = ids
            .iter()
            .map(|id| facts.resource(*id).path.last().cloned().unwrap_or_default())
            .collect();
        let mut structures = Scope::beyond(Case::Pascal("Resource"), &reserved_types);
        if let Some(parent) = &parent {
            structures.reserve(&parent.structure);
        }
        let modules = Scope::new(Case::Snake, MODULES.iter().copied()).claim_all(&wanted);
        let structures = structures.claim_all(&wanted);
        let methods = if parent.is_some() { RESOURCE } else { CLIENT };
        let accessors = Scope::new(Case::Snake, methods.iter().copied()).claim_all(&wanted);
        let above = parent.map(|parent| parent.path).unwrap_or_default();
        for (((id, module), structure), accessor) in ids.into_iter().zip(modules).zip(structures).zip(accessors) {
            let path = [above.clone(), vec![module.clone()]].concat();
            names[id.0] = Some(ResourceNames { module, structure, accessor, path });
        }
    };
    claim_level(facts.roots().collect(), None, &mut names);
    // Parents come before their children in the order of the paths.
    for (id, resource) in facts.resources() {
        let own = names[id.0].clone();
        claim_level(resource.children.clone(), own, &mut names);
    }
    names.into_iter().flatten().collect()
}

fn op_names(api: &Api, facts: &Facts, types: &[TypeNames], resources: &[ResourceNames], schemes: &[SchemeNames]) -> Vec<OpNames> {
    let mut names: Vec<Option<OpNames>> = vec![None; api.ops.len()];
    for (id, resource) in facts.resources() {
        let mut methods = Scope::new(Case::Snake, RESOURCE.iter().copied());
        let mut calls = Scope::new(Case::Pascal("Call"), TYPES.iter().copied());
        let mut statics = Scope::new(Case::Shout, STATICS.iter().copied());
        calls.reserve(&resources[id.0].structure);
        for child in &resource.children {
            methods.reserve(&resources[child.0].accessor);
            calls.reserve(&resources[child.0].structure);
        }
        for ty in seen_types(api, facts, id, resource) {
            calls.reserve(&types[ty.0].name);
        }
        for scheme in schemes {
            statics.reserve(&scheme.constant);
        }
        let mut order = resource.ops.clone();
        order.sort_by_cached_key(|id| (api.ops[id.0].name.clone(), path_text(&api.ops[id.0].path)));
        for id in order {
            let name = &api.ops[id.0].name;
            names[id.0] = Some(OpNames {
                method: methods.claim(name),
                call: calls.claim(name),
                operation: statics.claim(name),
                inputs: input_names(api, facts, id),
            });
        }
    }
    names.into_iter().flatten().collect()
}

/// The types that a resource's module defines or mentions.
fn seen_types(api: &Api, facts: &Facts, id: ResourceId, resource: &Resource) -> Vec<TypeId> {
    let owned = resource.types.iter().copied();
    let mentioned = owned.clone().flat_map(|ty| crate::facts::neighbours(api, ty));
    let in_ops = resource.ops.iter().map(|op| &api.ops[op.0]);
    let in_ops = in_ops.flat_map(|op| [crate::facts::request_types(op), crate::facts::reply_types(op)].concat());
    debug_assert!(owned.clone().all(|ty| facts.ty(ty).home == Home::Resource(id)));
    // Item types of pages are one step further.
    let in_ops: Vec<TypeId> = in_ops.collect();
    let further = in_ops.iter().flat_map(|ty| crate::facts::neighbours(api, *ty)).collect::<Vec<_>>();
    owned.clone().chain(mentioned).chain(in_ops.iter().copied()).chain(further).collect()
}

/// Arguments and setters share a scope: what can be given to a call has one name each. Arguments come first.
fn input_names(api: &Api, facts: &Facts, id: OpId) -> BTreeMap<Input, Name> {
    let inputs = facts.op(id);
    let mut scope = Scope::new(Case::Snake, CALL.iter().copied());
    let mut names = BTreeMap::new();
    for inputs in [&inputs.arguments, &inputs.setters] {
        let wanted: Vec<String> = inputs.iter().map(|input| wanted_input(api, id, *input)).collect();
        names.extend(inputs.iter().copied().zip(scope.claim_all(&wanted)));
    }
    names
}

fn wanted_input(api: &Api, id: OpId, input: Input) -> String {
    match input {
        Input::Param(index) => {
            let param = &api.ops[id.0].params[index];
            given_or(&param.name, &param.wire)
        }
        Input::Field(ty, index) => match &api.types[ty.0].shape {
            Shape::Struct { fields, .. } => {
                fields.get(index).map(|field| given_or(&field.name, &field.wire)).unwrap_or_default()
            }
            Shape::Enum { .. } | Shape::Union { .. } | Shape::Alias(_) => String::new(),
        },
        Input::Body => "body".into(),
    }
}

fn setting_names(api: &Api) -> (Vec<SchemeNames>, Vec<SettingNames>) {
    let mut constants = Scope::new(Case::Shout, STATICS.iter().copied());
    let mut setters = Scope::new(Case::Snake, BUILDER.iter().copied());
    let mut keys: Vec<&str> = api.schemes.iter().map(|scheme| scheme.key.as_str()).collect();
    keys.sort_unstable();
    let schemes: Vec<(&str, Name)> = keys.into_iter().map(|key| (key, constants.claim(key))).collect();
    let mut credentials: Vec<&str> = api
        .schemes
        .iter()
        .flat_map(|scheme| scheme.credentials.iter().map(|credential| credential.name.as_str()))
        .collect();
    credentials.sort_unstable();
    credentials.dedup();
    let mut claim = |name: &str| SettingNames { constant: constants.claim(name), setter: setters.claim(name) };
    let credentials: Vec<(&str, SettingNames)> =
        credentials.into_iter().map(|name| (name, claim(name))).collect();
    let headers = api.client.headers.iter().map(|header| claim(&header.name)).collect();
    let find = |name: &str| credentials.iter().find(|(key, _)| *key == name).map(|(_, names)| names.clone());
    let schemes = api.schemes.iter().filter_map(|scheme| {
        let (_, constant) = schemes.iter().find(|(key, _)| *key == scheme.key)?;
        let credentials = scheme.credentials.iter().filter_map(|credential| find(&credential.name));
        Some(SchemeNames { constant: constant.clone(), credentials: credentials.collect() })
    });
    (schemes.collect(), headers)
}
