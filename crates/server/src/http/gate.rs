//! The gate every request passes.

use super::routes::{Method, Route};
use super::{Context, Door, Fault, Form, Reply, SeatAt};
use crate::app::App;
use crate::auth::{Denied, Token};
use crate::web;
use crate::words::Language;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::Response;
use detente_mediation::{MemberId, TalksId};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// A body that trickles in for longer is not waited for.
const BODY_TIME_MAX: Duration = Duration::from_secs(60);

/// No request body is larger.
const MAX_BODY_BYTES: usize = 1 << 20;
const LANGUAGE_COOKIE: &str = "language";
const ZONE_COOKIE: &str = "zone";
/// Cookies that say how to show pages last a year.
const TASTE_SECONDS: u32 = 365 * 24 * 3600;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

pub(super) async fn pass(
    app: Arc<App>,
    route: &'static Route,
    parameters: RawPathParams,
    request: Request,
) -> Response {
    let began = app.edge.since_start();
    let parameters = parameters.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let (parts, body) = request.into_parts();
    let mut context = introduce(&app, &parts.headers, &parts.uri);
    context.parameters = parameters;
    let taste = taste(&context);
    let whole = axum::body::to_bytes(body, MAX_BODY_BYTES);
    let outcome = match tokio::time::timeout(BODY_TIME_MAX, whole).await {
        Ok(Ok(bytes)) => {
            if let Some(boundary) = boundary(&parts.headers) {
                (context.form, context.files) = multipart(bytes.clone(), boundary).await;
            }
            context.body = bytes;
            let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|a| a.0.ip());
            admit(route, &mut context, &parts.headers, address)
        }
        Ok(Err(_)) => Err(Fault::TooLarge),
        Err(_) => Err(Fault::input("the body did not come within a minute", "send it again")),
    };
    // Pages have a frame, also round what went wrong.
    let frame = (!route.is_api()).then(|| web::Shell::of(&context));
    let outcome = match outcome {
        Ok(()) => (route.run)(context).await,
        Err(fault) => Err(fault),
    };
    let mut reply = outcome.unwrap_or_else(|fault| match &frame {
        Some(frame) => web::fault(frame, &fault),
        None => crate::api::fault(&fault),
    });
    #[cfg(test)]
    {
        reply = crate::tests::planted::leak(&app, reply).await;
    }
    if let Some(cookie) = taste {
        reply = reply.with(header::SET_COOKIE, &cookie);
    }
    let took = app.edge.since_start().saturating_sub(began);
    let status = reply.response.status().as_u16();
    app.metrics.request(status, took);
    // The pattern of the path, never the path: it may hold a link.
    tracing::info!(
        route = route.path,
        method = route.method.name(),
        status,
        took_us = took.as_micros() as u64
    );
    seal(reply.response, app.config.is_https())
}

/// What no route fits, with the same answer as something that is not there.
pub(super) async fn nothing_here(app: Arc<App>, request: Request) -> Response {
    let context = introduce(&app, request.headers(), request.uri());
    let reply = web::fault(&web::Shell::of(&context), &Fault::NotThere);
    seal(reply.response, app.config.is_https())
}

/// Reads who asks from cookies and headers.
fn introduce(app: &Arc<App>, headers: &HeaderMap, uri: &Uri) -> Context {
    let query = uri.query().and_then(|q| Form::parse(q.as_bytes())).unwrap_or_default();
    let bearer = header(headers, &header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer "));
    let cookie = cookie(headers, app.config.session_cookie());
    let session = bearer.or(cookie).and_then(Token::from_text);
    let person = session.as_ref().and_then(|session| app.people.who(session).ok());
    let language = query
        .get(LANGUAGE_COOKIE)
        .and_then(Language::from_code)
        .or_else(|| self::cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_code))
        .or_else(|| header(headers, &header::ACCEPT_LANGUAGE).and_then(Language::preferred))
        .unwrap_or_default();
    let zone = query
        .get(ZONE_COOKIE)
        .or_else(|| self::cookie(headers, ZONE_COOKIE))
        .and_then(|name| jiff::tz::TimeZone::get(&name.replace("%2F", "/")).ok())
        .unwrap_or(jiff::tz::TimeZone::UTC);
    Context {
        app: app.clone(),
        language,
        here: uri.path().to_owned(),
        zone,
        session: session.filter(|_| person.is_some()),
        person,
        seat: None,
        parameters: Vec::new(),
        query,
        form: Form::default(),
        files: Vec::new(),
        body: Bytes::new(),
        idempotency_key: header(headers, &HeaderName::from_static("idempotency-key"))
            .map(str::to_owned),
    }
}

/// The boundary of a form with files.
fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(header(headers, &header::CONTENT_TYPE)?).ok()
}

