"""A crawl of the room as one person: every address that a page names, and every address there is, tried as they are."""

import logging
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

MOST = 260
LINKS = re.compile(r'(?:href|src|action|formaction|data-[a-z-]+)="([^"]+)"')
SKIP = ("/assets/", "/sign-out", "/exercise/")


@dataclass
class Crawled:
    """What came: by address the bytes with their headers; and which kinds of address were reached."""

    answers: dict[str, bytes] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    logged: list[str] = field(default_factory=list)


class Heard(logging.Handler):
    """Everything that is logged meanwhile."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.NOTSET)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def crawled(client: Any, seeds: list[str], most: int = MOST) -> Crawled:
    """Follow whatever answers name, at most `most` addresses and three of a kind (alike but for numbers and words).

    What is of a new kind is looked at first.
    """
    found, waiting = Crawled(), list(seeds)
    of_old_kinds: list[str] = []
    kinds = {kind_of(one) for one in seeds}
    heard = Heard(found.logged)
    logging.getLogger("truceline").addHandler(heard)
    while (waiting or of_old_kinds) and len(found.answers) < most:
        address = (waiting or of_old_kinds).pop(0)
        if address in found.answers or any(address.startswith(one) for one in SKIP):
            continue
        if sum(kind_of(one) == kind_of(address) for one in found.answers) >= 3 and address not in seeds:
            continue
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code < 500, (address, answer.status_code)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        found.answers[address] = headers.encode() + b"\n\n" + answer.content
        found.kinds.add(kind_of(address))
        for one in named_in(address, answer):
            (of_old_kinds if kind_of(one) in kinds else waiting).append(one)
            kinds.add(kind_of(one))
    logging.getLogger("truceline").removeHandler(heard)
    return found


def named_in(address: str, answer: Any) -> list[str]:
    """The addresses of this room that an answer names."""
    links = [answer.headers["location"]] if "location" in answer.headers else []
    if "html" in answer.headers.get("content-type", ""):
        links += [unescape(one) for one in LINKS.findall(answer.text)]
    if "json" in answer.headers.get("content-type", ""):
        links += [f"/api/reports/{one}" for one in re.findall(r'"id":"([0-9a-f]{64})"', answer.text)]
        links += [f"/api/cases/{one}" for one in re.findall(r'"case":"([^"]+)"', answer.text)]
    whole = [urlsplit(urljoin(f"http://room{address}", one)) for one in links if not one.startswith("#")]
    return [f"{one.path}{f'?{one.query}' if one.query else ''}" for one in whole if one.netloc == "room"]


def kind_of(address: str) -> str:
    """What an address is, without what varies in it."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f]{12,}|[a-z0-9]+-\d+|\d+", "*", parts.path)
    return path + "?" + "&".join(sorted(one.partition("=")[0] for one in parts.query.split("&")))
