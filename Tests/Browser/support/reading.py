"""A page's HTML read without a browser: its links, its forms and its skeleton."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LISTS = {"ul", "ol", "dl", "tbody", "select", "datalist"}


@dataclass
class Node:
    tag: str
    attributes: dict
    children: list = field(default_factory=list)
    text: str = ""

    def all(self, *tags):
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def words(self):
        return " ".join([self.text.strip(), *(child.words() for child in self.children)]).strip()

    def skeleton(self):
        """Tags, classes, roles, names of aria attributes, languages. No text and no digits; of rows that are alike, one."""
        kept = [f".{name}" for name in sorted(self.attributes.get("class", "").split())]
        kept += [f"{name}={self.attributes[name]}" for name in ("role", "lang", "type") if name in self.attributes]
        kept += sorted(name for name in self.attributes if name.startswith("aria-") or name in ("required", "disabled", "tabindex"))
        inside = [child.skeleton() for child in self.children]
        if self.tag in LISTS:
            inside = list(dict.fromkeys(inside))
        else:
            inside = [one for index, one in enumerate(inside) if index == 0 or one != inside[index - 1]]
        return f"<{self.tag} {' '.join(kept)}>{''.join(inside)}</>"


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].text += data


def read(html):
    builder = _Builder()
    builder.feed(html)
    return builder.root


@dataclass
class Form:
    """A form as the page shows it. `hidden` is sent as it is; `fields` are what a person fills in."""

    method: str
    action: str
    hidden: dict
    fields: dict
    words: str
    selects: dict = field(default_factory=dict)


def forms(root, page_path):
    found = []
    for node in root.all("form"):
        form = Form(node.attributes.get("method", "get").lower(), node.attributes.get("action") or page_path, {}, {}, node.words())
        for control in node.all("input", "select", "textarea", "button"):
            name, kind = control.attributes.get("name"), control.attributes.get("type", control.tag)
            if not name:
                continue
            if kind in ("hidden", "submit", "button"):
                form.hidden[name] = control.attributes.get("value", "")
            elif control.tag == "select":
                options = [option.attributes.get("value", "") for option in control.all("option")]
                form.fields[name] = options[0] if options else ""
                form.selects[name] = options
            elif kind in ("checkbox", "radio"):
                # Nobody can tick or choose what the page does not offer.
                if "checked" in control.attributes:
                    form.fields[name] = control.attributes.get("value", "")
                    form.selects[name] = [form.fields[name]]
            else:
                form.fields[name] = control.attributes.get("value", control.text)
        found.append(form)
    return found


def links(root):
    return [node.attributes["href"] for node in root.all("a") if node.attributes.get("href")]


def title(root):
    return next((node.words() for node in root.all("title")), "")
