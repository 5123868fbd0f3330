/** Both gzip: the text, and a pair of doubles for each event, its time and its bytes. */
export type KeptLogPart = { text: Buffer; events: Buffer };
