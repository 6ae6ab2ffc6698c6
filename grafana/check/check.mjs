// Lets TypeScript hold each dashboard against Grafana's types. A JSON file imported as a module would have wide types and no
// check for misspelt names, so each is written out as a literal first.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dashboards = join(here, '..', 'dashboards');
const generated = join(here, 'generated');
const files = readdirSync(dashboards).filter((name) => name.endsWith('.json'));

mkdirSync(generated, { recursive: true });
for (const name of files) {
  const literal = readFileSync(join(dashboards, name), 'utf8');
  const module = `import type { HemlineDashboard } from '../schema';\nexport const dashboard: HemlineDashboard = ${literal}`;
  writeFileSync(join(generated, name.replace('.json', '.ts')), module);
}

const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
const sources = files.map((name) => join(generated, name.replace('.json', '.ts')));
try {
  execFileSync(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, ...sources], { stdio: 'inherit' });
  console.log(`${files.length} dashboards are as Grafana's types say`);
} catch {
  process.exitCode = 1;
}
