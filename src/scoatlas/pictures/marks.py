"""Marks as SVG text: escaped, rounded, without styles; their classes say what they are, pictures.css how they look."""

from __future__ import annotations

from markupsafe import Markup

_SHAPES = {
    "square": "M-{r},-{r}H{r}V{r}H-{r}Z",
    "diamond": "M0,-{l}L{l},0L0,{l}L-{l},0Z",
    "triangle": "M0,-{l}L{l},{r}H-{l}Z",
    "cross": "M-{r},-{r}L{r},{r}M-{r},{r}L{r},-{r}",
    "plus": "M-{l},0H{l}M0,-{l}V{l}",
}
SHAPES = ("disc", *_SHAPES)
"""Shapes that can be told apart without colour."""


def tag(name: str, *children: str, **attributes: object) -> Markup:
    """An element; `class_` is its class, `data_row` its `data-row`, and attributes that are None or "" are left out."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _text(value))
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    inside = Markup("").join(children)
    return (
        Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inside)
        if inside
        else Markup("<{}{}/>").format(Markup(name), written)
    )


def said(words: str) -> Markup:
    """What a mark says to who points at it."""
    return tag("title", words) if words else Markup("")


def bar(x: float, y: float, width: float, height: float, *children: str, **attributes: object) -> Markup:
    return tag("rect", *children, x=x, y=y, width=max(width, 0.5), height=height, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def text(x: float, y: float, words: str, **attributes: object) -> Markup:
    return tag("text", words, x=x, y=y, **attributes)


def shape(name: str, x: float, y: float, size: float, *children: str, **attributes: object) -> Markup:
    """One of SHAPES, `size` units wide, its middle at a point."""
    if name == "disc":
        return tag("circle", *children, cx=float(x), cy=float(y), r=size / 2, **attributes)
    path = _SHAPES[name].format(r=_text(size / 2), l=_text(size * 0.62))
    return tag("path", *children, d=path, transform=f"translate({_text(float(x))} {_text(float(y))})", **attributes)


def _text(value: object) -> str:
    """A value as an attribute holds it: numbers to a tenth of a unit, so that the same facts give the same bytes."""
    if isinstance(value, float):
        tenths = f"{value:.1f}".removesuffix(".0")
        return "0" if tenths == "-0" else tenths
    return str(value)
