// Keeps an open page up to date (Sources/Core/Routes/LivePage.swift). The server says that the page would look different; it is
// fetched and its main part put in place of the old one. Whoever is typing or has the focus in it is not disturbed until they leave.
const main = document.querySelector("main");
let isStale = false;

async function update() {
  if (main.contains(document.activeElement)) {
    isStale = true;
    return;
  }
  isStale = false;
  const answer = await fetch(location.href, { headers: { accept: "text/html", "x-live": "1" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main");
  if (next) main.replaceChildren(...next.childNodes);
}

new EventSource(location.href).addEventListener("change", update);
main.addEventListener("focusout", () => setTimeout(() => isStale && update()));
