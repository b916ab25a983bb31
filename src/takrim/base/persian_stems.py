"""Persian word forms that rules alone would get wrong: plurals and possessives of the nouns of this field.

A light stemmer that cuts every «ان», «ات» or «م» merges «تهران» with «تهر» and «مردم» with «مرد». Here an ending is cut
only from a word that this list knows, or by a pattern that has no other reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .persian_letters import ZWNJ, letters

# People: plural in «ان» (after ه: «گان»; after ا, و and ی: «یان»).
_PEOPLE: Final = """
مدیر کارگر کارمند کارفرما بازنشسته بازرس کارشناس شهروند متقاضی شاکی مسئول معاون وزیر استاندار فرماندار بخشدار دهیار
شهردار مشاور همکار دانشجو دانش‌آموز معلم پزشک بیمار کودک نوجوان جوان زن مرد مادر پدر فرزند همسر خواهر برادر دختر پسر
راننده نماینده نویسنده گیرنده فرستنده فروشنده خریدار پرستار داوطلب ناظر داور کاربر مستاجر مالک ساکن روستایی مددجو کارجو
بیمه‌شده مستمری‌بگیر حقوق‌بگیر بیکار معلول توان‌خواه جانباز ایثارگر آزاده شهید سالمند نیازمند محروم آسیب‌دیده
زیان‌دیده مددکار کارآموز کارورز استاد مربی کارآفرین تعاونگر سهامدار سرمایه‌گذار پیمانکار مجری متخلف مجرم متهم
خبرنگار مخاطب مهمان میهمان مسافر زائر سرپرست دبیر رابط ارزیاب جانشین کارپرداز حسابدار حسابرس سرباز کشاورز صنعتگر
هنرمند ورزشکار بازیکن شاگرد مغازه‌دار معترض دوست همسایه یتیم بازمانده رزمنده خواهان خوانده تولیدکننده مصرف‌کننده
مراجعه‌کننده اقدام‌کننده شرکت‌کننده درخواست‌کننده کارکن مشتری آقا فرهنگی
"""

# People: plural in «ین».
_PEOPLE_IN: Final = """
مسئول مراجع معلم متقاضی معترض مخاطب مشترک ساکن مالک مدرس محقق مهندس متخصص معلول مجروح مستخدم مامور حاضر غایب محصل
مستضعف شاغل بازرس معاون متهم متخلف محروم مسافر مؤلف مترجم مودی منتخب
"""

# Plural by adding «ات».
_ADD_AT: Final = """
اطلاع اقدام مشکل سؤال انتقاد پیشنهاد تخلف اعتراض نظر گزارش امکان تعهد توضیح تغییر اعتبار اشکال اختلاف اختیار
ارتباط استعلام اصلاح انتظار دستور تبلیغ تجهیز تعمیر تصمیم تضمین توافق خطر مقام محصول موضوع ابهام الزام امتیاز اشتباه
توجه تذکر تأکید تهدید انتصاب ترتیب تمایل تمرین تلاش تنظیم توهین سفارش اتهام اخطار ارجاع افتخار آزمایش تأسیس تخفیف
جریان احساس احتمال اشاره
"""

# Plural with «ات» in place of «ه».
_H_TO_AT: Final = """
اداره جلسه مصوبه مطالبه مکاتبه مراجعه معامله محاسبه مذاکره مصاحبه معاینه ملاحظه مناقصه معوقه قطعه طبقه صفحه نظریه نشریه
کلمه جمله ضایعه صدمه لطمه ضربه نمره دفعه مشاهده مداخله مشاجره مقدمه مباحثه منازعه مشخصه موسسه مسابقه لحظه
"""

# Plural with «ات» in place of «ت».
_T_TO_AT: Final = "شکایت خدمت خسارت عبارت جنایت عنایت حرکت صفت ساعت روایت حکایت زیارت حالت عادت"

# Things people call their own: «حقوقم», «درخواستمان», «کارفرمایم».
_OWN: Final = """
حقوق درخواست شکایت بیمه حساب پول وام مسکن شوهر همسر فرزند پدر مادر برادر خواهر پسر دختر کارفرما شرکت شغل مشکل سؤال نظر
پیشنهاد اعتراض جواب پاسخ قرارداد سند مدرک تلفن موبایل آدرس مزد دستمزد پاداش نوبت وضعیت پیامک حکم دادخواست وکیل درآمد
مدیر همکار طلب مطالبات معوقات مدارک اسناد سوابق مزایا کارگاه منزل ملک مغازه خدمت کار
"""

# Canonical = other forms: broken plurals, and words with several spellings.
_OTHERS: Final = """
قانون=قوانین امر=امور مدرک=مدارک سند=اسناد حکم=احکام مرکز=مراکز منطقه=مناطق دلیل=دلایل,ادله وظیفه=وظایف نتیجه=نتایج
منبع=منابع مورد=موارد شرط=شرایط,شروط ضابطه=ضوابط فرد=افراد عضو=اعضا,اعضای رأی=آرا,آرای مزیت=مزایا,مزایای
جریمه=جرایم وجه=وجوه مبلغ=مبالغ قسط=اقساط حادثه=حوادث رئیس=رؤسا,رؤسای وکیل=وکلا,وکلای وزیر=وزرا,وزرای
مدرسه=مدارس مسجد=مساجد تبعه=اتباع علت=علل نقص=نواقص,نقایص سابقه=سوابق رابطه=روابط مانع=موانع شغل=مشاغل
صنف=اصناف شخص=اشخاص مسئله=مسائل,مسأله هیأت=هیئت,هیئات دفتر=دفاتر لایحه=لوایح ماده=مواد عارضه=عوارض سؤال=سئوال
قاعده=قواعد هدف=اهداف خبر=اخبار فن=فنون شاهد=شهود مقررات=مقرره بانو=بانوان تجربه=تجربیات,تجارب
وسیله=وسایل ملک=املاک اصل=اصول فصل=فصول مرحله=مراحل عامل=عوامل رقم=ارقام مطلب=مطالب مرتبه=مراتب
مکان=اماکن تکلیف=تکالیف وارث=وراث,ورثه اسم=اسامی خاطره=خاطرات سهم=سهام اثر=آثار کتاب=کتب
خط=خطوط شهید=شهدا,شهدای فقیر=فقرا,فقرای جزء=اجزا,اجزای ساکن=سکنه کارکن=کارکنان
اتاق=اطاق بلیت=بلیط باتری=باطری زغال=ذغال امپراتور=امپراطور ذی‌نفع=ذینفع,ذینفعان,ذی‌نفعان تهران=طهران آن=آنها,آنهای
می‌خواهم=می‌خوام می‌خواهند=می‌خوان می‌شود=می‌شه نمی‌شود=نمی‌شه می‌دهند=می‌دن نمی‌دهند=نمی‌دن می‌دهد=می‌ده نمی‌دهد=نمی‌ده
دیگر=دیگه اگر=اگه برای=واسه خانه=خونه
"""

# Words that people also write in two, with a space: «کار فرما», «داد خواست».
_IN_TWO: Final = """
کارفرما کارگاه کارخانه کارگزینی کارآموزی کارمزد کارکرد کارشناسی پیمانکار دادخواست دادنامه دادگاه دادسرا دادرسی درآمد
درخواست دستمزد قرارداد بخشنامه آیین‌نامه صورتجلسه صورتحساب گواهینامه اظهارنامه بیمه‌نامه تفاهم‌نامه شناسنامه اساسنامه
نامه‌نگاری شهرداری استانداری فرمانداری بخشداری کاریابی بازرسی بازنشستگی رسیدگی پیگیری جستجو گفتگو پرداخت پیشنهاد
مددکاری سرپرستی خوابگاه آموزشگاه درمانگاه بیمارستان شهرستان دبیرخانه وزارتخانه فروشگاه نمایشگاه پالایشگاه نیروگاه
باشگاه دانشگاه رستوران سرمایه راه‌اندازی سپرده تعاونی کارپرداز سرکارگر کارآفرینی پیمانکاری کارفرمایی خودرو خودکار
"""
# Words that only look as if they ended in «ها».
_WHOLE: Final = frozenset(("انتها", "انتهای", "انتهایی", "اشتها", "اشتهای", "منتها", "منتهای", "منتهایی", "بینهایت"))
# Words that a generated form would take away from their own meaning.
_TAKEN: Final = frozenset(
    letters(word) for word in ("مردم", "خانم", "کارت", "شهرت", "پیمان", "درمان", "سازمان", "آرایش", "کتبی")
)

_ATTACHED_PLURAL: Final = re.compile("(.{3,})ها(?:ی(?:ی|م|ت|ش|مان|تان|شان)?|ش|مون|تون|شون)?")
# «کارگران», «نیازمندان», «سرمایه‌گذاران»: agents, whatever the noun before.
_AGENTS: Final = re.compile(
    "(.{2,}(?:گر|مند|وند|کار|دار)|.*(?:پذیر|گذار|ساز|اموز|بگیر|نشین|شناس|نویس|فروش|افرین|پرداز|پرور))ان"
)
# «بازنشستگان», «شرکت‌کنندگان»: participles that end in ه. At least «شدگان» long, so that «رایگان» and «ارگان» stay.
_PARTICIPLES: Final = re.compile("(.*(?:کنند|شوند|یافت|دید|شد|دهند|گیرند|نشست|ماند|دارند|آموخت|خواند|زد|رفت|سازند))گان")
# «شرکتی», «دولتی», but not «دوستی» or «سرپرستی».
_ADJECTIVE: Final = re.compile("(.{2,}[^سش]ت)ی")


def _words(text: str) -> list[str]:
    return letters(text).replace(ZWNJ, "").split()


def _plurals() -> Iterator[tuple[str, str]]:
    for noun in _words(_PEOPLE):
        if noun.endswith("ه"):
            yield f"{noun[:-1]}گان", noun
        else:
            yield f"{noun}{'ی' if noun[-1] in 'او' else ''}ان", noun
    for noun in _words(_PEOPLE_IN):
        yield f"{noun}ین", noun
    for noun in _words(_ADD_AT):
        yield f"{noun}ات", noun
    for noun in (*_words(_H_TO_AT), *_words(_T_TO_AT)):
        yield f"{noun[:-1]}ات", noun
    for line in letters(_OTHERS).replace(ZWNJ, "").split():
        noun, others = line.split("=")
        for other in others.split(","):
            yield other, noun


def _forms() -> dict[str, str]:
    plurals = dict(_plurals())
    forms = dict(plurals)
    owned = {noun: plurals.get(noun, noun) for noun in _words(_OWN)} | plurals
    for word, noun in owned.items():
        joint = "ی" if word[-1] in "او" else ""
        if word.endswith("ه"):
            continue
        for ending in ("م", "ش", "مان", "تان", "شان", *(("ی",) if word in plurals or joint else ())):
            # After ا and و the joint is itself the «ی» of «کارفرمای».
            forms.setdefault(f"{word}{joint if ending != 'ی' else ''}{ending}", noun)
    return {form: noun for form, noun in forms.items() if form not in _TAKEN}


FORMS: Final = _forms()
# Two words in a row that make one of these are also that one.
COMPOUNDS: Final = frozenset(
    word
    for word in {*FORMS, *_words(_PEOPLE), *_words(_PEOPLE_IN), *_words(_IN_TWO)}
    if len(word) > 4 and word != "کاربر"  # shorter ones are made by chance, and «کار بر اساس» is no user
)


def stem(word: str) -> str:
    """The one form under which a folded word without half-spaces is indexed: its singular where that is certain."""
    known = FORMS.get(word)
    if known is not None:
        return known
    if word not in _WHOLE and (plural := _ATTACHED_PLURAL.fullmatch(word)):
        return stem(plural[1])
    if agents := _AGENTS.fullmatch(word):
        return agents[1]
    if participle := _PARTICIPLES.fullmatch(word):
        return f"{participle[1]}ه"
    if (adjective := _ADJECTIVE.fullmatch(word)) and len(adjective[1]) > 3:
        return adjective[1]
    return word
