import { jsonRoute } from "@/lib/http/json-route";
import { checkAwsPermissions } from "@/lib/image-builder/aws-permissions/check-aws-permissions";

export const GET = jsonRoute("/api/[target]/aws-permissions", (ctx) => checkAwsPermissions({ ctx }));
