// Keys for whoever works through the clean-up list (Sources/CleanUp/Desk). Each presses a button or follows a link that stands on the
// page and names its key in data-key; on a list, j and k go from row to row. They can be switched off, which this browser remembers.
// All scripts of a page share one space of names; these stay their own.
(() => {
  const keys = document.querySelector("#keys");
  const toggle = keys?.querySelector("button");
  const toOff = toggle?.textContent;
  const rows = [...document.querySelectorAll("[data-item]")];
  const marked = document.querySelectorAll("[data-key]");
  const place = "clean-up-keys";
  let isOn = localStorage.getItem(place) !== "off";

  function show() {
    toggle.textContent = isOn ? toOff : toggle.dataset.on;
    for (const control of marked) {
      if (isOn) control.setAttribute("aria-keyshortcuts", control.dataset.key);
      else control.removeAttribute("aria-keyshortcuts");
    }
  }

  function go(step) {
    const now = rows.indexOf(document.activeElement);
    rows[now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + step))]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const { target, key } = event;
    if (target.closest?.("input, textarea, select")) return;
    // On a link or a button Enter is its own.
    if (key === "Enter" && target.closest?.("a, button, summary")) return;
    const control = [...marked].find((one) => one.dataset.key === key);
    if (control) control.click();
    else if (rows.length && (key === "j" || key === "k")) go(key === "j" ? 1 : -1);
    else return;
    event.preventDefault();
  });

  if (toggle) {
    keys.hidden = false;
    toggle.addEventListener("click", () => {
      isOn = !isOn;
      localStorage.setItem(place, isOn ? "on" : "off");
      show();
    });
    show();
  } else isOn = false;
})();
