//! How talks begin: from lines that people type, rows of a spreadsheet, or a scenario's files.

use crate::http::Fault;
use crate::words::Language;
use detente_formats::{Folder, SourceFile};
use detente_mediation::{IssueText, Opening, OpeningMediator, OpeningParty, Options};
use detente_model::diagnostic::{Severity, Sources};

/// What people typed, a line each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) parties: String,
    pub(crate) mediators: String,
    pub(crate) issues: String,
}

/// Something to start from.
pub(crate) struct Template {
    pub(crate) name: &'static str,
    /// In the order of [`Language::ALL`]: title, parties, mediators, issues.
    words: [[&'static str; 4]; 3],
}

impl Template {
    fn in_language(&self, language: Language) -> [&'static str; 4] {
        let at = Language::ALL.iter().position(|l| *l == language).unwrap_or(0);
        self.words[at]
    }

    pub(crate) fn title(&self, language: Language) -> &'static str {
        self.in_language(language)[0]
    }

    pub(crate) fn given(&self, language: Language) -> Given {
        let [title, parties, mediators, issues] = self.in_language(language).map(str::to_owned);
        Given { title, lead: String::new(), parties, mediators, issues }
    }
}

/// The templates; all invented.
pub(crate) const TEMPLATES: &[Template] = &[
    Template {
        name: "river",
        words: [
            [
                "Water of a shared river",
                "Upriver town\nDownriver valley",
                "River commission\nRetired judge: Downriver valley",
                "Release in summer,20 m³/s,30 m³/s,40 m³/s\nWho reads the gauges,upriver,jointly,the commission\nFishing season,open,closed one month,closed three months\nWhen we disagree,we talk,a panel decides",
            ],
            [
                "مياه نهر مشترك",
                "بلدة أعلى النهر\nوادي أسفل النهر",
                "لجنة النهر\nقاضٍ متقاعد: وادي أسفل النهر",
                "التصريف في الصيف,20 م³/ث,30 م³/ث,40 م³/ث\nمن يقرأ المقاييس,أعلى النهر,معًا,اللجنة\nموسم الصيد,مفتوح,مغلق شهرًا,مغلق ثلاثة أشهر\nإذا اختلفنا,نتحدث,تقرر هيئة",
            ],
            [
                "מימיו של נהר משותף",
                "העיירה במעלה הנהר\nהעמק במורד הנהר",
                "נציבות הנהר\nשופט בדימוס: העמק במורד הנהר",
                "הזרמה בקיץ,20 מ״ק לשנייה,30 מ״ק לשנייה,40 מ״ק לשנייה\nמי קורא את המדים,מעלה הנהר,במשותף,הנציבות\nעונת הדיג,פתוחה,סגורה חודש,סגורה שלושה חודשים\nכשאין הסכמה,מדברים,ועדה מחליטה",
            ],
        ],
    },
    Template {
        name: "truce",
        words: [
            [
                "A pause and what comes after",
                "The islands\nThe mainland",
                "Harbour mission\nNeighbouring state",
                "How long the pause is,ten days,thirty days,sixty days\nPeople held,none,some,all\nSupplies a day,10 lorries,40 lorries,100 lorries\nWho watches the strait,nobody,the mission,both with the mission",
            ],
            [
                "هدنة وما بعدها",
                "الجزر\nالبر",
                "بعثة الميناء\nدولة مجاورة",
                "مدة التوقف,عشرة أيام,ثلاثون يومًا,ستون يومًا\nالمحتجزون,لا أحد,بعضهم,جميعهم\nالإمدادات في اليوم,10 شاحنات,40 شاحنة,100 شاحنة\nمن يراقب المضيق,لا أحد,البعثة,الطرفان مع البعثة",
            ],
            [
                "הפוגה ומה שאחריה",
                "האיים\nהיבשה",
                "משלחת הנמל\nמדינה שכנה",
                "משך ההפוגה,עשרה ימים,שלושים יום,שישים יום\nהמוחזקים,אף אחד,חלקם,כולם\nאספקה ביום,10 משאיות,40 משאיות,100 משאיות\nמי משגיח על המצר,איש,המשלחת,שני הצדדים עם המשלחת",
            ],
        ],
    },
];

/// The template of this name.
pub(crate) fn template(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.name == name)
}

