"""Known barriers, each a small change to a real page, and whether the rig is to find it."""

from dataclasses import dataclass

END = "</main>"


@dataclass
class Barrier:
    name: str
    old: str
    new: str
    route: str = "/sign-in"
    language: str = "en"
    status: int = 200
    is_found: bool = True

    def planted(self, html):
        assert self.old in html, f"{self.name}: the page has no {self.old}"
        return html.replace(self.old, self.new, 1)


def added(name, html, **more):
    """A barrier that is put at the end of the page's content."""
    return Barrier(name, END, html + END, **more)


LABEL = '<label for="email">'
PASSWORD = '<input id="password" name="password"'

BARRIERS = [
    Barrier("a field without a label", LABEL, "<label>"),
    added("a link without words", '<p><a href="/help"></a></p>'),
    added("a picture without an alternative", '<p><img src="/assets/none.svg" width="40" height="40"></p>'),
    added("a button that is only a picture", '<p><button class="button"><svg width="20" height="20"><path d="M0 0h9v9z"/></svg></button></p>'),
    added("text of contrast 2.8:1", '<p style="color:#999;background:#fff">Pale words</p>'),
    added("text of contrast 5.3:1, below AAA", '<p style="color:#6b6b6b;background:#fff">Rather pale words</p>'),
    added("a link that only its color tells apart", '<p>Words before <a href="/help" style="text-decoration:none;color:#243b40">help</a> and after it.</p>'),
    added("a heading level left out", "<h4>Deep</h4>"),
    Barrier("no first heading", "<h1>", '<p class="h1">'),
    Barrier("no language", '<html lang="en">', "<html>"),
    added("words of another language", "<p>The permit was not issued and you have to ask us for it.</p>", language="es"),
    added("an id that exists twice", '<p id="main">Twice</p>'),
    added("a positive tabindex", '<p>You may <a href="/help" tabindex="3">get help</a> here.</p>'),
    added("what is shown first is reached last",
          '<p style="display:flex;flex-direction:row-reverse"><a class="button" href="/help">One way</a><a class="button" href="/guide">Another way</a></p>'),
    added("no mark of the focus", '<p>You may <a href="/help" style="outline:0;box-shadow:none">get help</a> here.</p>'),
    added("a faint mark of the focus", '<p>You may <a href="/help" style="outline:1px dotted #ccc;box-shadow:none">get help</a> here.</p>'),
    added("a bar that covers what has the focus", '<p style="position:fixed;inset:auto 0 0;height:45vh;background:#eee;margin:0;max-width:none">Bar</p>'),
    added("a keyboard trap", '<p><button class="button" type="button" onkeydown="event.key == \'Tab\' && event.preventDefault()">Stay</button></p>'),
    added("a target of 12 pixels", '<p><button style="width:12px;height:12px;padding:0;border:0;font-size:8px;display:block">x</button>'
                                   '<button style="width:12px;height:12px;padding:0;border:0;font-size:8px;display:block">y</button></p>'),
    added("a box of fixed width at 320 pixels", '<div style="width:600px">Wide words</div>'),
    added("text that is cut off when spaced out", '<p style="height:1.6em;width:13em;overflow:hidden;line-height:1.2">As long as the line is wide</p>'),
    added("a table without headers", "<table><tr><td>Fee</td><td>Paid</td></tr><tr><td>12</td><td>Yes</td></tr></table>", is_found=False),
    added("a table laid over a list by roles", '<ul role="table"><li>Row</li></ul>'),
    added("a role that does not fit", '<h2 role="button">Heading</h2>'),
    added("a thing that is hidden and takes the focus", '<p aria-hidden="true">You may <a href="/help">get help</a> here.</p>'),
    added("an attribute of ARIA that does not exist", '<p aria-labell="x">Words</p>'),
    Barrier("a message that is not tied to its field", ' aria-describedby="email-error"', "", route="POST /sign-in", status=422),
    Barrier("a summary that leads nowhere", 'href="#email"', 'href="#mail"', route="POST /sign-in", status=422),
    Barrier("a title that does not tell of the error", "<title>Error: ", "<title>", route="POST /sign-in", status=422),
    Barrier("autocomplete that does not exist", ' autocomplete="username"', ' autocomplete="mailbox"'),
    Barrier("autocomplete of something else", ' autocomplete="username"', ' autocomplete="postal-code"'),
    Barrier("a password that cannot be pasted", PASSWORD, '<input onpaste="return false" id="password" name="password"'),
    Barrier("a page that cannot be zoomed", "initial-scale=1", "initial-scale=1, user-scalable=no"),
    Barrier("content outside of every landmark", "<main ", "<p>Words before the content</p><main "),
    Barrier("help in another order", '<a href="/help">Help and contacts</a>', ""),
    added("motion against the reader's wish", '<p style="transition:opacity 1s!important">Words that fade</p>'),
    added("a link that says “click here”", '<p>For help, <a href="/help">click here</a> now.</p>', is_found=False),
    added("an alternative that says the wrong thing", '<p><img src="/assets/none.svg" alt="Picture 3" width="40" height="40"></p>', is_found=False),
    added("instructions by shape and place", "<p>Press the round button on the right.</p>", is_found=False),
    added("a label that does not tell what to enter", '<p><label for="thing">Thing</label> <input id="thing" name="thing"></p>', is_found=False),
    added("a choice that sends the form by itself",
          '<form action="/search"><label for="s">Sort</label><select id="s" name="s" onchange="this.form.submit()">'
          '<option>Newest</option><option>Oldest</option></select><button class="button">Sort</button></form>', is_found=False),
    added("words that are hard to read", "<p>Notwithstanding the aforementioned, remittance shall be effectuated forthwith.</p>", is_found=False),
]
