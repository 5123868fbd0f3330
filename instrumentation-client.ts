import "@/lib/http/schemas-without-eval";
import { opensOnLog, readKeptLogParts } from "@/components/build-log/kept-log-parts";
import { startLogWorker } from "@/components/build-log/log-worker-starter";
import { buildLogOfPage } from "@/lib/core/urls";

// Runs before a page comes to life. The log is what takes longest to be there, and its worker needs nothing of it.
const log = buildLogOfPage(location.pathname);
if (log && opensOnLog(document, location.hash)) startLogWorker(log, readKeptLogParts(document));
