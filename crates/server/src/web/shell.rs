//! What stands round every page.

use super::assets;
use crate::http::Context;
use crate::words::{Language, Words, fill};
use detente_mediation::View;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, html};

/// Who sees what stands on a page.
pub(crate) enum Audience {
    /// Anybody.
    Everyone,
    /// The person who looks.
    You,
    /// These, by name. Wide audiences are shown loudly.
    These { names: Vec<String>, wide: bool },
}

/// The frame of a page: who looks, in which language, where.
pub(crate) struct Shell {
    pub(crate) language: Language,
    zone: TimeZone,
    now: Timestamp,
    signed_in: bool,
    here: String,
    form_token: String,
    once: String,
    demo: bool,
    place: Option<Place>,
}

/// The talks a page is about.
struct Place {
    base: String,
    title: String,
    who: String,
    pages: Vec<(&'static str, &'static str)>,
}

impl Shell {
    pub(crate) fn of(context: &Context) -> Self {
        Self {
            language: context.language,
            zone: context.zone.clone(),
            now: context.app.edge.now(),
            signed_in: context.person.is_some(),
            here: context.here.clone(),
            form_token: context.form_token(),
            once: context.once_token(),
            demo: context.app.config.demo,
            place: None,
        }
    }

    /// The frame of a page inside talks.
    pub(crate) fn inside(context: &Context, view: &View) -> Self {
        let mut shell = Self::of(context);
        shell.place = view.you.as_ref().map(|you| {
            let principal = view.principals.iter().find(|p| p.id == you.principal);
            let principal = principal.map_or("", |p| p.name.as_str());
            Place {
                base: context.path(""),
                title: you.title.clone(),
                who: fill(shell.words().acting_as, &[&you.name, principal]),
                pages: super::desk::pages(shell.words(), you),
            }
        });
        shell
    }

    pub(crate) fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// The hidden fields of every form.
    pub(crate) fn fields(&self) -> Markup {
        html! {
            input type="hidden" name="form" value=(self.form_token);
            input type="hidden" name="once" value=(self.once);
        }
    }

    /// A moment in the reader's time zone, with the exact one for machines.
    pub(crate) fn time(&self, at: Timestamp) -> Markup {
        html! { time dir="ltr" datetime=(at.strftime("%Y-%m-%dT%H:%M:%SZ")) { (self.say_time(at)) } }
    }

    pub(crate) fn say_time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    pub(super) fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// A whole page.
    pub(crate) fn page(&self, question: &str, audience: &Audience, content: &Markup) -> Markup {
        let words = self.words();
        html! {
            (DOCTYPE)
            html lang=(self.language.code()) dir=(self.language.direction()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title {
                        (question)
                        @if let Some(place) = &self.place { " – " (place.title) }
                        " – Détente"
                    }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href=(assets::STYLE.path());
                    script defer src=(assets::SCRIPT.path()) {}
                }
                body {
                    a.skip href="#page" { (words.skip) }
                    (self.header())
                    (self.audience(audience))
                    main #page tabindex="-1" {
                        h1 { (question) }
                        (content)
                    }
                    (self.footer())
                }
            }
        }
    }

    fn header(&self) -> Markup {
        let words = self.words();
        html! {
            header.top {
                a.mark href=@if self.signed_in { "/talks" } @else { "/" } { "Détente" }
                @if let Some(place) = &self.place {
                    a.where href=(place.base) { bdi { (place.title) } }
                    span.who { (place.who) }
                }
                @if self.signed_in {
                    form.quiet-form method="post" action="/sign-out" {
                        input type="hidden" name="form" value=(self.form_token);
                        button.link { (words.sign_out) }
                    }
                }
            }
            @if let Some(place) = &self.place {
                nav aria-label=(words.pages) {
                    @for (path, name) in &place.pages {
                        @let path = format!("{}{path}", place.base);
                        a href=(path) aria-current=[(path == self.here).then_some("page")] { (name) }
                    }
                }
            }
        }
    }

    fn audience(&self, audience: &Audience) -> Markup {
        let words = self.words();
        let wide = matches!(audience, Audience::Everyone | Audience::These { wide: true, .. });
        html! {
            aside.audience .loud[wide] aria-label=(words.who_sees_this) {
                b { (words.who_sees_this) } " "
                @match audience {
                    Audience::Everyone => { (words.everyone_here) }
                    Audience::You => { (words.only_you) }
                    Audience::These { names, .. } => (self.names(names)),
                }
            }
        }
    }

    /// Names in a row, each with its own direction.
    pub(crate) fn names(&self, names: &[String]) -> Markup {
        let comma = if self.language == Language::Arabic { "، " } else { ", " };
        html! {
            @for (at, name) in names.iter().enumerate() {
                @if at > 0 { (comma) }
                bdi { (name) }
            }
        }
    }

    fn footer(&self) -> Markup {
        let words = self.words();
        html! {
            footer {
                p {
                    (fill(words.as_of, &[&self.say_time(self.now)])) " · "
                    (fill(words.times_in, &[self.zone_name()]))
                    @if self.signed_in {
                        " · " a href="/account" { (words.account) }
                        " · " a href="/talks" { (words.all_talks) }
                    }
                }
                p.languages {
                    span { (words.your_language) ": " }
                    @for language in Language::ALL {
                        a href={ "?language=" (language.code()) } hreflang=(language.code())
                            lang=(language.code())
                            aria-current=[(language == self.language).then_some("true")]
                            { (language.name()) }
                        " "
                    }
                }
                form.zone method="get" {
                    label for="zone" { (words.time_zone) }
                    input #zone name="zone" value=(self.zone_name()) dir="ltr" autocomplete="off"
                        list="zones" size="20";
                    datalist #zones {
                        @for zone in ZONES { option value=(zone) {} }
                    }
                    button.quiet { (words.show_times) }
                }
                @if self.demo { p { a href="/" { (words.demo_roles) } } }
            }
        }
    }
}

/// Offered first; any name of the time zone database can be typed.
const ZONES: [&str; 12] = [
    "UTC",
    "Africa/Cairo",
    "Africa/Nairobi",
    "America/Bogota",
    "America/New_York",
    "Asia/Doha",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Europe/Zurich",
    "Europe/London",
    "Europe/Oslo",
];
