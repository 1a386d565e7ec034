//! Transfers large files and reads many events, with the client and with a handwritten loop.

use std::error::Error;

use transfers::transport::ReqwestTransport;
use transfers::{Client, FilePart};

/// The type of events in the handwritten loop.
#[derive(serde::Deserialize)]
struct Event {
    id: u64,
    #[allow(dead_code)]
    kind: Kind,
    #[allow(dead_code)]
    text: String,
    #[allow(dead_code)]
    tags: Option<Vec<String>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Created,
    Changed,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().expect("an argument");
    let (base_url, mode) = (next(), next());
    let client = Client::builder().base_url(&base_url).build()?;
    let count = match mode.as_str() {
        "download" => {
            let mut download = client.file().download().await?;
            let mut bytes = 0;
            while let Some(chunk) = download.next().await {
                bytes += chunk?.len() as u64;
            }
            bytes
        }
        "upload" => {
            let path = next();
            client.file().upload(FilePart::open(&path)?).await?;
            std::fs::metadata(path)?.len()
        }
        "events" => {
            let mut events = client.events().list().await?;
            let mut sum = 0;
            while let Some(event) = events.next().await {
                sum += event?.id as u64;
            }
            sum
        }
        _ => by_hand(&format!("{base_url}/events")).await?,
    };
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak
        .and_then(|text| text.split_whitespace().next())
        .unwrap_or("0");
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The user time is the 14th field, and the 12th after the name.
    let ticks = stat
        .rsplit(')')
        .next()
        .and_then(|rest| rest.split_whitespace().nth(11));
    println!("{count} {peak} {}", ticks.unwrap_or("0"));
    Ok(())
}

async fn by_hand(url: &str) -> Result<u64, Box<dyn Error>> {
    let mut response = ReqwestTransport::builder().build()?.get(url).send().await?;
    let (mut text, mut sum) = (Vec::new(), 0);
    while let Some(chunk) = response.chunk().await? {
        text.extend_from_slice(&chunk);
        let mut start = 0;
        while let Some(length) = text[start..].windows(2).position(|two| two == b"\n\n") {
            let frame = &text[start..start + length];
            let event: Event =
                serde_json::from_slice(frame.strip_prefix(b"data: ").unwrap_or(frame))?;
            sum += event.id;
            start += length + 2;
        }
        text.drain(..start);
    }
    Ok(sum)
}
