//! The settings of the client: credentials and environment variables.
//!
//! In: the items of `service.rs`. Out: [`Settings`]. Not here: the setters, which are methods like others.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::Item;

use super::code::{flat, string};

/// The constants of `service.rs`.
#[derive(Debug, Default)]
pub struct Settings {
    /// The setter of a credential, by its constant.
    credentials: BTreeMap<String, String>,
    /// The constants of the credentials of a security scheme, by its own.
    schemes: BTreeMap<String, Vec<String>>,
    variables: BTreeSet<String>,
}

impl Settings {
    pub fn read(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Const(item) => {
                    let tokens = flat(item.expr.to_token_stream());
                    let name = value(&tokens, "name").and_then(|rest| string(rest.first()?));
                    self.credentials.extend(
                        name.filter(|_| tokens.first().is_some_and(|it| it == "Credential"))
                            .map(|name| (item.ident.to_string(), name)),
                    );
                    self.add_variables(&tokens, &["env"]);
                }
                Item::Static(item) => {
                    let tokens = flat(item.expr.to_token_stream());
                    match tokens.first().map(String::as_str) {
                        Some("Scheme") => {
                            let list = value(&tokens, "credentials").unwrap_or_default();
                            let list = list.iter().take_while(|token| *token != "]");
                            let list =
                                list.filter(|token| !["&", "[", ","].contains(&token.as_str()));
                            self.schemes
                                .insert(item.ident.to_string(), list.cloned().collect());
                        }
                        Some("Service") => {
                            self.add_variables(&tokens, &["base_url_env", "extra_headers_env"]);
                        }
                        Some(_) | None => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn add_variables(&mut self, tokens: &[String], keys: &[&str]) {
        for key in keys {
            let given = value(tokens, key).and_then(|rest| match rest {
                [some, _, name, ..] if some == "Some" => string(name),
                _ => None,
            });
            self.variables.extend(given);
        }
    }

    /// Returns the environment variables that the client reads.
    pub fn variables(&self) -> BTreeSet<String> {
        self.variables.clone()
    }

    /// Returns the setters of the credentials of a security scheme, of which one must be set.
    pub fn credentials_of(&self, scheme: &str) -> String {
        let constants = self.schemes.get(scheme).into_iter().flatten();
        let names = constants.filter_map(|constant| self.credentials.get(constant));
        let names: Vec<&str> = names.map(String::as_str).collect();
        names.join(" or ")
    }
}

/// Returns the tokens after `key:`.
pub fn value<'a>(tokens: &'a [String], key: &str) -> Option<&'a [String]> {
    let mut pairs = tokens.windows(2);
    let at = pairs.position(|pair| pair[0] == key && pair[1] == ":")?;
    Some(&tokens[at + 2..])
}
