//! The words the import rules know. Lists only; the rules are elsewhere.

/// What kind of speech a verb reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A statement: "said", "told", "confirmed".
    Say,
    /// A report by an outlet: "reported", "cited".
    Report,
    /// An act done by speaking: "urged", "demanded", "rejected".
    Act,
    /// A belief: "believe", "expects".
    Belief,
}

const SAY: &[&str] = &[
    "said", "says", "say", "saying", "told", "tells", "tell", "telling", "added", "adds", "stated", "states",
    "announced", "announces", "confirmed", "confirms", "denied", "denies", "deny", "claimed", "alleged",
    "alleges", "insisted", "insists", "insist", "warned", "warns", "warn", "stressed", "stresses", "noted",
    "notes", "explained", "explains", "argued", "argues", "argue", "admitted", "admits", "acknowledged",
    "acknowledges", "declared", "declares", "revealed", "reveals", "disclosed", "suggested", "indicated",
    "emphasised", "emphasized", "reiterated", "reiterates", "affirmed", "affirms", "asserted", "asserts",
    "maintained", "maintains", "contended", "commented", "remarked", "wrote", "writes", "tweeted", "posted",
    "testified", "cautioned", "cautions", "underlined", "underscored", "highlighted", "clarified", "recounted",
    "echoed", "responded", "replied", "predicted", "conceded", "hinted", "signalled", "signaled", "outlined",
    "elaborated", "recalled", "complained", "quipped", "observed", "pointed", "briefed", "informed",
    "estimates", "estimated", "estimate", "claims", "claim", "concluded", "repeated", "read", "reads",
    "assured", "answered", "cast", "described", "divulged", "stipulated", "tweeting", "relayed",
];

const REPORT: &[&str] = &[
    "reported", "reports", "report", "cited", "cites", "quoted", "quotes", "published", "carried", "aired",
    "broadcast", "reporting",
];

const ACT: &[&str] = &[
    "urged", "urges", "called", "calls", "demanded", "demands", "rejected", "rejects", "welcomed", "welcomes",
    "condemned", "condemns", "accused", "accuses", "accuse", "blamed", "blames", "pledged", "pledges",
    "promised", "vowed", "vows", "threatened", "threatens", "expressed", "expresses", "praised", "criticised",
    "criticized", "dismissed", "dismisses", "refuted", "appealed", "hailed", "voiced", "denounced",
    "apologised", "apologized", "congratulated", "commended", "ruled", "lauded", "offered", "proposed",
    "requested", "lamented", "decried", "slammed", "ordered", "reaffirmed", "objected", "protested",
];

const BELIEF: &[&str] = &["believe", "believes", "believed", "expect", "expects", "thinks", "think", "hopes", "feared", "fears", "doubts", "doubt"];

/// Forms that are nouns at least as often as verbs: "the claims", "two reports".
const AMBIGUOUS: &[&str] = &[
    "claims", "claim", "reports", "report", "estimates", "estimate", "estimated", "hopes", "fears", "doubts",
    "doubt", "calls", "demands", "pledges", "notes", "states", "quotes", "reads", "read", "says", "say",
    "expect", "think", "promised", "reporting", "carried", "cast", "broadcast", "ordered", "posted", "read",
    "pointed", "ruled", "offered", "repeated", "described", "observed", "maintained", "published", "aired",
    "concluded", "answered", "recalled",
];

/// What a word is, as an attribution verb.
pub(super) fn cue(lower: &str) -> Option<Cue> {
    let is = |list: &[&str]| list.contains(&lower);
    if is(REPORT) {
        Some(Cue::Report)
    } else if is(SAY) {
        Some(Cue::Say)
    } else if is(ACT) {
        Some(Cue::Act)
    } else if is(BELIEF) {
        Some(Cue::Belief)
    } else {
        None
    }
}

/// Whether the form is often a noun.
pub(super) fn is_ambiguous(lower: &str) -> bool {
    AMBIGUOUS.contains(&lower)
}

/// People described only by what they are: an unnamed origin.
const UNNAMED: &[&str] = &[
    "official", "officials", "source", "sources", "diplomat", "diplomats", "person", "people", "persons",
    "insider", "insiders", "negotiator", "negotiators", "mediator", "mediators", "aide", "aides", "adviser",
    "advisers", "advisor", "advisors", "witness", "witnesses", "resident", "residents", "analyst", "analysts",
    "expert", "experts", "commander", "commanders", "figure", "figures", "member", "members", "leader",
    "leaders", "envoy", "envoys", "observer", "observers", "activist", "activists", "officer", "officers",
    "delegate", "delegates", "lawmaker", "lawmakers", "medic", "medics", "participant", "participants",
    "representative", "representatives", "minister", "ministers", "ambassador", "ambassadors", "soldier",
    "soldiers", "fighter", "fighters", "politician", "politicians", "intermediary", "intermediaries",
    "attendee", "attendees", "colleague", "colleagues", "critics", "families", "relatives", "survivors",
    "doctors", "farmers", "locals", "rebels", "man", "woman", "colonel", "general", "lawyer", "lawyers",
    "individual", "individuals", "staffer", "staffers", "monitors", "rescuers", "authorities",
];

