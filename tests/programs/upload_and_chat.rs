//! Uploads a file and prints a chat completion while it arrives.

use openai::types::{
    ChatCompletionRequestUserMessage as UserMessage, CreateFileRequestPurpose as Purpose,
    ModelIdsShared as Model,
};
use openai::{Client, FilePart};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let base_url = arguments.next().expect("the base URL");
    let path = arguments.next().expect("a file");
    let client = Client::builder().base_url(base_url).api_key_auth("sk-test").build()?;

    let uploaded = client.files().create(FilePart::open(path)?, Purpose::UserData).await?;
    println!("uploaded {}", uploaded.id);

    let question = UserMessage::new("Say hello.");
    let chat = client.chat().completions().create([question], Model::Gpt4o);
    let mut stream = chat.stream().await?;
    while let Some(chunk) = stream.next().await {
        for choice in chunk?.choices {
            print!("{}", choice.delta.content.unwrap_or_default());
        }
    }
    println!();
    Ok(())
}
