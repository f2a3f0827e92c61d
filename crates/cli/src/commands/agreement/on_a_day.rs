//! An agreement's status on a day, which several commands show.

use crate::agreements::{self, Input};
use crate::error::CommandError;
use crate::snippet;
use crate::witness::today;
use clap::Args;
use detente_agreement::status::{Status, status};
use jiff::civil::Date;
use std::path::PathBuf;

/// Which agreement, and as of when.
#[derive(Debug, Args)]
pub(super) struct OnADay {
    /// The agreement's folder
    agreement: PathBuf,
    /// As of the end of this day, as recorded by then; today by default
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
}

impl OnADay {
    /// Reads the agreement and its log, and shows the status.
    pub(super) fn show(
        &self,
        show: impl FnOnce(&Input, &Status<'_>) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let input = agreements::load(&self.agreement)?;
        snippet::print(&input.warnings, &input.sources);
        let day = self.as_of.unwrap_or_else(|| today(&input.agreement.zone));
        let (ledger, _) = input.ledger(Some(day))?;
        show(&input, &status(&input.agreement, &ledger, day))
    }
}

/// Who a page is for, which it says at its top.
#[derive(Debug, Args)]
pub(super) struct Audience {
    /// Who the page is for
    #[arg(long, value_name = "WORDS", default_value = "Whoever this file is given to.")]
    pub(super) audience: String,
}
