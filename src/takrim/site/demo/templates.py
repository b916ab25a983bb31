"""Templates of answers that the offices of the demonstration keep, and the letterheads of some."""

from __future__ import annotations

from datetime import datetime

from takrim.cases.actions_paper import set_letterhead
from takrim.cases.actions_templates import TemplateWords, keep_template
from takrim.orgs.powers import Power
from takrim.site.demo.staff import Staff

_WORDS = (
    TemplateWords(
        title="وصول معوقات مزدی پس از بازرسی",
        kind="complaint",
        outcome="upheld",
        text="{نام متقاضی} گرامی\n\nدرباره «{موضوع}» که در {تاریخ ثبت} ثبت کردید، بازرس کار از {کارگاه} بازدید کرد و "
        "روشن شد که {یافته}. کارفرما پذیرفت تا {تاریخ} مبلغ {مبلغ} را به حساب شما واریز کند.",
        reason="صورت‌جلسه بازرسی به شماره {شماره} نشان می‌دهد که {یافته}.",
        legal_ground="مواد ۳۷ و ۱۴۸ قانون کار",
        next_step="حساب خود را پس از {تاریخ} ببینید. اگر واریز نشده بود، با کد رهگیری {کد رهگیری} به ما خبر دهید تا "
        "پرونده به هیأت تشخیص برود.",
    ),
    TemplateWords(
        title="راهنمایی به هیأت تشخیص",
        kind="complaint",
        outcome="guided",
        text="{نام متقاضی} گرامی\n\nاختلاف شما با {کارگاه} درباره «{موضوع}» را باید هیأت تشخیص رسیدگی کند. دادخواست را "
        "در سامانه جامع روابط کار (prkar.mcls.gov.ir) ثبت کنید؛ مدارک لازم: {یافته}.",
        reason="رسیدگی به اختلاف فردی کارگر و کارفرما بر عهده هیأت تشخیص است و اداره نمی‌تواند خود رأی دهد.",
        legal_ground="ماده ۱۵۷ قانون کار",
        next_step="پس از ثبت دادخواست، {اداره} در نشانی {نشانی} برای تکمیل مدارک در خدمت شماست.",
    ),
    TemplateWords(
        title="برقراری مقرری بیمه بیکاری",
        kind="request",
        outcome="served",
        text="{نام متقاضی} گرامی\n\nدرخواست شما به کد رهگیری {کد رهگیری} بررسی شد و مقرری بیمه بیکاری از {تاریخ} "
        "به مبلغ ماهانه {مبلغ} برقرار شد.",
        reason="سابقه پرداخت حق بیمه و غیرارادی بودن بیکاری با نامه شماره {شماره} تأیید شد.",
        legal_ground="مواد ۲ و ۶ قانون بیمه بیکاری",
        next_step="هر ماه در سامانه حضور خود را اعلام کنید. اگر مبلغ را نمی‌پذیرید، تا {مهلت اعتراض} روز اعتراض کنید.",
    ),
    TemplateWords(
        title="نپذیرفتن درخواست به سبب کمبود سابقه",
        kind="request",
        outcome="denied",
        text="{نام متقاضی} گرامی\n\nدرخواست شما درباره «{موضوع}» بررسی شد. {یافته}؛ از این رو با آن موافقت نشد.",
        reason="سابقه ثبت‌شده تا {تاریخ} کمتر از حد نصاب قانونی است: {یافته}.",
        legal_ground="ماده ۶ قانون بیمه بیکاری",
        next_step="اگر سابقه‌ای دارید که ثبت نشده است، مدارک آن را تا {مهلت اعتراض} روز با اعتراض خود بفرستید.",
    ),
)
_LETTERHEADS = {
    "ir/alborz/": ("کرج، میدان استاندارد، بلوار تعاون", "026-32800000"),
    "ir/alborz/nazarabad/": ("نظرآباد، بلوار آزادی، پلاک ۱۲", "026-45330000"),
    "ir/qom/": ("قم، بلوار شهید بهشتی، پلاک ۸۰", "025-37700000"),
}


def keep_words(staff: Staff, now: datetime) -> None:
    """Each directorate that works here keeps the same few; some offices have entered where they are."""
    for path in sorted(staff.seats):
        by = next((one for one in staff.actors.values() if one.unit_path == path and one.may(Power.ANSWERS_EDIT)), None)
        if by is None:
            continue
        if path.count("/") == 2:
            for words in _WORDS:
                keep_template(unit_path=path, words=words, by=by, now=now)
        if path in _LETTERHEADS:
            address, telephone = _LETTERHEADS[path]
            set_letterhead(unit_path=path, address=address, telephone=telephone, by=by, now=now)
