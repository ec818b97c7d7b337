"""What a script can see on one page as it stands: each function answers problems in words that name the element."""

import base64

TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [tabindex]:not([tabindex='-1'])"

# --- targets (2.5.8)

SMALL = """targets => {
    // A link in a sentence: text of the same paragraph stands beside it.
    const inSentence = e => {
        if (e.tagName !== 'A' || getComputedStyle(e).display !== 'inline') return false;
        const block = e.closest('p, li, dd, dt, td, th, figcaption, caption, legend, label, blockquote, span.hint, h1, h2, h3');
        return block !== null && block.innerText.trim().length > e.innerText.trim().length + 1;
    };
    const box = e => {
        const own = e.getBoundingClientRect();
        // A label's text is part of its checkbox; a link may be stretched over its row.
        const after = getComputedStyle(e, '::after');
        if (after.content !== 'none' && after.position === 'absolute') return e.closest('li, tr, div').getBoundingClientRect();
        return own;
    };
    const problems = [];
    for (const e of document.querySelectorAll(targets)) {
        if (!seen(e) || inSentence(e) || e.matches('main, .skip')) continue;
        const b = box(e);
        if (b.width < 24 || b.height < 24)
            problems.push(`${named(e)} is ${Math.round(b.width)} by ${Math.round(b.height)} px; 24 by 24 is the least`);
        if (e.matches('button.button:not(.quiet), a.button:not(.quiet)') && b.height < 43.9)
            problems.push(`${named(e)} is a button ${Math.round(b.height)} px high; 44 is the least`);
    }
    return problems;
}"""


def small_targets(page):
    return page.evaluate(SMALL, TARGETS)


# --- reflow, spacing, large text (1.4.10, 1.4.12, 1.4.4)

FITS = """() => {
    const problems = [], width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
        const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1).pop();
        problems.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} px in ${width}; ${wide ? named(wide) : ''}`);
    }
    for (const e of document.querySelectorAll('body *')) {
        if (!seen(e) || e.matches('svg, svg *, select, option, input, textarea, img')) continue;
        const style = getComputedStyle(e);
        const hidden = way => ['hidden', 'clip'].includes(style['overflow' + way]);
        if (hidden('X') && e.scrollWidth > e.clientWidth + 1 || hidden('Y') && e.scrollHeight > e.clientHeight + 1)
            problems.push(`${named(e)} is cut off`);
    }
    return problems;
}"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""


def cut_off(page, style=""):
    """With a style of the reader's own, such as wide spacing. It comes in as a style sheet of the browser, not of the page."""
    if style:
        page.evaluate("style => { const s = new CSSStyleSheet(); s.replaceSync(style); document.adoptedStyleSheets = [s]; }", style)
    return page.evaluate(FITS)


# --- order (2.4.3)

PLACES = """targets => [...document.querySelectorAll(targets)].filter(seen).filter(e => !e.matches('main, .skip, :disabled')).map(e => {
    const r = (e.getClientRects()[0] || e.getBoundingClientRect());
    const region = e.closest('.columns > *, .tasks > *, header, footer, main, nav');
    return { name: named(e), top: r.top, bottom: r.bottom, left: r.left, tabindex: e.tabIndex, region: [...document.querySelectorAll('*')].indexOf(region) };
})"""


def out_of_order(page):
    """The keyboard goes down and to the right. A column or a card beside another is read to its end first."""
    problems = []
    places = page.evaluate(PLACES, TARGETS)
    problems += [f"{one['name']} has tabindex {one['tabindex']}" for one in places if one["tabindex"] > 0]
    for before, after in zip(places, places[1:]):
        if before["region"] != after["region"]:
            continue
        above = after["bottom"] <= before["top"] + 2
        left = abs(after["top"] - before["top"]) < 8 and after["left"] < before["left"] - 2
        if above or left:
            problems.append(f"{after['name']} comes after {before['name']} and stands {'above' if above else 'left of'} it")
    return problems


# --- motion (2.3.3)

MOVES = """() => document.getAnimations().map(a => named(a.effect.target) + ' moves').concat(
    [...document.querySelectorAll('body, body *')].filter(e => {
        const s = getComputedStyle(e);
        return s.animationName !== 'none' || s.transitionDuration.split(',').some(t => parseFloat(t) > 0.01) || s.scrollBehavior === 'smooth';
    }).map(e => named(e) + ' has an animation, a transition or smooth scrolling'))"""


def moving(page):
    return page.evaluate(MOVES)


# --- focus (2.4.7, 2.4.11, 2.4.12, 2.4.13, 2.1.2)

WHERE = """() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    window.tabStops ??= new Map();
    if (!window.tabStops.has(e)) window.tabStops.set(e, window.tabStops.size);
    const landmark = e.closest('header, nav, main, footer, .panel, .hero, .notice, .errors, .turn');
    const above = landmark ? landmark.tagName + landmark.className : '';
    const mark = getComputedStyle(e);
    return { index: window.tabStops.get(e), name: named(e), look: e.tagName + '.' + e.className + (e.type || '') + ' in ' + above + ' ' + mark.outline + mark.boxShadow };
}"""

