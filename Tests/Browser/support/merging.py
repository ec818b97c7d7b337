"""Records that are one: merged and merged no more, and what somebody says of their own."""

# What staff type here.
TYPED = {"same": "Both gave the same license number.", "two": "They are two people.", "hold": "Your check came back."}


def contact(steward, text):
    """The address of the first contact that this finds."""
    found = steward.get(f"/staff/contacts?q={text}").links()
    return next(link for link in found if link.startswith("/staff/contacts/"))


def page(one, other):
    """The address that shows two contacts side by side."""
    return f"{one}/merge/{other.split('/')[-1]}"


def merge(steward, one, other):
    """Merges two contacts by their pages; answers the page that shows both."""
    steward.sends(page(one, other), {"evidence": TYPED["same"]})
    return page(one, other)


def undo(steward, one, act=None):
    """Undoes the only merge of a contact; answers the addresses of what asked and of what waits after it."""
    apart = next(link for link in steward.get(one).links() if "/apart/" in link)
    if act:
        act()
    steward.sends(apart, {"why": TYPED["two"]})
    return apart, f"/staff/desk/clean-up/undone/{apart.split('/')[-1]}"


def propose(person, why):
    """Says that the first two of a person's own records of one kind are the same."""
    form = person.opens("/account/contacts/same")
    boxes = [node.attributes["name"] for node in form.root.all("input")
             if node.attributes.get("name", "").startswith("record-")]
    return person.sends("/account/contacts/same", {**{box: "yes" for box in boxes[:2]}, "why": why}, having={"why"})


def hold(steward, one):
    """Puts a hold on a contact; answers the address that lifts it."""
    steward.sends(f"{one}/hold", {"held-renew": "yes", "reason": TYPED["hold"]}, having={"reason"})
    return next(link for link in steward.get(one).links() if "/hold/" in link)
