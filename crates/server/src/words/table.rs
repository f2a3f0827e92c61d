//! Every message: English, Arabic, Hebrew.

macro_rules! words {
    ($($name:ident: $english:literal, $arabic:literal, $hebrew:literal;)*) => {
        /// Every message, in one language.
        pub(crate) struct Words { $(pub(crate) $name: &'static str),* }
        pub(super) static ENGLISH: Words = Words { $($name: $english),* };
        pub(super) static ARABIC: Words = Words { $($name: $arabic),* };
        pub(super) static HEBREW: Words = Words { $($name: $hebrew),* };

        impl Words {
            /// Every message with its name.
            #[cfg(test)]
            pub(super) fn rows(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

words! {
    // Round every page.
    skip: "Skip to the page", "انتقل إلى الصفحة", "דילוג לתוכן הדף";
    who_sees_this: "Who sees this", "من يرى هذا", "מי רואה את זה";
    everyone_here: "Anybody who opens this address", "كل من يفتح هذا العنوان", "כל מי שפותח את הכתובת הזו";
    only_you: "Only you", "أنت فقط", "רק אתם";
    your_language: "Language", "اللغة", "שפה";
    time_zone: "Time zone", "المنطقة الزمنية", "אזור זמן";
    times_in: "Times are in {0}", "الأوقات بتوقيت {0}", "השעות לפי {0}";
    show_times: "Show times there", "اعرض الأوقات هناك", "הצגת השעות שם";
    sign_out: "Sign out", "تسجيل الخروج", "יציאה";
    account: "Your sign-in", "بيانات دخولك", "פרטי הכניסה שלכם";
    all_talks: "All talks", "كل المحادثات", "כל השיחות";
    pages: "Pages", "الصفحات", "דפים";
    as_of: "As of {0}", "حتى {0}", "נכון ל־{0}";
    acting_as: "{0}, for {1}", "{0}، باسم {1}", "{0}, מטעם {1}";

    // At the door.
    home_title: "What is this place?", "ما هذا المكان؟", "מהו המקום הזה?";
    home_what: "Détente is for people who must reach an agreement without meeting or trusting each other, and for those who carry proposals between them.", "«ديتانت» لمن عليهم أن يتوصلوا إلى اتفاق دون أن يلتقوا أو يثق بعضهم ببعض، ولمن ينقلون المقترحات بينهم.", "דטאנט מיועדת למי שצריכים להגיע להסכם בלי להיפגש ובלי לתת אמון זה בזה, ולמי שמעבירים ביניהם הצעות.";
    home_side: "It takes no side. Each side sees its own rooms and what was disclosed to it, and nothing that is computed from another side's secrets.", "لا ينحاز إلى أحد. يرى كل طرف غرفه وما كُشف له، ولا يرى شيئًا محسوبًا من أسرار طرف آخر.", "היא אינה נוטה לאף צד. כל צד רואה את החדרים שלו ואת מה שנחשף בפניו, ושום דבר שחושב מסודותיו של צד אחר.";
    home_rest: "What is written here is unreadable on the disk and in backups. It is not hidden from someone who controls this computer while it runs.", "ما يُكتب هنا غير مقروء على القرص وفي النسخ الاحتياطية، لكنه ليس مخفيًا عمن يتحكم بهذا الحاسوب وهو يعمل.", "מה שנכתב כאן אינו קריא על הדיסק ובגיבויים. הוא אינו מוסתר ממי ששולט במחשב הזה בזמן שהוא פועל.";
    home_link: "You come in by a link that somebody gave you; it works once. After that, by a name and a password that you choose.", "تدخل برابط أعطاك إياه أحدهم، ويعمل مرة واحدة. وبعد ذلك باسم وكلمة مرور تختارهما.", "נכנסים בקישור שמישהו נתן לכם; הוא פועל פעם אחת. אחר כך, בשם ובסיסמה שתבחרו.";
    to_your_talks: "Go to your talks", "إلى محادثاتك", "אל השיחות שלכם";
    sign_in: "Sign in", "تسجيل الدخول", "כניסה";
    sign_in_title: "Who are you?", "من أنت؟", "מי אתם?";
    sign_in_name: "Sign-in name", "اسم الدخول", "שם כניסה";
    password: "Password", "كلمة المرور", "סיסמה";
    no_name_yet: "No name and password yet? Use the link you were given; if it was used, ask whoever invited you for another.", "ليس لديك اسم وكلمة مرور بعد؟ استعمل الرابط الذي أُعطيته؛ وإن كان قد استُعمل فاطلب غيره ممن دعاك.", "אין לכם עדיין שם וסיסמה? השתמשו בקישור שקיבלתם; אם כבר נעשה בו שימוש, בקשו אחר ממי שהזמין אתכם.";
    link_title: "Do you want to come in?", "هل تريد الدخول؟", "האם להיכנס?";
    link_once: "This link works once, for you alone. Nothing has happened yet; it is used up when you press the button.", "يعمل هذا الرابط مرة واحدة ولك وحدك. لم يحدث شيء بعد؛ يُستهلك عند الضغط على الزر.", "הקישור הזה פועל פעם אחת, עבורכם בלבד. עדיין לא קרה דבר; הוא ינוצל עם לחיצה על הכפתור.";
    come_in: "Come in", "ادخل", "להיכנס";
    account_title: "How will you sign in next time?", "كيف ستدخل في المرة القادمة؟", "איך תיכנסו בפעם הבאה?";
    account_why: "Choose a name and a password. Neither is shown to anyone; the server keeps only hashes of them.", "اختر اسمًا وكلمة مرور. لا يُعرضان على أحد، ولا يحتفظ الخادم إلا ببصمتيهما.", "בחרו שם וסיסמה. הם אינם מוצגים לאיש; השרת שומר רק גיבוב שלהם.";
    account_set: "You have a name and a password. New ones replace them.", "لديك اسم وكلمة مرور. الجديدان يحلان محلهما.", "יש לכם שם וסיסמה. חדשים יחליפו אותם.";
    password_rule: "At least 12 characters. Several words are better than one with signs.", "12 حرفًا على الأقل. بضع كلمات خير من كلمة برموز.", "לפחות 12 תווים. כמה מילים עדיפות על מילה אחת עם סימנים.";
    save: "Save", "حفظ", "שמירה";
    saved: "Saved.", "تم الحفظ.", "נשמר.";
    end_everywhere: "Sign out everywhere", "الخروج من كل مكان", "יציאה מכל מקום";

    // Talks.
    talks_title: "Which talks?", "أي محادثات؟", "אילו שיחות?";
    talks_none: "You have a place in no talks yet. Whoever convenes them gives you one.", "ليس لك مكان في أي محادثات بعد. من يدعو إليها يعطيك إياه.", "עדיין אין לכם מקום בשיחות כלשהן. מי שמכנס אותן נותן לכם אותו.";
    talks_begin: "Begin talks", "ابدأ محادثات", "פתיחת שיחות";
    new_title: "What are the talks about?", "عمَّ تدور المحادثات؟", "על מה השיחות?";
    new_why: "You convene them as the first mediator's lead. Everything here can be added to later.", "أنت تدعو إليها بصفتك رئيس فريق الوسيط الأول. يمكن إضافة كل شيء لاحقًا.", "אתם מכנסים אותן כראש צוות המתווך הראשון. אפשר להוסיף על הכול אחר כך.";
    new_from: "Start from", "ابدأ من", "להתחיל מ־";
    from_empty: "Names only", "الأسماء فقط", "שמות בלבד";
    talks_name: "Name of the talks", "اسم المحادثات", "שם השיחות";
    your_name: "Your name, as others see it", "اسمك كما يراه الآخرون", "שמכם, כפי שאחרים רואים אותו";
    parties_lines: "Parties, one a line", "الأطراف، واحد في كل سطر", "הצדדים, אחד בכל שורה";
    mediators_lines: "Mediators, one a line; the first convenes. After a colon, whom it reaches; otherwise everybody", "الوسطاء، واحد في كل سطر؛ الأول يدعو. وبعد النقطتين من يصل إليهم؛ وإلا فالجميع", "המתווכים, אחד בכל שורה; הראשון מכנס. אחרי נקודתיים, אל מי הוא מגיע; אחרת אל כולם";
    issues_lines: "Issues, one a line: name, then its options after commas. Rows copied from a spreadsheet work as they are", "المسائل، واحدة في كل سطر: الاسم ثم خياراتها بعد فواصل. الصفوف المنسوخة من جدول تصلح كما هي", "הנושאים, אחד בכל שורה: שם ואחריו האפשרויות אחרי פסיקים. שורות שהועתקו מגיליון מתאימות כמות שהן";
    scenario_files: "From files: a spreadsheet of issues, or a scenario", "من ملفات: جدول مسائل أو سيناريو", "מקבצים: גיליון נושאים או תרחיש";
    scenario_files_hint: "A CSV file with a row for each issue (its name, then its options) adds to the issues above. Or all files of a scenario together: its parties, mediators, channels and issues are taken over; preferences never.", "ملف CSV فيه صف لكل مسألة (اسمها ثم خياراتها) يضاف إلى المسائل أعلاه. أو كل ملفات سيناريو معًا: تؤخذ أطرافه ووسطاؤه وقنواته ومسائله، ولا تؤخذ التفضيلات أبدًا.", "קובץ CSV עם שורה לכל נושא (שמו ואחריו האפשרויות) נוסף לנושאים שלמעלה. או כל הקבצים של תרחיש יחד: הצדדים, המתווכים, הערוצים והנושאים שלו נלקחים; ההעדפות לעולם לא.";
    scenario_folder: "Or a scenario’s whole folder", "أو مجلد السيناريو كله", "או תיקיית תרחיש שלמה";
    begin: "Begin", "ابدأ", "התחלה";

    // What went wrong.
    nothing_here: "There is nothing here for you", "لا شيء هنا لك", "אין כאן דבר עבורכם";
    nothing_here_why: "Nothing of this address exists, or it is not for you; the answer is the same for both.", "لا شيء بهذا العنوان، أو أنه ليس لك؛ والجواب واحد في الحالتين.", "אין דבר בכתובת הזו, או שאינו מיועד לכם; התשובה זהה בשני המקרים.";
    not_done: "That was not done", "لم يتم ذلك", "זה לא בוצע";
    nothing_changed: "Nothing was changed.", "لم يتغير شيء.", "שום דבר לא השתנה.";
    go_back: "Go back and try again", "ارجع وحاول من جديد", "לחזור ולנסות שוב";
    wait_title: "Too many attempts", "محاولات كثيرة جدًا", "יותר מדי ניסיונות";
    wait_seconds: "Wait {0} seconds, then try again.", "انتظر {0} ثانية ثم حاول من جديد.", "המתינו {0} שניות ונסו שוב.";
    signed_out_title: "You are not signed in", "لم تسجل الدخول", "אינכם מחוברים";
    signed_out_why: "Sessions end after twelve hours. What you did before is kept.", "تنتهي الجلسة بعد اثنتي عشرة ساعة. ما فعلته قبل ذلك محفوظ.", "חיבור מסתיים אחרי שתים־עשרה שעות. מה שעשיתם לפני כן נשמר.";
    link_bad: "This link was used, has expired, or is not complete. Ask whoever gave it to you for another.", "هذا الرابط استُعمل أو انتهت مدته أو ليس كاملًا. اطلب غيره ممن أعطاك إياه.", "הקישור הזה נוצל, פג תוקפו או אינו שלם. בקשו אחר ממי שנתן לכם אותו.";
    credentials_bad: "This name and password do not belong together.", "هذا الاسم وكلمة المرور لا يتوافقان.", "השם והסיסמה אינם שייכים זה לזה.";
    forgery: "This form does not belong to your session. Open the page again and send it from there.", "هذه الاستمارة لا تخص جلستك. افتح الصفحة من جديد وأرسلها من هناك.", "הטופס הזה אינו שייך לחיבור שלכם. פתחו את הדף שוב ושלחו משם.";
    name_taken: "This sign-in name cannot be used; choose another.", "لا يمكن استعمال اسم الدخول هذا؛ اختر غيره.", "אי אפשר להשתמש בשם הכניסה הזה; בחרו אחר.";
    store_failed: "It could not be kept on the disk, so it did not happen. Everything before it is safe. Try again; if it persists, whoever runs this server finds the reason in its log.", "تعذر حفظه على القرص فلم يحدث. كل ما سبقه محفوظ. حاول من جديد؛ وإن تكرر فسيجد مشغل الخادم السبب في سجله.", "לא ניתן היה לשמור זאת על הדיסק, ולכן זה לא קרה. כל מה שקדם לכך בטוח. נסו שוב; אם זה נמשך, מי שמפעיל את השרת ימצא את הסיבה ביומן.";
    disk_full: "The disk is full, so this did not happen. Everything before it is safe.", "القرص ممتلئ فلم يحدث هذا. كل ما سبقه محفوظ.", "הדיסק מלא ולכן זה לא קרה. כל מה שקדם לכך בטוח.";
    key_reused: "This was sent before with other contents.", "أُرسل هذا من قبل بمحتوى آخر.", "זה נשלח קודם לכן עם תוכן אחר.";
    body_too_large: "This is larger than one megabyte.", "هذا أكبر من ميغابايت واحد.", "זה גדול ממגה־בייט אחד.";
    body_too_large_mend: "Send it in parts.", "أرسله على أجزاء.", "שלחו אותו בחלקים.";
    form_unreadable: "The form could not be read.", "تعذرت قراءة الاستمارة.", "לא ניתן היה לקרוא את הטופס.";
    open_page_again: "Open the page again and send it from there.", "افتح الصفحة من جديد وأرسلها من هناك.", "פתחו את הדף שוב ושלחו משם.";
    refused_mandate: "Your mandate does not cover this. It needs the right to: {0}.", "تفويضك لا يشمل هذا. يلزم له حق: {0}.", "המנדט שלכם אינו מכסה זאת. נדרשת הזכות: {0}.";
    refused_permission: "It was given on condition that it is not conveyed this way. Ask whoever said it.", "أُعطي بشرط ألا يُنقل بهذه الطريقة. اسأل من قاله.", "זה ניתן בתנאי שלא יועבר כך. שאלו את מי שאמר זאת.";
    refused_read: "It has been read; it cannot be taken back.", "لقد قُرئ؛ لا يمكن سحبه.", "זה נקרא; אי אפשר למשוך אותו בחזרה.";
    refused_done: "This has been done already.", "تم هذا من قبل.", "זה כבר נעשה.";
    refused_channel: "No channel joins these: {0}.", "لا قناة تصل بين هؤلاء: {0}.", "אין ערוץ שמחבר ביניהם: {0}.";
    refused_late: "This closed at {0}.", "أُغلق هذا في {0}.", "זה נסגר ב־{0}.";
    refused_early: "This closes at {0} and not before.", "يُغلق هذا في {0} لا قبله.", "זה נסגר ב־{0} ולא לפני כן.";
    right_read: "read", "القراءة", "קריאה";
    right_draft: "draft", "الصياغة", "ניסוח";
    right_speak: "speak", "الكلام", "דיבור";
    right_accept: "accept", "القبول", "קבלה";
    right_lead: "lead", "الرئاسة", "הנהגה";

    // What waits.
    page_now: "Now", "الآن", "עכשיו";
    page_positions: "Positions", "المواقف", "עמדות";
    page_text: "Text", "النص", "הטקסט";
    page_proposals: "Proposals", "المقترحات", "הצעות";
    page_preparation: "Preparation", "التحضير", "הכנה";
    page_questions: "Questions", "الأسئلة", "שאלות";
    page_people: "People", "الأشخاص", "אנשים";
    page_record: "Record", "السجل", "רשומה";
    now_mediator: "What needs me now?", "ما الذي يحتاج إليّ الآن؟", "מה דורש אותי עכשיו?";
    now_party: "What is asked of us?", "ما المطلوب منا؟", "מה מבקשים מאיתנו?";
    now_observer: "What has been disclosed to us?", "ما الذي كُشف لنا؟", "מה נחשף בפנינו?";
    nothing_waits: "Nothing waits for you. The rooms below hold everything said so far.", "لا شيء ينتظرك. الغرف أدناه تحوي كل ما قيل حتى الآن.", "שום דבר אינו ממתין לכם. החדרים שלמטה מכילים את כל מה שנאמר עד כה.";
    no_reading: "Your mandate does not let you read here at present. Ask whoever leads your side.", "تفويضك لا يتيح لك القراءة هنا حاليًا. اسأل من يرأس طرفك.", "המנדט שלכם אינו מאפשר לקרוא כאן כרגע. פנו למי שמוביל את הצד שלכם.";
    open: "Open", "افتح", "פתיחה";
    rooms: "Your rooms", "غرفك", "החדרים שלכם";
    own_room: "Our own room", "غرفتنا", "החדר שלנו";
    secret_room: "Secret room", "غرفة سرية", "חדר סודי";
    secret_why: "Nobody outside can tell that it exists.", "لا يستطيع أحد خارجها أن يعرف بوجودها.", "איש מבחוץ אינו יכול לדעת על קיומו.";
    open_room: "Open a room", "افتح غرفة", "פתיחת חדר";
    something_new: "Something new is here.", "هناك جديد هنا.", "יש כאן משהו חדש.";
    look_again: "Show it", "اعرضه", "להציג";
    closes: "Closes", "يُغلق", "נסגר";
    need_answer: "Answer: {0}", "أجب: {0}", "להשיב: {0}";
    need_wait: "Waiting for answers: {0}", "بانتظار الأجوبة: {0}", "ממתינים לתשובות: {0}";
    need_question: "A question waits for your answer", "سؤال ينتظر جوابك", "שאלה ממתינה לתשובתכם";
    need_preparation: "Say what matters most to you", "قل ما يهمك أكثر", "אמרו מה חשוב לכם ביותר";
    only_your_side: "Only your side sees it", "لا يراه إلا طرفك", "רק הצד שלכם רואה זאת";

    // A room.
    room_own: "What do we note for ourselves?", "ماذا ندوّن لأنفسنا؟", "מה אנחנו רושמים לעצמנו?";
    room_mediator: "What was said here, and what may we carry?", "ماذا قيل هنا، وماذا يجوز لنا أن ننقل؟", "מה נאמר כאן, ומה מותר לנו להעביר?";
    room_party: "What is said in this room?", "ماذا يقال في هذه الغرفة؟", "מה נאמר בחדר הזה?";
    room_empty: "Nothing has been said here yet.", "لم يُقل شيء هنا بعد.", "עדיין לא נאמר כאן דבר.";
    kind_position: "Position", "موقف", "עמדה";
    kind_message: "Message", "رسالة", "הודעה";
    kind_note: "Note", "ملاحظة", "הערה";
    kind_proposal: "Proposal", "مقترح", "הצעה";
    permission_none: "Do not carry it out of this room", "لا تُنقل خارج هذه الغرفة", "אין להעביר מחוץ לחדר הזה";
    permission_own: "May be carried as the mediator's own thought", "يجوز نقلها كأنها فكرة الوسيط", "מותר להעביר כמחשבתו של המתווך";
    permission_convey: "May be carried with the agreed attribution", "يجوز نقلها بالنسبة المتفق عليها", "מותר להעביר בייחוס המוסכם";
    attribution_off: "Off the record", "ليس للنشر", "לא לייחוס ולא לשימוש";
    attribution_deep: "Deep background: no attribution", "خلفية عميقة: دون نسبة", "רקע עמוק: ללא ייחוס";
    attribution_background: "Background: as agreed in words", "خلفية: بالعبارة المتفق عليها", "רקע: בנוסח המוסכם";
    attribution_on: "On the record: with the name", "للنشر: مع الاسم", "לייחוס: בשם";
    kind_mediator: "mediator", "وسيط", "מתווך";
    kind_party: "party", "طرف", "צד";
    kind_guarantor: "guarantor", "ضامن", "ערב";
    kind_observer: "observer", "مراقب", "משקיף";
    taken_back: "Taken back before any other side read it.", "سُحبت قبل أن يقرأها أي طرف آخر.", "נמשכה בחזרה לפני שצד אחר קרא אותה.";
    unopened_why: "Not opened yet. Until you open it, whoever said it can take it back.", "لم تُفتح بعد. إلى أن تفتحها يستطيع من قالها أن يسحبها.", "עוד לא נפתחה. עד שתפתחו אותה, מי שאמר אותה יכול למשוך אותה.";
    open_it: "Open it", "افتحها", "לפתוח";
    reported_from: "As said by {0}", "كما قال {0}", "כפי שאמרו: {0}";
    reported_own: "In the mediator's own words", "بكلمات الوسيط نفسه", "במילותיו של המתווך";
    opened_by: "Opened by {0}", "فتحها {0}", "נפתח על ידי {0}";
    conveyed_to: "Carried to {0}", "نُقلت إلى {0}", "הועבר אל {0}";
    carry: "Carry it to another room", "انقلها إلى غرفة أخرى", "להעביר לחדר אחר";
    take_back: "Take it back", "اسحبها", "למשוך בחזרה";
    change_permission: "Change the permission to carry", "غيّر إذن النقل", "שינוי הרשאת ההעברה";
    may_be_carried: "May the mediator carry this on?", "هل يجوز للوسيط نقل هذا؟", "האם המתווך רשאי להעביר זאת?";
    say_here: "Say something here", "قل شيئًا هنا", "לומר כאן משהו";
    the_words: "The words", "الكلمات", "המילים";
    more_about_it: "Kind, attribution, issues", "النوع والنسبة والمسائل", "סוג, ייחוס, נושאים";
    kind_of_item: "What it is", "ما هي", "מה זה";
    attribution: "How it may be attributed", "كيف تجوز نسبتها", "כיצד מותר לייחס";
    attribution_wording: "Agreed wording of the source", "العبارة المتفق عليها للمصدر", "הנוסח המוסכם לציון המקור";
    about_issues: "About these issues", "عن هذه المسائل", "על הנושאים האלה";
    package_of_proposal: "Package, if it is a proposal", "الحزمة، إن كانت مقترحًا", "החבילה, אם זו הצעה";
    left_open: "left open", "متروك مفتوحًا", "נשאר פתוח";
    say_it: "Say it to this room", "قلها لهذه الغرفة", "לומר לחדר הזה";
    also_here: "Also in this room", "وفي هذه الغرفة أيضًا", "עוד בחדר הזה";
    change_room: "Let someone else in", "أدخل غيرهم", "להכניס עוד מישהו";
    let_in: "Who, from the room's beginning on", "من، منذ بداية الغرفة", "מי, מתחילת החדר";
    let_in_do: "Let in", "أدخل", "להכניס";
    erase_room: "Erase this room", "امحُ هذه الغرفة", "למחוק את החדר הזה";
    erase_why: "Its key is destroyed. What was said here can then be read by nobody, in no backup either. This cannot be undone.", "يُتلف مفتاحها. عندئذ لا يستطيع أحد قراءة ما قيل هنا، ولا من نسخة احتياطية. لا رجعة في ذلك.", "המפתח שלו מושמד. אז איש לא יוכל לקרוא את מה שנאמר כאן, גם לא מגיבוי. אי אפשר לבטל זאת.";
    erase_sure: "Erase it for good.", "امحُها إلى الأبد.", "למחוק לתמיד.";
    erase_unsure: "The box was not ticked.", "لم توضع العلامة في المربع.", "התיבה לא סומנה.";
    new_room_title: "Who should be in a new room?", "من يكون في غرفة جديدة؟", "מי יהיה בחדר חדש?";
    room_name: "Name of the room", "اسم الغرفة", "שם החדר";
    room_name_hint: "Everyone in it sees the name.", "يرى الاسم كل من فيها.", "כל מי שבו רואה את השם.";
    who_is_in: "With whom", "مع من", "עם מי";
    which_of_ours: "Which of our own people", "من من فريقنا", "מי מהאנשים שלנו";
    which_of_ours_hint: "None ticked: all who may read.", "بلا علامة: كل من يحق له القراءة.", "בלי סימון: כל מי שרשאי לקרוא.";

    // Conveying.
    convey_title: "What exactly will they read, and what does it give away?", "ماذا سيقرؤون بالضبط، وماذا يكشف ذلك؟", "מה בדיוק הם יקראו, ומה זה מגלה?";
    open_first: "Open it first; then it can be carried.", "افتحها أولًا؛ ثم يمكن نقلها.", "פתחו אותה תחילה; אחר כך אפשר להעביר.";
    to_which_rooms: "To which rooms", "إلى أي غرف", "לאילו חדרים";
    as_own: "As our own thought, without a source", "كأنها فكرتنا، دون مصدر", "כמחשבה שלנו, בלי מקור";
    in_these_words: "In these words instead", "بهذه الكلمات بدلًا منها", "במילים האלה במקום";
    in_these_words_hint: "Empty: in the source's own words.", "فارغ: بكلمات المصدر نفسه.", "ריק: במילותיו של המקור.";
    look_first: "Look at what each will receive", "انظر ما سيصل إلى كل منهم", "לראות מה כל אחד יקבל";
    what_each_receives: "What each audience will receive", "ما سيصل إلى كل جمهور", "מה כל קהל יקבל";
    send_to: "Send to {0}", "أرسل إلى {0}", "לשלוח אל {0}";
    taking_back_works: "Recorded as a disclosure. It can be taken back until they open it.", "يُسجل كشفًا. يمكن سحبه إلى أن يفتحوه.", "נרשם כגילוי. אפשר למשוך בחזרה עד שיפתחו.";
    nobody_receives: "Nobody receives anything new.", "لا يصل شيء جديد إلى أحد.", "איש אינו מקבל דבר חדש.";
    receives_notice: "They see that something was done here, and nothing else.", "يرون أن شيئًا جرى هنا، ولا شيء غير ذلك.", "הם רואים שמשהו נעשה כאן, ותו לא.";
    exact_bytes: "The exact bytes", "البايتات بالضبط", "הבייטים המדויקים";
    gives_away: "Beyond these bytes they learn when it was sent. What your words imply about another side is for you to judge.", "ولا يعرفون وراء هذه البايتات إلا وقت الإرسال. أما ما يوحي به كلامك عن طرف آخر فأنت من يقدّره.", "מעבר לבייטים האלה הם לומדים מתי זה נשלח. מה שמילותיכם רומזות על צד אחר — בשיקול דעתכם.";

    // The demo.
    demo_title: "A fictional mediation", "وساطة خيالية", "תיווך בדיוני";
    demo_why: "Everything is invented and begins anew at every start. Look through anybody's eyes; come back here to change.", "كل شيء مختلق ويبدأ من جديد مع كل تشغيل. انظر بعيني من تشاء، وعد إلى هنا للتبديل.", "הכול מומצא ומתחיל מחדש בכל הפעלה. הביטו בעיניו של כל אחד; חזרו לכאן כדי להחליף.";
    demo_look_as: "Look as", "انظر بعيني", "להיכנס בתפקיד הזה";
    demo_step_1: "As Amal Haddad, who mediates, open what the valley said, and carry it to the town's room: first you see what the town would read.", "بصفة Amal Haddad الوسيطة، افتح ما قاله الوادي وانقله إلى غرفة البلدة: ترى أولًا ما ستقرؤه البلدة.", "כ־Amal Haddad המתווכת, פתחו את מה שאמר העמק והעבירו אותו לחדר של העיירה: תחילה תראו מה תקרא העיירה.";
    demo_step_2: "As Ilse Vogel of the town, read it, and rank what matters under Preparation. Nobody else sees that.", "بصفة Ilse Vogel من البلدة، اقرأه ورتّب ما يهمك في «التحضير». لا يرى ذلك غيرك.", "כ־Ilse Vogel מהעיירה, קראו זאת ודרגו מה חשוב תחת ״הכנה״. איש אחר אינו רואה זאת.";
    demo_step_3: "As Amal Haddad, under Proposals, put a proposal to both sides.", "بصفة Amal Haddad، في «المقترحات»، اعرض مقترحًا على الطرفين.", "כ־Amal Haddad, תחת ״הצעות״, הציעו הצעה לשני הצדדים.";
    demo_step_4: "As Ilse Vogel and as Karim Nassar, answer it. Neither sees the other's answer, nor does the mediator.", "بصفة Ilse Vogel ثم Karim Nassar، أجب عنه. لا يرى أي منهما جواب الآخر، ولا الوسيطة.", "כ־Ilse Vogel וכ־Karim Nassar, השיבו לה. אף אחד מהם אינו רואה את תשובת האחר, וגם לא המתווכת.";
    demo_step_5: "As Amal Haddad, close it: the rule speaks.", "بصفة Amal Haddad، أغلقه: القاعدة تتكلم.", "כ־Amal Haddad, סגרו אותה: הכלל מדבר.";
    demo_roles: "Look through other eyes", "انظر بعيون أخرى", "להביט בעיניים אחרות";

    // People.
    people_title: "Who may speak and accept for whom, today?", "من يحق له اليوم الكلام والقبول، وباسم من؟", "מי רשאי היום לדבר ולקבל, ומטעם מי?";
    reaches: "Reaches", "يصل إلى", "מגיע אל";
    person: "Person", "الشخص", "אדם";
    may: "May", "يحق له", "רשאי";
    on_whose_word: "On whose word", "بناءً على قول من", "על פי מי";
    basis_hint: "The letter, decision or instruction it rests on.", "الكتاب أو القرار أو التعليمات التي يستند إليها.", "המכתב, ההחלטה או ההוראה שהוא נשען עליהם.";
    since: "Since", "منذ", "מאז";
    add_person: "Add someone for {0}", "أضف شخصًا باسم {0}", "להוסיף אדם מטעם {0}";
    their_name: "Name, as others see it", "الاسم كما يراه الآخرون", "השם, כפי שאחרים רואים אותו";
    add_and_link: "Add, and make a link", "أضف وأنشئ رابطًا", "להוסיף וליצור קישור";
    suspended: "suspended", "موقوف", "מושעה";
    has_left: "has left", "غادر", "עזב";
    nothing_at_present: "nothing at present", "لا شيء حاليًا", "דבר כרגע";
    change_person: "Change {0}", "غيّر {0}", "שינוי {0}";
    give_mandate: "Give this mandate", "امنح هذا التفويض", "לתת מנדט זה";
    successor: "Successor", "الخلف", "מחליף";
    successor_hint: "Takes over the mandate and the thread. Empty: the person leaves without one.", "يتولى التفويض ومتابعة المجرى. فارغ: يغادر الشخص دون خلف.", "מקבל את המנדט ואת חוט הדברים. ריק: האדם עוזב בלי מחליף.";
    replace: "Replace", "استبدل", "להחליף";
    suspend: "Suspend", "أوقف", "להשעות";
    resume: "Let act again", "أعد إليه حق التصرف", "להחזיר לפעולה";
    new_link: "New link", "رابط جديد", "קישור חדש";
    link_shown_title: "How does this person come in?", "كيف يدخل هذا الشخص؟", "איך האדם הזה נכנס?";
    link_for: "By this link, once, for {0}:", "بهذا الرابط، مرة واحدة، لـ{0}:", "בקישור הזה, פעם אחת, עבור {0}:";
    link_hand_over: "It is shown only now and kept nowhere. Hand it over in a way that nobody else reads; whoever opens it first is let in.", "يُعرض الآن فقط ولا يُحفظ في أي مكان. سلّمه بطريقة لا يقرؤها غيره؛ من يفتحه أولًا يدخل.", "הוא מוצג רק עכשיו ואינו נשמר בשום מקום. מסרו אותו בדרך שאיש אחר אינו קורא; מי שפותח אותו ראשון נכנס.";
    link_passed: "I have passed it on", "سلّمته", "מסרתי אותו";
    link_not_yours: "This person has come in already and belongs to another side.", "دخل هذا الشخص من قبل وهو من طرف آخر.", "האדם הזה כבר נכנס ושייך לצד אחר.";
    link_not_yours_mend: "The lead of that side makes a new link.", "رئيس ذلك الطرف ينشئ رابطًا جديدًا.", "ראש הצד ההוא יוצר קישור חדש.";
    the_table: "The table", "الطاولة", "השולחן";
    add_principal: "Add a party, mediator, guarantor or observer", "أضف طرفًا أو وسيطًا أو ضامنًا أو مراقبًا", "להוסיף צד, מתווך, ערב או משקיף";
    in_which_capacity: "In which capacity", "بأي صفة", "באיזה תפקיד";
    its_name: "Its name", "اسمه", "שמו";
    channels_to: "Channels to", "قنوات إلى", "ערוצים אל";
    known_to: "Known to (mediators always know)", "معلوم لدى (الوسطاء يعلمون دائمًا)", "ידוע ל־ (המתווכים תמיד יודעים)";
    add: "Add", "أضف", "להוסיף";
    add_issue: "Put an issue on the table", "ضع مسألة على الطاولة", "להעלות נושא לשולחן";
    options_lines: "Its options, one a line", "خياراتها، واحد في كل سطر", "האפשרויות, אחת בכל שורה";
    options_keep: "Options keep their place; new ones come last.", "تبقى الخيارات في أماكنها؛ والجديدة في الآخر.", "האפשרויות שומרות על מקומן; חדשות באות בסוף.";
    revise_issue: "Issue: {0}", "مسألة: {0}", "נושא: {0}";
    make_known_to: "Make it known to", "أعلِم بها", "להודיע עליו ל־";
    make_known: "Make known", "أعلِم", "להודיע";

    // Proposals.
    proposals_title: "What is put for acceptance, and how did it end?", "ماذا عُرض للقبول، وكيف انتهى؟", "מה הוצע לקבלה, ואיך זה הסתיים?";
    no_proposals: "Nothing has been put for acceptance yet.", "لم يُعرض شيء للقبول بعد.", "עדיין לא הוצע דבר לקבלה.";
    put_proposal: "Put a proposal", "اعرض مقترحًا", "להציע הצעה";
    accepted: "Accepted", "قُبل", "התקבל";
    not_accepted: "Not accepted", "لم يُقبل", "לא התקבל";
    withdrawn: "Withdrawn", "سُحب", "נמשך";
    stays_open: "Open until it is closed", "مفتوح إلى أن يُغلق", "פתוח עד שייסגר";
    proposal_stands: "How does this proposal stand?", "أين يقف هذا المقترح؟", "היכן עומדת ההצעה הזו?";
    proposal_ours: "Can we accept this?", "هل نستطيع قبول هذا؟", "האם נוכל לקבל את זה?";
    put_by: "Put by", "عرضه", "הוצע על ידי";
    put_to: "Put to", "معروض على", "הוצע ל־";
    has_answered: "has answered", "أجاب", "השיב";
    not_yet: "not yet", "ليس بعد", "עדיין לא";
    turnout_hidden: "Who has answered is not shown to anybody before the close.", "لا يُعرض على أحد قبل الإغلاق من أجاب.", "לא מוצג לאיש לפני הסגירה מי השיב.";
    close_now: "Close now", "أغلق الآن", "לסגור עכשיו";
    withdraw: "Withdraw", "اسحب", "למשוך";
    condition_told: "Condition told", "شرط أُعلن", "תנאי שנמסר";
    others_accept: "Your mandate does not cover answering; someone of your side who may accept does.", "تفويضك لا يشمل الإجابة؛ يجيب من طرفك من يحق له القبول.", "המנדט שלכם אינו כולל מענה; משיב מי מהצד שלכם שרשאי לקבל.";
    crosses_red_line: "It crosses a red line of yours.", "إنه يتجاوز خطًا أحمر لكم.", "היא חוצה קו אדום שלכם.";
    rule_all: "Accepted only if every side it was put to says yes.", "يُقبل فقط إذا قال نعم كل طرف عُرض عليه.", "מתקבלת רק אם כל צד שהוצעה לו אומר כן.";
    rule_quota: "Accepted if at least {0} say yes. Needed in any case: {1}.", "يُقبل إذا قال نعم {0} على الأقل. لا بد من: {1}.", "מתקבלת אם לפחות {0} אומרים כן. נדרשים בכל מקרה: {1}.";
    whole_everything: "Nothing is agreed until everything is agreed.", "لا اتفاق على شيء حتى يُتفق على كل شيء.", "שום דבר אינו מוסכם עד שהכול מוסכם.";
    whole_partial: "What is agreed stands, whatever happens to the rest.", "ما اتُّفق عليه يبقى أيًّا كان مصير الباقي.", "מה שהוסכם עומד, ויהיה אשר יהיה עם השאר.";
    your_answer: "Your side's answer:", "جواب طرفكم:", "תשובת הצד שלכם:";
    none_yet: "none yet", "لا جواب بعد", "אין עדיין";
    answer_yes: "Yes", "نعم", "כן";
    answer_if: "Yes, if", "نعم، إذا", "כן, אם";
    answer_no: "No", "لا", "לא";
    sealed_why: "Your answer is sealed: nobody sees it, the mediator neither. At the close everyone it was put to learns one thing, whether the rule is met. With two sides, whoever said yes then knows the other's answer.", "جوابك مختوم: لا يراه أحد ولا الوسيط. عند الإغلاق يعرف كل من عُرض عليه أمرًا واحدًا: هل تحققت القاعدة. وإن كان الطرفان اثنين فمن قال نعم يعرف حينئذ جواب الآخر.", "תשובתכם חתומה: איש אינו רואה אותה, גם לא המתווך. בסגירה כל מי שהוצע לו לומד דבר אחד: האם הכלל התקיים. בין שני צדדים, מי שאמר כן יודע אז את תשובת האחר.";
    your_side_says: "Your side says", "يقول طرفكم", "הצד שלכם אומר";
    condition: "The condition", "الشرط", "התנאי";
    condition_hint: "For “yes, if”. It is not a yes for the rule.", "لـ«نعم، إذا». لا يُعد نعم للقاعدة.", "עבור ״כן, אם״. אינו נחשב כן לעניין הכלל.";
    tell_condition: "Tell the condition to this room now", "أعلن الشرط لهذه الغرفة الآن", "למסור את התנאי לחדר הזה עכשיו";
    give_answer: "Give this answer", "أعطِ هذا الجواب", "לתת תשובה זו";
    change_answer: "Change the answer", "غيّر الجواب", "לשנות את התשובה";
    no_answer_chosen: "No answer was chosen.", "لم يُختر جواب.", "לא נבחרה תשובה.";
    choose_one: "Choose one of the three.", "اختر واحدًا من الثلاثة.", "בחרו אחת מהשלוש.";
    new_proposal_title: "What do we put to whom?", "ماذا نعرض وعلى من؟", "מה אנחנו מציעים ולמי?";
    proposal_name: "Name of the proposal", "اسم المقترح", "שם ההצעה";
    package: "What it would settle", "ما الذي يحسمه", "מה היא תסדיר";
    put_to_whom: "To whom, and in which room", "على من، وفي أي غرفة", "למי, ובאיזה חדר";
    how_many_yes: "How many must say yes", "كم طرفًا يجب أن يقول نعم", "כמה צריכים לומר כן";
    how_many_yes_hint: "Empty: all.", "فارغ: الجميع.", "ריק: כולם.";
    whole_number: "Give a whole number from 1.", "أدخل عددًا صحيحًا من 1.", "תנו מספר שלם מ־1.";
    deadline: "Deadline ({0})", "الموعد الأخير ({0})", "מועד אחרון ({0})";
    deadline_hint: "It closes by itself then and not before. Empty: you close it.", "يُغلق من تلقاء نفسه حينئذ لا قبله. فارغ: أنت تغلقه.", "נסגרת מעצמה אז ולא לפני כן. ריק: אתם סוגרים.";
    deadline_unreadable: "The deadline is no date and time.", "الموعد ليس تاريخًا ووقتًا.", "המועד אינו תאריך ושעה.";
    deadline_mend: "Write it like 2027-01-31T18:00.", "اكتبه مثل 2027-01-31T18:00.", "כתבו כך: 2027-01-31T18:00.";
    named_to_each_other: "Name the sides to each other", "أعلن الأطراف بعضها لبعض", "לנקוב בשמות הצדדים זה בפני זה";
    show_turnout: "Show us who has answered (never what)", "أرنا من أجاب (لا ماذا أجاب أبدًا)", "להראות לנו מי השיב (לעולם לא מה)";
    put_it: "Put it to them", "اعرضه عليهم", "להציע להם";

    // The record.
    record_title: "What did each room see, when?", "ماذا رأت كل غرفة ومتى؟", "מה ראה כל חדר, ומתי?";
    as_it_was: "As it was at ({0})", "كما كان في ({0})", "כפי שהיה ב־({0})";
    as_it_was_hint: "Empty: now. Only rooms you are in today, as they were then.", "فارغ: الآن. الغرف التي أنت فيها اليوم فقط، كما كانت حينئذ.", "ריק: עכשיו. רק חדרים שאתם בהם היום, כפי שהיו אז.";
    look_back: "Look back", "انظر إلى الوراء", "להביט אחורה";
    export_text: "Take along as plain text", "خذه نصًا بسيطًا", "לקחת כטקסט פשוט";
    export_json: "Take along as JSON", "خذه بصيغة JSON", "לקחת כ־JSON";
    when: "When", "متى", "מתי";
    said_by: "Said by", "قائله", "אמר";
    opened: "Opened", "فُتحت", "נפתח";
    not_opened: "not opened", "لم تُفتح", "לא נפתח";
    positions_title: "Where does everyone stand on each issue?", "أين يقف كل طرف من كل مسألة؟", "היכן עומד כל צד בכל נושא?";
    positions_why: "Only what each party itself said in rooms you are in, with where it stands.", "فقط ما قاله كل طرف بنفسه في غرف أنت فيها، مع موضعه.", "רק מה שכל צד אמר בעצמו בחדרים שאתם בהם, עם מקומו.";
    no_issues: "There is no issue on the table yet.", "لا مسألة على الطاولة بعد.", "עדיין אין נושא על השולחן.";
    issue: "Issue", "المسألة", "נושא";
    nothing_said: "nothing said", "لم يُقل شيء", "לא נאמר דבר";

    // Preparation and questions.
    preparation_title: "What do we want?", "ماذا نريد؟", "מה אנחנו רוצים?";
    preparation_why: "As far as you like, and no further: an order is enough, numbers are not needed. Nothing that anybody else sees is computed from it.", "بقدر ما تشاؤون لا أكثر: يكفي الترتيب ولا حاجة إلى أرقام. لا يُحسب منه شيء يراه غيركم.", "כמה שתרצו ולא יותר: סדר מספיק, אין צורך במספרים. שום דבר שאחר רואה אינו מחושב מכך.";
    rank_issues: "What matters most", "ما الأهم", "מה חשוב ביותר";
    rank_options: "What would be best, issue by issue", "ما الأفضل، مسألةً مسألة", "מה עדיף, נושא אחר נושא";
    rank_hint: "From the most important. Drag, or use Alt with the arrow keys, or type numbers; the same number means the same to you.", "من الأهم. اسحب، أو استعمل Alt مع الأسهم، أو اكتب أرقامًا؛ الرقم نفسه يعني أنهما سواء لديكم.", "מהחשוב ביותר. גררו, או השתמשו ב־Alt עם החצים, או הקלידו מספרים; אותו מספר פירושו שווה בעיניכם.";
    place_no_number: "A place in the order is no number.", "موضع في الترتيب ليس رقمًا.", "מקום בסדר אינו מספר.";
    red_lines: "Red lines", "الخطوط الحمراء", "קווים אדומים";
    red_lines_why: "Combinations that you never accept. Here you are warned when a proposal crosses one; nobody else learns of it.", "تركيبات لا تقبلونها أبدًا. تُنبَّهون هنا حين يتجاوزها مقترح؛ ولا يعلم بها غيركم.", "צירופים שלעולם לא תקבלו. כאן תוזהרו כשהצעה חוצה אחד מהם; איש אחר אינו יודע על כך.";
    no_red_lines: "None so far.", "لا شيء حتى الآن.", "אין עד כה.";
    add_red_line: "Add a red line", "أضف خطًا أحمر", "להוסיף קו אדום";
    red_line_reason: "Why, for your own people", "السبب، لفريقكم", "מדוע, לאנשים שלכם";
    take_away: "Take away", "أزل", "להסיר";
    questions_title: "What would we rather have?", "ماذا نفضّل؟", "מה היינו מעדיפים?";
    no_questions: "No question waits for you.", "لا سؤال ينتظركم.", "אין שאלה שממתינה לכם.";
    answered: "Answered", "أُجيب عنها", "נענו";
    same_to_us: "The same to us", "سواء لدينا", "אותו הדבר מבחינתנו";
    wont_answer: "We won't answer", "لن نجيب", "לא נשיב";
    no_deal: "No deal at all", "لا اتفاق أصلًا", "בלי הסכם כלל";
    everything_else_same: "Everything else the same", "وكل ما عدا ذلك سواء", "וכל השאר שווה";
    rather: "We would rather have {0}", "نفضّل {0}", "היינו מעדיפים את {0}";
    ask_question: "Ask “A or B?”", "اسأل: «أ أم ب؟»", "לשאול ״A או B?״";
    new_question_title: "What should we ask this side?", "ماذا نسأل هذا الطرف؟", "מה נשאל את הצד הזה?";
    new_question_why: "Choose the question from what this side itself told you. A question chosen from another side's answers gives something of them away.", "اختر السؤال مما قاله لك هذا الطرف نفسه. السؤال المختار من أجوبة طرف آخر يكشف شيئًا منها.", "בחרו את השאלה ממה שהצד הזה עצמו אמר לכם. שאלה שנבחרה מתשובותיו של צד אחר מגלה מהן משהו.";
    to_whom: "To whom", "إلى من", "למי";
    empty_is_no_deal: "A side left empty means “no deal at all”.", "الجانب الفارغ يعني «لا اتفاق أصلًا».", "צד שנשאר ריק פירושו ״בלי הסכם כלל״.";
    put_question: "Put the question", "اطرح السؤال", "להציג את השאלה";

    // The text.
    texts_title: "What does the text say now, and what changed?", "ماذا يقول النص الآن، وماذا تغير؟", "מה אומר הטקסט עכשיו, ומה השתנה?";
    no_text: "There is no text here yet.", "لا نص هنا بعد.", "עדיין אין כאן טקסט.";
    draft_text: "Draft a text", "صُغ نصًا", "לנסח טקסט";
    text_title: "What does this text say?", "ماذا يقول هذا النص؟", "מה אומר הטקסט הזה?";
    could_agree: "We could agree to it as it stands", "يمكننا الموافقة عليه كما هو", "נוכל להסכים לכך כלשונו";
    bracket_these: "Put brackets round", "ضع بين معقوفين", "לשים בסוגריים";
    say_instead: "Say instead", "قل بدلًا منه", "לומר במקום";
    with_reservation: "We could agree, with this reservation", "يمكننا الموافقة مع هذا التحفظ", "נוכל להסכים, בהסתייגות זו";
    say_about_clause: "Say something about this clause", "قل شيئًا عن هذا البند", "לומר משהו על הסעיף הזה";
    what_about_it: "What", "ماذا", "מה";
    which_words: "The words", "الكلمات", "המילים";
    which_words_hint: "For brackets: as they stand in the clause.", "للمعقوفين: كما هي في البند.", "לסוגריים: כפי שהן בסעיף.";
    terms: "Defined terms", "المصطلحات المعرَّفة", "מונחים מוגדרים";
    term_unused: "“{0}” is defined and not used.", "«{0}» معرَّف ولم يُستعمل.", "״{0}״ מוגדר ואינו בשימוש.";
    term_undefined: "“{0}” is used as a term and not defined.", "«{0}» مستعمل مصطلحًا دون تعريف.", "״{0}״ משמש כמונח ואינו מוגדר.";
    term_twice: "“{0}” is defined twice.", "«{0}» معرَّف مرتين.", "״{0}״ מוגדר פעמיים.";
    term_untranslated: "“{0}” has no word in this language.", "لا مقابل لـ«{0}» في هذه اللغة.", "ל־״{0}״ אין מילה בשפה הזו.";
    what_changed: "What changed", "ماذا تغير", "מה השתנה";
    from_version: "From", "من", "מ־";
    to_version: "to", "إلى", "אל";
    compare: "Compare", "قارن", "להשוות";
    redline_title: "What changed between these versions?", "ماذا تغير بين هاتين النسختين؟", "מה השתנה בין הגרסאות האלה?";
    redline_how: "Underlined: added. Struck through: removed.", "تحته خط: أُضيف. مشطوب: حُذف.", "קו תחתון: נוסף. קו חוצה: הוסר.";
    moved: "moved", "نُقل", "הועבר";
    back_to_text: "Back to the text", "عودة إلى النص", "חזרה לטקסט";
    export_html: "Take along as a page", "خذه صفحةً", "לקחת כדף";
    new_version: "Write a new version", "اكتب نسخة جديدة", "לכתוב גרסה חדשה";
    circulate: "Put this version to others", "اعرض هذه النسخة على غيركم", "להציג את הגרסה הזו לאחרים";
    circulate_why: "They receive the text without who bracketed what, except where that is disclosed. It is recorded as a disclosure.", "يصلهم النص دون بيان من وضع المعقوفين، إلا حيث كُشف ذلك. ويُسجل كشفًا.", "הם מקבלים את הטקסט בלי מי שם מה בסוגריים, אלא היכן שזה נחשף. זה נרשם כגילוי.";
    circulate_this: "Circulate", "عمّم", "להפיץ";
    edit_title: "What should the text say?", "ماذا ينبغي أن يقول النص؟", "מה צריך הטקסט לומר?";
    text_name: "Name of the text", "اسم النص", "שם הטקסט";
    brackets_hint: "[Square brackets] round what is not agreed; brackets directly after each other are alternatives. A clause left empty is left out.", "[معقوفان] حول ما لم يُتفق عليه؛ والمعقوفات المتتالية بدائل. البند الفارغ يُترك.", "[סוגריים מרובעים] סביב מה שאינו מוסכם; סוגריים צמודים הם חלופות. סעיף ריק מושמט.";
    clause_number: "Clause {0}", "البند {0}", "סעיף {0}";
    heading: "Heading", "العنوان", "כותרת";
    terms_hint: "One a line: term = meaning", "واحد في كل سطر: المصطلح = المعنى", "אחד בכל שורה: מונח = משמעות";
    keep_version: "Keep this version", "احفظ هذه النسخة", "לשמור את הגרסה הזו";

    // The public record in the demo.
    cairo_title: "What was reported of the talks in Cairo, October 2024?", "ماذا ذُكر عن محادثات القاهرة، أكتوبر 2024؟", "מה דווח על השיחות בקהיר, אוקטובר 2024?";
    cairo_why: "A real record beside the invented talks: who is reported to have said what, from published reports only. Nothing here is anybody’s secret, and nothing is judged.", "سجل حقيقي إلى جانب المحادثات المتخيلة: من ذُكر أنه قال ماذا، من تقارير منشورة فقط. لا سر لأحد هنا، ولا حكم على شيء.", "רשומה אמיתית לצד השיחות הבדויות: מי דווח שאמר מה, מדיווחים שפורסמו בלבד. אין כאן סוד של איש, ודבר אינו נשפט.";
    public_record_banner: "From published reports up to {0}. Claims, not findings. Incomplete. Not for operational use.", "من تقارير منشورة حتى {0}. ادعاءات لا نتائج تحقيق. غير مكتمل. ليس للاستعمال الميداني.", "מדיווחים שפורסמו עד {0}. טענות, לא ממצאים. חלקי. לא לשימוש מבצעי.";
    cairo_language: "The record is kept in English.", "السجل محفوظ بالإنجليزية.", "הרשומה כתובה באנגלית.";
    cairo_read: "Read the public record of real talks (Cairo, October 2024)", "اقرأ السجل العلني لمحادثات حقيقية (القاهرة، أكتوبر 2024)", "לקרוא את הרשומה הציבורית של שיחות אמיתיות (קהיר, אוקטובר 2024)";

    // The workbench.
    page_workbench: "Workbench", "منضدة العمل", "שולחן עבודה";
    workbench_title: "Which deals are possible, and how sure is that?", "أي صفقات ممكنة، وما مدى اليقين؟", "אילו עסקאות אפשריות, ועד כמה זה בטוח?";
    workbench_why: "From what the sides told you in your rooms: their orders, red lines and answers. Nothing else goes into it, and no side sees it.", "مما قالته لك الأطراف في غرفك: ترتيباتها وخطوطها الحمراء وأجوبتها. لا يدخل فيه غير ذلك، ولا يراه أي طرف.", "ממה שהצדדים אמרו לכם בחדרים שלכם: הסדרים, הקווים האדומים והתשובות. שום דבר אחר אינו נכנס לכאן, ואף צד אינו רואה את זה.";
    workbench_nothing: "It begins when there are two sides and an issue with options to choose from.", "تبدأ حين يكون هناك طرفان ومسألة لها خيارات.", "הוא מתחיל כשיש שני צדדים ונושא עם אפשרויות לבחירה.";
    what_is_known: "What is known of each side", "ما يُعرف عن كل طرف", "מה ידוע על כל צד";
    contradicts_itself: "What {0} said cannot all hold. Ask again before you build on it; below are estimates only.", "ما قاله {0} لا يستقيم كله معًا. اسأل من جديد قبل أن تبني عليه؛ وما يلي تقديرات فقط.", "מה ש־{0} אמרו אינו יכול להתקיים כולו יחד. שאלו שוב לפני שתסתמכו על כך; להלן אומדנים בלבד.";
    packages_counted: "Packages that settle every issue: all sides surely accept {0}, may accept {1}, and cannot all accept {2}.", "الحزم التي تسوّي كل المسائل: تقبل الأطراف كلها {0} يقينًا، وقد تقبل {1}، ولا يمكن أن تقبل كلها {2}.", "חבילות שמסדירות כל נושא: כל הצדדים בוודאי יקבלו {0}, אולי יקבלו {1}, ואינם יכולים לקבל כולם {2}.";
    exact: "exact", "دقيق", "מדויק";
    estimate: "estimate", "تقدير", "אומדן";
    not_counted: "Not computed exactly: there are too many packages to go through one by one.", "لم يُحسب بدقة: الحزم أكثر من أن تُفحص واحدة واحدة.", "לא חושב במדויק: יש יותר מדי חבילות מכדי לעבור עליהן אחת אחת.";
    the_map: "The map", "الخريطة", "המפה";
    the_map_how: "Each side from its worst (0) to its best (100). Thick: the best that both could have together, in the middle of what is possible; thin: the same for some of the ways the sides may be that fit all they said. Shaded: where no deal lies. A number marks a package below, its lines nine cases of ten. All are estimates.", "كل طرف من أسوأ ما له (0) إلى أفضله (100). الخط الغليظ: أفضل ما يمكن أن يناله الطرفان معًا في أوسط الممكن؛ والرفيعة: الشيء نفسه لبعض الأحوال الممكنة الموافقة لكل ما قالوه. المظلل: حيث تقع قيمة عدم الاتفاق. والرقم يشير إلى حزمة أدناه، وخطوطها تسع حالات من عشر. وكلها تقديرات.", "כל צד מן הגרוע ביותר לו (0) אל הטוב ביותר (100). קו עבה: הטוב ביותר ששניהם יכולים להשיג יחד, באמצע האפשרי; דקים: אותו דבר לכמה מן האפשרויות שמתיישבות עם כל מה שאמרו. מוצל: היכן נמצא אי־הסכם. מספר מציין חבילה שלמטה, והקווים שלו תשעה מקרים מעשרה. כולם אומדנים.";
    map_title: "What {0} and {1} could both have", "ما يمكن أن يناله {0} و{1} معًا", "מה ש־{0} ו־{1} יכולים להשיג יחד";
    worth_proposing: "Packages worth proposing", "حزم تستحق أن تُعرض", "חבילות ששווה להציע";
    none_worth: "Nothing that fits what was said is acceptable to enough sides.", "لا شيء مما يوافق ما قيل مقبول لعدد كافٍ من الأطراف.", "שום דבר שמתיישב עם מה שנאמר אינו קביל על די צדדים.";
    bars_how: "Bars run from a side’s worst (left) to its best (right). Wide: exactly between which bounds, whatever was left unsaid; thin and dot: an estimate, nine cases of ten and the middle; shaded: where no deal lies.", "تمتد الأشرطة من أسوأ ما للطرف (يسارًا) إلى أفضله (يمينًا). العريض: الحدود الدقيقة مهما كان ما لم يُقل؛ والرفيع والنقطة: تقدير، تسع حالات من عشر والأوسط؛ والمظلل: حيث تقع قيمة عدم الاتفاق.", "הפסים נמשכים מן הגרוע ביותר לצד (שמאל) אל הטוב ביותר (ימין). רחב: בין אילו גבולות במדויק, יהיה אשר יהיה מה שלא נאמר; דק ונקודה: אומדן, תשעה מקרים מעשרה והאמצע; מוצל: היכן נמצא אי־הסכם.";
    package_number: "Package {0}", "الحزمة {0}", "חבילה {0}";
    side: "Side", "الطرف", "צד";
    statements: "Said", "قال", "אמר";
    surely_accepts: "Surely accepts", "يقبل يقينًا", "בוודאי מקבל";
    perhaps_accepts: "May accept", "قد يقبل", "אולי מקבל";
    never_accepts: "Surely refuses", "يرفض يقينًا", "בוודאי מסרב";
    no_deal_lies: "No deal is worth", "قيمة عدم الاتفاق", "אי־הסכם שווה";
    would_accept: "Would accept", "هل يقبل", "האם יקבל";
    from_worst_to_best: "From its worst to its best", "من أسوأ ما له إلى أفضله", "מן הגרוע אל הטוב ביותר לו";
    exactly_between: "Exactly between", "بالضبط بين", "במדויק בין";
    bar_said: "About {0} of the way from its worst to its best; in nine cases of ten from {1} to {2}.", "نحو {0} من الطريق بين أسوأ ما له وأفضله؛ وفي تسع حالات من عشر من {1} إلى {2}.", "בערך {0} מן הדרך בין הגרוע לטוב ביותר; בתשעה מקרים מעשרה מ־{1} עד {2}.";
    surely: "surely", "يقينًا", "בוודאי";
    perhaps: "perhaps", "ربما", "אולי";
    never: "never", "أبدًا", "לעולם לא";
    chance: "chance {0}", "احتمال {0}", "סיכוי {0}";
    chance_in_all: "yes in every case tried", "نعم في كل الحالات المجرَّبة", "כן בכל המקרים שנבדקו";
    chance_in_none: "no in every case tried", "لا في كل الحالات المجرَّبة", "לא בכל המקרים שנבדקו";
    not_said_yet: "cannot be said yet", "لا يمكن القول بعد", "עדיין אי אפשר לומר";
    reason_sure: "Every side accepts it, whatever was left unsaid.", "يقبلها كل طرف مهما كان ما لم يُقل.", "כל צד מקבל אותה, יהיה אשר יהיה מה שלא נאמר.";
    reason_expected: "Expected to reach {0} of the best product of gains; in 95 cases of 100 at least {1}.", "يُتوقع أن تبلغ {0} من أفضل حاصل ضرب للمكاسب؛ وفي 95 حالة من 100 لا تقل عن {1}.", "צפויה להגיע ל־{0} ממכפלת הרווחים הטובה ביותר; ב־95 מקרים מ־100 לפחות {1}.";
    reason_expected_only: "Expected to reach {0} of the best product of gains.", "يُتوقع أن تبلغ {0} من أفضل حاصل ضرب للمكاسب.", "צפויה להגיע ל־{0} ממכפלת הרווחים הטובה ביותר.";
    reason_none: "Nothing can be said of it for certain yet.", "لا يمكن قول شيء مؤكد عنها بعد.", "עדיין אי אפשר לומר עליה דבר בוודאות.";
    efficient_in: "In {0} of {1} of the ways the sides may be, no package is better for one side and worse for none.", "في {0} من {1} من الأحوال الممكنة للأطراف لا توجد حزمة أفضل لطرف وليست أسوأ لأحد.", "ב־{0} מתוך {1} מן האפשרויות של הצדדים אין חבילה טובה יותר לצד אחד ולא גרועה יותר לאיש.";
    robust_share: "The largest place on its own scale that every side is sure of: {0}.", "أعلى موضع على سلّمه يضمنه كل طرف: {0}.", "המקום הגבוה ביותר בסולם של כל צד שמובטח לכולם: {0}.";
    robust_regret: "The smallest regret: no other deal is better by more than {0}, all sides’ scales added up.", "أقل ندم: لا صفقة أخرى أفضل بأكثر من {0} بجمع سلالم الأطراف.", "החרטה הקטנה ביותר: אין עסקה אחרת טובה יותר ביותר מ־{0}, בסכום הסולמות של הצדדים.";
    robust_nash: "Surely at least {0} of the largest product of gains (robust Nash).", "يقينًا لا تقل عن {0} من أكبر حاصل ضرب للمكاسب (ناش المتين).", "בוודאי לפחות {0} ממכפלת הרווחים הגדולה ביותר (נאש חסין).";
    robust_kalai: "Every side surely gets at least {0} of the most it could gain (robust Kalai–Smorodinsky).", "ينال كل طرف يقينًا {0} على الأقل من أقصى مكسب ممكن له (كالاي–سمورودينسكي المتين).", "כל צד בוודאי מקבל לפחות {0} מן הרווח המרבי האפשרי לו (קלאי–סמורודינסקי חסין).";
    robust_egalitarian: "Every side surely gains at least {0} of its scale over no deal (robust egalitarian).", "يكسب كل طرف يقينًا {0} على الأقل من سلّمه فوق عدم الاتفاق (المساواة المتينة).", "כל צד בוודאי מרוויח לפחות {0} מן הסולם שלו מעל אי־הסכם (שוויוני חסין).";
    stands_in_way: "{0} stands in the way most. With this change the smallest chance of any side rises from {1} to {2}:", "{0} أكثر من يقف في الطريق. بهذا التغيير يرتفع أدنى احتمال لأي طرف من {1} إلى {2}:", "{0} עומדים בדרך יותר מכול. בשינוי הזה הסיכוי הקטן ביותר של צד כלשהו עולה מ־{1} ל־{2}:";
    draft_proposal: "Draft a proposal from it", "صُغ منها مقترحًا", "לנסח ממנה הצעה";
    in_what_order: "In what order?", "بأي ترتيب؟", "באיזה סדר?";
    who_blocks: "Who blocks what", "من يعطّل ماذا", "מי חוסם מה";
    blocks_why: "A side surely refuses every deal with one of these:", "يرفض الطرف يقينًا كل صفقة فيها أحد هذه:", "צד בוודאי מסרב לכל עסקה שיש בה אחד מאלה:";
    nobody_blocks: "On what was said, no option is ruled out by itself.", "بحسب ما قيل، لا خيار مستبعد بذاته.", "לפי מה שנאמר, אף אפשרות אינה נשללת כשלעצמה.";
    stages_title: "In what order could it be carried out, and who could walk away when?", "بأي ترتيب يمكن تنفيذها، ومن قد ينسحب ومتى؟", "באיזה סדר אפשר לבצע אותה, ומי יכול לקום וללכת ומתי?";
    stages_how: "From the middle of what is possible. Assumed: each issue is carried out in one step by the side to which it is worth least; nothing is taken back; no guarantor, no escrow, and whoever leaves a step undone is not seen at once.", "من أوسط الممكن. والمفترض: تُنفَّذ كل مسألة في خطوة واحدة على يد الطرف الأقل انتفاعًا بها؛ ولا يُسترد شيء؛ ولا ضامن ولا حساب ضمان، ومن لا ينفذ خطوته لا يُكشف فورًا.", "מאמצע האפשרי. ההנחות: כל נושא מבוצע בצעד אחד בידי הצד שהוא שווה לו הכי פחות; דבר אינו נלקח בחזרה; אין ערב ואין נאמנות, ומי שאינו מבצע את צעדו אינו מתגלה מיד.";
    no_stages: "It cannot be staged: it leaves an issue open, or in the middle of what is possible a side would rather have no deal.", "لا يمكن ترتيبها مراحل: تترك مسألة مفتوحة، أو أن طرفًا في أوسط الممكن يفضّل عدم الاتفاق.", "אי אפשר לסדר אותה בשלבים: היא מותירה נושא פתוח, או שבאמצע האפשרי צד היה מעדיף אי־הסכם.";
    stages_hold: "In this order no side ever gains by walking away.", "بهذا الترتيب لا يكسب أي طرف من الانسحاب في أي وقت.", "בסדר הזה אף צד אינו מרוויח בשום שלב מלקום וללכת.";
    stages_fail: "In no order does everybody gain by going on; this one comes closest.", "لا ترتيب يكسب فيه الجميع من الاستمرار؛ وهذا أقربها.", "אין סדר שבו כולם מרוויחים מלהמשיך; זה הקרוב ביותר.";
    stages_readings: "In {0} of {1} of the ways the sides may be, some order holds.", "في {0} من {1} من الأحوال الممكنة للأطراف يصمد ترتيب ما.", "ב־{0} מתוך {1} מן האפשרויות של הצדדים, סדר כלשהו מחזיק.";
    stages_weakest: "{0} has the least reason to go on, in phase {1}.", "{0} أقلهم دافعًا للاستمرار، في المرحلة {1}.", "ל־{0} יש הכי פחות סיבה להמשיך, בשלב {1}.";
    stages_caption: "By phase and side: how much more going on is worth than leaving a step undone or walking out, in parts of its whole gain; below zero it would rather not.", "لكل مرحلة وطرف: بكم تزيد قيمة الاستمرار على ترك الخطوة أو الانسحاب، جزءًا من مكسبه كله؛ وما دون الصفر يعني أنه لا يفضّل الاستمرار.", "לכל שלב וצד: בכמה להמשיך שווה יותר מלא לבצע צעד או לפרוש, כחלק מכל הרווח שלו; מתחת לאפס הוא היה מעדיף שלא.";
    phase: "Phase", "المرحلة", "שלב";
    carried_out: "Carried out", "يُنفَّذ", "מבוצע";
    back_to_workbench: "Back to the workbench", "عودة إلى منضدة العمل", "חזרה לשולחן העבודה";

    // What a package tells.
    what_it_tells: "What it tells them about the others", "ما الذي تكشفه لهم عن الآخرين", "מה היא מגלה להם על האחרים";
    what_it_tells_how: "For a reader who knows how proposals are chosen, knows itself, what was put to it before and the issues, and nothing else of the others. Words are not measured.", "لقارئ يعرف كيف تُختار المقترحات، ويعرف نفسه وما عُرض عليه سابقًا والمسائل، ولا يعرف غير ذلك عن الآخرين. الكلام لا يُقاس.", "לקורא שיודע איך נבחרות הצעות, מכיר את עצמו, את מה שהוצע לו קודם ואת הנושאים, ושום דבר אחר על האחרים. מילים אינן נמדדות.";
    tells_reader: "{0}: {1} bits", "{0}: {1} بت", "{0}: {1} ביטים";
    tells_at_most: "With 95 % confidence at most {0} bits (from a sample of {1}).", "بثقة 95 ٪ لا يزيد عن {0} بت (من عينة حجمها {1}).", "בביטחון של 95 % לכל היותר {0} ביטים (ממדגם של {1}).";
    could_guess: "A best guess is right with a chance of", "احتمال صحة أفضل تخمين", "הסיכוי שהניחוש הטוב ביותר נכון";
    guess_top: "what matters most to {0}", "ما يهم {0} أكثر", "מה חשוב ביותר ל־{0}";
    guess_limit: "what no deal is worth to {0}, in fifths", "قيمة عدم الاتفاق عند {0} بالأخماس", "מה שווה אי־הסכם ל־{0}, בחמישיות";
    guess_before: "now", "الآن", "עכשיו";
    guess_after: "once read", "بعد القراءة", "אחרי הקריאה";
    guess_answers: "after the outcome", "بعد النتيجة", "אחרי התוצאה";
    by_rule: "Taken as the package with the best product of gains for some way the others may be.", "تُعد الحزمة ذات أفضل حاصل ضرب للمكاسب في حال ما من أحوال الآخرين.", "נחשבת לחבילה בעלת מכפלת הרווחים הטובה ביותר עבור אפשרות כלשהי של האחרים.";
    by_hand: "Taken as any package that all would accept: no way the others may be has it as the best.", "تُعد أي حزمة يقبلها الجميع: لا حال من أحوال الآخرين تجعلها الأفضل.", "נחשבת לחבילה כלשהי שכולם יקבלו: אין אפשרות של האחרים שבה היא הטובה ביותר.";
    not_priced_open: "Measured only for packages that settle every issue.", "لا يُقاس إلا للحزم التي تسوّي كل المسائل.", "נמדד רק לחבילות שמסדירות כל נושא.";
    not_priced_many: "Not measured: there are more than 5,000 packages to compare it with.", "لم يُقس: هناك أكثر من 5000 حزمة للمقارنة.", "לא נמדד: יש יותר מ־5,000 חבילות להשוואה.";
    not_priced_nothing: "Nothing is hidden that a package could tell.", "لا شيء خفي يمكن أن تكشفه حزمة.", "אין דבר נסתר שחבילה יכולה לגלות.";
    not_priced_unexpected: "Not measured: a reader would take it for a package that somebody surely refuses.", "لم يُقس: سيعدّها القارئ حزمة يرفضها أحدهم يقينًا.", "לא נמדד: קורא יראה בה חבילה שמישהו בוודאי מסרב לה.";

    // In our own terms.
    in_our_terms: "What it is to us, by our own words", "ما تعنيه لنا بحسب كلامنا نحن", "מה היא בשבילנו, לפי דברינו שלנו";
    better_than_none: "By what we said, it is better than no deal.", "بحسب ما قلناه، هي أفضل من عدم الاتفاق.", "לפי מה שאמרנו, היא עדיפה על אי־הסכם.";
    perhaps_better_than_none: "What we said does not settle whether it is better than no deal.", "ما قلناه لا يحسم هل هي أفضل من عدم الاتفاق.", "מה שאמרנו אינו מכריע אם היא עדיפה על אי־הסכם.";
    worse_than_none: "By what we said, no deal is better, or it crosses a red line.", "بحسب ما قلناه، عدم الاتفاق أفضل، أو أنها تتجاوز خطًا أحمر.", "לפי מה שאמרנו, אי־הסכם עדיף, או שהיא חוצה קו אדום.";
    own_share: "From our worst on every issue (0 %) to our best (100 %): {0}, exactly.", "من أسوأ ما لنا في كل مسألة (0 ٪) إلى أفضله (100 ٪): {0} بالضبط.", "מן הגרוע לנו בכל נושא (0 %) אל הטוב ביותר (100 %): {0}, במדויק.";
    own_share_anywhere: "From our worst on every issue to our best it may lie anywhere: answers to “A or B?” narrow that.", "قد تقع في أي موضع بين أسوأ ما لنا في كل مسألة وأفضله: الأجوبة عن «أ أم ب؟» تضيّق ذلك.", "היא עשויה להימצא בכל מקום בין הגרוע לנו בכל נושא לטוב ביותר: תשובות ל״A או B?״ מצמצמות זאת.";
    own_share_before: "The proposal before, “{0}”: {1}.", "المقترح السابق، «{0}»: {1}.", "ההצעה הקודמת, ״{0}״: {1}.";
    own_terms_why: "Computed from our own orders, red lines and answers, and nothing of anybody else’s.", "محسوب من ترتيباتنا وخطوطنا الحمراء وأجوبتنا نحن، لا من شيء لغيرنا.", "מחושב מן הסדרים, הקווים האדומים והתשובות שלנו, ומשום דבר של אחרים.";

    // Telling others, and the engine's questions.
    tell_title: "Whom do we tell?", "من نخبر؟", "למי אנחנו מספרים?";
    tell_why: "Nobody, until you say so here. What is told in a room can be read by everybody in it, and used to look for a deal.", "لا أحد، حتى تقولوا ذلك هنا. ما يقال في غرفة يقرأه كل من فيها، ويُستعان به في البحث عن اتفاق.", "לאיש, עד שתאמרו זאת כאן. מה שנאמר בחדר יכול להיקרא בידי כל מי שבו, ולשמש בחיפוש אחר עסקה.";
    tell_where: "In which room", "في أي غرفة", "באיזה חדר";
    tell_what: "What we tell", "ما نخبر به", "מה אנחנו מספרים";
    tell_them: "Tell them", "أخبرهم", "לספר להם";
    told_already: "told:", "أُخبر:", "סופר:";
    engine_asks: "The program can ask us the question whose answer would tell most. It chooses from our own answers and from nothing else.", "يستطيع البرنامج أن يسألنا السؤال الذي يفيد جوابه أكثر. يختاره من أجوبتنا نحن لا من غيرها.", "התוכנה יכולה לשאול אותנו את השאלה שהתשובה עליה תלמד הכי הרבה. היא בוחרת מתוך התשובות שלנו ומשום דבר אחר.";
    who_reads_answers: "Who reads the answers", "من يقرأ الأجوبة", "מי קורא את התשובות";
    ask_us: "Ask us", "اسألنا", "שאלו אותנו";
    no_more_questions: "Another answer would tell hardly anything more.", "لن يضيف جواب آخر شيئًا يُذكر.", "תשובה נוספת כמעט לא תלמד דבר.";
    joint_question_told: "This question was chosen from several sides’ answers.", "اختير هذا السؤال من أجوبة عدة أطراف.", "השאלה הזו נבחרה מתוך תשובות של כמה צדדים.";
    own_choice: "A question of your own", "سؤال من عندك", "שאלה משלכם";
    joint_title: "The question worth most", "السؤال الأكثر فائدة", "השאלה המועילה ביותר";
    joint_why: "Chosen from all that all sides told you. To be asked just this tells the side something about the others; that is a disclosure, and it is recorded as one.", "يُختار من كل ما قالته لك الأطراف كلها. وطرحه بعينه يكشف للطرف شيئًا عن الآخرين؛ وذلك إفصاح، ويُسجَّل إفصاحًا.", "נבחרת מכל מה שכל הצדדים אמרו לכם. עצם השאלה הזו מגלה לצד משהו על האחרים; זהו גילוי, והוא נרשם ככזה.";
    joint_for: "Choose one for {0}", "اختر واحدًا لـ{0}", "לבחור אחת עבור {0}";
    joint_none: "There is none: a question is still open, or no answer would change much.", "لا يوجد: سؤال ما زال مفتوحًا، أو لن يغيّر جواب الكثير.", "אין כזו: שאלה עדיין פתוחה, או ששום תשובה לא תשנה הרבה.";
    joint_price: "It would tell {0} about {1} bits (no more than {2} can be measured; the others were tried in {3} ways).", "ستكشف لـ{0} نحو {1} بت (لا يمكن قياس أكثر من {2}؛ جُرّب الآخرون بـ{3} أحوال).", "היא תגלה ל־{0} בערך {1} ביטים (לא ניתן למדוד יותר מ־{2}; האחרים נוסו ב־{3} אופנים).";
    put_joint: "Put it, and record the disclosure", "اطرحه وسجّل الإفصاح", "להציג אותה ולרשום את הגילוי";
}
