//! What goes in: the files of one folder.

use std::fmt;

/// One file, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the folder, with `/` between parts.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// A file of that path and content.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// The files that together may hold a scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// The folder's name: the scenario's title where its files give none.
    pub name: String,
    /// Its files, in any order.
    pub files: Vec<SourceFile>,
}

/// A format scenarios come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Détente's own YAML.
    DetenteYaml,
    /// GENIUS: one XML file for the domain, one for each profile.
    GeniusXml,
    /// NegMAS: one YAML file for the outcome space, one for each utility function.
    NegmasYaml,
    /// GeniusWeb: JSON profiles, each with its domain.
    GeniusWebJson,
    /// The score sheets of LLM-Deliberation.
    ScoreSheets,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [
        Self::DetenteYaml,
        Self::GeniusXml,
        Self::NegmasYaml,
        Self::GeniusWebJson,
        Self::ScoreSheets,
    ];

    /// The word for it on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DetenteYaml => "yaml",
            Self::GeniusXml => "genius",
            Self::NegmasYaml => "negmas",
            Self::GeniusWebJson => "geniusweb",
            Self::ScoreSheets => "score-sheets",
        }
    }

    /// The reverse of [`Format::as_str`].
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == word)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DetenteYaml => "Détente YAML",
            Self::GeniusXml => "GENIUS XML",
            Self::NegmasYaml => "NegMAS YAML",
            Self::GeniusWebJson => "GeniusWeb JSON",
            Self::ScoreSheets => "score sheets",
        })
    }
}
