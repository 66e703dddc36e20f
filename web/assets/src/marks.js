// Colours what was walked and hangs a label on what waits; ids that the drawing does not have are passed over.
const READABLE = { min: 0.8, max: 1.4 }; // how far labels follow the zoom
const GAP = 4;

function label(kind, text) {
  const box = document.createElement('div');
  box.className = kind;
  box.textContent = text;
  return box;
}

// Below its shape, unless a timer sits there: then it stands on top.
function place(shape, kind, text) {
  const timerBelow = (shape.attachers || []).some((timer) => timer.y > shape.y);
  return timerBelow
    ? { position: { top: -GAP, left: 0 }, scale: READABLE, html: label(`${kind} is-above`, text) }
    : { position: { bottom: -GAP, left: 0 }, scale: READABLE, html: label(kind, text) };
}

export function mark(viewer, { done = [], flows = [], tokens = [], notes = [] }) {
  const canvas = viewer.get('canvas');
  const drawing = viewer.get('elementRegistry');

  const colour = (id, marker) => drawing.get(id) && canvas.addMarker(id, marker);
  const hang = ({ id, label: text }, kind) => {
    if (text && drawing.get(id)) viewer.get('overlays').add(id, place(drawing.get(id), kind, text));
  };
  done.forEach((id) => colour(id, 'is-done'));
  flows.forEach((id) => colour(id, 'is-walked'));
  notes.forEach((note) => hang(note, 'diagram-label is-note'));
  tokens.forEach((token) => {
    colour(token.id, token.overdue ? 'is-overdue' : 'is-open');
    hang(token, token.overdue ? 'diagram-label is-late' : 'diagram-label');
  });
}
