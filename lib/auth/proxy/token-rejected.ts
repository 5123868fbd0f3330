/** A token that proves nothing; the message says why, for the log. */
export class TokenRejected extends Error {
  override name = "TokenRejected";
}

/** A token that was good: the proxy signs in again and makes another. */
export class TokenExpired extends TokenRejected {
  constructor() {
    super("it has expired");
  }
}
