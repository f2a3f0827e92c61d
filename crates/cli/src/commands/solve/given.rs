//! A deal on the table, as the person wrote it.

use crate::error::CommandError;
use detente_model::{Choice, Outcome, Scenario};
use std::path::Path;

/// Reads "issue=option; issue=option; …", or a file that holds that, one pair
/// a line, or a JSON object. An option whose name occurs in one issue only may
/// stand alone ("A1, B2, C4").
pub(in crate::commands) fn read(scenario: &Scenario, text: &str) -> Result<Outcome, CommandError> {
    let path = Path::new(text);
    let content = if path.is_file() {
        std::fs::read_to_string(path).map_err(|error| {
            CommandError::usage(
                "unreadable",
                format!("cannot read {}: {error}", path.display()),
                "check the file",
            )
        })?
    } else {
        text.to_owned()
    };
    let mut choices: Vec<Option<Choice>> = vec![None; scenario.issues().len()];
    for (issue, option) in pairs(scenario, &content)? {
        let index = match issue {
            Some(issue) => scenario.issue_index(&issue).ok_or_else(|| {
                let names: Vec<_> = scenario.issues().iter().map(|i| i.name.as_str()).collect();
                wrong(
                    format!("there is no issue `{issue}`"),
                    format!("the issues are {}", names.join(", ")),
                )
            })?,
            None => only_issue_with(scenario, &option)?,
        };
        let issue = &scenario.issues()[index];
        if choices[index].is_some() {
            return Err(wrong(
                format!("issue `{}` is settled twice", issue.name),
                "leave one of the two out",
            ));
        }
        let found = issue.option_index(&option).ok_or_else(|| {
            wrong(format!("issue `{}` has no option `{option}`", issue.name), options_of(issue))
        })?;
        choices[index] = Some(Choice::Option(found));
    }
    let missing = choices.iter().position(Option::is_none);
    if let Some(missing) = missing {
        let issue = &scenario.issues()[missing];
        let hint = if issue.is_divisible() {
            "a deal over divisible issues cannot be given here yet".to_owned()
        } else {
            format!("add `{}=…`; {}", issue.name, options_of(issue))
        };
        return Err(wrong(format!("the deal leaves issue `{}` open", issue.name), hint));
    }
    Ok(Outcome(choices.into_iter().flatten().collect()))
}

/// The pairs as written; an issue is absent where an option stands alone.
fn pairs(
    scenario: &Scenario,
    content: &str,
) -> Result<Vec<(Option<String>, String)>, CommandError> {
    if content.trim_start().starts_with('{') {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(content)
            .map_err(|error| {
                wrong(
                    format!("the deal is not a JSON object: {error}"),
                    "write {\"issue\": \"option\"}",
                )
            })?;
        return Ok(object
            .into_iter()
            .map(|(issue, value)| match value {
                serde_json::Value::String(option) => (Some(issue), option),
                other => (Some(issue), other.to_string()),
            })
            .collect());
    }
    // A comma separates only where nothing has a name with a comma in it.
    let comma = content.contains(',')
        && !content.contains([';', '\n'])
        && !scenario.issues().iter().any(|i| i.name.contains(','));
    let parts = content.split(|c| c == ';' || c == '\n' || comma && c == ',');
    Ok(parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let split = part.split_once('=').or_else(|| part.split_once(": "));
            match split {
                Some((issue, option)) => (Some(issue.trim().to_owned()), option.trim().to_owned()),
                None => (None, part.to_owned()),
            }
        })
        .collect())
}

fn only_issue_with(scenario: &Scenario, option: &str) -> Result<usize, CommandError> {
    let mut having = (0..scenario.issues().len())
        .filter(|&i| scenario.issues()[i].option_index(option).is_some());
    match (having.next(), having.next()) {
        (Some(issue), None) => Ok(issue),
        (None, _) => Err(wrong(
            format!("no issue has an option `{option}`"),
            "write issue=option; issue=option; …",
        )),
        (Some(_), Some(_)) => Err(wrong(
            format!("more than one issue has an option `{option}`"),
            format!("write issue={option}"),
        )),
    }
}

fn options_of(issue: &detente_model::Issue) -> String {
    let count = issue.len().unwrap_or(0);
    let shown: Vec<String> = (0..count.min(8)).map(|o| issue.option_name(o as usize)).collect();
    format!("its options are {}{}", shown.join(", "), if count > 8 { ", …" } else { "" })
}

fn wrong(message: impl Into<String>, hint: impl Into<String>) -> CommandError {
    CommandError::usage("bad-deal", message, hint)
}
