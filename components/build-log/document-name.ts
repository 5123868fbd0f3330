/** "web 1.0.0/1" of a component's ARN; a local document keeps its path. */
export function documentName(name: string): string {
  const [, component, version] = /^arn:.*:component\/([^/]+)\/(.+)$/.exec(name) ?? [];
  return component ? `${component} ${version}` : name;
}
