import { draw } from "/page/pictures.js";
import { element, say } from "/page/text.js";

const NAME = "hemline.labels.by";
const PAUSE_MILLIS = 2000;
const SHOWN = 200;
const KEYS = 10;
const WHY = {
  random: "drawn by lot",
  unsure: "the model was unsure",
  drifted: "pictures like it have changed",
};

// Tells this window from others, so that no two are shown the same picture.
const desk = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

let task = null;
let last = null;
let open = 0;
let given = 0;
let busy = false;
let timer = null;
let drawn = "";

const at = (id) => document.getElementById(id);

/** Waits for somebody who says who they are; nothing is asked of the classifier before. */
export function openLabelDesk() {
  at("desk-name").value = remembered();
  at("desk-start").addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
  at("desk-stop").addEventListener("click", stop);
  at("desk-undo").addEventListener("click", undo);
  at("desk-skip").addEventListener("click", skip);
  at("desk-search").addEventListener("input", showClasses);
  at("desk-search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      at("desk-classes").querySelector("button")?.click();
    }
  });
  at("desk-work").addEventListener("keydown", pressed);
}

// Browsers that remember nothing ask each time.
function remembered() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch (refused) {
    return "";
  }
}

function remember(name) {
  try {
    localStorage.setItem(NAME, name);
  } catch (refused) {
    // Then it has to be typed again.
  }
}

function by() {
  return at("desk-name").value.trim();
}

function start() {
  if (by() === "") {
    at("desk-name").focus();
    return;
  }
  remember(by());
  at("desk-start").hidden = true;
  at("desk-work").hidden = false;
  at("desk-picture").focus();
  next("");
}

function stop() {
  clearTimeout(timer);
  at("desk-work").hidden = true;
  at("desk-start").hidden = false;
  at("desk-name").focus();
}

/** Keys count only within the desk, and not where somebody types. */
function pressed(event) {
  if (event.target.matches("input") || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
    return;
  }
  const key = event.key.toLowerCase();
  if (/^[0-9]$/.test(key) && task !== null && Number(key) < task.labels.length) {
    event.preventDefault();
    answer(Number(key));
  } else if (key === "u") {
    undo();
  } else if (key === "s") {
    skip();
  }
}

async function once(step) {
  if (busy) {
    return;
  }
  busy = true;
  at("desk-work").setAttribute("aria-busy", "true");
  try {
    await step();
  } catch (failure) {
    say("desk-state", "The classifier could not be reached. Is it still running?");
  } finally {
    busy = false;
    at("desk-work").removeAttribute("aria-busy");
  }
}

function post(path, body) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** @param said of the picture before */
async function next(said) {
  clearTimeout(timer);
  const response = await fetch("/page/labels/next?desk=" + desk).catch(() => null);
  if (at("desk-work").hidden) {
    return;
  }
  if (response === null || !response.ok) {
    again(response === null ? "The classifier could not be reached; trying again." : (await response.text()).trim());
    return;
  }
  const shown = await response.json();
  open = shown.open;
  show(shown.task);
  if (task === null) {
    again(said + (open === 0 ? "No picture waits for a label right now; the next appears here." : "Others have the last pictures before them."));
  } else {
    tell(said);
  }
}

function again(words) {
  say("desk-state", words);
  timer = setTimeout(() => next(""), PAUSE_MILLIS);
}

function tell(said) {
  const why = WHY[task.reason] ? "; " + WHY[task.reason] : "";
  say("desk-state", said + "From " + task.source + why + ". " + (open === 1 ? "The last that waits." : open + " wait.") + (given > 0 ? " You labelled " + given + "." : ""));
}

function show(now) {
  task = now;
  const place = at("desk-picture");
  place.replaceChildren(task === null ? element("p", {}, "Nothing to label") : draw(task.picture));
  place.setAttribute("aria-label", task === null ? "No picture to label" : "Picture to label, from " + task.source);
  place.dataset.event = task === null ? "" : task.id;
  at("desk-skip").disabled = task === null;
  at("desk-undo").disabled = last === null;
  at("desk-classes").hidden = task === null;
  at("desk-find").hidden = task === null || task.labels.length <= KEYS;
  if (task !== null) {
    at("desk-search").value = "";
    showClasses();
  }
}

/** The same buttons as long as the classes are the same, so that focus stays where it is. */
function showClasses() {
  if (task === null) {
    return;
  }
  const wanted = at("desk-search").value.trim().toLowerCase();
  const found = task.labels
    .map((name, label) => ({ name, label }))
    .filter(({ name }) => wanted === "" || name.toLowerCase().includes(wanted))
    .slice(0, SHOWN);
  const key = found.map(({ name, label }) => label + name).join("\n");
  if (key === drawn) {
    return;
  }
  drawn = key;
  at("desk-classes").replaceChildren(
    ...found.map(({ name, label }) => {
      const button = element("button", { type: "button" }, element("span", {}, name), label < KEYS ? element("kbd", {}, String(label)) : null);
      button.addEventListener("click", () => answer(label));
      return button;
    }),
  );
}

function answer(label) {
  return once(async () => {
    const answered = task;
    if (answered === null) {
      return;
    }
    const response = await post("/page/labels", { id: answered.id, label, by: by(), desk });
    if (response.ok) {
      given += last !== null && last.id === answered.id ? 0 : 1;
      last = answered;
      await next("Labelled " + answered.labels[label] + ". ");
    } else if (response.status === 409) {
      await next((await response.text()).trim() + ". ");
    } else {
      say("desk-state", (await response.text()).trim());
    }
  });
}

function skip() {
  return once(async () => {
    if (task !== null) {
      await post("/page/labels/skip", { id: task.id, desk });
      await next("Skipped. ");
    }
  });
}

/** What was answered stands until it is answered otherwise. */
function undo() {
  if (busy || last === null) {
    return;
  }
  clearTimeout(timer);
  show(last);
  at("desk-undo").disabled = true;
  say("desk-state", "Your last picture again. Its label stands until you choose another one.");
}
