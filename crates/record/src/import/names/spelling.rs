//! Which spellings may be one person's.

use super::super::lexicon::{is_demonym, is_place, is_title};
use super::super::outlets;
use super::mention::Mention;
use super::organisation::NOT_PERSONAL;
use std::collections::{BTreeMap, BTreeSet};

fn personal(words: &[String]) -> bool {
    (2..=5).contains(&words.len())
        && words.iter().all(|w| {
            let lower = w.to_lowercase();
            let other = NOT_PERSONAL.contains(&lower.as_str()) || is_place(w) || is_demonym(&lower);
            !other && (w.len() <= 1 || w.chars().any(|c| !c.is_uppercase() && c != '.'))
        })
        && !outlets::is_outlet(&words.join(" "))
}

pub(super) fn full_names(mentions: &[Mention]) -> BTreeSet<String> {
    mentions.iter().filter(|m| personal(&m.words)).map(|m| m.words.join(" ")).collect()
}

fn surname(full: &str) -> &str {
    full.rsplit(' ').next().unwrap_or(full)
}

/// "al-Sisi" and "el-Sisi" without the particle, hyphens and case.
pub(super) fn particle_free(name: &str) -> String {
    let lower = name.to_lowercase().replace(['\'', '’', '.', '`'], "");
    let mut rest = lower.as_str();
    for prefix in ["al-", "el-", "al ", "el ", "ash-", "as-"] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    rest.replace('-', " ")
}

pub(super) fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

pub(super) fn merge_full_variants(people: &BTreeSet<String>, groups: &mut Vec<Vec<String>>) {
    for full in people {
        let home = groups.iter_mut().find(|g| g.iter().any(|n| same_person(n, full)));
        match home {
            Some(group) => group.push(full.clone()),
            None => groups.push(vec![full.clone()]),
        }
    }
    for group in groups {
        group.sort_by_key(|n| std::cmp::Reverse(n.chars().count()));
    }
}

/// Two full names that may be one person's: first names alike, last names alike.
fn same_person(a: &str, b: &str) -> bool {
    let first = |n: &str| particle_free(n).split(' ').next().unwrap_or("").to_owned();
    let (fa, fb) = (first(a), first(b));
    let (sa, sb) = (particle_free(surname(a)), particle_free(surname(b)));
    let whole = (particle_free(a), particle_free(b));
    whole.0 == whole.1
        || (fa == fb || (fa.len() > 4 && distance(&fa, &fb) <= 1))
            && sa.chars().next() == sb.chars().next()
            && distance(&sa, &sb) <= if sa.len().min(sb.len()) >= 6 { 2 } else { 1 }
}

pub(super) fn attach_surnames(mentions: &[Mention], groups: &mut [Vec<String>]) {
    for mention in mentions.iter().filter(|m| m.words.len() <= 2) {
        let short = mention.words.join(" ");
        let key = particle_free(&short);
        if is_place(&short) || is_demonym(&key) || NOT_PERSONAL.contains(&key.as_str()) {
            continue;
        }
        let home = groups.iter_mut().find(|g| {
            g.iter().any(|full| {
                let words: Vec<&str> = full.split(' ').collect();
                words.len() >= 2
                    && (particle_free(surname(full)) == key
                        || words.len() > 2
                            && particle_free(&words[words.len() - 2..].join(" ")) == key)
            })
        });
        if let Some(group) = home
            && !group.contains(&short)
        {
            group.push(short);
        }
    }
}

/// Single names that no full name explains, and that differ by little in the same place.
pub(super) fn loose_spellings(
    mentions: &[Mention],
    groups: &mut Vec<Vec<String>>,
    people: &mut BTreeSet<String>,
) {
    let mut single: BTreeMap<&str, bool> = BTreeMap::new();
    for m in mentions.iter().filter(|m| m.words.len() == 1) {
        let word = m.words[0].as_str();
        let lower = word.to_lowercase();
        let excluded = is_place(word)
            || is_demonym(&lower)
            || NOT_PERSONAL.contains(&lower.as_str())
            || outlets::is_outlet(word)
            || word.chars().all(|c| c.is_uppercase() || c == '.')
            || is_title(&lower);
        if excluded {
            continue;
        }
        let evidence = m.titled
            || m.joined
            || (m.speaks && !m.opens)
            || (m.speaks && mentions.iter().any(|o| o.words == m.words && !o.opens))
            || m.before == "between";
        *single.entry(word).or_default() |= evidence;
    }
    let loose: Vec<&str> = single
        .iter()
        .filter(|(w, e)| **e && !groups.iter().any(|g| g.len() > 1 && g.iter().any(|n| n == **w)))
        .map(|(w, _)| *w)
        .collect();
    for word in loose {
        let key = particle_free(word);
        // Near a surname that has a full name, or near another loose spelling.
        let home = groups.iter_mut().find(|g| {
            g.iter().any(|n| {
                let other = particle_free(surname(n));
                n.as_str() != word && similar(&key, &other)
            })
        });
        match home {
            Some(group) if !group.iter().any(|n| n == word) => group.push(word.to_owned()),
            Some(_) => {}
            None => groups.push(vec![word.to_owned()]),
        }
    }
    // A loose spelling that came first may join a group that a later one opened.
    let mut i = 0;
    while i < groups.len() {
        let joins = (0..i).find(|&k| {
            groups[i].iter().all(|n| !n.contains(' '))
                && groups[k].iter().any(|a| {
                    groups[i].iter().any(|b| similar(&particle_free(surname(a)), &particle_free(b)))
                })
        });
        if let Some(k) = joins {
            let moved = groups.remove(i);
            for name in moved {
                if !groups[k].contains(&name) {
                    groups[k].push(name);
                }
            }
        } else {
            i += 1;
        }
    }
    for group in groups.iter().filter(|g| g.len() > 1) {
        people.insert(group[0].clone());
    }
}

/// Alike enough to ask about: one letter apart, two in long names, or one the beginning of the other.
fn similar(a: &str, b: &str) -> bool {
    let (la, lb) = (a.chars().count(), b.chars().count());
    if a == b || la.min(lb) < 3 || a.chars().next() != b.chars().next() {
        return a == b;
    }
    let d = distance(a, b);
    let prefix = (a.starts_with(b) || b.starts_with(a)) && la.abs_diff(lb) <= 3;
    d <= 1 || (la.min(lb) >= 6 && d <= 2) || prefix
}

/// Edit distance in characters.
pub(in crate::import) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
