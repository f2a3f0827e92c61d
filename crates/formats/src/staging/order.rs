//! What must come before what, and whether that goes round in a circle.

use super::fields::Reader;
use crate::tree::{Entry, Node};
use detente_model::diagnostic::Span;
use detente_model::staging::{Case, Order};

/// One step named as `{deliverable: step}`.
pub(crate) fn step(reader: &mut Reader, case: &Case, node: &Node) -> Option<(usize, usize)> {
    let Some([Entry { key: id, key_span: place, value: which }]) = node.entries() else {
        reader.wrong(
            node,
            "staging-step",
            "expected one step",
            "write {deliverable: step}, as in {works: 2}",
        );
        return None;
    };
    let Some(j) = case.deliverables.iter().position(|d| d.id == *id) else {
        let ids: Vec<&str> = case.deliverables.iter().map(|d| d.id.as_str()).collect();
        reader.wrong_at(
            *place,
            "staging-no-such-deliverable",
            format!("there is no deliverable `{id}`"),
            format!("there are: {}", ids.join(", ")),
        );
        return None;
    };
    let which_step = reader.count(which)?;
    let steps = case.deliverables[j].steps.len();
    if which_step == 0 || which_step > steps {
        reader.wrong(
            which,
            "staging-no-such-step",
            format!("`{id}` has no step {which_step}"),
            format!("its steps are 1 to {steps}"),
        );
        return None;
    }
    Some((j, which_step))
}

pub(crate) fn orders(reader: &mut Reader, case: &mut Case, node: &Node) {
    let Some(list) = node.list() else {
        reader.wrong(
            node,
            "staging-order",
            "`order` is not a list",
            "write - {earlier: {works: 1}, later: {permits: 2}}",
        );
        return;
    };
    let mut spans = Vec::new();
    for entry in list {
        reader.known(entry, &["earlier", "later"]);
        let (Some(earlier), Some(later)) = (entry.get("earlier"), entry.get("later")) else {
            reader.wrong(
                entry,
                "staging-order",
                "an order needs `earlier` and `later`",
                "write {earlier: {works: 1}, later: {permits: 2}}",
            );
            continue;
        };
        let earlier = step(reader, case, earlier);
        let later = step(reader, case, later);
        if let (Some(earlier), Some(later)) = (earlier, later) {
            case.limits.order.push(Order { earlier, later });
            spans.push(entry.span);
        }
    }
    refuse_cycles(reader, case, &spans);
}

/// Steps that wait for each other, named, if there are any.
fn refuse_cycles(reader: &mut Reader, case: &Case, spans: &[Span]) {
    for (first, order) in case.limits.order.iter().enumerate() {
        // From the later step, follow what waits for it, back to the earlier one.
        let mut open = vec![vec![order.later]];
        let mut seen = vec![order.later];
        while let Some(path) = open.pop() {
            let Some(&here) = path.last() else { continue };
            if here.0 == order.earlier.0 && here.1 <= order.earlier.1 {
                let mut named: Vec<String> = vec![name(case, order.earlier)];
                named.extend(path.iter().map(|&s| name(case, s)));
                if here != order.earlier {
                    named.push(name(case, order.earlier));
                }
                reader.wrong_at(
                    spans[first],
                    "staging-order-cycle",
                    format!("the order goes round in a circle: {}", named.join(" → ")),
                    "each → means that the next step waits for the one before; remove one of them",
                );
                return;
            }
            for next in &case.limits.order {
                // A deliverable's later steps wait for its earlier ones.
                if next.earlier.0 == here.0
                    && next.earlier.1 >= here.1
                    && !seen.contains(&next.later)
                {
                    seen.push(next.later);
                    let mut longer = path.clone();
                    if next.earlier != here {
                        longer.push(next.earlier);
                    }
                    longer.push(next.later);
                    open.push(longer);
                }
            }
        }
    }
}

fn name(case: &Case, (j, step): (usize, usize)) -> String {
    format!("{} step {step}", case.deliverables[j].id)
}
