import Link from 'next/link';
import type { ReactNode } from 'react';
import { type AccountActions, AccountMenu } from './account-menu';
import { Brand } from './brand';
import { SectionNav } from './section-nav';

/** The frame of every page of the dashboard. */
export function Shell({ children, ...account }: AccountActions & { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-brand px-3 py-2 text-on-brand focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto max-w-6xl px-4 sm:px-6">
          <div className="flex h-14 items-center justify-between gap-4">
            <Link href="/recruiter/api" aria-label="Hirehook, all webhooks" className="rounded-lg">
              <Brand />
            </Link>
            <AccountMenu {...account} />
          </div>
          <SectionNav />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl flex-1 px-4 py-7 outline-none sm:px-6 sm:py-9"
      >
        {children}
      </main>
    </div>
  );
}
