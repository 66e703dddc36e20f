// What the editor offers: names of the data, with spaces and in any script, entries behind a dot, built-in functions.

const BEFORE = 120; // characters in front of the cursor that a name can begin in

// Returns how many characters at the end of `text` begin `name`, from a place where a name can begin.
function begun(text, name) {
  for (let size = Math.min(name.length, text.length); size > 0; size -= 1) {
    const start = text.length - size;
    if (text.endsWith(name.slice(0, size)) && !/[\p{L}\p{N}_]/u.test(text[start - 1] ?? ' ')) return size;
  }
  return 0;
}

// Returns the entries of what stands in front of the dot; a list stands for its elements. Null when it is no path.
function inside(text, data) {
  const dot = text.lastIndexOf('.');
  const path = dot < 0 ? null : /[\p{L}\p{N}_ .]+$/u.exec(text.slice(0, dot))?.[0];
  if (!path) return null;
  const steps = path.split('.').map((step) => step.trim());
  const first = Object.keys(data).filter((name) => steps[0].endsWith(name)).sort((one, two) => two.length - one.length)[0];
  const value = [first, ...steps.slice(1)].reduce((at, step) => (Array.isArray(at) ? at[0] : at)?.[step], data);
  const held = Array.isArray(value) ? value[0] : value;
  return held && typeof held === 'object' ? { names: Object.keys(held), begin: text.slice(dot + 1).trimStart() } : null;
}

function option(label, type) {
  return { label, type, apply: type === 'function' ? `${label}(` : label };
}

// Returns a completion source over `read()`, the data as they are now, and the names of the built-in functions.
export function completionsOver(read, functions) {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const text = line.text.slice(Math.max(0, context.pos - line.from - BEFORE), context.pos - line.from);
    const held = inside(text, read());
    if (held) {
      const options = held.names.filter((name) => name.startsWith(held.begin)).map((name) => option(name, 'property'));
      return options.length ? { from: context.pos - held.begin.length, options, filter: false } : null;
    }
    const offered = [
      ...Object.keys(read()).map((name) => option(name, 'variable')),
      ...functions.map((name) => option(name, 'function')),
    ];
    const sizes = offered.map(({ label }) => begun(text, label));
    const longest = Math.max(0, ...sizes);
    if (!longest && !context.explicit) return null;
    const options = offered.filter((_, index) => sizes[index] === longest);
    return { from: context.pos - longest, options, filter: false };
  };
}
