"""Other ways to ask which area a point lies in. Each is imported only when it is asked, and may be absent.

Each makes (ask, version); ask(rings, lat, lon) gives (point, ring) pairs. x is the longitude, y the latitude.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np

from truceline.vocabulary.columns import Ints

Ask = Callable[[list[Ints], Ints, Ints], tuple[Ints, Ints]]


def geopandas() -> tuple[Ask, str]:
    """GeoPandas: `sjoin` with `within`."""
    frames, shapely = import_module("geopandas"), import_module("shapely")

    def ask(rings: list[Ints], lat: Ints, lon: Ints) -> tuple[Ints, Ints]:
        areas = frames.GeoDataFrame(geometry=_polygons(shapely, rings))
        points = frames.GeoDataFrame(geometry=shapely.points(lon, lat))
        joined = frames.sjoin(points, areas, predicate="within")
        return joined.index.to_numpy(), joined["index_right"].to_numpy()

    return ask, version("geopandas")


def strtree() -> tuple[Ask, str]:
    """shapely: a tree of the points, asked with prepared polygons."""
    shapely = import_module("shapely")

    def ask(rings: list[Ints], lat: Ints, lon: Ints) -> tuple[Ints, Ints]:
        tree = shapely.STRtree(shapely.points(lon, lat))
        areas, points = tree.query(_polygons(shapely, rings), predicate="contains")
        return points, areas

    return ask, version("shapely")


def sedonadb() -> tuple[Ask, str]:
    """SedonaDB: a join on `ST_Contains`."""
    sedona, shapely, pandas = import_module("sedonadb"), import_module("shapely"), import_module("pandas")

    def ask(rings: list[Ints], lat: Ints, lon: Ints) -> tuple[Ints, Ints]:
        session = sedona.connect()
        areas = pandas.DataFrame({"a": np.arange(len(rings)), "wkb": shapely.to_wkb(_polygons(shapely, rings))})
        points = pandas.DataFrame({"p": np.arange(len(lat)), "x": lon.astype(float), "y": lat.astype(float)})
        session.create_data_frame(areas).to_view("areas", overwrite=True)
        session.create_data_frame(points).to_view("points", overwrite=True)
        joined = session.sql(
            "SELECT p, a FROM (SELECT p, ST_Point(x, y) AS g FROM points) AS one "
            "JOIN (SELECT a, ST_GeomFromWKB(wkb) AS g FROM areas) AS other ON ST_Contains(other.g, one.g)"
        ).to_pandas()
        return joined["p"].to_numpy(), joined["a"].to_numpy()

    return ask, version("sedonadb")


def _polygons(shapely: Any, rings: list[Ints]) -> Any:
    return np.array([shapely.Polygon(ring[:, ::-1]) for ring in rings])


OTHERS: dict[str, Callable[[], tuple[Ask, str]]] = {
    "GeoPandas, sjoin": geopandas,
    "shapely, STRtree": strtree,
    "SedonaDB, ST_Contains": sedonadb,
}
