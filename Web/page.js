// What a page gains where scripts run; without them nothing is missing. Hints on fields as they are left, with the server's own
// sentences (Sources/HTML/Components/Field.swift), and tables that can be put in another order (DataTable.swift).

// --- fields

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function problemOf(control) {
  const { missing, wrong } = control.dataset;
  const text = control.value.trim();
  if (control.validity.badInput) return wrong ?? "";
  if (text === "") return control.required ? missing ?? "" : "";
  return control.type === "email" && !looksLikeEmail.test(text) ? wrong ?? "" : "";
}

// What a screen reader says of a hint that appears when the focus has gone on.
const spoken = document.createElement("div");
spoken.className = "unseen";
spoken.setAttribute("role", "status");
document.querySelector("main")?.append(spoken);

function show(control, problem) {
  const field = control.closest(".field");
  if (!field) return;
  const { missing, wrong } = control.dataset;
  const id = `${control.id}-error`;
  const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((name) => name && name !== id);
  const said = document.getElementById(id);
  if (said?.textContent === problem) return;
  // What only the server can say stays until it says otherwise.
  if (said && said.textContent !== missing && said.textContent !== wrong) return;
  said?.remove();
  field.classList.toggle("error", problem !== "");
  if (problem === "") control.removeAttribute("aria-invalid");
  else {
    const sentence = Object.assign(document.createElement("span"), { className: "problem", id, textContent: problem });
    control.before(sentence);
    control.setAttribute("aria-invalid", "true");
    others.push(id);
  }
  spoken.textContent = problem;
  if (others.length) control.setAttribute("aria-describedby", others.join(" "));
  else control.removeAttribute("aria-describedby");
}

// Nobody is told off for a field they only passed by, or while they are still typing.
const touched = new WeakSet();
document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.missing && !target.dataset?.wrong) return;
  touched.add(target);
  if (target.getAttribute("aria-invalid") === "true" && problemOf(target) === "") show(target, "");
});
document.addEventListener("focusout", ({ target }) => {
  if (!touched.has(target)) return;
  if (isPressed) left.add(target);
  else show(target, problemOf(target));
});

// A sentence that appears moves what is below it: not away from under a finger that presses a button.
const left = new Set();
let isPressed = false;
document.addEventListener("pointerdown", () => (isPressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    isPressed = false;
    setTimeout(() => {
      for (const control of left) show(control, problemOf(control));
      left.clear();
    });
  }, true);
}

// --- tables

const digits = /[^\d.-]/g;

function keyOf(row, column, isNumber) {
  const cell = row.cells[column];
  if (!cell) return "";
  if (isNumber) return Number.parseFloat(cell.textContent.replace("\u2212", "-").replace(digits, "")) || 0;
  return cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
}

function sort(table, heading) {
  const column = heading.cellIndex;
  const isNumber = heading.classList.contains("number");
  const isRising = heading.getAttribute("aria-sort") !== "ascending";
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, column, isNumber), row]);
  rows.sort(([a], [b]) => (isNumber ? a - b : words.compare(a, b)) * (isRising ? 1 : -1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isRising ? "ascending" : "descending");
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  if (table.tBodies[0].rows.length < 2) continue;
  for (const heading of table.tHead.rows[0].cells) {
    if (heading.querySelector(".unseen")) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading));
  }
}
