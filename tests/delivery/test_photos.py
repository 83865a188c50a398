"""A photo of a broken printer must not tell where somebody lives."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from delivery.photos import LONGEST_SIDE, NotAPicture, without_position

GPS, ORIENTATION, MAKE, GPS_TAGS = 0x8825, 0x0112, 0x010F, {1: "S", 2: (6.0, 10.0, 12.5), 3: "E", 4: (35.0, 44.0, 9.0)}


def phone_photo(width: int = 640, height: int = 480, orientation: int = 6) -> bytes:
    """As a phone takes it: lying on its side, with its position, its maker and a comment."""
    picture = Image.new("RGB", (width, height), "navy")
    picture.paste("red", (0, 0, width, height // 4))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[GPS] = orientation, "TECNO", GPS_TAGS
    kept = BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/' exif:GPSLatitude='6,10.2S'/>"
    picture.save(kept, "JPEG", exif=exif, comment=b"nyumbani kwa Juma", xmp=xmp)
    return kept.getvalue()


def test_the_position_goes_and_the_picture_stands_upright() -> None:
    taken = phone_photo()
    assert Image.open(BytesIO(taken)).getexif().get_ifd(GPS)
    kept = without_position(taken)
    for trace in (b"Exif", b"TECNO", b"GPS", b"xmpmeta", b"nyumbani"):
        assert trace in taken
        assert trace not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (480, 640))
        assert not picture.getexif()
        red, _, blue = picture.getpixel((470, 320))  # type: ignore[misc]  # three numbers: it is RGB
        assert red > 200 > blue  # what was its upper edge is on the right


def test_a_screenshot_is_kept_without_its_notes_and_without_transparency() -> None:
    notes = PngInfo()
    notes.add_text("Location", "Mlali")
    picture = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
    exif = Image.Exif()
    exif[GPS] = GPS_TAGS
    taken = BytesIO()
    picture.save(taken, "PNG", pnginfo=notes, exif=exif)
    kept = without_position(taken.getvalue())
    assert b"Mlali" not in kept
    with Image.open(BytesIO(kept)) as shown:
        assert shown.getpixel((10, 10)) == (255, 255, 255)
        assert not shown.getexif()


@pytest.mark.parametrize(("size", "kept_size"), [((4000, 3000), (1600, 1200)), ((900, 5000), (288, 1600))])
def test_a_large_photo_is_made_smaller(size: tuple[int, int], kept_size: tuple[int, int]) -> None:
    with Image.open(BytesIO(without_position(phone_photo(*size, orientation=1)))) as picture:
        assert picture.size == kept_size
        assert max(picture.size) <= LONGEST_SIDE


def test_palettes_and_greys_are_pictures_too() -> None:
    for mode in ("P", "L", "1", "LA", "I;16"):
        taken = BytesIO()
        Image.new(mode, (8, 8)).save(taken, "PNG")
        assert Image.open(BytesIO(without_position(taken.getvalue()))).size == (8, 8)


def test_more_pixels_than_a_camera_has_are_refused_before_they_are_decoded() -> None:
    bomb = BytesIO()
    Image.new("1", (20_000, 9_000)).save(bomb, "PNG")
    with pytest.raises(NotAPicture):
        without_position(bomb.getvalue())


@given(st.binary(max_size=200), st.integers(0, 3000), st.binary(max_size=4))
def test_what_is_no_picture_is_refused_or_read(noise: bytes, cut: int, slip: bytes) -> None:
    photo = phone_photo(16, 16)
    for content in (noise, photo[:cut], photo[: cut // 4] + slip + photo[cut // 4 + len(slip) :]):
        try:
            kept = without_position(content)
        except NotAPicture:
            continue
        assert kept.startswith(b"\xff\xd8")
