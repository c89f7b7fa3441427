"""QR codes: a text as a picture for a camera."""

from __future__ import annotations

import io

_SCALE = 6


def qr_svg(text: str) -> bytes:
    """A QR code of the text, as an SVG file."""
    import segno  # only who looks at a code waits for it

    written = io.BytesIO()
    segno.make(text, micro=False).save(
        written, kind="svg", scale=_SCALE, light="white", title=text
    )  # fmt: skip
    return written.getvalue()
