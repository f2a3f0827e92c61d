//! The mediator's workbench: what is possible on what it was told, and how sure that is.

use super::{Audience, Shell, chart, show};
use crate::http::{Context, Fault, Reply};
use crate::live::Failure;
use crate::system;
use crate::words::fill;
use detente_mediation::view::View;
use detente_mediation::workbench::{
    Budget, Candidate, Modality, NotPriced, Outlook, Phase, Price, Reason, RobustRule, SideSaid,
    Stand, outlook, price, stages,
};
use detente_mediation::{Package, PrincipalId, PrincipalKind};
use maud::{Markup, html};
use std::time::Duration;
use tokio::sync::oneshot;

/// A side that accepts at least this likely stands in nobody's way.
const LIKELY: f64 = 0.9;

/// No page thinks longer; what is not computed by then is left out, and said so.
const PATIENCE: Duration = Duration::from_secs(8);

/// Works something out beside the other requests and behind them: on a thread
/// of its own, of the lowest priority. Each person has one thing worked out at
/// a time and waits for nobody else's.
pub(super) async fn think<T: Send + 'static>(
    context: &Context,
    work: impl FnOnce(&Budget<'_>) -> T + Send + 'static,
) -> Result<T, Fault> {
    let seat = context.seat()?;
    // Nobody ever closes it.
    let permit = seat.live.thinking(seat.member).acquire_owned().await;
    let edge = context.app.edge.clone();
    let (tell, told) = oneshot::channel();
    let thinking = move || {
        system::step_back();
        let until = edge.since_start() + PATIENCE;
        let stop = || edge.since_start() > until;
        let done = work(&Budget::default().stopped_by(&stop));
        drop(permit);
        // Whoever asked may have gone.
        let _ = tell.send(done);
    };
    let thread = std::thread::Builder::new().name("thinker".into()).spawn(thinking);
    thread.map_err(|_| Fault::Failed(Failure::Stopping))?;
    told.await.map_err(|_| Fault::Failed(Failure::Stopping))
}

/// The view of a mediator; nobody else has a workbench.
fn mediators_view(context: &Context) -> Result<View, Fault> {
    let view = context.view()?;
    if mediates(&view) { Ok(view) } else { Err(Fault::NotThere) }
}

fn mediates(view: &View) -> bool {
    view.you.as_ref().is_some_and(|you| you.kind == PrincipalKind::Mediator)
}

/// Which deals are possible, and how sure is that?
pub(crate) async fn page(context: Context) -> Result<Reply, Fault> {
    let view = mediators_view(&context)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let seen = view.clone();
    let found = think(&context, move |budget| outlook(&seen, budget)).await?;
    let content = html! {
        p { (words.workbench_why) }
        @match &found {
            None => p { (words.workbench_nothing) },
            Some(found) => (whole(&shell, &context, &view, found)),
        }
    };
    Ok(Reply::page(shell.page(words.workbench_title, &Audience::You, &content)))
}

/// The same for programs.
pub(crate) async fn json(context: Context) -> Result<Reply, Fault> {
    let view = mediators_view(&context)?;
    let found = think(&context, move |budget| outlook(&view, budget)).await?;
    Ok(Reply::json(&found))
}

fn whole(shell: &Shell, context: &Context, view: &View, found: &Outlook) -> Markup {
    let words = shell.words();
    html! {
        h2 { (words.what_is_known) }
        (known(shell, view, found))
        @if let Some(party) = found.contradicted {
            div.trouble { p { (fill(words.contradicts_itself, &[show::principal(view, party)])) } }
        }
        @if let Some([surely, perhaps, never]) = found.counts {
            p { (fill(words.packages_counted, &[&surely.to_string(), &perhaps.to_string(), &never.to_string()])) " " span.quiet { (words.exact) } }
        } @else if found.contradicted.is_none() { p.quiet { (words.not_counted) } }
        @if let [across, up] = found.sides.as_slice() {
            @if !found.frontiers.is_empty() {
                h2 { (words.the_map) }
                p.quiet { (words.the_map_how) }
                div.scroll { (chart::map(shell, [show::principal(view, across.party), show::principal(view, up.party)], found)) }
            }
        }
        h2 { (words.worth_proposing) }
        @if found.candidates.is_empty() { p { (words.none_worth) } }
        @else { p.quiet { (words.bars_how) } }
        @for (number, candidate) in (1..).zip(&found.candidates) {
            (show_candidate(shell, context, view, found, number, candidate))
        }
        h2 { (words.who_blocks) }
        (blocks(shell, view, found))
    }
}

