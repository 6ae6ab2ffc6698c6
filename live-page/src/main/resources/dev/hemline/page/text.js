// Words and numbers. Everything that comes from outside goes through textContent, never through HTML.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 3 or 4 significant places are enough for people. */
export function number(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  return value < 10 && !Number.isInteger(value) ? tenths.format(value) : whole.format(value);
}

export function percent(share) {
  return share === null || share === undefined ? "–" : tenths.format(share * 100) + " %";
}

export function time(millis) {
  return new Date(millis).toLocaleTimeString("en-GB");
}

export function day(millis) {
  return new Date(millis).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** The time alone where it is of today. */
export function moment(millis) {
  return new Date(millis).toDateString() === new Date().toDateString() ? time(millis) : day(millis) + ", " + time(millis).slice(0, 5);
}

const UNITS = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
const SECONDS_ALONE = 120;

/** How long something took, by the two largest units: 73 s, 2 min 5 s, 3 h. */
export function after(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < SECONDS_ALONE) {
    return seconds + " s";
  }
  const largest = UNITS.findIndex(([length]) => seconds >= length);
  const [length, unit] = UNITS[largest];
  const [rest, smaller] = UNITS[largest + 1];
  const left = Math.floor((seconds % length) / rest);
  return number(Math.floor(seconds / length)) + " " + unit + (left === 0 ? "" : " " + left + " " + smaller);
}

/** An element with attributes and children; strings become text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Changes text only where it differs, so that screen readers and selections are left alone. */
export function say(target, text) {
  const node = typeof target === "string" ? document.getElementById(target) : target;
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