/// The fields and files of a form; what cannot be read is as if it were not sent.
async fn multipart(body: Bytes, boundary: String) -> (Form, Vec<(String, Vec<u8>)>) {
    let once = futures_util::stream::once(std::future::ready(Ok::<_, Infallible>(body)));
    let mut parts = multer::Multipart::new(once, boundary);
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let Ok(bytes) = part.bytes().await else { break };
        match file {
            Some(file) if !file.is_empty() => files.push((file, bytes.to_vec())),
            Some(_) => {}
            None => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    (Form(fields), files)
}

/// Whether the request may come through this door.
fn admit(
    route: &Route,
    context: &mut Context,
    headers: &HeaderMap,
    address: Option<IpAddr>,
) -> Result<(), Fault> {
    let now = context.app.edge.since_start();
    if let Some(address) = address {
        context.app.limits.requests.pass(&address, now).map_err(Denied::TooMany)?;
        if route.door == Door::Attempt {
            context.app.limits.attempts.pass(&address, now).map_err(Denied::TooMany)?;
        }
    }
    let form = !route.is_api() && route.method == Method::Post;
    if form && boundary(headers).is_none() {
        context.form = Form::parse(&context.body).ok_or_else(|| {
            Fault::input(context.words().form_unreadable, context.words().open_page_again)
        })?;
    }
    if route.method != Method::Get {
        refuse_forgery(route, context, headers)?;
    }
    match route.door {
        Door::Public | Door::Attempt => Ok(()),
        Door::Signed => context.person().map(|_| ()),
        Door::Host => {
            let person = context.app.people.person(context.person()?);
            if person.is_some_and(|p| p.host) { Ok(()) } else { Err(Fault::NotThere) }
        }
        Door::Seat => {
            context.person()?;
            context.seat = Some(seat(context)?);
            Ok(())
        }
    }
}

/// The seat of the person who asks in the talks of the path. Talks one has no
/// seat in are not looked up at all, so that they are like talks that do not exist.
fn seat(context: &Context) -> Result<SeatAt, Fault> {
    let talks: TalksId = context.id("talks")?;
    let people = &context.app.people;
    let member = people.member(context.person()?, *talks.as_bytes()).ok_or(Fault::NotThere)?;
    let member = MemberId::from_bytes(member);
    let live = context.app.desk.find(talks).ok_or(Fault::NotThere)?;
    if !live.talks().has_member(member) {
        return Err(Fault::NotThere);
    }
    Ok(SeatAt { live, member })
}

/// Refuses changes that another site could have caused.
fn refuse_forgery(route: &Route, context: &Context, headers: &HeaderMap) -> Result<(), Fault> {
    let site = header(headers, &HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Denied::Forgery.into());
    }
    if route.is_api() {
        // A cookie alone proves nothing; a header that no form can set does.
        let proved = header(headers, &header::AUTHORIZATION).is_some()
            || header(headers, &HeaderName::from_static("x-detente-form"))
                .is_some_and(|token| token == context.form_token());
        let needed = context.session.is_some() && !proved;
        return if needed { Err(Denied::Forgery.into()) } else { Ok(()) };
    }
    if context.session.is_some() && context.form.get("form") != Some(&context.form_token()) {
        return Err(Denied::Forgery.into());
    }
    Ok(())
}

/// A cookie for a language or time zone just chosen in the query.
fn taste(context: &Context) -> Option<String> {
    let chosen = |name, value: &str| {
        format!("{name}={value}; Path=/; Max-Age={TASTE_SECONDS}; SameSite=Strict")
    };
    if context.query.get(LANGUAGE_COOKIE).is_some() {
        return Some(chosen(LANGUAGE_COOKIE, context.language.code()));
    }
    context.query.get(ZONE_COOKIE)?;
    let name = context.zone.iana_name().unwrap_or("UTC");
    Some(chosen(ZONE_COOKIE, &name.replace('/', "%2F")))
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value)
}

/// The headers every answer carries.
fn seal(mut response: Response, https: bool) -> Response {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), interest-cohort=()",
        ),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        let value = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The cookie that holds a session.
pub(crate) fn session_cookie(app: &App, session: Option<&Token>) -> String {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let name = app.config.session_cookie();
    match session {
        Some(session) => {
            format!("{name}={}; Path=/; HttpOnly; SameSite=Strict{secure}", *session.to_text())
        }
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Strict{secure}; Max-Age=0"),
    }
}

impl Reply {
    /// Hands a session to the browser, or takes it away.
    pub(crate) fn session(self, app: &App, session: Option<&Token>) -> Self {
        self.with(header::SET_COOKIE, &session_cookie(app, session))
    }
}
