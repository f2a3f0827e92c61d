//! A small HTTP client: one connection, kept open, from an address of its own.

use serde_json::{Value, json};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// The answer to a command that was carried out.
const DONE: &str = r#"{"done":true,"repeated":false}"#;

/// One person's connection.
pub(crate) struct Client {
    address: SocketAddr,
    /// Participants come from different addresses, as people do.
    number: u32,
    bearer: Option<String>,
    connection: Option<TcpStream>,
    /// What was read of an answer; kept so that its memory is used again.
    read: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, number: u32, bearer: Option<String>) -> Self {
        Self { address, number, bearer, connection: None, read: Vec::new() }
    }

    /// Uses up a one-time link; gives the session.
    pub(crate) async fn session(address: SocketAddr, number: u32, link: &str) -> String {
        let answer =
            Self::new(address, number, None).post("/api/v1/sessions", &json!({"link": link})).await;
        answer["session"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&mut self, path: &str) -> &str {
        let (status, body) = self.ask("GET", path, "").await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    pub(crate) async fn view(&mut self, path: &str) -> Value {
        serde_json::from_str(self.get(path).await).unwrap()
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.ask("POST", path, &body.to_string()).await;
        assert!(status < 300, "POST {path}: {status} {answer}");
        serde_json::from_str(answer).unwrap()
    }

    /// Has a command carried out, once and now.
    pub(crate) async fn command(&mut self, path: &str, ask: &str) {
        let (status, answer) = self.ask("POST", path, ask).await;
        assert!(status == 200 && answer == DONE, "POST {path}: {status} {answer}");
    }

    async fn connect(&self) -> TcpStream {
        // 127.0.0.0/8 is all this machine.
        let [_, a, b, c] = (0x7f01_0001 + self.number).to_be_bytes();
        loop {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind((Ipv4Addr::new(127, a, b, c), 0).into()).unwrap();
            match socket.connect(self.address).await {
                Ok(stream) => {
                    stream.set_nodelay(true).unwrap();
                    return stream;
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

    async fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, &str) {
        let request = self.request(method, path, body);
        loop {
            let kept = self.connection.take();
            let is_new = kept.is_none();
            let mut connection = match kept {
                Some(connection) => connection,
                None => self.connect().await,
            };
            let sent = connection.write_all(request.as_bytes()).await.is_ok();
            self.read.clear();
            let head = match head(&mut connection, &mut self.read).await {
                Ok(head) if sent => head,
                // The server closes connections that were quiet for long.
                _ if !is_new => continue,
                _ => panic!("the server closed a new connection"),
            };
            let end = head.end + head.length;
            while self.read.len() < end {
                more(&mut connection, &mut self.read).await.unwrap();
            }
            assert_eq!(self.read.len(), end, "more than one answer");
            self.connection = Some(connection);
            return (head.status, std::str::from_utf8(&self.read[head.end..]).unwrap());
        }
    }

    /// An open event stream.
    pub(crate) async fn stream(self, path: &str) -> BufReader<impl tokio::io::AsyncRead + Unpin> {
        let mut connection = self.connect().await;
        connection.write_all(self.request("GET", path, "").as_bytes()).await.unwrap();
        let mut read = Vec::new();
        let head = head(&mut connection, &mut read).await.unwrap();
        assert_eq!(head.status, 200);
        let rest = io::Cursor::new(read.split_off(head.end));
        BufReader::new(rest.chain(connection))
    }
}

/// The head of an answer.
struct Head {
    status: u16,
    /// Where it ends in what was read.
    end: usize,
    /// How long the body is.
    length: usize,
}

/// Reads until the head of an answer is there.
async fn head(connection: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<Head> {
    let end = loop {
        more(connection, read).await?;
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = std::str::from_utf8(&read[..end]).unwrap();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().unwrap());
    Ok(Head { status: text[9..12].parse().unwrap(), end, length })
}

async fn more(connection: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<()> {
    read.reserve(2048);
    match connection.read_buf(read).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}
