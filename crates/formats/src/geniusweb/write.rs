//! Writing GeniusWeb JSON: utilities from 0 to 1, weights that add up to 1,
//! and the reservation as a bid.

use crate::source::Format;
use crate::write::{
    Scale, Tables, Written, decimal, file_names, foreign_losses, may_bind, numeric, quoted,
};
use detente_model::diagnostic::Diagnostic;
use detente_model::{IssueKind, Number, Scenario, Utility};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Sums of options looked at while searching for the reservation bid.
const MAX_SUMS: usize = 200_000;

/// Writes a scenario as GeniusWeb JSON.
pub(crate) fn write(scenario: &Scenario) -> Result<Written, Vec<Diagnostic>> {
    let utilities = numeric(scenario, "GeniusWeb JSON")?;
    let (domain_name, names) = file_names(scenario, "json")?;
    let mut written = Written::default();
    foreign_losses(scenario, Format::GeniusWebJson, &mut written);
    for issue in scenario.issues() {
        if !matches!(issue.kind, IssueKind::Categorical(_)) {
            written.remark(
                "kind-lost",
                format!("issue `{}` becomes a list of values without order or number", issue.name),
            );
        }
    }
    let mut profiles = Vec::new();
    for ((party, utility), file) in scenario.parties().iter().zip(utilities).zip(names) {
        if !utility.interactions.is_empty() {
            return Err(vec![
                Diagnostic::error(
                    "not-expressible",
                    format!(
                        "GeniusWeb's linear profiles have no interactions, and `{}` has",
                        party.id
                    ),
                )
                .hint("write NegMAS YAML or our own"),
            ]);
        }
        if utility.discount != Number::one() {
            written.lose(
                "discount-lost",
                format!("GeniusWeb JSON has no discount; that of `{}` is left out", party.id),
            );
        }
        let tables = Tables::new(scenario, utility)?;
        if let Some(cap) = &utility.cap
            && may_bind(&tables, utility, cap)
        {
            written.lose(
                "cap-lost",
                format!("GeniusWeb JSON cannot cap the utilities of `{}` at {cap}", party.id),
            );
        }
        profiles.push((file, party, utility, tables));
    }
    let domain = domain(scenario);
    written.files.push((domain_name, format!("{domain}\n")));
    for (file, party, utility, tables) in profiles {
        let text =
            profile(scenario, &domain, (&party.id, &party.name), utility, tables, &mut written)?;
        written.files.push((file, text));
    }
    Ok(written)
}

fn domain(scenario: &Scenario) -> String {
    let mut out = format!("{{\"name\": {}, \"issuesValues\": {{", quoted(scenario.title()));
    for (index, issue) in scenario.issues().iter().enumerate() {
        let count = issue.len().unwrap_or(0) as usize;
        let names: Vec<String> = (0..count).map(|o| quoted(&issue.option_name(o))).collect();
        let comma = if index == 0 { "" } else { ", " };
        let _ =
            write!(out, "{comma}{}: {{\"values\": [{}]}}", quoted(&issue.name), names.join(", "));
    }
    out.push_str("}}");
    out
}

