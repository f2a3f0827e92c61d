//! What surrounds a report on a page and is no part of it: comment forms,
//! navigation, notices, newsletter boxes.

use regex::Regex;
use std::sync::LazyLock;

/// A passage that says one of these is no part of the report, however long it is.
const ALWAYS_PATTERNS: &[&str] = &[
    r"(?i)your e-?mail address will not be published",
    r"(?i)required fields are marked",
    r"(?i)save my name, e-?mail",
    r"(?i)^(©|\(c\)|copyright\b)",
    r"(?i)\ball rights reserved\b",
    r"(?i)thomson reuters trust principles",
    r"(?i)^(edited|editing|reporting|writing|additional reporting|compiled) by\b",
    r"(?i)^\((additional )?(reporting|writing|editing)\b",
    r"(?i)(we|this (web)?site) uses? cookies",
    r"(?i)(sign up|subscribe)\b.{0,60}\b(newsletter|alerts|updates|channel|briefing)",
    r"(?i)^for all the latest\b.{0,60}click here",
    r"(?i)^follow .{0,60}\b(twitter|facebook|telegram|instagram|whatsapp|youtube|google news)\b",
    r"(?i)^(please )?(enable|turn on) javascript",
    r"(?i)terms (of use|of service|and conditions).{0,40}privacy",
    r"(?i)^this (article|story|content) (was|is|has been) (originally |first )?(published|produced|generated|auto)",
    r"(?i)^story (continues|continued) below",
    r"(?i)^subscribe to\b",
    r"(?i)^support (our|independent) journalism",
    r"(?i)^download (the|our) app",
    r"(?i)^with a wealth of experience",
    r"(?i)^sponsored\b|^promoted\b",
    r"(?i)^you (may|might) also (like|be interested)",
    r"(?i)^(read|see|watch|listen) (more|also|next|here)\b",
    r"(?i)^(more|also) (on|from|in) (this|our)\b",
    r"(?i)^(image|photo|picture|video) (credit|source|caption)\b",
    r"(?i)^post (a )?comment",
    r"(?i)^(leave|write|add|post) (a |your )?(comment|reply)",
    r"(?i)^(log|sign) in to\b",
    r"(?i)^\[?\s*ad(vertisement)?_?\d*\s*\]?$",
    r"(?i)^notify me of (new|follow)",
    r"(?i)^click here\b",
    r"(?i)^(related|similar) (posts|articles|stories|topics|content|news)",
    r"(?i)^thank you for (signing|sign|subscribing|registering)\b",
    r"(?i)^this is an archived? (article|story|page)\b",
    r"(?i)^(article|story|video) continues below\b",
];

