//! `service.rs`: facts of the document about every request.
//!
//! In: servers, security schemes, the client's settings. Out: constants that the runtime reads, the setters of the builder.
//! Not here: their use (the runtime).

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust::doc::Docs;
use crate::emit::rust::feature_gate;
use crate::emit::rust::module::{Module, ModuleFile};
use crate::emit::rust::server;
use crate::emit::text::markdown;
use crate::emit::{EmitCx, File};
use crate::model::api::{
    Credential, CredentialLocation, Endpoints, ErrorShape, HeaderSetting, Misfits, OpId, Scheme,
};
use crate::plan::names::{Name, SettingNames};

/// `src/service.rs`.
pub fn file(cx: &EmitCx) -> File {
    let docs = Docs::line(
        "The settings that the document declares: base URL, credentials, headers and the shape of errors.",
    );
    let mut module = Module::new(cx, ModuleFile::Elsewhere, docs.into_lines());
    module.runtime("ErrorShape");
    module.runtime("Misfits");
    module.runtime("Digits");
    module.runtime("Service");
    service(&mut module);
    for (credential, names) in credentials(cx) {
        constant_credential(&mut module, credential, names);
    }
    headers(&mut module);
    for index in schemes(cx) {
        constant_scheme(&mut module, index, &cx.api.schemes[index]);
    }
    server::choice(&mut module);
    setters(&mut module);
    File {
        path: "src/service.rs".into(),
        text: module.finish().into(),
    }
}

/// Returns all credentials, each once, in the order of the schemes' keys and in each scheme in the
/// order of preference.
pub fn credentials<'a>(cx: &EmitCx<'a>) -> Vec<(&'a Credential, &'a SettingNames)> {
    let mut seen: BTreeSet<&Name> = BTreeSet::new();
    let all = schemes(cx)
        .into_iter()
        .map(|index| (&cx.api.schemes[index], &cx.names.schemes[index]));
    all.flat_map(|(scheme, names)| scheme.credentials.iter().zip(&names.credentials))
        .filter(|(_, names)| seen.insert(&names.constant))
        .collect()
}

/// A setting of the client: a credential, a header of every request, the server or a part of its URL.
pub struct Setting<'a> {
    pub names: &'a SettingNames,
    pub description: Option<Cow<'a, str>>,
}

/// Returns all settings that the document declares, in the order of the help and of the README.
pub fn settings<'a>(cx: &EmitCx<'a>) -> Vec<Setting<'a>> {
    let of_credential = |(credential, names): (&'a Credential, _)| Setting {
        names,
        description: credential.description.as_deref().map(Cow::Borrowed),
    };
    let of_header = |(header, names): (&'a HeaderSetting, _)| Setting {
        names,
        description: header.description.as_deref().map(Cow::Borrowed),
    };
    let headers = cx.api.client.headers.iter().zip(&cx.names.headers);
    let credentials = credentials(cx).into_iter().map(of_credential);
    let of_servers = server::settings(cx).into_iter();
    let of_servers = of_servers.map(|(names, description)| Setting {
        names,
        description: Some(Cow::Owned(description)),
    });
    credentials
        .chain(headers.map(of_header))
        .chain(of_servers)
        .collect()
}

