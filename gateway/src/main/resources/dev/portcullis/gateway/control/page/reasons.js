// The reasons of decisions, in plain words.

export const ALLOWED = 'ALLOWED';

export const WORDS = {
  ALLOWED: 'let through to the upstream',
  NO_ROUTE: 'no route of any policy fits',
  REQUEST_REJECTED: 'the path or a header is ambiguous',
  INSECURE_CHANNEL: 'plain HTTP where the policy wants TLS',
  CREDENTIALS_MISSING: 'no token was sent',
  EMAIL_MISSING: 'no e-mail beside the token',
  CREDENTIALS_AMBIGUOUS: 'two tokens were sent',
  CREDENTIALS_MALFORMED: 'what was sent is no token',
  TOKEN_UNKNOWN: 'there is no such token',
  TOKEN_REVOKED: 'the token was revoked',
  TOKEN_EXPIRED: 'the token is past its end',
  EMAIL_MISMATCH: 'the e-mail is not the owner’s',
  ORGANIZATION_MISMATCH: 'the organization is not the owner’s',
  PRINCIPAL_DISABLED: 'the owner is disabled',
  ADDRESS_NOT_ALLOWED: 'not from an address of the token’s list',
  SCOPE_INSUFFICIENT: 'the token’s scopes do not reach the route',
  RATE_LIMITED: 'more than a limit allows at a time',
  QUOTA_EXHAUSTED: 'a quota is used up',
  TOO_MANY_FAILURES: 'too many failures from this address',
  STORE_UNAVAILABLE: 'Redis did not answer',
  INTERNAL: 'a fault of the gateway',
};
