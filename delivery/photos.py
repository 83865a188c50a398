"""Photos as the desk keeps them: upright, small, and without a word of where they were taken."""

from io import BytesIO

from PIL import Image, ImageOps

LONGEST_SIDE = 1600  # pixels: a screen's small print stays legible
_QUALITY = 85
_MOST_PIXELS = 64_000_000  # the largest phone cameras; more is a bomb
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


class NotAPicture(ValueError):
    """Nothing that can be shown: asking for it again will not help."""


def without_position(content: bytes) -> bytes:
    """The picture as a JPEG of at most 1,600 pixels a side, turned as it was held.

    It is drawn anew from its pixels, so nothing else comes along: no position, camera, time, name or preview.
    Slow (a second for a large photo): not for an event loop.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            return _drawn(picture)
    except Exception as error:  # decoders fail on broken files in every way there is
        raise NotAPicture("not a picture that can be read") from error


def _drawn(picture: Image.Image) -> bytes:
    if picture.width * picture.height > _MOST_PIXELS:
        raise NotAPicture("more pixels than a camera has")
    if picture.format == "JPEG":
        picture.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # decodes large photos at a fraction of the cost
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        plain.paste(layer, mask=layer)
    else:
        plain.paste(upright.convert("RGB"))
    kept = BytesIO()
    plain.save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()
