// Keeps an open page up to date (Sources/Core/Routes/LivePage.swift). The server says that the page would look different; it is
// fetched and its main part put in place of the old one. Whoever is typing or has the focus in it is not disturbed until they leave;
// whoever wants none of it stops it.
const main = document.querySelector("main");
const updates = document.querySelector("#live");
const [said, pause] = updates.children;
const toPause = pause.textContent;
let isStale = false;
let isStopped = false;

async function update() {
  if (isStopped || main.contains(document.activeElement)) {
    isStale = true;
    return;
  }
  isStale = false;
  const answer = await fetch(location.href, { headers: { accept: "text/html", "x-live": "1" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main");
  if (!next) return;
  // Meanwhile somebody may have come back to it, or stopped it.
  if (isStopped || main.contains(document.activeElement)) {
    isStale = true;
    return;
  }
  main.replaceChildren(...next.childNodes);
  said.textContent = "";
  setTimeout(() => (said.textContent = updates.dataset.changed), 100);
}

pause.hidden = false;
pause.addEventListener("click", () => {
  isStopped = !isStopped;
  pause.textContent = isStopped ? updates.dataset.goOn : toPause;
  if (!isStopped && isStale) update();
});
new EventSource(location.href).addEventListener("change", update);
main.addEventListener("focusout", ({ relatedTarget }) => {
  if (!updates.contains(relatedTarget)) setTimeout(() => isStale && update());
});
