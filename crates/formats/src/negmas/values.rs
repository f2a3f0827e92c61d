//! Value functions of one issue.

use super::Reader;
use crate::tree::{Map, Node};
use detente_model::value_function::{Shape, Smooth};
use detente_model::{Issue, Number, ValueFunction};

/// Functions with jumps become tables of at most this many values.
const MAX_TABLE: u64 = 100_000;
/// Deepest nesting of functions within functions.
const MAX_NESTED: usize = 8;

/// How many options an issue has, if few enough to go through.
pub(super) fn tabulated(issue: &Issue) -> Option<usize> {
    issue.len().filter(|n| *n <= MAX_TABLE).and_then(|n| usize::try_from(n).ok())
}

impl<'a> Reader<'a> {
    /// The value function in `node` for an issue.
    pub(super) fn value(&mut self, issue: usize, node: &'a Node) -> Option<ValueFunction> {
        self.nested(issue, node, 0)
    }

    fn nested(&mut self, issue: usize, node: &'a Node, depth: usize) -> Option<ValueFunction> {
        let map = node.want_map("a value function", self.file, self.findings)?;
        let kind = map.require("type", "this value function", self.findings)?;
        let name = kind.text().unwrap_or_default();
        let name = name.rsplit('.').next().unwrap_or(name);
        let zero = Number::zero;
        let function = match name {
            "TableFun" | "TableUtilityFunction" => return self.table(issue, &map),
            "ConstFun" => return Some(ValueFunction::Constant(self.or(&map, "bias", zero())?)),
            "AffineFun" => {
                ValueFunction::linear(self.need(&map, "slope")?, self.or(&map, "bias", zero())?)
            }
            "LinearFun" => ValueFunction::linear(self.need(&map, "slope")?, zero()),
            "IdentityFun" => ValueFunction::linear(Number::one(), zero()),
            "QuadraticFun" => ValueFunction::Polynomial(vec![
                self.or(&map, "bias", zero())?,
                self.need(&map, "a1")?,
                self.need(&map, "a2")?,
            ]),
            "PolynomialFun" => self.polynomial(&map)?,
            "TriangularFun" | "TrapezoidalFun" => return self.peak(issue, name, &map),
            "BiasedFun" if depth < MAX_NESTED => {
                let bias = self.or(&map, "bias", zero())?;
                let inner = map.require("fun", "this value function", self.findings)?;
                return self.nested(issue, inner, depth + 1).map(|f| raised(f, &bias));
            }
            "ExponentialFun" | "LogFun" | "CosFun" | "SinFun" | "GaussianFun" => {
                ValueFunction::Smooth(self.smooth(name, &map)?)
            }
            other => {
                let other: String = other.chars().take(60).collect();
                self.error(
                    "unknown-function",
                    kind.span,
                    format!("the value function `{other}` is not read"),
                );
                return None;
            }
        };
        self.fitted(issue, &map, function)
    }

    fn need(&mut self, map: &Map<'a>, key: &str) -> Option<Number> {
        let node = map.require(key, "this value function", self.findings)?;
        node.want_number(key, self.file, self.findings)
    }

    pub(super) fn or(&mut self, map: &Map<'a>, key: &str, otherwise: Number) -> Option<Number> {
        match map.get(key) {
            Some(node) => node.want_number(key, self.file, self.findings),
            None => Some(otherwise),
        }
    }

    fn real(&mut self, map: &Map<'a>, key: &str, otherwise: f64) -> Option<f64> {
        match map.get(key) {
            Some(node) => Some(node.want_number(key, self.file, self.findings)?.to_f64()),
            None => Some(otherwise),
        }
    }

    fn polynomial(&mut self, map: &Map<'a>) -> Option<ValueFunction> {
        let node = map.require("coefficients", "this value function", self.findings)?;
        let items = node.want_list("a list of coefficients", self.file, self.findings)?;
        if items.len() > 16 {
            self.error("too-large", node.span, "more than 16 coefficients");
            return None;
        }
        let mut all = vec![self.or(map, "bias", Number::zero())?];
        for item in items {
            all.push(item.want_number("a coefficient", self.file, self.findings)?);
        }
        Some(ValueFunction::Polynomial(all))
    }

