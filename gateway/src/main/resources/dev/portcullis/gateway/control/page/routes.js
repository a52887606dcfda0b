// The routes of the policies in force, and who may call them.

import {ask, explain} from './api.js';
import {showCallers} from './callers.js';
import {count, make, one, several, tell} from './elements.js';

const PAGE = 200;
const MOST_ROWS = 200;
const COLUMNS = 7;

export class Routes {
  #token;
  #isCurrent;
  #generation = null;
  #routes = [];
  #refusal = '';
  #open = null;

  /**
   * @param token that asks
   * @param isCurrent whether it still is the one that the page is for
   */
  constructor(token, isCurrent) {
    this.#token = token;
    this.#isCurrent = isCurrent;
    one('filter').oninput = () => this.#show();
  }

  /** Reads them, unless those of this generation of the policies were read. */
  async follow(generation) {
    if (generation === this.#generation) {
      return;
    }
    this.#generation = generation;
    const routes = [];
    let cursor = '';
    do {
      const found = await ask('/v1/routes?limit=' + PAGE + cursor, this.#token);
      if (!this.#isCurrent() || generation !== this.#generation) {
        return;
      }
      if (found.kind !== 'answer') {
        this.#refusal = found.kind === 'refused' ? explain(found) : '';
        // A lack of permission stays; anything else is asked again.
        this.#generation = found.status === 403 ? generation : null;
        break;
      }
      this.#refusal = '';
      routes.push(...found.body.items);
      cursor = found.body.next === null ? '' : '&cursor=' + encodeURIComponent(found.body.next);
    } while (cursor !== '');
    if (this.#refusal === '' && this.#generation === null) {
      return;
    }
    this.#routes = routes;
    this.#show();
  }

  #show() {
    const words = one('filter').value.toLowerCase().split(/\s+/).filter(word => word !== '');
    const fitting = this.#routes.filter(route => words.every(word => textOf(route).includes(word)));
    const shown = fitting.slice(0, MOST_ROWS);
    tell(one('routes-note'),
      this.#refusal !== '' ? this.#refusal
        : count(fitting.length) + ' of ' + several(this.#routes.length, 'route') +
          (shown.length < fitting.length ? ', the first ' + MOST_ROWS + ' shown: filter for fewer' : ''));
    one('routes').replaceChildren(...shown.flatMap(route => this.#rows(route)));
  }

  #rows(route) {
    const isOpen = route.id === this.#open;
    const button = make('button', {type: 'button', 'aria-expanded': String(isOpen)}, 'Who may call it',
      make('span', {class: 'unseen'}, ': ' + titleOf(route)));
    const row = make('tr', {'data-route': route.id},
      make('th', {scope: 'row'}, make('span', {class: 'method'}, methodsOf(route)), ' ',
        make('code', {}, route.path)),
      cell('API', route.api),
      cell('Needs', ...needs(route)),
      cell('Limits', route.limits.join('; ')),
      cell('Roles', route.roles.map(nameOf).join(', ')),
      cell('Upstream', route.upstream ?? ''),
      make('td', {}, button));
    const rows = [row];
    if (isOpen) {
      rows.push(this.#callers(route));
    }
    button.addEventListener('click', () => this.#toggle(route, row, button));
    return rows;
  }

  #toggle(route, row, button) {
    const wasOpen = button.getAttribute('aria-expanded') === 'true';
    document.querySelectorAll('#routes tr.callers').forEach(it => it.remove());
    document.querySelectorAll('#routes button[aria-expanded]').forEach(it => it.setAttribute('aria-expanded', 'false'));
    this.#open = wasOpen ? null : route.id;
    if (!wasOpen) {
      button.setAttribute('aria-expanded', 'true');
      row.after(this.#callers(route));
    }
  }

  #callers(route) {
    const place = make('td', {colspan: String(COLUMNS)});
    showCallers(place, route.id, titleOf(route), this.#token, this.#isCurrent);
    return make('tr', {class: 'callers'}, place);
  }
}

const methodsOf = route => route.methods.join(' ') || 'any';

const titleOf = route => methodsOf(route) + ' ' + route.path;

const nameOf = ({role, reach}) => role + (reach === 'some' ? ' (some)' : '');

function needs(route) {
  const what = route.public ? [make('span', {class: 'mark'}, 'public')]
    : route.scopes.length === 0 ? ['any good token']
    : route.scopes.map(scope => make('code', {}, scope));
  return route.shadow
    ? [make('span', {class: 'mark', title: 'refusals are counted and logged, and let through'}, 'shadow'), ...what]
    : what;
}

/** A cell; where the table is a list, on a narrow screen, the title goes before it. */
function cell(title, ...children) {
  const empty = children.length === 1 && children[0] === '';
  return make('td', {'data-title': title, class: empty ? 'none' : ''}, ...(empty ? ['–'] : children));
}

function textOf(route) {
  return [
    route.id, ...route.scopes, ...route.limits, ...route.roles.map(nameOf), route.upstream ?? '',
    route.public ? 'public' : '', route.shadow ? 'shadow' : '',
  ].join(' ').toLowerCase();
}
