//! Small things that many pages show.

use super::{Audience, Shell};
use crate::words::Words;
use detente_mediation::view::{AuthorView, IssueView, PrincipalView, RoomView, View};
use detente_mediation::{
    AttributionLevel, IssueId, ItemKind, Options, Package, Permission, PrincipalId, PrincipalKind,
    RoomId,
};
use detente_report::svg::canvas::isolated;
use maud::{Markup, html};

/// Who said something, and for whom.
pub(super) fn author(shell: &Shell, author: &AuthorView) -> Markup {
    shell.names(&[author.name.clone(), author.principal_name.clone()])
}

/// The name of a principal.
pub(super) fn principal(view: &View, id: PrincipalId) -> &str {
    view.principals.iter().find(|p| p.id == id).map_or("", |p| p.name.as_str())
}

pub(super) fn room(view: &View, id: RoomId) -> Option<&RoomView> {
    view.rooms.iter().find(|room| room.id == id)
}

/// The principals of a kind.
pub(super) fn of_kind(view: &View, kind: PrincipalKind) -> impl Iterator<Item = &PrincipalView> {
    view.principals.iter().filter(move |p| p.kind == kind)
}

/// Who is in a room. More than two principals is wide.
pub(super) fn audience(room: &RoomView) -> Audience {
    let names = room.participants.iter().map(|p| match p.only.as_slice() {
        [] => p.name.clone(),
        only => {
            let people: Vec<_> = only.iter().map(|(_, name)| name.as_str()).collect();
            format!("{} ({})", p.name, people.join(", "))
        }
    });
    Audience::These { names: names.collect(), wide: room.participants.len() > 2 }
}

pub(super) fn kind(words: &Words, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Position => words.kind_position,
        ItemKind::Message => words.kind_message,
        ItemKind::Note => words.kind_note,
        ItemKind::Proposal => words.kind_proposal,
    }
}

pub(super) fn permission(words: &Words, permission: Permission) -> &'static str {
    match permission {
        Permission::DoNotConvey => words.permission_none,
        Permission::AsOwn => words.permission_own,
        Permission::MayConvey => words.permission_convey,
    }
}

pub(super) fn attribution(words: &Words, level: AttributionLevel) -> &'static str {
    match level {
        AttributionLevel::OffTheRecord => words.attribution_off,
        AttributionLevel::DeepBackground => words.attribution_deep,
        AttributionLevel::Background => words.attribution_background,
        AttributionLevel::OnTheRecord => words.attribution_on,
    }
}

pub(crate) fn principal_kind(words: &Words, kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Mediator => words.kind_mediator,
        PrincipalKind::Party => words.kind_party,
        PrincipalKind::Guarantor => words.kind_guarantor,
        PrincipalKind::Observer => words.kind_observer,
    }
}

/// An issue has at most this many options in a list to choose from.
const OPTIONS_MAX: usize = 200;

/// The options of an issue by name, in order; none where it is shared out.
pub(super) fn options(issue: &IssueView) -> Vec<String> {
    match &issue.issue.options {
        Options::Categorical(names) | Options::Ordered(names) => names.clone(),
        Options::Integer { .. } | Options::Stepped { .. } => {
            let Some(known) = issue.issue.to_issue() else { return Vec::new() };
            let unit = &issue.issue.unit;
            let count = known.len().map_or(0, |n| usize::try_from(n).unwrap_or(OPTIONS_MAX));
            (0..count.min(OPTIONS_MAX))
                .map(|at| format!("{} {unit}", known.option_name(at)).trim().to_owned())
                .collect()
        }
        Options::Divisible => Vec::new(),
    }
}

/// Options chosen, as a list.
pub(super) fn package(view: &View, package: &Package) -> Markup {
    html! {
        @if !package.is_empty() {
            ul.tags {
                @for issue in &view.issues {
                    @if let Some(at) = package.get(&issue.id) {
                        li { bdi { (issue.issue.name) } ": " b { bdi {
                            (usize::try_from(*at).ok().and_then(|at| options(issue).get(at).cloned()).unwrap_or_default())
                        } } }
                    }
                }
            }
        }
    }
}

/// The issues an item is about, by name.
pub(super) fn about(view: &View, about: &[IssueId]) -> Vec<String> {
    let named = view.issues.iter().filter(|issue| about.contains(&issue.id));
    named.map(|issue| issue.issue.name.clone()).collect()
}

/// One list of options per issue, to put a package together.
pub(super) fn package_fields(shell: &Shell, view: &View, chosen: &Package) -> Markup {
    let words = shell.words();
    html! {
        @for issue in &view.issues {
            @let options = options(issue);
            @if !options.is_empty() {
                label for={ "issue-" (issue.id) } { bdi { (issue.issue.name) } }
                select id={ "issue-" (issue.id) } name={ "issue-" (issue.id) } dir="auto" {
                    option value="" { (words.left_open) }
                    @for (at, option) in options.iter().enumerate() {
                        option value=(at) selected[chosen.get(&issue.id) == Some(&(at as u64))] { (isolated(option)) }
                    }
                }
            }
        }
    }
}

/// The package that [`package_fields`] send.
pub(super) fn read_package(form: &crate::http::Form, prefix: &str) -> Package {
    let chosen = form.0.iter().filter_map(|(name, value)| {
        let issue = name.strip_prefix(prefix)?.parse().ok()?;
        Some((issue, value.trim().parse().ok()?))
    });
    chosen.collect()
}

/// A `select` of named values.
pub(super) fn select(id: &str, choices: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        select id=(id) name=(id) {
            @for (value, name) in choices {
                option value=(value) selected[*value == chosen] { (name) }
            }
        }
    }
}