    /// A peak or a plateau between slopes; one without slopes becomes a table.
    fn peak(&mut self, issue: usize, name: &str, map: &Map<'a>) -> Option<ValueFunction> {
        let bias = self.or(map, "bias", Number::zero())?;
        let scale = self.or(map, "scale", Number::one())?;
        let start = self.need(map, "start")?;
        let end = self.need(map, "end")?;
        let (rise, fall) = if name == "TriangularFun" {
            let middle = self.need(map, "middle")?;
            (middle.clone(), middle)
        } else {
            (self.need(map, "rise_end")?, self.need(map, "fall_start")?)
        };
        let top = &bias + &scale;
        if start < rise && rise <= fall && fall < end {
            let mut points = vec![(start, bias.clone()), (rise.clone(), top.clone())];
            if rise < fall {
                points.push((fall, top));
            }
            points.push((end, bias));
            return self.fitted(issue, map, ValueFunction::PiecewiseLinear(points));
        }
        if !(start <= rise && rise <= fall && fall <= end) {
            self.error(
                "bad-value-function",
                map.start(),
                "the corners of this function do not ascend",
            );
            return None;
        }
        let open = name == "TriangularFun";
        self.tabulate(issue, map, |x| {
            let outside = if open { x <= &start || x >= &end } else { x < &start || x > &end };
            if outside {
                return bias.clone();
            }
            let part = if x <= &rise {
                &(x - &start) / &(&rise - &start)
            } else if x <= &fall {
                None
            } else {
                &(&end - x) / &(&end - &fall)
            };
            part.map_or_else(|| top.clone(), |p| &bias + &(&scale * &p))
        })
    }

    fn smooth(&mut self, name: &str, map: &Map<'a>) -> Option<Smooth> {
        let e = std::f64::consts::E;
        let bias = self.real(map, "bias", 0.0)?;
        let (shape, scale) = match name {
            "ExponentialFun" => {
                let rate = self.need(map, "tau")?.to_f64();
                (Shape::Exponential { base: self.real(map, "base", e)?, rate }, 1.0)
            }
            "LogFun" => {
                let factor = self.need(map, "tau")?.to_f64();
                let base = self.real(map, "base", e)?;
                (Shape::Logarithm { base, factor }, self.real(map, "scale", 1.0)?)
            }
            "GaussianFun" => {
                let centre = self.need(map, "center")?.to_f64();
                let deviation = self.need(map, "sigma")?.to_f64();
                (Shape::Gaussian { centre, deviation }, self.real(map, "scale", 1.0)?)
            }
            _ => {
                let factor = self.real(map, "multiplier", 1.0)?;
                let phase = self.real(map, "phase", 0.0)?;
                let shape = if name == "CosFun" {
                    Shape::Cosine { factor, phase }
                } else {
                    Shape::Sine { factor, phase }
                };
                (shape, self.real(map, "amplitude", 1.0)?)
            }
        };
        Some(Smooth { shape, scale, bias })
    }

    /// A function of a number, as it is on a numeric issue and as a table on named numbers.
    fn fitted(
        &mut self,
        issue: usize,
        map: &Map<'a>,
        function: ValueFunction,
    ) -> Option<ValueFunction> {
        let this = &self.issues[issue];
        if this.is_numeric() {
            return Some(function);
        }
        if matches!(function, ValueFunction::Smooth(_)) {
            self.error(
                "bad-value-function",
                map.start(),
                format!("the options of issue `{}` are no equally spaced numbers", this.name),
            );
            return None;
        }
        let numeric = |x: &Number| {
            let at = Issue {
                kind: detente_model::IssueKind::Stepped {
                    min: x.clone(),
                    max: x.clone(),
                    step: Number::one(),
                },
                ..Issue::categorical("x", ["x"])
            };
            function.at(&at, 0).exact().cloned().unwrap_or_else(Number::zero)
        };
        self.tabulate(issue, map, numeric)
    }

