"""The encoding of a text is told by its characters, and asked for where they do not tell."""

from __future__ import annotations

import pytest
from evidence import some

from footprint.faults import InputRefused
from footprint.sheets.open import open_book

#: Lists of parts as they are written, by the encoding that programs of the country save in.
LISTS = {
    "gb18030": "序号,零件名称,材质,数量,单重(g)\n1,筒身,6061铝合金,1,62\n2,密封圈,硅橡胶,2,0.8\n",
    "big5": "序號,零件名稱,材質,數量,單重(g)\n1,筒身,6061鋁合金,1,62\n2,密封圈,矽橡膠,2,0.8\n",
    "shift_jis": "番号,部品名,材質,員数,質量(g)\n1,ベース板,SPCC,1,820\n2,六角ボルト,鋼,4,6.1\n",
    "euc_kr": "번호,품명,재질,수량,중량(g)\n1,하우징 상부,ABS 수지,1,62\n2,볼트 M3,강철,4,0.8\n",
    "cp1252": "Pos;Bezeichnung;Länge;Stück;Gewicht g/m²\n1;Gehäuse groß;12;2;300\n2;Füße;5;4;1\n",
    "cp1251": "Поз;Наименование;Кол.;Ед. изм.;Масса, кг\n1;Корпус;1;шт;2,5\n2;Болт М8х20;8;шт;1\n",
    "cp1254": "Sıra;Malzeme Adı;Miktar;Birim\n1;Çelik sac;2,5;kg\n2;Yağ keçesi;8;adet\n3;Kapağı\n",
    "cp874": "ลำดับ,รายการ,จำนวน,หน่วย\n1,ขวดพลาสติก,1,ชิ้น\n2,ฝาขวด,1,ชิ้น\n",
    "cp1250": "Lp;Nazwa części;Ilość;Długość;Materiał\n1;Śruba sześciokątna;4;20\n2;Łożysko;2\n",
}
FRENCH = (
    "Repère;Désignation;Quantité;Matière\n1;Boîtier supérieur;1;Polycarbonate\n2;Écrou;4;Acier\n"
)
SPANISH = "Nº;Descripción;Cantidad;Tamaño\n1;Tornillo cabeza pequeña;4;M3\n2;Carcasa;1;M4\n"
DANISH = "Nr;Betegnelse;Mængde;Længde\n1;Bøjle Ø12;2;40\n2;Skærm på fod;1;5\n"
#: Single words of a language in a list that is plain ASCII otherwise.
WORDS = {
    "cp1252": "Pequeña Matière Pièce Quantità Più Câble Fenêtre Fixação Størrelse Bøjle Stål Größe "
    "Nº Länge Höhe Maß Tuyère Caña Qualité Révision Tête Ø8 m² cm³ 20° ±0.1 ½ µm",
    "cp1251": "Болт Гайка Шайба Корпус Крышка Количество Кол. шт Материал Сталь Прокладка",
    "cp1254": "Vidası Kapağı Ağırlık Dış Açıklama Işık Yağ Kumaş Adı",
    "cp1250": "Ilość Długość Śruba Łożysko Materiał Pręt Wał Szerokość Sprężyna Płyta Žiarovka "
    "Šroub Množství Tloušťka Őrlő Hűtő",
}
#: One character of other than ASCII in the whole file.
SHORT = {
    "cp1252": ["Part,Size\nPipe,Ø12\n", "Part,kg/m³\nFoam,30\n", "Part,Area m²\nFilm,2\n"],
    "shift_jis": ["Name,数量\nbolt,4\n", "ﾈｼﾞ,4\nﾅｯﾄ,4\nﾜｯｼｬ,8\nﾎﾞﾙﾄ,2\n"],
    "gb18030": ["Name,数量\nbolt,4\n", "part,单位\nbolt,个\n"],
    "euc_kr": ["Name,수량\nbolt,4\n", "part,단위\nbolt,개\n"],
}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *LISTS.items(),
        *[("cp1252", text) for text in (FRENCH, SPANISH, DANISH)],
        *[(encoding, text) for encoding, texts in SHORT.items() for text in texts],
    ],
)
def test_a_list_is_read_in_the_encoding_that_it_was_written_in(encoding: str, text: str) -> None:
    codec = "cp932" if encoding == "shift_jis" else encoding
    book = open_book(text.encode(codec), "list.csv")
    lines = [line.split(book.delimiter) for line in text.splitlines()]
    assert book.sheets[0].rows == [tuple(cells) for cells in lines]
    assert book.quirks == ("encoding_guessed",)


@pytest.mark.parametrize(
    ("encoding", "word"),
    [(encoding, word) for encoding, words in WORDS.items() for word in words.split()],
)
def test_a_word_in_plain_text_is_enough_to_tell_the_encoding(encoding: str, word: str) -> None:
    data = f"no;part;qty\n1;{word};4\n2;bolt;2\n".encode(encoding)
    assert open_book(data, "list.csv").sheets[0].rows[1] == ("1", word, "4")


@pytest.mark.parametrize(("encoding", "text"), LISTS.items())
def test_one_cell_of_a_list_alone_is_read_right_or_asked_about(encoding: str, text: str) -> None:
    codec = "cp932" if encoding == "shift_jis" else encoding
    for cell in some(
        {cell for line in text.splitlines() for cell in line.replace(";", ",").split(",")}
    ):
        try:
            book = open_book(f"no,part\n1,{cell}\n2,bolt\n".encode(codec), "list.csv")
        except InputRefused:
            continue
        assert book.sheets[0].rows[1] == (("1", cell) if cell else ("1",))


@pytest.mark.parametrize("text", [*LISTS.values(), FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_never_guessed(encoding: str, text: str) -> None:
    book = open_book(text.encode(encoding), "list.csv")
    assert book.sheets[0].rows[0] == tuple(text.splitlines()[0].split(book.delimiter))
    assert book.quirks == ()


def test_what_two_encodings_read_equally_well_is_asked_for_with_both_readings() -> None:
    with pytest.raises(InputRefused) as refused:
        open_book(b"part,n\n\xb0\xa2\xb0\xa3,4\n", "list.csv")
    [problem] = refused.value.problems
    assert problem.code == "BOM-002"
    assert problem.where.row == 2
    assert " or " in problem.message


def test_damaged_utf8_is_no_other_encoding() -> None:
    lines = LISTS["gb18030"].encode().splitlines(keepends=True)
    with pytest.raises(InputRefused) as refused:
        open_book(b"".join([*lines[:2], b"\xff", *lines[2:]]), "list.csv")
    assert refused.value.problems[0].code == "BOM-002"
    assert refused.value.problems[0].where.row == 3


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        open_book(bytes(range(256)) * 4, "list.csv")
    assert refused.value.problems[0].code == "BOM-002"
