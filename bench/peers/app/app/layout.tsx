import type { ReactNode } from 'react';

/** Next asks for one, though only routes are served. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
