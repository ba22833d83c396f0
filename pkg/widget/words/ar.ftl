### The texts of the element in Arabic: Modern Standard Arabic, digits 0 to 9.
###
### A verdict is «مؤهَّل», «غير مؤهَّل» or «غير محسوم». Sentences use «أهلية», which fits a group and a person alike. Arabic has
### six plural forms.

## start, question, frame

frame-back = رجوع
frame-clear = مسح كل شيء
frame-clear-title = هل تريد مسح كل شيء؟
frame-clear-text = سيُزال الملف وجميع الإجابات. لم يُخزَّن شيء ولم يُرسَل شيء: لا يمكن استعادتها.
frame-keep = الإبقاء عليها
frame-questions = متابعة الأسئلة
frame-dossiers = { $count ->
    [zero] لا ملفات
    [one] ملف واحد
    [two] ملفان
    [few] { $count } ملفات
    [many] { $count } ملفًا
   *[other] { $count } ملف
  }
frame-in-english = النصوص غير المترجمة معروضة بالإنجليزية.
frame-loading = جارٍ التحميل…
frame-mistake = خطأ:
frame-mistakes = هناك مشكلة
frame-required = القرار مطلوب.

start-policy = اختر سياسة
start-policy-text = يبقى كل شيء على هذا الجهاز: لا يُخزَّن شيء ولا يُرسَل شيء.
start-policy-none = لا تعرض هذه الصفحة أي سياسة.
start-in-force-from = سارية من { $from }
start-in-force-until = سارية حتى { $until }
start-in-force-between = سارية من { $from } حتى { $until }
start-case = بمن يتعلق الأمر؟
start-shipped = اختيار ملف
start-dossier = الملف
start-open = فتح
start-wrong-dossier = اختر ملفًا
start-all = { $count ->
    [zero] مقارنة { $count } ملف
    [one] فتح الملف
    [two] مقارنة الملفين
    [few] مقارنة { $count } ملفات
    [many] مقارنة { $count } ملفًا
   *[other] مقارنة { $count } ملف
  }
start-own = فتح ملفاتك الخاصة
start-file = الملفات
start-file-hint = اختر ملفات أو أسقطها هنا: Placet أو JSON أو CSV. وهي لا تغادر هذا الجهاز.
start-file-hint-data = اختر ملفات أو أسقطها هنا: JSON أو CSV. وهي لا تغادر هذا الجهاز.
start-begin = البدء بالأسئلة
start-name = الاسم
start-name-hint = اسم المعنيِّ، كما ينبغي أن يظهر في الصفحة المطبوعة.
start-kind = النوع
start-circumstances = الظروف المعروفة
start-circumstances-hint = وقائع لا يلزم السؤال عنها، عن البلاد مثلًا.
start-circumstances-none = لا شيء: تُطرح الأسئلة
start-wrong-name = أدخِل اسمًا
start-scope = ما المطلوب البتُّ فيه؟
start-several = { $count ->
    [zero] لا يشمل القرار أي ملف.
    [one] يشمل القرار ملفًا واحدًا.
    [two] يشمل القرار ملفين، جنبًا إلى جنب.
    [few] يشمل القرار { $count } ملفات، جنبًا إلى جنب.
    [many] يشمل القرار { $count } ملفًا، جنبًا إلى جنب.
   *[other] يشمل القرار { $count } ملف، جنبًا إلى جنب.
  }
start-types = أنواع المساعدة
start-types-all = اختيار الكل
start-types-none = إلغاء الكل
start-wrong-types = اختر نوعًا واحدًا على الأقل من المساعدة
start-day = لأي يوم؟
start-day-hint = تُطبَّق القواعد والأقوال كما هي في ذلك اليوم، مثل 15 2 2016.
start-day-hint-dossier = تاريخ الملف، ما لم تغيِّره.
start-day-hint-differ = تواريخ الملفات مختلفة: اختر تاريخًا واحدًا لها جميعًا.
start-wrong-day-from = تسري هذه السياسة اعتبارًا من { $from }. أدخِل ذلك اليوم أو يومًا بعده.
start-wrong-day-until = سرت هذه السياسة حتى { $until }. أدخِل ذلك اليوم أو يومًا قبله.
start-wrong-day-form = «{ $day }» ليس تاريخًا: على الصفحة أن تكتب التواريخ على هذا النحو: 2026-03-05.
start-today = استعمال تاريخ اليوم
start-continue = متابعة

