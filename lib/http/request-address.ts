import "server-only";
import { CLIENT_ADDRESS_HEADER } from "./stamp-requests";

/** The address a request came from; a proxy is believed only when GOLDSMITH_TRUSTED_PROXIES names it. */
export const requestAddress = (headers: Pick<Headers, "get">): string | undefined =>
  headers.get(CLIENT_ADDRESS_HEADER) ?? undefined;
