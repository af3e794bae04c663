// Keeps an open page true: when the node says that something happened, the page fetches its main part anew.
// Without JavaScript the page is the same, only still.

const main = document.querySelector("main[data-live]");
const line = document.querySelector("[data-line]");
let asking = false;
let again = false;

/** What the reader is at, so that the swap does not take it away. */
function remember() {
  const active = document.activeElement;
  const inside = main.contains(active);
  return {
    key: inside && (active.id || active.getAttribute("href")),
    typed: inside && "value" in active ? active.value : null,
    from: inside ? active.selectionStart : null,
    to: inside ? active.selectionEnd : null,
    open: new Map([...main.querySelectorAll("details[id]")].map(({ id, open }) => [id, open])),
  };
}

function restore({ key, typed, from, to, open }) {
  for (const details of main.querySelectorAll("details[id]")) {
    details.open = open.get(details.id) ?? details.open;
  }
  if (!key) return;
  const name = CSS.escape(key);
  const active = main.querySelector(`#${name}, [href="${name}"]`);
  if (!active) return;
  active.focus({ preventScroll: true });
  if (typed !== null) active.value = typed;
  if (from !== null) active.setSelectionRange(from, to);
}

/** Whether a form that is to be sent was begun. */
function begun() {
  const fields = main.querySelectorAll("form[method=post] :is(input, textarea)");
  return [...fields].some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
}

/** Whether the reader holds something that a swap would take away. */
function busy() {
  const selection = getSelection();
  return document.hidden || begun() || (!selection.isCollapsed && main.contains(selection.anchorNode));
}

async function refresh() {
  again = asking || busy();
  if (again) return;
  asking = true;
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "1" } });
    if (answer.status === 401 && !busy()) location.reload(); // by the log-in back to this page
    const html = answer.ok ? await answer.text() : null;
    again ||= busy();
    if (html !== null && !again) {
      const kept = remember();
      main.innerHTML = html;
      restore(kept);
    }
  } catch { /* the event source says whether the line is down */ }
  asking = false;
  caughtUp();
}

function caughtUp() {
  if (again && !busy()) refresh();
}

if (main && line) {
  const source = new EventSource("/events");
  source.addEventListener("change", refresh);
  source.addEventListener("tick", refresh);
  source.addEventListener("open", () => { line.dataset.line = "up"; });
  source.addEventListener("error", () => {
    line.dataset.line = "down";
    if (source.readyState === EventSource.CLOSED) refresh(); // it was refused, not broken off
  });
  document.addEventListener("visibilitychange", caughtUp);
  document.addEventListener("selectionchange", caughtUp);
}
