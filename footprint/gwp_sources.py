"""Where the global warming potentials of each set are printed: report, table and page.

Every result is made with one set, so every result names its tables beside the sources of its data.
The values are in `lci_data/ipcc/gwp.csv`, each with its table.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Other readings of a report: the same potentials but for those that gwp.csv states anew.
READINGS = {"AR5-CH4-28": "AR5"}
_FACTS = "IPCC figures, cited (facts)"


@dataclass(frozen=True, slots=True)
class GwpSource:
    """The tables of one IPCC report. `tables` are their numbers, as in the rows of `gwp.csv`."""

    id: str
    citation: str
    title: str
    edition: str
    url: str
    tables: tuple[str, ...]
    licence: str = _FACTS


#: By IPCC report. A reading of a report (`READINGS`) has the tables of its report.
_OF_REPORTS = {
    "AR6": GwpSource(
        "ipcc-gwp100-ar6",
        "IPCC 2021: Climate Change 2021, The Physical Science Basis (AR6 WGI), chapter 7, "
        "Table 7.15, p. 1017, and Supplementary Material, Table 7.SM.7, pp. 7SM-24 ff.",
        "IPCC global warming potentials over 100 years",
        "AR6",
        "https://www.ipcc.ch/report/ar6/wg1/chapter/chapter-7/",
        ("7.15", "7.SM.7"),
    ),
    "AR5": GwpSource(
        "ipcc-gwp100-ar5",
        "IPCC 2013: Climate Change 2013, The Physical Science Basis (AR5 WGI), chapter 8, "
        "Table 8.A.1, pp. 731-738, without climate-carbon feedback",
        "IPCC global warming potentials over 100 years",
        "AR5",
        "https://www.ipcc.ch/report/ar5/wg1/",
        ("8.A.1",),
    ),
    "AR4": GwpSource(
        "ipcc-gwp100-ar4",
        "IPCC 2007: Climate Change 2007, The Physical Science Basis (AR4 WGI), chapter 2, "
        "Table 2.14, pp. 212-213",
        "IPCC global warming potentials over 100 years",
        "AR4",
        "https://www.ipcc.ch/report/ar4/wg1/",
        ("2.14",),
    ),
}

GWP_SOURCES = _OF_REPORTS | {name: _OF_REPORTS[report] for name, report in READINGS.items()}
#: Their ids, with the address that a report prints.
GWP_ADDRESSES = {source.id: source.url for source in _OF_REPORTS.values()}