/// Offices and bodies that speak on the record.
const BODIES: &[&str] = &[
    "ministry", "government", "army", "military", "office", "presidency", "group", "agency", "agencies",
    "organisation", "organization", "spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "party",
    "movement", "council", "committee", "commission", "department", "embassy", "mission", "delegation",
    "police", "force", "forces", "bureau", "union", "parliament", "cabinet", "court", "bank", "statement",
    "president", "chief", "head", "director", "secretary", "premier", "chairman", "chairwoman", "chair",
    "governor", "mayor", "king", "prince", "emir", "side", "coalition", "administration", "authority", "junta",
    "militia", "service", "services", "prosecutor", "pope", "chancellor", "team", "panel", "kingdom", "state",
    "navy", "company", "companies", "firm", "institute", "foundation", "charity", "centre", "center",
    "coordinator", "speaker", "insurgents", "guerrillas", "communique", "communiqué", "document", "letter",
    "association", "federation", "parties", "governments", "countries", "faction", "wing", "body", "lab",
];

/// The press as a speaker.
const PRESS: &[&str] = &[
    "media", "outlet", "outlets", "newspaper", "newspapers", "channel", "channels", "broadcaster",
    "broadcasters", "reports", "report", "daily", "site", "website", "network", "networks", "press", "journalist", "journalists",
    "magazine", "paper", "papers", "wire", "television", "radio", "reporter", "reporters", "portal", "correspondent",
];

pub(super) fn is_unnamed(lower: &str) -> bool {
    UNNAMED.contains(&lower)
}

pub(super) fn is_body(lower: &str) -> bool {
    BODIES.contains(&lower)
}

pub(super) fn is_press(lower: &str) -> bool {
    PRESS.contains(&lower)
}

/// Plural heads, for "the officials" and "they".
pub(super) fn is_plural(lower: &str) -> bool {
    (lower.ends_with('s') && !lower.ends_with("ss")) || matches!(lower, "people" | "media" | "police" | "spokesmen" | "spokespeople")
}

/// Words that can stand between a subject and its verb.
pub(super) fn is_between_subject_and_verb(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "has", "have", "had", "also", "later", "earlier", "previously", "then", "repeatedly", "separately",
        "publicly", "meanwhile", "reportedly", "already", "further", "however", "again", "now", "first",
        "initially", "recently", "subsequently", "consistently", "immediately", "privately", "officially",
        "strongly", "explicitly", "simply", "quickly", "both", "all", "once", "only", "still", "too",
        "jointly", "categorically", "flatly", "allegedly", "long", "since", "anonymously", "did", "would",
        "could", "will", "to", "bluntly", "instead", "thus", "therefore", "nevertheless", "always", "even",
        "just", "not", "clearly", "effectively", "sharply", "firmly", "frequently", "often",
    ];
    LIST.contains(&lower)
}

/// Words that end a subject on its left: what stands before them belongs to another clause.
pub(super) fn ends_subject(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "that", "but", "while", "as", "because", "after", "before", "when", "if", "which", "who", "whom",
        "although", "though", "since", "so", "or", "whereas", "where", "what", "claim", "allegation",
        "charge", "than", "until", "amid", "despite", "citing", "quoting", "how", "why", "whether", "is",
        "are", "was", "were", "be", "been", "being", "has", "have", "had", "will", "would", "could", "may",
        "might", "should", "must", "can", "did", "does", "do", "yet",
    ];
    LIST.contains(&lower)
}

/// Words a sentence may open with before its subject.
pub(super) fn opens_sentence(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "but", "and", "however", "meanwhile", "also", "still", "yet", "later", "earlier", "separately",
        "moreover", "furthermore", "nevertheless", "nonetheless", "additionally", "instead", "then", "so",
        "thus", "for", "in", "on", "at", "during", "after", "before", "following", "from", "by", "with",
        "amid", "despite", "since", "while", "as", "though", "although", "if", "when", "speaking", "asked",
        "commenting", "addressing", "citing", "quoting", "according", "previously", "recently", "afterwards",
        "today", "yesterday", "overnight", "last", "this", "even", "both",
    ];
    LIST.contains(&lower)
}

