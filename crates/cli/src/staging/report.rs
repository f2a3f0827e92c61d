//! tmp
use crate::error::CommandError;
use crate::commands::{interim::Judged, stage::Staged};
use detente_analysis::staging::{Effort, Survey};
use detente_staging_file::StagingFile;
pub(crate) fn stage(_: &StagingFile, _: &Staged, _: &Effort<'_>) -> Result<String, CommandError> { Ok(String::new()) }
pub(crate) fn interim(_: &StagingFile, _: &[Judged], _: Option<&Survey>, _: &Effort<'_>) -> Result<String, CommandError> { Ok(String::new()) }
