"""The web server of the embedded installation: waitress, with the ticker in a thread beside it."""

import logging
from typing import Any

from flask import Flask
from waitress.server import create_server

from engine.documents.fonts import PACKAGES, check_fonts
from engine.timers.scheduler import start_beside

logger = logging.getLogger(__name__)

THREADS = 8


def serve_forever(app: Flask, host: str, port: int) -> None:
    """Serve until interrupted; timers are carried out meanwhile. Ends with a word where the port is taken."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    for problem in check_fonts():
        logger.warning("letters: %s; install the package %s", problem, PACKAGES[problem])
    parts = app.extensions["parts"]
    try:
        server: Any = create_server(app, host=host, port=port, threads=THREADS, ident="banjie")
    except OSError as error:
        message = f"{host}:{port} cannot be used: {error.strerror}. Another port: PORT={port + 1}"
        raise SystemExit(message) from error
    ticker = start_beside(parts.bus, parts.sessions)
    try:
        server.run()
    finally:
        ticker.shutdown(wait=False)
