import { describe, expect, it } from "vitest";
import { hasCorpus, readCorpus } from "@/lib/testing/corpus";
import { parseLog } from "../parser/log-parser";
import { BUILT_IN_RULES } from "./built-in-rules";
import { collectEvidence } from "./collect-evidence";
import { diagnoseFailure } from "./diagnose-failure";
import type { DiagnosisRule, Evidence, FailedPart } from "./types";

const ruleOf = async (text: string, failed: FailedPart = {}, place: Evidence["place"] = "reason") =>
  (await diagnoseFailure({ failed, evidence: [{ place, text }] })).rule?.id;

/** Each rule with a line that it is about, and one much like it that it is not. */
const CASES: Record<string, [is: string, isNot: string, failed?: FailedPart, place?: Evidence["place"]]> = {
  L1: [
    "An error occurred (InvalidAMIID.NotFound) when calling the RunInstances operation",
    "Resolved Image Recipe parent image x to AMI ami-1.",
  ],
  L2: ["You are not authorized to use the provided image", "You are authorized to use the provided image"],
  L3: ["The provided instance profile does not exist", "The instance profile was attached"],
  L4: [
    "An error occurred (InsufficientInstanceCapacity) when calling the RunInstances operation",
    "capacity is sufficient",
  ],
  L5: ["(VcpuLimitExceeded) when calling the RunInstances operation", "limit of vCPU: 32"],
  L6: [
    "Your requested instance type is not supported in your requested Availability Zone",
    "instance type t3.micro",
  ],
  L7: [
    "The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI",
    "architecture x86_64",
  ],
  L8: [
    "User: x is not authorized to perform. Encoded authorization failure message: abc",
    "User is authorized",
  ],
  L9: ["Client.InternalError: Client error on launch", "client error page"],
  L10: ["VPCIdNotSpecified: No default VPC for this user", "default VPC vpc-1"],
  L12: [
    "(InvalidBlockDeviceMapping) Volume of size 8GB is smaller than snapshot 'snap-1'",
    "snapshot snap-1 of 8 GB",
  ],
  L13: ["Poll action status for completion", "poll finished"],
  L14: ["ServiceQuotaExceededException: too many components", "quota is fine"],
  L16: ["(InvalidKeyPair.NotFound) The key pair 'ops' does not exist", "key pair ops"],
  S11: [
    "ExpectationNotMet. ssm:ListCommandInvocations returned terminal state Failed in workflow step LaunchBuildInstance.",
    "ssm:ListCommandInvocations returned terminal state Failed in workflow step ApplyBuildComponents",
  ],
  S12: [
    "no EC2 IMDS role found, operation error ec2imds: GetMetadata",
    "credentials found in the environment",
  ],
  C24: [
    "Parsing step 'Install PowerShell' in phase 'build' failed. Error: the step name is not valid.",
    "Parsing step 'InstallPowerShell' in phase 'build' failed. Error: Action X has no inputs",
  ],
  C28: ["curl: (60) SSL certificate problem: certificate has expired", "SSL certificate verified"],
  C29: ["Out of memory: Killed process 2311 (node)", "memory of the process 2311: 512 MB"],
  C30: [
    "An error occurred (404) when calling the HeadObject operation: Not Found",
    "An error occurred (AccessDenied) when calling the HeadObject operation",
  ],
  C25: [
    "Status code: 403 for https://al2023-repos-us-east-1-de612dc2.s3.dualstack.us-east-1.amazonaws.com/core/mirrors/latest/x86_64/mirror.list",
    "Status code: 403 for https://repo.example.com/x86_64/repomd.xml",
  ],
  C26: ["Error: GPG check FAILED", "GPG check passed"],
  C27: [
    "An error occurred (AccessDeniedException) when calling the GetParameter operation: x",
    "An error occurred (ParameterNotFound) when calling the GetParameter operation: x",
    {},
    "log",
  ],
  L15: [
    "(OptInRequired) In order to use this AWS Marketplace product you need to accept terms and subscribe",
    "subscribed",
  ],
  S1: [
    "An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances [[i-1]] not in a valid state for account 1",
    "Instances [[i-1]] in a valid state",
  ],
  S2: ["SSM Agent verification failed", "SSM Agent verified"],
  S4: ["Unable to bootstrap TOE", "Bootstrapped TOE"],
  S5: ["GetComponent: dial tcp 10.0.0.1:443: i/o timeout", "GetComponent succeeded"],
  S6: ["AccessDenied: Access Denied status code: 403", "status code: 200"],
  S7: ["imagebuilder:GetComponent because no VPC endpoint policy allows the action", "VPC endpoint vpce-1"],
  S8: [
    "Action failed for step InventoryCollection. Failing step",
    "Started step InventoryCollection with action CollectImageMetadata",
  ],
  S9: ["/tmp/awstoe: cannot execute: required file not found", "awstoe executed"],
  S10: ["ThrottlingException when calling the SendCommand operation", "SendCommand succeeded"],
  C1: ["Document arn:aws:imagebuilder:us-east-1:1:component/a/1.0.0/1 failed!", "Document arn:x succeeded"],
  C2: ["./tool: cannot execute binary file: Exec format error", "format ok"],
  C3: ["script.sh: line 9: aide: command not found", "cat: /etc/aide.conf: No such file or directory"],
  C4: ["bash: /tmp/AWSTOE1/script-1.sh: Permission denied", "cat: /etc/shadow: Permission denied"],
  C5: [
    "ExpectationNotMet. ssm:ListCommandInvocations returned terminal state Failed in workflow step ApplyBuildComponents",
    "ssm:ListCommandInvocations returned Success",
  ],
  C6: [
    "ssm:ListCommandInvocations returned terminal state Failed in workflow step ApplyBuildComponents",
    "ssm:ListCommandInvocations returned terminal state Success",
    { exitCode: 3010 },
  ],
  C7: ["Found preexisting AWS CLI installation: /usr/local/aws-cli/v2/current", "AWS CLI installed"],
  C8: ["AccessDeniedException when calling inspector:CreateResourceGroup", "resource group created"],
  C9: ["curl: (6) Could not resolve host: example.com", "resolved host example.com"],
  C10: ["E: Could not get lock /var/lib/dpkg/lock-frontend", "lock released"],
  C11: ["write /var/x: No space left on device", "20 GB left on device"],
  C12: ['File already exists and "overwrite" property for "S3Download" is set to false', "file exists"],
  C13: [
    "S3Download: AccessDenied when reading s3://bucket/key",
    "S3Download: FINISHED",
    { module: "S3Download" },
  ],
  C14: ["Error: Action S3Download has no inputs; it requires an 'inputs'", "Action S3Download has inputs"],
  C15: ["Document(s) [x.yml] is/are not valid.", "Document(s) [x.yml] is/are valid."],
  C16: ["WebDownload: checksum does not agree", "WebDownload: done", { module: "WebDownload" }],
  C17: ["step Install timed out after 7200 seconds", "step Install took 10 seconds"],
  C19: ["Parameter Version is required by the component and has no value", "Parameter Version is 1"],
  C22: ["The component is not supported on this operating system", "supported operating system"],
  C23: ["Error: Unable to find a match: htpd", "Found a match: httpd"],
  I1: ["Sysprep failed: the system has a pending restart", "Sysprep completed"],
  I2: ["Step CreateOutputAMI timed out", "Step CreateOutputAMI completed"],
  I3: ["CreateImage: IncorrectInstanceState", "CreateImage completed"],
  I4: ["Step LaunchTestInstance timed out", "Step LaunchTestInstance completed", { stage: "TESTING" }],
  I5: ["CollectImageScanFindings failed: Inspector is not enabled", "CollectImageScanFindings completed"],
  I8: ["Failed to delete '/etc/x'. Failing.", "Deleted '/etc/x'."],
  D1: [
    "x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/EC2ImageBuilderDistributionCrossAccountRole",
    "role/EC2ImageBuilderDistributionCrossAccountRole was assumed",
  ],
  D2: ["Snapshots encrypted with the AWS Managed CMK can't be shared", "Snapshot encrypted"],
  D3: ["Given key ID is not accessible: alias/golden-images", "key ID alias/golden-images"],
  D4: ["AMI name web-base is already in use by AMI ami-1", "AMI name web-base"],
  D5: ["The launch-template ID 'lt-1' does not exist", "launch template lt-1 updated"],
  D6: [
    "is not authorized to perform: ec2:CreateLaunchTemplateVersion",
    "ec2:CreateLaunchTemplateVersion allowed",
  ],
  D7: ["is not authorized to perform: ssm:PutParameter on resource: x", "ssm:PutParameter succeeded"],
  D9: ["Region ap-east-1 is not enabled for this account", "The Region us-east-1"],
  D10: ["License Manager configuration lic-1 does not exist", "License Manager configuration lic-1"],
  D13: ["ResourceLimitExceeded: 50 copies in progress", "50 copies"],
  D14: [
    "RepositoryNotFoundException: the repository with name 'x' does not exist in the registry, ecr",
    "pushed to ecr",
  ],
  D16: ["toomanyrequests: You have reached your pull rate limit", "pulled"],
  P4: ["WaitForAction step timed out", "WaitForAction step resumed"],
  W1: ["Step Something timed out", "Step Something completed"],
  W2: ["Command failed (command id: 1, state: Failed)", "Command succeeded (command id: 1)"],
};

