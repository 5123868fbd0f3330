// Loaded into a console that `npm run faults` starts: SIGUSR2 moves its clock by CLOCK_JUMP_MS, as a bad time server would.
const RealDate = Date;
const jumpMs = Number(process.env.CLOCK_JUMP_MS ?? 0);
let offsetMs = 0;
process.on("SIGUSR2", () => {
  offsetMs += jumpMs * (offsetMs === 0 ? 1 : -1);
});

class MovableDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offsetMs);
    else super(...parts);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
  // Next wraps Date and takes its own members only, not inherited ones.
  static UTC = RealDate.UTC;
  static parse = RealDate.parse;
}
globalThis.Date = MovableDate;
