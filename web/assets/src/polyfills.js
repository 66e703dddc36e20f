// What the diagram library expects and Chromium 86 does not have yet.
function add(target, name, value) {
  if (!target[name]) Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

add(Object, 'hasOwn', (object, key) => Object.prototype.hasOwnProperty.call(Object(object), key));
for (const kind of [Array, String]) {
  add(kind.prototype, 'at', function at(index) {
    const place = Math.trunc(index) || 0;
    return this[place < 0 ? this.length + place : place];
  });
}
add(Array.prototype, 'findLast', function findLast(wanted) {
  for (let i = this.length - 1; i >= 0; i -= 1) if (wanted(this[i], i, this)) return this[i];
  return undefined;
});
add(window, 'structuredClone', (value) => JSON.parse(JSON.stringify(value)));
