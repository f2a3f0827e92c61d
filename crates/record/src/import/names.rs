//! Candidate aliases: which spellings in a report may be one name.
//!
//! Candidates only: a person confirms them. Nothing is merged here.

use super::lexicon::{is_demonym, is_place, is_title};
use super::outlets;
use super::token::bare;
use std::collections::{BTreeMap, BTreeSet};

/// The names of a report.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Spellings that may be one name, fullest first.
    pub(super) groups: Vec<Vec<String>>,
    /// Every full personal name.
    people: BTreeSet<String>,
}

impl Names {
    /// The fullest spelling of the group this name is in.
    pub(super) fn fullest(&self, name: &str) -> Option<&str> {
        let name = without_article(name);
        self.groups
            .iter()
            .find(|g| g.iter().any(|n| n == name || particle_free(n) == particle_free(name)))
            .map(|g| g[0].as_str())
    }

    /// Whether this is a person's full name, or a spelling of one.
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.people.contains(name)
            || self.fullest(name).is_some_and(|full| self.people.contains(full))
    }
}

/// A run of capitalised words.
#[derive(Debug, Clone)]
struct Mention {
    words: Vec<String>,
    /// The word before it, lower case.
    before: String,
    /// Whether it stands after a title or role: "chief Rashad", "President Petro".
    titled: bool,
    /// Whether it stands where two people are joined: "between A and B".
    joined: bool,
    /// Whether a verb of speech follows or "told" stands before.
    speaks: bool,
    /// Whether it opens a sentence.
    opens: bool,
}

/// Reads the names of a report.
pub(super) fn names(paragraphs: &[String]) -> Names {
    let mentions: Vec<Mention> = paragraphs.iter().flat_map(|p| mentions(p)).collect();
    let mut people = full_names(&mentions);
    let mut groups: Vec<Vec<String>> = Vec::new();
    merge_full_variants(&people, &mut groups);
    attach_surnames(&mentions, &mut groups);
    loose_spellings(&mentions, &mut groups, &mut people);
    acronyms(paragraphs, &mentions, &mut groups);
    known_as(paragraphs, &mut groups);
    standing_variants(paragraphs, &mut groups);
    groups.retain(|g| g.len() > 1);
    let mut seen = BTreeSet::new();
    groups.retain(|g| seen.insert(g.iter().cloned().collect::<BTreeSet<_>>()));
    Names { groups, people }
}

const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "ben", "von", "van", "de", "der", "den", "da", "dos", "abu", "ould",
    "ag", "bint", "di",
];