question-answered = { $count ->
    [zero] لم يُجَب عن أي سؤال
    [one] أُجيب عن سؤال واحد
    [two] أُجيب عن سؤالين
    [few] أُجيب عن { $count } أسئلة
    [many] أُجيب عن { $count } سؤالًا
   *[other] أُجيب عن { $count } سؤال
  }
question-left = { $count ->
    [zero] لم يبقَ شيء
    [one] بقي نحو سؤال واحد
    [two] بقي نحو سؤالين
    [few] بقي نحو { $count } أسئلة
    [many] بقي نحو { $count } سؤالًا
   *[other] بقي نحو { $count } سؤال
  }
question-counts = ما يُعتدُّ به:
question-yes = نعم
question-no = لا
question-or = أو
question-unknown = لا أعرف
question-unknown-hint = يبقى السؤال مفتوحًا؛ وتُظهر النتيجة إن كان مهمًا.
question-disagree = المصادر مختلفة
question-continue = متابعة
question-result = عرض النتيجة حتى الآن
question-wrong-choice = اختر إجابة، أو «لا أعرف»

question-status-known = المعروف حتى الآن:
question-status-known-in-part = معروف جزئيًا:
question-status-unknown = أقوال لا يُعتدُّ بها:
question-status-presumed = مفترض، لعدم وجود أقوال:
question-status-presumed-left-out = مفترض، إذ لا يُعتدُّ بأي قول:
question-status-contested = المصادر مختلفة. وتحل إجابتك محل أقوالها:
question-no-source = لم يُذكر مصدر
question-lines = { $many ->
    [true] الأسطر { $lines }
   *[false] السطر { $lines }
  }
question-why = لماذا يُطرح هذا السؤال؟ (القواعد بالإنجليزية)
question-why-text = { $count ->
    [zero] لا تهم الإجابة أي قاعدة:
    [one] تهم الإجابة هذه القاعدة:
    [two] تهم الإجابة هاتين القاعدتين، الأهم أولًا:
    [few] تهم الإجابة هذه القواعد، وعددها { $count }، الأهم أولًا:
    [many] تهم الإجابة هذه القواعد، وعددها { $count }، الأهم أولًا:
   *[other] تهم الإجابة هذه القواعد، وعددها { $count }، الأهم أولًا:
  }
question-why-more = { $count ->
    [zero] ولا قاعدة أخرى.
    [one] وقاعدة أخرى.
    [two] وقاعدتان أخريان.
    [few] و{ $count } قواعد أخرى.
    [many] و{ $count } قاعدة أخرى.
   *[other] و{ $count } قاعدة أخرى.
  }
question-basis-stated = صرَّح به كاتبه
question-basis-derived = مستنتج منه

question-put-number = عدد
question-put-date = تاريخ
question-put-name = اسم
question-way = ما مدى دقة المعرفة به؟
question-way-exactly = بالضبط
question-way-at-least = على الأقل
question-way-at-most = على الأكثر
question-way-not-before = ليس قبل
question-way-not-after = ليس بعد
question-way-between = بين
question-and = و
question-day-of = التاريخ
question-day = اليوم
question-month = الشهر
question-year = السنة
question-wrong-number = أدخِل عددًا صحيحًا: أرقامًا فقط مثل 1500، أو في مجموعات من ثلاثة أرقام مثل 1,500
question-wrong-date = أدخِل تاريخًا موجودًا، مثل 15 2 2016
question-wrong-year = اكتب السنة بأربعة أرقام
question-put-names = ذكر الأسماء

