// Builds the diagram viewer and the expression editor, a bundle each; the same bytes on any machine with the pinned versions.
// `node build.mjs [FOLDER]`: the folder is the build's own and is emptied first; web/static/dist unless told.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = process.argv[2] ? resolve(process.argv[2]) : resolve(here, '../static/dist');

// Our pages forbid inline styles. Style attributes in the libraries' HTML strings become data-style, which
// csp-style.js applies through the CSSOM. The licence's own mark is left as it is: it must not be changed.
const cspStyle = {
  name: 'csp-style',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/](bpmn-js|diagram-js)[\\/].*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      if (path.endsWith('PoweredByUtil.js')) return { contents: code, loader: 'js' };
      return { contents: code.replace(/([ `'"])style="/g, '$1data-style="'), loader: 'js' };
    });
  },
};

// CodeMirror adds <style> elements, which our pages forbid as well. Its style-mod can hand the same rules to the document
// as constructed sheets, which no policy speaks of, but does so only inside shadow roots; here it always does.
const constructedSheets = {
  name: 'constructed-sheets',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/]style-mod[\\/].*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const condition = 'if (!root.head && root.adoptedStyleSheets';
      if (!code.includes(condition)) throw new Error('style-mod has changed: look at its use of adoptedStyleSheets');
      return { contents: code.replace(condition, 'if (root.adoptedStyleSheets'), loader: 'js' };
    });
  },
};

// feel-lint's rule on the versions of another product is never asked; what only it needs stays out of the bundle.
const unusedRule = {
  name: 'unused-rule',
  setup({ onResolve }) {
    const path = resolve(here, 'src/feel-unused.js');
    onResolve({ filter: /^@bpmn-io\/(feel-analyzer|semver-compat)$/ }, () => ({ path }));
  },
};

// Every package that has code in the bundle, with the whole text of its licence, in the order of their names.
async function licences(inputs) {
  const names = Object.keys(inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const texts = [...new Set(names.filter(Boolean))].sort().map(async (name) => {
    const folder = resolve(here, 'node_modules', name);
    const { version, license } = JSON.parse(await readFile(resolve(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).sort().find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence file`);
    const text = (await readFile(resolve(folder, file), 'utf8')).replace(/\r/g, '').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const name of ['viewer', 'feel']) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { [name]: `src/${name}.js` },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome86',
    charset: 'utf8',
    outdir: out,
    banner: { js: `/*! Built from web/assets. Licences: ${name}.LICENSES.txt */` },
    legalComments: 'inline',
    metafile: true,
    plugins: [cspStyle, constructedSheets, unusedRule],
    logLevel: 'warning',
  });
  await writeFile(resolve(out, `${name}.LICENSES.txt`), await licences(metafile.inputs));
}
