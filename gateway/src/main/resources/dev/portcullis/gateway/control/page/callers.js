// Who may call a route: principals, as many at a time as the control plane looks at.

import {ask, explain} from './api.js';
import {count, make, several} from './elements.js';

/** Fills the place with who may call the route. */
export async function showCallers(place, id, title, token, isCurrent) {
  const list = make('ul', {class: 'people'});
  const note = make('p', {role: 'status'}, 'Asking…');
  place.append(make('h3', {}, 'Who may call ' + title), note, list);
  const path = '/v1/routes/callers?route=' + encodeURIComponent(id);
  let examined = 0;
  let found = 0;

  const look = async cursor => {
    const answer = await ask(path + cursor, token);
    if (!isCurrent()) {
      return;
    }
    if (answer.kind !== 'answer') {
      note.textContent = answer.kind === 'gone' ? 'The control plane does not answer.' : explain(answer);
      return;
    }
    const {items, next, public: open} = answer.body;
    examined += answer.body.examined;
    found += items.length;
    list.append(...items.map(person));
    const rest = next === null ? '' : ' There are more to look at.';
    note.textContent = open
      ? 'Anybody: the route is public.'
      : (found === 0 ? 'Nobody' : several(found, 'principal')) +
        ', of ' + count(examined) + ' looked at.' + rest +
        (found === 0 ? '' : ' A token of theirs may have fewer scopes than its owner.');
    if (next !== null) {
      const more = make('button', {type: 'button'}, 'Look on');
      more.addEventListener('click', () => {
        more.remove();
        look('&cursor=' + encodeURIComponent(next));
      });
      place.append(more);
    }
  };
  await look('');
}

function person({id, kind, organization, enabled, reach}) {
  const more = [
    kind === 'service-account' ? 'service account' : kind,
    organization === null ? null : 'of ' + organization,
    reach === 'some' ? 'for some values of the path only' : null,
  ];
  return make('li', {}, make('strong', {}, id), ' ', make('small', {}, more.filter(it => it !== null).join(', ')),
    ...(enabled ? [] : [' ', make('span', {class: 'mark'}, 'disabled')]));
}
