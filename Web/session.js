// Says before the session ends that it will, and lets somebody stay (A4). Pages of one browser share the moment, so that none warns
// while another is in use. It never asks the server by itself: that would keep a forgotten session alive.
const place = document.querySelector("#session");
const warning = place.firstElementChild;
const ahead = 5 * 60_000;

function begin() {
  localStorage.setItem("session-ends", Date.now() + place.dataset.seconds * 1000);
  look();
}

function look() {
  warning.hidden = Date.now() < localStorage.getItem("session-ends") - ahead;
}

warning.querySelector("button").addEventListener("click", async () => {
  const answer = await fetch(place.dataset.address, { redirect: "manual" });
  if (answer.status === 204) begin();
  else location.reload();
});
begin();
setInterval(look, 10_000);