/// A short passage that is only this is no part of the report.
const SHORT_PATTERNS: &[&str] = &[
    r"(?i)^sources? ?(link|url)$",
    r"(?i)^source ?:",
    r"(?i)^skip to (main )?(content|navigation)",
    r"(?i)^(home|menu|search|close|share|print|e-?mail|tweet|pin|copy link|listen|save|login|log in|sign in|sign up|register|subscribe|newsletter|advertisement|comments?|reply|next|previous|back|tags?|categories|category|more|loading.*|trending|most read|popular|latest|related|recommended|editor.?s picks?|topics?|sections?|about us|contact us|contact|privacy policy|terms of use|terms|cookie policy|careers|archive|rss|sitemap|facebook|twitter|x|instagram|linkedin|whatsapp|telegram|youtube|reddit|go to video|live|news|video|videos|opinion|left menu|read next|submit|cancel|follow us|top stories)$",
    r"(?i)^share (this|on|via|article|the)\b",
    r"(?i)^(facebook|twitter|whatsapp|linkedin|telegram|email|print)([ ,|/·•]+(facebook|twitter|x|whatsapp|linkedin|telegram|email|print|copy|link|share|reddit|pinterest))+$",
    r"(?i)^(your )?(website|name|e-?mail( address)?|comment) ?\*?$",
    r"(?i)^(newsletter|e-?mail) sign-?up\b",
    r"(?i)^please wait\b",
    r"(?i)^(read|view|show|hide|latest|all) comments?$",
    r"(?i)^(story|news|article|journalist|document) (code|id)\b",
    r"(?i)^(premium|exclusive|subscriber only|text size|listen to this article)$",
    r"^https?://\S+$",
    r"(?i)^(by .{2,40} )?\d{1,2} [a-z]+ \d{4} ?[-–—|,]? ?\d{1,2}:\d\d( [\w .-]{2,40})?$",
    r"(?i)^(updated|last updated|published|posted|modified)( on| at|:)? .{0,60}\d",
    r"(?i)^\d+ (min(ute)?s?) read$",
    r"(?i)^(\d+|an?) (sec|second|min|minute|hour|day|week|month|year)s? ago$",
    r"(?i)^(updated|published|posted|modified)$",
    r"(?i)\b(picture|photo|image): ?[A-Z/ ]+$",
    r"(?i)\bnot (currently |now )?accepting comments\b",
    r"(?i)^(home|news|world)( ?[>|/»›] ?[\w &-]+)+$",
    r"(?i)^/?\s*(reuters|ap|afp|getty|epa|xinhua) (photo|images|file)",
    r"(?i)^(file )?photo ?:",
    r"(?i)^\d+ (comments?|shares?|views?|likes?|persons?):?$",
    r"(?i)^(previous|next) (post|article|story)\b",
    r"(?i)^tags?:",
    r"(?i)^filed under\b",
    r"(?i)^by signing up\b",
    r"(?i)^accept( all)?( cookies)?$",
    r"^[\d:]{4,5}$",
    r"^[\s|·•*_\-–—=>»]+$",
];

static ALWAYS: LazyLock<Vec<Regex>> = LazyLock::new(|| compile(ALWAYS_PATTERNS));
static WHEN_SHORT: LazyLock<Vec<Regex>> = LazyLock::new(|| compile(SHORT_PATTERNS));

fn compile(patterns: &[&str]) -> Vec<Regex> {
    // A pattern that does not compile is caught by the test below.
    patterns.iter().filter_map(|p| Regex::new(p).ok()).collect()
}

/// Whether a passage is boilerplate.
pub(super) fn is_boilerplate(passage: &str) -> bool {
    let passage = passage.trim();
    let short = passage.chars().count() <= 90;
    ALWAYS.iter().any(|r| r.is_match(passage)) && !tells_of_speech(passage)
        || short && WHEN_SHORT.iter().any(|r| r.is_match(passage))
}

/// A long passage with quoted words of some length is a report's own,
/// whatever else it says.
fn tells_of_speech(passage: &str) -> bool {
    passage.chars().count() > 240 && passage.contains(['“', '"']) && passage.contains(" said")
}

/// The body, and what was set aside.
pub(super) fn split(blocks: Vec<String>) -> (Vec<String>, Vec<String>) {
    let (mut body, mut dropped) = (Vec::new(), Vec::new());
    for block in blocks {
        if is_boilerplate(&block) { dropped.push(block) } else { body.push(block) }
    }
    (body, dropped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!((ALWAYS.len(), WHEN_SHORT.len()), (ALWAYS_PATTERNS.len(), SHORT_PATTERNS.len()));
    }

    #[test]
    fn forms_and_links_go_and_sentences_stay() {
        for gone in [
            "Source link",
            "Leave a Comment",
            "Your email address will not be published. Required fields are marked *",
            "Related Posts",
            "Skip to main content",
            "Home > World > Africa",
            "Read more: talks resume",
            "Share this article",
            "(Reporting by A. Writer; Editing by B. Editor)",
            "© 2024 A Paper. All rights reserved.",
        ] {
            assert!(is_boilerplate(gone), "{gone}");
        }
        for kept in [
            "More aid entered on Monday, officials said.",
            "Talks resumed.",
            "News of the deal spread quickly.",
            "The source said the link had been cut.",
            "Share of the border: the two sides agreed on a third.",
        ] {
            assert!(!is_boilerplate(kept), "{kept}");
        }
    }
}
