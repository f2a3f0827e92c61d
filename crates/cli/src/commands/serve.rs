//! `detente serve`: live talks in a browser.

use crate::error::CommandError;
use crate::output;
use clap::Args;
use detente_server::{Config, ServeError, Started};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Run live, mediated talks for people in a browser
///
/// Needs no configuration and no network. Prints a link that lets the first
/// person in, once; everybody else is let in from the pages.
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Where to listen
    #[arg(long, value_name = "ADDR:PORT", default_value_t = Config::default().listen)]
    listen: SocketAddr,
    /// The folder of everything that is kept
    #[arg(long, value_name = "DIR", default_value_os_t = Config::default().data)]
    data: PathBuf,
    /// The folder of keys, if not in the data folder: another medium, for instance
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// The address people type, when a proxy in front speaks HTTPS
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Requests one address may make in a second (five times that at once)
    #[arg(long, value_name = "N", default_value_t = Config::default().requests_per_second)]
    requests_per_second: u32,
    /// Tell counts there at /metrics: not an address the parties reach
    #[arg(long, value_name = "ADDR:PORT")]
    metrics: Option<SocketAddr>,
    /// A fictional mediation with all roles to click through
    #[arg(long)]
    demo: bool,
    /// Write what happens, without content, as JSON lines to standard error
    #[arg(long)]
    log: bool,
}

/// Serves until it is stopped.
pub(crate) fn run(arguments: ServeArguments) -> Result<(), CommandError> {
    if arguments.requests_per_second == 0 {
        return Err(CommandError::usage(
            "no-requests",
            "with 0 requests a second nobody gets an answer",
            "give a number from 1",
        ));
    }
    if arguments.log {
        detente_server::log_to_stderr();
    }
    let config = Config {
        listen: arguments.listen,
        data: arguments.data,
        keys: arguments.keys,
        public_url: arguments.public_url,
        requests_per_second: arguments.requests_per_second,
        metrics: arguments.metrics,
        demo: arguments.demo,
    };
    let mut told = Ok(());
    let served = detente_server::serve(config, |started| told = output::print(&greeting(started)));
    told?;
    served.map_err(|error| failed(&error))
}

fn greeting(started: &Started) -> String {
    let mut text = format!("listening on {}\n", started.url);
    if let Some(link) = &started.first_link {
        text.push_str(&format!("come in, once, by {}\n", **link));
    }
    text.push_str("stop with Ctrl-C; nothing acknowledged is ever lost\n");
    text
}

fn failed(error: &ServeError) -> CommandError {
    let hint = match error {
        ServeError::Listen(..) => "choose another with --listen ADDR:PORT",
        ServeError::Folder(..) => "choose another with --data DIR",
        ServeError::InUse(_) => "stop it, or choose another folder with --data DIR",
        _ => "`detente doctor` looks for the reason",
    };
    CommandError::Failed { message: error.to_string(), hints: vec![hint.to_owned()] }
}