fn known(shell: &Shell, view: &View, found: &Outlook) -> Markup {
    let words = shell.words();
    html! {
        div.scroll { table {
            thead { tr {
                th scope="col" { (words.side) } th.n scope="col" { (words.statements) }
                th.n scope="col" { (words.surely_accepts) } th.n scope="col" { (words.perhaps_accepts) }
                th.n scope="col" { (words.never_accepts) } th scope="col" { (words.no_deal_lies) }
            } }
            tbody { @for side in &found.sides { tr {
                th scope="row" { bdi { (show::principal(view, side.party)) } }
                td.n { (side.statements) }
                @match side.counts {
                    Some(counts) => @for count in counts { td.n { (count) } },
                    None => @for _ in 0..3 { td.n { "–" } },
                }
                td { (known_range(shell, side.no_deal)) " " span.quiet { (words.estimate) } }
            } } }
        } }
    }
}

/// From and to, in per cent; from low to high in every script.
pub(super) fn range((low, high): (f64, f64)) -> String {
    let (low, high) = (rounded(low), rounded(high));
    if low == high { figure(&low) } else { figure(&format!("{low} – {high}")) }
}

/// A figure: from left to right in every script, and on one line.
fn figure(text: &str) -> String {
    format!("\u{2066}{}\u{2069}", text.replace(' ', "\u{a0}"))
}

fn rounded(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// A range, unless it is the whole scale, which says nothing.
fn known_range(shell: &Shell, (low, high): (f64, f64)) -> String {
    if percent(low) == percent(0.0) && percent(high) == percent(1.0) {
        shell.words().not_said_yet.to_owned()
    } else {
        range((low, high))
    }
}

pub(super) fn percent(share: f64) -> String {
    figure(&rounded(share))
}

/// A change, with its sign unless it rounds to none.
fn signed(share: f64) -> String {
    let percent = (100.0 * share).round();
    if percent == 0.0 {
        figure("0 %")
    } else {
        figure(&format!("{percent:+.0} %").replace('-', "−"))
    }
}

fn show_candidate(
    shell: &Shell,
    context: &Context,
    view: &View,
    found: &Outlook,
    number: usize,
    candidate: &Candidate,
) -> Markup {
    let words = shell.words();
    let query = package_query(&candidate.package);
    html! {
        section.candidate {
            h3 { (fill(words.package_number, &[&number.to_string()])) }
            (show::package(view, &candidate.package))
            @let reasons: Vec<_> = candidate.reasons.iter().filter_map(|r| say_reason(shell, r)).collect();
            ul { @for reason in &reasons { li { (reason) } }
                @if reasons.is_empty() { li { (words.reason_none) } }
                @if let Some((in_so_many, of)) = candidate.efficient {
                    li { (fill(words.efficient_in, &[&in_so_many.to_string(), &of.to_string()])) " " span.quiet { (words.estimate) } }
                }
            }
            div.scroll { table {
                thead { tr {
                    th scope="col" { (words.side) } th scope="col" { (words.would_accept) }
                    th scope="col" { (words.from_worst_to_best) } th scope="col" { (words.exactly_between) }
                } }
                tbody { @for (side, stand) in found.sides.iter().zip(&candidate.stands) { tr {
                    th scope="row" { bdi { (show::principal(view, side.party)) } }
                    td { (accepts(shell, side, stand)) }
                    td { (chart::bar(shell, stand, side.no_deal)) }
                    td { @match stand.exact { Some(band) => (known_range(shell, band)), None => "–" } }
                } } }
            } }
            @if let Some(change) = candidate.change.as_ref().filter(|c| c.before < LIKELY && found.sides[c.side].statements > 0) {
                @let changed = [(change.issue, change.option)].into();
                p { (fill(words.stands_in_way, &[show::principal(view, found.sides[change.side].party), &percent(change.before), &percent(change.after)])) " " span.quiet { (words.estimate) } }
                (show::package(view, &changed))
            }
            p.beside {
                a.action.quiet href=(context.path(&format!("/proposals/new?{query}"))) { (words.draft_proposal) }
                a href=(context.path(&format!("/workbench/stages?{query}"))) { (words.in_what_order) }
            }
        }
    }
}

/// A package as fields of a query.
fn package_query(package: &Package) -> String {
    let fields: Vec<_> = package.iter().map(|(id, o)| format!("issue-{id}={o}")).collect();
    fields.join("&")
}

/// A reason in words; `None` where the number in it says nothing.
fn say_reason(shell: &Shell, reason: &Reason) -> Option<Markup> {
    let words = shell.words();
    let (said, how_sure) = match *reason {
        Reason::SurelyAccepted => (words.reason_sure.to_owned(), words.exact),
        Reason::Expected { share, at_least } => {
            let (share, at_least) = (percent(share), percent(at_least));
            let words_of = if at_least == percent(0.0) {
                fill(words.reason_expected_only, &[&share])
            } else {
                fill(words.reason_expected, &[&share, &at_least])
            };
            (words_of, words.estimate)
        }
        Reason::Robust { rule, worst_case } => {
            let nothing = match rule {
                RobustRule::Regret => worst_case > 0.995,
                _ => percent(worst_case) == percent(0.0),
            };
            if nothing {
                return None;
            }
            (fill(robust(shell, rule), &[&percent(worst_case)]), words.exact)
        }
    };
    Some(html! { (said) " " span.quiet { (how_sure) } })
}

fn robust(shell: &Shell, rule: RobustRule) -> &'static str {
    let words = shell.words();
    match rule {
        RobustRule::Share => words.robust_share,
        RobustRule::Regret => words.robust_regret,
        RobustRule::Nash => words.robust_nash,
        RobustRule::KalaiSmorodinsky => words.robust_kalai,
        RobustRule::Egalitarian => words.robust_egalitarian,
    }
}

