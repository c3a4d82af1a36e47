//! Runs the command in a folder of its own, and talks HTTP with it.

mod killed;

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, OnceLock},
    time::Duration,
};

use serde_json::{Value, json};

/// The project's folder.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A folder with a database and a development key in it; gone with the value.
pub struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A folder with the demonstration in it. They are loaded once, and copied.
pub fn demonstration() -> Folder {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demonstration");
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        // Kept: the next run throws it away.
        let folder = std::mem::ManuallyDrop::new(Folder(path.clone()));
        for command in [&["migrate"][..], &["load", "reference"], &["load", "demo"], &["token"]] {
            let (well, said) = folder.run(command, &[]);
            assert!(well, "{command:?}: {said}");
        }
        path
    });
    let folder = Folder::new();
    for file in ["articula.sqlite", "development.key"] {
        std::fs::copy(template.join(file), folder.0.join(file)).expect("a copy");
    }
    folder
}

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("articula-command-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.0.join("articula.sqlite")
    }

    fn command(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_articula"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ARTICULA_") || name == "DATABASE_URL") {
            command.env_remove(name);
        }
        command.env("DATABASE_URL", format!("sqlite://{}", self.database().display()));
        command.env("ARTICULA_HTTP_ADDRESS", "127.0.0.1:0").env("ARTICULA_LOG_FILTER", "error");
        command.envs(settings.iter().copied());
        command
    }

    /// Runs a command to its end: whether it went well, and all that it said.
    pub fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        let output = self.command(arguments, settings).output().expect("the command starts");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// `serve --demo`, ready for requests.
    pub fn serve(&self) -> Server {
        self.serve_with(&["serve", "--demo"], &[])
    }

    /// A command that serves, ready for requests.
    pub fn serve_with(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Server {
        let mut child = self.command(arguments, settings).stdout(Stdio::piped()).spawn().expect("the command starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let last = if arguments.contains(&"--demo") { "  curl " } else { "  graph " };
        let mut said = String::new();
        for line in lines.by_ref() {
            let line = line.expect("text");
            said.push_str(&line);
            said.push('\n');
            if line.starts_with(last) {
                break;
            }
        }
        let address = said.split("http://").nth(1).and_then(|rest| rest.lines().next());
        let address = address.unwrap_or_else(|| panic!("it does not say where it listens:\n{said}")).to_owned();
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child: Mutex::new(child), address, said }
    }
}

/// A process that serves; killed with the value.
pub struct Server {
    child: Mutex<Child>,
    address: String,
    said: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Server {
    /// Address and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it said when it began to serve.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The first token that it printed.
    pub fn token(&self) -> String {
        let token = self.said.lines().find(|line| line.trim_start().starts_with("ey")).expect("a token");
        token.trim().to_owned()
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&self) {
        if let Ok(mut child) = self.child.lock() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to end (SIGTERM).
    pub fn terminate(&self) {
        let pid = self.child.lock().expect("nobody panicked").id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
    }

    /// Waits for its end.
    pub fn wait(&self) -> ExitStatus {
        self.child.lock().expect("nobody panicked").wait().expect("an end")
    }

    /// Ends it in good order.
    pub fn stop(self) {
        self.terminate();
        assert!(self.wait().success(), "it did not end well");
    }

    /// Asks a document; `None` when no whole answer came.
    pub fn ask(&self, token: &str, query: &str, variables: Value) -> Option<Value> {
        self.post(token, &json!({ "query": query, "variables": variables }).to_string())
    }

    /// Sends a body; `None` when no whole answer came.
    pub fn post(&self, token: &str, body: &str) -> Option<Value> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Authorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()
    }
}
