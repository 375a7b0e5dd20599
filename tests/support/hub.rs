//! The real binary: run for a command, or serving on a free port until it is dropped.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors::http::{HttpOptions, Transport};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::stand_in::Partners;

/// Longer than anything here may take on a slow machine: after it a test fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary with its settings and a data folder of its own. Nothing of this process's environment reaches it.
pub(crate) struct Machine {
    folder: tempfile::TempDir,
    settings: Vec<(String, String)>,
}

impl Machine {
    /// A machine on which the hub has never run.
    pub(crate) fn fresh(partners: &Partners) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), settings: partners.settings() }
    }

    /// A machine without any setting about partners.
    pub(crate) fn bare() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), settings: Vec::new() }
    }

    /// With one setting more, or another value of one: the name of the variable without `HUB_`.
    pub(crate) fn set(mut self, key: &str, value: &str) -> Self {
        self.settings.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The folder of everything that the hub keeps.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.env_clear().args(arguments).kill_on_drop(true).stdin(Stdio::null());
        command.env("HUB_DATA_DIR", self.data()).env("HUB_BIND", "127.0.0.1:0").env("HUB_LOG__FORMAT", "json");
        // A test asks nobody but the partners that it plays.
        command.env("HUB_RATES__ENABLED", "false");
        command.envs(self.settings.iter().map(|(key, value)| (format!("HUB_{key}"), value)));
        command
    }

    /// Runs a command to its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ran {
        let output = tokio::time::timeout(PATIENCE, self.command(arguments).output()).await;
        let output = output.unwrap_or_else(|_| panic!("hub {arguments:?} does not end"));
        Ran(output.expect("the hub's binary runs"))
    }

    /// Issues a token by `hub token create` and gives it.
    pub(crate) async fn token(&self, arguments: &[&str]) -> String {
        let ran = self.run(&[&["token", "create"], arguments].concat()).await;
        assert_eq!(ran.code(), Some(0), "{}", ran.said());
        ran.printed().lines().next().unwrap_or_default().to_owned()
    }

    /// Starts `hub stage` and gives its address and what it printed about the environment.
    pub(crate) async fn stage(&self) -> (Child, String) {
        let mut command = self.command(&["stage", "--bind", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the hub's binary runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut printed = String::new();
        while let Ok(Some(line)) = lines.next_line().await {
            printed += &format!("{line}\n");
            if line.contains("hub serve") {
                break;
            }
        }
        (child, printed)
    }

    /// Starts `hub serve` and returns as soon as it serves.
    pub(crate) async fn serve(&self) -> Hub {
        let mut child = self.command(&["serve"]).stderr(Stdio::piped()).spawn().expect("the hub's binary runs");
        let log = Log::of(&mut child);
        let line = log.until("serving on").await;
        let address = line.split_whitespace().nth(2).map(|word| word.trim_end_matches(',').to_owned());
        let address = address.filter(|address| address.starts_with("http://"));
        Hub { child, log, address: address.unwrap_or_else(|| panic!("no address in `{line}`")), client: client() }
    }
}

/// What a finished command left behind.
pub(crate) struct Ran(Output);

impl Ran {
    pub(crate) fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub(crate) fn printed(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    /// Both streams, for messages of tests.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.printed(), String::from_utf8_lossy(&self.0.stderr))
    }
}

/// A hub that serves. Dropped, it is killed.
pub(crate) struct Hub {
    child: Child,
    /// What it writes to its log.
    pub(crate) log: Log,
    /// Where it serves, without a final slash.
    pub(crate) address: String,
    /// A client for it.
    pub(crate) client: Client,
}

impl Hub {
    /// Asks a question by POST and gives the whole answer.
    pub(crate) async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, &json!({})).await
    }

    /// Asks a question with variables.
    pub(crate) async fn ask_with(&self, query: &str, variables: &Value) -> Value {
        self.ask_as(None, query, variables).await
    }

    /// Asks a question with variables as whoever holds a token; without one as the public.
    pub(crate) async fn ask_as(&self, token: Option<&str>, query: &str, variables: &Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.client.post(format!("{}/graphql", self.address)).header("content-type", "application/json");
        let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
        let answer = request.body(body).send().await.expect("the hub answers");
        serde_json::from_str(&answer.text().await.expect("a whole answer")).expect("an answer in JSON")
    }

    /// Asks again and again until the answer is as wanted; gives it.
    pub(crate) async fn ask_until(&self, query: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        let asking = async {
            loop {
                last = self.ask(query).await;
                if wanted(&last) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let ended = tokio::time::timeout(PATIENCE, asking).await;
        assert!(ended.is_ok(), "the wanted answer does not come; the last one: {last:#}");
        last
    }

    /// The state of every source, by id.
    pub(crate) async fn states(&self) -> Vec<(String, String)> {
        states(&self.ask("{ hub { sources { id state } } }").await["data"]["hub"]["sources"])
    }

    /// GET of a path.
    pub(crate) async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(format!("{}{path}", self.address)).send().await.expect("the hub answers")
    }

    /// The memory that it holds, in KiB.
    pub(crate) fn resident_kib(&self) -> u64 {
        let id = self.child.id().expect("a process that runs");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the process's status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its resident set");
        line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number of KiB")
    }

    /// Asks the process to end, as an operating system does.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().expect("a process that runs");
        let status = std::process::Command::new("sh").args(["-c", &format!("kill -TERM {id}")]).status();
        assert!(status.is_ok_and(|status| status.success()), "no signal can be sent");
    }

    /// Ends the process in the middle of whatever it does, as a power cut would.
    pub(crate) fn kill(&self) {
        let id = self.child.id().expect("a process that runs");
        let status = std::process::Command::new("sh").args(["-c", &format!("kill -KILL {id}")]).status();
        assert!(status.is_ok_and(|status| status.success()), "no signal can be sent");
    }

    /// The exit code, once the process has ended.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        status.expect("the hub ends").expect("the hub's exit status").code()
    }

    /// Ends the process, and waits for it.
    pub(crate) async fn stop(self) {
        self.terminate();
        self.ended().await;
    }
}

