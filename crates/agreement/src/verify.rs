//! Whether an instrument is signed as its mandates ask.

use crate::instrument::Instrument;
use crate::participant::Role;
use crate::seal::{Seal, SealedFile};
use crate::signature::{SignatureFile, Standing};
use crate::words::Sentence;

/// What was found out about one instrument's signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The instrument.
    pub instrument: String,
    /// The SHA-256 of the seal, to be compared by other means.
    pub seal: String,
    /// Everything that does not hold; empty when all does.
    pub faults: Vec<String>,
    /// Who has signed how.
    pub signers: Vec<Signer>,
}

/// How one participant has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Who.
    pub participant: String,
    /// In which role.
    pub role: Role,
    /// How many keys of its mandate signed.
    pub signed: usize,
    /// How many must.
    pub threshold: usize,
    /// Who held the pens, with their keys' fingerprints.
    pub holders: Vec<(String, String)>,
    /// Whether any of them signed subject to approval at home.
    pub standing: Standing,
}

impl Signer {
    /// Whether enough have signed.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.signed >= self.threshold
    }
}

impl Verification {
    /// Whether nothing is wrong and everybody with a mandate has signed.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.faults.is_empty() && self.signers.iter().all(Signer::complete)
    }
}

/// In which roles a participant signs an instrument; none when it is not in it.
#[must_use]
pub fn role_in(instrument: &Instrument, participant: &str) -> Option<Role> {
    let within = |list: &[String]| list.iter().any(|p| p == participant);
    if within(&instrument.parties) {
        Some(Role::Party)
    } else if within(&instrument.guarantors) {
        Some(Role::Guarantor)
    } else if within(&instrument.witnesses) {
        Some(Role::Witness)
    } else if instrument.depositary.as_deref() == Some(participant) {
        Some(Role::Depositary)
    } else {
        None
    }
}

/// Verifies an instrument: the seal against the files as they are now, each
/// signature against the seal, each key against the mandates.
#[must_use]
pub fn verify(
    agreement: &str,
    instrument: &Instrument,
    files: Vec<SealedFile>,
    signatures: &str,
) -> Verification {
    let now = Seal::new(agreement, &instrument.id, files);
    let mut faults = Vec::new();
    let file = SignatureFile::parse(signatures);
    if file.is_none() {
        faults.push(Sentence::SignatureFileMalformed.fill(&[]));
    }
    let (seal, signatures) =
        file.map_or_else(|| (now.clone(), Vec::new()), |f| (f.seal, f.signatures));
    if seal.agreement != now.agreement || seal.instrument != now.instrument {
        faults.push(
            Sentence::SealOfAnother
                .fill(&[("agreement", &seal.agreement), ("instrument", &seal.instrument)]),
        );
    }
    for path in &instrument.files {
        let find = |seal: &Seal| seal.files.iter().find(|f| f.path == *path).cloned();
        match (find(&seal), find(&now)) {
            (Some(a), Some(b)) if a != b => {
                faults.push(Sentence::FileChanged.fill(&[("path", path)]));
            }
            (Some(_), None) => faults.push(Sentence::FileMissing.fill(&[("path", path)])),
            (None, _) => faults.push(Sentence::FileNotSealed.fill(&[("path", path)])),
            _ => {}
        }
    }
    for sealed in seal.files.iter().filter(|f| !instrument.files.contains(&f.path)) {
        faults.push(Sentence::FileNotOfInstrument.fill(&[("path", &sealed.path)]));
    }
    let named = seal.sha256();
    let mut used = Vec::new();
    for signed in &signatures {
        let who = [("participant", signed.participant.as_str()), ("holder", &signed.holder)];
        let mandate = instrument.mandate(&signed.participant);
        let known = mandate.and_then(|m| m.keys.iter().find(|(_, key)| *key == signed.key));
        if !signed.holds() || signed.seal != named {
            faults.push(Sentence::SignatureDoesNotFit.fill(&who));
        } else if known.is_none() {
            faults.push(Sentence::KeyNotInMandate.fill(&who));
        } else if known.is_some_and(|(holder, _)| *holder != signed.holder) {
            faults.push(Sentence::HolderNotInMandate.fill(&who));
        } else if role_in(instrument, &signed.participant) != Some(signed.role) {
            faults.push(Sentence::RoleNotInInstrument.fill(&who));
        } else if mandate.is_some_and(|m| m.ad_referendum_only)
            && signed.standing == Standing::Definitive
        {
            faults.push(Sentence::BeyondMandate.fill(&who));
        } else if used.contains(&(signed.participant.as_str(), signed.key)) {
            faults.push(Sentence::SignedTwice.fill(&who));
        } else {
            used.push((signed.participant.as_str(), signed.key));
        }
    }
    let signers = instrument
        .mandates
        .iter()
        .filter_map(|mandate| {
            let role = role_in(instrument, &mandate.participant)?;
            let valid: Vec<_> = signatures
                .iter()
                .filter(|s| {
                    s.participant == mandate.participant
                        && used.contains(&(s.participant.as_str(), s.key))
                })
                .collect();
            let ad_referendum = valid.iter().any(|s| s.standing == Standing::AdReferendum);
            Some(Signer {
                participant: mandate.participant.clone(),
                role,
                signed: used.iter().filter(|(p, _)| *p == mandate.participant).count(),
                threshold: mandate.threshold,
                holders: valid.iter().map(|s| (s.holder.clone(), s.key.fingerprint())).collect(),
                standing: if ad_referendum { Standing::AdReferendum } else { Standing::Definitive },
            })
        })
        .collect();
    Verification { instrument: instrument.id.clone(), seal: named, faults, signers }
}