question-none = لا شيء منها
question-no-one = لا أحد
question-other = غير ذلك
question-name = الاسم
question-add = إضافة
question-remove = إزالة
question-added = أُضيف { $name }
question-removed = أُزيل { $name }
question-no-others = لا يوجد غير هؤلاء
question-wrong-name = أدخِل اسمًا
question-wrong-names = اختر اسمًا واحدًا على الأقل أو أدخِله، أو اختر «لا شيء منها»

question-where = من أين جاءت هذه المعلومة؟
question-where-open = هذا تقديرك أنت؛ وذكر المصدر اختياري
question-who = من يقول ذلك؟
question-who-hint = وثيقة أو شخص؛ ويظهر إلى جانب الإجابة.
question-when = إلى أي تاريخ تعود؟
question-when-hint = تاريخ المعلومة، مثل 15 2 2016.
question-not-rated = غير مصنَّف
question-reliability = ما مدى موثوقية المصدر؟
question-reliability-a = موثوق تمامًا
question-reliability-b = موثوق عادةً
question-reliability-c = موثوق إلى حد ما
question-reliability-d = غير موثوق عادةً
question-reliability-e = غير موثوق
question-reliability-f = لا يمكن الحكم عليه
question-credibility = ما مدى مصداقية القول؟
question-credibility-1 = أكدته مصادر أخرى
question-credibility-2 = صحيح على الأرجح
question-credibility-3 = ربما يكون صحيحًا
question-credibility-4 = مشكوك فيه
question-credibility-5 = مستبعد
question-credibility-6 = لا يمكن الحكم عليه
question-mark-rival = يقوله منافس
question-mark-subject = يقوله المعنيُّ نفسه
question-mark-interested = تقوله جهة ذات مصلحة
question-mark-promise = هو وعد
question-wrong-who = أدخِل من يقول ذلك
question-wrong-grade = اختر الموثوقية والمصداقية كلتيهما
question-source = المصدر { $number }
question-says = ماذا يقول؟
question-wrong-says = اختر ما يقوله هذا المصدر
question-add-source = إضافة مصدر
question-remove-source = إزالة هذا المصدر
question-source-added = أُضيف المصدر
question-source-removed = أُزيل المصدر
question-sources-hint = أدخِل ما يقوله كل مصدر. ولتسجيل أن المصادر مختلفة لا غير، أزِلها كلها.
question-wrong-sources = أضِف مصدرًا ثانيًا، أو أزِل هذا المصدر

## result, matrix, keep

result-eligible = مؤهَّل
result-ineligible = غير مؤهَّل
result-undetermined = غير محسوم
result-title-eligible = مؤهَّل: { $assistance }
result-title-ineligible = غير مؤهَّل: { $assistance }
result-title-undetermined = غير محسوم: { $assistance }
result-sentence-eligible = بموجب سياسة «{ $policy }»، وكما في { $date }، تثبت أهلية { $subject } للمساعدة التالية: { $assistance }.
result-sentence-ineligible = بموجب سياسة «{ $policy }»، وكما في { $date }، تنتفي أهلية { $subject } للمساعدة التالية: { $assistance }.
result-sentence-undetermined = بموجب سياسة «{ $policy }»، وكما في { $date }، لم تُحسم أهلية { $subject } للمساعدة التالية: { $assistance }.
result-hinges = { $count ->
    [zero] تعذَّر تحديد الوقائع المفتوحة التي تحسمها.
    [one] تحسمها واقعة مفتوحة واحدة.
    [two] تحسمها واقعتان مفتوحتان.
    [few] تحسمها { $count } وقائع مفتوحة.
    [many] تحسمها { $count } واقعة مفتوحة.
   *[other] تحسمها { $count } واقعة مفتوحة.
  }
