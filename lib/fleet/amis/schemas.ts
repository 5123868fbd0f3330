import { z } from "zod";

const regionField = z.string("Name a Region.").min(1, "Name a Region.").max(32);
/** What is no ID of an AMI is none that there is. */
const amiIdField = z.string("Name an AMI.").min(1, "Name an AMI.").max(64);

/** An AMI by its address. */
export const amiKeySchema = z.object({ region: regionField, amiId: amiIdField });
