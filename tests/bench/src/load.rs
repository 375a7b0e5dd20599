//! Keep-alive connections that ask one question after another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::process::Served;

/// What is asked: the text of a request's body with, in the place of `NUMBER`, a number that no other request has.
#[derive(Debug, Clone)]
pub(crate) struct Question(pub(crate) String);

/// The mark in a question that each request has its own number for.
pub(crate) const NUMBER: &str = "#NUMBER#";

impl Question {
    fn request(&self, number: u64) -> String {
        let body = self.0.replace(NUMBER, &format!("{number:010}"));
        format!(
            "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    }
}

/// One open connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.context("no connection")?;
        stream.set_nodelay(true).context("no delay")?;
        Ok(Self { stream, buffer: Vec::with_capacity(256 << 10) })
    }

    /// Asks a question and gives the body of the answer.
    pub(crate) async fn ask(&mut self, question: &Question, number: u64) -> Result<&[u8]> {
        self.stream.write_all(question.request(number).as_bytes()).await.context("the request was not taken")?;
        self.buffer.clear();
        let head = loop {
            ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the connection was closed");
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
        };
        let header = String::from_utf8_lossy(&self.buffer[..head]).to_lowercase();
        ensure!(header.starts_with("http/1.1 200"), "the answer is {header}");
        let length = header.lines().find_map(|line| line.strip_prefix("content-length:")).context("no length")?;
        let whole = head + 4 + length.trim().parse::<usize>().context("the length is no number")?;
        while self.buffer.len() < whole {
            ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the answer ended early");
        }
        Ok(&self.buffer[head + 4..whole])
    }
}

/// What a run under load showed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// Answers in all.
    pub(crate) requests: u64,
    /// CPU time of the server for each, in microseconds.
    pub(crate) cpu_us: f64,
}

/// Asks on several connections at once for some time.
pub(crate) async fn run(served: &Served, question: &Question, connections: u64, seconds: f64) -> Result<Run> {
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut asking = Vec::new();
    let begun = std::time::SystemTime::UNIX_EPOCH.elapsed().context("the clock is before 1970")?.as_millis();
    for number in 0..connections {
        let (stop, answered, question) = (Arc::clone(&stop), Arc::clone(&answered), question.clone());
        // Numbers differ between connections and between runs.
        let first = u64::try_from(begun % 10_000_000).unwrap_or(0) * 1_000 + number * 1_000_000_000_000;
        let mut connection = Connection::open(served.port).await?;
        asking.push(tokio::spawn(async move {
            let mut next = first;
            while !stop.load(Ordering::Relaxed) {
                connection.ask(&question, next).await?;
                next += 1;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        }));
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let (before, cpu_before) = (answered.load(Ordering::Relaxed), served.cpu_seconds()?);
    tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
    let (after, cpu_after) = (answered.load(Ordering::Relaxed), served.cpu_seconds()?);
    stop.store(true, Ordering::Relaxed);
    for connection in asking {
        connection.await??;
    }
    let requests = after - before;
    ensure!(requests > 0, "nothing was answered");
    Ok(Run { requests, cpu_us: (cpu_after - cpu_before) * 1e6 / requests as f64 })
}
