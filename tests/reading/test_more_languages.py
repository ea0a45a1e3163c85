"""Lists in Portuguese, Turkish, Russian, Thai, Indonesian, Dutch, Czech, Swedish, Hungarian,
Romanian, Danish, Norwegian, Finnish, Greek, Ukrainian, Croatian, Slovak and Arabic."""

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
    "hu": "Tétel;Megnevezés;Anyag;Mennyiség;Mértékegység;Egységtömeg (g);Veszteség (%)\n"
    "1;Fedél;PP;2;db;4,5;3\n2;Ház;Acél;1;darab;80,5;0\nÖsszesen;;;3;;;\n",
    "ro": "Nr. crt.;Denumire;Materie primă;Cantitate;Unitate de măsură;"
    "Greutate unitară (g);Pierderi (%)\n1;Capac;PP;2;buc;4,5;3\n"
    "2;Corp;Oțel;1;buc.;80,5;0\nTotal;;;3;;;\n",
    "da": "Linje;Benævnelse;Materiale;Mængde;Enhed;Stykvægt (g);Spild (%)\n"
    "1;Låg;PP;2;stk;4,5;3\n2;Krop;Stål;1;stk.;80,5;0\nI alt;;;3;;;\n",
    "nb": "Linje;Benevnelse;Materiale;Antall;Enhet;Stykkvekt (g);Svinn (%)\n"
    "1;Lokk;PP;2;stk;4,5;3\n2;Kropp;Stål;1;stk.;80,5;0\nTotalt;;;3;;;\n",
    "fi": "Rivi;Nimitys;Materiaali;Määrä;Yksikkö;Kappalepaino (g);Hävikki (%)\n"
    "1;Kansi;PP;2;kappale;4,5;3\n2;Runko;Teräs;1;kappale;80,5;0\nYhteensä;;;3;;;\n",
    "el": "Α/Α;Περιγραφή;Υλικό;Ποσότητα;Μονάδα;Βάρος μονάδας (g);Φύρα (%)\n"
    "1;Καπάκι;PP;2;τεμ.;4,5;3\n2;Σώμα;Χάλυβας;1;τεμάχιο;80,5;0\nΣύνολο;;;3;;;\n",
    "uk": "№ з/п;Найменування;Матеріал;Кількість;Од. вим.;Маса одиниці, г;Втрати, %\n"
    "1;Кришка;Поліпропілен;2;шт.;4,5;3\n2;Корпус;Сталь;1;шт;80,5;0\nРазом;;;3;;;\n",
    "hr": "R.br.;Naziv dijela;Materijal;Količina;JM;Jedinična masa (g);Otpad (%)\n"
    "1;Poklopac;PP;2;kom;4,5;3\n2;Tijelo;Čelik;1;komad;80,5;0\nUkupno;;;3;;;\n",
    "sk": "Por. č.;Názov dielu;Materiál;Množstvo;Merná jednotka;Hmotnosť kusu (g);Straty (%)\n"
    "1;Viečko;PP;2;ks;4,5;3\n2;Telo;Oceľ;1;kus;80,5;0\nSpolu;;;3;;;\n",
    "ar": "الرقم;الوصف;المادة;الكمية;الوحدة;وزن الوحدة (g);الهالك (%)\n"
    "1;غطاء;PP;2;قطعة;4,5;3\n2;جسم;فولاذ;1;قطعة;80,5;0\nالمجموع;;;3;;;\n",
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


@pytest.mark.parametrize(
    "table",
    [
        'מק"ט,תיאור,כמות,יחידת מידה,משקל (גרם)\nA1,מכסה,2,יח\',12\nA3,גרגירים,0.25,ק"ג,\n',
        "ردیف,نام قطعه,تعداد,واحد,وزن (گرم)\n1,درپوش,2,عدد,12\n2,گرانول,0.25,کیلوگرم,\n",
        "क्रम संख्या,सामग्री,मात्रा,इकाई,वजन (ग्राम)\n1,ढक्कन,2,नग,12\n2,गोंद,0.25,किग्रा,\n",
        "رقم الصنف,اسم الصنف,الكمية,الوحدة,الوزن (جم)\nA1,غطاء,٢,قطعة,١٢\nA3,حبيبات,٠٫٢٥,كجم,\n",
    ],
)
def test_headings_and_units_of_more_scripts_are_read(table: str) -> None:
    piece, resin = read(table).lines
    assert (piece.quantity, piece.unit) == (2.0, "piece")
    assert piece.mass_kg == pytest.approx(0.024)
    assert (resin.quantity, resin.unit) == (0.25, "kg")


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("KG (Kilogram)", "kg"), ("EA - Each", "piece"), ("Meter(s)", "m"), ("Einheit(en)", "piece")],
)
def test_units_by_code_and_name_and_in_one_and_many_are_known(cell: str, unit: str) -> None:
    assert read(f"Part,Qty,Unit\nLid,2,{cell}\n").lines[0].unit == unit


def test_a_unit_that_is_another_one_in_brackets_is_asked() -> None:
    assert read("Part,Qty,Unit\nLid,2,KG (Gram)\n").lines[0].unit is None


@pytest.mark.parametrize(
    "table",
    [
        "№;Наименование;Количество;Мярка;Тегло (г)\n1;Капак;2;бр.;12\n2;Лепило;0,02;кг;\n",
        "Nr.;Pavadinimas;Kiekis;Mat. vnt.;Svoris (g)\n1;Dangtelis;2;vnt.;12\n2;Klijai;0,02;kg;\n",
        "Nr.;Nosaukums;Daudzums;Mērvienība;Svars (g)\n1;Vāks;2;gab.;12\n2;Līme;0,02;kg;\n",
        "Jrk;Nimetus;Kogus;Ühik;Kaal (g)\n1;Kaas;2;tk;12\n2;Liim;0,02;kg;\n",
        "Poz.;Naziv;Količina;EM;Teža (g)\n1;Pokrov;2;kos;12\n2;Lepilo;0,02;kg;\n",
        "Pos.;Varenavn;Antal;Enhed;Vægt pr. stk (g)\n1;Låg;2;stk;12\n2;Lim;0,02;kg;\n",
    ],
)
def test_lists_of_more_countries_are_read(table: str) -> None:
    lid, glue = read(table).lines
    assert (lid.quantity, lid.unit) == (2.0, "piece")
    assert lid.mass_kg == pytest.approx(0.024)
    assert (glue.quantity, glue.unit) == (0.02, "kg")


@pytest.mark.parametrize(
    "headings",
    [
        "产品,数量,BoM明细行/组件,BoM明细行/数量,BoM明细行/计量单位",
        "製品,数量,BOM行/構成品,BOM行/数量,BOM行/単位",
    ],
)
def test_odoo_in_chinese_and_japanese_has_components_inside(headings: str) -> None:
    reading = read(f"{headings}\n桌子,10,桌面,10,个\n,,桌腿,40,个\n")
    assert reading.base == (10.0, "piece")
    assert {line.name: line.quantity for line in reading.lines} == {"桌面": 10.0, "桌腿": 40.0}
