import { element, number, percent, say } from "/page/text.js";
import { scale, whisker } from "/page/whisker.js";

const ROWS = 12;
const NAMED_IN_FINDING = 3;
const REST = "other";

let latest = null;
let rejects = {};

/** How many events of each source this instance has put aside. */
export function countRejects(bySource) {
  if (JSON.stringify(bySource) !== JSON.stringify(rejects)) {
    rejects = bySource;
    if (latest !== null) {
      showSources(latest);
    }
  }
}

/** What the version that serves made of each source: what falls behind comes first, all that have no row of their own last. */
export function showSources(sources) {
  latest = sources;
  const all = sources?.all ?? [];
  const any = all.length > 0;
  const table = document.getElementById("sources");
  table.hidden = !any;
  document.getElementById("sources-empty").hidden = any;
  say("sources-version", any ? " of v" + sources.version : "");
  tellFinding(all);
  const named = all.filter((one) => one.source !== REST);
  // The sort keeps the busiest first among those alike.
  const shown = [...named].sort((one, other) => other.belowOthers - one.belowOthers).slice(0, ROWS);
  const more = document.getElementById("sources-more");
  more.hidden = named.length <= ROWS;
  say(more, "And " + (named.length - ROWS) + " sources more; /accuracy has each.");
  if (any) {
    const rows = [...shown, ...all.filter((one) => one.source === REST)];
    const lowest = scale(rows.map((one) => one.low95 ?? 1));
    table.replaceChildren(head(), element("tbody", {}, ...rows.map((one) => row(one, othersThan(one, all), lowest))));
  }
}

function tellFinding(all) {
  const behind = all.filter((one) => one.belowOthers);
  const finding = document.getElementById("sources-finding");
  finding.hidden = behind.length === 0;
  const named = behind.slice(0, NAMED_IN_FINDING).map((one) => one.source + " is at " + percent(one.accuracy));
  const more = behind.length > NAMED_IN_FINDING ? " and " + (behind.length - NAMED_IN_FINDING) + " more are behind" : "";
  say(finding, named.join(", ") + more + ", the others at " + percent(share(all.filter((one) => !one.belowOthers))) + ".");
}

function othersThan(one, all) {
  return share(all.filter((other) => other !== one));
}

function share(sources) {
  const sum = (field) => sources.reduce((total, one) => total + one[field], 0);
  return sum("scored") === 0 ? null : sum("correct") / sum("scored");
}

function head() {
  const columns = ["Source", "Accuracy", "Results", "Mean confidence", "Rejects here"];
  return element("thead", {}, element("tr", {}, ...columns.map((name, at) =>
    element("th", { scope: "col", class: at === 0 ? "text" : null }, name))));
}

function row(one, others, lowest) {
  const name = element("th", { scope: "row", class: "text" }, one.source + " ");
  if (one.belowOthers) {
    name.append(element("span", { class: "state refused" }, "below the others"));
  }
  return element(
    "tr",
    { class: one.belowOthers ? "behind" : null },
    name,
    element("td", {}, ...accuracy(one, others, lowest)),
    element("td", {}, number(one.results)),
    element("td", {}, percent(one.confidence)),
    element("td", {}, number(rejects[one.source] ?? 0)),
  );
}

function accuracy(one, others, lowest) {
  if (one.accuracy === null) {
    return ["no label yet"];
  }
  const range = percent(one.low95) + " to " + percent(one.high95) + " with 95 % confidence, " + number(one.scored) + " labels"
    + (others === null ? "" : "; the ring is the others’");
  return [percent(one.accuracy) + " of " + number(one.scored), whisker(one, others, lowest, range)];
}
