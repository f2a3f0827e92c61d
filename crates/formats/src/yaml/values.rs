//! Tables and value functions.

use super::Reader;
use crate::tree::{Data, Map, Node};
use detente_model::diagnostic::Diagnostic;
use detente_model::value_function::{Shape, Smooth};
use detente_model::{Number, Place, ValueFunction};

/// The keys that give an issue's value function.
pub(super) const FUNCTIONS: [&str; 12] = [
    "values",
    "linear",
    "polynomial",
    "piecewise",
    "peak",
    "constant",
    "share",
    "gaussian",
    "exponential",
    "logarithm",
    "cosine",
    "sine",
];

impl Reader<'_> {
    /// The value function under one of [`FUNCTIONS`].
    pub(super) fn function(
        &mut self,
        party: usize,
        issue: usize,
        kind: &str,
        node: &Node,
        file: &str,
    ) -> Option<ValueFunction> {
        let what = format!("the value of issue `{}`", self.issues[issue].name);
        let findings = &mut *self.findings;
        Some(match kind {
            "values" => {
                if let Data::Map(entries) = &node.data {
                    for entry in entries {
                        if let Some(option) = self.names.option(issue, &entry.key) {
                            let place = Place::OptionValue(party, issue, option);
                            self.places.set(place, file, entry.value.span);
                        }
                    }
                }
                ValueFunction::Table(self.table(issue, node, file)?)
            }
            "linear" => {
                let map = node.want_map("`slope` and `intercept`", file, findings)?;
                map.only(&["slope", "intercept"], "a linear function", findings);
                let slope = self.field(&map, "slope")?;
                let intercept = match map.get("intercept") {
                    Some(node) => node.want_number("intercept", file, self.findings)?,
                    None => Number::zero(),
                };
                ValueFunction::linear(slope, intercept)
            }
            "polynomial" => {
                let items =
                    node.want_list("a list of coefficients, lowest first", file, findings)?;
                if items.len() > 16 {
                    findings.add(
                        Diagnostic::error("too-large", "more than 16 coefficients")
                            .in_file(file)
                            .at(node.span),
                    );
                    return None;
                }
                let all: Option<Vec<Number>> =
                    items.iter().map(|n| n.want_number(&what, file, findings)).collect();
                ValueFunction::Polynomial(all?)
            }
            "piecewise" => ValueFunction::PiecewiseLinear(self.points(node, &what, file)?),
            "peak" => {
                let map = node.want_map("`from`, `at`, `to` and `height`", file, findings)?;
                map.only(&["from", "at", "to", "height"], "a peak", findings);
                let height = match map.get("height") {
                    Some(node) => node.want_number("height", file, findings)?,
                    None => Number::one(),
                };
                ValueFunction::PiecewiseLinear(vec![
                    (self.field(&map, "from")?, Number::zero()),
                    (self.field(&map, "at")?, height),
                    (self.field(&map, "to")?, Number::zero()),
                ])
            }
            "constant" => ValueFunction::Constant(node.want_number(&what, file, findings)?),
            "share" => ValueFunction::Share(node.want_number(&what, file, findings)?),
            _ => ValueFunction::Smooth(self.smooth(kind, node, file)?),
        })
    }

    fn field(&mut self, map: &Map<'_>, key: &str) -> Option<Number> {
        let node = map.require(key, "this function", self.findings)?;
        node.want_number(key, map.file, self.findings)
    }

    fn real(&mut self, map: &Map<'_>, key: &str, otherwise: Option<f64>) -> Option<f64> {
        match (map.get(key), otherwise) {
            (None, Some(value)) => Some(value),
            _ => Some(self.field(map, key)?.to_f64()),
        }
    }

    /// A mapping from x to y, or a list of pairs.
    fn points(&mut self, node: &Node, what: &str, file: &str) -> Option<Vec<(Number, Number)>> {
        if let Data::List(items) = &node.data {
            let mut points = Vec::new();
            for item in items {
                let pair = item.want_list("a pair of numbers", file, self.findings)?;
                let [x, y] = pair else {
                    self.findings.add(item.not("a pair of numbers", file));
                    return None;
                };
                points.push((
                    x.want_number(what, file, self.findings)?,
                    y.want_number(what, file, self.findings)?,
                ));
            }
            return Some(points);
        }
        let map = node.want_map("a mapping from numbers to values", file, self.findings)?;
        let mut points = Vec::new();
        for entry in map.entries {
            let x = crate::findings::number(&entry.key, what, file, entry.key_span, self.findings)?;
            points.push((x, entry.value.want_number(what, file, self.findings)?));
        }
        Some(points)
    }

    fn smooth(&mut self, kind: &str, node: &Node, file: &str) -> Option<Smooth> {
        let map = node.want_map("a mapping with the function's figures", file, self.findings)?;
        let own: &[&str] = match kind {
            "gaussian" => &["centre", "deviation", "scale", "bias"],
            "exponential" => &["base", "rate", "scale", "bias"],
            "logarithm" => &["base", "factor", "scale", "bias"],
            _ => &["factor", "phase", "scale", "bias"],
        };
        map.only(own, &format!("a function `{kind}`"), self.findings);
        let shape = match kind {
            "gaussian" => Shape::Gaussian {
                centre: self.real(&map, "centre", None)?,
                deviation: self.real(&map, "deviation", None)?,
            },
            "exponential" => Shape::Exponential {
                base: self.real(&map, "base", Some(std::f64::consts::E))?,
                rate: self.real(&map, "rate", Some(1.0))?,
            },
            "logarithm" => Shape::Logarithm {
                base: self.real(&map, "base", Some(std::f64::consts::E))?,
                factor: self.real(&map, "factor", Some(1.0))?,
            },
            _ => {
                let factor = self.real(&map, "factor", Some(1.0))?;
                let phase = self.real(&map, "phase", Some(0.0))?;
                if kind == "cosine" {
                    Shape::Cosine { factor, phase }
                } else {
                    Shape::Sine { factor, phase }
                }
            }
        };
        let scale = self.real(&map, "scale", Some(1.0))?;
        let bias = self.real(&map, "bias", Some(0.0))?;
        Some(Smooth { shape, scale, bias })
    }

    /// A figure for every option of an issue.
    pub(super) fn table(&mut self, issue: usize, node: &Node, file: &str) -> Option<Vec<Number>> {
        let map = node.want_map("a mapping from options to numbers", file, self.findings)?;
        let this = &self.issues[issue];
        let Some(count) = this.len() else {
            self.findings.add(
                Diagnostic::error(
                    "bad-value-function",
                    format!("the issue `{}` is divisible and has no options", this.name),
                )
                .in_file(file)
                .at(map.start())
                .hint("say what the whole is worth: `share: …`"),
            );
            return None;
        };
        // No more slots than entries: an issue of a billion options costs nothing here.
        if count > map.entries.len() as u64 {
            let missing = (0..=map.entries.len())
                .map(|o| this.option_name(o))
                .find(|name| {
                    !map.entries
                        .iter()
                        .any(|e| self.names.option(issue, &e.key) == self.names.option(issue, name))
                })
                .unwrap_or_default();
            self.findings.add(
                Diagnostic::error(
                    "missing-evaluation",
                    format!(
                        "{} of {count} options of issue `{}` have a value; `{missing}` has none",
                        map.entries.len(),
                        this.name
                    ),
                )
                .in_file(file)
                .at(map.start())
                .hint(
                    "give every option a value, or use a function of the number such as `linear`",
                ),
            );
            return None;
        }
        let mut values: Vec<Option<Number>> = vec![None; map.entries.len()];
        for entry in map.entries {
            let option = self.option_named(issue, &entry.key, file, entry.key_span)?;
            let what = format!("the value of `{}`", entry.key);
            let value = entry.value.want_number(&what, file, self.findings)?;
            match values.get_mut(option) {
                Some(slot) if slot.is_none() => *slot = Some(value),
                _ => {
                    self.findings.add(
                        Diagnostic::error(
                            "duplicate-name",
                            format!("option `{}` is there twice", entry.key),
                        )
                        .in_file(file)
                        .at(entry.key_span),
                    );
                    return None;
                }
            }
        }
        values.truncate(usize::try_from(count).ok()?);
        values.into_iter().collect()
    }
}
