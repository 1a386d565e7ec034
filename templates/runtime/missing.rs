// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Credentials that a call needs and the client lacks.
//!
//! In: the security of an operation. Out: [`MissingCredentials`]. Not here: values of credentials.

use std::fmt::{self, Display, Formatter};

use super::auth::{Credential, Scheme};

/// The operation needs credentials that are not set.
///
/// If only some credentials of a combination are set, this lists the others.
#[derive(Debug)]
pub struct MissingCredentials {
    /// The schemes without a credential, by alternative. In each alternative, all are needed.
    alternatives: Vec<Vec<&'static Scheme>>,
}

impl MissingCredentials {
    pub(crate) fn new(
        alternatives: &[&'static [&'static Scheme]],
        is_set: impl Fn(&&Scheme) -> bool,
    ) -> Self {
        let missing = |schemes: &&'static [&'static Scheme]| -> Vec<&'static Scheme> {
            let schemes = schemes.iter().copied();
            schemes.filter(|scheme| !is_set(scheme)).collect()
        };
        let is_begun = |schemes: &&&'static [&'static Scheme]| schemes.iter().any(&is_set);
        let begun: Vec<_> = alternatives.iter().filter(is_begun).map(missing).collect();
        Self {
            alternatives: match begun.is_empty() {
                true => alternatives.iter().map(missing).collect(),
                false => begun,
            },
        }
    }

    /// Returns the environment variables from which [`Client::from_env`](crate::Client::from_env)
    /// reads a suitable credential. The preferred one comes first.
    pub fn variables(&self) -> impl Iterator<Item = &'static str> {
        self.credentials()
            .into_iter()
            .filter_map(|credential| credential.env)
    }

    /// Returns the methods of [`ClientBuilder`](crate::ClientBuilder) that set a suitable
    /// credential. The preferred one comes first.
    pub fn setters(&self) -> impl Iterator<Item = &'static str> {
        let credentials = self.credentials().into_iter();
        credentials.map(|credential| credential.name)
    }

    /// Returns the missing credentials without duplicates.
    fn credentials(&self) -> Vec<&'static Credential> {
        let mut found: Vec<&'static Credential> = Vec::new();
        for credential in self
            .alternatives
            .iter()
            .flatten()
            .flat_map(|it| it.credentials)
        {
            if !found.iter().any(|other| other.name == credential.name) {
                found.push(credential);
            }
        }
        found
    }

    /// Describes what to set: `a or b` for a scheme, joined with `and` for a combination. Returns
    /// an empty text if every alternative has a scheme without a name.
    pub(crate) fn describe(&self, name: impl Fn(&Credential) -> Option<String>) -> String {
        let of_scheme = |scheme: &&'static Scheme| {
            let names: Vec<String> = scheme.credentials.iter().filter_map(&name).collect();
            (!names.is_empty()).then(|| names.join(" or "))
        };
        let of_alternative = |schemes: &Vec<&'static Scheme>| {
            let all: Option<Vec<String>> = schemes.iter().map(of_scheme).collect();
            all.map(|all| all.join(" and "))
        };
        let mut found: Vec<String> = Vec::new();
        for words in self.alternatives.iter().filter_map(of_alternative) {
            if !found.contains(&words) {
                found.push(words);
            }
        }
        found.join(", or ")
    }
}

impl Display for MissingCredentials {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("missing credentials: ")?;
        let variables = self.describe(|credential| credential.env.map(str::to_owned));
        if !variables.is_empty() {
            write!(f, "set the environment variable {variables}, or ")?;
        }
        let setters = self.describe(|credential| Some(format!("`{}`", credential.name)));
        write!(f, "call {setters} on the client's builder")
    }
}
