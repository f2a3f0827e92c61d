//! Evaluators of numeric issues.

use super::Profile;
use super::domain::bounds;
use detente_model::diagnostic::Diagnostic;
use detente_model::{Issue, IssueKind, Number, Place, ValueFunction};
use roxmltree::Node;

impl<'x> Profile<'x> {
    /// The value function of a numeric issue.
    pub(super) fn evaluator(
        &mut self,
        node: Node<'_, 'x>,
        index: usize,
        issue: &Issue,
    ) -> Option<ValueFunction> {
        let whose = format!("issue `{}`", issue.name);
        let Some(evaluator) = node.children().find(|n| n.has_tag_name("evaluator")) else {
            self.findings.add(
                Diagnostic::error("missing-evaluation", format!("{whose} has no evaluator"))
                    .in_file(self.xml.file())
                    .at(self.xml.span(node))
                    .hint("add `<evaluator ftype=\"linear\" slope=\"…\" offset=\"…\"/>`"),
            );
            return None;
        };
        self.places.set(Place::Value(self.party, index), self.xml.file(), self.xml.span(evaluator));
        let kind = evaluator.attribute("ftype").unwrap_or("linear").to_ascii_lowercase();
        let mut parameter = |name: &str| self.xml.number(evaluator, name, &whose, self.findings);
        match (&issue.kind, kind.as_str()) {
            (IssueKind::Integer { min, max }, "linear") => {
                let (slope, offset) = (parameter("slope")?, parameter("offset")?);
                let lower = self.lower_bound(node, &whose, *min)?;
                let (min, max) = (Number::from(*min), Number::from(*max));
                Some(clamped(&slope, &offset, &Number::from(lower), &min, &max))
            }
            (IssueKind::Stepped { min, max, .. }, "linear") => {
                let (slope, offset) = (parameter("parameter1")?, parameter("parameter0")?);
                Some(clamped(&slope, &offset, &Number::zero(), min, max))
            }
            (_, "constant") => Some(ValueFunction::Constant(parameter("parameter0")?)),
            (_, "triangular") => {
                let from = parameter("parameter0")?;
                let to = parameter("parameter1")?;
                let top = parameter("parameter2")?;
                let points = [(from, Number::zero()), (top, Number::one()), (to, Number::zero())];
                Some(ValueFunction::PiecewiseLinear(points.to_vec()))
            }
            (_, other) => {
                let other: String = other.chars().take(40).collect();
                self.findings.add(
                    Diagnostic::error(
                        "unknown-evaluator",
                        format!("{whose} has the unknown evaluator `{other}`"),
                    )
                    .in_file(self.xml.file())
                    .at(self.xml.span(evaluator))
                    .hint("the evaluators are `linear`, `constant` and `triangular`"),
                );
                None
            }
        }
    }

    /// The profile's own lower bound, from which GENIUS counts; it should be the domain's.
    fn lower_bound(&mut self, node: Node<'_, 'x>, whose: &str, min: i64) -> Option<i64> {
        let bounds = bounds(node);
        if bounds.attribute("lowerbound").is_none() {
            return Some(min);
        }
        let lower = self.xml.integer(bounds, "lowerbound", whose, self.findings)?;
        if lower != min {
            self.findings.add(
                Diagnostic::warning(
                    "other-bounds",
                    format!("{whose} starts at {lower} here but at {min} in the domain; its evaluator counts from {lower}, as in GENIUS"),
                )
                .in_file(self.xml.file())
                .at(self.xml.span(bounds)),
            );
        }
        Some(lower)
    }
}

/// `slope · (x − from) + offset`, never below 0 nor above 1, for x from `min` to `max`.
fn clamped(
    slope: &Number,
    offset: &Number,
    from: &Number,
    min: &Number,
    max: &Number,
) -> ValueFunction {
    let (zero, one) = (Number::zero(), Number::one());
    let line = |x: &Number| &(slope * &(x - from)) + offset;
    let inside = |y: &Number| (&zero..=&one).contains(&y);
    if min > max || inside(&line(min)) && inside(&line(max)) {
        let intercept = offset - &(slope * from);
        return ValueFunction::linear(slope.clone(), intercept);
    }
    let clamp = |y: Number| y.max(zero.clone()).min(one.clone());
    let mut xs = vec![min.clone(), max.clone()];
    for level in [&zero, &one] {
        if let Some(x) = &(level - offset) / slope {
            xs.push(&x + from);
        }
    }
    xs.retain(|x| min <= x && x <= max);
    xs.sort();
    xs.dedup();
    let points = xs.into_iter().map(|x| {
        let y = clamp(line(&x));
        (x, y)
    });
    ValueFunction::PiecewiseLinear(points.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_held_between_zero_and_one() {
        let n = |t: &str| Number::parse(t).unwrap();
        let issue = Issue {
            kind: IssueKind::Integer { min: 2, max: 12 },
            ..Issue::categorical("x", ["a"])
        };
        let at = |f: &ValueFunction, o| f.at(&issue, o).exact().unwrap().clone();
        let inside = clamped(&n("0.1"), &n("0"), &n("2"), &n("2"), &n("12"));
        assert_eq!(inside, ValueFunction::linear(n("0.1"), n("-0.2")));
        let steep = clamped(&n("0.3"), &n("-0.2"), &n("2"), &n("2"), &n("12"));
        assert_eq!(at(&steep, 0), n("0"));
        assert_eq!(at(&steep, 1), n("0.1"));
        assert_eq!(at(&steep, 3), n("0.7"));
        assert_eq!(at(&steep, 4), n("1"));
        assert_eq!(at(&steep, 10), n("1"));
        let falling = clamped(&n("-0.3"), &n("1.1"), &n("2"), &n("2"), &n("12"));
        assert_eq!(at(&falling, 0), n("1"));
        assert_eq!(at(&falling, 2), n("0.5"));
        assert_eq!(at(&falling, 9), n("0"));
    }
}
