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
    scenario_text: "Or a whole scenario file (YAML); preferences in it are not taken over", "أو ملف سيناريو كامل (YAML)؛ لا تؤخذ منه التفضيلات", "או קובץ תרחיש שלם (YAML); ההעדפות שבו אינן נלקחות";
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
}
