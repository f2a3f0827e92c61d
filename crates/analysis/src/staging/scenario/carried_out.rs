//! What carries an option out: deliverables and steps, and what they are worth.

use super::values::Values;
use crate::staging::{BroadDeal, CaseError, Deliverable, Rational, Staging, Step};
use detente_model::staging::OptionMap;
use num_traits::{One, Zero};

impl Values<'_> {
    /// Gives every option a deliverable that carries it out, and every step of
    /// the scenario's own a value.
    pub(super) fn fill(&self, block: &mut Staging) -> Result<(), CaseError> {
        let issues = self.scenario.issues();
        let mapped = std::mem::take(&mut block.carried_out_by);
        let mut performers = Vec::new();
        let mut maps = Vec::new();
        for (k, issue) in issues.iter().enumerate() {
            match mapped.iter().find(|m| m.issue == issue.name) {
                Some(map) => {
                    self.value_steps(block, k, map)?;
                    maps.push(map.clone());
                }
                None => maps.push(self.default_map(block, k, &mut performers)),
            }
        }
        if let Some(stray) = mapped.iter().find(|m| !issues.iter().any(|i| i.name == m.issue)) {
            let known: Vec<&str> = issues.iter().map(|i| i.name.as_str()).collect();
            return Err(CaseError(format!(
                "`carried_out_by` names `{}`, which is no issue of the scenario; there are: {}",
                stray.issue,
                known.join(", ")
            )));
        }
        let all = block.case.deliverables.len();
        for map in &mut maps {
            for (_, progress) in &mut map.options {
                progress.resize(all, 0);
            }
        }
        for (_, progress) in block.interims.iter_mut().map(|i| (0, &mut i.progress)) {
            progress.resize(all, 0);
        }
        block.carried_out_by = maps;
        if !performers.is_empty() {
            block.assumed.push(format!(
                "an option is carried out in one step by the side to which it is worth least: {}",
                performers.join("; ")
            ));
            block.assumed.push(match &self.no_deal {
                Some(x) => format!(
                    "no deal is as if nothing were done: {}, which is worth that to every side",
                    self.name(x)
                ),
                None => "what no deal is worth is shared out over the issues in proportion to how much each can move a side".into(),
            });
        }
        Ok(())
    }

    /// One deliverable of one step per option of an issue.
    fn default_map(
        &self,
        block: &mut Staging,
        k: usize,
        performers: &mut Vec<String>,
    ) -> OptionMap {
        let issue = &self.scenario.issues()[k];
        let n = self.reserves.len();
        let reach: Vec<Rational> = (0..n)
            .map(|i| {
                let row = self.options.iter().map(|options| {
                    let worth = options.iter().map(|o| &o[i]);
                    match (worth.clone().max(), worth.min()) {
                        (Some(most), Some(least)) => most - least,
                        _ => Rational::zero(),
                    }
                });
                row.sum()
            })
            .collect();
        let mut options = Vec::new();
        for (o, worth) in self.options[k].iter().enumerate() {
            let value: Vec<Rational> =
                worth.iter().zip(&self.base[k]).map(|(w, b)| w - b).collect();
            let share = |i: usize| {
                if reach[i].is_zero() { Rational::zero() } else { &value[i] / &reach[i] }
            };
            let performer =
                (0..n).min_by(|&a, &b| share(a).cmp(&share(b)).then(a.cmp(&b))).unwrap_or(0);
            let name = issue.option_name(o);
            let id = format!("{}: {name}", issue.name);
            let mut progress = vec![0; block.case.deliverables.len()];
            if value.iter().any(|v| !v.is_zero()) {
                performers.push(format!("{id} by {}", block.case.parties[performer]));
                progress.push(1);
                block.case.push(Deliverable {
                    id,
                    performer,
                    recover: Rational::zero(),
                    keep: Rational::one(),
                    steps: vec![Step { value, flow: vec![Rational::zero(); n] }],
                    concerns_persons: false,
                });
                block.described.push(detente_model::staging::Described::default());
                block.valued.push(false);
            }
            options.push((name, progress));
        }
        OptionMap { issue: issue.name.clone(), options }
    }

    /// Spreads the values of an issue's options over the steps of the one
    /// deliverable that carries them out.
    fn value_steps(&self, block: &mut Staging, k: usize, map: &OptionMap) -> Result<(), CaseError> {
        let issue = &self.scenario.issues()[k];
        let mut at: Vec<(usize, usize)> = Vec::new();
        let mut moved: Vec<usize> = Vec::new();
        for (name, progress) in &map.options {
            let Some(o) = issue.option_index(name) else {
                let count = self.options[k].len();
                let known: Vec<String> = (0..count).map(|o| issue.option_name(o)).collect();
                return Err(CaseError(format!(
                    "`carried_out_by`: `{}` has no option `{name}`; it has: {}",
                    issue.name,
                    known.join(", ")
                )));
            };
            moved.extend((0..progress.len()).filter(|&j| progress[j] > 0));
            at.push((o, progress.iter().sum()));
        }
        if let Some(o) = (0..self.options[k].len()).find(|o| !at.iter().any(|(x, _)| x == o)) {
            return Err(CaseError(format!(
                "`carried_out_by` does not say how `{}` of `{}` is carried out; write null where nothing is done",
                issue.option_name(o),
                issue.name
            )));
        }
        moved.sort_unstable();
        moved.dedup();
        let open: Vec<usize> = moved.iter().copied().filter(|&j| !block.valued[j]).collect();
        let [j] = open[..] else {
            return if open.is_empty() {
                Ok(())
            } else {
                Err(CaseError(format!(
                    "several deliverables without values carry out `{}`; say what each step is worth (`v`)",
                    issue.name
                )))
            };
        };
        at.sort_by_key(|(_, progress)| *progress);
        let repeated = at.windows(2).any(|w| w[0].1 == w[1].1);
        if moved.len() > 1 || repeated {
            return Err(CaseError(format!(
                "the values of `{}` cannot be spread over the steps of `{}`: its options must differ in how far that one deliverable goes; or say what each step is worth (`v`)",
                issue.name, block.case.deliverables[j].id
            )));
        }
        let mut from = (0, self.base[k].clone());
        for (o, progress) in at {
            let worth = &self.options[k][o];
            if progress > from.0 {
                let steps = Rational::from_integer((progress - from.0).into());
                for step in &mut block.case.deliverables[j].steps[from.0..progress] {
                    step.value =
                        worth.iter().zip(&from.1).map(|(to, was)| (to - was) / &steps).collect();
                }
            }
            from = (progress, worth.clone());
        }
        Ok(())
    }

    /// The deal that carries out an outcome.
    pub(super) fn deal(&self, block: &Staging, outcome: &[usize]) -> BroadDeal {
        let mut target = block.case.start.clone();
        for ((issue, map), &o) in
            self.scenario.issues().iter().zip(&block.carried_out_by).zip(outcome)
        {
            let name = issue.option_name(o);
            if let Some((_, progress)) = map.options.iter().find(|(n, _)| *n == name) {
                for (t, p) in target.iter_mut().zip(progress) {
                    *t = (*t).max(*p);
                }
            }
        }
        BroadDeal { id: self.name(outcome), target, residual: block.case.residual.clone() }
    }
}