describe("each rule", () => {
  it("has a case, and an id of its own", () => {
    expect(BUILT_IN_RULES.map(({ id }) => id)).toEqual([...new Set(BUILT_IN_RULES.map(({ id }) => id))]);
    expect(Object.keys(CASES).toSorted()).toEqual(BUILT_IN_RULES.map(({ id }) => id).toSorted());
  });

  it.each(Object.entries(CASES))(
    "%s knows its failure and leaves another alone",
    async (id, [is, isNot, failed, place]) => {
      expect(await ruleOf(is, failed, place)).toBe(id);
      expect(await ruleOf(isNot, failed, place)).not.toBe(id);
    },
  );

  it.each(BUILT_IN_RULES.map((rule) => [rule.id, rule] as const))(
    "%s holds only where it may apply",
    async (id, { stages, actions, modules, platforms, places }) => {
      const [is = "", , failed, place] = CASES[id] ?? [];
      const elsewhere: FailedPart[] = [
        ...(stages ? [{ ...failed, stage: "ELSEWHERE" }] : []),
        ...(actions ? [{ ...failed, action: "RunCommand" }] : []),
        ...(modules
          ? [
              { ...failed, module: "SetRegistry" },
              { ...failed, module: undefined },
            ]
          : []),
        ...(platforms ? [{ ...failed, platform: "BeOS" }] : []),
      ];
      for (const other of elsewhere) expect([other, await ruleOf(is, other, place)]).not.toEqual([other, id]);
      if (places && !places.includes("log")) expect(await ruleOf(is, failed, "log")).not.toBe(id);
    },
  );

  it("is certain only where its source is a page of AWS", () => {
    const certain = BUILT_IN_RULES.filter(({ confidence }) => confidence === "certain");
    expect(certain.filter(({ source }) => !source.startsWith("https://docs.aws.amazon.com/"))).toEqual([]);
  });

  it("is data that a worker can be sent", () => {
    expect(JSON.parse(JSON.stringify(BUILT_IN_RULES))).toEqual(BUILT_IN_RULES);
  });
});

