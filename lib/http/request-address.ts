import "server-only";

/** The address a request came from, as far as it is known: Next fills the header where no proxy did. */
export const requestAddress = (headers: Headers): string | undefined =>
  headers.get("x-forwarded-for") ?? undefined;
