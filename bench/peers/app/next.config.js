import path from 'node:path';

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  serverExternalPackages: ['pg-boss', 'graphile-worker', 'undici'],
  turbopack: { root: path.join(import.meta.dirname, '../../..') },
};
