"""The economy of `sample_base.py` in EcoSpold 2 and EcoSpold 1."""

from __future__ import annotations

from pathlib import Path

from sample_base import UUIDS, zip_of


def spold2_input(flow: str, amount: float, unit: str, link: str = "", extra: str = "") -> str:
    activity = f' activityLinkId="{link}"' if link else ""
    return f"""
    <intermediateExchange id="x" unitId="u" amount="{amount}"
      intermediateExchangeId="{flow}"{activity}>
      <name xml:lang="en">{flow}</name><unitName xml:lang="en">{unit}</unitName>{extra}
      <inputGroup>5</inputGroup>
    </intermediateExchange>"""


def spold2_output(
    flow: str, amount: float, unit: str, name: str, group: int = 0, extra: str = ""
) -> str:
    return f"""
    <intermediateExchange id="r" unitId="u" amount="{amount}" intermediateExchangeId="{flow}">
      <name xml:lang="en">{name}</name><name xml:lang="de">deutsch</name>
      <unitName xml:lang="en">{unit}</unitName>{extra}
      <outputGroup>{group}</outputGroup>
    </intermediateExchange>"""


def spold2_emission(
    name: str, amount: float, place: str = "air", part: str = "unspecified", extra: str = ""
) -> str:
    group = "<inputGroup>4</inputGroup>" if "resource" in place else "<outputGroup>4</outputGroup>"
    return f"""
    <elementaryExchange id="e" unitId="k" amount="{amount}" elementaryExchangeId="">
      <name xml:lang="en">{name}</name><unitName xml:lang="en">kg</unitName>
      <compartment subcompartmentId="s"><compartment xml:lang="en">{place}</compartment>
      <subcompartment xml:lang="en">{part}</subcompartment></compartment>{extra}{group}
    </elementaryExchange>"""


def spold2(activity: str, name: str, exchanges: str, place: str = "GLO", kind: int = 1) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><childActivityDataset>
  <activityDescription>
    <activity id="{activity}" type="{kind}" specialActivityType="0">
      <activityName xml:lang="en">{name}</activityName></activity>
    <geography geographyId="g"><shortname xml:lang="en">{place}</shortname></geography>
    <timePeriod startDate="2019-01-01" endDate="2023-12-31" isDataValidForEntirePeriod="true"/>
  </activityDescription>
  <flowData>{exchanges}</flowData>
</childActivityDataset></ecoSpold>"""


def ecospold2(folder: Path) -> Path:
    ids = UUIDS
    lognormal = (
        '<uncertainty><lognormal meanValue="0.4" variance="0.01" '
        'varianceWithPedigreeUncertainty="0.04"/></uncertainty>'
    )
    files = {
        "mine_coal.spold": spold2(
            ids["mine"],
            "hard coal mining",
            spold2_output(ids["coal"], 2, "kg", "hard coal")
            # ecoinvent lists the co-products of an allocated process with an amount of zero.
            + spold2_output(ids["wood"], 0, "kg", "by-product", group=2)
            + spold2_input(ids["electricity"], 0.1, "kWh", ids["plant"])
            + spold2_emission("Methane, fossil", 0.02, part="low population density, long-term")
            + spold2_emission("Sulfur dioxide", 0.01),
            "CN",
        ),
        "plant.spold": spold2(
            ids["plant"],
            "electricity production, hard coal",
            spold2_output(ids["electricity"], 1, "kWh", "electricity, high voltage")
            + spold2_input(ids["coal"], 0.4, "kg", ids["mine"], lognormal)
            + spold2_emission("Carbon dioxide, fossil", 0.9)
            + spold2_emission("Dinitrogen monoxide", 0.00001),
            "CN-SGCC",
        ),
        "mill.spold": spold2(
            ids["mill"],
            "wood production",
            spold2_output(ids["wood"], 1, "kg", "wood")
            + spold2_input(ids["electricity"], 0.36, "MJ", ids["plant"])
            + spold2_emission("Carbon dioxide, in air", 1.8, "natural resource", "in air"),
            "Europe without Switzerland",
        ),
    }
    path = folder / "datasets"
    path.mkdir()
    for name, content in files.items():
        (path / name).write_text(content, "utf-8")
    return path


def spold1_exchange(
    number: int, name: str, amount: float, unit: str, group: str, **more: str
) -> str:
    kind = "outputGroup" if group.startswith("o") else "inputGroup"
    given = "".join(f' {key}="{value}"' for key, value in more.items())
    return (
        f'<exchange number="{number}" name="{name}" meanValue="{amount}" unit="{unit}"{given}>'
        f"<{kind}>{group[1]}</{kind}></exchange>"
    )


def spold1(number: int, name: str, place: str, exchanges: str, extra: str = "") -> str:
    return f"""
  <dataset number="{number}" generator="test"><metaInformation><processInformation>
    <referenceFunction datasetRelatesToProduct="false" name="{name}" amount="1.0" unit="kg"/>
    <geography location="{place}" text=""/>
    <timePeriod dataValidForEntirePeriod="true"><startYear/><endDate>2021-12-31+01:00</endDate>
    </timePeriod><dataSetInformation type="1" version="0.0"/>
  </processInformation></metaInformation>
  <flowData>{exchanges}{extra}</flowData></dataset>"""


def spold1_file(datasets: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">{datasets}</ecoSpold>'
    )


def ecospold1(folder: Path) -> Path:
    air = {"category": "emission", "subCategory": "air", "CASNumber": "n.a."}
    cas = {**air, "CASNumber": "000074-82-8"}
    lognormal = {"uncertaintyType": "1", "standardDeviation95": "1.21"}
    text = spold1_file(
        spold1(
            1,
            "Coal, at mine",
            "CN",
            spold1_exchange(10, "Coal, at mine", 2, "kg", "o0", location="CN")
            + spold1_exchange(11, "Electricity", 0.1, "kWh", "i5", location="CN")
            + spold1_exchange(12, "Methane, fossil", 0.02, "kg", "o4", **cas)
            + spold1_exchange(13, "Sulfur dioxide", 0.01, "kg", "o4", **air),
        )
        + spold1(
            2,
            "Electricity",
            "CN",
            spold1_exchange(11, "Electricity", 1, "kWh", "o0", location="CN")
            + spold1_exchange(10, "Coal, at mine", 0.4, "kg", "i5", location="CN", **lognormal)
            + spold1_exchange(14, "Carbon dioxide, fossil", 0.9, "kg", "o4", **air)
            + spold1_exchange(15, "Nitrous oxide", 0.00001, "kg", "o4", **air),
        )
        + spold1(
            3,
            "Wood, at mill",
            "RER",
            spold1_exchange(16, "Wood, at mill", 1, "kg", "o0", location="RER")
            + spold1_exchange(11, "Electricity", 0.36, "MJ", "i5", location="CN")
            + spold1_exchange(
                17, "Carbon dioxide", 1.8, "kg", "i4", category="resource", subCategory="air"
            ),
        )
    )
    path = folder / "named_ecospold2.zip"  # as a publisher has done
    return zip_of(path, {"EcoSpold01/all.xml": text})
