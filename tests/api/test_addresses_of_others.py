"""Which addresses of other servers are taken, and what one of them that leads nowhere stops."""

from __future__ import annotations

from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.other_hosts import https_place
from api.partners.loop import Loop
from api.partners.reach import Reach, Unreachable

NO_PLACES = (
    "",
    "http://erp.example.com/hook",
    "https://",
    "https://[",
    "https://erp.example.com:0/",
    "https://erp.example.com:99999/",
    "https://somebody@erp.example.com/",
    "https://erp.example.com/#part",
    f"https://{'a' * 64}.example.com/",
    "https://erp..example.com/",
)


@pytest.mark.parametrize("url", NO_PLACES)
def test_what_is_no_plain_https_address_is_no_place_and_is_not_reached(url: str) -> None:
    assert https_place(url) is None
    with pytest.raises(Unreachable, match="no https address"):
        Reach().get(url)


def test_a_plain_address_is_a_host_and_a_port() -> None:
    assert https_place("https://erp.example.com/hook?a=1") == ("erp.example.com", 443)
    assert https_place("https://[2001:db8::1]:8443/") == ("2001:db8::1", 8443)
    assert https_place(f"https://{'a' * 63}.example.com") == (f"{'a' * 63}.example.com", 443)


@given(st.text(max_size=80))
def test_no_address_raises_anything_but_that_it_cannot_be_reached(rest: str) -> None:
    place = https_place(f"https://{rest}")
    assert place is None or (place[0] and 0 < place[1] < 65_536)


def test_a_loop_goes_on_after_trouble_that_nobody_thought_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    went_on, calls = Event(), []

    def work() -> bool:
        calls.append(1)
        if len(calls) < 3:
            raise UnicodeError("label too long")
        went_on.set()
        return False

    loop = Loop("test", work, "Webhooks", pause=0.01)
    loop.start()
    assert went_on.wait(10)
    loop.ask_to_stop()
    loop.join()
    assert capsys.readouterr().err == "Webhooks have to wait: UnicodeError\n"
