// The editor of the expression bench: FEEL's grammar checked as one types, then the server's check of the same text.
// Without this script the page has a plain text field and a button, and works as well.
import './polyfills.js';
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { feel } from '@bpmn-io/lang-feel';
import { lintExpression } from '@bpmn-io/feel-lint';
import { completionsOver } from './feel-completion.js';
import { localMarks, placed } from './feel-marks.js';

const PAUSE = 300; // ms without a key before the server is asked
const form = document.querySelector('form[data-feel]');
const expression = form.querySelector('textarea[name=expression]');
const data = form.querySelector('textarea[name=data]');
const list = document.getElementById('marks');
const functions = JSON.parse(form.dataset.functions);
const language = new Compartment();
let known = {};
let asked = 0;
let waiting = 0;

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: '#0e3f94', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: '#17693c' },
  { tag: [tags.number, tags.bool, tags.literal], color: '#92510a' },
  { tag: tags.comment, color: '#5d6879', fontStyle: 'italic' },
]);

function read() {
  try {
    const value = JSON.parse(data.value || '{}');
    return value && typeof value === 'object' && !Array.isArray(value) ? value : {};
  } catch {
    return known; // while somebody is in the middle of typing the data, the names are those of before
  }
}

function variables() {
  return [...functions, ...Object.keys(known)].map((name) => ({ name }));
}

// the contexts as the parser's tracker wants them, so that names of several words are one name
function spoken() {
  const names = Object.fromEntries(functions.map((name) => [name, () => {}]));
  return feel({ context: { ...names, ...known }, completions: [completionsOver(() => known, functions)] });
}

function show(view, marks, state) {
  list.dataset.state = state;
  list.replaceChildren(
    ...marks.map((mark) => {
      const item = document.createElement('li');
      item.textContent = mark.message;
      return item;
    }),
  );
  view.dispatch(setDiagnostics(view.state, marks));
}

function local(text) {
  if (!text.trim()) return [];
  return localMarks(lintExpression(text, { variables: variables() }), text, list.dataset);
}

async function ask(view) {
  const turn = ++asked;
  const text = view.state.doc.toString();
  try {
    const answer = await fetch(form.dataset.check, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
    if (!answer.ok) throw new Error(String(answer.status));
    const { marks, unreadable } = await answer.json();
    if (turn !== asked || text !== view.state.doc.toString()) return; // typed on meanwhile
    const shown = marks.map((mark) => placed(mark, text));
    show(view, unreadable ? [...shown, { from: 0, to: 0, severity: 'warning', message: unreadable }] : shown, 'checked');
  } catch {
    if (turn === asked) list.dataset.state = 'offline'; // the browser's own marks stay
  }
}

function typed(view) {
  asked += 1; // an answer on its way is about another text
  show(view, local(view.state.doc.toString()), 'typing');
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE, view);
}

known = read();
const label = document.getElementById('expression-label');
const view = new EditorView({
  state: EditorState.create({
    doc: expression.value,
    extensions: [
      lineNumbers(),
      history(),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      lintGutter(),
      syntaxHighlighting(colours),
      EditorView.lineWrapping,
      placeholder(expression.placeholder),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({ 'aria-labelledby': label.id, 'aria-describedby': list.id }),
      EditorState.phrases.of(JSON.parse(form.dataset.phrases)),
      language.of(spoken()),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        expression.value = update.state.doc.toString();
        queueMicrotask(() => typed(update.view));
      }),
    ],
  }),
});
expression.hidden = true;
expression.before(view.dom);
label.removeAttribute('for');
label.addEventListener('click', () => view.focus());
data.addEventListener('input', () => {
  known = read();
  view.dispatch({ effects: language.reconfigure(spoken()) });
  typed(view);
});
form.dataset.ready = 'yes';
if (expression.value && list.childElementCount) ask(view); // a page that came with marks gets them in the editor too
