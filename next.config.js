/** @type {import('next').NextConfig} */
export default {
  // Skillora's guide spells its paths with a trailing slash; a redirect would lose a POST's body.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  serverExternalPackages: ['@supabase/lite', '@electric-sql/pglite', 'postgres', 'undici', 'pino'],
};
