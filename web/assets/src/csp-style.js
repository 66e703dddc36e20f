// Applies data-style attributes (see build.mjs) through the CSSOM, which a strict policy allows.
function apply(node) {
  const style = node.getAttribute('data-style');
  if (style !== null && node.style) {
    node.style.cssText = style;
    node.removeAttribute('data-style');
  }
}

new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      apply(node);
      node.querySelectorAll('[data-style]').forEach(apply);
    }
  }
}).observe(document.documentElement, { childList: true, subtree: true });
