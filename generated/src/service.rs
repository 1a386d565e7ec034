// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! The settings that the document declares: base URL, credentials, headers and the shape of errors.

use crate::runtime::{
    ClientBuilder, Credential, Digits, ErrorShape, Form, HeaderSetting, Misfits, Place, Scheme,
    ServerUrl, Service, TokenProvider,
};

pub(crate) static SERVICE: Service = Service {
    name: "openai-permissions",
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    servers: &[
        ServerUrl {
            name: "",
            url: "https://api.openai.com/v1",
            variables: &[],
        },
    ],
    base_url_env: Some("OPENAI_BASE_URL"),
    headers: &[ORGANIZATION, PROJECT],
    extra_headers_env: Some("OPENAI_CUSTOM_HEADERS"),
    credentials: &[ADMIN_API_KEY, API_KEY],
    auth: &[&[&API_KEY_AUTH], &[]],
    request_id_header: "x-request-id",
    idempotency_header: "Idempotency-Key",
    errors: ErrorShape {
        envelope: Some("error"),
        message: "message",
        kind: "type",
        code: "code",
        param: "param",
    },
    misfits: Misfits::RefuseTagged,
    digits: Digits::Refuse,
    secrets: &[],
};

const ADMIN_API_KEY: Credential = Credential {
    name: "admin_api_key",
    env: Some("OPENAI_ADMIN_KEY"),
    form: Form::Key,
};

const API_KEY: Credential = Credential {
    name: "api_key",
    env: Some("OPENAI_API_KEY"),
    form: Form::Key,
};

const ORGANIZATION: HeaderSetting = HeaderSetting {
    name: "organization",
    header: "OpenAI-Organization",
    env: Some("OPENAI_ORG_ID"),
};

const PROJECT: HeaderSetting = HeaderSetting {
    name: "project",
    header: "OpenAI-Project",
    env: Some("OPENAI_PROJECT_ID"),
};

/// An API key of the organization, sent as a bearer token. Permissions need an admin API key.
pub(crate) static API_KEY_AUTH: Scheme = Scheme {
    place: Place::Bearer,
    credentials: &[ADMIN_API_KEY, API_KEY],
};

impl ClientBuilder {
    /// The admin API key, which the permission endpoints ask for.
    ///
    /// Default: the environment variable `OPENAI_ADMIN_KEY`, if [`env`](Self::env) is called.
    pub fn admin_api_key(self, admin_api_key: impl Into<String>) -> Self {
        self.credential(&ADMIN_API_KEY, admin_api_key)
    }

    /// Fetches the token of [`admin_api_key`](Self::admin_api_key) when it is needed, for all calls of the client.
    pub fn admin_api_key_provider(self, provider: impl TokenProvider) -> Self {
        self.token_setting(&ADMIN_API_KEY, |_| Box::new(provider))
    }

    /// The API key, used where no admin API key is set.
    ///
    /// Default: the environment variable `OPENAI_API_KEY`, if [`env`](Self::env) is called.
    pub fn api_key(self, api_key: impl Into<String>) -> Self {
        self.credential(&API_KEY, api_key)
    }

    /// Fetches the token of [`api_key`](Self::api_key) when it is needed, for all calls of the client.
    pub fn api_key_provider(self, provider: impl TokenProvider) -> Self {
        self.token_setting(&API_KEY, |_| Box::new(provider))
    }

    /// The organization that requests are counted for.
    /// Sent as the header `OpenAI-Organization`.
    ///
    /// Default: the environment variable `OPENAI_ORG_ID`, if [`env`](Self::env) is called.
    pub fn organization(self, organization: impl Into<String>) -> Self {
        self.header_setting(&ORGANIZATION, organization)
    }

    /// The project that requests are counted for.
    /// Sent as the header `OpenAI-Project`.
    ///
    /// Default: the environment variable `OPENAI_PROJECT_ID`, if [`env`](Self::env) is called.
    pub fn project(self, project: impl Into<String>) -> Self {
        self.header_setting(&PROJECT, project)
    }
}
