import "server-only";
import { z } from "zod";
import { activityAtom } from "@/lib/activity/activity-atom";
import { listActivity } from "@/lib/activity/list-activity";
import { listScheduledRuns } from "@/lib/activity/list-scheduled-runs";
import { runsCalendar } from "@/lib/activity/runs-calendar";
import { ACTIVITY_KINDS, ACTIVITY_OUTCOMES } from "@/lib/activity/types";
import { urls } from "@/lib/core/urls";
import { operation } from "../operation";
import { placeOf, targetPath } from "../place";

const keyField = z
  .string()
  .max(100)
  .optional()
  .describe("A feed key, for programs that can't send a header. Other tokens are refused here.");

const DESCRIPTION =
  "For feed readers and calendars: the address may carry a feed key in `key`, which reads feeds and nothing else.";

export const FEED_OPERATIONS = [
  operation({
    id: "readActivityFeed",
    method: "get",
    path: "/targets/{target}/activity.atom",
    tag: "Feeds",
    summary: "What happened, as an Atom feed",
    description: `The latest 50 entries. ${DESCRIPTION}`,
    useCase: listActivity,
    pathSchema: targetPath,
    query: z.strictObject({
      key: keyField,
      kind: z.enum(ACTIVITY_KINDS).optional().describe("Only entries of this kind."),
      who: z.string().max(300).optional().describe("Part of the name or ID of a person."),
      outcome: z.enum(ACTIVITY_OUTCOMES).optional().describe("Only entries with this outcome."),
      name: z.string().max(300).optional().describe("Part of the name of what an entry is about."),
    }),
    mediaType: "application/atom+xml",
    work: async ({ ctx, query: { key: _, ...filter } }) => {
      const page = await listActivity({ ctx, input: filter });
      const { consoleUrl } = placeOf(ctx);
      return {
        document: activityAtom(page, {
          target: ctx.target,
          consoleUrl,
          page: urls.activity(ctx.target.id, filter),
        }),
      };
    },
  }),
  operation({
    id: "readScheduleCalendar",
    method: "get",
    path: "/targets/{target}/schedules.ics",
    tag: "Feeds",
    summary: "What schedules start, as iCalendar",
    description: `The next 30 days, at most 60 runs of a pipeline. ${DESCRIPTION}`,
    useCase: listScheduledRuns,
    pathSchema: targetPath,
    query: z.strictObject({ key: keyField }),
    mediaType: "text/calendar",
    work: async ({ ctx }) => {
      const { consoleUrl } = placeOf(ctx);
      return { document: runsCalendar(await listScheduledRuns({ ctx }), { target: ctx.target, consoleUrl }) };
    },
  }),
];
