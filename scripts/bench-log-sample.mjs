import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** What the sample must be, byte for byte, so that figures of different days and machines speak of one thing. */
const CHECKSUMS = new Map([
  [100_000, "d7c692f05b9131fdee59699d4143e15acf7a3199802916acfdac855701d1f3b2"],
  [1_000_000, "435a4f510385b2ed9d7d8e13ed9c6046911f88c9f1df02c691567ad7c4c0a908"],
]);
const WORDS =
  "Stdout Stderr ExecuteBash UpdateOS Reboot yum dnf Installing Verifying Downloading package kernel openssl amazon-ssm-agent CmdExecution phase build validate test step document component CURRENT_STATE retry cloud-init snapshot".split(
    " ",
  );
const COLOURS = { ERROR: 31, "WARN ": 33, "INFO ": 32 };

/** Writes a log of `lines` lines of about 100 bytes to `file`, unless it is there: always the same one. */
export function writeSampleLog(lines, file) {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    generate(lines, file);
  }
  const wanted = CHECKSUMS.get(lines);
  const found = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (wanted && found !== wanted) throw new Error(`${file} is not the sample: its SHA-256 is ${found}.`);
}

function generate(lines, file) {
  const random = xorshift(0x9e3779b9);
  const out = openSync(file, "w");
  let held = [];
  let time = Date.UTC(2026, 0, 1);
  for (let line = 0; line < lines; line++) {
    time += Math.floor(random() * 40);
    held.push(sampleLine(line, time, random));
    if (held.length < 5000 && line < lines - 1) continue;
    writeSync(out, `${held.join("\n")}\n`);
    held = [];
  }
  closeSync(out);
}

/** The order in which the random numbers are drawn is part of the sample. */
function sampleLine(line, time, random) {
  const level = random() < 0.03 ? "ERROR" : random() < 0.08 ? "WARN " : "INFO ";
  let text = `${new Date(time).toISOString()} ${level} line=${String(line).padStart(7, "0")} `;
  const length = 84 + Math.floor(random() * 30);
  while (text.length < length) text += `${WORDS[Math.floor(random() * WORDS.length)]} `;
  text = text.slice(0, length - 1);
  if (random() < 0.1) {
    text = text.replace(/ERROR|WARN |INFO /, (match) => `\x1b[${COLOURS[match]}m${match}\x1b[0m`);
  }
  return random() < 0.01 ? `${text} 빌드 완료` : text;
}

function xorshift(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}
