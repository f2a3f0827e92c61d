//! Every route there is.

use super::{Context, Fault, Reply};
use crate::{api, web};
use std::future::Future;
use std::pin::Pin;

/// Who may come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Anybody.
    Public,
    /// Anybody, a few times a minute: whoever tries a link or a password.
    Attempt,
    /// Whoever is signed in.
    Signed,
    /// Whoever may begin talks here.
    Host,
    /// Whoever has a seat in the talks that the path names.
    Seat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

type Answering = Pin<Box<dyn Future<Output = Result<Reply, Fault>> + Send>>;

/// One route.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) door: Door,
    pub(crate) run: fn(Context) -> Answering,
}

impl Route {
    pub(crate) fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }
}

macro_rules! routes {
    ($($method:ident $path:literal $door:ident $handler:path;)*) => {
        /// The whole table; a test walks it with every role.
        pub(crate) const ROUTES: &[Route] = &[$(Route {
            method: Method::$method,
            path: $path,
            door: Door::$door,
            run: |context| Box::pin($handler(context)),
        }),*];
    };
}

routes! {
    Get "/" Public web::door::home;
    Get "/assets/{name}" Public web::assets::get;
    Get "/k/{link}" Public web::door::link;
    Post "/k/{link}" Attempt web::door::use_link;
    Get "/sign-in" Public web::door::sign_in_form;
    Post "/sign-in" Attempt web::door::sign_in;
    Post "/sign-out" Signed web::door::sign_out;
    Get "/account" Signed web::door::account;
    Post "/account" Signed web::door::set_password;
    Get "/talks" Signed web::talks::list;
    Get "/talks/new" Host web::talks::new;
    Post "/talks/new" Host web::talks::create;
    Get "/talks/{talks}" Seat web::desk::overview;
}