/// Returns the schemes in the order of their keys.
fn schemes(cx: &EmitCx) -> Vec<usize> {
    let mut schemes: Vec<usize> = (0..cx.api.schemes.len()).collect();
    schemes.sort_by_key(|index| &cx.api.schemes[*index].key);
    schemes
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

fn service(module: &mut Module) {
    let cx = module.cx();
    let client = &cx.api.client;
    let name = &cx.names.package;
    let servers = server::table(module);
    let base_url_env = &cx.names.base_url_env;
    let headers = cx.names.headers.iter().map(|names| &names.constant);
    let extra_headers_env = optional(client.extra_headers_env.as_deref());
    let credentials = credentials(cx);
    let credentials = credentials.iter().map(|(_, names)| &names.constant);
    let (request_id, idempotency) = (&client.request_id_header, &client.idempotency_header);
    let ErrorShape {
        envelope,
        message,
        kind,
        code,
        param,
    } = &client.errors;
    let envelope = optional(envelope.as_deref());
    let misfits = match client.misfits {
        Misfits::RefuseTagged => quote!(RefuseTagged),
        Misfits::Refuse => quote!(Refuse),
        Misfits::Keep => quote!(Keep),
    };
    let digits = match cx.api.reads_digits {
        true => quote!(Read),
        false => quote!(Refuse),
    };
    let secrets = &cx.api.secrets;
    let auth = alternatives(cx);
    module.item(quote! {
        pub(crate) static SERVICE: Service = Service {
            name: #name,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            servers: &[#(#servers),*],
            base_url_env: Some(#base_url_env),
            headers: &[#(#headers),*],
            extra_headers_env: #extra_headers_env,
            credentials: &[#(#credentials),*],
            auth: &[#(&[#(&#auth),*]),*],
            request_id_header: #request_id,
            idempotency_header: #idempotency,
            errors: ErrorShape {
                envelope: #envelope,
                message: #message,
                kind: #kind,
                code: #code,
                param: #param,
            },
            misfits: Misfits::#misfits,
            digits: Digits::#digits,
            secrets: &[#(#secrets),*],
        };
    });
}

/// Returns the alternative credentials of operations, each once: first those that most operations take, then in the order of their
/// keys. The last one is none.
fn alternatives<'a>(cx: &EmitCx<'a>) -> Vec<Vec<&'a Name>> {
    let mut counts: BTreeMap<Vec<&String>, (usize, &Vec<usize>)> = BTreeMap::new();
    let plans = (0..cx.api.ops.len()).map(|op| cx.outline.op(OpId(op)));
    for schemes in plans
        .flat_map(|plan| &plan.auth)
        .filter(|it| !it.is_empty())
    {
        let keys = schemes.iter().map(|index| &cx.api.schemes[*index].key);
        counts.entry(keys.collect()).or_insert((0, schemes)).0 += 1;
    }
    let mut found: Vec<(usize, &Vec<usize>)> = counts.into_values().collect();
    found.sort_by_key(|(count, _)| Reverse(*count));
    let constant = |index: &usize| &cx.names.schemes[*index].constant;
    let named = found.into_iter();
    let named = named.map(|(_, schemes)| schemes.iter().map(constant).collect());
    named.chain([Vec::new()]).collect()
}

fn constant_credential(module: &mut Module, credential: &Credential, names: &SettingNames) {
    for name in ["Credential", "Form"] {
        module.runtime(name);
    }
    let form = match is_login(module.cx(), &credential.name) {
        true => quote!(Login),
        false => quote!(Key),
    };
    let (constant, setter) = (&names.constant, names.setter.plain());
    let env = optional(names.env.as_deref());
    module.item(quote! {
        const #constant: Credential = Credential { name: #setter, env: #env, form: Form::#form };
    });
}

/// Returns whether a credential is a user name and a password.
pub fn is_login(cx: &EmitCx, name: &str) -> bool {
    let mut schemes = cx.api.schemes_of(name);
    schemes.any(|scheme| scheme.location == CredentialLocation::Basic)
}

fn headers(module: &mut Module) {
    let cx = module.cx();
    for (setting, names) in cx.api.client.headers.iter().zip(&cx.names.headers) {
        module.runtime("HeaderSetting");
        let (constant, setter, header) = (&names.constant, names.setter.plain(), &setting.header);
        let env = optional(names.env.as_deref());
        module.item(quote! {
            const #constant: HeaderSetting = HeaderSetting { name: #setter, header: #header, env: #env };
        });
    }
}

fn constant_scheme(module: &mut Module, index: usize, scheme: &Scheme) {
    let cx = module.cx();
    let names = &cx.names.schemes[index];
    // A scheme that no operation uses would be dead code.
    if !cx
        .api
        .ops
        .iter()
        .any(|op| op.auth.iter().flatten().any(|used| *used == index))
    {
        return;
    }
    for name in ["Place", "Scheme"] {
        module.runtime(name);
    }
    let place = match &scheme.location {
        CredentialLocation::Bearer => quote!(Bearer),
        CredentialLocation::Basic => quote!(Basic),
        CredentialLocation::Header(name) => quote!(Header(#name)),
        CredentialLocation::Query(name) => quote!(Query(#name)),
        CredentialLocation::Cookie(name) => quote!(Cookie(#name)),
    };
    let (constant, credentials) = (
        &names.constant,
        names.credentials.iter().map(|names| &names.constant),
    );
    let docs = Docs::of(&scheme.doc, || {
        Some(format!(
            "The security scheme {}.",
            markdown::code(&scheme.key)
        ))
    })
    .attributes();
    let unused = feature_gate::unless_all(
        cx,
        quote! { allow(dead_code, reason = "only the calls of some features use it") },
    );
    let unused = unused.map(|attribute| quote! { #[#attribute] });
    module.item(quote! {
        #docs
        #unused
        pub(crate) static #constant: Scheme = Scheme {
            place: Place::#place,
            credentials: &[#(#credentials),*],
        };
    });
}

/// The setters of the builder, for settings that environment variables also set.
fn setters(module: &mut Module) {
    let cx = module.cx();
    let mut methods = Vec::new();
    for (credential, names) in credentials(cx) {
        let docs = setting_docs(credential.description.as_deref(), names, None);
        let (setter, constant) = (&names.setter, &names.constant);
        let deprecated = credential.deprecated.then(|| quote! { #[deprecated] });
        methods.push(match is_login(cx, &credential.name) {
            true => quote! {
                #docs
                ///
                /// The user name must not contain a colon (RFC 7617).
                #deprecated
                pub fn #setter(self, user: impl Into<String>, password: impl Into<String>) -> Self {
                    self.login_setting(&#constant, user, password)
                }
            },
            false => quote! {
                #docs
                #deprecated
                pub fn #setter(self, #setter: impl Into<String>) -> Self {
                    self.credential(&#constant, #setter)
                }
            },
        });
        methods.extend(token_setters(module, credential, names));
    }
    for (setting, names) in cx.api.client.headers.iter().zip(&cx.names.headers) {
        let header = Some(setting.header.as_str());
        let docs = setting_docs(setting.description.as_deref(), names, header);
        let (setter, constant) = (&names.setter, &names.constant);
        methods.push(quote! {
            #docs
            pub fn #setter(self, #setter: impl Into<String>) -> Self {
                self.header_setting(&#constant, #setter)
            }
        });
    }
    methods.extend(server::setters(module));
    if !methods.is_empty() {
        module.runtime("ClientBuilder");
        module.item(quote! {
            impl ClientBuilder {
                #(#methods)*
            }
        });
    }
}

/// Returns the endpoints that have tokens for a credential.
pub fn endpoints<'a>(cx: &EmitCx<'a>, credential: &'a Credential) -> Option<&'a Endpoints> {
    let mut schemes = cx.api.schemes_of(&credential.name);
    schemes.find_map(|scheme| scheme.endpoints.as_ref())
}

/// Returns the setters of what gets the tokens of a credential.
fn token_setters(
    module: &mut Module,
    credential: &Credential,
    names: &SettingNames,
) -> Vec<TokenStream> {
    let Some(tokens) = &names.tokens else {
        return Vec::new();
    };
    let (constant, provider, grant) = (&names.constant, &tokens.provider, &tokens.grant);
    let setter = names.setter.plain();
    module.runtime("TokenProvider");
    let docs = Docs::line(format!(
        "Fetches the token of [`{setter}`](Self::{setter}) when it is needed, for all calls of the client."
    ));
    let docs = docs.attributes();
    let mut methods = vec![quote! {
        #docs
        pub fn #provider(self, provider: impl TokenProvider) -> Self {
            self.token_setting(&#constant, |_| Box::new(provider))
        }
    }];
    if let Some(endpoints) = endpoints(module.cx(), credential) {
        let docs = Docs::line(format!(
            "Gets the token of [`{setter}`](Self::{setter}) for a grant of OAuth 2.0, from the document's token endpoint."
        ));
        let docs = docs.attributes();
        let client_credentials = optional(endpoints.client_credentials.as_deref());
        let refresh = optional(endpoints.refresh.as_deref());
        let scopes = &endpoints.scopes;
        methods.push(quote! {
            #docs
            #[cfg(feature = "oauth2-grants")]
            pub fn #grant(self, grant: crate::Grant) -> Self {
                const ENDPOINTS: crate::runtime::Endpoints = crate::runtime::Endpoints {
                    client_credentials: #client_credentials,
                    refresh: #refresh,
                    scopes: &[#(#scopes),*],
                };
                self.token_setting(&#constant, |client| grant.provider(&ENDPOINTS, client))
            }
        });
    }
    methods
}

fn setting_docs(
    description: Option<&str>,
    names: &SettingNames,
    header: Option<&str>,
) -> TokenStream {
    let mut docs = Docs::default();
    match description {
        Some(text) => docs.text(text),
        None => docs.paragraph(format!("Sets `{}`.", names.setter.plain())),
    }
    if let Some(header) = header {
        docs.add(format!("Sent as the header {}.", markdown::code(header)));
    }
    if let Some(env) = &names.env {
        docs.paragraph(format!(
            "Default: the environment variable {}, if [`env`](Self::env) is called.",
            markdown::code(env)
        ));
    }
    docs.attributes()
}
