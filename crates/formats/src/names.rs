//! Finding issues and options by name without looking through all of them.

use detente_model::{Issue, IssueKind};
use std::collections::HashMap;

/// The names of a scenario's issues and options.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    issues: &'a [Issue],
    by_name: HashMap<&'a str, usize>,
    options: Vec<HashMap<&'a str, usize>>,
}

impl<'a> Names<'a> {
    /// An index over the issues; of a repeated name the first is found.
    pub(crate) fn new(issues: &'a [Issue]) -> Self {
        let mut by_name = HashMap::with_capacity(issues.len());
        let mut options = Vec::with_capacity(issues.len());
        for (index, issue) in issues.iter().enumerate() {
            by_name.entry(issue.name.as_str()).or_insert(index);
            let mut map = HashMap::new();
            if let IssueKind::Categorical(list) | IssueKind::Ordered(list) = &issue.kind {
                for (option, name) in list.iter().enumerate() {
                    map.entry(name.name.as_str()).or_insert(option);
                }
            }
            options.push(map);
        }
        Self { issues, by_name, options }
    }

    /// The issue of this name.
    pub(crate) fn issue(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The option of this name or number.
    pub(crate) fn option(&self, issue: usize, name: &str) -> Option<usize> {
        match self.options.get(issue)?.get(name) {
            Some(&option) => Some(option),
            None => {
                let issue = self.issues.get(issue)?;
                if issue.is_numeric() { issue.option_index(name) } else { None }
            }
        }
    }

    /// All issue names.
    pub(crate) fn issue_names(&self) -> Vec<&'a str> {
        self.issues.iter().map(|i| i.name.as_str()).collect()
    }

    /// The option names of an issue that has names.
    pub(crate) fn option_names(&self, issue: usize) -> Vec<&'a str> {
        match self.issues.get(issue).map(|i| &i.kind) {
            Some(IssueKind::Categorical(list) | IssueKind::Ordered(list)) => {
                list.iter().map(|o| o.name.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }
}