/// Whether every source of a partner, asked for with `lastError` and `partner`, was last refused.
pub(crate) fn are_refused(sources: &Value) -> bool {
    let sources = sources.as_array().into_iter().flatten();
    let mut of_partners = sources.filter(|source| !source["partner"].is_null());
    of_partners.all(|source| source["lastError"].as_str().is_some_and(|reason| reason.contains("403")))
}

/// The id and state of each source in an answer's list.
pub(crate) fn states(sources: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let sources = sources.as_array().cloned().unwrap_or_default();
    let of_partners = sources.iter().filter(|source| !text(&source["id"]).ends_with("-rates"));
    of_partners.map(|source| (text(&source["id"]), text(&source["state"]))).collect()
}

/// The lines of a hub's log, as they come.
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<Value>>>,
    news: watch::Receiver<usize>,
}

impl Log {
    fn of(child: &mut Child) -> Self {
        let stderr = child.stderr.take().expect("its log");
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (tell, news) = watch::channel(0);
        let kept = Arc::clone(&lines);
        tokio::spawn(async move {
            let mut stderr = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = stderr.next_line().await {
                let mut kept = kept.lock().expect("no test stops with the lock");
                // A panic's text is no JSON.
                kept.push(serde_json::from_str(&line).unwrap_or(Value::String(line)));
                tell.send_replace(kept.len());
            }
        });
        Self { lines, news }
    }

    /// Waits for the first line whose message begins so, and gives the message.
    pub(crate) async fn until(&self, beginning: &str) -> String {
        self.until_line(beginning, |_| true).await["message"].as_str().unwrap_or_default().to_owned()
    }

    /// Waits for the first line whose message begins so and whose fields are as wanted.
    pub(crate) async fn until_line(&self, beginning: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut news = self.news.clone();
        let waiting = async {
            loop {
                if let Some(line) = self.find(beginning).into_iter().find(&wanted) {
                    break Some(line);
                }
                if news.changed().await.is_err() {
                    break None;
                }
            }
        };
        let found = tokio::time::timeout(PATIENCE, waiting).await.ok().flatten();
        found.unwrap_or_else(|| panic!("the hub does not say `{beginning}`; it said {:#?}", self.all()))
    }

    /// The lines whose message begins so.
    pub(crate) fn find(&self, beginning: &str) -> Vec<Value> {
        let begins = |line: &Value| line["message"].as_str().is_some_and(|message| message.starts_with(beginning));
        self.all().into_iter().filter(begins).collect()
    }

    /// Every line until now.
    pub(crate) fn all(&self) -> Vec<Value> {
        self.lines.lock().expect("no test stops with the lock").clone()
    }
}

/// A client of the kind that the connectors use: the workspace assembles clients in one place.
fn client() -> Client {
    let options = HttpOptions { timeout_seconds: PATIENCE.as_secs(), ..HttpOptions::polite("http://127.0.0.1/") };
    match Transport::network(&options) {
        Ok(Transport::Network(client)) => client,
        Ok(Transport::Recording(_)) => unreachable!("a network transport"),
        Err(failure) => panic!("{failure}"),
    }
}

/// `hub`, which cargo puts two folders above this test's own file.
fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test.ancestors().nth(2).expect("the folder of the build");
    let binary = folder.join(format!("hub{}", std::env::consts::EXE_SUFFIX));
    let missing = "`cargo build --package server` builds it, and so does `cargo test --workspace`";
    assert!(binary.is_file(), "{} is not there: {missing}", binary.display());
    binary
}
