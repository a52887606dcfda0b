// How the gateway is: its state and why, the numbers of the first look, its caches.

import {count, make, one, percent, rate, several, tell, time} from './elements.js';

const SIGNS = {serving: '✓', degraded: '!', starting: '…', stopping: '…', gone: '×', unknown: '?', asking: '…'};
const WORDS = {
  serving: 'Serving', degraded: 'Degraded', starting: 'Starting', stopping: 'Stopping',
  gone: 'No answer', unknown: 'Not known', asking: 'Asking',
};
const CACHES = {
  principals: 'owners of tokens',
  tokens: 'that the store knows',
  'unknown-principals': 'looked for in vain',
  'unknown-tokens': 'looked for in vain',
};
const UNTOLD = 'not told to operators of an organization';

/** The totals to be watched. */
export function totalsOf(caches) {
  return Object.fromEntries(
    caches.flatMap(({name, hits, misses}) => [['hits ' + name, hits], ['misses ' + name, misses]]),
  );
}

/** Shows a state and why it is so. */
export function showState(state, reasons) {
  one('state').dataset.state = state;
  tell(one('sign'), SIGNS[state] ?? SIGNS.unknown);
  tell(one('word'), WORDS[state] ?? state);
  document.title = (WORDS[state] ?? state) + ' · Portcullis';
  const list = one('reasons');
  if (list.dataset.told !== JSON.stringify(reasons)) {
    list.dataset.told = JSON.stringify(reasons);
    list.replaceChildren(...reasons.map(reason => make('li', {}, reason)));
  }
}

/** Why the state is as it is, a sentence a part. */
export function reasonsOf(status) {
  const ill = status.parts.filter(part => part.state !== 'up');
  return ill.length === 0
    ? [sentence(status.parts.map(part => part.name).join(', ')) + ': up, since ' + time(status.since)]
    : ill.map(part =>
        sentence(part.name) + ' ' + part.state + ' since ' + time(part.since) +
        (part.detail === null ? '' : ': ' + part.detail));
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);

/** Shows what is wrong with the last change of the policies, if anything. */
export function showProblem(policies) {
  const problem = policies?.lastProblem ?? null;
  one('problem').hidden = problem === null;
  if (problem !== null) {
    tell(one('problem-title'),
      'The policies’ last change, at ' + time(problem.at) +
      ', is not in force; those before it still are (generation ' + policies.generation + ')');
    const more = problem.more > 0 ? ['and ' + count(problem.more) + ' more'] : [];
    one('problem-lines').replaceChildren(
      ...[...problem.problems, ...more].map(line => make('li', {}, line)));
  }
}

/** Shows the numbers of the first look. */
export function showTiles(status, traffic, rates) {
  const {store, tokens, policies, caches} = status;
  const told = status.decisions !== null;
  const part = name => status.parts.find(it => it.name === name)?.state ?? '–';
  const share = traffic.refusedLately() / (traffic.refusedLately() + traffic.allowedLately());
  one('tiles').replaceChildren(
    tile('allowed', 'Allowed', told ? perSecond(traffic.allowed()) : '–',
      told ? count(traffic.allowedLately()) + ' in 5 min' : UNTOLD),
    tile('refused', 'Refused', told ? perSecond(traffic.refused()) : '–',
      told ? count(traffic.refusedLately()) + ' in 5 min' + (share > 0 ? ', ' + percent(share) : '') : UNTOLD),
    tile('cache', 'Token cache', caches === null ? '–' : percent(hitShare(rates, caches, 'tokens')),
      caches === null ? UNTOLD : 'hits; entries: ' + count(size(caches, 'tokens'))),
    tile('store', 'Store', sentence(part('store')),
      store === null ? UNTOLD
        : (store.lagMillis === null ? 'lag not known' : 'lag ' + count(store.lagMillis) + ' ms') +
          ', ' + count(store.unanswered) + ' unanswered'),
    tile('tokens', 'Tokens', tokens === null ? '–' : count(tokens.active),
      tokens !== null ? 'active; ' + count(tokens.old) + ' old, ' + count(tokens.ending) + ' ending soon'
        : told ? 'not counted yet' : UNTOLD),
    tile('policies', 'Policies', policies === null ? sentence(part('policies')) : several(policies.routes, 'route'),
      policies === null ? UNTOLD
        : several(policies.apis, 'API') + ', generation ' + policies.generation +
          (policies.loadedAt === null ? '' : ', loaded ' + time(policies.loadedAt))),
  );
  tell(one('facts'), 'version ' + status.version + ', started ' + time(status.startedAt) +
    (status.connections === null ? '' : ', ' + several(status.connections, 'client connection')));
}

function tile(name, title, value, more) {
  return make('div', {'data-tile': name}, make('dt', {}, title), make('dd', {class: 'value'}, value),
    make('dd', {class: 'more'}, more));
}

const perSecond = number => (number === null ? '–' : rate(number) + ' /s');

const size = (caches, name) => caches.find(cache => cache.name === name)?.size ?? 0;

/** Of the window where there was anything in it, else since the start. */
function hitShare(rates, caches, name) {
  const cache = caches.find(it => it.name === name);
  return lately(rates, name) ?? (cache === undefined ? null : shareOf(cache.hits, cache.misses));
}

const lately = (rates, name) => shareOf(rates.sum('hits ' + name), rates.sum('misses ' + name));

const shareOf = (hits, misses) => (hits + misses === 0 ? null : hits / (hits + misses));

/** Shows the caches. */
export function showCaches(caches, rates) {
  const number = text => make('td', {class: 'number'}, text);
  one('caches').replaceChildren(
    ...(caches ?? []).map(cache =>
      make('tr', {'data-cache': cache.name},
        make('th', {scope: 'row'}, cache.name.replaceAll('-', ' '), ' ', make('small', {}, CACHES[cache.name] ?? '')),
        number(count(cache.size)),
        number(percent(lately(rates, cache.name))),
        number(percent(shareOf(cache.hits, cache.misses))),
        number(count(cache.misses)),
        number(count(cache.evictions)))));
}
