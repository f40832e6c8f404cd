/** Whether `.next` holds a build of what the sources are now. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const FOLDERS = ['app', 'components', 'lib', 'public'];
const FILES = [
  'instrumentation.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
  'vercel.json',
];

function sources(root) {
  const inFolders = FOLDERS.filter((folder) => fs.existsSync(path.join(root, folder))).flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  const single = FILES.map((file) => path.join(root, file)).filter((file) => fs.existsSync(file));
  return [...inFolders, ...single].sort();
}

/** A hash of everything that goes into a build. */
export function hashOfSources(root) {
  const hash = createHash('sha256');
  for (const file of sources(root)) {
    hash.update(`${path.relative(root, file)}\0`);
    hash.update(createHash('sha256').update(fs.readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

const stampOf = (root) => path.join(root, '.next', 'hirehook-sources');

/** Notes which sources the build in `.next` was made of. */
export function stamp(root, hash) {
  const buildId = read(path.join(root, '.next', 'BUILD_ID'));
  fs.writeFileSync(stampOf(root), JSON.stringify({ hash, buildId }));
}

/** Whether the build in `.next` is there, whole, and of these sources. */
export function isBuilt(root, hash) {
  const buildId = read(path.join(root, '.next', 'BUILD_ID'));
  const stamped = read(stampOf(root));
  if (buildId === undefined) return false;
  if (stamped !== undefined && JSON.parse(stamped).buildId === buildId)
    return JSON.parse(stamped).hash === hash;
  // Built by `next build` itself: true if nothing was written since.
  const builtAt = fs.statSync(path.join(root, '.next', 'BUILD_ID')).mtimeMs;
  return sources(root).every((file) => fs.statSync(file).mtimeMs < builtAt);
}
