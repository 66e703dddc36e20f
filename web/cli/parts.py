"""The application's parts, on a database of the newest version."""

from flask import current_app
from flask_migrate import upgrade

from web.current import Parts


def prepared() -> Parts:
    """Return the application's parts with the database migrated to the newest version."""
    upgrade()
    return current_app.extensions["parts"]
