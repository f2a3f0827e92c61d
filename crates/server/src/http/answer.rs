//! Answers, and what can go wrong.

use crate::auth::Denied;
use crate::live::Failure;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use detente_mediation::Refusal;
use maud::Markup;

/// What is sent back.
pub(crate) struct Reply {
    pub(crate) response: Response,
}

impl Reply {
    fn of(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Self {
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        Self { response }
    }

    /// A page.
    pub(crate) fn page(markup: Markup) -> Self {
        Self::of(StatusCode::OK, "text/html; charset=utf-8", markup.into_string())
    }

    /// JSON.
    pub(crate) fn json(value: &impl serde::Serialize) -> Self {
        // Plain data always has a JSON form.
        let body = serde_json::to_vec(value).unwrap_or_default();
        Self::of(StatusCode::OK, "application/json", body)
    }

    /// Anything else, by its content type.
    pub(crate) fn content(kind: &'static str, body: impl Into<Body>) -> Self {
        Self::of(StatusCode::OK, kind, body)
    }

    /// A file to keep.
    pub(crate) fn file(kind: &'static str, name: &str, body: impl Into<Body>) -> Self {
        let disposition = format!("attachment; filename=\"{name}\"");
        Self::of(StatusCode::OK, kind, body).with(header::CONTENT_DISPOSITION, &disposition)
    }

    /// "Look there": after a form was taken.
    pub(crate) fn see(path: &str) -> Self {
        Self::of(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "")
            .with(header::LOCATION, path)
    }

    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        *self.response.status_mut() = status;
        self
    }

    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.response.headers_mut().append(name, value);
        }
        self
    }
}

/// Why a request was not done.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There is nothing here, or it is not yours: the same.
    NotThere,
    /// Not let in.
    Denied(Denied),
    /// A field of a form, or a body, cannot be used: what, and how to mend it.
    Input { what: String, mend: String },
    /// The body is larger than any that is taken.
    TooLarge,
    /// The talks say no, or it could not be kept.
    Failed(Failure),
}

impl Fault {
    pub(crate) fn input(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Input { what: what.into(), mend: mend.into() }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotThere | Self::Failed(Failure::Refused(Refusal::NotThere)) => {
                StatusCode::NOT_FOUND
            }
            Self::Denied(Denied::Session) => StatusCode::UNAUTHORIZED,
            Self::Denied(Denied::TooMany(_)) => StatusCode::TOO_MANY_REQUESTS,
            Self::Denied(Denied::Store(_) | Denied::NoRandomness(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Denied(_) => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Input { .. } | Self::Failed(Failure::Refused(Refusal::Malformed { .. })) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Failed(Failure::Refused(
                Refusal::Mandate(_) | Refusal::NotPermitted | Refusal::NoChannel(_),
            )) => StatusCode::FORBIDDEN,
            Self::Failed(Failure::Refused(_) | Failure::KeyReused) => StatusCode::CONFLICT,
            Self::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl From<Denied> for Fault {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(Failure::Refused(refusal))
    }
}