describe("diagnoseFailure", () => {
  const failed = {};

  it("prefers what explains to what only says where", async () => {
    const evidence: Evidence[] = [
      { place: "log", text: "curl: (6) Could not resolve host: x", line: 12 },
      { place: "reason", text: "Document arn:x failed!" },
    ];
    const diagnosis = await diagnoseFailure({ failed, evidence });
    expect([diagnosis.rule?.id, diagnosis.evidence?.line, diagnosis.checklist]).toEqual(["C9", 12, []]);
  });

  it("prefers AWS's own context to a line of the log", async () => {
    const evidence: Evidence[] = [
      { place: "log", text: "No space left on device", line: 3 },
      { place: "context", text: "AMI name x is already in use" },
    ];
    expect((await diagnoseFailure({ failed, evidence })).rule?.id).toBe("D4");
  });

  it("lets a team's rule come before its own", async () => {
    const own: DiagnosisRule = {
      id: "T1",
      title: "Our mirror is down",
      pattern: "mirror\\.example",
      cause: "c",
      fix: "f",
      next: "run-again",
      confidence: "likely",
      source: "team",
    };
    const evidence: Evidence[] = [{ place: "log", text: "Could not resolve host: mirror.example" }];
    expect((await diagnoseFailure({ failed, evidence, teamRules: [own] })).rule?.id).toBe("T1");
  });

  it("says so when nothing matches, and how to find out", async () => {
    const diagnosis = await diagnoseFailure({
      failed,
      evidence: [{ place: "log", text: "something new", line: 4 }],
    });
    expect(diagnosis.rule).toBeUndefined();
    expect(diagnosis.evidence?.line).toBe(4);
    expect(diagnosis.checklist.length).toBeGreaterThan(3);
  });
});

