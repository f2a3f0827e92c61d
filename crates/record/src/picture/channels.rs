//! Who can reach whom, and what happens when a channel closes.

use super::data::{Cited, Look};
use crate::talks::Reach;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A channel, as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelView {
    /// Its id.
    pub id: String,
    /// Its two ends, by name.
    pub ends: (String, String),
    /// How it is said to reach.
    pub reach: Reach,
    /// Whether it is reported open on the picture's day.
    pub open: bool,
    /// The claims it rests on.
    pub cited: Vec<Cited>,
    /// Pairs of parties that no open channel would join if this one closed.
    pub cuts: Vec<(String, String)>,
}

/// Something whose loss cuts parties off from one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinglePoint {
    /// The actor.
    pub name: String,
    /// Pairs of parties that only it joins.
    pub cuts: Vec<(String, String)>,
}

/// The channels with what each one's closing would cut, and the actors on whom all depends.
pub(super) fn channels(look: &Look<'_>) -> (Vec<ChannelView>, Vec<SinglePoint>) {
    let talks = &look.record.talks;
    let day = look.record.as_of;
    let mut views: Vec<ChannelView> = talks
        .channels
        .iter()
        .filter(|c| look.stands(&c.claims))
        .map(|c| {
            let begun = day.is_none_or(|d| c.from.as_ref().is_none_or(|w| w.may_begin_by(d)));
            let closed =
                c.to.as_ref().is_some_and(|w| day.is_none_or(|d| w.to.is_none_or(|to| to <= d)));
            ChannelView {
                id: c.id.clone(),
                ends: (look.actor(&c.between.0), look.actor(&c.between.1)),
                reach: c.reach,
                open: begun && !closed,
                cited: look.cited(&c.claims),
                cuts: Vec::new(),
            }
        })
        .collect();
    let parties: Vec<String> = talks.parties.iter().map(|p| look.actor(p)).collect();
    let open: Vec<(String, String)> =
        views.iter().filter(|v| v.open).map(|v| v.ends.clone()).collect();
    let joined = pairs(&parties, &open, None);
    let mut k = 0;
    for view in views.iter_mut().filter(|v| v.open) {
        let mut rest = open.clone();
        rest.remove(k);
        k += 1;
        let left = pairs(&parties, &rest, None);
        view.cuts = joined.difference(&left).cloned().collect();
    }
    let points = talks
        .mediators
        .iter()
        .map(|m| look.actor(&m.actor))
        .filter_map(|name| {
            let left = pairs(&parties, &open, Some(&name));
            let cuts: Vec<_> = joined.difference(&left).cloned().collect();
            (!cuts.is_empty()).then_some(SinglePoint { name, cuts })
        })
        .collect();
    (views, points)
}

/// Pairs of parties that a path of channels joins, leaving one actor out.
fn pairs(
    parties: &[String],
    channels: &[(String, String)],
    without: Option<&str>,
) -> BTreeSet<(String, String)> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (a, b) in
        channels.iter().filter(|(a, b)| Some(a.as_str()) != without && Some(b.as_str()) != without)
    {
        next.entry(a).or_default().push(b);
        next.entry(b).or_default().push(a);
    }
    let mut out = BTreeSet::new();
    for (i, from) in parties.iter().enumerate() {
        let mut seen: BTreeSet<&str> = BTreeSet::from([from.as_str()]);
        let mut queue = VecDeque::from([from.as_str()]);
        while let Some(at) = queue.pop_front() {
            for to in next.get(at).into_iter().flatten() {
                if seen.insert(to) {
                    queue.push_back(to);
                }
            }
        }
        for to in &parties[i + 1..] {
            if seen.contains(to.as_str()) {
                out.insert((from.clone(), to.clone()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_joined_through_others_and_cut_by_their_loss() {
        let parties = ["a".to_owned(), "b".to_owned()];
        let ch = [("a".to_owned(), "m".to_owned()), ("m".to_owned(), "b".to_owned())];
        assert_eq!(pairs(&parties, &ch, None).len(), 1);
        assert!(pairs(&parties, &ch, Some("m")).is_empty());
        assert!(pairs(&parties, &ch[..1], None).is_empty());
    }
}
