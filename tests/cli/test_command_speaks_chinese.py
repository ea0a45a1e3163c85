"""Every command that prints for people prints Chinese where it is asked to, whatever goes wrong."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command import EXAMPLES, footprint
from evidence import some
from typer.models import OptionInfo

_ROOM = Path(__file__).parents[2] / "footprint" / "cli"

_CHINESE = re.compile("[\u4e00-\u9fff]")
#: English sentences; commands, options and ids are typed as they are.
_ENGLISH = re.compile(r"(?<![\w'/.-])[A-Z]?[a-z]{2,}(?: [a-z]{2,}){3,}")
BISCUITS = str(EXAMPLES / "biscuits.csv")
#: What is typed wrongly, or asks for something that is not there; what is said of it.
WRONG = {
    ("calculate",): "缺少参数",
    ("calculate", BISCUITS, "--colour"): "没有选项",
    ("calculate", BISCUITS, "--format", "papyrus"): "'papyrus' 不在",
    ("calculate", BISCUITS, "--draws", "many"): "应为整数",
    ("calculate", BISCUITS, "second.csv"): "多余的参数",
    ("calculate", BISCUITS, "--draws", "3"): "UNC-001：draws 为 3，不在 100 至 100,000 之间",
    ("calculate", BISCUITS, "--gwp", "AR9"): "INV-013：GWP 值集 'AR9' 不在",
    ("compare", BISCUITS, BISCUITS, "--threshold", "half"): "'half' 不是比例",
    ("compare-methods", "nothing.csv"): "BOM-001（nothing.csv）：无法读取文件",
    ("scenario", BISCUITS, "--changes", "nothing.yaml"): "ANA-003（nothing.yaml）：",
    ("verify", "nothing.pdf"): "BOM-001（nothing.pdf）：",
    ("explain", BISCUITS, "--format", "xlsx"): "需要 --out",
    ("match", BISCUITS, "--pick", "flour"): "CLI-003（--pick）：'flour' 不是 行=数据集",
    ("match", BISCUITS, "--pick", "flour=x"): "CLI-003（--pick）：'flour' 既不是行号",
    ("catalogue", "summary", BISCUITS): "CAT-004（",
    ("catalogue", "run", "nothing.csv", "-o", "x.parquet"): "此处没有产品表",
    ("data", "show", "unobtainium"): "INV-011：清单库中没有数据集 'unobtainium'",
    ("decide", BISCUITS, "--tier", "gold"): "RUL-021：没有任何方案有等级 'gold'。",
}


@pytest.mark.parametrize(("typed", "says"), WRONG.items(), ids=" ".join)
def test_what_is_wrong_is_said_in_chinese(
    cache: Path, tmp_path: Path, typed: tuple[str, ...], says: str
) -> None:
    result = footprint(*typed, "--lang", "zh", cache=cache, cwd=tmp_path)
    assert result.status in {1, 2}
    assert says in result.err
    assert not _ENGLISH.search(result.err)


def test_results_of_the_other_commands_are_told_in_chinese(cache: Path, tmp_path: Path) -> None:
    def typed(*words: str | Path) -> str:
        result = footprint(*words, "--lang", "zh", cache=cache, cwd=tmp_path)
        assert result.status == 0, result.err
        return result.out

    assert "至少减少 5 % 的概率" in typed("compare", BISCUITS, BISCUITS, "--threshold", "5%")
    assert "所发布的数值" in typed("data", "show", "electricity-coal-cn")
    typed("catalogue", "run", EXAMPLES / "catalogue" / "cups.csv", "-o", "r.parquet")
    summary = typed("catalogue", "summary", "r.parquet")
    assert "热点" in summary
    assert re.search(r"Cup body +1 +3 +[\d.]+ +CUP-500", summary)
    assert not _ENGLISH.search(summary)
    assert "两者都有 3 个" in typed("catalogue", "diff", "r.parquet", "r.parquet")


def test_a_certificate_and_why_there_is_none_are_told_in_chinese(
    cache: Path, tmp_path: Path
) -> None:
    order = ("--store", str(tmp_path / "store"), "--lang", "zh")
    evidence = ("--evidence", str(EXAMPLES / "biscuits.evidence.yaml"))
    wanted = ("--scheme", "uk-carbon-trust", "--tier", "reduction", "--out", "c")
    none = footprint("issue", BISCUITS, *wanted, *order, cache=cache, cwd=tmp_path)
    assert none.status == 1
    assert "用来比较的数值：以前的碳足迹（references.previous）" in none.err
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "b.csv").write_bytes(Path(BISCUITS).read_bytes())
    more = ("--scheme", "th-tgo", "--tier", "disclosure", "--draft", *evidence)
    each = footprint("issue-all", "all", *more, *order, cache=cache, cwd=tmp_path)
    assert "拒绝原因" in each.out
    assert re.search("证书：1；被拒绝：0", each.out), each.out + each.err
    (number,) = set(re.findall(r"FP-\w{4}-\w{4}-\w", each.out))
    files = footprint("files", number, "--out", "c", *order, cache=cache, cwd=tmp_path)
    assert f"证书 {number}，有效期至" in files.out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_search_without_a_hit_says_so(cache: Path, language: str) -> None:
    result = footprint("data", "list", "--find", "qzqz", "--lang", language, cache=cache)
    assert result.status == 0
    assert "'qzqz'" in result.err
    assert bool(_CHINESE.search(result.err)) is (language == "zh")
    assert result.out == ""


def test_one_of_something_is_one(cache: Path) -> None:
    result = footprint("data", "list", "--find", "electricity-coal-cn", cache=cache)
    assert result.err.strip() == "1 dataset"


def test_a_tier_is_decided_under_the_schemes_that_have_it(cache: Path) -> None:
    result = footprint(
        "decide", BISCUITS, "--tier", "neutral", "--format", "json", cache=cache
    ).document
    assert {one["tier"] for one in result["decisions"]} == {"neutral"}
    refused = footprint("decide", BISCUITS, "--tier", "gold", cache=cache)
    assert refused.status == 1
    assert "disclosure" in refused.err


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "carbon credits (credits)"), ("zh", "碳信用（credits）、期内销量（units_sold）")],
)
def test_what_was_not_supplied_is_told_in_words(cache: Path, language: str, said: str) -> None:
    made = footprint("decide", BISCUITS, "--tier", "neutral", "--lang", language, cache=cache)
    assert said in made.out


def test_a_run_with_refused_products_ends_with_1_and_says_what_to_do(
    cache: Path, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq  # 0.2 s, for one test

    cells = {
        "BOM-005": ",kg,,", "BOM-006": "many,kg,,", "BOM-007": "-1,kg,,", "BOM-011": "1,kg,2,",
        "BOM-012": "1,stone,,", "CAT-003": "1,kg,,CN\nCAT-003,Steel,steel-cold-rolled-cn,1,kg,,DE",
    }  # fmt: skip
    rows = [f"{code},Steel,steel-cold-rolled-cn,{row}" for code, row in cells.items()]
    head = "product,name,dataset,quantity,unit,loss,country"
    rows.append("good,Steel,steel-cold-rolled-cn,1,kg,,")
    (tmp_path / "t.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    made = footprint("catalogue", "run", "t.csv", "-o", "r.parquet", cache=cache, cwd=tmp_path)
    assert made.status == 1
    refused = pq.read_table(tmp_path / "r.refused.parquet").to_pylist()
    assert {one["product"] for one in refused} == {one["code"] for one in refused} == set(cells)
    assert all(one["hint"] for one in refused)
    assert pq.read_table(tmp_path / "r.parquet").column("product").to_pylist() == ["good"]


def test_every_command_with_a_language_speaks_it_when_it_refuses() -> None:
    """A command that forgets `speak` prints its refusals in English, whatever was asked."""
    modules = [importlib.import_module(f"footprint.cli.{one.stem}") for one in _ROOM.glob("*.py")]
    commands = {
        found
        for module in some(modules)
        for found in vars(module).values()
        if inspect.isfunction(found) and _is_told_a_language(found)
    }
    silent = [one.__name__ for one in commands if "speak(lang)" not in inspect.getsource(one)]
    assert len(commands) > 15
    assert silent == []


def _is_told_a_language(function: Callable[..., object]) -> bool:
    """Whether `--lang` is an option of it: its default is one of the command line."""
    asked = inspect.signature(function).parameters.get("lang")
    return asked is not None and isinstance(asked.default, OptionInfo)


def test_what_was_written_is_told_in_chinese(cache: Path, tmp_path: Path) -> None:
    """Results were Chinese, and the line below them was not."""
    book, report = tmp_path / "book.xlsx", tmp_path / "report.json"
    for typed in (
        ("new", "--industry", "food", "--out", book),
        ("calculate", BISCUITS, "--format", "pact", "--out", report),
        ("explain", BISCUITS, "--format", "xlsx", "--out", tmp_path / "explained.xlsx"),
    ):
        result = footprint(*typed, "--lang", "zh", cache=cache, cwd=tmp_path)
        assert result.status == 0, result.err
        assert "已写入" in result.err
        assert "Wrote" not in result.err
    assert (
        "填好后运行"
        in footprint(
            *("new", "--industry", "food", "--out", tmp_path / "b.xlsx", "--lang", "zh"),
            cache=cache,
            cwd=tmp_path,
        ).err
    )
