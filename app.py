"""Puts the program together: settings, database, engine, web. `flask --app app …` is the command line."""

import os
import secrets
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session
from whitenoise import WhiteNoise

from engine.assembly import EngineSettings, build_bus
from engine.domain.clock import Clock
from engine.domain.hooks import hook_settings
from engine.store.tables import metadata
from web import equip_web
from web.cli import install as install_commands
from web.current import Parts

ROOT = Path(__file__).parent
INSTANCE = Path(os.environ.get("BANJIE_INSTANCE", ROOT / "instance"))


def create_app(database_url: str | None = None, clock: Clock | None = None) -> Flask:
    """Return the application over a database (default: DATABASE_URL, else SQLite in the instance folder)."""
    INSTANCE.mkdir(parents=True, exist_ok=True)
    app = Flask("web", root_path=str(ROOT / "web"), instance_path=str(INSTANCE.resolve()))
    app.config.update(
        SECRET_KEY=os.environ.get("BANJIE_SECRET") or _kept_secret(INSTANCE / "secret.key"),
        SQLALCHEMY_DATABASE_URI=database_url
        or os.environ.get("DATABASE_URL")
        or f"sqlite:///{INSTANCE.resolve()}/banjie.db",
        TRUSTED_HOSTS=os.environ.get("TRUSTED_HOSTS", "127.0.0.1,localhost").split(","),
        PUBLIC_URL=os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000"),
        SESSION_COOKIE_SECURE=os.environ.get("BANJIE_HTTPS") == "1",
        ROOT=ROOT,
    )
    database = SQLAlchemy(metadata=metadata)
    database.init_app(app)
    Migrate(app, database, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        engine = database.engine
    settings = EngineSettings(
        secret=app.config["SECRET_KEY"], public_url=app.config["PUBLIC_URL"], hooks=hook_settings(os.environ)
    )
    bus = build_bus(engine, settings, clock)
    equip_web(app, Parts(bus=bus, database=database, sessions=lambda: Session(engine)))
    install_commands(app)
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=ROOT / "web/static", prefix="static/", max_age=300)
    return app


def _kept_secret(path: Path) -> str:
    """Return the installation's secret; made once, readable by its owner alone, outside the database."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")
