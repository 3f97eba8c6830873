// The officer's page: what htmx does not do. Keys, one press for one action, the heartbeat, and saying so when the hub is away.
// It knows no queue: what it shows came from the hub, and what it sends goes there. It must never guess that something happened.
(() => {
  "use strict";

  const LOST_AFTER_MS = 4000;
  const SAME_AGAIN_MS = 600; // a second press of the same action within this time is a double press
  const STATE_WITHIN_MS = 1500; // an answered action's new state comes by the stream within this time

  const page = document.documentElement;
  const words = document.body.dataset;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- The heartbeat -----------------------------------------------------------------------------------------------
  let lastBeat = performance.now();
  let ahead = Number(words.now) - Date.now(); // the hub's clock minus this browser's, in ms

  function lost() {
    if (page.dataset.link === "lost") return;
    page.dataset.link = "lost";
    one("#lost").textContent = one("#lost").dataset.text;
    showConnection();
    release();
  }

  function beat(told) {
    lastBeat = performance.now();
    ahead = told.now - Date.now();
    one("#clock").textContent = told.clock;
    if (told.version !== words.version) return window.location.reload();
    if (page.dataset.link === "live") return;
    if (page.dataset.link === "lost") one("#answer")?.replaceChildren();
    page.dataset.link = "live";
    one("#lost").textContent = "";
    showConnection();
  }

  function showConnection() {
    const away = one("#bar [data-broker]") !== null;
    page.dataset.broker = away ? "away" : "there";
    const text = page.dataset.link === "lost" ? words.disconnected : away ? words.away : words.connected;
    if (one("#connection").textContent !== text) one("#connection").textContent = text;
  }

  htmx.createEventSource = (url) => {
    const source = new EventSource(url);
    source.addEventListener("error", lost);
    source.addEventListener("beat", (event) => beat(JSON.parse(event.data)));
    return source;
  };

  // --- Time that passes --------------------------------------------------------------------------------------------
  function tick() {
    if (performance.now() - lastBeat > LOST_AFTER_MS) lost();
    for (const place of all("[data-since]")) {
      const seconds = Math.max(0, Math.floor((Date.now() + ahead - Number(place.dataset.since)) / 1000));
      const text =
        seconds < 60
          ? place.dataset.seconds.replace("{seconds}", seconds)
          : place.dataset.minutes.replace("{minutes}", Math.floor(seconds / 60));
      if (place.textContent !== text) place.textContent = text;
    }
  }
  setInterval(tick, 250);

  // --- One press, one action ---------------------------------------------------------------------------------------
  let busy = false; // an action is on its way, or its new state is
  let pressed = { action: "", at: -Infinity, state: "" };
  let byKeyboard = ""; // the action whose button had the focus

  const actions = () => all("[data-action]");
  const state = () => {
    const { revision, mode } = one("#hand [data-mode]")?.dataset ?? {};
    return `${revision} ${mode}`;
  };

  function holdBusy() {
    busy = true;
    for (const button of actions()) {
      if (!button.disabled) {
        button.dataset.held = "";
        button.disabled = true;
      }
    }
  }

  function release() {
    busy = false;
    for (const button of all("[data-held]")) {
      delete button.dataset.held;
      button.disabled = false;
    }
  }

  function tell(text) {
    const place = one("#answer") ?? one("#lost");
    const line = document.createElement("p");
    line.className = "refusal";
    line.append(text);
    place.replaceChildren(line);
    line.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-action]");
      if (!button) return;
      if (page.dataset.link === "lost") {
        event.preventDefault();
        event.stopImmediatePropagation();
        one("#take-over")?.close();
        return tell(words.notSent);
      }
      const now = performance.now();
      const again = button.dataset.action === pressed.action && now - pressed.at < SAME_AGAIN_MS;
      if (busy || again || event.detail > 1) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      pressed = { action: button.dataset.action, at: now, state: state() };
      byKeyboard = event.detail === 0 && button === document.activeElement ? button.id : "";
      if (event.detail > 0) button.blur(); // after a click by pointer the space bar means "call next" again
      one("#answer").replaceChildren();
    },
    true,
  );

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-action]")) holdBusy();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.target.matches("[data-action]")) return;
    one("#take-over")?.close();
    const status = event.detail.xhr.status; // 0: no answer came at all
    if (status >= 200 && status < 300) {
      setTimeout(release, STATE_WITHIN_MS);
    } else {
      if (!status) tell(words.notKnown);
      release();
    }
  });

  // A link followed while the hub is away would end at a page that does not come back by itself.
  document.addEventListener(
    "click",
    (event) => {
      if (page.dataset.link !== "lost" || !event.target.closest?.("a[href], .languages button")) return;
      event.preventDefault();
      tell(words.notSent);
    },
    true,
  );

  // --- What the stream brings --------------------------------------------------------------------------------------
  let held = null; // a pointer is down: what would slip away under it waits until it is up
  const waits = new Map();

  document.addEventListener("pointerdown", () => (held = true), true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(
      end,
      () =>
        setTimeout(() => {
          held = false;
          for (const [place, html] of waits) htmx.swap(place, html, { swapStyle: "innerHTML" }), settled(place);
          waits.clear();
        }),
      true,
    );
  }

  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (!held) return;
    waits.set(event.target, event.detail.data);
    event.preventDefault();
  });

  document.addEventListener("htmx:sseMessage", (event) => settled(event.target));

  function settled(place) {
    if (place.id === "hand") handChanged();
    if (place.id === "bar") showConnection();
    if (place.id === "waiting") countBelow();
    if (place.matches("#hand, [sse-swap^='card-']")) filter();
  }

  function handChanged() {
    const { title, said } = one("#hand [data-mode]").dataset;
    document.title = title;
    if (one("#said").textContent !== said) one("#said").textContent = said;
    tick();
    // Something else has changed (who waits, what the loudspeaker says) while an action is on its way: hold on.
    if (busy && state() === pressed.state) holdBusy();
    else release();
    if (byKeyboard && document.activeElement === document.body) {
      const again = document.getElementById(byKeyboard);
      (again && !again.disabled ? again : one("#caption"))?.focus();
    }
    byKeyboard = "";
  }

  // --- Keys --------------------------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const key = event.key.toLowerCase();
    if (key === " " && event.target.closest("button")) return; // the space bar presses the button that has the focus
    const button = actions().find((candidate) => candidate.dataset.key === key);
    if (!button) return;
    event.preventDefault();
    if (event.repeat) return;
    if (!button.disabled) button.click();
  });

  // --- The take-over, asked once more ------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-dialog]");
    if (opener && page.dataset.link !== "lost") document.getElementById(opener.dataset.openDialog).showModal();
    if (opener && page.dataset.link === "lost") tell(words.notSent);
    if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
  });

  // --- The waiting list: how many lie below its edge ---------------------------------------------------------------
  function countBelow() {
    const list = one("#waiting .lines");
    const more = one("#more");
    if (!list || !more) return;
    const edge = list.getBoundingClientRect().bottom;
    const scrolls = list.scrollHeight > list.clientHeight + 1;
    const below = all("li", list).filter((line) => line.getBoundingClientRect().bottom > edge + 4).length;
    more.textContent = scrolls && below ? more.dataset.text.replace("{count}", below) : "";
  }
  document.addEventListener("scroll", countBelow, true);
  window.addEventListener("resize", countBelow);

  // --- Finding a counter -------------------------------------------------------------------------------------------
  function filter() {
    const find = one("#find");
    if (!find) return;
    const sought = find.value.trim().toLowerCase().split(/\s+/);
    let found = 0;
    for (const card of all("[data-search]")) {
      card.hidden = !sought.every((word) => card.dataset.search.includes(word));
      if (!card.hidden) found += 1;
    }
    for (const zone of all(".zone")) zone.hidden = !one("li:not([hidden])", zone);
    const text = found ? "" : one("#nothing").dataset.text;
    if (one("#nothing").textContent !== text) one("#nothing").textContent = text;
  }
  one("#find")?.addEventListener("input", filter);

  showConnection();
  tick();
  document.fonts.ready.then(countBelow);
})();