result-cut-short = توقف البحث عند حدّه: ما يظهر هنا صحيح، لكن قد توجد أسباب أخرى أو تغييرات أصغر أو تاريخ أبعد.
result-inexact = هذا حكم حذر: فقد تكون الوقائع المعروفة كافية للحسم.
result-presumptions = يتوقف الحكم على افتراضات، لعدم وجود أقوال:
result-presumptions-left-out = يتوقف الحكم على افتراضات، إذ لا يُعتدُّ بأي قول:
result-omitted-eligible = لو اعتُدَّ بما يلي لكان الحكم: مؤهَّل.
result-omitted-ineligible = لو اعتُدَّ بما يلي لكان الحكم: غير مؤهَّل.
result-omitted-undetermined = لو اعتُدَّ بما يلي لكان الحكم: غير محسوم.
result-omitted-not-found = استُبعدت أقوال. والبحث فيما إذا كانت تغيِّر الحكم غير مكتمل.
result-omitted-cut-short = البحث غير مكتمل: قد تكفي أقوال أقل.
result-not-in-force = لم تكن السياسة سارية في ذلك اليوم.

result-verdicts = الأحكام
result-verdicts-on = عن { $subject }، بموجب سياسة «{ $policy }»، وكما في { $date }.
result-choose-type = اختر نوعًا من المساعدة لترى أسبابه.
result-show-all = عرض الكل كاملًا
result-alike = ينطبق الأمر نفسه على: { $types }.
result-only = لا تُعرض الأسباب إلا لما يلي: { $assistance }.

result-why = الأسباب
result-why-eligible = كل القواعد مستوفاة أيًّا كانت قيم الوقائع المفتوحة. ويتوقف الحكم على هذه الوقائع:
result-together = { $count ->
    [zero] لا قواعد يمتنع استيفاؤها معًا:
    [one] لا يمكن استيفاء هذه القاعدة أيًّا كانت قيم الوقائع المفتوحة:
    [two] يمكن استيفاء كل من هاتين القاعدتين وحدها، ولا يمكن استيفاؤهما معًا أبدًا:
    [few] يمكن استيفاء كل من هذه القواعد وحدها، ولا يمكن استيفاؤها كلها معًا أبدًا:
    [many] يمكن استيفاء كل من هذه القواعد وحدها، ولا يمكن استيفاؤها كلها معًا أبدًا:
   *[other] يمكن استيفاء كل من هذه القواعد وحدها، ولا يمكن استيفاؤها كلها معًا أبدًا:
  }
result-together-with = { $count ->
    [zero] وبذلك لا قواعد يمتنع استيفاؤها معًا:
    [one] وبذلك لا يمكن استيفاء هذه القاعدة أيًّا كانت قيم الوقائع المفتوحة:
    [two] وبذلك يمكن استيفاء كل من هاتين القاعدتين وحدها، ولا يمكن استيفاؤهما معًا أبدًا:
    [few] وبذلك يمكن استيفاء كل من هذه القواعد وحدها، ولا يمكن استيفاؤها كلها معًا أبدًا:
    [many] وبذلك يمكن استيفاء كل من هذه القواعد وحدها، ولا يمكن استيفاؤها كلها معًا أبدًا:
   *[other] وبذلك يمكن استيفاء كل من هذه القواعد وحدها، ولا يمكن استيفاؤها كلها معًا أبدًا:
  }
result-also = { $count ->
    [zero] لا سبب آخر يكفي وحده
    [one] سبب آخر يكفي وحده أيضًا
    [two] سببان آخران يكفي كل منهما وحده أيضًا
    [few] { $count } أسباب أخرى يكفي كل منها وحده أيضًا
    [many] { $count } سببًا آخر يكفي كل منها وحده أيضًا
   *[other] { $count } سبب آخر يكفي كل منها وحده أيضًا
  }
result-own-words = نص القاعدة (بالإنجليزية)
result-cited = المصدر:
result-comma = { "، " }
result-semicolon = { "؛ " }
result-open = مفتوح
result-left-out = مستبعد ({ $why }):
result-said-unknown = يذكر الملف أن هذا غير معروف.
result-left-dated-after-the-day-of-the-decision = تاريخه بعد يوم القرار
result-left-not-rated = غير مصنَّف
result-left-rated-too-low = درجته منخفضة جدًا
result-left-too-old = قديم جدًا
result-left-not-dated = غير مؤرَّخ
result-left-from-a-rival = صادر عن منافس
result-left-from-the-subject-itself = صادر عن المعنيِّ نفسه
result-left-from-an-interested-party = صادر عن جهة ذات مصلحة
result-left-a-promise = وعد
result-left-a-better-rated-source-disagrees = يخالفه مصدر أعلى درجة
result-left-a-later-source-disagrees = يخالفه مصدر أحدث
result-left-the-dossier-says-outright-that-this-is-unknown = يذكر الملف أن هذا غير معروف
result-presumed = مفترض، لعدم وجود أقوال.
result-presumed-left-out = مفترض، إذ لا يُعتدُّ بأي قول.

