//! `detente doctor`, `detente backup` and `detente restore`: the health of a data folder.

use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_server::Config;
use std::path::PathBuf;

/// Where a server keeps its data.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The folder given to `detente serve`
    #[arg(long, value_name = "DIR", default_value_os_t = Config::default().data)]
    data: PathBuf,
    /// The folder of keys, if not in the data folder
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
}

impl Place {
    pub(crate) fn config(&self) -> Config {
        Config { data: self.data.clone(), keys: self.keys.clone(), ..Config::default() }
    }
}

/// Look at a server's data folder, keys and logs; a server may be running on it
#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    place: Place,
}

impl DoctorArguments {
    /// Looks; exit code 1 when something is wrong.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let examined = detente_server::examine(&self.place.config());
        let mut text = String::new();
        for one in &examined {
            let mark = if one.fine { "ok   " } else { "WRONG" };
            text.push_str(&format!("{mark} {}\n", one.found));
            if !one.fine {
                text.push_str(&format!("      to mend: {}\n", one.mend));
            }
        }
        output::print(&text)?;
        match examined.iter().filter(|one| !one.fine).count() {
            0 => Ok(()),
            1 => Err(CommandError::failed("1 thing is wrong")),
            wrong => Err(CommandError::failed(format!("{wrong} things are wrong"))),
        }
    }
}

/// Copy a server's store to a new file while it runs
///
/// Keys are not copied: without them the copy says nothing. `detente restore`
/// puts the copy in place again.
#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    /// The new file
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl BackupArguments {
    /// Copies.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        detente_server::back_up(&self.place.config(), &self.file)
            .map_err(|error| CommandError::failed(error.to_string()))?;
        output::print(&format!("written to {}", self.file.display()))
    }
}

/// Put a backup in place: in a folder without a store, and without a server
///
/// The keys must be where they were, or be brought to `keys` in the data
/// folder (or --keys). `detente doctor` says whether all of them are there.
#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// What `detente backup` wrote
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl RestoreArguments {
    /// Puts it in place.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        let config = self.place.config();
        detente_server::restore(&config, &self.file)
            .map_err(|error| CommandError::failed(error.to_string()))?;
        output::print(&format!("restored to {}; now `detente doctor`", config.data.display()))
    }
}
