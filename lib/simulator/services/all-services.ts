import type { AnyService } from "../engine/service";
import { ec2 } from "./ec2";
import { logs } from "./logs";
import { sts } from "./sts";

/** Every simulated service, under the name by which its neighbours ask for its store. */
export const ALL_SERVICES: Record<string, AnyService> = { ec2, logs, sts };
