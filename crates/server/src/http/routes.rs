//! Every route there is.

use super::{Context, Fault, Reply};
use crate::web;
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
    Get "/demo/cairo" Public crate::demo::cairo::page;
    Post "/demo/{role}" Public crate::demo::look_as;
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
    Get "/talks/{talks}/events" Seat crate::stream::events;
    Get "/talks/{talks}/rooms/new" Seat web::room::new;
    Post "/talks/{talks}/rooms/new" Seat web::room::open;
    Get "/talks/{talks}/rooms/{room}" Seat web::room::page;
    Post "/talks/{talks}/rooms/{room}/say" Seat web::room::say;
    Post "/talks/{talks}/rooms/{room}/admit" Seat web::room::admit;
    Post "/talks/{talks}/rooms/{room}/erase" Seat web::room::erase;
    Post "/talks/{talks}/rooms/{room}/items/{item}/read" Seat web::room::read;
    Post "/talks/{talks}/rooms/{room}/items/{item}/take-back" Seat web::room::take_back;
    Post "/talks/{talks}/rooms/{room}/items/{item}/permit" Seat web::room::permit;
    Get "/talks/{talks}/rooms/{room}/items/{item}/convey" Seat web::convey::page;
    Post "/talks/{talks}/rooms/{room}/items/{item}/convey" Seat web::convey::send;
    Get "/talks/{talks}/people" Seat web::people::page;
    Post "/talks/{talks}/people/add" Seat web::people::add;
    Post "/talks/{talks}/people/{member}/mandate" Seat web::people::mandate;
    Post "/talks/{talks}/people/{member}/suspend" Seat web::people::suspend;
    Post "/talks/{talks}/people/{member}/resume" Seat web::people::resume;
    Post "/talks/{talks}/people/{member}/replace" Seat web::people::replace;
    Post "/talks/{talks}/people/{member}/link" Seat web::people::link;
    Post "/talks/{talks}/table/principal" Seat web::people::add_principal;
    Post "/talks/{talks}/table/issue" Seat web::people::add_issue;
    Post "/talks/{talks}/table/issues/{issue}" Seat web::people::revise_issue;
    Post "/talks/{talks}/table/issues/{issue}/known" Seat web::people::make_known;
    Get "/talks/{talks}/proposals" Seat web::proposals::list;
    Get "/talks/{talks}/proposals/new" Seat web::proposals::new;
    Post "/talks/{talks}/proposals/new" Seat web::proposals::put;
    Get "/talks/{talks}/rooms/{room}/proposals/{ballot}" Seat web::proposals::page;
    Post "/talks/{talks}/rooms/{room}/proposals/{ballot}/answer" Seat web::proposals::answer;
    Post "/talks/{talks}/rooms/{room}/proposals/{ballot}/close" Seat web::proposals::close;
    Post "/talks/{talks}/rooms/{room}/proposals/{ballot}/withdraw" Seat web::proposals::withdraw;
    Get "/talks/{talks}/preparation" Seat web::preparation::page;
    Post "/talks/{talks}/preparation/issues" Seat web::preparation::issues;
    Post "/talks/{talks}/preparation/options/{issue}" Seat web::preparation::options;
    Post "/talks/{talks}/preparation/red-lines" Seat web::preparation::change_red_lines;
    Post "/talks/{talks}/preparation/tell" Seat web::preparation::tell;
    Get "/talks/{talks}/questions" Seat web::questions::page;
    Post "/talks/{talks}/questions" Seat web::questions::next;
    Get "/talks/{talks}/rooms/{room}/questions/new" Seat web::questions::new;
    Post "/talks/{talks}/rooms/{room}/questions/new" Seat web::questions::put;
    Post "/talks/{talks}/rooms/{room}/questions/{question}" Seat web::questions::answer;
    Get "/talks/{talks}/text" Seat web::text::list;
    Get "/talks/{talks}/text/new" Seat web::text::new;
    Post "/talks/{talks}/text/new" Seat web::text::create;
    Get "/talks/{talks}/rooms/{room}/texts/{text}" Seat web::text::page;
    Get "/talks/{talks}/rooms/{room}/texts/{text}/redline" Seat web::text::compare;
    Get "/talks/{talks}/rooms/{room}/texts/{text}/edit" Seat web::text::edit;
    Post "/talks/{talks}/rooms/{room}/texts/{text}/edit" Seat web::text::keep;
    Post "/talks/{talks}/rooms/{room}/texts/{text}/circulate" Seat web::text::circulate;
    Post "/talks/{talks}/rooms/{room}/texts/{text}/remark" Seat web::text::remark;
    Get "/talks/{talks}/rooms/{room}/texts/{text}/text.html" Seat web::text::export_html;
    Get "/talks/{talks}/rooms/{room}/texts/{text}/text.txt" Seat web::text::export_plain;
    Get "/talks/{talks}/positions" Seat web::record::positions;
    Get "/talks/{talks}/workbench" Seat web::workbench::page;
    Get "/talks/{talks}/workbench/stages" Seat web::workbench::order;
    Get "/talks/{talks}/record" Seat web::record::page;
    Get "/talks/{talks}/export.json" Seat web::record::json;
    Get "/talks/{talks}/export.txt" Seat web::record::text;
    Post "/api/v1/sessions" Attempt crate::api::open_session;
    Delete "/api/v1/session" Signed crate::api::end_session;
    Get "/api/v1/talks" Signed crate::api::talks;
    Post "/api/v1/talks" Host crate::api::begin;
    Get "/api/v1/talks/{talks}" Seat crate::api::view;
    Post "/api/v1/talks/{talks}/commands" Seat crate::api::command;
    Post "/api/v1/talks/{talks}/preview" Seat crate::api::preview;
    Post "/api/v1/talks/{talks}/people/{member}/link" Seat web::people::link_as_json;
    Get "/api/v1/talks/{talks}/workbench" Seat web::workbench::json;
    Get "/api/v1/talks/{talks}/events" Seat crate::stream::events;
    Get "/api/v1/openapi.json" Public crate::api::openapi;
}
