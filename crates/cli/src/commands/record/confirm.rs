//! Asks a person about each proposal, at the terminal.

use super::import::claim_text;
use crate::error::CommandError;
use crate::{output, records};
use detente_record::hidden::shown;
use detente_record::import::confirm::{Decision, Edited, confirmed, slug};
use detente_record::import::{Proposals, Terms};
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// Asks, and writes what was confirmed to a new file in `folder`.
pub(super) fn run(folder: &Path, proposals: &Proposals) -> Result<(), CommandError> {
    let record = if records::is_empty(folder)? {
        detente_record::Record::default()
    } else {
        records::load(folder)?.record
    };
    let mut lines = std::io::stdin().lock().lines();
    let mut decisions = Vec::new();
    let count = proposals.claims.len();
    for (i, claim) in proposals.claims.iter().enumerate() {
        output::print(&claim_text(i, count, claim))?;
        let decision = loop {
            match ask(&mut lines, "confirm, edit, discard or stop? [c/e/d/s]")?.as_deref() {
                Some("c") => break Some(Decision::Confirm(Edited::as_proposed(claim))),
                Some("e") => {
                    break Some(Decision::Confirm(edit(&mut lines, Edited::as_proposed(claim))?));
                }
                Some("d") => break Some(Decision::Discard),
                Some("s") | None => break None,
                Some(_) => output::print("please answer c, e, d or s")?,
            }
        };
        let Some(decision) = decision else { break };
        decisions.push(decision);
    }
    let mut same = Vec::new();
    if decisions.iter().any(|d| matches!(d, Decision::Confirm(_))) {
        for group in &proposals.alias_groups {
            output::print(&format!("Perhaps one name: {}", shown(&group.join(" / "))))?;
            match ask(&mut lines, "the same? [y/n]")?.as_deref() {
                Some("y") => same.push(group.clone()),
                None => break,
                Some(_) => {}
            }
        }
    }
    let additions = confirmed(proposals, &decisions, &same, &record);
    if additions.claims.is_empty() {
        return output::print("Nothing was confirmed; nothing was written.");
    }
    let path =
        free_path(folder, &format!("imported-{}-{}", proposals.dated, slug(&proposals.source)));
    std::fs::create_dir_all(folder)?;
    output::write_file(&path, &detente_formats::additions_to_yaml(&additions))?;
    output::print(&format!("{} confirmed; written to {}", additions.claims.len(), path.display()))?;
    // What was written is part of the record from now on: say at once if it does not fit.
    records::load(folder).map(|_| ())
}

type Lines = std::io::Lines<std::io::StdinLock<'static>>;

fn ask(lines: &mut Lines, question: &str) -> Result<Option<String>, CommandError> {
    output::print(question)?;
    Ok(lines.next().transpose()?.map(|line| line.trim().to_owned()))
}

/// Asks for each part; an empty answer keeps it as proposed.
fn edit(lines: &mut Lines, mut edited: Edited) -> Result<Edited, CommandError> {
    if let Some(says) =
        ask(lines, "what it says, in your words (empty: the passage):")?.filter(|s| !s.is_empty())
    {
        edited.says = says;
    }
    if let Some(event) =
        ask(lines, "the id of the event it is about (empty: none):")?.filter(|s| !s.is_empty())
    {
        edited.event = Some(event);
    }
    let chain = ask(
        lines,
        "who reports citing whom, outermost first, with > between (empty: as proposed):",
    )?;
    if let Some(chain) = chain.filter(|s| !s.is_empty()) {
        edited.chain =
            chain.split('>').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    }
    loop {
        let terms =
            ask(lines, "on_record, background, anonymous or unattributed (empty: as proposed):")?;
        match terms.as_deref() {
            None | Some("") => return Ok(edited),
            Some("on_record") => edited.terms = Terms::OnRecord,
            Some("background") => edited.terms = Terms::Background,
            Some("anonymous") => edited.terms = Terms::Anonymous,
            Some("unattributed") => edited.terms = Terms::Unattributed,
            Some(_) => {
                output::print("please write one of the four, or nothing")?;
                continue;
            }
        }
        return Ok(edited);
    }
}

fn free_path(folder: &Path, stem: &str) -> PathBuf {
    let first = folder.join(format!("{stem}.yaml"));
    if !first.exists() {
        return first;
    }
    let mut n = 2_usize;
    loop {
        let path = folder.join(format!("{stem}-{n}.yaml"));
        if !path.exists() {
            return path;
        }
        n += 1;
    }
}
