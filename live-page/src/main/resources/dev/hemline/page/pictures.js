import { element, percent } from "/page/text.js";

const SHOWN = 12;

let names = [];
const tiles = new Map();

/** What classes are called, by number. */
export function nameClasses(labels) {
  if (labels.length > 0 && labels.join() !== names.join()) {
    names = labels;
    tiles.forEach(({ tile }) => showPicture(tile));
  }
}

/** Shows a picture, or what has become known of one that is shown. */
export function showPicture(tile) {
  const list = document.getElementById("pictures");
  const known = tiles.get(tile.id);
  const item = known ? known.item : element("li");
  const face = known ? known.face : draw(tile.picture);
  tiles.set(tile.id, { tile, item, face });
  item.replaceChildren(face, words(tile));
  if (!known) {
    list.prepend(item);
    document.getElementById("pictures-empty").hidden = true;
    while (list.children.length > SHOWN) {
      const oldest = list.lastElementChild;
      tiles.forEach((one, id) => one.item === oldest && tiles.delete(id));
      oldest.remove();
    }
  }
}

function words({ answer, label }) {
  if (answer === null) {
    return element("div", {}, element("span", {}, "waiting for its answer"));
  }
  if (answer.reason !== null) {
    return element("div", { title: answer.message }, element("strong", {}, "rejected"), element("span", {}, answer.reason));
  }
  const best = answer.top[0];
  return element(
    "div",
    {},
    element("strong", {}, best.name),
    element("span", {}, percent(best.probability) + " · v" + answer.version),
    truth(best.label, label),
  );
}

function truth(predicted, label) {
  if (label === null) {
    return element("span", {}, "label not known yet");
  }
  return predicted === label
    ? element("span", { class: "right" }, "✓ right")
    : element("span", { class: "wrong" }, "✗ is " + (names[label] ?? "class " + label));
}

/** Pixels come plane by plane, in base 64. */
export function draw(picture) {
  if (picture === null) {
    return element("div", { class: "blank" });
  }
  const { channels, height, width } = picture;
  const planes = Uint8Array.from(atob(picture.pixels), (letter) => letter.charCodeAt(0));
  const canvas = element("canvas", { width, height, role: "img", "aria-label": "picture" });
  const image = new ImageData(width, height);
  const plane = width * height;
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * pixel + channel] = planes[Math.min(channel, channels - 1) * plane + pixel];
    }
    image.data[4 * pixel + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}
