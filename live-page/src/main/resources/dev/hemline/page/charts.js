import uPlot from "/page/uplot.js";
import { day, element, moment, time } from "/page/text.js";

const HEIGHT = 200;
const WINDOW_SECONDS = 600;
const TABLE_ROWS = 30;
const SWAPS_TOLD = 5;

let swaps = [];
const charts = [];

/** When versions began to serve. */
export function markSwaps(marks) {
  swaps = marks;
  charts.forEach((chart) => {
    chart.describe();
    chart.redraw();
  });
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Lines over time, with swap marks, a legend that tells the newest values, and the same figures as a table. */
export class TimeChart {
  /**
   * @param place id of the element it fills
   * @param unit on the vertical axis; empty where every value carries it
   * @param write how a value is written
   * @param height in pixels
   * @param seconds of the newest rows that are drawn
   * @param steps that may lie between two marks of the vertical axis; whatever fits unless given
   * @param waiting what is awaited while there is nothing to draw
   */
  constructor(place, { title, unit, write, waiting, range, height = HEIGHT, seconds = WINDOW_SECONDS, steps }) {
    this.place = document.getElementById(place);
    this.title = title;
    this.unit = unit;
    this.write = write;
    this.range = range;
    this.height = height;
    this.seconds = seconds;
    this.steps = steps;
    this.names = [];
    this.limits = {};
    this.rows = [];
    this.legend = element("ul", { class: "legend" });
    this.empty = element("p", { class: "empty" }, waiting);
    this.canvas = element("div", { role: "img" });
    this.table = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title + ", newest first" });
    this.details = element("details", {}, element("summary", {}, "Figures as a table"), this.table);
    this.details.addEventListener("toggle", () => this.fillTable());
    this.place.replaceChildren(this.empty, this.legend, this.canvas, this.details);
    this.details.hidden = true;
    this.describe();
    charts.push(this);
    new ResizeObserver(() => this.plot?.setSize({ width: this.place.clientWidth, height: this.height })).observe(this.place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.rebuild());
  }

  /**
   * @param names of the lines
   * @param rows [seconds since 1970, value of each line or null], oldest first
   * @param limits by a line's number, that of the line whose limit it is: dashed, and of its colour
   */
  show(names, rows, limits = {}) {
    const last = rows.length === 0 ? 0 : rows[rows.length - 1][0];
    this.limits = limits;
    this.rows = rows.filter((row) => row[0] > last - this.seconds);
    const drawable = this.rows.length > 1 && this.rows.some((row) => row.slice(1).some((value) => value !== null));
    this.empty.hidden = drawable;
    this.details.hidden = !drawable;
    this.legend.hidden = !drawable;
    this.canvas.hidden = !drawable;
    if (!drawable) {
      return;
    }
    if (names.join("|") !== this.names.join("|") || !this.plot) {
      this.names = names;
      this.rebuild();
    } else {
      this.plot.setData(this.columns());
    }
    this.tellNewest();
    this.fillTable();
  }

  columns() {
    return [0, ...this.names.map((_, at) => at + 1)].map((column) => this.rows.map((row) => row[column]));
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    if (this.names.length === 0 || this.rows.length === 0) {
      return;
    }
    const muted = css("--muted");
    const axis = { stroke: muted, font: "12px system-ui, sans-serif", grid: { stroke: css("--grid"), width: 1 }, ticks: { show: false } };
    const options = {
      width: this.place.clientWidth,
      height: this.height,
      padding: [18, 16, 0, 0],
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      legend: { show: false },
      scales: { y: { range: this.range } },
      axes: [
        { ...axis, size: 30, space: 70, values: (_, ticks, axisAt, space, step) => ticks.map((tick) => mark(tick * 1000, step)) },
        { ...axis, size: 56, ...(this.steps && { incrs: this.steps }), values: (_, ticks) => ticks.map((tick) => this.write(tick)) },
      ],
      series: [{}, ...this.names.map((_, at) => ({
        stroke: css("--series-" + this.colour(at)),
        width: at in this.limits ? 1.5 : 2,
        dash: at in this.limits ? [5, 5] : [],
        spanGaps: false,
        points: { show: false },
      }))],
      hooks: { draw: [(plot) => this.drawSwaps(plot)], setCursor: [(plot) => this.tellAt(plot.cursor.idx)] },
    };
    this.plot = new uPlot(options, this.columns(), this.canvas);
  }

  colour(at) {
    return (this.limits[at] ?? at) + 1;
  }

  /** In words, for those who do not see the chart. */
  describe() {
    const recent = swaps.slice(-SWAPS_TOLD).map((swap) => "v" + swap.version + " at " + time(swap.at));
    const told = recent.length === 0 ? "" : " Newest swaps: " + recent.join(", ") + ".";
    this.canvas.setAttribute("aria-label", this.title + ", as a chart. The table below has the same figures." + told);
  }

  redraw() {
    this.plot?.redraw(false);
  }

  drawSwaps(plot) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = css("--muted");
    ctx.fillStyle = css("--muted");
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 4 * ratio]);
    ctx.font = 11 * ratio + "px system-ui, sans-serif";
    ctx.textAlign = "center";
    let free = -Infinity;
    for (const swap of swaps) {
      const x = plot.valToPos(swap.at / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) {
        continue;
      }
      ctx.globalAlpha = 0.6;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      const name = "v" + swap.version;
      const half = ctx.measureText(name).width / 2;
      if (x - half > free) {
        ctx.fillText(name, Math.min(x, bbox.left + bbox.width - half), bbox.top - 5 * ratio);
        free = x + half + 6 * ratio;
      }
    }
    // The unit stands where the axis ends.
    ctx.textAlign = "right";
    ctx.fillText(this.unit, bbox.left - 8 * ratio, bbox.top - 5 * ratio);
    ctx.restore();
  }

  tellNewest() {
    if (this.plot.cursor.idx === null || this.plot.cursor.idx === undefined) {
      this.tellAt(null);
    }
  }

  tellAt(index) {
    const row = index === null || index === undefined ? null : this.rows[index];
    const items = this.names.map((name, at) => {
      const value = row ? row[at + 1] : this.newest(at + 1);
      return element("li", { class: "s" + this.colour(at) + (at in this.limits ? " limit" : "") }, element("i"), element("span", {}, name + " " + this.write(value)));
    });
    if (row) {
      items.push(element("li", {}, moment(row[0] * 1000)));
    }
    this.legend.replaceChildren(...items);
  }

  newest(column) {
    for (let at = this.rows.length - 1; at >= 0; at--) {
      if (this.rows[at][column] !== null) {
        return this.rows[at][column];
      }
    }
    return null;
  }

  fillTable() {
    if (!this.details.open) {
      return;
    }
    const head = element("tr", {}, ...["Time", ...this.names.map((name) => (this.unit === "" ? name : name + ", " + this.unit))].map((name) => element("th", { scope: "col" }, name)));
    const body = this.rows.slice(-TABLE_ROWS).reverse().map((row) =>
      element("tr", {}, element("th", { scope: "row" }, moment(row[0] * 1000)), ...row.slice(1).map((value) => element("td", {}, this.write(value)))));
    this.table.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
  }
}

/** What stands at a mark of the time axis, where marks are so many seconds apart. */
function mark(millis, step) {
  const clock = time(millis);
  if (step >= 86_400 || (step >= 3_600 && clock === "00:00:00")) {
    return day(millis);
  }
  return step >= 600 ? clock.slice(0, 5) : clock;
}

/** From zero, with room above. */
export function fromZero(_, least, most) {
  return [0, Math.max(1, (most ?? 1) * 1.15)];
}

/** Shares: as near as the figures allow. */
export function nearShares(_, least, most) {
  const low = Math.max(0, Math.floor(((least ?? 0) - 0.02) * 20) / 20);
  const high = Math.min(1, Math.ceil(((most ?? 1) + 0.01) * 20) / 20);
  return high - low < 0.1 ? [Math.max(0, high - 0.1), high] : [low, high];
}

