"""Lists in Portuguese, Turkish, Russian, Thai, Indonesian, Dutch, Czech and Swedish."""

from __future__ import annotations

import pytest
from reading_kit import lines, means, read, skipped

_LISTS = {
    "pt": "Item;Descrição;Composição;Qtde;Unid.;Peso unitário (g);Perda (%)\n"
    "1;Tampa;Polipropileno;2;peças;4,5;3\n2;Corpo;Aço inox;1;un;80,5;0\nTotal geral;;;3;;;\n",
    "tr": "Sıra No;Malzeme Adı;Malzeme cinsi;Miktar;Birim;Birim Ağırlık (g);Fire %\n"
    "1;Kapak;Polipropilen;2;adet;4,5;3\n2;Gövde;Paslanmaz çelik;1;AD;80,5;0\nTOPLAM;;;3;;;\n",
    "ru": "№ п/п;Наименование;Материал;Кол-во;Ед. изм.;Масса ед., г;Потери, %\n"
    "1;Крышка;Полипропилен;2;шт.;4,5;3\n2;Корпус;Сталь;1;шт;80,5;0\nИтого;;;3;;;\n",
    "th": "ลำดับ;รายการ;วัสดุ;จำนวน;หน่วย;น้ำหนักต่อชิ้น (กรัม);สูญเสีย (%)\n"
    "1;ฝา;PP;2;ชิ้น;4,5;3\n2;ตัวถัง;เหล็ก;1;ตัว;80,5;0\nรวม;;;3;;;\n",
    "id": "No;Nama Bahan;Jenis Bahan;Kebutuhan;Satuan;Berat satuan (g);Susut (%)\n"
    "1;Tutup;PP;2;buah;4,5;3\n2;Badan;Baja;1;bh;80,5;0\nJumlah;;;3;;;\n",
    "nl": "Volgnummer;Omschrijving;Materiaal;Aantal;Eenheid;Stukgewicht (g);Uitval (%)\n"
    "1;Deksel;PP;2;stuks;4,5;3\n2;Romp;Staal;1;stuk;80,5;0\nTotaal;;;3;;;\n",
    "cs": "Pozice;Název dílu;Materiál;Počet;Jednotka;Hmotnost kusu (g);Odpad (%)\n"
    "1;Víčko;PP;2;ks;4,5;3\n2;Tělo;Ocel;1;kus;80,5;0\nCelkem;;;3;;;\n",
    "sv": "Rad;Benämning;Material;Antal;Enhet;Styckvikt (g);Spill (%)\n"
    "1;Lock;PP;2;styck;4,5;3\n2;Kropp;Stål;1;st;80,5;0\nSumma;;;3;;;\n",
}


@pytest.mark.parametrize("language", _LISTS)
def test_a_list_is_read_in_its_language(language: str) -> None:
    reading = read(_LISTS[language])
    assert list(means(reading).values()) == [
        "line_no", "name", "material", "quantity", "unit", "unit_mass", "loss",
    ]  # fmt: skip
    assert [line.quantity for line in reading.lines] == [2.0, 1.0]
    assert {line.unit for line in reading.lines} == {"piece"}
    assert reading.total_mass_kg == pytest.approx(0.0895)
    assert reading.lines[0].loss == pytest.approx(0.03)
    assert skipped(reading) == {4: "total"}


def test_words_of_one_language_are_not_found_inside_those_of_another() -> None:
    head = "Item,Name,Quantity,Unit,Fire class,En standard,Not used\n"
    reading = read(f"{head}1,Panel,2,pcs,B2,EN 1,7\n2,Frame,1,pcs,A1,EN 2,8\n")
    found = means(reading)
    assert found["Fire class"] not in {"loss", "quantity"}
    assert found["En standard"] != "width"
    assert {one.loss for one in lines(reading).values()} == {None}
