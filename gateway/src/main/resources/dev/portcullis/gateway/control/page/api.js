// What the control plane is asked, and the three things that can come of it:
// {kind: 'answer', body}, {kind: 'refused', status, detail, wait}, {kind: 'gone'}.

const PATIENCE_MS = 5000;

/** Whether it can be said in a header field at all. */
export const isSayable = token => /^[\x21-\x7e]+$/.test(token);

/** Asks with this token, which goes nowhere else. */
export async function ask(path, token) {
  try {
    const response = await fetch(path, {
      headers: {Authorization: 'Bearer ' + token},
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body = await response.json();
    return response.ok
      ? {kind: 'answer', body}
      : {
          kind: 'refused',
          status: response.status,
          detail: String(body.detail ?? ''),
          wait: Number(response.headers.get('Retry-After') ?? 0),
        };
  } catch {
    // No connection, no answer in time, or an answer that is none of the control plane's.
    return {kind: 'gone'};
  }
}

/** What to tell of a refusal. */
export function explain(refusal) {
  switch (refusal.status) {
    case 401:
      return 'Wrong token (401): it is no operator’s, or no longer.';
    case 403:
      return 'This token lacks a permission (403): ' + refusal.detail + '.';
    case 429:
      return 'Too many failures (429): ' + refusal.detail + '.';
    default:
      return 'The control plane refused (' + refusal.status + '): ' + refusal.detail + '.';
  }
}
