"""The map: a projection that keeps shapes, outlines that are cut to the view, stops that can be told apart."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import cos, hypot, isclose, radians
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.border.dossier.journey import Kind, Stop, Timing
from keruen.console.dossier.map import AFTER, HEIGHT, LETTER, WIDTH, draw
from keruen.console.dossier.outlines import Box, area, cut, middle, outlines
from keruen.console.dossier.placing import inside, room_of_country, room_of_stop
from keruen.console.dossier.projection import Conic
from keruen.customs.places import find_place

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
DEGREES = {"lat": st.floats(25, 60), "lon": st.floats(45, 120)}


def stop(name: str, country: str, timing: Timing | None = None) -> Stop:
    where = find_place(None, [name], country)
    assert where is not None
    return Stop(kind=Kind.CROSSING, country=country, timing=timing, where=where)


def test_snyders_own_example_comes_out() -> None:
    of_states = Conic(south=33, north=45, lat=23, lon=-96)
    assert isclose(of_states.cone, 0.6304777, abs_tol=1e-7)
    east, north = of_states.point(35, -75)
    assert isclose(east, 0.2966785, abs_tol=1e-7)
    assert isclose(north, 0.2462112, abs_tol=1e-7)


@given(**DEGREES)
def test_a_small_step_north_and_one_east_stay_at_right_angles_and_to_scale(
    lat: float, lon: float
) -> None:
    conic, step = Conic(), 1e-4
    here = conic.point(lat, lon)
    up, across = conic.point(lat + step, lon), conic.point(lat, lon + step / cos(radians(lat)))
    one, two = ((point[0] - here[0], point[1] - here[1]) for point in (up, across))
    assert isclose(hypot(*one), hypot(*two), rel_tol=1e-3)
    assert abs(one[0] * two[0] + one[1] * two[1]) < 1e-3 * hypot(*one) ** 2


def test_a_ring_is_cut_to_a_rectangle() -> None:
    assert area(cut(SQUARE, Box(1, 1, 3, 9))) == 6
    assert cut(SQUARE, Box(5, 5, 6, 6)) == ()
    assert cut(SQUARE, Box(-1, -1, 9, 9)) == SQUARE
    assert Box(0, 0, 4, 4).meets(Box(4, 4, 5, 5))
    assert not Box(0, 0, 4, 4).meets(Box(0, 5, 4, 6))
    assert middle(SQUARE) == (2, 2)


def test_neighbours_share_their_border_point_for_point() -> None:
    points = {
        country: {p for one in whole for p in one.ring} for country, whole in outlines().items()
    }
    for one, other in pairwise(("KZ", "UZ", "TJ", "KG", "KZ")):
        assert len(points[one] & points[other]) > 5, (one, other)


def test_posts_lie_at_the_borders_that_they_are_posts_of() -> None:
    conic = Conic()
    for name, country in (("B. Konysbayeva", "KZ"), ("Fotekhobod", "TJ")):
        where = find_place(None, [name], country)
        assert where is not None
        at = conic.point(where.lat, where.lon)
        nearest = min(
            hypot(at[0] - x, at[1] - y) for one in outlines()[country] for x, y in one.ring
        )
        assert nearest * 6371 < 30


def test_the_view_shows_every_stop_and_the_countries_around() -> None:
    stops = [stop("Almaty", "KZ", Timing.LEFT), stop("Osh", "KG"), stop("Guliston", "TJ")]
    drawn = draw(stops)
    assert drawn is not None
    assert [mark.numbers for mark in drawn.marks] == [(1,), (2,), (3,)]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in (mark.at for mark in drawn.marks))
    assert {"KZ", "KG", "TJ", "UZ"} <= {land.country for land in drawn.lands}
    assert {land.country for land in drawn.lands if land.concerned} == {"KZ", "KG", "TJ"}


def test_a_leg_is_done_when_its_end_lies_behind() -> None:
    way = [
        stop("Shymkent", "KZ", Timing.LEFT),
        stop("Yallama", "UZ", Timing.PASSED),
        stop("Fotekhobod", "TJ", Timing.EXPECTED),
    ]
    drawn = draw(way)
    assert drawn is not None
    assert [leg.done for leg in drawn.legs] == [True, False]


def test_stops_at_one_point_are_one_mark_with_both_numbers() -> None:
    drawn = draw([stop("Almaty", "KZ"), stop("Saryagash", "KZ"), stop("Keles", "UZ")])
    assert drawn is not None
    assert [mark.numbers for mark in drawn.marks] == [(1,), (2, 3)]


def test_a_stop_without_a_place_keeps_its_number_and_is_left_out() -> None:
    drawn = draw([stop("Almaty", "KZ"), Stop(kind=Kind.CROSSING, country="UZ"), stop("Osh", "KG")])
    assert drawn is not None
    assert [mark.numbers for mark in drawn.marks] == [(1,), (3,)]
    assert draw([Stop(kind=Kind.CROSSING, country="UZ")]) is None


@pytest.mark.parametrize("far", [("Oral", "KZ"), ("Shymkent", "KZ")])
def test_a_map_is_light(far: tuple[str, str]) -> None:
    drawn = draw([stop(*far), stop("Dushanbe", "TJ")])
    assert drawn is not None
    assert sum(len(land.path) for land in drawn.lands) < 20_000
    ET.fromstring("".join(f'<path d="{land.path}"/>' for land in drawn.lands[:1]))


@pytest.mark.parametrize("way", [("B. Konysbayeva", "KZ"), ("Almaty", "KZ"), ("Saryagash", "KZ")])
def test_no_name_covers_another(way: tuple[str, str]) -> None:
    drawn = draw([stop(*way), stop("Fotekhobod", "TJ")])
    assert drawn is not None
    names = [room_of_country(land.name_at) for land in drawn.lands if land.name_at]
    stops = [room_of_stop(mark.at, mark.anchor) for mark in drawn.marks]
    assert len(names) > 1
    assert not any(one.meets(two) for one, two in combinations(names, 2))
    assert not any(one.meets(two) for one in names for two in stops)


def test_a_long_name_ends_before_the_edge_of_the_drawing() -> None:
    drawn = draw([stop("Шымкент", "KZ"), stop("Ташкент", "UZ"), stop("Душанбе", "TJ")])
    assert drawn is not None
    for mark in drawn.marks:
        room = mark.at[0] if mark.anchor == "end" else WIDTH - mark.at[0]
        assert 8 <= mark.letters <= (room - AFTER) / LETTER


def test_a_point_is_inside_a_ring_or_not() -> None:
    assert inside(SQUARE, (1, 3))
    assert not inside(SQUARE, (5, 3))
    assert not inside(SQUARE, (-1, 4))