/// From lines.
pub(crate) fn from_lines(given: &Given) -> Result<Opening, Fault> {
    let parties: Vec<_> = lines(&given.parties)
        .map(|(_, line)| {
            let (name, note) = line.split_once(':').unwrap_or((line, ""));
            OpeningParty { name: name.trim().to_owned(), note: note.trim().to_owned() }
        })
        .collect();
    let mediators = lines(&given.mediators)
        .map(|(number, line)| mediator(number, line, &parties))
        .collect::<Result<_, _>>()?;
    let issues =
        lines(&given.issues).map(|(number, line)| issue(number, line)).collect::<Result<_, _>>()?;
    Ok(Opening { title: given.title.clone(), lead: given.lead.clone(), parties, mediators, issues })
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty())
}

fn mediator(number: usize, line: &str, parties: &[OpeningParty]) -> Result<OpeningMediator, Fault> {
    let (name, reached) = line.split_once(':').unwrap_or((line, ""));
    let reached: Vec<_> = cells(reached).into_iter().filter(|name| !name.is_empty()).collect();
    let find = |name: &String| {
        parties.iter().position(|p| p.name == *name).ok_or_else(|| {
            Fault::input(
                format!("Mediators, line {number}: no party is called “{name}”."),
                "Write its name as in the list of parties.",
            )
        })
    };
    let reaches = if reached.is_empty() {
        (0..parties.len()).collect()
    } else {
        reached.iter().map(find).collect::<Result<_, _>>()?
    };
    Ok(OpeningMediator { name: name.trim().to_owned(), note: String::new(), reaches })
}

fn issue(number: usize, line: &str) -> Result<IssueText, Fault> {
    let mut cells = cells(line).into_iter().filter(|cell| !cell.is_empty());
    let name = cells.next().unwrap_or_default();
    let options: Vec<_> = cells.collect();
    if options.len() < 2 {
        return Err(Fault::input(
            format!("Issues, line {number}: “{name}” has fewer than two options."),
            "Write them after the name, with commas between.",
        ));
    }
    let (note, unit) = (String::new(), String::new());
    Ok(IssueText { name, note, unit, options: Options::Categorical(options) })
}

/// Whether a file is a spreadsheet of issues rather than part of a scenario.
pub(crate) fn is_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending))
}

