//! HTTP: requests in, answers out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::rc::Rc;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

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
    /// JSON.
    pub(super) body: String,
}

/// Serves every connection, all on this thread.
pub(super) async fn serve(listener: TcpListener, service: Rc<Service>) -> std::io::Result<()> {
    tokio::task::LocalSet::new()
        .run_until(async {
            loop {
                let (stream, _) = listener.accept().await?;
                // An answer goes out in two writes; the second must not wait.
                stream.set_nodelay(true)?;
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

async fn answer(
    service: &Service,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let json = asks_for_json(&head);
    let Ok(body) = Limited::new(body, 1024 * 1024).collect().await else {
        return Ok(response(413, "text/plain", "too large".to_owned()));
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
    let answer = service.answer(&received).await;
    if json {
        return Ok(response(
            answer.status,
            "application/json;charset=utf-8",
            answer.body,
        ));
    }
    // The gateway speaks XML to those who do not ask for JSON.
    let xml =
        "<?xml version='1.0' encoding='UTF-8'?><Error><Code>Sandbox.AskForJson</Code></Error>";
    Ok(response(answer.status, "text/xml", xml.to_owned()))
}

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

fn response(status: u16, content_type: &str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = header::HeaderValue::from_str(content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}
