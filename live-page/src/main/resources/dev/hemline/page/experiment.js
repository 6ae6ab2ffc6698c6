import { TimeChart } from "/page/charts.js";
import { draw } from "/page/pictures.js";
import { element, moment, number, percent, say } from "/page/text.js";

/** Of evidence below, nobody needs to know how little it is. */
const LEAST_EXPONENT = -3;
/** A line that is beyond a million leaves the chart, so that one sees where it was decided; its number is told all the same. */
const MOST_EXPONENT = 6;

const evidence = new TimeChart("evidence", {
  title: "E-values",
  unit: "",
  write: eValue,
  waiting: "The lines begin with the next labels.",
  range: (_, least, most) => [Math.min(-1, Math.floor(least)), Math.min(MOST_EXPONENT, Math.max(2, Math.ceil(most + 0.1)))],
  seconds: Infinity,
  steps: [1, 2],
  height: 240,
});

let shown = "";
let shownPictures = "";

/** Champion and challenger side by side: what is asked and how it stands, the evidence over time, then what they disagree about. */
export function showExperiment({ card }) {
  const now = JSON.stringify(card);
  if (now === shown) {
    return;
  }
  shown = now;
  const section = document.getElementById("experiment");
  section.hidden = card === null;
  if (card === null) {
    say("experiment-said", "");
    return;
  }
  const probation = card.phase === "probation";
  const candidate = "v" + (probation ? card.champion : card.challenger);
  const ended = card.decision?.outcome ?? "";
  section.classList.toggle("won", ended === "promoted" || ended === "confirmed");
  section.classList.toggle("lost", ended === "rejected" || ended === "rolled back");
  say("experiment-versions", ": v" + card.challenger + " beside v" + card.champion);
  say("experiment-said", headline(card, probation));
  say("experiment-more", card.decision === null ? waiting(card) : card.decision.words + ".");
  say("experiment-time", time(card, probation));
  document.getElementById("experiment-standing").replaceChildren(
    figures(card, probation, candidate), sides(card, probation), ...(card.unproved.length > 0 ? [unproved(card)] : []));
  showEvidence(card, probation, candidate);
  showPictures(card);
}

function headline({ champion, challenger, decision, labels, labelsNeeded }, probation) {
  if (decision !== null) {
    return "v" + decision.candidate + " was " + decision.outcome + " at " + moment(decision.at) + ".";
  }
  return probation
    ? "v" + champion + " serves on probation; v" + challenger + ", which served before, shadows it."
    : "v" + challenger + " is on trial: it shadows v" + champion + ", which serves.";
}

function waiting({ waitsFor }) {
  return waitsFor.length > 0 ? "Waits for " + waitsFor.join(", ") + "." : "";
}

function time({ decision, begunAt, endsAt }, probation) {
  return decision !== null || begunAt === null || endsAt === null
    ? ""
    : "Begun " + moment(begunAt) + "; " + (probation ? "confirmed" : "rejected") + " at " + moment(endsAt) + " unless it is decided before.";
}

/** The three that matter most. */
function figures(card, probation, candidate) {
  const { labels, labelsNeeded, looks, logEValueNeeded, logEValueAgainstNeeded, decision } = card;
  const other = "v" + (probation ? card.challenger : card.champion);
  const more = (probation ? -1 : 1) * (card.challengerAlone - card.championAlone);
  const newest = looks[looks.length - 1];
  const against = probation || decision?.outcome === "rejected";
  const [log, needed] = against ? [newest.logEValueAgainst, logEValueAgainstNeeded] : [newest.logEValue, logEValueNeeded];
  const figure = (value, unit, words) =>
    element("div", {}, element("dt", {}, words), element("dd", {}, value, element("small", {}, unit)));
  return element(
    "dl",
    { class: "experiment-figures" },
    figure(number(labels), "", "labels of events that both answered"
      + (decision === null && labels < labelsNeeded ? "; " + number(labelsNeeded) + " needed" : "")),
    figure(labels === 0 ? "–" : signed((100 * more) / labels), labels === 0 ? "" : " points", "accuracy of " + candidate + " over " + other + "’s"),
    figure(eValue(exponent(log)), "", "e-value " + (against ? "against " : "for ") + candidate
      + (probation ? "; rolled back from " : against ? "; rejected from " : "; promoted from ") + eValue(exponent(needed))),
  );
}

function signed(value) {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);
}

/** Who was right where the other was not, as a table whose bars say nothing that its numbers do not; the candidate first. */
function sides({ champion, challenger, championAlone, challengerAlone, labels, decision }, probation) {
  const alike = labels - championAlone - challengerAlone;
  const share = (events) => element("td", {}, labels === 0 ? "–" : percent(events / labels));
  const row = (side, version, role, alone) => element("tr", {}, element("th", { scope: "row", class: "text" }, "v" + version),
    element("td", { class: "text" }, element("span", { class: "state " + (role.startsWith("serve") ? "serving" : "pinned") }, role)),
    bar(side, alone / Math.max(championAlone, challengerAlone, 1), number(alone)), share(alone));
  const rows = [row(probation ? "since" : "before", challenger, decision === null ? "shadows" : "shadowed", challengerAlone),
    row(probation ? "before" : "since", champion, decision === null ? "serves" : "served", championAlone)];
  return element(
    "table",
    { class: "drift-shares experiment-alone" },
    element("caption", {}, "Right where the other one was wrong"),
    head("Version", "Role", "Events", "Share"),
    element("tbody", {}, ...(probation ? rows.reverse() : rows)),
    element("tfoot", {}, element("tr", {}, element("th", { scope: "row", colspan: "2", class: "text" }, "Both right or both wrong"),
      element("td", {}, number(alike)), share(alike))),
  );
}

