import type * as sdk from "@aws-sdk/client-ec2";
import type { Handlers } from "../../wire/contract";
import type { Ec2Store } from "./store";

export type Ec2 = Handlers<typeof sdk, Ec2Store>;