    /// A table of a function of the option's number.
    fn tabulate(
        &mut self,
        issue: usize,
        map: &Map<'a>,
        function: impl Fn(&Number) -> Number,
    ) -> Option<ValueFunction> {
        let this = &self.issues[issue];
        let Some(count) = tabulated(this) else {
            self.error(
                "too-large",
                map.start(),
                format!("issue `{}` has too many options for this function", this.name),
            );
            return None;
        };
        let mut values = Vec::with_capacity(count);
        for option in 0..count {
            let name = this.option_name(option);
            match this.numeric_value(option).or_else(|| Number::parse(&name).ok()) {
                Some(number) => values.push(function(&number)),
                None => {
                    self.error(
                        "bad-value-function",
                        map.start(),
                        format!("this is a function of a number, but the option `{name}` is none"),
                    );
                    return None;
                }
            }
        }
        Some(ValueFunction::Table(values))
    }

    fn table(&mut self, issue: usize, map: &Map<'a>) -> Option<ValueFunction> {
        let node = map.require("mapping", "this value function", self.findings)?;
        let table = node.want_map("a mapping from options to numbers", self.file, self.findings)?;
        let this = &self.issues[issue];
        let count = this.len()?;
        let mut values: Vec<Option<Number>> = vec![None; table.entries.len()];
        for entry in table.entries {
            let Some(option) = self.option(issue, &entry.key) else {
                self.error(
                    "unknown-option",
                    entry.key_span,
                    format!("issue `{}` has no option `{}`", this.name, entry.key),
                );
                return None;
            };
            let what = format!("the value of `{}`", entry.key);
            let value = entry.value.want_number(&what, self.file, self.findings)?;
            match values.get_mut(option) {
                Some(slot) if slot.is_none() => *slot = Some(value),
                Some(_) => {
                    self.error(
                        "duplicate-name",
                        entry.key_span,
                        format!("option `{}` is there twice", entry.key),
                    );
                    return None;
                }
                // Beyond as many options as there are entries: then some option has none.
                None => {}
            }
        }
        let given = values.iter().flatten().count() as u64;
        if given < count {
            self.error(
                "missing-evaluation",
                table.start(),
                format!("{given} of {count} options of issue `{}` have a value", this.name),
            );
            return None;
        }
        values.truncate(usize::try_from(count).ok()?);
        values.into_iter().collect::<Option<Vec<Number>>>().map(ValueFunction::Table)
    }

    /// The option of that name, or of that number (`1` and `1.0` are one).
    pub(super) fn option(&self, issue: usize, name: &str) -> Option<usize> {
        self.names.option(issue, name).or_else(|| {
            let number = Number::parse(name).ok()?;
            let names = self.names.option_names(issue);
            names.iter().position(|n| Number::parse(n).is_ok_and(|n| n == number))
        })
    }
}

/// The function with something added everywhere.
fn raised(function: ValueFunction, by: &Number) -> ValueFunction {
    match function {
        ValueFunction::Table(values) => {
            ValueFunction::Table(values.iter().map(|v| v + by).collect())
        }
        ValueFunction::Constant(value) => ValueFunction::Constant(&value + by),
        ValueFunction::Polynomial(mut all) => {
            match all.first_mut() {
                Some(first) => *first = &*first + by,
                None => all.push(by.clone()),
            }
            ValueFunction::Polynomial(all)
        }
        ValueFunction::PiecewiseLinear(points) => {
            ValueFunction::PiecewiseLinear(points.into_iter().map(|(x, y)| (x, &y + by)).collect())
        }
        ValueFunction::Smooth(mut smooth) => {
            smooth.bias += by.to_f64();
            ValueFunction::Smooth(smooth)
        }
        ValueFunction::Share(whole) => ValueFunction::Share(whole),
    }
}
