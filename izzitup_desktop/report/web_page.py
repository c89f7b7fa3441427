"""The report as one HTML file that needs nothing else, for browsers, mail and printers."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape

from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import UNKNOWN
from izzitup_desktop.report.contents import Line, Outage, Report
from izzitup_desktop.report.wording import Wording
from izzitup_desktop.text.numbers import NONE

HEIGHTS = {UNKNOWN: 0.12, StatusId.OPERATIONAL: 0.5, StatusId.IMPAIRED: 0.75, StatusId.OUTAGE: 1.0}
"""How high a bar of a strip is, as a share: worse is taller, in whatever colours it is printed."""

_SHAPES = {
    StatusId.OPERATIONAL: '<circle cx="8" cy="8" r="7.5"/><path d="M4.5 8.5l2.4 2.4 4.8-5.3"/>',
    StatusId.IMPAIRED: '<path class="f" d="M8 1.3l7.2 12.8H.8z"/><path d="M8 6.2v3.4M8 12v.2"/>',
    StatusId.OUTAGE: '<rect x=".8" y=".8" width="14.4" height="14.4" rx="2.5"/>'
    '<path d="M5 5l6 6M11 5l-6 6"/>',
}
_CLASSES = {
    UNKNOWN: "u", StatusId.OPERATIONAL: "ok", StatusId.IMPAIRED: "im", StatusId.OUTAGE: "out",
}  # fmt: skip
_STRIP_HEIGHT = 100

_STYLE = """
:root{color-scheme:light;--ok:#1b7a40;--im:#976000;--out:#c0261e;--u:#868e9b;--rule:#d9dde4;
--text:#1b2129;--muted:#565f6c;--soft:#f4f5f7}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem;background:#fff;color:var(--text);
font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
header{display:flex;gap:1.5rem;align-items:center;border-bottom:2px solid var(--text);
padding-bottom:1rem}
header img{max-height:4rem;max-width:14rem}
h1{font-size:1.9rem;line-height:1.2;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem}
p{margin:.3rem 0}.board{color:var(--muted);font-weight:600}.muted{color:var(--muted)}
.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.2rem 0;padding:0;list-style:none}
.tiles li{flex:1 1 0;min-width:9rem;background:var(--soft);border-radius:.5rem;padding:.8rem 1rem}
.tiles b{display:block;font-size:1.3rem;line-height:1.3;white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.93em}
th,td{padding:.35rem .5rem;text-align:left;vertical-align:top}
thead th{border-bottom:1.5px solid var(--text);vertical-align:bottom}
tbody tr{border-bottom:1px solid var(--rule)}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.t{white-space:nowrap;font-variant-numeric:tabular-nums}
.group th,.group td{background:var(--soft);font-weight:600}
.name{overflow-wrap:break-word;word-break:break-word}th.name{width:28%;min-width:11rem}
tbody th{font-weight:400}tr:not(.group) th.name{padding-left:1.5rem}
.why td{padding-top:0;color:var(--muted);white-space:pre-wrap;overflow-wrap:anywhere}
.has-why{border-bottom:0}
.strip{width:26%;min-width:7rem}.strip svg{display:block;width:100%;height:1.25rem}
.ok{fill:var(--ok)}.im{fill:var(--im)}.out{fill:var(--out)}.u{fill:var(--u)}
.shape{width:.95em;height:.95em;vertical-align:-.1em;margin-right:.4em}
.shape path:not(.f){fill:none;stroke:#fff;stroke-width:1.9;stroke-linecap:round}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:.3rem 0 .8rem}
.legend svg.bar{width:.5em;height:1.1em;vertical-align:-.2em;margin-right:.4em}
footer{margin-top:2rem;border-top:1px solid var(--rule);padding-top:.6rem}
@page{margin:15mm}
@media print{html{font-size:12.5px}body{padding:0;max-width:none;font-size:9.5pt;
print-color-adjust:exact;
-webkit-print-color-adjust:exact}
h1,h2,thead,.legend{break-after:avoid}h2{break-after:avoid-page}
tr,.tiles li{break-inside:avoid}tr.group,tr.has-why{break-after:avoid}
thead{display:table-header-group}}
"""


def web_page(report: Report, wording: Wording) -> str:
    """The whole page; every text of the board is escaped, and keeps its direction to itself."""
    return "\n".join(_page(report, wording)) + "\n"


def _page(report: Report, wording: Wording) -> Iterator[str]:
    title = f"{wording.title}, {wording.days(report)}"
    board = report.asked.board_name
    yield "<!DOCTYPE html>"
    yield f'<html lang="{wording.catalogue.language}">'
    yield '<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{escape(f'{board}: {title}' if board else title)}</title>"
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<header>"
    if report.asked.logo is not None:
        content = base64.b64encode(report.asked.logo.content).decode()
        yield f'<img alt="" src="data:{report.asked.logo.kind};base64,{content}">'
    yield "<div>"
    if board:
        yield f'<p class="board">{_own(board)}</p>'
    yield f"<h1>{escape(wording.title)}</h1>\n<p>{escape(wording.days(report))}</p>"
    yield "</div>\n</header>\n<main>\n" + '<ul class="tiles">'
    for value, what in wording.tiles(report):
        yield f"<li><b>{escape(value)}</b>{escape(what)}</li>"
    yield f"</ul>\n<h2>{escape(wording.figures_title())}</h2>"
    yield from _legend(report, wording)
    yield from _figures(report, wording)
    for note in wording.notes(report):
        yield f'<p class="muted">{escape(note)}</p>'
    yield f"<h2>{escape(wording.outages_title())}</h2>"
    if cut := wording.cut(report):
        yield f"<p>{escape(cut)}</p>"
    if report.outages:
        yield from _outages(report, wording)
    else:
        yield f"<p>{escape(wording.none())}</p>"
    yield f'</main>\n<footer class="muted">{escape(wording.made(report))}</footer>'
    yield "</body>\n</html>"


def _legend(report: Report, wording: Wording) -> Iterator[str]:
    yield '<p class="legend muted">'
    for status_id in (StatusId.OPERATIONAL, StatusId.IMPAIRED, StatusId.OUTAGE, UNKNOWN):
        bar = f'<path class="{_CLASSES[status_id]}" d="{_bars([0], status_id)}"/>'
        svg = f'<svg class="bar" viewBox="0 0 1 {_STRIP_HEIGHT}" preserveAspectRatio="none" '
        yield f'<span>{svg}aria-hidden="true">{bar}</svg>{escape(wording.status(status_id))}</span>'
    yield f"<span>{escape(wording.strip(report))}</span></p>"


def _figures(report: Report, wording: Wording) -> Iterator[str]:
    heads = wording.figures_heads()
    strip = escape(wording.strip_head())
    yield f"<table>\n<thead><tr><th>{escape(heads[0])}</th>"
    yield f'<th class="strip">{strip}</th>'
    yield "".join(f'<th class="n">{escape(head)}</th>' for head in heads[1:])
    yield "</tr></thead>\n<tbody>"
    for line in report.lines:
        yield '<tr class="group">' if line.is_group else "<tr>"
        yield f'<th scope="row" class="name">{_own(line.figures.name)}</th>'
        yield f'<td class="strip">{_strip(line, wording)}</td>'
        cells = wording.figures(line.totals, line.times)
        yield "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells) + "</tr>"
    yield "</tbody>\n</table>"


def _strip(line: Line, wording: Wording) -> str:
    count = max(1, len(line.strip))
    places: dict[int, list[int]] = {}
    for place, status_id in enumerate(line.strip):
        places.setdefault(status_id if status_id in HEIGHTS else UNKNOWN, []).append(place)
    paths = "".join(
        f'<path class="{_CLASSES[status_id]}" d="{_bars(places[status_id], status_id)}"/>'
        for status_id in HEIGHTS
        if status_id in places
    )
    told = ", ".join(
        f"{wording.status(status_id)} {len(places[status_id])}/{count}"
        for status_id in HEIGHTS
        if status_id in places
    )
    return (
        f'<svg viewBox="0 0 {count} {_STRIP_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(told)}">{paths}</svg>'
    )


def _bars(places: Sequence[int], status_id: int) -> str:
    height = round(HEIGHTS[status_id] * _STRIP_HEIGHT)
    top = _STRIP_HEIGHT - height
    return "".join(f"M{place} {top}h.86v{height}h-.86z" for place in places)


def _outages(report: Report, wording: Wording) -> Iterator[str]:
    status, service, begin, end, duration, who = map(escape, wording.outages_heads())
    yield f"<table>\n<thead><tr><th>{status}</th><th>{service}</th><th>{begin}</th><th>{end}</th>"
    yield f'<th class="n">{duration}</th><th>{who}</th></tr></thead>\n<tbody class="listed">'
    for outage in report.outages:
        yield from _outage(outage, report, wording)
    yield "</tbody>\n</table>"


def _outage(outage: Outage, report: Report, wording: Wording) -> Iterator[str]:
    status, name, begin, end, duration, who = wording.outage(outage, report)
    status_id = outage.span.status_id
    shape = (
        f'<svg class="shape {_CLASSES[status_id]}" viewBox="0 0 16 16" aria-hidden="true">'
        f"{_SHAPES[StatusId(status_id)]}</svg>"
    )
    yield '<tr class="has-why">' if outage.comment else "<tr>"
    yield f'<td class="t">{shape}{escape(status)}</td><td class="name">{_own(name)}</td>'
    yield f'<td class="t">{escape(begin)}</td><td class="t">{escape(end)}</td>'
    yield f'<td class="n">{escape(duration)}</td>'
    yield f'<td class="name">{_own(who) if who != NONE else NONE}</td></tr>'
    if outage.comment:
        yield f'<tr class="why"><td></td><td colspan="5">{_own(outage.comment)}</td></tr>'


def _own(text: str) -> str:
    """A text of the board's: escaped, its direction its own, without what HTML can't hold."""
    shown = "".join(char if char >= " " or char in "\n\t" else " " for char in text)
    return f"<bdi>{escape(shown)}</bdi>"