result-missing = الناقص أو المختلف فيه
result-missing-nothing = لا يمكن لأي واقعة مفتوحة أن تغيِّر هذا الحكم.
result-missing-besides = الوقائع المعروفة تنفي الأهلية. فإذا تغيَّرت، لزم أن تتحقق أيضًا الوقائع المفتوحة المذكورة تحت «{ $title }».
result-missing-count = { $count ->
    [zero] تعذَّر تحديد الوقائع المفتوحة التي يتوقف عليها الحكم.
    [one] يتوقف الحكم على واقعة مفتوحة واحدة.
    [two] يتوقف الحكم على واقعتين مفتوحتين، الأكثر دلالة أولًا.
    [few] يتوقف الحكم على { $count } وقائع مفتوحة، الأكثر دلالة أولًا.
    [many] يتوقف الحكم على { $count } واقعة مفتوحة، الأكثر دلالة أولًا.
   *[other] يتوقف الحكم على { $count } واقعة مفتوحة، الأكثر دلالة أولًا.
  }
result-missing-choose = { $count ->
    [zero] لا شيء للاختيار.
    [one] اخترها للإجابة عنها.
    [two] اختر إحداهما للإجابة عنها.
    [few] اختر واحدة للإجابة عنها.
    [many] اختر واحدة للإجابة عنها.
   *[other] اختر واحدة للإجابة عنها.
  }
result-missing-more = { $count ->
    [zero] لا وقائع مفتوحة أخرى
    [one] واقعة مفتوحة أخرى
    [two] واقعتان مفتوحتان أخريان
    [few] { $count } وقائع مفتوحة أخرى
    [many] { $count } واقعة مفتوحة أخرى
   *[other] { $count } واقعة مفتوحة أخرى
  }
result-status-known = معروف
result-status-known-in-part = معروف جزئيًا
result-status-unknown = غير معروف
result-status-presumed = مفترض
result-status-contested = المصادر مختلفة
result-standard = يُقرأ وفق معيار الإثبات «{ $standard }»
result-standard-why = يحدد معيار الإثبات الأقوال التي يُعتدُّ بها في القاعدة. وتُعرض الأقوال الأخرى، لكنها تترك الواقعة مفتوحة.
result-standard-asks = ووفق هذا المعيار لا يُعتدُّ بقول إلا إذا تحقق ما يلي كله:
result-standard-rated = درجته { $grade } أو أفضل: المصدر { $source }، والقول { $says }.
result-standard-within = تاريخه لا يسبق يوم القرار بأكثر من { $length }.
result-standard-not-rivals = ليس صادرًا عن منافس.
result-standard-not-subject = ليس صادرًا عن المعنيِّ نفسه.
result-standard-not-interested = ليس صادرًا عن جهة ذات مصلحة.
result-standard-not-promises = ليس وعدًا.
result-unnamed = يُسأل عنه متى عُرف المقصود به.
result-changes-nothing = لا يغيِّر شيئًا وحده، بأي من الجوابين.
result-if-yes = إذا نعم:
result-if-no = إذا لا:
result-if = في حال «{ $answer }»:
result-matters-to = يهم: { $rules }{ $more ->
    [0] .
    [zero] .
    [one] ؛ وقاعدة أخرى.
    [two] ؛ وقاعدتين أخريين.
    [few] ؛ و{ $more } قواعد أخرى.
    [many] ؛ و{ $more } قاعدة أخرى.
   *[other] ؛ و{ $more } قاعدة أخرى.
  }

