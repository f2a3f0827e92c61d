//! Which question is worth most.
//!
//! For a question, the worlds divide into those where the party would say
//! "first" and those where it would say "second". Two figures say what the
//! answer is worth. *Improvement*: the expected share of the best product of
//! gains that the deal then recommended reaches. *Agreement*: the expected
//! share when the deal is the best of a random world that is left; unlike
//! improvement it grows with every answer that rules something out, so that
//! choosing is not blind where no single answer changes the recommendation
//! (the edge-cutting idea of Golovin, Krause & Ray 2010).

use crate::case::{Next, Policy, Stop};
use crate::random::Random;
use crate::shares::Shares;
use crate::space::{Deal, Space};
use crate::statement::Question;
use crate::worlds::Worlds;

/// How much agreement counts beside improvement.
const AGREEMENT: f64 = 0.5;
/// Deals compared with one another.
const LEADERS: usize = 14;
/// Deals offered against no agreement.
const OFFERS: usize = 40;
/// Trade-offs looked at closely, out of those drawn.
const TRADES: usize = 120;
/// Trade-offs drawn.
const TRADES_DRAWN: usize = 1_500;
/// Deals near the limit looked at closely, out of those drawn.
const LIMITS: usize = 30;
/// Deals drawn for that.
const LIMITS_DRAWN: usize = 300;
/// Below this expected loss nothing is worth asking.
const SETTLED: f64 = 1e-3;
/// What each further issue in which two deals differ must be worth.
const DIFFERENCE_COST: f64 = 2e-4;

/// What each coin tossed must be worth beyond a question without.
const TOSS_COST: f64 = 5e-3;
/// Tosses looked at closely, out of those drawn.
const TOSSES: usize = 60;
/// Tosses drawn.
const TOSSES_DRAWN: usize = 1_000;

/// Margins this small are rounding.
const TINY: f64 = 1e-12;

/// A question with what its answer is worth.
#[derive(Debug, Clone)]
struct Scored {
    question: Question,
    score: f64,
}

/// Possible worlds with what the deals are worth in them.
pub(crate) struct Outlook<'a> {
    worlds: Worlds<'a>,
    shares: Shares,
    totals: Vec<f64>,
    wins: Vec<usize>,
    now: f64,
    agreement_now: f64,
}

impl<'a> Outlook<'a> {
    /// Looks for good deals in these worlds; `None` where nothing is acceptable.
    pub(crate) fn new(
        worlds: Worlds<'a>,
        pool: &mut Vec<Deal>,
        among: usize,
        random: &mut Random,
    ) -> Option<Self> {
        let shares = worlds.refresh(pool, among, random);
        if shares.possible() == 0 {
            return None;
        }
        let totals = shares.sums();
        let wins = shares.wins();
        let possible = shares.possible().max(1) as f64;
        let now = totals.iter().copied().fold(0.0, f64::max) / possible;
        let agreement_now =
            totals.iter().zip(&wins).map(|(s, n)| s * *n as f64).sum::<f64>() / possible / possible;
        Some(Self { worlds, shares, totals, wins, now, agreement_now })
    }
}

/// Everything needed to value questions to one party.
pub(crate) struct Chooser<'o, 'a> {
    outlooks: &'o [Outlook<'a>],
    party: usize,
    error: f64,
    /// What the other side of a coin may bring; `None` where none is tossed.
    tails: Option<Option<Deal>>,
}

