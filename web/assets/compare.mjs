// Evaluates expressions with feelin, the interpreter of bpmn.io's editors; used by tests/conformance/browser_report.py.
// Reads lines of JSON {text, context: FEEL text, names, run: whether to evaluate}, writes for each {grammar: bool, error, value: JSON}.
import { createInterface } from 'node:readline';
import { evaluate } from 'feelin';
import { lintExpression } from '@bpmn-io/feel-lint';

function plain(value) {
  if (typeof value === 'function' || (value && typeof value === 'object' && typeof value.fn === 'function')) return { '@': 'function' };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number' && !Number.isFinite(value)) return { '@': String(value) };
  if (value && typeof value === 'object' && value.constructor !== Object) return { '@': evaluate('string(v)', { v: value }).value ?? null };
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  return value === undefined ? null : value;
}

function answer({ text, context, names, run }) {
  const grammar = lintExpression(text, { variables: names.map((name) => ({ name })) }).filter((each) => each.severity === 'error').length === 0;
  if (!run) return { grammar };
  try {
    const { value, warnings } = evaluate(text, evaluate(context, {}).value);
    return { grammar, value: plain(value), warnings: (warnings ?? []).map((each) => each.type) };
  } catch (error) {
    return { grammar, error: `${error.name}: ${error.message}`.slice(0, 200) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(JSON.parse(line))));
}
