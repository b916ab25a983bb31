"""An example with every part that minutes can have: a template is tried on it before it is taken into use."""

from __future__ import annotations

from typing import Any

_PERSON = {
    "place": "۱",
    "name": "نام نمونه",
    "title": "سمت نمونه",
    "organisation": "دستگاه نمونه",
    "role": "عضو",
    "note": "به‌جای عضو دیگر",
}
_DECISION: dict[str, Any] = {
    "place": "۱",
    "text": "متن نمونهٔ مصوبه",
    "doers": "ادارهٔ نمونه",
    "due": "۱ دی ۱۴۰۵",
    "proof": "گزارش با مستندات",
    "rights": "",
    "adopted": True,
    "vote": "۳ موافق، ۱ مخالف، ۰ ممتنع: تصویب شد",
    "said": [{"name": "نام نمونه", "choice": "موافق"}],
    "dissent": [{"name": "نام نمونه", "text": "نظر مخالف"}],
}
EXAMPLE: dict[str, Any] = {
    "office": "ادارهٔ نمونه",
    "above": ["وزارت تعاون، کار و رفاه اجتماعی"],
    "address": "نشانی نمونه",
    "telephone": "۰۲۶",
    "date": "۳ آذر ۱۴۰۵",
    "issued": True,
    "fingerprint": "0000 0000 0000 0000",
    "verify": "https://example.ir/verify/",
    "unsigned_why": "",
    "number": "۱/ص/۱۴۰۵",
    "body": "کمیتهٔ نمونه",
    "meeting": "۱",
    "title": "",
    "day": "۳ آذر ۱۴۰۵",
    "opened": "۱۰:۰۰",
    "closed": "۱۱:۳۰",
    "quorum": "",
    "present": [_PERSON],
    "absent": [_PERSON],
    "items": [
        {
            "place": "۱",
            "title": "دستور نمونه",
            "by": "نام نمونه",
            "summary": "خلاصهٔ مذاکرات",
            "carried": "",
            "decisions": [_DECISION],
        }
    ],
    "decisions": [_DECISION],
    "closing": "",
    "signatures": [{"place": "۱", "name": "نام نمونه", "title": "سمت نمونه", "signed": "امضا شد"}],
    "errata": [{"place": "۱", "day": "۵ آذر ۱۴۰۵", "wrong": "الف", "right": "ب", "why": "خطا", "name": "نام نمونه"}],
}
