// Says before the session ends that it will, and lets somebody stay (A4). Pages of one browser share the moment, so that none warns
// while another is in use. It never asks the server by itself: that would keep a forgotten session alive. When it has ended, by the
// clock or because somebody signed out elsewhere, the page shows nothing of theirs any more; only what is being typed stays.
const place = document.querySelector("#session");
const warning = place.firstElementChild;
const ahead = 5 * 60_000;
let isTyped = false;

function begin() {
  localStorage.setItem("session-ends", Date.now() + place.dataset.seconds * 1000);
  look();
}

function look() {
  const ends = localStorage.getItem("session-ends");
  warning.hidden = Date.now() < ends - ahead;
  if (Date.now() < ends || isTyped) return;
  document.querySelector("main").replaceChildren();
  location.reload();
}

document.addEventListener("input", () => (isTyped = true));

warning.querySelector("button").addEventListener("click", async () => {
  const answer = await fetch(place.dataset.address, { redirect: "manual" });
  if (answer.status === 204) begin();
  else location.reload();
});
begin();
setInterval(look, 10_000);
