import type { RequestLaunchTemplateData, ResponseLaunchTemplateData } from "@aws-sdk/client-ec2";
import { stableId } from "../../engine/ids";
import { AwsError } from "../../wire/contract";
import { findParameter } from "../ssm/parameters";
import { applyFilters, type FilterFields } from "./filters";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun } from "./paging";
import type { Ec2Store, LaunchTemplateRow, LaunchTemplateVersionRow } from "./store";
import { tagsFor } from "./tag-specifications";

const FIELDS: FilterFields<LaunchTemplateRow> = {
  "launch-template-name": (row) => [row.LaunchTemplateName],
  "launch-template-id": (row) => [row.LaunchTemplateId],
};

export const launchTemplates = {
  CreateLaunchTemplate({ store, account, region, now, callerArn }, input) {
    refuseDryRun(input);
    const { LaunchTemplateName = "" } = input;
    if (store.launchTemplates.find((row) => row.LaunchTemplateName === LaunchTemplateName)) {
      const message = "Launch template name already in use.";
      throw new AwsError("InvalidLaunchTemplateName.AlreadyExistsException", message);
    }
    const template = store.launchTemplates.put({
      LaunchTemplateId: stableId("lt", account, region, LaunchTemplateName, now),
      LaunchTemplateName,
      CreateTime: new Date(now),
      CreatedBy: callerArn,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 0,
      Tags: tagsFor("launch-template", input.TagSpecifications),
    });
    addLaunchTemplateVersion(store, template, {
      data: input.LaunchTemplateData ?? {},
      description: input.VersionDescription,
      by: callerArn,
      now,
    });
    return { LaunchTemplate: store.launchTemplates.get(template.LaunchTemplateId) };
  },

  CreateLaunchTemplateVersion({ store, now, callerArn }, input) {
    refuseDryRun(input);
    const template = requireTemplate(store, input);
    const source =
      input.SourceVersion && requireVersion(store, template, input.SourceVersion).LaunchTemplateData;
    const LaunchTemplateVersion = addLaunchTemplateVersion(store, template, {
      data: { ...(source || {}), ...asResponse(input.LaunchTemplateData ?? {}) },
      description: input.VersionDescription,
      by: callerArn,
      now,
    });
    return { LaunchTemplateVersion };
  },

  ModifyLaunchTemplate({ store }, input) {
    refuseDryRun(input);
    const template = requireTemplate(store, input);
    const { VersionNumber } = requireVersion(store, template, input.DefaultVersion ?? "$Latest");
    return { LaunchTemplate: setDefaultVersion(store, template.LaunchTemplateId, VersionNumber) };
  },

  DescribeLaunchTemplates({ store }, input) {
    refuseDryRun(input);
    for (const LaunchTemplateId of input.LaunchTemplateIds ?? [])
      requireTemplate(store, { LaunchTemplateId });
    for (const LaunchTemplateName of input.LaunchTemplateNames ?? [])
      requireTemplate(store, { LaunchTemplateName });
    const rows = store.launchTemplates.list(
      (row) =>
        (!input.LaunchTemplateIds || input.LaunchTemplateIds.includes(row.LaunchTemplateId)) &&
        (!input.LaunchTemplateNames || input.LaunchTemplateNames.includes(row.LaunchTemplateName)),
    );
    const page = ec2Page(applyFilters(rows, input.Filters, FIELDS), input);
    return { LaunchTemplates: page.rows, NextToken: page.NextToken };
  },

  DescribeLaunchTemplateVersions({ store, now }, input) {
    refuseDryRun(input);
    // Without a template the versions $Latest and $Default are those of all templates.
    const isOfAll = !input.LaunchTemplateId && !input.LaunchTemplateName && input.Versions !== undefined;
    const templates = isOfAll ? store.launchTemplates.list() : [requireTemplate(store, input)];
    const rows = templates.flatMap((template) => {
      const versions = input.Versions
        ? input.Versions.map((version) => requireVersion(store, template, version))
        : versionsOf(store, template).reverse();
      return versions.map((row) => ({
        ...row,
        DefaultVersion: row.VersionNumber === template.DefaultVersionNumber,
        ...(input.ResolveAlias && {
          LaunchTemplateData: withResolvedImage(store, row.LaunchTemplateData, now),
        }),
      }));
    });
    const page = ec2Page(rows, input);
    return { LaunchTemplateVersions: page.rows, NextToken: page.NextToken };
  },

  DeleteLaunchTemplate({ store }, input) {
    refuseDryRun(input);
    const template = requireTemplate(store, input);
    for (const row of versionsOf(store, template)) {
      store.launchTemplateVersions.delete(`${row.LaunchTemplateId} ${row.VersionNumber}`);
    }
    store.launchTemplates.delete(template.LaunchTemplateId);
    return { LaunchTemplate: template };
  },
} satisfies Partial<Ec2>;

