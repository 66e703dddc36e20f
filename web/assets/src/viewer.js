// Shows a case's diagram: what was walked, where its tokens stand, who holds them.
import './polyfills.js';
import './csp-style.js';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import gov from './gov.json';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import './viewer.css';

function label(kind, text) {
  const box = document.createElement('div');
  box.className = kind;
  box.textContent = text;
  return box;
}

function mark(viewer, state) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const known = viewer.get('elementRegistry');
  const there = (id) => known.get(id);
  state.done.filter(there).forEach((id) => canvas.addMarker(id, 'is-done'));
  state.flows.filter(there).forEach((id) => canvas.addMarker(id, 'is-walked'));
  state.tokens.filter((token) => there(token.id)).forEach((token) => {
    canvas.addMarker(token.id, token.overdue ? 'is-overdue' : 'is-open');
    if (token.label) {
      overlays.add(token.id, { position: { bottom: -4, left: 0 }, html: label(token.overdue ? 'token late' : 'token', token.label) });
    }
  });
}

// A wide drawing is first shown around its tokens, not as a whole too small to read.
function frame(viewer, state) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const token = state.tokens.map((t) => viewer.get('elementRegistry').get(t.id)).filter(Boolean).pop();
  if (token && canvas.zoom() < 0.55) {
    const box = canvas.viewbox();
    const width = box.outer.width / 0.7;
    const height = box.outer.height / 0.7;
    canvas.viewbox({ x: token.x + token.width / 2 - width / 2, y: token.y + token.height / 2 - height / 2, width, height });
  }
}

async function show(root) {
  const viewer = new NavigatedViewer({ container: root, moddleExtensions: { gov } });
  const [xml, state] = await Promise.all([
    fetch(root.dataset.src, { credentials: 'same-origin' }).then((answer) => answer.text()),
    fetch(root.dataset.state, { credentials: 'same-origin' }).then((answer) => answer.json()),
  ]);
  const { warnings } = await viewer.importXML(xml);
  mark(viewer, state);
  frame(viewer, state);
  root.dataset.warnings = String(warnings.length);
  root.dataset.ready = 'yes';
}

const root = document.getElementById('diagram');
if (root) {
  show(root).catch((error) => {
    root.textContent = root.getAttribute('aria-label');
    root.dataset.ready = 'failed';
    console.error(error);
  });
}
