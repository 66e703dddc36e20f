// Shows a case's diagram on its page: what was walked, where the case stands now, who holds it.
//   <div id="diagram" data-src="URL of the BPMN XML" data-state="URL of the state" role="img" aria-label="…"></div>
// The state is { done: [ids], flows: [ids], tokens: [{ id, label, overdue }], notes: [{ id, label }] }.
// Afterwards data-ready is "yes" or "failed", and data-warnings counts what the import did not understand.
import './polyfills.js';
import './csp-style.js';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import gov from './gov.json';
import { mark } from './marks.js';
import { frame, steerByKeys, wheelOnlyInFocus } from './view.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

// Throws an Error for an answer that is not the wanted one, such as a refusal or a sign-in page.
async function load(url, read) {
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  return read(answer);
}

// The name moves from the container to the drawing itself, as the container also holds the logo's link and the labels.
function name(root) {
  const picture = root.querySelector('.djs-container > svg');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', root.getAttribute('aria-label') || '');
  picture.setAttribute('aria-keyshortcuts', '+ - 0 Control+ArrowLeft Control+ArrowRight Control+ArrowUp Control+ArrowDown');
  root.setAttribute('role', 'group');
}

async function show(root) {
  const [xml, state] = await Promise.all([
    load(root.dataset.src, (answer) => answer.text()),
    load(root.dataset.state, (answer) => answer.json()),
  ]);
  const wheel = { enabled: false };
  const viewer = new NavigatedViewer({
    container: root,
    moddleExtensions: { gov },
    textRenderer: { defaultStyle: { fontFamily: FONT }, externalStyle: { fontFamily: FONT } },
    zoomScroll: wheel,
  });
  const { warnings } = await viewer.importXML(xml);
  name(root);
  mark(viewer, state);
  frame(viewer, state);
  steerByKeys(viewer, state);
  wheelOnlyInFocus(viewer, wheel);
  root.dataset.warnings = String(warnings.length);
  root.dataset.ready = 'yes';
}

// Without the drawing its description stays readable, and so does the rest of the page.
function giveUp(root, error) {
  root.textContent = root.getAttribute('aria-label');
  root.removeAttribute('role');
  root.dataset.ready = 'failed';
  console.error(error);
}

const root = document.getElementById('diagram');
if (root) show(root).catch((error) => giveUp(root, error));
