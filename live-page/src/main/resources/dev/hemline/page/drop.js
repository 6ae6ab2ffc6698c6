import { element, number, percent } from "/page/text.js";

let mostBytes = Infinity;
let asked = 0;

/** How large a picture may be. */
export function limitPictures(bytes) {
  mostBytes = bytes;
  document.getElementById("drop-limit").textContent =
    "PNG, JPEG, GIF, BMP or WebP, at most " + number(Math.floor(bytes / 1024)) + " KiB";
}

/** Listens to the file button, and to what is dropped anywhere on the page. */
export function takePictures() {
  const file = document.getElementById("file");
  const zone = document.getElementById("drop");
  file.addEventListener("change", () => {
    if (file.files.length > 0) {
      ask(file.files[0]);
      file.value = "";
    }
  });
  // Dropped beside the zone, a picture would replace the page.
  addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      zone.classList.remove("over");
    }
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length > 0) {
      ask(event.dataTransfer.files[0]);
    }
  });
}

async function ask(file) {
  const turn = ++asked;
  const place = document.getElementById("reply");
  const preview = element("img", { alt: "your picture" });
  const address = URL.createObjectURL(file);
  preview.addEventListener("load", () => URL.revokeObjectURL(address));
  preview.addEventListener("error", () => preview.remove());
  preview.src = address;
  const show = (...children) => {
    if (turn === asked) {
      place.replaceChildren(preview, element("div", {}, ...children));
    }
  };
  if (file.size > mostBytes) {
    show(problem("This picture has " + number(Math.ceil(file.size / 1024)) + " KiB, more than topic image-events takes. Send a smaller one."));
    return;
  }
  show(element("p", { class: "empty" }, "On its way through Kafka…"));
  const started = performance.now();
  try {
    const response = await fetch("/page/pictures", { method: "POST", body: file });
    if (!response.ok) {
      show(problem((await response.text()).trim()));
      return;
    }
    show(...reply(await response.json(), performance.now() - started));
  } catch (failure) {
    show(problem("The classifier could not be reached. Is it still running?"));
  }
}

function problem(sentence) {
  return element("p", { class: "warning" }, sentence);
}

function reply({ id, answer }, millis) {
  if (answer === null) {
    return [problem("No answer yet. The event waits on image-events, as all do before the first model or behind a queue."), name(id)];
  }
  if (answer.reason !== null) {
    return [element("p", {}, element("strong", { class: "wrong" }, "Rejected: " + answer.reason)), element("p", {}, answer.message), name(id)];
  }
  const list = element("ol", { class: "guesses" });
  for (const guess of answer.top) {
    const fill = element("i");
    fill.style.width = 100 * guess.probability + "%";
    list.append(
      element("li", {}, element("span", {}, guess.name), element("span", {}, percent(guess.probability)), element("div", { class: "bar", "aria-hidden": "true" }, fill)),
    );
  }
  const took = "Version " + answer.version + " answered after " + number(answer.millis) + " ms; read back after " + number(Math.round(millis)) + " ms.";
  return [list, element("p", { class: "note" }, took), name(id)];
}

function name(id) {
  return element("p", { class: "note" }, element("code", {}, id));
}
