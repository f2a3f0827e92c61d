//! Whose report a text is, when nobody says.

use super::attribution::{is_wire, same_outlet};
use super::outlets;
use regex::Regex;
use std::sync::LazyLock;

static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:told|tells|said to|speaking to|spoke to|interview with|comments? to|remarks to|statements? to)\s+((?:The\s+|the\s+)?(?:[A-Z][\w’'\-]*)(?:\s+(?:of\s+)?[A-Z][\w’'\-]*)*)").ok()
});
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{Lu} .,/’'-]{2,40}(?:,?\s+[A-Z][a-z]+\.?\s+\d{1,2}(?:,\s*\d{4})?)?\.?\s*[(/]([A-Z][\w -]{1,30})[)/]\.?\s*[-–—]*").ok()
});
static BYLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)(?:©|\(c\)|Copyright)\s*(?:\d{4}\s+)?([A-Z][\w’' .-]{2,40})$").ok()
});

static DATELINE_ALONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\p{Lu}[\w .,/’'-]{2,40} ?\(([A-Z][\w -]{1,30})\)$").ok());
static STAMP_BY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|\d )[Bb]y ([A-Z][\w .-]{1,40})$").ok());
/// An agency's name set straight before the first sentence: "IRNA Iran's minister said".
static GLUED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([A-Z]{3,5})\s+[A-Z][\w-]*(?:['’]s|s['’])\s").ok());

/// The agency in a paragraph's dateline: "MOSCOW (Reuters) –", "YEREVAN, October 23. /TASS/."
pub(super) fn dateline_agency(paragraph: &str) -> Option<String> {
    [&DATELINE, &DATELINE_ALONE, &GLUED].into_iter().find_map(|r| agency(r, paragraph))
}

/// The agency in a byline such as "By Reuters" or "29 April 2025 - 10:11 By Reuters".
pub(super) fn byline_agency(passage: &str) -> Option<String> {
    agency(&STAMP_BY, passage)
}

fn agency(pattern: &LazyLock<Option<Regex>>, text: &str) -> Option<String> {
    let caps = pattern.as_ref()?.captures(text.trim())?;
    let name = caps.get(1)?.as_str().trim();
    outlets::is_outlet(name).then(|| name.to_owned())
}

/// The length in bytes of a dateline ("CAIRO (Reuters) - ", "BOGOTA – "), which is no part of the sentence after it.
pub(super) fn dateline_length(paragraph: &str) -> usize {
    static ANY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\p{Lu}[\p{Lu} .,/’'-]{2,40}(?:,?\s+[A-Z][a-z]+\.?\s+\d{1,2}(?:,\s*\d{4})?)?\.?\s*(?:[(/][A-Z][\w -]{1,30}[)/]\.?\s*[-–—]*|[-–—]+)\s+").ok()
    });
    let glued = GLUED.as_ref().and_then(|r| r.captures(paragraph)).and_then(|c| c.get(1));
    let glued = glued.filter(|m| outlets::is_outlet(m.as_str()));
    ANY.as_ref().and_then(|r| r.find(paragraph)).or(glued).map_or(0, |m| m.end())
}

/// The outlet whose report this is, read off the text: one that sources tell
/// things to and that the report never cites; or the dateline's agency.
pub(super) fn detect(
    paragraphs: &[String],
    dropped: &[String],
    site: Option<&str>,
) -> Option<String> {
    if let Some(site) = site {
        return Some(site.trim().to_owned());
    }
    let body = paragraphs.join("\n");
    let told = TOLD.as_ref()?;
    let mut candidates: Vec<String> = Vec::new();
    for caps in told.captures_iter(&body) {
        let name = caps.get(1).map_or("", |m| m.as_str());
        let name =
            name.strip_prefix("the ").unwrap_or(name).trim_end_matches("’s").trim_end_matches("'s");
        if outlets::is_outlet(name)
            || (name.len() <= 6 && name.chars().all(char::is_uppercase) && name.len() >= 2)
        {
            candidates.push(name.to_owned());
        }
    }
    let cited = |name: &str| {
        ["reported", "according to", "reports", "citing", "quoted by", "cited by"].iter().any(
            |verb| {
                body.contains(&format!("{name} {verb}"))
                    || body.contains(&format!("{verb} {name}"))
                    || body.contains(&format!("{verb} the {name}"))
            },
        )
    };
    let own = candidates
        .iter()
        .filter(|n| outlets::is_outlet(n))
        .find(|n| {
            let twice = candidates.iter().any(|o| o != *n && same_outlet(o, n));
            !cited(n) && (twice || !is_wire(n))
        })
        .cloned();
    own.or_else(|| paragraphs.iter().take(3).find_map(|p| dateline_agency(p))).or_else(|| {
        dropped.iter().find_map(|d| {
            BYLINE
                .as_ref()?
                .captures(d)?
                .get(1)
                .map(|m| m.as_str().trim().trim_end_matches('.').to_owned())
                .filter(|n| outlets::is_outlet(n))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_that_is_told_and_not_cited_is_the_reporter() {
        let text = ["An official told The Blue Times on Monday. Another told TBT. Reuters reported the same.".to_owned()];
        assert_eq!(detect(&text, &[], None).as_deref(), Some("The Blue Times"));
        let relay = ["Two officials told Axios on Monday.".to_owned()];
        assert_eq!(detect(&relay, &[], None), None);
    }

    #[test]
    fn datelines_name_agencies() {
        assert_eq!(
            dateline_agency("MOSCOW (Reuters) – The minister said").as_deref(),
            Some("Reuters")
        );
        assert_eq!(
            dateline_agency("YEREVAN, October 23. /TASS/. The minister").as_deref(),
            Some("TASS")
        );
        assert_eq!(dateline_agency("The (Reuters) minister"), None);
        assert_eq!(dateline_agency("Damascus (AFP)").as_deref(), Some("AFP"));
        assert_eq!(dateline_agency("IRNA Iran's minister said").as_deref(), Some("IRNA"));
        assert_eq!(dateline_length("IRNA Iran's minister said"), 4);
        assert_eq!(dateline_agency("BBC Persian said so"), None);
        assert_eq!(byline_agency("29 April 2025 - 10:11 By Reuters").as_deref(), Some("Reuters"));
        assert_eq!(byline_agency("By A. Writer"), None);
        assert_eq!(dateline_length("CAIRO - Talks"), 8);
        assert_eq!(dateline_length("ISTANBUL, May 12 (Reuters) - Parties"), 29);
    }
}
