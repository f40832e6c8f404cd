/** @type {import('next').NextConfig} */
export default {
  // Skillora's guide spells its paths with a trailing slash; a redirect would lose a POST's body.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  // `npm run types` checks them, with the same compiler; a second time would only delay the first start.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@supabase/lite', '@electric-sql/pglite', 'postgres', 'pg', 'undici', 'pino'],
};
