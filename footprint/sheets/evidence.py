"""How likely a text is in a language, by its characters: which of several decodings is right.

Nearly any bytes decode as GB 18030 or Windows-1252, so that a decoding works says little. Each
model gives the characters of its encoding a probability by class (the common characters of lists
of parts, the others of the first level of the standard, kana or Hangul, signs, the rest), and
the sum of the logarithms is the evidence. Classes are the rows of the standards: GB/T 2312,
Big5, JIS X 0208, KS X 1001. The shares were set by hand, from lists of parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from math import log

from footprint.late_pattern import late_pattern
from footprint.sheets.alphabets import cyrillic, thai

#: A character of ASCII, the same under every encoding; it weighs where one encoding takes it for
#: the second byte of a character.
_ASCII = log(1 / 60)

#: What a character costs that stands where it never does in the language.
_OUT_OF_PLACE = log(0.001)
#: What a known word is worth: a hundred to one.
_KNOWN_WORD = log(100)
#: One character of another script within a word in lower case: 痠 for µm, 鋘 for äng.
_LONE_IN_WORD = late_pattern("(?<![^\x00-\x7f])[^\x00-\x7f](?=[a-z])")
_RARE = log(0.05)
_LONE_KANA = late_pattern("(?<![\uff61-\uff9f])[\uff61-\uff9f](?![\uff61-\uff9f])")

_HANS = frozenset(
    "名称规格数量单位材料重备注序号编码物件零部图型总净毛用级层父子产品项目表制核准日期版本页共第螺丝钉母栓垫"
    "片圈钢铁塑胶铝铜板线电阻容感器芯插座开关外壳盖底上下左右内前后面轴承齿轮弹簧管棒带膜纸箱盒袋标签包装布料"
    "色黑白红蓝绿黄尺寸长宽高厚直径个只套台件张卷米千克吨升对条根块不锈热冷轧注塑喷涂镀锌损耗率工序供应商国产"
    "一二三四五六七八九十的和为有无是合计小大中头体身扇灯机车床柜门脚架木漆油水剂泡沫棉丝绳扣拉链纽里衬主板路"
)
_HANT = frozenset(
    "名稱規格數量單位材料重備註序號編碼物件零部圖型總淨毛用級層父子產品項目表製核准日期版本頁共第螺絲釘母栓墊"
    "片圈鋼鐵塑膠鋁銅板線電阻容感器晶插座開關外殼蓋底上下左右內前後面軸承齒輪彈簧管棒帶膜紙箱盒袋標籤包裝布料"
    "色黑白紅藍綠黃尺寸長寬高厚直徑個隻套台件張卷米千克噸升對條根塊不鏽熱冷軋注射噴塗鍍鋅損耗率工序供應商國產"
    "一二三四五六七八九十的和為有無是合計小大中頭體身扇燈機車床櫃門腳架木漆油水劑泡沫棉絲繩扣拉鏈鈕裡襯主板路"
)
_KANJI = frozenset(
    "部品表名番号数量員単位材質料備考重規格型式図面個枚本式台組質寸法長幅高厚径外内上下左右前後板鋼鉄銅樹脂成"
    "形加工処理表色黒白赤青緑黄電源線基回路抵抗容器端子座金具軸受歯車箱袋紙包装合計日付承認作年月行社製造仕様使用"
)
_HANGUL = frozenset(
    "품명번호수량단위규격재질비고부자재중무게도면코드합계소총개제조사원가공처리색상흑백적청녹황길이폭높두께직경외내"
    "나볼트너와셔강판철동알루미늄플라스틱고전선케이블기저항커넥터콘덴서스위치모터하우징덮받침축베어링기박포장지라벨"
    "상하좌우전후본체조립세대일월년작성승인및의는은을를에용한아연도금표제차"
)
_SIGNS = frozenset("，。；：（）、·℃×±Φφ％＃－～＋／＊「」『』【】《》“”‘’…—°′″㎡㎜㎏Ωμ　・〜")

#: The letters beyond ASCII of a language by their share among these (percent, rounded, from the
#: letter frequencies that are common knowledge for each language).
_LANGUAGES = {
    "cp1252": (
        "ü35 ä30 ö17 ß16",
        "é50 è14 à13 ê6 ç3 â3 î3 ô2 û2 ù2 ë1 ï1 œ1",
        "ó27 í24 á17 é14 ñ10 ú6 ü1",
        "à32 è32 ù12 ò10 ì9 é5",
        "ã20 ç18 á15 é12 ê8 õ8 í8 ó6 â3 ú3 à3 ô2",
        "ä40 å30 ö28 é1",
        "ø35 å35 æ28 é1",
    ),
    "cp1250": (
        "ł25 ę15 ą14 ó12 ż12 ś10 ć6 ń3 ź1",
        "í22 á17 ě12 é10 ř9 ý8 č7 ž7 š6 ů4 ú2 ň1 ó1 ď1 ť1",
        "á16 č10 í10 ž10 ý9 é8 š8 ú8 ť5 ľ4 ď2 ň2 ó2 ô2",
        "á30 é27 ó9 ö9 ő8 í4 ü4 ú3 ű2",
        "ă35 ş20 ţ20 î15 â8",
        "č25 š25 ž20 ć18 đ5",
        "ü35 ä30 ö17 ß16",
    ),
    "cp1254": ("ı42 ü16 ş15 ç10 ğ9 ö7 İ1",),
}
_SHARES = {
    encoding: [
        {entry[0]: float(entry[1:]) / 100 for entry in letters.split()} for letters in languages
    ]
    for encoding, languages in _LANGUAGES.items()
}
#: Parts of words that lists of parts have, with letters that the other encoding reads otherwise.
#: One of them is worth more than the shares of its letters.
_WORDS = {
    "cp1252": re.compile(
        "nº|µ[mAFHsg]\\b|ière|yère|størrelse|pièce|mètre|arrière|crème|tôle|boîte|côté|fenêtre|tête|bâti|châssis|câble|"
        "ità\\b|più|può|tamañ|pequeñ|diseñ|caña|paño|muñ|señal|ação|ções|ção|não|peã|mão|"
        "vægt|benævn|længde|mængde|højde|dæks|skær|bøj|rør|hø|før|på\\b|år\\b|måtte|stål|plåt|skåp|låg|lås",
        re.IGNORECASE,
    ),
    "cp1250": re.compile(
        "ość|ści\\b|dług|śrub|łoż|łącz|częś|nakręt|podkład|spręż|średn|pręt|wałek|wał\\b|płyt|"
        "materiał|stała|biały|żół|ciężar|głów|koło|tuleja|šroub|podlož|souč|množ|šíř|tlouš|délk|"
        "těsn|kryt\\b|pruž|držák|skrut|súčia|hrúb|dĺž|mű|tű|lő|nő|őr|vijak|podložk|količ|težin|širin",
        re.IGNORECASE,
    ),
    "cp1254": re.compile(
        "adı\\b|sıra|sayı|lığ|lık\\b|ağı|ığı|yağ|bağ|kağ|ışık|dış|kalın|kapağ|parça|açıkla|ağır|naylonı|"
        "alış|satış|çıt|vidası|başl|taş|şase|şişe|kumaş|düğme|ölçü|genişli|yüzey|birleş|iş\\b",
        re.IGNORECASE,
    ),
}
#: Signs that stand between letters in no language: they follow a unit or a number, or lead one.
_LATIN_SIGNS = frozenset("²³¹½¼¾°µ×±€§®™·•–—…„“”‘’«»º¿¡£¤©¬¦¨´¸˛˝˙ˇ\xa0\xad")
_USUAL_SIGNS = frozenset("²³°µ×±½€")


def _lead(char: str, codec: str) -> int:
    encoded = char.encode(codec)
    return encoded[0] if len(encoded) == 2 else 0


def _gb18030(char: str) -> float:
    lead = _lead(char, "gb18030")
    trail_ok = len(encoded := char.encode("gb18030")) == 2 and encoded[1] >= 0xA1
    if not trail_ok:
        return 0.003 / 20_000
    if 0xB0 <= lead <= 0xC8:
        return 0.25 / 2350
    if 0xC9 <= lead <= 0xD7:
        return 0.21 / 1405
    if 0xD8 <= lead <= 0xF7:
        return 0.03 / 3008
    return 0.003 / 500


def _big5(char: str) -> float:
    lead = _lead(char, "cp950")
    if 0xA4 <= lead <= 0xC6:
        return 0.46 / 5401
    return 0.03 / 7652 if lead >= 0xC9 else 0.003 / 500


def _shift_jis(char: str) -> float:
    if "\u3041" <= char <= "\u30fe":
        return 0.4 / 180
    lead = _lead(char, "cp932")
    if 0x88 <= lead <= 0x97:
        return 0.22 / 2900
    if "\uff61" <= char <= "\uff9f":
        return 0.03 / 63
    if lead == 0x82:  # full-width letters and digits
        return 0.05 / 62
    return 0.02 / 3400 if 0x98 <= lead <= 0xEA else 0.003 / 1000


def _euc_kr(char: str) -> float:
    encoded = char.encode("cp949")
    if len(encoded) < 2 or encoded[1] < 0xA1:
        return 0.003 / 9000
    if 0xB0 <= encoded[0] <= 0xC8:
        return 0.45 / 2350
    return 0.01 / 4888 if encoded[0] >= 0xCA else 0.003 / 900


#: Encoding: its common characters, and the probability of all others.
_EAST: dict[str, tuple[frozenset[str], Callable[[str], float]]] = {
    "gb18030": (_HANS, _gb18030),
    "big5": (_HANT, _big5),
    "shift_jis": (_KANJI, _shift_jis),
    "euc_kr": (_HANGUL, _euc_kr),
}
#: Python's codecs for them: with the additions of Windows, that files really have.
CODECS = {
    "gb18030": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "cp1252": "cp1252",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "cp1254": "cp1254",
    "cp874": "cp874",
}
_ALPHABETS: dict[str, Callable[[str], float]] = {"cp1251": cyrillic, "cp874": thai}


def evidence(text: str, encoding: str) -> float:
    """The logarithm of how likely the text is if the encoding is right (higher is likelier)."""
    if encoding in _SHARES:
        words = {found.lower() for found in _WORDS[encoding].findall(text)}
        prior = 1.0 if encoding == "cp1252" else 0.0
        return _latin(text, _SHARES[encoding]) + prior + _KNOWN_WORD * min(len(words), 3)
    if encoding in _ALPHABETS:
        return _ALPHABETS[encoding](text)
    common, others = _EAST[encoding]
    total = 0.0
    for char, count in Counter(text).items():
        if char.isascii():
            total += _ASCII * count
        elif char in common:
            total += log(0.45 / len(common)) * count
        elif char in _SIGNS:
            total += log(0.05 / len(_SIGNS)) * count
        else:
            total += log(others(char)) * count
    # A half-width kana by itself is what another encoding's ² or Ø looks like in Shift-JIS.
    total += len(_LONE_KANA.findall(text)) * _OUT_OF_PLACE
    return total + len(_LONE_IN_WORD.findall(text)) * _RARE


def _latin(text: str, languages: list[dict[str, float]]) -> float:
    total = 0.0
    letters: Counter[str] = Counter()
    padded = f" {text} "
    for before, char, after in zip(padded, padded[1:], padded[2:], strict=False):
        if char.isascii():
            total += _ASCII
        elif char in _LATIN_SIGNS:
            share = 0.10 / len(_USUAL_SIGNS) if char in _USUAL_SIGNS else 0.04 / len(_LATIN_SIGNS)
            total += log(share) + _sign_in_place(before, char, after)
        else:
            letters[char] += 1
            total += _letter_in_place(before, char, after)
    # A list is mostly in one language: letters of two are no better than the likelier one.
    return total + max(_in_language(letters, shares) for shares in languages)


def _in_language(letters: Counter[str], shares: dict[str, float]) -> float:
    total = 0.0
    for char, count in letters.items():
        share = shares.get(char) or 0.2 * shares.get(char.lower(), 0.0)
        total += log(0.83 * share + 0.02 / 120) * count
    return total


def _sign_in_place(before: str, char: str, after: str) -> float:
    if char in "²³¹":
        # m², cm³, mm²: behind a letter m or an inch or foot, and no letter behind it.
        fits = before in "mtnh" and not after.isalpha()
    elif char in "˛˝˙ˇ¸´¨":
        fits = False
    else:
        fits = not (before.isalpha() and after.isalpha())
    return 0.0 if fits else _OUT_OF_PLACE


def _letter_in_place(before: str, char: str, after: str) -> float:
    if char in "Øø" and (after.isdigit() or after == " " or not before.isalpha()):
        return 0.0  # the sign for a diameter
    if before.isdigit() or after.isdigit():
        return _OUT_OF_PLACE
    if char in "ńćśź" and after in "aeiouyąęó":
        return _OUT_OF_PLACE  # Polish writes ni, ci, si, zi there
    if before + char in {"mł", "Nş", "nş"} and not after.isalpha():
        return _OUT_OF_PLACE  # m³, Nº
    if char.isupper() and before.islower():
        return _OUT_OF_PLACE
    foreign = (not before.isascii()) + (not after.isascii())
    return foreign * log(0.15)
