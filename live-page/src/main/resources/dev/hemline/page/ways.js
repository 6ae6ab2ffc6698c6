import { element, number, percent, say } from "/page/text.js";
import { dot, scale, whisker } from "/page/whisker.js";

/** How right the version that serves is, by each way to know it: labels first, then what its confidence alone tells. */
export function showWays(ways) {
  const table = document.getElementById("ways");
  const why = document.getElementById("ways-why");
  table.hidden = ways === null;
  why.hidden = ways?.estimate.why === null || ways === null;
  say("ways-version", ways === null ? "" : " of v" + ways.version);
  document.getElementById("ways-empty").hidden = ways !== null;
  if (ways === null) {
    return;
  }
  const { labelled, requested, estimate } = ways;
  const known = [labelled.low95, requested?.low95, estimate.byConfidence, estimate.byThreshold];
  const lowest = scale(known.filter((share) => share !== null && share !== undefined));
  const results = "the last " + number(estimate.results) + " results";
  table.replaceChildren(
    head(),
    element(
      "tbody",
      {},
      row("Labels that came", labelled.accuracy === null ? null : labelled, number(labelled.scored) + " labels", lowest),
      row("Labels by lot", requested, number(requested?.labels ?? 0) + " labels", lowest),
      row("Mean confidence", guess(estimate.byConfidence), results, lowest),
      row("Surer than its threshold", guess(estimate.byThreshold), results, lowest),
    ),
  );
  say(why, estimate.why === null ? "" : (estimate.byConfidence === null && estimate.byThreshold === null
    ? "No estimate without labels: " : "One estimate is not there: ") + estimate.why + ".");
}

/** In a few words, for a tile; nothing where there is no estimate. */
export function inShort(ways) {
  const share = ways?.estimate.byThreshold ?? ways?.estimate.byConfidence ?? null;
  return share === null ? "" : "; without labels about " + percent(share);
}

function guess(share) {
  return share === null ? null : { accuracy: share };
}

function head() {
  const columns = ["By", "Accuracy", "From"];
  return element("thead", {}, element("tr", {}, ...columns.map((name, at) =>
    element("th", { scope: "col", class: at === 1 ? null : "text" }, name))));
}

function row(name, share, from, lowest) {
  const cell = element("td");
  if (share === null) {
    cell.append("–");
  } else if (share.low95 === undefined) {
    cell.append("about " + percent(share.accuracy), dot(share.accuracy, lowest));
  } else {
    const range = percent(share.low95) + " to " + percent(share.high95) + " with 95 % confidence";
    cell.append(percent(share.accuracy), whisker(share, null, lowest, range),
      element("span", { class: "range" }, percent(share.low95) + " to " + percent(share.high95)));
  }
  return element("tr", {}, element("th", { scope: "row", class: "text" }, name), cell, element("td", { class: "text" }, from));
}