/// Whether a side accepts; of a side that said nothing there is no chance to name.
fn accepts(shell: &Shell, side: &SideSaid, stand: &Stand) -> String {
    let words = shell.words();
    let chance = match stand.accepts {
        Some(Modality::Necessary) => return words.surely.to_owned(),
        Some(Modality::Impossible) => return words.never.to_owned(),
        _ if side.statements == 0 => return words.not_said_yet.to_owned(),
        // An estimate is not certain, even where no case tried says otherwise.
        _ if stand.chance >= 1.0 => words.chance_in_all.to_owned(),
        _ if stand.chance <= 0.0 => words.chance_in_none.to_owned(),
        // And what is not all or none is not rounded to it.
        _ => fill(words.chance, &[&percent(stand.chance.clamp(0.01, 0.99))]),
    };
    match stand.accepts {
        Some(_) => format!("{}: {chance}", words.perhaps),
        None => chance,
    }
}

fn blocks(shell: &Shell, view: &View, found: &Outlook) -> Markup {
    let words = shell.words();
    html! {
        @if found.vetoes.is_empty() {
            p { @if found.counts.is_some() { (words.nobody_blocks) } @else { (words.not_counted) } }
        } @else {
            p { (words.blocks_why) " " span.quiet { (words.exact) } }
            ul.plain.rows {
                @for (place, side) in found.sides.iter().enumerate() {
                    @for veto in found.vetoes.iter().filter(|v| v.side == place) {
                        li { span.main { bdi { (show::principal(view, side.party)) } } (show::package(view, &[(veto.issue, veto.option)].into())) }
                    }
                }
            }
        }
    }
}

