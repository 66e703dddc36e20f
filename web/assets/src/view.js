// What part of the drawing is seen, and how a reader moves it.
const MARGIN = 24; // drawing units around the pool
const FOOT = 48; // and below it: the bpmn.io mark must stay free
const READABLE = 0.55; // names cannot be read below this zoom
const CLOSE = 0.75; // and are comfortable at this one

function whole(canvas) {
  const { inner } = canvas.viewbox();
  return { x: inner.x - MARGIN, y: inner.y - MARGIN, width: inner.width + 2 * MARGIN, height: inner.height + MARGIN + FOOT };
}

// Shows a box in the middle of the view, never larger than drawn.
function showBox(canvas, box) {
  const { outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / box.width, outer.height / box.height);
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: box.x - (width - box.width) / 2, y: box.y - (height - box.height) / 2, width, height });
}

function within(start, length, from, size) {
  return length >= size ? from - (length - size) / 2 : Math.min(Math.max(start, from), from + size - length);
}

// Shows a shape at a readable size, with as much as fits around it and nothing from outside the drawing.
function showShape(canvas, shape) {
  const { outer } = canvas.viewbox();
  const all = whole(canvas);
  const width = outer.width / CLOSE;
  const height = outer.height / CLOSE;
  const x = within(shape.x + shape.width / 2 - width / 2, width, all.x, all.width);
  const y = within(shape.y + shape.height / 2 - height / 2, height, all.y, all.height);
  canvas.viewbox({ x, y, width, height });
}

// A small drawing is shown whole; a wide one around what is overdue, else around what waits.
export function frame(viewer, { tokens = [] }) {
  const canvas = viewer.get('canvas');
  showBox(canvas, whole(canvas));
  const drawn = tokens.filter(({ id }) => viewer.get('elementRegistry').get(id));
  const first = drawn.find(({ overdue }) => overdue) || drawn[0];
  if (first && canvas.zoom() < READABLE) showShape(canvas, viewer.get('elementRegistry').get(first.id));
}

// + and - zoom, 0 shows the whole, Home comes back to where one started. The arrows with Ctrl are the library's.
export function steerByKeys(viewer, state) {
  const canvas = viewer.get('canvas');
  const zoom = viewer.get('zoomScroll');
  const acts = {
    '+': () => zoom.stepZoom(1),
    '=': () => zoom.stepZoom(1),
    '-': () => zoom.stepZoom(-1),
    _: () => zoom.stepZoom(-1),
    0: () => showBox(canvas, whole(canvas)),
    Home: () => frame(viewer, state),
  };
  viewer.get('keyboard').addListener(({ keyEvent }) => {
    const act = !keyEvent.ctrlKey && !keyEvent.metaKey && !keyEvent.altKey && acts[keyEvent.key];
    if (act) act();
    return Boolean(act); // true keeps the key from the page
  });
}

// The wheel goes on scrolling the page until somebody clicks into the drawing.
export function wheelOnlyInFocus(viewer, wheel) {
  viewer.on('canvas.focus.changed', ({ focused }) => {
    wheel.enabled = focused;
    viewer.get('zoomScroll').toggle(focused);
  });
}
