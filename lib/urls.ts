import type { Route } from "next";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";

/** Every link of the console: pages first, then the GET routes that polls and streams use. */
const segment = encodeURIComponent;
const route = (path: string) => path as Route;
const build = ({ name, version, build: number }: ImageBuildKey) =>
  `${segment(name)}/${segment(version)}/${segment(number)}`;

export const urls = {
  home: () => route("/"),
  overview: (target: string) => route(`/${segment(target)}`),
  pipelines: (target: string) => route(`/${segment(target)}/pipelines`),
  newPipeline: (target: string) => route(`/${segment(target)}/pipelines/new`),
  pipeline: (target: string, name: string) => route(`/${segment(target)}/pipelines/${segment(name)}`),
  images: (target: string) => route(`/${segment(target)}/images`),
  imageBuild: (target: string, key: ImageBuildKey) => route(`/${segment(target)}/images/${build(key)}`),
  audit: (target: string) => route(`/${segment(target)}/audit`),
  settings: () => route("/settings"),
  signIn: () => route("/sign-in"),
};

export const apiUrls = {
  overview: (target: string) => `/api/${segment(target)}/overview`,
  pipelines: (target: string) => `/api/${segment(target)}/pipelines`,
  pipeline: (target: string, name: string) => `/api/${segment(target)}/pipelines/${segment(name)}`,
  imageBuilds: (target: string) => `/api/${segment(target)}/image-builds`,
  imageBuild: (target: string, key: ImageBuildKey) => `/api/${segment(target)}/image-builds/${build(key)}`,
  buildLog: (target: string, key: ImageBuildKey) => `/api/${segment(target)}/image-builds/${build(key)}/log`,
  diagnosis: (target: string, key: ImageBuildKey) =>
    `/api/${segment(target)}/image-builds/${build(key)}/diagnosis`,
  buildLogFile: (log: string, format: "text" | "csv") => `${log}/download?format=${format}`,
  audit: (target: string, query: URLSearchParams) => `/api/${segment(target)}/audit?${query}`,
  auditFile: (target: string, format: "csv" | "jsonl", query: URLSearchParams) =>
    `/api/${segment(target)}/audit/export?format=${format}&${query}`,
  auditChain: (target: string) => `/api/${segment(target)}/audit/chain`,
  search: (target: string, text: string) => `/api/${segment(target)}/search?text=${segment(text)}`,
};
