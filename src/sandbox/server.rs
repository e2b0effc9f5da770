//! HTTP: requests in, answers out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::HeaderValue;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::net::TcpListener;

use super::faults::Fault;
use super::service::Service;

/// A request as the gateway sees it.
#[derive(Debug)]
pub(super) struct Received {
    /// `POST` or `GET`, or something that is refused.
    pub(super) method: String,
    /// The path.
    pub(super) path: String,
    /// The query, decoded.
    pub(super) query: BTreeMap<String, String>,
    /// The headers under lower-case names.
    pub(super) headers: BTreeMap<String, String>,
    /// The body.
    pub(super) body: Bytes,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// JSON, as a rule.
    pub(super) body: String,
    pub(super) content_type: &'static str,
    /// When to come again.
    pub(super) retry_after: Option<RetryAfter>,
    /// The time to claim; without it, the server's own.
    pub(super) date: Option<Timestamp>,
    pub(super) delivery: Delivery,
}

impl Answer {
    pub(super) fn json(status: u16, body: String) -> Self {
        Self {
            status,
            body,
            content_type: "application/json;charset=utf-8",
            retry_after: None,
            date: None,
            delivery: Delivery::Whole,
        }
    }
}

/// The two ways to say when to come again.
#[derive(Clone, Copy, Debug)]
pub(super) enum RetryAfter {
    /// `x-acs-retry-after`.
    Milliseconds(u128),
    /// `Retry-After`.
    Seconds(u64),
}

/// How an answer reaches the client.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Delivery {
    Whole,
    /// Up to the middle.
    Half,
    /// Not at all.
    Nothing,
    /// In pieces with pauses.
    Slow,
}

impl From<Option<Fault>> for Delivery {
    fn from(fault: Option<Fault>) -> Self {
        match fault {
            Some(Fault::Truncated) => Self::Half,
            Some(Fault::Reset) => Self::Nothing,
            Some(Fault::SlowBody) => Self::Slow,
            _ => Self::Whole,
        }
    }
}

/// Serves every connection, all on this thread.
pub(super) async fn serve(listener: TcpListener, service: Rc<Service>) -> Infallible {
    tokio::task::LocalSet::new()
        .run_until(async {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    // Out of descriptors, or the client has gone already.
                    tokio::time::sleep(SLOW_PAUSE).await;
                    continue;
                };
                // An answer goes out in two writes; the second must not wait.
                let _ = stream.set_nodelay(true);
                let service = Rc::clone(&service);
                tokio::task::spawn_local(async move {
                    let answer = hyper::service::service_fn(|request| answer(&service, request));
                    // A client that goes away is its own affair.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .timer(TokioTimer::new())
                        .serve_connection(TokioIo::new(stream), answer)
                        .await;
                });
            }
        })
        .await
}

/// Returns the response, or an error where the connection is to close.
async fn answer(service: &Service, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    // Only the gateway speaks XML.
    let json = head.uri.path() != "/" || asks_for_json(&head);
    let Ok(body) = Limited::new(body, 1024 * 1024).collect().await else {
        return Ok(response(Answer::json(413, "{}".to_owned())));
    };
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    let received = Received {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: pairs(head.uri.query().unwrap_or_default().as_bytes()),
        headers,
        body: body.to_bytes(),
    };
    let mut answer = service.answer(&received).await;
    if answer.delivery == Delivery::Nothing {
        return Err(io::ErrorKind::ConnectionReset.into());
    }
    if !json {
        // The gateway speaks XML to those who do not ask for JSON.
        XML.clone_into(&mut answer.body);
        answer.content_type = "text/xml";
    }
    Ok(response(answer))
}

const XML: &str =
    "<?xml version='1.0' encoding='UTF-8'?><Error><Code>Sandbox.AskForJson</Code></Error>";

fn asks_for_json(head: &hyper::http::request::Parts) -> bool {
    let accept = head
        .headers
        .get(header::ACCEPT)
        .and_then(|it| it.to_str().ok());
    let query = head.uri.query().unwrap_or_default();
    accept.is_some_and(|accept| accept.contains("application/json"))
        || pairs(query.as_bytes())
            .get("Format")
            .is_some_and(|format| format.eq_ignore_ascii_case("json"))
}

/// Reads `name=value` pairs, encoded as forms or as the signature has it.
pub(super) fn pairs(encoded: &[u8]) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}

type Body = UnsyncBoxBody<Bytes, io::Error>;

fn response(answer: Answer) -> Response<Body> {
    let length = answer.body.len();
    let mut response = Response::new(body(answer.body, answer.delivery));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(answer.content_type),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    match answer.retry_after {
        Some(RetryAfter::Milliseconds(wait)) => {
            let wait = u64::try_from(wait).unwrap_or(u64::MAX).max(1);
            headers.insert("x-acs-retry-after", HeaderValue::from(wait));
        }
        Some(RetryAfter::Seconds(wait)) => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        None => {}
    }
    let date = answer
        .date
        .map(|date| date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(Ok(date)) = date.map(HeaderValue::try_from) {
        headers.insert(header::DATE, date);
    }
    response
}

/// Returns a body that is delivered as told.
fn body(text: String, delivery: Delivery) -> Body {
    let bytes = Bytes::from(text);
    let half = bytes.len() / 2;
    match delivery {
        Delivery::Whole | Delivery::Nothing => Full::new(bytes)
            .map_err(|never| match never {})
            .boxed_unsync(),
        Delivery::Half => {
            let half = Ok(Frame::data(bytes.slice(..half)));
            let frames = stream::iter([half]).chain(stream::once(async {
                // Only what has gone out can be half of an answer.
                tokio::time::sleep(BREAK_PAUSE).await;
                Err(io::ErrorKind::BrokenPipe.into())
            }));
            StreamBody::new(frames).boxed_unsync()
        }
        Delivery::Slow => {
            let pieces: Vec<Bytes> = bytes
                .chunks(half.max(1))
                .map(|it| bytes.slice_ref(it))
                .collect();
            let frames = stream::iter(pieces).then(|piece| async {
                tokio::time::sleep(SLOW_PAUSE).await;
                Ok(Frame::data(piece))
            });
            StreamBody::new(frames).boxed_unsync()
        }
    }
}

/// How long half of an answer is given to go out.
const BREAK_PAUSE: Duration = Duration::from_millis(5);

/// How long a slow body rests before each half.
const SLOW_PAUSE: Duration = Duration::from_millis(150);
