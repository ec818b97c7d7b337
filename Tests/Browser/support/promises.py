"""What the pages promise each other: help in one order, and fields about oneself that say what they are for."""

ONESELF = ("/register", "/sign-in", "/account/details", "/access-request", "/help/ask/", "/reset", "/account/emails")
PURPOSES = {
    "first_name": ("given-name",), "last_name": ("family-name",), "name": ("name",), "company": ("organization",), "phone": ("tel",),
    "mobile_phone": ("tel",), "email": ("email", "username"), "street": ("address-line1", "street-address"), "zip": ("postal-code",)}


def help_links(root):
    """The ways to get help that every page has, in their order, with where they stand."""
    found = []
    for place in ("header", "footer"):
        for landmark in root.all(place):
            for link in landmark.all("a"):
                target = link.attributes.get("href", "")
                if target == "/help" or target.startswith(("tel:", "mailto:", "/accessibility")):
                    found.append(f"{place}: {target}")
    return tuple(found)


def wrong_purposes(route, root):
    """Fields in which people write about themselves, without the right `autocomplete` (1.3.5)."""
    if not route.removeprefix("POST ").startswith(ONESELF):
        return []
    found = []
    for node in root.all("input"):
        name, said = node.attributes.get("name"), node.attributes.get("autocomplete", "")
        wanted = PURPOSES.get(name)
        if wanted and node.attributes.get("type") != "hidden" and said.split(" ")[-1] not in wanted:
            found.append(f"the field {name} has autocomplete={said!r}; {' or '.join(wanted)} is right")
    return found
