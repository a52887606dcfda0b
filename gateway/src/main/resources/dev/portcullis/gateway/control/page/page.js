// The page: the door, where it asks for a token, and the view, for as long as that token is good.

import {ask, explain, isSayable} from './api.js';
import {one, tell, time} from './elements.js';
import {now, Rates} from './rates.js';
import {Routes} from './routes.js';
import {
  reasonsOf, showCaches, showProblem, showState, showTiles, totalsOf as totalsOfCaches,
} from './status.js';
import {totalsOf as totalsOfDecisions, Traffic} from './traffic.js';

const KEY = 'portcullis operator token';
const INTERVAL_MS = 2000;
const DATA = ['facts', 'reasons', 'asked', 'problem-lines', 'tiles', 'decisions', 'reading', 'caches', 'routes', 'routes-note'];

let session = null;

/** A look around with one token, every two seconds while the page can be seen. */
class Session {
  #token;
  #rates = new Rates();
  #traffic = null;
  #routes;
  #timer = 0;
  #asking = false;
  #lastAnswer = '';

  constructor(token) {
    this.#token = token;
    this.#routes = new Routes(token, () => session === this);
  }

  /** Asks how the gateway is, and again in a while. */
  async look() {
    clearTimeout(this.#timer);
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    const found = await ask('/v1/status', this.#token);
    this.#asking = false;
    if (session !== this) {
      return;
    }
    if (found.kind === 'answer') {
      this.#show(found.body);
    } else if (found.kind === 'refused' && (found.status < 429 || this.#traffic === null)) {
      leave(explain(found));
      return;
    } else if (this.#traffic === null) {
      leave('The control plane does not answer at this address.');
      return;
    } else {
      this.#showNoAnswer(found);
    }
    if (!document.hidden) {
      this.#timer = setTimeout(() => this.look(), Math.max(INTERVAL_MS, 1000 * (found.wait ?? 0)));
    }
  }

  /** Asks no more, until it is to look again. */
  pause() {
    clearTimeout(this.#timer);
  }

  /** Asks no more. */
  end() {
    this.pause();
    this.#traffic?.end();
  }

  /** Opens the view, before anything is known. */
  open() {
    enter(one('view'));
    this.#traffic = new Traffic(this.#rates);
    showState('asking', []);
  }

  #show(status) {
    if (this.#traffic === null) {
      sessionStorage.setItem(KEY, this.#token);
      this.open();
      one('badge').focus();
    }
    const caches = status.caches ?? [];
    const decisions = status.decisions ?? {};
    this.#rates.take(now(), status.startedAt, {...totalsOfDecisions(decisions), ...totalsOfCaches(caches)});
    this.#lastAnswer = time(Date.now());
    delete one('view').dataset.stale;
    showState(status.state, reasonsOf(status));
    tell(one('asked'), 'as of ' + this.#lastAnswer + ', every 2 s');
    showProblem(status.policies);
    this.#traffic.show(decisions);
    showTiles(status, this.#traffic, this.#rates);
    showCaches(status.caches, this.#rates);
    this.#routes.follow(status.policies?.generation ?? 0);
  }

  #showNoAnswer(found) {
    one('view').dataset.stale = '';
    tell(one('asked'), this.#lastAnswer === '' ? '' : 'what is below is as of ' + this.#lastAnswer);
    if (found.kind === 'gone') {
      showState('gone', ['The control plane does not answer at this address. It is asked again every 2 seconds.']);
    } else {
      showState('unknown', [explain(found)]);
    }
  }
}

function enter(main) {
  for (const each of [one('door'), one('view')]) {
    each.hidden = each !== main;
  }
  one('forget').hidden = main === one('door');
}

/** Back to the door; nothing that was shown stays. */
function leave(why) {
  session?.end();
  session = null;
  sessionStorage.removeItem(KEY);
  enter(one('door'));
  for (const id of DATA) {
    one(id).replaceChildren();
  }
  one('filter').value = '';
  document.title = 'Portcullis';
  one('enter').disabled = false;
  one('refusal').textContent = why;
  one('token').focus();
}

one('ask').addEventListener('submit', event => {
  event.preventDefault();
  const token = one('token').value.trim();
  if (!isSayable(token)) {
    leave('This is no token: it has characters that no token has.');
    return;
  }
  one('token').value = '';
  one('refusal').textContent = '';
  one('enter').disabled = true;
  session = new Session(token);
  session.look();
});

one('forget').addEventListener('click', () => leave(''));

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    session?.pause();
  } else {
    session?.look();
  }
});

const kept = sessionStorage.getItem(KEY);
if (kept === null) {
  enter(one('door'));
  one('token').focus();
} else {
  session = new Session(kept);
  session.open();
  session.look();
}