const NOT_PERSONAL: &[&str] = &[
    "forces",
    "force",
    "corridor",
    "accords",
    "accord",
    "army",
    "council",
    "party",
    "union",
    "nations",
    "ministry",
    "front",
    "movement",
    "agency",
    "university",
    "security",
    "house",
    "court",
    "crossing",
    "committee",
    "commission",
    "organization",
    "organisation",
    "war",
    "day",
    "sea",
    "street",
    "river",
    "desert",
    "office",
    "department",
    "group",
    "group's",
    "group’s",
    "talks",
    "agreement",
    "treaty",
    "initiative",
    "deal",
    "brigade",
    "brigades",
    "jihad",
    "hamas",
    "hezbollah",
    "bet",
    "mossad",
    "parliament",
    "knesset",
    "congress",
    "senate",
    "cabinet",
    "government",
    "defence",
    "defense",
    "affairs",
    "foreign",
    "health",
    "interior",
    "press",
    "news",
    "times",
    "post",
    "agency",
    "service",
    "intelligence",
    "national",
    "international",
    "liberation",
    "people's",
    "popular",
    "democratic",
    "united",
    "republic",
    "state",
    "states",
    "world",
    "food",
    "programme",
    "program",
    "bank",
    "fund",
    "high",
    "supreme",
    "mr",
    "mrs",
    "ms",
    "dr",
    "gulf",
    "peninsula",
    "mission",
    "league",
    "camp",
    "process",
    "palace",
    "airport",
    "port",
    "square",
    "hotel",
    "strip",
    "zone",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "ramadan",
    "eid",
    "passover",
    "covid-19",
    "alliance",
    "coalition",
    "the",
    "a",
    "in",
    "on",
    "at",
    "but",
    "and",
    "for",
    "while",
    "since",
    "after",
    "before",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "his",
    "her",
    "their",
    "this",
    "that",
    "these",
    "those",
    "there",
    "if",
    "as",
    "both",
    "however",
    "meanwhile",
    "when",
    "no",
    "not",
    "yes",
    "such",
    "horn",
    "black",
    "red",
    "white",
    "elysee",
    "kremlin",
    "pentagon",
    "facebook",
    "twitter",
    "telegram",
    "whatsapp",
    "x",
    "despite",
    "earlier",
    "later",
    "our",
    "its",
    "by",
    "from",
    "with",
    "during",
    "under",
    "over",
    "one",
    "two",
    "three",
    "some",
    "many",
    "most",
    "all",
    "each",
    "according",
    "last",
    "next",
    "so",
    "to",
    "of",
    "or",
    "what",
    "who",
    "why",
    "how",
    "where",
    "you",
    "your",
    "my",
    "another",
    "although",
    "though",
    "because",
    "until",
    "between",
    "officials",
    "sources",
    "hostage",
    "hostages",
    "forum",
    "families",
    "tribe",
    "province",
    "district",
    "city",
    "region",
    "valley",
    "mountain",
    "village",
];

/// Whether a capitalised phrase is a place, a known group, an acronym or a body rather than a person.
pub(super) fn is_organisation(words: &[&str]) -> bool {
    const GROUPS: &[&str] = &[
        "Hamas",
        "Hezbollah",
        "Hizbullah",
        "Fatah",
        "Taliban",
        "Houthis",
        "Kremlin",
        "Pentagon",
        "Knesset",
        "Mossad",
        "Congress",
        "NATO",
        "Government",
        "Tigray",
        "Ansarallah",
        "Ansar",
        "Junta",
    ];
    words.iter().any(|w| {
        let name = bare(w);
        is_place(name)
            || GROUPS.contains(&name)
            || NOT_PERSONAL.contains(&name.to_lowercase().as_str())
            || (name.chars().count() > 1 && name.chars().all(|c| !c.is_lowercase()))
    })
}

fn mentions(paragraph: &str) -> Vec<Mention> {
    let clean: String =
        paragraph.chars().map(|c| if matches!(c, '[' | ']') { ' ' } else { c }).collect();
    let raw: Vec<&str> = clean.split_whitespace().collect();
    let mut out: Vec<Mention> = Vec::new();
    let mut i = 0;
    while i < raw.len() {
        if !is_name_word(raw[i], false) {
            i += 1;
            continue;
        }
        let start = i;
        let mut words = Vec::new();
        let mut opens = i == 0
            || raw[i - 1].ends_with(['.', '!', '?', '”', '"', ':'])
            || raw[i].starts_with(['“', '"', '‘']);
        while i < raw.len() && is_name_word(raw[i], !words.is_empty()) {
            let word = trimmed(raw[i]);
            let ends = stops(raw[i]);
            words.push(bare(word).to_owned());
            i += 1;
            if ends {
                break;
            }
        }
        // A particle at the end belongs to what follows.
        while words.last().is_some_and(|w| PARTICLES.contains(&w.as_str())) {
            words.pop();
        }
        let mut titled = start > 0
            && is_title(&trimmed(raw[start - 1]).to_lowercase())
            && !stops(raw[start - 1]);
        let mut skip = 0;
        while words.len() > skip && strips(&words[skip]) {
            titled |= is_title(&words[skip].to_lowercase());
            opens = false;
            skip += 1;
        }
        let mut words: Vec<String> = words.split_off(skip);
        let mut first = start + skip;
        // "United Nations Secretary-General A. B.": the name stands after the title inside the run.
        if let Some(inner) = words.iter().rposition(|w| is_title(&w.to_lowercase()))
            && inner + 1 < words.len()
        {
            words.drain(..=inner);
            first += inner + 1;
            titled = true;
        }
        if words.is_empty() {
            continue;
        }
        let lower = |k: usize| raw.get(k).map(|w| trimmed(w).to_lowercase()).unwrap_or_default();
        let before = if first > 0 { lower(first - 1) } else { String::new() };
        let after = lower(i);
        let joined = matches!(before.as_str(), "and" | "between")
            && (raw[..first]
                .iter()
                .rev()
                .take(40)
                .any(|w| trimmed(w).eq_ignore_ascii_case("between")));
        let speaks = super::lexicon::cue(&after).is_some()
            || matches!(before.as_str(), "told" | "met" | "said" | "urged" | "accused" | "with");
        out.push(Mention { words, before, titled, joined, speaks, opens });
    }
    out
}

