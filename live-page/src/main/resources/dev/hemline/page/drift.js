import { draw } from "/page/pictures.js";
import { element, number, percent, say, time } from "/page/text.js";

let shown = "";

/** What has changed, source by source: said in words, then how often each class was given, then pictures of both times. */
export function showDrift({ version, cards, more }) {
  const now = JSON.stringify([version, cards, more]);
  if (now === shown) {
    return;
  }
  shown = now;
  const section = document.getElementById("drift");
  section.hidden = cards.length === 0;
  section.classList.toggle("pictures-changed", cards.some((card) => card.kind === "pictures"));
  say("drift-version", cards.length === 0 ? "" : " for v" + version);
  say("drift-said", cards.map(headline).join(" ") + (more > 0 ? " " + number(more) + " sources more have changed, too." : ""));
  document.getElementById("drift-cards").replaceChildren(...cards.map(card));
}

function headline({ source, kind, sinceAt }) {
  return source + ": " + (kind === "pictures" ? "pictures look otherwise" : "another mix of classes") + " since " + time(sinceAt) + ".";
}

function card(drift) {
  const about = drift.source + " ";
  return element(
    "article",
    { class: "drifted", "aria-label": headline(drift) },
    element("h3", {}, about, element("span", { class: "state " + (drift.kind === "pictures" ? "refused" : "pinned") },
      drift.kind === "pictures" ? "pictures" : "mix")),
    element("p", {}, words(drift)),
    element("div", { class: "drift-sides" }, shares(drift), pictures(drift)),
  );
}

function words(drift) {
  const moved = drift.moved.length > 0 ? " " + listed(drift.moved) + " moved most." : "";
  const when = "Since " + time(drift.sinceAt) + ", after " + number(drift.before) + " results; told at " + time(drift.at) + ", "
    + number(drift.results) + " results later";
  const than = ", compared with " + drift.references.map((one) => one === "live" ? "its first live results" : "the images of its validation").join(" and ") + ".";
  return drift.kind === "pictures"
    ? when + than + " Strength " + drift.strength.toFixed(2) + " standard deviations." + moved
      + " Answers cannot be trusted as before; how right they are, only labels tell."
    : when + than + " " + percent(drift.strength) + " of the results are in other classes." + moved
      + " The pictures of each class are as they were.";
}

function listed(names) {
  return names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + " and " + names[names.length - 1];
}

/** The two distributions side by side, on one scale, as a table whose bars say nothing that its numbers do not. */
function shares({ shares, counted, moved }) {
  const most = Math.max(...shares.flatMap((share) => [share.before, share.now]), 0.01);
  const bar = (side, share) => {
    const fill = element("i");
    fill.style.width = (100 * share) / most + "%";
    return element("td", {}, element("div", { class: "share" },
      element("span", { class: "bar " + side, "aria-hidden": "true" }, fill), element("span", {}, percent(share))));
  };
  const of = (count) => (count > 0 ? " (" + number(count) + ")" : "");
  return element(
    "table",
    { class: "drift-shares" },
    element("caption", {}, "How often each class was given"),
    element("thead", {}, element("tr", {}, element("th", { scope: "col", class: "text" }, "Class"),
      element("th", { scope: "col" }, "before" + of(counted[0])), element("th", { scope: "col" }, "since" + of(counted[1])))),
    element("tbody", {}, ...shares.map(({ name, before, now }) =>
      element("tr", { class: moved.includes(name) ? "moved" : null }, element("th", { scope: "row", class: "text" }, name),
        bar("before", before), bar("since", now)))),
  );
}

function pictures({ picturesBefore, picturesSince }) {
  if (picturesBefore.length + picturesSince.length === 0) {
    return element("p", { class: "empty" }, "No pictures of these times: few events leave a sample, and those of sources that are counted together are not shown.");
  }
  return element("div", { class: "drift-pictures" }, strip("Before", picturesBefore), strip("Since", picturesSince));
}

function strip(name, all) {
  const items = all.map(({ name: label, confidence, picture }) => {
    const face = draw(picture);
    face.setAttribute("aria-label", "picture, called " + label + ", " + percent(confidence) + " sure");
    return element("li", {}, face, element("span", {}, label), element("small", {}, percent(confidence)));
  });
  return element("div", {}, element("h4", {}, name), all.length === 0
    ? element("p", { class: "empty" }, "No sample yet.")
    : element("ul", {}, ...items));
}
