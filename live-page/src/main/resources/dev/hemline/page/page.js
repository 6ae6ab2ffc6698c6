import { TimeChart, fromZero, markSwaps, nearShares } from "/page/charts.js";
import { showConfusion } from "/page/confusion.js";
import { limitPictures, takePictures } from "/page/drop.js";
import { showDrift } from "/page/drift.js";
import { showEpisodes } from "/page/episodes.js";
import { showExperiment } from "/page/experiment.js";
import { openLabelDesk } from "/page/labels.js";
import { judgeModels, showModels } from "/page/models.js";
import { nameClasses, showPicture } from "/page/pictures.js";
import { showRejects } from "/page/rejects.js";
import { countRejects, showSources } from "/page/sources.js";
import { number, percent, say } from "/page/text.js";
import { inShort, showWays } from "/page/ways.js";

const REMEMBERED = 600;
const VERSIONS_DRAWN = 6;

const throughput = new TimeChart("throughput", {
  title: "Throughput",
  unit: "per s",
  write: number,
  waiting: "Waiting for the first seconds.",
  range: fromZero,
});
const latency = new TimeChart("latency", {
  title: "Latency",
  unit: "ms",
  write: number,
  waiting: "Waiting for the first result.",
  range: fromZero,
});
const accuracy = new TimeChart("accuracy", {
  title: "Accuracy by version",
  unit: "",
  write: percent,
  waiting: "Waiting for labels on topic ground-truth. The line begins when this page is opened.",
  range: nearShares,
  height: 300,
});

let pulses = [];
let accuracies = [];

function showPulses() {
  const newest = pulses[pulses.length - 1];
  if (!newest) {
    return;
  }
  say("now-results", number(newest.results));
  say("now-latency", number([...pulses].reverse().find((pulse) => pulse.p99 !== null)?.p99));
  throughput.show(["results", "rejects"], pulses.map((pulse) => [pulse.at / 1000, pulse.results, pulse.rejects]));
  latency.show(["half within", "99 in 100 within"], pulses.map((pulse) => [pulse.at / 1000, pulse.p50, pulse.p99]));
}

/** A version's line goes on as long as labels about it come. */
function showAccuracies() {
  const versions = [...new Set(accuracies.flatMap((view) => view.versions.map((version) => version.version)))]
    .sort((one, other) => other - one)
    .slice(0, VERSIONS_DRAWN)
    .reverse();
  const scored = new Map();
  const rows = accuracies.map((view) => [
    view.at / 1000,
    ...versions.map((version) => {
      const found = view.versions.find((one) => one.version === version);
      const before = scored.get(version);
      scored.set(version, found?.scored);
      return found && found.scored !== before ? found.accuracy : null;
    }),
  ]);
  accuracy.show(versions.map((version) => "v" + version), rows);
}

function tellAccuracy({ why, versions, confusion, ways }) {
  const serving = confusion === null ? null : versions.find((version) => version.version === confusion.version);
  say("now-accuracy", percent(serving?.accuracy));
  say(
    "now-accuracy-note",
    serving
      ? "accuracy of v" + serving.version + ", " + percent(serving.low95) + " to " + percent(serving.high95) + inShort(ways)
      : why ?? "accuracy of the version that serves; waiting for labels" + inShort(ways),
  );
}

const hear = {
  settings: ({ mostBytes }) => limitPictures(mostBytes),
  pulses: (past) => {
    pulses = past;
    showPulses();
  },
  pulse: (pulse) => {
    pulses = [...pulses, pulse].slice(-REMEMBERED);
    showPulses();
  },
  rejects: (rejects) => {
    showRejects(rejects);
    countRejects(rejects.bySource);
  },
  models: (models) => {
    markSwaps(models.swaps);
    showModels(models);
    nameClasses(models.labels);
  },
  accuracies: (past) => {
    accuracies = past;
    showAccuracies();
  },
  accuracy: (view) => {
    if (view.why === null && view.at !== accuracies[accuracies.length - 1]?.at) {
      accuracies = [...accuracies, view].slice(-REMEMBERED);
      showAccuracies();
    }
    tellAccuracy(view);
    judgeModels(view.versions);
    showConfusion(view.confusion);
    showSources(view.sources);
    showWays(view.ways);
  },
  drift: showDrift,
  episodes: showEpisodes,
  experiment: showExperiment,
  picture: showPicture,
};

function connection(state, words) {
  const badge = document.getElementById("connection");
  badge.className = "badge " + state;
  say(badge, words);
}

takePictures();
openLabelDesk();
const live = new EventSource("/page/live");
live.addEventListener("open", () => connection("on", "live"));
live.addEventListener("error", () => connection("off", live.readyState === EventSource.CLOSED
  ? "not connected; too many browsers watch, or the classifier ended"
  : "connection lost, trying again"));
for (const [name, listener] of Object.entries(hear)) {
  live.addEventListener(name, (event) => listener(JSON.parse(event.data)));
}
