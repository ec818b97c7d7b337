"""The forms of a page: where they go and what their hidden fields hold, the once-key among them."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append((attributes.get("action", ""), {}))
        elif tag == "input" and attributes.get("type") == "hidden" and self.forms:
            self.forms[-1][1][attributes.get("name")] = attributes.get("value") or ""


def hidden_fields(html, action, having=None):
    """The hidden fields of the form that is sent there, of the one that has the field `having` if it is said; None when the page has no
    such form."""
    reader = _Reader()
    reader.feed(html)
    return next((fields for where, fields in reader.forms if where == action and (having is None or having in fields)), None)
