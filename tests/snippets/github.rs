//! What people write with a client of GitHub's API.

use github::types::*;
use github::{Client, Result};

// All issues of a repository. Hand-made: 16 lines.
async fn all_issues(client: &Client) -> Result<()> {
    let mut issues = client.repos().issues().list("owner", "repo").state("all").per_page(100).items();
    while let Some(issue) = issues.next().await {
        println!("{}", issue?.title);
    }
    Ok(())
}
// End.

// A new issue with labels. Hand-made: 7 lines.
async fn create(client: &Client) -> Result<Issue> {
    let issues = client.repos().issues();
    issues.create("owner", "repo", "It breaks").body("Like this.").labels(["bug", "help"]).await
}
// End.

// A field that is cleared. Hand-made: 5 lines, which send JSON without types.
async fn clear(client: &Client) -> Result<IssuesUpdateResponse> {
    let cleared = IssuesUpdateRequest::new().milestone_null();
    client.repos().issues().update("owner", "repo", 1).body(&cleared).await
}
// End.

fn main() {
    let _ = (all_issues, create, clear);
}