/// In what order could it be carried out, and who could walk away when?
pub(crate) async fn order(context: Context) -> Result<Reply, Fault> {
    let view = mediators_view(&context)?;
    let shell = Shell::inside(&context, &view);
    let words = shell.words();
    let package = show::read_package(&context.query, "issue-");
    let (seen, asked) = (view.clone(), package.clone());
    let found = think(&context, move |budget| stages(&seen, &asked, budget)).await?;
    let parties: Vec<_> = show::of_kind(&view, PrincipalKind::Party).collect();
    let content = html! {
        (show::package(&view, &package))
        p.quiet { (words.stages_how) }
        @match &found {
            None => p { (words.no_stages) },
            Some(found) => {
                p.answer { (if found.holds { words.stages_hold } else { words.stages_fail }) " " span.quiet { (words.estimate) } }
                p { (fill(words.stages_readings, &[&found.readings.0.to_string(), &found.readings.1.to_string()])) }
                @if let Some((party, phase)) = found.weakest {
                    p { (fill(words.stages_weakest, &[show::principal(&view, party), &phase.to_string()])) }
                }
                div.scroll { table {
                    caption { (words.stages_caption) }
                    thead { tr {
                        th scope="col" { (words.phase) } th scope="col" { (words.carried_out) }
                        @for party in &parties { th.n scope="col" { bdi { (party.name) } } }
                    } }
                    tbody { @for (number, phase) in (1..).zip(&found.phases) { (show_phase(&view, &package, number, phase)) } }
                } }
            },
        }
        p { a href=(context.path("/workbench")) { (words.back_to_workbench) } }
    };
    Ok(Reply::page(shell.page(words.stages_title, &Audience::You, &content)))
}

fn show_phase(view: &View, package: &Package, number: usize, phase: &Phase) -> Markup {
    let settled = |issue| package.get(&issue).map(|option| (issue, *option)).into_iter().collect();
    html! {
        tr {
            th scope="row" { (number) }
            td { @for (party, issue) in &phase.done {
                p { bdi { (show::principal(view, *party)) } } (show::package(view, &settled(*issue)))
            } }
            @for slack in &phase.slack { td.n { (signed(*slack)) } }
        }
    }
}

/// What a package would tell those who read it, before it is put.
pub(super) async fn gives_away(
    context: &Context,
    shell: &Shell,
    view: &View,
    package: Package,
    readers: Vec<PrincipalId>,
) -> Result<Markup, Fault> {
    let words = shell.words();
    if package.is_empty() || !mediates(view) {
        return Ok(html! {});
    }
    let seen = view.clone();
    let found = think(context, move |_| price(&seen, &package, &readers)).await?;
    Ok(html! {
        h2 { (words.what_it_tells) }
        @match found {
            Ok(prices) => {
                p.quiet { (words.what_it_tells_how) }
                @for price in &prices { (show_price(shell, view, price)) }
            },
            Err(why) => p { (match why {
                NotPriced::Open => words.not_priced_open,
                NotPriced::TooMany => words.not_priced_many,
                NotPriced::Nothing => words.not_priced_nothing,
                NotPriced::Unexpected => words.not_priced_unexpected,
            }) },
        }
    })
}

fn show_price(shell: &Shell, view: &View, price: &Price) -> Markup {
    let words = shell.words();
    let bits = |bits: f64| format!("{bits:.1}");
    html! {
        section {
            h3 { (fill(words.tells_reader, &[show::principal(view, price.reader), &bits(price.bits)])) }
            @if let Some(most) = price.at_most { p { (fill(words.tells_at_most, &[&bits(most), &price.sample.to_string()])) } }
            div.scroll { table {
                thead { tr {
                    th scope="col" { (words.could_guess) } th.n scope="col" { (words.guess_before) }
                    th.n scope="col" { (words.guess_after) } th.n scope="col" { (words.guess_answers) }
                } }
                tbody { @for guess in &price.guesses { tr {
                    th scope="row" { (fill(if guess.top_issue { words.guess_top } else { words.guess_limit }, &[show::principal(view, guess.party)])) }
                    td.n { (percent(guess.before)) } td.n { (percent(guess.after)) } td.n { (percent(guess.after_answers)) }
                } } }
            } }
            p.quiet { @if price.by_rule { (words.by_rule) } @else { (words.by_hand) } }
        }
    }
}