/// Titles, nationalities and words like "Virginia-based" that stand before a name.
fn strips(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_title(&lower)
        || is_demonym(&lower)
        || lower.ends_with("-based")
        || lower.ends_with("-backed")
        || matches!(
            lower.as_str(),
            "the"
                | "but"
                | "and"
                | "in"
                | "on"
                | "at"
                | "when"
                | "while"
                | "after"
                | "for"
                | "both"
                | "as"
                | "if"
                | "with"
        )
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'' && c != '.')
        .trim_end_matches('.')
        .trim_start_matches(['\'', '’', '.'])
}

/// Whether a name ends with this word: a comma, a stop, a bracket or a possessive follows.
fn stops(raw: &str) -> bool {
    let possessive =
        raw.trim_end_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | ')' | '”' | '"'));
    raw.ends_with([',', ';', ':', ')', '”', '"', '?', '!', ']'])
        || (raw.ends_with('.') && raw.len() > 3 && !is_title(&raw.to_lowercase()))
        || possessive.ends_with("'s")
        || possessive.ends_with("’s")
}

fn is_name_word(raw: &str, inside: bool) -> bool {
    let word = trimmed(raw);
    let lower = word.to_lowercase();
    if raw.starts_with('(') && inside {
        return false;
    }
    let capital = word.starts_with(char::is_uppercase) && word.chars().count() > 1;
    let particle = inside && PARTICLES.contains(&lower.as_str());
    let prefixed = ["al-", "el-", "as-", "ad-", "ash-"].iter().any(|p| lower.starts_with(p))
        && word.contains('-')
        && word.chars().nth(3).is_some_and(|c| c.is_uppercase());
    let initial = inside && word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    capital || particle || prefixed || initial
}

fn personal(words: &[String]) -> bool {
    (2..=5).contains(&words.len())
        && words.iter().all(|w| {
            let lower = w.to_lowercase();
            !NOT_PERSONAL.contains(&lower.as_str())
                && !is_place(w)
                && !is_demonym(&lower)
                && !(w.len() > 1 && w.chars().all(|c| c.is_uppercase() || c == '.'))
        })
        && !outlets::is_outlet(&words.join(" "))
}

fn full_names(mentions: &[Mention]) -> BTreeSet<String> {
    mentions.iter().filter(|m| personal(&m.words)).map(|m| m.words.join(" ")).collect()
}

fn surname(full: &str) -> &str {
    full.rsplit(' ').next().unwrap_or(full)
}

