"""How the API describes itself: OpenAPI 3.1, as JSON, without a page that would load from elsewhere."""

from __future__ import annotations

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from keruen import __version__
from keruen.api.app import PATH

OPENAPI = OpenAPIConfig(
    title="Keruen",
    version=__version__,
    description="Hand documents in, ask for consignments, be told of events.",
    path=PATH,
    render_plugins=(JsonRenderPlugin(),),
    security=[{"token": []}],
    components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
)
