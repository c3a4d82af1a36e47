//! A server as a child, asked over one connection that stays open, and the CPU that it takes.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::database::Database;

/// A server that answers from one database. It ends with its standard input.
pub struct Served<'a> {
    database: &'a Database,
    child: Child,
    address: String,
    token: String,
    connection: BufReader<TcpStream>,
}

/// CPU per request, in microseconds.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The server's own process.
    pub server: f64,
    /// The database's processes.
    pub database: f64,
}

impl Cost {
    /// Both.
    pub fn total(&self) -> f64 {
        self.server + self.database
    }
}

impl<'a> Served<'a> {
    /// Starts one.
    pub fn start(database: &'a Database) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--serve", &database.url])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        let (address, token) = line.trim().split_once(' ').context("the server did not start")?;
        let connection = TcpStream::connect(address)?;
        connection.set_nodelay(true)?;
        let (address, token) = (address.to_owned(), token.to_owned());
        Ok(Self { database, child, address, token, connection: BufReader::new(connection) })
    }

    fn request(&self, body: &Value) -> Vec<u8> {
        let body = body.to_string();
        format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nAccept: application/json\r\n\
             Authorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .into_bytes()
    }

    fn send(&mut self, request: &[u8]) -> Result<Vec<u8>> {
        self.connection.get_mut().write_all(request)?;
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            ensure!(self.connection.read_line(&mut line)? > 0, "the server closed the connection");
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body)?;
        Ok(body)
    }

    /// Asks once.
    pub fn ask(&mut self, body: &Value) -> Result<Vec<u8>> {
        self.send(&self.request(body))
    }

    /// What a request costs, over so many of them.
    pub fn cost(&mut self, requests: usize, body: &Value) -> Result<Cost> {
        let request = self.request(body);
        let backends = self.database.backends()?;
        let before = (threads(self.child.id())?, processes(&backends));
        for _ in 0..requests {
            self.send(&request)?;
        }
        let after = (threads(self.child.id())?, processes(&backends));
        let each = |before: &HashMap<u32, u64>, after: &HashMap<u32, u64>| {
            let spent = after.iter().map(|(who, spent)| spent - before.get(who).copied().unwrap_or(0));
            spent.sum::<u64>() as f64 / 1000.0 / requests as f64
        };
        Ok(Cost { server: each(&before.0, &after.0), database: each(&before.1, &after.1) })
    }

    /// Ids that cases ask for.
    pub fn ids(&mut self) -> Result<Value> {
        let document = "{ organization(by: { territorialEntity: { divipola: \"25286\" } }) { id } \
            large: organization(by: { territorialEntity: { divipola: \"05001\" } }) { id } legalActs(first: 1) { nodes { id } } \
            requirements(first: 1, where: { name: { eq: \"Gestión con Valores para Resultados\" } }) { nodes { id } } }";
        let answer: Value = serde_json::from_slice(&self.ask(&json!({ "query": document }))?)?;
        let data = &answer["data"];
        ensure!(data.is_object(), "{answer}");
        Ok(json!({
            "organization": data["organization"]["id"],
            "large": data["large"]["id"],
            "legalAct": data["legalActs"]["nodes"][0]["id"],
            "dimension": data["requirements"]["nodes"][0]["id"],
        }))
    }

    /// Most memory so far, in MiB.
    pub fn memory(&self) -> Result<f64> {
        memory(self.child.id())
    }
}

impl Drop for Served<'_> {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks both ways in turns, after some rounds that are not counted: caches fill, statements are prepared, plans settle.
pub fn compare(
    served: &mut Served,
    rounds: usize,
    requests: usize,
    ours: &Value,
    rival: &Value,
) -> Result<Vec<(Cost, Cost)>> {
    for _ in 0..2 {
        served.cost(requests, ours)?;
        served.cost(requests, rival)?;
    }
    (0..rounds).map(|_| Ok((served.cost(requests, ours)?, served.cost(requests, rival)?))).collect()
}

/// Nanoseconds on a CPU of each thread of a process.
fn threads(process: u32) -> Result<HashMap<u32, u64>> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).context("no /proc: this bench needs Linux")?;
    let spent = tasks.filter_map(|task| {
        let task = task.ok()?;
        Some((task.file_name().to_str()?.parse().ok()?, on_cpu(&task.path().join("schedstat"))?))
    });
    Ok(spent.collect())
}

fn processes(processes: &[u32]) -> HashMap<u32, u64> {
    let spent =
        processes.iter().filter_map(|process| Some((*process, on_cpu(format!("/proc/{process}/schedstat").as_ref())?)));
    spent.collect()
}

fn on_cpu(file: &std::path::Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.split(' ').next()?.parse().ok()
}

/// Most memory that a process has had, in MiB.
pub fn memory(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Objects of an answer; what only wraps a list is none.
pub fn count_objects(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(count_objects).sum(),
        Value::Object(fields) => {
            let wraps = fields.len() == 1 && fields.contains_key("nodes");
            fields.values().map(count_objects).sum::<usize>() + usize::from(!wraps)
        }
        _ => 0,
    }
}
