/** Insights gives no more than 10,000; nobody reads more than this. */
export const MOST_HITS = 200;

const SPECIAL = /[.*+?^${}()|[\]\\/]/g;

/**
 * The query that finds a text in the lines of log groups, newest first. What is typed stays text: it cannot
 * become a part of the query. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html
 */
export function writeInsightsQuery(text: string): string {
  return [
    "fields @timestamp, @message, @log, @logStream",
    `filter @message like ${literal(text)}`,
    "sort @timestamp desc",
    `limit ${MOST_HITS + 1}`,
  ].join(" | ");
}

/** Within quotes a backslash and the quote itself mean something else; a regular expression has neither. */
function literal(text: string): string {
  if (!/["\\]/.test(text)) return `"${text}"`;
  return `/${text.replace(SPECIAL, "\\$&").replaceAll('"', "\\x22")}/`;
}
