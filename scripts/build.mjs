import "./require-node.mjs";
import { buildIfNeeded, projectRoot } from "./prepare-project.mjs";

// `npm run build`: what `npm start` serves and the container ships.
process.chdir(projectRoot);
try {
  console.log((await buildIfNeeded()) ? "The console is built." : "The build is up to date.");
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
