"""A browser that shows pages kept in memory, as they were served, with the server's own styles."""

from .checks import CHECKERS, WIDE

# Shared by the scripts of support/looks.py: how an element is called in a report, and whether somebody sees it.
WORDS = """
window.named = e => {
    const words = (e.getAttribute('aria-label') || e.innerText || e.value || e.name || '').trim().replace(/\\s+/g, ' ').slice(0, 60);
    const kind = e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + [...e.classList].map(c => '.' + c).join('');
    return `<${kind}> “${words}”`;
};
window.seen = e => {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true })) return false;
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !e.closest('.unseen');
};
"""


class Stage:
    def __init__(self, browser, city, scripts=False, **options):
        self.city = city
        self.scripts = scripts
        self.sheet = None
        self.html = ""
        self.context = browser.new_context(viewport={"width": WIDE, "height": 900}, **options)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.page.add_init_script(WORDS)
        self.page.route("**/*", self._answer)

    def with_axe(self):
        self.page.add_init_script((CHECKERS / "axe.min.js").read_text())
        return self

    def shows(self, sheet, width=WIDE, html=None):
        """Shows the sheet, or what was made of it."""
        self.sheet, self.html = sheet, html or sheet.html
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(self.city.url + sheet.path.split("?")[0])
        # A page with errors opens with the focus on them; here it begins at the top.
        self.page.evaluate("document.activeElement.blur()")
        return self.page

    def closes(self):
        self.context.close()

    # Styles and pictures, fetched once for all stages.
    _assets = {}

    def _answer(self, route):
        kind = route.request.resource_type
        if kind == "document":
            headers = {} if self.scripts else {"Content-Security-Policy": "script-src 'none'"}
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)
        elif kind == "script" and not (self.scripts and "/assets/page." in route.request.url):
            # A page kept in memory has no session and nothing to listen to.
            route.abort()
        else:
            key = route.request.url
            if key not in self._assets:
                got = route.fetch()
                self._assets[key] = (got.status, got.body(), got.headers.get("content-type", ""))
            status, body, type_ = self._assets[key]
            route.fulfill(status=status, body=body, content_type=type_)