result-changes = ما يؤدي إلى الأهلية
result-changes-count = { $count ->
    [zero] لا يلزم شيء:
    [one] هذا وحده يكفي:
    [two] هذان معًا يكفيان؛ ولا يكفي أقل منهما:
    [few] هذه النقاط مجتمعة، وعددها { $count }، تكفي؛ ولا يكفي عدد أقل:
    [many] هذه النقاط مجتمعة، وعددها { $count }، تكفي؛ ولا يكفي عدد أقل:
   *[other] هذه النقاط مجتمعة، وعددها { $count }، تكفي؛ ولا يكفي عدد أقل:
  }
result-to-change = ما يجب تغييره
result-to-settle = خلافات يجب حسمها
result-to-settle-first = خلافات يجب حسمها أولًا
result-settle-first = المصادر مختلفة في هذا، وقد يتوقف عليه الحكم. احسمه أولًا.
result-settle-note = احسم هذه أولًا: فالتغييرات الأخرى قد تتوقف على نتيجتها.
result-to-establish = ما يجب إثباته
result-remedy = العلاج:
result-changes-or = { $count ->
    [zero] لا سبيل آخر
    [one] سبيل آخر
    [two] سبيلان آخران
    [few] { $count } سبل أخرى
    [many] { $count } سبيلًا آخر
   *[other] { $count } سبيل آخر
  }
result-way = { $first }{ $more ->
    [0] {""}
    [zero] {""}
    [one] ، ونقطة أخرى
    [two] ، ونقطتان أخريان
    [few] ، و{ $more } نقاط أخرى
    [many] ، و{ $more } نقطة أخرى
   *[other] ، و{ $more } نقطة أخرى
  }
result-instead = بدلًا من:
result-out-of-reach = لا يؤدي أي تغيير ممكن إلى الأهلية.

result-concerns = الشواغل
result-concerns-meaning = لا تغيِّر الشواغل الحكم، ويجب أخذها في الحسبان.
result-concerns-raised = { $count ->
    [zero] لا يوجد شاغل يتطلب ردًّا.
    [one] يوجد شاغل واحد يتطلب ردًّا.
    [two] يوجد شاغلان يتطلبان ردًّا.
    [few] توجد { $count } شواغل تتطلب ردًّا.
    [many] يوجد { $count } شاغلًا يتطلب ردًّا.
   *[other] يوجد { $count } شاغل يتطلب ردًّا.
  }
result-concerns-open = { $count ->
    [zero] لا يوجد شاغل لم يُحسم بعد.
    [one] يوجد شاغل واحد لم يُحسم بعد.
    [two] يوجد شاغلان لم يُحسما بعد.
    [few] توجد { $count } شواغل لم تُحسم بعد.
    [many] يوجد { $count } شاغلًا لم يُحسم بعد.
   *[other] يوجد { $count } شاغل لم يُحسم بعد.
  }
result-concern-yes = يتطلب ردًّا
result-concern-no = غير قائم
result-concern-open = لم يُحسم بعد
result-concern-low = المستوى منخفض
result-concern-medium = المستوى متوسط
result-concern-high = المستوى عالٍ

result-conditions = القناة والالتزامات
result-choice-open = ما زال مفتوحًا؛ واحد مما يلي:
result-choice-turns = تبيِّن القاعدة أدناه ما يتوقف عليه ذلك. والوقائع التي لا يسأل عنها أي سؤال يمكن إضافتها إلى ملف الحالة المحفوظ.
result-obligations = الالتزامات
result-obligation-open = لم يُحسم بعدُ إن كان ينطبق
result-due-before = قبل التسليم
result-due-during = أثناء التسليم
result-due-after = بعد التسليم
result-due-within-before = خلال { $length } قبل التسليم
result-due-within-after = خلال { $length } بعد التسليم
result-due-every = كل { $length }
result-day = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد
    [two] يومين
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
  }
result-month = { $count ->
    [zero] { $count } شهر
    [one] شهر واحد
    [two] شهرين
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
  }
result-year = { $count ->
    [zero] { $count } سنة
    [one] سنة واحدة
    [two] سنتين
    [few] { $count } سنوات
    [many] { $count } سنة
   *[other] { $count } سنة
  }

