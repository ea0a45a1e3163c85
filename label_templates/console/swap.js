// Sends a form marked data-swap and replaces the parts of the page that the answer names by their
// ids. Without this file, and whenever anything is unexpected, forms are sent as plain ones.

/** The request under way for each form. @type {WeakMap<HTMLFormElement, AbortController>} */
const underWay = new WeakMap();
let sent = 0;

// The answer to a refused form takes the address of the form: Back comes to it without asking
// whether to send again.
if ("refused" in document.body.dataset && document.referrer)
  history.replaceState(null, "", document.referrer);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-swap")) return;
  event.preventDefault();
  void send(form, /** @type {HTMLButtonElement | null} */ (event.submitter));
});

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} by
 */
async function send(form, by) {
  underWay.get(form)?.abort();
  const own = new AbortController();
  underWay.set(form, own);
  form.setAttribute("aria-busy", "true");
  tell(document.body.dataset.busy ?? "");
  try {
    const fields = new FormData(form, by);
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-Fragment": "1", "X-Order": String(++sent) },
      body: new URLSearchParams(/** @type {any} */ (fields)),
      signal: own.signal,
    });
    if (answer.redirected) return void location.assign(answer.url);
    const fine = [200, 409, 422].includes(answer.status);
    if (!fine || answer.headers.get("X-Fragment") !== "1") return plainly(form, by);
    replace(await answer.text());
  } catch (error) {
    // Sent plainly without a network, the page would be lost with all that is chosen on it.
    if (!own.signal.aborted && !navigator.onLine) tell(document.body.dataset.offline ?? "", true);
    else if (!own.signal.aborted) plainly(form, by);
  } finally {
    if (underWay.get(form) === own) {
      underWay.delete(form);
      form.removeAttribute("aria-busy");
    }
  }
}

/** @param {string} html */
function replace(html) {
  const parts = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.id ?? "";
  for (const part of [...parts.body.children]) {
    if (part.id === "status") tell(part.textContent ?? "", part.hasAttribute("data-loud"));
    else if (part.id) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  }
  // What this page has done itself does not put its other forms behind.
  const revision = parts.body.dataset.revision;
  if (revision) for (const one of document.getElementsByName("revision")) one.setAttribute("value", revision);
  const wanted = parts.body.dataset.focus || document.querySelector("[data-focus]")?.id || focused;
  const target = wanted ? document.getElementById(wanted) : null;
  for (const one of document.querySelectorAll("[data-focus]")) one.removeAttribute("data-focus");
  if (target instanceof HTMLElement && target !== document.activeElement) target.focus();
}

/**
 * @param {string} text
 * @param {boolean} loud  for eyes too
 */
function tell(text, loud = false) {
  const line = document.getElementById("status");
  if (!line) return;
  line.className = loud ? "note" : "status";
  line.textContent = text.trim();
}

/**
 * Send the form as the browser would: the user then sees the server's page.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} by
 */
function plainly(form, by) {
  if (by?.name) {
    const field = Object.assign(document.createElement("input"), { type: "hidden" });
    field.name = by.name;
    field.value = by.value;
    form.append(field);
  }
  form.submit();
}
