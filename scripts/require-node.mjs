// Imported first by both commands: nothing else is worth saying on a Node that is too old.
// `engines` in package.json says the same; lib/testing/architecture.test.ts keeps the two alike.
const oldest = [20, 19];

const running = process.versions.node.split(".").map(Number);
if (running[0] < oldest[0] || (running[0] === oldest[0] && running[1] < oldest[1])) {
  console.error(`Goldsmith needs Node ${oldest.join(".")} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