fn profile(
    scenario: &Scenario,
    domain: &str,
    (id, name): (&str, &str),
    utility: &Utility,
    tables: Tables,
    written: &mut Written,
) -> Result<String, Vec<Diagnostic>> {
    let refuse = |message: String| vec![Diagnostic::error("not-expressible", message)];
    let Some(tables) = tables.without_constant() else {
        return Err(refuse(format!("GeniusWeb has no utilities below zero, and `{id}` has")));
    };
    let largest = tables.largest();
    let sum = largest.iter().fold(Number::zero(), |sum, v| &sum + v);
    if sum > Number::one() {
        written.lose(
            "scale-lost",
            format!(
                "GeniusWeb's utilities end at 1; those of `{id}` are divided by {}",
                decimal(&sum)
            ),
        );
    }
    // Weights add up to one: where utilities end below one, evaluations do too.
    let scale = sum.clone().min(Number::one());
    let zero = Number::zero;
    let weights: Vec<Number> = if sum.is_zero() {
        let count = i64::try_from(largest.len()).unwrap_or(1).max(1);
        largest.iter().map(|_| Number::ratio(1, count).unwrap_or_else(zero)).collect()
    } else {
        largest.iter().map(|v| (v / &sum).unwrap_or_else(zero)).collect()
    };
    let mut out = format!(
        "{{\"LinearAdditiveUtilitySpace\": {{\n\"name\": {},\n\"issueUtilities\": {{\n",
        quoted(name)
    );
    for (index, issue) in scenario.issues().iter().enumerate() {
        let values: Vec<String> = tables.values[index]
            .iter()
            .enumerate()
            .map(|(o, value)| {
                let part = (value / &largest[index]).map_or_else(zero, |p| &p * &scale);
                format!("{}: {}", quoted(&issue.option_name(o)), decimal(&part))
            })
            .collect();
        let comma = if index == 0 { "" } else { ",\n" };
        let _ = write!(
            out,
            "{comma}{}: {{\"discreteutils\": {{\"valueUtilities\": {{{}}}}}}}",
            quoted(&issue.name),
            values.join(", ")
        );
    }
    let weights: Vec<String> = scenario
        .issues()
        .iter()
        .zip(&weights)
        .map(|(issue, weight)| format!("{}: {}", quoted(&issue.name), decimal(weight)))
        .collect();
    let _ =
        write!(out, "\n}},\n\"issueWeights\": {{{}}},\n\"domain\": {domain}", weights.join(", "));
    if !utility.reservation.is_zero() {
        let (exact, bid) = reservation_bid(&tables, &utility.reservation)
            .ok_or_else(|| refuse(format!("no bid was found whose utility is the reservation value of `{id}`, and GeniusWeb knows it by a bid")))?;
        if !exact {
            written.lose(
                "reservation-lost",
                format!("no outcome is worth just the reservation value of `{id}`; the next better one stands for it"),
            );
        }
        let values: Vec<String> = scenario
            .issues()
            .iter()
            .zip(bid)
            .map(|(issue, o)| format!("{}: {}", quoted(&issue.name), quoted(&issue.option_name(o))))
            .collect();
        let _ =
            write!(out, ",\n\"reservationBid\": {{\"issuevalues\": {{{}}}}}", values.join(", "));
    }
    out.push_str("\n}}\n");
    Ok(out)
}

/// The outcome of least utility at or above `wanted`, and whether it meets it.
fn reservation_bid(tables: &Tables, wanted: &Number) -> Option<(bool, Vec<usize>)> {
    let scale = Scale::of(tables.values.iter().flatten().chain([wanted]))?;
    let wanted = scale.whole(wanted)?;
    let rows: Option<Vec<Vec<i128>>> =
        tables.values.iter().map(|row| row.iter().map(|v| scale.whole(v)).collect()).collect();
    let rows = rows?;
    let best = rows.iter().filter_map(|row| row.iter().max());
    let mut most = best.copied().try_fold(0_i128, i128::checked_add)?;
    let mut sums: BTreeMap<i128, Vec<usize>> = BTreeMap::from([(0, Vec::new())]);
    for row in &rows {
        most -= row.iter().max()?;
        let mut next: BTreeMap<i128, Vec<usize>> = BTreeMap::new();
        for (sum, chosen) in &sums {
            for (option, value) in row.iter().enumerate() {
                let sum = sum.checked_add(*value)?;
                // What cannot reach the wanted sum any more is dropped.
                if sum.checked_add(most)? >= wanted {
                    next.entry(sum)
                        .or_insert_with(|| chosen.iter().copied().chain([option]).collect());
                }
            }
            if next.len() > MAX_SUMS {
                return None;
            }
        }
        sums = next;
    }
    let (sum, bid) = sums.range(wanted..).next()?;
    Some((*sum == wanted, bid.clone()))
}
