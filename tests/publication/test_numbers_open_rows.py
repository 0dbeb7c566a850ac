"""Each number on the page opens as many rows as it says: every button is pressed in a headless Chromium."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from truceline.publication import map_picture
from truceline.publication.bulletin import render

sys.path.insert(0, str(Path(__file__).parent))

import made_up

PRESS = """
const wrong = [], count = document.getElementById("count"), behind = document.getElementById("behind");
const number = (text) => Number(text.replace(/\\u202f/g, ""));
const opened = () => (count.textContent.match(/[\\d\\u202f]+/g) || ["0", "0", "0"]).map(number);
let pressed = 0;
function press(button, agrees) {
  button.click();
  pressed += 1;
  if (!behind.open || !agrees(opened())) wrong.push(button.outerHTML + opened());
  behind.close();
}
for (const b of document.querySelectorAll("button[data-q]")) press(b, ([all]) => all === number(b.textContent));
for (const b of document.querySelectorAll(".grid button")) {
  const sign = b.textContent, kind = b.parentElement.className[0];
  press(b, ([all, surely]) =>
    kind === "n" ? surely === number(sign) : kind === "q" ? surely === 0 : sign === "?" || all === parseInt(sign));
}
for (const c of document.querySelectorAll("circle[data-s]")) {
  c.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  pressed += 1;
  if (!behind.open || opened()[0] !== number(c.textContent)) wrong.push(c.outerHTML + opened());
  behind.close();
}
document.body.dataset.pressed = pressed;
document.body.dataset.wrong = JSON.stringify(wrong.slice(0, 5));
"""


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_number_and_square_opens_as_many_rows_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(map_picture, "MOST_CIRCLES", 10)
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here: the page's script was not run")
    text = render(made_up.page(n=300), language).decode()
    assert text.count("data-s=") > 10
    text = re.sub(r"<meta http-equiv=[^>]*>", "", text)  # its policy would refuse this test's own script
    (tmp_path / "page.html").write_text(text.replace("</body>", f"<script>{PRESS}</script></body>"), "utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run --dump-dom".split()
    command = [browser, *flags, f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "page.html").as_uri()]
    seen = subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode()
    pressed = re.search(r'data-pressed="(\d+)"', seen)
    assert pressed is not None
    assert int(pressed[1]) > 1_000
    assert 'data-wrong="[]"' in seen, re.findall(r"data-wrong=\"(.*?)\"", seen)
