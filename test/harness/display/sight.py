"""What a person sees on the display: the accessibility tree of its windows, as a screen reader gets it.

For each line on standard input, writes one line of JSON: the addresses of the documents that show, and their things in
reading order, each with its role, words, state and place on the screen in pixels.
"""
import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

STATE = Atspi.StateType
# By name: the names stay the same between versions of the library, the numbers do not.
ROLES = {
    "entry": "field",
    "password text": "field",
    "push button": "button",
    "button": "button",
    "toggle button": "button",
    "radio button": "choice",
    "heading": "heading",
    "notification": "alert",
    "alert": "alert",
}


def children(node):
    return [node.get_child_at_index(index) for index in range(node.get_child_count())]


def text_of(node):
    return " ".join(filter(None, (child.get_name() or text_of(child) for child in children(node))))


def look(node, document, seen):
    try:
        if node is None:
            return
        states = node.get_state_set()
        role = node.get_role_name()
        if role == "document web":
            if not states.contains(STATE.SHOWING):
                return
            document = Atspi.Document.get_document_attribute_value(node, "URI")
            seen["documents"].append(document)
        if document is not None and role in ROLES:
            place = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
            seen["things"].append(
                {
                    "role": ROLES[role],
                    "words": node.get_name() or text_of(node),
                    "isFocused": states.contains(STATE.FOCUSED),
                    "isEnabled": states.contains(STATE.ENABLED),
                    "document": document,
                    "x": place.x,
                    "y": place.y,
                    "width": place.width,
                    "height": place.height,
                }
            )
        for child in children(node):
            look(child, document, seen)
    except GLib.Error:
        # A node that is gone by the time that it is asked.
        return


for _line in sys.stdin:
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    seen = {"documents": [], "things": []}
    look(desktop, None, seen)
    print(json.dumps(seen), flush=True)
