/** Trees of texts take some tens of times their length. */
const MAX_CHARACTERS = 2_000_000;

/**
 * Works the answer out once for each text and gives the same one again: builds of a pipeline run the same
 * documents and scripts by the thousand. The answer is shared, so it is frozen; errors are not kept.
 */
export function rememberByText<Answer>(work: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  let characters = 0;
  return (text) => {
    if (answers.has(text)) {
      const known = answers.get(text) as Answer;
      answers.delete(text);
      answers.set(text, known);
      return known;
    }
    const answer = freeze(work(text));
    answers.set(text, answer);
    characters += text.length;
    for (const oldest of answers.keys()) {
      if (characters <= MAX_CHARACTERS || answers.size === 1) break;
      answers.delete(oldest);
      characters -= oldest.length;
    }
    return answer;
  };
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