/// Words that end a speaker named after its verb: "said X on Friday".
pub(super) fn ends_speaker(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "in", "on", "at", "during", "after", "before", "while", "as", "when", "to", "that", "adding", "and",
        "but", "who", "which", "following", "amid", "by", "late", "early", "earlier", "later", "last",
        "yesterday", "today", "this", "via", "through", "ahead", "upon", "speaking", "referring", "citing",
        "quoting", "noting", "stressing", "warning", "said", "is", "was", "has", "had", "have", "are", "were", "will",
        "would", "could", "saying", "because", "since", "if", "without", "under", "over", "about", "despite",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "adds", "added", "also",
        "there", "not", "although", "though", "where", "whose",
    ];
    LIST.contains(&lower)
}

/// Prepositions that continue a speaker's description: "a source close to the talks".
pub(super) fn continues_speaker(lower: &str) -> bool {
    matches!(lower, "of" | "for" | "from" | "with" | "close" | "familiar" | "involved" | "briefed" | "inside" | "within" | "near" | "privy")
}

/// Words that are never an agent of speech though they stand capitalised at a sentence's start.
pub(super) fn is_never_speaker(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "talks", "negotiations", "fighting", "violence", "there", "this", "these", "those", "that", "such",
        "deal", "agreement", "plan", "plans", "proposal", "truce", "ceasefire", "cease-fire", "war", "visit",
        "meeting", "move", "decision", "attack", "attacks", "strike", "strikes", "data", "figures", "map", "maps", "images",
        "footage", "results", "signs", "evidence", "results", "one", "much", "most", "some", "many", "nothing",
        "something", "everything", "which", "what", "talk", "discussions", "consultations", "issue",
    ];
    LIST.contains(&lower)
}

/// Role words that stand before a person's name.
pub(super) fn is_title(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "president", "minister", "prime", "secretary", "chief", "general", "gen", "gen.", "lt", "lt.", "col",
        "col.", "maj", "maj.", "colonel", "captain", "admiral", "ambassador", "envoy", "spokesman",
        "spokeswoman", "spokesperson", "king", "prince", "emir", "sheikh", "sultan", "leader", "commander",
        "director", "head", "chairman", "chairwoman", "premier", "chancellor", "governor", "mayor", "senator",
        "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "pope", "negotiator", "mediator",
        "adviser", "advisor", "aide", "diplomat", "official", "deputy", "foreign", "defense", "defence",
        "interior", "state", "security", "intelligence", "finance", "justice", "analyst", "expert", "professor", "journalist",
        "commissioner", "coordinator", "representative", "counterpart", "predecessor", "successor", "brigadier",
        "marshal", "field", "vice", "vice-president", "secretary-general", "rep", "rep.", "sen", "sen.",
        "warlord", "lawmaker", "founder", "ex-president", "officer", "member", "brig", "brig.", "chair",
        "crown", "high", "special", "un", "u.n.", "us", "u.s.", "eu", "then-president", "rev", "rev.", "father",
        "bishop", "archbishop", "judge", "prosecutor", "attorney", "undersecretary", "under", "assistant",
    ];
    LIST.contains(&lower)
}

