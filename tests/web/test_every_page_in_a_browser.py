"""Every page in a real browser, from left to right and from right to left, wide and narrow, light and dark.

axe (WCAG 2.2 A and AA) finds nothing, nothing runs over the edge, our fonts have every letter, and nothing was asked of
another machine. Needs chromium (`CHROMIUM`, else /usr/bin/chromium); skipped where there is none.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

pytest.importorskip("playwright", reason="a browser's driver is not installed")
from furnished import furnished
from pictures import CHROMIUM, WAYS, Way, browser, everything

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}")


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    return furnished(tmp_path_factory.mktemp("furnished") / "played")


@pytest.mark.parametrize("way", [way for way in WAYS if way.name in ("light", "arabic", "narrow-arabic")])
def test_nothing_is_wrong_on_any_page(theatre: tuple[Path, str, str], way: Way) -> None:
    with browser() as chrome:
        looked = list(everything(chrome, theatre, (way,)))
    print(f"{len(looked)} pages looked at, {way.name}")
    assert [one for one in looked if not one.clean] == []
