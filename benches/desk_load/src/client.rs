//! A small HTTP client: one connection, kept open, from an address of its own.

use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::{TcpSocket, TcpStream};

/// One person's connection.
pub(crate) struct Client {
    address: SocketAddr,
    /// Participants come from different addresses, as people do.
    number: u32,
    bearer: Option<String>,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, number: u32, bearer: Option<String>) -> Self {
        Self { address, number, bearer, connection: None }
    }

    /// Uses up a one-time link; gives the session.
    pub(crate) async fn session(address: SocketAddr, number: u32, link: &str) -> String {
        let answer =
            Self::new(address, number, None).post("/api/v1/sessions", &json!({"link": link})).await;
        answer["session"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&mut self, path: &str) -> String {
        let (status, body) = self.ask("GET", path, "").await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    pub(crate) async fn view(&mut self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).await).unwrap()
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.ask("POST", path, &body.to_string()).await;
        assert!(status < 300, "POST {path}: {status} {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    pub(crate) async fn command(&mut self, base: &str, ask: &Value) {
        self.post(&format!("{base}/commands"), ask).await;
    }

    async fn connect(&self) -> BufReader<TcpStream> {
        // 127.0.0.0/8 is all this machine.
        let [_, a, b, c] = (0x7f01_0001 + self.number).to_be_bytes();
        loop {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind((Ipv4Addr::new(127, a, b, c), 0).into()).unwrap();
            match socket.connect(self.address).await {
                Ok(stream) => {
                    stream.set_nodelay(true).unwrap();
                    return BufReader::new(stream);
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    fn request(&self, method: &str, path: &str, body: &str) -> String {
        let bearer = self.bearer.as_ref();
        let bearer = bearer.map_or(String::new(), |b| format!("authorization: Bearer {b}\r\n"));
        format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\n{bearer}content-length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    async fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        let request = self.request(method, path, body);
        loop {
            let kept = self.connection.take();
            let is_new = kept.is_none();
            let mut connection = match kept {
                Some(connection) => connection,
                None => self.connect().await,
            };
            let sent = connection.write_all(request.as_bytes()).await.is_ok();
            let (status, length) = match head(&mut connection).await {
                Some(head) if sent => head,
                // The server closes connections that were quiet for long.
                _ if !is_new => continue,
                _ => panic!("the server closed a new connection"),
            };
            let mut answer = vec![0; length];
            connection.read_exact(&mut answer).await.unwrap();
            self.connection = Some(connection);
            return (status, String::from_utf8(answer).unwrap());
        }
    }

    /// An open event stream, line by line.
    pub(crate) async fn stream(self, path: &str) -> Lines<BufReader<TcpStream>> {
        let mut connection = self.connect().await;
        connection.write_all(self.request("GET", path, "").as_bytes()).await.unwrap();
        let (status, _) = head(&mut connection).await.unwrap();
        assert_eq!(status, 200);
        connection.lines()
    }
}

/// Status and length of an answer; `None` when the connection was closed before it.
async fn head(connection: &mut BufReader<TcpStream>) -> Option<(u16, usize)> {
    let (mut status, mut length) = (0, 0);
    let mut line = String::new();
    loop {
        line.clear();
        if connection.read_line(&mut line).await.unwrap_or(0) == 0 {
            return None;
        }
        let trimmed = line.trim_end();
        if trimmed.is_empty() {
            return Some((status, length));
        }
        if status == 0 {
            status = trimmed[9..12].parse().unwrap();
        }
        if let Some(value) = trimmed.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
    }
}
