//! From a request to an answer: one table of routes, one way in.
//!
//! Every route says who may come through its door. Sessions, seats, forgery
//! checks and limits are decided here, before a handler runs, so that no
//! handler can forget them.

mod answer;
mod context;
mod gate;
mod listen;
mod routes;

pub(crate) use answer::{Fault, Reply};
pub(crate) use context::{Context, Form, SeatAt};
pub(crate) use listen::serve;
pub(crate) use routes::{Door, ROUTES};

use crate::app::App;
use axum::Router;
use axum::routing::{MethodFilter, on};
use std::sync::Arc;

/// The routes as a service.
pub(crate) fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let app = app.clone();
        let method = match route.method {
            routes::Method::Get => MethodFilter::GET,
            routes::Method::Post => MethodFilter::POST,
            routes::Method::Delete => MethodFilter::DELETE,
        };
        let handler = move |parameters, request| gate::pass(app, route, parameters, request);
        router = router.route(route.path, on(method, handler));
    }
    let nothing = move |request| gate::nothing_here(app.clone(), request);
    router.fallback(nothing.clone()).method_not_allowed_fallback(nothing)
}
