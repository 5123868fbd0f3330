import "@/lib/http/schemas-without-eval";
import { opensOnLog, readKeptLogParts } from "@/components/build-log/kept-log-parts";
import { startLogWorker } from "@/components/build-log/log-worker-starter";
import { navigationBegins } from "@/components/ui/navigation-under-way";
import { buildLogOfPage } from "@/lib/core/urls";

/** Next tells the start of each navigation here, links and `router.push` alike. */
export const onRouterTransitionStart = navigationBegins;

// Runs before a page comes to life. The log is what takes longest to be there, and its worker needs nothing of it.
const log = buildLogOfPage(location.pathname);
if (log && opensOnLog(document, location.hash)) startLogWorker(log, readKeptLogParts(document));
