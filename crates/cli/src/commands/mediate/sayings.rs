//! All that one party has said, and what in it does not go together.

use super::known::Stated;
use detente_analysis::partial::clash;
use detente_elicitation::statement::{Answer, Question};
use detente_elicitation::{Rankings, Space};
use detente_model::partial::{Judgement, Partial, PartialOutcome, Relation, Tiers};
use detente_model::{Known, Outcome};

/// Options beyond this many together are not looked at for contradictions.
const MOST_OPTIONS: usize = 400;

/// One thing that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Saying {
    /// The order of the options of an issue.
    Options(usize),
    /// The order of the issues.
    Issues,
    /// What would be given up first.
    Concessions,
    /// Where no agreement stands between the worst and the best.
    NoAgreement,
    /// An answer, by number.
    Answer(usize),
}

/// What a party said so far.
#[derive(Debug, Clone)]
pub(super) struct Sayings {
    party: usize,
    pub(super) rankings: Rankings,
    pub(super) answers: Vec<(Question, Answer)>,
    /// How many of the answers stood in the scenario's file.
    pub(super) from_file: usize,
    /// Left as they are although they contradict others.
    left: Vec<Saying>,
}

impl Sayings {
    pub(super) fn new(stated: &Stated) -> Self {
        Self {
            party: stated.party,
            rankings: stated.rankings.clone(),
            answers: stated.answers.clone(),
            from_file: stated.answers.len(),
            left: Vec::new(),
        }
    }

    /// How many contradictions the party let stand.
    pub(super) fn left(&self) -> usize {
        self.left.len()
    }

    /// A contradiction that the party lets stand: the latest of it is set aside.
    pub(super) fn leave(&mut self, clash: &[Saying]) {
        self.left.extend(clash.iter().max().copied());
    }

    /// What is asked once more is no longer left as it was.
    pub(super) fn asked_again(&mut self, saying: Saying) {
        self.left.retain(|left| *left != saying);
    }

