"""Views whose labels the tests look at: real names of a product in each language, and long ones."""

from __future__ import annotations

from typing import Any

import certificate_samples as samples

from footprint.certificates import CertificateView, build_view
from label_templates.words import LANGUAGES, Language

#: Name of a product and of its maker as their readers write them.
NAMES: dict[Language, tuple[str, str]] = {
    "en": ("Stainless steel vacuum bottle 750 ml", "Example Bottles Ltd"),
    "zh": ("不锈钢真空保温壶 750 毫升", "示例水壶有限公司"),
    "zh-Hant": ("不鏽鋼真空保溫瓶 750 毫升", "範例水壺股份有限公司"),
    "ja": ("ステンレス製真空断熱ボトル 750 ml", "例示ボトル株式会社"),
    "ko": ("스테인리스 진공 보온병 750 ml", "예시보틀 주식회사"),
    "th": ("ขวดน้ำสุญญากาศสเตนเลส 750 มล.", "บริษัท ตัวอย่างขวดน้ำ จำกัด"),
    "de": ("Edelstahl-Isolierflasche 750 ml", "Müßiggang & Söhne GmbH"),
    "fr": ("Bouteille isotherme « Été » 750 ml", "Société d’Œuvres Exemplaires"),
}
#: 300 letters without a blank, in each script.
LONG: dict[Language, str] = {
    "en": "Insulatedbottle" * 20,
    "zh": "超级耐用真空保温不锈钢水壶" * 24,
    "zh-Hant": "超級耐用真空保溫不鏽鋼水壺" * 24,
    "ja": "真空断熱ステンレスボトル" * 25,
    "ko": "진공단열스테인리스보온병" * 25,
    "th": "ขวดน้ำสเตนเลสสุญญากาศเก็บความเย็น" * 9,
    "de": "Donaudampfschifffahrtsisolierflasche" * 9,
    "fr": "Bouteilleisothermeinoxydableécologique" * 8,
}


def named(name: str, company: str, language: Language, **fields: Any) -> CertificateView:
    """The sample with one name in the place where readers of `language` are shown it."""
    chinese = language.startswith("zh")
    product = {
        "name": name,
        "name_zh": name if chinese else "",
        "company": company,
        "company_zh": company if chinese else "",
    }
    return samples.view(product=product, **fields)


def tiered(tier: str, language: Language) -> CertificateView:
    """The sample in a tier, with real names in a language."""
    name, company = NAMES[language]
    chinese = language.startswith("zh")
    footprint = samples.footprint_document(
        name=name,
        name_zh=name if chinese else "",
        company=company,
        company_zh=company if chinese else "",
    )
    return build_view(
        footprint, samples.decision_document(**samples.claimed(tier)), samples.issuance()
    )


def long_named(language: Language) -> CertificateView:
    """The sample with every name as long as it may come."""
    text = LONG[language][:300]
    return named(
        text,
        text,
        language,
        issuer_name=text,
        issuer_name_zh="",
        self_declared=False,
        verifier=text,
    )


assert set(NAMES) == set(LONG) == set(LANGUAGES)