COVERED = """() => {
    const e = document.activeElement, covering = new Map();
    // A box that paints nothing hides nothing.
    const paints = hit => {
        const style = getComputedStyle(hit);
        return !/, 0\\)$|transparent/.test(style.backgroundColor) || style.backgroundImage !== 'none'
            || hit.matches('img, svg, input, select, textarea, button') || [...hit.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    };
    let points = 0;
    for (const box of e.getClientRects()) {
        if (box.width < 2 || box.height < 2) continue;
        for (let x = 1; x <= 7; x++) for (let y = 1; y <= 5; y++) {
            const [px, py] = [box.left + box.width * x / 8, box.top + box.height * y / 6];
            // The browser brings a long text only so far into the window; that hides it, and no other part of the page does.
            if (px < 0 || py < 0 || px >= innerWidth || py >= innerHeight) continue;
            points++;
            for (const hit of document.elementsFromPoint(px, py)) {
                if (e === hit || e.contains(hit) || hit.contains(e) || [...(e.labels || [])].some(l => l.contains(hit))) break;
                if (paints(hit)) covering.set(named(hit), true);
            }
        }
    }
    return points ? [...covering.keys()] : ['the edge of the window'];
}"""


def stops(page, look="() => null", at_most=400):
    """Every place that Tab reaches, once around, with what `look` answers there. Raises where the keyboard is held."""
    script = f"() => {{ const place = ({WHERE})(); return place && {{ ...place, seen: ({look})() }}; }}"
    last, repeated, seen = None, 0, set()
    for _ in range(at_most):
        page.keyboard.press("Tab")
        place = page.evaluate(script)
        if place is None:
            if seen:
                return
            continue
        if place["index"] == last:
            repeated += 1
            # A day is several stops in one field: month, day, year and the calendar.
            if repeated == 5:
                raise AssertionError(f"Tab does not leave {place['name']}")
            continue
        last, repeated = place["index"], 0
        if place["index"] in seen:
            return
        seen.add(place["index"])
        yield place
    raise AssertionError(f"Tab has not come around after {at_most} stops")


def covered_focus(page):
    """Where something stands over what has the focus, in part or whole."""
    problems = []
    for place in stops(page, COVERED):
        if place["seen"]:
            problems.append(f"{place['name']} has the focus under {', '.join(place['seen'][:3])}")
    return problems


BOX = """() => {
    const e = document.activeElement;
    e.scrollIntoView({ block: 'center' });
    const b = e.getBoundingClientRect();
    const perimeter = [...e.getClientRects()].reduce((sum, r) => sum + 2 * (r.width + r.height), 0);
    const grow = 12;
    const x = Math.max(0, b.left - grow), y = Math.max(0, b.top - grow);
    return { x, y, width: Math.min(innerWidth, b.right + grow) - x, height: Math.min(innerHeight, b.bottom + grow) - y, perimeter };
}"""

# Two screenshots are decoded in a canvas of a page of its own; counted are the pixels whose contrast changes by 3:1.
CHANGED = """async ([before, after]) => {
    const pixels = async data => {
        const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, image.width, image.height).data;
    };
    const linear = [...Array(256).keys()].map(v => v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4);
    const light = (d, i) => .2126 * linear[d[i]] + .7152 * linear[d[i + 1]] + .0722 * linear[d[i + 2]] + .05;
    const [a, b] = [await pixels(before), await pixels(after)];
    let changed = 0;
    for (let i = 0; i < a.length; i += 4) {
        const [x, y] = [light(a, i), light(b, i)];
        if (Math.max(x, y) / Math.min(x, y) >= 3) changed++;
    }
    return changed;
}"""


def faint_focus(page, canvas, known=None):
    """Where the mark of the focus is smaller than a line of 2 px around, or changes its pixels by less than 3:1. `known` keeps how
    controls look that were seen to be good, so that each look is measured once in a whole run."""
    problems, known = [], known if known is not None else set()
    for place in stops(page):
        if place["look"] in known:
            continue
        box = page.evaluate(BOX)
        clip = {key: box[key] for key in ("x", "y", "width", "height")}
        if clip["width"] < 2 or clip["height"] < 2:
            continue
        focused = page.screenshot(clip=clip, caret="hide", scale="css")
        page.evaluate("window.held = document.activeElement; held.blur()")
        plain = page.screenshot(clip=clip, caret="hide", scale="css")
        changed = canvas.evaluate(CHANGED, [base64.b64encode(plain).decode(), base64.b64encode(focused).decode()])
        # The element is focused again as by the keyboard.
        page.evaluate("held.focus({ preventScroll: true, focusVisible: true })")
        if changed < 2 * box["perimeter"] - 16:
            problems.append(
                f"{place['name']}: the focus changes {changed} pixels by 3:1; a line of 2 px around has {2 * box['perimeter']:.0f}")
        else:
            known.add(place["look"])
    return problems


VISIBLE = """() => {
    const s = getComputedStyle(document.activeElement);
    return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
}"""


def unseen_focus(page):
    """For forced colors, where shadows are not painted: an outline has to mark the focus."""
    return [f"{place['name']} has no outline when it has the focus" for place in stops(page, VISIBLE) if not place["seen"]]
