// What is decided, by reason: the chart, and the same in numbers.

import {Chart} from './chart.js';
import {count, make, one, rate} from './elements.js';
import {added} from './rates.js';
import {ALLOWED, WORDS} from './reasons.js';

const SLOTS = 5;
const OTHERS = '--others';
const decision = reason => 'decision ' + reason;

/** The totals to be watched. */
export function totalsOf(decisions) {
  return Object.fromEntries(
    Object.entries(decisions).map(([reason, total]) => [decision(reason), total]),
  );
}

export class Traffic {
  #chart = new Chart();
  #rates;
  #slots = new Array(SLOTS).fill(null);
  #decisions = {};

  constructor(rates) {
    this.#rates = rates;
    one('refused-only').onchange = () => this.show(this.#decisions);
  }

  /** Takes the chart away. */
  end() {
    this.#chart.end();
  }

  /** How many a second were let through, or not; null where not known. */
  allowed() {
    return this.#rates.now(decision(ALLOWED));
  }

  refused() {
    return this.#refusals().reduce(
      (sum, reason) => (sum === null ? null : sum + (this.#rates.now(decision(reason)) ?? 0)),
      this.allowed() === null ? null : 0,
    );
  }

  /** How many were refused in the window. */
  refusedLately() {
    return this.#refusals().reduce((sum, it) => sum + this.#rates.sum(decision(it)), 0);
  }

  allowedLately() {
    return this.#rates.sum(decision(ALLOWED));
  }

  #refusals() {
    return Object.keys(this.#decisions).filter(reason => reason !== ALLOWED);
  }

  /** Shows the totals since the start, and what became of them lately. */
  show(decisions) {
    this.#decisions = decisions;
    this.#assign();
    const refusals = this.#refusals().sort((a, b) => this.#weight(b) - this.#weight(a));
    one('decisions').replaceChildren(
      ...[ALLOWED, ...refusals].map(reason => this.#row(reason)),
    );
    this.#chart.show(this.#rates.instants(), this.#bands());
  }

  /** What was refused lately keeps its colour for as long as it is in the chart. */
  #assign() {
    const lately = this.#refusals().filter(it => this.#rates.sum(decision(it)) > 0);
    this.#slots = this.#slots.map(it => (lately.includes(it) ? it : null));
    for (const reason of lately.sort((a, b) => this.#weight(b) - this.#weight(a))) {
      const free = this.#slots.indexOf(null);
      if (!this.#slots.includes(reason) && free >= 0) {
        this.#slots[free] = reason;
      }
    }
  }

  #weight(reason) {
    return this.#rates.sum(decision(reason)) + this.#decisions[reason] / 1e12;
  }

  #colour(reason) {
    const slot = this.#slots.indexOf(reason);
    return reason === ALLOWED ? '--allowed' : slot < 0 ? OTHERS : '--slot-' + slot;
  }

  #bands() {
    const series = reason => this.#rates.series(decision(reason));
    const bands = this.#slots
      .filter(reason => reason !== null)
      .map(reason => ({name: reason, colour: this.#colour(reason), series: series(reason)}));
    const others = this.#refusals().filter(reason => this.#colour(reason) === OTHERS);
    if (others.some(reason => this.#rates.sum(decision(reason)) > 0)) {
      const sum = added(this.#rates.instants().length, ...others.map(series));
      bands.push({name: 'others', colour: OTHERS, series: sum});
    }
    return one('refused-only').checked
      ? bands
      : [{name: ALLOWED, colour: '--allowed', series: series(ALLOWED)}, ...bands];
  }

  #row(reason) {
    const swatch = make('span', {class: 'swatch', 'data-colour': this.#colour(reason), 'aria-hidden': 'true'});
    const lately = this.#rates.sum(decision(reason));
    return make('tr', {class: lately > 0 ? '' : 'idle', 'data-reason': reason},
      make('th', {scope: 'row'}, swatch, make('code', {}, reason), ' ',
        make('small', {}, WORDS[reason] ?? '')),
      make('td', {class: 'number'}, rate(this.#rates.now(decision(reason)))),
      make('td', {class: 'number'}, count(lately)),
      make('td', {class: 'number'}, count(this.#decisions[reason] ?? 0)));
  }
}
