"""Draw what was measured as a chart: the time of each build of a made-up site, as a part of that of static-i18n."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from benchmarks.measure import Figures
from benchmarks.scenarios import HUGO, SECONDS, STEPS, THEIRS

WIDTH, LEFT, RIGHT, ROW, BAR = 760, 220, 120, 22, 14
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .name { text-anchor: end }
  .head { font-weight: bold }
  .ground { fill: #ffffff }
  .ours { fill: #0969da } .other { fill: #848d97 } .line { stroke: #848d97; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .ground { fill: #0d1117 } .ours { fill: #58a6ff } .other { fill: #8b949e }
  }
"""


def chart(figures: Figures, note: str) -> str:
    """Return the chart as SVG, with all its values as text. note: when it was measured."""
    groups = list(_groups(figures))
    longest = max((part for _, bars in groups for _, _, part in bars), default=1.0)
    scale = (WIDTH - LEFT - RIGHT) / longest
    drawn: list[str] = []
    top = 56
    for content, bars in groups:
        drawn.append(f'<text class="head" x="8" y="{top}">{escape(content)}</text>')
        bottom = top + 8 + ROW * len(bars)
        x = f"{LEFT + scale:.0f}"
        drawn.append(f'<line class="line" x1="{x}" x2="{x}" y1="{top + 6}" y2="{bottom}"/>')
        for step, seconds, part in bars:
            top += ROW
            drawn += _bar(step, seconds, part, scale, top)
        top += 2 * ROW
    title = "Time to build, as a part of the time of mkdocs-static-i18n"
    spoken = "; ".join(
        f"{content}: " + ", ".join(f"{step} {seconds:.2f} s" for step, seconds, _ in bars) for content, bars in groups
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" aria-labelledby="t d">',
            f'<title id="t">{title}</title>',
            f'<desc id="d">{escape(spoken)}</desc>',
            f"<style>{STYLE}</style>",
            # Not every page that shows the chart follows the scheme of the reader's system.
            '<rect class="ground" width="100%" height="100%"/>',
            f'<text class="head" x="8" y="20">{title}</text>',
            f'<text x="8" y="{top - 8}">{escape(note)}. Shorter is faster.</text>',
            *drawn,
            "</svg>\n",
        ]
    )


def _groups(figures: Figures) -> Iterator[tuple[str, list[tuple[str, float, float]]]]:
    """Yield each made-up site that static-i18n built too, with its builds: their name, seconds, and part."""
    for name, fields in figures.items():
        content, _, step = name.partition(": ")
        if step == THEIRS:
            whole = fields[SECONDS]
            found = ((each, figures.get(f"{content}: {each}")) for each in (THEIRS, *STEPS, HUGO))
            yield content, [(each, own[SECONDS], own[SECONDS] / whole) for each, own in found if own]


def _bar(step: str, seconds: float, part: float, scale: float, top: int) -> Iterator[str]:
    kind = "ours" if step in STEPS else "other"
    width = max(1.0, part * scale)
    label = f"this project, {step}" if step in STEPS else step
    yield f'<text class="name" x="{LEFT - 8}" y="{top}">{escape(label)}</text>'
    yield f'<rect class="{kind}" x="{LEFT}" y="{top - BAR + 2}" width="{width:.1f}" height="{BAR}"/>'
    yield f'<text x="{LEFT + width + 6:.0f}" y="{top}">{part:.2f} ({seconds:.2f} s)</text>'
