'use client';

import { BookOpenText, KeyRound, Radio, Webhook } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

const root = '/recruiter/api';

const sections = [
  { href: root, label: 'Webhooks', icon: Webhook, within: [root, `${root}/webhooks`] },
  { href: `${root}/events`, label: 'Events', icon: Radio, within: [`${root}/events`] },
  { href: `${root}/keys`, label: 'API keys', icon: KeyRound, within: [`${root}/keys`] },
  { href: `${root}/catalogue`, label: 'Catalogue', icon: BookOpenText, within: [`${root}/catalogue`] },
] as const;

function isWithin(pathname: string, prefixes: readonly string[]): boolean {
  return prefixes.some(
    (prefix) => pathname === prefix || (prefix !== root && pathname.startsWith(`${prefix}/`)),
  );
}

/** The four sections, as tabs that are links. */
export function SectionNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Sections" className="-mb-px -ml-3 flex gap-1 overflow-x-auto [scrollbar-width:none]">
      {sections.map(({ href, label, icon: Icon, within }) => {
        const current = isWithin(pathname, within);
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            className={cn(
              'relative flex items-center gap-2 whitespace-nowrap rounded-t-lg px-3 pt-2 pb-3 font-medium -outline-offset-2 transition-colors',
              current ? 'text-ink' : 'text-ink-3 hover:text-ink',
            )}
          >
            <Icon className={cn('size-4 max-sm:hidden', current && 'text-brand')} aria-hidden />
            {label}
            {current ? (
              <span className="absolute inset-x-3 bottom-0 h-0.5 rounded-full bg-marigold" aria-hidden />
            ) : null}
          </Link>
        );
      })}
    </nav>
  );
}
