"""Page after page, kept as they come, into one file of all rows.

1. what was kept of an earlier run is read again, and its last page asked once more: the same rows, or all anew
2. page after page: nothing twice, the total the same, no required column missing
3. the rows of all pages, byte for byte, into one JSON list; the receipt beside it
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from truceline.errors import FetchError, NotAdmitted
from truceline.fetching.answer import read_page
from truceline.fetching.kept import KeptPages, digest_of, unwritable
from truceline.fetching.question import Question
from truceline.fetching.receipt import PageKept, Receipt, instant, receipt_path, write_receipt
from truceline.fetching.walk import Moved, Walk
from truceline.fetching.wire import BUSY, Wire

MOST_STARTS = 3
PAUSE_S = 0.5
"""Between pages, out of courtesy."""
Tell = Callable[[str, int, int], None]


class Admission(Protocol):
    """What admits us: the headers with the key, and getting a new one once the old is no longer good."""

    def headers(self) -> Mapping[str, str]: ...

    def renew(self) -> bool:
        """False where there is nothing to renew."""
        ...


def fetch_pages(
    question: Question, wire: Wire, admission: Admission, out: Path, tell: Tell, notice: Callable[[str], None]
) -> Receipt:
    """Fetch all pages into `out`, with `out.pages/` and a receipt. Raises `FetchError`.

    `notice` is told the source's terms before anything is asked, once for a file.
    """
    if out.exists():
        raise FetchError(f"{out} is already there.", "Choose another name: what was fetched is never overwritten.")
    kept = KeptPages(out.with_name(out.name + ".pages"))
    began = wire.clock.now_us()
    continued = not kept.begin({"source": question.source, "url": question.url(), "first": str(question.first)})
    if not continued and question.terms:
        notice(question.terms)
    moved: list[str] = []
    while True:
        try:
            walk = _walk(question, wire, admission, kept, tell)
            break
        except Moved as why:
            moved.append(f"begun anew: {why}")
            kept.forget()
            if len(moved) == MOST_STARTS:
                raise FetchError(
                    f"{question.source} changed {MOST_STARTS} times while it was fetched: {why}.",
                    "Run the same command later, or ask for less at a time.",
                ) from None
    return _finish(walk, kept, out, instant(began), wire, moved, continued)


def _walk(question: Question, wire: Wire, admission: Admission, kept: KeptPages, tell: Tell) -> Walk:
    walk = Walk(question)
    for path in kept.pages():
        if walk.next is None:
            raise FetchError(f"{kept.folder} holds a page too many.", "Remove that folder, and run the command again.")
        walk.take(path.read_bytes())
    if walk.nth and walk.next is not None:
        number, ids = walk.last
        again = read_page(question, number, _asked(question, wire, admission, number))
        if again.ids != ids:
            raise Moved("the last page that was kept has other rows now")
    while walk.next is not None:
        tell(f"fetching {question.source}", walk.rows, walk.total or 0)
        content = _asked(question, wire, admission, walk.next)
        walk.take(content)
        kept.keep(walk.nth, content)
        if walk.next is not None:
            wire.clock.wait(PAUSE_S)
    return walk


def _asked(question: Question, wire: Wire, admission: Admission, page: int) -> bytes:
    busy = (*BUSY, 400) if question.busy_400 and page != question.first else BUSY
    try:
        content = wire.body(question.url(page), admission.headers, busy=busy)
    except NotAdmitted:
        if not admission.renew():
            raise
        content = wire.body(question.url(page), admission.headers, busy=busy)
    if any(len(one.reveal()) >= 8 and one.reveal().encode() in content for one in wire.secrets):
        raise FetchError("The answer repeats the key; nothing of it was kept.", "Tell the service, and change the key.")
    return content


def _finish(
    walk: Walk, kept: KeptPages, out: Path, began: str, wire: Wire, moved: list[str], continued: bool
) -> Receipt:
    """Write the file of all rows and its receipt; the file itself comes last, and whole."""
    question = walk.question
    part = out.with_name(out.name + ".part")
    pages = kept.pages()
    size, sha256 = _write_rows(question, pages, part)
    receipt = Receipt(
        source=question.source, url=question.url(), began=began, finished=instant(wire.clock.now_us()), file=out.name,
        bytes=size, sha256=sha256, rows=walk.rows, said=walk.total,
        pages=tuple(
            PageKept(path.name, path.stat().st_size, rows, digest_of(path))
            for path, rows in zip(pages, walk.counts, strict=True)
        ),
        columns=tuple(sorted(walk.columns)), notes=(*moved, *walk.notes), terms=question.terms, continued=continued,
        restarts=len(moved),
    )  # fmt: skip
    write_receipt(out, receipt)
    try:
        part.replace(out)
    except OSError as error:
        receipt_path(out).unlink(missing_ok=True)
        raise unwritable(out, error) from error
    return receipt


def _write_rows(question: Question, pages: list[Path], part: Path) -> tuple[int, str]:
    """All rows, each as it came, as one JSON list, a row a line; its size and digest."""
    digest, size = hashlib.sha256(), 0
    walk = Walk(question)
    try:
        with part.open("wb") as file:
            before = b"[\n"
            for path in pages:
                for row in walk.take(path.read_bytes()).rows:
                    size += file.write(before + row)
                    digest.update(before + row)
                    before = b",\n"
            end = b"\n]\n" if walk.rows else b"[]\n"
            size += file.write(end)
            digest.update(end)
    except OSError as error:
        raise unwritable(part, error) from error
    return size, digest.hexdigest()