    /// Sayings that cannot all hold, whatever the party's utility, as long as
    /// each issue counts by itself; no fewer of them clash.
    pub(super) fn clash(&self, space: &Space) -> Option<Vec<Saying>> {
        let sizes: Vec<usize> = (0..space.issues()).map(|i| space.size(i)).collect();
        if sizes.iter().sum::<usize>() > MOST_OPTIONS {
            return None;
        }
        let (sayings, judgements): (Vec<Saying>, Vec<Judgement>) =
            self.judgements(space).into_iter().filter(|s| !self.left.contains(&s.0)).unzip();
        let partial = Partial::known_as(Known::ToldInConfidence, judgements);
        let mut found: Vec<Saying> =
            clash(&sizes, &partial)?.into_iter().map(|s| sayings[s]).collect();
        // One saying may say several things.
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    fn judgements(&self, space: &Space) -> Vec<(Saying, Judgement)> {
        let mut all = Vec::new();
        for (issue, tiers) in self.rankings.options.iter().enumerate() {
            if let Some(tiers) = tiers {
                let order = Judgement::OptionOrder { issue, tiers: tiers.clone() };
                all.push((Saying::Options(issue), order));
            }
        }
        let issues =
            self.rankings.issues.clone().filter(|tiers| tiers.iter().flatten().count() > 1);
        all.extend(issues.map(|tiers| (Saying::Issues, Judgement::IssueOrder { tiers })));
        let about = self.rankings.about_deals(|deal| space.crosses(self.party, deal));
        let (limit, steps): (Vec<_>, Vec<_>) =
            about.into_iter().partition(|said| matches!(said.0, Question::Accept(_)));
        let of = |saying| {
            move |(question, answer): (Question, Answer)| {
                Some((saying, judgement(&question, answer)?))
            }
        };
        all.extend(steps.into_iter().filter_map(of(Saying::Concessions)));
        all.extend(limit.into_iter().filter_map(of(Saying::NoAgreement)));
        // Which deal is the worst is known from the orders.
        let worst = |tiers: &Option<Tiers>| tiers.as_ref()?.last()?.first().copied();
        let worst: Option<Vec<usize>> = self.rankings.options.iter().map(worst).collect();
        if let (Some(worst), Some(takes), None) =
            (worst, self.rankings.takes_worst, self.rankings.limit)
        {
            let outcome = Outcome::from_options(worst);
            let judgement =
                if takes { Judgement::Accepts { outcome } } else { Judgement::Rejects { outcome } };
            all.push((Saying::NoAgreement, judgement));
        }
        let told = self.answers.iter().enumerate();
        all.extend(told.filter_map(|(k, a)| Some((Saying::Answer(k), judgement(&a.0, a.1)?))));
        all
    }
}

/// An answer as a statement; `None` where nothing was told, and for coins: no
/// statement speaks of them.
fn judgement(question: &Question, answer: Answer) -> Option<Judgement> {
    let whole = |deal: &[usize]| Outcome::from_options(deal.iter().copied());
    match (question, answer) {
        (_, Answer::CannotSay | Answer::Refused) | (Question::Toss { .. }, _) => None,
        // Neither better nor worse than no agreement: not below it.
        (Question::Accept(deal), Answer::First | Answer::Equal) => {
            Some(Judgement::Accepts { outcome: whole(deal) })
        }
        (Question::Accept(deal), Answer::Second) => {
            Some(Judgement::Rejects { outcome: whole(deal) })
        }
        (Question::Compare(first, second), answer) => Some(Judgement::Compare {
            left: PartialOutcome::whole(&whole(first)),
            right: PartialOutcome::whole(&whole(second)),
            relation: match answer {
                Answer::First => Relation::Better,
                Answer::Second => Relation::Worse,
                _ => Relation::Equal,
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use detente_model::testing::additive;

    /// Three issues of three options; the first of each best, the first issue above all.
    fn said() -> (Space, Sayings) {
        let values = vec![vec![0; 3]; 3];
        let scenario = additive(&[values.clone(), values], &[0, 0]).check().0.unwrap();
        let space = Space::new(&scenario).unwrap();
        let mut stated = Stated::of(&scenario, 0, &space);
        stated.rankings.options = vec![Some(vec![vec![0], vec![1], vec![2]]); 3];
        stated.rankings.issues = Some(vec![vec![0], vec![1], vec![2]]);
        stated.rankings.takes_worst = Some(true);
        (space, Sayings::new(&stated))
    }

    #[test]
    fn what_clashes_is_named_and_no_more() {
        let (space, mut said) = said();
        assert_eq!(said.clash(&space), None);
        // Fits: nothing says how much the middle options are worth.
        let fits = Question::Compare(vec![0, 0, 1], vec![0, 1, 0]);
        said.answers.push((fits, Answer::First));
        assert_eq!(said.clash(&space), None);
        // The whole of the first issue for the whole of the last.
        said.answers.push((Question::Compare(vec![0, 0, 2], vec![2, 0, 0]), Answer::Second));
        let clash = said.clash(&space).unwrap();
        let orders = [Saying::Options(0), Saying::Options(2)];
        assert!(clash.contains(&Saying::Issues) && clash.contains(&Saying::Answer(1)), "{clash:?}");
        assert!(clash.iter().all(|s| orders.contains(s) || !matches!(s, Saying::Options(_))));
        assert!(!clash.contains(&Saying::Answer(0)) && !clash.contains(&Saying::NoAgreement));
        // Left as it is, it is not brought up again; what else clashes is.
        said.leave(&clash);
        assert_eq!((said.left(), said.clash(&space)), (1, None));
        // Asked again it counts again.
        let mut again = said.clone();
        again.asked_again(Saying::Answer(1));
        assert_eq!((again.left(), again.clash(&space)), (0, Some(clash)));
        said.answers.push((Question::Accept(vec![2, 2, 2]), Answer::Second));
        let clash = said.clash(&space).unwrap();
        assert!(
            clash.contains(&Saying::NoAgreement) && clash.contains(&Saying::Answer(2)),
            "{clash:?}"
        );
        // What is not said clashes with nothing.
        said.answers[2].1 = Answer::Refused;
        assert_eq!(said.clash(&space), None);
    }
}
