// @generated from "Fine-tuning checkpoint permissions" 1.0.0. Do not edit: change the document or its overlay, and generate again.
//! Shares a fine-tuned model checkpoint with projects, lists what it is shared with, and takes the access back.
//!
//! ```text
//! share_model CHECKPOINT PROJECT...
//! ```
//!
//! The admin API key comes from `OPENAI_ADMIN_KEY`, the address of the service from `OPENAI_BASE_URL` if it is set.

use std::error::Error;
use std::process::ExitCode;

use openai_permissions::Client;
use openai_permissions::types::Order;

const USAGE: &str = "usage: share_model CHECKPOINT PROJECT...";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(checkpoint), projects) = (arguments.next(), arguments.collect::<Vec<_>>()) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if projects.is_empty() {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    match share(&checkpoint, &projects).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn share(checkpoint: &str, projects: &[String]) -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let permissions = client.fine_tuning().checkpoints().permissions();

    // Grant. The reply has one permission per project.
    let granted = permissions.create(checkpoint, projects).await?;
    for permission in &granted.data {
        println!("granted {} to {}", permission.id, permission.project_id);
    }

    // List, two at a time: the next page is requested when its first item is asked for.
    let mut items = permissions.list(checkpoint).limit(2).order(Order::Ascending).items();
    while let Some(permission) = items.next().await {
        let permission = permission?;
        println!("shared with {} since {}", permission.project_id, permission.created_at);
    }

    // Revoke what was granted above.
    for permission in &granted.data {
        let revoked = permissions.delete(checkpoint, &permission.id).with_response().await?;
        let request = revoked.request_id().unwrap_or("without an id");
        println!("revoked {}: {} (request {request})", revoked.id, revoked.deleted);
    }
    Ok(())
}
