"""Charts drawn on the server as SVG: no script, no inline style, printable."""

from collections.abc import Sequence

from markupsafe import Markup

BRAND, BAD, WARN, PALE, LINE, INK = "#2a6cf0", "#b42318", "#d9820b", "#e8ecf2", "#e8ecf2", "#5d6879"
NEARLY = 0.8  # of a limit used at which its bar turns


def spark(values: Sequence[float], color: str = BRAND, width: int = 76, height: int = 26) -> Markup:
    """Return a small line of how a figure went."""
    low, high = min(values), max(values)
    span, steps = (high - low) or 1, max(1, len(values) - 1)
    points = [(2 + i * (width - 6) / steps, 3 + (height - 6) * (1 - (v - low) / span)) for i, v in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    return Markup(
        '<svg class="sp" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<polygon points="2,{h} {p} {x:.1f},{h}" fill="{c}" fill-opacity=".1"/>'
        '<polyline points="{p}" fill="none" stroke="{c}" stroke-width="1.6"/>'
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{c}"/></svg>'
    ).format(w=width, h=height, p=path, x=last_x, y=last_y, c=color)


def meter(used: float, limit: float, label: str) -> Markup:
    """Return a bar of how much of a limit is used; what is over stands out behind the limit's tick."""
    total = max(used, limit, 0.001)
    filled = min(used, limit) / total * 200
    if used > limit:
        body = Markup(
            '<rect width="200" height="6" rx="3" fill="{bad}"/><rect width="{a:.1f}" height="6" fill="#e9a49c"/>'
            '<rect x="{b:.1f}" width="2" height="6" fill="#fff"/>'
        ).format(bad=BAD, a=filled, b=max(0.0, filled - 1))
    else:
        color = WARN if used / limit >= NEARLY else BRAND
        body = Markup('<rect width="{a:.1f}" height="6" rx="3" fill="{c}"/>').format(a=filled, c=color)
    return Markup(
        '<svg class="meter" viewBox="0 0 200 6" preserveAspectRatio="none" role="img" aria-label="{label}">'
        '<rect width="200" height="6" rx="3" fill="{pale}"/>{body}</svg>'
    ).format(label=label, pale=PALE, body=body)


def bar(value: float, most: float, color: str = BRAND) -> Markup:
    """Return a bar as long as the value's share of the greatest one."""
    share = value / most * 200 if most else 0
    return Markup(
        '<svg class="meter" viewBox="0 0 200 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="200" height="6" rx="3" fill="#eef1f6"/><rect width="{s:.1f}" height="6" rx="3" fill="{c}"/></svg>'
    ).format(s=share, c=color)


def trend(days: Sequence[str], lines: Sequence[int], bars: Sequence[int], label: str) -> Markup:
    """Return a chart of one line over bars, one a day, with its label for those who do not see it."""
    width, height, left, right, top, bottom = 284, 150, 26, 6, 8, 20
    most = max([*lines, *bars, 4])
    step = max(1, -(-most // 4))
    ceiling = step * -(-most // step)
    count = max(1, len(days) - 1)

    def x(index: int) -> float:
        return left + (width - left - right) * index / count

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - value / ceiling)

    grid = Markup("").join(
        Markup(
            '<line x1="{l}" x2="{r}" y1="{y:.1f}" y2="{y:.1f}" stroke="{line}"/>'
            '<text x="{t}" y="{ty:.1f}" text-anchor="end" font-size="10" fill="{ink}">{v}</text>'
        ).format(l=left, r=width - right, y=y(v), line=LINE, t=left - 5, ty=y(v) + 3.5, ink=INK, v=v)
        for v in range(0, ceiling + 1, step)
    )
    columns = Markup("").join(
        Markup('<rect x="{x:.1f}" y="{y:.1f}" width="6" height="{h:.1f}" rx="1.5" fill="#d5e2fb"/>').format(
            x=x(i) - 3, y=y(v), h=height - bottom - y(v)
        )
        for i, v in enumerate(bars)
    )
    names = Markup("").join(
        Markup('<text x="{x:.1f}" y="{y}" text-anchor="middle" font-size="10" fill="{ink}">{d}</text>').format(
            x=min(x(i), width - 14), y=height - 5, ink=INK, d=days[i]
        )
        for i in range(0, len(days), 7)
    )
    path = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in enumerate(lines))
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="img" aria-label="{label}">{grid}{columns}'
        '<polyline points="{path}" fill="none" stroke="{bad}" stroke-width="2"/>{names}</svg>'
    ).format(w=width, h=height, label=label, grid=grid, columns=columns, path=path, bad=BAD, names=names)
