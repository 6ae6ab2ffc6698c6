import { after, element, moment, number, say } from "/page/text.js";

/** What is drawn in a mark; of a kind that is not among these, a dot. */
const SIGNS = {
  onset: "○", alarmed: "!", asked: "?", labelled: "✓", refreshed: "↻", challenging: "⇄", promoted: "▲", recovered: "✓",
  refused: "✕", rejected: "✕", "given up": "✕", cleared: "✓",
};
const GOOD = ["promoted", "recovered"];
const BAD = ["alarmed", "refused", "rejected", "given up"];

let shown = "";
let shownEnded = "";
let clock = 0;

/** What was found to be wrong and what came of it: the open one as a line with its marks, those that have ended folded. */
export function showEpisodes({ cards, more }) {
  const now = JSON.stringify([cards, more]);
  if (now === shown) {
    return;
  }
  shown = now;
  const section = document.getElementById("episodes");
  section.hidden = cards.length === 0;
  const open = cards.filter((card) => card.endedAt === null);
  const ended = cards.filter((card) => card.endedAt !== null);
  const newest = open.length > 0 ? "" : ended[0]?.outcome ?? "";
  section.classList.toggle("won", GOOD.includes(newest));
  section.classList.toggle("lost", BAD.includes(newest));
  say("episodes-said", open.length > 0 ? open.map(standing).join(" ") : ended.slice(0, 1).map(ending).join(""));
  document.getElementById("episodes-open").replaceChildren(...open.map(line));
  showEnded(ended, more);
  tick(open);
}

function standing({ version, cause, onsetAt, waitsFor }) {
  return "v" + version + ": " + cause + " since " + moment(onsetAt) + ". " + sentence(waitsFor) + ".";
}

function ending({ version, outcome, onsetAt, endedAt }) {
  return "The newest one, of v" + version + ", ended at " + moment(endedAt) + ", " + after(endedAt - onsetAt) + " after its onset: " + outcome + ".";
}

/** A capital letter begins it, but for a version. */
function sentence(text) {
  return /^v\d/.test(text) ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
}

function line(card) {
  return element(
    "div",
    { class: "episode" },
    card.earlier > 0 ? element("p", { class: "note" }, number(card.earlier) + " earlier steps are not shown.") : null,
    element("ol", { class: "timeline", "aria-label": "Since the onset, v" + card.version }, ...card.marks.map((mark) => item(mark, card))),
  );
}

function item(mark, { onsetAt }) {
  const stage = mark.now ? "now" : mark.at === null ? "to-come" : "past";
  const mood = mark.at === null ? "" : GOOD.includes(mark.kind) ? " good" : BAD.includes(mark.kind) ? " bad" : "";
  return element(
    "li",
    { class: stage + mood, "aria-current": mark.now ? "step" : null },
    element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[mark.kind] ?? "·"),
    element("div", {}, element("span", { class: "when" }, when(mark, onsetAt)),
      element("strong", {}, sentence(mark.what)),
      mark.details === "" ? null : element("span", { class: "details" }, sentence(mark.details))),
  );
}

/** How long after the onset; of the onset, when that was. */
function when({ kind, at, now }, onsetAt) {
  if (at === null) {
    return now ? element("span", { class: "waiting" }, "now") : "to come";
  }
  const made = element("time", { datetime: new Date(at).toISOString(), title: moment(at) });
  made.textContent = kind === "onset" || at < onsetAt ? moment(at) : "+" + after(at - onsetAt);
  return made;
}

/** Those that somebody has unfolded stay so. */
function showEnded(ended, more) {
  const now = JSON.stringify([ended, more]);
  if (now === shownEnded) {
    return;
  }
  shownEnded = now;
  const list = document.getElementById("episodes-ended");
  const unfolded = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.episode));
  const focused = list.contains(document.activeElement) ? document.activeElement.parentElement.dataset.episode : null;
  list.hidden = ended.length === 0;
  list.replaceChildren(...ended.map((card) => element("li", {}, folded(card, unfolded.has(card.id)))),
    ...(more > 0 ? [element("li", { class: "note" }, "and " + number(more) + " before; ", element("code", {}, "hemline episodes"), " shows all.")] : []));
  [...list.querySelectorAll("details")].find((one) => one.dataset.episode === focused)?.querySelector("summary").focus();
}

function folded(card, open) {
  const { id, version, cause, outcome, onsetAt, endedAt } = card;
  const colour = GOOD.includes(outcome) ? "serving" : BAD.includes(outcome) ? "refused" : "pinned";
  return element(
    "details",
    { "data-episode": id, open },
    element("summary", {}, element("span", { class: "state " + colour }, outcome),
      " v" + version + ": " + cause + " ", element("small", {}, moment(onsetAt) + ", over after " + after(endedAt - onsetAt))),
    line(card),
  );
}

/** What is waited for has its time, too, as long as it is waited for. */
function tick(open) {
  clearInterval(clock);
  if (open.length === 0) {
    return;
  }
  const waiting = document.querySelectorAll("#episodes-open .waiting");
  const show = () => waiting.forEach((node, at) => {
    const since = Date.now() - open[at].onsetAt;
    say(node, since < 0 ? "now" : "+" + after(since));
  });
  show();
  clock = setInterval(show, 1000);
}
