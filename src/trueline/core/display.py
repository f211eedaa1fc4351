"""Make hostile text safe to show to a person, in a terminal or anywhere else.

Transcripts hold whatever agents, tools and attackers wrote: escape sequences
that repaint a terminal, carriage returns that hide a line, bidirectional
controls that reorder it, zero-width characters that forge a look-alike.

**Covers** C0 and C1 controls, ESC/CSI/OSC sequences, bidirectional controls,
zero-width and other invisible format characters, lone surrogates.
**Does not cover** look-alike letters of other scripts.
"""

from typing import Final

_VISIBLE: Final[dict[int, str]] = {
    **{code: f"\\x{code:02x}" for code in range(0x20) if code not in (0x09, 0x0A)},
    **{code: f"\\x{code:02x}" for code in range(0x7F, 0xA0)},
    **{
        code: f"\\u{code:04x}"
        for code in (
            0x00AD, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0,
            *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070),
            *range(0xFFF0, 0xFFFC),
        )
    },
    **{code: f"\\U{code:08x}" for code in range(0xE0000, 0xE0080)},
    **{code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)},
}  # fmt: skip


def neutral(text: str) -> str:
    r"""Return `text` with every control and invisible character spelled out.

    Newline and tab stay; everything else that could move a cursor, change a
    colour, reorder or hide text becomes its escape, such as `\\x1b`.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_VISIBLE)


def one_line(text: str, limit: int) -> str:
    """Return `text` neutral, white space collapsed, at most `limit` characters, cut with `…`."""
    flat = " ".join(neutral(text[: limit * 8]).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
