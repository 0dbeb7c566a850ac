"""The Humanitarian Data Exchange (https://data.humdata.org): the files of a data set, through CKAN's API.

`package_show` names the resources; a resource is one file, on HDX's own store or anywhere else. A key is only
needed for what is not public, and never goes to another host than HDX's own.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from truceline.errors import FetchError
from truceline.fetching.addresses import refuse_unsafe, same_host
from truceline.fetching.secret import Secret
from truceline.fetching.wire import Wire

BASE = "https://data.humdata.org"
SECRET = "TRUCELINE_HDX_TOKEN"  # noqa: S105 (its name in the environment, not the key)
MOST_LISTED = 20


class Resource(Struct, frozen=True):
    """One file of a data set, as the catalogue describes it."""

    id: str
    name: str
    url: str
    format: str = ""
    size: int | None = None
    hash: str = ""


class Dataset(Struct, frozen=True):
    """A data set of the catalogue: its resources and its terms."""

    title: str
    terms: str
    resources: tuple[Resource, ...]

    def resource(self, wanted: str | None) -> Resource:
        """The resource of that id or name, or the only one. Raises `FetchError` that lists them."""
        found = [one for one in self.resources if wanted is None or wanted in (one.id, one.name)]
        if len(found) == 1:
            return found[0]
        why = "has no such resource" if not found else "has several"
        listed = "; ".join(f"{one.name} ({one.format or '?'}, {one.id})" for one in self.resources[:MOST_LISTED])
        raise FetchError(f"The data set {why}. It has: {listed or 'none'}.", "Name one with --resource, by its id.")


class Doorway:
    """The optional key: a header for HDX's own host alone."""

    def __init__(self, base: str, key: Secret | None) -> None:
        refuse_unsafe(base)
        self.base = base.rstrip("/")
        self._key = key

    def headers(self, url: str) -> Mapping[str, str]:
        """The headers for a request to that address."""
        if self._key is None or not same_host(self.base, url):
            return {}
        return {"Authorization": self._key.reveal()}


def dataset(wire: Wire, doorway: Doorway, name: str) -> Dataset:
    """Look a data set up by its name or id. Raises `FetchError`."""
    url = f"{doorway.base}/api/3/action/package_show?{urlencode({'id': name})}"
    content = wire.body(url, lambda: {**doorway.headers(url), "Accept": "application/json"})
    try:
        told = msgspec.json.decode(content)
        package = told["result"]
        resources = tuple(_resource(one) for one in package["resources"])
    except (KeyError, TypeError):
        raise FetchError(
            "The catalogue's answer has no resources.", "Check the name of the data set; or report it to Truceline."
        ) from None
    licence, source = (str(package.get(name) or "") for name in ("license_title", "dataset_source"))
    terms = "; ".join(part for part in (licence and f"licence: {licence}", source and f"source: {source}") if part)
    return Dataset(str(package.get("title") or name), terms, resources)


def _resource(told: Mapping[str, Any]) -> Resource:
    size = told.get("size")
    return Resource(
        id=str(told["id"]),
        name=str(told.get("name") or told["id"]),
        url=str(told.get("download_url") or told["url"]),
        format=str(told.get("format") or ""),
        size=size if isinstance(size, int) else int(size) if isinstance(size, str) and size.isdecimal() else None,
        hash=str(told.get("hash") or ""),
    )
