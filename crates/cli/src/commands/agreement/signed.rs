//! What is verified of an agreement's signatures, in sentences for its status.

use crate::agreements::{Input, read_text};
use crate::error::CommandError;
use detente_agreement::verify::verify;

/// One sentence for each instrument.
pub(super) fn sentences(input: &Input) -> Result<Vec<String>, CommandError> {
    let mut out = Vec::new();
    for i in &input.agreement.instruments {
        let path = input.signature_path(i);
        let title = &i.title;
        if i.mandates.is_empty() {
            continue;
        }
        if !path.exists() {
            out.push(format!("{title}: not signed."));
            continue;
        }
        let text = read_text(&path)?;
        let v = verify(&input.agreement.id, i, input.sealed_files(i)?, &text);
        let missing: Vec<&str> = v
            .signers
            .iter()
            .filter(|s| !s.complete())
            .map(|s| input.agreement.name(&s.participant))
            .collect();
        let seal = v.seal.get(..16).unwrap_or_default();
        out.push(match (v.faults.first(), missing.is_empty()) {
            (Some(fault), _) => format!("{title}: DOES NOT HOLD as signed: {fault}."),
            (None, false) => format!("{title}: still to be signed for {}.", missing.join(", ")),
            (None, true) => {
                format!("{title}: signed by everybody, unchanged since (seal {seal}…).")
            }
        });
    }
    Ok(out)
}