function head(...names) {
  return element("thead", {}, element("tr", {}, ...names.map((name, at) =>
    element("th", { scope: "col", class: at === 0 || name === "Role" ? "text" : null }, name))));
}

/** @param share of the bar that is full, 0 to 1 */
function bar(side, share, words) {
  const fill = element("i");
  fill.style.width = 100 * share + "%";
  return element("td", {}, element("div", { class: "share" },
    element("span", { class: "bar " + side, "aria-hidden": "true" }, fill), element("span", {}, words)));
}

/** Where the candidate has to be shown not to be much worse, and is not yet; the bar is full when it is. */
function unproved({ unproved, moreUnproved, logEValueNeeded }) {
  const rows = unproved.map(({ name, labels, challengerAlone, championAlone, logEValue }) =>
    element("tr", {}, element("th", { scope: "row", class: "text" }, name), element("td", {}, number(labels)),
      element("td", {}, number(challengerAlone) + " : " + number(championAlone)),
      bar("before", Math.min(1, Math.max(0, logEValue / logEValueNeeded)), eValue(exponent(logEValue)))));
  const more = element("tr", {}, element("td", { colspan: "4", class: "text" }, "and " + number(moreUnproved) + " more"));
  return element(
    "table",
    { class: "drift-shares experiment-unproved" },
    element("caption", {}, "Still to be proved not much worse, by an e-value of " + eValue(exponent(logEValueNeeded))),
    head("Class or source", "Labels", "Won : lost", "E-value"),
    element("tbody", {}, ...rows, moreUnproved > 0 ? more : null),
  );
}

function showEvidence({ looks, logEValueNeeded, logEValueAgainstNeeded }, probation, candidate) {
  const [promoted, refused] = [logEValueNeeded, logEValueAgainstNeeded].map(exponent);
  say("evidence-note", probation
    ? "What bets for and against " + candidate + " have made of 1. If it is no worse, the one against it ever comes to " + eValue(refused)
      + " with a chance of " + percent(Math.exp(-logEValueAgainstNeeded)) + " at most."
    : "What bets for and against " + candidate + " have made of 1. If it is no better, the one for it ever comes to " + eValue(promoted)
      + " with a chance of " + percent(Math.exp(-logEValueNeeded)) + " at most.");
  const lines = (look) => [look.at / 1000, drawn(look.logEValue), drawn(look.logEValueAgainst)];
  const names = ["for " + candidate, "against " + candidate];
  if (probation) {
    evidence.show([...names, "rolled back from"], looks.map((look) => [...lines(look), refused]), { 2: 1 });
  } else {
    evidence.show([...names, "promoted from", "rejected from"], looks.map((look) => [...lines(look), promoted, refused]), { 2: 0, 3: 1 });
  }
}

/** Of a natural logarithm, that to base ten. */
function exponent(log) {
  return log / Math.LN10;
}

function drawn(log) {
  return Math.max(LEAST_EXPONENT, exponent(log));
}

/** An e-value by its logarithm to base ten. */
function eValue(power) {
  if (power === null || power === undefined) {
    return "–";
  }
  if (power <= LEAST_EXPONENT) {
    return "≤ 0.001";
  }
  if (power < 5) {
    return (10 ** power).toLocaleString("en", { maximumSignificantDigits: 3 });
  }
  const whole = Math.floor(power + 0.02);
  const first = Math.max(1, 10 ** (power - whole)).toFixed(1);
  const raised = String(whole).replace(/./g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
  return (first === "1.0" ? "" : first + " · ") + "10" + raised;
}

function showPictures({ champion, challenger, pictures }) {
  const now = JSON.stringify([champion, challenger, pictures]);
  if (now === shownPictures) {
    return;
  }
  shownPictures = now;
  const said = (version, name, right) =>
    element("span", { class: right ? "right" : "wrong" }, (right ? "✓" : "✗") + " v" + version + ": " + name);
  const items = pictures.map((one) => {
    const face = draw(one.picture);
    face.setAttribute("aria-label", "picture that shows " + one.actual);
    return element("li", {}, face, element("strong", {}, one.actual),
      said(challenger, one.challenger, one.challengerRight), said(champion, one.champion, one.championRight));
  });
  document.getElementById("experiment-pictures").replaceChildren(
    element("h3", {}, "What they disagree about"),
    ...(items.length === 0
      ? [element("p", { class: "note" }, "No picture yet: few events leave a sample, and of those few have a label and two answers that differ.")]
      : [element("p", { class: "note" }, "What the newest such pictures show, and what each version said."), element("ul", {}, ...items)]));
}
