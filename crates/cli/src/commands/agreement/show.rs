//! `detente agreement show`: the instruments, and the clauses with their hashes.

use crate::error::CommandError;
use crate::{agreements, output, snippet};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Show the family of instruments, each clause with the SHA-256 of its text
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The agreement's folder
    agreement: PathBuf,
}

/// Shows.
pub(crate) fn run(arguments: &ShowArguments) -> Result<(), CommandError> {
    let input = agreements::load(&arguments.agreement)?;
    snippet::print(&input.warnings, &input.sources);
    let a = &input.agreement;
    let (ledger, _) = input.ledger(None)?;
    let mut out = format!("{}\n", a.title);
    if let Some(banner) = a.banner() {
        let _ = writeln!(out, "{banner}");
    }
    let names = |ids: &[String]| ids.iter().map(|id| a.name(id)).collect::<Vec<_>>().join(", ");
    for i in &a.instruments {
        let _ = writeln!(out, "\n{} ({}): {}, {}", i.title, i.id, i.kind.name(), i.stage.name());
        let _ = writeln!(out, "  parties: {}", names(&i.parties));
        for (what, who) in [("guarantors", &i.guarantors), ("witnesses", &i.witnesses)] {
            if !who.is_empty() {
                let _ = writeln!(out, "  {what}: {}", names(who));
            }
        }
        if let Some(depositary) = &i.depositary {
            let _ = writeln!(out, "  depositary: {}", a.name(depositary));
        }
        let _ = writeln!(
            out,
            "  languages: {}; authentic: {}",
            i.languages.join(", "),
            i.binding_languages().join(", ")
        );
        for (what, day) in
            [("signed", i.signed), ("effective", i.effective), ("terminated", i.terminated)]
        {
            if let Some(day) = day {
                let _ = writeln!(out, "  {what}: {day}");
            }
        }
        for (what, others) in [("amends", &i.amends), ("supersedes", &i.supersedes)] {
            if !others.is_empty() {
                let _ = writeln!(out, "  {what}: {}", others.join(", "));
            }
        }
        for r in &i.ratifications {
            let state = ledger.ratification(&i.id, &r.party, &r.body);
            let state =
                state.map_or("waiting".to_owned(), |e| format!("{} on {}", e.outcome.name(), e.on));
            let _ = writeln!(out, "  approval at home: {}, {}: {state}", a.name(&r.party), r.body);
        }
        for clause in &i.clauses {
            let title = clause.title.as_deref().unwrap_or_default();
            let _ = writeln!(out, "  {}#{} {title}", i.id, clause.id);
            for (language, _) in &clause.texts {
                let hash = clause.text_sha256(language).unwrap_or_default();
                let _ = writeln!(out, "    {language} sha256 {hash}");
            }
        }
    }
    output::print(&out)
}
