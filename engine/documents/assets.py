"""
What a page may load: the files that came with this room, and nothing else.

What a citizen typed must reach neither the network nor the disk, so the fetcher knows names, not addresses: a bundled
file is asked for as `bundled:letter.css`. Every other scheme is refused, `file:` and `data:` too.
"""

from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from engine.domain.errors import Refused

FOLDER = Path(__file__).parent / "templates"
SCHEME = "bundled:"
MEDIA_TYPES = {".css": "text/css"}


class BundledOnly(URLFetcher):
    """Serves the style sheets of this room by name; refuses whatever else is asked for."""

    def __init__(self) -> None:
        """Know the bundled files, and keep what was refused for whoever looks."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the bundled file; raises Refused for anything else."""
        path = BUNDLED.get(url)
        if path is None:
            self.refused.append(url[:200])
            raise Refused(what="fetch", url=url[:200])
        return URLFetcherResponse(
            url, path.read_bytes(), {"Content-Type": f"{MEDIA_TYPES[path.suffix]}; charset=utf-8"}
        )


# {address: file}; listed once, so that no name can be put together to lead out of the folder
BUNDLED = {f"{SCHEME}{path.name}": path for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES}
