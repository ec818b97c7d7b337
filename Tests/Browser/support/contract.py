"""What a page with errors owes its reader: a summary that comes first, links to the fields, and each field tied to its message."""

from .reading import title

ERROR = {"en": "Error", "es": "Error"}


class Contract:
    def __init__(self, sheet):
        self.root = sheet.root
        self.language = sheet.language
        self.ids = {node.attributes["id"]: node for node in self.root.all() if "id" in node.attributes}

    def problems(self):
        found = []
        if not title(self.root).startswith(ERROR[self.language]):
            found.append(f"the title does not begin with {ERROR[self.language]!r}: {title(self.root)!r}")
        main = next(self.root.all("main"), None)
        summary = next((node for node in main.all() if node.attributes.get("role") == "alert"), None) if main else None
        if summary is None:
            return [*found, "main has no error summary (role=alert)"]
        if not self._is_first(main, summary):
            found.append("the error summary does not stand first in main")
        if "autofocus" not in summary.attributes or summary.attributes.get("tabindex") != "-1":
            found.append("the error summary does not get the focus (autofocus, tabindex=-1)")
        links = [node.attributes.get("href", "") for node in summary.all("a")]
        named = {link[1:] for link in links if link.startswith("#")}
        found += [f"the summary leads to #{name}, which does not exist" for name in named if name not in self.ids]
        invalid = [node for node in self.root.all() if node.attributes.get("aria-invalid") == "true"]
        for node in invalid:
            found += self._field(node, named)
        if not invalid:
            found.append("no field is marked aria-invalid=true")
        found += [f"the summary leads to #{name}, which is not marked aria-invalid" for name in named
                  if name in self.ids and not self._is_invalid(name, invalid)]
        return found

    @staticmethod
    def _is_first(main, summary):
        """Nothing with words or controls stands before it."""
        for node in main.all():
            if node is summary:
                return True
            if node.text.strip() or node.tag in ("a", "button", "input"):
                return False
        return False

    def _is_invalid(self, name, invalid):
        return any(node.attributes.get("id") == name or any(child.attributes.get("id") == name for child in node.all()) for node in invalid)

    def _field(self, node, named):
        name = node.attributes.get("id") or next((child.attributes["id"] for child in node.all() if "id" in child.attributes), "?")
        described = node.attributes.get("aria-describedby", "").split()
        found = [f"#{name} names #{one} as its description, which does not exist" for one in described if one not in self.ids]
        if not any("problem" in self.ids[one].attributes.get("class", "") for one in described if one in self.ids):
            found.append(f"#{name} is marked wrong and is not described by a message")
        inner = {child.attributes.get("id") for child in node.all()} | {node.attributes.get("id")}
        if not inner & named:
            found.append(f"no link of the summary leads to #{name}")
        return found
