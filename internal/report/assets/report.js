// Draws the plots from the data in the page, and synchronises everything on the time axis.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("ddmon-data").textContent);
  // enlarged is the factor by which plots are drawn larger than shown: for printers, whose resolution is higher.
  let enlarged = 1;
  const printedWidth = 700; // of a page, in CSS pixels
  const font = (size) => 11 * size + "px system-ui, sans-serif";
  const style = getComputedStyle(document.documentElement);
  const css = (name) => style.getPropertyValue(name).trim();
  const pixels = (name) => parseFloat(css(name));

  // points expands the runs of a line to times and values; null is a gap.
  const cache = new Map();
  function points(number) {
    if (cache.has(number)) return cache.get(number);
    const xs = [], ys = [];
    let interval = 1;
    for (const run of data.lines[number] || []) {
      if (run.gap && xs.length) {
        xs.push(xs[xs.length - 1] + interval); // a value is valid for one interval
        ys.push(null);
      }
      interval = run.i || 1;
      const count = run.n || run.v.length;
      for (let i = 0; i < count; i++) {
        xs.push(run.x ? run.t + run.x[i] : run.t + i * (run.i || 0));
        ys.push(run.n ? run.v[0] : run.v[i]);
      }
    }
    cache.set(number, [xs, ys]);
    return cache.get(number);
  }

  // clockIn returns functions that format times in a zone, or in UTC if the browser does not support the zone.
  function clockIn(zone) {
    const format = (options) => {
      try {
        return new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: zone });
      } catch {
        return new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: "UTC", timeZoneName: "short" });
      }
    };
    const minutes = format({ hour: "2-digit", minute: "2-digit" });
    const seconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const day = format({ day: "numeric", month: "short" });
    const date = (at) => {
      try {
        return uPlot.tzDate(new Date(at), zone);
      } catch {
        return uPlot.tzDate(new Date(at), "Etc/UTC");
      }
    };
    return { minutes, seconds, day, date };
  }

  // Formats for values in the legend and on the axis.
  const precise = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 6 });
  const compact = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4, notation: "compact" });

  const steps = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800].map((s) => s * 1000);

  // truncate shortens a text to the available width.
  function truncate(text, room, measure) {
    if (measure(text) <= room) return text;
    while (text && measure(text + "…") > room) text = text.slice(0, -1);
    return text + "…";
  }

  class Section {
    constructor(info) {
      this.info = info;
      this.root = document.getElementById(info.id);
      this.clock = clockIn(info.zone === "UTC" ? "Etc/UTC" : info.zone);
      this.plots = [];
      this.view = info.view;
      this.zoom = this.root.querySelector(".zoom");
      if (!this.zoom) return;
      this.zoom.hidden = false;
      this.cursor = this.zoom.querySelector(".cursor");
      for (const button of this.zoom.querySelectorAll("button")) {
        button.addEventListener("click", () => this.show(button.dataset.view.split(",").map(Number)));
      }
    }

    time(share) { return this.info.from + share * (this.info.to - this.info.from); }
    share(time) { return (time - this.info.from) / (this.info.to - this.info.from); }
    range() { return this.view.map((s) => this.time(s)); }

    // show sets the time range of all plots, timelines and bars.
    show(view) {
      this.view = [Math.max(0, view[0]), Math.min(1, view[1])];
      this.root.style.setProperty("--z0", this.view[0]);
      this.root.style.setProperty("--z1", this.view[1]);
      for (const button of this.zoom.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.view === this.view.join(",")));
      }
      const [min, max] = this.range();
      for (const plot of this.plots) plot.u.setScale("x", { min, max });
      this.ticks();
    }

    // build draws all plots again, in the current size and colours.
    build() {
      for (const plot of this.plots) plot.build();
    }

    // ticks redraws the axis below the timelines.
    ticks() {
      const axis = this.root.querySelector(".axis");
      const [from, to] = this.range();
      const most = axis.clientWidth / 60;
      const step = steps.find((s) => (to - from) / s <= most) || steps[steps.length - 1];
      const offset = this.clock.date(from).getTime() - this.clock.date(from).getTimezoneOffset() * 60000 - Math.round(from);
      const texts = step < 60000 ? this.clock.seconds : step < 86400000 ? this.clock.minutes : this.clock.day;
      axis.replaceChildren();
      for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) {
        const mark = document.createElement("span");
        mark.style.setProperty("--a", this.share(at));
        mark.textContent = texts.format(at);
        axis.append(mark);
      }
    }

    // phases positions the names of the phases, each in the first lane where it does not overlap another.
    phases(width, measure) {
      const lanes = [];
      const shown = [];
      const [from, to] = this.range();
      for (const phase of this.info.phases || []) {
        const x = ((phase.at - from) / (to - from)) * width;
        if (x < 0 || x > width) continue;
        const left = x + measure(phase.name) + 8 > width && x > width / 2;
        const name = truncate(phase.name, (left ? x : width - x) - 8, measure);
        const size = measure(name) + 8;
        const start = left ? x - size : x, end = left ? x : x + size;
        let lane = lanes.findIndex((used) => used.every(([a, b]) => end < a || start > b));
        if (lane < 0) lane = lanes.push([]) - 1;
        lanes[lane].push([start, end]);
        shown.push({ x, lane, left, name });
      }
      return { shown, lanes: lanes.length };
    }
  }

  const gaps = 2; // uPlot's NULL_EXPAND: keeps gaps where other lines have samples
  const lane = 14; // height of a lane of phase names, in CSS pixels

  class Plot {
    constructor(section, element) {
      this.section = section;
      this.element = element;
      this.info = section.info.plots[Number(element.dataset.plot)];
      this.legend = [...element.parentElement.querySelectorAll("b[data-line]")];
      // The ruler measures the names of phases in CSS pixels, independent of the screen's density.
      this.ruler = document.createElement("canvas").getContext("2d");
      this.ruler.font = font(1);
      this.build();
      section.plots.push(this);
      new ResizeObserver(() => this.fit()).observe(element);
    }

    build() {
      if (this.u) this.u.destroy();
      const tables = this.info.lines.map((line) => points(line.points));
      this.u = new uPlot(this.options(), tables.length ? uPlot.join(tables, tables.map(() => [0, gaps])) : [[], []], this.element);
    }

    width() { return enlarged > 1 ? printedWidth : Math.max(200, this.element.clientWidth); }
    lanes() { return this.section.phases(this.width() - pixels("--gl") - pixels("--gr"), (s) => this.ruler.measureText(s).width); }
    height() { return 150 + this.lanes().lanes * lane; }

    fit() {
      if (enlarged === 1 && this.element.clientWidth && this.width() !== this.u.width) {
        this.u.setSize({ width: this.width(), height: this.height() });
        this.section.ticks();
      }
    }

    options() {
      const k = enlarged;
      const axis = { stroke: () => css("--quiet"), font: font(k), gap: 3 * k, grid: { stroke: () => css("--grid"), width: k }, ticks: { stroke: () => css("--rule"), width: k, size: 4 * k } };
      const section = this.section;
      return {
        width: this.width() * k, height: this.height() * k, ms: 1, tzDate: section.clock.date,
        legend: { show: false },
        padding: [() => (this.lanes().lanes * lane + 6) * k, () => pixels("--gr") * k, 0, 0],
        cursor: {
          y: false, sync: { key: section.info.id }, drag: { x: true, y: false, setScale: false }, points: { size: 5 },
          bind: { dblclick: () => () => { section.show([0, 1]); return null; } },
        },
        select: { show: true },
        scales: { x: { time: true, range: () => section.range() }, y: { range: () => [this.info.low, this.info.high] } },
        axes: [
          { ...axis, size: 24 * k, space: 60 * k, values: (u, marks, i, space, step) => marks.map((at) => (step < 60000 ? section.clock.seconds : step < 86400000 ? section.clock.minutes : section.clock.day).format(at)) },
          { ...axis, size: () => pixels("--gl") * k, space: 28 * k, values: (u, marks) => marks.map((v) => compact.format(v)) },
        ],
        series: [{}, ...this.info.lines.map((line) => this.line(line))],
        hooks: {
          drawAxes: [(u) => this.phases(u)],
          draw: [(u) => { this.limits(u); this.events(u); }],
          setSelect: [(u) => this.select(u)],
          setCursor: [(u) => this.showValues(u)],
        },
      };
    }

    line(line) {
      const color = () => css(line.kind === "other" ? "--other" : "--c" + (line.color % 8));
      const common = { points: { show: false }, stroke: color };
      if (line.kind === "value") return { ...common, width: 6 * enlarged, alpha: 0.4, paths: uPlot.paths.stepped({ align: 1 }) };
      return { ...common, width: (line.kind === "other" ? 1 : 2) * enlarged, dash: line.color >= 8 ? [6 * enlarged, 3 * enlarged] : undefined };
    }

    // phases draws the lines of the phases, with their names above the plot.
    phases(u) {
      const { ctx, bbox } = u, px = devicePixelRatio * enlarged;
      ctx.save();
      ctx.strokeStyle = css("--phase");
      ctx.lineWidth = px;
      ctx.font = font(px);
      ctx.textBaseline = "middle";
      for (const phase of this.lanes().shown) {
        const x = Math.round(bbox.left + phase.x * px) + 0.5, y = (phase.lane + 0.5) * lane * px + px;
        ctx.setLineDash([4 * px, 3 * px]);
        ctx.beginPath();
        ctx.moveTo(x, y - 5 * px);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
      for (const phase of this.lanes().shown) {
        const x = bbox.left + (phase.x + (phase.left ? -3 : 3)) * px, y = (phase.lane + 0.5) * lane * px + px;
        const width = ctx.measureText(phase.name).width;
        ctx.fillStyle = css("--background");
        ctx.fillRect(phase.left ? x - width : x, y - 6 * px, width, 12 * px);
        ctx.fillStyle = css("--phase");
        ctx.textAlign = phase.left ? "right" : "left";
        ctx.fillText(phase.name, x, y);
      }
      ctx.restore();
    }

    // limits draws the thresholds with their labels, which must not overlap.
    limits(u) {
      const { ctx, bbox } = u, px = devicePixelRatio * enlarged, taken = [];
      ctx.save();
      ctx.font = font(px);
      ctx.textAlign = "right";
      ctx.textBaseline = "middle";
      for (const limit of [...(this.info.limits || [])].sort((a, b) => b.value - a.value)) {
        const y = Math.round(u.valToPos(limit.value, "y", true)) + 0.5;
        const color = css("--" + limit.kind);
        ctx.strokeStyle = color;
        ctx.lineWidth = (limit.kind === "critical" ? 1.5 : 1) * px;
        ctx.setLineDash(limit.kind === "recovery" ? [2 * px, 3 * px] : [7 * px, 4 * px]);
        ctx.beginPath();
        ctx.moveTo(bbox.left, y);
        ctx.lineTo(bbox.left + bbox.width, y);
        ctx.stroke();
        let at = y - 8 * px;
        if (at < bbox.top + 6 * px) at = y + 8 * px;
        while (taken.some((other) => Math.abs(other - at) < 13 * px)) at += 13 * px;
        taken.push(at);
        this.name(ctx, limit.label, color, bbox, at, px);
      }
      ctx.restore();
    }

    // name writes a threshold's label on a translucent background, to separate it from the lines behind it.
    name(ctx, label, color, bbox, at, px) {
      const right = bbox.left + bbox.width - 4 * px;
      const text = truncate(label, bbox.width - 12 * px, (s) => ctx.measureText(s).width);
      const width = ctx.measureText(text).width;
      ctx.globalAlpha = 0.8;
      ctx.fillStyle = css("--background");
      ctx.fillRect(right - width - 3 * px, at - 6.5 * px, width + 6 * px, 13 * px);
      ctx.globalAlpha = 1;
      ctx.fillStyle = color;
      ctx.fillText(text, right, at);
    }

    // events draws a small mark for each event on the time axis.
    events(u) {
      const { ctx, bbox } = u, px = devicePixelRatio * enlarged, [from, to] = this.section.range();
      ctx.save();
      ctx.fillStyle = css("--event");
      for (const at of this.section.info.events || []) {
        if (at < from || at > to) continue;
        const x = u.valToPos(at, "x", true), y = bbox.top + bbox.height;
        ctx.beginPath();
        ctx.moveTo(x, y - 7 * px);
        ctx.lineTo(x - 4 * px, y);
        ctx.lineTo(x + 4 * px, y);
        ctx.fill();
      }
      ctx.restore();
    }

    // select zooms to the selected time range.
    select(u) {
      if (u.select.width < 8) return;
      const from = u.posToVal(u.select.left, "x"), to = u.posToVal(u.select.left + u.select.width, "x");
      u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.section.show([this.section.share(from), this.section.share(to)]);
    }

    // showValues writes the values under the pointer into the legend.
    showValues(u) {
      const i = u.cursor.idx;
      const at = i == null ? null : u.data[0][i];
      this.section.cursor.textContent = at == null ? "" : this.section.clock.seconds.format(at);
      for (const cell of this.legend) {
        const value = at == null ? null : lastValue(u.data[Number(cell.dataset.line) + 1], i);
        cell.textContent = value == null ? "" : precise.format(value);
      }
    }
  }

  // lastValue returns the value at an index or, if only other lines have a sample there, the last one before.
  function lastValue(values, i) {
    while (i > 0 && values[i] === undefined) i--;
    return values[i];
  }

  // Draw plots only when they scroll into view: a page can have hundreds.
  const sections = new Map((data.sections || []).map((info) => [info.id, new Section(info)]));
  const draw = (element) => {
    if (!element.firstChild) new Plot(sections.get(element.closest("section").id), element);
  };
  const plots = [...document.querySelectorAll(".plot")];
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "800px" });
  plots.forEach((element) => watch.observe(element));

  // For print, all details are open, and plots are drawn in light colours.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((element) => { element.open = true; });
    document.documentElement.classList.add("printing");
    enlarged = 2;
    plots.forEach(draw);
    for (const section of sections.values()) section.build();
  });
  addEventListener("afterprint", () => {
    folded.forEach((element) => { element.open = false; });
    document.documentElement.classList.remove("printing");
    enlarged = 1;
    for (const section of sections.values()) section.build();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const section of sections.values()) for (const plot of section.plots) plot.u.redraw(false);
  });
})();