describe("collectEvidence", () => {
  const text = [
    "Image transitioned to BUILDING state for Image ARN: x",
    "Started step ApplyBuildComponents with action ExecuteComponents",
    "Document arn:aws:imagebuilder:us-east-1:1:component/host/1.1.0/1",
    "Phase build",
    "Step Good",
    "Stdout: curl: (6) Could not resolve host: harmless",
    "CmdExecution: ExitCode 0",
    "Step Register",
    "Stdout: registering",
    "CmdExecution: Stderr: /opt/bin/ctl: No such file or directory",
    "CmdExecution: ExitCode 127",
    "TOE has completed execution with failure - Execution failed!",
  ];
  const log = { tree: parseLog(text.join("\n")), line: (number: number) => text[number] ?? "" };
  const build = {
    workflows: [],
    reason: "Document arn:aws:imagebuilder:us-east-1:1:component/host/1.1.0/1 failed!",
  };

  it("names what failed from the log, and takes lines of the failed step alone", async () => {
    const { failed, evidence } = collectEvidence(build, log);
    expect(failed).toEqual({
      stage: "BUILDING",
      workflowStep: "ApplyBuildComponents",
      component: "arn:aws:imagebuilder:us-east-1:1:component/host/1.1.0/1",
      phase: "build",
      action: "ExecuteComponents",
      step: "Register",
      exitCode: 127,
    });
    expect(evidence.filter(({ place }) => place === "log").map(({ line }) => line)).toEqual([10, 9]);
    expect((await diagnoseFailure({ failed, evidence })).rule?.id).toBe("C3");
  });

  it("goes by AWS's answers when there is no log", async () => {
    const { failed, evidence } = collectEvidence(build, undefined);
    expect((await diagnoseFailure({ failed, evidence })).rule?.id).toBe("C1");
  });
});

describe.skipIf(!hasCorpus)("the corpus (needs ../shared/corpus)", () => {
  const bodyOf = (path: string) => readCorpus(`logs/${path}`).split("\n").slice(1);

  it.each([
    ["16_cw_console-copy_pcluster-3878_fatal.log", ["C23"]],
    ["26_cw_classmethod_windows-timeout.log", ["W2"]],
    ["31_cw_debugging-kit_yum-fail.log", ["C23"]],
    ["33_console_failure-block_docs-2026.txt", []],
    ["34_state_failureContext_component.txt", ["C1"]],
    ["37_reason_docs-2023.txt", ["S1", "S6"]],
    ["04_workshop_console_powershell_success_cli2.txt", []],
    ["05_workshop_console_powershell_failure_cli1.txt", ["C1"]],
  ])("%s is classified right, or not at all", async (path, rules) => {
    const found = await Promise.all(bodyOf(path).map((line) => ruleOf(line)));
    expect([...new Set(found.filter((rule) => rule !== undefined))].toSorted()).toEqual(rules);
  });
});

describe.skipIf(!hasCorpus)("cases from public reports (needs ../shared/cases)", () => {
  const diagnose = async (file: string) => {
    const text = readCorpus(`../cases/${file}`);
    const lines = text.split("\n");
    const log = { tree: parseLog(text), line: (number: number) => lines[number] ?? "" };
    const { failed, evidence } = collectEvidence({ workflows: [] }, log);
    return { lines, ...(await diagnoseFailure({ failed, evidence })) };
  };

  it.each([
    ["windows-term-not-recognized.log", "C3", "The term 'choco' is not recognized"],
    ["stig-in-a-container-no-crontab.log", "C3", "crontab: command not found"],
    ["ansible-fatal-in-stdout.log", "C26", "fatal: [localhost]: FAILED!"],
    ["no-instance-credentials.log", "S12", "Access Key (AKID)"],
    ["continued-after-a-failure.log", "C23", "Unable to locate package agentt"],
  ])("%s is %s by its deciding line", async (file, rule, said) => {
    const { lines, evidence, ...diagnosis } = await diagnose(file);
    expect([diagnosis.rule?.id, evidence?.text]).toEqual([rule, expect.stringContaining(said)]);
    expect(lines[(evidence?.line ?? 0) - 1]).toContain(said);
  });

  it("a command that failed at launch leads to Systems Manager", async () => {
    const reason = readCorpus("../cases/ssm-command-failed-at-launch.txt");
    const { failed, evidence } = collectEvidence({ workflows: [], reason }, undefined);
    expect(failed.action).toBe("LaunchInstance");
    expect((await diagnoseFailure({ failed, evidence })).rule?.id).toBe("S11");
  });
});
