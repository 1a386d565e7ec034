//! Runs a fake server in a separate thread, and the client as a process.

use std::io::{ErrorKind, Write};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tests::{Answer, FakeServer, Keys};
use tokio::runtime::Runtime;

/// The checkpoint of the documented examples.
pub const CHECKPOINT: &str = "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd";
/// A command for that checkpoint.
pub const RETRIEVE: [&str; 2] = ["retrieve", CHECKPOINT];
pub const PERMISSIONS: &str = "fine-tuning:checkpoints:permissions";
/// The key that the server accepts. No output may contain it.
pub const KEY: &str = "sk-admin";

/// A running fake server, which records requests.
pub struct Service {
    pub server: FakeServer,
    _runtime: Runtime,
}

impl Service {
    /// A server that accepts any key.
    pub fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime
            .block_on(FakeServer::start_on(0, Keys::Any))
            .expect("loopback has a free port");
        Self {
            server,
            _runtime: runtime,
        }
    }

    /// A server with 25 permissions, `cp_0001` to `cp_0025`: more than one page.
    pub fn with_permissions() -> Self {
        let service = Self::new();
        let projects: Vec<String> = (0..25).map(|n| format!("proj_0{}", n % 5)).collect();
        let projects = projects.iter().map(String::as_str);
        service.server.grant(CHECKPOINT, projects);
        service
    }

    /// A server with one scripted answer for each request.
    pub fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let service = Self::new();
        for answer in answers {
            service.server.next(answer);
        }
        service
    }

    /// A command on permissions.
    pub fn permissions(&self, arguments: &[&str]) -> Cli {
        self.run(&[&[PERMISSIONS], arguments].concat())
    }

    /// A command with the server's address and a key in its environment.
    pub fn run(&self, arguments: &[&str]) -> Cli {
        cli(arguments)
            .env("OPENAI_BASE_URL", self.server.base_url())
            .env("OPENAI_ADMIN_KEY", KEY)
    }

    /// Method, target and body of each request.
    pub fn requests(&self) -> Vec<(String, String, String)> {
        let requests = self.server.requests();
        let requests = requests.iter();
        requests
            .map(|it| (it.method.clone(), it.target.clone(), it.text()))
            .collect()
    }
}

/// A command that has not been run yet.
pub struct Cli {
    pub command: Command,
    input: Option<String>,
}

/// The client with nothing in its environment.
pub fn cli(arguments: &[&str]) -> Cli {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openai-under-test"));
    command.args(arguments).env_clear();
    Cli {
        command,
        input: None,
    }
}

impl Cli {
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Sets standard input, which is empty by default.
    pub fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    /// Runs the command.
    pub fn done(mut self) -> Done {
        let input = match self.input {
            Some(_) => Stdio::piped(),
            None => Stdio::null(),
        };
        let mut child = self
            .command
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the client starts");
        if let (Some(mut stdin), Some(text)) = (child.stdin.take(), self.input) {
            // A command that needs no input can end before it is written.
            match stdin.write_all(text.as_bytes()) {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
                Ok(()) | Err(_) => {}
            }
        }
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().expect("the client ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Done {
            code: status.code(),
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }
}

/// The result of a command.
#[derive(Debug)]
pub struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Done {
    /// Asserts the exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// Asserts that the command succeeded without messages.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.stderr, "");
        self.code(0)
    }

    /// The output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The output as a sequence of JSON values.
    #[track_caller]
    pub fn values(&self) -> Vec<Value> {
        let values = serde_json::Deserializer::from_str(&self.stdout).into_iter();
        let values: Result<_, _> = values.collect();
        values.unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error on standard error.
    #[track_caller]
    pub fn error(&self) -> Value {
        let error: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        error["error"].clone()
    }
}

/// The ids of the items of a listing.
pub fn ids(items: &Value) -> Vec<&str> {
    let items = items.as_array().expect("a list").iter();
    items.map(|it| it["id"].as_str().expect("an id")).collect()
}
