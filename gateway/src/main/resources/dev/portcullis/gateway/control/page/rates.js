// The last five minutes of counters that only grow: differences of what two looks have found.

export const WINDOW_SECONDS = 300;
// A longer time between two looks is a gap: nobody knows when in it things happened.
const GAP_SECONDS = 15;

/** Seconds by a clock that nobody sets, about those since 1970. */
export const now = () => (performance.timeOrigin + performance.now()) / 1000;

export class Rates {
  #last = null;
  #samples = [];

  /**
   * Takes the totals found at an instant (in seconds). Where the gateway was started anew its
   * counters began at zero, and all they count is new.
   */
  take(at, startedAt, totals) {
    const last = this.#last;
    this.#last = {at, startedAt, totals};
    if (last === null) {
      return;
    }
    const seconds = at - last.at;
    const anew =
      startedAt !== last.startedAt ||
      Object.entries(last.totals).some(([name, total]) => (totals[name] ?? 0) < total);
    const counts = {};
    for (const [name, total] of Object.entries(totals)) {
      counts[name] = total - (anew ? 0 : (last.totals[name] ?? 0));
    }
    this.#samples.push(seconds > GAP_SECONDS ? {at, gap: true} : {at, seconds, counts});
    this.#samples = this.#samples.filter(sample => sample.at > at - WINDOW_SECONDS);
  }

  /** How many a second by the last look; null before there were two. */
  now(name) {
    const sample = this.#samples.at(-1);
    return sample === undefined ? null : perSecond(sample, name);
  }

  /** How many in the window. */
  sum(name) {
    return this.#samples.reduce((sum, sample) => sum + (sample.counts?.[name] ?? 0), 0);
  }

  /** All instants in the window. */
  instants() {
    return this.#samples.map(sample => sample.at);
  }

  /** How many a second, at each of the instants; null in gaps. */
  series(name) {
    return this.#samples.map(sample => perSecond(sample, name));
  }
}

function perSecond(sample, name) {
  return sample.gap ? null : (sample.counts[name] ?? 0) / sample.seconds;
}

/** Sums several series of the same length; a gap in one is a gap in the sum. */
export function added(length, ...several) {
  return Array.from({length}, (_, i) =>
    several.reduce((sum, series) => (sum === null || series[i] === null ? null : sum + series[i]), 0),
  );
}
