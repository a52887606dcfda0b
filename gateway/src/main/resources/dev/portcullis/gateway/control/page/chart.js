// The chart of decisions: areas, one upon the other, of how many a second there were.

import uPlot from './uPlot.esm.js';
import {one, rate, tell, time} from './elements.js';
import {added, now, WINDOW_SECONDS} from './rates.js';

const HEIGHT = 250;
const HOUR_AND_MINUTE = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});

export class Chart {
  #plot = null;
  #bands = '';
  #shown = {names: [], colours: [], data: [[]]};

  #resizes = new ResizeObserver(() => this.#fit());
  #end = new AbortController();

  constructor() {
    this.#resizes.observe(one('chart'));
    const {signal} = this.#end;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#build(), {signal});
  }

  /** Takes it away. */
  end() {
    this.#resizes.disconnect();
    this.#end.abort();
    this.#plot?.destroy();
  }

  /**
   * Shows these bands, from the ground up.
   *
   * @param instants in seconds
   * @param bands name, colour (a custom property of the style sheet) and series
   */
  show(instants, bands) {
    const data = [instants];
    let below = instants.map(() => 0);
    for (const band of bands) {
      below = added(instants.length, below, band.series);
      data.push(below);
    }
    this.#shown = {names: bands.map(it => it.name), colours: bands.map(it => it.colour), data};
    const key = JSON.stringify([this.#shown.names, this.#shown.colours]);
    if (this.#plot === null || key !== this.#bands) {
      this.#bands = key;
      this.#build();
    } else {
      this.#plot.setData(data);
    }
    this.#read(this.#plot?.cursor.idx);
  }

  #build() {
    this.#plot?.destroy();
    this.#plot = null;
    const width = one('chart').clientWidth;
    if (width === 0) {
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--quiet'),
      grid: {stroke: colour('--line'), width: 1},
      ticks: {show: false},
      font: '12px system-ui, sans-serif',
    };
    this.#plot = new uPlot(
      {
        width,
        height: HEIGHT,
        legend: {show: false},
        cursor: {drag: {setScale: false, x: false, y: false}, points: {show: false}, y: false},
        scales: {
          x: {time: true, range: () => [now() - WINDOW_SECONDS, now()]},
          y: {range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.1)]},
        },
        axes: [
          {
            ...axis,
            size: 30,
            incrs: [60],
            values: (_, splits) => splits.map(it => HOUR_AND_MINUTE.format(new Date(it * 1000))),
          },
          {...axis, size: 48, values: (_, splits) => splits.map(it => it.toLocaleString('en'))},
        ],
        series: [
          {},
          ...this.#shown.colours.map(name => ({
            width: 0,
            // A rate is that of the time before it.
            paths: uPlot.paths.stepped({align: -1}),
            fill: colour(name),
            points: {show: false},
          })),
        ],
        bands: this.#shown.colours.slice(1).map((_, i) => ({series: [i + 2, i + 1]})),
        hooks: {setCursor: [plot => this.#read(plot.cursor.idx)]},
      },
      this.#shown.data,
      one('chart'),
    );
  }

  /** The numbers under the pointer, else the last ones. */
  #read(index) {
    const {names, data} = this.#shown;
    const at = index ?? data[0].length - 1;
    if (at < 0 || data.length < 2) {
      tell(one('reading'), 'The first numbers come with the second look, in 2 seconds.');
      return;
    }
    const values = names
      .map((name, i) => [name, data[i + 1][at] === null ? null : data[i + 1][at] - (data[i][at] * (i > 0))])
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => rate(value) + ' ' + name);
    tell(one('reading'), 'At ' + time(data[0][at] * 1000) + ': ' + (values.join(', ') || 'no requests'));
  }

  #fit() {
    const width = one('chart').clientWidth;
    if (this.#plot === null) {
      this.#build();
    } else if (width > 0) {
      this.#plot.setSize({width, height: HEIGHT});
    }
  }
}