/// Countries, capitals and other places: never a person, and never variants of each other by spelling distance.
pub(super) fn is_place(name: &str) -> bool {
    const LIST: &[&str] = &[
        "Afghanistan", "Algeria", "Angola", "Argentina", "Armenia", "Australia", "Austria", "Azerbaijan",
        "Bahrain", "Bangladesh", "Belarus", "Belgium", "Benin", "Bolivia", "Bosnia", "Brazil", "Britain", "Bulgaria",
        "Burundi", "Cambodia", "Cameroon", "Canada", "Chad", "Chile", "China", "Colombia", "Congo", "Croatia",
        "Cuba", "Cyprus", "Denmark", "Djibouti", "Ecuador", "Egypt", "Eritrea", "Estonia", "Ethiopia",
        "Finland", "France", "Gaza", "Georgia", "Germany", "Ghana", "Greece", "Guinea", "Haiti", "Hungary",
        "India", "Indonesia", "Iran", "Iraq", "Ireland", "Israel", "Italy", "Japan", "Jordan", "Kazakhstan",
        "Kenya", "Korea", "Kosovo", "Kuwait", "Kyrgyzstan", "Laos", "Latvia", "Lebanon", "Libya", "Lithuania",
        "Malaysia", "Mali", "Mauritania", "Mexico", "Moldova", "Mongolia", "Morocco", "Mozambique", "Myanmar",
        "Nepal", "Netherlands", "Niger", "Nigeria", "Norway", "Oman", "Pakistan", "Palestine", "Panama", "Peru",
        "Philippines", "Poland", "Portugal", "Qatar", "Romania", "Russia", "Rwanda", "Senegal", "Serbia",
        "Slovakia", "Slovenia", "Somalia", "Spain", "Sudan", "Sweden", "Switzerland", "Syria", "Taiwan",
        "Tajikistan", "Tanzania", "Thailand", "Togo", "Tunisia", "Turkey", "Türkiye", "Turkmenistan", "Uganda",
        "Ukraine", "Uruguay", "Uzbekistan", "Venezuela", "Vietnam", "Yemen", "Zambia", "Zimbabwe", "Abuja",
        "Abu", "Dhabi", "Accra", "Aden", "Algiers", "Amman", "Ankara", "Astana", "Athens", "Baghdad", "Baku", "Bangkok",
        "Beijing", "Beirut", "Belgrade", "Berlin", "Bern", "Bogota", "Bogotá", "Brussels", "Bucharest",
        "Budapest", "Cairo", "Caracas", "Colombo", "Copenhagen", "Crimea", "Dakar", "Damascus", "Delhi",
        "Dhaka", "Doha", "Donetsk", "Dubai", "Dublin", "Dushanbe", "Geneva", "Havana", "Helsinki", "Islamabad",
        "Istanbul", "Jakarta", "Jeddah", "Jerusalem", "Juba", "Kabul", "Kampala", "Karabakh", "Kathmandu",
        "Khartoum", "Kiev", "Kigali", "Kinshasa", "Kyiv", "Lima", "Lisbon", "London", "Luanda", "Luhansk",
        "Madrid", "Manama", "Manila", "Maputo", "Mecca", "Minsk", "Mogadishu", "Moscow", "Muscat", "Nairobi",
        "Naypyitaw", "Nicosia", "Oslo", "Ottawa", "Paris", "Prague", "Pretoria", "Pristina", "Pyongyang",
        "Quito", "Rabat", "Rafah", "Ramallah", "Riga", "Riyadh", "Rome", "Sanaa", "Sana'a", "Sana’a",
        "Santiago", "Sarajevo", "Seoul", "Sinai", "Skopje", "Sofia", "Stockholm", "Taipei", "Tallinn",
        "Tashkent", "Tbilisi", "Tehran", "Tigray", "Tokyo", "Tripoli", "Tunis", "Ulaanbaatar", "Vienna",
        "Vilnius", "Warsaw", "Washington", "Yerevan", "Zagreb", "Africa", "Asia", "Europe", "America",
        "Darfur", "Kordofan", "Hodeidah", "Marib", "Taiz", "Kurdistan", "Catalonia", "Abkhazia", "Ossetia", "Transnistria",
        "Mindanao", "Aceh", "Kashmir", "Donbas", "Donbass", "Sochi", "Dayton", "Sharm", "Aviv", "York",
        "Zealand", "Arabia", "Leone", "Lanka", "Rica", "Salvador", "Islands", "States", "Kingdom", "Emirates",
        "Republic", "Strip", "Bank", "Corridor", "Nagorno-Karabakh", "Goma", "Bukavu", "Addis", "Ababa",
    ];
    LIST.contains(&name)
}

/// Adjectives and nouns of nationality, faith and belonging: never a name by themselves.
pub(super) fn is_demonym(lower: &str) -> bool {
    const LIST: &[&str] = &[
        "israeli", "israelis", "egyptian", "egyptians", "palestinian", "palestinians", "american", "americans", "british", "french",
        "german", "russian", "russians", "ukrainian", "ukrainians", "turkish", "saudi", "saudis", "qatari", "qataris", "emirati", "omani",
        "yemeni", "yemenis", "houthi", "houthis", "iranian", "iranians", "iraqi", "syrian", "lebanese", "jordanian", "sudanese",
        "ethiopian", "eritrean", "kenyan", "ugandan", "rwandan", "congolese", "somali", "nigerian", "malian",
        "libyan", "tunisian", "algerian", "moroccan", "armenian", "armenians", "azerbaijani", "azeri", "georgian", "afghan", "afghans",
        "pakistani", "indian", "chinese", "japanese", "korean", "taiwanese", "filipino", "indonesian", "thai",
        "burmese", "cambodian", "vietnamese", "colombian", "colombians", "venezuelan", "cuban", "mexican", "brazilian",
        "argentine", "chilean", "ecuadorian", "norwegian", "swedish", "danish", "finnish", "swiss", "austrian",
        "dutch", "belgian", "italian", "spanish", "portuguese", "greek", "cypriot", "polish", "hungarian",
        "czech", "romanian", "bulgarian", "serbian", "serb", "serbs", "kosovan", "kosovar", "albanian", "bosnian", "croatian",
        "kurdish", "arab", "arabs", "african", "european", "europeans", "asian", "western", "islamist", "islamic", "jewish", "muslim",
        "christian", "catholic", "tigrayan", "tigrayans", "south", "north", "east", "west", "southern", "northern", "eastern",
        "us", "u.s.", "un", "u.n.", "eu", "uk", "soviet", "latin", "gulf", "middle", "gazan", "maltese", "chadian",
    ];
    LIST.contains(&lower)
}