result-answers = إجاباتك
result-change = تغيير
result-change-answer = تغيير: { $question }
result-answer-idle = لا أثر لها ما دامت الإجابات الأخرى على حالها.

result-tree = كل القواعد وحالتها
result-tree-only = القواعد الحاسمة فقط
result-tree-open = فتح الكل
result-tree-close = إغلاق الكل
result-tree-shown = القواعد المعروضة: { $shown } من { $all }
result-drawing = رسم القواعد (بالإنجليزية)
result-drawing-legend = ✓ كما هو مطلوب · ✗ على غير المطلوب · ◌ غير معروف بما يكفي · ■ صحيح، □ غير صحيح: بذاته ليس في صالح الأهلية ولا ضدها
result-rule-met = مستوفاة
result-rule-failed = غير مستوفاة
result-rule-open = غير محسومة
result-rule-lifted = مرفوعة
result-rule-not-applicable = لا تنطبق
result-rule-bar-met = لا مانع
result-rule-bar-failed = مانع
result-rule-phase-met = تحققت
result-rule-phase-failed = لم تتحقق بعد
result-lifted = رُفعت بموجب: { $waiver }.
result-lifted-granted = رُفعت بموجب: { $waiver }، بإذن من { $by }.
result-node-when = عندما
result-node-needs = يُشترط
result-node-unless = ما لم
result-node-begins-when = تبدأ عندما
result-node-begins-early-when = تبدأ مبكرًا عندما
result-node-every-earlier-phase-is-reached = تحققت كل مرحلة سابقة
result-node-all-of = كل ما يلي
result-node-any-of = أيٌّ مما يلي
result-node-none-of = لا شيء مما يلي
result-node-at-least-of = { $count } على الأقل مما يلي
result-node-at-most-of = { $count } على الأكثر مما يلي
result-node-exactly-of = { $count } بالضبط مما يلي
result-node-between-of = بين { $count } و{ $most } مما يلي

result-not-asked = ما لا تستعمله هذه السياسة
result-not-asked-why = هذه الأقوال لا تستعمل مفردات السياسة. وهي لا تؤثر في الحكم.
result-sources = المصادر
result-sources-lines = تشير أرقام السطور إلى نص الوثيقة، كما عدَّها واضعو السياسة.
result-record = عن هذا القرار
result-advice = هذه مشورة، مستخلصة من سياسة مكتوبة ومن أقوال عن الحالة.
result-authority = القرار بيد: { $authority }.
result-authority-unnamed = القرار بيد السلطة المسؤولة.
result-advised = هذه مشورة؛ والقرار بيد: { $authority }.
result-advised-unnamed = هذه مشورة؛ والقرار بيد السلطة المسؤولة.
result-version = الإصدار { $version }
result-no-limit = لا حدَّ معروفًا
result-record-policy = السياسة
result-record-hash = السياسة، SHA-256
result-record-as-of = كما في
result-record-dossier = الملف، SHA-256
result-record-bytes = محسوبة من الملف ومن كل ما يُعتدّ به له، وهي نفسها في كل صيغة.
result-record-holds-until = يسري حتى، مع الملف نفسه
result-record-files = الملفات المقروءة، SHA-256
result-record-engine = حُسب بواسطة

matrix-title = من المؤهَّل لأي مساعدة
matrix-under = بموجب سياسة «{ $policy }»، وكما في { $date }: { $subjects ->
    [zero] لا أحد
    [one] معنيٌّ واحد
    [two] معنيَّان
    [few] { $subjects } معنيين
    [many] { $subjects } معنيًّا
   *[other] { $subjects } معنيٍّ
  }، { $types ->
    [zero] بلا أي نوع من المساعدة
    [one] نوع واحد من المساعدة
    [two] نوعان من المساعدة
    [few] { $types } أنواع من المساعدة
    [many] { $types } نوعًا من المساعدة
   *[other] { $types } نوع من المساعدة
  }.
