import { element, number, percent, say, time } from "/page/text.js";
import { scale, whisker } from "/page/whisker.js";

let accuracies = new Map();
let latest = null;

/** How often versions were right, for the table. */
export function judgeModels(versions) {
  accuracies = new Map(versions.map((version) => [version.version, version]));
  if (latest !== null) {
    showModels(latest);
  }
}

/** One row a version: what vouches for it, how good it is, and what this instance makes of it. */
export function showModels(models) {
  latest = models;
  const any = models.versions.length > 0;
  const table = document.getElementById("models");
  table.hidden = !any;
  document.getElementById("models-empty").hidden = any;
  const unmet = document.getElementById("pin-unmet");
  unmet.hidden = models.pinUnmet === null;
  unmet.textContent = models.pinUnmet ?? "";
  const serving = models.versions.find((version) => version.serving);
  say("headline", serving ? "Serving " + serving.model + " v" + serving.version + ", " + serving.network : "No model serves yet; events wait on their topic.");
  if (models.all > models.versions.length) {
    say("models-note", "The newest " + models.versions.length + " of " + models.all
      + " versions. Each is checked against its SHA-256 and its golden batch before it serves.");
  }
  if (any) {
    const lowest = lowestShown(models.versions);
    table.replaceChildren(head(), element("tbody", {}, ...models.versions.map((version) => row(version, lowest))));
  }
}

function head() {
  const columns = ["Version", "State", "Live accuracy", "Its maker’s", "SHA-256", "Signed by", "Made at"];
  return element("thead", {}, element("tr", {}, ...columns.map((name, at) =>
    element("th", { scope: "col", class: at < 2 || at === 4 || at === 5 ? "text" : null }, name))));
}

function row(version, lowest) {
  return element(
    "tr",
    {},
    element("th", { scope: "row", class: "text" }, "v" + version.version),
    state(version),
    element("td", {}, ...live(version, lowest)),
    element("td", { title: "on " + number(version.images) + " " + version.split + " images" }, percent(version.accuracy)),
    element("td", { class: "text" }, element("code", {}, version.sha256)),
    element("td", { class: "text" }, version.signedBy === null ? "nobody" : element("code", {}, version.signedBy)),
    element("td", {}, time(version.at)),
  );
}

function state({ serving, pinned, refused }) {
  const cell = element("td", { class: refused ? "text wrap" : "text" });
  if (serving) {
    cell.append(element("span", { class: "state serving" }, "serving"));
  }
  if (pinned) {
    cell.append(element("span", { class: "state pinned" }, "pinned"));
  }
  if (refused) {
    cell.append(element("span", { class: "state refused" }, "refused"), refused.reason + ": " + refused.message);
  }
  if (!serving && !pinned && !refused) {
    cell.append("–");
  }
  return cell;
}

/** Of what makers promise and what labels show. */
function lowestShown(versions) {
  return scale(versions.flatMap((version) => [version.accuracy, accuracies.get(version.version)?.low95 ?? 1]));
}

function live(version, lowest) {
  const found = accuracies.get(version.version);
  if (!found || found.accuracy === null) {
    return ["–"];
  }
  const range = percent(found.low95) + " to " + percent(found.high95) + " with 95 % confidence, " + number(found.scored) + " labels; the ring is its maker’s";
  return [percent(found.accuracy) + " of " + number(found.scored), whisker(found, version.accuracy, lowest, range)];
}
