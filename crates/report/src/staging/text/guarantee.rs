//! What `guarantee` says.

use super::Lines;
use crate::staging::words::{amounts, number, plan};
use detente_analysis::staging::{GuaranteeFound, Priced, Staging, Swings};
use num_traits::Signed;

/// What `guarantee` says.
#[must_use]
pub fn guarantee_text(block: &Staging, priced: &Priced, rests: Option<&Swings>) -> String {
    let case = &priced.case;
    let mut out = Lines::default();
    if !case.name.is_empty() {
        out.say("", &case.name);
    }
    match priced.without() {
        Some(slack) => out.say(
            "",
            &format!(
                "Without any guarantee the best plan has a smallest slack of {}.",
                number(slack)
            ),
        ),
        None => out.say(
            "",
            "No plan respects the limits and exposure caps; guarantees cannot change that.",
        ),
    }
    least(&mut out, priced, "Least bonds, forfeited by default", &priced.bond);
    least(&mut out, priced, "Least rewards, paid on completion", &priced.reward);
    if priced.without().is_some_and(Signed::is_negative) {
        out.say("", "For the best plan as it is, the least in all:");
        for (name, mix) in &priced.mixes {
            let amount =
                mix.as_ref().map_or("cannot make it hold".to_owned(), |m| number(&m.total));
            out.say("  ", &format!("{name}: {amount}"));
        }
    }
    if let Some(linked) = &priced.linked {
        out.say(
            "",
            &format!(
                "If the exchange is linked (escrow), the smallest slack is {}.",
                number(linked)
            ),
        );
    }
    if let Some(swings) = rests {
        out.swings("What that rests on: its plan kept, one number moved at a time", swings);
    }
    out.assumed(block);
    out.0
}

fn least(out: &mut Lines, priced: &Priced, name: &str, found: &GuaranteeFound) {
    match &found.least {
        None if found.complete => {
            let limit =
                if priced.limited.is_some() { " that the guarantors can put up" } else { "" };
            out.say("", &format!("{name}: no amount{limit} makes any plan hold."));
        }
        None => out.say("", &format!("{name}: not computed, too many states.")),
        Some(g) => {
            let put_up = amounts(&priced.case, &g.amounts);
            out.say("", &format!("{name}: {} in all ({put_up}).", number(&g.total())));
            out.say("  ", &format!("Plan: {}.", plan(&priced.case, &g.plan)));
        }
    }
}
