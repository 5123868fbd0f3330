import "server-only";
import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * The form of a token: `goldsmith_`, 32 random characters of base62 (190 bits) and 6 of their CRC-32. The prefix lets
 * secret scanners find it, the checksum lets them tell it from other text without asking the console.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
const PREFIX = "goldsmith_";
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const TOKEN = /^goldsmith_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;
/** Characters of the random part that are shown beside a token's name; the other 28 are worth 166 bits. */
const SHOWN_LENGTH = 4;

/** A new token, which is in no row and no log. */
export function newToken(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return `${PREFIX}${random}${checksumOf(random)}`;
}

/** Whether a text has the form of a token, checksum included: no other text is looked up. */
export function isToken(text: string): boolean {
  const [, random = "", checksum] = TOKEN.exec(text) ?? [];
  return checksum !== undefined && checksum === checksumOf(random);
}

/** What a row keeps of a token. No salt is needed: nobody finds 190 random bits by trying. */
export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** The beginning of a token, by which its owner tells it from others. */
export const beginningOf = (token: string): string => token.slice(0, PREFIX.length + SHOWN_LENGTH);

function checksumOf(random: string): string {
  let left = crc32(random);
  let digits = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = `${ALPHABET[left % ALPHABET.length]}${digits}`;
    left = Math.floor(left / ALPHABET.length);
  }
  return digits;
}
