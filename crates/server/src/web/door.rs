//! The pages before one is inside.

use super::{Audience, Shell};
use crate::auth::Token;
use crate::http::{Context, Fault, Reply};
use maud::{Markup, html};

/// What is this place?
pub(crate) async fn home(context: Context) -> Result<Reply, Fault> {
    let shell = Shell::of(&context);
    let words = shell.words();
    let content = html! {
        p.answer { (words.home_what) }
        p { (words.home_side) }
        p { (words.home_rest) }
        @if context.person.is_some() {
            p { a.action href="/talks" { (words.to_your_talks) } }
        } @else {
            p { (words.home_link) }
            p { a.action .quiet[context.app.config.demo] href="/sign-in" { (words.sign_in) } }
        }
        (crate::demo::choices(&shell, &context))
    };
    Ok(Reply::page(shell.page(words.home_title, &Audience::Everyone, &content)))
}

/// Do you want to come in? Opening the link does not use it up: mail programs open links too.
pub(crate) async fn link(context: Context) -> Result<Reply, Fault> {
    let token = given_link(&context)?;
    if !context.app.people.link_is_good(&token) {
        return Err(crate::auth::Denied::Link.into());
    }
    let shell = Shell::of(&context);
    let words = shell.words();
    let content = html! {
        p { (words.link_once) }
        form method="post" { (shell.fields()) button { (words.come_in) } }
    };
    Ok(Reply::page(shell.page(words.link_title, &Audience::You, &content)))
}

/// Uses up the link.
pub(crate) async fn use_link(context: Context) -> Result<Reply, Fault> {
    let token = given_link(&context)?;
    let session = context.app.people.use_link(&token).await?;
    Ok(Reply::see("/talks").session(&context.app, Some(&session)))
}

fn given_link(context: &Context) -> Result<Token, Fault> {
    Token::from_text(context.parameter("link")).ok_or(crate::auth::Denied::Link.into())
}

/// Who are you?
pub(crate) async fn sign_in_form(context: Context) -> Result<Reply, Fault> {
    let shell = Shell::of(&context);
    let words = shell.words();
    let content = html! {
        form.wide method="post" {
            (shell.fields())
            (credentials(&shell, "current-password"))
            button { (words.sign_in) }
        }
        p.quiet { (words.no_name_yet) }
    };
    Ok(Reply::page(shell.page(words.sign_in_title, &Audience::You, &content)))
}

fn credentials(shell: &Shell, password: &str) -> Markup {
    let words = shell.words();
    html! {
        label for="name" { (words.sign_in_name) }
        input #name type="text" name="name" required autocomplete="username" maxlength="200";
        label for="password" {
            (words.password)
            @if password == "new-password" { span.hint { (words.password_rule) } }
        }
        input #password type="password" name="password" required autocomplete=(password);
    }
}

/// Lets in by name and password.
pub(crate) async fn sign_in(context: Context) -> Result<Reply, Fault> {
    let name = context.form.text("name");
    let password = context.form.get("password").unwrap_or_default();
    let session = context.app.people.sign_in(&name, password).await?;
    Ok(Reply::see("/talks").session(&context.app, Some(&session)))
}

/// Ends this session, or all of this person's.
pub(crate) async fn sign_out(context: Context) -> Result<Reply, Fault> {
    if let Some(session) = &context.session {
        context.app.people.end_session(session, context.form.has("everywhere")).await?;
    }
    Ok(Reply::see("/").session(&context.app, None))
}

/// How will you sign in next time?
pub(crate) async fn account(context: Context) -> Result<Reply, Fault> {
    let shell = Shell::of(&context);
    let words = shell.words();
    let person = context.app.people.person(context.person()?);
    let set = person.is_some_and(|p| p.credentials.is_some());
    let content = html! {
        @if context.query.has("saved") { p.note role="status" { (words.saved) } }
        p { (words.account_why) }
        @if set { p { (words.account_set) } }
        form.wide method="post" {
            (shell.fields())
            (credentials(&shell, "new-password"))
            button { (words.save) }
        }
        form method="post" action="/sign-out" {
            (shell.fields())
            input type="hidden" name="everywhere" value="yes";
            button.quiet { (words.end_everywhere) }
        }
    };
    Ok(Reply::page(shell.page(words.account_title, &Audience::You, &content)))
}

/// Sets a name and a password.
pub(crate) async fn set_password(context: Context) -> Result<Reply, Fault> {
    let name = context.form.text("name");
    let password = context.form.get("password").unwrap_or_default();
    context.app.people.set_credentials(context.person()?, &name, password).await?;
    Ok(Reply::see("/account?saved=yes"))
}
