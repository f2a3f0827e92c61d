//! The comparison of bytes can fail: a leak is planted in each place that
//! reaches a party, one at a time, and each is found.

use super::confidentiality::received_by_a;
use crate::app::App;
use crate::http::Reply;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use futures_util::StreamExt;
use std::sync::Arc;

/// Where a leak is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Page,
    Interface,
    Stream,
    Export,
    Error,
    Redirect,
}

impl Place {
    const ALL: [Self; 6] =
        [Self::Page, Self::Interface, Self::Stream, Self::Export, Self::Error, Self::Redirect];

    /// Whether an answer is of this kind.
    fn is(self, reply: &Reply) -> bool {
        let response = &reply.response;
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        let is_kind = |prefix: &[u8]| kind.is_some_and(|kind| kind.starts_with(prefix));
        let export = response.headers().contains_key(header::CONTENT_DISPOSITION);
        let fine = response.status() == StatusCode::OK;
        match self {
            Self::Page => fine && is_kind(b"text/html") && !export,
            Self::Interface => fine && is_kind(b"application/json") && !export,
            Self::Stream => fine && is_kind(b"text/event-stream"),
            Self::Export => fine && export,
            Self::Error => response.status().is_client_error(),
            Self::Redirect => response.status().is_redirection(),
        }
    }
}

/// Puts the size of all that was ever said, to whomever, into an answer.
pub(crate) async fn leak(app: &Arc<App>, mut reply: Reply) -> Reply {
    let Some(place) = app.planted.get().copied().filter(|place| place.is(&reply)) else {
        return reply;
    };
    let weight = app.desk.weight();
    match place {
        Place::Error => reply.with(header::ETAG, &format!("\"{weight}\"")),
        Place::Redirect => {
            let to = reply.response.headers().get(header::LOCATION).cloned();
            let to = to.and_then(|to| to.to_str().map(str::to_owned).ok()).unwrap_or_default();
            let to = HeaderValue::from_str(&format!("{to}?seen={weight}")).unwrap();
            reply.response.headers_mut().insert(header::LOCATION, to);
            reply
        }
        Place::Stream => {
            let app = app.clone();
            let (parts, body) = reply.response.into_parts();
            let told = body.into_data_stream().map(move |frame| {
                let frame = frame.map(|bytes| bytes.to_vec());
                frame.map(|mut bytes| {
                    bytes.extend(format!(": {}\n\n", app.desk.weight()).bytes());
                    bytes
                })
            });
            Reply { response: axum::response::Response::from_parts(parts, Body::from_stream(told)) }
        }
        Place::Page | Place::Interface | Place::Export => {
            let (parts, body) = reply.response.into_parts();
            let mut bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            bytes.extend(format!("\n{weight}").bytes());
            Reply { response: axum::response::Response::from_parts(parts, Body::from(bytes)) }
        }
    }
}

#[tokio::test]
async fn a_leak_planted_in_any_place_is_found() {
    let differs = async |place| {
        for seed in 0..3 {
            let one = received_by_a(seed, "SECRET-ONE", place).await;
            let two = received_by_a(seed, "another secret, of another length", place).await;
            if one != two {
                return true;
            }
        }
        false
    };
    assert!(!differs(None).await, "without a leak nothing differs");
    for place in Place::ALL {
        assert!(differs(Some(place)).await, "a leak in {place:?} was not found");
    }
}
