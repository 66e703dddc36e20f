// Builds the viewer into one script and one style sheet; the same bytes on any machine with the pinned versions.
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const out = process.argv[2] || '../static/dist';

// Our pages forbid inline styles. Style attributes in the libraries' HTML strings become data-style, which
// csp-style.js applies through the CSSOM. The licence's own mark is left as it is.
const cspStyle = {
  name: 'csp-style',
  setup(b) {
    b.onLoad({ filter: /node_modules\/(bpmn-js|diagram-js)\/.*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      if (path.endsWith('PoweredByUtil.js')) return { contents: code, loader: 'js' };
      return { contents: code.replace(/([ `])style="/g, '$1data-style="'), loader: 'js' };
    });
  },
};

await build({
  entryPoints: { viewer: 'src/viewer.js' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'chrome86',
  outdir: out,
  loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.eot': 'empty', '.svg': 'empty' },
  assetNames: '[name]',
  legalComments: 'inline',
  plugins: [cspStyle],
  logLevel: 'warning',
});
