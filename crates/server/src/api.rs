//! The JSON interface: the same commands and the same view as the pages.

mod description;

use crate::auth::{Denied, Seat, Token};
use crate::http::{Context, Fault, Reply};
use crate::live::{Done, Failure};
use axum::http::StatusCode;
use detente_mediation::{Ask, MemberId, Opening, Refusal, TalksId, Viewer, Who};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A fault as JSON. What is not there and what is not yours are the same bytes.
pub(crate) fn fault(fault: &Fault) -> Reply {
    let (code, detail) = match fault {
        Fault::NotThere | Fault::Failed(Failure::Refused(Refusal::NotThere)) => {
            ("not-there", json!(null))
        }
        Fault::Denied(denied) => ("denied", json!(denied.to_string())),
        Fault::TooLarge => ("too-large", json!(null)),
        Fault::Input { what, mend } => ("unusable", json!(format!("{what}; {mend}"))),
        Fault::Failed(Failure::Refused(refusal)) => ("refused", json!(refusal)),
        Fault::Failed(Failure::KeyReused) => ("key-reused", json!(null)),
        Fault::Failed(_) => ("not-kept", json!(null)),
    };
    Reply::json(&json!({ "error": code, "detail": detail })).status(fault.status())
}

fn body<T: DeserializeOwned>(context: &Context) -> Result<T, Fault> {
    serde_json::from_slice(&context.body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let what = format!("the body is not what is expected here ({place}): {error}");
        Fault::input(what, "GET /api/v1/openapi.json describes it")
    })
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Credentials {
    Link { link: String },
    Password { name: String, password: String },
}

/// A session, for `Authorization: Bearer`.
pub(crate) async fn open_session(context: Context) -> Result<Reply, Fault> {
    let people = &context.app.people;
    let session = match body(&context)? {
        Credentials::Link { link } => {
            let token = Token::from_text(&link).ok_or(Denied::Link)?;
            people.use_link(&token).await?
        }
        Credentials::Password { name, password } => people.sign_in(&name, &password).await?,
    };
    Ok(Reply::json(&json!({ "session": *session.to_text() })).status(StatusCode::CREATED))
}

/// Ends this session.
pub(crate) async fn end_session(context: Context) -> Result<Reply, Fault> {
    if let Some(session) = &context.session {
        context.app.people.end_session(session, false).await?;
    }
    Ok(Reply::json(&json!({})))
}

/// The talks one has a seat in.
pub(crate) async fn talks(context: Context) -> Result<Reply, Fault> {
    let all = context.seats().into_iter().filter_map(|seat| {
        let live = context.app.desk.find(TalksId::from_bytes(seat.talks))?;
        live.view(Viewer::Member(MemberId::from_bytes(seat.member))).you
    });
    Ok(Reply::json(&all.collect::<Vec<_>>()))
}

/// Begins talks.
pub(crate) async fn begin(context: Context) -> Result<Reply, Fault> {
    let opening: Opening = body(&context)?;
    let opened = context.app.desk.open(&opening).await?;
    let seat = Seat { talks: *opened.talks.as_bytes(), member: *opened.lead.as_bytes() };
    context.app.people.give_seat(context.person()?, seat).await?;
    Ok(Reply::json(&json!({ "talks": opened.talks })).status(StatusCode::CREATED))
}

/// All that one may see.
pub(crate) async fn view(context: Context) -> Result<Reply, Fault> {
    Ok(Reply::json(&context.view()?))
}

/// Carries out a command. The answer says only that it was done: what came of
/// it is in the view.
pub(crate) async fn command(context: Context) -> Result<Reply, Fault> {
    let ask: Ask = body(&context)?;
    let repeated = matches!(context.carry_out(ask).await?, Done::Before);
    Ok(Reply::json(&json!({ "done": true, "repeated": repeated })))
}

/// What each audience would receive.
pub(crate) async fn preview(context: Context) -> Result<Reply, Fault> {
    let ask: Ask = body(&context)?;
    let seat = context.seat()?;
    let who = Who::Member(seat.member);
    Ok(Reply::json(&context.app.desk.preview(&seat.live, who, ask)?))
}

/// The description of all this.
pub(crate) async fn openapi(_: Context) -> Result<Reply, Fault> {
    Ok(Reply::json(&description::document()))
}