/** Stores the next version of a template and gives it back. */
function addLaunchTemplateVersion(
  store: Ec2Store,
  template: LaunchTemplateRow,
  version: {
    data: RequestLaunchTemplateData | ResponseLaunchTemplateData;
    description?: string | undefined;
    by: string;
    now: number;
  },
): LaunchTemplateVersionRow {
  const VersionNumber = (template.LatestVersionNumber ?? 0) + 1;
  store.launchTemplates.put({ ...template, LatestVersionNumber: VersionNumber });
  return store.launchTemplateVersions.put({
    LaunchTemplateId: template.LaunchTemplateId,
    LaunchTemplateName: template.LaunchTemplateName,
    VersionNumber,
    VersionDescription: version.description,
    CreateTime: new Date(version.now),
    CreatedBy: version.by,
    LaunchTemplateData: asResponse(version.data),
  });
}

function setDefaultVersion(store: Ec2Store, id: string, version: number): LaunchTemplateRow | undefined {
  return store.launchTemplates.update(id, { DefaultVersionNumber: version });
}

function asResponse(
  data: RequestLaunchTemplateData | ResponseLaunchTemplateData,
): ResponseLaunchTemplateData {
  return data as ResponseLaunchTemplateData;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html (ResolveAlias) */
function withResolvedImage(
  store: Ec2Store,
  data: ResponseLaunchTemplateData | undefined,
  now: number,
): ResponseLaunchTemplateData | undefined {
  const name = /^resolve:ssm:(.+)$/.exec(data?.ImageId ?? "")?.[1];
  const parameter = name && findParameter(store.ssm, name, now);
  return parameter ? { ...data, ImageId: parameter.value } : data;
}

function requireTemplate(
  store: Ec2Store,
  {
    LaunchTemplateId: id,
    LaunchTemplateName: name,
  }: { LaunchTemplateId?: string | undefined; LaunchTemplateName?: string | undefined },
): LaunchTemplateRow {
  const row = id
    ? store.launchTemplates.get(id)
    : store.launchTemplates.find((one) => one.LaunchTemplateName === name);
  if (row) return row;
  if (id) {
    const message = `The specified launch template, with template ID ${id}, does not exist.`;
    throw new AwsError("InvalidLaunchTemplateId.NotFound", message);
  }
  const message = `At least one of the launch templates specified in the request does not exist.`;
  throw new AwsError("InvalidLaunchTemplateName.NotFoundException", message);
}

function requireVersion(
  store: Ec2Store,
  template: LaunchTemplateRow,
  version: string,
): LaunchTemplateVersionRow {
  const { DefaultVersionNumber, LatestVersionNumber, LaunchTemplateId } = template;
  const number =
    version === "$Latest" ? LatestVersionNumber : version === "$Default" ? DefaultVersionNumber : version;
  const row = store.launchTemplateVersions.get(`${LaunchTemplateId} ${number}`);
  if (row) return row;
  const message = `Could not find the specified version ${version} for the launch template with ID ${LaunchTemplateId}.`;
  throw new AwsError("InvalidLaunchTemplateId.VersionNotFound", message);
}

function versionsOf(store: Ec2Store, { LaunchTemplateId }: LaunchTemplateRow): LaunchTemplateVersionRow[] {
  return store.launchTemplateVersions
    .list((row) => row.LaunchTemplateId === LaunchTemplateId)
    .sort((a, b) => a.VersionNumber - b.VersionNumber);
}
