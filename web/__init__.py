"""Everything that knows HTTP: reads requests, gives commands, words the answers."""

from flask import Flask

from web import access, errors, formatting, identity, navigation, security
from web.account.pages import pages as account
from web.boards.pages import pages as boards
from web.cases.pages import pages as cases
from web.citizen.pages import pages as citizen
from web.current import Parts
from web.designer.pages import pages as designer
from web.desk.operations import pages as operations
from web.desk.pages import pages as desk
from web.desk.registering import pages as registering
from web.flags.pages import pages as flags
from web.interventions.pages import pages as interventions
from web.language import install as install_language
from web.upkeep.calendar import pages as calendar
from web.upkeep.self_check import pages as self_check
from web.wording import day_reason


def equip_web(app: Flask, parts: Parts) -> Flask:
    """Return the application with every page, guarded; its configuration must be complete."""
    app.extensions["parts"] = parts
    security.install(app)
    install_language(app)
    identity.install(app)
    access.install(app)
    rooms = (
        account,
        desk,
        operations,
        registering,
        cases,
        boards,
        flags,
        citizen,
        calendar,
        self_check,
        interventions,
        designer,
    )
    for room in rooms:
        app.register_blueprint(room)
    formatting.install(app)
    app.jinja_env.filters["day_reason"] = day_reason
    navigation.install(app)
    errors.install(app)
    return app
