//! Over which values of each number a verdict holds, and what flips it: one
//! number is moved at a time, everything else kept.

use super::{Case, CaseError, Knob, Range, Rational};
use num_traits::{One, Signed, Zero};

/// One number, moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swing {
    /// Which number, in words.
    pub name: String,
    /// Its value in the case.
    pub value: Rational,
    /// The low and high end it was moved to.
    pub ends: (Rational, Rational),
    /// The measure at either end, where there is one.
    pub measure: (Option<Rational>, Option<Rational>),
    /// The nearest place found, towards either end, where the verdict changes.
    pub flips: (Option<Flip>, Option<Flip>),
    /// Whether the verdict is known to change there only (to a thousandth of
    /// the way); otherwise it may change and change back between two places
    /// looked at.
    pub certain: bool,
}

/// Where a verdict changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The number's value, to a thousandth of the way to its end.
    pub at: Rational,
    /// The verdict from there on.
    pub becomes: String,
}

impl Swing {
    /// How far the measure moves between the ends; a measure that is there at
    /// one end only counts as more than any that moves.
    #[must_use]
    pub fn width(&self) -> (bool, Rational) {
        match &self.measure {
            (Some(a), Some(b)) => (false, (a - b).abs()),
            (None, None) => (false, Rational::zero()),
            _ => (true, Rational::zero()),
        }
    }

    /// Whether the verdict changes on the way to either end.
    #[must_use]
    pub fn flips(&self) -> bool {
        self.flips.0.is_some() || self.flips.1.is_some()
    }
}

/// All numbers of a verdict, moved one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swings {
    /// The verdict as it stands.
    pub verdict: String,
    /// What is measured.
    pub measured: &'static str,
    /// The measure as it stands.
    pub measure: Option<Rational>,
    /// Numbers that flip the verdict first, then those that move the measure
    /// most. Numbers that concern persons are not moved and not shown.
    pub swings: Vec<Swing>,
    /// How many places were looked at between each number and each of its ends.
    pub looked: usize,
}

/// A verdict in words, and the measure behind it.
pub(crate) type Seen = (String, Option<Rational>);

/// A number that can be moved.
pub(crate) struct Dial<K> {
    pub(crate) knob: K,
    pub(crate) name: String,
    pub(crate) value: Rational,
    pub(crate) ends: (Rational, Rational),
    /// Whether the verdict holds over one stretch of it at most.
    pub(crate) certain: bool,
}

/// Moves each number by itself. `look` gives the verdict with the number set.
pub(crate) fn swings<K>(
    dials: Vec<Dial<K>>,
    now: Seen,
    measured: &'static str,
    looked: usize,
    look: impl Fn(&K, &Rational) -> Result<Seen, CaseError>,
) -> Result<Swings, CaseError> {
    let (verdict, measure) = now;
    let mut all = Vec::new();
    for dial in dials {
        let towards = |end: &Rational| -> Result<(Option<Rational>, Option<Flip>), CaseError> {
            if *end == dial.value {
                return Ok((measure.clone(), None));
            }
            let point =
                |k: i64| &dial.value + (end - &dial.value) * Rational::new(k.into(), WAY.into());
            let mut keeps = 0;
            let mut flip = None;
            let mut last = None;
            for step in 1..=looked {
                let k = WAY * step as i64 / looked as i64;
                let (found, size) = look(&dial.knob, &point(k))?;
                last = size;
                if flip.is_none() {
                    if found == verdict {
                        keeps = k;
                    } else {
                        flip = Some((k, found));
                    }
                }
            }
            let Some((mut flips, mut becomes)) = flip else { return Ok((last, None)) };
            while flips - keeps > 1 {
                let middle = i64::midpoint(keeps, flips);
                let (found, _) = look(&dial.knob, &point(middle))?;
                if found == verdict {
                    keeps = middle;
                } else {
                    (flips, becomes) = (middle, found);
                }
            }
            Ok((last, Some(Flip { at: point(flips), becomes })))
        };
        let (low, first) = towards(&dial.ends.0)?;
        let (high, second) = towards(&dial.ends.1)?;
        all.push(Swing {
            name: dial.name,
            value: dial.value,
            ends: dial.ends,
            measure: (low, high),
            flips: (first, second),
            certain: dial.certain,
        });
    }
    all.sort_by(|a, b| {
        (b.flips(), b.width()).cmp(&(a.flips(), a.width())).then_with(|| a.name.cmp(&b.name))
    });
    Ok(Swings { verdict, measured, measure, swings: all, looked })
}

/// Steps into which the way to an end is divided.
const WAY: i64 = 1000;

/// The numbers of a case that can be moved and shown: over their ranges, else
/// half of their value either way, a tenth for shares.
pub(crate) fn dials(case: &Case, ranges: &[Range]) -> Vec<Dial<Knob>> {
    Knob::all(case)
        .into_iter()
        .filter(|knob| !knob.concerns_persons(case))
        .filter_map(|knob| {
            let value = knob.get(case)?;
            let ends = ends(case, knob, &value, ranges);
            (ends.0 != ends.1).then(|| Dial {
                name: knob.name(case),
                knob,
                value,
                ends,
                certain: false,
            })
        })
        .collect()
}

fn ends(case: &Case, knob: Knob, value: &Rational, ranges: &[Range]) -> (Rational, Rational) {
    if let Some((_, low, high)) = ranges.iter().find(|(k, ..)| *k == knob) {
        return (low.clone(), high.clone());
    }
    if knob.is_share() {
        let tenth = Rational::new(1.into(), 10.into());
        let least =
            if matches!(knob, Knob::Discount(_)) { tenth.clone() } else { Rational::zero() };
        return ((value - &tenth).max(least), (value + &tenth).min(Rational::one()));
    }
    let two = Rational::from_integer(2.into());
    let half = match knob {
        // What the finished deal is worth decides much, also where the file says nothing of it.
        Knob::Residual(i) if value.is_zero() => {
            case.total_lumps().get(i).map_or_else(Rational::zero, Signed::abs) / two
        }
        _ => value.abs() / two,
    };
    (value - &half, value + &half)
}
