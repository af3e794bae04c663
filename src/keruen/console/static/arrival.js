// Keeps what is typed into the arrival's form: on the node as long as there is a line, on this machine while there
// is none. Without JavaScript the form is the same; it is kept when it is sent.

const form = document.querySelector("form[data-draft]");
const restored = form.querySelector("[data-restored]");
const offline = form.querySelector("[data-offline]");
const place = `keruen-arrival/${form.dataset.key}`;
const LATER = 700; // ms of silence after which is kept what was typed
const AGAIN = 3000; // ms between two attempts while the line is down
const NAMES = ["csrf", "entry", "consignment"]; // the page's own fields
let waiting = 0;
let sent = "";

/** What was typed, without files. */
function typed() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(fields);
}

/** Only what a person typed: the rest belongs to this very page. */
function own() {
  return [...typed()].filter(([name]) => !NAMES.includes(name));
}

async function keep() {
  clearTimeout(waiting);
  const body = typed();
  if (String(body) === sent) return true;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: true });
    if (!answer.ok) throw new Error(String(answer.status));
    sent = String(body);
    offline.hidden = true;
    localStorage.removeItem(place);
    return true;
  } catch {
    offline.hidden = false;
    localStorage.setItem(place, JSON.stringify(own()));
    waiting = setTimeout(keep, AGAIN);
    return false;
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, LATER);
}

/** Fill in what this machine has kept and the node does not know. */
function fill(fields) {
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
  }
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
    if (field.closest) field.closest("details")?.setAttribute("open", "");
  }
  restored.hidden = false;
}

const found = localStorage.getItem(place);
sent = String(typed());
if (found) {
  fill(JSON.parse(found));
  keep();
}

form.addEventListener("input", soon);
form.addEventListener("change", ({ target }) => {
  if (target.name === "seals" && target.value === "differ") {
    form.querySelector("#seals-one-by-one").open = true;
  }
  soon();
});
form.addEventListener("submit", async (event) => {
  if (form.dataset.sure) return;
  event.preventDefault();
  if (await keep()) {
    form.dataset.sure = "1";
    form.submit();
  }
});
addEventListener("online", keep);
addEventListener("pageshow", () => { delete form.dataset.sure; });
