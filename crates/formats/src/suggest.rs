//! "Did you mean …?"

/// Names longer than this are not compared.
const MAX_CHARS: usize = 60;
/// No more candidates than this are looked at.
const MAX_CANDIDATES: usize = 1000;

/// The candidate closest to `name`, if one is close.
pub(crate) fn closest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name: Vec<char> = name.to_lowercase().chars().take(MAX_CHARS + 1).collect();
    if name.len() > MAX_CHARS {
        return None;
    }
    let most = (name.len() / 3).max(1);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter(|c| c.len() <= 4 * MAX_CHARS)
        .map(|c| (distance(&name, &c.to_lowercase().chars().collect::<Vec<_>>()), c))
        .filter(|(d, _)| *d <= most)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// A hint naming the closest candidate, or else all of them when they are few.
pub(crate) fn hint(name: &str, candidates: &[&str]) -> Option<String> {
    if let Some(close) = closest(name, candidates.iter().copied()) {
        return Some(format!("did you mean `{close}`?"));
    }
    let few = !candidates.is_empty()
        && candidates.len() <= 12
        && candidates.iter().map(|c| c.len()).sum::<usize>() <= 300;
    few.then(|| {
        let all: Vec<String> = candidates.iter().map(|c| format!("`{c}`")).collect();
        format!("there is {}", all.join(", "))
    })
}

/// Levenshtein distance, neighbouring letters swapped counting once.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows = vec![vec![0; width]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..width).collect();
    for i in 1..=a.len() {
        for j in 1..width {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best =
                (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_found_and_far_ones_are_not() {
        let known = ["weight", "values", "linear"];
        assert_eq!(closest("wieght", known), Some("weight"));
        assert_eq!(closest("Values", known), Some("values"));
        assert_eq!(closest("reservation", known), None);
    }
}
