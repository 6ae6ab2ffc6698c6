import { element, number, say, time } from "/page/text.js";

let shown = "";

/** Bars by reason, the most frequent first, and the newest messages. */
export function showRejects({ counts, newest }) {
  const all = Object.entries(counts).sort((one, other) => other[1] - one[1]);
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  say("now-rejects", number(total));
  const now = JSON.stringify([counts, newest]);
  if (now === shown) {
    return;
  }
  shown = now;
  const place = document.getElementById("rejects");
  if (total === 0) {
    place.replaceChildren(element("p", { class: "empty" }, "None so far."));
    return;
  }
  const most = all[0][1];
  const bars = element("dl", { class: "bars" });
  for (const [reason, count] of all) {
    const fill = element("i");
    fill.style.width = (100 * count) / most + "%";
    bars.append(
      element("dt", {}, element("code", {}, reason)),
      element("dd", { "aria-hidden": "true" }, element("div", { class: "bar" }, fill)),
      element("dd", {}, number(count)),
    );
  }
  const messages = element("ul", { class: "messages", "aria-label": "Newest messages" });
  for (const reject of newest) {
    messages.append(element("li", {}, time(reject.at) + " ", element("b", {}, reject.reason), " " + reject.message));
  }
  place.replaceChildren(bars, messages);
}
