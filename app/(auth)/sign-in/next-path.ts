const home = '/recruiter/api';

/** Where to go after signing in: a path of the dashboard, never another site. */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== 'string') return home;
  const base = 'http://localhost';
  if (!wanted.startsWith('/') || !URL.canParse(wanted, base)) return home;
  const url = new URL(wanted, base);
  const inside = url.origin === base && (url.pathname === home || url.pathname.startsWith(`${home}/`));
  return inside ? `${url.pathname}${url.search}` : home;
}
