/** A token that proves nothing; the message says why, for the log. */
export class TokenRejected extends Error {
  override name = "TokenRejected";
}
