"""Takes what the node's store holds, gives pages for a customs officer in Kazakh, Russian, Tajik and English.

Reading only. Rows become view structs (`views`, `dossier`), view structs become HTML (`templates`), and an
open page fetches itself anew when something happened (`live`). Works without JavaScript, too.
"""

from keruen.console.app import create_app
from keruen.console.entry.entrance import Entrance

__all__ = ["Entrance", "create_app"]
