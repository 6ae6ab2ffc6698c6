import { element } from "/page/text.js";

/** Where the little axes of a table begin: the same for all, so that rows can be compared. */
export function scale(shares) {
  return Math.max(0, Math.floor(Math.min(...shares) * 10 - 0.5) / 10);
}

/**
 * A share with its interval, on an axis from the lowest to 1.
 *
 * @param ring another share to compare with; null for none
 * @param words what it shows, for those who point at it
 */
export function whisker({ accuracy, low95, high95 }, ring, lowest, words) {
  const at = (share) => (100 * (share - lowest)) / (1 - lowest) + "%";
  const interval = element("i");
  interval.style.left = at(low95);
  interval.style.width = (100 * (high95 - low95)) / (1 - lowest) + "%";
  const middle = element("b");
  middle.style.left = at(accuracy);
  let other = null;
  if (ring !== null) {
    other = element("u");
    other.style.left = at(ring);
  }
  return element("span", { class: "whisker", title: words, "aria-hidden": "true" }, interval, other, middle);
}

/** A share without an interval, on the same axis. */
export function dot(share, lowest) {
  const middle = element("u");
  middle.style.left = (100 * (share - lowest)) / (1 - lowest) + "%";
  return element("span", { class: "whisker", "aria-hidden": "true" }, middle);
}
