//! The whole answer to "what would it take?".

use super::staged::named;
use super::{
    Case, CaseError, Effort, GuaranteeFound, Instrument, Means, Mix, Planned, Rational, Staging,
    best_plan, least_guarantee, least_mix,
};
use num_traits::Zero;

/// One case with what it would take.
#[derive(Debug, Clone)]
pub struct Priced {
    /// The case without any guarantee of its own.
    pub case: Case,
    /// Its best plan.
    pub planned: Planned,
    /// The least bonds, with the plan they make hold.
    pub bond: GuaranteeFound,
    /// The least rewards, with the plan they make hold.
    pub reward: GuaranteeFound,
    /// The largest smallest slack if the exchange is linked.
    pub linked: Option<Rational>,
    /// The most that can be put up for each party, if limited.
    pub limited: Option<Vec<Rational>>,
    /// For the best plan, kept: what each means alone, and all together, would take.
    pub mixes: Vec<(&'static str, Option<Mix>)>,
}

/// Prices a staging block: one of its deals, or without a name the first
/// listed, or everything.
///
/// # Errors
/// [`CaseError`] when it does not hold together, or has no deal of that name.
pub fn price(
    block: &Staging,
    deal: Option<&str>,
    effort: &Effort<'_>,
) -> Result<Priced, CaseError> {
    let mut case = block.weighed();
    if let Some(id) = deal.or(block.deals.first().map(|d| d.id.as_str())) {
        let deals = block.broad_deals();
        case = case.with_deal(&deals[named(&deals, id)?]);
    }
    price_case(case, block.put_up_at_most.as_deref(), &block.sigma, effort)
}

/// Prices one case.
///
/// # Errors
/// [`CaseError`] when it does not hold together.
pub fn price_case(
    mut case: Case,
    limited: Option<&[Rational]>,
    sigma: &Rational,
    effort: &Effort<'_>,
) -> Result<Priced, CaseError> {
    case.bond = vec![Rational::zero(); case.parties.len()];
    case.reward.clone_from(&case.bond);
    let mut linked = case.clone();
    linked.leak = Rational::zero();
    let slack = |planned: Planned| planned.best.and_then(|b| b.min_slack);
    let planned = best_plan(&case, effort)?;
    let least = |instrument| least_guarantee(&case, instrument, sigma, limited, effort);
    Ok(Priced {
        bond: least(Instrument::Bond)?,
        reward: least(Instrument::Reward)?,
        linked: slack(best_plan(&linked, effort)?),
        limited: limited.map(<[_]>::to_vec),
        mixes: mixes(&case, &planned, sigma),
        planned,
        case,
    })
}

/// The means, one by one and together, for the best plan.
fn mixes(case: &Case, planned: &Planned, sigma: &Rational) -> Vec<(&'static str, Option<Mix>)> {
    let Some(best) = &planned.best else { return Vec::new() };
    let none = Means { bonds: false, rewards: false, payments: false, transfers: false };
    [
        ("bonds", Means { bonds: true, ..none }),
        ("rewards", Means { rewards: true, ..none }),
        ("payments", Means { payments: true, ..none }),
        ("transfers", Means { transfers: true, ..none }),
        ("all together", Means { bonds: true, rewards: true, payments: true, transfers: true }),
    ]
    .into_iter()
    .map(|(name, means)| (name, least_mix(case, &best.plan, means, sigma)))
    .collect()
}

impl Priced {
    /// The largest smallest slack without any guarantee.
    #[must_use]
    pub fn without(&self) -> Option<&Rational> {
        self.planned.best.as_ref().and_then(|b| b.min_slack.as_ref())
    }
}
