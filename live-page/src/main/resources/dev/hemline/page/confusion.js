import { element, number } from "/page/text.js";

const MOST_CLASSES = 20;

/** The confusion matrix of the version that serves, each row in percent of its true class. */
export function showConfusion(confusion) {
  const place = document.getElementById("confusion");
  const empty = document.getElementById("confusion-empty");
  const version = document.getElementById("confusion-version");
  const any = confusion !== null && confusion.cells.length > 0;
  empty.hidden = any;
  place.hidden = !any;
  version.textContent = any ? " of v" + confusion.version : "";
  if (!any) {
    return;
  }
  const names = confusion.labels;
  if (names.length > MOST_CLASSES) {
    place.replaceChildren(
      element("p", { class: "empty" }, names.length + " classes are too many for a table here; /accuracy has every cell."),
    );
    return;
  }
  const counts = names.map(() => names.map(() => 0));
  for (const { actual, predicted, count } of confusion.cells) {
    if (actual < names.length && predicted < names.length) {
      counts[actual][predicted] = count;
    }
  }
  place.replaceChildren(table(names, counts));
}

function table(names, counts) {
  const head = element("tr", {}, element("td", {}));
  for (const name of names) {
    head.append(element("th", { scope: "col", title: name }, element("span", {}, name)));
  }
  const body = element("tbody");
  counts.forEach((row, actual) => {
    const sum = row.reduce((a, b) => a + b, 0);
    const line = element("tr", {}, element("th", { scope: "row", title: names[actual] }, names[actual]));
    row.forEach((count, predicted) => line.append(cell(count, sum, actual === predicted, names[actual], names[predicted])));
    body.append(line);
  });
  return element("table", {}, element("thead", {}, head), body);
}

function cell(count, sum, right, actual, predicted) {
  const share = sum === 0 ? 0 : count / sum;
  const made = element("td", { title: actual + " called " + predicted + ": " + number(count) + " of " + number(sum) });
  if (count > 0) {
    made.textContent = share >= 0.005 ? String(Math.round(share * 100)) : "·";
    // Mistakes are few, so they get their colour sooner.
    const strength = right ? 0.12 + 0.5 * share : 0.15 + Math.min(0.6, 1.6 * share);
    made.style.setProperty("--cell", "rgba(var(" + (right ? "--heat" : "--miss") + "), " + strength.toFixed(2) + ")");
  }
  return made;
}