impl<'o, 'a> Chooser<'o, 'a> {
    pub(crate) fn new(
        outlooks: &'o [Outlook<'a>],
        party: usize,
        tails: Option<Option<Deal>>,
    ) -> Self {
        let error = outlooks.first().map_or(0.0, |o| o.worlds.error_rate(party));
        Self { outlooks, party, error, tails }
    }

    /// The question to ask by a policy; never one that was asked before.
    pub(crate) fn next(&self, policy: Policy, asked: &[&Question], random: &mut Random) -> Next {
        if self.outlooks.is_empty() {
            return Next::Stop(Stop::NoDeal);
        }
        let open: f64 = self.outlooks.iter().map(|o| 1.0 - o.agreement_now).sum();
        if open / (self.outlooks.len() as f64) < SETTLED {
            return Next::Stop(Stop::Settled);
        }
        let space = self.outlooks[0].worlds.space;
        let is_new = |q: &Question| {
            let asked = asked.iter().any(|a| **a == *q || **a == reversed(q));
            !asked && q.deals().all(|deal| within(space, self.party, deal))
        };
        let outlook = &self.outlooks[random.below(self.outlooks.len())];
        let question = match policy {
            Policy::Worth => self.worthiest(&is_new, random),
            Policy::Random => (0..50).map(|_| outlook.any(random)).find(is_new),
            Policy::MinimaxRegret => outlook.challenge(self.party, &is_new),
        };
        question.map_or(Next::Stop(Stop::NothingLeft), Next::Ask)
    }

    fn worthiest(
        &self,
        is_new: &dyn Fn(&Question) -> bool,
        random: &mut Random,
    ) -> Option<Question> {
        let among = self.outlooks.len();
        let mut pool: Vec<Question> = Vec::new();
        for outlook in self.outlooks {
            pool.extend(outlook.questions(self.party, among, random));
            if let Some(tails) = &self.tails {
                pool.extend(outlook.tosses(self.party, among, tails.as_ref(), random));
            }
        }
        pool.retain(|q| is_new(q));
        let scored = pool.into_iter().filter(|q| self.is_open(q)).map(|q| self.value(q));
        scored
            .reduce(|best, next| if next.score > best.score { next } else { best })
            .map(|s| s.question)
    }

    /// Whether anybody can doubt the answer: both are given in some world.
    fn is_open(&self, question: &Question) -> bool {
        self.outlooks.iter().any(|outlook| {
            let margins = outlook.margins(question, self.party);
            margins.iter().any(|m| *m > TINY) && margins.iter().any(|m| *m < -TINY)
        })
    }

    /// What the answer is worth.
    fn value(&self, question: Question) -> Scored {
        let sum: f64 =
            self.outlooks.iter().map(|o| o.value(&question, self.party, self.error)).sum();
        let differing = |a: &Deal, b: &Deal| a.iter().zip(b).filter(|(a, b)| a != b).count();
        let (differing, toss) = match &question {
            Question::Compare(a, b) => (differing(a, b), 0.0),
            Question::Accept(_) => (2, 0.0),
            Question::Toss { coins, sure, heads, .. } => {
                (differing(sure, heads), TOSS_COST * f64::from(*coins))
            }
        };
        let score = sum / self.outlooks.len() as f64 - DIFFERENCE_COST * differing as f64 - toss;
        Scored { question, score }
    }
}