matrix-choose = اختر حكمًا لترى أسبابه.
matrix-caption = الأحكام حسب المعنيِّ ونوع المساعدة
matrix-subject = المعنيُّ
matrix-filter = عرض
matrix-all = الكل
matrix-cell = { $verdict }: { $subject }، { $type }
matrix-shown = { $cells ->
    [zero] لا أحكام
    [one] حكم واحد
    [two] حكمان
    [few] { $cells } أحكام
    [many] { $cells } حكمًا
   *[other] { $cells } حكم
  } بشأن { $rows ->
    [zero] لا أحد
    [one] معنيٍّ واحد
    [two] معنيَّين
    [few] { $rows } معنيين
    [many] { $rows } معنيًّا
   *[other] { $rows } معنيٍّ
  }

keep-title = الحفظ أو الطباعة
keep-nothing-stored = لا يُخزَّن شيء ولا يُرسَل. ولا يبقى إلا ما تطبعه أو تحفظه.
keep-print = طباعة أو حفظ بصيغة PDF
keep-format = الحفظ أو النسخ بصيغة
keep-hint = يمكن فتح الملف المحفوظ هنا من جديد وفيه إجاباتك.
keep-hint-all = الأحكام بشأن جميع المعنيين، في ملف واحد.
keep-json = القرار، للبرامج (JSON)
keep-markdown = القرار، للقراءة والحفظ (Markdown، بالإنجليزية)
keep-csv = القرار، في جدول (CSV، بالإنجليزية)
keep-dossier = الملف مع إجاباتك (Placet)
keep-dossier-json = الملف مع إجاباتك (JSON)
keep-save = حفظ الملف
keep-copy = نسخ النص
keep-saved = سُلِّم { $name } إلى متصفحك لحفظه. وإن لم يُحفظ شيء فانسخ النص بدلًا من ذلك.
keep-copied = نُسخ النص.
keep-copy-by-hand = النص أدناه محدَّد: انسخه بلوحة المفاتيح أو من القائمة.
keep-text = عرض النص

## errors

error-findings-title = لا يمكن استعمال هذا الملف كما هو
error-findings-text = { $count ->
    [zero] لم يُعثر على أخطاء.
    [one] عُثر على خطأ واحد، موصوف بالإنجليزية.
    [two] عُثر على خطأين، موصوفين بالإنجليزية.
    [few] عُثر على { $count } أخطاء، موصوفة بالإنجليزية.
    [many] عُثر على { $count } خطأً، موصوفة بالإنجليزية.
   *[other] عُثر على { $count } خطأ، موصوفة بالإنجليزية.
  }
error-findings-own = صحِّح ذلك واختر الملف من جديد.
error-findings-page = هذا الملف جزء من هذه الصفحة: على المسؤول عن الصفحة تصحيحه.
error-findings-place = { $file }، السطر { $line }، الحرف { $column }
error-findings-more = الأخطاء التي عُثر عليها (بالإنجليزية)
error-file-other = { $file } لا يمثل ملف حالة. افتح ملفًا محفوظًا من هنا، أو جدول CSV فيه العمودان id وtitle وأعمدة الوقائع.
error-file-decision = { $file } قرار وليس ملف حالة. افتح الملف المحفوظ معه.
error-recovered = حدث خطأ. وأُعيد تشغيل المحرك، وحُفظت إجاباتك.
error-blocked-title = لا يمكن أن يعمل هذا هنا
error-blocked-text = لا تسمح الصفحة أو المتصفح بتقنية WebAssembly اللازمة. ويمكن للمسؤول عن الصفحة السماح بها عبر 'wasm-unsafe-eval' في سياسة أمان المحتوى.
error-crashed-title = تعذَّر حساب ذلك
error-crashed-text = أخفق الحساب مرتين. إجاباتك محفوظة: ارجع وغيِّر آخر إجابة، أو حاول من جديد.
error-mistakes-title = لا يمكن استعمال السياسة
error-mistakes-text = في الملفات التي تعرضها هذه الصفحة أخطاء.
error-day-title = لا يمكن اتخاذ قرار لذلك اليوم
error-day-choose = اختيار يوم آخر
error-other-title = حدث خطأ
error-other-text = رسالة الخطأ (بالإنجليزية):
error-again = المحاولة من جديد
