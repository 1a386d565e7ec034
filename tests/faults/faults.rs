//! Values of the wrong type at random places of valid JSON.
//!
//! In: a valid value. Out: faulty ones, each with the path of its fault, and a line in the file that the environment variable
//! `FAULTS` names for each error. Not here: how values are decoded.

use std::fs::OpenOptions;
use std::io::Write;

use serde_json::{Value, json};

use super::client::Error;

/// The number of faults in each value.
const FAULTS: usize = 25;
/// Longer paths and keys are cut in errors.
const LONGEST_PATH: usize = 400;
const LONGEST_KEY: usize = 64;

/// A value with a fault.
pub struct Fault {
    pub value: Value,
    path: String,
}

/// Makes faults in a value. The same name and value have the same faults in each run.
pub fn faults(name: &str, value: &Value) -> Vec<Fault> {
    let mut places = Vec::new();
    collect(value, "$", "", &mut places);
    let mut random = Random::new(name);
    let mut made = Vec::new();
    for _ in 0..FAULTS.min(3 * places.len()) {
        let (path, pointer) = &places[random.below(places.len())];
        let mut faulty = value.clone();
        let place = faulty.pointer_mut(pointer).unwrap();
        let wrong = [
            Value::Null,
            json!(true),
            json!(7.5),
            json!("fault"),
            json!([]),
            json!({}),
        ];
        let is_other = |it: &&Value| std::mem::discriminant(*it) != std::mem::discriminant(&*place);
        let wrong: Vec<&Value> = wrong.iter().filter(is_other).collect();
        *place = wrong[random.below(wrong.len())].clone();
        made.push(Fault {
            value: faulty,
            path: path.clone(),
        });
    }
    made
}

/// Collects the places of a value, as the path of an error and as a JSON pointer.
fn collect(value: &Value, path: &str, pointer: &str, places: &mut Vec<(String, String)>) {
    if path.len() > LONGEST_PATH {
        return;
    }
    places.push((path.to_owned(), pointer.to_owned()));
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                collect(item, &format!("{path}[{index}]"), &pointer, places);
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter().filter(|(key, _)| key.len() <= LONGEST_KEY) {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                collect(member, &format!("{path}{}", step(key)), &pointer, places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The step of a path to a member (RFC 9535), in its short form where there is one.
fn step(key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let begins = |c: char| c.is_ascii_alphabetic() || c == '_';
    match key.starts_with(begins) && key.chars().all(is_plain) {
        true => format!(".{key}"),
        false => format!("['{}']", key.escape_debug()),
    }
}

impl Fault {
    /// Records whether an error has the right path.
    pub fn check(&self, name: &str, error: &Error) {
        let Error::Decode(error) = error else {
            return;
        };
        let is_around = |union: &str| {
            let rest = self.path.strip_prefix(union);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let message = error.message();
        let is_of_union = message.starts_with("no variant matches: ");
        let is_right = match is_of_union {
            true => is_around(error.path()),
            false => error.path() == self.path,
        };
        match is_right {
            true if is_of_union && error.path() != self.path => record("right around"),
            true => record("right"),
            false => record(&format!(
                "wrong {name}: {} instead of {}: {message}: {}",
                error.path(),
                self.path,
                self.value
            )),
        }
    }
}

fn record(line: &str) {
    let path = std::env::var_os("FAULTS").expect("FAULTS names a file");
    let file = OpenOptions::new().create(true).append(true).open(path);
    // One call for a line, since tests run at the same time.
    file.unwrap()
        .write_all(format!("{}\n", line.replace('\n', " ")).as_bytes())
        .unwrap();
}

/// A generator of numbers (SplitMix64).
struct Random(u64);

impl Random {
    /// Begins with the hash of a name (FNV-1a).
    fn new(name: &str) -> Self {
        let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }
}