impl Outlook<'_> {
    /// Two deals drawn evenly, or one against none.
    fn any(&self, random: &mut Random) -> Question {
        let space = self.worlds.space;
        let mut deal = || -> Deal {
            for _ in 0..1_000 {
                let deal: Deal = (0..space.issues()).map(|i| random.below(space.size(i))).collect();
                if space.is_feasible(&deal) {
                    return deal;
                }
            }
            self.shares.deals[random.below(self.shares.deals.len())].clone()
        };
        let (first, second) = (deal(), deal());
        if first == second || random.below(4) == 0 {
            Question::Accept(first)
        } else {
            Question::Compare(first, second)
        }
    }

    /// The current minimax deal against its worst challenger, else against none.
    fn challenge(&self, party: usize, is_new: &dyn Fn(&Question) -> bool) -> Option<Question> {
        let current = self.shares.minimax(&[])?;
        let deals = &self.shares.deals;
        let mut by_shortfall: Vec<usize> = (0..self.worlds.len()).collect();
        by_shortfall.retain(|&m| self.shares.best[m].is_some_and(|b| b != current.deal));
        let share = |m: usize| self.shares.row(m)[current.deal];
        by_shortfall.sort_by(|&a, &b| share(a).total_cmp(&share(b)).then(a.cmp(&b)));
        // What this party would refuse in the worst world is asked outright.
        let refused = self.worlds.utility(party, current.world, &deals[current.deal])
            < self.worlds.reservation(party, current.world);
        let offer = Question::Accept(deals[current.deal].clone());
        if refused && is_new(&offer) {
            return Some(offer);
        }
        let challengers = by_shortfall.into_iter().filter_map(|m| self.shares.best[m]);
        let mut questions = challengers
            .map(|c| Question::Compare(deals[current.deal].clone(), deals[c].clone()))
            .chain(std::iter::once(offer));
        questions.find(|q| is_new(q))
    }

    /// By how much the party prefers the first side, per world.
    fn margins(&self, question: &Question, party: usize) -> Vec<f64> {
        let (deals, none) = question.margin();
        // Options that cancel out are left out.
        let mut parts: Vec<(usize, f64)> = Vec::new();
        for (deal, factor) in deals {
            for (issue, &option) in deal.iter().enumerate() {
                let cell = self.worlds.space.cell(issue, option);
                match parts.iter_mut().find(|part| part.0 == cell) {
                    Some(part) => part.1 += factor,
                    None => parts.push((cell, factor)),
                }
            }
        }
        parts.retain(|part| part.1 != 0.0);
        (0..self.worlds.len())
            .map(|m| {
                let table = self.worlds.table(party, m);
                let deals: f64 = parts.iter().map(|(cell, factor)| factor * table[*cell]).sum();
                if none == 0.0 { deals } else { deals + none * self.worlds.reservation(party, m) }
            })
            .collect()
    }

    /// What the answer is worth.
    fn value(&self, question: &Question, party: usize, error: f64) -> f64 {
        let deals = self.shares.deals.len();
        let mut sums = vec![0.0; deals];
        let mut wins = vec![0_usize; deals];
        let mut first = 0_usize;
        for (world, margin) in self.margins(question, party).into_iter().enumerate() {
            let Some(best) = self.shares.best[world] else { continue };
            if margin < 0.0 {
                continue;
            }
            first += 1;
            wins[best] += 1;
            for (sum, share) in sums.iter_mut().zip(self.shares.row(world)) {
                *sum += share;
            }
        }
        let possible = self.shares.possible().max(1);
        let second = possible - first.min(possible);
        let (right, wrong) = (1.0 - error, error);
        let weights = [
            right * first as f64 + wrong * second as f64,
            right * second as f64 + wrong * first as f64,
        ];
        let mut tops = [0.0_f64; 2];
        let mut meets = [0.0_f64; 2];
        for c in 0..deals {
            let other = self.totals[c] - sums[c];
            let other_wins = (self.wins[c] - wins[c]) as f64;
            let (own, own_wins) = (sums[c], wins[c] as f64);
            let mixed = [right * own + wrong * other, right * other + wrong * own];
            let won =
                [right * own_wins + wrong * other_wins, right * other_wins + wrong * own_wins];
            for side in 0..2 {
                tops[side] = tops[side].max(mixed[side]);
                meets[side] += mixed[side] * won[side];
            }
        }
        let agreement: f64 =
            meets.iter().zip(weights).filter(|(_, w)| *w > 0.0).map(|(m, w)| m / w).sum();
        let possible = possible as f64;
        let improvement = (tops[0] + tops[1]) / possible - self.now;
        let agreement = agreement / possible - self.agreement_now;
        (1.0 - AGREEMENT) * improvement + AGREEMENT * agreement
    }

    /// Questions worth looking at.
    fn questions(&self, party: usize, among: usize, random: &mut Random) -> Vec<Question> {
        let deals = &self.shares.deals;
        let mut order = self.by_use();
        let Some(favourite) = self.shares.favourite(&[]).map(|f| f.0) else { return Vec::new() };
        order.retain(|&c| c != favourite);
        order.insert(0, favourite);
        let mut pool = Vec::new();
        let (leaders, offers) = if among == 1 { (LEADERS, OFFERS) } else { (4, 8) };
        for (k, &a) in order.iter().take(leaders).enumerate() {
            for &b in order.iter().take(if k == 0 { offers } else { leaders }).skip(k + 1) {
                pool.push(Question::Compare(deals[a].clone(), deals[b].clone()));
            }
        }
        pool.extend(order.iter().take(offers).map(|&c| Question::Accept(deals[c].clone())));
        pool.extend(self.trades(party, among, &deals[favourite], random));
        pool.extend(self.limits(party, among, &deals[favourite], random));
        pool
    }

    /// Deals that the party may well refuse, the most evenly disputed first:
    /// where its limit lies decides how much it gains, and only deals near the
    /// limit can tell.
    fn limits(
        &self,
        party: usize,
        among: usize,
        around: &Deal,
        random: &mut Random,
    ) -> Vec<Question> {
        let space = self.worlds.space;
        let sampled = self.sampled();
        let mut found: Vec<(f64, Question)> = Vec::new();
        for _ in 0..LIMITS_DRAWN / among {
            let mut deal = around.clone();
            for _ in 0..=random.below(space.issues()) {
                let issue = random.below(space.issues());
                deal[issue] = random.below(space.size(issue));
            }
            let accepted = sampled
                .iter()
                .filter(|&&m| {
                    self.worlds.utility(party, m, &deal) >= self.worlds.reservation(party, m)
                })
                .count();
            let balance = (accepted as f64 / sampled.len() as f64 - 0.5).abs();
            if balance < 0.4 && may_be_named(space, party, &deal) {
                found.push((balance, Question::Accept(deal)));
            }
        }
        most_balanced(found, (LIMITS / among).max(2))
    }

    /// A deal for sure, or one or two coins between another and `tails` (standard
    /// gambles), the most evenly disputed first. Only such choices tell how large one gain is beside
    /// another (von Neumann and Morgenstern 1944).
    fn tosses(
        &self,
        party: usize,
        among: usize,
        tails: Option<&Deal>,
        random: &mut Random,
    ) -> Vec<Question> {
        let space = self.worlds.space;
        let sampled = self.sampled();
        let mut leaders = self.by_use();
        leaders.truncate(LEADERS);
        // One of the best, with so many issues changed at most.
        let near = |most: usize, random: &mut Random| {
            let mut deal = self.shares.deals[leaders[random.below(leaders.len())]].clone();
            for _ in 0..random.below(most + 1) {
                let issue = random.below(space.issues());
                deal[issue] = random.below(space.size(issue));
            }
            deal
        };
        let other = |m: usize| match tails {
            Some(tails) => self.worlds.utility(party, m, tails),
            None => self.worlds.reservation(party, m),
        };
        let others: Vec<f64> = sampled.iter().map(|&m| other(m)).collect();
        let mut found: Vec<(f64, Question)> = Vec::new();
        for _ in 0..TOSSES_DRAWN / among {
            let coins = [1, 2][random.below(2)];
            let chance = 0.5_f64.powi(i32::from(coins));
            let sure = near(1, random);
            let heads = near(space.issues(), random);
            if heads == sure {
                continue;
            }
            let preferred = sampled
                .iter()
                .zip(&others)
                .filter(|&(&m, other)| {
                    let [sure, heads] =
                        [&sure, &heads].map(|deal| self.worlds.utility(party, m, deal));
                    sure > chance * heads + (1.0 - chance) * other
                })
                .count();
            let balance = (preferred as f64 / sampled.len() as f64 - 0.5).abs();
            if balance < 0.4 && [&sure, &heads].iter().all(|deal| may_be_named(space, party, deal))
            {
                let tails = tails.cloned();
                found.push((balance, Question::Toss { coins, sure, heads, tails }));
            }
        }
        most_balanced(found, (TOSSES / among).max(2))
    }

    /// The deals of the pool, those that are best or good most often first.
    fn by_use(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.shares.deals.len()).collect();
        let use_of = |c: usize| self.totals[c] + self.wins[c] as f64;
        order.sort_by(|&a, &b| use_of(b).total_cmp(&use_of(a)).then(a.cmp(&b)));
        order
    }

    /// Some worlds for a first look.
    fn sampled(&self) -> Vec<usize> {
        (0..32).map(|k| k * self.worlds.len() / 32).collect()
    }

    /// Trade-offs on two issues around a deal, the most evenly disputed first.
    fn trades(
        &self,
        party: usize,
        among: usize,
        around: &Deal,
        random: &mut Random,
    ) -> Vec<Question> {
        let space = self.worlds.space;
        let issues: Vec<usize> = (0..space.issues()).filter(|&i| space.size(i) > 1).collect();
        if issues.len() < 2 {
            return Vec::new();
        }
        let sampled = self.sampled();
        let mut found: Vec<(f64, Question)> = Vec::new();
        for _ in 0..TRADES_DRAWN / among {
            let i = issues[random.below(issues.len())];
            let j = issues[random.below(issues.len())];
            if i == j {
                continue;
            }
            let mut first = around.clone();
            let mut second = around.clone();
            // Half of them leave the deal itself on one side.
            if random.below(2) == 0 {
                first[i] = random.below(space.size(i));
                first[j] = random.below(space.size(j));
            }
            second[i] = random.below(space.size(i));
            second[j] = random.below(space.size(j));
            if first[i] == second[i] || first[j] == second[j] {
                continue;
            }
            let preferred = sampled
                .iter()
                .filter(|&&m| {
                    let table = self.worlds.table(party, m);
                    let at = |issue: usize, deal: &Deal| table[space.cell(issue, deal[issue])];
                    at(i, &first) + at(j, &first) > at(i, &second) + at(j, &second)
                })
                .count();
            let balance = (preferred as f64 / sampled.len() as f64 - 0.5).abs();
            if balance < 0.4
                && [&first, &second].iter().all(|deal| may_be_named(space, party, deal))
            {
                found.push((balance, Question::Compare(first, second)));
            }
        }
        most_balanced(found, (TRADES / among).max(2))
    }
}

/// Whether a deal is within the party's own red lines: what it refuses for one
/// says nothing of what deals are worth.
fn within(space: &Space, party: usize, deal: &[usize]) -> bool {
    !space.has_red_lines() || !space.crosses(party, deal)
}

fn may_be_named(space: &Space, party: usize, deal: &[usize]) -> bool {
    space.is_feasible(deal) && within(space, party, deal)
}

/// So many questions, the most evenly disputed first.
fn most_balanced(mut found: Vec<(f64, Question)>, most: usize) -> Vec<Question> {
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.truncate(most);
    found.into_iter().map(|f| f.1).collect()
}

/// The same comparison the other way round.
fn reversed(question: &Question) -> Question {
    match question {
        Question::Compare(a, b) => Question::Compare(b.clone(), a.clone()),
        other => other.clone(),
    }
}
