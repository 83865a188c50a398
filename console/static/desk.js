// Comfort only: every page works without it. Lists and tickets stay fresh, and a form is sent once.
(() => {
  "use strict";
  const REST = 4000; // ms between two looks: a slow line is for people, not for us

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  const main = document.querySelector("[data-watch]");
  const live = document.querySelector("[data-live]");
  if (!main || !live || !window.EventSource) return;

  let tag = "", looking = false, again = false;
  const said = {}; // what the server last said of each part

  // What is in the fields of a part, to be put back when the part is replaced.
  const fields = (part) => [...part.querySelectorAll("input, textarea, select")].filter((field) => field.name);
  const key = (field, index) => `${index}:${field.name}:${field.type === "radio" ? field.value : ""}`;

  function replaced(old, fresh) {
    const kept = new Map(fields(old).map((field, index) => [key(field, index), field]));
    const byName = new Map(fields(old).map((field) => [field.name, field]));
    const at = old.contains(document.activeElement) ? document.activeElement : null;
    const marks = at && at.tagName === "TEXTAREA" ? [at.selectionStart, at.selectionEnd] : null;
    const open = [...old.querySelectorAll("details")].map((each) => each.open);
    old.replaceWith(fresh);
    fields(fresh).forEach((field, index) => {
      const before = kept.get(key(field, index)) || byName.get(field.name);
      if (!before || field.name === "csrf") return;
      if (field.tagName === "SELECT" && ![...field.options].some((each) => each.value === before.value)) return;
      if (field.type !== "radio") field.value = before.value;
    });
    fresh.querySelectorAll("details").forEach((each, index) => { each.open = open[index] || false; });
    if (!at) return;
    const next = at.id ? document.getElementById(at.id) : at.name && fresh.querySelector(`[name="${at.name}"]`) ||
      (at.getAttribute("href") && fresh.querySelector(`[href="${CSS.escape(at.getAttribute("href"))}"]`));
    if (!next) return;
    next.focus({ preventScroll: true });
    if (marks) next.setSelectionRange(...marks);
  }

  async function look() {
    if (looking) { again = true; return; }
    looking = true;
    again = false;
    try {
      const asked = await fetch(location.href, {
        headers: { "X-Live": "1", ...(tag && { "If-None-Match": tag }) }, redirect: "error", cache: "no-store",
      });
      if (asked.status === 200) {
        tag = asked.headers.get("ETag") || "";
        const told = new DOMParser().parseFromString(await asked.text(), "text/html");
        for (const fresh of told.querySelectorAll("[data-part]")) {
          const name = fresh.dataset.part, html = fresh.outerHTML;
          const old = live.querySelector(`[data-part="${name}"]`);
          if (!old || said[name] === html) continue;
          if (document.querySelector(":active")) { again = true; tag = ""; continue; } // not from under a finger
          said[name] = html;
          replaced(old, document.adoptNode(fresh));
        }
      }
    } catch { /* the line is away; the next event looks again */ }
    setTimeout(() => { looking = false; if (again && !document.hidden) look(); }, REST);
  }

  let line = null;
  function watch() {
    line = new EventSource(`${main.dataset.watch}?since=${encodeURIComponent(main.dataset.since)}`);
    line.addEventListener("changed", (event) => {
      main.dataset.since = event.data;
      if (document.hidden) again = true; else look();
    });
    line.onerror = () => { if (line.readyState === 2) setTimeout(watch, 60000); };
  }
  // A page that nobody looks at holds no line; it looks once when somebody comes back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { line.close(); } else { watch(); }
  });
  addEventListener("pagehide", () => line.close());
  watch();
})();
