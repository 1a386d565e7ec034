//! Names of the client's settings.
//!
//! In: security schemes, headers of the client's settings. Out: [`SchemeNames`] and [`SettingNames`]. Not here: their flags (see `cli`).

use super::reserved::{BUILDER, STATICS};
use super::scope::{Case, Name, Scope};
use crate::model::api::Api;

/// The names of a security scheme.
#[derive(Clone, Debug)]
pub struct SchemeNames {
    pub constant: Name,
    /// By index of the credential. Credentials of the same name are one, even in different schemes.
    pub credentials: Vec<SettingNames>,
}

/// The names of a setting of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingNames {
    pub constant: Name,
    pub setter: Name,
}

pub(super) fn run(api: &Api) -> (Vec<SchemeNames>, Vec<SettingNames>) {
    let mut constants = Scope::new(Case::Shout("AUTH"), STATICS);
    let mut setters = Scope::new(Case::Snake, BUILDER);
    let mut credentials: Vec<&str> = api
        .schemes
        .iter()
        .flat_map(|scheme| {
            scheme
                .credentials
                .iter()
                .map(|credential| credential.name.as_str())
        })
        .collect();
    credentials.sort_unstable();
    credentials.dedup();
    let mut claim = |name: &str| SettingNames {
        constant: constants.claim(name),
        setter: setters.claim(name),
    };
    let credentials: Vec<(&str, SettingNames)> = credentials
        .into_iter()
        .map(|name| (name, claim(name)))
        .collect();
    let headers = api
        .client
        .headers
        .iter()
        .map(|header| claim(&header.name))
        .collect();
    let find = |name: &str| {
        let found = credentials.iter().find(|(key, _)| *key == name);
        found.map(|(_, names)| names.clone())
    };
    let mut keys: Vec<&str> = api
        .schemes
        .iter()
        .map(|scheme| scheme.key.as_str())
        .collect();
    keys.sort_unstable();
    for (_, names) in &credentials {
        constants.reserve(&names.constant);
    }
    let schemes: Vec<(&str, Name)> = keys
        .into_iter()
        .map(|key| (key, constants.claim(key)))
        .collect();
    let schemes = api.schemes.iter().filter_map(|scheme| {
        let (_, constant) = schemes.iter().find(|(key, _)| *key == scheme.key)?;
        let credentials = scheme
            .credentials
            .iter()
            .filter_map(|credential| find(&credential.name));
        Some(SchemeNames {
            constant: constant.clone(),
            credentials: credentials.collect(),
        })
    });
    (schemes.collect(), headers)
}
