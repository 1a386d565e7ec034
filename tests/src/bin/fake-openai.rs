//! Starts the fake server, prints its address and commands to try, and ends on Ctrl-C.
//!
//! In: `--port N` (default: any free port), `--admin-key KEY` (default: any key is accepted), `--examples` (the server starts with
//! the permissions of the documented examples). Out: a running server.

use std::process::ExitCode;

use tests::{FakeServer, Keys};

const USAGE: &str = "usage: fake-openai [--port N] [--admin-key KEY] [--examples]";

struct Arguments {
    port: u16,
    keys: Keys,
    examples: bool,
}

fn arguments(mut given: impl Iterator<Item = String>) -> Option<Arguments> {
    let mut arguments = Arguments {
        port: 0,
        keys: Keys::Any,
        examples: false,
    };
    while let Some(flag) = given.next() {
        match flag.as_str() {
            "--port" => arguments.port = given.next()?.parse().ok()?,
            "--admin-key" => arguments.keys = Keys::Admin(given.next()?),
            "--examples" => arguments.examples = true,
            _ => return None,
        }
    }
    Some(arguments)
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(Arguments {
        port,
        keys,
        examples,
    }) = arguments(std::env::args().skip(1))
    else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let key = match &keys {
        Keys::Any => "test".to_owned(),
        Keys::Admin(key) => key.clone(),
    };
    let server = match FakeServer::start_on(port, keys).await {
        Ok(server) => server,
        Err(why) => {
            eprintln!("error: port {port} of 127.0.0.1 can't be bound: {why}");
            return ExitCode::FAILURE;
        }
    };
    if examples {
        server.add_examples();
    }
    print!("{}", greeting(&server, &key));
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: Ctrl-C can't be waited for: {why}");
            ExitCode::FAILURE
        }
    }
}

fn greeting(server: &FakeServer, key: &str) -> String {
    let (base, origin) = (server.base_url(), server.origin());
    let checkpoint = "ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd";
    format!(
        "\
{base}

Try, in another terminal:
  export OPENAI_BASE_URL={base} OPENAI_ADMIN_KEY={key}
  cargo run -p openai-permissions --example share_model -- {checkpoint} proj_a proj_b proj_c
  cargo run -p openai-permissions --features cli -- fine-tuning:checkpoints:permissions list {checkpoint}
  curl -H \"Authorization: Bearer {key}\" {base}/fine_tuning/checkpoints/{checkpoint}/permissions
Make the next answer fail, and see what was sent:
  curl {origin}/_control/next -d '{{\"status\": 503, \"headers\": {{\"retry-after\": \"1\"}}}}'
  curl {origin}/_control/requests
Ctrl-C ends it.
"
    )
}
