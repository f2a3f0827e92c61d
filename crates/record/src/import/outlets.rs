//! Which names are outlets or news agencies.

/// Names of outlets that other outlets commonly cite.
const KNOWN: &[&str] = &[
    "Reuters", "Associated Press", "The Associated Press", "AP", "AFP", "Agence France-Presse", "Agence France Presse", "Axios",
    "Anadolu", "Anadolu Agency", "TASS", "Tass", "Interfax", "RIA Novosti", "RIA", "Sputnik", "Xinhua", "SPA",
    "Saudi Press Agency", "WAM", "MENA", "KUNA", "QNA", "PTI", "ANI", "Kyodo", "Yonhap", "DPA", "dpa", "EFE", "ANSA",
    "Ukrinform", "Interfax-Ukraine", "UNIAN", "Ukrainska Pravda", "Kommersant", "Izvestia", "RT", "Armenpress", "Trend", "APA", "Turan",
    "BBC", "CNN", "NBC", "NBC News", "CBS", "CBS News", "ABC", "ABC News", "Fox News", "MSNBC", "NPR", "PBS", "CNBC", "Sky News", "ITV",
    "Al Jazeera", "Al-Jazeera", "Al Arabiya", "Al-Arabiya", "Al Hadath", "Al Mayadeen", "Al-Mayadeen", "Al-Masirah", "Al Masirah",
    "Al-Manar", "Al-Akhbar", "Al-Araby Al-Jadeed", "Asharq Al-Awsat", "Asharq News", "Al-Sharq", "Al-Ahram", "Ahram Online", "Al-Qahera News", "AlQahera News",
    "The New Arab", "Middle East Eye", "Al-Monitor", "The National", "Arab News", "L'Orient Today", "L’Orient Today",
    "Haaretz", "Ha'aretz", "Walla", "Ynet", "Kan", "KAN", "Maariv", "Israel Hayom", "Channel 12", "Channel 13", "Channel 14", "Army Radio",
    "The Times of Israel", "Times of Israel", "The Jerusalem Post", "Jerusalem Post", "Yedioth Ahronoth", "i24NEWS",
    "The New York Times", "New York Times", "The Washington Post", "Washington Post", "The Wall Street Journal",
    "Wall Street Journal", "Financial Times", "The Financial Times", "The Guardian", "Guardian", "The Times", "The Telegraph", "The Economist",
    "The Independent", "Bloomberg", "Bloomberg News", "Politico", "POLITICO", "The Atlantic", "Foreign Policy", "Time", "Newsweek",
    "Le Monde", "Le Figaro", "Der Spiegel", "Bild", "Die Welt", "El País", "El Pais", "El Tiempo", "Semana", "Caracol",
    "Deutsche Welle", "DW", "France 24", "RFI", "Euronews", "VOA", "Voice of America", "RFE/RL", "Radio Free Europe",
    "Radio Free Asia", "RFA", "Azatutyun", "Radio Dabanga", "Dabanga", "Sudan Tribune", "SUNA", "Saba", "SABA", "Mehr", "Fars",
    "Tasnim", "IRNA", "ISNA", "Press TV", "Rudaw", "Kathimerini", "Daily Sabah", "Hurriyet", "Hürriyet", "Cumhuriyet", "TRT",
    "TRT World", "Dawn", "Geo News", "ToloNews", "TOLOnews", "Tolo News", "The Hindu", "Nikkei", "South China Morning Post", "Global Times",
    "CCTV", "CGTN", "Irrawaddy", "The Irrawaddy", "Myanmar Now", "Rappler", "The East African", "Daily Nation", "Addis Standard",
    "The Africa Report", "Jeune Afrique", "Premium Times", "News24", "SABC", "Daily Maverick", "Actualite.cd", "Radio Okapi",
    "MTV Lebanon", "LBCI", "An-Nahar", "Ekathimerini", "Cyprus Mail", "Phileleftheros", "Koha", "KoSSev", "B92", "N1", "Tanjug", "Suspilne", "Nova", "Mada Masr",
    "Cairo News", "CairoNews", "Extra News", "Sabq", "Okaz", "WAFA", "Ma'an", "Shehab", "Safa", "Al-Aqsa TV", "Quds News Network", "Telesur", "Univision", "W Radio", "Blu Radio", "El Espectador",
    "The Spectator", "The Intercept", "Drop Site News", "Drop Site", "Semafor", "The Messenger", "Vox", "The Hill", "USA Today", "Los Angeles Times", "Meduza", "Novaya Gazeta", "Nikkei Asia", "The Diplomat", "The Straits Times", "Bangkok Post", "Kyiv Independent", "The Kyiv Independent", "Kyiv Post",
];

/// Words that make a capitalised name the name of an outlet.
const MARKS: &[&str] = &[
    "Times", "Post", "News", "Herald", "Tribune", "Journal", "Daily", "Today", "Press", "Agency", "Radio", "TV",
    "Television", "Monitor", "Guardian", "Observer", "Review", "Chronicle", "Gazette", "Mail", "Telegraph",
    "Online", "Newspaper", "Broadcasting", "Network", "Magazine", "Wire", "Newswire", "Dispatch", "Standard", "Insider", "Pravda", "Gazeta", "Spiegel",
];

/// Whether a name is that of an outlet or news agency.
pub(super) fn is_outlet(name: &str) -> bool {
    let name = name.trim();
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    if KNOWN.iter().any(|k| *k == name || *k == bare || k.strip_prefix("The ") == Some(bare)) {
        return true;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    words.len() >= 2 && words.iter().any(|w| MARKS.contains(w)) && words[0].starts_with(char::is_uppercase)
}

/// The known outlet that starts this text, if one does.
pub(super) fn known_at_start(text: &str) -> Option<&'static str> {
    KNOWN
        .iter()
        .filter(|k| text.strip_prefix(**k).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())))
        .max_by_key(|k| k.len())
        .copied()
}

/// Agencies whose copy other outlets carry; being told something by a source
/// they name does not make them the outlet whose report this is.
pub(super) fn is_commonly_relayed(name: &str) -> bool {
    const LIST: &[&str] = &[
        "Reuters", "AP", "Associated Press", "The Associated Press", "AFP", "Axios", "Anadolu", "Anadolu Agency", "TASS", "Tass",
        "Interfax", "Sputnik", "Xinhua", "SPA", "CNN", "BBC", "Bloomberg", "Walla", "Ynet", "Kan", "Haaretz", "Channel 12", "Politico", "POLITICO",
        "The New York Times", "New York Times", "The Wall Street Journal", "Wall Street Journal", "The Washington Post", "Washington Post", "Financial Times",
        "Al Jazeera", "Al Arabiya", "NBC News", "CBS News", "ABC News", "RIA Novosti", "RIA", "Fox News", "NBC", "CBS", "ABC",
    ];
    LIST.contains(&name)
}
