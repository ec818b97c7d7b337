"""The browser of the tests: Debian's Chromium made for having no window, which takes half the work; nothing is downloaded."""

CHROMIUM = "/usr/bin/chromium-headless-shell"


def launch(playwright, *arguments):
    # --no-sandbox: containers run as root.
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *arguments])
