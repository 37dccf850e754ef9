"""Pages that are only pictures of words, as a scanner makes them."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from caseapp.typesetting.fonts import FOLDER

SPANISH = (
    "DECLARACIÓN JURADA",
    "Yo, María Díaz, declaro que el día 3 de mayo",
    "salí de San José por amenazas de muerte.",
)


def scan(lines=SPANISH, *, turned=0, resolution=150):
    """A PNG of a page with these lines."""
    page = Image.new("L", (round(8.5 * resolution), 11 * resolution), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FOLDER / "NotoSerif-Regular.ttf", round(resolution * 0.22))
    for number, line in enumerate(lines):
        draw.text((resolution, resolution * (1 + number * 0.4)), line, font=font, fill=15)
    target = BytesIO()
    page.rotate(turned, expand=True).save(target, "PNG", dpi=(resolution, resolution))
    return target.getvalue()
