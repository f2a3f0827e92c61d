//! A small signed agreement: it verifies, and no byte of it can change unnoticed.

#![allow(clippy::unwrap_used, reason = "tests say what went wrong by failing")]

use detente_agreement::key::SecretKey;
use detente_agreement::seal::{Seal, SealedFile};
use detente_agreement::signature::{SignatureFile, Signed, Standing, Statement};
use detente_agreement::verify::verify;
use detente_agreement::{Instrument, InstrumentKind, Mandate, Role, Stage};
use jiff::civil::date;

const FILES: [(&str, &str); 2] = [
    ("agreement.yaml", "detente: agreement\nid: two-wells\n"),
    ("text.md", "1. The upper well is drawn from by day.\n"),
];

fn keys() -> Vec<SecretKey> {
    ["Ana", "Ben", "Cleo"].iter().zip(1..).map(|(n, s)| SecretKey::from_seed(n, &[s; 32])).collect()
}

fn instrument() -> Instrument {
    let keys = keys();
    let mandate = |who: &str, threshold, keys: &[&SecretKey]| Mandate {
        participant: who.into(),
        threshold,
        keys: keys.iter().map(|k| (k.holder().to_owned(), k.public())).collect(),
        ad_referendum_only: false,
    };
    Instrument {
        id: "main".into(),
        title: "Two wells".into(),
        kind: InstrumentKind::Main,
        stage: Stage::Interim,
        parties: vec!["north".into(), "south".into()],
        witnesses: Vec::new(),
        guarantors: Vec::new(),
        depositary: None,
        languages: vec!["en".into()],
        authentic: Vec::new(),
        signed: None,
        effective: None,
        terminated: None,
        amends: Vec::new(),
        supersedes: Vec::new(),
        mandates: vec![
            mandate("north", 2, &[&keys[0], &keys[1]]),
            mandate("south", 1, &[&keys[2]]),
        ],
        ratifications: Vec::new(),
        clauses: Vec::new(),
        files: FILES.iter().map(|(name, _)| (*name).to_owned()).collect(),
    }
}

fn sealed(contents: &[(&str, Vec<u8>)]) -> Vec<SealedFile> {
    contents.iter().map(|(name, bytes)| SealedFile::of(name, bytes)).collect()
}

fn contents() -> Vec<(&'static str, Vec<u8>)> {
    FILES.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect()
}

fn signed(by: &[(usize, &str, Standing)]) -> SignatureFile {
    let seal = Seal::new("two-wells", "main", sealed(&contents()));
    let keys = keys();
    let signatures = by
        .iter()
        .map(|(key, participant, standing)| {
            let statement = Statement {
                participant,
                role: Role::Party,
                standing: *standing,
                date: date(2031, 2, 20),
            };
            Signed::make(&seal, &statement, &keys[*key])
        })
        .collect();
    SignatureFile { seal, signatures }
}

fn everybody() -> SignatureFile {
    let d = Standing::Definitive;
    signed(&[(0, "north", d), (1, "north", d), (2, "south", d)])
}

#[test]
fn it_verifies_when_everybody_signed_and_not_before() {
    let check = |file: &SignatureFile| {
        verify("two-wells", &instrument(), sealed(&contents()), &file.text())
    };
    let whole = check(&everybody());
    assert!(whole.complete(), "{whole:?}");
    let d = Standing::Definitive;
    let half = check(&signed(&[(0, "north", d), (2, "south", d)]));
    assert!(half.faults.is_empty() && !half.complete());
    for (file, word) in [
        (signed(&[(2, "north", d)]), "not in the mandate"),
        (signed(&[(0, "north", d), (0, "north", d)]), "twice"),
    ] {
        let checked = check(&file);
        assert!(checked.faults.iter().any(|f| f.contains(word)), "{checked:?}");
    }
}

#[test]
fn a_mandate_ad_referendum_signs_no_further() {
    let mut instrument = instrument();
    instrument.mandates[1].ad_referendum_only = true;
    let check = |standing| {
        let file = signed(&[(2, "south", standing)]);
        verify("two-wells", &instrument, sealed(&contents()), &file.text()).faults
    };
    assert!(check(Standing::Definitive)[0].contains("ad referendum only"));
    assert!(check(Standing::AdReferendum).is_empty());
}

/// The values tried for a byte: those one bit away and some that end lines or
/// fields; with `EVERY_BYTE_VALUE` set, all.
fn values(byte: u8) -> Vec<u8> {
    let mut out: Vec<u8> = if std::env::var_os("EVERY_BYTE_VALUE").is_some() {
        (0..=255).collect()
    } else {
        (0..8).map(|bit| byte ^ (1 << bit)).chain(*b"\n :0a").collect()
    };
    out.retain(|v| *v != byte);
    out
}

#[test]
fn every_single_byte_change_is_noticed() {
    let instrument = instrument();
    let file = everybody().text();
    for which in 0..FILES.len() {
        for (at, byte) in FILES[which].1.bytes().enumerate() {
            for value in values(byte) {
                let mut changed = contents();
                changed[which].1[at] = value;
                assert!(!verify("two-wells", &instrument, sealed(&changed), &file).complete());
            }
        }
    }
    for (at, byte) in file.bytes().enumerate() {
        for value in values(byte) {
            let mut bytes = file.clone().into_bytes();
            bytes[at] = value;
            // What is not UTF-8 is refused on reading.
            if let Ok(text) = String::from_utf8(bytes) {
                let seen = verify("two-wells", &instrument, sealed(&contents()), &text);
                assert!(!seen.complete(), "byte {at} as {value}");
            }
        }
    }
}

#[test]
fn seals_and_signature_files_have_one_spelling() {
    let text = everybody().text();
    assert_eq!(SignatureFile::parse(&text).unwrap().text(), text);
    for other in
        [text.replace("\n\n", "\n\n\n"), format!("{text}\n"), text.replace("seal 1", "seal 01")]
    {
        assert_eq!(SignatureFile::parse(&other), None);
    }
    let secret = keys()[0].to_file();
    assert_eq!(SecretKey::from_file(&secret).unwrap().public(), keys()[0].public());
}
