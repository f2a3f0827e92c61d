//! What went wrong, in words, and what to do.

use super::{Audience, Shell};
use crate::auth::Denied;
use crate::http::{Fault, Reply};
use crate::live::Failure;
use crate::store::StoreError;
use crate::words::{Words, fill};
use detente_mediation::{Refusal, Right};
use maud::html;

/// The page for a fault.
pub(crate) fn fault(shell: &Shell, fault: &Fault) -> Reply {
    let words = shell.words();
    let (title, why) = said(shell, fault);
    let signed_out = matches!(fault, Fault::Denied(Denied::Session));
    let kept = !matches!(fault, Fault::NotThere | Fault::Denied(_));
    let content = html! {
        div.trouble role="alert" {
            p { (why) }
            @if kept { p { (words.nothing_changed) } }
        }
        @if signed_out { p { a.action href="/sign-in" { (words.sign_in) } } }
        @else if kept { p { (words.go_back) } }
    };
    Reply::page(shell.page(title, &Audience::You, &content)).status(fault.status())
}

/// A fault in words: a title and the reason.
pub(crate) fn said(shell: &Shell, fault: &Fault) -> (&'static str, String) {
    let words = shell.words();
    let reason = |text: &str| (words.not_done, text.to_owned());
    match fault {
        Fault::NotThere => (words.nothing_here, words.nothing_here_why.to_owned()),
        Fault::Input { what, mend } => (words.not_done, format!("{what} {mend}")),
        Fault::TooLarge => (words.body_too_large, words.body_too_large_mend.to_owned()),
        Fault::Denied(denied) => match denied {
            Denied::Session => (words.signed_out_title, words.signed_out_why.to_owned()),
            Denied::TooMany(seconds) => {
                (words.wait_title, fill(words.wait_seconds, &[&seconds.to_string()]))
            }
            Denied::Link => reason(words.link_bad),
            Denied::Credentials => reason(words.credentials_bad),
            Denied::Forgery => reason(words.forgery),
            Denied::Password(_) => reason(words.password_rule),
            Denied::NameTaken => reason(words.name_taken),
            Denied::Store(StoreError::Full) => reason(words.disk_full),
            Denied::Store(_) | Denied::NoRandomness(_) => reason(words.store_failed),
        },
        Fault::Failed(failure) => match failure {
            Failure::Refused(Refusal::NotThere) => {
                (words.nothing_here, words.nothing_here_why.to_owned())
            }
            Failure::Refused(refusal) => (words.not_done, refused(shell, refusal)),
            Failure::KeyReused => reason(words.key_reused),
            Failure::Store(StoreError::Full) => reason(words.disk_full),
            _ => reason(words.store_failed),
        },
    }
}

fn refused(shell: &Shell, refusal: &Refusal) -> String {
    let words = shell.words();
    match refusal {
        Refusal::NotThere => words.nothing_here_why.to_owned(),
        Refusal::Mandate(right) => fill(words.refused_mandate, &[right_name(words, *right)]),
        Refusal::NotPermitted => words.refused_permission.to_owned(),
        Refusal::AlreadyRead => words.refused_read.to_owned(),
        Refusal::AlreadyDone => words.refused_done.to_owned(),
        Refusal::NoChannel(between) => fill(words.refused_channel, &[between]),
        Refusal::TooLate(at) => fill(words.refused_late, &[&shell.say_time(*at)]),
        Refusal::TooEarly(at) => fill(words.refused_early, &[&shell.say_time(*at)]),
        Refusal::Malformed { what, mend } => format!("{what}; {mend}"),
    }
}

pub(crate) fn right_name(words: &'static Words, right: Right) -> &'static str {
    match right {
        Right::Read => words.right_read,
        Right::Draft => words.right_draft,
        Right::Speak => words.right_speak,
        Right::Accept => words.right_accept,
        Right::Lead => words.right_lead,
    }
}