/// "al-Sisi" and "el-Sisi" without the particle, hyphens and case.
fn particle_free(name: &str) -> String {
    let lower = name.to_lowercase().replace(['\'', '’', '.', '`'], "");
    let mut rest = lower.as_str();
    for prefix in ["al-", "el-", "al ", "el ", "ash-", "as-"] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    rest.replace('-', " ")
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

fn merge_full_variants(people: &BTreeSet<String>, groups: &mut Vec<Vec<String>>) {
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

fn attach_surnames(mentions: &[Mention], groups: &mut [Vec<String>]) {
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
fn loose_spellings(
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
pub(super) fn distance(a: &str, b: &str) -> usize {
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

/// "National Liberation Army (ELN)", and initials: "The New Arab", "TNA".
fn acronyms(paragraphs: &[String], mentions: &[Mention], groups: &mut Vec<Vec<String>>) {
    let mut capitals: BTreeSet<String> = BTreeSet::new();
    for p in paragraphs {
        for w in p.split_whitespace() {
            let w = bare(trimmed(w)).replace('.', "");
            if (2..=7).contains(&w.len()) && w.chars().all(char::is_uppercase) {
                capitals.insert(w);
            }
        }
    }
    for p in paragraphs {
        for (at, _) in p.match_indices('(') {
            let Some(close) = p[at..].find(')') else { continue };
            let inside = p[at + 1..at + close].trim();
            let short = (2..=8).contains(&inside.chars().count())
                && inside.chars().all(|c| c.is_uppercase() || c == '-' || c == '/')
                && inside.chars().any(char::is_alphabetic);
            if short && let Some(full) = name_before(&p[..at], inside) {
                join(groups, &full, inside);
            }
        }
    }
    let mut long: BTreeSet<String> = BTreeSet::new();
    for p in paragraphs {
        long.extend(capital_runs(p));
    }
    long.extend(mentions.iter().filter(|m| m.words.len() > 1).map(|m| m.words.join(" ")));
    for full in long {
        let initials: String = full
            .split(' ')
            .filter(|w| w.chars().count() > 1)
            .filter_map(|w| w.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        if initials.len() >= 2
            && capitals.contains(&initials)
            && !is_title(&full.split(' ').next().unwrap_or("").to_lowercase())
        {
            join(groups, &full, &initials);
        }
    }
}

/// Runs of capitalised words with a leading "The", as outlets are named.
fn capital_runs(paragraph: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for raw in paragraph.split_whitespace().chain(std::iter::once("")) {
        let word = trimmed(raw);
        if word.starts_with(char::is_uppercase) {
            run.push(bare(word));
        }
        if !word.starts_with(char::is_uppercase) || stops(raw) {
            if run.len() >= 2 {
                runs.push(run.join(" "));
            }
            run.clear();
        }
    }
    runs
}

/// The capitalised name that ends here, as far back as its initials or capitals reach.
fn name_before(text: &str, short: &str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for raw in text.split_whitespace().rev().take(9) {
        let word = trimmed(raw);
        let linking =
            matches!(word, "of" | "for" | "the" | "and" | "de" | "la" | "on" | "in" | "to")
                && !words.is_empty();
        if !(word.starts_with(char::is_uppercase) || linking)
            || (stops(raw)
                && !words.is_empty()
                && !raw.ends_with("’s")
                && !raw.ends_with("'s")
                && !raw.ends_with("s’"))
        {
            break;
        }
        words.push(word);
    }
    words.reverse();
    while words.first().is_some_and(|w| {
        w.chars().next().is_some_and(char::is_lowercase)
            || matches!(*w, "The" | "In" | "But" | "And" | "A" | "An")
    }) {
        words.remove(0);
    }
    // Start where the initials start, if they are there to be found.
    let first = short.chars().next()?;
    if let Some(at) = (0..words.len()).find(|&k| {
        let initials: String = words[k..]
            .iter()
            .flat_map(|w| w.split('-'))
            .filter_map(|w| w.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        words[k].starts_with(first) && initials == short
    }) {
        words.drain(..at);
    }
    (words.len() >= 2).then(|| words.join(" "))
}

/// "X, commonly known as Y".
fn known_as(paragraphs: &[String], groups: &mut Vec<Vec<String>>) {
    for p in paragraphs {
        for marker in [
            "known as ",
            "nicknamed ",
            "known by his nom de guerre ",
            "known by the nom de guerre ",
        ] {
            for (at, _) in p.match_indices(marker) {
                let nick = capital_prefix(&p[at + marker.len()..]);
                let holder = groups
                    .iter()
                    .flat_map(|g| g.iter())
                    .filter(|n| n.contains(' '))
                    .filter_map(|n| p[..at].rfind(n.as_str()).map(|i| (i, n.clone())))
                    .max();
                if let (Some(nick), Some((i, full))) = (nick, holder)
                    && p[i..at].len() < full.len() + 40
                {
                    join(groups, &full, &nick);
                }
            }
        }
    }
}

fn capital_prefix(text: &str) -> Option<String> {
    let mut words = Vec::new();
    for raw in text.split_whitespace() {
        let word = trimmed(raw);
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        words.push(word);
        if stops(raw) {
            break;
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// Spellings that stand for one another everywhere.
fn standing_variants(paragraphs: &[String], groups: &mut Vec<Vec<String>>) {
    const SETS: &[&[&str]] = &[
        &["United Nations", "UN", "U.N."],
        &["United States", "US", "U.S."],
        &["European Union", "EU"],
        &["Türkiye", "Turkey"],
        &["Kyiv", "Kiev"],
        &["Sanaa", "Sana'a", "Sana’a"],
        &["United Kingdom", "UK", "Britain"],
        &["African Union", "AU"],
        &["Myanmar", "Burma"],
    ];
    let stands = |name: &str| {
        paragraphs.iter().any(|p| {
            p.match_indices(name).any(|(at, _)| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                edge(p[..at].chars().next_back()) && edge(p[at + name.len()..].chars().next())
            })
        })
    };
    for set in SETS {
        let present: Vec<&str> = set.iter().copied().filter(|s| stands(s)).collect();
        if present.len() > 1 {
            for other in &present[1..] {
                join(groups, present[0], other);
            }
        }
    }
}

fn join(groups: &mut Vec<Vec<String>>, full: &str, short: &str) {
    match groups.iter_mut().find(|g| g.iter().any(|n| n == full || n == short)) {
        Some(group) => {
            for name in [full, short] {
                if !group.iter().any(|n| n == name) {
                    group.push(name.to_owned());
                }
            }
            group.sort_by_key(|n| std::cmp::Reverse(n.chars().count()));
        }
        None => groups.push(vec![full.to_owned(), short.to_owned()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<Vec<String>> {
        names(&[text.to_owned()]).groups
    }

    #[test]
    fn a_surname_joins_its_full_name_and_places_stay_out() {
        assert_eq!(
            groups(
                "President Gustavo Petro met Iran and Iraq. Petro said the talks in Iraq went on."
            ),
            [vec!["Gustavo Petro", "Petro"]]
        );
    }

    #[test]
    fn spellings_of_one_letter_apart_in_the_same_place_are_candidates() {
        assert_eq!(
            groups(
                "The envoy told chief Lodan. A meeting between Orsk and Loban lasted. Another between Orsk and Lodan did not."
            ),
            [vec!["Loban", "Lodan"]]
        );
    }

    #[test]
    fn acronyms_and_nicknames() {
        assert_eq!(
            groups("The Rapid Support Forces (RSF) agreed."),
            [vec!["Rapid Support Forces", "RSF"]]
        );
        assert_eq!(
            groups("He told The Blue Paper. Others told TBP too."),
            [vec!["The Blue Paper", "TBP"]]
        );
    }

    #[test]
    fn distance_counts_edits() {
        assert_eq!(
            (distance("bar", "ban"), distance("", "abc"), distance("kitten", "sitting")),
            (1, 3, 3)
        );
    }
}