/// The rows of a spreadsheet, without its mark of the byte order.
pub(crate) fn rows(name: &str, bytes: Vec<u8>) -> Result<String, Fault> {
    let text = String::from_utf8(bytes).map_err(|_| {
        let what = format!("{name} is not text in UTF-8.");
        Fault::input(what, "Save it from the spreadsheet as “CSV UTF-8”.")
    })?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// The cells of a row: tabs if there are any, otherwise commas (Arabic ones
/// too) or semicolons, with quotation marks as in CSV.
fn cells(row: &str) -> Vec<String> {
    let tabs = row.contains('\t');
    let splits = |c: char| if tabs { c == '\t' } else { matches!(c, ',' | ';' | '،') };
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut rest = row.chars().peekable();
    while let Some(c) = rest.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            c if splits(c) && !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// From a scenario's files: its parties, mediators, channels and issues,
/// never its preferences.
pub(crate) fn from_scenario(lead: &str, files: Vec<(String, Vec<u8>)>) -> Result<Opening, Fault> {
    let files = placed(files).into_iter().map(|(path, bytes)| SourceFile::new(path, bytes));
    let files = files.collect();
    let reading = detente_formats::read(Folder { name: "scenario".into(), files });
    match reading.loaded.value {
        Some(scenario) => Ok(Opening::from_scenario(&scenario, lead)),
        None => {
            let errors = reading.loaded.diagnostics.iter();
            let error = errors.filter(|d| d.severity == Severity::Error).min_by_key(|d| d.span);
            let (what, mend) = error.map_or_else(Default::default, |d| {
                let place =
                    place(d.file.as_deref(), d.span.map(|s| s.start), &reading.loaded.sources);
                (format!("{place}{}.", d.message), d.hints.join("; "))
            });
            Err(Fault::input(what, mend))
        }
    }
}

/// Files where a scenario has them. Browsers send the names of files chosen
/// one by one without their folder, and those of a folder with its name.
fn placed(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let bare = files.iter().all(|(path, _)| !path.contains('/'));
    let main = |path: &str| matches!(path, "scenario.yaml" | "scenario.yml");
    let native = files.iter().any(|(path, _)| main(path));
    let place = |path: String| match path.split_once('/') {
        Some((_, rest)) => rest.to_owned(),
        None if bare && native && !main(&path) => format!("parties/{path}"),
        None => path,
    };
    files.into_iter().map(|(path, bytes)| (place(path), bytes)).collect()
}

/// `file:line:column: `, as far as known.
fn place(file: Option<&str>, start: Option<usize>, sources: &Sources) -> String {
    let Some(file) = file else { return String::new() };
    match start.and_then(|at| sources.line_column(file, at)) {
        Some((line, column)) => format!("{file}:{line}:{column}: "),
        None => format!("{file}: "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_opens_in_every_language() {
        for template in TEMPLATES {
            for language in Language::ALL {
                let given = Given { lead: "Lead".into(), ..template.given(language) };
                let opening = from_lines(&given).unwrap();
                assert_eq!((opening.parties.len(), opening.mediators.len()), (2, 2));
                assert_eq!(opening.issues.len(), 4);
            }
        }
    }

    #[test]
    fn rows_of_a_spreadsheet() {
        assert_eq!(cells("a,b , c"), ["a", "b", "c"]);
        assert_eq!(cells("a\tb, c\t\"d\""), ["a", "b, c", "d"]);
        assert_eq!(cells("\"a, \"\"b\"\"\";c"), ["a, \"b\"", "c"]);
        assert_eq!(cells("المدة، شهر، سنة"), ["المدة", "شهر", "سنة"]);
    }

    #[test]
    fn a_scenario_opens_from_files_and_from_a_folder() {
        let main = "title: T\nparties: {a: A, b: B}\nissues: {x: [one, two]}\n";
        let party = "reservation: 0\nissues: {x: {weight: 1, values: {one: 1, two: 0}}}\n";
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        for folder in ["", "lake/"] {
            let parties = if folder.is_empty() { "" } else { "parties/" };
            let files = vec![
                file(&format!("{folder}scenario.yaml"), main),
                file(&format!("{folder}{parties}a.yaml"), party),
                file(&format!("{folder}{parties}b.yaml"), party),
            ];
            let opening = from_scenario("Lead", files).unwrap();
            assert_eq!((opening.parties.len(), opening.issues.len()), (2, 1));
        }
    }

    #[test]
    fn a_spreadsheet_is_rows() {
        assert!(is_table("Issues.CSV") && !is_table("scenario.yaml"));
        let text = rows("i.csv", b"\xef\xbb\xbfPrice,low,high\r\nWhen,now,later\r\n".to_vec());
        assert_eq!(text.unwrap(), "Price,low,high\nWhen,now,later\n");
        assert!(rows("i.csv", vec![0xff, 0xfe, 0x50]).is_err());
    }

    #[test]
    fn errors_say_the_line() {
        let given = Given { issues: "A,1,2\n\nB,1".into(), ..Given::default() };
        let Err(Fault::Input { what, .. }) = from_lines(&given) else { panic!("accepted") };
        assert_eq!(what, "Issues, line 3: “B” has fewer than two options.");
        let given =
            Given { parties: "A\nB".into(), mediators: "M: A, C".into(), ..Given::default() };
        let Err(Fault::Input { what, .. }) = from_lines(&given) else { panic!("accepted") };
        assert_eq!(what, "Mediators, line 1: no party is called “C”.");
    }
}
