"""The shapes rows come in beside delimited text: JSON, the sheets of a workbook, features with a geometry.

json_text    a value as it was written        json_pieces  where a file's records are
json_rows    records as rows                  features     GeoJSON; point: a geometry's one place
kml          placemarks as features           xml_walk     XML without entities; xml_elements: built
workbook     XLSX; serial: its dates          zip_parts    archives that cannot explode
grid         the header among rows of cells    layers       the tables of a GeoPackage; wkb: their geometries
"""
