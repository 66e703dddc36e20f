// Places and words of what is wrong, for the editor.

// Returns the grammar's own complaints in the page's words: `words` has incomplete, unexpected and first.
export function localMarks(messages, text, words) {
  return messages.map(({ from, to, severity, type, message }) => {
    const found = text.slice(from, to).trim();
    const sentence = type === 'first-item' ? words.first
      : !found || message.startsWith('Incomplete') ? words.incomplete
      : words.unexpected.replace('{}', found);
    return { from: Math.min(from, text.length), to: Math.min(to, text.length), severity, message: sentence };
  });
}

// Returns the server's mark as the editor places it: line and column count characters from 1, 0 is no place.
export function placed({ line, column, message }, text) {
  const lines = text.split('\n');
  if (!line) return { from: 0, to: text.length, severity: 'error', message };
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const ahead = Array.from(lines[line - 1] ?? '').slice(0, column - 1).join('').length; // 𠮷 is two units here
  const from = Math.min(before + ahead, text.length);
  const word = /^[\p{L}\p{N}_]+|^./u.exec(text.slice(from))?.[0] ?? '';
  return { from, to: from + word.length, severity: 'error', message };
}
