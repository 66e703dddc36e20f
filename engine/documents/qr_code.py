"""QR codes drawn into the page: no picture is loaded for them."""

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules around the code, ISO/IEC 18004


def draw_qr_code(text: str) -> Markup:
    """
    Return the QR code of a text as an SVG element without a size; the style sheet gives it one.

    At least a quarter of the code may be damaged (level Q), for papers that are folded and stamped. Never a Micro QR
    code, which telephones do not read. Raises ValueError for more text than fits.
    """
    code = segno.make(text, error="q", micro=False)
    drawn = code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704  # squares drawn by segno; the text itself is not in it
